package rehearsal

import (
	"testing"

	"lapak/scheduler"
)

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

// BenchmarkRules runs the commands of one surge day on the rules alone, without
// the people who think of them.
func BenchmarkRules(b *testing.B) {
	c := Surge(1)
	var orders []timed
	r := newRun(c, Options{})
	r.given = func(o scheduler.Order) { orders = append(orders, timed{r.d.At, o}) }
	r.all()
	if len(orders) < 1000 {
		b.Fatalf("only %d orders", len(orders))
	}
	b.ResetTimer()
	for range b.N {
		d := scheduler.New().Draft()
		for _, o := range orders {
			_, _ = d.Do(scheduler.Stamp{At: o.at, Seed: 1}, o.order) // a refused one costs too
		}
	}
	b.ReportMetric(float64(len(orders)), "commands")
}

type timed struct {
	at    scheduler.Time
	order scheduler.Order
}
