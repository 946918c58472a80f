package scheduler

import (
	"slices"

	"lapak/scheduler/calendar"
)

func (e DayOpened) apply(s *State) {
	f := &s.Floor
	f.Day = Day{Date: e.Date, Open: true, Opened: s.cap.at, Hours: e.Hours, Extended: e.Extended,
		OffsetS: f.Day.OffsetS, Number: f.Day.Number + 1}
	f.LastNo = [channels]int32{}
	if f.Draw != nil && f.Draw.Date != e.Date {
		f.Draw = nil
	}
	f.Calls = nil
	f.Told, f.Lanes, f.LaneAhead, f.ToldAt, f.Scores = nil, [channels]Promise{}, [channels]int32{}, 0, nil
	f.forget(s)
	s.remakeLines()
}

// forget drops the visits of earlier days: closed days leave the state. Booked
// ones stay. A visit carried over to a day on which the branch then did not
// open keeps its guarantee and comes to this day.
func (f *Floor) forget(s *State) {
	var visits []Visit
	var claims []Claim
	var dossiers []*Dossier
	for i := range f.Visits {
		v := &f.Visits[i]
		if v.State.Final() || (v.Date < f.Day.Date && v.Priority != Guaranteed) {
			continue
		}
		if v.Date < f.Day.Date {
			if s.liveVisit(v.Person, f.Day.Date) != nil {
				continue // the person has booked this day meanwhile
			}
			v.Date = f.Day.Date
		}
		visits = append(visits, *v)
		for _, c := range s.ClaimsOf(v) {
			claims = append(claims, *c)
		}
		if d := s.Dossier(v.ID); d != nil {
			dossiers = append(dossiers, d)
		}
	}
	slices.SortFunc(claims, func(a, b Claim) int { return cmp64(int64(a.ID), int64(b.ID)) })
	f.Visits, f.Claims, s.Dossiers = visits, claims, dossiers
	s.Undo, s.Surveys = nil, nil
	for i := range f.Seats {
		f.Seats[i].LastVisit = 0
	}
}

func (e DayClosed) apply(s *State) {
	f := &s.Floor
	f.Day.Open, f.Day.Closed = false, s.cap.at
	for i := range f.Officers {
		o := s.officerW(f.Officers[i].ID)
		o.Presence, o.Since, o.Until, o.ShiftEnd = OffShift, s.cap.at, 0, 0
		o.WithRoom, o.WithSeat, o.WithGroup, o.WithSince = 0, 0, nil, 0
	}
	for _, id := range e.Missed {
		s.endVisit(id, NoShow, Why{Code: WhyNoShow})
	}
	for _, id := range e.Gone {
		s.endVisit(id, Left, Why{Code: WhyCarried})
	}
	for _, id := range e.Carried {
		s.endVisit(id, CarriedOver, Why{Code: WhyCarried})
	}
	for i := range f.Sessions {
		r := s.roomW(f.Sessions[i].Room)
		r.Session, r.ReadyAt = 0, s.cap.at
	}
	f.Sessions = nil
	for i := range f.Seats {
		if f.Seats[i].State != SeatFree || f.Seats[i].HeldFor != 0 {
			seat := s.seatW(f.Seats[i].Room, f.Seats[i].No)
			seat.State, seat.Since, seat.FreeAt, seat.LastVisit, seat.HeldFor = SeatFree, s.cap.at, 0, 0, 0
		}
	}
	f.NextVisit, f.NextClaim = max(f.NextVisit, e.FirstVisit), max(f.NextClaim, e.FirstClaim)
	for _, id := range e.Carried {
		s.carry(id, e.Next)
	}
}

func (s *State) endVisit(id VisitID, to VisitState, why Why) {
	v := s.visitW(id)
	if inSession(v) {
		s.freeSeats(v, s.cap.at)
	}
	v.State, v.Since, v.Ended = to, s.cap.at, s.cap.at
	s.note(id, KindRef(to.String()), []Why{why})
}

// carry books the visit's open claims for the next open day, with a guarantee.
// Somebody who has a booking for that day already gets the guarantee there:
// one person holds one number.
func (s *State) carry(id VisitID, next calendar.Date) {
	f := &s.Floor
	v, kept := s.Visit(id), s.Dossier(id)
	w := s.liveVisit(v.Person, next)
	if w == nil {
		f.Visits = append(f.Visits, Visit{ID: f.NextVisit, Person: v.Person, Channel: v.Channel, Accessible: v.Accessible,
			Persons: v.Persons, Company: v.Company, Date: next, State: Booked, Since: s.cap.at})
		f.NextVisit++
		v, w = s.Visit(id), &f.Visits[len(f.Visits)-1]
		s.Dossiers = append(s.Dossiers, &Dossier{Visit: w.ID, Link: kept.Link, Former: kept.Former})
	} else if d := s.dossierW(w.ID); kept.Link != "" { // the page that was kept leads to the booking
		d.Former = append(d.Former, kept.Link)
	}
	w.Priority, w.Touched = Guaranteed, s.cap.seq
	for _, c := range s.ClaimsOf(v) {
		if c.Outcome == NoOutcome && w.NClaims < MaxClaims && !s.hasClaim(w, c) {
			s.addClaim(w, Claim{ID: f.NextClaim, Visit: w.ID, Programme: c.Programme, Reason: c.Reason, Small: c.Small,
				Person: min(c.Person, w.Persons-1)})
		}
	}
	s.note(w.ID, KindRef(Booked.String()), []Why{{Code: WhyGuaranteed}})
}

// hasClaim reports whether the visit, booked apart, has such a claim already.
// Of what the carried visit itself brought, everything is kept.
func (s *State) hasClaim(w *Visit, c *Claim) bool {
	for _, k := range s.ClaimsOf(w) {
		if k.Touched != s.cap.seq && k.Programme == c.Programme && k.Reason == c.Reason {
			return true
		}
	}
	return false
}

// What people agreed on by the wall clock keeps its wall time: bookings still to
// come, the ends of shifts and of breaks. Durations are not changed.
func (e ClockAdjusted) apply(s *State) {
	f := &s.Floor
	f.Day.OffsetS += e.BySeconds
	if today := f.Policy.Calendar.Zone.DateOf(f.Wall(s.cap.at)); e.BySeconds < 0 && today < f.Day.Date {
		f.Day.Doubted = true // a clock that was ahead had opened a day that has not come yet
	}
	for i := range f.Visits {
		if v := &f.Visits[i]; v.State == Booked && v.Due != 0 {
			s.visitW(v.ID).Due -= e.BySeconds
		}
	}
	for i := range f.Officers {
		o := s.officerW(f.Officers[i].ID)
		if o.ShiftEnd != 0 {
			o.ShiftEnd -= e.BySeconds
		}
		if o.Until != 0 {
			o.Until -= e.BySeconds
		}
	}
}

func (e PolicySet) apply(s *State) {
	s.Floor.keepNumbers(e.Policy)
	s.Floor.Policy = e.Policy
	s.relayout()
	s.Floor.relearn()
}

func (e RoomSet) apply(s *State) {
	f := &s.Floor
	old, rooms := f.Seats, slices.Clone(f.Rooms)
	i, found := slices.BinarySearchFunc(rooms, e.Room.ID, func(r Room, id RoomID) int { return int(r.ID - id) })
	r := e.Room
	r.N, r.Session, r.Touched = int16(len(e.Seats)), 0, s.cap.seq
	if found {
		rooms[i] = r
	} else {
		rooms = slices.Insert(rooms, i, r)
	}
	f.relay(rooms, old, r.ID, e.Seats, s.cap.seq)
	s.relayoutRoom(r.ID)
}

func (e RoomRemoved) apply(s *State) {
	f := &s.Floor
	rooms := slices.DeleteFunc(slices.Clone(f.Rooms), func(r Room) bool { return r.ID == e.Room })
	f.Fittings, f.Plans = withoutFitting(f.Fittings, e.Room), withoutPlan(f.Plans, e.Room)
	f.relay(rooms, f.Seats, 0, nil, s.cap.seq)
	s.relayoutRoom(0)
}

// relay lays the seats of all rooms out anew, one room's after the other's.
func (f *Floor) relay(rooms []Room, old []Seat, drawn RoomID, plan []SeatPlan, seq int64) {
	var seats []Seat
	for i := range rooms {
		r := &rooms[i]
		first := int32(len(seats))
		if r.ID == drawn {
			for k, p := range plan {
				seats = append(seats, Seat{Room: r.ID, No: SeatNo(k + 1), XMM: p.XMM, YMM: p.YMM,
					Accessible: p.Accessible, Closed: p.Closed, Touched: seq})
			}
		} else {
			seats = append(seats, old[r.First:r.First+int32(r.N)]...)
		}
		r.First = first
	}
	f.Rooms, f.Seats = rooms, seats
}

func (e SeatSet) apply(s *State) {
	s.seatW(e.Room, e.No).Closed = e.Closed
	s.relayoutRoom(e.Room)
}

func (e OfficerSet) apply(s *State) {
	f := &s.Floor
	if s.Officer(e.ID) == nil {
		i, _ := slices.BinarySearchFunc(f.Officers, e.ID, func(o Officer, id OfficerID) int { return int(o.ID - id) })
		f.Officers = slices.Insert(slices.Clone(f.Officers), i, Officer{ID: e.ID, Since: s.cap.at})
	}
	o := s.officerW(e.ID)
	o.MaxGroup, o.Programmes = e.MaxGroup, e.Programmes
}

func (e OfficerMoved) apply(s *State) {
	o := s.officerW(e.ID)
	o.Presence, o.Since, o.Until = e.To, s.cap.at, e.Until
	if e.ShiftEnd != 0 {
		o.ShiftEnd = e.ShiftEnd
	}
	if e.To == OffShift {
		o.ShiftEnd = 0
	}
}

func (e Undone) apply(s *State) {
	i := slices.IndexFunc(s.Undo, func(u Undoable) bool { return u.Seq == e.Seq })
	u := s.Undo[i]
	s.Undo = slices.Delete(s.Undo, i, i+1)
	s.unscore(&u.Images)
	s.restore(&u.Images)
	if u.Kind == (SeatSet{}).Kind() {
		s.relayout()
	}
	for k := range u.Images.Visits {
		s.note(u.Images.Visits[k].ID, "undone", []Why{{Code: WhyUndone, A: e.Seq}})
	}
	for k := range s.Floor.Calls {
		if s.Floor.Calls[k].Seq == e.Seq {
			s.Floor.Calls[k].Withdrawn = s.cap.at
		}
	}
}
