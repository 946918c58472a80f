package web

import (
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"

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
	// it would lock people out of what works.
	hsts = "max-age=31536000; includeSubDomains"
)

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
		if s.public != nil && s.secure(r) && strings.EqualFold(r.Host, s.public.Host) && !isAddress(s.public.Hostname()) {
			w.Header().Set("Strict-Transport-Security", hsts)
		}
		if !s.knownHost(r.Host) {
			s.fail(w, r, refuse(http.StatusMisdirectedRequest, "unknown_host",
				"This server does not answer under that name. Use the branch's own address, or start the server with --public-url."))
			return
		}
		protected.ServeHTTP(w, r)
	})
}

// knownHost allows the public address, the loopback names, and plain addresses
// when the branch is meant to be reached so. A page that lures a browser here
// under a name of its own (DNS rebinding) brings that name as the host.
func (s *Server) knownHost(host string) bool {
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
	at, err := netip.ParseAddr(strings.Trim(name, "[]"))
	return err == nil && (at.IsLoopback() || s.o.InsecureLAN)
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
