package journal

import (
	"errors"
	"fmt"
	"strings"

	bolt "go.etcd.io/bbolt"
	bolterrors "go.etcd.io/bbolt/errors"
)

const (
	// recheckBytes is how much may be written before the free space is asked for again. Counting bytes and
	// not seconds bounds what the journal itself can take of the reserve: at most this much, whatever the
	// load and whatever the clock does. Another program that fills the disk in between is still caught by
	// the write that fails.
	recheckBytes = 1 << 20
	// commitBytes is what a commit may write beside its data: the pages on the way to the root, at most
	// some dozen of 4 KiB.
	commitBytes = 64 << 10
)

// Append writes the entries in one transaction and returns when they are on the disk. They must continue the
// journal: the first one with the seq after Last, then one by one. No entry at all is no write and no error.
//
// ErrGap, ErrTooLarge, ErrFull and ErrClosed mean that nothing was written. ErrCommit means that nobody knows:
// the process must stop. After ErrCommit every further write returns it again.
func (j *Journal) Append(entries []Entry) error {
	if len(entries) == 0 {
		return nil
	}
	j.writer.Lock()
	defer j.writer.Unlock()
	last, base := j.marks()
	size, err := checkEntries(entries, last.seq)
	if err != nil {
		return err
	}
	next := last
	err = j.write(size, func(tx *bolt.Tx) error {
		b, err := bucket(tx, bucketRecords)
		if err != nil {
			return err
		}
		b.FillPercent = recordsFill
		for _, e := range entries {
			next = mark{seq: e.Seq, chain: next.chain.next(e.Seq, e.Data)}
			value := make([]byte, 0, chainSize+len(e.Data))
			if err := b.Put(seqKey(e.Seq), append(append(value, next.chain[:]...), e.Data...)); err != nil {
				return err
			}
		}
		return putSealed(tx, bucketMeta, keyHead, next.bytes())
	})
	if err != nil {
		return err
	}
	j.setPlace(next, base)
	return nil
}

// checkEntries checks a batch against the limits and its place, and returns its size in bytes.
func checkEntries(entries []Entry, last int64) (int64, error) {
	if len(entries) > MaxBatchEntries {
		return 0, fmt.Errorf("%w: %d entries at once, at most %d", ErrTooLarge, len(entries), MaxBatchEntries)
	}
	var size int64
	for i, e := range entries {
		if want := last + 1 + int64(i); e.Seq != want {
			return 0, fmt.Errorf("%w: record %d comes where %d must", ErrGap, e.Seq, want)
		}
		if len(e.Data) > MaxData {
			return 0, fmt.Errorf("%w: record %d has %d bytes, at most %d", ErrTooLarge, e.Seq, len(e.Data), MaxData)
		}
		size += int64(len(e.Data))
	}
	if size > MaxBatchBytes {
		return 0, fmt.Errorf("%w: %d bytes at once, at most %d", ErrTooLarge, size, MaxBatchBytes)
	}
	return size, nil
}

// write runs one writing transaction of about size bytes. The caller holds writer.
func (j *Journal) write(size int64, fn func(*bolt.Tx) error) error {
	j.gate.RLock()
	defer j.gate.RUnlock()
	if j.failed != nil {
		return j.failed
	}
	if j.db == nil {
		return ErrClosed
	}
	if err := j.spend(size + commitBytes); err != nil {
		return err
	}
	tx, err := j.db.Begin(true)
	if err != nil {
		return err
	}
	defer tx.Rollback() // after a commit this does nothing; after a panic it lets go of bbolt's lock
	id := tx.ID()
	if err := fn(tx); err != nil {
		return err
	}
	if err := tx.Commit(); err != nil {
		return j.afterFailedCommit(id, err)
	}
	return nil
}

// spend takes size bytes from what may be written, asking the system for the free space when it is used up.
// A system that cannot tell is no reason to stop a branch: the write itself will tell.
func (j *Journal) spend(size int64) error {
	if j.opts.Reserve < 0 {
		return nil
	}
	if j.unspent < size {
		free, err := j.opts.FreeSpace(j.dir)
		if err != nil {
			return nil
		}
		if free-size < j.opts.Reserve {
			j.unspent = 0
			return fmt.Errorf("%w (%d MB free, %d MB are kept in reserve)", ErrFull, free>>20, j.opts.Reserve>>20)
		}
		j.unspent = min(free-j.opts.Reserve, max(size, recheckBytes))
	}
	j.unspent -= size
	return nil
}

// afterFailedCommit tells a write that certainly did not happen from one that nobody knows about. Only a full
// disk can be survived, and only when the file still shows the transaction before: bbolt writes the page that
// makes a transaction valid last, and a failure to flush that page leaves it visible.
func (j *Journal) afterFailedCommit(id int, cause error) error {
	if isDiskFull(cause) {
		if now, err := j.transaction(); err == nil && now < id {
			j.unspent = 0
			return fmt.Errorf("%w (%v)", ErrFull, cause)
		}
	}
	j.failed = fmt.Errorf("%w (%v)", ErrCommit, cause)
	return j.failed
}

// transaction is the number of the newest transaction that the file shows.
func (j *Journal) transaction() (id int, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("%w (%v)", ErrDamaged, r)
		}
	}()
	err = j.db.View(func(tx *bolt.Tx) error {
		id = tx.ID()
		_, _, err := ends(tx)
		return err
	})
	return id, err
}

// isDiskFull recognises that a file could not grow. bbolt hands some of these on as text only, so the text of
// the system's own errors is looked for as well.
func isDiskFull(err error) bool {
	if errors.Is(err, bolterrors.ErrMaxSizeReached) {
		return true
	}
	for _, full := range diskFullErrors {
		if errors.Is(err, full) || strings.Contains(err.Error(), full.Error()) {
			return true
		}
	}
	return false
}
