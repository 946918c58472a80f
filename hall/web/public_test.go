package web

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"lapak/ui"
)

// TestTheVisitorsAddressServesVisitorsOnly asks it for every route of the table, as the
// manager whose token is good everywhere else.
func TestTheVisitorsAddressServesVisitorsOnly(t *testing.T) {
	h := newHouse(t, func(o *Options) { o.PublicURL = "https://antrean.example" })
	h.furnish()
	link := h.post("desk", "/visits", nil)["link"].(string)
	h.handler = h.PublicHandler()
	var served []string
	for _, rt := range h.routes() {
		if rt.demoOnly {
			continue
		}
		w := h.do(ask{as: "manager", method: rt.method, path: strings.ReplaceAll(concrete(rt.path), "nothing", link)})
		if there := w.Code != http.StatusNotFound && w.Code != http.StatusMethodNotAllowed; there && rt.path != assets {
			served = append(served, rt.method+" "+rt.path)
		}
	}
	want := []string{"GET /api/v1/tickets/:link", "GET /api/v1/views/tickets/:link", "GET /api/v1/feed/tickets/:link", "POST /api/v1/tickets/:link/cancel",
		"POST /api/v1/tickets/:link/step-out", "POST /api/v1/tickets/:link/resume", "POST /api/v1/tickets/:link/survey", "GET /v/:link", "POST /v/:link/cancel",
		"POST /v/:link/step-out", "POST /v/:link/resume", "POST /v/:link/survey", "GET /api/v1/tickets/:link/qr.svg", "GET /api/v1/tickets/:link/slip", "GET /healthz"}
	slices.Sort(served)
	slices.Sort(want)
	if !slices.Equal(served, want) {
		t.Errorf("the visitors' address serves\n%s\nwant\n%s", strings.Join(served, "\n"), strings.Join(want, "\n"))
	}
	for file, code := range map[string]int{"visitor/app.js": 200, "lib/feed.js": 200, "manager/app.js": 404, "officer/app.js": 404, "../web.key": 404} {
		if w := h.do(ask{method: get, path: "/ui/" + ui.Build() + "/" + file}); w.Code != code {
			t.Errorf("%s: %d, want %d", file, w.Code, code)
		}
	}
	for name, value := range headers {
		if got := h.do(ask{method: get, path: "/"}).Header().Get(name); got != value {
			t.Errorf("%s is %q there", name, got)
		}
	}
	if strings.Contains(h.log.String(), link) {
		t.Error("the link is in the log")
	}
}
