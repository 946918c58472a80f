package access

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"sync/atomic"
	"syscall"

	bolt "go.etcd.io/bbolt"
	bolterrors "go.etcd.io/bbolt/errors"
)

// Session times. The idle time is the caller's to change (Options.Idle, SetIdle).
const (
	DefaultIdle = 15 * 60      // seconds without a request
	SessionLife = 12 * 60 * 60 // seconds from signing in, whatever happens

	// touchEvery is how stale the stored time of a session's last request may be:
	// after a crash a session ends at most this much early.
	touchEvery = 60

	compactTx = 1 << 20 // bytes per transaction of a rewrite
)

// Options configure a store. Now is required.
type Options struct {
	// Now gives Unix seconds. It is called often and from any goroutine.
	Now func() int64
	// Argon is the cost of new password hashes; the zero value is DefaultParams.
	// Tests and the demo lower it.
	Argon Params
	// Idle is how many seconds a session lasts without a request; 0 is DefaultIdle.
	Idle int64
	// ContextWords may not make up a password: the branch's name, its town.
	ContextWords []string
	// OnEvent hears of every success and refusal, for the log and the counters. It
	// is called from the caller's goroutine, often under a lock: it must be quick
	// and must not call the store. Nil is allowed.
	OnEvent func(Event)
}

// Store is an open access.db. Make one with Open.
type Store struct {
	dir   string
	opts  Options
	hash  *hasher
	slow  *throttle
	idle  atomic.Int64
	setup setupLink
	pairs pairings

	// writing is held through a whole change, its commit included, so that memory
	// and file change in the same order. mu guards memory alone and is never held
	// during a commit: looking up a credential never waits for the disk.
	writing sync.Mutex
	db      *bolt.DB // under writing
	broken  error    // under writing
	closed  bool     // under writing

	mu       sync.RWMutex
	accounts map[int]*accountRow
	byName   map[string]int
	byHash   map[tokenHash]*credential
	devices  map[int]*Device

	wake    chan struct{} // a session's last request should be stored
	quit    chan struct{}
	stopped chan struct{}
}

// Open opens or creates the accounts of a data directory. A rewrite that a crash
// interrupted is finished first. The directory must exist.
func Open(dir string, o Options) (*Store, error) {
	if o.Now == nil {
		return nil, errors.New("access: Options.Now is missing")
	}
	if o.Argon == (Params{}) {
		o.Argon = DefaultParams
	}
	db, err := openFile(dir)
	if err != nil {
		return nil, err
	}
	s := &Store{
		dir: dir, opts: o, hash: newHasher(o.Argon), slow: newThrottle(), db: db,
		accounts: make(map[int]*accountRow), byName: make(map[string]int),
		byHash: make(map[tokenHash]*credential), devices: make(map[int]*Device),
		wake: make(chan struct{}, 1), quit: make(chan struct{}), stopped: make(chan struct{}),
	}
	s.pairs.init()
	s.SetIdle(o.Idle)
	if err := errors.Join(s.load(), s.rewriteIfDirty()); err != nil {
		return nil, errors.Join(err, s.db.Close())
	}
	go s.keepTouches()
	return s, nil
}

// SetIdle changes how many seconds a session lasts without a request, for
// sessions already open too; 0 or less is DefaultIdle.
func (s *Store) SetIdle(seconds int64) {
	if seconds <= 0 {
		seconds = DefaultIdle
	}
	s.idle.Store(seconds)
}

// Close stores what is pending and closes the file. Later changes give ErrClosed.
func (s *Store) Close() error {
	s.writing.Lock()
	if s.closed {
		s.writing.Unlock()
		return nil
	}
	s.closed = true
	s.writing.Unlock()
	close(s.quit)
	<-s.stopped
	s.writing.Lock()
	defer s.writing.Unlock()
	return errors.Join(s.saveTouches(true), s.db.Close())
}

// load reads the file into memory.
func (s *Store) load() error {
	return s.db.View(func(tx *bolt.Tx) error {
		err := eachJSON(tx, accountsBucket, func(_ []byte, a accountRow) error {
			s.accounts[a.ID] = &a
			s.byName[a.Name] = a.ID
			return nil
		})
		if err != nil {
			return err
		}
		err = eachJSON(tx, devicesBucket, func(_ []byte, d deviceRow) error {
			s.devices[d.ID] = &d.Device
			s.addCredential(newDeviceCredential(d))
			return nil
		})
		if err != nil {
			return err
		}
		err = eachJSON(tx, tokensBucket, func(_ []byte, t tokenRow) error {
			s.addCredential(newTokenCredential(t))
			return nil
		})
		if err != nil {
			return err
		}
		return eachJSON(tx, sessionsBucket, func(k []byte, r sessionRow) error {
			s.addCredential(newSessionCredential(tokenHash(k), r))
			return nil
		})
	})
}

func eachJSON[T any](tx *bolt.Tx, bucket []byte, f func(k []byte, v T) error) error {
	b := tx.Bucket(bucket)
	if b == nil {
		return fmt.Errorf("%w: no %s", ErrDamaged, bucket)
	}
	return b.ForEach(func(k, raw []byte) error {
		var v T
		if json.Unmarshal(raw, &v) != nil {
			return fmt.Errorf("%w: a row of %s", ErrDamaged, bucket)
		}
		return f(k, v)
	})
}

func putJSON(tx *bolt.Tx, bucket, key []byte, v any) error {
	raw, err := json.Marshal(v)
	if err != nil {
		return err
	}
	return tx.Bucket(bucket).Put(key, raw)
}

func key(id int) []byte { return binary.BigEndian.AppendUint64(nil, uint64(id)) }

// nextID gives a number that this bucket never gave before.
func nextID(tx *bolt.Tx, bucket []byte) (int, error) {
	n, err := tx.Bucket(bucket).NextSequence()
	return int(n), err
}

// commit runs f in one durable transaction. The caller holds writing.
func (s *Store) commit(f func(*bolt.Tx) error) error {
	if s.broken != nil {
		return s.broken
	}
	if s.closed {
		return ErrClosed
	}
	return s.commitOpen(f)
}

func (s *Store) commitOpen(f func(*bolt.Tx) error) error {
	var before uint64
	failed := false // f itself said no, before anything reached the disk
	err := s.db.Update(func(tx *bolt.Tx) error {
		before = number(tx.Bucket(metaBucket).Get(seqKey))
		if err := f(tx); err != nil {
			failed = true
			return err
		}
		return putNumber(tx.Bucket(metaBucket), seqKey, before+1)
	})
	switch {
	case err == nil, failed:
		return err
	case isFull(err) && s.seq() == before:
		return fmt.Errorf("%w: %w", ErrFull, err)
	}
	s.broken = fmt.Errorf("%w: %w", ErrCommit, err)
	return s.broken
}

func (s *Store) seq() (n uint64) {
	// A failed read leaves 0, which equals the count before a commit only for the
	// very first one, and there nothing can have taken hold unseen.
	_ = s.db.View(func(tx *bolt.Tx) error {
		n = number(tx.Bucket(metaBucket).Get(seqKey))
		return nil
	})
	return n
}

// isFull says whether an error means that there is no room. Windows has two words
// of its own for that, which the syscall package does not translate.
func isFull(err error) bool {
	const handleDiskFull, diskFull = syscall.Errno(39), syscall.Errno(112)
	if runtime.GOOS == "windows" && (errors.Is(err, handleDiskFull) || errors.Is(err, diskFull)) {
		return true
	}
	return errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EFBIG) || errors.Is(err, bolterrors.ErrMaxSizeReached)
}

// markDirty notes that the file holds bytes that are no longer meant to exist.
func markDirty(tx *bolt.Tx) error {
	return tx.Bucket(metaBucket).Put(dirtyKey, []byte{1})
}

// forget commits a removal and then writes the file anew. The removal counts
// even if the rewrite fails: the next one, or the next Open, makes up for it.
func (s *Store) forget(f func(*bolt.Tx) error) (committed bool, err error) {
	err = s.commit(func(tx *bolt.Tx) error {
		if err := f(tx); err != nil {
			return err
		}
		return markDirty(tx)
	})
	if err != nil {
		return false, err
	}
	return true, s.rewriteIfDirty()
}

// rewriteIfDirty copies what lives into a new file and puts it in the place of
// the old one. The caller holds writing, or is the only one.
func (s *Store) rewriteIfDirty() error {
	dirty := false
	err := s.db.View(func(tx *bolt.Tx) error {
		dirty = tx.Bucket(metaBucket).Get(dirtyKey) != nil
		return nil
	})
	if err != nil || !dirty {
		return err
	}
	temp := filepath.Join(s.dir, newName)
	if err := s.copyTo(temp); err != nil {
		err = errors.Join(err, removeIfThere(temp))
		if isFull(err) {
			return fmt.Errorf("%w: %w", ErrFull, err)
		}
		return fmt.Errorf("access: rewrite: %w", err)
	}
	if err := s.db.Close(); err != nil {
		s.broken = fmt.Errorf("%w: %w", ErrCommit, err)
		return s.broken
	}
	path := filepath.Join(s.dir, fileName)
	swapped := replace(temp, path)
	db, err := openBolt(path) // the old file, if the swap failed
	if err != nil {
		s.broken = fmt.Errorf("%w: %w", ErrCommit, errors.Join(swapped, err))
		return s.broken
	}
	s.db = db
	return swapped
}

func (s *Store) copyTo(temp string) error {
	if err := removeIfThere(temp); err != nil {
		return err
	}
	dst, err := openBolt(temp)
	if err != nil {
		return err
	}
	err = bolt.Compact(dst, s.db, compactTx)
	if err == nil {
		err = dst.Update(func(tx *bolt.Tx) error { return tx.Bucket(metaBucket).Delete(dirtyKey) })
	}
	return errors.Join(err, dst.Close())
}

func removeIfThere(path string) error {
	err := os.Remove(path)
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	return err
}
