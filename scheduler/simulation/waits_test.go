package simulation

import (
	"fmt"
	"testing"

	"lapak/scheduler"
	"lapak/scheduler/rehearsal"
)

// crowded is a day of so many visits in the morning-heavy shape of `lapak
// simulate`'s example; with parties, 1.5 persons come with each.
func crowded(visits, days int, parties, pooled bool) Input {
	in := DefaultInput()
	in.Seed, in.Days, in.Policy.Pooled = 7, days, pooled
	in.Arrivals = ArrivalsInput{Kind: "poisson", PerDay: visits, HourWeights: []int{1500, 1800, 1400, 1000, 600, 800, 600, 300}, AtDoorPct: 6}
	if parties {
		in.Parties = map[string]int{"1": 70, "2": 15, "3": 10, "4": 5}
	}
	return in
}

// waitsUnder returns the waits of a question's days under a mode: everybody's,
// single persons' and those of parties of three and more, a person each.
func waitsUnder(in Input, mode string) (all, singles, large Spread) {
	t := newTrial(&in, mode, false, false)
	if err := t.furnish(); err != nil {
		panic(err)
	}
	var a, s, l []int64
	for day := range in.Days {
		played, err := rehearsal.PlayPaced(t.config(day), t.branch, 0, func(*scheduler.State, scheduler.Time) {})
		if err != nil {
			panic(err)
		}
		for i := range played.State.Floor.Visits {
			v := &played.State.Floor.Visits[i]
			for n := 0; n < int(v.Persons) && v.FirstCall != 0; n++ {
				wait := v.FirstCall - played.State.WaitStart(v)
				a = append(a, wait)
				switch {
				case v.Persons == 1:
					s = append(s, wait)
				case v.Persons >= 3:
					l = append(l, wait)
				}
			}
		}
	}
	return spreadOf(a), spreadOf(s), spreadOf(l)
}

// BenchmarkWaits is what the rules make of 140 persons a day, beside the bound
// that only seats set and in the same run: mean and 95th percentile over the
// bound's, and the long waits of large parties over those of single persons. The
// bound gives each person of a party a seat as it comes free; the rules keep
// parties whole, so with them it lies further off.
func BenchmarkWaits(b *testing.B) {
	for _, parties := range []bool{false, true} {
		for _, pooled := range []bool{false, true} {
			visits := 140
			if parties {
				visits = 93
			}
			b.Run(fmt.Sprintf("parties=%v/pooled=%v", parties, pooled), func(b *testing.B) {
				for b.Loop() {
					in := crowded(visits, 100, parties, pooled)
					all, singles, large := waitsUnder(in, "rolling")
					bound, err := SeatsOnly(in)
					if err != nil {
						b.Fatal(err)
					}
					b.ReportMetric(float64(all.Mean)/float64(bound.Mean), "mean/bound")
					b.ReportMetric(float64(all.P95)/float64(bound.P95), "p95/bound")
					if parties {
						b.ReportMetric(float64(large.P95)/float64(singles.P95), "large/singles")
					}
				}
			})
		}
	}
}

// TestLargePartiesWaitHardlyLonger holds what the held seats are for, and that
// rolling sessions keep nobody waiting longer than closed ones would.
func TestLargePartiesWaitHardlyLonger(t *testing.T) {
	in := crowded(93, 12, true, false)
	all, singles, large := waitsUnder(in, "rolling")
	if 100*large.P95 > 145*singles.P95 {
		t.Errorf("of large parties one in twenty waits over %d s, of single persons over %d s", large.P95, singles.P95)
	}
	for _, visits := range []int{20, 60, 93, 130} {
		in := crowded(visits, 6, true, false)
		all, _, _ = waitsUnder(in, "rolling")
		closed, _, _ := waitsUnder(in, "closed")
		if all.Mean > closed.Mean || all.P95 > closed.P95 {
			t.Errorf("%d visits a day: rolling %+v, closed %+v", visits, all, closed)
		}
	}
}
