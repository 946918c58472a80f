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
	for _, no := range o.WithGroup {
		if seat := d.Seat(o.WithRoom, no); seat.State == SeatWithOfficer && seat.Since == o.WithSince && !d.alone(o.WithRoom, no) {
			list = append(list, seat)
		}
	}
	return list
}

// alone reports whether an officer is with the person at the seat alone.
func (d *Draft) alone(room RoomID, no SeatNo) bool {
	return slices.ContainsFunc(d.Floor.Officers, func(o Officer) bool { return o.WithRoom == room && o.WithSeat == no })
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
	for i, doc := range missing {
		if slices.Contains(missing[:i], doc) {
			return invalid("missing", "twice", "%s is named twice.", doc)
		}
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
	d.emit(e)
	d.emit(StepDone{Claim: k.ID, Next: k.Step + 1, TookS: d.now - k.StepSince})
}

// settleAt settles the claim at a seat and goes on there: with the person's
// next claim, back to the line when the sitting's files are done or what is
// left is worked elsewhere, or home.
func (d *Draft) settleAt(seat *Seat, k *Claim, o Outcome, missing []procedure.Doc, reason ReasonCode, n int) {
	v := d.Visit(k.Visit)
	d.settle(k, o, missing, reason, n)
	for i := range d.Floor.Officers {
		if w := &d.Floor.Officers[i]; w.WithRoom == seat.Room && w.WithSeat == seat.No {
			d.emit(OfficerFreed{Officer: w.ID})
		}
	}
	next := d.workable(v, seat.Person, k.Programme)
	if next != nil && int(v.Sitting) >= d.Floor.Policy.Group.FilesPerSitting*max(1, int(v.Persons)) {
		d.backToLine(v, d.now, Why{Code: WhyYielded, A: int64(v.Sitting)})
		return
	}
	if next != nil {
		d.skipBriefing(next)
		d.emit(SeatMoved{Room: seat.Room, No: seat.No, To: d.Floor.waitsFor(next), Claim: next.ID})
		return
	}
	d.emit(SeatMoved{Room: seat.Room, No: seat.No, To: SeatBeside})
	for _, other := range d.SeatsOf(v) {
		if other.State != SeatBeside {
			return // the party stays until everybody's work here is done
		}
	}
	if d.openClaim(v, -1) != nil {
		d.backToLine(v, v.Effective, Why{Code: WhyProgramme})
		return
	}
	d.emit(VisitMoved{ID: v.ID, To: Settled, Free: true, FreeAt: d.freeAt(v)})
}

// backToLine sends a seated visit with open claims to the line that its room
// calls from. The session is not moved on; the caller does that.
func (d *Draft) backToLine(v *Visit, place Time, why Why) {
	d.release(v)
	d.emit(VisitMoved{ID: v.ID, To: lineOf(d.Room(v.Room)), Effective: place, Free: true, FreeAt: d.freeAt(v), Why: []Why{why}})
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
	session := d.sessionOf(like)
	n := 0
	for _, no := range d.rest(like, session) {
		seat := d.Seat(d.Session(session).Room, no)
		for k := d.sameKind(seat, like); k != nil && n < maxRest; k = d.sameKind(seat, like) {
			mine := k.Visit == like.Visit
			d.settleAt(seat, k, receipt.Outcome, receipt.Missing, receipt.Reason, n)
			n++
			if !mine {
				break // of another visit, only the file that waits for its outcome
			}
		}
	}
	if n == 0 {
		return conflict("no_rest", "Nobody else waits at the last step with the same programme and reason.")
	}
	d.settleSession(session)
	return nil
}

// maxRest bounds the claims that one command settles, so that its record stays
// well under MaxRecordBytes; the officer presses again for more.
const maxRest = 40

// sessionOf is the session in which the claim is or was just worked, or 0.
func (d *Draft) sessionOf(k *Claim) SessionID {
	if v := d.Visit(k.Visit); v.Session != 0 {
		return v.Session
	}
	for i := range d.Floor.Seats {
		if d.Floor.Seats[i].LastVisit == k.Visit {
			return d.Room(d.Floor.Seats[i].Room).Session
		}
	}
	for i := range d.Floor.Sessions {
		if ses := &d.Floor.Sessions[i]; d.by.Role == ByOfficer && slices.Contains(ses.Crew, OfficerID(d.by.ID)) {
			return ses.ID
		}
	}
	return 0
}

// rest finds the session's seats whose claims may have the same outcome: those
// that wait at the last step with the same programme and reason, and those of
// the same visit. Whoever another officer is with is left alone.
func (d *Draft) rest(like *Claim, session SessionID) []SeatNo {
	ses := d.Session(session)
	if ses == nil || d.needCrew(ses) != nil {
		return nil
	}
	var list []SeatNo
	for _, seat := range d.RoomSeats(d.Room(ses.Room)) {
		k := d.sameKind(&seat, like)
		if k == nil || d.othersAt(&seat) {
			continue
		}
		atEnd := (seat.State == SeatReady || seat.State == SeatWithOfficer) && d.Floor.lastStep(k)
		if atEnd || k.Visit == like.Visit {
			list = append(list, seat.No)
		}
	}
	return list
}

// sameKind is the open claim worked at the seat when it is of the other's
// programme and reason, or nil.
func (d *Draft) sameKind(seat *Seat, like *Claim) *Claim {
	k := d.Claim(seat.Claim)
	if k == nil || k.Outcome != NoOutcome || k.Programme != like.Programme || k.Reason != like.Reason {
		return nil
	}
	return k
}

// othersAt reports whether an officer other than the actor is with the person
// at the seat, alone or as one of a group.
func (d *Draft) othersAt(seat *Seat) bool {
	if seat.State != SeatWithOfficer {
		return false
	}
	for i := range d.Floor.Officers {
		o := &d.Floor.Officers[i]
		if o.WithRoom == seat.Room && o.WithSeat == seat.No {
			return d.by != Actor{Role: ByOfficer, ID: int64(o.ID)}
		}
	}
	return true // a group step is under way
}

func (c UndoRecord) decide(d *Draft) error {
	if err := d.needOpenDay(); err != nil {
		return err
	}
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
	case d.otherNumber(u):
		return conflict("undo_touched", "The person has taken another number since.")
	case d.crewGone(u):
		return conflict("undo_touched", "An officer of the crew has gone home, or has a session since.")
	case d.sessionOver(u):
		return conflict("undo_touched", "The session there has ended since. Mend it by hand.")
	case d.tooNearNow(u):
		return conflict("undo_touched", "A seat beside it has been given to somebody else since.")
	}
	d.emit(Undone(c))
	return nil
}

// crewGone reports whether a crew that would come back has been broken up, or
// an officer who would be off shift again has a session by now.
func (d *Draft) crewGone(u *Undoable) bool {
	for i := range u.Images.Officers {
		o := &u.Images.Officers[i]
		for k := range d.Floor.Sessions {
			if ses := &d.Floor.Sessions[k]; o.Presence == OffShift && slices.Contains(ses.Crew, o.ID) && ses.State != Cleaning {
				return true // the shift that began by the act has work by now
			}
		}
	}
	return slices.ContainsFunc(u.Images.Sessions, func(s Session) bool {
		return s.State != Cleaning && d.checkCrew(s.Crew, s.ID) != nil
	})
}

// otherNumber reports whether taking the act back would bring a visit back to
// life whose person holds another number by now.
func (d *Draft) otherNumber(u *Undoable) bool {
	for i := range u.Images.Visits {
		v := &u.Images.Visits[i]
		if w := d.liveVisit(v.Person, v.Date); !v.State.Final() && w != nil && w.ID != v.ID {
			return true
		}
	}
	return false
}

// sessionOver reports whether putting people back at their seats would bring
// them into a session that has ended since: parking one person leaves the
// session itself untouched, so its end does not show in the images.
func (d *Draft) sessionOver(u *Undoable) bool {
	for i := range u.Images.Visits {
		v := &u.Images.Visits[i]
		back := slices.ContainsFunc(u.Images.Sessions, func(s Session) bool { return s.ID == v.Session })
		if !inSession(v) || back {
			continue // the session comes back as well
		}
		if ses := d.Session(v.Session); ses == nil || ses.State >= Cleaning {
			return true
		}
	}
	return false
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
