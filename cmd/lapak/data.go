package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"lapak/hall"
	"lapak/hall/journal"
	"lapak/scheduler"
)

// defaultData is the data directory when none is named.
const defaultData = "./lapak-data"

func dataFlag(c *cobra.Command, dir *string) {
	c.Flags().StringVar(dir, "data", defaultData, "data directory")
}

// needData refuses a directory that holds no branch, so that a typing error
// never looks like an empty branch.
func needData(dir string) error {
	if _, err := os.Stat(filepath.Join(dir, journal.FileName)); errors.Is(err, os.ErrNotExist) {
		return unavailable("%s holds no branch's data (no %s there); name the directory with --data", dir, journal.FileName)
	} else if err != nil {
		return unavailable("%v", err)
	}
	return nil
}

// report is the answer of verify.
type report struct {
	OK       bool     `json:"ok"`
	Records  int64    `json:"records"`
	Epoch    string   `json:"epoch"`
	Seq      int64    `json:"seq"`
	Sum      string   `json:"sum"`
	Problems []string `json:"problems"`
}

// verifyJournal reads the journal from its start or oldest kept snapshot,
// applies every record and checks every invariant of the state it leads to.
func verifyJournal(j *journal.Journal) report {
	r := report{Epoch: j.Epoch(), Problems: []string{}}
	if rep, err := j.Verify(); err != nil {
		r.Problems = append(r.Problems, err.Error())
	} else {
		r.Records = int64(rep.Records)
	}
	state, err := replayAll(j)
	if err != nil {
		r.Problems = append(r.Problems, err.Error())
		return r
	}
	r.Seq, r.Sum = state.Seq, scheduler.Sum(state)
	r.Problems = append(r.Problems, scheduler.Check(state)...)
	r.OK = len(r.Problems) == 0
	return r
}

// checkEvery is after how many records a verification checks the invariants:
// often enough to name the day on which a fault began.
const checkEvery = 500

// replayAll applies every kept record, from the first one or from the oldest
// kept snapshot, and checks the state along the way.
func replayAll(j *journal.Journal) (*scheduler.State, error) {
	plain := journal.Plain{Store: j}
	start := scheduler.New()
	if j.Base() > 0 {
		var oldest *scheduler.State
		err := plain.Snapshots(func(_ int64, version int, sum string, data []byte) bool {
			if s, err := scheduler.DecodeState(data); version == scheduler.StateVersion && err == nil && scheduler.Sum(s) == sum {
				oldest = s
			}
			return false
		})
		if err != nil || oldest == nil {
			return nil, fmt.Errorf("records before %d were cut and no kept snapshot can be read: %v", j.Base()+1, err)
		}
		start = oldest
	}
	d := start.Draft()
	err := plain.Scan(start.Seq+1, func(seq int64, data []byte) error {
		rec, err := scheduler.Decode(data)
		if err != nil {
			return err
		}
		if err := hall.ApplySafely(d, rec); err != nil {
			return err
		}
		if seq%checkEvery == 0 {
			if found := scheduler.Check(d.State); len(found) > 0 {
				return fmt.Errorf("after record %d: %s", seq, found[0])
			}
		}
		return nil
	})
	return d.Publish(), err
}
