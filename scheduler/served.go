package scheduler

import (
	"slices"

	"lapak/scheduler/procedure"
)

// ServedBy reports who of the branch's rooms works the programme, whether they
// are in use or not: a room that calls from the line, and a side desk, which
// works every programme but calls only whom it was sent.
func (s *State) ServedBy(p procedure.Programme) (room, desk bool) {
	for i := range s.Floor.Rooms {
		r := &s.Floor.Rooms[i]
		desk = desk || r.Desk
		room = room || !r.Desk && slices.Contains(s.programmesOf(r), p)
	}
	return room, desk
}

// Unserved reports whether the visit waits for a programme that no room of the
// branch works: without a word of it nobody would ever be called. A branch
// without rooms has not said yet what it works.
func (s *State) Unserved(v *Visit) bool { return v.State == Waiting && s.NoRoom(v) }

// NoRoom reports whether no room of the branch works what the visit would be called
// for, wherever it stands by now: only a side desk, if there is one, calls it.
func (s *State) NoRoom(v *Visit) bool {
	if len(s.Floor.Rooms) == 0 {
		return false
	}
	p := s.programmeOf(v)
	room, _ := s.ServedBy(p)
	return p != "" && !room
}

// InLine returns those whom a room calls, in the fair order: the line of the
// state without those whose programme no room works. They wait for a side desk,
// stand before nobody and make nobody's wait longer.
func (s *State) InLine(state VisitState) []*Visit {
	line := s.Floor.Line(state)
	if state != Waiting || len(s.Floor.Rooms) == 0 {
		return line
	}
	served := map[procedure.Programme]bool{"": true} // asked once each: a line is long
	return slices.DeleteFunc(line, func(v *Visit) bool {
		p := s.programmeOf(v)
		room, known := served[p]
		if !known {
			room, _ = s.ServedBy(p)
			served[p] = room
		}
		return !room
	})
}

// WaitsFor is the programme by which the visit is called: that of its first
// claim that is not settled.
func (s *State) WaitsFor(v *Visit) procedure.Programme { return s.programmeOf(v) }

// onlyAtDesk lists the programmes that no room of the branch works but a side
// desk with a session does, so that whoever waits for them belongs there.
func (s *State) onlyAtDesk() []procedure.Programme {
	var list []procedure.Programme
	for i := range s.Floor.Sessions {
		ses := &s.Floor.Sessions[i]
		if !s.Room(ses.Room).Desk || ses.State != Forming && !ses.State.refills() {
			continue
		}
		for _, p := range everyProgramme {
			if room, _ := s.ServedBy(p); !room && s.crewServes(ses, p) && !slices.Contains(list, p) {
				list = append(list, p)
			}
		}
	}
	return list
}
