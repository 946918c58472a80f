package scheduler

import "slices"

func (e DayOpened) apply(s *State) {
	f := &s.Floor
	f.Day = Day{Date: e.Date, Open: true, Opened: s.cap.at, Hours: e.Hours, Extended: e.Extended,
		OffsetS: f.Day.OffsetS, Number: f.Day.Number + 1}
	f.LastNo = [channels]int32{}
	f.Calls = nil
	f.forget(s)
}

// forget drops the visits of earlier days: closed days leave the state. Booked
// ones stay, and so do those carried over until the day that they were
// promised.
func (f *Floor) forget(s *State) {
	var visits []Visit
	var claims []Claim
	var dossiers []*Dossier
	for i := range f.Visits {
		v := &f.Visits[i]
		if v.State.Final() || v.Date < f.Day.Date {
			continue
		}
		visits = append(visits, *v)
		for _, c := range s.ClaimsOf(v) {
			claims = append(claims, *c)
		}
		if d := s.Dossier(v.ID); d != nil {
			dossiers = append(dossiers, d)
		}
	}
	slices.SortFunc(claims, func(a, b Claim) int { return int(a.ID - b.ID) })
	f.Visits, f.Claims, s.Dossiers = visits, claims, dossiers
	s.Undo = nil
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
	}
}

func (e ClockAdjusted) apply(s *State) { s.Floor.Day.OffsetS += e.BySeconds }

func (e PolicySet) apply(s *State) {
	s.Floor.Policy = e.Policy
	s.relayout()
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
	s.relayout()
}

func (e RoomRemoved) apply(s *State) {
	f := &s.Floor
	rooms := slices.DeleteFunc(slices.Clone(f.Rooms), func(r Room) bool { return r.ID == e.Room })
	f.relay(rooms, f.Seats, 0, nil, s.cap.seq)
	s.relayout()
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
	s.relayout()
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
