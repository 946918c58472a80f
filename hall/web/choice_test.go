package web

import (
	"fmt"
	"testing"
)

// TestChoiceCallsNobody: an officer who thinks of calling others is told their
// seats, or the refusal that the call itself would meet; nothing is called.
func TestChoiceCallsNobody(t *testing.T) {
	h := newHouse(t)
	h.furnish()
	h.visit()
	second := h.visit()
	h.post("officer", "/rooms/1/session", nil)
	seq := h.hall.State().Seq
	got := h.get("officer", fmt.Sprintf("/rooms/1/choice?visits=%d", second))
	picks, _ := got["picks"].([]any)
	if len(picks) != 1 || id(picks[0].(map[string]any)["visit"]) != second || id(got["persons"]) != 1 {
		t.Fatalf("choosing the second would become %v", got)
	}
	for path, want := range map[string]struct {
		status int
		code   string
	}{
		fmt.Sprintf("?visits=%d,%d", second, second): {422, "twice"},
		"?visits=987654":      {404, "unknown_visit"},
		"?visits=x":           {400, "bad_field"},
		"":                    {400, "bad_field"},
		"?visits=1&because=x": {400, "unknown_field"},
	} {
		h.do(ask{as: "officer", method: get, path: api + "/rooms/1/choice" + path}).refused(want.status, want.code)
	}
	h.do(ask{as: "other", method: get, path: api + fmt.Sprintf("/rooms/1/choice?visits=%d", second)}).refused(403, "not_your_session")
	if now := h.hall.State().Seq; now != seq {
		t.Errorf("asking wrote %d records", now-seq)
	}
	h.post("officer", "/rooms/1/call", map[string]any{"visits": []int64{second}, "reason": "urgent_need"})
	seats := h.get("officer", fmt.Sprintf("/visits/%d", second))["seats"].([]any)
	if told := picks[0].(map[string]any)["seats"].([]any); fmt.Sprint(told) != fmt.Sprint(seats) {
		t.Errorf("told seat %v, called to %v", told, seats)
	}
}
