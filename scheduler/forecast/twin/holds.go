package twin

import (
	"math/bits"

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
	return p.mayHoldIn(v)>>room&1 != 0
}

// mayHoldIn are the rooms, as bits, of which seats can be held for the visit.
func (p *path) mayHoldIn(v int32) uint64 {
	prog := p.programmeOf(v)
	if prog < 0 {
		return 0
	}
	x := &p.f.visits[v]
	return p.holding & p.f.served[prog] & p.f.ever[x.persons][x.kind]
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
		p.holdings++
		for i := seats.First(); i >= 0; i = seats.First() {
			seats.Remove(i)
			s := &p.seats[p.f.rooms[room].first+i]
			if s.held < 0 {
				p.rooms[room].holds++
				p.held++
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
	if p.held > 0 {
		return true
	}
	for _, v := range p.line[0] {
		x := &p.f.visits[v]
		if x.persons > 1 {
			return true
		}
		if x.kind == 0 && !x.probe && p.mayHoldIn(v) != 0 {
			return false
		}
	}
	return false
}

// holdDue finds the next hold to set; see the rules' own.
func (p *path) holdDue() (int32, int, seating.Set, bool) {
	limit, first, held := p.f.rules.overtakeMax, true, p.held
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
		if p.visits[v].holds > 0 {
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
			first = first && (x.kind == 1 || p.mayHoldIn(v) == 0)
			continue
		}
		first = false
		if room, seats, ok := p.soonest(v, within); ok {
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
	in := int64(0)
	for i := held.First(); i >= 0; i = held.First() {
		held.Remove(i)
		in = max(in, p.stay(room, i))
	}
	if in <= scheduler.BetterHoldS {
		return -1, noSeats, false
	}
	return p.soonest(v, in-scheduler.BetterHoldS-1)
}

// soonest finds, over all rooms, the seats for the party that are expected to
// be free together first, within so many seconds.
func (p *path) soonest(v int32, within int64) (int, seating.Set, bool) {
	best, room := noSeats, -1
	for may := p.mayHoldIn(v); may != 0; may &= may - 1 {
		i := bits.TrailingZeros64(may)
		l := &p.rooms[i]
		known, stand := &l.never[int(v)%len(l.never)], p.holdings+l.stand+l.steps
		if known.visit == v && known.stand == stand && within <= known.within {
			continue
		}
		if seats, in, ok := p.soonestIn(i, v, within); ok {
			best, room, within = seats, i, in-1
		} else {
			*known = tooLate{v, stand, within}
		}
	}
	return room, best, room >= 0
}

// soonestIn finds in how many seconds, up to so many, the party fits into the
// room first when everybody there leaves as expected and nobody else comes.
func (p *path) soonestIn(room int, v int32, within int64) (seating.Set, int64, bool) {
	r, x := &p.f.rooms[room], &p.f.visits[v]
	stays, mine := p.staysIn(room), p.visits[v].holds > 0 && int(p.visits[v].heldIn) == room
	frees, could := p.frees[:r.n], 0
	for i, in := range stays {
		if in < 0 && mine && p.seats[r.first+i].held == v && !r.closed.Has(i) {
			in = p.stay(room, i)
		}
		if in > within {
			in = -1
		}
		if frees[i] = in; in >= 0 {
			could++
		}
	}
	if could < x.persons {
		return noSeats, 0, false
	}
	for t := int64(-1); ; {
		next := int64(-1)
		for _, in := range frees {
			if in > t && (next < 0 || in < next) {
				next = in
			}
		}
		if next < 0 {
			return noSeats, 0, false
		}
		t = next
		var gone, here seating.Set
		for i := range r.n {
			s := &p.seats[r.first+i]
			switch {
			case frees[i] >= 0 && frees[i] <= t:
				gone.Add(i)
			case taken(s.state) || (s.held >= 0 && s.held != v):
				here.Add(i)
			}
		}
		if gone.Len() < x.persons {
			continue
		}
		open := r.plan.Open(here).And(&gone)
		if set, ok := p.f.place(room, open, x.persons, x.kind == 1); ok {
			return set, t, true
		}
	}
}

// staysIn are the seconds in which each seat of a room is expected to be free
// for a stranger, -1 where seats are held or closed. They are added up anew only
// after something has changed.
func (p *path) staysIn(room int) []int64 {
	r, l := &p.f.rooms[room], &p.rooms[room]
	stays := p.stays[r.first : r.first+r.n]
	stand := p.holdings + l.stand + l.steps
	if p.staysAt[room] == stand {
		return stays
	}
	p.staysAt[room] = stand
	for i := range stays {
		if s := &p.seats[r.first+i]; r.closed.Has(i) || s.held >= 0 && p.holds(s.held) {
			stays[i] = -1
		} else {
			stays[i] = p.stay(room, i)
		}
	}
	return stays
}

// stay is in how many seconds a seat is expected to be free.
func (p *path) stay(room, i int) int64 {
	r := &p.f.rooms[room]
	switch s := &p.seats[r.first+i]; {
	case s.state == scheduler.SeatCleaning:
		return p.f.rules.changeS
	case taken(s.state):
		x := &p.visits[s.visit]
		if x.stay < 0 {
			x.stay, _ = p.workOf(r.by, s.visit)
		}
		return max(x.stay, 1) + p.f.rules.changeS
	}
	return 0
}
