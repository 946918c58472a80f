package packing

import (
	"cmp"
	"slices"
)

// Seat is an open seat, in millimetres.
type Seat struct {
	X, Y       int32
	Accessible bool
}

// MaxPersons bounds a group.
const MaxPersons = 20

// Kind is what makes groups alike: how many persons, 1 to MaxPersons, whether one of them needs an accessible seat, and how many
// such groups there are.
type Kind struct {
	Persons int
	Needs   bool
	Supply  int
}

// room is the open seats, renumbered in the order of the sweep.
type room struct {
	n, words   int
	seats      []Seat
	seatAt     []int // position to seat
	conflict   []row // nearer than the distance, itself left out
	together   []row
	accessible row
}

// reach bounds a difference of coordinates: further apart than any distance rule.
const reach = 1_000_000

func squareApart(a, b Seat) int64 {
	dx, dy := int64(a.X)-int64(b.X), int64(a.Y)-int64(b.Y)
	dx, dy = min(max(dx, -dx), reach), min(max(dy, -dy), reach)
	return dx*dx + dy*dy
}

// newRoom finds who disturbs whom and numbers the seats along the direction in which the front line is shortest.
// Parts of the room that do not touch each other follow one another.
func newRoom(seats []Seat, distanceMM, togetherMM int64) *room {
	rm := &room{n: len(seats), words: max(1, (len(seats)+wordBits-1)/wordBits), seats: seats}
	rm.link(distanceMM, togetherMM, identity(rm.n))
	best := 0
	order := identity(rm.n)
	for i, d := range [][2]int64{{1, 0}, {0, 1}, {1, 1}, {1, -1}} {
		turn := rm.along(d[0], d[1])
		if front := rm.front(turn); i == 0 || front < best {
			best, order = front, turn
		}
	}
	rm.link(distanceMM, togetherMM, order)
	return rm
}

func identity(n int) []int {
	list := make([]int, n)
	for i := range list {
		list[i] = i
	}
	return list
}

// link numbers the seats in the given order.
func (rm *room) link(distanceMM, togetherMM int64, order []int) {
	rm.seatAt = order
	rm.conflict, rm.together = rows(rm.n, rm.words), rows(rm.n, rm.words)
	rm.accessible = make(row, rm.words)
	for i, a := range order {
		if rm.seats[a].Accessible {
			rm.accessible.add(i)
		}
		for k := range i {
			square := squareApart(rm.seats[a], rm.seats[order[k]])
			if distanceMM > 0 && square < distanceMM*distanceMM {
				rm.conflict[i].add(k)
				rm.conflict[k].add(i)
			}
			if togetherMM >= 0 && square <= togetherMM*togetherMM {
				rm.together[i].add(k)
				rm.together[k].add(i)
			}
		}
	}
}

// along sorts the seats by part of the room, then along a direction.
func (rm *room) along(dx, dy int64) []int {
	part := rm.parts()
	order := identity(rm.n)
	far := func(i int) int64 { return dx*int64(rm.seats[i].X) + dy*int64(rm.seats[i].Y) }
	across := func(i int) int64 { return dx*int64(rm.seats[i].Y) - dy*int64(rm.seats[i].X) }
	slices.SortFunc(order, func(a, b int) int {
		return cmp.Or(cmp.Compare(part[a], part[b]), cmp.Compare(far(a), far(b)), cmp.Compare(across(a), across(b)), cmp.Compare(a, b))
	})
	return order
}

// parts numbers the parts of the room that touch no other, by seat; it needs the identity order.
func (rm *room) parts() []int {
	part := make([]int, rm.n)
	for i := range part {
		part[i] = -1
	}
	parts := 0
	for i := range part {
		if part[i] >= 0 {
			continue
		}
		todo := []int{i}
		part[i] = parts
		for len(todo) > 0 {
			s := todo[len(todo)-1]
			todo = todo[:len(todo)-1]
			for _, near := range []row{rm.conflict[s], rm.together[s]} {
				near.each(func(k int) {
					if part[k] < 0 {
						part[k] = parts
						todo = append(todo, k)
					}
				})
			}
		}
		parts++
	}
	return part
}

// front measures an order: the squares of the lengths of the front line summed over the sweep, because the ways to sit grow
// faster than it. It needs the identity order.
func (rm *room) front(order []int) int {
	at := make([]int, rm.n)
	for i, s := range order {
		at[s] = i
	}
	last := make([]int, rm.n) // the last position that a position disturbs
	for i, s := range order {
		last[i] = i
		rm.conflict[s].each(func(k int) { last[i] = max(last[i], at[k]) })
	}
	total := 0
	for i := range order {
		length := 0
		for k := range i {
			if last[k] >= i {
				length++
			}
		}
		total += length * length
	}
	return total
}
