package scheduler

import (
	"slices"

	"lapak/scheduler/procedure"
)

// standing gives the reasons for a visit's place in the order, as they are
// recorded when it joined the line.
func (s *State) standing(v *Visit) []Why {
	p := &s.Floor.Policy.Order
	var why []Why
	if v.Due != 0 && v.Arrived-v.Due <= int64(p.GraceS) {
		why = append(why, Why{Code: WhyBooked, A: int64(p.BookingCreditS)})
	}
	if v.Priority != NoPriority {
		why = append(why, Why{Code: WhyPriority, A: int64(p.PriorityJumpS)})
	}
	if v.Overtaken > 0 {
		why = append(why, Why{Code: WhyOvertaken, A: int64(v.Overtaken), B: int64(p.OvertakeMax)})
	}
	return why
}

// formationRule decides whether the plan is due: a refill and a single at
// once; a closed group when it is full, when its oldest has waited long enough,
// or at the last moment at which all of it can still be finished (planning.md
// section 2: thresholds hardly matter, so they are simple).
func (f *former) formationRule() {
	s, p, now := f.s, f.plan, f.now
	if len(p.Picks) == 0 {
		return
	}
	if at := s.opensAt(); now < at { // an officer may start early by hand; nothing starts by itself
		p.DueAt = at
		p.Wait = append(p.Wait, Why{Code: WhyNotOpen, A: at - now})
		return
	}
	if f.ses.Mode != Closed {
		p.Due = true
		return
	}
	g := &s.Floor.Policy.Group
	want := min(g.Target, p.Capacity.Persons)
	if p.Persons >= want {
		p.Due = true
		p.Wait = append(p.Wait, Why{Code: WhyTargetMet, A: int64(p.Persons)})
		return
	}
	oldest := s.Visit(p.Picks[0].Visit).Since
	for _, pick := range p.Picks {
		oldest = min(oldest, s.Visit(pick.Visit).Since)
	}
	at, last := oldest+int64(g.MaxFormWaitS), now+f.lastStart()
	switch {
	case now >= at:
		p.Due = true
		p.Wait = append(p.Wait, Why{Code: WhyFormTimeout, A: now - oldest})
	case now >= last:
		p.Due = true
		p.Wait = append(p.Wait, Why{Code: WhyLastStart, A: f.left})
	default:
		p.DueAt = min(at, last)
		p.Wait = append(p.Wait, Why{Code: WhyTooFew, A: int64(p.Persons), B: int64(want)})
	}
}

// spend takes the visit's work off what the officers have left.
func (f *former) spend(v *Visit) {
	if f.end == 0 {
		return
	}
	stay, officer := f.s.workOf(f.by, v)
	f.work -= officer
	f.slack = min(f.slack, f.left-stay)
}

// lastStart is in how many seconds the group must start at the latest: nobody
// of it may come to need more time than there is, nor all of it together more
// of the officers, whose time runs for each of them.
func (f *former) lastStart() int64 {
	return max(0, min(f.slack, f.work/int64(max(1, len(f.ses.Crew)))))
}

// programmesOf lists the programmes that a room serves.
func (s *State) programmesOf(r *Room) []procedure.Programme {
	mode := s.modeOf(r)
	if ses := s.SessionIn(r.ID); ses != nil {
		mode = ses.Mode // a change of the branch's mode binds the next session
	}
	switch {
	case len(r.Programmes) > 0:
		return r.Programmes
	case mode == Single:
		return everyProgramme
	}
	return s.Floor.Policy.Programmes
}

// everyProgramme is what a room serves that takes one visit at a time.
var everyProgramme = procedure.Programmes()

// serves reports whether the programme may be worked in the room by its crew.
func (s *State) serves(r *Room, ses *Session, p procedure.Programme) bool {
	return (r.Desk || slices.Contains(s.programmesOf(r), p)) && s.crewServes(ses, p)
}

// modeOf is the room's mode, or the branch's default.
func (s *State) modeOf(r *Room) Mode {
	if r.Mode == ModeDefault {
		return s.Floor.Policy.Mode
	}
	return r.Mode
}

// crewServes reports whether somebody of the crew works the programme.
func (s *State) crewServes(ses *Session, p procedure.Programme) bool {
	for _, id := range ses.Crew {
		if o := s.Officer(id); o != nil && hasProgramme(o.Programmes, p) {
			return true
		}
	}
	return false
}

// nowhereFits reports whether no room with a session that serves the visit's
// programme could seat it even when empty. Without any such room nothing can
// be said, so it waits.
func (s *State) nowhereFits(v *Visit) bool {
	asked := false
	p := s.programmeOf(v)
	for i := range s.Floor.Rooms {
		r := &s.Floor.Rooms[i]
		ses := s.SessionIn(r.ID)
		if ses == nil || r.Desk || !slices.Contains(s.programmesOf(r), p) {
			continue
		}
		asked = true
		if int(v.Persons) <= s.largestParty(r, ses, kindOf(v)) {
			return false
		}
	}
	return asked
}

// largestParty is the most persons of one party that the empty room could seat
// under the limits that do not pass with time; kind 1 needs an accessible seat.
func (s *State) largestParty(r *Room, ses *Session, kind int) int {
	l := s.layoutOf(r)
	c := s.standingLimits(r, ses, l)
	return min(c.Occupancy, c.Booths, c.Officer, l.largest[kind])
}
