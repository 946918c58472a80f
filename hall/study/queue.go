package study

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"sync"
	"time"

	"lapak/scheduler"
	"lapak/scheduler/calendar"
	"lapak/scheduler/whatif"
)

// Limits of the queue.
const (
	// MaxWaiting bounds the questions that wait behind the one under way: a
	// manager asks one at a time, and each may take minutes.
	MaxWaiting = 4
	// MaxKept bounds the questions that are kept with their answers, some tens
	// of kilobytes each.
	MaxKept = 16
	// Workers is how many questions are worked on at once. One is enough for one
	// manager and leaves a two-core PC to the branch.
	Workers = 1
)

// Errors of Ask.
var (
	// ErrBusy: the queue is full.
	ErrBusy = errors.New("study: other questions are still waiting; cancel one, or ask again when one is done")
	// ErrClosed: the process ends.
	ErrClosed = errors.New("study: the branch is stopping; ask again after the restart")
)

// State is where a question is.
type State string

// The states of a question.
const (
	Queued    State = "queued"
	Running   State = "running"
	Done      State = "done"
	Cancelled State = "cancelled"
	Failed    State = "failed"
)

// Code says why a question failed.
type Code string

// The codes of failed questions.
const (
	DayNotKept Code = "day_not_kept"       // ErrNoDay
	BadField   Code = "bad_field"          // of a past day, whose branch was another
	Unworkable Code = "what_if_unworkable" // anything else; the reason says what
)

// codeOf is the code of what ended a question.
func codeOf(err error) Code {
	var field *whatif.FieldError
	switch {
	case errors.Is(err, ErrNoDay):
		return DayNotKept
	case errors.As(err, &field):
		return BadField
	}
	return Unworkable
}

// Over reports whether nothing more happens to the question.
func (s State) Over() bool { return s == Done || s == Cancelled || s == Failed }

// Entry is one question with how far it is. A running question's answer rests
// on the days done so far; a cancelled one keeps what it had.
type Entry struct {
	ID       int64           `json:"id"`
	State    State           `json:"state"`
	AskedAt  int64           `json:"asked_at"` // branch time, unix seconds
	Done     int             `json:"done"`     // units of work, of Total
	Total    int             `json:"total"`
	Reason   string          `json:"reason,omitempty"` // a failed one's, in a sentence
	Code     Code            `json:"code,omitempty"`   // a failed one's
	Question whatif.Question `json:"question"`
	// Demand is who comes on its days, so that questions with another demand are
	// not compared unawares; nil until the past days are read.
	Demand *whatif.Demand `json:"demand,omitempty"`
	Answer *whatif.Answer `json:"answer,omitempty"`
}

// Branch is what the queue needs of the branch that runs.
type Branch interface {
	State() *scheduler.State
	Now() int64
	Queued() int // commands that wait for the writer
}

// Records are the journal's records and snapshots, for past days.
type Records interface {
	Scan(from int64, fn func(seq int64, data []byte) error) error
	Snapshots(fn func(seq int64, version int, sum string, data []byte) bool) error
}

// Options of a queue. Branch and Records are required.
type Options struct {
	Branch  Branch
	Records Records
	Logger  *slog.Logger // nil: slog.Default()
	// Roster are the officers whose accounts may be used, for a question that is
	// asked before anybody came; nil or none: all that the branch knows.
	Roster func() []scheduler.OfficerID

	rest func(context.Context, time.Duration) // between two units; nil: sleeps as long
}

// Queue takes questions and works on them. Its methods may be called from any
// goroutine.
type Queue struct {
	o    Options
	wake chan struct{}
	stop context.CancelFunc
	ctx  context.Context
	all  sync.WaitGroup

	known known // the worker's

	mu     sync.Mutex
	look   bool // the last days are to be read, for Staffing
	lately lately
	kept   []*asked // oldest first
	lastID int64
	closed bool
}

// asked is one question under way. Everything but ask is guarded by the
// queue's lock.
type asked struct {
	Entry
	branch whatif.Base // as it was when asked
	seq    int64       // of the last record then
	number int         // days closed then
	ctx    context.Context
	cancel context.CancelFunc
}

// idStep leaves each start of the process a thousand ids a second of its own,
// so that an id from before a restart never names another question.
const idStep = 1000

// New starts the worker.
func New(o Options) *Queue {
	if o.Logger == nil {
		o.Logger = slog.Default()
	}
	if o.rest == nil {
		o.rest = sleep
	}
	q := &Queue{o: o, wake: make(chan struct{}, 1), lastID: o.Branch.Now() * idStep}
	q.ctx, q.stop = context.WithCancel(context.Background())
	for range Workers {
		q.all.Go(q.work)
	}
	return q
}

// Close cancels everything and returns when the worker has stopped.
func (q *Queue) Close() {
	q.mu.Lock()
	q.closed = true
	q.mu.Unlock()
	q.stop()
	q.all.Wait()
}

// Ask puts a question in the queue, about the branch as it is at this moment.
// The error is ErrBusy, ErrClosed, ErrNoDay, or a *whatif.FieldError.
func (q *Queue) Ask(question whatif.Question) (Entry, error) {
	state := q.o.Branch.State()
	branch := q.branch(state)
	if err := question.Validate(branch); err != nil {
		return Entry{}, err
	}
	if today := state.Floor.Day; !question.Day.IsZero() && (question.Day > today.Date || (question.Day == today.Date && today.Open)) {
		return Entry{}, &whatif.FieldError{Field: "day", Reason: "this day is not over; ask about a closed one, or about fresh days"}
	}
	if err := q.refuseUnknown(question.Day, state.Seq); err != nil {
		return Entry{}, err
	}
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.closed {
		return Entry{}, ErrClosed
	}
	waiting := 0
	for _, a := range q.kept {
		if a.State == Queued {
			waiting++
		}
	}
	if waiting >= MaxWaiting {
		return Entry{}, ErrBusy
	}
	q.lastID++
	a := &asked{Entry: Entry{ID: q.lastID, State: Queued, AskedAt: q.o.Branch.Now(), Question: question}, branch: branch, seq: state.Seq, number: closedDays(state)}
	a.ctx, a.cancel = context.WithCancel(q.ctx)
	q.kept = append(q.kept, a)
	q.forget()
	q.call()
	return a.Entry, nil
}

// branch is the branch as it is now, without its last days.
func (q *Queue) branch(s *scheduler.State) whatif.Base {
	var roster []scheduler.OfficerID
	if q.o.Roster != nil {
		roster = q.o.Roster()
	}
	return whatif.BaseOf(s, roster...)
}

// Staffing is the officers that a question about fresh days would be answered with
// now. Where that needs the last days and they are not read yet, it is what is known
// without them, and they are read soon.
func (q *Queue) Staffing() whatif.Staffing {
	state := q.o.Branch.State()
	b := q.branch(state)
	number := closedDays(state)
	q.mu.Lock()
	known, days := q.lately.number == number && q.lately.read, q.lately.days
	if !known && number > 0 && !q.closed {
		q.look = true
	}
	q.mu.Unlock()
	if known {
		b = b.Learn(days)
	} else if number > 0 {
		q.call()
	}
	return b.Staffing()
}

// call wakes the worker.
func (q *Queue) call() {
	select {
	case q.wake <- struct{}{}:
	default:
	}
}

// lookBack reads the last days if Staffing asked for them.
func (q *Queue) lookBack() {
	q.mu.Lock()
	look := q.look
	q.look = false
	q.mu.Unlock()
	if !look {
		return
	}
	defer func() {
		if p := recover(); p != nil {
			q.o.Logger.Error("the last days cannot be read", "fault", fmt.Sprint(p))
		}
	}()
	state := q.o.Branch.State()
	if _, err := q.lastDays(q.ctx, closedDays(state), state.Seq); err != nil && q.ctx.Err() == nil {
		q.o.Logger.Warn("a what-if does not know the last days", "error", err)
		q.mu.Lock()
		q.lately = lately{read: true, number: closedDays(state)} // not tried again at every look
		q.mu.Unlock()
	}
}

// refuseUnknown is ErrNoDay for a day that the records do not hold. Where they
// cannot be looked at now, the question is taken and its end tells.
func (q *Queue) refuseUnknown(date calendar.Date, last int64) error {
	if date.IsZero() {
		return nil
	}
	held, err := Held(q.o.Records, last, date)
	if err == nil && !held {
		return noDay(date)
	}
	return nil
}

// forget drops the oldest questions that are over.
func (q *Queue) forget() {
	for i := 0; len(q.kept) > MaxKept && i < len(q.kept); {
		if !q.kept[i].State.Over() {
			i++
			continue
		}
		q.kept = slices.Delete(q.kept, i, i+1)
	}
}

// Get returns the question, or false when it is not kept (any more).
func (q *Queue) Get(id int64) (Entry, bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if a := q.find(id); a != nil {
		return a.Entry, true
	}
	return Entry{}, false
}

// List returns the kept questions, newest first, without their answers.
func (q *Queue) List() []Entry {
	q.mu.Lock()
	defer q.mu.Unlock()
	list := make([]Entry, 0, len(q.kept))
	for _, a := range slices.Backward(q.kept) {
		e := a.Entry
		e.Answer = nil
		list = append(list, e)
	}
	return list
}

// Cancel stops a question after the unit under way; one that is over stays as
// it is.
func (q *Queue) Cancel(id int64) (Entry, bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	a := q.find(id)
	if a == nil {
		return Entry{}, false
	}
	if !a.State.Over() {
		a.State = Cancelled
		a.cancel()
	}
	return a.Entry, true
}

func (q *Queue) find(id int64) *asked {
	for _, a := range q.kept {
		if a.ID == id {
			return a
		}
	}
	return nil
}

// next takes the oldest question that waits.
func (q *Queue) next() *asked {
	q.mu.Lock()
	defer q.mu.Unlock()
	for _, a := range q.kept {
		if a.State == Queued {
			a.State = Running
			return a
		}
	}
	return nil
}

// work is the worker: questions in order, until the queue closes.
func (q *Queue) work() {
	gentle()
	for {
		a := q.next()
		if a == nil {
			q.lookBack()
			select {
			case <-q.ctx.Done():
				return
			case <-q.wake:
			}
			continue
		}
		q.answer(a)
		a.cancel()
		if q.ctx.Err() != nil {
			return
		}
	}
}

// answer works on one question until it is done, cancelled or fails. A panic
// of the rules fails the question, never the branch.
func (q *Queue) answer(a *asked) {
	defer func() {
		if p := recover(); p != nil {
			q.o.Logger.Error("a what-if failed", "fault", fmt.Sprint(p))
			q.end(a, Failed, Unworkable, "The question could not be worked out: an inner fault, which was logged. Ask another one.")
		}
	}()
	s, err := q.begin(a)
	for err == nil && a.ctx.Err() == nil {
		q.yield(a.ctx)
		began := time.Now()
		more := false
		if more, err = s.Next(); err != nil || !more {
			break
		}
		q.note(a, s)
		q.o.rest(a.ctx, time.Since(began))
	}
	switch {
	case a.ctx.Err() != nil:
		q.end(a, Cancelled, "", "")
	case err != nil:
		q.end(a, Failed, codeOf(err), err.Error())
	default:
		q.note(a, s)
		q.end(a, Done, "", "")
	}
}

// begin makes the study, reading the past day from the journal if one is asked.
func (q *Queue) begin(a *asked) (*whatif.Study, error) {
	base, err := q.base(a)
	if err != nil {
		return nil, err
	}
	s, err := whatif.New(a.Question, base)
	if err != nil {
		return nil, err
	}
	demand := s.Demand()
	q.mu.Lock()
	defer q.mu.Unlock()
	a.Demand = &demand
	return s, nil
}

// closedDays is how many days the branch has closed.
func closedDays(s *scheduler.State) int {
	if s.Floor.Day.Open {
		return s.Floor.Day.Number - 1
	}
	return s.Floor.Day.Number
}

// noteEvery bounds how often the partial answer is worked out anew: a screen
// asks about once a second.
const noteEvery = 4

// note keeps how far the question is, and its answer so far.
func (q *Queue) note(a *asked, s *whatif.Study) {
	done, total := s.Progress()
	var answer *whatif.Answer
	if done%noteEvery == 0 || done == total {
		part := s.Answer()
		answer = &part
	}
	q.mu.Lock()
	defer q.mu.Unlock()
	a.Done, a.Total = done, total
	if answer != nil {
		a.Answer = answer
	}
}

func (q *Queue) end(a *asked, state State, code Code, reason string) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if !a.State.Over() {
		a.State, a.Code, a.Reason = state, code, reason
	}
}

// The branch comes first: while more than this many commands wait for the
// writer the worker stands still, looking again after a while.
const (
	calmCommands = 4
	calmLook     = 5 * time.Millisecond
	breath       = 5 * time.Millisecond // after a stretch of reading that takes about as long
)

func (q *Queue) yield(ctx context.Context) {
	for q.o.Branch.Queued() > calmCommands && ctx.Err() == nil {
		q.o.rest(ctx, calmLook)
	}
}

func sleep(ctx context.Context, d time.Duration) {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
	case <-t.C:
	}
}
