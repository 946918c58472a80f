package web

import (
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"time"

	"lapak/ui"
)

// headers are sent with every answer (ASVS 3.4). Pages, data and problems share
// one policy: data that a browser is made to show as a page may do nothing either.
var headers = map[string]string{
	"Content-Security-Policy":      ui.ContentSecurityPolicy,
	"X-Content-Type-Options":       "nosniff",
	"Referrer-Policy":              "no-referrer",
	"Permissions-Policy":           "camera=(), microphone=(), geolocation=()",
	"Cross-Origin-Opener-Policy":   "same-origin",
	"Cross-Origin-Resource-Policy": "same-origin",
	"X-Frame-Options":              "DENY",
	"Cache-Control":                noStore,
}

const (
	noStore   = "no-store"
	immutable = "public, max-age=31536000, immutable"
	// hsts is sent on https under a real name only: on a bare address or in a demo
	// it would lock people out of what works. This one is for a proxy in front, which
	// somebody looks after.
	hsts = "max-age=31536000; includeSubDomains"
	// hstsOwn bounds it for a certificate of our own. With HSTS nobody can pass by an
	// expired certificate, nor use plain HTTP at any port of that name: a branch that
	// gives HTTPS up, or loses its certificate, is reachable again after a week, and
	// every working day renews it.
	hstsOwn = 7 * 24 * time.Hour
)

// Certificate proves the branch's names where this program speaks HTTPS itself.
type Certificate interface {
	// Covers reports whether it is for that host.
	Covers(host string) bool
	// Left is how long it is still valid.
	Left() time.Duration
}

// guard wraps everything: headers first, so that no refusal goes without them,
// then the host list against DNS rebinding, then the cross-origin check.
func (s *Server) guard(next http.Handler) http.Handler {
	origins := http.NewCrossOriginProtection()
	if s.public != nil {
		// New has parsed it: it is a plain origin.
		_ = origins.AddTrustedOrigin(s.public.Scheme + "://" + s.public.Host)
	}
	origins.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.fail(w, r, refuse(http.StatusForbidden, "cross_site", "The request comes from a page of another site. Open the branch's own address."))
	}))
	protected := origins.Handler(next)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		for name, value := range headers {
			w.Header().Set(name, value)
		}
		if value := s.strictly(r); value != "" {
			w.Header().Set("Strict-Transport-Security", value)
		}
		if !s.knownHost(r) {
			s.fail(w, r, refuse(http.StatusMisdirectedRequest, "unknown_host",
				"This server does not answer under that name. Use the branch's own address, or start the server with --public-url."))
			return
		}
		protected.ServeHTTP(w, r)
	})
}

// strictly is the HSTS header of an answer, or nothing. It never outlives our own
// certificate.
func (s *Server) strictly(r *http.Request) string {
	if s.public == nil || !s.secure(r) || !strings.EqualFold(r.Host, s.public.Host) || isAddress(s.public.Hostname()) {
		return ""
	}
	if r.TLS == nil || s.o.Certificate == nil {
		return hsts
	}
	age := min(hstsOwn, s.o.Certificate.Left()) / time.Second
	if age <= 0 {
		return ""
	}
	return fmt.Sprintf("max-age=%d", age)
}

// knownHost allows the public address, the loopback names, plain addresses when
// the branch is meant to be reached so, and over our own HTTPS every name that the
// certificate is for. A page that lures a browser here under a name of its own (DNS
// rebinding) brings that name as the host.
func (s *Server) knownHost(r *http.Request) bool {
	host := r.Host
	if s.public != nil && strings.EqualFold(host, s.public.Host) {
		return true
	}
	name := host
	if h, _, err := net.SplitHostPort(host); err == nil {
		name = h
	}
	if strings.EqualFold(name, "localhost") {
		return true
	}
	name = strings.Trim(name, "[]")
	encrypted := r.TLS != nil && s.o.Certificate != nil
	if at, err := netip.ParseAddr(name); err == nil {
		return at.IsLoopback() || s.o.InsecureLAN || encrypted
	}
	return encrypted && s.o.Certificate.Covers(name)
}

func isAddress(host string) bool {
	_, err := netip.ParseAddr(host)
	return err == nil
}

// secure reports whether the browser spoke https: to us, or to a proxy that we
// trust and that says so.
func (s *Server) secure(r *http.Request) bool {
	if r.TLS != nil {
		return true
	}
	return s.trustedPeer(r) && strings.EqualFold(r.Header.Get("X-Forwarded-Proto"), "https")
}

// trustedPeer reports whether the connection itself comes from a trusted proxy.
func (s *Server) trustedPeer(r *http.Request) bool {
	peer, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil {
		return false
	}
	at := peer.Addr().Unmap().WithZone("")
	for _, prefix := range s.o.TrustedProxy {
		if prefix.Contains(at) {
			return true
		}
	}
	return false
}

// sameOrigin judges the Origin header of a websocket: a page of the host that was
// asked, or of the public address. Scheme and host must both be ours.
func (s *Server) sameOrigin(r *http.Request) bool {
	u, err := url.Parse(r.Header.Get("Origin"))
	if err != nil || u.Host == "" || u.Path != "" {
		return false
	}
	if s.public != nil && u.Scheme == s.public.Scheme && strings.EqualFold(u.Host, s.public.Host) {
		return true
	}
	scheme := "http"
	if s.secure(r) {
		scheme = "https"
	}
	return u.Scheme == scheme && strings.EqualFold(u.Host, r.Host)
}
