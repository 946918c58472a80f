package learning

import (
	"testing"

	"lapak/scheduler"
	"lapak/scheduler/rehearsal"
)

// TestAnOrdinaryDayBitesNoLimit: a flag that is always up is never looked at.
func TestAnOrdinaryDayBitesNoLimit(t *testing.T) {
	for seed := range uint64(3) {
		day := rehearsal.Run(rehearsal.Surge(seed), rehearsal.Options{Keep: true})
		l := New(scheduler.New())
		for _, rec := range day.Records {
			if err := l.Feed(rec); err != nil {
				t.Fatal(err)
			}
		}
		for _, f := range l.Report(day.State.At).Figures {
			if f.Clamped && f.N > 10 {
				t.Errorf("%s %s, measured %d times, is flagged: %d s learned where the catalogue says %d", f.Programme, f.Step, f.N, f.LearnedS, f.PriorS)
			}
		}
	}
}
