package report

import (
	"cmp"
	"slices"
	"strconv"

	"lapak/scheduler"
	"lapak/scheduler/calendar"
)

// By is what a period is divided by.
type By string

// The divisions of a period.
const (
	ByDay       By = "day"
	ByHour      By = "hour"
	ByOfficer   By = "officer"
	ByProgramme By = "programme"
	ByRoom      By = "room"
	ByChannel   By = "channel"
)

// Bys lists every division, for documents and refusals.
func Bys() []By { return []By{ByDay, ByHour, ByOfficer, ByProgramme, ByRoom, ByChannel} }

// Figures are the figures of a period, or of a part of it. What a part cannot have is
// zero: a programme has no seats, a channel no officer's hours.
type Figures struct {
	Visits     int      `json:"visits"` // who came
	Persons    int      `json:"persons"`
	Wait       Spread   `json:"wait"`        // from arrival (or opening) to the first call
	InPromise  int      `json:"in_promise"`  // of those called: not longer than the promise of their day
	Door       Spread   `json:"door"`        // from the same start to the seat left
	InGoal     int      `json:"in_goal"`     // of those settled: within the goal of their day
	Settled    int      `json:"settled"`     // claims with an outcome
	Outcomes   Outcomes `json:"outcomes"`    // of claims
	NoShows    int      `json:"no_shows"`    // called and did not come
	Missed     int      `json:"missed"`      // booked and never came
	Left       int      `json:"left"`        // walked out, or the papers never became complete
	Cancelled  int      `json:"cancelled"`   //
	Carried    int      `json:"carried"`     // the day ended first
	Overtaken  int      `json:"overtaken"`   // visits that were passed over although it was their turn
	OvertakeMx int      `json:"overtake_mx"` // most often for one visit

	ShiftS  int64 `json:"shift_s"`   // officers on shift and there
	WithS   int64 `json:"with_s"`    // of that, with somebody
	BreakS  int64 `json:"break_s"`   //
	OfferS  int64 `json:"offer_s"`   // place-seconds that could be used in sessions
	TakenS  int64 `json:"taken_s"`   // of that, with somebody
	Groups  int   `json:"groups"`    // calls of a group
	Grouped int   `json:"grouped"`   // persons in them
	Refills int   `json:"refills"`   // persons called to freed seats
	RateX   int   `json:"rate_x100"` // claims settled per officer-hour on shift, in hundredths; 0 without hours
}

// Outcomes counts claims by their outcome.
type Outcomes struct {
	Approved  int `json:"approved"`
	Returned  int `json:"returned"`
	Escalated int `json:"escalated"`
	Refused   int `json:"refused"`
}

// Row is one part of a period.
type Row struct {
	Key string `json:"key"` // a date, an hour, an id or a code
	Figures
}

// Fairness is how fairly a period's people were called.
type Fairness struct {
	Called     int    `json:"called"`
	Overtaken  int    `json:"overtaken"`
	OvertakeMx int    `json:"overtake_mx"`
	Bound      int    `json:"bound"` // the most that the policy allowed in the period
	LongestS   int64  `json:"longest_s"`
	Singles    Spread `json:"singles"` // waits of one person
	Pairs      Spread `json:"pairs"`
	Families   Spread `json:"families"` // three persons and more
}

// Report is everything about a period.
type Report struct {
	From         calendar.Date `json:"from"`
	To           calendar.Date `json:"to"`
	By           By            `json:"by"`
	Days         []Row         `json:"days"`   // ascending
	Unit         string        `json:"unit"`   // of Series: day, week or month, so that a picture has some dozens of points
	Series       []Row         `json:"series"` // weeks by their Monday, months by their first day
	Rows         []Row         `json:"rows"`   // by By
	Total        Figures       `json:"total"`
	Fairness     Fairness      `json:"fairness"`
	Multiplier   Multiplier    `json:"multiplier"`
	Satisfaction Satisfaction  `json:"satisfaction"`
	Goals        Goals         `json:"goals"`                // of the last day
	Preliminary  calendar.Date `json:"preliminary,omitzero"` // the day that is still open; zero: none
	Partial      int           `json:"partial"`              // days whose first records were lost
}

// Of makes the report of a period from its days, which are ascending.
func Of(from, to calendar.Date, by By, days []*Day) Report {
	r := Report{From: from, To: to, By: by, Days: []Row{}, Rows: []Row{}}
	all := newSums()
	parts, series := map[string]*sums{}, map[string]*sums{}
	r.Unit = unitOf(from, to)
	var survey scheduler.SurveyTally
	var classes scheduler.SurveyPolicy
	m := newRates()
	for _, d := range days {
		one := newSums()
		one.day(d)
		all.day(d)
		divide(parts, by, d)
		within(series, firstOf(r.Unit, d.Date)).day(d)
		r.Days = append(r.Days, Row{Key: d.Date.String(), Figures: one.figures()})
		merge(&survey, &d.Survey)
		classes = d.Classes
		m.add(d)
		r.Fairness.Bound = max(r.Fairness.Bound, d.Goals.OvertakeMax)
		r.Goals = d.Goals
		if d.Closed == 0 {
			r.Preliminary = d.Date
		}
		if d.Partial {
			r.Partial++
		}
	}
	r.Total = all.figures()
	r.Fairness = all.fairness(r.Fairness.Bound)
	r.Multiplier = m.multiplier()
	r.Satisfaction = satisfaction(&survey, classes)
	r.Series = rowsOf(series)
	r.Rows = rowsOf(parts)
	if by == ByDay {
		r.Rows = r.Days
	}
	return r
}

// The lengths up to which a picture shows days, and weeks.
const (
	daysShown  = 45
	weeksShown = 200
)

func unitOf(from, to calendar.Date) string {
	switch n := int(to-from) + 1; {
	case n <= daysShown:
		return "day"
	case n <= weeksShown:
		return "week"
	}
	return "month"
}

// firstOf is the first day of the unit in which a date lies.
func firstOf(unit string, date calendar.Date) string {
	switch unit {
	case "week":
		date = date.AddDays(-int(date.Weekday())) // weeks begin on Monday
	case "month":
		_, _, day := date.YMD()
		date = date.AddDays(1 - day)
	}
	return date.String()
}

func within(parts map[string]*sums, key string) *sums {
	if parts[key] == nil {
		parts[key] = newSums()
	}
	return parts[key]
}

func rowsOf(parts map[string]*sums) []Row {
	rows := []Row{}
	for key, part := range parts {
		rows = append(rows, Row{Key: key, Figures: part.figures()})
	}
	slices.SortFunc(rows, func(a, b Row) int { return compareKeys(a.Key, b.Key) })
	return rows
}

// compareKeys orders numbers as numbers and codes as texts.
func compareKeys(a, b string) int {
	x, errX := strconv.Atoi(a)
	y, errY := strconv.Atoi(b)
	if errX == nil && errY == nil {
		return cmp.Compare(x, y)
	}
	return cmp.Compare(a, b)
}

// sums are figures under way: waits and stays are kept whole, so that percentiles
// of a period are those of its people.
type sums struct {
	f           Figures
	waits       []int64
	doors       []int64
	bySize      [3][]int64
	hoursOfWork bool
}

func newSums() *sums { return &sums{} }

// day counts everything of a day.
func (s *sums) day(d *Day) {
	for i := range d.Visits {
		s.visit(&d.Visits[i], &d.Goals)
	}
	for i := range d.Claims {
		s.claim(&d.Claims[i])
	}
	for i := range d.Work {
		s.work(&d.Work[i])
	}
	for i := range d.Places {
		s.place(&d.Places[i])
	}
	for i := range d.Calls {
		s.calls(&d.Calls[i])
	}
}

func (s *sums) visit(v *Visit, g *Goals) {
	f := &s.f
	if v.Hour == Never {
		f.Missed++
		return
	}
	f.Visits++
	f.Persons += v.Persons
	switch v.End {
	case scheduler.NoShow:
		f.NoShows++
	case scheduler.Left:
		f.Left++
	case scheduler.Cancelled:
		f.Cancelled++
	case scheduler.CarriedOver:
		f.Carried++
	}
	if v.Overtaken > 0 {
		f.Overtaken++
		f.OvertakeMx = max(f.OvertakeMx, v.Overtaken)
	}
	if v.WaitS != Never {
		s.waits = append(s.waits, v.WaitS)
		size := min(max(v.Persons, 1), 3) - 1
		s.bySize[size] = append(s.bySize[size], v.WaitS)
		if v.WaitS <= int64(g.PromisedWaitS) {
			f.InPromise++
		}
	}
	if v.DoorS != Never {
		s.doors = append(s.doors, v.DoorS)
		if v.DoorS <= int64(g.DoorToDoorS) {
			f.InGoal++
		}
	}
}

func (s *sums) claim(c *Claim) {
	s.f.Settled++
	switch c.Outcome {
	case scheduler.Approved:
		s.f.Outcomes.Approved++
	case scheduler.Returned:
		s.f.Outcomes.Returned++
	case scheduler.Escalated:
		s.f.Outcomes.Escalated++
	case scheduler.Refused:
		s.f.Outcomes.Refused++
	}
}

func (s *sums) work(w *Work) {
	s.f.ShiftS, s.f.WithS, s.f.BreakS = s.f.ShiftS+w.ShiftS, s.f.WithS+w.WithS, s.f.BreakS+w.BreakS
	s.hoursOfWork = true
}

func (s *sums) place(p *Place) {
	s.f.OfferS, s.f.TakenS = s.f.OfferS+p.OfferS, s.f.TakenS+p.TakenS
}

func (s *sums) calls(c *Calls) {
	s.f.Groups, s.f.Grouped, s.f.Refills = s.f.Groups+c.Groups, s.f.Grouped+c.Grouped, s.f.Refills+c.Refills
}

func (s *sums) figures() Figures {
	f := s.f
	f.Wait, f.Door = spreadOf(s.waits), spreadOf(s.doors)
	if s.hoursOfWork && f.ShiftS > 0 {
		f.RateX = int((int64(f.Settled)*hourS*100 + f.ShiftS/2) / f.ShiftS)
	}
	return f
}

func (s *sums) fairness(bound int) Fairness {
	return Fairness{Called: len(s.waits), Overtaken: s.f.Overtaken, OvertakeMx: s.f.OvertakeMx, Bound: bound, LongestS: spreadOf(s.waits).MaxS,
		Singles: spreadOf(s.bySize[0]), Pairs: spreadOf(s.bySize[1]), Families: spreadOf(s.bySize[2])}
}

// divide adds a day to the parts of a period.
func divide(parts map[string]*sums, by By, d *Day) {
	part := func(key string) *sums { return within(parts, key) }
	for i := range d.Visits {
		v := &d.Visits[i]
		if key, ok := keyOfVisit(by, v); ok {
			part(key).visit(v, &d.Goals)
		}
	}
	for i := range d.Claims {
		part(keyOfClaim(by, &d.Claims[i])).claim(&d.Claims[i])
	}
	for i := range d.Work {
		w := &d.Work[i]
		switch by {
		case ByHour:
			part(number(w.Hour)).work(w)
		case ByOfficer:
			part(number(w.Officer)).work(w)
		case ByRoom:
			if w.Room != 0 {
				part(number(w.Room)).work(w)
			}
		}
	}
	for i := range d.Places {
		p := &d.Places[i]
		switch by {
		case ByHour:
			part(number(p.Hour)).place(p)
		case ByRoom:
			part(number(p.Room)).place(p)
		}
	}
	for i := range d.Calls {
		c := &d.Calls[i]
		switch by {
		case ByHour:
			part(number(c.Hour)).calls(c)
		case ByRoom:
			part(number(c.Room)).calls(c)
		}
	}
}

func number[N ~int | ~int32](n N) string { return strconv.Itoa(int(n)) }

// keyOfVisit is the part that a visit belongs to; false for one that belongs to
// none, such as somebody who was never called in a division by rooms.
func keyOfVisit(by By, v *Visit) (string, bool) {
	switch by {
	case ByHour:
		return number(v.Hour), v.Hour != Never
	case ByOfficer:
		return number(v.Officer), v.Officer != 0
	case ByProgramme:
		return string(v.Programme), true
	case ByRoom:
		return number(v.Room), v.Room != 0
	case ByChannel:
		return v.Channel.String(), true
	}
	return "", false
}

func keyOfClaim(by By, c *Claim) string {
	switch by {
	case ByHour:
		return number(c.Hour)
	case ByOfficer:
		return number(c.Officer)
	case ByProgramme:
		return string(c.Programme)
	case ByRoom:
		return number(c.Room)
	case ByChannel:
		return c.Channel.String()
	}
	return ""
}
