package scheduler

import (
	"slices"

	"lapak/scheduler/procedure"
)

// What a branch has learned about its times reaches the rules by a record like
// everything else: the state never measures, it is told. So a replay needs no
// learner, and a better learner next month does not rewrite last month.

// The learned times. Both commands are the timer's or a manager's.
type (
	// LearnTimes replaces the learned step times. They must lie inside the band
	// around the catalogue (package procedure says which and why).
	LearnTimes struct{ Times procedure.Times }
	// ForgetTimes goes back to the catalogue: for one step of one programme, for
	// a whole programme (Step empty), or for everything (both empty). Whoever
	// learns from the journal forgets with it.
	ForgetTimes struct {
		Programme procedure.Programme
		Step      procedure.StepCode
	}
)

// TimesLearned replaces the learned step times.
type TimesLearned struct {
	Steps []procedure.StepTime `json:"steps"`
}

// TimesForgotten drops learned step times, here and in whoever learns. Empty
// fields mean every programme and every step.
type TimesForgotten struct {
	Programme procedure.Programme `json:"programme,omitempty"`
	Step      procedure.StepCode  `json:"step,omitempty"`
}

func (TimesLearned) Kind() string   { return "times.learned" }
func (TimesForgotten) Kind() string { return "times.forgotten" }

// Holds reports whether the event is about the step.
func (e TimesForgotten) Holds(p procedure.Programme, step procedure.StepCode) bool {
	return (e.Programme == "" || e.Programme == p) && (e.Step == "" || e.Step == step)
}

func (c LearnTimes) decide(d *Draft) error {
	if err := c.Times.Validate(); err != nil {
		return invalid("times", "bad_times", "%v", err)
	}
	if err := c.Times.Fits(d.Floor.Policy.Procedures); err != nil {
		return invalid("times", "bad_times", "%v", err)
	}
	if slices.Equal(c.Times.Steps, d.Floor.learnedSteps()) {
		return conflict("no_change", "These are the learned times already.")
	}
	d.emit(TimesLearned{Steps: slices.Clone(c.Times.Steps)})
	return nil
}

func (c ForgetTimes) decide(d *Draft) error {
	if c.Programme == "" && c.Step != "" {
		return invalid("programme", "missing", "Name the programme whose step %s is to be forgotten.", c.Step)
	}
	if c.Programme != "" {
		p, ok := d.Floor.Policy.Procedures.Procedure(c.Programme)
		if !ok {
			return invalid("programme", "unknown_programme", "No procedure exists for programme %.40q.", c.Programme)
		}
		if c.Step != "" && !slices.ContainsFunc(p.Steps, func(s procedure.Step) bool { return s.Code == c.Step }) {
			return invalid("step", "unknown_step", "The procedure of %s has no step %.40q.", c.Programme, c.Step)
		}
	}
	d.emit(TimesForgotten(c))
	return nil
}

func (e TimesLearned) apply(s *State) {
	s.Floor.Times = nil
	if len(e.Steps) > 0 {
		s.Floor.Times = &procedure.Times{Steps: slices.Clone(e.Steps)}
	}
	s.Floor.relearn()
}

func (e TimesForgotten) apply(s *State) {
	f := &s.Floor
	var kept []procedure.StepTime
	for _, t := range f.learnedSteps() {
		if !e.Holds(t.Programme, t.Step) {
			kept = append(kept, t)
		}
	}
	f.Times = nil
	if len(kept) > 0 {
		f.Times = &procedure.Times{Steps: kept}
	}
	f.relearn()
}

func (f *Floor) learnedSteps() []procedure.StepTime {
	if f.Times == nil {
		return nil
	}
	return f.Times.Steps
}

// relearn adds the procedures' times up anew. Every change of the policy or the
// learned times must call it.
func (f *Floor) relearn() { f.times = newTimes(f.Policy, f.Times) }

// procedureBy is a programme's procedure with the times that are believed of
// the officer, 0 being any: learned ones, else the catalogue's.
func (f *Floor) procedureBy(id OfficerID, p procedure.Programme) (procedure.Procedure, bool) {
	if t := f.timesBy(id, p); t != nil {
		return t.procedure, true
	}
	return procedure.Procedure{}, false
}

// stepBy is the claim's present step with the times believed of the officer.
func (f *Floor) stepBy(id OfficerID, c *Claim) (procedure.Step, bool) {
	return f.timesBy(id, c.Programme).step(c)
}

// soleOfficer is the one officer of a session's crew, or 0 for a crew of
// several: whoever of them comes, nobody knows yet.
func (s *State) soleOfficer(id SessionID) OfficerID {
	if ses := s.Session(id); ses != nil && len(ses.Crew) == 1 {
		return ses.Crew[0]
	}
	return 0
}

// StepsBy returns the steps of the claim's procedure under the policy's
// briefing, with the times that the branch has learned of the officer, 0 being
// any. The caller must not change them.
func (s *State) StepsBy(id OfficerID, c *Claim) []procedure.Step {
	if t := s.Floor.timesBy(id, c.Programme); t != nil {
		return t.steps
	}
	return nil
}
