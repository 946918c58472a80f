package packing

// mover finds places that keep others off more seats than need be: moving one person of the group gives a place that
// keeps others off some of the same seats only. Wherever such a place is used, the other can be, so the most persons
// do not change; which seats are used does. A group on an accessible seat keeps one.
type mover struct {
	rm         *room
	closed     []row // each seat and those it disturbs
	rest, foot row
	spots      []int // where a person could move without disturbing anybody else
	group      []int
}

func newMover(rm *room) *mover {
	m := &mover{rm: rm, closed: rows(rm.n, rm.words), rest: make(row, rm.words), foot: make(row, rm.words)}
	for i, seats := range m.closed {
		copy(seats, rm.conflict[i])
		seats.add(i)
	}
	return m
}

// members lists a group; the list is good until the next call.
func (m *mover) members(seats row) []int {
	m.group = m.group[:0]
	for w, word := range seats {
		for ; word != 0; word &= word - 1 {
			m.group = append(m.group, w*wordBits+trailing(word))
		}
	}
	return m.group
}

// better tells whether some move keeps others off fewer seats.
func (m *mover) better(one *place) bool {
	m.members(one.seats)
	m.spots = m.spots[:0]
	for w, word := range one.foot {
		for word &^= one.seats[w]; word != 0; word &= word - 1 {
			if i := w*wordBits + trailing(word); m.closed[i].within(one.foot) {
				m.spots = append(m.spots, i)
			}
		}
	}
	if len(m.spots) == 0 {
		return false
	}
	for _, leaver := range m.group {
		copy(m.rest, one.seats)
		m.rest.remove(leaver)
		clear(m.foot)
		for _, i := range m.group {
			if i != leaver {
				m.foot.join(m.closed[i])
			}
		}
		for _, spot := range m.spots {
			if m.fits(one, spot) {
				return true
			}
		}
	}
	return false
}

// fits tells whether the rest with somebody on the spot is a place that keeps others off fewer seats than one.
func (m *mover) fits(one *place, spot int) bool {
	smaller := false
	for w, word := range one.foot {
		if m.foot[w]|m.closed[spot][w] != word {
			smaller = true
			break
		}
	}
	if !smaller {
		return false
	}
	if one.seats.meets(m.rm.accessible) && !m.rest.meets(m.rm.accessible) && !m.rm.accessible.has(spot) {
		return false
	}
	// The spot must hang together with all of the rest.
	m.rest.add(spot)
	hangs := m.rm.connected(m.rest, spot)
	m.rest.remove(spot)
	return hangs
}

// connected tells whether a set hangs together with one of its positions.
func (rm *room) connected(set row, from int) bool {
	var reached [MaxPersons]int
	n := 1
	reached[0] = from
	todo := clone(set)
	todo.remove(from)
	for i := 0; i < n; i++ {
		for w := range todo {
			near := todo[w] & rm.together[reached[i]][w]
			for ; near != 0; near &= near - 1 {
				k := w*wordBits + trailing(near)
				todo.remove(k)
				reached[n] = k
				n++
			}
		}
	}
	return todo.empty()
}
