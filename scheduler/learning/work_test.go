package learning

import (
	"testing"

	"lapak/scheduler"
)

// oneClaim brings a visitor through a claim: 180 s alone, 60 s with the officer,
// 720 s alone, then the outcome after 90 s.
func (r *room1) oneClaim() {
	r.seat()
	r.after(180).ready()
	r.take()
	r.after(60).done()
	r.after(720).ready()
	r.take()
	claim := r.d.Officer(7)
	seat := r.d.Seat(claim.WithRoom, claim.WithSeat)
	r.after(90).do(rina, scheduler.Settle{Claim: seat.Claim, Outcome: scheduler.Returned, Reason: "papers"})
}

func TestWorkCountsAnOfficersDay(t *testing.T) {
	r := newRoom1(t)
	r.after(600) // nobody there, nobody waiting: the session is open and idle
	r.oneClaim()
	w := r.l.Work(r.now)
	if len(w.Officers) != 2 || w.Officers[0].Officer != 7 || w.Officers[1].Officer != 8 {
		t.Fatalf("officers %+v, want 7 and 8, who are on shift", w.Officers)
	}
	o := w.Officers[0]
	if o.ShiftS != 1680 || o.SessionS != 1680 || o.WithS != 150 || o.PauseS != 0 || o.Claims != 1 {
		t.Errorf("officer 7: %+v, want 1680 s on shift and in session, 150 s with somebody, 1 claim", o)
	}
	if other := w.Officers[1]; other.ShiftS != 1680 || other.SessionS != 0 || other.Claims != 0 {
		t.Errorf("officer 8: %+v, want a shift without a session", other)
	}
	if w.Group != (Yield{Claims: 1, OfficerS: 1080}) {
		t.Errorf("the group's yield is %+v, want 1 claim in the 1080 s with somebody there", w.Group)
	}
	if w.Enough() || w.SingleEnough() || w.Single != (Yield{}) {
		t.Errorf("one claim is called enough, or counted as one-to-one: %+v", w)
	}
	r.after(100).do(rina, scheduler.StartBreak{Officer: 7, Reason: "rest"})
	r.after(300)
	if o := r.l.Work(r.now).Officers[0]; o.PauseS != 300 || o.SessionS != 1780 {
		t.Errorf("with a break: %+v, want 300 s of pause and 1780 s in session", o)
	}
}

func TestWorkOfATakenBackOutcomeGoes(t *testing.T) {
	r := newRoom1(t)
	r.oneClaim()
	r.after(10).undo()
	if w := r.l.Work(r.now); w.Group.Claims != 0 || w.Officers[0].Claims != 0 {
		t.Errorf("an outcome that was taken back counts: %+v", w)
	}
}

func TestOneToOneSessionsAreTheBaselineOverDays(t *testing.T) {
	r := newRoom1(t)
	r.do(rina, scheduler.CloseSession{Room: 1})
	r.after(600).do(rina, scheduler.RoomReady{Room: 1})
	room := *r.d.Room(1)
	room.Mode = scheduler.Single
	r.do(chief, scheduler.SetRoom{Room: room, Version: room.Version, Seats: []scheduler.SeatPlan{{}, {XMM: 1500}, {XMM: 3000}}})
	r.do(rina, scheduler.OpenSession{Room: 1, Crew: []scheduler.OfficerID{7}})
	r.oneClaim()
	r.quiet()
	r.do(chief, scheduler.CloseDay{Force: true})
	w := r.l.Work(r.now)
	if w.Single.Claims != 1 || w.Single.OfficerS != 1080 || w.Days != 1 || w.Group != (Yield{}) {
		t.Errorf("after a one-to-one day: %+v, want its claim in 1080 s of one day", w)
	}
	b, err := r.l.Encode()
	if err != nil {
		t.Fatal(err)
	}
	again, err := Restore(b, r.d.Publish())
	if err != nil {
		t.Fatal(err)
	}
	if got := again.Work(r.now); got.Single != w.Single || got.Days != w.Days {
		t.Errorf("kept and read again: %+v, want %+v", got, w)
	}
}

func TestYieldPerHour(t *testing.T) {
	for _, row := range []struct {
		y    Yield
		want int64
	}{{Yield{}, 0}, {Yield{Claims: 12, OfficerS: 3600}, 1200}, {Yield{Claims: 1, OfficerS: 1620}, 222}, {Yield{Claims: 3}, 0}} {
		if got := row.y.PerHour(); got != row.want {
			t.Errorf("%+v gives %d hundredths an hour, want %d", row.y, got, row.want)
		}
	}
}
