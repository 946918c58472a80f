package audit

import (
	"lapak/scheduler"
)

// PersonRevealed is the kind of an act that no record holds: somebody looked at a
// visitor's name. The people vault writes it down, and Day.Reveal puts it in place.
const PersonRevealed = "person.revealed"

// Act is one event: who, when, what, about whom, where and why.
type Act struct {
	Seq     int64                `json:"seq"` // of its record; several events may share it
	At      scheduler.Time       `json:"at"`
	By      scheduler.Actor      `json:"by"`
	Kind    string               `json:"kind"`             // the event's
	To      string               `json:"to,omitempty"`     // the state, outcome, mark or kind of call that came of it
	Visits  []Part               `json:"visits,omitempty"` // whom it was about
	Passed  []Part               `json:"passed,omitempty"` // whom a call passed over
	Room    scheduler.RoomID     `json:"room,omitempty"`
	Seats   []scheduler.SeatNo   `json:"seats,omitempty"`
	Officer scheduler.OfficerID  `json:"officer,omitempty"` // about whom, not who gave it
	Reason  scheduler.ReasonCode `json:"reason,omitempty"`  // that a person chose
	Why     []scheduler.Why      `json:"why,omitempty"`     // that the rules recorded
	Undone  int64                `json:"undone,omitempty"`  // the record that took it back
	Undoes  int64                `json:"undoes,omitempty"`  // the record that it took back
}

// Part is one visit of an act.
type Part struct {
	Visit  scheduler.VisitID  `json:"visit"`
	Number string             `json:"number,omitempty"` // none: booked, and not here yet
	Seats  []scheduler.SeatNo `json:"seats,omitempty"`
	Why    []scheduler.Why    `json:"why,omitempty"`
}

// Kinds lists every kind that an act can have.
func Kinds() []string { return append(scheduler.EventKinds(), PersonRevealed) }

func one(id scheduler.VisitID) []Part { return []Part{{Visit: id}} }

func several(lists ...[]scheduler.VisitID) []Part {
	var parts []Part
	for _, list := range lists {
		for _, id := range list {
			parts = append(parts, Part{Visit: id})
		}
	}
	return parts
}

// ofClaim is the visit that a claim belongs to, if the state knows it.
func ofClaim(s *scheduler.State, id scheduler.ClaimID) []Part {
	if c := s.Claim(id); c != nil {
		return one(c.Visit)
	}
	return nil
}

// at are the visits at some seats of a room, each once.
func at(s *scheduler.State, room scheduler.RoomID, seats ...scheduler.SeatNo) []Part {
	var parts []Part
	for i := range s.Floor.Seats {
		seat := &s.Floor.Seats[i]
		if seat.Room != room || seat.Visit == 0 || !has(seats, seat.No) || about(parts, seat.Visit) {
			continue
		}
		parts = append(parts, Part{Visit: seat.Visit})
	}
	return parts
}

func has(list []scheduler.SeatNo, no scheduler.SeatNo) bool {
	for _, n := range list {
		if n == no {
			return true
		}
	}
	return false
}

func about(parts []Part, id scheduler.VisitID) bool {
	for _, p := range parts {
		if p.Visit == id {
			return true
		}
	}
	return false
}

func roomOf(s *scheduler.State, id scheduler.SessionID) scheduler.RoomID {
	for i := range s.Floor.Sessions {
		if s.Floor.Sessions[i].ID == id {
			return s.Floor.Sessions[i].Room
		}
	}
	return 0
}

// describe is an event as an act, as far as the state before or after it tells.
func describe(s *scheduler.State, e scheduler.Event) Act {
	a := ofVisit(s, e)
	if a.Kind == "" {
		a = ofWork(s, e)
	}
	if a.Kind == "" {
		a = ofBranch(e)
	}
	a.Kind = e.Kind()
	return a
}

// found marks an act that is described.
const found = "found"

// ofVisit describes what happens to a visit.
func ofVisit(s *scheduler.State, e scheduler.Event) Act {
	a := Act{Kind: found}
	switch e := e.(type) {
	case scheduler.VisitOpened:
		a.Visits, a.To, a.Why = one(e.Visit.ID), e.Visit.State.String(), e.Why
	case scheduler.VisitArrived:
		a.Visits = one(e.ID)
	case scheduler.VisitMoved:
		a.Visits, a.To, a.Why, a.Reason = one(e.ID), e.To.String(), e.Why, e.Reason
		if v := s.Visit(e.ID); v != nil {
			a.Room = v.Room
		}
	case scheduler.VisitCorrected:
		a.Visits, a.Reason = one(e.ID), e.Reason
	case scheduler.VisitRecalled:
		a.Visits = one(e.ID)
	case scheduler.VisitSeated:
		a.Visits = one(e.ID)
		if v := s.Visit(e.ID); v != nil {
			a.Room = v.Room
		}
	case scheduler.VisitUnseated:
		a.Visits = one(e.ID)
		if v := s.Visit(e.ID); v != nil {
			a.Room = v.Room
		}
	case scheduler.ClaimAdded:
		a.Visits, a.Reason = one(e.Claim.Visit), e.Reason
	case scheduler.ClaimChanged:
		a.Visits, a.Reason = ofClaim(s, e.ID), e.Because
	case scheduler.PaperMarked:
		a.Visits, a.To = ofClaim(s, e.Claim), e.Mark.String()
	case scheduler.StepDone:
		a.Visits = ofClaim(s, e.Claim)
	case scheduler.ClaimSettled:
		a.Visits, a.To, a.Reason = ofClaim(s, e.Claim), e.Outcome.String(), e.Reason
	case scheduler.SeatsHeld:
		a.Visits, a.Room, a.Seats = one(e.Visit), e.Room, e.Seats
	case scheduler.SurveyAnswered:
		a.Visits = one(e.Visit)
	case scheduler.TicketPrinted:
		a.Visits = one(e.Visit)
	case scheduler.SlipEntered:
		a.Visits = one(e.Visit)
	default:
		return Act{}
	}
	return a
}

// ofWork describes what officers and sessions do.
func ofWork(s *scheduler.State, e scheduler.Event) Act {
	a := Act{Kind: found}
	switch e := e.(type) {
	case scheduler.GroupCalled:
		a.Room, a.To, a.Reason = e.Room, e.Kindof.String(), e.Reason
		for _, p := range e.Picks {
			a.Visits = append(a.Visits, Part{Visit: p.Visit, Seats: p.Seats, Why: p.Why})
		}
		for _, k := range e.Skips {
			a.Passed = append(a.Passed, Part{Visit: k.Visit, Why: k.Why})
		}
	case scheduler.SessionOpened:
		a.Room, a.To = e.Room, e.Mode.String()
	case scheduler.SessionMoved:
		a.Room, a.To, a.Reason = roomOf(s, e.ID), e.To.String(), e.Reason
	case scheduler.CrewChanged:
		a.Room, a.Reason = roomOf(s, e.ID), e.Reason
		if len(e.Crew) > 0 {
			a.Officer = e.Crew[0]
		}
	case scheduler.SeatMoved:
		a.Room, a.Seats, a.To, a.Visits = e.Room, []scheduler.SeatNo{e.No}, e.To.String(), at(s, e.Room, e.No)
	case scheduler.HelpAsked:
		a.Room, a.Seats, a.Visits = e.Room, []scheduler.SeatNo{e.No}, at(s, e.Room, e.No)
		if e.Over {
			a.To = "over"
		}
	case scheduler.OfficerTook:
		a.Officer, a.Room, a.Seats, a.Why, a.Visits = e.Officer, e.Room, e.Seats, e.Why, at(s, e.Room, e.Seats...)
	case scheduler.OfficerFreed:
		a.Officer = e.Officer
	case scheduler.OfficerSet:
		a.Officer = e.ID
	case scheduler.OfficerMoved:
		a.Officer, a.To, a.Reason = e.ID, e.To.String(), e.Reason
	default:
		return Act{}
	}
	return a
}

// ofBranch describes what concerns the whole branch. Events about nobody and no place
// have their kind only.
func ofBranch(e scheduler.Event) Act {
	var a Act
	switch e := e.(type) {
	case scheduler.DayClosed:
		a.Visits = several(e.Carried, e.Missed, e.Gone)
	case scheduler.RoomSet:
		a.Room = e.Room.ID
	case scheduler.RoomFitted:
		a.Room = e.Fitting.Room
	case scheduler.RoomPlanned:
		a.Room = e.Room.ID
	case scheduler.RoomPlanDropped:
		a.Room = e.Room
	case scheduler.RoomRemoved:
		a.Room = e.Room
	case scheduler.SeatSet:
		a.Room, a.Seats, a.Reason, a.To = e.Room, []scheduler.SeatNo{e.No}, e.Reason, "open"
		if e.Closed {
			a.To = "closed"
		}
	case scheduler.DrawFrozen:
		for _, entry := range e.List {
			a.Visits = append(a.Visits, Part{Visit: entry.Visit})
		}
	case scheduler.DrawHeld:
		a.Visits = several(e.Order)
	case scheduler.DrawVoided:
		a.Reason = e.Reason
	case scheduler.Undone:
		a.Undoes = e.Seq
	}
	return a
}
