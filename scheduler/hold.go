package scheduler

import (
	"slices"

	"lapak/scheduler/seating"
)

// SeatsHeld sets seats of one room aside for a party that has been overtaken as
// often as allowed. It replaces an earlier hold for the same visit; with no
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
	s.note(e.Visit, "held", []Why{{Code: WhyHeldFor, A: int64(e.Room)}})
}

// endHold gives the seats back that are held for the visit.
func (s *State) endHold(id VisitID) {
	for i := range s.Floor.Seats {
		if seat := &s.Floor.Seats[i]; seat.HeldFor == id {
			s.seatW(seat.Room, seat.No).HeldFor = 0
		}
	}
}

// anyHold reports whether any seat of the branch is held for somebody.
func (s *State) anyHold() bool {
	for i := range s.Floor.Seats {
		if s.Floor.Seats[i].HeldFor != 0 {
			return true
		}
	}
	return false
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

// holdDue finds a waiting visit at the bound for which no seats are held yet,
// and the seats that will be free together soonest. The first in the order
// comes first.
func (s *State) holdDue(now Time) (SeatsHeld, bool) {
	limit := s.Floor.Policy.Order.OvertakeMax
	for _, w := range s.inOrder(Waiting) {
		if limit == 0 || int(w.overtaken) < limit {
			continue
		}
		v := s.Visit(w.id)
		if _, _, ok := s.heldSeats(v); ok {
			continue
		}
		if room, seats, ok := s.soonest(v, now); ok {
			e := SeatsHeld{Visit: v.ID, Room: room}
			for _, k := range seats.Seats() {
				e.Seats = append(e.Seats, SeatNo(k+1))
			}
			return e, true
		}
	}
	return SeatsHeld{}, false
}

// soonest finds, over all rooms, the seats for the party that are expected to
// be free together first. Of equal rooms it takes the lowest number.
func (s *State) soonest(v *Visit, now Time) (RoomID, seating.Set, bool) {
	var best seating.Set
	var room RoomID
	var at Time
	for i := range s.Floor.Rooms {
		r := &s.Floor.Rooms[i]
		if !s.mayHold(r, v) {
			continue
		}
		if seats, t, ok := s.soonestIn(r, v, now); ok && (room == 0 || t < at) {
			best, room, at = seats, r.ID, t
		}
	}
	return room, best, room != 0
}

// soonestIn finds the earliest time at which the party fits into the room when
// everybody there leaves as expected and nobody else comes.
func (s *State) soonestIn(r *Room, v *Visit, now Time) (seating.Set, Time, bool) {
	seats, l := s.RoomSeats(r), s.layoutOf(r)
	frees := make([]Time, len(seats)) // when each seat is free; -1: never for this party
	var times []Time
	for i := range seats {
		frees[i] = s.seatFreeAt(&seats[i], v, now)
		if frees[i] >= 0 && !slices.Contains(times, frees[i]) {
			times = append(times, frees[i])
		}
	}
	slices.Sort(times)
	for _, t := range times {
		var gone, stays seating.Set
		for i := range seats {
			switch {
			case frees[i] >= 0 && frees[i] <= t:
				gone.Add(i)
			case seats[i].taken() || (seats[i].HeldFor != 0 && seats[i].HeldFor != v.ID):
				stays.Add(i)
			}
		}
		open := l.plan.Open(stays).And(&gone)
		if set, ok := l.plan.Place(open, int(v.Persons), v.Accessible, nil); ok {
			return set, t, true
		}
	}
	return seating.Set{}, 0, false
}

// seatFreeAt is when the seat is expected to be free for the visit, or -1.
func (s *State) seatFreeAt(seat *Seat, v *Visit, now Time) Time {
	switch {
	case seat.Closed, seat.HeldFor != 0 && seat.HeldFor != v.ID && s.holds(seat.HeldFor):
		return -1
	case seat.State == SeatCleaning:
		return max(now, seat.FreeAt)
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

// tickHolds sets seats aside for parties at the bound, so that the others can
// be called to the rest.
func (d *Draft) tickHolds() {
	for !d.full() {
		e, ok := d.holdDue(d.now)
		if !ok {
			return
		}
		d.emit(e)
	}
}

// placeHeld is the seats that are held here for the visit, when all of them
// are free by now and the room's limit has come down to what the party needs:
// it was held at a time when others sat there.
func (f *former) placeHeld(v *Visit) (seating.Set, bool) {
	room, seats, ok := f.s.heldSeats(v)
	return seats, ok && room.ID == f.r.ID && seats.Without(&f.clean) == (seating.Set{}) && int(v.Persons) <= f.room+f.keeps
}

// useHeld gives the visit the share that was kept for it.
func (f *former) useHeld(v *Visit) {
	f.room, f.keeps = f.room+int(v.Persons), f.keeps-int(v.Persons)
}
