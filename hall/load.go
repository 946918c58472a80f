package hall

import (
	"errors"
	"fmt"

	"lapak/scheduler"
)

// errNoSnapshot is a journal that cannot be rebuilt from what it holds.
var errNoSnapshot = errors.New("hall: the journal's first records were cut and no kept snapshot can be read; restore the newest backup")

// Load rebuilds the state from the journal: the newest snapshot that decodes
// to its own sum, and every record after it.
func Load(j Journal) (*scheduler.State, error) {
	state, err := fromSnapshot(j)
	if err != nil {
		return nil, err
	}
	d := state.Draft()
	err = j.Scan(state.Seq+1, func(seq int64, data []byte) error {
		rec, err := scheduler.Decode(data)
		if err != nil {
			return err
		}
		if rec.Seq != seq {
			return fmt.Errorf("hall: record %d calls itself %d", seq, rec.Seq)
		}
		return ApplySafely(d, rec)
	})
	if err != nil {
		return nil, fmt.Errorf("hall: replay stops after record %d: %w", d.Seq, err)
	}
	if d.Seq != j.Last() {
		return nil, fmt.Errorf("hall: replay reached record %d of %d: %w", d.Seq, j.Last(), errNoSnapshot)
	}
	return d.Publish(), nil
}

// ApplySafely turns a panic of the rules into an error that names the record,
// so that the operator can look at it instead of losing the process.
func ApplySafely(d *scheduler.Draft, rec scheduler.Record) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("hall: record %d cannot be applied: %v", rec.Seq, p)
		}
	}()
	return d.Apply(rec)
}

func fromSnapshot(j Journal) (*scheduler.State, error) {
	state := scheduler.New()
	err := j.Snapshots(func(seq int64, version int, sum string, data []byte) bool {
		if version != scheduler.StateVersion {
			return false // an older encoding: rebuilt from the records
		}
		s, err := scheduler.DecodeState(data)
		if err != nil || s.Seq != seq || scheduler.Sum(s) != sum {
			return false
		}
		state = s
		return true
	})
	return state, err
}

// Snapshot keeps the present state in the journal, so that older records may
// be cut and the next start is short.
func (h *Hall) Snapshot() error {
	s := h.State()
	data, err := scheduler.EncodeState(s)
	if err != nil {
		return err
	}
	return h.o.Journal.SaveSnapshot(s.Seq, scheduler.StateVersion, scheduler.Sum(s), data)
}
