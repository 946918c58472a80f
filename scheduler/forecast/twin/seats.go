package twin

import (
	"lapak/scheduler"
	"lapak/scheduler/procedure"
)

// setSeat changes what happens at a seat and keeps the room's counts.
func (p *path) setSeat(k int, to scheduler.SeatState) {
	x := &p.seats[k]
	r := &p.rooms[p.f.roomOf[k]]
	was := x.state
	x.state, x.since = to, p.now
	if was == scheduler.SeatCleaning {
		r.clean--
		r.stand++
	}
	if to == scheduler.SeatCleaning {
		r.clean++
		r.stand++
	}
	if a, b := taken(was), taken(to); a != b {
		r.stand++
		i := k - p.f.rooms[p.f.roomOf[k]].first
		if b {
			r.taken.Add(i)
			r.present++
		} else {
			r.taken.Remove(i)
			r.present--
		}
	}
	if asks(was, x.help) {
		r.ask--
	}
	if asks(to, x.help) {
		r.ask++
	}
	p.moved = append(p.moved, int32(k))
}

func taken(s scheduler.SeatState) bool {
	return s != scheduler.SeatFree && s != scheduler.SeatCleaning
}

// asks reports whether a seat in this state waits for an officer.
func asks(s scheduler.SeatState, help bool) bool {
	return s == scheduler.SeatReady || s == scheduler.SeatGathering || (help && s == scheduler.SeatPreparing)
}

// waitsFor is the seat's state while its claim's present step lasts.
func (p *path) waitsFor(c *claim) scheduler.SeatState {
	steps := p.f.progs[c.prog].steps
	if int(c.step) >= len(steps) {
		return scheduler.SeatReady
	}
	switch steps[c.step].who {
	case procedure.Visitor:
		return scheduler.SeatPreparing
	case procedure.Group:
		return scheduler.SeatGathering
	}
	return scheduler.SeatReady
}

// sitDown seats a called visit.
func (p *path) sitDown(v int32) {
	x := &p.visits[v]
	x.place = seated
	p.calls--
	called := p.programmeOf(v)
	r := &p.f.rooms[x.room]
	for k := r.first; k < r.first+r.n; k++ {
		if s := &p.seats[k]; s.visit == v && taken(s.state) {
			c := p.workable(v, s.person, int(x.room), called)
			if c < 0 {
				s.claim = -1
				p.setSeat(k, scheduler.SeatBeside)
				continue
			}
			s.claim = c
			p.claims[c].since = p.now
			p.setSeat(k, p.waitsFor(&p.claims[c]))
		}
	}
	p.settleSession(int(x.room))
	p.changed()
}

// programmeOf is the programme that decides where the visit may sit, or -1.
func (p *path) programmeOf(v int32) int16 { return p.visits[v].prog }

// nextProgramme is that of the visit's first open claim, or -1.
func (p *path) nextProgramme(v int32) int16 {
	x := &p.f.visits[v]
	for c := x.first; c < x.first+x.n; c++ {
		if !p.claims[c].done {
			return p.claims[c].prog
		}
	}
	return -1
}

// workable is the person's first open claim that may be worked in the room, or
// -1.
func (p *path) workable(v int32, person int8, room int, called int16) int32 {
	x, r := &p.f.visits[v], &p.f.rooms[room]
	for c := x.first; c < x.first+x.n; c++ {
		k := &p.claims[c]
		if !k.done && k.person == person && k.prog >= 0 && (k.prog == called || r.roomServes&r.crewServes>>k.prog&1 != 0) {
			return c
		}
	}
	return -1
}

// stepDone finishes the present step of the claim at a seat.
func (p *path) stepDone(k int, group bool) {
	x := &p.seats[k]
	c := &p.claims[x.claim]
	c.step++
	c.since = p.now
	p.staysOtherwise(x.visit)
	to := p.waitsFor(c)
	if to == scheduler.SeatReady && x.state == scheduler.SeatWithOfficer && !group {
		to = scheduler.SeatWithOfficer
	}
	p.setSeat(k, to)
}

// settle gives the claim at a seat its outcome and goes on there.
func (p *path) settle(k int) {
	x := &p.seats[k]
	v, room := x.visit, p.f.roomOf[k]
	c := &p.claims[x.claim]
	c.done = true
	c.step++
	p.visits[v].sitting++
	p.visits[v].prog = p.nextProgramme(v)
	p.staysOtherwise(v)
	for i := range p.staff {
		if o := &p.staff[i]; o.room == room && o.seat == k {
			p.free(o)
		}
	}
	p.goOn(k, v, room, p.workable(v, x.person, room, c.prog))
	p.freeGroups(room)
	p.settleSession(room)
	p.changed()
}

func (p *path) goOn(k int, v int32, room int, next int32) {
	x, w := &p.visits[v], &p.f.visits[v]
	if next >= 0 && int(x.sitting) >= p.f.rules.filesPerSitting*max(1, w.persons) {
		p.backToLine(v, room, p.now)
		return
	}
	if next >= 0 {
		c := &p.claims[next]
		if steps := p.f.progs[c.prog].steps; c.step == 0 && len(steps) > 0 && steps[0].briefing {
			c.step = 1
			p.staysOtherwise(v)
		}
		c.since = p.now
		p.seats[k].claim = next
		p.setSeat(k, p.waitsFor(c))
		return
	}
	p.seats[k].claim = -1
	p.setSeat(k, scheduler.SeatBeside)
	r := &p.f.rooms[room]
	for i := r.first; i < r.first+r.n; i++ {
		if s := &p.seats[i]; s.visit == v && taken(s.state) && s.state != scheduler.SeatBeside {
			return
		}
	}
	if p.programmeOf(v) >= 0 {
		p.backToLine(v, room, x.eff)
		return
	}
	p.release(v, room)
	p.freeSeats(v, p.now+max(p.f.rules.changeS, p.f.rules.undoS))
	p.settleVisit(v)
}

// backToLine sends a seated visit with open claims back to the room's line.
func (p *path) backToLine(v int32, room int, place int64) {
	p.release(v, room)
	p.freeSeats(v, p.now+max(p.f.rules.changeS, p.f.rules.undoS))
	p.visits[v].eff = place
	p.queue(v, p.lineOf(room))
}

// release frees the officers who are with nobody but the visit.
func (p *path) release(v int32, room int) {
	for i := range p.staff {
		o := &p.staff[i]
		if o.room != room {
			continue
		}
		mine, others := false, false
		p.with(o, func(k int) {
			mine = mine || p.seats[k].visit == v
			others = others || p.seats[k].visit != v
		})
		if mine && !others {
			p.free(o)
		}
	}
}

// with calls what for each seat that the officer is with.
func (p *path) with(o *officer, what func(k int)) {
	if o.seat >= 0 {
		what(o.seat)
		return
	}
	r := &p.f.rooms[o.room]
	for i, rest := o.group.First(), o.group; i >= 0; i = rest.First() {
		rest.Remove(i)
		if s := &p.seats[r.first+i]; s.state == scheduler.SeatWithOfficer && s.since == o.since && !p.alone(o.room, r.first+i) {
			what(r.first + i)
		}
	}
}

// alone reports whether an officer is with the person at the seat alone.
func (p *path) alone(room, k int) bool {
	for i := range p.staff {
		if p.staff[i].room == room && p.staff[i].seat == k {
			return true
		}
	}
	return false
}

func (p *path) free(o *officer) {
	o.room, o.seat, o.group, o.since = -1, -1, noSeats, 0
}

// freeGroups frees officers whose group has nobody left.
func (p *path) freeGroups(room int) {
	for i := range p.staff {
		if o := &p.staff[i]; o.room == room && o.seat < 0 {
			n := 0
			p.with(o, func(int) { n++ })
			if n == 0 {
				p.free(o)
			}
		}
	}
}

// freeSeats empties the visit's seats; they are used again from freeAt on.
func (p *path) freeSeats(v int32, freeAt int64) {
	x := &p.visits[v]
	if x.room < 0 {
		return
	}
	r := &p.f.rooms[x.room]
	for k := r.first; k < r.first+r.n; k++ {
		s := &p.seats[k]
		if s.visit != v || !taken(s.state) {
			continue
		}
		sat := s.state != scheduler.SeatExpected
		s.visit, s.claim, s.person = -1, -1, 0
		switch {
		case sat || freeAt > p.now:
			s.sat = sat
			p.setSeat(k, scheduler.SeatCleaning)
			s.freeAt = freeAt
			p.cleanAt = min(p.cleanAt, freeAt)
			p.plan(freeAt, event{kind: wakeUp})
		default:
			p.setSeat(k, scheduler.SeatFree)
		}
		s.help = false
	}
	x.room, x.calledAt, x.sitting = -1, 0, 0
}

// settleSession moves a session on after a member came, left or was missed.
func (p *path) settleSession(room int) {
	r, l := &p.f.rooms[room], &p.rooms[room]
	if !l.open {
		return
	}
	expected, sat := 0, false
	for k := r.first; k < r.first+r.n; k++ {
		switch s := &p.seats[k]; {
		case s.state == scheduler.SeatExpected:
			expected++
		case s.state == scheduler.SeatCleaning && s.sat:
			sat = true
		}
	}
	present, was := l.present-expected, l.state
	defer func() {
		if l.state != was {
			p.hand = true
			p.regard(room)
		}
	}()
	starting := l.state == scheduler.Calling || l.state == scheduler.Seating
	switch {
	case l.mode == scheduler.Closed && l.present == 0 && !sat && (starting || l.state == scheduler.Running):
		l.state = scheduler.Forming
	case l.state == scheduler.Calling && expected > 0 && present > 0:
		l.state = scheduler.Seating
	case starting && expected == 0:
		l.state = scheduler.Running
	}
	if l.present == 0 && (l.state == scheduler.Closing || (l.state == scheduler.Running && l.mode == scheduler.Closed)) {
		l.state = scheduler.Cleaning
		l.readyAt = p.cleanBy(room)
		p.cleanAt = min(p.cleanAt, l.readyAt)
		p.plan(l.readyAt, event{kind: wakeUp})
	}
}

func (p *path) cleanBy(room int) int64 {
	r, l := &p.f.rooms[room], &p.rooms[room]
	until, sat := p.now, false
	for k := r.first; k < r.first+r.n; k++ {
		if s := &p.seats[k]; s.state == scheduler.SeatCleaning {
			until = max(until, s.freeAt)
			sat = sat || s.sat
		}
	}
	if l.mode == scheduler.Closed && sat {
		until = max(until, p.now+p.f.rules.turnaroundS)
	}
	return until
}

// staysOtherwise notes that what is expected of a seated visit's stay is to be
// added up again.
func (p *path) staysOtherwise(v int32) {
	x := &p.visits[v]
	x.stay = -1
	if x.room >= 0 {
		p.rooms[x.room].steps++
	}
}

// regard notes what follows from the state of a room's session.
func (p *path) regard(room int) {
	r, l, bit := &p.f.rooms[room], &p.rooms[room], uint64(1)<<room
	l.stand++
	p.opened, p.holding, p.duties = p.opened&^bit, p.holding&^bit, p.duties&^bit
	if !l.open {
		return
	}
	p.opened |= bit
	if !r.desk && l.mode == scheduler.Rolling && (refills(l.state) || l.state == scheduler.Forming) {
		p.holding |= bit
	}
	if l.state == scheduler.Forming || l.state < scheduler.Closing && !p.f.rules.autoRefill && l.mode != scheduler.Closed {
		p.duties |= bit
	}
}
