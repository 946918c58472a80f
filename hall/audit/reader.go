package audit

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"lapak/scheduler"
	"lapak/scheduler/audit"
	"lapak/scheduler/calendar"
)

// Pace and limits of the reading.
const (
	// atOnce bounds the records that are read at once: some tens of milliseconds,
	// after which the reader rests as long.
	atOnce = 500
	// busyRest is how long it waits while commands wait for the writer.
	busyRest = 10 * time.Millisecond
	// maxKept bounds the days that are held: a manager compares a few, and each
	// takes some megabytes.
	maxKept = 3
	// patience is how long a question waits; the reading goes on after it.
	patience = 8 * time.Second
)

// Errors of Day.
var (
	// ErrReading says that the day is still being read. Ask again in a moment.
	ErrReading = errors.New("audit: the day is still being read")
	// ErrNoDay says that the branch had no such day, or that its records were cut.
	ErrNoDay = errors.New("audit: the day is not in the journal")
)

// Branch is what the reader needs of the branch that runs.
type Branch interface {
	State() *scheduler.State
	Queued() int // commands that wait for the writer
}

// Records are the journal.
type Records interface {
	Scan(from int64, fn func(seq int64, data []byte) error) error
	Snapshots(fn func(seq int64, version int, sum string, data []byte) bool) error
}

// Reader reads days. Its methods may be called from any goroutine.
type Reader struct {
	branch  Branch
	records Records
	ctx     context.Context
	stop    context.CancelFunc
	done    sync.WaitGroup
	working chan struct{} // holds one token: one day is read at a time

	mu   sync.Mutex
	kept []*kept // the last asked for is the last
}

// kept is one day that is read or being read.
type kept struct {
	date  calendar.Date
	fold  *audit.Fold // of the goroutine that holds the token
	day   *audit.Day  // as of its reading; set before ready is closed
	ready chan struct{}
	err   error // set before ready is closed
}

// New makes a reader. Close it before the journal.
func New(branch Branch, records Records) *Reader {
	r := &Reader{branch: branch, records: records, working: make(chan struct{}, 1)}
	r.ctx, r.stop = context.WithCancel(context.Background())
	return r
}

// Close stops the reading and waits for it.
func (r *Reader) Close() {
	r.mu.Lock()
	r.stop()
	r.mu.Unlock()
	r.done.Wait()
}

// Day is what was done on a day, today up to the last record. It waits a little for
// the journal to be read. The caller owns what it gets.
func (r *Reader) Day(ctx context.Context, date calendar.Date) (*audit.Day, error) {
	k := r.read(date)
	if k == nil {
		return nil, ErrReading // it stops
	}
	wait := time.NewTimer(patience)
	defer wait.Stop()
	select {
	case <-k.ready:
		if k.err != nil {
			return nil, k.err
		}
		return k.day.Clone(), nil
	case <-wait.C:
		return nil, ErrReading
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// read finds the reading of a day that is under way or still true, or begins one.
func (r *Reader) read(date calendar.Date) *kept {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.ctx.Err() != nil {
		return nil
	}
	next := &kept{date: date, ready: make(chan struct{})}
	for i, k := range r.kept {
		if k.date != date {
			continue
		}
		select {
		case <-k.ready:
		default:
			return k
		}
		if k.err == nil && (k.fold.Over() || k.fold.Seq() >= r.branch.State().Seq) {
			return k
		}
		if k.err == nil {
			next.fold = k.fold
		}
		r.kept = append(r.kept[:i], r.kept[i+1:]...)
		break
	}
	r.kept = append(r.kept, next)
	if len(r.kept) > maxKept {
		r.kept = r.kept[1:]
	}
	r.done.Go(func() {
		defer close(next.ready)
		next.day, next.err = r.fold(next)
	})
	return next
}

// fold reads the day up to the branch's present record.
func (r *Reader) fold(k *kept) (day *audit.Day, err error) {
	select {
	case r.working <- struct{}{}:
	case <-r.ctx.Done():
		return nil, ErrReading
	}
	defer func() { <-r.working }()
	defer func() { // a fault of the rules ends the question, not the branch
		if p := recover(); p != nil {
			err = fmt.Errorf("audit: read %s: an inner fault: %v", k.date, p)
		}
	}()
	if k.fold == nil {
		start, err := r.start(k.date)
		if err != nil {
			return nil, err
		}
		k.fold = audit.NewFold(start, k.date)
	}
	for want := r.branch.State().Seq; k.fold.Seq() < want && !k.fold.Over(); {
		if r.ctx.Err() != nil {
			return nil, ErrReading
		}
		if r.branch.Queued() > 0 {
			r.rest(busyRest)
			continue
		}
		began := time.Now()
		if err := r.some(k.fold); err != nil {
			return nil, err
		}
		r.rest(time.Since(began))
	}
	if !k.fold.Begun() {
		return nil, fmt.Errorf("%w: %s", ErrNoDay, k.date)
	}
	return k.fold.Day(), nil
}

func (r *Reader) rest(d time.Duration) {
	select {
	case <-r.ctx.Done():
	case <-time.After(d):
	}
}

var errEnough = errors.New("audit: read enough")

// some folds the next records.
func (r *Reader) some(f *audit.Fold) error {
	n := 0
	err := r.records.Scan(f.Seq()+1, func(_ int64, data []byte) error {
		if n++; n > atOnce || f.Over() {
			return errEnough
		}
		rec, err := scheduler.Decode(data)
		if err != nil {
			return err
		}
		return f.Add(rec)
	})
	if err != nil && !errors.Is(err, errEnough) {
		return fmt.Errorf("audit: read the journal after record %d: %w", f.Seq(), err)
	}
	return nil
}

// start is the state to begin at: the newest snapshot before the day; else the state
// before the first record; else, when those are cut, the oldest snapshot, if it is
// not after the day.
func (r *Reader) start(date calendar.Date) (*scheduler.State, error) {
	var before, oldest *scheduler.State
	err := r.records.Snapshots(func(seq int64, version int, sum string, data []byte) bool {
		s, err := scheduler.DecodeState(data)
		if version != scheduler.StateVersion || err != nil || s.Seq != seq || scheduler.Sum(s) != sum {
			return false
		}
		oldest = s
		// What was set up before the first day belongs to it.
		if day := s.Floor.Day.Date; day > 0 && day < date {
			before = s
		}
		return before != nil
	})
	if err != nil || before != nil {
		return before, err
	}
	first := r.records.Scan(1, func(int64, []byte) error { return errEnough })
	if first == nil || errors.Is(first, errEnough) {
		return scheduler.New(), nil
	}
	if oldest != nil && (oldest.Floor.Day.Date == 0 || oldest.Floor.Day.Date == date) {
		return oldest, nil
	}
	return nil, fmt.Errorf("%w: %s", ErrNoDay, date)
}
