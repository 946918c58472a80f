package ledger

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"lapak/scheduler"
	"lapak/scheduler/calendar"
	"lapak/scheduler/report"
)

// Pace and limits of the ledger.
const (
	// lookEvery is how often it looks whether there is something to read.
	lookEvery = 500 * time.Millisecond
	// feedAtOnce bounds the records that are read at once: some tens of
	// milliseconds, after which it rests as long.
	feedAtOnce = 500
	// behind is how many records may pass before they are read although nobody
	// asks for today: it keeps the next question short.
	behind = 2000
	// patience is how long a question waits for the journal to be read.
	patience = 8 * time.Second
	// MaxPeriodDays bounds the period of one report: a leap year.
	MaxPeriodDays = 366
	// MaxDays bounds the kept days: five years of working days.
	MaxDays = 1300
	// maxCached bounds the days that are held decoded: a year and the year before
	// it, some ten megabytes.
	maxCached = 2 * MaxPeriodDays
)

// Errors of Report.
var (
	// ErrReading says that the journal is still being read. Ask again in a moment.
	ErrReading = errors.New("ledger: the journal is still being read")
	// ErrPeriod says that the period cannot be.
	ErrPeriod = errors.New("ledger: the period ends before it begins, or is too long")
)

// Branch is what the ledger needs of the branch that runs.
type Branch interface {
	State() *scheduler.State
	Queued() int // commands that wait for the writer
}

// Records are the journal: its records, its snapshots, and a place for documents.
type Records interface {
	Scan(from int64, fn func(seq int64, data []byte) error) error
	Snapshots(fn func(seq int64, version int, sum string, data []byte) bool) error
	Doc(name string) ([]byte, error)
	PutDoc(name string, data []byte) error
}

// Options of a ledger. Branch and Records are required.
type Options struct {
	Branch  Branch
	Records Records
	Logger  *slog.Logger // nil: slog.Default()
}

// Kept is which days have facts.
type Kept struct {
	First calendar.Date `json:"first,omitzero"`
	Last  calendar.Date `json:"last,omitzero"`
	Days  int           `json:"days"`
}

// Ledger follows the journal until it is closed. Its methods may be called from any
// goroutine.
type Ledger struct {
	o    Options
	ctx  context.Context
	stop context.CancelFunc
	done sync.WaitGroup
	ask  chan struct{} // somebody waits for today

	reading sync.Mutex // one reader of many documents at a time

	mu    sync.Mutex // guards what follows
	fold  *report.Fold
	ended []*report.Day // closed and not kept yet: the disk may be full
	fed   chan struct{} // closed and made anew whenever the fold went on
	index index
	cache map[calendar.Date]*report.Day

	versions []Version // of the policy, oldest first
	made     []made    // those that are not written down yet
}

// New starts the ledger.
func New(o Options) *Ledger {
	if o.Logger == nil {
		o.Logger = slog.Default()
	}
	l := &Ledger{o: o, ask: make(chan struct{}, 1), fed: make(chan struct{}), cache: map[calendar.Date]*report.Day{}}
	l.ctx, l.stop = context.WithCancel(context.Background())
	l.done.Go(l.run)
	return l
}

// Close stops the ledger.
func (l *Ledger) Close() {
	l.stop()
	l.done.Wait()
}

// run is the one goroutine.
func (l *Ledger) run() {
	if err := safely(l.begin); err != nil {
		l.o.Logger.Warn("reports: the kept days cannot be read; they are folded from the journal", "error", err)
	}
	tick := time.NewTicker(lookEvery)
	defer tick.Stop()
	asked := true // the first look reads what is there
	said := ""
	for {
		if asked || l.due() {
			err := safely(func() error { return l.catchUp() })
			if err != nil && err.Error() != said && l.ctx.Err() == nil {
				said = err.Error() // once, not twice a second
				l.o.Logger.Warn("reports: the journal cannot be folded", "error", err)
			}
		}
		asked = false
		select {
		case <-l.ctx.Done():
			return
		case <-l.ask:
			asked = true
		case <-tick.C:
		}
	}
}

// safely turns a panic of the rules into an error: the branch goes on without its
// reports.
func safely(do func() error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("an inner fault: %v", p)
		}
	}()
	return do()
}

// due reports whether there is something to read that nobody asked for: a day may
// have closed, or much has happened.
func (l *Ledger) due() bool {
	s := l.o.Branch.State()
	l.mu.Lock()
	defer l.mu.Unlock()
	return len(l.ended) > 0 || len(l.made) > 0 || l.fold != nil && s.Seq > l.fold.Seq() && (!s.Floor.Day.Open || s.Seq > l.fold.Seq()+behind || s.Floor.Day.Number > l.index.Number)
}

// catchUp reads the records that came since, with rests.
func (l *Ledger) catchUp() error {
	for l.ctx.Err() == nil {
		if l.o.Branch.Queued() > 0 {
			l.rest(lookEvery / 50)
			continue
		}
		began := time.Now()
		more, err := l.feedSome()
		if err != nil || !more {
			return err
		}
		l.rest(time.Since(began))
	}
	return nil
}

func (l *Ledger) rest(d time.Duration) {
	select {
	case <-l.ctx.Done():
	case <-time.After(d):
	}
}

var errEnough = errors.New("ledger: read enough")

// feedSome folds the next records, and keeps the days that closed in them.
func (l *Ledger) feedSome() (more bool, err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	defer func() { close(l.fed); l.fed = make(chan struct{}) }()
	if err := l.keepEnded(); err != nil {
		return false, err
	}
	s := l.o.Branch.State()
	if l.fold == nil || l.fold.Seq() >= s.Seq {
		return false, nil
	}
	n := 0
	err = l.o.Records.Scan(l.fold.Seq()+1, func(_ int64, data []byte) error {
		if n++; n > feedAtOnce {
			return errEnough
		}
		rec, err := scheduler.Decode(data)
		if err != nil {
			return err
		}
		for _, e := range rec.Events {
			if set, ok := e.(scheduler.PolicySet); ok {
				l.policySet(&rec, set.Policy)
			}
		}
		day, err := l.fold.Add(rec)
		if day != nil {
			l.ended = append(l.ended, day)
		}
		return err
	})
	switch {
	case errors.Is(err, errEnough):
		return true, nil
	case err != nil: // go on with what comes; the day under way will be marked as partial
		l.fold = report.NewFold(s)
	default:
		if f := l.o.Branch.State().Floor.Day; f.Open {
			l.index.Number = f.Number
		}
	}
	return false, errors.Join(err, l.keepEnded())
}

// Report is the report of a period, with the kept days that it rests on. It waits a
// little for the journal to be read up to now.
func (l *Ledger) Report(ctx context.Context, from, to calendar.Date, by report.By) (report.Report, error) {
	days, err := l.days(ctx, from, to)
	if err != nil {
		return report.Report{}, err
	}
	return report.Of(from, to, by, days), nil
}

// Kept tells which days have facts.
func (l *Ledger) Kept() Kept {
	l.mu.Lock()
	defer l.mu.Unlock()
	k := Kept{Days: len(l.index.Days)}
	if k.Days > 0 {
		k.First, k.Last = l.index.Days[0], l.index.Days[k.Days-1]
	}
	return k
}

// upToDate waits until the fold has reached the branch's present record.
func (l *Ledger) upToDate(ctx context.Context) error {
	want := l.o.Branch.State().Seq
	wait := time.NewTimer(patience)
	defer wait.Stop()
	for {
		l.mu.Lock()
		there := l.fold != nil && l.fold.Seq() >= want
		fed := l.fed
		l.mu.Unlock()
		if there {
			return nil
		}
		select {
		case l.ask <- struct{}{}:
		default:
		}
		select {
		case <-fed:
		case <-wait.C:
			return ErrReading
		case <-l.ctx.Done():
			return ErrReading
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// days are the days of a period that have facts, ascending, today so far included.
func (l *Ledger) days(ctx context.Context, from, to calendar.Date) ([]*report.Day, error) {
	if to < from || int(to-from) >= MaxPeriodDays {
		return nil, ErrPeriod
	}
	if err := l.upToDate(ctx); err != nil {
		return nil, err
	}
	l.reading.Lock()
	defer l.reading.Unlock()
	var list []*report.Day
	for _, date := range l.dates(from, to) {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		day, err := l.day(date)
		if err != nil {
			l.o.Logger.Warn("reports: a kept day cannot be read and is left out", "date", date.String(), "error", err)
			continue
		}
		list = append(list, day)
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if today := l.fold.Today(); today != nil && from <= today.Date && today.Date <= to {
		if n := len(list); n > 0 && list[n-1].Date == today.Date { // closed and opened again
			today = report.Join(list[n-1], today)
			list = list[:n-1]
		}
		list = append(list, today)
	}
	return list, nil
}
