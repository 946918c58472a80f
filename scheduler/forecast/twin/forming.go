package twin

import (
	"lapak/scheduler"
	"lapak/scheduler/seating"
)

// former is one forming decision under way; see the rules' own, which it
// follows step by step.
type former struct {
	room    int   // persons that may still come in
	keeps   int   // and those whose share of it is kept with their held seats
	work    int64 // officer's seconds left for those who come in; noEnd: more than anybody here can need
	left    int64
	slack   int64
	sure    int64 // for so many seconds the officers' time binds nobody more than now
	free    seating.Set
	clean   seating.Set
	kept    seating.Set
	held    seating.Set
	vacant  seating.Set
	first   int32 // in order among the eligible, that did not fit; -1: nobody
	passes  int
	passed  int
	stop    bool
	group   int16 // closed: what the group has in common; -1: nothing yet
	company [2]int
	capped  bool // the companies' share kept somebody out
	yields  bool // and has given way
	others  int8 // somebody else waits who is no company's: 0 not asked yet, 1 yes, 2 no
	persons int
	picks   []pick
	failed  [scheduler.MaxPersons + 1][2]bool
}

type pick struct {
	visit int32
	seats seating.Set
}

// noLimit is the rules' value of a limit that does not apply.
const noLimit = scheduler.Unlimited

// mayCall reports whether the room's session may call anybody at all.
func (p *path) mayCall(room int) bool {
	l := &p.rooms[room]
	if !l.open || l.state == scheduler.Closing || l.state >= scheduler.Cleaning || (l.mode == scheduler.Closed && l.state != scheduler.Forming) {
		return false
	}
	for _, o := range p.f.rooms[room].crew {
		if p.staff[o].presence == scheduler.OnShift {
			return true
		}
	}
	return false
}

// propose works out whom the room would call now; p.form holds the plan. It
// tells whether the plan is due, else when it will be, or 0.
func (p *path) propose(room int) (due bool, dueAt int64) {
	f, r, l := &p.form, &p.f.rooms[room], &p.rooms[room]
	*f = former{picks: f.picks[:0], first: -1, group: -1, passes: noLimit, company: p.claim}
	f.sure = noEnd
	if !p.mayCall(room) {
		return false, 0
	}
	f.work, f.slack = p.officerLeft(room), noEnd
	minutes := noLimit
	if f.work != noEnd {
		minutes = int(min(noLimit, int64(l.present)+max(0, f.work)/r.personS))
	}
	f.room, f.left = r.limit-l.present, -1
	if r.end != 0 {
		f.left = scheduler.WorkBetween(p.now, r.end, p.f.rules.breaks)
		if f.left >= p.f.mostStay {
			f.sure = min(f.sure, f.left-p.f.mostStay)
		}
	}
	p.formGroup(room)
	return p.formation(room, min(r.most, r.limit, minutes))
}

func (p *path) formGroup(room int) {
	f, l := &p.form, &p.rooms[room]
	line := p.line[p.lineOf(room)]
	p.openSeats(room)
	p.callHeld(room, line)
	for _, v := range line {
		if p.picked(v) {
			continue
		}
		if f.room <= 0 || f.stop || f.passes <= 0 || len(f.picks) >= scheduler.MaxCall {
			break
		}
		p.consider(room, v)
		if l.mode == scheduler.Single && len(f.picks) > 0 {
			break
		}
	}
	p.shareGivesWay(room, line)
}

// shareGivesWay calls companies' people above their share to seats that nobody
// else takes.
func (p *path) shareGivesWay(room int, line []int32) {
	f, r := &p.form, &p.f.rooms[room]
	if !f.capped || f.free.Empty() {
		return
	}
	f.yields = true
	for _, v := range line {
		x := &p.f.visits[v]
		if !x.collective || p.picked(v) {
			continue
		}
		if f.room <= 0 || len(f.picks) >= scheduler.MaxCall || p.rooms[room].mode == scheduler.Single && len(f.picks) > 0 {
			return
		}
		if f.first >= 0 && p.before(f.first, v) && (f.stop || f.passes <= 0) {
			return
		}
		if !p.eligible(room, v) || !p.f.canEver(r, v) {
			continue
		}
		if x.probe {
			p.probed(r, room, v)
			continue
		}
		seats, ok := p.placeFor(r, room, v)
		if !ok {
			return
		}
		p.take(r, v, seats)
	}
}

// formation decides whether the plan is due.
func (p *path) formation(room, capacity int) (due bool, dueAt int64) {
	f, l := &p.form, &p.rooms[room]
	switch {
	case len(f.picks) == 0:
		return false, 0
	case p.now < p.f.rules.opensAt:
		return false, p.f.rules.opensAt
	case l.mode != scheduler.Closed, f.persons >= min(p.f.rules.target, capacity):
		return true, 0
	}
	oldest := p.visits[f.picks[0].visit].since
	for _, k := range f.picks {
		oldest = min(oldest, p.visits[k.visit].since)
	}
	last := p.now + max(0, min(f.slack, f.work/int64(max(1, len(p.f.rooms[room].crew)))))
	if at := min(oldest+p.f.rules.maxFormWaitS, last); p.now < at {
		return false, at
	}
	return true, 0
}

// noEnd is more of the officer's seconds than anybody who comes in can need, or
// a closed group that waits to be complete can let pass.
const noEnd = int64(1) << 40

// officerLeft is the officer's seconds that are left for those who come in.
func (p *path) officerLeft(room int) int64 {
	r := &p.f.rooms[room]
	if r.end == 0 || len(r.crew) == 0 {
		return noEnd
	}
	left := int64(0)
	for _, end := range r.ends {
		left += scheduler.WorkBetween(p.now, end, p.f.rules.breaks)
	}
	here := int64(0)
	for _, m := range r.mates {
		here += int64(p.rooms[m].present)
	}
	most := max(p.f.mostOfficer, r.personS)
	if spare := left - (here+int64(r.n)+1)*most - int64(len(r.crew))*p.f.rules.maxFormWaitS; spare > 0 {
		p.form.sure = min(p.form.sure, spare/int64(len(r.crew)))
		return noEnd // more than the room holds, whatever everybody here needs
	}
	p.tight = true
	for _, m := range r.mates {
		l, x := &p.rooms[m], &p.f.rooms[m]
		if !l.open || l.present == 0 {
			continue
		}
		for k := x.first; k < x.first+x.n; k++ {
			if s := &p.seats[k]; s.person == 0 && taken(s.state) {
				_, officer := p.workOf(r.by, s.visit)
				left -= officer
			}
		}
	}
	return left
}

// workOf returns the expected seconds that the visit needs at its seats and the
// officer's for all of its claims of one sitting, by the times of one officer.
func (p *path) workOf(who int, v int32) (stay, officer int64) {
	x := &p.f.visits[v]
	var by [scheduler.MaxPersons]int64
	files := p.f.rules.filesPerSitting*max(1, x.persons) - int(p.visits[v].sitting)
	for n := range int(x.n) {
		c := &p.claims[int(x.first)+n]
		if c.done || c.prog < 0 || files <= 0 {
			continue
		}
		files--
		person, steps, step := min(int(c.person), scheduler.MaxPersons-1), p.f.progs[c.prog].steps, int(c.step)
		if step == 0 && by[person] > 0 && len(steps) > 0 && steps[0].briefing {
			step = 1 // heard already
		}
		if step < len(steps) {
			by[person] += steps[step].by[who].all
			officer += steps[step].by[who].officer
		}
	}
	for _, t := range by {
		stay = max(stay, t)
	}
	return stay, officer
}

// openSeats finds the seats that a stranger may take now.
func (p *path) openSeats(room int) {
	f, r, l := &p.form, &p.f.rooms[room], &p.rooms[room]
	var cleaning seating.Set
	if l.clean > 0 || l.holds > 0 || p.f.rules.accessibleKeep > 0 {
		for i := range r.n {
			s := &p.seats[r.first+i]
			if s.state == scheduler.SeatCleaning {
				cleaning.Add(i)
			} else if s.state == scheduler.SeatFree && r.accessible.Has(i) && !r.closed.Has(i) {
				f.vacant.Add(i)
			}
		}
	}
	f.clean = r.plan.Open(l.taken).Without(&cleaning)
	f.free = f.clean
	if l.holds > 0 {
		p.holdSeats(room)
		f.free = r.plan.Open(l.taken.Or(&f.held)).Without(&cleaning)
	}
	if l.mode == scheduler.Single && l.present > 0 {
		f.free = noSeats
		f.room = 0
	}
	p.keepAccessible(room)
}

func (p *path) holdSeats(room int) {
	f, r := &p.form, &p.f.rooms[room]
	for i := range r.n {
		if v := p.seats[r.first+i].held; v >= 0 && p.holds(v) && p.eligible(room, v) {
			f.held.Add(i)
			f.room, f.keeps = f.room-1, f.keeps+1
			f.vacant.Remove(i)
		}
	}
}

// callHeld picks the parties whose held seats are free by now.
func (p *path) callHeld(room int, line []int32) {
	f, r := &p.form, &p.f.rooms[room]
	if f.held.Empty() {
		return
	}
	left := p.rooms[room].holds
	for _, v := range line {
		if left <= 0 {
			break
		}
		x := &p.f.visits[v]
		if p.visits[v].holds == 0 || int(p.visits[v].heldIn) != room {
			continue
		}
		left -= int(p.visits[v].holds)
		at, seats, ok := p.heldSeats(v)
		if !ok || at != room || x.persons > f.room+f.keeps {
			continue
		}
		if seats.Without(&f.clean) != noSeats { // on some of them and others that are free
			others := f.held.Without(&seats)
			seats, ok = p.f.place(room, r.plan.After(f.clean, others), x.persons, x.kind == 1)
		}
		if ok && p.eligible(room, v) {
			f.room, f.keeps = f.room+x.persons, f.keeps-x.persons
			p.take(r, v, seats)
		}
	}
}

func (p *path) picked(v int32) bool {
	for _, k := range p.form.picks {
		if k.visit == v {
			return true
		}
	}
	return false
}

// keepAccessible sets accessible seats aside while somebody waits who needs
// one and could be called here.
func (p *path) keepAccessible(room int) {
	f, r, line := &p.form, &p.f.rooms[room], p.lineOf(room)
	keep := p.f.rules.accessibleKeep
	if keep == 0 || p.access[line] == 0 || f.vacant.Empty() {
		return
	}
	need := 0
	for _, v := range p.line[line] {
		x := &p.f.visits[v]
		if x.kind == 1 && p.f.canEver(r, v) && p.eligible(room, v) {
			if need++; need >= keep {
				break
			}
		}
	}
	for i := r.n - 1; i >= 0 && need > 0; i-- {
		if r.accessible.Has(i) && f.free.Has(i) {
			f.kept.Add(i)
			need--
		}
	}
}

// eligible reports whether the visit may be called to the room at all.
func (p *path) eligible(room int, v int32) bool {
	f, r := &p.form, &p.f.rooms[room]
	prog := p.programmeOf(v)
	if prog < 0 || !r.served(prog) {
		return false
	}
	if p.f.visits[v].collective && p.otherLine(room) && p.overCompanyCap(v) {
		return false
	}
	if r.end != 0 {
		if f.left < p.f.mostStay || f.work != noEnd {
			p.tight = true
			stay, officer := p.workOf(r.by, v)
			if stay > f.left || officer > f.work {
				return false
			}
			f.sure = min(f.sure, f.left-stay, (f.work-officer)/int64(max(1, len(r.crew))))
		}
	}
	return f.group < 0 || p.rooms[room].mode != scheduler.Closed || !p.f.rules.sameProgramme || prog == f.group
}

// served tells whether the room and somebody of its crew work the programme.
func (r *room) served(prog int16) bool {
	return (r.desk || r.roomServes>>prog&1 != 0) && r.crewServes>>prog&1 != 0
}

// otherLine reports whether somebody waits for the room who is no company's.
func (p *path) otherLine(room int) bool {
	f := &p.form
	if f.others == 0 {
		f.others = 2
		for _, v := range p.line[p.lineOf(room)] {
			if prog := p.programmeOf(v); prog >= 0 && !p.f.visits[v].collective && !p.f.visits[v].probe && p.f.rooms[room].served(prog) {
				f.others = 1
				break
			}
		}
	}
	return f.others == 1
}

func (p *path) overCompanyCap(v int32) bool {
	f, n, pct := &p.form, int(p.f.visits[v].n), p.f.rules.collectiveCapPct
	over := !f.yields && (pct == 0 || f.company[1] > 0 && 100*(f.company[1]+n) > pct*(f.company[0]+n))
	f.capped = f.capped || over
	return over
}

// consider picks the visit, or passes over it.
func (p *path) consider(room int, v int32) {
	f, r := &p.form, &p.f.rooms[room]
	x := &p.f.visits[v]
	if !p.eligible(room, v) || !p.f.canEver(r, v) {
		return
	}
	if x.probe {
		p.probed(r, room, v)
		return
	}
	if seats, ok := p.placeFor(r, room, v); ok {
		p.take(r, v, seats)
		return
	}
	if _, _, held := p.heldSeats(v); held || p.otherKind(r, room, v) {
		return
	}
	if f.first < 0 {
		f.first = v
		f.passes = max(0, p.f.rules.overtakeMax-int(p.visits[v].overtaken))
	}
	if int(p.visits[v].overtaken) >= p.f.rules.overtakeMax {
		f.stop = true
	}
}

func (p *path) placeFor(r *room, room int, v int32) (seating.Set, bool) {
	f, x := &p.form, &p.f.visits[v]
	if x.persons > f.room || f.failed[x.persons][x.kind] {
		return noSeats, false
	}
	free := f.free
	if x.kind == 0 {
		free = free.Without(&f.kept)
	}
	seats, ok := p.f.place(room, free, x.persons, x.kind == 1)
	if !ok && x.kind == 0 && x.persons > 1 && f.free.Meets(&f.kept) {
		if _, fits := p.f.place(room, r.plan.Open(noSeats).Without(&f.kept), x.persons, false); !fits {
			seats, ok = p.f.place(room, f.free, x.persons, false) // it needs the kept seats to fit at all
		}
	}
	f.failed[x.persons][x.kind] = !ok
	return seats, ok
}

// probed notes when one who stands in line only to see it would be called. A
// group that waits to be complete is not seen, so it may say a little less.
func (p *path) probed(r *room, room int, v int32) {
	if p.visits[v].next != 0 || p.now < p.f.rules.opensAt {
		return
	}
	failed := p.form.failed
	if _, ok := p.placeFor(r, room, v); ok {
		p.visits[v].next = p.now
		if p.asked(v) {
			p.left--
		}
	}
	p.form.failed = failed
}

// otherKind reports whether the visit is passed over for the kind of seat that
// it needs, which is no overtake.
func (p *path) otherKind(r *room, room int, v int32) bool {
	f, x := &p.form, &p.f.visits[v]
	if x.kind == 1 {
		return f.vacant.Empty()
	}
	if x.persons > f.room || !f.free.Meets(&f.kept) {
		return false
	}
	_, ok := p.f.place(room, f.free, x.persons, false)
	return ok
}

// take adds the visit to the plan.
func (p *path) take(r *room, v int32, seats seating.Set) {
	f, x := &p.form, &p.f.visits[v]
	f.free, f.clean = r.plan.After(f.free, seats), r.plan.After(f.clean, seats)
	f.picks = append(f.picks, pick{v, seats})
	f.persons += x.persons
	f.room -= x.persons
	if r.end != 0 && (f.work != noEnd || f.left < p.f.mostStay+p.f.rules.maxFormWaitS) {
		stay, officer := p.workOf(r.by, v)
		f.slack = min(f.slack, f.left-stay)
		if f.work != noEnd {
			f.work -= officer
		}
	}
	if f.group < 0 {
		f.group = p.programmeOf(v)
	}
	f.company[0] += int(x.n)
	if x.collective {
		f.company[1] += int(x.n)
	}
	if f.first >= 0 && p.before(f.first, v) {
		f.passes--
		f.passed++
	}
	f.vacant = f.vacant.Without(&seats)
	f.kept = f.kept.Without(&seats)
}

// placeKey names a question to the seating, placed its answer: the same few
// patterns of free seats come again on every path.
type placeKey struct {
	open       seating.Set
	room       int16
	persons    int8
	accessible bool
}

type placed struct {
	seats seating.Set
	ok    bool
}

// maxPlaces bounds the remembered answers: 100 bytes each.
const maxPlaces = 20_000

// exactSeats is up to how many seats a room's places are chosen as the rules
// choose them. In a larger hall, where comparing thousands of places would cost
// more than the path, the first of them does: who is called does not depend on
// it while there is room.
const exactSeats = 64

func (f *floor) place(room int, open seating.Set, persons int, accessible bool) (seating.Set, bool) {
	if open.Empty() {
		return noSeats, false
	}
	key := placeKey{open, int16(room), int8(persons), accessible}
	if found, ok := f.places[key]; ok {
		return found.seats, found.ok
	}
	var worth func(seating.Set) int
	if f.rooms[room].n > exactSeats {
		worth = func(seating.Set) int { return 0 }
	}
	seats, ok := f.rooms[room].plan.Place(open, persons, accessible, worth)
	if len(f.places) >= maxPlaces {
		clear(f.places)
	}
	f.places[key] = placed{seats, ok}
	return seats, ok
}
