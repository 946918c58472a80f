package web

import (
	"context"
	"fmt"
	"log/slog"
	"slices"
	"testing"
	"time"

	"lapak/hall"
	"lapak/hall/journal"
	"lapak/hall/study"
	"lapak/scheduler"
	"lapak/scheduler/rehearsal"
	"lapak/scheduler/whatif"
)

// BenchmarkBesideAWhatIf measures how long a durable command takes on the
// branch that runs: alone, and while the worker searches for advice on a surge
// day. Commands come every few milliseconds, many times as often as in a busy
// branch. p50_us, p99_us and max_us are microseconds; units is how many
// what-if days were played meanwhile.
func BenchmarkBesideAWhatIf(b *testing.B) {
	for _, beside := range []bool{false, true} {
		b.Run(fmt.Sprintf("what-if=%v", beside), func(b *testing.B) {
			j, err := journal.Open(b.TempDir(), journal.Options{})
			if err != nil {
				b.Fatal(err)
			}
			defer j.Close()
			r := journal.Plain{Store: j}
			h, err := hall.Open(hall.Options{Journal: r, Time: hall.NewTimeAt(monday(), 0), Logger: slog.New(slog.DiscardHandler)})
			if err != nil {
				b.Fatal(err)
			}
			defer h.Close()
			furnishSurge(b, h)
			q := study.New(study.Options{Branch: h, Records: r, Logger: slog.New(slog.DiscardHandler)})
			defer q.Close()
			var asked study.Entry
			if beside {
				if asked, err = q.Ask(whatif.Question{Advise: true, Days: 200, PerDay: 300}); err != nil {
					b.Fatal(err)
				}
			}
			took := make([]time.Duration, 0, b.N)
			for i := 0; b.Loop(); i++ {
				took = append(took, aCommand(b, h, i))
				time.Sleep(3 * time.Millisecond)
			}
			now, _ := q.Get(asked.ID)
			slices.Sort(took)
			us := func(k int) float64 { return float64(took[k].Microseconds()) }
			b.ReportMetric(us(len(took)/2), "p50_us")
			b.ReportMetric(us(len(took)*99/100), "p99_us")
			b.ReportMetric(us(len(took)-1), "max_us")
			b.ReportMetric(float64(now.Done), "units")
		})
	}
}

func furnishSurge(b *testing.B, h *hall.Hall) {
	b.Helper()
	orders := rehearsal.NewWorld(rehearsal.Surge(1)).Setup()
	orders = append(orders, scheduler.Order{By: orders[0].By, Command: scheduler.OpenDay{}},
		scheduler.Order{By: orders[0].By, Command: scheduler.SignOn{Officer: 101}})
	for _, o := range orders {
		if _, err := h.Do(context.Background(), hall.Request{Actor: o.By, Command: o.Command}); err != nil {
			b.Fatal(err)
		}
	}
}

// aCommand sends the officer on a break or brings them back: one record that
// leaves the branch as large as it was.
func aCommand(b *testing.B, h *hall.Hall, i int) time.Duration {
	b.Helper()
	var c scheduler.Command = scheduler.StartBreak{Officer: 101}
	if i%2 == 1 {
		c = scheduler.EndBreak{Officer: 101}
	}
	began := time.Now()
	if _, err := h.Do(context.Background(), hall.Request{Actor: scheduler.Actor{Role: scheduler.ByOfficer, ID: 101}, Command: c}); err != nil {
		b.Fatal(err)
	}
	return time.Since(began)
}
