package study

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"lapak/scheduler"
	"lapak/scheduler/calendar"
	"lapak/scheduler/rehearsal"
	"lapak/scheduler/whatif"
)

// branch is a branch that stands still, with the records of one day in memory.
type branch struct {
	state   *scheduler.State
	records [][]byte
	queued  atomic.Int64
	broken  error
}

func (b *branch) State() *scheduler.State { return b.state }
func (b *branch) Now() int64              { return b.state.At }
func (b *branch) Queued() int             { return int(b.queued.Load()) }

func (b *branch) Scan(from int64, fn func(seq int64, data []byte) error) error {
	if b.broken != nil {
		return b.broken
	}
	for i := from - 1; i < int64(len(b.records)); i++ {
		if err := fn(i+1, b.records[i]); err != nil {
			return err
		}
	}
	return nil
}

func (b *branch) Snapshots(func(int64, int, string, []byte) bool) error { return nil }

// rehearsed is a branch after one small day, which is closed.
func rehearsed(t testing.TB) *branch {
	t.Helper()
	c := rehearsal.Surge(3)
	c.Visits = 40
	d := rehearsal.Run(c, rehearsal.Options{Keep: true})
	b := &branch{state: d.State}
	for _, rec := range d.Records {
		data, err := scheduler.Encode(rec)
		if err != nil {
			t.Fatal(err)
		}
		b.records = append(b.records, data)
	}
	return b
}

// gate lets the worker do one unit at a time.
type gate struct {
	let   chan struct{} // a unit may be done
	stops chan struct{} // a unit was done
}

func newGate() *gate { return &gate{make(chan struct{}), make(chan struct{}, 1000)} }

func (g *gate) rest(ctx context.Context, _ time.Duration) {
	select {
	case g.stops <- struct{}{}:
	default:
	}
	select {
	case <-g.let:
	case <-ctx.Done():
	}
}

// open starts a queue whose worker never sleeps, or with a gate only when let.
func open(t testing.TB, b *branch, g *gate) *Queue {
	t.Helper()
	o := Options{Branch: b, Records: b, Logger: slog.New(slog.DiscardHandler), rest: func(context.Context, time.Duration) {}}
	if g != nil {
		o.rest = g.rest
	}
	q := New(o)
	t.Cleanup(q.Close)
	return q
}

func question(t testing.TB, text string) whatif.Question {
	t.Helper()
	q, err := whatif.Parse([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return q
}

func ask(t testing.TB, q *Queue, text string) Entry {
	t.Helper()
	e, err := q.Ask(question(t, text))
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// over waits until the question is over.
func over(t testing.TB, q *Queue, id int64) Entry {
	t.Helper()
	for {
		e, ok := q.Get(id)
		if !ok {
			t.Fatalf("question %d is gone", id)
		}
		if e.State.Over() {
			return e
		}
		select {
		case <-t.(interface{ Context() context.Context }).Context().Done():
			t.Fatal("the question never ends")
		case <-time.After(time.Millisecond):
		}
	}
}

const small = `{"days":2,"per_day":20,"changes":{"policy":{"pooled":true}}}`

func TestAQuestionIsAnswered(t *testing.T) {
	q := open(t, rehearsed(t), nil)
	e := over(t, q, ask(t, q, small).ID)
	if e.State != Done || e.Done != e.Total || e.Done == 0 || e.Answer == nil || e.Answer.Days != 2 || len(e.Answer.Changes) != 1 {
		t.Errorf("%+v", e)
	}
	if d := q.List()[0].Demand; d == nil || *d != e.Answer.Demand {
		t.Errorf("in the list its demand is %v, in the answer %+v", d, e.Answer.Demand)
	}
	if from := e.Answer.Demand.Days; from != 1 {
		t.Errorf("arrivals were learned from %d days, want the one in the journal", from)
	}
}

func TestAPastDayIsReadFromTheRecords(t *testing.T) {
	b := rehearsed(t)
	q := open(t, b, nil)
	for range 2 { // the second one from memory
		e := over(t, q, ask(t, q, fmt.Sprintf(`{"day":%q,"days":2,"changes":{"policy":{"mode":"single"}}}`, b.state.Floor.Day.Date)).ID)
		if e.State != Done || e.Answer.Times.From != "day" || e.Answer.Times.MeasuredPct < 80 {
			t.Fatalf("%s %s: %+v", e.State, e.Reason, e.Answer)
		}
		b.broken = errors.New("read from memory now")
	}
}

// TestADayThatNeverWasIsRefused at once; while the journal cannot be looked at,
// the question is taken and says how it ended.
func TestADayThatNeverWasIsRefused(t *testing.T) {
	b := rehearsed(t)
	q := open(t, b, nil)
	never := fmt.Sprintf(`{"day":%q,"changes":{}}`, b.state.Floor.Day.Date.AddDays(-7))
	if _, err := q.Ask(question(t, never)); !errors.Is(err, ErrNoDay) || len(q.List()) != 0 {
		t.Errorf("a week before the first day: %v", err)
	}
	b.broken = errors.New("a bad sector")
	e := over(t, q, ask(t, q, never).ID)
	if e.State != Failed || e.Code != Unworkable || !strings.Contains(e.Reason, "a bad sector") {
		t.Errorf("%s %s: %s", e.State, e.Code, e.Reason)
	}
	if code := codeOf(noDay(b.state.Floor.Day.Date)); code != DayNotKept {
		t.Errorf("a day that was cut since fails with %s", code)
	}
	_, err := q.Ask(question(t, fmt.Sprintf(`{"day":%q,"changes":{}}`, b.state.Floor.Day.Date.AddDays(1))))
	if field := (*whatif.FieldError)(nil); !errors.As(err, &field) || field.Field != "day" {
		t.Errorf("tomorrow is taken: %v", err)
	}
}

func TestABrokenJournalLeavesTheCatalogue(t *testing.T) {
	b := rehearsed(t)
	b.broken = errors.New("a bad sector")
	q := open(t, b, nil)
	if e := over(t, q, ask(t, q, small).ID); e.State != Done || e.Answer.Demand.From != "asked" || e.Answer.Demand.Days != 0 {
		t.Errorf("%s %s %+v", e.State, e.Reason, e.Answer.Demand)
	}
}

// TestCancelLeavesNothingRunning: a cancelled question ends at the unit under
// way, keeps what it had, and the next one begins.
func TestCancelLeavesNothingRunning(t *testing.T) {
	g := newGate()
	q := open(t, rehearsed(t), g)
	first, second := ask(t, q, `{"days":50,"per_day":20,"changes":{}}`), ask(t, q, small)
	for range 12 { // somewhere in the middle
		g.let <- struct{}{}
	}
	e, ok := q.Cancel(first.ID)
	if !ok || e.State != Cancelled {
		t.Fatalf("cancelled: %+v", e)
	}
	if e, ok = q.Cancel(second.ID); !ok || e.State != Cancelled {
		t.Fatalf("cancelled while it waits: %+v", e)
	}
	third := ask(t, q, small)
	for {
		if e, _ := q.Get(third.ID); e.State != Queued {
			break
		}
		select {
		case g.let <- struct{}{}:
		case <-time.After(time.Millisecond):
		}
	}
	was, _ := q.Get(first.ID)
	q.Close()
	is, _ := q.Get(first.ID)
	if is.Done != was.Done || is.State != Cancelled || is.Done >= is.Total {
		t.Errorf("the cancelled question went on from %d to %d of %d", was.Done, is.Done, is.Total)
	}
	if e, _ := q.Get(third.ID); e.State != Cancelled {
		t.Errorf("after Close the question under way is %s", e.State)
	}
	if _, err := q.Ask(question(t, small)); !errors.Is(err, ErrClosed) {
		t.Errorf("a closed queue says %v", err)
	}
}

func TestTheQueueIsBounded(t *testing.T) {
	g := newGate()
	q := open(t, rehearsed(t), g)
	first := ask(t, q, small)
	<-g.stops // it is under way
	for range MaxWaiting {
		ask(t, q, small)
	}
	if _, err := q.Ask(question(t, small)); !errors.Is(err, ErrBusy) {
		t.Errorf("one too many is answered %v", err)
	}
	for _, e := range q.List() {
		q.Cancel(e.ID)
	}
	over(t, q, first.ID)
	ids := []int64{}
	for range MaxKept + 3 {
		e := ask(t, q, small)
		ids = append(ids, e.ID)
		q.Cancel(e.ID)
	}
	list := q.List()
	if len(list) != MaxKept || list[0].ID != ids[len(ids)-1] || !slices.IsSortedFunc(list, func(a, b Entry) int { return int(b.ID - a.ID) }) {
		t.Errorf("%d questions are kept", len(list))
	}
	if _, ok := q.Get(first.ID); ok {
		t.Error("the oldest question is still kept")
	}
	if _, ok := q.Cancel(first.ID); ok {
		t.Error("a question that is gone was cancelled")
	}
}

// TestTheBranchComesFirst: while commands wait for the writer, no unit is
// begun.
func TestTheBranchComesFirst(t *testing.T) {
	b := rehearsed(t)
	b.queued.Store(calmCommands + 1)
	looked := make(chan struct{}, 1000)
	q := New(Options{Branch: b, Records: b, Logger: slog.New(slog.DiscardHandler), rest: func(_ context.Context, d time.Duration) {
		if d == calmLook {
			looked <- struct{}{}
		}
	}})
	t.Cleanup(q.Close)
	e := ask(t, q, `{"days":2,"day":"2026-03-02","changes":{}}`)
	for range 20 {
		<-looked
	}
	if now, _ := q.Get(e.ID); now.Done != 0 {
		t.Errorf("%d units were done while the branch was busy", now.Done)
	}
	b.queued.Store(0)
	go func() {
		for range looked {
		}
	}()
	if e := over(t, q, e.ID); e.State != Done {
		t.Errorf("%s: %s", e.State, e.Reason)
	}
	q.Close()
	close(looked)
}

// TestHeldFindsEveryDay holds the search to a look at every record, over days
// with gaps between them, none of which has as many records as another.
func TestHeldFindsEveryDay(t *testing.T) {
	b, first := &branch{}, calendar.MustParse("2026-03-02")
	days := map[calendar.Date]bool{}
	write := func(events ...scheduler.Event) {
		data, err := scheduler.Encode(scheduler.Record{Seq: int64(len(b.records) + 1), Events: events})
		if err != nil {
			t.Fatal(err)
		}
		b.records = append(b.records, data)
	}
	for n := range 40 {
		if date := first.AddDays(n); n%7 < 5 && n%11 != 3 {
			days[date] = true
			write(scheduler.DayOpened{Date: date})
			for range n * 5 % 13 {
				write(scheduler.ClockAdjusted{})
			}
		}
	}
	for n := -3; n < 45; n++ {
		date := first.AddDays(n)
		if held, err := Held(b, int64(len(b.records)), date); err != nil || held != days[date] {
			t.Errorf("%s: held %v, want %v (%v)", date, held, days[date], err)
		}
	}
	if held, err := Held(&branch{}, 0, first); held || err != nil {
		t.Errorf("an empty journal holds a day: %v %v", held, err)
	}
}

// TestStaffingNeedsTheLastDays: before anybody is on shift the officers are those of
// the last day, which the worker reads when they are asked for; without one they are
// those of the roster.
func TestStaffingNeedsTheLastDays(t *testing.T) {
	b := rehearsed(t)
	q := open(t, b, nil)
	first := q.Staffing()
	if first.From != "roster" {
		t.Errorf("before the journal is read: %+v", first)
	}
	for end := time.Now().Add(20 * time.Second); q.Staffing().From != "last_day"; time.Sleep(time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("the last day is never read: %+v", q.Staffing())
		}
	}
	told := q.Staffing()
	if e := over(t, q, ask(t, q, small).ID); e.Answer == nil || e.Answer.Staff != told {
		t.Errorf("told %+v, answered %+v", told, e.Answer)
	}

	dark := rehearsed(t)
	dark.broken = errors.New("no journal")
	o := Options{Branch: dark, Records: dark, Logger: slog.New(slog.DiscardHandler), rest: func(context.Context, time.Duration) {},
		Roster: func() []scheduler.OfficerID { return []scheduler.OfficerID{101} }}
	blind := New(o)
	t.Cleanup(blind.Close)
	if got := blind.Staffing(); got.From != "roster" || got.Serving != 1 {
		t.Errorf("with one account and no journal: %+v", got)
	}
}
