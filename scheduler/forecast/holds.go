package forecast

import (
	"lapak/scheduler"
	"lapak/scheduler/seating"
)

// heldSeats is where seats are held for the visit, if the hold can still come
// true.
func (p *path) heldSeats(v int32) (int, seating.Set, bool) {
	var set seating.Set
	room := -1
	if p.visits[v].holds == 0 {
		return room, set, false
	}
	room = int(p.visits[v].heldIn)
	r := &p.f.rooms[room]
	for k := range r.n {
		if p.seats[r.first+k].held != v {
			continue
		}
		if r.closed.Has(k) {
			return -1, set, false
		}
		set.Add(k)
	}
	if set.Len() != p.f.visits[v].persons {
		return -1, set, false
	}
	return room, set, p.mayHold(room, v)
}

// mayHold reports whether seats of the room can be held for the visit.
func (p *path) mayHold(room int, v int32) bool {
	r, l := &p.f.rooms[room], &p.rooms[room]
	if !l.open || r.desk || l.mode != scheduler.Rolling || !(refills(l.state) || l.state == scheduler.Forming) {
		return false
	}
	prog := p.programmeOf(v)
	return prog >= 0 && r.served(prog) && p.f.canEver(r, v)
}

// holds reports whether the seats held for the visit can still come true.
func (p *path) holds(v int32) bool {
	if p.visits[v].place != waiting {
		return false
	}
	if x := &p.visits[v]; x.holds > 0 && p.f.rooms[x.heldIn].closed.Empty() {
		return int(x.holds) == p.f.visits[v].persons && p.mayHold(int(x.heldIn), v)
	}
	_, _, ok := p.heldSeats(v)
	return ok
}

// hold sets seats aside for parties at the bound and for the one that stands
// first in line.
func (p *path) hold() {
	if p.f.rules.overtakeMax == 0 || !p.later {
		return
	}
	p.later = false
	if !(p.ahead() || p.bound > 0 && p.hand) {
		return
	}
	p.hand = false
	for n := 0; n < maxTicks; n++ {
		due, room, seats, ok := p.holdDue()
		if !ok {
			return
		}
		p.endHold(due)
		p.stand++
		for i := seats.First(); i >= 0; i = seats.First() {
			seats.Remove(i)
			s := &p.seats[p.f.rooms[room].first+i]
			if s.held < 0 {
				p.rooms[room].holds++
			} else {
				p.visits[s.held].holds--
			}
			s.held = due
			p.visits[due].holds++
			p.visits[due].heldIn = int16(room)
		}
		p.changed()
	}
}

// ahead reports whether a hold may be set or moved without anybody at the bound:
// some are set, or a party stands first in line.
func (p *path) ahead() bool {
	for i := range p.rooms {
		if p.rooms[i].holds > 0 {
			return true
		}
	}
	for _, v := range p.line[0] {
		x := &p.f.visits[v]
		if x.persons > 1 {
			return true
		}
		if x.kind == 0 && !x.probe && p.mayHoldAnywhere(v) {
			return false
		}
	}
	return false
}

// holdDue finds the next hold to set; see the rules' own.
func (p *path) holdDue() (int32, int, seating.Set, bool) {
	limit, first, held := p.f.rules.overtakeMax, true, 0
	for i := range p.rooms {
		held += p.rooms[i].holds
	}
	left := p.bound + held // whom to look at besides the first
	for _, v := range p.line[0] {
		if !first && left <= 0 {
			break
		}
		x, bound := &p.f.visits[v], int(p.visits[v].overtaken) >= limit
		if bound {
			left--
		}
		left -= int(p.visits[v].holds)
		if x.probe || !first && !bound && held == 0 {
			continue
		}
		if held > 0 {
			if room, seats, ok := p.heldSeats(v); ok {
				if to, better, ok := p.betterHold(v, room, seats); ok {
					return v, to, better, true
				}
				continue
			}
		}
		within := int64(scheduler.HoldAheadS)
		switch {
		case bound:
			within = anyTimeS
		case !first || x.persons == 1 || x.kind == 1:
			first = first && (x.kind == 1 || !p.mayHoldAnywhere(v))
			continue
		}
		first = false
		if room, seats, ok := p.soonest(v, p.now+within); ok {
			return v, room, seats, true
		}
	}
	return -1, -1, noSeats, false
}

// anyTimeS is later than any stay ends.
const anyTimeS = 24 * 3600

// betterHold is where seats for the visit will be free clearly sooner than
// those that are held for it.
func (p *path) betterHold(v int32, room int, held seating.Set) (int, seating.Set, bool) {
	r, at := &p.f.rooms[room], p.now
	for i := range r.n {
		if held.Has(i) {
			at = max(at, p.freeTime(r, i, v))
		}
	}
	if at-p.now <= scheduler.BetterHoldS {
		return -1, noSeats, false
	}
	return p.soonest(v, at-scheduler.BetterHoldS-1)
}

// mayHoldAnywhere reports whether some room calls visits such as this one.
func (p *path) mayHoldAnywhere(v int32) bool {
	for i := range p.f.rooms {
		if p.mayHold(i, v) {
			return true
		}
	}
	return false
}

// soonest finds, over all rooms, the seats for the party that are expected to
// be free together first, not later than the time given.
func (p *path) soonest(v int32, latest int64) (int, seating.Set, bool) {
	best, room := noSeats, -1
	for i := range p.f.rooms {
		if !p.mayHold(i, v) {
			continue
		}
		if seats, t, ok := p.soonestIn(i, v, latest); ok {
			best, room, latest = seats, i, t-1
		}
	}
	return room, best, room >= 0
}

// soonestIn finds the earliest time, up to the latest, at which the party fits
// into the room when everybody there leaves as expected and nobody else comes.
func (p *path) soonestIn(room int, v int32, latest int64) (seating.Set, int64, bool) {
	r, x := &p.f.rooms[room], &p.f.visits[v]
	frees := p.frees[:r.n]
	could := 0
	for i := range r.n {
		if frees[i] = p.freeTime(r, i, v); frees[i] > latest {
			frees[i] = -1
		}
		if frees[i] >= 0 {
			could++
		}
	}
	if could < x.persons {
		return noSeats, 0, false
	}
	for t := int64(-1); ; {
		next := int64(-1)
		for i := range r.n {
			if frees[i] > t && (next < 0 || frees[i] < next) {
				next = frees[i]
			}
		}
		if next < 0 {
			return noSeats, 0, false
		}
		t = next
		var gone, stays seating.Set
		for i := range r.n {
			s := &p.seats[r.first+i]
			switch {
			case frees[i] >= 0 && frees[i] <= t:
				gone.Add(i)
			case taken(s.state) || (s.held >= 0 && s.held != v):
				stays.Add(i)
			}
		}
		if gone.Len() < x.persons {
			continue
		}
		open := r.plan.Open(stays).And(&gone)
		if set, ok := p.f.place(room, open, x.persons, x.kind == 1); ok {
			return set, t, true
		}
	}
}

// freeTime is when a seat is expected to be free for the visit, or -1.
func (p *path) freeTime(r *room, i int, v int32) int64 {
	s := &p.seats[r.first+i]
	switch {
	case r.closed.Has(i), s.held >= 0 && s.held != v && p.holds(s.held):
		return -1
	case s.state == scheduler.SeatCleaning:
		return p.now + p.f.rules.changeS
	case taken(s.state):
		x := &p.visits[s.visit]
		if x.stay < 0 {
			x.stay, _ = p.workOf(r.by, s.visit)
		}
		return p.now + max(x.stay, 1) + p.f.rules.changeS
	}
	return p.now
}
