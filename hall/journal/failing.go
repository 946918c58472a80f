package journal

import (
	"fmt"
	"sync"
)

// Fault is a way in which a Failing journal fails to write.
type Fault int

const (
	// FaultNone writes.
	FaultNone Fault = iota
	// FaultFull refuses with ErrFull and writes nothing, until the fault is set to another.
	FaultFull
	// FaultCommitLost returns ErrCommit for the next write and every one after; nothing was written.
	FaultCommitLost
	// FaultCommitKept returns ErrCommit for the next write and every one after; that next one was written
	// nevertheless, as happens when the last flush of a commit fails.
	FaultCommitKept
)

// Failing is a Memory whose writes fail on demand; reads always work. After a commit fault it stays failed, as
// a Journal does; Restart is what the next process would find. Use NewFailing.
type Failing struct {
	*Memory

	mu     sync.Mutex
	fault  Fault
	failed error
}

// NewFailing returns an empty journal that does not fail yet.
func NewFailing() *Failing { return &Failing{Memory: NewMemory()} }

// Fail chooses how the next writes fail.
func (f *Failing) Fail(kind Fault) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.fault = kind
}

// Restart returns what a new process would find: the same records, and no failure.
func (f *Failing) Restart() *Failing { return &Failing{Memory: f.Memory} }

// write runs a write of the Memory under the chosen fault.
func (f *Failing) write(do func() error) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.failed != nil {
		return f.failed
	}
	switch f.fault {
	case FaultFull:
		return fmt.Errorf("%w (a test)", ErrFull)
	case FaultCommitLost, FaultCommitKept:
		if f.fault == FaultCommitKept {
			if err := do(); err != nil {
				return err // refused before the commit, as a Journal would
			}
		}
		f.failed = fmt.Errorf("%w (a test)", ErrCommit)
		return f.failed
	}
	return do()
}

// Append fails or appends.
func (f *Failing) Append(entries []Entry) error {
	if len(entries) == 0 {
		return nil
	}
	return f.write(func() error { return f.Memory.Append(entries) })
}

// SaveSnapshot fails or saves.
func (f *Failing) SaveSnapshot(s Snapshot) error {
	return f.write(func() error { return f.Memory.SaveSnapshot(s) })
}

// Cut fails or cuts.
func (f *Failing) Cut(before int64) error {
	return f.write(func() error { return f.Memory.Cut(before) })
}

// PutDoc fails or puts.
func (f *Failing) PutDoc(name string, data []byte) error {
	return f.write(func() error { return f.Memory.PutDoc(name, data) })
}

// MarkJob fails or marks.
func (f *Failing) MarkJob(name, date string) error {
	return f.write(func() error { return f.Memory.MarkJob(name, date) })
}
