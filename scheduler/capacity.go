package scheduler

import (
	"slices"

	"lapak/scheduler/seating"
)

// Limit is one of the five limits of a room's capacity.
type Limit uint8

// The five limits (design.md). Their order breaks ties for what binds.
const (
	LimitSeats     Limit = iota // seats that the distance rule allows
	LimitOccupancy              // share of the room's normal capacity
	LimitBooths                 // booths that work
	LimitOfficer                // persons the officer may handle at once
	LimitMinutes                // officer-minutes left before the close or the shift's end
	limits
)

var limitNames = [limits]string{"distance", "occupancy", "booths", "officer", "minutes"}

// String returns the limit's stable name.
func (l Limit) String() string { return name(limitNames[:], int(l)) }

// MarshalText writes the stable name.
func (l Limit) MarshalText() ([]byte, error) { return []byte(l.String()), nil }

// Unlimited is the value of a limit that does not apply.
const Unlimited = 9999

// Capacity is how many persons a room may hold now: the least of five limits,
// each of which the manager can see.
type Capacity struct {
	Seats     int   `json:"distance"`  // most single strangers that the distance allows in the empty room
	Occupancy int   `json:"occupancy"` // Unlimited when the room has no normal capacity
	Booths    int   `json:"booths"`
	Officer   int   `json:"officer"`
	Minutes   int   `json:"minutes"` // persons already here plus those who can still be finished
	Persons   int   `json:"persons"` // the least of them
	Binds     Limit `json:"binds"`
	Present   int   `json:"present"` // persons at seats or on the way

	officerS int64 // officer's seconds that newcomers may need; noEnd: no end is near
}

// layout is a room's geometry as the planner sees it, kept from one change of
// rooms, seats or distance to the next. It is shared by copies of a state and
// never changed.
type layout struct {
	room    RoomID
	plan    *seating.Plan
	most    int    // single strangers in the empty room
	broken  int    // how many more there could be if every booth worked
	booths  int    // seats that work
	largest [2]int // most persons of one party, and of one that needs an accessible seat
}

// relayout works the geometry of every room out anew.
func (s *State) relayout() {
	s.layouts = nil
	s.relayoutRoom(0)
}

// relayoutRoom works the geometry of one room out anew, and of those of which
// none is known; it forgets that of rooms which are gone.
func (s *State) relayoutRoom(changed RoomID) {
	list := make([]layout, 0, len(s.Floor.Rooms))
	for i := range s.Floor.Rooms {
		r := &s.Floor.Rooms[i]
		known := slices.IndexFunc(s.layouts, func(l layout) bool { return l.room == r.ID })
		if known >= 0 && r.ID != changed {
			list = append(list, s.layouts[known])
		} else {
			list = append(list, s.layoutAnew(r))
		}
	}
	s.layouts = list
}

// layoutAnew works the geometry of a room out.
func (s *State) layoutAnew(r *Room) layout {
	p := s.Floor.Policy
	plan := seating.NewPlan(planSeats(s.RoomSeats(r)), p.Distance.DistanceMM, p.together())
	_, most, _, _ := plan.Most(plan.Open(seating.Set{}), 0)
	l := layout{room: r.ID, plan: plan, most: most, broken: s.lostToBroken(r, most)}
	for _, seat := range s.RoomSeats(r) {
		if !seat.Closed {
			l.booths++
		}
	}
	for n := 1; n <= MaxPersons; n++ { // a party without one of its members fits as well
		for kind := range l.largest {
			if plan.CanEver(n, kind == 1) {
				l.largest[kind] = n
			}
		}
	}
	return l
}

// lostToBroken is how many strangers fewer the room seats because some booths
// do not work.
func (s *State) lostToBroken(r *Room, most int) int {
	list, closed := planSeats(s.RoomSeats(r)), false
	for i := range list {
		closed = closed || list[i].Closed
		list[i].Closed = false
	}
	if !closed {
		return 0
	}
	plan := seating.NewPlan(list, s.Floor.Policy.Distance.DistanceMM, s.Floor.Policy.together())
	_, all, _, _ := plan.Most(plan.Open(seating.Set{}), 0)
	return max(0, all-most)
}

func planSeats(seats []Seat) []seating.Seat {
	list := make([]seating.Seat, len(seats))
	for i := range seats {
		list[i] = seating.Seat{XMM: seats[i].XMM, YMM: seats[i].YMM, Accessible: seats[i].Accessible, Closed: seats[i].Closed}
	}
	return list
}

func (s *State) layoutOf(r *Room) *layout {
	for i := range s.layouts {
		if s.layouts[i].room == r.ID {
			return &s.layouts[i]
		}
	}
	panic("scheduler: a room has no layout; every change of rooms must call relayout")
}

// CapacityOf returns the room's five limits at the given time.
func (s *State) CapacityOf(r *Room, now Time) Capacity { return s.capacity(r, s.layoutOf(r), now) }

func (s *State) capacity(r *Room, l *layout, now Time) Capacity {
	ses := s.SessionIn(r.ID)
	c := s.standingLimits(r, ses, l)
	seats := s.RoomSeats(r)
	for i := range seats {
		if seats[i].taken() {
			c.Present++
		}
	}
	c.Minutes, c.officerS = Unlimited, s.officerLeft(ses, now)
	if c.officerS != noEnd {
		c.Minutes = int(min(Unlimited, int64(c.Present)+max(0, c.officerS)/s.perPerson(s.soleOfficer(ses.ID), r)))
	}
	c.Persons, c.Binds = c.Seats, LimitSeats
	for i, v := range [limits]int{c.Seats, c.Occupancy, c.Booths, c.Officer, c.Minutes} {
		if v < c.Persons {
			c.Persons, c.Binds = v, Limit(i)
		}
	}
	if c.Binds == LimitSeats && l.broken > 0 {
		c.Binds = LimitBooths // the distance would allow more, did every booth work
	}
	return c
}

// standingLimits are the limits that do not pass with time or with people.
func (s *State) standingLimits(r *Room, ses *Session, l *layout) Capacity {
	f := &s.Floor
	c := Capacity{Seats: l.most, Occupancy: Unlimited, Booths: l.booths, Officer: s.officerLimit(ses)}
	if r.Normal > 0 {
		c.Occupancy = f.Policy.Distance.OccupancyPct * int(r.Normal) / 100
	}
	return c
}

// officerLimit is how many persons the crew may handle at once in this room.
func (s *State) officerLimit(ses *Session) int {
	limit := s.Floor.Policy.Group.Max
	if ses == nil {
		return limit
	}
	most := 0
	for _, id := range ses.Crew {
		o := s.Officer(id)
		if o == nil {
			continue
		}
		own := limit
		if o.MaxGroup > 0 {
			own = int(o.MaxGroup)
		}
		if s.Floor.Policy.Pooled {
			most = max(most, own) // the pool shares its rooms: each room holds one officer's group
		} else {
			most += own
		}
	}
	return most
}

// noEnd is the officer's seconds left where neither a close nor a shift's end
// binds: more than any day has.
const noEnd = int64(1) << 40

// officerLeft is the officer's seconds that the crew has left for newcomers
// before the day's close or the shifts' ends, the breaks left out, after those
// who are already at the seats; it may be below 0, and is noEnd without an end.
func (s *State) officerLeft(ses *Session, now Time) int64 {
	f := &s.Floor
	if ses == nil || len(ses.Crew) == 0 || s.endOf(ses) == 0 {
		return noEnd
	}
	left, by := s.crewLeft(ses, now), s.soleOfficer(ses.ID)
	for i := range f.Sessions {
		if other := &f.Sessions[i]; other.ID == ses.ID || f.Policy.Pooled && s.shareCrew(ses, other) {
			left -= s.officerWork(by, s.Room(other.Room))
		}
	}
	return left
}

// perPerson is the expected seconds of an officer that one person takes in the
// room: those of its longest programme. The capacity is told in such persons; a
// call counts the claims that everybody really brings.
func (s *State) perPerson(by OfficerID, r *Room) int64 {
	per := int64(1)
	for _, p := range s.programmesOf(r) {
		if t := s.Floor.timesBy(by, p); t != nil {
			per = max(per, t.alone)
		}
	}
	return per
}

// officerWork is the officer's seconds for everybody who is at the room's seats
// or on the way to them.
func (s *State) officerWork(by OfficerID, r *Room) int64 {
	sum := int64(0)
	seats := s.RoomSeats(r)
	for i := range seats {
		if seats[i].taken() && seats[i].Person == 0 { // a party counts once
			_, officer := s.workOf(by, s.Visit(seats[i].Visit))
			sum += officer
		}
	}
	return sum
}

// shareCrew reports whether an officer of the session works in the other one
// too, so that the people there need the same minutes.
func (s *State) shareCrew(ses, other *Session) bool {
	return slices.ContainsFunc(ses.Crew, func(id OfficerID) bool { return slices.Contains(other.Crew, id) })
}

// endOf is the branch time at which the session's officers stop: the close of
// the day or the latest shift's end, whichever comes first. 0 means never.
func (s *State) endOf(ses *Session) Time {
	f := &s.Floor
	var end Time
	if !f.Day.Extended && f.Day.Hours.CloseS > 0 {
		end = f.atSecond(f.Day.Hours.CloseS)
	}
	if ses == nil {
		return end
	}
	var shift Time
	for _, id := range ses.Crew {
		if o := s.Officer(id); o != nil {
			if o.ShiftEnd == 0 {
				return end
			}
			shift = max(shift, o.ShiftEnd)
		}
	}
	if shift != 0 && (end == 0 || shift < end) {
		return shift
	}
	return end
}
