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
	if now < s.opensAt() && len(f.Sessions) > 0 {
		w.at(s.opensAt())
	}
	var lines lines
	for i := range f.Sessions {
		ses := &f.Sessions[i]
		r := s.Room(ses.Room)
		if ses.State == Cleaning {
			w.at(r.ReadyAt)
			continue
		}
		for _, seat := range s.RoomSeats(r) {
			if seat.cleansAlone(ses) {
				w.at(seat.FreeAt)
			}
		}
		if w.set && w.when <= now {
			return w.when, true // something is due already
		}
		if p, ok := s.dueRefill(ses, now, &lines); ok && p.Due {
			w.at(now)
		}
	}
	if !(w.set && w.when <= now) && len(s.unseatable(now)) > 0 {
		w.at(now)
	}
	if !(w.set && w.when <= now) {
		if _, due := s.holdDue(now); due {
			w.at(now)
		}
	}
	return w.when, w.set
}

// cleansAlone reports whether the seat becomes usable by itself when its time
// has come. In a closed group the seats wait for the room, except those that
// were only held.
func (s *Seat) cleansAlone(ses *Session) bool {
	return s.State == SeatCleaning && ses.State != Cleaning && (ses.Mode != Closed || s.LastVisit == 0)
}

// lines are the two lines in order, made once for all rooms.
type lines struct {
	made [2]bool
	line [2][]*Visit
}

func (l *lines) of(f *Floor, state VisitState) []*Visit {
	k := 0
	if state == AtDesk {
		k = 1
	}
	if !l.made[k] {
		l.made[k], l.line[k] = true, f.Line(state)
	}
	return l.line[k]
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
func (s *State) dueRefill(ses *Session, now Time, lines *lines) (Plan, bool) {
	f := &s.Floor
	if !f.Policy.AutoRefill || ses.Mode == Closed || !ses.State.refills() {
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
	return s.propose(r, s.layoutOf(r), now, lines.of(f, lineOf(r))), true
}

// refills reports whether a session in this state has called and may again.
func (s SessionState) refills() bool { return s == Calling || s == Seating || s == Running }

// unseatable lists the waiting visits that no open room could seat even when
// empty, once some room has begun to call.
func (s *State) unseatable(now Time) []VisitID {
	f := &s.Floor
	begun := false
	for i := range f.Sessions {
		begun = begun || f.Sessions[i].State.refills()
	}
	if !begun || now < s.opensAt() {
		return nil
	}
	var list []VisitID
	for i := range f.Visits {
		v := &f.Visits[i]
		if v.State == Waiting && s.nowhereFits(v) {
			list = append(list, v.ID)
		}
	}
	return list
}

// maxTickEvents bounds what one tick does, so that its record stays well under
// MaxRecordBytes. What is left is due at once, in the next tick.
const maxTickEvents = 60

// full reports whether the record under way has enough events; a call weighs
// as much as the visits that it names.
func (d *Draft) full() bool {
	n := len(d.events)
	for _, e := range d.events {
		if c, ok := e.(GroupCalled); ok {
			n += len(c.Picks) + len(c.Skips)
		}
	}
	return n >= maxTickEvents
}

func (Tick) decide(d *Draft) error {
	if !d.Floor.Day.Open {
		return nil
	}
	d.tickCalls()
	d.tickCleaning()
	d.tickUnseatable()
	d.tickHolds()
	d.tickRefills()
	d.tickHolds()
	d.result = Result{} // a tick answers nobody
	return nil
}

// tickCalls repeats calls and gives up those nobody answers.
func (d *Draft) tickCalls() {
	f := &d.Floor
	call := f.Policy.Call
	for i := range f.Visits {
		v := &f.Visits[i]
		if v.State != Called || d.full() {
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

// tickCleaning frees what is clean by now. A session that ends leaves the list,
// and its crew's next one joins it at the end, so the ids are noted first.
func (d *Draft) tickCleaning() {
	f := &d.Floor
	ids := make([]SessionID, len(f.Sessions))
	for i := range f.Sessions {
		ids[i] = f.Sessions[i].ID
	}
	for _, id := range ids {
		ses := d.Session(id)
		r := d.Room(ses.Room)
		for _, seat := range d.RoomSeats(r) {
			if seat.cleansAlone(ses) && d.now >= seat.FreeAt && !d.full() {
				d.emit(SeatMoved{Room: seat.Room, No: seat.No, To: SeatFree})
			}
		}
		if ses.State == Cleaning && d.now >= r.ReadyAt && !d.full() {
			d.roomReady(ses)
		}
	}
}

// tickUnseatable sends to the desk whom no open room could ever seat.
func (d *Draft) tickUnseatable() {
	for _, id := range d.unseatable(d.now) {
		if v := d.Visit(id); !d.full() {
			d.move(v, VisitMoved{To: AtDesk, Effective: d.deskPlace(v), Why: []Why{{Code: WhyNeverFits, A: int64(v.Persons)}}})
		}
	}
}

// tickRefills calls people to freed seats.
func (d *Draft) tickRefills() {
	f := &d.Floor
	var lines lines
	for i := range f.Sessions {
		if d.full() {
			return
		}
		if p, ok := d.dueRefill(&f.Sessions[i], d.now, &lines); ok && p.Due {
			d.call(&f.Sessions[i], &p)
		}
	}
}
