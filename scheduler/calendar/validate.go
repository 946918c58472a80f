package calendar

import (
	"fmt"
	"slices"
	"strconv"
)

// FieldError says which field is wrong and why, in words a person can act on. Field is the JSON path,
// for example weekly.mon.open_s.
type FieldError struct {
	Field  string
	Reason string
}

// Error is the field and the reason.
func (e *FieldError) Error() string { return e.Field + ": " + e.Reason }

func wrong(field, format string, args ...any) error {
	return &FieldError{Field: field, Reason: fmt.Sprintf(format, args...)}
}

// Limits on the lists of a calendar. Lookups scan the lists, so they must stay short.
const (
	// MaxDates bounds holidays, joint leave and exceptions each: about 25 a year are decreed, so this
	// is more than ten years.
	MaxDates = 400
	// MaxRanges bounds the Ramadan ranges: one a year, at times two.
	MaxRanges = 40
	// MaxBreaks bounds the breaks of one day: prayer, lunch, and room for a split shift.
	MaxBreaks = 8
	// maxRamadanDays refuses a mistyped year that would put a branch on Ramadan hours for months; the
	// fast lasts 29 or 30 days.
	maxRamadanDays = 31
)

// Validate returns a *FieldError for the first field that is wrong, or nil.
func (c *Calendar) Validate() error {
	if !c.Zone.valid() {
		return wrong("zone", "zone number %d is not known; use Asia/Jakarta, Asia/Makassar or Asia/Jayapura", uint8(c.Zone))
	}
	if err := c.Weekly.validate("weekly"); err != nil {
		return err
	}
	if err := c.Ramadan.validate("ramadan"); err != nil {
		return err
	}
	if err := validateRanges(c.RamadanRanges); err != nil {
		return err
	}
	if err := validateDates("holidays", c.Holidays); err != nil {
		return err
	}
	if err := validateDates("joint_leave", c.JointLeave); err != nil {
		return err
	}
	return c.validateExceptions()
}

func (c *Calendar) validateExceptions() error {
	if len(c.Exceptions) > MaxDates {
		return wrong("exceptions", "%d entries; at most %d are kept, remove past ones", len(c.Exceptions), MaxDates)
	}
	seen := make(map[Date]int, len(c.Exceptions))
	for i := range c.Exceptions {
		field := "exceptions[" + strconv.Itoa(i) + "]"
		if err := validateDate(field+".date", c.Exceptions[i].Date); err != nil {
			return err
		}
		if first, again := seen[c.Exceptions[i].Date]; again {
			return wrong(field+".date", "%v has a plan already in exceptions[%d]; keep one", c.Exceptions[i].Date, first)
		}
		seen[c.Exceptions[i].Date] = i
		if reason := c.Exceptions[i].Reason; reason != "" && !slices.Contains(Reasons(), reason) {
			return wrong(field+".reason", "%q is none of %v; leave it out when none fits", reason, Reasons())
		}
		if err := c.Exceptions[i].DayPlan.validate(field); err != nil {
			return err
		}
	}
	return nil
}

func (w *Week) validate(field string) error {
	for day := Monday; day <= Sunday; day++ {
		if err := w.On(day).validate(field + "." + day.String()); err != nil {
			return err
		}
	}
	return nil
}

func (p *DayPlan) validate(field string) error {
	if !p.Open {
		if p.Hours != (Hours{}) {
			return wrong(field+".open", "the day is closed but has hours; set open to true or remove the hours")
		}
		if len(p.Breaks) > 0 {
			return wrong(field+".breaks", "the day is closed but has breaks; set open to true or remove them")
		}
		return nil
	}
	hours := p.Hours
	switch {
	case hours.GateS < 0:
		return wrong(field+".gate_s", "%d is before midnight; use 0 or more", hours.GateS)
	case hours.OpenS < hours.GateS:
		return wrong(field+".open_s", "%d is before gate_s %d; the gate opens first or at the same second", hours.OpenS, hours.GateS)
	case hours.LastTicketS < hours.OpenS:
		return wrong(field+".last_ticket_s", "%d is before open_s %d", hours.LastTicketS, hours.OpenS)
	case hours.CloseS < hours.LastTicketS:
		return wrong(field+".close_s", "%d is before last_ticket_s %d", hours.CloseS, hours.LastTicketS)
	case hours.CloseS <= hours.OpenS:
		return wrong(field+".close_s", "%d leaves no time after open_s %d", hours.CloseS, hours.OpenS)
	case hours.CloseS > SecondsPerDay:
		return wrong(field+".close_s", "%d is after midnight; use at most %d", hours.CloseS, SecondsPerDay)
	}
	return p.validateBreaks(field)
}

func (p *DayPlan) validateBreaks(field string) error {
	if len(p.Breaks) > MaxBreaks {
		return wrong(field+".breaks", "%d breaks; at most %d are possible", len(p.Breaks), MaxBreaks)
	}
	last := p.OpenS
	for i, pause := range p.Breaks {
		name := field + ".breaks[" + strconv.Itoa(i) + "]"
		switch {
		case i > 0 && pause.FromS <= last:
			return wrong(name+".from_s", "%d is not after the end %d of the break before; order them and join those that touch", pause.FromS, last)
		case pause.FromS < p.OpenS:
			return wrong(name+".from_s", "%d is before open_s %d", pause.FromS, p.OpenS)
		case pause.UntilS <= pause.FromS:
			return wrong(name+".until_s", "%d is not after from_s %d", pause.UntilS, pause.FromS)
		case pause.UntilS > p.CloseS:
			return wrong(name+".until_s", "%d is after close_s %d", pause.UntilS, p.CloseS)
		}
		last = pause.UntilS
	}
	return nil
}

func validateDate(field string, date Date) error {
	if date <= MinDate || date > MaxDate {
		return wrong(field, "a date is missing or outside %v to %v", MinDate+1, MaxDate)
	}
	return nil
}

func validateDates(field string, dates []Date) error {
	if len(dates) > MaxDates {
		return wrong(field, "%d dates; at most %d are kept, remove past ones", len(dates), MaxDates)
	}
	seen := make(map[Date]int, len(dates))
	for i, date := range dates {
		name := field + "[" + strconv.Itoa(i) + "]"
		if err := validateDate(name, date); err != nil {
			return err
		}
		if first, again := seen[date]; again {
			return wrong(name, "%v is already in %s[%d]; remove one", date, field, first)
		}
		seen[date] = i
	}
	return nil
}

func validateRanges(ranges []Range) error {
	if len(ranges) > MaxRanges {
		return wrong("ramadan_ranges", "%d ranges; at most %d are kept, remove past ones", len(ranges), MaxRanges)
	}
	for i, run := range ranges {
		field := "ramadan_ranges[" + strconv.Itoa(i) + "]"
		if err := validateDate(field+".from", run.From); err != nil {
			return err
		}
		if err := validateDate(field+".until", run.Until); err != nil {
			return err
		}
		if run.Until < run.From {
			return wrong(field+".until", "%v is before from %v", run.Until, run.From)
		}
		if run.Until-run.From >= maxRamadanDays {
			return wrong(field+".until", "%v to %v is longer than the %d days Ramadan can last", run.From, run.Until, maxRamadanDays)
		}
	}
	return nil
}
