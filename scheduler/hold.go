package scheduler

import "lapak/scheduler/seating"

// SeatsHeld sets seats of one room aside for a party that has been overtaken as
// often as allowed, or that stands first in line. It replaces an earlier hold for the same visit; with no
// seats it ends it. The hold ends by itself when the visit leaves the line.
type SeatsHeld struct {
	Visit VisitID  `json:"visit"`
	Room  RoomID   `json:"room"`
	Seats []SeatNo `json:"seats"`
}

// Kind is the event's stable name.
func (SeatsHeld) Kind() string { return "seats.held" }

func (e SeatsHeld) apply(s *State) {
	s.endHold(e.Visit)
	for _, no := range e.Seats {
		s.seatW(e.Room, no).HeldFor = e.Visit
	}
	s.note(e.Visit, "held", []Why{{Code: WhyHeldFor, A: int64(e.Room), B: int64(len(e.Seats))}})
}

// endHold gives the seats back that are held for the visit.
func (s *State) endHold(id VisitID) {
	for i := range s.Floor.Seats {
		if seat := &s.Floor.Seats[i]; seat.HeldFor == id {
			s.seatW(seat.Room, seat.No).HeldFor = 0
		}
	}
}

// heldList are the visits for which seats are held anywhere; more than it lists
// are only looked at more slowly.
type heldList struct {
	ids  [16]VisitID
	n    int
	more bool
}

// has reports whether seats may be held for the visit.
func (l *heldList) has(id VisitID) bool {
	for _, k := range l.ids[:l.n] {
		if k == id {
			return true
		}
	}
	return l.more
}

func (s *State) heldVisits() (l heldList) {
	for i := range s.Floor.Seats {
		id := s.Floor.Seats[i].HeldFor
		if id == 0 || l.has(id) {
			continue
		}
		if l.n == len(l.ids) {
			l.more = true
			return l
		}
		l.ids[l.n] = id
		l.n++
	}
	return l
}

// heldSeats is where seats are held for the visit, if the hold can still come
// true: the room's session calls and serves the visit, and every seat works.
func (s *State) heldSeats(v *Visit) (*Room, seating.Set, bool) {
	var set seating.Set
	var room *Room
	for i := range s.Floor.Seats {
		seat := &s.Floor.Seats[i]
		if seat.HeldFor != v.ID {
			continue
		}
		if room == nil {
			room = s.Room(seat.Room)
		}
		if seat.Closed {
			return nil, set, false
		}
		set.Add(int(seat.No) - 1)
	}
	if room == nil || set.Len() != int(v.Persons) {
		return nil, set, false
	}
	return room, set, s.mayHold(room, v)
}

// mayHold reports whether seats of the room can be held for the visit: its
// session refills, serves the visit, and the limits that do not pass with time
// leave room for the party.
func (s *State) mayHold(r *Room, v *Visit) bool {
	ses := s.SessionIn(r.ID)
	if ses == nil || r.Desk || ses.Mode != Rolling || !(ses.State.refills() || ses.State == Forming) {
		return false
	}
	return s.serves(r, ses, s.programmeOf(v)) && int(v.Persons) <= s.largestParty(r, ses, kindOf(v))
}

// HoldAheadS is how soon the seats for a party that stands first in line must be
// expected to be free together, in seconds, for them to be held before anybody
// has passed it. Measured at 140 persons a day with parties of up to four: with
// no such holds the long waits of parties of three and more are 1.5 times those
// of single persons; at 900 s they are 1.2 times, and the mean wait of everybody
// is shorter as well; beyond 1,200 s seats stand empty and everybody waits longer.
const HoldAheadS = 900

// anyTimeS is later than any stay ends: at the bound, seats are held however
// long it takes.
const anyTimeS = 24 * 3600

// BetterHoldS is how much sooner other seats must be expected to be free, in
// seconds, for a hold to move to them: the length of one change of a seat, so
// that holds do not wander for nothing.
const BetterHoldS = 120

// holdDue finds the next hold to set. It is that of a waiting visit at the bound
// of overtakes, for which none is set yet; or of a party that stands first in
// line behind those with holds and does not fit anywhere, when seats for it
// will be free together soon; or one that is set and should move to seats that
// will be free clearly sooner. The first in the order comes first.
func (s *State) holdDue(now Time) (SeatsHeld, bool) {
	limit := s.Floor.Policy.Order.OvertakeMax
	if limit == 0 {
		return SeatsHeld{}, false // who does not fit blocks the line: nobody is called past it
	}
	first, held := true, s.heldVisits()
	none := held.n == 0
	line := s.inOrder(Waiting)
	for i := range line {
		w := &line[i]
		bound := int(w.overtaken) >= limit
		if !first && !bound && none {
			continue
		}
		holds := held.has(w.id)
		if !first && !bound && !holds {
			continue
		}
		v := s.Visit(w.id)
		if holds {
			if room, seats, ok := s.heldSeats(v); ok {
				if e, ok := s.betterHold(v, room, seats, now); ok {
					return e, true
				}
				continue
			}
		}
		within := Time(HoldAheadS)
		switch {
		case bound:
			within = anyTimeS
		case !first || w.persons == 1 || w.kind == 1:
			first = first && (w.kind == 1 || !s.mayHoldAnywhere(v)) // it takes the next seat, unless no room or only a rare seat serves it
			continue
		}
		first = false
		if room, seats, _, ok := s.soonest(v, now, now+within); ok {
			return holdOf(v, room, seats), true
		}
	}
	return SeatsHeld{}, false
}

func holdOf(v *Visit, room RoomID, seats seating.Set) SeatsHeld {
	e := SeatsHeld{Visit: v.ID, Room: room}
	for _, k := range seats.Seats() {
		e.Seats = append(e.Seats, SeatNo(k+1))
	}
	return e
}

// betterHold is the hold for the same visit on seats that will be free clearly
// sooner than those that are held for it.
func (s *State) betterHold(v *Visit, room *Room, held seating.Set, now Time) (SeatsHeld, bool) {
	seats, at := s.RoomSeats(room), now
	for i := range seats {
		if held.Has(i) {
			at = max(at, s.seatFreeAt(&seats[i], v, now))
		}
	}
	if at-now <= BetterHoldS {
		return SeatsHeld{}, false
	}
	to, better, _, ok := s.soonest(v, now, at-BetterHoldS-1)
	return holdOf(v, to, better), ok
}

// mayHoldAnywhere reports whether some room calls visits such as this one.
func (s *State) mayHoldAnywhere(v *Visit) bool {
	for i := range s.Floor.Rooms {
		if s.mayHold(&s.Floor.Rooms[i], v) {
			return true
		}
	}
	return false
}

// soonest finds, over all rooms, the seats for the party that are expected to
// be free together first, and when, if not later than the time given. Of equal
// rooms it takes the lowest number.
func (s *State) soonest(v *Visit, now, latest Time) (RoomID, seating.Set, Time, bool) {
	var best seating.Set
	var room RoomID
	for i := range s.Floor.Rooms {
		r := &s.Floor.Rooms[i]
		if !s.mayHold(r, v) {
			continue
		}
		if seats, t, ok := s.soonestIn(r, v, now, latest); ok {
			best, room, latest = seats, r.ID, t-1 // another room must be sooner
		}
	}
	return room, best, latest + 1, room != 0
}

// soonestIn finds the earliest time, up to the latest, at which the party fits
// into the room when everybody there leaves as expected and nobody else comes.
func (s *State) soonestIn(r *Room, v *Visit, now, latest Time) (seating.Set, Time, bool) {
	seats, l := s.RoomSeats(r), s.layoutOf(r)
	var frees [seating.MaxSeats]Time // when each seat is free; -1: never for this party, or too late
	could := 0
	for i := range seats {
		frees[i] = s.seatFreeAt(&seats[i], v, now)
		if frees[i] > latest {
			frees[i] = -1
		}
		if frees[i] >= 0 {
			could++
		}
	}
	if could < int(v.Persons) {
		return seating.Set{}, 0, false
	}
	for t := Time(-1); ; {
		next := Time(-1)
		for i := range seats {
			if frees[i] > t && (next < 0 || frees[i] < next) {
				next = frees[i]
			}
		}
		if next < 0 {
			return seating.Set{}, 0, false
		}
		t = next
		var gone, stays seating.Set
		for i := range seats {
			switch {
			case frees[i] >= 0 && frees[i] <= t:
				gone.Add(i)
			case seats[i].taken() || (seats[i].HeldFor != 0 && seats[i].HeldFor != v.ID):
				stays.Add(i)
			}
		}
		if gone.Len() < int(v.Persons) {
			continue
		}
		open := l.plan.Open(stays).And(&gone)
		if set, ok := l.plan.Place(open, int(v.Persons), v.Accessible, nil); ok {
			return set, t, true
		}
	}
}

// seatFreeAt is when the seat is expected to be free for the visit, or -1. It
// lies as far ahead of any now as of any other while nothing changes there, so
// that which seats are held follows from what happened and not from when it was
// asked.
func (s *State) seatFreeAt(seat *Seat, v *Visit, now Time) Time {
	switch {
	case seat.Closed, seat.HeldFor != 0 && seat.HeldFor != v.ID && s.holds(seat.HeldFor):
		return -1
	case seat.State == SeatCleaning:
		return now + int64(s.Floor.Policy.Seat.ChangeS)
	case seat.taken():
		there := s.Visit(seat.Visit)
		stay, _ := s.workOf(s.soleOfficer(there.Session), there)
		return now + max(stay, 1) + int64(s.Floor.Policy.Seat.ChangeS)
	}
	return now
}

// holds reports whether the seats held for the visit can still come true.
func (s *State) holds(id VisitID) bool {
	v := s.Visit(id)
	if v == nil || v.State != Waiting {
		return false
	}
	_, _, ok := s.heldSeats(v)
	return ok
}

// tickHolds sets seats aside for parties at the bound and for the one that
// stands first, so that the others can be called to the rest. It follows the
// tick's refills: before them, the first one might just fit.
func (d *Draft) tickHolds() {
	for !d.full() {
		e, ok := d.holdDue(d.now)
		if !ok {
			return
		}
		d.emit(e)
	}
}

// placeHeld is where the visit for which seats are held here can sit by now: on
// those seats, or on them and others that are free and held for nobody else. The
// room's limit must have come down to what the party needs: the seats were held
// at a time when others sat there.
func (f *former) placeHeld(v *Visit) (seating.Set, bool) {
	room, seats, ok := f.s.heldSeats(v)
	if !ok || room.ID != f.r.ID || int(v.Persons) > f.room+f.keeps {
		return seats, false
	}
	if seats.Without(&f.clean) == (seating.Set{}) {
		return seats, true
	}
	others := f.held.Without(&seats)
	return f.l.plan.Place(f.l.plan.After(f.clean, others), int(v.Persons), v.Accessible, nil)
}

// useHeld gives the visit the share that was kept for it.
func (f *former) useHeld(v *Visit) {
	f.room, f.keeps = f.room+int(v.Persons), f.keeps-int(v.Persons)
}
