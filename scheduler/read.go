package scheduler

import "lapak/scheduler/procedure"

// What screens and reports read of a state, beside the entities themselves.

// Steps returns the steps of the claim's procedure under the policy's
// briefing. The caller must not change them.
func (s *State) Steps(c *Claim) []procedure.Step {
	if t := s.Floor.timesOf(c.Programme); t != nil {
		return t.steps
	}
	return nil
}

// Mark returns what is known of one document of one claim.
func (d *Dossier) Mark(c ClaimID, doc procedure.Doc) Mark { return d.mark(c, doc) }

// CanUndo reports whether nothing later stands in the way of taking the act
// back; the time limit is the caller's to show.
func (s *State) CanUndo(u *Undoable) bool { return s.untouched(u) }

// WaitStart is when the visit's wait began: on arrival, or when the doors
// opened if it came earlier.
func (s *State) WaitStart(v *Visit) Time {
	if s.Floor.Day.Extended {
		return v.Arrived
	}
	return max(v.Arrived, s.Floor.atSecond(s.Floor.Day.Hours.OpenS))
}

// TooNear reports, for each of the room's seats in order, whether its person
// sits nearer to one of another party than the distance in force now. People
// already seated keep their seats when the distance is tightened; the manager
// sees who is concerned and decides.
func (s *State) TooNear(r *Room) []bool {
	seats := s.RoomSeats(r)
	near := make([]bool, len(seats))
	want := square(int64(s.Floor.Policy.Distance.DistanceMM))
	for a := range seats {
		for b := range a {
			x, y := &seats[a], &seats[b]
			if x.taken() && y.taken() && x.Visit != y.Visit && apartSquared(x, y) < want {
				near[a], near[b] = true, true
			}
		}
	}
	return near
}
