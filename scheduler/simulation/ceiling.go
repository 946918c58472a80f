package simulation

import (
	"lapak/scheduler"
	"lapak/scheduler/seating"
)

// Ceiling is the largest multiplier that the officers' minutes and the seats
// allow under any policy, and what binds.
type Ceiling struct {
	Value float64 `json:"value"`
	Binds string  `json:"binds"` // officer, seats, distance, occupancy, booths or arrivals
}

// place is how many strangers a room can hold at a time, and what limits it.
type place struct {
	persons int
	binds   string
}

// usable works a room's place out.
func (t *trial) usable(room int) place {
	r := t.in.Rooms[room]
	p := place{r.Seats, "seats"}
	if r.Plan != nil {
		p = r.Plan.place()
	}
	if most := t.in.Policy.GroupMax; most < p.persons {
		return place{most, "officer"}
	}
	return p
}

// place is how many strangers the plan holds, and whether its seats, their
// distance, its broken booths or its limit of persons stand in the way.
func (r *RoomPlan) place() place {
	seats := r.places()
	most := func(broken bool) int {
		list := make([]seating.Seat, len(seats))
		for i, s := range seats {
			list[i] = seating.Seat{XMM: s.XMM, YMM: s.YMM, Closed: s.Closed}
			if broken && r.Seats[i].Closed {
				list[i].Closed = false // as if every booth worked
			}
		}
		plan := seating.NewPlan(list, r.DistanceMM, r.together())
		_, n, _, _ := plan.Most(plan.Open(seating.Set{}), 0)
		return n
	}
	n := most(false)
	p := place{n, "seats"}
	switch {
	case n < most(true):
		p.binds = "booths"
	case n < len(seats):
		p.binds = "distance"
	}
	if r.Limit > 0 && r.Limit < n {
		p = place{r.Limit, "occupancy"}
	}
	return p
}

// places are the plan's seats as the rules take them. Seats that strangers
// hold all day, and those too near to them, are closed.
func (r *RoomPlan) places() []scheduler.SeatPlan {
	list := make([]scheduler.SeatPlan, len(r.Seats))
	for i, s := range r.Seats {
		list[i] = scheduler.SeatPlan{XMM: int32(s.XMM), YMM: int32(s.YMM), Accessible: s.Accessible, Closed: s.Closed}
		for _, id := range r.Taken {
			for _, other := range r.Seats {
				dx, dy := int64(s.XMM-other.XMM), int64(s.YMM-other.YMM)
				if other.ID == id && (s.ID == id || dx*dx+dy*dy < int64(r.DistanceMM)*int64(r.DistanceMM)) {
					list[i].Closed = true
				}
			}
		}
	}
	return list
}

// together is the greatest gap within a party.
func (r *RoomPlan) together() int {
	if r.TogetherMM > 0 {
		return r.TogetherMM
	}
	return max(1, r.DistanceMM-1)
}

// ceiling works out what the officers' minutes and the seats allow at most,
// from the mean times alone, over the one-to-one throughput: that of the mean
// times for single persons, the measured one for parties, whose members fill
// each other's pauses.
func (t *trial) ceiling(sum *tally, single float64) Ceiling {
	total := 0.0
	for _, s := range t.steps {
		total += float64(s.MeanS)
	}
	alone := hourS / (total + float64(t.in.SeatChangeS))
	bySeat := alone
	if t.mode == "closed" {
		bySeat = hourS / total // the room is cleaned, not the seat
	}
	if len(t.parties) == 1 && t.parties[0].persons == 1 {
		single = alone
	}
	seats, binds, persons := t.bySeats(bySeat)
	officer := hourS / max(1, t.officerS(t.sharers(persons)))
	capacity := t.capacity(bySeat, officer)
	c := Ceiling{Binds: "officer"}
	if single > 0 {
		c.Value = round(capacity/single, 2)
	}
	if seats < officer && capacity < officer {
		c.Binds = binds
	}
	if !t.saturated && sum.span > 0 {
		if demand := rateOf(sum.arrived, t.staffed, sum.span); demand < capacity {
			c.Binds = "arrivals"
		}
	}
	return c
}

// sharers is how many persons may share a group step: one in single mode,
// else as many as one room holds.
func (t *trial) sharers(persons int) int {
	if t.mode == "single" {
		return 1
	}
	most := 1
	for i := range t.rooms() {
		most = max(most, t.places[i].persons)
	}
	return min(most, max(1, persons))
}

// bySeats is the throughput per officer that the seats of the scarcest room
// allow, or of all rooms when the officers are pooled; why there are not more
// seats; and how many persons all rooms hold.
func (t *trial) bySeats(bySeat float64) (rate float64, binds string, persons int) {
	worst := -1
	for i := range t.rooms() {
		p := t.held(i)
		persons += p.persons
		if worst < 0 || p.persons < t.held(worst).persons || (p.persons == t.held(worst).persons && t.held(worst).binds == "seats") {
			worst = i
		}
	}
	if t.in.Policy.Pooled && t.mode != "single" {
		return bySeat * float64(persons) / float64(t.staffed), t.held(worst).binds, persons
	}
	return bySeat * float64(t.held(worst).persons), t.held(worst).binds, persons
}

// held is the room's place under the question's mode.
func (t *trial) held(room int) place {
	if t.mode == "single" {
		return place{min(1, t.places[room].persons), "officer"}
	}
	return t.places[room]
}

// capacity is the throughput per officer that officers and seats allow.
func (t *trial) capacity(bySeat, officer float64) float64 {
	if t.in.Policy.Pooled && t.mode != "single" {
		seats, _, _ := t.bySeats(bySeat)
		return min(officer, seats)
	}
	sum := 0.0
	for i := range t.staffed {
		sum += min(officer, bySeat*float64(t.held(i).persons))
	}
	return sum / float64(t.staffed)
}
