package journal

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	bolt "go.etcd.io/bbolt"
)

const (
	// compactAbove is the share of free pages, in percent, from which a rewrite is worth its time: bbolt
	// uses free pages again but never gives them back, and a cut leaves a file mostly of holes.
	compactAbove = 40
	// compactFrom is the size in pages (16 MiB at 4 KiB a page) below which nobody would notice the gain.
	compactFrom = 4096
	// compactStep is how many bytes the rewrite commits at once, so that it needs little memory.
	compactStep = 4 << 20
)

// Compact rewrites the file without its free pages when more than 40 percent of it are free, and reports
// whether it did. Writes wait meanwhile, so it belongs to the opening of the day. The rewritten file is checked
// to its last record before it takes the place of the old one; a crash leaves one or the other, whole.
//
// An error that is ErrCommit means that the new file could not be opened: the process must stop.
func (j *Journal) Compact() (bool, error) {
	j.writer.Lock()
	defer j.writer.Unlock()
	if j.failed != nil {
		return false, j.failed
	}
	s := j.Stats()
	if s.Pages < compactFrom || s.FreePages*100 <= s.Pages*compactAbove {
		return false, nil
	}
	if err := j.roomFor(j.dir); err != nil {
		return false, err
	}
	tmp, err := tempName(j.dir)
	if err != nil {
		return false, err
	}
	defer os.Remove(tmp)
	if err := j.rewrite(tmp); err != nil {
		return false, createError(err)
	}
	return true, j.swap(tmp)
}

// rewrite copies every bucket into the file tmp and checks the copy. The caller holds writer.
func (j *Journal) rewrite(tmp string) error {
	dst, err := bolt.Open(tmp, fileMode, &bolt.Options{
		Timeout: j.opts.Timeout, FreelistType: bolt.FreelistMapType, NoFreelistSync: true,
	})
	if err != nil {
		return err
	}
	j.gate.RLock()
	if j.db == nil {
		err = ErrClosed
	} else {
		err = bolt.Compact(dst, j.db, compactStep)
	}
	j.gate.RUnlock()
	if err = errors.Join(err, dst.Close()); err != nil {
		return err
	}
	report, err := verifyFile(tmp, j.opts)
	if err == nil {
		err = report.first
	}
	if err != nil {
		return err
	}
	if seq, chain := j.Last(); report.Seq != seq || report.Chain != chain || report.Epoch != j.epoch {
		return fmt.Errorf("%w (the rewritten file ends with record %d instead of %d)", ErrDamaged, report.Seq, seq)
	}
	return nil
}

// swap puts the rewritten file in place of the old one while nobody reads.
func (j *Journal) swap(tmp string) error {
	j.gate.Lock()
	defer j.gate.Unlock()
	if j.db == nil {
		return ErrClosed
	}
	path := filepath.Join(j.dir, FileName)
	err := j.db.Close()
	j.db = nil
	if err == nil {
		err = publish(tmp, path)
	}
	// Whichever file has the name now is whole: go on with it, unless it cannot be opened.
	if openErr := j.openFile(path); openErr != nil {
		j.failed = fmt.Errorf("%w (after a rewrite: %v)", ErrCommit, errors.Join(err, openErr))
		return j.failed
	}
	return err
}
