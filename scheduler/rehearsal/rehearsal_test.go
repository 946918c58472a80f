package rehearsal

import "testing"

func TestSurgeDayEnds(t *testing.T) {
	day := Run(Surge(1), Options{CheckEvery: 97})
	for _, p := range day.Problems {
		t.Error(p)
	}
	if day.State.Floor.Day.Open || day.Totals.Settled < 100 {
		t.Errorf("open %v, totals %+v", day.State.Floor.Day.Open, day.Totals)
	}
}
