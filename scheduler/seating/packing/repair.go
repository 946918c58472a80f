package packing

import (
	"cmp"
	"slices"
)

const (
	// repairGroups is how many neighbouring groups are seated anew at once, and repairWidth how widely.
	repairGroups = 12
	repairWidth  = 40
	// repairShare is the part of the work that is spent so, one in so many.
	repairShare = 3
	// stride walks over all seats so that neighbours in time are far apart in the room (an odd prime near the golden
	// section of a hall of 200 seats).
	stride = 127
)

// repair looks for more persons around one seat after another: the groups nearest to it are taken up and seated anew,
// and others with them, while everybody else stays. It ends when no seat gains.
func (a *Answer) repair(s *sweep, limit int, w *Work) {
	if a.Persons == 0 {
		return
	}
	left := w.Steps - w.Steps/repairShare
	s.ready(0)
	for idle, seat := 0, 0; idle < s.rm.n && a.Persons < a.Bound && w.Steps > left && !w.spent(); idle++ {
		seat = (seat + stride) % s.rm.n
		if a.around(s, seat, limit) {
			idle = 0
		}
	}
	s.states.limit = limit
}

// around seats the groups nearest to a seat anew and tells whether that gained a person.
func (a *Answer) around(s *sweep, seat, limit int) bool {
	order := slices.Clone(a.places)
	slices.SortFunc(order, func(x, y int32) int {
		return cmp.Or(cmp.Compare(s.far(x, seat), s.far(y, seat)), cmp.Compare(x, y))
	})
	near := order[:min(len(order), repairGroups)]
	open, left := s.everywhere(), make([]uint16, s.kinds)
	for k := range left {
		left[k] = uint16(s.pool.kinds[k].Supply)
	}
	persons, stay := 0, 0
	for i, c := range order {
		one := &s.pool.places[c]
		if i < len(near) {
			persons += s.pool.kinds[one.kind].Persons
			continue
		}
		stay += s.pool.kinds[one.kind].Persons
		open.drop(one.foot)
		left[one.kind]--
	}
	s.target = persons + 1
	if s.states.limit = 0; limit > 0 {
		if s.states.limit = limit - stay; s.states.limit <= persons {
			return false
		}
	}
	s.runFrom(open, left, repairWidth)
	if s.best < 0 || int(s.persons[s.best]) <= persons {
		return false
	}
	a.places = append(s.taken(s.best), order[len(near):]...)
	a.Persons = stay + int(s.persons[s.best])
	return true
}

// far is the square of the distance from a place to a position.
func (s *sweep) far(c int32, position int) int64 {
	return squareApart(s.rm.seats[s.rm.seatAt[s.pool.places[c].root]], s.rm.seats[s.rm.seatAt[position]])
}
