package backup

import (
	"fmt"

	"lapak/hall"
	"lapak/hall/journal"
	"lapak/scheduler"
)

// Report is what a verification found.
type Report struct {
	OK       bool     `json:"ok"`
	Records  int64    `json:"records"` // that the journal holds
	Epoch    string   `json:"epoch"`
	Seq      int64    `json:"seq"`      // the last record
	Sum      string   `json:"sum"`      // of the state that the records lead to
	Problems []string `json:"problems"` // sentences; none in a sound journal
}

// Verify reads the journal from its start or oldest kept snapshot,
// applies every record and checks every invariant of the state it leads to. What
// is wrong is in the report.
func Verify(j *journal.Journal) Report {
	r := Report{Epoch: j.Epoch(), Problems: []string{}}
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
