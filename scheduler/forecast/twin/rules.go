package twin

import (
	"lapak/scheduler"
	"lapak/scheduler/seating"
)

var noSeats seating.Set

// rulesLook does what the rules' tick would do now.
func (p *path) rulesLook() {
	p.missed()
	p.cleaned()
	p.unseatable()
	for _, room := range p.order {
		if l := &p.rooms[room]; l.nothing != p.stand+l.stand && (p.now >= l.nobodyUntil || l.nobody != p.standing(int(room))) {
			p.refill(int(room))
		}
	}
	p.hold()
}

// missed gives up the calls that nobody answered.
func (p *path) missed() {
	if p.calls == 0 || p.now < p.missAt {
		return
	}
	for {
		first := int32(-1) // in the order of their tickets
		p.missAt = p.f.horizon + maxAheadS
		for i := range p.seats {
			s := &p.seats[i]
			if s.state != scheduler.SeatExpected {
				continue
			}
			if at := p.visits[s.visit].calledAt + p.f.rules.noShowAfterS; p.now < at {
				p.missAt = min(p.missAt, at)
			} else if first < 0 || s.visit < first {
				first = s.visit
			}
		}
		if first < 0 {
			return
		}
		p.noShow(first)
	}
}

// noShow sends a missed visit a few places back, as often as the policy says,
// and then ends it.
func (p *path) noShow(v int32) {
	x := &p.visits[v]
	room := int(x.room)
	p.calls--
	if int(x.requeues) < p.f.rules.requeueMax {
		line := p.lineOf(room)
		if last := p.behind(line); last < 0 {
			x.eff = min(x.eff, p.now)
		} else if p.before(v, last) {
			x.eff, x.lot = p.visits[last].eff, p.visits[last].lot
		}
		p.freeSeats(v, p.now)
		x.requeues++
		x.overtaken = 0
		p.queue(v, line)
	} else {
		p.freeSeats(v, p.now)
		p.settleVisit(v)
	}
	p.settleSession(room)
	p.changed()
}

// behind is behind whom in the line a missed visit is put, or -1.
func (p *path) behind(line int) int32 {
	last, n := int32(-1), 0
	for _, v := range p.line[line] {
		if n >= p.f.rules.requeuePositions {
			break
		}
		if !p.f.visits[v].probe {
			last = v
			n++
		}
	}
	return last
}

// cleaned frees what is clean by now.
func (p *path) cleaned() {
	if p.now < p.cleanAt {
		return
	}
	p.cleanAt = p.f.horizon + maxAheadS
	for i := 0; i < len(p.order); i++ {
		room := int(p.order[i])
		r, l := &p.f.rooms[room], &p.rooms[room]
		if l.clean > 0 && l.state != scheduler.Cleaning {
			for k := r.first; k < r.first+r.n; k++ {
				s := &p.seats[k]
				if s.state != scheduler.SeatCleaning || l.mode == scheduler.Closed && s.sat {
					continue
				}
				if p.now < s.freeAt {
					p.cleanAt = min(p.cleanAt, s.freeAt)
				} else {
					s.sat, s.freeAt = false, 0
					p.setSeat(k, scheduler.SeatFree)
					p.changed()
				}
			}
		}
		if l.state == scheduler.Cleaning && p.now < l.readyAt {
			p.cleanAt = min(p.cleanAt, l.readyAt)
		} else if l.state == scheduler.Cleaning {
			p.roomReady(room)
			i--
		}
	}
}

// roomReady ends a session whose room is clean. A closed room's crew forms the
// next group at once.
func (p *path) roomReady(room int) {
	r, l := &p.f.rooms[room], &p.rooms[room]
	for k := r.first; k < r.first+r.n; k++ {
		if s := &p.seats[k]; s.state == scheduler.SeatCleaning {
			s.sat, s.freeAt = false, 0
			p.setSeat(k, scheduler.SeatFree)
		}
	}
	for i, k := range p.order {
		if int(k) == room {
			p.order = append(p.order[:i], p.order[i+1:]...)
			break
		}
	}
	p.changed()
	p.ever, p.hand = true, true
	again := l.mode == scheduler.Closed && !l.last
	for _, o := range r.crew {
		again = again && p.staff[o].presence != scheduler.OffShift
	}
	l.open = false
	p.regard(room)
	if again {
		p.begin(room)
	}
}

// begin opens a session in the room with its crew.
func (p *path) begin(room int) {
	l := &p.rooms[room]
	l.open, l.last, l.mode, l.state = true, false, p.f.rooms[room].nextMode, scheduler.Forming
	p.regard(room)
	p.order = append(p.order, int16(room))
	p.ever, p.hand, p.cleanAt = true, true, 0
	p.changed()
}

// openRoom is an officer opening the room that waited for one.
func (p *path) openRoom(room int) {
	if l := &p.rooms[room]; !l.open && len(p.f.rooms[room].crew) > 0 {
		p.begin(room)
	}
}

// unseatable sends to the desk whom no open room could ever seat, and whom only
// the desk serves.
func (p *path) unseatable() {
	if !p.ever && len(p.fresh) == 0 || p.now < p.f.rules.opensAt {
		return
	}
	begun := false
	for _, k := range p.order {
		begun = begun || refills(p.rooms[k].state)
	}
	if !begun && !p.onlyAtDesk() {
		return
	}
	list := p.fresh
	if p.ever {
		list = append(list[:0], p.line[0]...)
	}
	for _, v := range list {
		if p.visits[v].place == waiting && !p.f.visits[v].probe && (p.deskServes(v) || begun && p.nowhereFits(v)) {
			p.unqueue(v)
			p.queue(v, 1)
		}
	}
	if begun {
		p.ever, p.fresh = false, list[:0]
	}
}

// onlyAtDesk reports whether some programme is worked by no room but by a side
// desk with a session.
func (p *path) onlyAtDesk() bool {
	for prog := range p.f.progs {
		if p.atDeskOnly(int16(prog)) {
			return true
		}
	}
	return false
}

func (p *path) atDeskOnly(prog int16) bool {
	if p.f.asked[prog] != 0 || p.opened&p.f.desks&p.f.served[prog] == 0 {
		return false
	}
	for _, k := range p.order {
		if state := p.rooms[k].state; p.f.desks&p.f.served[prog]>>k&1 != 0 && (state == scheduler.Forming || refills(state)) {
			return true
		}
	}
	return false
}

// deskServes reports whether the visit is served at an open side desk and in no room.
func (p *path) deskServes(v int32) bool {
	prog := p.programmeOf(v)
	return prog >= 0 && p.atDeskOnly(prog)
}

func refills(s scheduler.SessionState) bool {
	return s == scheduler.Calling || s == scheduler.Seating || s == scheduler.Running
}

// nowhereFits reports whether no room with a session that serves the visit
// could seat it even when empty. Without any such room it waits.
func (p *path) nowhereFits(v int32) bool {
	prog := p.programmeOf(v)
	if prog < 0 {
		return false
	}
	x, asked := &p.f.visits[v], p.opened&p.f.asked[prog]
	return asked != 0 && asked&p.f.ever[x.persons][x.kind] == 0
}

// canEver reports whether the empty room could seat the visit.
func (f *floor) canEver(r *room, v int32) bool {
	x := &f.visits[v]
	return x.persons <= min(r.limit, r.largest[x.kind])
}

// refill calls people to freed seats.
func (p *path) refill(room int) {
	r, l := &p.f.rooms[room], &p.rooms[room]
	if !p.f.rules.autoRefill || l.mode == scheduler.Closed || !refills(l.state) || l.present+l.clean >= r.n ||
		len(p.line[p.lineOf(room)]) == 0 || !p.freeSeat(room) {
		l.nothing = p.stand + l.stand
		return
	}
	if due, _ := p.propose(room); due {
		p.callOut(room)
	} else if p.now >= p.f.rules.opensAt {
		l.nobody, l.nobodyUntil = p.standing(room), p.now+p.form.sure
	}
}

// standing grows with every change that may let forming call somebody to the
// room whom it did not call before; time that passes aside.
func (p *path) standing(room int) uint32 {
	if !p.tight {
		return p.stand + p.rooms[room].stand
	}
	stand := p.stand
	for _, m := range p.f.rooms[room].mates { // what those who sit still need of the officers counts
		stand += p.rooms[m].stand + p.rooms[m].steps
	}
	return stand
}

func (p *path) freeSeat(room int) bool {
	r := &p.f.rooms[room]
	for k := 0; k < r.n; k++ {
		if p.seats[r.first+k].state == scheduler.SeatFree && !r.closed.Has(k) {
			return true
		}
	}
	return false
}

// callOut makes the plan so.
func (p *path) callOut(room int) {
	f, l := &p.form, &p.rooms[room]
	for _, pick := range f.picks {
		v, seats := pick.visit, pick.seats
		x := &p.visits[v]
		p.unqueue(v)
		x.place, x.calledAt, x.room, x.sitting, x.stay = called, p.now, int16(room), 0, -1
		p.calls++
		p.missAt = min(p.missAt, p.now+p.f.rules.noShowAfterS)
		if x.next == 0 {
			x.next = p.now
		}
		if !x.counted {
			x.counted = true
			p.claim[0] += int(p.f.visits[v].n)
			if p.f.visits[v].collective {
				p.claim[1] += int(p.f.visits[v].n)
			}
		}
		person := int8(0)
		for i := seats.First(); i >= 0; i = seats.First() {
			seats.Remove(i)
			k := p.f.rooms[room].first + i
			s := &p.seats[k]
			s.visit, s.claim, s.person, s.help, s.sat, s.freeAt = v, -1, person, false, false, 0
			p.setSeat(k, scheduler.SeatExpected)
			person++
		}
	}
	if f.first >= 0 && f.passed > 0 {
		x := &p.visits[f.first]
		was := int(x.overtaken) >= p.f.rules.overtakeMax
		x.overtaken += int16(f.passed)
		if x.place == waiting && !was && int(x.overtaken) >= p.f.rules.overtakeMax {
			p.bound++
			p.hand = true
		}
	}
	if l.state == scheduler.Forming {
		l.state = scheduler.Calling
		p.regard(room)
		p.ever, p.hand = true, true
	}
	p.changed()
}
