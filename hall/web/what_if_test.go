package web

import (
	"fmt"
	"net/http"
	"testing"
)

func TestAManagerAsksWhatIf(t *testing.T) {
	h := newHouse(t)
	h.furnish()
	a := h.do(ask{as: "manager", method: post, path: api + "/what-ifs", body: map[string]any{"days": 2, "changes": map[string]any{
		"policy": map[string]any{"distance": map[string]any{"distance_mm": 1200}}}}})
	if a.Code != http.StatusAccepted {
		t.Fatalf("status %d: %s", a.Code, a.Body)
	}
	one := fmt.Sprintf("/what-ifs/%d", id(a.json()["id"]))
	h.do(ask{as: "manager", method: remove, path: api + one}).good(h)
	if list := h.get("manager", "/what-ifs")["what_ifs"].([]any); len(list) != 1 {
		t.Errorf("%d questions are listed, want 1", len(list))
	}
	if state := h.get("manager", one)["state"]; state != "cancelled" && state != "done" {
		t.Errorf("the cancelled question is %v", state)
	}
	h.do(ask{as: "manager", method: get, path: api + "/what-ifs/7"}).refused(404, "what_if_gone")
	h.do(ask{as: "manager", method: post, path: api + "/what-ifs"}).refused(422, "bad_field")
}
