package seating

import "testing"

func TestExactlyTheDistanceIsAllowed(t *testing.T) {
	for _, row := range []struct {
		apart int32
		want  int
	}{{1499, 1}, {1500, 2}, {1501, 2}} {
		p := NewPlan([]Seat{{}, {XMM: row.apart}}, 1500, 0)
		if _, n, proven, bound := p.Most(p.Open(Set{}), 0); n != row.want || !proven || bound != n {
			t.Errorf("%d apart: %d proven %v bound %d, want %d", row.apart, n, proven, bound, row.want)
		}
	}
}
