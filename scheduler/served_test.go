package scheduler

import "testing"

// TestAProgrammeOfNoRoom is a branch set up by the book: one room of the default
// policy, which takes JHT alone. Whoever comes for JKM is told so at once, and
// goes to the side desk as soon as that is open.
func TestAProgrammeOfNoRoom(t *testing.T) {
	d := New().Draft()
	now := at(9, 0, 0)
	do := func(by Actor, c Command) {
		t.Helper()
		if _, err := d.Do(Stamp{At: now}, Order{By: by, Command: c}); err != nil {
			t.Fatalf("%T: %v", c, err)
		}
	}
	p := *DefaultPolicy()
	do(manager, SetPolicy{Version: 1, Policy: &p})
	do(manager, OpenDay{})
	do(manager, SetRoom{Room: Room{ID: 1}, Seats: []SeatPlan{{}, {XMM: 1500}, {XMM: 3000}}})
	do(manager, SetOfficer{ID: 1})
	do(manager, SetOfficer{ID: 2})
	do(officer(1), SignOn{Officer: 1})
	do(officer(2), SignOn{Officer: 2})
	do(officer(1), OpenSession{Room: 1, Crew: []OfficerID{1}})
	do(desk, Arrive{Persons: 2, Claims: []NewClaim{{Programme: "JKM", Reason: "jkm_death"}}, Papers: PapersReady})
	v := &d.Floor.Visits[0]
	if room, desk := d.ServedBy("JKM"); room || desk || !d.Unserved(v) {
		t.Fatalf("JKM is served in a room %v, at a desk %v, unserved %v", room, desk, d.Unserved(v))
	}
	do(desk, Arrive{Persons: 1, Claims: []NewClaim{{Programme: "JHT", Reason: "jht_phk"}}, Papers: PapersReady})
	v = &d.Floor.Visits[0]
	if own, _ := d.WaitOf(v, now); own.Some() {
		t.Errorf("who waits for JKM is promised %v", own)
	}
	if other, _ := d.WaitOf(&d.Floor.Visits[1], now); !other.Some() {
		t.Error("who waits for JHT is promised nothing")
	}
	if visits, persons := d.AheadOf(&d.Floor.Visits[1]); visits != 0 || persons != 0 {
		t.Errorf("%d visits of %d persons stand before who waits for JHT, want nobody: no room calls JKM", visits, persons)
	}
	skips := d.Propose(1, now).Skips
	if len(skips) != 1 || skips[0].Why[0].Code != WhyUnserved {
		t.Fatalf("the room passes over %+v, want it to say that no room serves JKM", skips)
	}
	if _, due := d.NextWake(now); due {
		t.Fatal("something is due while no desk is open")
	}
	do(manager, SetRoom{Room: Room{ID: 2, Desk: true}, Seats: []SeatPlan{{}}})
	if _, due := d.NextWake(now); due {
		t.Fatal("something is due while the desk has nobody")
	}
	do(officer(2), OpenSession{Room: 2, Crew: []OfficerID{2}})
	if when, due := d.NextWake(now); !due || when > now {
		t.Fatalf("with the desk open the next deadline is %v, %d", due, when-now)
	}
	do(System, Tick{})
	v = &d.Floor.Visits[0]
	notes := d.Dossier(v.ID).Story
	if last := notes[len(notes)-1]; v.State != AtDesk || len(last.Why) != 1 || last.Why[0].Code != WhyUnserved {
		t.Fatalf("the visit is %s, its story %+v; want it at the desk, and why", v.State, notes)
	}
	if when, due := d.NextWake(now); due && when <= now {
		t.Fatal("the tick left something due")
	}
	do(manager, SetRoom{Room: Room{ID: 3, Mode: Single}, Seats: []SeatPlan{{}}})
	if room, _ := d.ServedBy("JKM"); !room {
		t.Error("a room of single sessions does not serve JKM")
	}
}

// TestWhoNoRoomCallsMakesNoWaitLonger holds the wait that is told, where no forecast is at
// work, to those whom a room calls.
func TestWhoNoRoomCallsMakesNoWaitLonger(t *testing.T) {
	s := crowd(t, 12, 2)
	now := s.At
	before := s.Waits(now)[WalkIn]
	line := len(s.InLine(Waiting))
	d := s.Draft()
	for range 30 {
		if _, err := d.Do(Stamp{At: now}, Order{By: desk, Command: Arrive{Persons: 1, Claims: []NewClaim{{Programme: "JKM", Reason: "jkm_death"}}, Papers: PapersReady}}); err != nil {
			t.Fatal(err)
		}
	}
	if after := d.Waits(now)[WalkIn]; after != before || !before.Some() {
		t.Errorf("thirty who wait for a side desk make a wait of %+v into %+v", before, after)
	}
	if n := len(d.InLine(Waiting)); n != line || len(d.Floor.Line(Waiting)) != line+30 {
		t.Errorf("%d are in the line, want the %d of before", n, line)
	}
}
