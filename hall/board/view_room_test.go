package board

import (
	"testing"

	"lapak/scheduler"
	"lapak/scheduler/procedure"
	"lapak/scheduler/rehearsal"
)

// busy is a rehearsed branch an hour after it opened, on a day that brings more
// people than it can seat.
func busy(t *testing.T) (*scheduler.State, *rehearsal.World, scheduler.Time) {
	t.Helper()
	w := rehearsal.NewWorld(rehearsal.Surge(4))
	d := scheduler.New().Draft()
	now := w.Begins()
	do := func(at scheduler.Time, o scheduler.Order) (scheduler.Record, error) {
		return d.Do(scheduler.Stamp{At: at, Seed: uint64(d.Seq)}, o)
	}
	for _, o := range w.Setup() {
		if _, err := do(now, o); err != nil {
			t.Fatal(err)
		}
	}
	for now < w.Opens()+3600 {
		next, ok := w.Next()
		if wake, due := d.NextWake(now); due && (!ok || wake < next) {
			next = wake
		}
		now = max(now, next)
		if wake, due := d.NextWake(now); due && wake <= now {
			_, _ = do(now, scheduler.Order{By: scheduler.System, Command: scheduler.Tick{}})
		}
		w.Step(now, func() *scheduler.State { return d.State }, do)
	}
	return d.State, w, now
}

// TestTheRoomSaysWhenEachSeatIsDone looks at a busy room: whoever sits there has
// an expected end, and nobody else has.
func TestTheRoomSaysWhenEachSeatIsDone(t *testing.T) {
	s, _, now := busy(t)
	v := Room(s, 1, now)
	ends := 0
	for _, seat := range v.Seats {
		sits := seat.Visit != 0 && seat.State != "expected"
		if sits != (seat.EndsAt > now) || (seat.OfficerAt != 0 && (seat.OfficerAt < now || seat.OfficerAt > seat.EndsAt)) {
			t.Errorf("seat %d is %s; officer at %+d s, end at %+d s", seat.No, seat.State, seat.OfficerAt-now, seat.EndsAt-now)
		}
		if sits {
			ends++
		}
	}
	if ends < 3 {
		t.Errorf("only %d people sit in a busy room", ends)
	}
}

// TestTheNewestActOfARoomIsTheOneToTakeBack marks a paper and calls a number again:
// neither moves a seat, and each is what undo in its room means.
func TestTheNewestActOfARoomIsTheOneToTakeBack(t *testing.T) {
	s, _, now := busy(t)
	did := 0
	for i := range s.Floor.Rooms {
		r := &s.Floor.Rooms[i]
		ses := s.SessionIn(r.ID)
		if ses == nil {
			continue
		}
		by := scheduler.Actor{Role: scheduler.ByOfficer, ID: int64(ses.Crew[0])}
		for _, seat := range s.RoomSeats(r) {
			var c scheduler.Command
			switch v := s.Visit(seat.Visit); {
			case v == nil:
				continue
			case v.State == scheduler.Called:
				c = scheduler.RecallVisit{Visit: v.ID}
			case seat.State == scheduler.SeatReady:
				c = scheduler.Take{Officer: ses.Crew[0], Room: r.ID, No: seat.No}
			default:
				c = scheduler.MarkPaper{Claim: s.ClaimsOf(v)[0].ID, Doc: procedure.DocCard, Mark: scheduler.Present}
			}
			rec, err := s.Draft().Do(scheduler.Stamp{At: now}, scheduler.Order{By: by, Command: c})
			if err != nil {
				t.Logf("%T: %v", c, err)
				continue
			}
			d := s.Draft()
			if err := d.Apply(rec); err != nil {
				t.Fatal(err)
			}
			did++
			if list := Room(d.Publish(), r.ID, now).Undo; len(list) == 0 || list[0].Seq != rec.Seq || list[0].Number == "" {
				t.Errorf("after %T in room %d, undo offers %+v instead of record %d", c, r.ID, list, rec.Seq)
			}
		}
	}
	if did < 5 {
		t.Errorf("only %d acts were tried", did)
	}
}

// TestAnActForSomebodyInTheLineIsTakenBackInTheRoomOfWhoDidIt: one more claim of a visit
// that waits touches nothing of the room, and undo there must not mean the act before it.
func TestAnActForSomebodyInTheLineIsTakenBackInTheRoomOfWhoDidIt(t *testing.T) {
	s, _, now := busy(t)
	line := s.Floor.Line(scheduler.Waiting)
	if len(line) == 0 {
		t.Fatal("nobody waits in a busy branch")
	}
	did := 0
	for i := range s.Floor.Rooms {
		r := &s.Floor.Rooms[i]
		ses := s.SessionIn(r.ID)
		if ses == nil {
			continue
		}
		by := scheduler.Actor{Role: scheduler.ByOfficer, ID: int64(ses.Crew[0])}
		d := s.Draft()
		rec, err := d.Do(scheduler.Stamp{At: now}, scheduler.Order{By: by, Command: scheduler.AddClaim{Visit: line[0].ID,
			Claim: scheduler.NewClaim{Programme: procedure.JHT, Reason: procedure.ReasonPHK}}})
		if err != nil {
			t.Fatal(err)
		}
		did++
		after := d.Publish()
		for j := range after.Floor.Rooms {
			list := Room(after, after.Floor.Rooms[j].ID, now).Undo
			if offered := len(list) > 0 && list[0].Seq == rec.Seq; offered != (i == j) {
				t.Errorf("room %d offers %+v to take back after officer %d of room %d added a claim", after.Floor.Rooms[j].ID, list, by.ID, r.ID)
			}
		}
	}
	if did < 2 {
		t.Errorf("only %d rooms were tried", did)
	}
}
