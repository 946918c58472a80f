package ledger

import (
	"context"
	"errors"
	"log/slog"
	"reflect"
	"sync/atomic"
	"testing"
	"time"

	"lapak/hall/journal"
	"lapak/scheduler"
	"lapak/scheduler/calendar"
	"lapak/scheduler/rehearsal"
	"lapak/scheduler/report"
)

// house is a branch whose days are rehearsed one after the other, with a journal.
type house struct {
	t       *testing.T
	state   atomic.Pointer[scheduler.State]
	queued  atomic.Int64
	fail    atomic.Bool
	records journal.Plain
	draft   *scheduler.Draft
}

func (h *house) State() *scheduler.State { return h.state.Load() }
func (h *house) Queued() int             { return int(h.queued.Load()) }

// docs is the journal with documents that may not be written.
type docs struct {
	journal.Plain
	fail *atomic.Bool
}

var errFull = errors.New("no room")

func (d docs) PutDoc(name string, b []byte) error {
	if d.fail.Load() {
		return errFull
	}
	return d.Plain.PutDoc(name, b)
}

func newHouse(t *testing.T) *house {
	h := &house{t: t, records: journal.Plain{Store: journal.NewMemory()}, draft: scheduler.New().Draft()}
	h.state.Store(h.draft.Publish())
	h.draft = h.state.Load().Draft()
	return h
}

func (h *house) open() *Ledger {
	l := New(Options{Branch: h, Records: docs{h.records, &h.fail}, Logger: slog.New(slog.DiscardHandler)})
	h.t.Cleanup(l.Close)
	return l
}

// live lets the branch live through the records; they carry on the numbers of those
// before them.
func (h *house) live(records []scheduler.Record) {
	h.t.Helper()
	for _, rec := range records {
		b, err := scheduler.Encode(rec)
		if err != nil {
			h.t.Fatal(err)
		}
		if err := h.draft.Apply(rec); err != nil {
			h.t.Fatal(err)
		}
		if err := h.records.Append(rec.Seq, [][]byte{b}); err != nil {
			h.t.Fatal(err)
		}
	}
	s := h.draft.Publish()
	h.state.Store(s)
	h.draft = s.Draft()
}

func (h *house) snapshot() {
	s := h.State()
	b, err := scheduler.EncodeState(s)
	if err != nil {
		h.t.Fatal(err)
	}
	if err := h.records.SaveSnapshot(s.Seq, scheduler.StateVersion, scheduler.Sum(s), b); err != nil {
		h.t.Fatal(err)
	}
}

var monday = calendar.MustParse("2026-03-02")

// days rehearses several days in one journal.
func days(t *testing.T, n int) [][]scheduler.Record {
	t.Helper()
	var list [][]scheduler.Record
	var c []rehearsal.Config
	for i := range n {
		one := rehearsal.Small(uint64(10 * (i + 1)))
		one.Date, one.Visits, one.Mischief = monday.AddDays(i), 25, rehearsal.NoMischief
		c = append(c, one)
	}
	err := rehearsal.Days(c, func(records []scheduler.Record) error {
		list = append(list, records)
		return nil
	})
	if err != nil || len(list) != n {
		t.Fatalf("%d days were rehearsed, %v", len(list), err)
	}
	return list
}

func (h *house) week(l *Ledger) report.Report {
	h.t.Helper()
	r, err := l.Report(context.Background(), monday, monday.AddDays(6), report.ByDay)
	if err != nil {
		h.t.Fatal(err)
	}
	return r
}

// want folds everything at once.
func want(t *testing.T, all ...[]scheduler.Record) report.Report {
	t.Helper()
	f := report.NewFold(scheduler.New())
	var list []*report.Day
	for _, records := range all {
		for _, rec := range records {
			day, err := f.Add(rec)
			if err != nil {
				t.Fatal(err)
			}
			if day != nil {
				list = append(list, day)
			}
		}
	}
	if today := f.Today(); today != nil {
		list = append(list, today)
	}
	return report.Of(monday, monday.AddDays(6), report.ByDay, list)
}

func same(t *testing.T, what string, got, want report.Report) {
	t.Helper()
	if len(got.Days) != len(want.Days) || !reflect.DeepEqual(got, want) {
		t.Errorf("%s: the report differs from a fold of everything: %d days of %d visits, want %d of %d", what, len(got.Days), got.Total.Visits, len(want.Days), want.Total.Visits)
	}
}

func TestReportsFollowTheBranch(t *testing.T) {
	all := days(t, 3)
	h := newHouse(t)
	l := h.open()
	h.live(all[0])
	h.live(all[1][:len(all[1])/2])
	same(t, "in the middle of the second day", h.week(l), want(t, all[0], all[1][:len(all[1])/2]))
	h.live(all[1][len(all[1])/2:])
	h.live(all[2])
	same(t, "after three days", h.week(l), want(t, all...))
	if k := l.Kept(); k != (Kept{First: monday, Last: monday + 2, Days: 3}) {
		t.Errorf("kept %+v, want three days", k)
	}
}

func TestDaysOutliveTheirRecords(t *testing.T) {
	all := days(t, 4)
	h := newHouse(t)
	l := h.open()
	h.live(all[0])
	h.live(all[1])
	h.snapshot()
	h.live(all[2])
	h.snapshot()
	same(t, "before the cut", h.week(l), want(t, all[:3]...))
	l.Close()
	if err := h.records.Store.(*journal.Memory).Cut(int64(len(all[0]) + len(all[1]))); err != nil {
		t.Fatal(err)
	}
	l = h.open()
	same(t, "after the cut and a restart", h.week(l), want(t, all[:3]...))
	h.live(all[3])
	same(t, "a day later", h.week(l), want(t, all...))
}

// TestARestartInTheMiddleOfADay has no snapshot of the morning but the start's.
func TestARestartInTheMiddleOfADay(t *testing.T) {
	all := days(t, 2)
	h := newHouse(t)
	l := h.open()
	h.live(all[0])
	h.week(l)
	h.live(all[1][:100])
	h.snapshot() // with a day open: folding must not begin there
	l.Close()
	l = h.open()
	h.live(all[1][100:])
	same(t, "after a restart", h.week(l), want(t, all...))
}

func TestAFullDiskLosesNoDay(t *testing.T) {
	all := days(t, 2)
	h := newHouse(t)
	h.fail.Store(true)
	l := h.open()
	h.live(all[0])
	if _, err := l.Report(context.Background(), monday, monday, report.ByDay); err != nil {
		t.Fatal(err)
	}
	if k := l.Kept(); k.Days != 0 {
		t.Fatalf("%d days are said to be kept on a full disk", k.Days)
	}
	h.fail.Store(false)
	h.live(all[1])
	same(t, "with room again", h.week(l), want(t, all...))
}

func TestTheWriterGoesFirst(t *testing.T) {
	h := newHouse(t)
	h.queued.Store(1)
	l := h.open()
	h.live(days(t, 1)[0])
	ctx, cancel := context.WithTimeout(context.Background(), 200*time.Millisecond)
	defer cancel()
	if _, err := l.Report(ctx, monday, monday, report.ByDay); !errors.Is(err, context.DeadlineExceeded) {
		t.Fatalf("a report was made while commands waited: %v", err)
	}
	h.queued.Store(0)
	if r := h.week(l); len(r.Days) != 1 {
		t.Errorf("%d days, want one", len(r.Days))
	}
}

func TestPeriodsThatCannotBe(t *testing.T) {
	l := newHouse(t).open()
	for _, to := range []calendar.Date{monday - 1, monday.AddDays(MaxPeriodDays)} {
		if _, err := l.Report(context.Background(), monday, to, report.ByDay); !errors.Is(err, ErrPeriod) {
			t.Errorf("a period up to %s gives %v", to, err)
		}
	}
	r, err := l.Report(context.Background(), monday, monday.AddDays(MaxPeriodDays-1), report.ByDay)
	if err != nil || len(r.Days) != 0 || r.Total != (report.Figures{}) {
		t.Errorf("an empty year gives %+v, %v", r, err)
	}
}

func TestAdoptedDaysNeverReplaceTheBranchsOwn(t *testing.T) {
	all := days(t, 1)
	h := newHouse(t)
	l := h.open()
	h.live(all[0])
	own := h.week(l)
	if err := l.Adopt(&report.Day{Format: report.Format, Date: monday, Closed: 1}, &report.Day{Format: report.Format, Date: monday - 7, Closed: 1}); err != nil {
		t.Fatal(err)
	}
	same(t, "after adopting", h.week(l), own)
	if k := l.Kept(); k.Days != 2 || k.First != monday-7 {
		t.Errorf("kept %+v", k)
	}
}
