package scheduler

import (
	"lapak/scheduler/procedure"
	"lapak/scheduler/seating"
)

// What the forecast's compact twin of the floor asks of the rules once, before
// it runs the floor forward, so that it cannot come to another answer.

// Geometry is a room as the planner sees it. It must not be changed.
type Geometry struct {
	Plan    *seating.Plan
	Most    int    // single strangers in the empty room
	Largest [2]int // most persons of one party, and of one that needs an accessible seat
}

// GeometryOf returns the room's geometry. The room must exist.
func (s *State) GeometryOf(r *Room) Geometry {
	l := s.layoutOf(r)
	return Geometry{Plan: l.plan, Most: l.most, Largest: l.largest}
}

// LimitsOf returns the room's limits that pass neither with time nor with
// people: distance, occupancy, booths and officer.
func (s *State) LimitsOf(r *Room) Capacity {
	return s.standingLimits(r, s.SessionIn(r.ID), s.layoutOf(r))
}

// PersonS is the expected seconds of an officer that one more person takes in
// the room, at least 1: by it the minutes left are counted in persons.
func (s *State) PersonS(by OfficerID, r *Room) int64 { return s.perPerson(by, r) }

// SoleOfficer is the one officer of a session's crew, by whose times its work
// is expected, or 0.
func (s *State) SoleOfficer(id SessionID) OfficerID { return s.soleOfficer(id) }

// EndOf is the branch time at which the session's officers stop, or 0.
func (s *State) EndOf(ses *Session) Time { return s.endOf(ses) }

// OpensAt is when the first call may be made.
func (s *State) OpensAt() Time { return s.opensAt() }

// ModeOf is the mode of the next session in the room.
func (s *State) ModeOf(r *Room) Mode { return s.modeOf(r) }

// RoomServes reports whether the programme may be worked in the room.
func (s *State) RoomServes(r *Room, p procedure.Programme) bool {
	for _, q := range s.programmesOf(r) {
		if q == p {
			return true
		}
	}
	return r.Desk
}

// EffectiveAt is the place in the fair order of a visit whose papers are found
// complete at a time; of one that is booked, when it arrives then.
func (s *State) EffectiveAt(v Visit, ready Time) Time {
	if v.State == Booked {
		v.Arrived = ready
	}
	at, _ := s.Floor.effective(&v, ready)
	return at
}

// Expected returns the expected seconds of a claim's steps by which the rules
// decide when the officer works them, 0 being any: from the given step on all
// of them and the officer's alone, and the step's own.
func (s *State) Expected(by OfficerID, p procedure.Programme, step int) (all, officer, own int64) {
	c := Claim{Programme: p, Step: int8(step)}
	all, officer = s.Floor.remaining(by, &c, false)
	if st, ok := s.Floor.stepBy(by, &c); ok {
		own = int64(st.MeanS)
	}
	return all, officer, own
}
