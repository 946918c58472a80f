package scheduler

import (
	"errors"

	"lapak/scheduler/seating"
)

// Preset is a rule of distance that was in force somewhere (domain.md 6.1).
type Preset struct {
	Code         string `json:"code"`
	DistanceMM   int    `json:"distance_mm"`
	OccupancyPct int    `json:"occupancy_pct"`
}

// Presets are the rules that a manager chooses from.
func Presets() []Preset {
	return []Preset{{"kemenkes_2020", 1000, 50}, {"office_150", 1500, 50}, {"satgas_200", 2000, 50}, {"red_zone", 2000, 25}, {"none", 0, 100}}
}

// Holding is how many persons a drawing holds: the limits that walls, seats and
// policy decide, without an officer's day.
type Holding struct {
	Seats      int   `json:"seats"` // drawn
	Booths     int   `json:"booths"`
	Distance   int   `json:"distance"`
	Occupancy  int   `json:"occupancy"` // Unlimited without a normal capacity
	Officer    int   `json:"officer"`
	Persons    int   `json:"persons"`
	Binds      Limit `json:"binds"`
	Party      int   `json:"party"`      // most persons of one party
	Accessible int   `json:"accessible"` // of one that needs an accessible seat
	Proven     bool  `json:"proven"`
}

// PresetEffect is what a drawing holds under a rule of distance.
type PresetEffect struct {
	Preset
	Holding Holding `json:"holding"`
}

// Stay is somebody who was called to the room or sits there, and what becomes of
// the place in the new drawing.
type Stay struct {
	Visit  VisitID   `json:"visit"`
	Number string    `json:"number"`
	Seat   SeatNo    `json:"seat"`
	State  SeatState `json:"state"`
	Fate   string    `json:"fate"` // same, moved, gone or closed
}

// RoomEffect is what a drawing would do to its room.
type RoomEffect struct {
	Refusal *Refusal       `json:"-"`       // the rules would not take it
	Waits   bool           `json:"waits"`   // it would be drawn when the room's session is over
	Before  *Holding       `json:"before"`  // nil for a new room
	After   Holding        `json:"after"`   // under the policy in force
	Presets []PresetEffect `json:"presets"` // of the new drawing
	Stays   []Stay         `json:"stays"`   // who was called or sits: they keep their places until they leave
}

// RoomEffect works out what a drawing would do, at a time and by a manager. It
// changes nothing.
func (s *State) RoomEffect(c SetRoom, by Actor, now Time) RoomEffect {
	e := RoomEffect{Stays: []Stay{}, Presets: []PresetEffect{}}
	c.After = true
	draft := s.Draft()
	_, err := draft.Do(Stamp{At: max(now, s.At), Seed: 1}, Order{By: by, Command: c})
	_ = errors.As(err, &e.Refusal) // anything else is shown when it is tried
	if len(c.Seats) > MaxRoomSeats {
		return e // more than the planner answers for
	}
	p, officer := s.Floor.Policy, s.officerLimit(s.SessionIn(c.Room.ID))
	if old := s.Room(c.Room.ID); old != nil {
		h := holding(planSeats(s.RoomSeats(old)), old.Normal, p.Distance, officer)
		e.Before, e.Waits = &h, old.Session != 0
		e.Stays = s.stays(old, c.Seats)
	}
	seats := make([]seating.Seat, len(c.Seats))
	for i, seat := range c.Seats {
		seats[i] = seating.Seat{XMM: seat.XMM, YMM: seat.YMM, Accessible: seat.Accessible, Closed: seat.Closed}
	}
	e.After = holding(seats, c.Room.Normal, p.Distance, officer)
	for _, preset := range Presets() {
		rule := p.Distance
		rule.DistanceMM, rule.OccupancyPct = preset.DistanceMM, preset.OccupancyPct
		e.Presets = append(e.Presets, PresetEffect{preset, holding(seats, c.Room.Normal, rule, officer)})
	}
	return e
}

func holding(seats []seating.Seat, normal int16, rule DistancePolicy, officer int) Holding {
	p := Policy{Distance: rule}
	plan := seating.NewPlan(seats, rule.DistanceMM, p.together())
	_, most, proven, _ := plan.Most(plan.Open(seating.Set{}), 0)
	h := Holding{Seats: len(seats), Distance: most, Occupancy: Unlimited, Officer: officer, Proven: proven}
	for _, seat := range seats {
		if !seat.Closed {
			h.Booths++
		}
	}
	if normal > 0 {
		h.Occupancy = rule.OccupancyPct * int(normal) / 100
	}
	for n := 1; n <= MaxPersons && plan.CanEver(n, false); n++ {
		h.Party = n
		if plan.CanEver(n, true) {
			h.Accessible = n
		}
	}
	h.Persons, h.Binds = h.Distance, LimitSeats
	for i, v := range [LimitMinutes]int{h.Distance, h.Occupancy, h.Booths, h.Officer} {
		if v < h.Persons {
			h.Persons, h.Binds = v, Limit(i)
		}
	}
	return h
}

// stays lists who was called to the room or sits there.
func (s *State) stays(r *Room, plan []SeatPlan) []Stay {
	list := []Stay{}
	seats := s.RoomSeats(r)
	for i := range seats {
		seat := &seats[i]
		v := s.Visit(seat.Visit)
		if !seat.taken() || v == nil {
			continue
		}
		stay := Stay{Visit: v.ID, Number: s.Floor.Policy.Label(v.Ticket), Seat: seat.No, State: seat.State, Fate: "same"}
		switch {
		case i >= len(plan):
			stay.Fate = "gone"
		case plan[i].XMM != seat.XMM || plan[i].YMM != seat.YMM:
			stay.Fate = "moved"
		case plan[i].Closed && !seat.Closed:
			stay.Fate = "closed"
		}
		list = append(list, stay)
	}
	return list
}
