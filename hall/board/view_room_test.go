package board

import (
	"testing"

	"lapak/scheduler"
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
