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
	_, _, ok := p.heldSeats(v)
	return ok
}

// hold sets seats aside for parties at the bound.
func (p *path) hold() {
	limit := p.f.rules.overtakeMax
	if limit == 0 || p.bound == 0 || !p.hand {
		return
	}
	p.hand = false
	for n := 0; n < maxTicks; n++ {
		due := int32(-1)
		room, seats := -1, noSeats
		for _, v := range p.line[0] {
			if int(p.visits[v].overtaken) < limit {
				continue
			}
			if _, _, ok := p.heldSeats(v); ok {
				continue
			}
			if at, set, ok := p.soonest(v); ok {
				due, room, seats = v, at, set
				break
			}
		}
		if due < 0 {
			return
		}
		p.endHold(due)
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

// soonest finds, over all rooms, the seats for the party that are expected to
// be free together first.
func (p *path) soonest(v int32) (int, seating.Set, bool) {
	best, room, at := noSeats, -1, int64(0)
	for i := range p.f.rooms {
		if !p.mayHold(i, v) {
			continue
		}
		if seats, t, ok := p.soonestIn(i, v); ok && (room < 0 || t < at) {
			best, room, at = seats, i, t
		}
	}
	return room, best, room >= 0
}

// soonestIn finds the earliest time at which the party fits into the room when
// everybody there leaves as expected and nobody else comes.
func (p *path) soonestIn(room int, v int32) (seating.Set, int64, bool) {
	r, x := &p.f.rooms[room], &p.f.visits[v]
	var frees [seating.MaxSeats]int64
	for i := range r.n {
		frees[i] = p.freeTime(r, i, v)
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
		return max(p.now, s.freeAt)
	case taken(s.state):
		stay, _ := p.workOf(r.by, s.visit)
		return p.now + max(stay, 1) + p.f.rules.changeS
	}
	return p.now
}
