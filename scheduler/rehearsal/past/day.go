package past

import (
	"slices"

	"lapak/scheduler"
	"lapak/scheduler/calendar"
	"lapak/scheduler/rehearsal"
)

// past puts the day together from its end.
func (y *recording) past(s *scheduler.State, at scheduler.Time) *Day {
	branch := y.branch
	if branch == nil {
		branch = s
	}
	f := &s.Floor
	y.use.Until(s, at)
	p := &Day{Date: y.date, Times: branch.Floor.Times, State: s, Changed: y.changed, Rooms: RoomsOf(branch),
		ReactS: quartiles(y.react), Use: y.use.Use, Groups: y.groups}
	hours := y.hours(s, at)
	p.Policy, p.Hours = branch.Floor.Policy, hours
	second := func(t scheduler.Time) int { return f.Policy.Calendar.Zone.SecondOfDay(f.Wall(t)) }
	var lasts []int64
	for _, r := range p.Rooms {
		if t := y.lasts[r.ID]; t > 0 {
			lasts = append(lasts, int64(hours.CloseS-second(t)))
		}
	}
	if len(lasts) > 0 {
		slices.Sort(lasts)
		p.LastCall = int(max(1, lasts[len(lasts)/2]))
	}
	for _, o := range y.officers {
		if spec, ok := o.spec(branch, y.lasts[o.room], second, hours.CloseS-p.LastCall); ok {
			p.Officers = append(p.Officers, spec)
		}
	}
	p.People = y.people(s, p)
	p.Luck = y.luck(s)
	return p
}

// hours are the day's: the calendar's, or of a day opened by hand those that
// it really had.
func (y *recording) hours(s *scheduler.State, at scheduler.Time) calendar.Hours {
	f := &s.Floor
	h := f.Day.Hours
	if !f.Day.Extended {
		return h
	}
	second := func(t scheduler.Time) int { return f.Policy.Calendar.Zone.SecondOfDay(f.Wall(t)) }
	h.OpenS = max(h.GateS, min(h.OpenS, second(f.Day.Opened)))
	h.CloseS = max(h.OpenS+2, second(at))
	h.LastTicketS = max(h.OpenS+1, min(h.LastTicketS, h.CloseS-1))
	return h
}

// OnDate is the policy with the hours of one date fixed.
func OnDate(p *scheduler.Policy, date calendar.Date, h calendar.Hours) *scheduler.Policy {
	q := *p
	h.GateS = min(h.GateS, h.OpenS)
	list := slices.DeleteFunc(slices.Clone(p.Calendar.Exceptions), func(e calendar.Exception) bool { return e.Date == date })
	if len(list) >= calendar.MaxDates {
		list = list[1:]
	}
	plan := calendar.DayPlan{Open: true, Hours: h}
	for _, pause := range p.Calendar.BreaksOn(date) {
		if pause.FromS >= h.OpenS && pause.UntilS <= h.CloseS {
			plan.Breaks = append(plan.Breaks, pause)
		}
	}
	q.Calendar.Exceptions = append(list, calendar.Exception{Date: date, DayPlan: plan})
	return &q
}

// RoomsOf are the rooms as they are furnished in a state.
func RoomsOf(s *scheduler.State) []rehearsal.RoomSpec {
	var list []rehearsal.RoomSpec
	for i := range s.Floor.Rooms {
		r := s.Floor.Rooms[i]
		set := scheduler.SetRoom{Room: r}
		for _, seat := range s.RoomSeats(&s.Floor.Rooms[i]) {
			set.Seats = append(set.Seats, scheduler.SeatPlan{XMM: seat.XMM, YMM: seat.YMM, Accessible: seat.Accessible, Closed: seat.Closed})
		}
		set.Room.Version, set.Room.Session, set.Room.ReadyAt, set.Room.Touched, set.Room.First, set.Room.N = 0, 0, 0, 0, 0, 0
		list = append(list, rehearsal.RoomSpec{ID: r.ID, Booths: len(set.Seats), Desk: r.Desk, Mode: r.Mode, Programmes: r.Programmes, Drawn: &set})
	}
	return list
}

// earlyLeaveS is how long before the others' last call an officer's must lie
// to be taken for the end of a shorter shift.
const earlyLeaveS = 30 * 60

// spec is the officer's day as a configuration has it; false for one who led
// or joined no session.
func (o *officerDay) spec(branch *scheduler.State, last scheduler.Time, second func(scheduler.Time) int, usualS int) (rehearsal.OfficerSpec, bool) {
	if o.start == 0 || o.room == 0 {
		return rehearsal.OfficerSpec{}, false
	}
	spec := rehearsal.OfficerSpec{ID: o.id, Room: o.room, StartS: max(1, second(o.start))}
	if was := branch.Officer(o.id); was != nil {
		spec.MaxGroup, spec.Skills = int(was.MaxGroup), was.Programmes
	}
	for _, r := range o.breaks {
		spec.Breaks = append(spec.Breaks, rehearsal.Break{AtS: second(r[0]), ForS: int(min(r[1]-r[0], scheduler.MaxWaitS))})
	}
	end := last
	if o.end > 0 && (end == 0 || o.end < end) {
		end = o.end
	}
	if end > 0 && second(end) < usualS-earlyLeaveS {
		spec.LastS = second(end)
	}
	return spec, true
}

// people are those who came, and those who were booked and did not.
func (y *recording) people(s *scheduler.State, p *Day) *rehearsal.People {
	f := &s.Floor
	zone := p.Policy.Calendar.Zone
	out := &rehearsal.People{Date: y.date}
	for i := range f.Visits {
		v := &f.Visits[i]
		if v.Date != y.date || (v.Arrived == 0 && v.State != scheduler.Booked) {
			continue
		}
		g := rehearsal.Guest{At: f.Wall(v.Arrived), Channel: v.Channel, Persons: int(v.Persons), Priority: v.Priority,
			Accessible: v.Accessible, Company: int(v.Company), Stays: v.Arrived == 0}
		owed := v.Priority >= scheduler.Guaranteed // from the day before: a booking for the opening
		if owed {
			g.Priority = 0
		}
		if owed || v.Channel == scheduler.Online || v.Arrived == 0 {
			g.Due = f.Wall(v.Due)
			if v.Due == 0 {
				g.Due = zone.At(y.date, f.Day.Hours.OpenS)
			}
		}
		if g.Stays {
			g.At = g.Due
		}
		y.show(s, v, &g, p)
		out.Guests = append(out.Guests, g)
	}
	slices.SortStableFunc(out.Guests, func(a, b rehearsal.Guest) int { return int(a.At - b.At) })
	return out
}

// show adds what the records show beyond the visit's coming.
func (y *recording) show(s *scheduler.State, v *scheduler.Visit, g *rehearsal.Guest, p *Day) {
	f := &s.Floor
	k := &rehearsal.Shown{CheckS: -1, ReadyS: -1, Misses: int(v.Requeues), WalkS: y.walk[v.ID]}
	if opens := f.Policy.Calendar.Zone.At(f.Day.Date, f.Day.Hours.OpenS) - f.Day.OffsetS; v.Arrived > 0 && v.Arrived < opens && !f.Day.Extended {
		k.Drawn, k.Lot = true, y.lots[v.ID]
	}
	if t := y.checked[v.ID]; t > 0 {
		k.CheckS = t - v.Arrived
	}
	if v.Ready > 0 {
		k.ReadyS = v.Ready - v.Arrived
	}
	switch v.State {
	case scheduler.NoShow:
		k.Misses++
	case scheduler.Left, scheduler.Cancelled:
		if v.FirstCall == 0 && v.Ended > 0 {
			k.LeavesS = max(1, v.Ended-s.WaitStart(v))
		}
	}
	if o := y.out[v.ID]; o[0] > 0 && o[1] > o[0] {
		k.OutS, k.BackS = max(1, o[0]-v.Arrived), o[1]-v.Arrived
	}
	for _, c := range s.ClaimsOf(v) {
		g.Claims = append(g.Claims, scheduler.NewClaim{Programme: c.Programme, Reason: c.Reason, Small: c.Small, Person: int(c.Person)})
		k.Claims = append(k.Claims, y.claim(c, p))
	}
	g.Shown = k
}

func (y *recording) claim(c *scheduler.Claim, p *Day) rehearsal.ShownClaim {
	out := rehearsal.ShownClaim{Desk: -1, Outcome: c.Outcome}
	if at, sent := y.desk[c.ID]; sent {
		out.Desk = at
	}
	for step, t := range y.steps[c.ID] {
		for int(step) >= len(out.Steps) {
			out.Steps = append(out.Steps, rehearsal.Took{})
		}
		out.Steps[step] = t
		p.Steps++
	}
	return out
}

// quartiles are the first and the third; 0, 0 when too little was seen to tell.
func quartiles(list []int64) [2]int {
	const enough = 20
	if len(list) < enough {
		return [2]int{}
	}
	slices.Sort(list)
	low, high := int(list[len(list)/4]), int(list[len(list)*3/4])
	return [2]int{min(low, maxReactS), min(max(1, high), maxReactS)}
}

// maxReactS bounds what counts as turning to the next person: beyond it the
// officer was doing something else.
const maxReactS = 120

// Config is the setting in which the day is played again, with a seed for what
// no record shows.
func (p *Day) Config(seed uint64) rehearsal.Config {
	return rehearsal.Config{Seed: seed, Date: p.Date, Policy: OnDate(p.Policy, p.Date, p.Hours), Rooms: p.Rooms, Officers: p.Officers, Helpers: 1, Luck: rehearsal.Luck{HelpPct: p.Luck.HelpPct},
		People: p.People, Times: p.Times, Truth: p.Times, LastCallS: p.LastCall, ReactS: p.ReactS}
}

// luck is the shares that the day showed.
func (y *recording) luck(s *scheduler.State) rehearsal.Luck {
	came, missing, called, missed := 0, 0, 0, 0
	for i := range s.Floor.Visits {
		v := &s.Floor.Visits[i]
		if v.Arrived == 0 || v.Date != y.date {
			continue
		}
		came++
		if _, found := y.checked[v.ID]; found {
			missing++
		}
		if v.FirstCall > 0 {
			called++
			if v.Requeues > 0 || v.State == scheduler.NoShow {
				missed++
			}
		}
	}
	pct := func(n, of int) int { return (100*n + of/2) / max(1, of) }
	return rehearsal.Luck{PapersMissingPct: pct(missing, came), NoShowPct: pct(missed, called), HelpPct: min(100, pct(y.helps, y.own))}
}
