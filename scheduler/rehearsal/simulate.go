package rehearsal

import (
	"maps"
	"math"
	"slices"
	"strconv"

	"lapak/scheduler"
	"lapak/scheduler/calendar"
	"lapak/scheduler/procedure"
	"lapak/scheduler/seating"
)

// Output is the answer of `lapak simulate`. Times are seconds, shares percent.
type Output struct {
	Days                 int        `json:"days"`
	Arrived              int        `json:"arrived"` // persons, as are the next two
	Served               int        `json:"served"`
	Unserved             int        `json:"unserved"`
	ClaimsPerOfficerHour float64    `json:"claims_per_officer_hour"`
	WaitS                Spread     `json:"wait_s"`
	DoorToDoorS          Spread     `json:"door_to_door_s"`
	OfficerBusyPct       int        `json:"officer_busy_pct"`
	SeatBusyPct          int        `json:"seat_busy_pct"`
	GroupSizeMean        float64    `json:"group_size_mean"`
	Multiplier           Multiplier `json:"multiplier"`
	Ceiling              Ceiling    `json:"ceiling"`

	Notes []string `json:"-"` // for stderr: what the reader must know about the figures
}

// Spread sums up a list of durations in whole seconds.
type Spread struct {
	Mean int64 `json:"mean"`
	P50  int64 `json:"p50"`
	P95  int64 `json:"p95"`
	Max  int64 `json:"max"`
}

// Multiplier is this policy's saturated throughput over that of one-to-one
// service, with the bounds of its 95 % interval over the days. Single and
// Counter are the two baselines in claims per officer-hour: one-to-one with
// the officer waiting for the visitor's steps, and one-to-one with those steps
// done before the call.
type Multiplier struct {
	Value   float64 `json:"value"`
	Low     float64 `json:"low"`
	High    float64 `json:"high"`
	Single  float64 `json:"single"`
	Counter float64 `json:"counter"`
}

// Ceiling is the largest multiplier that the officers' minutes and the seats
// allow under any policy, and what binds.
type Ceiling struct {
	Value float64 `json:"value"`
	Binds string  `json:"binds"` // officer, seats, distance, occupancy, booths or arrivals
}

// trial is one setting of a simulation: the question itself or a baseline.
type trial struct {
	in        *Input
	steps     []procedure.Step
	mode      string
	saturated bool
	staffed   int
	base      int // second of the day at which the question's time 0 lies
	lengths   []length
}

// Simulate answers the question by driving the rules through its days. The
// same input gives the same output; no two days share anything but the input.
func Simulate(in Input) (Output, error) {
	if err := in.Validate(); err != nil {
		return Output{}, err
	}
	t := newTrial(&in, in.Procedure, in.Policy.Mode, in.Arrivals.Kind == "saturated")
	out := Output{Days: in.Days}
	var sum tally
	var own []float64
	for day := range in.Days {
		y, err := t.day(day)
		if err != nil {
			return Output{}, err
		}
		sum.add(&y)
		own = append(own, y.rate)
	}
	sum.report(&out, t)
	if t.staffed < in.Officers {
		out.Notes = append(out.Notes, strconv.Itoa(in.Officers-t.staffed)+" of "+strconv.Itoa(in.Officers)+
			" officers have no room; they are not staffed and count in no figure")
	}
	if sum.full {
		out.Notes = append(out.Notes, "a day reached the most visits that a branch can hold; its figures are of the time until then")
	}
	if err := t.multiply(&out, own); err != nil {
		return Output{}, err
	}
	out.Ceiling = t.ceiling(&sum)
	return out, nil
}

func newTrial(in *Input, steps []procedure.Step, mode string, saturated bool) *trial {
	t := &trial{in: in, steps: steps, mode: mode, saturated: saturated, staffed: min(in.Officers, len(in.Rooms))}
	// The rules take a day that opens within two hours of its last number for
	// one opened late by hand; a short day is therefore moved into the day.
	t.base = min(max(0, 2*hourS+1-in.Hours.LastTicketS), 86_400-in.Hours.CloseS)
	for _, s := range steps {
		t.lengths = append(t.lengths, newLength(in.Distribution, s))
	}
	return t
}

// length is how long one step takes.
type length struct {
	kind string
	mean int
	log  spread
}

func newLength(kind string, s procedure.Step) length {
	return length{kind: kind, mean: s.MeanS, log: newSpread(s.MeanS, s.CvPct)}
}

func (l *length) draw(d *dice) int64 {
	switch l.kind {
	case "constant":
		return int64(l.mean)
	case "exponential":
		return wholeSeconds(d.exponential(float64(l.mean)))
	}
	return l.log.draw(d)
}

// multiply compares the policy with both baselines, day by day under the same
// seeds, saturated.
func (t *trial) multiply(out *Output, own []float64) error {
	in := t.in
	single := newTrial(in, in.Procedure, "single", true)
	var counterSteps []procedure.Step
	for _, s := range in.Procedure {
		if s.Who != procedure.Visitor {
			counterSteps = append(counterSteps, s)
		}
	}
	counter := newTrial(in, counterSteps, "single", true)
	var full *trial
	if !t.saturated {
		full, own = newTrial(in, in.Procedure, in.Policy.Mode, true), own[:0]
	}
	var singles, counters []float64
	for day := range in.Days {
		for _, x := range []struct {
			t    *trial
			list *[]float64
		}{{full, &own}, {single, &singles}, {counter, &counters}} {
			if x.t == nil {
				continue
			}
			y, err := x.t.day(day)
			if err != nil {
				return err
			}
			*x.list = append(*x.list, y.rate)
		}
	}
	out.Multiplier = ratio(own, singles)
	out.Multiplier.Single, out.Multiplier.Counter = round(mean(singles), 2), round(mean(counters), 2)
	return nil
}

// ratio is the quotient of two paired means with its 95 % interval, by the
// usual linearisation; one day alone has no interval.
func ratio(a, b []float64) Multiplier {
	ma, mb := mean(a), mean(b)
	if mb == 0 {
		return Multiplier{}
	}
	q, square := ma/mb, 0.0
	for i := range a {
		e := a[i] - q*b[i]
		square += e * e
	}
	half := 0.0
	if n := float64(len(a)); n > 1 {
		half = 1.96 * math.Sqrt(square/(n*(n-1))) / mb
	}
	return Multiplier{Value: round(q, 2), Low: round(q-half, 2), High: round(q+half, 2)}
}

func mean(list []float64) float64 {
	sum := 0.0
	for _, x := range list {
		sum += x
	}
	return sum / float64(max(1, len(list)))
}

func round(x float64, digits int) float64 {
	unit := math.Pow10(digits)
	return math.Floor(x*unit+0.5) / unit
}

// stepCodes are the rules' names for a trial's steps. The briefing is not among
// them: the rules give it to whom the policy says, a trial says so itself.
func stepCodes() []procedure.StepCode {
	return slices.DeleteFunc(procedure.StepCodes(), func(c procedure.StepCode) bool { return c == procedure.StepBriefing })
}

// policy is the rules' policy for the trial.
func (t *trial) policy() *scheduler.Policy {
	in, p := t.in, scheduler.DefaultPolicy()
	p.Mode = map[string]scheduler.Mode{"rolling": scheduler.Rolling, "closed": scheduler.Closed, "single": scheduler.Single}[t.mode]
	p.Pooled = in.Policy.Pooled && t.mode != "single"
	p.AutoRefill = t.mode != "single" // there the officer calls once the seat is changed
	p.UndoS = 0
	p.Group = scheduler.GroupPolicy{Min: 1, Target: in.Policy.GroupMax, Max: in.Policy.GroupMax,
		MaxFormWaitS: in.Policy.MaxFormWaitS, FilesPerSitting: scheduler.MaxFiles, TurnaroundS: in.RoomTurnaroundS, AlarmS: 3600}
	if t.mode == "single" {
		p.Group.Target, p.Group.Max = scheduler.MaxPersons, scheduler.MaxPersons
	}
	p.Distance.DistanceMM, p.Distance.TogetherMM, p.Distance.OccupancyPct = defaultDistanceMM, defaultDistanceMM, 100
	if i := in.firstPlan(); i >= 0 {
		p.Distance.DistanceMM, p.Distance.TogetherMM = in.Rooms[i].Plan.DistanceMM, in.Rooms[i].Plan.TogetherMM
	}
	p.Order.OvertakeMax, p.Order.BookingCreditS, p.Order.PapersFirst = in.Policy.OvertakeMax, in.Policy.BookingCreditS, false
	p.Call.RequeueMax = 0
	if p.Seat.ChangeS = in.SeatChangeS; t.mode == "closed" {
		p.Seat.ChangeS = 0 // the room is cleaned whole, after the last
	}
	hours := calendar.Hours{OpenS: t.base + in.Hours.OpenS, LastTicketS: t.base + in.Hours.LastTicketS, CloseS: t.base + in.Hours.CloseS}
	if t.saturated {
		hours.CloseS = 86_400 // nobody is too late: no last call and no drain
	}
	p.Calendar.Exceptions = []calendar.Exception{{Date: monday, DayPlan: calendar.DayPlan{Open: true, Hours: hours}}}
	jht := procedure.Procedure{Programme: procedure.JHT, Group: true}
	for i, s := range t.steps {
		s.Code = stepCodes()[i]
		jht.Steps = append(jht.Steps, s)
	}
	p.Procedures = procedure.Catalog{Procedures: []procedure.Procedure{jht}}
	return p
}

// defaultDistanceMM is the pitch of the seats in a room given by their number.
const defaultDistanceMM = 1500

func (t *trial) config(day int) Config {
	d := roll(t.in.Seed, forSeed, int64(day), 2)
	c := Config{Seed: uint64(d), Date: monday, Policy: t.policy(), Luck: Luck{NoShowPct: t.in.NoShowPct}}
	for i := range t.in.Rooms {
		if i >= t.staffed && !c.Policy.Pooled {
			break
		}
		booths := t.in.Rooms[i].Seats
		if plan := t.in.Rooms[i].Plan; plan != nil {
			booths = len(plan.Seats)
		}
		c.Rooms = append(c.Rooms, RoomSpec{ID: scheduler.RoomID(i + 1), Booths: booths, PitchMM: c.Policy.Distance.DistanceMM})
	}
	for i := range t.staffed {
		c.Officers = append(c.Officers, OfficerSpec{ID: scheduler.OfficerID(i + 1), Room: scheduler.RoomID(i + 1)})
	}
	seed := c.Seed
	c.pace = &pace{line: t.in.Policy.GroupMax + 4, guests: func(w *World) []guest { return t.guests(w, seed) },
		lengths: func(who, n int64, step procedure.Step) int64 {
			i := slices.Index(stepCodes(), step.Code)
			if i < 0 || i >= len(t.lengths) {
				return 1
			}
			d := roll(seed, forStep, who, t.named(i)+n<<8)
			return t.lengths[i].draw(&d)
		}}
	if t.saturated {
		c.pace.more = func(i int64) guest { return t.guest(seed, i) }
	}
	return c
}

// named is the step's place in the question's procedure, so that a baseline
// with fewer steps draws the same times for the same ones.
func (t *trial) named(i int) int64 {
	return int64(slices.IndexFunc(t.in.Procedure, func(s procedure.Step) bool { return s == t.steps[i] }))
}

// guest draws who comes as the i-th visit.
func (t *trial) guest(seed uint64, i int64) guest {
	d := roll(seed, forGuest, i, 0)
	g := guest{persons: 1}
	at := int(d.below(100))
	for _, key := range slices.Sorted(maps.Keys(t.in.Parties)) {
		if at -= t.in.Parties[key]; at < 0 {
			g.persons, _ = strconv.Atoi(key)
			break
		}
	}
	for k := range g.persons {
		g.claims = append(g.claims, scheduler.NewClaim{Programme: procedure.JHT, Person: k})
	}
	return g
}

// guests draws a day's visits that come by themselves.
func (t *trial) guests(w *World, seed uint64) []guest {
	var at []int64
	switch {
	case t.saturated:
	case t.in.Arrivals.Kind == "trace":
		for _, s := range t.in.Arrivals.AtS {
			at = append(at, w.at(t.base+s))
		}
	default:
		at = t.poisson(w, seed)
	}
	slices.Sort(at)
	list := make([]guest, len(at))
	for i := range list {
		list[i] = t.guest(seed, int64(i))
		list[i].at = at[i]
		if d := roll(seed, forGuest, int64(i), 1); d.pct(t.in.BookedPct) {
			list[i].channel, list[i].due = scheduler.Online, at[i]
		}
	}
	return list
}

func (t *trial) poisson(w *World, seed uint64) []int64 {
	a := &t.in.Arrivals
	span := int64(t.in.Hours.LastTicketS - t.in.Hours.OpenS)
	shares := make([]int, len(a.HourWeights))
	for i, weight := range a.HourWeights { // the last hour may be cut short
		shares[i] = int(int64(weight) * min(hourS, max(0, span-int64(i)*hourS)) / hourS)
	}
	d := roll(seed, forArrivals, 0, 0)
	var at []int64
	for left := d.exponential(1); left < float64(a.PerDay) && len(at) < 2*MaxPerDay; left += d.exponential(1) {
		if d.pct(a.AtDoorPct) || slices.Max(shares) == 0 {
			at = append(at, w.open)
			continue
		}
		hour := int64(d.pick(shares...))
		at = append(at, w.open+hour*hourS+d.below(min(hourS, span-hour*hourS)))
	}
	return at
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
			set.Seats = set.Seats[:0]
			for _, s := range plan.Seats {
				set.Seats = append(set.Seats, scheduler.SeatPlan{XMM: int32(s.XMM), YMM: int32(s.YMM), Accessible: s.Accessible, Closed: s.Closed})
			}
		} else {
			for k := range set.Seats {
				set.Seats[k].Accessible = false
			}
		}
		orders[i].Command = set
	}
	return orders
}

// usable is how many strangers a room can hold and what limits it.
func (t *trial) usable(room int) (int, string) {
	r := t.in.Rooms[room]
	n, binds := r.Seats, "seats"
	if r.Plan != nil {
		seats := make([]seating.Seat, len(r.Plan.Seats))
		open := 0
		for i, s := range r.Plan.Seats {
			seats[i] = seating.Seat{XMM: int32(s.XMM), YMM: int32(s.YMM), Accessible: s.Accessible, Closed: s.Closed}
			if !s.Closed {
				open++
			}
		}
		plan := seating.NewPlan(seats, r.Plan.DistanceMM, r.Plan.TogetherMM)
		_, n, _, _ = plan.Most(plan.Open(seating.Set{}), 0)
		switch {
		case n < open:
			binds = "distance"
		case open < len(seats):
			binds = "booths"
		}
	}
	if t.in.Policy.GroupMax < n {
		return t.in.Policy.GroupMax, "officer"
	}
	return n, binds
}
