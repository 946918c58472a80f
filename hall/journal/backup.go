package journal

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	bolt "go.etcd.io/bbolt"
)

// Backup writes a copy of the running journal to the file path, replacing it. Appends go on meanwhile. The copy
// is written beside the target, flushed, reopened and checked to its last record before it gets the name.
func (j *Journal) Backup(path string) error { return j.copyTo(path) }

// WriteTo writes a checked copy of the running journal to w and returns the number of bytes. The copy is made
// and checked in the data directory first: a slow reader never holds the journal's pages.
func (j *Journal) WriteTo(w io.Writer) (int64, error) {
	tmp, err := j.copyBeside(filepath.Join(j.dir, FileName))
	if err != nil {
		return 0, err
	}
	defer os.Remove(tmp)
	f, err := os.Open(tmp)
	if err != nil {
		return 0, err
	}
	defer f.Close()
	return io.Copy(w, f)
}

// copyTo makes a checked copy and gives it its name.
func (j *Journal) copyTo(path string) error {
	tmp, err := j.copyBeside(path)
	if err != nil {
		return err
	}
	defer os.Remove(tmp)
	return publish(tmp, path)
}

// copyBeside makes a checked copy under a temporary name in the directory of path.
func (j *Journal) copyBeside(path string) (tmp string, err error) {
	dir := filepath.Dir(path)
	if err := j.roomFor(dir); err != nil {
		return "", err
	}
	if tmp, err = tempName(dir); err != nil {
		return "", err
	}
	defer func() {
		if err != nil {
			os.Remove(tmp)
		}
	}()
	f, err := os.OpenFile(tmp, os.O_WRONLY, fileMode)
	if err != nil {
		return "", err
	}
	var at mark
	err = j.view(func(tx *bolt.Tx) error {
		if at, err = getMark(tx, keyHead); err != nil {
			return err
		}
		_, err := tx.WriteTo(f)
		return err
	})
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return tmp, createError(err)
	}
	report, err := verifyFile(tmp, j.opts)
	if err == nil {
		err = report.first
	}
	if err == nil && report.Seq != at.seq {
		err = fmt.Errorf("%w (the copy ends with record %d instead of %d)", ErrDamaged, report.Seq, at.seq)
	}
	return tmp, err
}

// roomFor refuses a copy that would take the reserve of the disk it goes to.
func (j *Journal) roomFor(dir string) error {
	free, err := j.opts.FreeSpace(dir)
	if err != nil || j.opts.Reserve < 0 {
		return nil // a system that cannot tell will tell by the write
	}
	if need := j.Stats().Pages * int64(os.Getpagesize()); free-need < j.opts.Reserve {
		return fmt.Errorf("%w (the copy needs %d MB, %d MB are free and %d MB are kept in reserve)",
			ErrFull, need>>20, free>>20, j.opts.Reserve>>20)
	}
	return nil
}

// Restore makes a journal in dir from a copy that Backup or WriteTo made. The directory must be new or empty.
// The copy is checked to its last record first and is not changed; the journal begins a new epoch.
func Restore(from, dir string, o Options) error {
	names, err := os.ReadDir(dir)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	for _, n := range names {
		if n.Name() != lockName {
			return fmt.Errorf("%w (%s holds %s)", ErrNotEmpty, dir, n.Name())
		}
	}
	return RestoreFrom(from, dir, o)
}

// RestoreFrom is Restore for a directory in which other files were put back already: it refuses only when a
// journal is there.
func RestoreFrom(from, dir string, o Options) error {
	o = o.withDefaults()
	report, err := verifyFile(from, o)
	if err == nil {
		err = report.first
	}
	if err != nil {
		return fmt.Errorf("the backup %s: %w", filepath.Base(from), err)
	}
	if err := os.MkdirAll(dir, dirMode); err != nil {
		return err
	}
	lock, err := takeLock(dir, o.Timeout)
	if err != nil {
		return err
	}
	defer lock.Close()
	path := filepath.Join(dir, FileName)
	if _, err := os.Stat(path); !errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf("%w (%s holds %s)", ErrNotEmpty, dir, FileName)
	}
	tmp, err := tempName(dir)
	if err != nil {
		return err
	}
	defer os.Remove(tmp)
	if err := copyFile(from, tmp); err != nil {
		return createError(err)
	}
	if err := renewEpoch(tmp, o); err != nil {
		return createError(err)
	}
	return publish(tmp, path)
}

// renewEpoch gives a copied journal its own epoch.
func renewEpoch(path string, o Options) error {
	db, err := openBolt(path, &bolt.Options{Timeout: o.Timeout, FreelistType: bolt.FreelistMapType, NoFreelistSync: true})
	if err != nil {
		return err
	}
	err = db.Update(func(tx *bolt.Tx) error { return beginEpoch(tx, o.Now()) })
	return errors.Join(err, db.Close())
}

func copyFile(from, to string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.OpenFile(to, os.O_WRONLY|os.O_TRUNC, fileMode)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, out.Sync(), out.Close())
}
