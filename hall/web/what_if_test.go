package web

import (
	"fmt"
	"net/http"
	"testing"
	"time"

	"lapak/hall/study"
	"lapak/scheduler/whatif"
)

// asks puts a question and returns its address.
func (h *house) asks(body map[string]any) string {
	h.Helper()
	a := h.do(ask{as: "manager", method: post, path: api + "/what-ifs", body: body})
	if a.Code != http.StatusAccepted {
		h.Fatalf("status %d: %s", a.Code, a.Body)
	}
	return fmt.Sprintf("/what-ifs/%d", id(a.json()["id"]))
}

// waits asks until the question is over; every answer on the way is held
// against openapi.json.
func (h *house) waits(path string) map[string]any {
	h.Helper()
	for end := time.Now().Add(time.Minute); ; time.Sleep(5 * time.Millisecond) {
		e := h.get("manager", path)
		if s := e["state"]; s != "queued" && s != "running" {
			return e
		}
		if time.Now().After(end) {
			h.Fatalf("a minute is not enough: %v of %v", e["done"], e["total"])
		}
	}
}

func TestAManagerAsksWhatIf(t *testing.T) {
	h := newHouse(t)
	h.furnish()
	one := h.asks(map[string]any{"days": 2, "per_day": 20, "changes": map[string]any{"officers": 1, "last_call_s": 600,
		"policy": map[string]any{"distance": map[string]any{"distance_mm": 2500}}, "hours": map[string]any{"close_s": 57600},
		"rooms": []any{map[string]any{"room": 1, "seats": 4, "mode": "closed"}}}})
	e := h.waits(one)
	answer, _ := e["answer"].(map[string]any)
	if e["state"] != "done" || answer == nil || id(answer["days"]) != 2 || len(answer["rows"].([]any)) < 20 || len(answer["changes"].([]any)) < 4 {
		t.Fatalf("%v", e)
	}
	list := h.get("manager", "/what-ifs")["what_ifs"].([]any)
	if len(list) != 1 || list[0].(map[string]any)["answer"] != nil {
		t.Errorf("the list is %v", list)
	}
	h.do(ask{as: "manager", method: get, path: api + "/what-ifs/7"}).refused(404, "what_if_gone")
	h.do(ask{as: "manager", method: remove, path: api + "/what-ifs/7"}).refused(404, "what_if_gone")
	if again := h.do(ask{as: "manager", method: remove, path: api + one}).good(h); again["state"] != "done" {
		t.Errorf("a question that is done became %v", again["state"])
	}
}

func TestAManagerAsksForAdvice(t *testing.T) {
	h := newHouse(t)
	h.furnish()
	e := h.waits(h.asks(map[string]any{"days": 2, "per_day": 12, "advise": true, "promise": map[string]any{"wait_p95_s": 300}}))
	advice, _ := e["answer"].(map[string]any)["advice"].(map[string]any)
	if e["state"] != "done" || advice == nil || id(advice["tried"]) < 3 || id(advice["promise"].(map[string]any)["served_pct"]) != 100 {
		t.Fatalf("%v", e)
	}
}

func TestACancelledWhatIfStays(t *testing.T) {
	h := newHouse(t)
	h.furnish()
	one := h.asks(map[string]any{"days": 200, "changes": map[string]any{}})
	if e := h.do(ask{as: "manager", method: remove, path: api + one}).good(h); e["state"] != "cancelled" {
		t.Errorf("it is %v", e["state"])
	}
	if e := h.get("manager", one); e["state"] != "cancelled" {
		t.Errorf("later it is %v", e["state"])
	}
}

func TestWhatIfsAreRefusedByField(t *testing.T) {
	h := newHouse(t)
	put := func(body any) answered {
		return h.do(ask{as: "manager", method: post, path: api + "/what-ifs", body: body})
	}
	put(map[string]any{"advise": true}).refused(422, "bad_field") // no room yet
	h.furnish()
	if p := put(map[string]any{}).refused(422, "bad_field"); p.Field != "changes" {
		t.Errorf("the field is %s", p.Field)
	}
	if p := put(map[string]any{"changes": map[string]any{"officer": 3}}).refused(400, "unknown_field"); p.Field != "changes.officer" {
		t.Errorf("the field is %s", p.Field)
	}
	if p := put(map[string]any{"changes": map[string]any{"policy": map[string]any{"group": map[string]any{"max": -1}}}}).refused(422, "bad_field"); p.Field != "changes.policy.group.max" {
		t.Errorf("the field is %s", p.Field)
	}
	if p := put(map[string]any{"day": "2026-03-02", "changes": map[string]any{}}).refused(422, "bad_field"); p.Field != "day" {
		t.Errorf("today is not over, and the field is %s", p.Field)
	}
	if p := put(map[string]any{"day": "2020-01-01", "changes": map[string]any{}}).refused(422, "day_not_kept"); p.Field != "day" {
		t.Errorf("a day before the branch was, and the field is %s", p.Field)
	}
	h.do(ask{as: "officer", method: post, path: api + "/what-ifs", body: map[string]any{"advise": true}}).refused(403, "role_may_not")
	h.do(ask{as: "manager", method: post, path: api + "/what-ifs", body: map[string]any{"advise": true}, key: "-"}).refused(400, "idempotency_key_missing")
}

func TestTheSameKeyAsksOnce(t *testing.T) {
	h := newHouse(t)
	h.furnish()
	body := map[string]any{"days": 1, "per_day": 5, "changes": map[string]any{}}
	first := h.do(ask{as: "manager", method: post, path: api + "/what-ifs", body: body, key: "once"})
	second := h.do(ask{as: "manager", method: post, path: api + "/what-ifs", body: body, key: "once"})
	if first.Body.String() != second.Body.String() || len(h.get("manager", "/what-ifs")["what_ifs"].([]any)) != 1 {
		t.Errorf("%s\n%s", first.Body, second.Body)
	}
}

// full refuses everything.
type full struct{ Studies }

func (full) Ask(whatif.Question) (study.Entry, error) { return study.Entry{}, study.ErrBusy }

type stopping struct{ Studies }

func (stopping) Ask(whatif.Question) (study.Entry, error) { return study.Entry{}, study.ErrClosed }

func TestAFullQueueSaysWhen(t *testing.T) {
	h := newHouse(t)
	h.furnish()
	h.o.Studies = full{h.o.Studies}
	body := map[string]any{"changes": map[string]any{}}
	if p := h.do(ask{as: "manager", method: post, path: api + "/what-ifs", body: body}).refused(429, "what_ifs_waiting"); p.RetryAfterS < 1 {
		t.Errorf("no word on when: %+v", p)
	}
	h.o.Studies = stopping{h.o.Studies}
	h.do(ask{as: "manager", method: post, path: api + "/what-ifs", body: body}).refused(503, "unavailable")
}
