package scheduler

import (
	"slices"

	"lapak/scheduler/procedure"
	"lapak/scheduler/seating"
)

// Plan is whom a room would call now, to which seats, and why; whom it passed
// over, and why. It is data: the officer's screen shows it, Call makes it so.
type Plan struct {
	Room       RoomID    `json:"room"`
	Session    SessionID `json:"session"`
	Kindof     CallKind  `json:"call"`
	Capacity   Capacity  `json:"capacity"`
	Picks      []Pick    `json:"picks"`
	Persons    int       `json:"persons"`
	Skips      []Skip    `json:"skips"`
	Due        bool      `json:"due"`     // the formation rule says: call now
	DueAt      Time      `json:"due_at"`  // else it will at this time, or 0
	Wait       []Why     `json:"wait"`    // why it is not due, or why nobody is picked
	Holding    VisitID   `json:"holding"` // seats are held for this visit, or 0
	Unseatable []VisitID `json:"unseatable"`
}

// MaxSkips bounds the passed-over visits that a plan lists; the screens show
// the first few and a call's record stays small.
const MaxSkips = 12

// Propose returns the plan of the room at the given time. It reads the floor
// alone. The room must exist.
func (s *State) Propose(room RoomID, now Time) Plan {
	r := s.Room(room)
	return s.propose(r, s.layoutOf(r), now)
}

func (s *State) propose(r *Room, l layout, now Time) Plan {
	ses := s.SessionIn(r.ID)
	p := Plan{Room: r.ID, Capacity: s.capacity(r, l, now), Kindof: GroupCall}
	if ses == nil {
		p.Wait = append(p.Wait, Why{Code: WhyNoSession})
		return p
	}
	p.Session = ses.ID
	if ses.State != Forming {
		p.Kindof = RefillCall
	}
	if why, no := s.mayNotCall(r, ses, now); no {
		p.Wait = append(p.Wait, why)
		return p
	}
	c := &p.Capacity
	form := &former{s: s, r: r, ses: ses, l: l, now: now, plan: &p,
		room:    min(c.Occupancy, c.Booths, c.Officer) - c.Present, // the seats' own limit is the geometry's business
		minutes: c.Minutes - c.Present}
	form.run()
	s.formationRule(ses, &p, now)
	return p
}

// mayNotCall says why the session calls nobody now, if so.
func (s *State) mayNotCall(r *Room, ses *Session, now Time) (Why, bool) {
	present := false
	for _, id := range ses.Crew {
		if o := s.Officer(id); o != nil && o.Presence == OnShift {
			present = true
		}
	}
	switch {
	case !s.Floor.Day.Open:
		return Why{Code: WhyNoSession}, true
	case ses.State == Closing || ses.State == Cleaning:
		return Why{Code: WhyLastCallDone}, true
	case ses.Mode == Closed && ses.State != Forming:
		return Why{Code: WhyRoomInUse}, true
	case !present:
		return Why{Code: WhyNoOfficer}, true
	}
	return Why{}, false
}

// former is one forming decision under way.
type former struct {
	s       *State
	r       *Room
	ses     *Session
	l       layout
	now     Time
	plan    *Plan
	room    int // persons that may still come in
	minutes int // persons that can still be finished
	free    seating.Set
	kept    seating.Set // accessible seats kept for those who need them
	first   *Visit      // first in order among the eligible, if it did not fit
	passes  int         // visits that may still pass it
	passed  int
	group   procedure.Programme // closed: what the group has in common
	groupOK bool
	company [2]int // claims called today: all, collective
	others  bool   // somebody waits who is no company's
	end     Time
	waiting []*Visit
}

func (f *former) run() {
	s := f.s
	line := Waiting
	if f.r.Desk {
		line = AtDesk
	}
	f.waiting = s.Floor.Line(line)
	f.passes = Unlimited
	f.end = s.endOf(f.ses)
	f.openSeats()
	f.countCompanies()
	for i, v := range f.waiting {
		if f.room <= 0 || f.plan.Holding != 0 || f.passes <= 0 {
			break
		}
		f.consider(i, v)
		if f.ses.Mode == Single && len(f.plan.Picks) > 0 {
			break
		}
	}
	if f.room <= 0 && len(f.plan.Picks) == 0 {
		f.plan.Wait = append(f.plan.Wait, Why{Code: WhyCapacity, A: int64(f.plan.Capacity.Persons)})
	}
	f.close()
}

// openSeats finds the seats that a stranger may take now. A seat being cleaned
// counts as taken; so does one whose leaving can still be undone.
func (f *former) openSeats() {
	var taken, cleaning seating.Set
	seats := f.s.RoomSeats(f.r)
	for i := range seats {
		if seats[i].taken() {
			taken.Add(i)
		}
		if seats[i].State == SeatCleaning {
			cleaning.Add(i)
		}
	}
	f.free = f.l.plan.Open(taken).Without(&cleaning)
	if f.ses.Mode == Single && !taken.Empty() {
		f.free = seating.Set{}
		f.room = 0
	}
	f.keepAccessible(seats)
}

// keepAccessible sets accessible seats aside while somebody waits who needs
// one and whom this room may serve.
func (f *former) keepAccessible(seats []Seat) {
	keep := f.s.Floor.Policy.Seat.AccessibleKeep
	if keep == 0 {
		return
	}
	need := 0
	for _, v := range f.waiting {
		if v.Accessible && f.eligible(v) == nil {
			need++
		}
	}
	keep = min(keep, need)
	for i := len(seats) - 1; i >= 0 && keep > 0; i-- {
		if seats[i].Accessible && f.free.Has(i) {
			f.kept.Add(i)
			keep--
		}
	}
}

func (f *former) countCompanies() {
	fl := &f.s.Floor
	for i := range fl.Visits {
		v := &fl.Visits[i]
		if v.FirstCall != 0 {
			f.company[0] += int(v.NClaims)
			if v.Channel == Collective {
				f.company[1] += int(v.NClaims)
			}
		}
	}
	for _, v := range f.waiting {
		if v.Channel != Collective {
			f.others = true
			return
		}
	}
}

// eligible returns why the visit may not be called to this room at all, or
// nil. It speaks of programme, officer and the companies' share, not of room.
func (f *former) eligible(v *Visit) []Why {
	s := f.s
	p := s.programmeOf(v)
	if !f.r.Desk && !slices.Contains(s.programmesOf(f.r), p) {
		return []Why{{Code: WhyProgramme}}
	}
	if !s.crewServes(f.ses, p) {
		return []Why{{Code: WhySkill}}
	}
	if v.Channel == Collective && f.others && f.overCompanyCap(v) {
		return []Why{{Code: WhyCollective, A: int64(s.Floor.Policy.Collective.CapPct)}}
	}
	if f.end != 0 {
		stay, _ := s.workOf(v)
		if left := f.end - f.now; stay > left {
			return []Why{{Code: WhyTooLate, A: stay, B: left}}
		}
	}
	if f.groupOK && f.ses.Mode == Closed && s.Floor.Policy.Group.SameProgramme && p != f.group {
		return []Why{{Code: WhyProgramme}}
	}
	return nil
}

// overCompanyCap reports whether calling v would take the companies' share of
// the claims called today above the cap while others wait. The first
// companies' visit of a day is always within it.
func (f *former) overCompanyCap(v *Visit) bool {
	n := int(v.NClaims)
	pct := f.s.Floor.Policy.Collective.CapPct
	if pct == 0 {
		return true
	}
	return f.company[1] > 0 && 100*(f.company[1]+n) > pct*(f.company[0]+n)
}

// consider picks the visit, or passes over it with the reason.
func (f *former) consider(i int, v *Visit) {
	if why := f.eligible(v); why != nil {
		f.skip(v, why)
		return
	}
	if !f.canEver(v) {
		if f.s.nowhereFits(v) {
			f.plan.Unseatable = append(f.plan.Unseatable, v.ID)
		}
		f.skip(v, []Why{{Code: WhyNeverFits, A: int64(v.Persons)}})
		return
	}
	if int(v.Persons) > f.minutes {
		f.skip(v, []Why{{Code: WhyTooLate, B: f.end - f.now}})
		return
	}
	seats, ok := f.place(v)
	if !ok {
		f.noFit(v)
		return
	}
	f.take(i, v, seats)
}

// canEver reports whether the empty room could seat the visit under the limits
// that do not pass with time.
func (f *former) canEver(v *Visit) bool {
	c := &f.plan.Capacity
	limit := min(c.Seats+f.partyBonus(v), c.Occupancy, c.Booths, c.Officer)
	return int(v.Persons) <= limit && f.l.plan.CanEver(int(v.Persons), v.Accessible)
}

// partyBonus is what a party may exceed the strangers' count by: its own
// persons need no distance among themselves.
func (f *former) partyBonus(v *Visit) int { return int(v.Persons) - 1 }

func (f *former) place(v *Visit) (seating.Set, bool) {
	if int(v.Persons) > f.room {
		return seating.Set{}, false
	}
	free := f.free
	if !v.Accessible {
		free = free.Without(&f.kept)
	}
	return f.l.plan.Place(free, int(v.Persons), v.Accessible, nil)
}

// noFit handles an eligible visit whose persons do not fit now. The first such
// one in order counts who passes it; at the bound, seats are held for it.
func (f *former) noFit(v *Visit) {
	why := []Why{{Code: WhyNoFit, A: int64(v.Persons), B: int64(min(f.room, f.free.Len()))}}
	if f.first == nil {
		limit := f.s.Floor.Policy.Order.OvertakeMax
		f.first = v
		f.passes = max(0, limit-int(v.Overtaken))
		why = append(why, Why{Code: WhyOvertaken, A: int64(v.Overtaken), B: int64(limit)})
		if f.passes == 0 {
			f.plan.Holding = v.ID
			f.plan.Wait = append(f.plan.Wait, Why{Code: WhyHolding, A: int64(v.ID)})
		}
	} else if int(v.Overtaken) >= f.s.Floor.Policy.Order.OvertakeMax {
		f.plan.Holding = v.ID // it has been passed as often as allowed
		f.plan.Wait = append(f.plan.Wait, Why{Code: WhyHolding, A: int64(v.ID)})
	}
	f.skip(v, why)
}

func (f *former) skip(v *Visit, why []Why) {
	if len(f.plan.Skips) < MaxSkips || f.first == v {
		f.plan.Skips = append(f.plan.Skips, Skip{Visit: v.ID, Why: why})
	}
}

// take adds the visit to the plan with the reasons for it and its seats.
func (f *former) take(i int, v *Visit, seats seating.Set) {
	waited := max(0, f.now-v.Effective)
	why := []Why{{Code: WhyNext, A: int64(i + 1), B: waited}}
	if i == 0 {
		why[0] = Why{Code: WhyFirst, A: waited}
	}
	why = append(why, f.s.standing(v)...)
	if v.Persons > 1 {
		why = append(why, Why{Code: WhyTogether, A: int64(v.Persons)})
	}
	if v.Accessible {
		why = append(why, Why{Code: WhyAccessible})
	}
	var list []SeatNo
	for _, k := range seats.Seats() {
		list = append(list, SeatNo(k+1))
	}
	f.free = f.l.plan.After(f.free, seats)
	why = append(why, Why{Code: WhyFuture, A: int64(f.free.Len())})
	f.plan.Picks = append(f.plan.Picks, Pick{Visit: v.ID, Seats: list, Why: why})
	f.plan.Persons += int(v.Persons)
	f.room -= int(v.Persons)
	f.minutes -= int(v.Persons)
	if !f.groupOK {
		f.group, f.groupOK = f.s.programmeOf(v), true
	}
	f.company[0] += int(v.NClaims)
	if v.Channel == Collective {
		f.company[1] += int(v.NClaims)
	}
	if f.first != nil {
		f.passes--
		f.passed++
	}
}

// close counts the overtakes and says why nobody was picked.
func (f *former) close() {
	if f.first != nil && f.passed > 0 {
		for i := range f.plan.Skips {
			if f.plan.Skips[i].Visit == f.first.ID {
				f.plan.Skips[i].Counted = int8(f.passed)
			}
		}
	}
	if len(f.waiting) == 0 {
		f.plan.Wait = append(f.plan.Wait, Why{Code: WhyNobody})
	}
}

// standing gives the reasons for a visit's place in the order, as they are
// recorded when it joined the line.
func (s *State) standing(v *Visit) []Why {
	p := &s.Floor.Policy.Order
	var why []Why
	if v.Due != 0 && v.Arrived-v.Due <= int64(p.GraceS) {
		why = append(why, Why{Code: WhyBooked, A: int64(p.BookingCreditS)})
	}
	if v.Priority != NoPriority {
		why = append(why, Why{Code: WhyPriority, A: int64(p.PriorityJumpS)})
	}
	if v.Overtaken > 0 {
		why = append(why, Why{Code: WhyOvertaken, A: int64(v.Overtaken), B: int64(p.OvertakeMax)})
	}
	return why
}

// formationRule decides whether the plan is due: a refill and a single at
// once; a closed group when it is full, or when its oldest has waited long
// enough (planning.md section 2: thresholds hardly matter, so they are simple).
func (s *State) formationRule(ses *Session, p *Plan, now Time) {
	if len(p.Picks) == 0 {
		return
	}
	if ses.Mode != Closed {
		p.Due = true
		return
	}
	g := &s.Floor.Policy.Group
	want := min(g.Target, p.Capacity.Persons)
	if p.Persons >= want {
		p.Due = true
		p.Wait = append(p.Wait, Why{Code: WhyTargetMet, A: int64(p.Persons)})
		return
	}
	oldest := s.Visit(p.Picks[0].Visit).Since
	for _, pick := range p.Picks {
		oldest = min(oldest, s.Visit(pick.Visit).Since)
	}
	if at := oldest + int64(g.MaxFormWaitS); now >= at {
		p.Due = true
		p.Wait = append(p.Wait, Why{Code: WhyFormTimeout, A: now - oldest})
	} else {
		p.DueAt = at
		p.Wait = append(p.Wait, Why{Code: WhyTooFew, A: int64(p.Persons), B: int64(want)})
	}
}

// programmesOf lists the programmes that a room serves.
func (s *State) programmesOf(r *Room) []procedure.Programme {
	switch {
	case len(r.Programmes) > 0:
		return r.Programmes
	case s.modeOf(r) == Single:
		return procedure.Programmes()
	}
	return s.Floor.Policy.Programmes
}

// modeOf is the room's mode, or the branch's default.
func (s *State) modeOf(r *Room) Mode {
	if r.Mode == ModeDefault {
		return s.Floor.Policy.Mode
	}
	return r.Mode
}

// crewServes reports whether somebody of the crew works the programme.
func (s *State) crewServes(ses *Session, p procedure.Programme) bool {
	for _, id := range ses.Crew {
		if o := s.Officer(id); o != nil && hasProgramme(o.Programmes, p) {
			return true
		}
	}
	return false
}

// nowhereFits reports whether no room with a session that serves the visit's
// programme could seat it even when empty. Without any such room nothing can
// be said, so it waits.
func (s *State) nowhereFits(v *Visit) bool {
	asked := false
	for i := range s.Floor.Rooms {
		r := &s.Floor.Rooms[i]
		ses := s.SessionIn(r.ID)
		if ses == nil || r.Desk || !slices.Contains(s.programmesOf(r), s.programmeOf(v)) {
			continue
		}
		asked = true
		l := s.layoutOf(r)
		f := &former{s: s, r: r, ses: ses, l: l, plan: &Plan{Capacity: s.capacity(r, l, s.At)}}
		if f.canEver(v) {
			return false
		}
	}
	return asked
}
