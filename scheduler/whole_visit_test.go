package scheduler

import (
	"testing"

	"lapak/scheduler/calendar"
)

func TestOneVisitFromDoorToReceipt(t *testing.T) {
	d := New().Draft()
	at := d.Floor.Policy.Calendar.Zone.At(calendar.MustParse("2026-03-02"), 7*3600+40*60)
	var log []Record
	do := func(by Actor, c Command) Record {
		t.Helper()
		r, err := d.Do(Stamp{At: at, Seed: 1}, Order{By: by, Command: c})
		if err != nil {
			t.Fatalf("%T: %v", c, err)
		}
		if p := Check(d.State); len(p) > 0 {
			t.Fatalf("%T: %v", c, p)
		}
		b, err := Encode(r)
		if err != nil {
			t.Fatal(err)
		}
		back, err := Decode(b)
		if err != nil {
			t.Fatal(err)
		}
		log = append(log, back)
		return r
	}
	man, off := Actor{ByManager, 1}, Actor{ByOfficer, 2}
	do(man, OpenDay{})
	var seats []SeatPlan
	for i := range 6 {
		seats = append(seats, SeatPlan{XMM: int32(i%3) * 1500, YMM: int32(i/3) * 1500, Accessible: i == 5})
	}
	do(man, SetRoom{Room: Room{ID: 1, WidthMM: 6000, DepthMM: 4000}, Seats: seats})
	do(man, SetOfficer{ID: 2})
	do(off, SignOn{Officer: 2})
	do(off, OpenSession{Room: 1, Crew: []OfficerID{2}})
	for range 8 {
		do(man, Arrive{Channel: WalkIn, Persons: 1, Claims: []NewClaim{{Programme: "JHT", Reason: "jht_phk"}}, Papers: PapersReady})
		at += 5
	}
	r := do(off, CallGroup{Room: 1})
	if len(r.Result.Called) != 6 {
		t.Fatalf("called %v", r.Result.Called)
	}
	for _, v := range r.Result.Called {
		at += 3
		do(off, SeatVisit{Visit: v})
	}
	for range 400 {
		at += 20
		for _, s := range append([]Seat(nil), d.Floor.Seats...) {
			if s.State == SeatPreparing && at-s.Since > 200 {
				do(Actor{ByBooth, 1}, SeatReadyNow{Room: 1, No: s.No, Visit: s.Visit})
			}
			if s.State == SeatExpected {
				do(off, SeatVisit{Visit: s.Visit})
			}
		}
		if o := d.Officer(2); o.WithRoom != 0 {
			c := d.Claim(d.Seat(o.WithRoom, o.WithSeat).Claim)
			if d.Floor.lastStep(c) {
				do(off, Settle{Claim: c.ID, Outcome: Approved})
			} else {
				do(off, FinishStep{Officer: 2})
			}
		} else if len(d.Attention(2, at)) > 0 {
			do(off, Take{Officer: 2})
		}
		if w, ok := d.NextWake(at); ok && w <= at {
			do(System, Tick{})
		}
	}
	tot := d.DayTotals()
	if tot.Approved != 8 {
		t.Fatalf("%+v", tot)
	}
	s, err := Replay(New(), log)
	if err != nil {
		t.Fatal(err)
	}
	if Sum(s) != Sum(d.State) {
		t.Fatal("replay differs")
	}
}
