package learning

import (
	"fmt"
	"slices"

	"lapak/scheduler"
	"lapak/scheduler/calendar"
	"lapak/scheduler/procedure"
)

// Learner learns from records, one after the other. It is not safe for use by
// several goroutines.
type Learner struct {
	d      *scheduler.Draft // a replica: the state before the next record
	cells  cells
	pace   [paces]pace
	tally  counts
	breaks []usualBreak // ascending by officer
	work   work         // how the officers' time was used
	drawn  []Drawing    // versions of the rooms, oldest first
	facts  []fact       // that can still be taken back, oldest first
	marks  []mark       // steps under way that will not be measured whole
	out    [excuses]int64
	clock  scheduler.Time // of the last correction of the clock
	reset  calendar.Date  // when everything was last forgotten
	gaps   int64          // records that were never shown
}

// pace is everybody's speed against the catalogue: of the visitors, and of the
// officers.
type pace struct {
	Level   float64 `json:"level"`
	Var     float64 `json:"var"`
	Z       float64 `json:"z,omitempty"` // the last day's surprise, in standard deviations
	Clamped bool    `json:"clamped,omitempty"`
}

const (
	paceVisitor = iota
	paceOfficer
	paceNone // a span of the branch: no pace but its own
	paces
)

// pace is whose speed the step has a part in.
func (k key) pace() int {
	switch {
	case k.Programme == "":
		return paceNone
	case k.Who == procedure.Visitor:
		return paceVisitor
	}
	return paceOfficer
}

// mark says that a claim's step was interrupted, by which record.
type mark struct {
	Claim scheduler.ClaimID `json:"c"`
	Step  int8              `json:"s"`
	Seq   int64             `json:"q"`
}

// excuse is why a finished step was not measured.
type excuse int

const (
	outInterrupted excuse = iota // the officer looked in, or it was begun again after an interruption
	outNobodyThere               // no officer was with the person
	outCutShort                  // settled before the last step
	outClock                     // the clock was corrected in the middle
	excuses
)

var excuseNames = [excuses]string{"interrupted", "officer_elsewhere", "cut_short", "clock_corrected"}

// New returns a Learner that knows nothing yet and will be shown the record
// after s first.
func New(s *scheduler.State) *Learner {
	l := &Learner{d: s.Draft()}
	l.forgetPace()
	return l
}

func (l *Learner) forgetPace() {
	for i := range l.pace {
		l.pace[i] = pace{Var: square(commonSd)}
	}
	l.pace[paceNone].Var = 0
}

// Seq is the number of the last record that was shown.
func (l *Learner) Seq() int64 { return l.d.Seq }

// Feed shows the next record. An error says that the record does not follow or
// does not fit; nothing is learned from it, and Resync is the way on.
func (l *Learner) Feed(rec scheduler.Record) error {
	if rec.Seq != l.d.Seq+1 {
		return fmt.Errorf("learning: record %d follows %d; resync with the state, then feed what follows it", rec.Seq, l.d.Seq)
	}
	l.work.pass(l.d.State, rec.At)
	for i, e := range rec.Events {
		l.before(&rec, i, e)
	}
	if err := l.d.Apply(rec); err != nil {
		return fmt.Errorf("learning: %w", err)
	}
	for _, e := range rec.Events {
		l.after(&rec, e)
	}
	l.settle()
	return nil
}

// Resync goes on from another state than the one after the last record, after
// a gap. What could still have been taken back in the gap is not counted, and
// the day's steps under way are not measured.
func (l *Learner) Resync(s *scheduler.State) {
	l.gaps += max(0, s.Seq-l.d.Seq)
	if s.Floor.Day.Number != l.d.Floor.Day.Number {
		l.fold()
	}
	l.d, l.facts, l.marks = s.Draft(), nil, nil
	for i := range s.Floor.Seats {
		if c := s.Claim(s.Floor.Seats[i].Claim); c != nil {
			l.mark(c, s.Seq)
		}
	}
}

// before looks at an event while the state is still as it was.
func (l *Learner) before(rec *scheduler.Record, i int, e scheduler.Event) {
	switch e := e.(type) {
	case scheduler.StepDone:
		l.stepDone(rec, i, e)
	case scheduler.ClaimSettled:
		l.settled(rec, e)
	case scheduler.OfficerTook:
		l.took(rec, e)
	case scheduler.OfficerFreed:
		l.freed(rec, e)
	case scheduler.SeatMoved:
		l.seatMoved(rec, e)
	case scheduler.VisitSeated:
		if v := l.d.Visit(e.ID); v != nil && v.State == scheduler.Called {
			l.note(fact{Seq: rec.Seq, What: factSeated, Channel: v.Channel, A: rec.At - v.CalledAt})
		}
	case scheduler.VisitMoved:
		l.visitMoved(rec, e)
	case scheduler.GroupCalled:
		for _, p := range e.Picks {
			if v := l.d.Visit(p.Visit); v != nil && v.State == scheduler.Waiting && v.FirstCall == 0 {
				l.note(fact{Seq: rec.Seq, What: factWaited, A: max(0, rec.At-l.d.WaitStart(v))})
			}
		}
	case scheduler.OfficerMoved:
		l.presence(rec, e)
	case scheduler.DayClosed:
		l.missed(rec, e)
	case scheduler.ClockAdjusted:
		l.clocked(rec)
	case scheduler.TimesForgotten:
		l.forget(e)
	case scheduler.Undone:
		l.undone(e.Seq)
	}
}

// after looks at what can only be read from the state that an event made.
func (l *Learner) after(rec *scheduler.Record, e scheduler.Event) {
	switch e := e.(type) {
	case scheduler.RoomSet:
		l.keepDrawing(rec, e)
	case scheduler.VisitOpened:
		if e.Visit.State != scheduler.Booked {
			l.arrived(rec, e.Visit.ID)
		}
	case scheduler.VisitArrived:
		l.arrived(rec, e.ID)
	case scheduler.DayOpened:
		l.marks, l.clock = nil, 0
		l.work.open()
	case scheduler.PolicySet:
		l.rebase()
	case scheduler.DayClosed:
		for _, f := range l.facts {
			l.count(f)
		}
		l.facts = nil
		l.fold()
		l.work.close(l.d.Floor.Day.Date)
	}
}

// note keeps a fact until it can no longer be taken back.
func (l *Learner) note(f fact) {
	if len(l.facts) >= maxPending {
		l.count(l.facts[0])
		l.facts = slices.Delete(l.facts, 0, 1)
	}
	l.facts = append(l.facts, f)
}

// settle counts the facts whose record is not among those that the state still
// lets anybody take back.
func (l *Learner) settle() {
	if len(l.facts) == 0 {
		return
	}
	l.facts = slices.DeleteFunc(l.facts, func(f fact) bool {
		open := slices.ContainsFunc(l.d.Undo, func(u scheduler.Undoable) bool { return u.Seq == f.Seq })
		if !open {
			l.count(f)
		}
		return !open
	})
}

// undone drops what was seen in a record that is taken back. The state itself
// restores when its steps began.
func (l *Learner) undone(seq int64) {
	l.facts = slices.DeleteFunc(l.facts, func(f fact) bool { return f.Seq == seq })
	l.marks = slices.DeleteFunc(l.marks, func(m mark) bool { return m.Seq == seq })
}

func (l *Learner) mark(c *scheduler.Claim, seq int64) {
	if len(l.marks) >= maxMarks {
		l.marks = slices.Delete(l.marks, 0, 1)
	}
	l.marks = append(l.marks, mark{c.ID, c.Step, seq})
}

func (l *Learner) marked(c *scheduler.Claim) bool {
	return slices.ContainsFunc(l.marks, func(m mark) bool { return m.Claim == c.ID && m.Step == c.Step })
}

// forget is a manager's reset: of one step, a programme or everything.
func (l *Learner) forget(e scheduler.TimesForgotten) {
	date := l.d.Floor.Day.Date
	l.facts = slices.DeleteFunc(l.facts, func(f fact) bool {
		return (f.What == factStep || f.What == factCut) && e.Holds(f.Key.Programme, f.Key.Step)
	})
	l.cells = slices.DeleteFunc(l.cells, func(c cell) bool {
		return c.Officer != 0 && e.Holds(c.Programme, c.Step)
	})
	all := e.Programme == "" && e.Step == ""
	if all {
		l.forgetPace()
		l.reset, l.out, l.tally, l.breaks = date, [excuses]int64{}, counts{}, nil
	}
	l.eachStep(func(p procedure.Programme, step procedure.Step, c *cell) {
		if c == nil && !all && e.Holds(p, step.Code) { // so that everybody's pace does not move it either
			l.cells.need(key{Programme: p, Step: step.Code, Who: step.Who}, step, date)
		}
	})
	for i := range l.cells {
		if c := &l.cells[i]; c.Programme != "" && e.Holds(c.Programme, c.Step) {
			c.forget(date)
			c.Level = -l.pace[c.pace()].Level // the catalogue's mean again, whatever everybody's pace
		} else if all {
			c.forget(date)
		}
	}
}

// rebase follows a changed catalogue.
func (l *Learner) rebase() {
	for i := range l.cells {
		c := &l.cells[i]
		if step, ok := l.catalogue(c.key); ok {
			c.rebase(step)
		}
	}
}

// catalogue is the present catalogue's step.
func (l *Learner) catalogue(k key) (procedure.Step, bool) {
	switch {
	case k.Step == spanSeatChange:
		return procedure.Step{MeanS: max(1, l.d.Floor.Policy.Seat.ChangeS), CvPct: spanCvPct}, true
	case k.Step == spanWalk:
		return procedure.Step{MeanS: walkPriorS, CvPct: spanCvPct}, true
	}
	p, ok := l.d.Floor.Policy.Procedures.Procedure(k.Programme)
	i := slices.IndexFunc(p.Steps, func(s procedure.Step) bool { return s.Code == k.Step })
	if !ok || i < 0 {
		return procedure.Step{}, false
	}
	return p.WithBriefing(procedure.Briefing(l.d.Floor.Policy.Briefing)).Steps[i], true
}
