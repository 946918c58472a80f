package procedure

import "lapak/scheduler/calendar"

// Step is one part of a procedure.
type Step struct {
	Code  StepCode `json:"step"`
	Who   Who      `json:"who"`
	MeanS int      `json:"mean_s"` // Expected duration in seconds, until the branch has learned its own.
	CvPct int      `json:"cv_pct"` // Standard deviation in percent of the mean.
}

// Procedure is how one claim of a programme is worked.
type Procedure struct {
	Programme Programme `json:"programme"`
	// Group: the claim may be worked in a session with others. Else it is worked one to one.
	Group bool `json:"group"`
	// InformOnly: the claim is not made at a branch; the desk explains where to make it.
	InformOnly bool   `json:"inform_only"`
	Steps      []Step `json:"steps"`
	// PromiseDays and PromiseDaysSmall are the working days from settling to payment; the second one is
	// for small balances, and 0 means that the programme makes no such difference.
	PromiseDays      int `json:"promise_days"`
	PromiseDaysSmall int `json:"promise_days_small"`
}

// WithBriefing returns the procedure with its briefing given in another way: by the booth it is the
// visitor's step, live or shared it is the group's, or the officer's where the procedure is worked one to
// one. Steps are copied, so the original is untouched; an unknown way and a procedure without a briefing
// change nothing.
func (p Procedure) WithBriefing(way Briefing) Procedure {
	who := Visitor
	switch way {
	case BriefingBooth:
	case BriefingLive, BriefingShared:
		who = Officer
		if p.Group {
			who = Group
		}
	default:
		return p
	}
	steps := make([]Step, len(p.Steps))
	copy(steps, p.Steps)
	for i := range steps {
		if steps[i].Code == StepBriefing {
			steps[i].Who = who
		}
	}
	p.Steps = steps
	return p
}

// OfficerS returns the expected seconds of the officer that one claim takes: the steps of the officer
// whole, and a step of the group shared by sharers persons (rounded up; less than 1 counts as 1).
func (p Procedure) OfficerS(sharers int) int {
	sharers = max(sharers, 1)
	total := 0
	for _, step := range p.Steps {
		switch step.Who {
		case Officer:
			total += step.MeanS
		case Group:
			total += (step.MeanS + sharers - 1) / sharers
		}
	}
	return total
}

// TotalS returns the expected seconds of all steps, one after another.
func (p Procedure) TotalS() int {
	total := 0
	for _, step := range p.Steps {
		total += step.MeanS
	}
	return total
}

// Rule says to which programme a reason belongs and from when it may be claimed.
type Rule struct {
	Reason    Reason    `json:"reason"`
	Programme Programme `json:"programme"`
	// WaitMonths is how many calendar months must pass after the event (the end of work, the statement
	// of resignation) before the claim can be made.
	WaitMonths int `json:"wait_months"`
	// MemberMonths is how long one must have been a member; the officer asks, nothing here knows it.
	MemberMonths int `json:"member_months"`
}

// Item is one line of a checklist.
type Item struct {
	Doc      Doc       `json:"doc"`
	Required bool      `json:"required"` // Without it the claim cannot be settled, where When holds.
	When     Condition `json:"when"`
}

// Checklist is the papers of one reason from a date on, until a later version of the same reason.
type Checklist struct {
	Programme Programme     `json:"programme"`
	Reason    Reason        `json:"reason"`
	From      calendar.Date `json:"from"`
	Version   int           `json:"version"` // Counts from 1 within a reason and grows with From.
	Docs      []Item        `json:"docs"`
}

// Catalog is everything a branch knows about claims: plain data, part of the policy.
type Catalog struct {
	Procedures []Procedure `json:"procedures"`
	Rules      []Rule      `json:"rules"`
	Checklists []Checklist `json:"checklists"`
}

// Procedure returns the procedure of a programme.
func (c Catalog) Procedure(programme Programme) (Procedure, bool) {
	for i := range c.Procedures {
		if c.Procedures[i].Programme == programme {
			return c.Procedures[i], true
		}
	}
	return Procedure{}, false
}

// Rule returns the rule of a reason.
func (c Catalog) Rule(reason Reason) (Rule, bool) {
	for _, rule := range c.Rules {
		if rule.Reason == reason {
			return rule, true
		}
	}
	return Rule{}, false
}

// ReasonsOf returns the reasons of a programme in the catalogue's order.
func (c Catalog) ReasonsOf(programme Programme) []Reason {
	var reasons []Reason
	for _, rule := range c.Rules {
		if rule.Programme == programme {
			reasons = append(reasons, rule.Reason)
		}
	}
	return reasons
}

// Earliest returns the first date on which a claim for a reason can be made when the event lies on the
// given date: the same day of the month that ends the waiting time, or that month's last day. It is false
// for a reason that the catalogue does not know.
func (c Catalog) Earliest(reason Reason, event calendar.Date) (calendar.Date, bool) {
	rule, ok := c.Rule(reason)
	if !ok {
		return 0, false
	}
	return event.AddMonths(rule.WaitMonths), true
}

// ChecklistOn returns the checklist of a reason that is valid on a date: the latest one that started on or
// before it. It is false where none had started or none is known. The caller must not change its Docs.
func (c Catalog) ChecklistOn(programme Programme, reason Reason, date calendar.Date) (Checklist, bool) {
	best := -1
	for i := range c.Checklists {
		list := &c.Checklists[i]
		if list.Programme != programme || list.Reason != reason || list.From > date {
			continue
		}
		if best < 0 || list.From > c.Checklists[best].From {
			best = i
		}
	}
	if best < 0 {
		return Checklist{}, false
	}
	return c.Checklists[best], true
}

// ChecklistVersion returns one version of a reason's checklist, for claims that were begun under it.
func (c Catalog) ChecklistVersion(reason Reason, version int) (Checklist, bool) {
	for i := range c.Checklists {
		if c.Checklists[i].Reason == reason && c.Checklists[i].Version == version {
			return c.Checklists[i], true
		}
	}
	return Checklist{}, false
}

// PromiseDate returns the day by which a claim settled on a date is to be paid: the programme's working
// days, counted from the next one. It is the zero Date where the catalogue promises nothing: an unknown
// programme, or one that is not claimed at a branch.
func (c Catalog) PromiseDate(programme Programme, small bool, settled calendar.Date, cal *calendar.Calendar) calendar.Date {
	procedure, ok := c.Procedure(programme)
	if !ok || procedure.PromiseDays == 0 {
		return 0
	}
	days := procedure.PromiseDays
	if small && procedure.PromiseDaysSmall > 0 {
		days = procedure.PromiseDaysSmall
	}
	return cal.AddWorkingDays(settled, days)
}
