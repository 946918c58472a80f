package scheduler

// RestoredJump is how many numbers of each series are left out after a
// restore with a day open: more than a branch gives between two backups of an
// hour, so that no printed ticket is given twice.
const RestoredJump = 200

// SkipNumbers leaves numbers of every series out. The restore of a backup
// gives it, because tickets printed after the backup are still in people's
// hands.
type SkipNumbers struct{ By int }

// NumbersSkipped leaves numbers out.
type NumbersSkipped struct {
	By int32 `json:"by"`
}

// Kind is the event's stable name.
func (NumbersSkipped) Kind() string { return "numbers.skipped" }

func (e NumbersSkipped) apply(s *State) {
	for i := range s.Floor.LastNo {
		s.Floor.LastNo[i] += e.By
	}
}

func (c SkipNumbers) decide(d *Draft) error {
	if err := d.needOpenDay(); err != nil {
		return err
	}
	if c.By < 1 || c.By > 10*RestoredJump {
		return invalid("by", "out_of_range", "Between 1 and %d numbers can be left out at once.", 10*RestoredJump)
	}
	d.emit(NumbersSkipped{By: int32(c.By)})
	return nil
}
