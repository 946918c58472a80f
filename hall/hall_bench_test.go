package hall_test

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"

	"lapak/hall"
	"lapak/hall/journal"
	"lapak/scheduler"
)

// BenchmarkDo measures durable commands per second through the whole writer:
// decide, encode, append, publish, answer. Compare it in one run with
// BenchmarkBboltUpdateEach and BenchmarkRawAppendSync of package journal:
//
//	go test -run '^$' -bench 'Do$|UpdateEach|RawAppendSync' ./hall ./hall/journal
func BenchmarkDo(b *testing.B) {
	for _, callers := range []int{1, 16, 128} {
		b.Run(fmt.Sprintf("callers=%d", callers), func(b *testing.B) {
			j, err := journal.Open(b.TempDir(), journal.Options{})
			if err != nil {
				b.Fatal(err)
			}
			defer j.Close()
			h, err := hall.Open(hall.Options{Journal: journal.Plain{Store: j}, Time: hall.NewTimeAt(monday(), 0), Logger: quiet})
			if err != nil {
				b.Fatal(err)
			}
			defer h.Close()
			benchOrder(b, h, scheduler.OpenDay{})
			benchOrder(b, h, scheduler.SetOfficer{ID: 1})
			var next atomic.Int64
			var all sync.WaitGroup
			b.ResetTimer()
			for range callers {
				all.Go(func() {
					for next.Add(1) <= int64(b.N) {
						benchOrder(b, h, scheduler.SetOfficer{ID: 1, MaxGroup: 6})
					}
				})
			}
			all.Wait()
			b.StopTimer()
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "commands/s")
		})
	}
}

func benchOrder(b *testing.B, h *hall.Hall, c scheduler.Command) {
	if _, err := h.Do(context.Background(), hall.Request{Actor: manager, Command: c}); err != nil {
		b.Error(err)
	}
}
