package whatif

import "lapak/scheduler"

// FieldError says which field of a question is wrong and why.
type FieldError struct {
	Field  string
	Reason string
}

// Error is the field and the reason.
func (e *FieldError) Error() string { return e.Field + ": " + e.Reason }

// Base is the branch that a question is about: its rooms, officers, policy and
// hours, and who comes to it.
type Base struct {
	Policy *scheduler.Policy
}

// BaseOf is the branch as it is now.
func BaseOf(s *scheduler.State) Base { return Base{Policy: s.Floor.Policy} }

// Validate returns a *FieldError for the first field that is wrong, or nil.
func (q Question) Validate(Base) error {
	if q.Days < 0 || q.Days > MaxDays {
		return &FieldError{"days", "give 1 to 200 days"}
	}
	if q.Changes == nil && !q.Advise {
		return &FieldError{"changes", "say what would be different, or ask for advice with advise"}
	}
	return nil
}

// Study is one question under way.
type Study struct {
	q Question
}

// New begins a study.
func New(q Question, _ Base) (*Study, error) { return &Study{q: q}, nil }

// Next does one unit of work and reports whether there is more.
func (s *Study) Next() (bool, error) { return false, nil }

// Progress is the units done and in all.
func (s *Study) Progress() (done, total int) { return 1, 1 }

// Answer is what is known so far.
func (s *Study) Answer() Answer {
	return Answer{Demand: Demand{From: "catalogue"}, Times: Times{From: "catalogue"}, Changes: []Change{}, Rows: []Row{}, Hours: []HourRow{}, Notes: []string{}}
}
