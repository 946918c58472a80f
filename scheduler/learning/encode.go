package learning

import (
	"bytes"
	"encoding/json"
	"fmt"

	"lapak/scheduler"
	"lapak/scheduler/calendar"
)

// Version of the encoding. An unknown one is refused; the caller then starts
// with New and, if it likes, replays what records it still has.
const Version = 1

// saved is a Learner on disk, without the replica.
type saved struct {
	Version int            `json:"v"`
	Seq     int64          `json:"seq"`
	Cells   cells          `json:"cells"`
	Pace    [paces]pace    `json:"pace"`
	Counts  counts         `json:"counts"`
	Breaks  []usualBreak   `json:"breaks,omitempty"`
	Facts   []fact         `json:"facts"`
	Marks   []mark         `json:"marks"`
	Out     [excuses]int64 `json:"out"`
	Clock   scheduler.Time `json:"clock"`
	Reset   calendar.Date  `json:"reset,omitzero"`
	Gaps    int64          `json:"gaps"`
	Day     int            `json:"day"`
	Date    calendar.Date  `json:"date,omitzero"`
	Work    work           `json:"work,omitzero"`
	Drawn   []Drawing      `json:"drawn,omitempty"`
}

// Encode writes everything that was learned. The state is not in it: Restore
// wants the one after the same record. Equal Learners have equal bytes.
func (l *Learner) Encode() ([]byte, error) {
	b, err := json.Marshal(saved{Version, l.d.Seq, l.cells, l.pace, l.tally, l.breaks, l.facts, l.marks, l.out, l.clock, l.reset, l.gaps,
		l.d.Floor.Day.Number, l.d.Floor.Day.Date, l.work, l.drawn})
	if err != nil {
		return nil, fmt.Errorf("learning: encode: %w", err)
	}
	return b, nil
}

// Restore reads what Encode wrote. With the state after the same record the
// Learner is the one that was written; with a later one it goes on after a gap
// (see Resync); with an earlier one, bytes of another version or damaged ones
// it is an error.
func Restore(b []byte, s *scheduler.State) (*Learner, error) {
	var from saved
	dec := json.NewDecoder(bytes.NewReader(b))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&from); err != nil {
		return nil, fmt.Errorf("learning: restore: %w", err)
	}
	if from.Version != Version {
		return nil, fmt.Errorf("learning: restore: version %d is not %d; start anew", from.Version, Version)
	}
	if from.Seq > s.Seq {
		return nil, fmt.Errorf("learning: restore: learned up to record %d, the state is at %d", from.Seq, s.Seq)
	}
	if err := from.sound(); err != nil {
		return nil, fmt.Errorf("learning: restore: %w", err)
	}
	l := &Learner{d: s.Draft(), cells: from.Cells, pace: from.Pace, tally: from.Counts, breaks: from.Breaks, facts: from.Facts, marks: from.Marks,
		out: from.Out, clock: from.Clock, reset: from.Reset, gaps: from.Gaps, work: from.Work, drawn: from.Drawn}
	if from.Seq < s.Seq {
		l.d.Seq = from.Seq
		l.d.Floor.Day.Number, l.d.Floor.Day.Date = from.Day, from.Date
		l.Resync(s)
	}
	l.rebase()
	return l, nil
}

// sound refuses what no Learner wrote.
func (s *saved) sound() error {
	for i := range s.Cells {
		c := &s.Cells[i]
		switch {
		case i > 0 && s.Cells[i-1].compare(c.key) >= 0:
			return fmt.Errorf("figure %d is out of order", i)
		case c.PriorS < 1 || !(c.Var >= 0) || !(c.Spread >= 0) || !(c.SpreadN >= 0) || !(c.N >= 0) || c.Day.N < 0:
			return fmt.Errorf("figure %d is impossible", i)
		case c.Level > 2*maxLevel || c.Level < -2*maxLevel:
			return fmt.Errorf("figure %d lies outside every limit", i)
		}
	}
	for _, p := range s.Pace {
		if !(p.Var >= 0) || p.Level > maxLevel || p.Level < -maxLevel {
			return fmt.Errorf("a pace lies outside every limit")
		}
	}
	for i := range s.Breaks {
		if r := &s.Breaks[i]; i > 0 && s.Breaks[i-1].Officer >= r.Officer || !(r.AtS >= 0) || !(r.ForS >= 0) || !(r.Took >= 0) || r.Took > r.Days {
			return fmt.Errorf("the breaks of officer %d are impossible", r.Officer)
		}
	}
	for _, f := range s.Facts {
		if int(f.Channel) >= channels || f.A < 0 || f.B < 0 {
			return fmt.Errorf("a fact of record %d is impossible", f.Seq)
		}
	}
	if len(s.Drawn) > maxDrawings {
		return fmt.Errorf("%d drawings are more than are kept", len(s.Drawn))
	}
	if !s.Work.sound() {
		return fmt.Errorf("the officers' work is impossible")
	}
	if len(s.Facts) > maxPending || len(s.Marks) > maxMarks {
		return fmt.Errorf("more is pending than there may be")
	}
	return nil
}
