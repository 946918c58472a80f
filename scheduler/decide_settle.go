package scheduler

import (
	"slices"

	"lapak/scheduler/procedure"
)

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
	if doc := d.lacks(k, v, nil); c.Outcome == Approved && doc != "" {
		return conflict("papers_missing", "%s is required and marked missing. Mark it present, or return the claim.", doc)
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
	d.goOn(seat, v, d.workable(v, seat.Person, k.Programme))
	d.freeGroups(seat.Room)
}

// goOn is what happens at a seat whose claim has its outcome.
func (d *Draft) goOn(seat *Seat, v *Visit, next *Claim) {
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

// sameKind is the open claim worked at the seat when it is of the other's programme
// and reason, or nil. What lacks a required document is not approved along with others.
func (d *Draft) sameKind(seat *Seat, like *Claim) *Claim {
	k := d.Claim(seat.Claim)
	if k == nil || k.Outcome != NoOutcome || k.Programme != like.Programme || k.Reason != like.Reason ||
		(like.Outcome == Approved && d.lacks(k, d.Visit(k.Visit), nil) != "") {
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
