package web

import (
	"bytes"
	"compress/gzip"
	"crypto/tls"
	"io"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"

	"lapak/hall/access"
	"lapak/ui"
)

func TestEveryAnswerHasTheHeaders(t *testing.T) {
	h := newHouse(t)
	asks := []ask{
		{method: get, path: "/nowhere"}, {method: post, path: "/lobby"}, {method: get, path: "/", header: map[string]string{"Host": "evil.example"}},
		{method: post, path: api + "/day/open", header: map[string]string{"Sec-Fetch-Site": "cross-site"}},
		{as: "manager", method: post, path: api + "/day/open", key: "-"}, {as: "manager", method: post, path: api + "/day/open", body: "{"},
		{method: http.MethodHead, path: "/healthz"}, {method: http.MethodOptions, path: api + "/session"},
	}
	for _, rt := range h.routes() {
		if !rt.demoOnly {
			asks = append(asks, ask{as: "manager", method: rt.method, path: concrete(rt.path)})
		}
	}
	for _, a := range asks {
		w := h.do(a)
		page := strings.HasPrefix(a.path, "/v/") // a visitor's, which has a referrer policy of its own and says refusals in words
		for name, want := range headers {
			if page && name == "Referrer-Policy" {
				want = "same-origin"
			}
			if got := w.Header().Get(name); got != want {
				t.Errorf("%s %s: %s is %q, want %q", a.method, a.path, name, got, want)
			}
		}
		if w.Header().Get("X-Request-Id") == "" {
			t.Errorf("%s %s has no request id", a.method, a.path)
		}
		if w.Header().Get("Access-Control-Allow-Origin") != "" {
			t.Errorf("%s %s opens itself to other sites", a.method, a.path)
		}
		if w.Code >= 400 && !page {
			w.problem()
		}
	}
}

func TestPagesAndFiles(t *testing.T) {
	h := newHouse(t)
	for path := range screens {
		w := h.do(ask{method: get, path: path})
		if w.Code != http.StatusOK || w.Header().Get("Content-Type") != "text/html; charset=utf-8" || !strings.Contains(w.Body.String(), ui.Embedded().Prefix()) {
			t.Errorf("%s: %d %s", path, w.Code, w.Header().Get("Content-Type"))
		}
	}
	file := h.do(ask{method: get, path: ui.Embedded().Prefix() + "lib/feed.js"})
	if file.Code != 200 || file.Header().Get("Cache-Control") != immutable || file.Header().Get("Content-Type") != "text/javascript; charset=utf-8" {
		t.Errorf("a file: %d %v", file.Code, file.Header())
	}
	for accept, packed := range map[string]bool{"": false, "gzip, deflate, br": true, "br;q=1, gzip;q=0.5": true, "*": true, "gzip;q=0": false, "identity": false} {
		w := h.do(ask{method: get, path: ui.Embedded().Prefix() + "lib/feed.js", header: map[string]string{"Accept-Encoding": accept}})
		got := w.Body.Bytes()
		if packed {
			z, err := gzip.NewReader(w.Body)
			if err != nil {
				t.Fatalf("%q: %v", accept, err)
			}
			got, _ = io.ReadAll(z)
		}
		if encoded := w.Header().Get("Content-Encoding") == "gzip"; encoded != packed || !bytes.Equal(got, file.Body.Bytes()) || w.Header().Get("Vary") != "Accept-Encoding" {
			t.Errorf("%q: packed %v, %d bytes of %d, %v", accept, encoded, len(got), file.Body.Len(), w.Header())
		}
	}
	for _, path := range []string{"/ui/0123456789abcdef/lib/feed.js", ui.Embedded().Prefix() + "index/index.html", ui.Embedded().Prefix() + "lib",
		ui.Embedded().Prefix() + "lib/nothing.js", ui.Embedded().Prefix() + "../go.mod", ui.Embedded().Prefix() + "%2e%2e/web.go"} {
		h.do(ask{method: get, path: path}).refused(404, "not_found")
	}
	if w := h.do(ask{method: post, path: "/lobby"}); w.refused(405, "method_not_allowed").Code != "" && !strings.Contains(w.Header().Get("Allow"), "GET") {
		t.Errorf("405 without Allow: %q", w.Header().Get("Allow"))
	}
}

// TestCrossOrigin is the matrix of what other sites' pages may send.
func TestCrossOrigin(t *testing.T) {
	h := newHouse(t, func(o *Options) { o.PublicURL = "https://antrean.example" })
	for _, c := range []struct {
		name   string
		header map[string]string
		ok     bool
	}{
		{"no browser", nil, true},
		{"same origin", map[string]string{"Sec-Fetch-Site": "same-origin"}, true},
		{"typed address", map[string]string{"Sec-Fetch-Site": "none"}, true},
		{"another port or sibling host", map[string]string{"Sec-Fetch-Site": "same-site"}, false},
		{"another site", map[string]string{"Sec-Fetch-Site": "cross-site"}, false},
		{"plain http, own page", map[string]string{"Origin": "http://127.0.0.1:8080"}, true},
		{"plain http, other page", map[string]string{"Origin": "http://evil.example"}, false},
		{"opaque page", map[string]string{"Origin": "null"}, false},
		{"the public address", map[string]string{"Origin": "https://antrean.example", "Sec-Fetch-Site": "cross-site"}, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := h.do(ask{as: "manager", method: post, path: api + "/clock/confirm", header: c.header})
			if c.ok != (w.Code == http.StatusOK) {
				t.Errorf("%d %s", w.Code, w.Body)
			}
			if !c.ok {
				w.refused(403, "cross_site")
			}
		})
	}
}

func TestHosts(t *testing.T) {
	plain := newHouse(t, func(o *Options) { o.PublicURL = "https://antrean.example" })
	open := newHouse(t, func(o *Options) { o.InsecureLAN = true })
	for _, c := range []struct {
		host        string
		plain, open bool
	}{
		{"127.0.0.1:8080", true, true}, {"localhost", true, true}, {"[::1]:8080", true, true}, {"LOCALHOST:1", true, true},
		{"antrean.example", true, false}, {"Antrean.Example", true, false}, {"antrean.example:444", false, false},
		{"192.168.1.5:8080", false, true}, {"evil.example", false, false}, {"127.0.0.1.evil.example", false, false}, {"localhost.evil.example", false, false},
	} {
		for h, want := range map[*house]bool{plain: c.plain, open: c.open} {
			w := h.do(ask{method: get, path: "/healthz", header: map[string]string{"Host": c.host}})
			if want != (w.Code == http.StatusOK) {
				t.Errorf("host %s: %d, want it known: %v", c.host, w.Code, want)
			}
			if !want {
				w.refused(421, "unknown_host")
			}
		}
	}
}

func TestTheClientsAddressIsNotBelieved(t *testing.T) {
	spoof := map[string]string{"X-Forwarded-For": "203.0.113.7", "X-Real-IP": "203.0.113.7", "Forwarded": "for=203.0.113.7"}
	request := func(from string) *http.Request {
		r := httptest.NewRequest(http.MethodGet, "http://127.0.0.1/", nil)
		r.RemoteAddr = from
		for name, value := range spoof {
			r.Header.Set(name, value)
		}
		return r
	}
	direct := newHouse(t)
	if got := direct.clientIP(request("192.0.2.1:5000")); got != "192.0.2.1" {
		t.Errorf("without a proxy the address is %s", got)
	}
	proxied := newHouse(t, func(o *Options) { o.TrustedProxy = []netip.Prefix{netip.MustParsePrefix("10.0.0.0/24")} })
	if got := proxied.clientIP(request("10.0.0.1:5000")); got != "203.0.113.7" {
		t.Errorf("behind the proxy the address is %s", got)
	}
	for _, stranger := range []string{"192.0.2.1:5000", "10.0.1.1:5000", "127.0.0.1:5000"} {
		if got := proxied.clientIP(request(stranger)); got == "203.0.113.7" {
			t.Errorf("%s is believed although it is no proxy of ours", stranger)
		}
	}
	r := request("192.0.2.1:5000")
	r.Header.Set("X-Forwarded-Proto", "https")
	if direct.secure(r) || proxied.secure(r) {
		t.Error("a stranger says https and is believed")
	}
	r.RemoteAddr = "10.0.0.9:1"
	if !proxied.secure(r) {
		t.Error("the proxy says https and is not believed")
	}
}

func TestCookies(t *testing.T) {
	h := newHouse(t, func(o *Options) {
		o.PublicURL = "https://antrean.example"
		o.TrustedProxy = []netip.Prefix{netip.MustParsePrefix("10.0.0.0/24")}
	})
	body := map[string]any{"name": "manager", "password": password}
	plain := h.do(ask{method: post, path: api + "/session", body: body})
	plain.good(h)
	c := plain.Result().Cookies()[0]
	if c.Name != "lapak" || c.Secure || !c.HttpOnly || c.SameSite != http.SameSiteStrictMode || c.Path != "/" || c.Domain != "" {
		t.Errorf("over http: %+v", c)
	}
	proxied := h.do(ask{method: post, path: api + "/session", body: body, from: "10.0.0.1:9", header: map[string]string{"Host": "antrean.example", "X-Forwarded-Proto": "https"}})
	proxied.good(h)
	c = proxied.Result().Cookies()[0]
	if c.Name != "__Host-lapak" || !c.Secure || !c.HttpOnly || c.SameSite != http.SameSiteStrictMode || c.Path != "/" || c.Domain != "" {
		t.Errorf("over https: %+v", c)
	}
	if proxied.Header().Get("Strict-Transport-Security") == "" || plain.Header().Get("Strict-Transport-Security") != "" {
		t.Error("HSTS belongs to https under the public name, and nowhere else")
	}
	r := httptest.NewRequest(http.MethodGet, "https://127.0.0.1/", nil)
	r.TLS = &tls.ConnectionState{}
	r.AddCookie(&http.Cookie{Name: "lapak", Value: c.Value})
	if h.identify(r, false).standing != nobody {
		t.Error("over https, a cookie without the __Host- prefix is believed")
	}
}

func TestSignInAndOut(t *testing.T) {
	h := newHouse(t)
	h.do(ask{method: post, path: api + "/session", body: map[string]any{"name": "manager", "password": "salah sama sekali"}}).refused(401, "wrong_password")
	h.do(ask{method: post, path: api + "/session", body: map[string]any{"name": "nobody-here", "password": password}}).refused(401, "wrong_password")
	in := h.do(ask{method: post, path: api + "/session", body: map[string]any{"name": "manager", "password": password}})
	cookie := map[string]string{"Cookie": in.Result().Cookies()[0].Name + "=" + in.Result().Cookies()[0].Value}
	me := h.do(ask{method: get, path: api + "/session", header: cookie}).good(h)
	if me["kind"] != "session" || me["role"] != "manager" || me["setup"] != false || me["build"] != ui.Build() {
		t.Errorf("%v", me)
	}
	h.do(ask{method: get, path: api + "/accounts", header: cookie}).good(h)
	h.do(ask{method: get, path: api + "/accounts", header: map[string]string{"Cookie": cookie["Cookie"], "Authorization": "Bearer wrong"}}).refused(401, "not_signed_in")
	out := h.do(ask{method: remove, path: api + "/session", header: cookie})
	if out.good(h)["kind"] != "none" || out.Result().Cookies()[0].MaxAge >= 0 {
		t.Errorf("%v", out.Result().Cookies())
	}
	h.do(ask{method: get, path: api + "/accounts", header: cookie}).refused(401, "not_signed_in")
	for range 5 {
		h.do(ask{method: post, path: api + "/session", body: map[string]any{"name": "desk", "password": "salah sama sekali"}}).refused(401, "wrong_password")
	}
	w := h.do(ask{method: post, path: api + "/session", body: map[string]any{"name": "desk", "password": password}})
	if p := w.refused(429, "locked_out"); p.RetryAfterS < 1 || w.Header().Get("Retry-After") == "" {
		t.Errorf("%+v", p)
	}
}

func TestKindsOfCallers(t *testing.T) {
	h := newHouse(t)
	h.pairDevice(access.Booth, "2", "5")
	if got := h.get("", "/session"); got["kind"] != "none" {
		t.Errorf("%v", got)
	}
	if got := h.get("officer", "/session"); got["kind"] != "token" || id(got["id"]) != officerID {
		t.Errorf("%v", got)
	}
	got := h.get("booth device", "/session")
	place := got["device"].(map[string]any)
	if got["kind"] != "device" || place["kind"] != "booth" || id(place["room"]) != 2 || id(place["seat"]) != 5 {
		t.Errorf("%v", got)
	}
	h.tokens["local"] = h.o.Access.Local()
	h.do(ask{as: "local", method: get, path: api + "/accounts"}).good(h)
}
