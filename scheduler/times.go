package scheduler

import "lapak/scheduler/procedure"

// times are the expected seconds of every procedure under one policy and with
// what was learned, added up once: the rules ask for them thousands of times a
// second while both change a few times a day. A table is never changed; it is
// shared by copies of a state.
type times struct {
	policy  *Policy
	learned *procedure.Times
	plain   []course       // as the catalogue has them
	by      []officerTimes // with learned times; any officer's (0) first; nil when nothing was learned
}

// officerTimes are the procedures with the times believed of one officer.
type officerTimes struct {
	officer OfficerID
	of      []course
}

// course is one programme's procedure, and its steps with each given to whom
// the policy's briefing gives it.
type course struct {
	programme procedure.Programme
	procedure procedure.Procedure
	steps     []procedure.Step
	left      []secondsLeft // from each step on; one more than steps
	alone     int64         // officer's seconds of a claim that shares no step
}

// secondsLeft is what a claim still needs: all of its steps, and the officer's.
type secondsLeft struct{ all, officer int64 }

// newTimes adds the procedures up.
func newTimes(p *Policy, learned *procedure.Times) *times {
	t := &times{policy: p, learned: learned, plain: p.courses(p.Procedures.Procedures)}
	if learned == nil || len(learned.Steps) == 0 {
		return t
	}
	for _, id := range append([]int64{0}, learned.Officers()...) {
		t.by = append(t.by, officerTimes{OfficerID(id), p.courses(learned.Procedures(p.Procedures, id))})
	}
	return t
}

func (p *Policy) courses(procedures []procedure.Procedure) []course {
	list := make([]course, len(procedures))
	for i := range procedures {
		proc := &procedures[i]
		one := course{programme: proc.Programme, procedure: *proc, steps: make([]procedure.Step, len(proc.Steps)),
			left: make([]secondsLeft, len(proc.Steps)+1), alone: int64(proc.OfficerS(1))}
		copy(one.steps, proc.Steps)
		for k := len(one.steps) - 1; k >= 0; k-- {
			step := &one.steps[k]
			step.Who = p.whoOf(proc, *step)
			one.left[k] = secondsLeft{one.left[k+1].all + int64(step.MeanS), one.left[k+1].officer}
			if step.Who != procedure.Visitor {
				one.left[k].officer += int64(step.MeanS)
			}
		}
		list[i] = one
	}
	return list
}

// step is the claim's present step, or false when every step is done.
func (t *course) step(c *Claim) (procedure.Step, bool) {
	if t == nil || int(c.Step) >= len(t.steps) {
		return procedure.Step{}, false
	}
	return t.steps[c.Step], true
}

// table is the floor's, or a fresh one for a state that no record has reached.
func (f *Floor) table() *times {
	if t := f.times; t != nil && t.policy == f.Policy && t.learned == f.Times {
		return t
	}
	return newTimes(f.Policy, f.Times)
}

// timesOf returns the programme's table as the catalogue has it, or nil for a
// programme that has no procedure.
func (f *Floor) timesOf(p procedure.Programme) *course { return courseOf(f.table().plain, p) }

// timesBy is timesOf with the times believed of the officer, 0 being any.
func (f *Floor) timesBy(id OfficerID, p procedure.Programme) *course {
	t := f.table()
	if len(t.by) == 0 {
		return courseOf(t.plain, p)
	}
	of := t.by[0].of
	for i := range t.by {
		if t.by[i].officer == id {
			of = t.by[i].of
		}
	}
	return courseOf(of, p)
}

func courseOf(of []course, p procedure.Programme) *course {
	for i := range of {
		if of[i].programme == p {
			return &of[i]
		}
	}
	return nil
}
