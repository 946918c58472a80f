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
	return s.propose(r, s.layoutOf(r), now)
}

// lineOf is the state of the visits that the room calls.
func lineOf(r *Room) VisitState {
	if r.Desk {
		return AtDesk
	}
	return Waiting
}

// propose works the plan out from the room's line.
func (s *State) propose(r *Room, l *layout, now Time) Plan {
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
	form.run()
	form.formationRule()
	return p
}

// refillDue reports whether propose would have a plan that is due for the
// session of a room that is no closed one: somebody could be called now. It
// is the first question of every tick and every deadline, so it gives no
// reasons and stops at the first visit that fits.
func (s *State) refillDue(r *Room, ses *Session, now Time) bool {
	if now < s.opensAt() || len(s.inOrder(lineOf(r))) == 0 {
		return false
	}
	if _, no := s.mayNotCall(ses, now); no {
		return false
	}
	l := s.layoutOf(r)
	p := Plan{Capacity: s.capacity(r, l, now)}
	form := s.former(r, ses, l, now, &p)
	form.asked = true
	form.run()
	return form.found
}

func (s *State) former(r *Room, ses *Session, l *layout, now Time, p *Plan) former {
	c := &p.Capacity
	end := s.endOf(ses)
	return former{s: s, r: r, ses: ses, l: l, now: now, plan: p, line: lineOf(r), end: end, left: s.openLeft(now, end), slack: noEnd, by: s.soleOfficer(ses.ID), passes: Unlimited,
		room: min(c.Occupancy, c.Booths, c.Officer) - c.Present, // the seats' own limit is the geometry's business
		work: c.officerS, waiting: s.inOrder(lineOf(r))}
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
	room    int   // persons that may still come in
	keeps   int   // and those whose share of it is kept with their held seats
	work    int64 // officer's seconds left for those who come in; noEnd: enough
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
	share   companyShare
	capped  bool // the companies' share kept somebody out
	yields  bool // and has given way
	end     Time
	left    int64                   // seconds until then, the breaks left out
	slack   int64                   // how long the group's start may still wait for all of it to be finished
	by      OfficerID               // whose learned times count: the crew's one officer, or 0
	waiting []waiter                // the room's line
	asked   bool                    // only whether there is somebody to call
	found   bool                    // there is
	holds   heldList                // for whom seats are held anywhere
	served  [8]service              // programmes asked about so far
	serveds int                     // how many of them
	failed  [MaxPersons + 1][2]bool // no place for so many persons (and accessible): seats only get fewer
	kinds   [MaxPersons + 1]answer  // whether so many would fit onto the seats that are kept; until the next pick
}

// answer is the answer to a question that may not have been asked yet.
type answer int8

const (
	unasked answer = iota
	yes
	no
)

// service is whether a programme is served here.
type service struct {
	programme  procedure.Programme
	room, crew bool
	nowhere    bool // no other room works it either
}

func (f *former) run() {
	f.openSeats()
	f.callHeld()
	if f.asked && (f.found || f.room <= 0 || f.free.Empty()) {
		return
	}
	place, some := 0, len(f.plan.Picks) > 0
	for _, w := range f.waiting {
		if f.asked && f.passable(w) {
			continue
		}
		if picked(f.plan.Picks, w.id) {
			continue
		}
		some = true
		if f.room <= 0 || f.stop || f.passes <= 0 || f.found || len(f.plan.Picks) >= MaxCall {
			break
		}
		f.consider(place, f.s.Visit(w.id))
		place++
		if f.ses.Mode == Single && len(f.plan.Picks) > 0 {
			break
		}
	}
	f.shareGivesWay()
	if f.asked {
		return
	}
	if f.room <= 0 && len(f.plan.Picks) == 0 && !f.held.Empty() {
		f.plan.Wait = append(f.plan.Wait, Why{Code: WhyHolding, A: int64(f.plan.Holding), B: int64(f.s.Visit(f.plan.Holding).Persons)})
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
	f.holds = f.s.heldVisits()
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
		if id != 0 && f.s.holds(id) && f.mayCome(f.s.Visit(id)) {
			f.held.Add(i)
			f.plan.Holding = id
			f.room, f.keeps = f.room-1, f.keeps+1
			f.vacant.Remove(i)
		}
	}
}

// callHeld picks the parties whose held seats are free by now. Their share of
// the room's limit was kept for them.
func (f *former) callHeld() {
	if f.held.Empty() {
		return
	}
	for i, w := range f.waiting {
		if !f.holds.has(w.id) {
			continue
		}
		v := f.s.Visit(w.id)
		if seats, ok := f.placeHeld(v); ok && f.mayCome(v) {
			f.useHeld(v)
			f.take(i, v, seats)
		}
	}
}

// passable reports, where only the first pick is asked for, that the visit is
// known not to fit and that it keeps nobody behind it from being called.
func (f *former) passable(w waiter) bool {
	fits := int(w.persons) <= f.room && !f.failed[w.persons][w.kind]
	return !fits && int(w.overtaken) < f.s.Floor.Policy.Order.OvertakeMax
}

// keepAccessible sets accessible seats aside while somebody waits who needs
// one and could be called here.
func (f *former) keepAccessible(seats []Seat) {
	keep := f.s.Floor.Policy.Seat.AccessibleKeep
	if keep == 0 || f.vacant.Empty() {
		return
	}
	need := 0
	for _, w := range f.waiting {
		if w.kind == 0 {
			continue
		}
		if v := f.s.Visit(w.id); f.canEver(v) && f.mayCome(v) {
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

// serves tells whether the room and somebody of its crew work the programme.
func (f *former) serves(p procedure.Programme) service {
	for i := range f.serveds {
		if f.served[i].programme == p {
			return f.served[i]
		}
	}
	one := service{p, f.r.Desk || slices.Contains(f.s.programmesOf(f.r), p), f.s.crewServes(f.ses, p), false}
	if !one.room {
		elsewhere, _ := f.s.ServedBy(p)
		one.nowhere = !elsewhere
	}
	if f.serveds < len(f.served) {
		f.served[f.serveds] = one
		f.serveds++
	}
	return one
}

// mayCome reports whether the visit may be called to this room at all.
func (f *former) mayCome(v *Visit) bool {
	_, bar := f.barred(v)
	return !bar
}

// barred says why the visit may not be called to this room at all, if so. It
// speaks of programme, officer, time and the companies' share, not of room.
func (f *former) barred(v *Visit) (Why, bool) {
	s := f.s
	p := s.programmeOf(v)
	served := f.serves(p)
	if served.nowhere {
		return Why{Code: WhyUnserved}, true
	}
	if !served.room {
		return Why{Code: WhyProgramme}, true
	}
	if !served.crew {
		return Why{Code: WhySkill}, true
	}
	if v.Channel == Collective && f.overCompanyCap(v) {
		return Why{Code: WhyCollective, A: int64(s.Floor.Policy.Collective.CapPct)}, true
	}
	if f.end != 0 {
		stay, officer := s.workOf(f.by, v)
		if stay > f.left {
			return Why{Code: WhyTooLate, A: stay, B: f.left}, true
		}
		if officer > f.work {
			return Why{Code: WhyMinutes, A: officer, B: max(0, f.work)}, true
		}
	}
	if f.groupOK && f.ses.Mode == Closed && s.Floor.Policy.Group.SameProgramme && p != f.group {
		return Why{Code: WhyProgramme}, true
	}
	return Why{}, false
}

// consider picks the visit, or passes over it with the reason.
func (f *former) consider(place int, v *Visit) {
	if why, bar := f.barred(v); bar {
		f.skip(v, why)
		return
	}
	if !f.canEver(v) {
		if !f.asked && f.s.nowhereFits(v) {
			f.plan.Unseatable = append(f.plan.Unseatable, v.ID)
		}
		f.skip(v, Why{Code: WhyNeverFits, A: int64(v.Persons)})
		return
	}
	if seats, ok := f.place(v); ok {
		f.take(place, v, seats)
	} else if room, held := f.heldElsewhere(v); held {
		f.skip(v, Why{Code: WhyHeldFor, A: int64(room), B: int64(v.Persons)})
	} else if why, other := f.otherKind(v); other {
		f.skip(v, why)
	} else {
		f.noFit(v)
	}
}

// heldElsewhere is the room where seats are held for the visit, if so.
func (f *former) heldElsewhere(v *Visit) (RoomID, bool) {
	if !f.holds.has(v.ID) {
		return 0, false
	}
	room, _, ok := f.s.heldSeats(v)
	if !ok {
		return 0, false
	}
	return room.ID, true
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
	if !ok && !v.Accessible && f.free.Meets(&f.kept) && f.needsKept(int(v.Persons)) {
		seats, ok = f.l.plan.Place(f.free, int(v.Persons), false, nil)
	}
	f.failed[v.Persons][k] = !ok
	return seats, ok
}

// needsKept reports whether so many persons find no place even in the empty room
// without the seats that are kept. Seats are not kept from such a party when its
// turn comes: as long as somebody waited who needs one it would be passed by
// everybody, and those who stand behind it would never let it in.
func (f *former) needsKept(persons int) bool {
	if persons == 1 {
		return false
	}
	_, ok := f.l.plan.Place(f.l.plan.Open(seating.Set{}).Without(&f.kept), persons, false, nil)
	return !ok
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
	if f.kinds[v.Persons] == unasked {
		f.kinds[v.Persons] = no
		if _, ok := f.l.plan.Place(f.free, int(v.Persons), false, nil); ok {
			f.kinds[v.Persons] = yes
		}
	}
	return Why{Code: WhyKeptSeat}, f.kinds[v.Persons] == yes
}

// noFit handles an eligible visit whose persons do not fit now. The first such
// one in order counts who passes it; at the bound, seats are held for it.
func (f *former) noFit(v *Visit) {
	limit := f.s.Floor.Policy.Order.OvertakeMax
	if f.first == nil {
		f.first = v
		f.passes = max(0, limit-int(v.Overtaken))
	}
	if int(v.Overtaken) >= limit {
		f.stop = true // it has been passed as often as allowed, and no room can hold seats
		if !f.asked {
			f.plan.Holding = v.ID
			f.plan.Wait = append(f.plan.Wait, Why{Code: WhyHolding, A: int64(v.ID), B: int64(v.Persons)})
		}
	}
	short := Why{Code: WhyNoFit, A: int64(v.Persons), B: int64(max(0, min(f.room, f.free.Len())))}
	if v.Overtaken > 0 || f.first == v {
		f.skip(v, short, Why{Code: WhyOvertaken, A: int64(v.Overtaken), B: int64(limit)})
	} else {
		f.skip(v, short)
	}
}

func (f *former) skip(v *Visit, why ...Why) {
	if !f.asked && (len(f.plan.Skips) < MaxSkips || f.first == v) {
		f.plan.Skips = append(f.plan.Skips, Skip{Visit: v.ID, Why: slices.Clone(why)})
	}
}

// take adds the visit to the plan with the reasons for it and its seats.
func (f *former) take(place int, v *Visit, seats seating.Set) {
	if f.asked {
		f.found = true
		return
	}
	waited := max(0, f.now-f.s.WaitStart(v)) // as every screen counts it; what else counts for the place is a reason of its own
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
	f.free, f.clean = f.l.plan.After(f.free, seats), f.l.plan.After(f.clean, seats)
	why = append(why, Why{Code: WhyFuture, A: int64(f.free.Len())})
	f.plan.Picks = append(f.plan.Picks, Pick{Visit: v.ID, Seats: list, Why: why})
	f.plan.Persons += int(v.Persons)
	f.room -= int(v.Persons)
	f.spend(v)
	if !f.groupOK {
		f.group, f.groupOK = f.s.programmeOf(v), true
	}
	if f.share.counted {
		f.share.add(v)
	}
	f.kinds = [MaxPersons + 1]answer{}
	if f.first != nil && before(f.first, v) < 0 {
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
