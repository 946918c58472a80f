package journal

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"time"

	bolt "go.etcd.io/bbolt"
)

// takeLock takes the directory's lock and keeps trying for a while. It is a file of its own because
// journal.db is replaced by a restore and a compaction, and a lock on a replaced file locks nothing.
func takeLock(dir string, timeout time.Duration) (*os.File, error) {
	f, err := os.OpenFile(filepath.Join(dir, lockName), os.O_RDWR|os.O_CREATE, fileMode)
	if err != nil {
		return nil, err
	}
	for began := time.Now(); ; {
		ok, err := tryLock(f)
		if err != nil {
			f.Close()
			return nil, &os.PathError{Op: "lock", Path: f.Name(), Err: err}
		}
		if ok {
			return f, nil
		}
		if time.Since(began) >= timeout {
			f.Close()
			return nil, fmt.Errorf("%w (%s)", ErrInUse, dir)
		}
		time.Sleep(lockRetry)
	}
}

// removeLeftovers deletes the unfinished files of a process that was killed.
func removeLeftovers(dir string) error {
	names, err := filepath.Glob(filepath.Join(globQuote(dir), tempPrefix+"*"))
	if err != nil {
		return err
	}
	for _, name := range names {
		if err := os.Remove(name); err != nil && !errors.Is(err, os.ErrNotExist) {
			return err
		}
	}
	return nil
}

// globQuote makes a directory's name stand for itself in a pattern.
func globQuote(dir string) string {
	if runtime.GOOS == "windows" {
		return dir // a backslash separates there, and the pattern characters are not allowed in names
	}
	return strings.NewReplacer(`\`, `\\`, `*`, `\*`, `?`, `\?`, `[`, `\[`).Replace(dir)
}

// refuseLost refuses to begin an empty journal beside the copy of an older one: somebody moved or deleted the
// journal, and an empty branch in its place would look like all is well.
func refuseLost(dir string) error {
	names, err := filepath.Glob(filepath.Join(globQuote(dir), beforePrefix+"*"))
	if err != nil || len(names) == 0 {
		return err
	}
	return fmt.Errorf("%w (%s is gone but %s is there: put the journal back, or restore a backup into an empty directory)",
		ErrMissing, FileName, filepath.Base(names[0]))
}

// create makes an empty journal. It is written under another name, closed and flushed before it gets its own:
// a crash while bbolt writes its first pages can leave a file that nobody can open.
func create(dir string, o Options) error {
	tmp, err := tempName(dir)
	if err != nil {
		return err
	}
	defer os.Remove(tmp)
	db, err := bolt.Open(tmp, fileMode, &bolt.Options{
		Timeout: o.Timeout, FreelistType: bolt.FreelistMapType, NoFreelistSync: true,
	})
	if err != nil {
		return createError(err)
	}
	err = db.Update(func(tx *bolt.Tx) error { return plant(tx, o) })
	if err = errors.Join(err, db.Close()); err != nil {
		return createError(err)
	}
	return publish(tmp, filepath.Join(dir, FileName))
}

// createError makes an ErrFull of a full disk where what was not finished simply goes away.
func createError(err error) error {
	if err != nil && isDiskFull(err) {
		return fmt.Errorf("%w (%v)", ErrFull, err)
	}
	return err
}

// plant makes the tree of an empty journal.
func plant(tx *bolt.Tx, o Options) error {
	for _, name := range [][]byte{bucketMeta, bucketRecords, bucketSnapshots, bucketDocuments, bucketJobs} {
		if _, err := tx.CreateBucket(name); err != nil {
			return err
		}
	}
	for _, v := range []struct{ key, content []byte }{
		{keySchema, []byte(strconv.Itoa(firstSchema))},
		{keyBranch, []byte(o.Branch)},
		{keyHead, mark{}.bytes()},
		{keyBase, mark{}.bytes()},
	} {
		if err := putSealed(tx, bucketMeta, v.key, v.content); err != nil {
			return err
		}
	}
	if err := beginEpoch(tx, o.Now()); err != nil {
		return err
	}
	for _, s := range o.steps { // an empty journal migrates like any other, so no second way can differ
		if err := s.apply(tx); err != nil {
			return err
		}
	}
	return putSealed(tx, bucketMeta, keySchema, []byte(strconv.Itoa(o.schema())))
}

// beginEpoch draws a new epoch and stamps its beginning.
func beginEpoch(tx *bolt.Tx, now time.Time) error {
	if err := putSealed(tx, bucketMeta, keyEpoch, []byte(newEpoch())); err != nil {
		return err
	}
	return putSealed(tx, bucketMeta, keyCreated, []byte(now.UTC().Format(time.RFC3339)))
}

// tempName reserves the name of an unfinished file in dir. The file itself is left empty.
func tempName(dir string) (string, error) {
	f, err := os.CreateTemp(dir, tempPrefix+"*")
	if err != nil {
		return "", createError(err)
	}
	return f.Name(), f.Close()
}

// publish flushes a finished file and gives it its name, replacing what had it.
func publish(tmp, path string) error {
	if err := syncFile(tmp); err != nil {
		return err
	}
	if err := rename(tmp, path); err != nil {
		return err
	}
	return syncDir(filepath.Dir(path))
}

func syncFile(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

const (
	// A virus scanner on Windows may hold a new file for a moment; the rename is tried again for about
	// five seconds, which outlasts a scan of a file of some hundred megabytes.
	renameTries = 10
	renameWait  = 500 * time.Millisecond
)

func rename(from, to string) error {
	err := os.Rename(from, to)
	for try := 1; err != nil && runtime.GOOS == "windows" && try < renameTries; try++ {
		time.Sleep(renameWait)
		err = os.Rename(from, to)
	}
	return err
}
