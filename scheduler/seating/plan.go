package seating

import (
	"cmp"
	"slices"
)

// Seat is one seat of a room.
type Seat struct {
	XMM        int32 `json:"x_mm"`
	YMM        int32 `json:"y_mm"`
	Accessible bool  `json:"accessible"` // For a wheelchair or whoever else needs it.
	Closed     bool  `json:"closed"`     // Out of use; it neither seats nor disturbs anybody.
}

// Plan is a room with its distance rule, worked out once. It does not change after NewPlan, so any number
// of readers may share it.
type Plan struct {
	seats      int
	usable     Set // Neither closed nor beyond MaxSeats.
	accessible Set
	conflict   []Set // Per seat: the others nearer than the distance.
	together   []Set // Per seat: the others with which it can be one party's.

	// The searches walk the room from one end to the other, because then only the seats near the front
	// line matter for what is left; these are the same masks with the seats renumbered in that order.
	seatAt     []int // Position in the sweep to seat.
	positionOf []int // And back.
	sweep      graph
}

// graph is a room as the searches see it.
type graph struct {
	conflict   []Set
	together   []Set
	accessible Set
}

// NewPlan works out which seats are too near each other for strangers (nearer than distanceMM) and which
// are together for a party (at most togetherMM apart; 0 or less stands for distanceMM-1). The arguments
// are to be checked by Validate first: seats beyond MaxSeats are never used, and lengths beyond
// MaxDistanceMM count as that.
func NewPlan(seats []Seat, distanceMM, togetherMM int) *Plan {
	distanceMM = min(distanceMM, MaxDistanceMM)
	if togetherMM <= 0 {
		togetherMM = distanceMM - 1
	}
	togetherMM = min(togetherMM, MaxDistanceMM)
	n := min(len(seats), MaxSeats)
	p := &Plan{seats: n, conflict: make([]Set, n), together: make([]Set, n)}
	for i := range n {
		if !seats[i].Closed {
			p.usable.Add(i)
		}
		if seats[i].Accessible {
			p.accessible.Add(i)
		}
		for k := range i {
			square := squareApart(seats[i], seats[k])
			if distanceMM > 0 && square < int64(distanceMM)*int64(distanceMM) {
				p.conflict[i].Add(k)
				p.conflict[k].Add(i)
			}
			if togetherMM >= 0 && square <= int64(togetherMM)*int64(togetherMM) {
				p.together[i].Add(k)
				p.together[k].Add(i)
			}
		}
	}
	p.arrange(seats[:n])
	return p
}

// squareApart returns the square of the distance of two seats in square millimetres. Sides longer than any
// distance rule are cut to just beyond it, which keeps the square far from overflow.
func squareApart(a, b Seat) int64 {
	dx, dy := int64(a.XMM)-int64(b.XMM), int64(a.YMM)-int64(b.YMM)
	dx, dy = min(max(dx, -dx), MaxDistanceMM+1), min(max(dy, -dy), MaxDistanceMM+1)
	return dx*dx + dy*dy
}

// arrange numbers the seats along the longer side of the room.
func (p *Plan) arrange(seats []Seat) {
	p.seatAt = make([]int, p.seats)
	for i := range p.seatAt {
		p.seatAt[i] = i
	}
	alongX := wider(seats)
	slices.SortFunc(p.seatAt, func(a, b int) int {
		byX, byY := cmp.Compare(seats[a].XMM, seats[b].XMM), cmp.Compare(seats[a].YMM, seats[b].YMM)
		if !alongX {
			byX, byY = byY, byX
		}
		return cmp.Or(byX, byY, cmp.Compare(a, b))
	})
	p.positionOf = make([]int, p.seats)
	for position, seat := range p.seatAt {
		p.positionOf[seat] = position
	}
	p.sweep = graph{conflict: make([]Set, p.seats), together: make([]Set, p.seats)}
	for position, seat := range p.seatAt {
		p.sweep.conflict[position] = p.toSweep(p.conflict[seat])
		p.sweep.together[position] = p.toSweep(p.together[seat])
	}
	p.sweep.accessible = p.toSweep(p.accessible)
}

// wider tells whether the seats spread more along x than along y.
func wider(seats []Seat) bool {
	if len(seats) == 0 {
		return true
	}
	x0, x1, y0, y1 := seats[0].XMM, seats[0].XMM, seats[0].YMM, seats[0].YMM
	for _, seat := range seats {
		x0, x1 = min(x0, seat.XMM), max(x1, seat.XMM)
		y0, y1 = min(y0, seat.YMM), max(y1, seat.YMM)
	}
	return int64(x1)-int64(x0) >= int64(y1)-int64(y0)
}

// toSweep renumbers a set of seats as positions of the sweep.
func (p *Plan) toSweep(seats Set) Set { return renumber(seats, p.positionOf) }

// toSeats renumbers positions of the sweep as seats.
func (p *Plan) toSeats(positions Set) Set { return renumber(positions, p.seatAt) }

func renumber(from Set, numbers []int) Set {
	var to Set
	for i := from.First(); i >= 0; i = from.First() {
		to.Add(numbers[i])
		from.Remove(i)
	}
	return to
}

// Seats returns how many seats the plan has, closed ones included.
func (p *Plan) Seats() int { return p.seats }

// Accessible returns the accessible seats.
func (p *Plan) Accessible() Set { return p.accessible }

// TooNear tells whether strangers may not sit on these two seats at once.
func (p *Plan) TooNear(a, b int) bool { return a != b && p.conflict[a].Has(b) }

// Near returns the seats nearer than the distance to any seat of a set, the set itself left out.
func (p *Plan) Near(seats Set) Set {
	near := around(p.conflict, seats)
	return near.Without(&seats)
}

// around joins the masks of every seat of a set.
func around(masks []Set, seats Set) Set {
	var all Set
	for seat := seats.First(); seat >= 0; seat = seats.First() {
		all = all.Or(&masks[seat])
		seats.Remove(seat)
	}
	return all
}

// Open returns the seats that a stranger may take while the given seats are taken: not closed, not taken,
// and not nearer than the distance to a taken one.
func (p *Plan) Open(taken Set) Set {
	near := around(p.conflict, taken)
	open := p.usable.Without(&taken)
	return open.Without(&near)
}

// After returns what stays open when the given seats are taken from an open set by one party.
func (p *Plan) After(open, taken Set) Set {
	near := around(p.conflict, taken)
	open = open.Without(&taken)
	return open.Without(&near)
}
