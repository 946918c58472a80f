package web

import (
	"net/http"
	"strings"
	"testing"
)

// TestAPersonAtAWrongAddressSeesAPage: a browser gets words in both languages, staff with
// their screens and the public without; programs keep the problem.
func TestAPersonAtAWrongAddressSeesAPage(t *testing.T) {
	h := newHouse(t, func(o *Options) { o.PublicURL = "https://antrean.example" })
	browser := map[string]string{"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
	for path, status := range map[string]int{"/petugas": 404, "/v/": 404, "/lobby/": 404, "/sheet": 401} {
		w := h.do(ask{method: get, path: path, header: browser})
		body := w.Body.String()
		if w.Code != status || !strings.HasPrefix(w.Header().Get("Content-Type"), "text/html") || !strings.Contains(body, `lang="en"`) || !strings.Contains(body, `href="/officer"`) {
			t.Errorf("%s: %d %s %s", path, w.Code, w.Header().Get("Content-Type"), body)
		}
		h.do(ask{method: get, path: path, header: map[string]string{"Accept": "application/json"}}).refused(status, map[int]string{404: "not_found", 401: "not_signed_in"}[status])
		h.do(ask{method: get, path: path}).refused(status, map[int]string{404: "not_found", 401: "not_signed_in"}[status])
	}
	for _, path := range []string{api + "/nothing", "/ui/old/lobby/app.js"} {
		h.do(ask{method: get, path: path, header: browser}).refused(404, "not_found")
	}
	h.handler = h.PublicHandler()
	for _, path := range []string{"/", "/officer", "/v/", "/petugas"} {
		w := h.do(ask{method: get, path: path, header: browser})
		if body := w.Body.String(); w.Code != http.StatusNotFound || !strings.Contains(body, "Halaman ini tidak ada") || strings.Contains(body, "href=\"/") && strings.Contains(body, "<a ") {
			t.Errorf("the public at %s: %d %s", path, w.Code, body)
		}
	}
}
