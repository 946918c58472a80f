package scheduler

// lineStates are the states from which a visit may be set aside or ended
// before it was ever called.
func inLine(v *Visit) bool {
	switch v.State {
	case Arrived, Incomplete, Waiting, Parked, SteppedOut, AtDesk:
		return true
	}
	return false
}

func inSession(v *Visit) bool { return v.State == Called || v.State == Seated }

func (d *Draft) visit(id VisitID) (*Visit, error) {
	v := d.Visit(id)
	if v == nil {
		return nil, unknown("visit", "visit", id)
	}
	return v, nil
}

// needCrew refuses an officer who is not of the session's crew.
func (d *Draft) needCrew(ses *Session) error {
	if d.by.Role != ByOfficer || ses == nil {
		return nil
	}
	for _, id := range ses.Crew {
		if int64(id) == d.by.ID {
			return nil
		}
	}
	return forbidden("not_your_session", "Room %d's session belongs to another officer. Ask for a hand-over.", ses.Room)
}

// release frees the officers who are with nobody but the visit, before its
// seats are given up. An officer in the middle of a group step stays with the
// others.
func (d *Draft) release(v *Visit) {
	for i := range d.Floor.Officers {
		o := &d.Floor.Officers[i]
		if o.WithRoom == 0 || o.WithRoom != v.Room {
			continue
		}
		mine, others := false, false
		for _, seat := range d.withSeats(o) {
			mine = mine || seat.Visit == v.ID
			others = others || seat.Visit != v.ID
		}
		if mine && !others {
			d.emit(OfficerFreed{Officer: o.ID})
		}
	}
}

// freeAt is when the visit's seats may be used again: after the change of
// persons when somebody sat there, and not while a person's act that empties
// them can still be undone.
func (d *Draft) freeAt(v *Visit) Time {
	p := d.Floor.Policy
	wait := 0
	if v.State == Seated {
		wait = p.Seat.ChangeS
	}
	if v.State == Seated || d.by.Staff() {
		wait = max(wait, p.UndoS)
	}
	return d.now + int64(wait)
}

// move takes a visit to a new state; when it holds seats it gives them up.
func (d *Draft) move(v *Visit, m VisitMoved) {
	session, seated := v.Session, inSession(v)
	if seated {
		d.release(v)
		m.Free, m.FreeAt = true, d.freeAt(v)
	}
	m.ID = v.ID
	d.emit(m)
	if seated {
		d.settleSession(session)
	}
}

func (c Park) decide(d *Draft) error {
	v, err := d.visit(c.Visit)
	if err != nil {
		return err
	}
	if !inSession(v) && v.State != Waiting && v.State != AtDesk {
		return conflict("cannot_park", "Number %s is %s and cannot be set aside.", d.label(v), v.State)
	}
	if err := d.needCrew(d.Session(v.Session)); err != nil {
		return err
	}
	d.move(v, VisitMoved{To: Parked, Reason: c.Reason, Why: []Why{{Code: WhyStaff}}})
	return nil
}

func (c StepOut) decide(d *Draft) error {
	v, err := d.visit(c.Visit)
	if err != nil {
		return err
	}
	if v.State != Waiting {
		return conflict("cannot_step_out", "Number %s is %s; only a waiting one can step out and keep its place.", d.label(v), v.State)
	}
	d.move(v, VisitMoved{To: SteppedOut, Why: []Why{{Code: WhyAsked}}})
	return nil
}

func (c Resume) decide(d *Draft) error {
	v, err := d.visit(c.Visit)
	if err != nil {
		return err
	}
	if err := d.needOpenDay(); err != nil {
		return err
	}
	if d.by.Role == ByVisitor && v.State != SteppedOut && !v.State.Final() {
		return conflict("come_to_desk", "Number %s is %s. Please speak to the staff at the desk.", d.label(v), v.State)
	}
	switch v.State {
	case Parked, SteppedOut, AtDesk:
		d.move(v, VisitMoved{To: Waiting, Effective: v.Effective, Why: []Why{{Code: WhyReturned}}})
	case NoShow:
		if d.by.Role == ByVisitor { // a phone cannot show that somebody is here now
			return conflict("come_to_desk", "Number %s was called and missed. Please come to the desk; it brings you back into the line.", d.label(v))
		}
		return d.comeBackLate(v)
	default:
		return conflict("cannot_resume", "Number %s is %s; there is nothing to resume.", d.label(v), v.State)
	}
	return nil
}

// comeBackLate puts a missed visit back into the line: within the grace time a
// few places behind the head, later at the end.
func (d *Draft) comeBackLate(v *Visit) error {
	if v.Arrived == 0 || v.Date != d.Floor.Day.Date {
		return conflict("cannot_resume", "This booking's day is over. Make a new one.")
	}
	if w := d.liveVisit(v.Person, v.Date); w != nil {
		return conflict("already_has_number", "This person has number %s by now. One live number per person.", d.label(w))
	}
	late := d.now - v.Ended
	eff, lot, why := d.now, undrawn(v.ID), Why{Code: WhyLate, A: late}
	if late <= int64(d.Floor.Policy.Order.GraceS) {
		eff, lot, _ = d.Floor.requeuePlace(v, Waiting, d.now)
		why = Why{Code: WhyGrace, A: late}
	}
	d.move(v, VisitMoved{To: Waiting, Effective: eff, Lot: lot, Why: []Why{why}})
	return nil
}

func (c Cancel) decide(d *Draft) error {
	v, err := d.visit(c.Visit)
	if err != nil {
		return err
	}
	if v.State.Final() {
		return conflict("already_over", "Number %s is %s already.", d.label(v), v.State)
	}
	if err := d.needCrew(d.Session(v.Session)); err != nil {
		return err
	}
	why := WhyStaff
	if d.by.Role == ByVisitor || d.by.Role == ByKiosk {
		if v.State == Seated {
			return conflict("already_seated", "You are at your seat. Please speak to the officer.")
		}
		why = WhyAsked
	}
	d.move(v, VisitMoved{To: Cancelled, Reason: c.Reason, Why: []Why{{Code: why}}})
	return nil
}

func (c Leave) decide(d *Draft) error {
	v, err := d.visit(c.Visit)
	if err != nil {
		return err
	}
	if !inLine(v) && !inSession(v) {
		return conflict("already_over", "Number %s is %s; it has not been waiting.", d.label(v), v.State)
	}
	if err := d.needCrew(d.Session(v.Session)); err != nil {
		return err
	}
	d.move(v, VisitMoved{To: Left, Why: []Why{{Code: WhyAsked}}})
	return nil
}

func (c SideDesk) decide(d *Draft) error {
	v, err := d.visit(c.Visit)
	if err != nil {
		return err
	}
	if (!inLine(v) && !inSession(v)) || v.State == AtDesk {
		return conflict("cannot_send_to_desk", "Number %s is %s and cannot be sent to the side desk.", d.label(v), v.State)
	}
	if err := d.needCrew(d.Session(v.Session)); err != nil {
		return err
	}
	d.move(v, VisitMoved{To: AtDesk, Effective: d.deskPlace(v), Reason: c.Reason, Why: []Why{{Code: WhyStaff}}})
	return nil
}

// deskPlace keeps the visit's place in the order for the desk's line.
func (d *Draft) deskPlace(v *Visit) Time {
	if v.Effective != 0 {
		return v.Effective
	}
	return d.now
}

func (c Correct) decide(d *Draft) error {
	v, err := d.visit(c.Visit)
	if err != nil {
		return err
	}
	if c.Reason == "" {
		return invalid("reason", "missing", "A correction needs a reason from the list.")
	}
	if c.Persons < 1 || c.Persons > MaxPersons {
		return invalid("persons", "out_of_range", "A visit has 1 to %d persons; %d is not possible.", MaxPersons, c.Persons)
	}
	if c.Priority >= priorities || (c.Priority == Guaranteed && v.Priority != Guaranteed) {
		return invalid("priority", "bad_priority", "Unknown priority class.")
	}
	if v.State.Final() {
		return conflict("already_over", "Number %s is %s; it can no longer be corrected.", d.label(v), v.State)
	}
	if inSession(v) && (c.Persons != int(v.Persons) || c.Accessible != v.Accessible) {
		return conflict("already_called", "Number %s has its seats; send it to the side desk to change its persons.", d.label(v))
	}
	for _, k := range d.ClaimsOf(v) {
		if int(k.Person) >= c.Persons {
			return conflict("claims_of_person", "Person %d of number %s has a claim; %d persons are too few.", k.Person+1, d.label(v), c.Persons)
		}
	}
	e := VisitCorrected{ID: v.ID, Persons: int8(c.Persons), Priority: c.Priority, Accessible: c.Accessible, Reason: c.Reason}
	if jump := int64(d.Floor.Policy.Order.PriorityJumpS); v.Effective != 0 && (c.Priority == NoPriority) != (v.Priority == NoPriority) {
		e.Effective = v.Effective - jump
		if c.Priority == NoPriority {
			e.Effective = v.Effective + jump
		}
	}
	d.emit(e)
	return nil
}

func (c AddClaim) decide(d *Draft) error {
	v, err := d.visit(c.Visit)
	if err != nil {
		return err
	}
	if v.State.Final() {
		return conflict("already_over", "Number %s is %s; take a new number for another claim.", d.label(v), v.State)
	}
	if int(v.NClaims) >= MaxClaims {
		return conflict("too_many_claims", "A visit has at most %d claims.", MaxClaims)
	}
	if err := checkClaim(d.Floor.Policy, c.Claim, int(v.Persons)); err != nil {
		return err
	}
	k := Claim{ID: d.Floor.NextClaim, Visit: v.ID, Programme: c.Claim.Programme, Reason: c.Claim.Reason,
		Small: c.Claim.Small, Person: int8(c.Claim.Person), StepSince: d.now}
	d.result = Result{Visit: v.ID, Claim: k.ID}
	d.emit(ClaimAdded{Claim: k, Reason: c.Reason})
	if v.State == Seated {
		d.resumeBeside(v.ID, k.ID)
	}
	return nil
}

// resumeBeside gives a claim to the seat of its person when nothing else is
// being worked on there.
func (d *Draft) resumeBeside(id VisitID, claim ClaimID) {
	c := d.Claim(claim)
	for _, seat := range d.SeatsOf(d.Visit(id)) {
		if seat.Person == c.Person && seat.State == SeatBeside && d.workable(d.Visit(id), seat.Person, "") != nil {
			d.emit(SeatMoved{Room: seat.Room, No: seat.No, To: d.Floor.waitsFor(c), Claim: claim})
			return
		}
	}
}

func (c Transfer) decide(d *Draft) error {
	k := d.Claim(c.Claim)
	if k == nil {
		return unknown("claim", "claim", c.Claim)
	}
	v := d.Visit(k.Visit)
	if k.Outcome != NoOutcome {
		return conflict("already_settled", "This claim is %s. Take it back first.", k.Outcome)
	}
	if c.Because == "" {
		return invalid("because", "missing", "A transfer needs a reason from the list.")
	}
	if err := checkClaim(d.Floor.Policy, NewClaim{Programme: c.Programme, Reason: c.Reason}, 1); err != nil {
		return err
	}
	if k.Programme == c.Programme && k.Reason == c.Reason && k.Small == c.Small {
		return conflict("no_change", "The claim is already under %s.", c.Programme)
	}
	if err := d.needCrew(d.Session(v.Session)); err != nil {
		return err
	}
	// Most people come without their reason written down. Whoever tells it goes on where
	// they are: the procedure is the programme's, and only now the papers are known.
	told := k.Reason == "" && k.Programme == c.Programme
	d.emit(ClaimChanged{ID: k.ID, Programme: c.Programme, Reason: c.Reason, Small: c.Small, Because: c.Because, Kept: told})
	if told {
		return nil
	}
	if seat := d.seatOf(k); seat != nil && v.State == Seated {
		d.transferAt(seat, k)
	}
	return nil
}

// transferAt goes on at the seat whose claim has just come under another
// programme: with its first step, or, when that programme is not worked here,
// back to the line with the old place.
func (d *Draft) transferAt(seat *Seat, k *Claim) {
	v := d.Visit(k.Visit)
	if !d.serves(d.Room(v.Room), d.Session(v.Session), k.Programme) {
		d.move(v, VisitMoved{To: lineOf(d.Room(v.Room)), Effective: v.Effective, Why: []Why{{Code: WhyProgramme}, {Code: WhyReturned}}})
		return
	}
	for i := range d.Floor.Officers {
		if o := &d.Floor.Officers[i]; o.WithRoom == seat.Room && o.WithSeat == seat.No {
			d.emit(OfficerFreed{Officer: o.ID})
		}
	}
	d.emit(SeatMoved{Room: seat.Room, No: seat.No, To: d.Floor.waitsFor(k)})
	d.freeGroups(seat.Room)
}

// freeGroups frees the officers of the room whose group step has nobody left.
func (d *Draft) freeGroups(room RoomID) {
	for i := range d.Floor.Officers {
		if o := &d.Floor.Officers[i]; o.WithRoom == room && o.WithSeat == 0 && len(d.withSeats(o)) == 0 {
			d.emit(OfficerFreed{Officer: o.ID})
		}
	}
}
