package outlook

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"lapak/scheduler"
	"lapak/scheduler/forecast"
	"lapak/scheduler/forecast/twin"
	"lapak/scheduler/learning"
)

// Pace of the outlook.
const (
	// everyS is how old a forecast may grow, in branch seconds: four a minute
	// follow the floor, and people are told a new time at most once a minute.
	everyS = 15
	// restTimes is how many times longer than it worked the outlook rests, so
	// that a fast demo costs a quarter of a processor at most.
	restTimes = 3
	// lookEvery is how often the branch is looked at: often enough for a fast
	// demo's quarter of a minute.
	lookEvery = 250 * time.Millisecond
	// saveEveryS is how many branch seconds of learning a crash may cost a start
	// to measure again from the records; nothing is lost by it.
	saveEveryS = 3600
)

// Branch is what the outlook needs of the branch that runs.
type Branch interface {
	State() *scheduler.State
	Now() int64
	Held() bool  // the date is in doubt: nothing is told
	Queued() int // commands that wait for the writer
}

// Records are the journal: its records, its snapshots, and a place to keep what
// was learned.
type Records interface {
	Scan(from int64, fn func(seq int64, data []byte) error) error
	Snapshots(fn func(seq int64, version int, sum string, data []byte) bool) error
	Doc(name string) ([]byte, error)
	PutDoc(name string, data []byte) error
}

// Options of an outlook. Branch, Records and Give are required.
type Options struct {
	Branch  Branch
	Records Records
	// Silent keeps what is found out of the branch: nothing is given.
	Silent bool
	// Give submits a command of the system's.
	Give   func(ctx context.Context, c scheduler.Command) error
	Logger *slog.Logger // nil: slog.Default()
}

// Outlook learns and forecasts until it is closed. Its methods may be called
// from any goroutine.
type Outlook struct {
	o      Options
	ctx    context.Context
	stop   context.CancelFunc
	done   sync.WaitGroup
	newest atomic.Pointer[forecast.Forecast]
	tookNS atomic.Int64 // the last forecast

	mu      sync.Mutex // guards what follows
	learner *learning.Learner

	// Of the goroutine alone.
	savedAt    int64             // branch time
	learnedFor int               // number of the day whose start was given the learned times
	said       map[string]string // the last trouble, by what was under way: each is logged once
}

// New starts the outlook.
func New(o Options) *Outlook {
	if o.Logger == nil {
		o.Logger = slog.Default()
	}
	l := &Outlook{o: o, said: map[string]string{}}
	l.ctx, l.stop = context.WithCancel(context.Background())
	l.done.Go(l.run)
	return l
}

// Close stops the outlook and keeps what it learned.
func (l *Outlook) Close() {
	l.stop()
	l.done.Wait()
}

// Newest is the newest forecast, or nil before the first. It is never changed.
func (l *Outlook) Newest() *forecast.Forecast { return l.newest.Load() }

// Took is how long the newest forecast took.
func (l *Outlook) Took() time.Duration { return time.Duration(l.tookNS.Load()) }

// Report is everything that was learned so far, or false before the journal was
// read.
func (l *Outlook) Report() (learning.Report, bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.learner == nil {
		return learning.Report{}, false
	}
	return l.learner.Report(l.o.Branch.Now()), true
}

// Work is how the officers' time was used today, or false before the journal
// was read.
func (l *Outlook) Work() (learning.Work, bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.learner == nil {
		return learning.Work{}, false
	}
	return l.learner.Work(l.o.Branch.Now()), true
}

// Drawings are the kept versions of a room, newest first, or false before the
// journal was read.
func (l *Outlook) Drawings(room scheduler.RoomID) ([]learning.Drawing, bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.learner == nil {
		return nil, false
	}
	return l.learner.Drawings(room), true
}

// run is the one goroutine.
func (l *Outlook) run() {
	l.safely("read the journal", l.begin)
	tick := time.NewTicker(lookEvery)
	defer tick.Stop()
	var rest time.Duration
	for {
		select {
		case <-l.ctx.Done():
			l.safely("keep what was learned", l.save)
			return
		case <-tick.C:
		}
		if rest -= lookEvery; rest > 0 || l.o.Branch.Queued() > 0 {
			continue
		}
		began := time.Now()
		l.safely("learn", l.follow)
		l.safely("look ahead", l.look)
		rest = restTimes * time.Since(began)
	}
}

// safely turns a panic of the rules into a line in the log: the branch goes on
// without its outlook. The same trouble is said once, not four times a second.
func (l *Outlook) safely(what string, do func() error) {
	err := func() (err error) {
		defer func() {
			if p := recover(); p != nil {
				err = fmt.Errorf("an inner fault: %v", p)
			}
		}()
		return do()
	}()
	if err == nil || l.ctx.Err() != nil {
		delete(l.said, what)
		return
	}
	if l.said[what] != err.Error() {
		l.said[what] = err.Error()
		l.o.Logger.Warn("the outlook is delayed", "at", what, "error", err)
	}
}

// look makes a forecast when the last one has grown old, or the line has grown or shrunk
// much since, and tells what has changed for people.
func (l *Outlook) look() error {
	s, now := l.o.Branch.State(), l.o.Branch.Now()
	last := l.newest.Load()
	if !s.Floor.Day.Open || l.o.Branch.Held() || (last != nil && last.At <= now && now < last.At+everyS && !last.Outrun(s)) {
		return nil
	}
	began := time.Now()
	in := twin.Input{State: s, Now: now, Seed: uint64(s.Seq), Stop: func() bool { return l.ctx.Err() != nil }}
	l.mu.Lock()
	if l.learner != nil {
		times := l.learner.Now(now)
		in.Times = &times
		usual, habits := twin.Usual(), l.learner.Habits()
		usual.NoShowPct, usual.BookedAwayPct = habits.NoShowPct, habits.MissedPct
		usual.MissingPct, usual.LeavePermilleHour = habits.PapersPct, habits.LeavePermilleHour
		in.Usual = &usual
		for _, r := range l.learner.Breaks(now) {
			in.Breaks = append(in.Breaks, twin.Break{Officer: r.Officer, At: r.At, ForS: r.ForS})
		}
	}
	l.mu.Unlock()
	f := forecast.Of(in)
	l.tookNS.Store(int64(time.Since(began)))
	if l.ctx.Err() != nil {
		return nil
	}
	l.newest.Store(&f)
	tell, changed := f.Tell(l.o.Branch.State(), l.o.Branch.Now())
	if !changed {
		return nil
	}
	return l.give(tell)
}

// give submits a command; a refusal that says that nothing would change is no
// trouble.
func (l *Outlook) give(c scheduler.Command) error {
	if l.o.Silent {
		return nil
	}
	err := l.o.Give(l.ctx, c)
	var no *scheduler.Refusal
	if errors.Is(err, scheduler.ErrNothing) || (errors.As(err, &no) && no.Class == scheduler.Conflict) {
		return nil // the branch moved on: the next look tells
	}
	return err
}
