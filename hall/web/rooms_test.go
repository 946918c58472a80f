package web

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"time"

	"lapak/scheduler"
	"lapak/scheduler/learning"
)

// office is a drawing of five booths with a pillar and a door.
func office(version int) map[string]any {
	at := func(x, y int) map[string]any { return map[string]any{"x_mm": x, "y_mm": y} }
	rect := func(x, y, w, d int) map[string]any {
		return map[string]any{"x_mm": x, "y_mm": y, "width_mm": w, "depth_mm": d}
	}
	return map[string]any{"version": version, "width_mm": 6000, "depth_mm": 4000, "normal": 12,
		"seats":     []any{at(500, 500), at(2000, 500), at(3500, 500), at(500, 2000), at(2000, 2000)},
		"obstacles": []any{rect(4500, 2500, 500, 500)}, "keep_clear": []any{rect(0, 3000, 900, 1000)}}
}

func TestADrawingIsDraftedTriedAndPublished(t *testing.T) {
	h := newHouse(t)
	h.furnish()
	one := api + "/rooms/9"
	h.do(ask{as: "officer", method: put, path: one + "/draft", body: office(0)}).refused(http.StatusForbidden, "role_may_not")
	h.do(ask{as: "manager", method: put, path: one + "/draft", body: office(0)}).good(h)
	drafts := h.get("manager", "/rooms/drafts")["drafts"].([]any)
	if len(drafts) != 1 {
		t.Fatalf("%d drafts are kept", len(drafts))
	}
	kept := drafts[0].(map[string]any)["drawing"].(map[string]any)
	if kept["id"] != float64(9) || len(kept["seats"].([]any)) != 5 || len(kept["obstacles"].([]any)) != 1 {
		t.Errorf("kept: %v", kept)
	}
	for _, r := range h.get("manager", "/rooms")["rooms"].([]any) {
		if r.(map[string]any)["id"] == float64(9) {
			t.Error("a draft is a room already")
		}
	}

	w := h.do(ask{as: "manager", method: post, path: one + "/effect", body: office(0)})
	w.good(h)
	var e map[string]any
	h.must(json.Unmarshal(w.Body.Bytes(), &e))
	after := e["after"].(map[string]any)
	if e["refused"] != nil || e["before"] != nil || e["waits"] != false || after["persons"] != float64(5) || len(e["presets"].([]any)) != 5 {
		t.Errorf("effect: %v", e)
	}
	far := office(0)
	far["seats"] = append(far["seats"].([]any), map[string]any{"x_mm": 9000, "y_mm": 100})
	w = h.do(ask{as: "manager", method: post, path: one + "/effect", body: far})
	w.good(h)
	h.must(json.Unmarshal(w.Body.Bytes(), &e))
	if no := e["refused"].(map[string]any); no["code"] != "bad_seats" || no["field"] != "seats" {
		t.Errorf("a seat outside the walls: %v", no)
	}

	h.do(ask{as: "manager", method: put, path: one, body: office(0)}).good(h)
	h.do(ask{as: "manager", method: remove, path: one + "/draft"}).good(h)
	h.do(ask{as: "manager", method: remove, path: one + "/draft"}).refused(http.StatusNotFound, "not_found")
	for _, r := range h.get("manager", "/rooms")["rooms"].([]any) {
		if r := r.(map[string]any); r["id"] == float64(9) {
			if len(r["obstacles"].([]any)) != 1 || len(r["keep_clear"].([]any)) != 1 || r["planned"] != nil {
				t.Errorf("published: %v", r)
			}
		}
	}
}

func TestDraftsAreBounded(t *testing.T) {
	h := newHouse(t)
	big := office(0)
	big["obstacles"] = make([]any, scheduler.MaxRects+1)
	for i := range big["obstacles"].([]any) {
		big["obstacles"].([]any)[i] = map[string]any{"x_mm": 0, "y_mm": 0, "width_mm": 1, "depth_mm": 1}
	}
	h.do(ask{as: "manager", method: put, path: api + "/rooms/9/draft", body: big}).refused(http.StatusUnprocessableEntity, "out_of_range")
	h.do(ask{as: "manager", method: put, path: api + "/rooms/100/draft", body: office(0)}).refused(http.StatusUnprocessableEntity, "out_of_range")
	for i := range maxDrafts {
		h.do(ask{as: "manager", method: put, path: api + "/rooms/" + strconv.Itoa(i+1) + "/draft", body: office(0)}).good(h)
	}
	h.do(ask{as: "manager", method: put, path: api + "/rooms/99/draft", body: office(0)}).refused(http.StatusConflict, "too_many_rooms")
	h.do(ask{as: "manager", method: put, path: api + "/rooms/1/draft", body: office(0)}).good(h)
}

// TestARoomInUseIsDrawnWhenItsSessionIsOver, and the manager may think better of it.
func TestARoomInUseIsDrawnWhenItsSessionIsOver(t *testing.T) {
	h := newHouse(t)
	h.furnish()
	h.post("officer", "/rooms/1/session", nil)
	version := h.hall.State().Room(1).Version
	change := office(version)
	h.do(ask{as: "manager", method: put, path: api + "/rooms/1", body: change}).refused(http.StatusConflict, "room_in_use")
	change["after"] = true
	h.do(ask{as: "manager", method: put, path: api + "/rooms/1", body: change}).good(h)
	room := h.get("manager", "/rooms")["rooms"].([]any)[0].(map[string]any)
	if room["version"] != float64(version) || room["planned"] == nil || room["planned_at"] == nil {
		t.Errorf("while the session runs: %v", room)
	}
	h.do(ask{as: "manager", method: remove, path: api + "/rooms/1/plan"}).good(h)
	h.do(ask{as: "manager", method: remove, path: api + "/rooms/1/plan"}).refused(http.StatusConflict, "no_change")
	if h.hall.State().Planned(1) != nil {
		t.Error("taken back, and it still waits")
	}
}

// drawnBefore is an outlook that knows a room's versions.
type drawnBefore struct{ learnedNothing }

func (d *drawnBefore) Drawings(room scheduler.RoomID) ([]learning.Drawing, bool) {
	return []learning.Drawing{{At: 5, By: scheduler.Actor{Role: scheduler.ByManager, ID: 1}, Room: scheduler.Room{ID: room, Version: 2, WidthMM: 4000, DepthMM: 3000},
		Seats: []scheduler.SeatPlan{{XMM: 1}}, Fitting: scheduler.Fitting{Room: room, KeepClear: []scheduler.Rect{{WidthMM: 9, DepthMM: 9}}}}}, d.read
}

func TestVersionsOfARoom(t *testing.T) {
	o := &drawnBefore{}
	h := newHouse(t, func(opts *Options) { opts.Outlook = o })
	h.do(ask{as: "manager", method: get, path: api + "/rooms/1/versions"}).refused(http.StatusServiceUnavailable, "learning_reads")
	o.read = true
	list := h.get("manager", "/rooms/1/versions")["versions"].([]any)
	one := list[0].(map[string]any)
	if d := one["drawing"].(map[string]any); len(list) != 1 || one["role"] != "manager" || d["version"] != float64(2) || len(d["keep_clear"].([]any)) != 1 {
		t.Errorf("versions: %v", list)
	}
}

func TestSeatsAreChosenAndArrangedForTheEditor(t *testing.T) {
	h := newHouse(t)
	w := h.do(ask{as: "manager", method: post, path: api + "/rooms/choose", body: map[string]any{"distance_mm": 1500,
		"seats": []any{map[string]any{"id": "1"}, map[string]any{"id": "2", "x_mm": 1499}, map[string]any{"id": "3", "x_mm": 1500}}}})
	w.good(h)
	var choice struct {
		Persons int
		Optimal bool
	}
	h.must(json.Unmarshal(w.Body.Bytes(), &choice))
	if choice.Persons != 2 || !choice.Optimal {
		t.Errorf("chosen: %s", w.Body)
	}
	h.do(ask{as: "manager", method: post, path: api + "/rooms/choose", body: `{"seats":[{"id":"1","y":3}]}`}).refused(http.StatusUnprocessableEntity, "bad_field")
	h.do(ask{as: "manager", method: post, path: api + "/rooms/arrange", body: `{"width_mm":0}`}).refused(http.StatusUnprocessableEntity, "bad_field")

	w = h.do(ask{as: "manager", method: post, path: api + "/rooms/arrange", body: map[string]any{"width_mm": 5000, "depth_mm": 4000, "margin_mm": 500, "distance_mm": 1500,
		"obstacles": []any{map[string]any{"width_mm": 1000, "depth_mm": 1000}}}})
	if w.Code != http.StatusOK {
		t.Fatal(w.Body)
	}
	lines := strings.Split(strings.TrimSpace(w.Body.String()), "\n")
	best := 0
	for i, line := range lines {
		var a struct {
			Count int  `json:"count"`
			Done  bool `json:"done"`
		}
		h.must(json.Unmarshal([]byte(line), &a))
		if a.Count < best || a.Done != (i == len(lines)-1) {
			t.Errorf("line %d of %d: %s", i, len(lines), line)
		}
		best = a.Count
	}
	if best < 6 {
		t.Errorf("%d seats were found, want 6 or more", best)
	}
}

// TestArrangingEndsWhenTheEditorGoesAway: the search of a large hall takes
// seconds, and nobody waits for it any more.
func TestArrangingEndsWhenTheEditorGoesAway(t *testing.T) {
	h := newHouse(t)
	ctx, leave := context.WithCancel(t.Context())
	body := `{"width_mm":40000,"depth_mm":30000,"distance_mm":1500}`
	r := httptest.NewRequest(post, "http://127.0.0.1:8080"+api+"/rooms/arrange", strings.NewReader(body)).WithContext(ctx)
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Authorization", "Bearer "+h.tokens["manager"])
	done := make(chan struct{})
	go func() { defer close(done); h.handler.ServeHTTP(httptest.NewRecorder(), r) }()
	for len(h.arrange) == 0 { // until it has begun
		select {
		case <-done:
			t.Fatal("the search was over at once")
		case <-time.After(time.Millisecond):
		}
	}
	h.do(ask{as: "manager", method: post, path: api + "/rooms/arrange", body: body}).refused(http.StatusTooManyRequests, "arranging_busy")
	leave()
	<-done
	if len(h.arrange) != 0 {
		t.Error("the next one is kept waiting")
	}
}
