package measure

import (
	"cmp"
	"fmt"
	"slices"

	"lapak/scheduler"
	"lapak/scheduler/procedure"
)

// Overtakes counts overtakes on its own, without the planner: from each record's
// calls, and from who still waits after it. A call passes a visit when the
// visit stands first among those whom the room could take at all and the call
// leaves waiting, and somebody behind it is called.
//
// It leaves out what it could only judge by repeating the planner: calls while
// somebody waits who needs an accessible seat, which is kept then; companies'
// visits (their share); rooms with a booth out of order or somebody too near;
// and the last two hours, when it may be too late for the long stay of one
// visit and not for another.
type Overtakes struct {
	passed map[scheduler.VisitID]int
	held   map[scheduler.VisitID]bool // for whom seats were held before the record
	times  int                        // passes that were counted, over the whole day
}

// tooLateS is those two hours.
const tooLateS = 2 * 3600

// Times is how many passes were counted so far.
func (b *Overtakes) Times() int { return b.times }

// Add counts the calls of a record, which led to the state, on a day that closes at
// a time. It returns a sentence for each visit that is now passed more often than
// the policy allows.
func (b *Overtakes) Add(s *scheduler.State, rec *scheduler.Record, closes scheduler.Time) (beyond []string) {
	if b.passed == nil {
		b.passed = map[scheduler.VisitID]int{}
	}
	defer b.holds(s)
	for i, e := range rec.Events {
		call, ok := e.(scheduler.GroupCalled)
		if !ok {
			continue
		}
		for _, p := range call.Picks {
			delete(b.passed, p.Visit) // it has its turn
		}
		if rec.At > closes-tooLateS {
			continue
		}
		room := s.Room(call.Room)
		if room == nil || room.Desk || !b.clear(s, room, rec.At) {
			continue
		}
		first := b.first(s, room, &call, later(rec.Events[i+1:]), rec.At)
		if first == nil {
			continue
		}
		n := 0
		for _, p := range call.Picks {
			if v := s.Visit(p.Visit); v != nil && !b.held[v.ID] && inFront(first, v) < 0 {
				n++
			}
		}
		if n == 0 {
			continue
		}
		b.passed[first.ID] += n
		b.times += n
		if most := s.Floor.Policy.Order.OvertakeMax; b.passed[first.ID] > most {
			beyond = append(beyond, fmt.Sprintf("record %d: visit %d (%d persons) has been passed %d times; the bound is %d", rec.Seq, first.ID, first.Persons, b.passed[first.ID], most))
		}
	}
	return beyond
}

// holds remembers for whom seats are held: others may be called to the rest.
func (b *Overtakes) holds(s *scheduler.State) {
	b.held = map[scheduler.VisitID]bool{}
	for i := range s.Floor.Seats {
		if id := s.Floor.Seats[i].HeldFor; id != 0 {
			b.held[id] = true
		}
	}
}

// later lists whom these events call: they waited until now.
func later(events []scheduler.Event) map[scheduler.VisitID]bool {
	ids := map[scheduler.VisitID]bool{}
	for _, e := range events {
		if call, ok := e.(scheduler.GroupCalled); ok {
			for _, p := range call.Picks {
				ids[p.Visit] = true
			}
		}
	}
	return ids
}

// clear reports whether nothing but persons and free seats decides who may
// come into the room.
func (b *Overtakes) clear(s *scheduler.State, room *scheduler.Room, now scheduler.Time) bool {
	for i, seat := range s.RoomSeats(room) {
		if seat.Closed || s.TooNear(room)[i] {
			return false
		}
	}
	c := s.CapacityOf(room, now)
	return c.Minutes-c.Present > scheduler.MaxPersons
}

// first is the visit that stood first in the line among those whom the empty
// room could take and the call did not: of its programmes, in a closed group of
// the group's where the policy wants that, and not more persons than it may hold.
func (b *Overtakes) first(s *scheduler.State, room *scheduler.Room, call *scheduler.GroupCalled, called map[scheduler.VisitID]bool, now scheduler.Time) *scheduler.Visit {
	programmes := b.programmes(s, room, call)
	c := s.CapacityOf(room, now)
	var best *scheduler.Visit
	for i := range s.Floor.Visits {
		v := &s.Floor.Visits[i]
		picked := slices.ContainsFunc(call.Picks, func(p scheduler.Pick) bool { return p.Visit == v.ID })
		if v.State != scheduler.Waiting && !called[v.ID] && !picked {
			continue
		}
		if v.Accessible {
			return nil
		}
		if picked {
			continue
		}
		if int(v.Persons) > min(c.Seats, c.Occupancy, c.Booths, c.Officer) || b.held[v.ID] {
			continue // too many for this room, or with seats of its own to come
		}
		if !slices.Contains(programmes, programmeOf(s, v)) {
			continue
		}
		if best == nil || inFront(v, best) < 0 || (inFront(v, best) == 0 && (called[v.ID] || (!called[best.ID] && v.ID < best.ID && v.Since <= best.Since))) {
			best = v
		}
	}
	if best != nil && best.Channel == scheduler.Collective {
		return nil
	}
	return best
}

// programmes are those that count for the call.
func (b *Overtakes) programmes(s *scheduler.State, room *scheduler.Room, call *scheduler.GroupCalled) []procedure.Programme {
	ses := s.SessionIn(room.ID)
	if ses != nil && ses.Mode == scheduler.Closed && s.Floor.Policy.Group.SameProgramme {
		return []procedure.Programme{programmeOf(s, s.Visit(call.Picks[0].Visit))}
	}
	switch {
	case len(room.Programmes) > 0:
		return room.Programmes
	case ses != nil && ses.Mode == scheduler.Single:
		return procedure.Programmes() // one at a time, every programme is worked
	}
	return s.Floor.Policy.Programmes
}

// programmeOf is that of the visit's first open claim.
func programmeOf(s *scheduler.State, v *scheduler.Visit) procedure.Programme {
	for _, k := range s.ClaimsOf(v) {
		if k.Outcome == scheduler.NoOutcome {
			return k.Programme
		}
	}
	return ""
}

// inFront is the fair order, written down a second time, as far as a call does
// not change it: of two that were put behind the same one, the call has wiped
// out which came first.
func inFront(a, b *scheduler.Visit) int {
	return cmp.Or(cmp.Compare(a.Effective, b.Effective), cmp.Compare(a.Lot, b.Lot), cmp.Compare(a.Requeues, b.Requeues))
}
