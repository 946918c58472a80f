package web

import (
	"bytes"
	"fmt"
	"net/http/httptest"
	"strings"
	"testing"

	"lapak/hall/access"
	"lapak/scheduler"
)

// canaries are values that no visitor has and that may appear nowhere but in the
// one answer that is meant to tell them.
var canaries = []string{"Kenari Emaswati", "3275014101900007", "+6281234567890", "12345678901"}

func TestNamesAreToldToFewAndNeverElsewhere(t *testing.T) {
	h := newHouse(t)
	h.furnish()
	person := map[string]any{"id_type": "nik", "id_number": canaries[1], "name": canaries[0], "phone": canaries[2], "memberships": []string{canaries[3]}}
	body := map[string]any{"person": person, "claims": []any{map[string]any{"reason": "jht_phk"}}}
	w := h.do(ask{as: "desk", method: post, path: api + "/visits", body: body})
	v := fmt.Sprintf("/visits/%d", id(w.good(h)["id"]))
	told := w.Body.String()
	h.do(ask{as: "desk", method: post, path: api + "/visits", body: body}).refused(409, "already_has_number")
	h.do(ask{as: "officer", method: get, path: api + v + "/person"}).refused(403, "not_your_visitor")
	h.post("officer", "/rooms/1/session", nil)
	h.post("officer", "/rooms/1/call", nil)
	for _, who := range []string{"officer", "desk", "manager"} {
		got := h.get(who, v+"/person?why=serving")
		if got["name"] != canaries[0] || got["id_number_masked"] != strings.Repeat("•", 12)+"0007" {
			t.Errorf("%s is told %v", who, got)
		}
	}
	h.do(ask{as: "manager", method: get, path: api + v + "/person"}).refused(422, "missing")
	h.do(ask{as: "other", method: get, path: api + v + "/person"}).refused(403, "not_your_visitor")
	h.do(ask{as: "observer", method: get, path: api + v + "/person"}).refused(403, "role_may_not")
	h.do(ask{as: "desk", method: get, path: api + v + "/person?why=Because+I+like"}).refused(422, "code_form")
	h.do(ask{as: "desk", method: get, path: api + fmt.Sprintf("/visits/%d/person", h.visit())}).refused(404, "person_unnamed")

	var seen bytes.Buffer
	seen.WriteString(told)
	for _, path := range []string{"/views/lobby", "/views/manager", "/views/desk", "/views/room/1", "/views/seat/1/1", "/visits", v, "/rooms", "/officers"} {
		seen.WriteString(h.do(ask{as: "manager", method: get, path: api + path}).Body.String())
	}
	seen.WriteString(h.do(ask{method: get, path: "/metrics"}).Body.String())
	seen.WriteString(h.log.String())
	seen.WriteString(string(must(scheduler.EncodeState(h.hall.State()))))
	for _, c := range canaries {
		if strings.Contains(seen.String(), c) || strings.Contains(seen.String(), strings.Split(c, " ")[0]) {
			t.Errorf("%q is where no name may be", c)
		}
	}
}

// TestWhatIsLogged: one line per request, by pattern; no address, no query, no
// body, no key, no credential.
func TestWhatIsLogged(t *testing.T) {
	h := newHouse(t)
	h.furnish()
	h.do(ask{as: "desk", method: get, path: api + "/visits/424242424242/person?why=kenari"})
	h.do(ask{method: get, path: "/kenari/434343434343"})
	h.do(ask{method: post, path: api + "/session", key: "kenari-key", body: map[string]any{"name": "kenari-name", "password": "kenari password"}})
	h.do(ask{as: "desk", method: post, path: api + "/visits", body: `{"kenari":1}`})
	h.do(ask{method: "KENARI", path: "/"})
	log := h.log.String()
	metric := h.do(ask{method: get, path: "/metrics"}).Body.String()
	for _, secret := range append([]string{"424242424242", "434343434343", "kenari", "KENARI", "why="}, h.tokens["desk"], h.tokens["manager"]) {
		if strings.Contains(log, secret) {
			t.Errorf("the log holds %q:\n%s", secret, log)
		}
		if strings.Contains(metric, secret) {
			t.Errorf("the metrics hold %q", secret)
		}
	}
	for _, want := range []string{`"route":"/api/v1/visits/:id/person"`, `"route":"none"`, `"actor":"desk:4"`, `"us":`, `"bytes":`, `"request":"`, `"status":404`} {
		if !strings.Contains(log, want) {
			t.Errorf("the log lacks %s:\n%s", want, log)
		}
	}
	if !strings.Contains(metric, `lapak_http_requests_total{method="GET",route="/api/v1/visits/:id/person",status="404"}`) {
		t.Error("the metrics lack a route by its pattern")
	}
	apart := httptest.NewRecorder()
	h.MetricsHandler().ServeHTTP(apart, httptest.NewRequest(get, "/metrics", nil))
	if !strings.Contains(apart.Body.String(), "lapak_feed_screens") {
		t.Error("the metrics of their own address are empty")
	}
}

func TestMetricsOfTheirOwn(t *testing.T) {
	h := newHouse(t, func(o *Options) { o.MetricsApart = true })
	h.do(ask{method: get, path: "/metrics"}).refused(404, "not_found")
}

func TestAccountsAndDevices(t *testing.T) {
	h := newHouse(t)
	h.do(ask{as: "manager", method: patch, path: api + "/accounts/4", body: map[string]any{"role": "officer", "display": "Meja Depan"}}).good(h)
	if h.hall.State().Officer(4) == nil {
		t.Error("who becomes an officer stands on the floor")
	}
	h.post("manager", "/accounts/5/password", map[string]any{"password": "tiga kucing di atap"})
	h.do(ask{as: "manager", method: patch, path: api + "/accounts/1", body: map[string]any{"role": "desk"}}).refused(409, "last_manager")
	list := h.do(ask{as: "manager", method: get, path: api + "/accounts"})
	if strings.Contains(list.Body.String(), "argon") || strings.Contains(list.Body.String(), "phc") {
		t.Error("a hash leaves the server")
	}
	d := h.pairDevice(access.Display, "", "")
	if n := len(h.get("manager", "/devices")["devices"].([]any)); n != 1 {
		t.Errorf("%d devices", n)
	}
	h.do(ask{as: "display device", method: get, path: api + "/views/lobby"}).good(h)
	h.do(ask{as: "manager", method: remove, path: api + fmt.Sprintf("/devices/%d", d.ID)}).good(h)
	h.do(ask{as: "display device", method: get, path: api + "/views/lobby"}).refused(401, "not_signed_in")
}
