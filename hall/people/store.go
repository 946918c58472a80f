package people

import (
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"runtime"
	"sync"
	"syscall"

	bolt "go.etcd.io/bbolt"
	bolterrors "go.etcd.io/bbolt/errors"
)

const (
	// batchMax bounds how many waiting writes share a commit, so that the first
	// of a surge does not wait for the last.
	batchMax = 64
	// queueMax is how many writes may wait before callers do.
	queueMax = 256
)

// Store is an open people.db with its keys. Make one with Open.
type Store struct {
	dir  string
	keys *ring

	// file guards db: readers share it, a rewrite takes it alone.
	file sync.RWMutex
	db   *bolt.DB

	queue   chan *job
	quit    chan struct{}
	stopped chan struct{}
	once    sync.Once
	closing error // what closing the file said; read after stopped

	broken error // set by the writer after an unknown commit; it alone reads it
	looked map[Look]int64
}

// job is one write. Exactly one of apply and alone is set.
type job struct {
	apply func(*bolt.Tx) error // shares a transaction; an error is a fault, not a refusal
	alone func() error         // runs with no transaction open
	done  chan error
}

// Open opens or creates the people of a data directory. A rewrite that a crash
// interrupted is finished first. The directory must exist.
func Open(dir string) (*Store, error) {
	db, err := openFile(dir)
	if err != nil {
		return nil, err
	}
	// The keys are read only now that the file is ours.
	keys, _, err := openRing(filepath.Join(dir, keysName))
	if err != nil {
		return nil, errors.Join(err, db.Close())
	}
	s := &Store{
		dir: dir, keys: keys, db: db,
		queue: make(chan *job, queueMax), quit: make(chan struct{}), stopped: make(chan struct{}),
		looked: make(map[Look]int64),
	}
	if err := s.prepare(); err != nil {
		return nil, errors.Join(err, s.db.Close())
	}
	go s.write()
	return s, nil
}

// prepare drops links that another index key made, and finishes a rewrite.
func (s *Store) prepare() error {
	print := fingerprint(s.keys.indexKey())
	err := s.db.Update(func(tx *bolt.Tx) error {
		meta := tx.Bucket(metaBucket)
		if string(meta.Get(indexKey)) == print {
			return nil
		}
		if err := dropLinks(tx); err != nil {
			return err
		}
		return meta.Put(indexKey, []byte(print))
	})
	if err != nil {
		return err
	}
	if err := s.applyErasures(); err != nil {
		return err
	}
	_, err = s.rewriteIfDirty()
	return err
}

// dropLinks forgets every link: without the key that made them they recognise
// nobody.
func dropLinks(tx *bolt.Tx) error {
	if err := emptyBucket(tx, linksBucket); err != nil {
		return err
	}
	return eachRow(tx, func(id string, r row) error {
		if r.Link == nil {
			return nil
		}
		r.Link = nil
		return errors.Join(markDirty(tx), putRow(tx, id, r))
	})
}

// Close waits for the writes under way and closes the file. Later calls give
// ErrClosed.
func (s *Store) Close() error {
	s.once.Do(func() { close(s.quit) })
	<-s.stopped
	return s.closing
}

// submit hands a write to the writer and waits until it is durable.
func (s *Store) submit(j *job) error {
	j.done = make(chan error, 1)
	select {
	case <-s.quit:
		return ErrClosed
	case s.queue <- j:
	}
	select {
	case err := <-j.done:
		return err
	case <-s.stopped:
		select { // the writer may have answered just before it stopped
		case err := <-j.done:
			return err
		default:
			return ErrClosed
		}
	}
}

// write is the writer: it takes a job, drains what waits, and commits them
// together. There is no timer: a lone caller is never held back.
func (s *Store) write() {
	defer func() {
		s.file.Lock()
		s.closing = s.db.Close()
		s.file.Unlock()
		close(s.stopped)
	}()
	for {
		select {
		case <-s.quit:
			return
		case first := <-s.queue:
			s.batch(first)
		}
	}
}

func (s *Store) batch(next *job) {
	var together []*job
	for count := 1; ; count++ {
		if next.alone != nil {
			s.commit(together)
			s.runAlone(next)
			return
		}
		together = append(together, next)
		if count == batchMax {
			break
		}
		select {
		case next = <-s.queue:
			continue
		default:
		}
		break
	}
	s.commit(together)
}

func (s *Store) runAlone(j *job) {
	if s.broken != nil {
		j.done <- s.broken
		return
	}
	j.done <- j.alone()
}

// commit answers every job. One that fails by itself must not cost the others
// their answer, so after such a fault each is tried in a commit of its own.
func (s *Store) commit(jobs []*job) {
	if len(jobs) == 0 {
		return
	}
	err := s.update(jobs)
	var fault *jobFault
	if errors.As(err, &fault) && len(jobs) > 1 {
		for _, j := range jobs {
			s.commit([]*job{j})
		}
		return
	}
	err = plainFault(err)
	for _, j := range jobs {
		j.done <- err
	}
}

// jobFault is an error of a job's own, before anything was committed.
type jobFault struct{ err error }

func (f *jobFault) Error() string { return f.err.Error() }

// plainFault gives the error that a job itself met. A full disk is one too: the
// keys are written while the transaction is open.
func plainFault(err error) error {
	var fault *jobFault
	if !errors.As(err, &fault) {
		return err
	}
	if isFull(fault.err) {
		return fmt.Errorf("%w: %w", ErrFull, fault.err)
	}
	return fault.err
}

// update runs the jobs in one transaction. After a failed commit it finds out
// whether anything took hold; if that cannot be ruled out the store is broken.
func (s *Store) update(jobs []*job) error {
	if s.broken != nil {
		return s.broken
	}
	var before uint64
	err := s.db.Update(func(tx *bolt.Tx) error {
		before = number(tx.Bucket(metaBucket).Get(seqKey))
		for _, j := range jobs {
			if err := j.apply(tx); err != nil {
				return &jobFault{err}
			}
		}
		return putNumber(tx.Bucket(metaBucket), seqKey, before+1)
	})
	var fault *jobFault
	if err == nil || errors.As(err, &fault) {
		return err
	}
	if isFull(err) && s.seq() == before {
		return fmt.Errorf("%w: %w", ErrFull, err)
	}
	s.broken = fmt.Errorf("%w: %w", ErrCommit, err)
	return s.broken
}

func (s *Store) seq() (n uint64) {
	// A failed read leaves 0, which never equals the count before a commit that
	// could have failed after the first; for the first it is right.
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

// read runs f on the current file. It must be short: a rewrite waits for it.
func (s *Store) read(f func(*bolt.Tx) error) error {
	s.file.RLock()
	defer s.file.RUnlock()
	err := s.db.View(f)
	if errors.Is(err, bolterrors.ErrDatabaseNotOpen) {
		return ErrClosed
	}
	return err
}

// row is one person as stored. Sealed parts are nil once forgotten.
type row struct {
	Link     []byte `json:"link,omitempty"`
	Identity []byte `json:"identity,omitempty"`
	Phone    []byte `json:"phone,omitempty"`
	Until    Until  `json:"until"`
	Seen     int64  `json:"seen"` // last Register, Unix seconds
}

// identity is the plain content of row.Identity.
type identity struct {
	Type        IDType   `json:"type"`
	Number      string   `json:"number"`
	Name        string   `json:"name,omitempty"`
	Memberships []string `json:"memberships,omitempty"`
}

func getRow(tx *bolt.Tx, id string) (r row, ok bool, err error) {
	raw := tx.Bucket(peopleBucket).Get([]byte(id))
	if raw == nil {
		return row{}, false, nil
	}
	if json.Unmarshal(raw, &r) != nil {
		return row{}, false, fmt.Errorf("%w: row %s", ErrDamaged, id)
	}
	return r, true, nil
}

func putRow(tx *bolt.Tx, id string, r row) error {
	raw, err := json.Marshal(r)
	if err != nil {
		return err
	}
	return tx.Bucket(peopleBucket).Put([]byte(id), raw)
}

// eachRow visits every row. f may change and delete rows: the ids are gathered
// first, because a cursor skips keys when the bucket changes under it.
func eachRow(tx *bolt.Tx, f func(id string, r row) error) error {
	var ids []string
	err := tx.Bucket(peopleBucket).ForEach(func(k, _ []byte) error {
		ids = append(ids, string(k))
		return nil
	})
	if err != nil {
		return err
	}
	for _, id := range ids {
		r, ok, err := getRow(tx, id)
		if err != nil {
			return err
		}
		if ok {
			if err := f(id, r); err != nil {
				return err
			}
		}
	}
	return nil
}

func emptyBucket(tx *bolt.Tx, name []byte) error {
	if err := tx.DeleteBucket(name); err != nil {
		return err
	}
	if _, err := tx.CreateBucket(name); err != nil {
		return err
	}
	return markDirty(tx)
}

// markDirty notes that the file holds bytes that are no longer meant to exist.
func markDirty(tx *bolt.Tx) error {
	return tx.Bucket(metaBucket).Put(dirtyKey, []byte{1})
}
