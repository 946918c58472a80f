package web

import (
	"errors"
	"fmt"
	"net/http"
	"testing"

	"lapak/hall/access"
	"lapak/scheduler"
)

// stage is a demo that remembers what it was told.
type stage struct {
	link  string
	state DemoState
	fault error
}

func (s *stage) Look() DemoState { return s.state }

func (s *stage) Set(speed *int, paused *bool) error {
	if speed != nil {
		s.state.Speed = *speed
	}
	if paused != nil {
		s.state.Paused = *paused
	}
	return s.fault
}

func (s *stage) Visitor() string { return s.link }

func (s *stage) TakeOver(room scheduler.RoomID, release bool, _ scheduler.OfficerID) (scheduler.OfficerID, error) {
	if room != 1 {
		return 0, &scheduler.Refusal{Code: "unknown_room", Field: "room", Class: scheduler.NotFound, Reason: "There is no such room."}
	}
	s.state.Taken = []scheduler.RoomID{room}
	if release {
		s.state.Taken = nil
	}
	return officerID, nil
}

func TestADemoIsOpenToEverybody(t *testing.T) {
	show := &stage{state: DemoState{Speed: 60, Day: "2026-03-02", Seed: 1}}
	h := newHouse(t, func(o *Options) { o.Demo = show })
	h.furnish()
	me := h.get("", "/session")
	if me["kind"] != "demo" || me["demo"] != true || me["setup"] != false {
		t.Errorf("%v", me)
	}
	for _, path := range []string{"/views/lobby", "/views/manager", "/views/room/1", "/views/seat/1/1", "/views/desk", "/policy"} {
		h.get("", path)
	}
	if got := h.post("", "/demo", map[string]any{"speed": 10, "paused": true}); id(got["speed"]) != 10 || got["paused"] != true {
		t.Errorf("%v", got)
	}
	h.do(ask{method: post, path: api + "/demo", body: map[string]any{"speed": 0}}).refused(422, "out_of_range")
	if got := h.get("", "/demo"); len(got["taken"].([]any)) != 0 || got["day"] != "2026-03-02" {
		t.Errorf("%v", got)
	}
	h.do(ask{method: post, path: api + "/demo/take-over", body: map[string]any{"room": 5}}).refused(404, "unknown_room")
	show.fault = errors.New("the stage fell down")
	h.do(ask{method: post, path: api + "/demo", body: map[string]any{"paused": false}}).refused(500, "internal")
	h.do(ask{method: get, path: api + "/demo", header: map[string]string{"Authorization": "Bearer wrong"}}).good(h)
	h.do(ask{method: get, path: api + "/accounts", header: map[string]string{"Authorization": "Bearer wrong"}}).refused(401, "not_signed_in")
}

func TestTakingOverARoom(t *testing.T) {
	h := newHouse(t, func(o *Options) { o.Demo = &stage{state: DemoState{Speed: 1}} })
	h.furnish()
	h.visit()
	h.post("other", fmt.Sprintf("/officers/%d/on", otherID), nil)
	w := h.do(ask{method: post, path: api + "/demo/take-over", body: map[string]any{"room": 1}})
	w.good(h)
	cookie := map[string]string{"Cookie": w.Result().Cookies()[0].Name + "=" + w.Result().Cookies()[0].Value}
	me := h.do(ask{method: get, path: api + "/session", header: cookie}).good(h)
	if id(me["id"]) != officerID || me["role"] != "officer" {
		t.Errorf("%v", me)
	}
	as := func(path string) answered { return h.do(ask{method: post, path: api + path, header: cookie}) }
	as("/rooms/1/session").good(h)
	seq := as("/rooms/1/call").good(h)["seq"]
	as(fmt.Sprintf("/officers/%d/off", otherID)).refused(403, "not_you")
	h.do(ask{method: post, path: api + "/undo", body: map[string]any{"seq": seq}}).refused(403, "not_your_act")
	h.do(ask{method: post, path: api + "/undo", body: map[string]any{"seq": seq}, header: cookie}).good(h)
	h.do(ask{method: put, path: api + "/notice", body: map[string]any{"text": "hai"}, header: cookie}).good(h)
	back := h.do(ask{method: post, path: api + "/demo/take-over", body: map[string]any{"room": 1, "release": true}, header: cookie})
	if back.good(h); back.Result().Cookies()[0].MaxAge >= 0 {
		t.Errorf("%v", back.Result().Cookies())
	}
	strange := map[string]string{"Cookie": "lapak-demo-officer=4711"}
	if me := h.do(ask{method: get, path: api + "/session", header: strange}).good(h); id(me["id"]) != 0 {
		t.Errorf("an officer that is not there: %v", me)
	}
}

func TestOutsideADemoThereIsNone(t *testing.T) {
	h := newHouse(t)
	h.do(ask{as: "manager", method: get, path: api + "/demo"}).refused(404, "not_found")
	cookie := map[string]string{"Cookie": "lapak-demo-officer=2"}
	h.do(ask{method: post, path: api + "/rooms/1/call", header: cookie}).refused(401, "not_signed_in")
}

// TestSetUp is the first hour of a branch: nobody, a link, a manager.
func TestSetUp(t *testing.T) {
	var doors *access.Store
	h := newHouse(t, func(o *Options) {
		var err error
		doors, err = access.Open(mkdir(t, "new"), access.Options{Now: monday, Argon: access.Params{Time: 1, MemoryKiB: 64, Threads: 1}})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = doors.Close() })
	})
	h.o.Access = doors // an empty one, behind the same server
	h.Server.o.Access = doors
	if me := h.get("", "/session"); me["setup"] != true {
		t.Errorf("%v", me)
	}
	secret, _, err := doors.NewSetup()
	h.must(err)
	form := map[string]any{"token": "wrong", "name": "kepala", "password": "tiga kucing di atap"}
	h.do(ask{method: post, path: api + "/setup", body: form}).refused(403, "setup_link_over")
	form["token"] = secret
	w := h.do(ask{method: post, path: api + "/setup", body: form, key: "first"})
	if got := w.good(h); w.Code != http.StatusCreated || got["role"] != "manager" || h.hall.State().Officer(scheduler.OfficerID(id(got["id"]))) == nil {
		t.Errorf("%d %v", w.Code, got)
	}
	if again := h.do(ask{method: post, path: api + "/setup", body: form, key: "first"}); again.Body.String() != w.Body.String() {
		t.Errorf("a retry got %s", again.Body)
	}
	if me := h.get("", "/session"); me["setup"] != false {
		t.Errorf("%v", me)
	}
}
