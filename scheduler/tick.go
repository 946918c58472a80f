package scheduler

import "slices"

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
	if now < s.opensAt() && len(f.Sessions) > 0 {
		w.at(s.opensAt())
	}
	for i := range f.Sessions {
		s.wakeIn(&f.Sessions[i], &w)
	}
	if w.set && w.when <= now {
		return w.when, true // something is due already
	}
	if s.somebodyUnseatable(now) || s.anyRefillDue(now) {
		return now, true
	}
	if _, due := s.holdDue(now); due {
		return now, true
	}
	s.wakeForGroups(now, &w)
	return w.when, w.set
}

// wakeForGroups notes when a closed group that is not full becomes due because
// its oldest has waited long enough. The tick calls nobody then, for a group's
// call is its crew's; it is the moment to look again.
func (s *State) wakeForGroups(now Time, w *waker) {
	for i := range s.Floor.Sessions {
		ses := &s.Floor.Sessions[i]
		if ses.Mode != Closed || ses.State != Forming || now < s.opensAt() {
			continue
		}
		if r := s.Room(ses.Room); len(s.inOrder(lineOf(r))) > 0 {
			if p := s.propose(r, s.layoutOf(r), now); p.DueAt > now {
				w.at(p.DueAt)
			}
		}
	}
}

// wakeIn notes the deadlines of one session: calls that nobody has answered
// yet, seats and rooms being cleaned.
func (s *State) wakeIn(ses *Session, w *waker) {
	r, call := s.Room(ses.Room), &s.Floor.Policy.Call
	if ses.State == Cleaning {
		w.at(r.ReadyAt)
		return
	}
	seats := s.RoomSeats(r)
	for i := range seats {
		seat := &seats[i]
		if seat.cleansAlone(ses) {
			w.at(seat.FreeAt)
		}
		if seat.State != SeatExpected {
			continue
		}
		v := s.Visit(seat.Visit)
		if int(v.Recalls) < call.Recalls {
			w.at(v.CalledAt + int64(call.RecallGapS)*(int64(v.Recalls)+1))
		}
		w.at(v.CalledAt + int64(call.NoShowAfterS))
	}
}

func (s *State) anyRefillDue(now Time) bool {
	for i := range s.Floor.Sessions {
		if s.sessionRefillDue(&s.Floor.Sessions[i], now) {
			return true
		}
	}
	return false
}

// cleansAlone reports whether the seat becomes usable by itself when its time
// has come. In a closed group the seats wait for the room, except those that
// were only held.
func (s *Seat) cleansAlone(ses *Session) bool {
	return s.State == SeatCleaning && ses.State != Cleaning && (ses.Mode != Closed || s.LastVisit == 0)
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

// sessionRefillDue reports whether the tick may call somebody to the session
// now.
func (s *State) sessionRefillDue(ses *Session, now Time) bool {
	if !s.Floor.Policy.AutoRefill || ses.Mode == Closed || !ses.State.refills() {
		return false // the first call is the officer's
	}
	r := s.Room(ses.Room)
	seats := s.RoomSeats(r)
	for i := range seats {
		if seats[i].State == SeatFree && !seats[i].Closed {
			return s.refillDue(r, ses, now)
		}
	}
	return false
}

// refills reports whether a session in this state has called and may again.
func (s SessionState) refills() bool { return s == Calling || s == Seating || s == Running }

// sent is a visit that goes to the side desk, and why.
type sent struct {
	visit VisitID
	why   Why
}

// unseatable lists the waiting visits whose programme only a side desk works,
// from the first call on, and those that no open room could seat even when
// empty, once some room has begun to call.
func (s *State) unseatable(now Time) []sent {
	var list []sent
	only, begun := s.onlyAtDesk(), s.begun(now)
	for i := range s.Floor.Visits {
		v := &s.Floor.Visits[i]
		switch {
		case v.State != Waiting:
		case now >= s.opensAt() && slices.Contains(only, s.programmeOf(v)):
			list = append(list, sent{v.ID, Why{Code: WhyUnserved}})
		case begun && s.nowhereFits(v):
			list = append(list, sent{v.ID, Why{Code: WhyNeverFits, A: int64(v.Persons)}})
		}
	}
	return list
}

// begun reports whether some room has begun to call.
func (s *State) begun(now Time) bool {
	for i := range s.Floor.Sessions {
		if s.Floor.Sessions[i].State.refills() {
			return now >= s.opensAt()
		}
	}
	return false
}

// somebodyUnseatable reports whether unseatable would list anybody. Parties
// that every room with a session could seat are not looked at twice.
func (s *State) somebodyUnseatable(now Time) bool {
	line := s.inOrder(Waiting)
	if len(line) == 0 || now < s.opensAt() {
		return false
	}
	if only := s.onlyAtDesk(); len(only) > 0 && slices.ContainsFunc(line, func(w waiter) bool { return slices.Contains(only, s.programmeOf(s.Visit(w.id))) }) {
		return true
	}
	if !s.begun(now) {
		return false
	}
	everywhere := [2]int{MaxPersons, MaxPersons}
	for i := range s.Floor.Sessions {
		ses := &s.Floor.Sessions[i]
		if r := s.Room(ses.Room); !r.Desk {
			l := s.layoutOf(r)
			c := s.standingLimits(r, ses, l)
			for kind := range everywhere {
				everywhere[kind] = min(everywhere[kind], c.Occupancy, c.Booths, c.Officer, l.largest[kind])
			}
		}
	}
	for i := range line {
		w := &line[i]
		if int(w.persons) > everywhere[w.kind] && s.nowhereFits(s.Visit(w.id)) {
			return true
		}
	}
	return false
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
	d.tickRefills()
	d.tickHolds()
	d.result = Result{} // a tick answers nobody
	return nil
}

// tickCalls repeats calls and gives up those nobody answers.
func (d *Draft) tickCalls() {
	call := d.Floor.Policy.Call
	called := make([]VisitID, 0, 2*MaxCall)
	for i := range d.Floor.Seats {
		if seat := &d.Floor.Seats[i]; seat.State == SeatExpected && seat.Person == 0 { // a party counts once
			called = append(called, seat.Visit)
		}
	}
	slices.Sort(called) // who came first is told first, wherever they sit
	for _, id := range called {
		v := d.Visit(id)
		if d.full() {
			return
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

// tickUnseatable sends to the desk whom no open room could ever seat, and whom
// only the desk serves.
func (d *Draft) tickUnseatable() {
	if !d.somebodyUnseatable(d.now) {
		return
	}
	for _, one := range d.unseatable(d.now) {
		if v := d.Visit(one.visit); !d.full() {
			d.move(v, VisitMoved{To: AtDesk, Effective: d.deskPlace(v), Why: []Why{one.why}})
		}
	}
}

// tickRefills calls people to freed seats.
func (d *Draft) tickRefills() {
	for i := range d.Floor.Sessions {
		ses := &d.Floor.Sessions[i]
		if d.full() {
			return
		}
		if d.sessionRefillDue(ses, d.now) {
			plan := d.Propose(ses.Room, d.now)
			d.call(ses, &plan, "")
		}
	}
}
