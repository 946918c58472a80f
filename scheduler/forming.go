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

// MaxCall bounds the visits of one call: an announcement of more numbers is
// none, and a call's record must stay well under MaxRecordBytes.
const MaxCall = 80

// Propose returns the plan of the room at the given time. It reads the floor
// alone. The room must exist.
func (s *State) Propose(room RoomID, now Time) Plan {
	r := s.Room(room)
	return s.propose(r, s.layoutOf(r), now, s.Floor.Line(lineOf(r)))
}

// lineOf is the state of the visits that the room calls.
func lineOf(r *Room) VisitState {
	if r.Desk {
		return AtDesk
	}
	return Waiting
}

// propose works the plan out from the room's line, which is in order. Visits
// that have left the line since it was made are passed over.
func (s *State) propose(r *Room, l *layout, now Time, line []*Visit) Plan {
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
	if why, no := s.mayNotCall(ses, now); no {
		p.Wait = append(p.Wait, why)
		return p
	}
	form := s.former(r, ses, l, now, &p)
	form.waiting = line
	form.run()
	s.formationRule(ses, &p, now)
	return p
}

func (s *State) former(r *Room, ses *Session, l *layout, now Time, p *Plan) *former {
	c := &p.Capacity
	return &former{s: s, r: r, ses: ses, l: l, now: now, plan: p, line: lineOf(r), end: s.endOf(ses), by: s.soleOfficer(ses.ID), passes: Unlimited,
		room:    min(c.Occupancy, c.Booths, c.Officer) - c.Present, // the seats' own limit is the geometry's business
		minutes: c.Minutes - c.Present}
}

// mayNotCall says why the session calls nobody now, if so.
func (s *State) mayNotCall(ses *Session, now Time) (Why, bool) {
	f := &s.Floor
	present := false
	for _, id := range ses.Crew {
		if o := s.Officer(id); o != nil && o.Presence == OnShift {
			present = true
		}
	}
	switch {
	case !f.Day.Open:
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

// opensAt is when the first call may be made: until then the early comers
// gather and their order is drawn.
func (s *State) opensAt() Time {
	if s.Floor.Day.Extended {
		return s.Floor.Day.Opened
	}
	return s.Floor.atSecond(s.Floor.Day.Hours.OpenS)
}

// former is one forming decision under way.
type former struct {
	s       *State
	r       *Room
	ses     *Session
	l       *layout
	now     Time
	plan    *Plan
	line    VisitState
	room    int // persons that may still come in
	minutes int // persons that can still be finished
	free    seating.Set
	clean   seating.Set // free but for holds
	kept    seating.Set // accessible seats kept for those who need them
	held    seating.Set // held for others: taken, as far as strangers go
	vacant  seating.Set // working accessible seats with nobody, be they too near to somebody or not
	first   *Visit      // first in order among the eligible, if it did not fit
	passes  int         // visits that may still pass it
	passed  int
	stop    bool                // nobody else may pass
	group   procedure.Programme // closed: what the group has in common
	groupOK bool
	company [2]int // claims called today: all, collective
	others  bool   // somebody waits for this room who is no company's
	end     Time
	by      OfficerID // whose learned times count: the crew's one officer, or 0
	waiting []*Visit
	served  []service               // programmes asked about so far
	failed  [MaxPersons + 1][2]bool // no place for so many persons (and accessible): seats only get fewer
}

// service is whether a programme is served here.
type service struct {
	programme  procedure.Programme
	room, crew bool
}

func (f *former) run() {
	f.countCompanies()
	f.openSeats()
	f.callHeld()
	place, some := 0, len(f.plan.Picks) > 0
	for _, v := range f.waiting {
		if v.State != f.line || f.picked(v) {
			continue
		}
		some = true
		if f.room <= 0 || f.stop || f.passes <= 0 || len(f.plan.Picks) >= MaxCall {
			break
		}
		f.consider(place, v)
		place++
		if f.ses.Mode == Single && len(f.plan.Picks) > 0 {
			break
		}
	}
	if f.room <= 0 && len(f.plan.Picks) == 0 && !f.held.Empty() {
		f.plan.Wait = append(f.plan.Wait, Why{Code: WhyHolding, A: int64(f.plan.Holding)})
	} else if f.room <= 0 && len(f.plan.Picks) == 0 {
		f.plan.Wait = append(f.plan.Wait, Why{Code: WhyCapacity, A: int64(f.plan.Capacity.Persons)})
	}
	if !some {
		f.plan.Wait = append(f.plan.Wait, Why{Code: WhyNobody})
	}
	f.countOvertakes()
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
		if seats[i].Accessible && !seats[i].Closed && seats[i].State == SeatFree {
			f.vacant.Add(i)
		}
	}
	f.clean = f.l.plan.Open(taken).Without(&cleaning)
	f.holdSeats(seats)
	f.free = f.l.plan.Open(taken.Or(&f.held)).Without(&cleaning)
	if f.ses.Mode == Single && !taken.Empty() {
		f.free = seating.Set{}
		f.room = 0
	}
	f.keepAccessible(seats)
}

// holdSeats finds the seats that are held for parties at the bound, and keeps
// their persons' share of the room's limit. A party that may not be called
// here at present, such as a company's above its share, keeps nobody out.
func (f *former) holdSeats(seats []Seat) {
	for i := range seats {
		id := seats[i].HeldFor
		if id != 0 && f.s.holds(id) && f.eligible(f.s.Visit(id)) == nil {
			f.held.Add(i)
			f.plan.Holding = id
			f.room--
			f.vacant.Remove(i)
		}
	}
}

// placeHeld is the seats that are held here for the visit, when all of them
// are free by now.
func (f *former) placeHeld(v *Visit) (seating.Set, bool) {
	room, seats, ok := f.s.heldSeats(v)
	return seats, ok && room.ID == f.r.ID && seats.Without(&f.clean) == (seating.Set{})
}

// callHeld picks the parties whose held seats are free by now. Their share of
// the room's limit was kept for them.
func (f *former) callHeld() {
	if f.held.Empty() {
		return
	}
	for i, v := range f.waiting {
		if v.State != f.line || int(v.Overtaken) < f.s.Floor.Policy.Order.OvertakeMax || int(v.Persons) > f.minutes {
			continue
		}
		if seats, ok := f.placeHeld(v); ok && f.eligible(v) == nil {
			f.room += int(v.Persons)
			f.take(i, v, seats)
		}
	}
}

// picked reports whether the plan holds the visit already.
func (f *former) picked(v *Visit) bool {
	return slices.ContainsFunc(f.plan.Picks, func(p Pick) bool { return p.Visit == v.ID })
}

// keepAccessible sets accessible seats aside while somebody waits who needs
// one and could be called here.
func (f *former) keepAccessible(seats []Seat) {
	keep := f.s.Floor.Policy.Seat.AccessibleKeep
	if keep == 0 || f.vacant.Empty() {
		return
	}
	need := 0
	for _, v := range f.waiting {
		if v.Accessible && v.State == f.line && f.canEver(v) && int(v.Persons) <= f.minutes && f.eligible(v) == nil {
			if need++; need >= keep {
				break
			}
		}
	}
	for i := len(seats) - 1; i >= 0 && need > 0; i-- {
		if seats[i].Accessible && f.free.Has(i) {
			f.kept.Add(i)
			need--
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
		if v.Channel != Collective && v.State == f.line && f.serves(f.s.programmeOf(v)) == (service{f.s.programmeOf(v), true, true}) {
			f.others = true
			return
		}
	}
}

// serves tells whether the room and somebody of its crew work the programme.
func (f *former) serves(p procedure.Programme) service {
	for _, known := range f.served {
		if known.programme == p {
			return known
		}
	}
	one := service{p, f.r.Desk || slices.Contains(f.s.programmesOf(f.r), p), f.s.crewServes(f.ses, p)}
	f.served = append(f.served, one)
	return one
}

// eligible returns why the visit may not be called to this room at all, or
// nil. It speaks of programme, officer and the companies' share, not of room.
func (f *former) eligible(v *Visit) []Why {
	s := f.s
	p := s.programmeOf(v)
	served := f.serves(p)
	if !served.room {
		return []Why{{Code: WhyProgramme}}
	}
	if !served.crew {
		return []Why{{Code: WhySkill}}
	}
	if v.Channel == Collective && f.others && f.overCompanyCap(v) {
		return []Why{{Code: WhyCollective, A: int64(s.Floor.Policy.Collective.CapPct)}}
	}
	if f.end != 0 {
		stay, _ := s.workOf(f.by, v)
		if left := f.end - f.now; stay > left {
			return []Why{{Code: WhyTooLate, A: stay, B: max(0, left)}}
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
func (f *former) consider(place int, v *Visit) {
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
		f.skip(v, []Why{{Code: WhyTooLate, B: max(0, f.end-f.now)}})
		return
	}
	if seats, ok := f.place(v); ok {
		f.take(place, v, seats)
	} else if room, _, held := f.s.heldSeats(v); held {
		f.skip(v, []Why{{Code: WhyHeldFor, A: int64(room.ID)}})
	} else if why, other := f.otherKind(v); other {
		f.skip(v, []Why{why})
	} else {
		f.noFit(v)
	}
}

// canEver reports whether the empty room could seat the visit under the limits
// that do not pass with time.
func (f *former) canEver(v *Visit) bool {
	c := &f.plan.Capacity
	return int(v.Persons) <= min(c.Occupancy, c.Booths, c.Officer, f.l.largest[kindOf(v)])
}

// kindOf is the kind of seat that the visit needs: 1 for an accessible one.
func kindOf(v *Visit) int {
	if v.Accessible {
		return 1
	}
	return 0
}

func (f *former) place(v *Visit) (seating.Set, bool) {
	k := kindOf(v)
	if int(v.Persons) > f.room || f.failed[v.Persons][k] {
		return seating.Set{}, false
	}
	free := f.free
	if !v.Accessible {
		free = free.Without(&f.kept)
	}
	seats, ok := f.l.plan.Place(free, int(v.Persons), v.Accessible, nil)
	f.failed[v.Persons][k] = !ok
	return seats, ok
}

// otherKind says that the visit is passed over for the kind of seat that it
// needs, which is no overtake: every accessible seat has somebody, or what is
// free is kept for somebody who waits and needs it.
func (f *former) otherKind(v *Visit) (Why, bool) {
	if v.Accessible {
		return Why{Code: WhySeatKind}, f.vacant.Empty()
	}
	if int(v.Persons) > f.room || !f.free.Meets(&f.kept) {
		return Why{}, false
	}
	_, ok := f.l.plan.Place(f.free, int(v.Persons), false, nil)
	return Why{Code: WhyKeptSeat}, ok
}

// noFit handles an eligible visit whose persons do not fit now. The first such
// one in order counts who passes it; at the bound, seats are held for it.
func (f *former) noFit(v *Visit) {
	limit := f.s.Floor.Policy.Order.OvertakeMax
	why := []Why{{Code: WhyNoFit, A: int64(v.Persons), B: int64(max(0, min(f.room, f.free.Len())))}}
	if f.first == nil {
		f.first = v
		f.passes = max(0, limit-int(v.Overtaken))
	}
	if int(v.Overtaken) >= limit {
		f.plan.Holding, f.stop = v.ID, true // it has been passed as often as allowed, and no room can hold seats
		f.plan.Wait = append(f.plan.Wait, Why{Code: WhyHolding, A: int64(v.ID)})
	}
	if v.Overtaken > 0 || f.first == v {
		why = append(why, Why{Code: WhyOvertaken, A: int64(v.Overtaken), B: int64(limit)})
	}
	f.skip(v, why)
}

func (f *former) skip(v *Visit, why []Why) {
	if len(f.plan.Skips) < MaxSkips || f.first == v {
		f.plan.Skips = append(f.plan.Skips, Skip{Visit: v.ID, Why: why})
	}
}

// take adds the visit to the plan with the reasons for it and its seats.
func (f *former) take(place int, v *Visit, seats seating.Set) {
	waited := max(0, f.now-v.Effective)
	why := []Why{{Code: WhyNext, A: int64(place + 1), B: waited}}
	if place == 0 {
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
	f.vacant = f.vacant.Without(&seats)
	f.kept = f.kept.Without(&seats)
}

// countOvertakes notes how many visits pass the first one that did not fit.
func (f *former) countOvertakes() {
	if f.first == nil || f.passed == 0 {
		return
	}
	for i := range f.plan.Skips {
		if f.plan.Skips[i].Visit == f.first.ID {
			f.plan.Skips[i].Counted = int8(f.passed)
		}
	}
}
