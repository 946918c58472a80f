package scheduler

import (
	"slices"

	"lapak/scheduler/procedure"
)

// officer returns the officer of a command. An officer acts for themself only.
func (d *Draft) officer(id OfficerID) (*Officer, error) {
	if d.by.Role == ByOfficer && d.by.ID != int64(id) {
		return nil, forbidden("not_you", "Only officer %d may do that.", id)
	}
	o := d.Officer(id)
	if o == nil {
		return nil, unknown("officer", "officer", id)
	}
	return o, nil
}

func (c SignOn) decide(d *Draft) error {
	o, err := d.officer(c.Officer)
	if err != nil {
		return err
	}
	if err := d.needOpenDay(); err != nil {
		return err
	}
	if o.Presence != OffShift {
		return conflict("already_on_shift", "Officer %d is on shift already.", o.ID)
	}
	if c.ShiftEnd != 0 && c.ShiftEnd <= d.now {
		return invalid("shift_end", "in_the_past", "The shift's end lies in the past.")
	}
	d.emit(OfficerMoved{ID: o.ID, To: OnShift, ShiftEnd: c.ShiftEnd})
	return nil
}

func (c SignOff) decide(d *Draft) error {
	o, err := d.officer(c.Officer)
	if err != nil {
		return err
	}
	if o.Presence == OffShift {
		return conflict("not_on_shift", "Officer %d is not on shift.", o.ID)
	}
	for i := range d.Floor.Sessions {
		if ses := &d.Floor.Sessions[i]; slices.Contains(ses.Crew, o.ID) && ses.State != Cleaning {
			return conflict("officer_in_session", "Officer %d still has a session in room %d. Close it or hand it over first.", o.ID, ses.Room)
		}
	}
	d.emit(OfficerMoved{ID: o.ID, To: OffShift})
	return nil
}

func (c StartBreak) decide(d *Draft) error {
	o, err := d.officer(c.Officer)
	if err != nil {
		return err
	}
	if o.Presence != OnShift {
		return conflict("not_on_shift", "Officer %d is %s.", o.ID, o.Presence)
	}
	if o.WithRoom != 0 {
		return conflict("officer_busy", "Officer %d is with somebody. Finish or put back first.", o.ID)
	}
	if c.Until != 0 && (c.Until <= d.now || c.Until > d.now+MaxWaitS) {
		return invalid("until", "out_of_range", "A break ends later than now and within %d hours.", MaxWaitS/3600)
	}
	to := OnBreak
	if c.Out {
		to = SteppedOff
	}
	d.emit(OfficerMoved{ID: o.ID, To: to, Until: c.Until, Reason: c.Reason})
	return nil
}

func (c EndBreak) decide(d *Draft) error {
	o, err := d.officer(c.Officer)
	if err != nil {
		return err
	}
	if o.Presence != OnBreak && o.Presence != SteppedOff {
		return conflict("not_on_break", "Officer %d is not on a break.", o.ID)
	}
	d.emit(OfficerMoved{ID: o.ID, To: OnShift})
	return nil
}

// atWork returns an officer who is on shift and not away.
func (d *Draft) atWork(id OfficerID) (*Officer, error) {
	o, err := d.officer(id)
	if err != nil {
		return nil, err
	}
	if o.Presence != OnShift {
		return nil, conflict("officer_absent", "Officer %d is %s. Come back first.", o.ID, o.Presence)
	}
	return o, nil
}

func (c Take) decide(d *Draft) error {
	o, err := d.atWork(c.Officer)
	if err != nil {
		return err
	}
	if o.WithRoom != 0 {
		return conflict("officer_busy", "You are with seat %d of room %d. Finish the step or put it back first.", o.WithSeat, o.WithRoom)
	}
	turns := d.Attention(o.ID, d.now)
	if c.No == 0 {
		turns = slices.DeleteFunc(turns, func(t Turn) bool { return c.Room != 0 && t.Room != c.Room })
		if len(turns) == 0 {
			return conflict("nobody_ready", "Nobody waits for you now.")
		}
		d.take(o, turns[0])
		return nil
	}
	seat := d.Seat(c.Room, c.No)
	if seat == nil {
		return unknown("seat", "seat", c.No)
	}
	for _, t := range turns {
		if t.Room == c.Room && t.Seat == c.No {
			d.take(o, t)
			return nil
		}
		if t.Room == c.Room && t.gathered && slices.Contains(t.Seats, c.No) {
			d.take(o, t)
			return nil
		}
	}
	if ses := d.SessionIn(c.Room); ses == nil || !slices.Contains(ses.Crew, o.ID) {
		return forbidden("not_your_session", "Room %d's session is not yours.", c.Room)
	}
	if seat.State == SeatPreparing {
		// The officer may help with the visitor's own step: the step goes on.
		d.take(o, Turn{Room: c.Room, Seat: c.No, Visit: seat.Visit, Claim: seat.Claim, Why: []Why{{Code: WhyStaff}}})
		return nil
	}
	return conflict("not_ready", "Seat %d of room %d is %s.", c.No, c.Room, seat.State)
}

func (d *Draft) take(o *Officer, t Turn) {
	seats := t.Seats
	if !t.gathered {
		seats = []SeatNo{t.Seat}
	}
	d.result.Room, d.result.Seat, d.result.Visit, d.result.Claim = t.Room, t.Seat, t.Visit, t.Claim
	d.emit(OfficerTook{Officer: o.ID, Room: t.Room, No: t.Seat, Seats: seats, Why: t.Why})
}

func (c PutBack) decide(d *Draft) error {
	o, err := d.officer(c.Officer)
	if err != nil {
		return err
	}
	if o.WithRoom == 0 {
		return conflict("with_nobody", "You are with nobody now.")
	}
	d.putBack(o)
	return nil
}

// putBack ends an officer's time with a person without finishing the step.
func (d *Draft) putBack(o *Officer) {
	for _, seat := range d.withSeats(o) {
		if claim := d.Claim(seat.Claim); claim != nil {
			d.emit(SeatMoved{Room: seat.Room, No: seat.No, To: d.Floor.waitsFor(claim)})
		}
	}
	d.emit(OfficerFreed{Officer: o.ID})
}

// withSeats are the seats that the officer is with: one, or a gathered group.
func (d *Draft) withSeats(o *Officer) []*Seat {
	if o.WithSeat != 0 {
		return []*Seat{d.Seat(o.WithRoom, o.WithSeat)}
	}
	var list []*Seat
	seats := d.RoomSeats(d.Room(o.WithRoom))
	for i := range seats {
		if seats[i].State != SeatWithOfficer || seats[i].Since != o.WithSince {
			continue
		}
		if c := d.Claim(seats[i].Claim); c != nil && d.Floor.waitsFor(c) == SeatGathering {
			list = append(list, &seats[i])
		}
	}
	return list
}

func (c FinishStep) decide(d *Draft) error {
	o, err := d.officer(c.Officer)
	if err != nil {
		return err
	}
	if o.WithRoom == 0 {
		return conflict("with_nobody", "You are with nobody now. Take the next one first.")
	}
	group := o.WithSeat == 0
	if !group {
		claim := d.Claim(d.Seat(o.WithRoom, o.WithSeat).Claim)
		if d.Floor.lastStep(claim) {
			return conflict("outcome_due", "This was the last step. Give the outcome.")
		}
	}
	for _, seat := range d.withSeats(o) {
		d.stepDone(seat, group)
	}
	if o := d.Officer(c.Officer); group || d.Seat(o.WithRoom, o.WithSeat).State != SeatWithOfficer {
		d.emit(OfficerFreed{Officer: o.ID})
	}
	return nil
}

// stepDone finishes the present step of the claim at a seat. When the next
// step is the officer's too and the officer is here, the officer stays.
func (d *Draft) stepDone(seat *Seat, group bool) {
	claim := d.Claim(seat.Claim)
	d.emit(StepDone{Claim: claim.ID, Next: claim.Step + 1, TookS: d.now - claim.StepSince})
	to := d.Floor.waitsFor(d.Claim(seat.Claim))
	if to == SeatReady && seat.State == SeatWithOfficer && !group {
		to = SeatWithOfficer
	}
	d.emit(SeatMoved{Room: seat.Room, No: seat.No, To: to})
}

func (c SeatReadyNow) decide(d *Draft) error {
	seat := d.Seat(c.Room, c.No)
	if seat == nil {
		return unknown("seat", "seat", c.No)
	}
	if c.Visit != 0 && seat.Visit != c.Visit {
		return conflict("other_visitor", "Seat %d has another visitor by now.", c.No)
	}
	if seat.State != SeatPreparing {
		return conflict("not_preparing", "Seat %d is %s; there is no own step to finish.", c.No, seat.State)
	}
	if err := d.needCrew(d.SessionIn(c.Room)); err != nil {
		return err
	}
	d.stepDone(seat, false)
	return nil
}

func (c AskHelp) decide(d *Draft) error {
	seat := d.Seat(c.Room, c.No)
	if seat == nil {
		return unknown("seat", "seat", c.No)
	}
	if !seat.taken() || seat.State == SeatExpected {
		return conflict("seat_empty", "Nobody sits at seat %d.", c.No)
	}
	if seat.Help == !c.Over {
		return conflict("no_change", "Help is already on its way.")
	}
	d.emit(HelpAsked(c))
	return nil
}

func (c MarkPaper) decide(d *Draft) error {
	k := d.Claim(c.Claim)
	if k == nil {
		return unknown("claim", "claim", c.Claim)
	}
	v := d.Visit(k.Visit)
	if err := d.needCrew(d.Session(v.Session)); err != nil {
		return err
	}
	if v.State.Final() {
		return conflict("already_over", "Number %s is %s.", d.label(v), v.State)
	}
	if err := d.checkMark(v, Paper{Claim: c.Claim, Doc: c.Doc, Mark: c.Mark}); err != nil {
		return err
	}
	d.emit(PaperMarked{Claim: c.Claim, Doc: c.Doc, Mark: c.Mark})
	return nil
}

func (c Settle) decide(d *Draft) error {
	k := d.Claim(c.Claim)
	if k == nil {
		return unknown("claim", "claim", c.Claim)
	}
	v := d.Visit(k.Visit)
	if err := d.checkOutcome(k, v, c.Outcome, c.Missing, c.Reason); err != nil {
		return err
	}
	if k.Outcome != NoOutcome {
		return conflict("already_settled", "This claim is %s already.", k.Outcome)
	}
	if v.State == AtDesk && d.by.Staff() {
		d.settle(k, c.Outcome, c.Missing, c.Reason, 0)
		d.afterDesk(v.ID)
		return nil
	}
	seat := d.seatOf(k)
	if v.State != Seated || seat == nil || seat.State != SeatWithOfficer {
		return conflict("not_with_officer", "Number %s is not with an officer. Take it first.", d.label(v))
	}
	if err := d.needCrew(d.Session(v.Session)); err != nil {
		return err
	}
	session := v.Session
	d.settleAt(seat, k, c.Outcome, c.Missing, c.Reason, 0)
	d.settleSession(session)
	return nil
}

func (d *Draft) checkOutcome(k *Claim, v *Visit, o Outcome, missing []procedure.Doc, reason ReasonCode) error {
	if o == NoOutcome || o >= outcomes {
		return invalid("outcome", "bad_outcome", "The outcome is approved, returned, escalated or refused.")
	}
	if o == Returned && len(missing) == 0 && reason == "" {
		return invalid("missing", "missing", "Say what is missing, or give a reason: the visitor must know what to bring.")
	}
	if o != Returned && len(missing) > 0 {
		return invalid("missing", "not_returned", "Missing papers go with the outcome returned.")
	}
	if (o == Refused || o == Escalated) && reason == "" {
		return invalid("reason", "missing", "This outcome needs a reason from the list.")
	}
	for _, doc := range missing {
		if err := d.checkMark(v, Paper{Claim: k.ID, Doc: doc, Mark: Missing}); err != nil {
			return err
		}
	}
	return nil
}

// seatOf is the seat where the claim is being worked on, or nil.
func (d *Draft) seatOf(k *Claim) *Seat {
	for _, seat := range d.SeatsOf(d.Visit(k.Visit)) {
		if seat.Claim == k.ID {
			return seat
		}
	}
	return nil
}

// settle gives the outcome, the receipt and the promised date.
func (d *Draft) settle(k *Claim, o Outcome, missing []procedure.Doc, reason ReasonCode, n int) {
	f := &d.Floor
	e := ClaimSettled{Claim: k.ID, Outcome: o, Missing: missing, Reason: reason, Receipt: (d.Seq+1)<<8 + int64(n)}
	if list, ok := d.Checklist(k); ok {
		e.Checklist = list.Version
	}
	if o == Approved {
		e.Promise = f.Policy.Procedures.PromiseDate(k.Programme, k.Small, f.Day.Date, &f.Policy.Calendar)
	}
	d.result.Settled = append(d.result.Settled, k.ID)
	d.emit(StepDone{Claim: k.ID, Next: k.Step + 1, TookS: d.now - k.StepSince})
	d.emit(e)
}

// settleAt settles the claim at a seat and goes on there: with the person's
// next claim, back to the line when the sitting's files are done, or home.
func (d *Draft) settleAt(seat *Seat, k *Claim, o Outcome, missing []procedure.Doc, reason ReasonCode, n int) {
	v := d.Visit(k.Visit)
	d.settle(k, o, missing, reason, n)
	for i := range d.Floor.Officers {
		if w := &d.Floor.Officers[i]; w.WithRoom == seat.Room && w.WithSeat == seat.No {
			d.emit(OfficerFreed{Officer: w.ID})
		}
	}
	next := d.openClaim(v, seat.Person)
	if next != nil && int(d.Visit(v.ID).Sitting) >= d.Floor.Policy.Group.FilesPerSitting*max(1, int(v.Persons)) {
		d.emit(VisitMoved{ID: v.ID, To: Waiting, Effective: d.now, Free: true, FreeAt: d.freeAt(),
			Why: []Why{{Code: WhyYielded, A: int64(d.Visit(v.ID).Sitting)}}})
		return
	}
	if next != nil {
		d.skipBriefing(next)
		d.emit(SeatMoved{Room: seat.Room, No: seat.No, To: d.Floor.waitsFor(d.Claim(next.ID)), Claim: next.ID})
		return
	}
	d.emit(SeatMoved{Room: seat.Room, No: seat.No, To: SeatBeside})
	if d.openClaim(v, -1) == nil {
		d.emit(VisitMoved{ID: v.ID, To: Settled, Free: true, FreeAt: d.freeAt()})
	}
}

// skipBriefing leaves out what a person has heard already in this sitting.
func (d *Draft) skipBriefing(c *Claim) {
	if step, ok := d.Floor.stepOf(c); ok && c.Step == 0 && step.Code == procedure.StepBriefing {
		d.emit(StepDone{Claim: c.ID, Next: 1})
	}
}

// afterDesk ends a visit whose claims were all settled at the side desk.
func (d *Draft) afterDesk(id VisitID) {
	if v := d.Visit(id); d.openClaim(v, -1) == nil {
		d.emit(VisitMoved{ID: id, To: Settled})
	}
}

func (c SettleRest) decide(d *Draft) error {
	like := d.Claim(c.Like)
	if like == nil {
		return unknown("like", "claim", c.Like)
	}
	if like.Outcome == NoOutcome {
		return conflict("not_settled", "Give this claim its outcome first; then the rest can have the same.")
	}
	var receipt *Receipt
	for i := range d.Dossier(like.Visit).Receipts {
		if r := &d.Dossier(like.Visit).Receipts[i]; r.Claim == like.ID {
			receipt = r
		}
	}
	if receipt == nil {
		return conflict("not_settled", "This claim has no receipt; its outcome cannot be copied.")
	}
	seats, session := d.rest(like)
	if len(seats) == 0 {
		return conflict("no_rest", "Nobody else waits at the last step with the same programme and reason.")
	}
	for i, seat := range seats {
		k := d.Claim(seat.Claim)
		if k != nil && k.Outcome == NoOutcome {
			d.settleAt(seat, k, receipt.Outcome, receipt.Missing, receipt.Reason, i)
		}
	}
	d.settleSession(session)
	return nil
}

// rest finds the seats whose claims may have the same outcome: those of the
// officer's session who wait at the last step with the same programme and
// reason, and a seat where the same visit's next file is.
func (d *Draft) rest(like *Claim) ([]*Seat, SessionID) {
	var list []*Seat
	var session SessionID
	for i := range d.Floor.Seats {
		seat := &d.Floor.Seats[i]
		ses := d.SessionIn(seat.Room)
		if ses == nil || seat.Claim == 0 || d.needCrew(ses) != nil || (session != 0 && ses.ID != session) {
			continue
		}
		k := d.Claim(seat.Claim)
		sameKind := k.Outcome == NoOutcome && k.Programme == like.Programme && k.Reason == like.Reason
		atEnd := (seat.State == SeatReady || seat.State == SeatWithOfficer) && d.Floor.lastStep(k)
		sameVisit := k.Visit == like.Visit && seat.State != SeatExpected
		if sameKind && (atEnd || sameVisit) {
			list, session = append(list, seat), ses.ID
		}
	}
	return list, session
}

func (c UndoRecord) decide(d *Draft) error {
	i := slices.IndexFunc(d.Undo, func(u Undoable) bool { return u.Seq == c.Seq })
	if i < 0 {
		return conflict("undo_gone", "Record %d cannot be taken back: it is older than %d s, or of a kind that stays.", c.Seq, d.Floor.Policy.UndoS)
	}
	u := &d.Undo[i]
	switch {
	case d.now-u.At > int64(d.Floor.Policy.UndoS):
		return conflict("undo_gone", "The %d s to take this back are over.", d.Floor.Policy.UndoS)
	case u.By != d.by:
		return forbidden("not_your_act", "Only whoever did it can take it back.")
	case !d.untouched(u):
		return conflict("undo_touched", "Something has happened there since. Mend it by hand.")
	case d.tooNearNow(u):
		return conflict("undo_touched", "A seat beside it has been given to somebody else since.")
	}
	d.emit(Undone(c))
	return nil
}

// tooNearNow reports whether putting people back at their seats would set them
// nearer to somebody else than the distance at their call.
func (d *Draft) tooNearNow(u *Undoable) bool {
	for i := range u.Images.Seats {
		a := &u.Images.Seats[i]
		if !a.taken() {
			continue
		}
		for _, b := range d.RoomSeats(d.Room(a.Room)) {
			back := slices.ContainsFunc(u.Images.Seats, func(s Seat) bool { return s.Room == b.Room && s.No == b.No })
			if !back && b.taken() && b.Visit != a.Visit && apartSquared(a, &b) < square(int64(max(a.DistanceMM, b.DistanceMM))) {
				return true
			}
		}
	}
	return false
}

func square(x int64) int64 { return x * x }

func apartSquared(a, b *Seat) int64 {
	return square(int64(a.XMM)-int64(b.XMM)) + square(int64(a.YMM)-int64(b.YMM))
}
