package scheduler

import "slices"

func (e SessionOpened) apply(s *State) {
	f := &s.Floor
	f.Sessions = append(f.Sessions, Session{ID: e.ID, Room: e.Room, Mode: e.Mode, State: Forming,
		Crew: e.Crew, Opened: s.cap.at, Since: s.cap.at, Touched: s.cap.seq})
	f.NextSession = max(f.NextSession, e.ID+1)
	s.roomW(e.Room).Session = e.ID
}

func (e SessionMoved) apply(s *State) {
	ses := s.sessionW(e.ID)
	ses.State, ses.Since = e.To, s.cap.at
	ses.Last = ses.Last || e.Last
	r := s.roomW(ses.Room)
	switch e.To {
	case Cleaning:
		r.ReadyAt = e.Until
	case Ended:
		r.Session, r.ReadyAt = 0, min(r.ReadyAt, s.cap.at)
		s.Floor.Sessions = slices.DeleteFunc(slices.Clone(s.Floor.Sessions), func(x Session) bool { return x.ID == e.ID })
	}
}

func (e CrewChanged) apply(s *State) { s.sessionW(e.ID).Crew = e.Crew }

func (e GroupCalled) apply(s *State) {
	f := &s.Floor
	call := Call{Seq: s.cap.seq, At: s.cap.at, Kind: e.Kindof, Room: e.Room}
	for _, p := range e.Picks {
		s.endHold(p.Visit)
		v := s.visitW(p.Visit)
		v.State, v.Since, v.CalledAt, v.Recalls = Called, s.cap.at, s.cap.at, 0
		v.Room, v.Session, v.Sitting = e.Room, e.Session, 0
		if v.FirstCall == 0 {
			v.FirstCall = s.cap.at
			s.scoreCall(p.Visit, s.cap.at, 1)
		}
		for k, no := range p.Seats {
			seat := s.seatW(e.Room, no)
			seat.State, seat.Since, seat.Visit, seat.Person = SeatExpected, s.cap.at, p.Visit, int8(k)
			seat.Claim, seat.Help, seat.CalledSeq, seat.DistanceMM = 0, false, s.cap.seq, e.DistanceMM
			seat.FreeAt, seat.LastVisit = 0, 0
		}
		call.Places = append(call.Places, Place{Visit: p.Visit, Ticket: v.Ticket, Seats: p.Seats})
		s.note(p.Visit, "called", p.Why)
	}
	for _, k := range e.Skips {
		if k.Counted > 0 {
			s.visitW(k.Visit).Overtaken += k.Counted
			s.note(k.Visit, "overtaken", k.Why)
		}
	}
	f.pushCall(call)
}

func (f *Floor) pushCall(c Call) {
	if len(f.Calls) >= MaxCalls {
		f.Calls = f.Calls[len(f.Calls)-MaxCalls+1:] // a draft has the list for itself
	}
	f.Calls = append(f.Calls, c)
}

func (e VisitRecalled) apply(s *State) {
	v := s.visitW(e.ID)
	v.Recalls++
	var seats []SeatNo
	for _, seat := range s.SeatsOf(v) {
		seats = append(seats, seat.No)
	}
	s.Floor.pushCall(Call{Seq: s.cap.seq, At: s.cap.at, Kind: Recall, Room: v.Room,
		Places: []Place{{Visit: v.ID, Ticket: v.Ticket, Seats: seats}}})
	s.note(v.ID, "recalled", nil)
}

func (e VisitSeated) apply(s *State) {
	v := s.visitW(e.ID)
	v.State, v.Since, v.SeatedAt = Seated, s.cap.at, s.cap.at
	s.note(v.ID, "seated", nil)
}

// apply gives the whole time to come: nobody looked for them while the seat seemed taken.
func (e VisitUnseated) apply(s *State) {
	v := s.visitW(e.ID)
	for _, seat := range s.SeatsOf(v) {
		w := s.seatW(seat.Room, seat.No)
		w.State, w.Since, w.Claim, w.Help = SeatExpected, s.cap.at, 0, false
	}
	for _, open := range e.Reopen {
		s.claimW(open.Claim).Step = open.Step
	}
	v.State, v.Since, v.CalledAt, v.Recalls, v.SeatedAt = Called, s.cap.at, s.cap.at, 0, 0
	s.note(v.ID, "unseated", nil)
}

func (e SeatMoved) apply(s *State) {
	seat := s.seatW(e.Room, e.No)
	seat.State, seat.Since = e.To, s.cap.at
	if e.To == SeatFree {
		seat.FreeAt, seat.LastVisit = 0, 0
	}
	if e.Claim != 0 {
		seat.Claim = e.Claim
		s.claimW(e.Claim).StepSince = s.cap.at
	}
	if e.To == SeatBeside {
		seat.Claim = 0
	}
}

func (e HelpAsked) apply(s *State) {
	seat := s.seatW(e.Room, e.No)
	seat.Help, seat.HelpSince = !e.Over, s.cap.at
}

func (e OfficerTook) apply(s *State) {
	o := s.officerW(e.Officer)
	o.WithRoom, o.WithSeat, o.WithGroup, o.WithSince = e.Room, e.No, nil, s.cap.at
	if e.No == 0 {
		o.WithGroup = e.Seats
	}
	for _, no := range e.Seats {
		seat := s.seatW(e.Room, no)
		seat.State, seat.Since, seat.Help = SeatWithOfficer, s.cap.at, false
		if seat.Claim != 0 {
			s.claimW(seat.Claim).StepSince = s.cap.at
		}
	}
}

func (e OfficerFreed) apply(s *State) {
	o := s.officerW(e.Officer)
	o.WithRoom, o.WithSeat, o.WithGroup, o.WithSince = 0, 0, nil, 0
}
