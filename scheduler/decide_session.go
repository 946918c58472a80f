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
	if why, no := d.mayNotCall(ses, d.now); no {
		return conflict("cannot_call", "Room %d cannot call now: %s.", c.Room, whySentence(why.Code))
	}
	plan := d.Propose(c.Room, d.now)
	if len(c.Visits) > 0 {
		if c.Reason == "" {
			return invalid("reason", "missing", "Calling others than the proposed needs a reason from the list.")
		}
		if err := d.chooseInstead(r, ses, &plan, c.Visits); err != nil {
			return err
		}
	} else if len(c.Expect) > 0 && !samePicks(plan.Picks, c.Expect) {
		return conflict("stale_proposal", "The proposal has changed since you saw it. Look at the new one and call again.")
	} else if tooFew(&d.Floor.Policy.Group, ses, &plan) {
		return conflict("cannot_call", "Room %d cannot call now: %s.", c.Room, whySentence(WhyTooFew))
	}
	if len(plan.Picks) == 0 {
		return conflict("nobody_to_call", "There is nobody to call to room %d now: %s.", c.Room, waitSentence(plan.Wait))
	}
	d.call(ses, &plan, c.Reason)
	return nil
}

// chooseInstead puts the officer's choice in the place of the proposal. Whoever
// was proposed anyhow keeps the reasons of the proposal; whoever was proposed
// and is not called stands among the skips, so that the record tells whom the
// officer's reason passed.
func (d *Draft) chooseInstead(r *Room, ses *Session, plan *Plan, ids []VisitID) error {
	proposed := plan.Picks
	picks, err := d.choose(r, ses, ids)
	if err != nil {
		return err
	}
	skips, err := d.overtakenBy(r, ses, picks)
	if err != nil {
		return err
	}
	for _, was := range proposed {
		i := slices.IndexFunc(picks, func(p Pick) bool { return p.Visit == was.Visit })
		if i >= 0 {
			picks[i].Why = append(slices.Clone(was.Why[:1]), picks[i].Why[1:]...) // the seat may be another
		} else if !slices.ContainsFunc(skips, func(k Skip) bool { return k.Visit == was.Visit }) {
			skips = append(skips, Skip{Visit: was.Visit, Why: []Why{{Code: WhyOthersChosen}}})
		}
	}
	plan.Picks, plan.Skips = picks, skips
	return nil
}

// tooFew reports whether a closed group is smaller than the least one and its
// oldest has not waited long enough yet. From that size on the crew may start
// before the target is met.
func tooFew(g *GroupPolicy, ses *Session, p *Plan) bool {
	return ses.Mode == Closed && len(p.Picks) > 0 && !p.Due && p.Persons < g.Min
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
// programme, the distance, the seats and the limits hold for them as for any
// other; the companies' share and the kept seat are the officer's to judge.
func (d *Draft) choose(r *Room, ses *Session, ids []VisitID) ([]Pick, error) {
	if len(ids) > MaxCall {
		return nil, invalid("visits", "out_of_range", "One call names at most %d numbers.", MaxCall)
	}
	l := d.layoutOf(r)
	plan := Plan{Capacity: d.capacity(r, l, d.now)}
	f := d.former(r, ses, l, d.now, &plan)
	f.waiting = nil // no seat is kept from those whom the officer chose
	f.openSeats()
	for i, id := range ids {
		v := d.Visit(id)
		switch {
		case v == nil:
			return nil, unknown("visits", "visit", id)
		case slices.Contains(ids[:i], id):
			return nil, invalid("visits", "twice", "Number %s is chosen twice.", d.label(v))
		case v.State != f.line:
			return nil, conflict("not_waiting", "Number %s is %s and cannot be called.", d.label(v), v.State)
		case !d.serves(r, ses, d.programmeOf(v)):
			return nil, conflict("not_served_here", "Number %s comes for %s, which is not worked in room %d by its crew.", d.label(v), d.programmeOf(v), r.ID)
		}
		seats, ok := f.placeHeld(v)
		if ok {
			f.useHeld(v)
		} else {
			seats, ok = f.place(v)
		}
		if !ok || (ses.Mode == Single && i > 0) {
			return nil, conflict("does_not_fit", "Number %s (%d persons) does not fit into room %d with the others now.", d.label(v), v.Persons, r.ID)
		}
		f.take(i, v, seats)
		plan.Picks[i].Why = append([]Why{{Code: WhyChosen}}, plan.Picks[i].Why[1:]...)
	}
	return plan.Picks, nil
}

// overtakenBy counts, for a group that the officer chose, whom it passes: the
// first in order who could have come and whose persons do not fit. Choosing
// past somebody who is at the bound already is allowed to nobody.
func (d *Draft) overtakenBy(r *Room, ses *Session, picks []Pick) ([]Skip, error) {
	l := d.layoutOf(r)
	plan := Plan{Capacity: d.capacity(r, l, d.now)}
	f := d.former(r, ses, l, d.now, &plan)
	f.openSeats()
	limit := d.Floor.Policy.Order.OvertakeMax
	for _, w := range f.waiting {
		v, passed := d.Visit(w.id), 0
		for _, p := range picks {
			if before(v, d.Visit(p.Visit)) < 0 {
				passed++
			}
		}
		if passed == 0 || picked(picks, v.ID) || !f.mayCome(v) || !f.canEver(v) {
			continue
		}
		if _, ok := f.place(v); ok {
			continue // it could have come; the officer gave a reason for another
		}
		if _, other := f.otherKind(v); other {
			continue
		}
		if int(v.Overtaken)+passed > limit {
			return nil, conflict("overtake_bound", "Number %s has been overtaken %d times, and %d is the most. Wait until its %d seats are free, or send it to the side desk.",
				d.label(v), v.Overtaken, limit, v.Persons)
		}
		return []Skip{{Visit: v.ID, Counted: int8(passed), Why: []Why{{Code: WhyNoFit, A: int64(v.Persons)}, {Code: WhyOvertaken, A: int64(v.Overtaken), B: int64(limit)}}}}, nil
	}
	return nil, nil
}

func picked(picks []Pick, id VisitID) bool {
	return slices.ContainsFunc(picks, func(p Pick) bool { return p.Visit == id })
}

// call makes a plan so: one atomic act for the whole group.
func (d *Draft) call(ses *Session, plan *Plan, reason ReasonCode) {
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
		Picks: plan.Picks, Skips: plan.Skips, Reason: reason})
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
	expected, present, sat := 0, 0, false
	for _, seat := range d.RoomSeats(d.Room(ses.Room)) {
		switch {
		case seat.State == SeatExpected:
			expected++
		case seat.taken():
			present++
		case seat.State == SeatCleaning && seat.LastVisit != 0:
			sat = true
		}
	}
	starting := ses.State == Calling || ses.State == Seating
	switch {
	case ses.Mode == Closed && expected+present == 0 && !sat && (starting || ses.State == Running):
		d.emit(SessionMoved{ID: id, To: Forming}) // nobody came: there is nothing to clean
	case ses.State == Calling && expected > 0 && present > 0:
		d.emit(SessionMoved{ID: id, To: Seating})
	case starting && expected == 0:
		d.emit(SessionMoved{ID: id, To: Running})
	}
	ses = d.Session(id)
	if expected+present == 0 && (ses.State == Closing || (ses.State == Running && ses.Mode == Closed)) {
		d.emit(SessionMoved{ID: id, To: Cleaning, Until: d.cleanBy(ses)})
	}
}

// cleanBy is when the room of a session that ends now is clean: when its last
// seat is, and after a closed group, whose seats are all cleaned together, when
// the room is. Seats are not used again while their leaving can be undone.
func (d *Draft) cleanBy(ses *Session) Time {
	until, sat := d.now, false
	for _, seat := range d.RoomSeats(d.Room(ses.Room)) {
		if seat.State == SeatCleaning {
			until = max(until, seat.FreeAt)
			sat = sat || seat.LastVisit != 0
		}
	}
	if ses.Mode == Closed && sat {
		until = max(until, d.now+int64(d.Floor.Policy.Group.TurnaroundS))
	}
	return until
}

// maxRecalls bounds how often one number is called again by hand: the boards
// and the ears of the others are spared.
const maxRecalls = 20

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
	if v.Recalls >= maxRecalls {
		return conflict("recalled_enough", "Number %s was called %d times. It did not come; say so.", d.label(v), maxRecalls+1)
	}
	d.emit(VisitRecalled{ID: v.ID})
	return nil
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
		back := lineOf(d.Room(v.Room))
		eff, lot, n := d.Floor.requeuePlace(v, back, d.now)
		why = append(why, Why{Code: WhyRequeued, A: int64(n)})
		d.move(v, VisitMoved{To: back, Effective: eff, Lot: lot, Requeued: true, Why: why})
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
	d.emit(SessionMoved{ID: ses.ID, To: Cleaning, Until: d.cleanBy(ses), Last: true})
	return nil
}

func (c AbortSession) decide(d *Draft) error {
	_, ses, err := d.live(c.Room)
	if err != nil {
		return err
	}
	if c.Reason == "" {
		return invalid("reason", "missing", "An abort needs a reason from the list.")
	}
	if ses.State == Cleaning {
		return conflict("room_cleaning", "Room %d is being cleaned. Confirm it clean, or wait.", c.Room)
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
		d.emit(VisitMoved{ID: v.ID, To: lineOf(d.Room(room)), Effective: v.Effective, Free: true, FreeAt: d.freeAt(v),
			Why: []Why{{Code: WhyAborted}, {Code: WhyReturned}}, Reason: reason})
	}
	d.emit(SessionMoved{ID: id, To: Aborted, Reason: reason})
	d.emit(SessionMoved{ID: id, To: Cleaning, Until: d.cleanBy(d.Session(id)), Last: true})
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
	if err != nil && !d.joins(ses, c.Crew) {
		return err
	}
	return d.setCrew(ses, slices.Clone(c.Crew), c.Reason)
}

// joins reports whether the crew is the session's with nobody but the acting
// officer added. Where officers are pooled every one of them may come to help;
// whom a session belongs to changes with its own crew or the manager only.
func (d *Draft) joins(ses *Session, crew []OfficerID) bool {
	return ses != nil && d.Floor.Policy.Pooled && len(crew) == len(ses.Crew)+1 &&
		slices.Equal(crew[:len(ses.Crew)], ses.Crew) && int64(crew[len(ses.Crew)]) == d.by.ID
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
	for _, seat := range d.RoomSeats(r) {
		if wait := seat.Since + int64(d.Floor.Policy.UndoS) - d.now; seat.State == SeatCleaning && wait > 0 {
			return conflict("undo_open", "The last act at seat %d can be taken back for %d s more.", seat.No, wait)
		}
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
	d.drawPlanned(room)
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
