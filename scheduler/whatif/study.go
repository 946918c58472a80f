package whatif

import (
	"fmt"
	"math"

	"lapak/scheduler/procedure"
	"lapak/scheduler/rehearsal"
	"lapak/scheduler/simulation"
)

// variant is one setting of the branch with the days that it has played.
type variant struct {
	base    Base
	changes []Change
	parts   []single // of a candidate
	set     Changes
	cost    Cost
	input   *simulation.Input // for the saturated days; nil: none is asked
	days    []*day            // by day; nil: not played yet
	out     bool              // of the race
}

// Unit is one bounded piece of work: one day of one variant. Run may be called
// on any goroutine; units do not share anything that changes.
type Unit struct {
	variant, day int
	saturated    bool
	s            *Study
}

// Result is what a unit found, to be given to Put.
type Result struct {
	unit Unit
	day  *day
	sat  *saturated
	err  error
}

// saturated are the figures of a saturated day.
type saturated struct{ multiplier, counter, ceiling float64 }

// Study is one question under way. It is not safe for use by several
// goroutines, except Unit.Run.
type Study struct {
	q        Question
	variants []*variant // the first is the base
	units    []Unit     // of the round under way
	given    int        // units taken
	put      int        // units put back
	done     int        // units of earlier rounds
	total    int
	race     *race // nil: a plain question
	days     int   // pairs of days in all
}

// saturatedDays is how many saturated days measure the multiplier: its spread
// from day to day is a few percent.
const saturatedDays = 5

// New begins a study. A base of a past day answers the question for that day.
// The error is a *FieldError.
func New(q Question, b Base) (*Study, error) {
	if err := q.Validate(b); err != nil {
		return nil, err
	}
	s := &Study{q: q, days: q.Days}
	if s.days == 0 {
		s.days = DefaultDays
		if b.Past != nil {
			s.days = DefaultRepeats
		}
	}
	b.idle()
	if _, err := rehearsal.Furnished(b.config(1)); err != nil {
		return nil, wrong("base", "the branch cannot be rehearsed as it is: %v", err)
	}
	s.variants = []*variant{{base: b, days: make([]*day, s.days)}}
	if q.Advise {
		s.begin()
		return s, nil
	}
	changed, list, err := b.apply(q.Changes)
	if err != nil {
		return nil, err
	}
	s.variants = append(s.variants, &variant{base: changed, changes: list, days: make([]*day, s.days)})
	for d := range s.days {
		s.units = append(s.units, Unit{0, d, false, s}, Unit{1, d, false, s})
		if d < saturatedDays {
			s.units = append(s.units, Unit{0, d, true, s}, Unit{1, d, true, s})
		}
	}
	for _, v := range s.variants {
		v.input = v.base.input()
	}
	s.total = len(s.units)
	return s, nil
}

// Take hands out the next unit; false when none is left to hand out now: the
// study is over, or the round ends with units that are still out.
func (s *Study) Take() (Unit, bool) {
	if s.given >= len(s.units) {
		return Unit{}, false
	}
	s.given++
	return s.units[s.given-1], true
}

// Put gives a unit's result back, in any order. The error ends the study.
func (s *Study) Put(r Result) error {
	if r.err != nil {
		return r.err
	}
	v := s.variants[r.unit.variant]
	if r.sat != nil {
		v.saturate(r.unit.day, r.sat)
	} else {
		v.play(r.unit.day, r.day)
	}
	s.put++
	if s.put == len(s.units) && s.race != nil {
		s.nextRound()
	}
	return nil
}

// play keeps a played day beside what a saturated one showed.
func (v *variant) play(n int, d *day) {
	if old := v.days[n]; old != nil {
		copy(d.values[saturateAt:], old.values[saturateAt:])
	}
	v.days[n] = d
}

func (v *variant) saturate(n int, x *saturated) {
	if v.days[n] == nil {
		v.days[n] = &day{values: noValues()}
	}
	v.days[n].values[saturateAt], v.days[n].values[saturateAt+1], v.days[n].values[saturateAt+2] = x.multiplier, x.counter, x.ceiling
}

// Over reports whether the study has nothing more to do.
func (s *Study) Over() bool { return s.put == len(s.units) }

// Next does one unit and reports whether there is more to do.
func (s *Study) Next() (bool, error) {
	u, ok := s.Take()
	if !ok {
		return false, nil
	}
	if err := s.Put(u.Run()); err != nil {
		return false, err
	}
	return !s.Over(), nil
}

// Progress is the units done and those of the whole study.
func (s *Study) Progress() (done, total int) { return s.done + s.put, s.total }

// Run works the unit out. It reads the study and changes nothing.
func (u Unit) Run() Result {
	v := u.s.variants[u.variant]
	if u.saturated {
		return u.saturate(v)
	}
	seed := u.s.seed(u.day)
	c := v.base.config(seed)
	c.People = u.s.people(v, seed)
	played, err := rehearsal.Play(c)
	if err != nil {
		return Result{unit: u, err: fmt.Errorf("day %d cannot be played: %w", u.day+1, err)}
	}
	d := dayOf(played.State, played.Use, played.TurnedAway, played.Ended, played.Closes)
	d.played = true
	d.measured, d.drawn = played.Measured, played.Drawn
	return Result{unit: u, day: &d}
}

// people are those who come on a day, drawn from the branch as it is whatever
// the variant changes, so that both sides meet the same.
func (s *Study) people(v *variant, seed uint64) *rehearsal.People {
	base := s.variants[0].base
	base.visitsPct = v.base.visitsPct
	return base.people(&s.q, seed)
}

// seed is the seed of a day, the same for every variant: both sides meet the
// same people with the same luck.
func (s *Study) seed(day int) uint64 {
	const step = 0x9e3779b97f4a7c15 // golden ratio: neighbours share nothing after the rehearsal's mixing
	return uint64(max(1, s.q.Seed))*step + uint64(day)
}

// saturate measures the multiplier on one saturated day of simulate.
func (u Unit) saturate(v *variant) Result {
	if v.input == nil {
		return Result{unit: u, sat: &saturated{math.NaN(), math.NaN(), math.NaN()}}
	}
	in := *v.input
	in.Seed, in.Days = u.s.seed(u.day), 1
	out, err := simulation.Run(in)
	if err != nil {
		return Result{unit: u, err: fmt.Errorf("saturated day %d: %w", u.day+1, err)}
	}
	sat := &saturated{multiplier: out.Multiplier.Value, counter: math.NaN(), ceiling: out.Ceiling.Value}
	if out.Multiplier.Counter > 0 {
		sat.counter = out.ClaimsPerOfficerHour / out.Multiplier.Counter
	}
	return Result{unit: u, sat: sat}
}

// input is the branch as `lapak simulate` asks about it, saturated: its rooms
// for groups with the persons that they may hold, the procedure of JHT with the
// learned times, the policy's mode. Nil when it has no such room or officer.
func (b *Base) input() *simulation.Input {
	in := simulation.DefaultInput()
	state, err := rehearsal.Furnished(b.config(1))
	if err != nil {
		return nil
	}
	in.Rooms = nil
	for i := range state.Floor.Rooms {
		r := &state.Floor.Rooms[i]
		if r.Desk {
			continue
		}
		c := state.CapacityOf(r, state.At)
		if n := min(c.Seats, c.Occupancy, c.Booths); n > 0 {
			in.Rooms = append(in.Rooms, simulation.RoomInput{Seats: n})
		}
	}
	in.Officers = min(b.serving(), len(in.Rooms))
	p, ok := procedure.Catalog{Procedures: b.Times.Procedures(b.Policy.Procedures, 0)}.Procedure(procedure.JHT)
	if in.Officers < 1 || !ok || len(p.Steps) == 0 || len(p.Steps) > simulation.MaxSimSteps {
		return nil
	}
	h := b.Hours
	in.Hours = simulation.HoursInput{OpenS: h.OpenS, LastTicketS: h.LastTicketS, CloseS: h.CloseS}
	in.Procedure = p.WithBriefing(procedure.Briefing(b.Policy.Briefing)).Steps
	in.Policy = simulation.PolicyInput{Mode: b.Policy.Mode.String(), Pooled: b.Policy.Pooled, GroupMax: b.Policy.Group.Max,
		MaxFormWaitS: b.Policy.Group.MaxFormWaitS, OvertakeMax: b.Policy.Order.OvertakeMax, BookingCreditS: b.Policy.Order.BookingCreditS}
	in.SeatChangeS, in.RoomTurnaroundS = b.Policy.Seat.ChangeS, b.Policy.Group.TurnaroundS
	if in.Validate() != nil {
		return nil
	}
	return &in
}

// Answer is what is known so far.
func (s *Study) Answer() Answer {
	base, changed := s.variants[0], s.changed()
	a := Answer{Demand: changed.base.demand(&s.q), Times: s.times(changed), Staff: base.base.Staffing(), Changes: []Change{}, Notes: []string{}}
	a.Changes = append(a.Changes, changed.changes...)
	a.Notes = append(a.Notes, changed.base.notes...)
	if a.Demand.From == "catalogue" || (a.Demand.From == "asked" && a.Demand.Days == 0) {
		a.Notes = append(a.Notes, NoteCatalogueDemand)
	}
	var truth values
	if p := base.base.Past; p != nil {
		a.Day, truth = p.Date, really(p)
	}
	a.Days = pairs(base.days, changed.days)
	a.Rows = rows(base.days, changed.days, truth)
	a.Hours = hourRows(base.days, changed.days)
	if s.race != nil {
		a.Advice = s.advice()
	}
	return a
}

// Demand says who comes on the days of the study, and where that is known from.
func (s *Study) Demand() Demand { return s.changed().base.demand(&s.q) }

// changed is the variant asked about; of an advice, the branch as it is.
func (s *Study) changed() *variant {
	if s.race != nil {
		return s.variants[0]
	}
	return s.variants[1]
}

// pairs is how many days both sides have played.
func pairs(a, b []*day) int {
	n := 0
	for k := range a {
		if a[k] != nil && b[k] != nil && a[k].played && b[k].played {
			n++
		}
	}
	return n
}

func (s *Study) times(v *variant) Times {
	t := Times{From: "catalogue"}
	if v.base.Times != nil && len(v.base.Times.Steps) > 0 {
		t.From = "learned"
	}
	measured, drawn := 0, 0
	for _, d := range v.days {
		if d != nil {
			measured, drawn = measured+d.measured, drawn+d.drawn
		}
	}
	if v.base.Past != nil {
		t.From = "day"
	}
	if measured+drawn > 0 {
		t.MeasuredPct = (100*measured + (measured+drawn)/2) / (measured + drawn)
	}
	return t
}

// hourRows are the mean waits by hour of arrival, from the first hour in which
// anybody comes to the last.
func hourRows(base, changed []*day) []HourRow {
	list := []HourRow{}
	n := max(1, pairs(base, changed))
	for hour := range 24 {
		var a, b hourSum
		for k := range base {
			if base[k] != nil && changed[k] != nil {
				a.add(base[k].hours[hour])
				b.add(changed[k].hours[hour])
			}
		}
		if a.persons+b.persons == 0 {
			continue
		}
		list = append(list, HourRow{Hour: hour, Arrived: (b.persons + n/2) / n, BaseS: a.mean(), ChangedS: b.mean()})
	}
	return list
}

func (h *hourSum) add(x hourSum) {
	h.persons, h.waited, h.waitS = h.persons+x.persons, h.waited+x.waited, h.waitS+x.waitS
}

func (h *hourSum) mean() int64 { return h.waitS / int64(max(1, h.waited)) }

// Validate returns a *FieldError for the first field that is wrong for the
// branch, or nil.
func (q Question) Validate(b Base) error {
	switch {
	case q.Days < 0 || q.Days > MaxDays:
		return wrong("days", "%d is outside 1 to %d; 0 takes the default", q.Days, MaxDays)
	case q.Seed < 0:
		return wrong("seed", "%d is negative", q.Seed)
	case q.PerDay < 0 || q.PerDay > simulation.MaxPerDay:
		return wrong("per_day", "%d is outside 1 to %d; 0 takes the branch's own", q.PerDay, simulation.MaxPerDay)
	case q.PerDay > 0 && !q.Day.IsZero():
		return wrong("per_day", "a past day has the visits that it had; leave it out or ask about fresh days")
	case q.Changes == nil && !q.Advise:
		return wrong("changes", "say what would be different, or ask for advice with advise")
	case q.Changes != nil && q.Advise:
		return wrong("changes", "advice looks for the changes itself; leave them out")
	case q.Promise != nil && !q.Advise:
		return wrong("promise", "belongs to advise")
	case len(b.Rooms) == 0:
		return wrong("base", "the branch has no room yet; draw one first")
	case len(b.Officers) == 0:
		return wrong("base", "the branch has no officer yet; add one first")
	}
	if p := q.Promise; p != nil {
		if p.WaitP95S < 0 || p.WaitP95S > 24*3600 {
			return wrong("promise.wait_p95_s", "%d is outside 1 to %d; 0 takes the policy's goal", p.WaitP95S, 24*3600)
		}
		if p.ServedPct < 0 || p.ServedPct > 100 {
			return wrong("promise.served_pct", "%d is outside 1 to 100; 0 takes 100", p.ServedPct)
		}
	}
	if q.Changes != nil {
		if q.Changes.VisitsPct != nil && !q.Day.IsZero() {
			return wrong("changes.visits_pct", "a past day has the visits that it had; leave it out")
		}
		if _, _, err := b.apply(q.Changes); err != nil {
			return err
		}
	}
	return nil
}
