package rehearsal

import (
	"testing"

	"lapak/scheduler"
)

// TestAwaitedIsSomebodyToAttendTo holds the cheap question to the whole answer,
// before every record of days worked in every way.
func TestAwaitedIsSomebodyToAttendTo(t *testing.T) {
	yes, no := 0, 0
	for seed := range uint64(10) {
		r := newRun(Small(seed+1), Options{})
		r.seen = func(now scheduler.Time) {
			for i := range r.d.Floor.Officers {
				id := r.d.Floor.Officers[i].ID
				some := len(r.d.Attention(id, now)) > 0
				if some {
					yes++
				} else {
					no++
				}
				if r.d.Awaited(id) != some {
					t.Fatalf("seed %d, record %d: officer %d is awaited: %v, and Attention names somebody: %v", seed+1, r.d.Seq, id, !some, some)
				}
			}
		}
		r.all()
	}
	if yes < 1000 || no < 1000 {
		t.Errorf("only %d and %d cases", yes, no)
	}
}
