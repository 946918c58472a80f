package rehearsal

import (
	"testing"

	"lapak/scheduler"
	"lapak/scheduler/procedure"
)

// expected is one seat's expectation, to be compared with what became of it.
type expected struct {
	visit  scheduler.VisitID
	at     scheduler.Time
	end    scheduler.Time
	unaged scheduler.Time // had the step under way just begun, and the officer always time
}

// foresee plays a day and asks every few minutes what is expected of every
// seat.
func foresee(t *testing.T, c Config) (asked []expected, last *scheduler.State) {
	r := newRun(c, Options{})
	next := r.w.Opens() + 20*minuteS
	r.seen = func(now scheduler.Time) {
		if now < next || now > r.w.Closes() {
			return
		}
		next = now + 7*minuteS
		s := r.d.State
		for i := range s.Floor.Rooms {
			room := &s.Floor.Rooms[i]
			for _, f := range s.Finishes(room.ID, now) {
				if f.End == 0 {
					continue
				}
				if f.End < now || (f.Officer != 0 && (f.Officer < now || f.Officer > f.End)) {
					t.Errorf("at %d seat %d of room %d is expected to see the officer at %d and to end at %d", now, f.Seat, f.Room, f.Officer, f.End)
				}
				asked = append(asked, expected{visit: f.Visit, at: now, end: f.End, unaged: now + plain(s, room.ID, f.Seat)})
			}
		}
	}
	r.all()
	if len(r.day.Problems) > 0 {
		t.Fatal(r.day.Problems)
	}
	return asked, r.d.State
}

// plain is the sum of the means of the steps that the seat's claim still has:
// what somebody would say who looks at the procedure alone.
func plain(s *scheduler.State, room scheduler.RoomID, no scheduler.SeatNo) int64 {
	sum := int64(0)
	if c := s.Claim(s.Seat(room, no).Claim); c != nil {
		for _, step := range s.Steps(c)[min(int(c.Step), len(s.Steps(c))):] {
			sum += int64(step.MeanS)
		}
	}
	return sum
}

// TestFinishesComeTrue compares what was expected of every seat, every seven
// minutes of busy days, with when its visit was done, and with the sum of the
// steps that were left.
func TestFinishesComeTrue(t *testing.T) {
	var n, miss, late, plainMiss int64
	for seed := range uint64(6) {
		c := Surge(seed + 1)
		c.Visits, c.Mischief = 160, NoMischief
		c.Policy.Pooled = seed%3 == 2
		if seed%3 == 1 {
			c.Policy.Briefing = string(procedure.BriefingShared)
		}
		asked, s := foresee(t, c)
		for _, e := range asked {
			v := s.Visit(e.visit)
			if v == nil || v.State != scheduler.Settled || v.Room != 0 {
				continue
			}
			n++
			miss += max(v.Ended-e.end, e.end-v.Ended)
			late += v.Ended - e.end
			plainMiss += max(v.Ended-e.unaged, e.unaged-v.Ended)
		}
	}
	t.Logf("%d expectations: %d s off in the mean, %d s late; the steps alone: %d s off", n, miss/n, late/n, plainMiss/n)
	if n < 1000 || miss*100 > plainMiss*80 || late/n > 180 || late/n < -120 {
		t.Errorf("%d expectations: %d s off, %d s late; the steps alone: %d s off", n, miss/n, late/n, plainMiss/n)
	}
}

// BenchmarkFinishes is the cost of one answer in the middle of a busy day, of
// one room and of a pool over all of them.
func BenchmarkFinishes(b *testing.B) {
	for name, pooled := range map[string]bool{"one room": false, "pool": true} {
		c := Surge(3)
		c.Policy.Pooled = pooled
		r := newRun(c, Options{})
		r.end = r.w.Opens() + 90*minuteS
		r.all()
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if len(r.d.Finishes(1, r.end)) == 0 {
					b.Fatal("nobody sits there")
				}
			}
		})
	}
}
