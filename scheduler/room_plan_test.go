package scheduler

import (
	"reflect"
	"testing"

	"lapak/scheduler/calendar"
)

// redraw is a room of three booths with somebody at the first.
func redraw(t *testing.T) (d *Draft, do func(by Actor, c Command), at func(seconds int64), change SetRoom) {
	d = New().Draft()
	now := calendar.WIB.At(calendar.MustParse("2026-03-02"), 8*3600)
	do = func(by Actor, c Command) {
		t.Helper()
		if _, err := d.Do(Stamp{At: now, Seed: 1}, Order{By: by, Command: c}); err != nil {
			t.Fatalf("%T: %v", c, err)
		}
	}
	at = func(seconds int64) { now += seconds }
	chief, rina := Actor{Role: ByManager, ID: 1}, Actor{Role: ByOfficer, ID: 7}
	p := DefaultPolicy()
	p.Order.PapersFirst = false
	do(chief, SetPolicy{Policy: p, Version: 1})
	do(chief, SetRoom{Room: Room{ID: 1, WidthMM: 5000, DepthMM: 3000}, Seats: []SeatPlan{{XMM: 500, YMM: 500}, {XMM: 2000, YMM: 500}, {XMM: 3500, YMM: 500}}})
	do(chief, SetOfficer{ID: 7})
	do(chief, OpenDay{})
	do(rina, SignOn{Officer: 7})
	do(rina, OpenSession{Room: 1, Crew: []OfficerID{7}})
	do(chief, Arrive{Persons: 1, Papers: PapersReady, Claims: []NewClaim{{Programme: "JHT", Reason: "jht_phk"}}})
	do(rina, CallGroup{Room: 1})
	change = SetRoom{Version: 1, After: true, Room: Room{ID: 1, WidthMM: 5000, DepthMM: 3000, Normal: 8},
		Seats:     []SeatPlan{{XMM: 500, YMM: 500}, {XMM: 2000, YMM: 500}},
		Obstacles: []Rect{{XMM: 3000, YMM: 0, WidthMM: 2000, DepthMM: 2000}}, KeepClear: []Rect{{XMM: 0, YMM: 2000, WidthMM: 900, DepthMM: 1000}}}
	return d, do, at, change
}

var chiefOfAll = Actor{Role: ByManager, ID: 1}

func TestADrawingWaitsForWhoWasCalled(t *testing.T) {
	d, do, at, change := redraw(t)
	called := d.Seat(1, 1).Visit
	if called == 0 {
		t.Fatal("nobody was called to seat 1")
	}
	do(chiefOfAll, change)
	if r := d.Room(1); r.Version != 1 || r.N != 3 || d.Seat(1, 1).Visit != called {
		t.Fatalf("the room changed under somebody who was called: %+v", r)
	}
	if p := d.Planned(1); p == nil || len(p.Seats) != 2 {
		t.Fatalf("planned: %+v, want the drawing of two booths", p)
	}
	do(chiefOfAll, SetSeat{Room: 1, No: 2, Closed: true, Reason: "device_broken"})
	at(60)
	do(Actor{Role: ByOfficer, ID: 7}, AbortSession{Room: 1, Reason: "power"})
	if d.Room(1).Version != 1 {
		t.Fatal("drawn before the room is clean")
	}
	at(600)
	do(Actor{Role: ByOfficer, ID: 7}, RoomReady{Room: 1})
	if r := d.Room(1); r.Version != 2 || r.N != 2 || r.Normal != 8 || r.Session != 0 {
		t.Errorf("after the session: %+v, want version 2 with two booths", r)
	}
	if !d.Seat(1, 2).Closed {
		t.Error("a booth that broke meanwhile is open again")
	}
	want := Fitting{Room: 1, Obstacles: change.Obstacles, KeepClear: change.KeepClear}
	if got := d.Fitting(1); !reflect.DeepEqual(got, want) {
		t.Errorf("in the room stands %+v, want %+v", got, want)
	}
	if d.Planned(1) != nil || len(d.Floor.Plans) != 0 {
		t.Error("the drawing still waits")
	}
	if found := Check(d.State); len(found) > 0 {
		t.Error(found)
	}
}

func TestAPlannedDrawingIsDroppedOrReplaced(t *testing.T) {
	d, do, _, change := redraw(t)
	do(chiefOfAll, change)
	change.Seats = change.Seats[:1]
	do(chiefOfAll, change)
	if p := d.Planned(1); p == nil || len(p.Seats) != 1 || len(d.Floor.Plans) != 1 {
		t.Errorf("a second drawing does not take the first one's place: %+v", d.Floor.Plans)
	}
	do(chiefOfAll, DropPlan{Room: 1})
	if d.Planned(1) != nil {
		t.Error("a drawing that was taken back still waits")
	}
}

func TestTheEndOfTheDayDrawsWhatWaits(t *testing.T) {
	d, do, _, change := redraw(t)
	do(chiefOfAll, change)
	do(chiefOfAll, CloseDay{Force: true})
	if r := d.Room(1); r.Version != 2 || r.N != 2 || d.Planned(1) != nil {
		t.Errorf("after the day: %+v, want version 2", r)
	}
}

func TestAPlannedDrawingThatIsNotAllowedAnyMoreIsDropped(t *testing.T) {
	d, do, _, change := redraw(t)
	change.Room.Programmes = append(change.Room.Programmes, "JKM")
	do(chiefOfAll, change)
	p := *d.Floor.Policy
	p.Procedures.Procedures = p.Procedures.Procedures[:1] // JHT alone
	p.Programmes = p.Programmes[:1]
	do(chiefOfAll, SetPolicy{Policy: &p, Version: p.Version})
	do(chiefOfAll, CloseDay{Force: true})
	if r := d.Room(1); r.Version != 1 || d.Planned(1) != nil {
		t.Errorf("a drawing for a programme that is gone was drawn: %+v", r)
	}
}

func TestARoomsFittingGoesWithTheRoom(t *testing.T) {
	d, do, _, change := redraw(t)
	change.Room.ID, change.Version, change.After = 2, 0, false
	do(chiefOfAll, change)
	if len(d.Fitting(2).Obstacles) != 1 {
		t.Fatal("nothing stands in the new room")
	}
	before := d.Floor.Fittings
	change.Version, change.Obstacles, change.KeepClear = 1, nil, nil
	do(chiefOfAll, change)
	if len(d.Floor.Fittings) != 0 || len(before[0].Obstacles) != 1 {
		t.Error("an emptied room keeps its obstacle, or an older state lost it")
	}
	change.Version, change.Obstacles = 2, []Rect{{WidthMM: 100, DepthMM: 100}}
	do(chiefOfAll, change)
	do(chiefOfAll, RemoveRoom{Room: 2})
	if len(d.Floor.Fittings) != 0 {
		t.Error("the room is gone and its obstacle stays")
	}
}
