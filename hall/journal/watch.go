package journal

import (
	"sync"
	"time"
)

// watch knows which read transactions are open and since when.
type watch struct {
	onSlow func()

	mu    sync.Mutex
	next  uint64
	since map[uint64]time.Time
	slow  int64
}

func newWatch(panics bool) *watch {
	w := &watch{since: map[uint64]time.Time{}}
	if panics {
		w.onSlow = func() {
			panic("journal: a read transaction has been open for more than " + slowRead.String())
		}
	}
	return w
}

// begin registers a read transaction and returns what ends it.
func (w *watch) begin() (end func()) {
	w.mu.Lock()
	defer w.mu.Unlock()
	id := w.next
	w.next++
	w.since[id] = time.Now()
	alarm := time.AfterFunc(slowRead, w.count)
	return func() {
		alarm.Stop()
		w.mu.Lock()
		defer w.mu.Unlock()
		delete(w.since, id)
	}
}

func (w *watch) count() {
	w.mu.Lock()
	w.slow++
	w.mu.Unlock()
	if w.onSlow != nil {
		w.onSlow()
	}
}

// Stats are figures for the branch's metrics.
type Stats struct {
	FileBytes  int64         // size of the file
	Pages      int64         // pages below the high-water mark
	FreePages  int64         // pages among them that are free or will be
	OpenReads  int           // read transactions open now
	OldestRead time.Duration // how long the oldest of them has been open
	SlowReads  int64         // read transactions that were open for more than 30 seconds
}

func (w *watch) fill(s *Stats) {
	w.mu.Lock()
	defer w.mu.Unlock()
	s.OpenReads, s.SlowReads = len(w.since), w.slow
	for _, t := range w.since {
		s.OldestRead = max(s.OldestRead, time.Since(t))
	}
}
