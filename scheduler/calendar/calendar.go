package calendar

import "slices"

// Hours are the points of one opening day, in seconds since local midnight.
type Hours struct {
	GateS       int `json:"gate_s"`        // The gate opens; from here people are counted and checked.
	OpenS       int `json:"open_s"`        // The first call may be made.
	LastTicketS int `json:"last_ticket_s"` // From here no number is given for today.
	CloseS      int `json:"close_s"`       // The branch closes.
}

// Span is a stretch of a day in seconds since local midnight; UntilS is the first second after it.
type Span struct {
	FromS  int `json:"from_s"`
	UntilS int `json:"until_s"`
}

// DayPlan is how one day runs. A plan that is not Open carries neither hours nor breaks.
type DayPlan struct {
	Open bool `json:"open"`
	Hours
	Breaks []Span `json:"breaks,omitempty"`
}

// Week holds the plan of every day of the week.
type Week struct {
	Mon DayPlan `json:"mon"`
	Tue DayPlan `json:"tue"`
	Wed DayPlan `json:"wed"`
	Thu DayPlan `json:"thu"`
	Fri DayPlan `json:"fri"`
	Sat DayPlan `json:"sat"`
	Sun DayPlan `json:"sun"`
}

// On returns the plan of a weekday.
func (w *Week) On(day Weekday) *DayPlan {
	return [daysPerWeek]*DayPlan{&w.Mon, &w.Tue, &w.Wed, &w.Thu, &w.Fri, &w.Sat, &w.Sun}[day%daysPerWeek]
}

// Range is a run of days, both ends included.
type Range struct {
	From  Date `json:"from"`
	Until Date `json:"until"`
}

// Contains tells whether a date lies in the range.
func (r Range) Contains(date Date) bool { return r.From <= date && date <= r.Until }

// Exception is one day that runs otherwise than the rules say: a closure after a flood, an extra
// Saturday, a short day. It outranks every other rule.
type Exception struct {
	Date   Date   `json:"date"`
	Reason Reason `json:"reason,omitempty"`
	DayPlan
}

// Reason is the code of why one day runs otherwise. It changes nothing; screens say it in words.
type Reason string

// Reasons lists the codes, for forms and for catalogues of labels. None at all is allowed too.
func Reasons() []Reason {
	return []Reason{"joint_leave", "election", "extra_day", "short_day", "disaster", "power", "system", "training", "event", "other"}
}

// Why is the code of the rule that decided whether and when a branch is open on a day.
type Why string

// The rules, in the order in which they are asked.
const (
	WhyException  Why = "exception"
	WhyHoliday    Why = "holiday"
	WhyJointLeave Why = "joint_leave"
	WhyRamadan    Why = "ramadan"
	WhyWeekly     Why = "weekly"
)

// Whys lists every code that HoursOn can give, for catalogues of labels.
func Whys() []Why {
	return []Why{WhyException, WhyHoliday, WhyJointLeave, WhyRamadan, WhyWeekly}
}

// Calendar is the opening policy of one branch: plain data. The zero Calendar is never open.
type Calendar struct {
	Zone          Zone        `json:"zone"`
	Weekly        Week        `json:"weekly"`
	Ramadan       Week        `json:"ramadan"`        // Used in place of Weekly on the days of RamadanRanges.
	RamadanRanges []Range     `json:"ramadan_ranges"` // Announced every year.
	Holidays      []Date      `json:"holidays"`       // National holidays, decreed every year.
	JointLeave    []Date      `json:"joint_leave"`    // Cuti bersama, announced and changed during the year.
	Exceptions    []Exception `json:"exceptions"`
}

// planOn finds the plan of a date and the rule that gave it.
func (c *Calendar) planOn(date Date) (*DayPlan, Why) {
	for i := range c.Exceptions {
		if c.Exceptions[i].Date == date {
			return &c.Exceptions[i].DayPlan, WhyException
		}
	}
	if slices.Contains(c.Holidays, date) {
		return &DayPlan{}, WhyHoliday
	}
	if slices.Contains(c.JointLeave, date) {
		return &DayPlan{}, WhyJointLeave
	}
	for _, ramadan := range c.RamadanRanges {
		if ramadan.Contains(date) {
			return c.Ramadan.On(date.Weekday()), WhyRamadan
		}
	}
	return c.Weekly.On(date.Weekday()), WhyWeekly
}

// HoursOn returns the hours of a date, whether the branch is open, and the rule that decided. The hours
// of a closed day are zero.
func (c *Calendar) HoursOn(date Date) (hours Hours, open bool, why Why) {
	plan, why := c.planOn(date)
	if !plan.Open {
		return Hours{}, false, why
	}
	return plan.Hours, true, why
}

// BreaksOn returns the breaks of a date in their order. The caller must not change them.
func (c *Calendar) BreaksOn(date Date) []Span {
	plan, _ := c.planOn(date)
	if !plan.Open {
		return nil
	}
	return plan.Breaks
}

// BreakAt tells whether a second of the day lies in a break, and the second at which that break ends. A
// break includes its first second and not its last.
func (c *Calendar) BreakAt(date Date, second int) (until int, ok bool) {
	for _, pause := range c.BreaksOn(date) {
		if pause.FromS <= second && second < pause.UntilS {
			return pause.UntilS, true
		}
	}
	return 0, false
}

// WorkSeconds returns how many seconds of [fromS, untilS) lie within opening hours and outside the
// breaks of a date: what one officer can still give that day.
func (c *Calendar) WorkSeconds(date Date, fromS, untilS int) int {
	hours, open, _ := c.HoursOn(date)
	if !open {
		return 0
	}
	fromS, untilS = max(fromS, hours.OpenS), min(untilS, hours.CloseS)
	total := max(untilS-fromS, 0)
	for _, pause := range c.BreaksOn(date) {
		total -= max(min(untilS, pause.UntilS)-max(fromS, pause.FromS), 0)
	}
	return max(total, 0)
}

// WorkingDay tells whether a date counts in promises of working days: Monday to Friday, no holiday, no
// joint leave. A branch's own exceptions do not count, because the money is promised by the institution:
// a branch closed by a flood, or open on a Saturday, changes no bank day.
func (c *Calendar) WorkingDay(date Date) bool {
	return date.Weekday() <= Friday && !slices.Contains(c.Holidays, date) && !slices.Contains(c.JointLeave, date)
}

// AddWorkingDays returns the nth working day after a date; the date itself is never counted, so one
// working day from a Friday is Monday. With n of 0 or less it returns the date unchanged.
func (c *Calendar) AddWorkingDays(date Date, n int) Date {
	for n > 0 && date < MaxDate {
		date++
		if c.WorkingDay(date) {
			n--
		}
	}
	return date
}

// NextOpenDay returns the first date after the given one on which the branch is open; ok is false when
// there is none within a year, which only a calendar that is closed for good can cause.
func (c *Calendar) NextOpenDay(date Date) (next Date, ok bool) {
	const horizon = 366 // Days; nobody is given a promise further away.
	for next = date + 1; next <= date+horizon && next <= MaxDate; next++ {
		if _, open, _ := c.HoursOn(next); open {
			return next, true
		}
	}
	return date, false
}
