package outlook

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"lapak/hall/journal"
	"lapak/scheduler"
	"lapak/scheduler/rehearsal"
)

// branch is a branch that stands still until a test moves it on.
type branch struct {
	state atomic.Pointer[scheduler.State]
	now   atomic.Int64
	held  atomic.Bool
	busy  atomic.Int64
}

func (b *branch) State() *scheduler.State { return b.state.Load() }
func (b *branch) Now() int64              { return b.now.Load() }
func (b *branch) Held() bool              { return b.held.Load() }
func (b *branch) Queued() int             { return int(b.busy.Load()) }

// house is a rehearsed day in a journal, of which some records are already
// written.
type house struct {
	t       *testing.T
	branch  *branch
	records journal.Plain
	day     []scheduler.Record
	draft   *scheduler.Draft
	log     *bytes.Buffer

	mu    sync.Mutex
	given []scheduler.Command
	fail  error
}

func newHouse(t *testing.T) *house {
	day := rehearsal.Run(rehearsal.Small(7), rehearsal.Options{Keep: true})
	h := &house{t: t, branch: &branch{}, records: journal.Plain{Store: journal.NewMemory()}, day: day.Records,
		draft: scheduler.New().Draft(), log: &bytes.Buffer{}}
	h.publish()
	return h
}

func (h *house) publish() {
	s := h.draft.Publish()
	h.branch.state.Store(s)
	h.branch.now.Store(s.At)
	h.draft = s.Draft()
}

// write makes the day's records durable up to a seq.
func (h *house) write(to int64) {
	h.t.Helper()
	for _, rec := range h.day[h.draft.Seq:to] {
		b, err := scheduler.Encode(rec)
		if err == nil {
			err = h.records.Append(rec.Seq, [][]byte{b})
		}
		if err == nil {
			err = h.draft.Apply(rec)
		}
		if err != nil {
			h.t.Fatal(err)
		}
	}
	h.publish()
}

func (h *house) last() int64 { return int64(len(h.day)) }

// open starts an outlook.
func (h *house) open() *Outlook {
	return New(Options{Branch: h.branch, Records: h.records, Logger: slog.New(slog.NewTextHandler(h.log, nil)),
		Give: func(_ context.Context, c scheduler.Command) error {
			h.mu.Lock()
			defer h.mu.Unlock()
			h.given = append(h.given, c)
			return h.fail
		}})
}

// passes lets the outlook look at the branch a few times.
func passes() {
	time.Sleep(4 * lookEvery)
	synctest.Wait()
}

func (h *house) report(l *Outlook) string {
	h.t.Helper()
	r, ok := l.Report()
	if !ok {
		h.t.Fatal("nothing was learned")
	}
	b, err := json.Marshal(r)
	if err != nil {
		h.t.Fatal(err)
	}
	return string(b)
}

// learned counts the times given to a day.
func (h *house) learned() (n int) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, c := range h.given {
		if _, ok := c.(scheduler.LearnTimes); ok {
			n++
		}
	}
	return n
}

func TestARestartAnywhereLearnsTheSame(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		whole := newHouse(t)
		l := whole.open()
		whole.write(whole.last())
		passes()
		l.Close()
		want := whole.report(l)
		for _, cut := range []int64{1, whole.last() / 3, whole.last() / 2, whole.last() - 1} {
			h := newHouse(t)
			l := h.open()
			h.write(cut)
			passes()
			l.Close()
			h.write(min(cut+40, h.last())) // while the PC was off for an instant
			l = h.open()
			passes()
			h.write(h.last())
			passes()
			l.Close()
			if got := h.report(l); got != want {
				t.Errorf("stopped after record %d it learned\n%s\nwant\n%s", cut, got, want)
			}
			if h.log.Len() > 0 {
				t.Errorf("it complains: %s", h.log)
			}
		}
	})
}

func TestAStartFromASnapshotLearnsTheSame(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHouse(t)
		l := h.open()
		h.write(h.last() / 2)
		s := h.branch.State()
		data, err := scheduler.EncodeState(s)
		if err == nil {
			err = h.records.SaveSnapshot(s.Seq, scheduler.StateVersion, scheduler.Sum(s), data)
		}
		if err != nil {
			t.Fatal(err)
		}
		h.write(h.last())
		passes()
		want := h.report(l)
		l.Close()
		l = h.open()
		passes()
		defer l.Close()
		if got := h.report(l); got != want {
			t.Errorf("from the snapshot it learned\n%s\nwant\n%s", got, want)
		}
	})
}

func TestADayIsGivenItsLearnedTimesOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHouse(t)
		l := h.open()
		defer l.Close()
		passes()
		if n := h.learned(); n != 0 {
			t.Errorf("%d times were given before a day opened", n)
		}
		for to := h.last() / 4; to < h.last(); to += h.last() / 4 {
			h.write(to)
			passes()
		}
		if n := h.learned(); n != 1 {
			t.Errorf("the day was given its times %d times", n)
		}
	})
}

func TestATroubleIsSaidOnceAndTriedAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHouse(t)
		h.fail = errors.New("the writer is away")
		l := h.open()
		defer l.Close()
		h.write(h.last() / 2)
		for range 5 {
			passes()
		}
		if n := strings.Count(h.log.String(), "at=learn"); n != 1 {
			t.Errorf("it was said %d times:\n%s", n, h.log)
		}
		if h.learned() < 3 {
			t.Error("it was not tried again")
		}
	})
}

func TestDamagedLearningBeginsAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHouse(t)
		h.write(h.last())
		l := h.open()
		passes()
		want := h.report(l)
		l.Close()
		if err := h.records.PutDoc(learnedDoc, []byte("no gzip")); err != nil {
			t.Fatal(err)
		}
		l = h.open()
		passes()
		defer l.Close()
		if got := h.report(l); got != want {
			t.Errorf("from the records alone it learned\n%s\nwant\n%s", got, want)
		}
		if !strings.Contains(h.log.String(), "learning begins again from the records") {
			t.Errorf("nobody is told: %s", h.log)
		}
	})
}

func TestWhatIsForecastIsTold(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHouse(t)
		h.write(h.last() / 3)
		l := h.open()
		defer l.Close()
		passes()
		h.mu.Lock()
		defer h.mu.Unlock()
		told := map[scheduler.VisitID]bool{}
		for _, c := range h.given {
			if tell, ok := c.(scheduler.Tell); ok {
				for _, v := range tell.Visits {
					told[v.Visit] = true
				}
			}
		}
		line := h.branch.State().Floor.Line(scheduler.Waiting)
		if len(line) == 0 {
			t.Fatal("nobody waits in this house: choose another moment")
		}
		for _, v := range line {
			if !told[v.ID] {
				t.Errorf("%v waits and is told nothing", v.Ticket)
			}
		}
	})
}

func TestTheOutlookStandsBack(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHouse(t)
		h.branch.busy.Store(1)
		l := h.open()
		defer l.Close()
		h.write(h.last() / 2)
		passes()
		if l.Newest() != nil {
			t.Error("it looked ahead while commands waited")
		}
		h.branch.busy.Store(0)
		h.branch.held.Store(true)
		passes()
		if l.Newest() != nil {
			t.Error("it looked ahead from a time that is in doubt")
		}
		h.branch.held.Store(false)
		passes()
		f := l.Newest()
		if f == nil || f.Seq != h.branch.State().Seq || len(f.Visits) == 0 {
			t.Fatalf("it sees %+v", f)
		}
		passes()
		if l.Newest() != f {
			t.Error("it looked again although nothing changed and no time passed")
		}
		h.branch.now.Add(everyS)
		passes()
		if l.Newest() == f {
			t.Error("it never looked again")
		}
	})
}

// crowd lets so many come at this very moment.
func (h *house) crowd(n int) {
	h.t.Helper()
	for range n {
		rec, err := h.draft.Do(scheduler.Stamp{At: h.branch.now.Load()}, scheduler.Order{By: scheduler.Actor{Role: scheduler.ByDesk},
			Command: scheduler.Arrive{Persons: 1, Claims: []scheduler.NewClaim{{Programme: "JHT", Reason: "jht_phk"}}, Papers: scheduler.PapersReady}})
		if err != nil {
			h.t.Fatal(err)
		}
		b, err := scheduler.Encode(rec)
		if err == nil {
			err = h.records.Append(rec.Seq, [][]byte{b})
		}
		if err != nil {
			h.t.Fatal(err)
		}
	}
	h.publish()
}

// TestACrowdIsSeenAtOnce holds that a forecast of a line that has become another one is
// not kept until it is old, and that single newcomers do not make it anew.
func TestACrowdIsSeenAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHouse(t)
		h.write(h.last() / 3)
		l := h.open()
		defer l.Close()
		passes()
		f := l.Newest()
		h.crowd(2)
		passes()
		if l.Newest() != f {
			t.Error("two more, and it looked again at once")
		}
		h.crowd(20)
		passes()
		again := l.Newest()
		if again == f || again.At != f.At || len(again.Lanes) == 0 || again.Lanes[0].Call.P50 <= f.Lanes[0].Call.P50 {
			t.Errorf("22 more in line, and it sees %+v after %+v", again.Lanes, f.Lanes)
		}
		passes()
		if l.Newest() != again {
			t.Error("it looked again although nothing changed")
		}
	})
}
