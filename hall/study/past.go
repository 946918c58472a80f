package study

import (
	"context"
	"errors"
	"fmt"

	"lapak/scheduler"
	"lapak/scheduler/calendar"
	"lapak/scheduler/rehearsal/past"
	"lapak/scheduler/whatif"
)

const (
	// LearnDays is how many of the last closed days fresh days are drawn from:
	// two working weeks hold every weekday twice.
	LearnDays = 10
	// learnRecords bounds the records that are read for them: some twenty busy
	// days, read in a few seconds at the worker's pace.
	learnRecords = 100_000
	// breathEvery is after how many records the worker rests: some milliseconds
	// of reading.
	breathEvery = 100
)

// ErrNoDay says that the journal does not hold the day asked about.
var ErrNoDay = errors.New("the day is not in the journal")

// ErrEmptyDay says that the branch could do nothing on the day asked about, so
// that there is nothing to play again.
var ErrEmptyDay = errors.New("the day has nothing to play again")

// errEnough ends a scan early.
var errEnough = errors.New("study: read enough")

// ReadDay reads one past day from the records: from the newest snapshot before
// it, or from the first record. The error is ErrNoDay when the day never was,
// is still open or was cut, and ErrEmptyDay when the branch had no room or no
// officer on that day, or nobody came. rest is called every so many records and
// may stop the reading by an error.
func ReadDay(r Records, date calendar.Date, rest func() error) (*past.Day, error) {
	start, err := before(r, true, func(s *scheduler.State) bool { return s.Floor.Day.Date < date })
	if err != nil {
		return nil, err
	}
	rec := past.NewRecorder(start, func(d calendar.Date) bool { return d == date })
	if err := read(r, rec, rest, func() bool { return len(rec.Days()) > 0 }); err != nil {
		return nil, err
	}
	if len(rec.Days()) == 0 {
		return nil, noDay(date)
	}
	p := rec.Days()[0]
	return p, played(p)
}

// played tells whether a past day can be played again.
func played(p *past.Day) error {
	lacked := ""
	switch {
	case len(p.Rooms) == 0:
		lacked = "the branch had no room"
	case len(p.Officers) == 0:
		lacked = "no officer was on shift"
	case p.People.Visits() == 0:
		lacked = "nobody came"
	default:
		return nil
	}
	return fmt.Errorf("%w: %s on %s; choose another closed day", ErrEmptyDay, lacked, p.Date)
}

// ReadLast reads the last closed days, as many as a bounded number of records
// holds.
func ReadLast(r Records, last int64, rest func() error) ([]*past.Day, error) {
	start := scheduler.New()
	if last > learnRecords {
		var err error
		if start, err = before(r, false, func(s *scheduler.State) bool { return s.Seq >= last-learnRecords }); err != nil {
			return nil, err
		}
		if start.Seq == 0 {
			return nil, nil // no snapshot lies near enough
		}
	}
	rec := past.NewRecorder(start, func(calendar.Date) bool { return true })
	if err := read(r, rec, rest, func() bool { return false }); err != nil {
		return nil, err
	}
	days := rec.Days()
	return days[max(0, len(days)-LearnDays):], nil
}

func noDay(date calendar.Date) error {
	return fmt.Errorf("%w: %s was no day of this branch, is not closed yet, or its records were cut", ErrNoDay, date)
}

// before is the newest or the oldest kept snapshot that fits, else the state
// before the first record.
func before(r Records, newest bool, fits func(*scheduler.State) bool) (*scheduler.State, error) {
	start := scheduler.New()
	err := r.Snapshots(func(seq int64, version int, sum string, data []byte) bool {
		s, err := scheduler.DecodeState(data)
		if version == scheduler.StateVersion && err == nil && s.Seq == seq && scheduler.Sum(s) == sum && fits(s) {
			start = s
			return newest
		}
		return false
	})
	return start, err
}

// read gives the recorder the records after the one it has, until enough.
func read(r Records, rec *past.Recorder, rest func() error, enough func() bool) error {
	n := 0
	err := r.Scan(rec.Seq()+1, func(seq int64, data []byte) error {
		if n++; n%breathEvery == 0 {
			if err := rest(); err != nil {
				return err
			}
		}
		one, err := scheduler.Decode(data)
		if err != nil {
			return err
		}
		if err := rec.Add(one); err != nil {
			return err
		}
		if enough() {
			return errEnough
		}
		return nil
	})
	if err != nil && !errors.Is(err, errEnough) {
		return fmt.Errorf("study: read the journal after record %d: %w", rec.Seq(), err)
	}
	return nil
}

// base is the branch that the question is about: as it was asked, with what
// its last days showed, or as it was on a past day.
func (q *Queue) base(a *asked) (whatif.Base, error) {
	rest := q.pause(a.ctx)
	if date := a.Question.Day; !date.IsZero() {
		p, err := q.known.day(date, func() (*past.Day, error) { return ReadDay(q.o.Records, date, rest) })
		if err == nil {
			err = played(p) // one that is known from the last days was not asked about before
		}
		if err != nil {
			return whatif.Base{}, err
		}
		return whatif.BaseOfDay(p), nil
	}
	days, err := q.lastDays(a.ctx, a.number, a.seq)
	if err != nil {
		if a.ctx.Err() == nil {
			q.o.Logger.Warn("a what-if does not know the last days", "error", err)
		}
		return a.branch, a.ctx.Err()
	}
	return a.branch.Learn(days), nil
}

// pause lets the branch go first while records are read.
func (q *Queue) pause(ctx context.Context) func() error {
	return func() error {
		q.yield(ctx)
		q.o.rest(ctx, breath)
		return ctx.Err()
	}
}

// lately are the last days as Staffing knows them.
type lately struct {
	read   bool
	number int
	days   []*past.Day
}

// lastDays reads the last days, unless they are known.
func (q *Queue) lastDays(ctx context.Context, number int, seq int64) ([]*past.Day, error) {
	days, err := q.known.last(number, func() ([]*past.Day, error) { return ReadLast(q.o.Records, seq, q.pause(ctx)) })
	if err == nil {
		q.mu.Lock()
		q.lately = lately{read: true, number: number, days: days}
		q.mu.Unlock()
	}
	return days, err
}

// known are the past days that were read, so that the next question need not
// read them again. Only the worker uses it.
type known struct {
	days   []*past.Day // the last asked for, oldest first
	number int         // of the branch's day when the last ones were read
	lately []*past.Day
}

// maxKnown bounds the kept days: a manager looks at a few, and each holds a
// state of a megabyte.
const maxKnown = 4

func (k *known) day(date calendar.Date, read func() (*past.Day, error)) (*past.Day, error) {
	for _, p := range append(k.days[:len(k.days):len(k.days)], k.lately...) {
		if p.Date == date {
			return p, nil
		}
	}
	p, err := read()
	if err != nil {
		return nil, err
	}
	if k.days = append(k.days, p); len(k.days) > maxKnown {
		k.days = k.days[1:]
	}
	return p, nil
}

func (k *known) last(number int, read func() ([]*past.Day, error)) ([]*past.Day, error) {
	if k.number == number && number != 0 {
		return k.lately, nil
	}
	days, err := read()
	if err == nil {
		k.number, k.lately = number, days
	}
	return days, err
}
