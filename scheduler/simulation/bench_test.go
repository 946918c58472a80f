package simulation

import "testing"

// BenchmarkSimulate is the default question of lapak simulate.
func BenchmarkSimulate(b *testing.B) {
	for b.Loop() {
		if _, err := Run(DefaultInput()); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkSimulateSurge is thirty replications of a surge day of 300 visits,
// four officers and four rooms of six, with the baselines.
func BenchmarkSimulateSurge(b *testing.B) {
	in := DefaultInput()
	in.Days, in.Officers, in.Rooms = 30, 4, []RoomInput{{Seats: 6}, {Seats: 6}, {Seats: 6}, {Seats: 6}}
	in.Arrivals = ArrivalsInput{Kind: "poisson", PerDay: 300, HourWeights: []int{1500, 1800, 1400, 1000, 600, 800, 600, 300}, AtDoorPct: 6}
	for b.Loop() {
		out, err := Run(in)
		if err != nil || out.Arrived < 30*250 {
			b.Fatal(out, err)
		}
	}
}

// BenchmarkSaturatedDay is one saturated day of the default question beside its
// baselines: one at a time on the rules, and the same by renewal.
func BenchmarkSaturatedDay(b *testing.B) {
	in := DefaultInput()
	play := func(mode string) func(*testing.B) {
		return func(b *testing.B) {
			t := newTrial(&in, mode, true, false)
			if err := t.furnish(); err != nil {
				b.Fatal(err)
			}
			claims := 0
			for day := range b.N {
				y, err := t.day(day)
				if err != nil {
					b.Fatal(err)
				}
				claims += y.claims
			}
			b.ReportMetric(float64(claims)/float64(b.N), "claims/day")
		}
	}
	b.Run("rolling", play("rolling"))
	b.Run("single", play("single"))
	b.Run("renewal", func(b *testing.B) {
		t := newTrial(&in, "single", true, false)
		for day := range b.N {
			t.renewals(t.seed(day))
		}
	})
}
