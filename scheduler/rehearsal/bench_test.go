package rehearsal

import (
	"testing"

	"lapak/scheduler"
)

// BenchmarkSurgeDay is a whole day of 300 visits with its people on the rules, in
// place; the checks and the checksum with which Run ends are not part of the day.
func BenchmarkSurgeDay(b *testing.B) {
	for b.Loop() {
		r := newRun(Surge(1), Options{})
		r.all()
		if day := r.d.DayTotals(); day.Visits < 200 || len(r.day.Problems) > 0 {
			b.Fatal("no surge", r.day.Problems)
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

// score counts the promises of one day, those that held, and their widths.
func score(c Config) (held, told int, width int64) {
	type promise struct {
		at   scheduler.Time
		wait scheduler.Range
	}
	r := newRun(c, Options{})
	promises := map[scheduler.VisitID]promise{}
	r.seen = func(now scheduler.Time) {
		s := r.d.State
		for i := range s.Floor.Visits {
			v := &s.Floor.Visits[i]
			if _, ok := promises[v.ID]; ok || v.State != scheduler.Waiting || v.Requeues > 0 || now < r.w.open+1800 {
				continue
			}
			wait, _ := s.WaitOf(v, now)
			promises[v.ID] = promise{now, wait}
		}
	}
	r.all()
	for id, p := range promises {
		v := r.d.State.Visit(id)
		if v == nil || v.FirstCall == 0 {
			continue
		}
		told++
		width += p.wait.HighS - p.wait.LowS
		if w := v.FirstCall - p.at; p.wait.LowS <= w && w <= p.wait.HighS {
			held++
		}
	}
	return held, told, width
}

func TestToldWaitsAreHonest(t *testing.T) {
	held, told := 0, 0
	for seed := uint64(1); seed <= 4; seed++ {
		h, n, _ := score(Surge(seed))
		held, told = held+h, told+n
	}
	if told < 200 || 100*held < 65*told {
		t.Errorf("%d of %d told waits held; a range that holds for fewer than two of three misleads", held, told)
	}
}
