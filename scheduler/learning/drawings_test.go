package learning

import (
	"testing"

	"lapak/scheduler"
)

func TestARoomsVersionsAreKept(t *testing.T) {
	r := newRoom1(t)
	r.do(rina, scheduler.CloseSession{Room: 1})
	r.after(600).do(rina, scheduler.RoomReady{Room: 1})
	wall := []scheduler.Rect{{XMM: 5000, WidthMM: 100, DepthMM: 100}}
	for version := 1; version <= maxDrawingsOf+2; version++ {
		r.after(60).do(chief, scheduler.SetRoom{Room: scheduler.Room{ID: 1, Normal: int16(version)}, Version: version,
			Seats: []scheduler.SeatPlan{{}, {XMM: 1500}}, Obstacles: wall})
	}
	list := r.l.Drawings(1)
	if len(list) != maxDrawingsOf {
		t.Fatalf("%d versions are kept, want the last %d", len(list), maxDrawingsOf)
	}
	newest, oldest := list[0], list[len(list)-1]
	if newest.Room.Version != maxDrawingsOf+3 || oldest.Room.Version != 4 || newest.At != r.now || newest.By != chief {
		t.Errorf("from %+v to %+v, want versions 4 to %d", oldest, newest, maxDrawingsOf+3)
	}
	if len(newest.Fitting.Obstacles) != 1 || len(newest.Seats) != 2 {
		t.Errorf("the newest drawing is %+v, want two seats and one obstacle", newest)
	}
	if other := r.l.Drawings(2); len(other) != 0 {
		t.Errorf("a room that never was has %d versions", len(other))
	}
}
