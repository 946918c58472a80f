package scheduler

import "slices"

// live returns the session in a room for an act of its crew.
func (d *Draft) live(room RoomID) (*Room, *Session, error) {
	r := d.Room(room)
	if r == nil {
		return nil, nil, unknown("room", "room", room)
	}
	ses := d.SessionIn(room)
	if ses == nil {
		return nil, nil, conflict("no_session", "Room %d has no session. Open one first.", room)
	}
	return r, ses, d.needCrew(ses)
}

func (d *Draft) checkCrew(crew []OfficerID, except SessionID) error {
	if len(crew) == 0 {
		return invalid("crew", "missing", "A session needs at least one officer.")
	}
	for i, id := range crew {
		o := d.Officer(id)
		if o == nil {
			return unknown("crew", "officer", id)
		}
		if o.Presence == OffShift {
			return conflict("officer_off_shift", "Officer %d has not started a shift. Sign on first.", id)
		}
		if slices.Contains(crew[:i], id) {
			return invalid("crew", "twice", "Officer %d is named twice.", id)
		}
		if d.Floor.Policy.Pooled {
			continue
		}
		for k := range d.Floor.Sessions {
			if ses := &d.Floor.Sessions[k]; ses.ID != except && slices.Contains(ses.Crew, id) {
				return conflict("officer_in_session", "Officer %d already has a session in room %d.", id, ses.Room)
			}
		}
	}
	return nil
}

func (c OpenSession) decide(d *Draft) error {
	if err := d.needOpenDay(); err != nil {
		return err
	}
	r := d.Room(c.Room)
	if r == nil {
		return unknown("room", "room", c.Room)
	}
	if r.Session != 0 {
		return conflict("room_in_use", "Room %d already has a session.", c.Room)
	}
	if r.ReadyAt > d.now {
		return conflict("room_cleaning", "Room %d is being cleaned for %d s more. Confirm it clean, or wait.", c.Room, r.ReadyAt-d.now)
	}
	if err := d.checkCrew(c.Crew, 0); err != nil {
		return err
	}
	d.openSession(r, c.Crew)
	return nil
}

func (d *Draft) openSession(r *Room, crew []OfficerID) {
	id := d.Floor.NextSession
	d.result = Result{Session: id, Room: r.ID}
	d.emit(SessionOpened{ID: id, Room: r.ID, Mode: d.modeOf(r), Crew: slices.Clone(crew)})
}

func (c CallGroup) decide(d *Draft) error {
	if err := d.needOpenDay(); err != nil {
		return err
	}
	r, ses, err := d.live(c.Room)
	if err != nil {
		return err
	}
	if why, no := d.mayNotCall(r, ses, d.now); no {
		return conflict("cannot_call", "Room %d cannot call now: %s.", c.Room, whySentence(why.Code))
	}
	plan := d.Propose(c.Room, d.now)
	if len(c.Visits) > 0 {
		if c.Reason == "" {
			return invalid("reason", "missing", "Calling others than the proposed needs a reason from the list.")
		}
		if plan.Picks, err = d.choose(r, ses, c.Visits); err != nil {
			return err
		}
		plan.Skips = d.overtakenBy(r, ses, plan.Picks)
	} else if len(c.Expect) > 0 && !samePicks(plan.Picks, c.Expect) {
		return conflict("stale_proposal", "The proposal has changed since you saw it. Look at the new one and call again.")
	}
	if len(plan.Picks) == 0 {
		return conflict("nobody_to_call", "There is nobody to call to room %d now: %s.", c.Room, waitSentence(plan.Wait))
	}
	d.call(ses, &plan)
	return nil
}

func samePicks(picks []Pick, expect []VisitID) bool {
	if len(picks) != len(expect) {
		return false
	}
	for i := range picks {
		if !slices.Contains(expect, picks[i].Visit) {
			return false
		}
	}
	return true
}

// choose seats the visits that the officer chose instead of the proposal. The
// distance, the seats and the limits hold for them as for any other.
func (d *Draft) choose(r *Room, ses *Session, ids []VisitID) ([]Pick, error) {
	plan := Plan{Capacity: d.capacity(r, d.layoutOf(r), d.now)}
	c := &plan.Capacity
	f := &former{s: d.State, r: r, ses: ses, l: d.layoutOf(r), now: d.now, plan: &plan,
		room: min(c.Occupancy, c.Booths, c.Officer) - c.Present, passes: Unlimited}
	f.openSeats()
	f.kept = f.kept.Without(&f.kept) // the officer decides about the kept seat
	line := Waiting
	if r.Desk {
		line = AtDesk
	}
	for i, id := range ids {
		v := d.Visit(id)
		switch {
		case v == nil:
			return nil, unknown("visits", "visit", id)
		case slices.Contains(ids[:i], id):
			return nil, invalid("visits", "twice", "Number %s is chosen twice.", d.label(v))
		case v.State != line:
			return nil, conflict("not_waiting", "Number %s is %s and cannot be called.", d.label(v), v.State)
		}
		seats, ok := f.place(v)
		if !ok {
			return nil, conflict("does_not_fit", "Number %s (%d persons) does not fit into room %d with the others now.", d.label(v), v.Persons, r.ID)
		}
		f.take(i, v, seats)
		plan.Picks[i].Why = append([]Why{{Code: WhyChosen}}, plan.Picks[i].Why[1:]...)
	}
	return plan.Picks, nil
}

// overtakenBy counts, for a group that the officer chose, whom it passes: the
// first in order who could have come, when its persons would not have fitted.
// Choosing past somebody who is at the bound already is allowed to nobody.
func (d *Draft) overtakenBy(r *Room, ses *Session, picks []Pick) []Skip {
	plan := d.propose(r, d.layoutOf(r), d.now)
	for _, k := range plan.Skips {
		if len(k.Why) > 0 && k.Why[0].Code == WhyNoFit {
			v := d.Visit(k.Visit)
			passed := int8(0)
			for _, p := range picks {
				if before(v, d.Visit(p.Visit)) < 0 {
					passed++
				}
			}
			if v.ID != 0 && passed > 0 {
				k.Counted = min(passed, int8(MaxOvertake))
				return []Skip{k}
			}
		}
	}
	return nil
}

// call makes a plan so: one atomic act for the whole group.
func (d *Draft) call(ses *Session, plan *Plan) {
	kind := RefillCall
	if ses.State == Forming {
		kind = GroupCall
	}
	id, room := ses.ID, ses.Room
	d.result.Session, d.result.Room = id, room
	for _, p := range plan.Picks {
		d.result.Called = append(d.result.Called, p.Visit)
	}
	d.emit(GroupCalled{Session: id, Room: room, Kindof: kind, DistanceMM: int32(d.Floor.Policy.Distance.DistanceMM),
		Picks: plan.Picks, Skips: plan.Skips})
	if kind == GroupCall {
		d.emit(SessionMoved{ID: id, To: Calling})
	}
}

// settleSession moves a session on after a member came, left or was missed.
func (d *Draft) settleSession(id SessionID) {
	ses := d.Session(id)
	if ses == nil {
		return
	}
	expected, present := 0, 0
	for _, seat := range d.RoomSeats(d.Room(ses.Room)) {
		if seat.State == SeatExpected {
			expected++
		} else if seat.taken() {
			present++
		}
	}
	switch {
	case ses.State == Calling && expected > 0 && present > 0:
		d.emit(SessionMoved{ID: id, To: Seating})
	case (ses.State == Calling || ses.State == Seating) && expected == 0:
		d.emit(SessionMoved{ID: id, To: Running})
	}
	ses = d.Session(id)
	if expected+present == 0 && (ses.State == Closing || (ses.State == Running && ses.Mode == Closed)) {
		d.emit(SessionMoved{ID: id, To: Cleaning, Until: d.now + int64(d.Floor.Policy.Group.TurnaroundS)})
	}
}

func (c RecallVisit) decide(d *Draft) error {
	v, err := d.visit(c.Visit)
	if err != nil {
		return err
	}
	if v.State != Called {
		return conflict("not_called", "Number %s is %s; only a called one is called again.", d.label(v), v.State)
	}
	if err := d.needCrew(d.Session(v.Session)); err != nil {
		return err
	}
	d.emit(VisitRecalled{ID: v.ID})
	return nil
}

func (c SeatVisit) decide(d *Draft) error {
	v, err := d.visit(c.Visit)
	if err != nil {
		return err
	}
	if v.State != Called {
		return conflict("not_called", "Number %s is %s; only a called one can be seated.", d.label(v), v.State)
	}
	if err := d.needCrew(d.Session(v.Session)); err != nil {
		return err
	}
	session := v.Session
	d.emit(VisitSeated{ID: v.ID})
	for _, seat := range d.SeatsOf(d.Visit(c.Visit)) {
		d.sit(seat)
	}
	d.settleSession(session)
	return nil
}

// sit starts or continues what the person at the seat came for.
func (d *Draft) sit(seat *Seat) {
	claim := d.openClaim(d.Visit(seat.Visit), seat.Person)
	if claim == nil {
		d.emit(SeatMoved{Room: seat.Room, No: seat.No, To: SeatBeside})
		return
	}
	d.emit(SeatMoved{Room: seat.Room, No: seat.No, To: d.Floor.waitsFor(claim), Claim: claim.ID})
}

func (c MarkNoShow) decide(d *Draft) error {
	v, err := d.visit(c.Visit)
	if err != nil {
		return err
	}
	if v.State != Called {
		return conflict("not_called", "Number %s is %s; only a called one can be missing.", d.label(v), v.State)
	}
	if err := d.needCrew(d.Session(v.Session)); err != nil {
		return err
	}
	d.noShow(v)
	return nil
}

// noShow sends a missed visit a few places back, as often as the policy says,
// and then ends it.
func (d *Draft) noShow(v *Visit) {
	why := []Why{{Code: WhyNoShow, A: d.now - v.CalledAt}}
	if int(v.Requeues) < d.Floor.Policy.Call.RequeueMax {
		eff, n := d.Floor.requeuePlace(v, d.now)
		why = append(why, Why{Code: WhyRequeued, A: int64(n)})
		d.move(v, VisitMoved{To: Waiting, Effective: eff, Requeued: true, Why: why})
		return
	}
	d.move(v, VisitMoved{To: NoShow, Why: why})
}

func (c LastCall) decide(d *Draft) error {
	_, ses, err := d.live(c.Room)
	if err != nil {
		return err
	}
	if ses.State == Closing || ses.State == Cleaning {
		return conflict("last_call_made", "Room %d has made its last call.", c.Room)
	}
	id := ses.ID
	d.emit(SessionMoved{ID: id, To: Closing, Last: true})
	d.settleSession(id)
	return nil
}

func (c CloseSession) decide(d *Draft) error {
	r, ses, err := d.live(c.Room)
	if err != nil {
		return err
	}
	for _, seat := range d.RoomSeats(r) {
		if seat.taken() {
			return conflict("seats_taken", "Seat %d of room %d is not free yet. Make the last call and finish, or abort the session.", seat.No, c.Room)
		}
	}
	if ses.State == Cleaning {
		return conflict("room_cleaning", "Room %d is being cleaned. Confirm it clean, or wait.", c.Room)
	}
	d.emit(SessionMoved{ID: ses.ID, To: Cleaning, Until: d.now + int64(d.turnaround(ses)), Last: true})
	return nil
}

// turnaround is how long the room is cleaned after the session: nothing to
// clean when nobody was ever called.
func (d *Draft) turnaround(ses *Session) int {
	if ses.State == Forming {
		return 0
	}
	return d.Floor.Policy.Group.TurnaroundS
}

func (c AbortSession) decide(d *Draft) error {
	_, ses, err := d.live(c.Room)
	if err != nil {
		return err
	}
	if c.Reason == "" {
		return invalid("reason", "missing", "An abort needs a reason from the list.")
	}
	d.abort(ses, c.Reason)
	return nil
}

// abort ends a session at once: its members go back to the line with their old
// place, their claims at the step they had reached.
func (d *Draft) abort(ses *Session, reason ReasonCode) {
	id, room := ses.ID, ses.Room
	for i := range d.Floor.Officers {
		if o := &d.Floor.Officers[i]; o.WithRoom == room {
			d.emit(OfficerFreed{Officer: o.ID})
		}
	}
	for i := range d.Floor.Visits {
		v := &d.Floor.Visits[i]
		if v.Session != id || !inSession(v) {
			continue
		}
		back := Waiting
		if d.Room(room).Desk {
			back = AtDesk
		}
		d.emit(VisitMoved{ID: v.ID, To: back, Effective: v.Effective, Free: true, FreeAt: d.freeAt(),
			Why: []Why{{Code: WhyAborted}, {Code: WhyReturned}}, Reason: reason})
	}
	d.emit(SessionMoved{ID: id, To: Aborted, Reason: reason})
	d.emit(SessionMoved{ID: id, To: Cleaning, Until: d.now + int64(d.Floor.Policy.Group.TurnaroundS), Last: true})
}

func (c HandOver) decide(d *Draft) error {
	_, ses, err := d.live(c.Room)
	if err != nil {
		return err
	}
	i := slices.Index(ses.Crew, c.From)
	if i < 0 {
		return conflict("not_in_crew", "Officer %d is not in room %d's crew.", c.From, c.Room)
	}
	crew := slices.Clone(ses.Crew)
	crew[i] = c.To
	return d.setCrew(ses, crew, c.Reason)
}

func (c SetCrew) decide(d *Draft) error {
	_, ses, err := d.live(c.Room)
	if err != nil {
		return err
	}
	return d.setCrew(ses, slices.Clone(c.Crew), c.Reason)
}

func (d *Draft) setCrew(ses *Session, crew []OfficerID, reason ReasonCode) error {
	if err := d.checkCrew(crew, ses.ID); err != nil {
		return err
	}
	if slices.Equal(crew, ses.Crew) {
		return conflict("no_change", "The crew is already so.")
	}
	for _, id := range ses.Crew {
		if o := d.Officer(id); !slices.Contains(crew, id) && o.WithRoom == ses.Room {
			d.putBack(o)
		}
	}
	d.emit(CrewChanged{ID: ses.ID, Crew: crew, Reason: reason})
	return nil
}

func (c CleanSeat) decide(d *Draft) error {
	seat := d.Seat(c.Room, c.No)
	if seat == nil {
		return unknown("seat", "seat", c.No)
	}
	if seat.State != SeatCleaning {
		return conflict("not_cleaning", "Seat %d of room %d is %s; nothing to confirm.", c.No, c.Room, seat.State)
	}
	if wait := seat.Since + int64(d.Floor.Policy.UndoS) - d.now; wait > 0 {
		return conflict("undo_open", "The last act at seat %d can be taken back for %d s more.", c.No, wait)
	}
	d.emit(SeatMoved{Room: c.Room, No: c.No, To: SeatFree})
	return nil
}

func (c RoomReady) decide(d *Draft) error {
	r := d.Room(c.Room)
	if r == nil {
		return unknown("room", "room", c.Room)
	}
	ses := d.SessionIn(c.Room)
	if ses == nil || ses.State != Cleaning {
		return conflict("not_cleaning", "Room %d is not being cleaned.", c.Room)
	}
	d.roomReady(ses)
	return nil
}

// roomReady ends a session whose room is clean. A closed room's crew that is
// still on shift forms the next group at once.
func (d *Draft) roomReady(ses *Session) {
	room, crew, mode := ses.Room, ses.Crew, ses.Mode
	id := ses.ID
	for _, seat := range d.RoomSeats(d.Room(room)) {
		if seat.State == SeatCleaning {
			d.emit(SeatMoved{Room: room, No: seat.No, To: SeatFree})
		}
	}
	lastCall := ses.Last
	d.emit(SessionMoved{ID: id, To: Ended})
	if mode != Closed || lastCall || !d.Floor.Day.Open {
		return
	}
	for _, o := range crew {
		if officer := d.Officer(o); officer == nil || officer.Presence == OffShift {
			return
		}
	}
	d.openSession(d.Room(room), crew)
}
