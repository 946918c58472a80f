package journal

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"time"

	bolt "go.etcd.io/bbolt"
	bolterrors "go.etcd.io/bbolt/errors"
)

const (
	// FileName is the journal's file in the data directory.
	FileName = "journal.db"

	lockName = "journal.lock"
	// tempPrefix begins the name of every file that is not finished. What a killed process left behind is
	// removed at the next start: such a file was never part of the journal.
	tempPrefix = FileName + ".tmp-"
	// beforePrefix begins the name of the copy made before a migration; the schema it led to follows.
	beforePrefix = FileName + ".before-"

	fileMode = 0o600
	dirMode  = 0o700

	// lockTimeout is how long Open waits for another process to let go. A service manager may start the
	// next process while the last one still closes its files; two seconds cover that, and a person who
	// started a second copy by mistake does not wait long for the answer.
	lockTimeout = 2 * time.Second
	lockRetry   = 20 * time.Millisecond
	// maxFileSize bounds the file. A branch writes some hundred megabytes a year; eight gigabytes mean
	// that something is wrong, and must not take the disk from everything else on the branch's own PC.
	maxFileSize = 8 << 30
	// freeShare is the divisor of the free disk that the file may still grow into: one half.
	freeShare = 2
	// DefaultReserve is the free space, in bytes, that Append leaves untouched: enough for a manager to
	// sign in, look, print and make a backup of a young journal, and for the log that says what happened.
	DefaultReserve = 64 << 20
	// slowRead is when a read transaction has been open for too long: every page written since it began
	// is kept for it, so a forgotten one grows the file without an end.
	slowRead = 30 * time.Second
)

// Options are the choices of whoever opens a journal. The zero value is right for a branch.
type Options struct {
	// Branch is kept when the journal is created; later openings ignore it.
	Branch string
	// MustExist makes Open refuse with ErrMissing instead of creating a journal.
	MustExist bool
	// Timeout is how long to wait for another process; 0 means two seconds.
	Timeout time.Duration
	// MapSize is the address space reserved for the file in bytes; 0 means 1 GiB (64 MiB on Windows).
	MapSize int
	// MaxSize is the most the file may grow to, in bytes; 0 means the smaller of 8 GiB and the size of the
	// file plus half of the free disk at the time of opening.
	MaxSize int64
	// Reserve is the free space in bytes that Append leaves untouched; 0 means DefaultReserve, a negative
	// value none.
	Reserve int64
	// FreeSpace reports the free bytes of the disk that holds dir; nil asks the system.
	FreeSpace func(dir string) (int64, error)
	// Now stamps the creation; nil is time.Now. Nothing else here reads a clock.
	Now func() time.Time
	// PanicOnSlowRead ends the process when a read transaction is open for more than 30 seconds. For
	// tests; otherwise Stats counts it.
	PanicOnSlowRead bool

	steps    []step // the migrations; nil means those of this release
	openFile func(name string, flag int, mode os.FileMode) (*os.File, error)
}

func (o Options) withDefaults() Options {
	if o.Timeout == 0 {
		o.Timeout = lockTimeout
	}
	if o.MapSize == 0 {
		o.MapSize = defaultMapSize
	}
	if o.Reserve == 0 {
		o.Reserve = DefaultReserve
	}
	if o.FreeSpace == nil {
		o.FreeSpace = freeSpace
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.steps == nil {
		o.steps = steps
	}
	return o
}

// Journal is an open journal. Append and the other writing methods may be called from any goroutine and take
// turns; reading methods run beside them.
type Journal struct {
	dir     string
	opts    Options
	lock    *os.File
	watch   *watch
	epoch   string
	branch  string
	created time.Time

	// gate is held for reading by everything that uses db, and for writing by what replaces it.
	gate sync.RWMutex
	db   *bolt.DB // nil when closed

	// writer serialises what writes, and guards the fields below.
	writer  sync.Mutex
	unspent int64 // bytes that may be written before the free space is asked for again
	failed  error // set when a commit's outcome is unknown: nothing is written any more

	place sync.Mutex // guards last, so that Last never waits for a commit
	last  mark
	base  mark
}

// Open opens the journal in dir, creating the directory and the journal when they are missing. It reads and
// checks every page first, so it takes about a second and a half for each gigabyte.
// It returns ErrInUse, ErrMissing, ErrNewerSchema, ErrTruncated, ErrDamaged or a fault of the system.
func Open(dir string, o Options) (*Journal, error) {
	o = o.withDefaults()
	path := filepath.Join(dir, FileName)
	if o.MustExist {
		if _, err := os.Stat(path); errors.Is(err, os.ErrNotExist) {
			return nil, fmt.Errorf("%w (%s)", ErrMissing, dir)
		}
	}
	if err := os.MkdirAll(dir, dirMode); err != nil {
		return nil, err
	}
	lock, err := takeLock(dir, o.Timeout)
	if err != nil {
		return nil, err
	}
	j := &Journal{dir: dir, opts: o, lock: lock, watch: newWatch(o.PanicOnSlowRead)}
	if err := j.start(path); err != nil {
		if j.db != nil {
			j.db.Close()
		}
		lock.Close()
		return nil, err
	}
	return j, nil
}

// start does the part of Open that runs under the lock of the directory.
func (j *Journal) start(path string) error {
	if err := removeLeftovers(j.dir); err != nil {
		return err
	}
	if _, err := os.Stat(path); errors.Is(err, os.ErrNotExist) {
		if err := refuseLost(j.dir); err != nil {
			return err
		}
		if err := create(j.dir, j.opts); err != nil {
			return err
		}
	} else if err != nil {
		return err
	}
	if err := j.openFile(path); err != nil {
		return err
	}
	if err := j.migrate(); err != nil {
		return err
	}
	return j.load()
}

// openFile maps the file after its pages were found whole.
func (j *Journal) openFile(path string) error {
	maxSize, err := j.maxSize(path)
	if err != nil {
		return err
	}
	db, err := openBolt(path, &bolt.Options{
		Timeout:         j.opts.Timeout,
		FreelistType:    bolt.FreelistMapType,
		NoFreelistSync:  true, // a freelist written with each commit makes one forgotten reader ruinous
		InitialMmapSize: int(min(int64(j.opts.MapSize), maxSize)),
		MaxSize:         int(maxSize),
		OpenFile:        j.opts.openFile,
	})
	if err != nil {
		return err
	}
	j.db = db
	return nil
}

// maxSize is how large the file may become. The free disk alone would forbid a large file every further
// page, so the file's own size is added.
func (j *Journal) maxSize(path string) (int64, error) {
	if j.opts.MaxSize > 0 {
		return j.opts.MaxSize, nil
	}
	info, err := os.Stat(path)
	if err != nil {
		return 0, err
	}
	limit := int64(maxFileSize)
	if free, err := j.opts.FreeSpace(j.dir); err == nil {
		limit = min(limit, info.Size()+free/freeShare)
	}
	return limit, nil
}

// openBolt opens a file whose pages it has checked, and turns a panic of bbolt into an error. After a panic
// bbolt may still hold its lock on the file: the process should report and end.
func openBolt(path string, o *bolt.Options) (db *bolt.DB, err error) {
	defer func() {
		if r := recover(); r != nil {
			db, err = nil, fmt.Errorf("%w (%v)", ErrDamaged, r)
		}
	}()
	open := o.OpenFile
	if open == nil {
		open = os.OpenFile
	}
	o.OpenFile = func(name string, flag int, mode os.FileMode) (*os.File, error) {
		f, err := open(name, flag&^os.O_CREATE, mode)
		if err != nil {
			return nil, err
		}
		if _, err := checkPages(f); err != nil {
			f.Close()
			return nil, err
		}
		return f, nil
	}
	db, err = bolt.Open(path, fileMode, o)
	if errors.Is(err, bolterrors.ErrTimeout) {
		return nil, fmt.Errorf("%w (%s)", ErrInUse, path)
	}
	return db, err
}

// load reads what the journal keeps in memory: its place, its epoch, its branch.
func (j *Journal) load() error {
	return j.view(func(tx *bolt.Tx) error {
		epoch, err := getMeta(tx, keyEpoch)
		if err != nil {
			return err
		}
		branch, err := getMeta(tx, keyBranch)
		if err != nil {
			return err
		}
		created, err := getMeta(tx, keyCreated)
		if err != nil {
			return err
		}
		if j.created, err = time.Parse(time.RFC3339, string(created)); err != nil {
			return fmt.Errorf("%w (its time of creation: %v)", ErrDamaged, err)
		}
		last, base, err := ends(tx)
		if err != nil {
			return err
		}
		j.epoch, j.branch = string(epoch), string(branch)
		j.setPlace(last, base)
		return nil
	})
}

// ends reads where the journal starts and ends, and checks that the records agree.
func ends(tx *bolt.Tx) (last, base mark, err error) {
	if last, err = getMark(tx, keyHead); err != nil {
		return
	}
	if base, err = getMark(tx, keyBase); err != nil {
		return
	}
	b, err := bucket(tx, bucketRecords)
	if err != nil {
		return
	}
	found := base
	if k, v := b.Cursor().Last(); k != nil {
		if len(k) != seqSize {
			return last, base, fmt.Errorf("%w (the key of its last record has %d bytes)", ErrDamaged, len(k))
		}
		found.seq = seqOf(k)
		if found.chain, _, err = recordOf(found.seq, v); err != nil {
			return
		}
	}
	if found != last {
		err = fmt.Errorf("%w (it should end with record %d and ends with %d)", ErrDamaged, last.seq, found.seq)
	}
	return
}

// Close waits for what is running and gives the file and the directory's lock back.
func (j *Journal) Close() error {
	j.gate.Lock()
	defer j.gate.Unlock()
	if j.db == nil {
		return nil
	}
	err := j.db.Close()
	j.db = nil
	return errors.Join(err, j.lock.Close())
}

// Last is the seq and the chain of the newest durable record; 0 and all zero when there is none.
func (j *Journal) Last() (seq int64, at Chain) {
	last, _ := j.marks()
	return last.seq, last.chain
}

// Base is the seq of the last record that was cut; 0 when nothing was.
func (j *Journal) Base() int64 {
	_, base := j.marks()
	return base.seq
}

// Epoch is 32 hex digits, drawn when the file was created or restored: a screen that knows another epoch must
// forget what it knows.
func (j *Journal) Epoch() string { return j.epoch }

// Branch is the identifier given when the journal was created.
func (j *Journal) Branch() string { return j.branch }

// Created is when the file was created or restored.
func (j *Journal) Created() time.Time { return j.created }

func (j *Journal) marks() (last, base mark) {
	j.place.Lock()
	defer j.place.Unlock()
	return j.last, j.base
}

func (j *Journal) setPlace(last, base mark) {
	j.place.Lock()
	defer j.place.Unlock()
	j.last, j.base = last, base
}

// view runs one short read transaction under the watch. What fn keeps, it must copy.
func (j *Journal) view(fn func(*bolt.Tx) error) error {
	j.gate.RLock()
	defer j.gate.RUnlock()
	if j.db == nil {
		return ErrClosed
	}
	defer j.watch.begin()()
	return j.db.View(fn)
}
