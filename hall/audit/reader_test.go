package audit

import (
	"context"
	"errors"
	"sync"
	"testing"

	"lapak/scheduler"
	"lapak/scheduler/audit"
	"lapak/scheduler/calendar"
	"lapak/scheduler/rehearsal"
)

var monday = calendar.MustParse("2026-03-02")

// house is a branch and its journal, held in memory.
type house struct {
	mu      sync.Mutex
	state   *scheduler.State
	records [][]byte
	cut     int64 // records up to this one are gone
	kept    []*scheduler.State
	scans   int
}

func (h *house) State() *scheduler.State {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.state
}

func (h *house) Queued() int { return 0 }

func (h *house) Scan(from int64, fn func(seq int64, data []byte) error) error {
	h.mu.Lock()
	h.scans++
	list, cut := h.records, h.cut
	h.mu.Unlock()
	if from <= cut {
		return errors.New("those records were cut")
	}
	for i := from - 1; i < int64(len(list)); i++ {
		if err := fn(i+1, list[i]); err != nil {
			return err
		}
	}
	return nil
}

func (h *house) Snapshots(fn func(seq int64, version int, sum string, data []byte) bool) error {
	for _, s := range h.kept {
		b, err := scheduler.EncodeState(s)
		if err != nil {
			return err
		}
		if fn(s.Seq, scheduler.StateVersion, scheduler.Sum(s), b) {
			return nil
		}
	}
	return nil
}

// write adds records to the journal, and the state after them.
func (h *house) write(t *testing.T, records ...scheduler.Record) {
	t.Helper()
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, rec := range records {
		b, err := scheduler.Encode(rec)
		if err != nil {
			t.Fatal(err)
		}
		h.records = append(h.records, b)
	}
	s, err := scheduler.Replay(h.state, records)
	if err != nil {
		t.Fatal(err)
	}
	h.state = s
}

func rehearsed(t *testing.T) []scheduler.Record {
	t.Helper()
	c := rehearsal.Small(5)
	c.Date = monday
	day := rehearsal.Run(c, rehearsal.Options{Keep: true})
	if len(day.Problems) > 0 {
		t.Fatal(day.Problems)
	}
	return day.Records
}

func read(t *testing.T, r *Reader) *audit.Day {
	t.Helper()
	d, err := r.Day(context.Background(), monday)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestADayIsReadOnAsItGoesOn(t *testing.T) {
	records := rehearsed(t)
	half := len(records) / 2
	h := &house{state: scheduler.New()}
	h.write(t, records[:half]...)
	r := New(h, h)
	defer r.Close()
	first := read(t, r)
	if first.Seq != int64(half) || len(first.Acts) == 0 || first.Partial {
		t.Fatalf("half a day: read up to %d with %d acts, partial %v", first.Seq, len(first.Acts), first.Partial)
	}
	scans := h.scans
	if again := read(t, r); h.scans != scans || &again.Acts[0] == &first.Acts[0] {
		t.Error("a day that has not changed is read again, or two callers share it")
	}
	h.write(t, records[half:]...)
	whole := read(t, r)
	if whole.Seq != int64(len(records)) || len(whole.Acts) <= len(first.Acts) {
		t.Errorf("the whole day: read up to %d with %d acts", whole.Seq, len(whole.Acts))
	}
	if _, err := r.Day(context.Background(), monday+7); !errors.Is(err, ErrNoDay) {
		t.Errorf("a day that never was is %v", err)
	}
}

func TestACutDaySaysSo(t *testing.T) {
	records := rehearsed(t)
	half := len(records) / 2
	h := &house{state: scheduler.New()}
	h.write(t, records[:half]...)
	h.kept, h.cut = []*scheduler.State{h.state}, int64(half)
	h.write(t, records[half:]...)
	r := New(h, h)
	defer r.Close()
	d := read(t, r)
	if !d.Partial || d.Acts[0].Seq != int64(half)+1 {
		t.Errorf("a cut day begins with record %d, partial %v", d.Acts[0].Seq, d.Partial)
	}
	if _, err := r.Day(context.Background(), monday-1); !errors.Is(err, ErrNoDay) {
		t.Errorf("a day that was cut away is %v", err)
	}
}

func TestASnapshotOfTheSetUpHidesNothingOfIt(t *testing.T) {
	records := rehearsed(t)
	h := &house{state: scheduler.New()}
	h.write(t, records[0])
	h.kept = []*scheduler.State{h.state}
	h.write(t, records[1:]...)
	if h.kept[0].Floor.Day.Date != 0 {
		t.Fatal("the first record opens the day: nothing is set up before it")
	}
	r := New(h, h)
	defer r.Close()
	if d := read(t, r); d.Partial || d.Acts[0].Seq != 1 {
		t.Errorf("the first day begins with record %d, partial %v", d.Acts[0].Seq, d.Partial)
	}
}

func TestManyAskAtOnce(t *testing.T) {
	h := &house{state: scheduler.New()}
	h.write(t, rehearsed(t)...)
	r := New(h, h)
	var all sync.WaitGroup
	for i := range 8 {
		all.Go(func() {
			d, err := r.Day(context.Background(), monday)
			if err != nil {
				t.Error(err)
				return
			}
			d.Acts[0].Seq = int64(i) // each owns what it got
		})
	}
	all.Wait()
	r.Close()
	if _, err := r.Day(context.Background(), monday); !errors.Is(err, ErrReading) {
		t.Errorf("a closed reader says %v", err)
	}
}
