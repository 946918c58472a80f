package scheduler

// NextWake returns when the next deadline falls, or false when there is none.
// A time not later than now means that a Tick has something to do at once. It
// is a function of the state and the time alone; one timer of the hall submits
// the Tick.
func (s *State) NextWake(now Time) (Time, bool) {
	w := waker{}
	f := &s.Floor
	if !f.Day.Open {
		return 0, false
	}
	call := &f.Policy.Call
	for i := range f.Visits {
		v := &f.Visits[i]
		if v.State != Called {
			continue
		}
		if int(v.Recalls) < call.Recalls {
			w.at(v.CalledAt + int64(call.RecallGapS)*(int64(v.Recalls)+1))
		}
		w.at(v.CalledAt + int64(call.NoShowAfterS))
	}
	for i := range f.Sessions {
		ses := &f.Sessions[i]
		r := s.Room(ses.Room)
		if ses.State == Cleaning {
			w.at(r.ReadyAt)
		}
		for _, seat := range s.RoomSeats(r) {
			if seat.State == SeatCleaning && ses.Mode != Closed {
				w.at(seat.FreeAt)
			}
		}
		if p, ok := s.dueRefill(ses, now); ok {
			if len(p.Picks) > 0 || len(p.Unseatable) > 0 {
				w.at(now)
			}
		}
	}
	return w.when, w.set
}

type waker struct {
	when Time
	set  bool
}

func (w *waker) at(t Time) {
	if !w.set || t < w.when {
		w.when, w.set = t, true
	}
}

// dueRefill returns the plan of a session that the tick may refill.
func (s *State) dueRefill(ses *Session, now Time) (Plan, bool) {
	f := &s.Floor
	if !f.Policy.AutoRefill || ses.Mode == Closed {
		return Plan{}, false
	}
	switch ses.State {
	case Calling, Seating, Running:
	default:
		return Plan{}, false // the first call is the officer's
	}
	r := s.Room(ses.Room)
	free := false
	for _, seat := range s.RoomSeats(r) {
		if seat.State == SeatFree && !seat.Closed {
			free = true
		}
	}
	if !free {
		return Plan{}, false
	}
	return s.propose(r, s.layoutOf(r), now), true
}

func (Tick) decide(d *Draft) error {
	if !d.Floor.Day.Open {
		return nil
	}
	d.tickCalls()
	d.tickCleaning()
	d.tickRefills()
	return nil
}

// tickCalls repeats calls and gives up those nobody answers.
func (d *Draft) tickCalls() {
	f := &d.Floor
	call := f.Policy.Call
	for i := range f.Visits {
		v := &f.Visits[i]
		if v.State != Called {
			continue
		}
		if d.now >= v.CalledAt+int64(call.NoShowAfterS) {
			d.noShow(v)
			continue
		}
		if int(v.Recalls) < call.Recalls && d.now >= v.CalledAt+int64(call.RecallGapS)*(int64(v.Recalls)+1) {
			d.emit(VisitRecalled{ID: v.ID})
		}
	}
}

// tickCleaning frees what is clean by now.
func (d *Draft) tickCleaning() {
	f := &d.Floor
	for i := 0; i < len(f.Sessions); i++ {
		ses := &f.Sessions[i]
		r := d.Room(ses.Room)
		if ses.Mode != Closed && ses.State != Cleaning {
			for _, seat := range d.RoomSeats(r) {
				if seat.State == SeatCleaning && d.now >= seat.FreeAt {
					d.emit(SeatMoved{Room: seat.Room, No: seat.No, To: SeatFree})
				}
			}
		}
		if ses.State == Cleaning && d.now >= r.ReadyAt {
			n := len(f.Sessions)
			d.roomReady(ses)
			if len(f.Sessions) < n {
				i--
			}
		}
	}
}

// tickRefills calls people to freed seats, and sends to the desk whom no open
// room could ever seat.
func (d *Draft) tickRefills() {
	f := &d.Floor
	for i := range f.Sessions {
		p, ok := d.dueRefill(&f.Sessions[i], d.now)
		if !ok {
			continue
		}
		for _, id := range p.Unseatable {
			v := d.Visit(id)
			d.move(v, VisitMoved{To: AtDesk, Effective: d.deskPlace(v), Why: []Why{{Code: WhyNeverFits, A: int64(v.Persons)}}})
		}
		if len(p.Picks) > 0 {
			d.call(&f.Sessions[i], &p)
		}
	}
	d.result = Result{} // a tick answers nobody
}
