package scheduler

import (
	"slices"

	"lapak/scheduler/procedure"
)

// effective is the visit's place in the fair order: the branch time from which
// it counts as waiting. ready is when its papers were found complete. The
// reasons say what moved it (design.md, Order).
func (f *Floor) effective(v *Visit, ready Time) (Time, []Why) {
	p := &f.Policy.Order
	at := v.Arrived
	var why []Why
	if ready > v.Arrived && v.State == Incomplete && ready-v.Arrived > int64(p.GraceS) {
		at = ready
		why = append(why, Why{Code: WhyPapersLater})
	}
	open := f.atSecond(f.Day.Hours.OpenS)
	if at < open && !f.Day.Extended {
		at = open // nobody gains by coming before the doors open
		why = append(why, Why{Code: WhyLot, A: int64(v.Lot)})
	}
	if v.Priority == Guaranteed {
		at = min(at, open)
		why = append(why, Why{Code: WhyGuaranteed})
	}
	if v.Due != 0 {
		at, why = f.bookedEffective(v, at, why)
	}
	if v.Priority != NoPriority {
		at -= int64(p.PriorityJumpS)
		why = append(why, Why{Code: WhyPriority, A: int64(p.PriorityJumpS)})
	}
	return at, why
}

// bookedEffective applies a booking's credit: near its time it counts as if
// it had come that many seconds earlier; long before, only from shortly before
// its time; beyond the grace time, like a walk-in.
func (f *Floor) bookedEffective(v *Visit, at Time, why []Why) (Time, []Why) {
	p := &f.Policy.Order
	if late := v.Arrived - v.Due; late > int64(p.GraceS) {
		return at, append(why, Why{Code: WhyLate, A: late})
	} else if late > 0 {
		why = append(why, Why{Code: WhyGrace, A: late})
	}
	if early := v.Due - int64(p.ArriveEarlyS); at < early {
		at = early
		why = append(why, Why{Code: WhyEarly, A: early})
	}
	return at - int64(p.BookingCreditS), append(why, Why{Code: WhyBooked, A: int64(p.BookingCreditS)})
}

// before is the fair order of two visits in one line.
func before(a, b *Visit) int {
	switch {
	case a.Effective != b.Effective:
		return cmp64(a.Effective, b.Effective)
	case a.Lot != b.Lot:
		return cmp64(int64(a.Lot), int64(b.Lot))
	case a.Requeues != b.Requeues: // only who was put behind another shares its lot
		return cmp64(int64(a.Requeues), int64(b.Requeues))
	case a.Since != b.Since:
		return cmp64(a.Since, b.Since)
	}
	return cmp64(int64(a.ID), int64(b.ID))
}

func cmp64(a, b int64) int {
	if a < b {
		return -1
	}
	if a > b {
		return 1
	}
	return 0
}

// Line returns the visits in the given state in the fair order.
func (f *Floor) Line(state VisitState) []*Visit {
	var line []*Visit
	for i := range f.Visits {
		if f.Visits[i].State == state {
			line = append(line, &f.Visits[i])
		}
	}
	slices.SortFunc(line, before)
	return line
}

// requeuePlace is the effective time and the lot that put a visit right behind
// as many of the line as the policy says. The lot matters among early comers,
// who all count from the opening; it is 0 when the visit keeps its own.
func (f *Floor) requeuePlace(v *Visit, state VisitState, now Time) (Time, uint32, int) {
	line := f.Line(state)
	line = slices.DeleteFunc(line, func(w *Visit) bool { return w.ID == v.ID })
	n := min(f.Policy.Call.RequeuePositions, len(line))
	if n == 0 {
		return min(v.Effective, now), 0, 0
	}
	last := line[n-1]
	if before(v, last) > 0 {
		return v.Effective, 0, n // it stands behind them already
	}
	return last.Effective, last.Lot, n
}

// openClaim returns the visit's first unsettled claim of a person (any person
// when person is negative), or nil.
func (s *State) openClaim(v *Visit, person int8) *Claim {
	n := 0
	for c := s.Claim(v.First); c != nil && n < int(v.NClaims); c = s.Claim(c.Next) {
		if c.Outcome == NoOutcome && (person < 0 || c.Person == person) {
			return c
		}
		n++
	}
	return nil
}

// programmeOf is the programme that decides where the visit may sit.
func (s *State) programmeOf(v *Visit) procedure.Programme {
	if c := s.openClaim(v, -1); c != nil {
		return c.Programme
	}
	return ""
}

// stepOf returns the claim's present step under the policy's briefing, or
// false when every step is done.
func (f *Floor) stepOf(c *Claim) (procedure.Step, bool) {
	return f.timesOf(c.Programme).step(c)
}

// whoOf is whose the step is under the policy's way of briefing.
func (p *Policy) whoOf(proc *procedure.Procedure, step procedure.Step) procedure.Who {
	switch {
	case step.Code != procedure.StepBriefing:
		return step.Who
	case p.Briefing == string(procedure.BriefingBooth):
		return procedure.Visitor
	case proc.Group:
		return procedure.Group
	}
	return procedure.Officer
}

// lastStep reports whether the claim is at its procedure's last step or past
// it: where the outcome is due.
func (f *Floor) lastStep(c *Claim) bool {
	t := f.timesOf(c.Programme)
	return t == nil || int(c.Step) >= len(t.steps)-1
}

// remaining returns the expected seconds of the claim's steps from the present
// one on, worked by the officer (0: anybody): all of them, and the officer's
// alone.
// Of a person's next claim in one sitting the briefing is left out: it was heard.
func (f *Floor) remaining(by OfficerID, c *Claim, heard bool) (all, officer int64) {
	t := f.timesBy(by, c.Programme)
	if t == nil || c.Outcome != NoOutcome || int(c.Step) >= len(t.left) {
		return 0, 0
	}
	step := int(c.Step)
	if heard && step == 0 && len(t.steps) > 0 && t.steps[0].Code == procedure.StepBriefing {
		step = 1
	}
	left := t.left[step]
	return left.all, left.officer
}

// workOf returns the expected seconds that the visit needs at its seats (the
// longest person's claims, one after the other) and the officer's seconds for
// all of them, of the open claims as many as are left of one sitting's files.
// By is who works there, 0 being anybody.
func (s *State) workOf(by OfficerID, v *Visit) (stay, officer int64) {
	if v.NClaims == 1 { // nearly all
		if c := s.Claim(v.First); c != nil {
			return s.Floor.remaining(by, c, false)
		}
	}
	var byPerson [MaxPersons]int64
	n, files := 0, s.Floor.Policy.Group.FilesPerSitting*max(1, int(v.Persons))-int(v.Sitting)
	for c := s.Claim(v.First); c != nil && n < int(v.NClaims) && files > 0; c = s.Claim(c.Next) {
		n++
		if c.Outcome != NoOutcome {
			continue
		}
		files--
		person := min(int(c.Person), MaxPersons-1)
		a, o := s.Floor.remaining(by, c, byPerson[person] > 0)
		byPerson[person] += a
		officer += o
	}
	return slices.Max(byPerson[:]), officer
}
