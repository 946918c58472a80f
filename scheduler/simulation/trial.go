package simulation

import (
	"fmt"
	"slices"
	"strconv"

	"lapak/scheduler"
	"lapak/scheduler/calendar"
	"lapak/scheduler/procedure"
	"lapak/scheduler/rehearsal"
	"lapak/scheduler/rehearsal/dice"
	"lapak/scheduler/seating"
)

// trial is one setting of a simulation: the question itself or a baseline.
type trial struct {
	in        *Input
	stretches []stretch
	steps     []procedure.Step // of the rules: the parts
	mode      string
	saturated bool
	staffed   int
	base      int // second of the day at which the question's time 0 lies
	parties   []share
	places    []place // by room
	party     []int   // by room: most persons of one visit
	rules     *scheduler.Policy
	branch    *scheduler.State // furnished, before the first day
	each      Each             // works the days
}

// share is how many of a hundred visits have so many persons.
type share struct{ persons, pct int }

// stretch is what the rules see as one step: steps of the question that follow
// each other and are done by the same one, for nothing can come between them.
type stretch struct {
	who     procedure.Who
	lengths []length
}

// length is how long one step of the question takes.
type length struct {
	index int64 // in the question's procedure: names its stream of luck
	kind  string
	mean  int
	log   dice.Lognormal
}

func (l *length) draw(d *dice.Stream) int64 {
	switch l.kind {
	case "constant":
		return int64(l.mean)
	case "exponential":
		return dice.WholeSeconds(d.Exponential(float64(l.mean)))
	}
	return l.log.Draw(d)
}

// newTrial prepares a setting. Prepared visitors have done their own steps
// before the call: the counter baseline.
func newTrial(in *Input, mode string, saturated, prepared bool) *trial {
	t := &trial{in: in, each: inTurn, mode: mode, saturated: saturated, staffed: min(in.Officers, len(in.Rooms)), stretches: stretchesOf(in, prepared)}
	// The rules take a day that opens within two hours of its last number for
	// one opened late by hand; a short day is therefore moved into the day.
	t.base = min(max(0, openLateS-in.Hours.LastTicketS), 86_400-in.Hours.CloseS)
	for _, p := range t.stretches {
		s := procedure.Step{Code: stepCodes()[len(t.steps)], Who: p.who}
		for _, l := range p.lengths {
			s.MeanS += l.mean
		}
		t.steps = append(t.steps, s)
	}
	for n := 1; n <= scheduler.MaxPersons; n++ {
		if pct := in.Parties[strconv.Itoa(n)]; pct > 0 {
			t.parties = append(t.parties, share{n, pct})
		}
	}
	for i := range in.Rooms {
		t.places = append(t.places, t.usable(i))
	}
	t.rules = t.policy()
	for i := range in.Rooms {
		t.party = append(t.party, t.largest(i))
	}
	return t
}

// inHourS are the seconds of an hour.
const hourS = 3600

// aMonday is the date of every simulated day.
var monday = calendar.MustParse("2026-03-02")

// openLateS is the rules' two hours and a second.
const openLateS = 2*hourS + 1

// stretchesOf joins the procedure's neighbouring steps of the same one.
func stretchesOf(in *Input, prepared bool) []stretch {
	var parts []stretch
	sum := 0
	for i, s := range in.Procedure {
		if prepared && s.Who == procedure.Visitor {
			continue
		}
		l := length{index: int64(i), kind: in.Distribution, mean: s.MeanS, log: dice.NewLognormal(s.MeanS, s.CvPct)}
		if n := len(parts) - 1; n >= 0 && parts[n].who == s.Who && s.Who != procedure.Group && sum+s.MeanS <= procedure.MaxMeanS {
			parts[n].lengths, sum = append(parts[n].lengths, l), sum+s.MeanS
			continue
		}
		parts, sum = append(parts, stretch{s.Who, []length{l}}), s.MeanS
	}
	return parts
}

// stepCodes are the rules' names for a trial's steps. The briefing is not among
// them: the rules give it to whom the policy says, a trial says so itself.
func stepCodes() []procedure.StepCode {
	return slices.DeleteFunc(procedure.StepCodes(), func(c procedure.StepCode) bool { return c == procedure.StepBriefing })
}

// partS draws how long the k-th part takes somebody. It depends on the day's
// seed, the person and the step alone, so that every policy meets the same
// people.
func (t *trial) partS(seed uint64, who int64, k int) int64 {
	sum := int64(0)
	for i := range t.stretches[k].lengths {
		l := &t.stretches[k].lengths[i]
		d := dice.Roll(seed, dice.ForStep, who, l.index)
		sum += l.draw(&d)
	}
	return sum
}

// policy is the rules' policy for the trial.
func (t *trial) policy() *scheduler.Policy {
	in, p := t.in, scheduler.DefaultPolicy()
	p.Mode = map[string]scheduler.Mode{"rolling": scheduler.Rolling, "closed": scheduler.Closed, "single": scheduler.Single}[t.mode]
	p.Pooled = in.Policy.Pooled && t.mode != "single"
	p.AutoRefill = t.mode != "single" // there the next is called once the seat is changed
	p.UndoS = 0
	p.Group = scheduler.GroupPolicy{Min: 1, Target: in.Policy.GroupMax, Max: in.Policy.GroupMax,
		MaxFormWaitS: in.Policy.MaxFormWaitS, FilesPerSitting: scheduler.MaxFiles, TurnaroundS: in.RoomTurnaroundS, AlarmS: 3600}
	if t.mode == "single" {
		p.Group.Target, p.Group.Max = scheduler.MaxPersons, scheduler.MaxPersons
	}
	p.Distance.DistanceMM, p.Distance.TogetherMM, p.Distance.OccupancyPct = defaultDistanceMM, defaultDistanceMM, 100
	if i := in.firstPlan(); i >= 0 {
		p.Distance.DistanceMM, p.Distance.TogetherMM = in.Rooms[i].Plan.DistanceMM, in.Rooms[i].Plan.together()
	}
	p.Order.OvertakeMax, p.Order.BookingCreditS, p.Order.PapersFirst = in.Policy.OvertakeMax, in.Policy.BookingCreditS, false
	p.Call.RequeueMax, p.Call.Recalls, p.Call.NoShowAfterS = 0, 0, noShowS
	if p.Seat.ChangeS = in.SeatChangeS; t.mode == "closed" {
		p.Seat.ChangeS = 0 // the room is cleaned whole, after the last
	}
	hours := calendar.Hours{OpenS: t.base + in.Hours.OpenS, LastTicketS: t.base + in.Hours.LastTicketS, CloseS: t.base + in.Hours.CloseS}
	if t.saturated {
		hours.CloseS = 86_400 // nobody is too late: no last call and no drain
	}
	hours.LastTicketS = min(hours.CloseS, max(hours.LastTicketS, openLateS)) // the people of a question stop coming by themselves
	p.Calendar.Exceptions = []calendar.Exception{{Date: monday, DayPlan: calendar.DayPlan{Open: true, Hours: hours}}}
	jht := procedure.Procedure{Programme: procedure.JHT, Group: true, Steps: t.steps}
	p.Procedures = procedure.Catalog{Procedures: []procedure.Procedure{jht}}
	return p
}

// noShowS is how long a seat is kept for somebody who was called and does not
// come: the branch's default.
const noShowS = 240

// defaultDistanceMM is the pitch of the seats in a room given by their number.
const defaultDistanceMM = 1500

// seed is the day's own.
func (t *trial) seed(day int) uint64 {
	return uint64(dice.Roll(t.in.Seed, dice.ForSeed, int64(day), 2))
}

func (t *trial) config(day int) rehearsal.Config {
	seed := t.seed(day)
	c := rehearsal.Config{Seed: seed, Date: monday, Policy: t.rules, Luck: rehearsal.Luck{NoShowPct: t.in.NoShowPct}}
	p := &rehearsal.Pace{Line: t.in.Policy.GroupMax + spareLine, Guests: t.guests(seed),
		Lengths: func(who, _ int64, step procedure.Step) int64 {
			k := slices.IndexFunc(t.steps, func(s procedure.Step) bool { return s.Code == step.Code })
			if k < 0 {
				return 1
			}
			return t.partS(seed, who, k)
		},
		FormS: int64(t.in.Policy.MaxFormWaitS), Ends: t.ends(), Least: t.parties[0].persons}
	for i := range t.open() {
		c.Rooms = append(c.Rooms, t.room(i))
		p.Fits, p.Party = append(p.Fits, t.places[i].persons), append(p.Party, t.party[i])
	}
	for i := range t.staffed {
		c.Officers = append(c.Officers, rehearsal.OfficerSpec{ID: scheduler.OfficerID(i + 1), Room: scheduler.RoomID(i + 1)})
	}
	if t.saturated {
		p.More = func(i int64) rehearsal.Guest { return t.guest(seed, i) }
	}
	c.Pace = p
	return c
}

// ends reports whether the last step is the visitor's own.
func (t *trial) ends() bool { return t.stretches[len(t.stretches)-1].who == procedure.Visitor }

// open is how many of the rooms are in use: those of the staffed officers, or
// of a pool all.
func (t *trial) open() int {
	if t.rules.Pooled {
		return len(t.in.Rooms)
	}
	return t.staffed
}

// at is the branch time at a second of the question's day.
func (t *trial) at(second int) scheduler.Time {
	return t.rules.Calendar.Zone.At(monday, t.base+second)
}

// spareLine is how many more than a full group wait in a saturated simulation,
// so that there is a choice when a party does not fit.
const spareLine = 4

// persons draws how many come as the i-th visit.
func (t *trial) persons(d *dice.Stream) int {
	at := int(d.Below(100))
	for _, s := range t.parties {
		if at -= s.pct; at < 0 {
			return s.persons
		}
	}
	return 1
}

// guest draws who comes as the i-th visit.
func (t *trial) guest(seed uint64, i int64) rehearsal.Guest {
	d := dice.Roll(seed, dice.ForGuest, i, 0)
	g := rehearsal.Guest{Persons: t.persons(&d)}
	g.Claims = make([]scheduler.NewClaim, g.Persons)
	for k := range g.Persons {
		g.Claims[k] = scheduler.NewClaim{Programme: procedure.JHT, Person: k}
	}
	return g
}

// comes draws when the day's visits come, in seconds of the question's day,
// ascending. A saturated day has none of its own.
func (t *trial) comes(seed uint64) []int64 {
	var at []int64
	switch t.in.Arrivals.Kind {
	case "trace":
		for _, s := range t.in.Arrivals.AtS {
			at = append(at, int64(s))
		}
	case "poisson":
		at = t.poisson(seed)
	}
	slices.Sort(at)
	return at
}

// guests draws a day's visits that come by themselves.
func (t *trial) guests(seed uint64) []rehearsal.Guest {
	if t.saturated {
		return nil
	}
	at := t.comes(seed)
	list := make([]rehearsal.Guest, len(at))
	for i := range list {
		list[i] = t.guest(seed, int64(i))
		list[i].At = t.at(int(at[i]))
		if d := dice.Roll(seed, dice.ForGuest, int64(i), 1); d.Pct(t.in.BookedPct) {
			list[i].Channel, list[i].Due = scheduler.Online, list[i].At
		}
	}
	return list
}

func (t *trial) poisson(seed uint64) []int64 {
	a := &t.in.Arrivals
	open, span := int64(t.in.Hours.OpenS), int64(t.in.Hours.LastTicketS-t.in.Hours.OpenS)
	shares := make([]int, len(a.HourWeights))
	for i, weight := range a.HourWeights { // the last hour may be cut short
		shares[i] = int(int64(weight) * min(hourS, max(0, span-int64(i)*hourS)))
	}
	d := dice.Roll(seed, dice.ForArrivals, 0, 0)
	var at []int64
	for left := d.Exponential(1); left < float64(a.PerDay) && len(at) < scheduler.MaxVisits; left += d.Exponential(1) {
		if d.Pct(a.AtDoorPct) || slices.Max(shares) == 0 {
			at = append(at, open)
			continue
		}
		hour := int64(d.Pick(shares...))
		at = append(at, open+hour*hourS+d.Below(min(hourS, span-hour*hourS)))
	}
	return at
}

// room is the question's nth room as the world furnishes it.
func (t *trial) room(n int) rehearsal.RoomSpec {
	booths := t.in.Rooms[n].Seats
	if plan := t.in.Rooms[n].Plan; plan != nil {
		booths = len(plan.Seats)
	}
	return rehearsal.RoomSpec{ID: scheduler.RoomID(n + 1), Booths: booths, PitchMM: t.rules.Distance.DistanceMM}
}

// largest is the most persons of one visit that the room can ever seat.
func (t *trial) largest(room int) int {
	c := rehearsal.Config{Policy: t.rules}
	order := t.furnished([]scheduler.Order{{Command: c.Furnish(t.room(room))}})[0].Command.(scheduler.SetRoom)
	seats := make([]seating.Seat, len(order.Seats))
	for i, s := range order.Seats {
		seats[i] = seating.Seat{XMM: s.XMM, YMM: s.YMM, Accessible: s.Accessible, Closed: s.Closed}
	}
	plan := seating.NewPlan(seats, c.Policy.Distance.DistanceMM, c.Policy.Distance.TogetherMM)
	most := c.Policy.Group.Max
	if order.Room.Normal > 0 {
		most = min(most, int(order.Room.Normal))
	}
	for n := min(most, scheduler.MaxPersons); n > 0; n-- {
		if plan.CanEver(n, false) {
			return n
		}
	}
	return 0
}

// furnish makes the branch in which every day of the trial begins.
func (t *trial) furnish() error {
	if t.branch != nil {
		return nil
	}
	w := rehearsal.NewWorld(t.config(0))
	d := scheduler.New().Draft()
	for _, o := range t.furnished(w.Setup()) {
		if _, err := d.Do(scheduler.Stamp{At: w.Begins()}, o); err != nil {
			return fmt.Errorf("the branch cannot be furnished: %w", err)
		}
	}
	t.branch = d.Publish()
	return nil
}

// furnished replaces the grid by the plan, where the question has one.
func (t *trial) furnished(orders []scheduler.Order) []scheduler.Order {
	for i := range orders {
		set, ok := orders[i].Command.(scheduler.SetRoom)
		if !ok {
			continue
		}
		set.Room.Normal = 0
		if plan := t.in.Rooms[set.Room.ID-1].Plan; plan != nil {
			set.Room.WidthMM, set.Room.DepthMM = 0, 0
			set.Room.Normal = int16(min(plan.Limit, scheduler.MaxRoomSeats))
			set.Seats = plan.places()
		} else {
			for k := range set.Seats {
				set.Seats[k].Accessible = false
			}
		}
		orders[i].Command = set
	}
	return orders
}
