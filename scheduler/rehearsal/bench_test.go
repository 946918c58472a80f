package rehearsal

import "testing"

// BenchmarkSurgeDay is a whole day of 300 visits on the rules, in place.
func BenchmarkSurgeDay(b *testing.B) {
	for b.Loop() {
		if day := Run(Surge(1), Options{}); day.Totals.Visits < 200 {
			b.Fatal("no surge")
		}
	}
}

// BenchmarkSimulate is the default question of lapak simulate.
func BenchmarkSimulate(b *testing.B) {
	for b.Loop() {
		if _, err := Simulate(DefaultInput()); err != nil {
			b.Fatal(err)
		}
	}
}
