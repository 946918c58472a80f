package seating

import "lapak/scheduler/seating/packing"

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

	places     []packing.Seat // Where the seats stand, for the searches.
	distanceMM int
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
	p := &Plan{seats: n, conflict: make([]Set, n), together: make([]Set, n), places: make([]packing.Seat, n), distanceMM: distanceMM}
	for i := range n {
		p.places[i] = packing.Seat{X: seats[i].XMM, Y: seats[i].YMM, Accessible: seats[i].Accessible}
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
	return p
}

// squareApart returns the square of the distance of two seats in square millimetres. Sides longer than any
// distance rule are cut to just beyond it, which keeps the square far from overflow.
func squareApart(a, b Seat) int64 {
	dx, dy := int64(a.XMM)-int64(b.XMM), int64(a.YMM)-int64(b.YMM)
	dx, dy = min(max(dx, -dx), MaxDistanceMM+1), min(max(dy, -dy), MaxDistanceMM+1)
	return dx*dx + dy*dy
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
