package procedure

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"

	"lapak/scheduler/calendar"
)

// FieldError says which field is wrong and why. Field is the JSON path, for example
// procedures[0].steps[2].mean_s.
type FieldError = calendar.FieldError

func wrong(field, format string, args ...any) error {
	return &FieldError{Field: field, Reason: fmt.Sprintf(format, args...)}
}

func at(field string, index int) string { return field + "[" + strconv.Itoa(index) + "]" }

// Limits.
const (
	// MaxSteps bounds a procedure: the booth screen shows all steps at once, and a claim of more parts
	// than this is several claims.
	MaxSteps = 12
	// MaxMeanS bounds a step at half a branch day; more is a mistyped minute.
	MaxMeanS = 4 * 3600
	// MaxCvPct bounds the spread: beyond three times the mean a duration says nothing.
	MaxCvPct = 300
	// MaxPromiseDays bounds a promise at about three months of working days.
	MaxPromiseDays = 60
	// MaxDocs bounds a checklist: it must fit an officer's screen, and a bit set of 64.
	MaxDocs = 32
	// MaxChecklists bounds the versions of all reasons: ten rules of each reason's.
	MaxChecklists = 200
	// MaxWaitMonths and MaxMemberMonths bound the rules: two years' wait, a working life.
	MaxWaitMonths   = 24
	MaxMemberMonths = 12 * 50
)

// ValidateSteps checks the shape of a list of steps under a field's name: how many, who, times, and that
// an officer is needed. It does not know the step codes, so that a trial procedure may invent its own.
func ValidateSteps(field string, steps []Step) error {
	if len(steps) == 0 {
		return wrong(field, "no steps; add at least one that the officer does")
	}
	if len(steps) > MaxSteps {
		return wrong(field, "%d steps; at most %d are possible, join some", len(steps), MaxSteps)
	}
	officer := false
	for i, step := range steps {
		name := at(field, i)
		switch {
		case !step.Who.Valid():
			return wrong(name+".who", "must be visitor, officer or group")
		case step.MeanS < 1 || step.MeanS > MaxMeanS:
			return wrong(name+".mean_s", "%d is outside 1 to %d seconds", step.MeanS, MaxMeanS)
		case step.CvPct < 0 || step.CvPct > MaxCvPct:
			return wrong(name+".cv_pct", "%d is outside 0 to %d percent", step.CvPct, MaxCvPct)
		}
		officer = officer || step.Who == Officer
	}
	if !officer {
		return wrong(field, "no step is done by the officer; nobody would settle the claim")
	}
	return nil
}

// Validate returns a *FieldError for the first field that is wrong, or nil.
func (c Catalog) Validate() error {
	if err := c.validateProcedures(); err != nil {
		return err
	}
	if err := c.validateRules(); err != nil {
		return err
	}
	return c.validateChecklists()
}

func (c Catalog) validateProcedures() error {
	if len(c.Procedures) == 0 {
		return wrong("procedures", "no programme has a procedure; add at least one")
	}
	for i, procedure := range c.Procedures {
		field := at("procedures", i)
		if !slices.Contains(Programmes(), procedure.Programme) {
			return wrong(field+".programme", "%.40q is none of %v", procedure.Programme, Programmes())
		}
		if first := slices.IndexFunc(c.Procedures, func(p Procedure) bool { return p.Programme == procedure.Programme }); first < i {
			return wrong(field+".programme", "%s has a procedure already in procedures[%d]; keep one", procedure.Programme, first)
		}
		if err := procedure.validate(field); err != nil {
			return err
		}
	}
	return nil
}

func (p Procedure) validate(field string) error {
	if err := ValidateSteps(field+".steps", p.Steps); err != nil {
		return err
	}
	for i, step := range p.Steps {
		name := at(field+".steps", i) + ".step"
		if !slices.Contains(StepCodes(), step.Code) {
			return wrong(name, "%.40q is none of %v", step.Code, StepCodes())
		}
		if first := slices.IndexFunc(p.Steps, func(s Step) bool { return s.Code == step.Code }); first < i {
			return wrong(name, "%s is already steps[%d]; a step happens once, so that its times can be learned", step.Code, first)
		}
		if step.Who == Group && !p.Group {
			return wrong(at(field+".steps", i)+".who", "group needs a procedure that allows group sessions; set group or let officer or visitor do it")
		}
	}
	switch {
	case p.PromiseDays < 0 || p.PromiseDays > MaxPromiseDays:
		return wrong(field+".promise_days", "%d is outside 0 to %d working days", p.PromiseDays, MaxPromiseDays)
	case p.PromiseDaysSmall < 0 || p.PromiseDaysSmall > p.PromiseDays:
		return wrong(field+".promise_days_small", "%d is outside 0 to promise_days %d", p.PromiseDaysSmall, p.PromiseDays)
	case p.InformOnly && p.PromiseDays > 0:
		return wrong(field+".promise_days", "a claim that is not made here cannot be promised; use 0")
	case p.InformOnly && p.Group:
		return wrong(field+".group", "a claim that is not made here has no group session")
	}
	return nil
}

func (c Catalog) validateRules() error {
	for i, rule := range c.Rules {
		field := at("rules", i)
		if !slices.Contains(Reasons(), rule.Reason) {
			return wrong(field+".reason", "%.40q is not a known reason", rule.Reason)
		}
		if first := slices.IndexFunc(c.Rules, func(r Rule) bool { return r.Reason == rule.Reason }); first < i {
			return wrong(field+".reason", "%s is already rules[%d]; keep one", rule.Reason, first)
		}
		if programmeOf[rule.Reason] != rule.Programme {
			return wrong(field+".programme", "%s belongs to %s", rule.Reason, programmeOf[rule.Reason])
		}
		if rule.WaitMonths < 0 || rule.WaitMonths > MaxWaitMonths {
			return wrong(field+".wait_months", "%d is outside 0 to %d", rule.WaitMonths, MaxWaitMonths)
		}
		if rule.MemberMonths < 0 || rule.MemberMonths > MaxMemberMonths {
			return wrong(field+".member_months", "%d is outside 0 to %d", rule.MemberMonths, MaxMemberMonths)
		}
	}
	return nil
}

func (c Catalog) validateChecklists() error {
	if len(c.Checklists) > MaxChecklists {
		return wrong("checklists", "%d checklists; at most %d are kept", len(c.Checklists), MaxChecklists)
	}
	type edition struct {
		reason  Reason
		version int
	}
	editions := make(map[edition]int, len(c.Checklists))
	for i, list := range c.Checklists {
		field := at("checklists", i)
		if err := list.validate(field); err != nil {
			return err
		}
		if first, again := editions[edition{list.Reason, list.Version}]; again {
			return wrong(field+".version", "version %d of %s is already checklists[%d]", list.Version, list.Reason, first)
		}
		editions[edition{list.Reason, list.Version}] = i
		for k, other := range c.Checklists[:i] {
			if other.Reason == list.Reason && cmp.Compare(other.From, list.From) != cmp.Compare(other.Version, list.Version) {
				return wrong(field+".from", "%v does not fit version %d: checklists[%d] is version %d from %v, and a later version must start later",
					list.From, list.Version, k, other.Version, other.From)
			}
		}
	}
	return nil
}

func (l Checklist) validate(field string) error {
	switch {
	case !slices.Contains(Reasons(), l.Reason):
		return wrong(field+".reason", "%.40q is not a known reason", l.Reason)
	case programmeOf[l.Reason] != l.Programme:
		return wrong(field+".programme", "%s belongs to %s", l.Reason, programmeOf[l.Reason])
	case l.From <= calendar.MinDate || l.From > calendar.MaxDate:
		return wrong(field+".from", "the date from which the checklist holds is missing")
	case l.Version < 1:
		return wrong(field+".version", "%d is not a version; they count from 1", l.Version)
	case len(l.Docs) > MaxDocs:
		return wrong(field+".docs", "%d papers; at most %d are possible", len(l.Docs), MaxDocs)
	}
	for i, item := range l.Docs {
		name := at(field+".docs", i)
		if !slices.Contains(Docs(), item.Doc) {
			return wrong(name+".doc", "%.40q is not a known paper", item.Doc)
		}
		if first := slices.IndexFunc(l.Docs, func(other Item) bool { return other.Doc == item.Doc }); first < i {
			return wrong(name+".doc", "%s is already docs[%d]; keep one", item.Doc, first)
		}
		if item.When != Always && !slices.Contains(Conditions(), item.When) {
			return wrong(name+".when", "%.40q is none of %v", item.When, Conditions())
		}
	}
	return nil
}
