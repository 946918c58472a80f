package scheduler

import "lapak/scheduler/procedure"

func (c SeatVisit) decide(d *Draft) error {
	v, err := d.visit(c.Visit)
	if err != nil {
		return err
	}
	if v.State != Called {
		return conflict("not_called", "Number %s is %s; only a called one can be seated.", d.label(v), v.State)
	}
	if c.Room != 0 {
		if seat := d.Seat(c.Room, c.No); seat == nil || seat.Visit != v.ID {
			return conflict("other_visitor", "Seat %d of room %d does not expect number %s.", c.No, c.Room, d.label(v))
		}
	}
	if err := d.needCrew(d.Session(v.Session)); err != nil {
		return err
	}
	d.seatAll(v.ID)
	d.settleSession(v.Session)
	return nil
}

// seatAll seats the called persons of a visit.
func (d *Draft) seatAll(id VisitID) {
	d.emit(VisitSeated{ID: id})
	for _, seat := range d.SeatsOf(d.Visit(id)) {
		d.sit(seat)
	}
}

// sit starts or continues what the person at the seat came for.
func (d *Draft) sit(seat *Seat) {
	v := d.Visit(seat.Visit)
	claim := d.workable(v, seat.Person, d.programmeOf(v))
	if claim == nil {
		d.emit(SeatMoved{Room: seat.Room, No: seat.No, To: SeatBeside})
		return
	}
	d.emit(SeatMoved{Room: seat.Room, No: seat.No, To: d.Floor.waitsFor(claim), Claim: claim.ID})
}

// workable is the person's first unsettled claim that may be worked where the
// visit sits, or nil. The programme for which it was called, or on which it
// works already, is so whatever the policy has become since.
func (d *Draft) workable(v *Visit, person int8, called procedure.Programme) *Claim {
	r, ses := d.Room(v.Room), d.Session(v.Session)
	for _, c := range d.ClaimsOf(v) {
		if c.Outcome == NoOutcome && c.Person == person && (c.Programme == called || d.serves(r, ses, c.Programme)) {
			return c
		}
	}
	return nil
}

func (c SeatCalled) decide(d *Draft) error {
	_, ses, err := d.live(c.Room)
	if err != nil {
		return err
	}
	if n := len(c.Visits); n == 0 || n > MaxRoomSeats {
		return invalid("visits", "out_of_range", "Name 1 to %d numbers that are all at their seats; these are %d.", MaxRoomSeats, n)
	}
	id, here := ses.ID, 0
	for _, v := range c.Visits {
		if w := d.Visit(v); w != nil && w.State == Called && w.Session == id {
			d.seatAll(v)
			here++
		}
	}
	if here == 0 {
		return conflict("not_called", "None of these numbers is on its way to room %d: each is there already, or was missed.", c.Room)
	}
	d.settleSession(id)
	return nil
}

func (c UnseatVisit) decide(d *Draft) error {
	v, err := d.visit(c.Visit)
	if err != nil {
		return err
	}
	if v.State != Seated {
		return conflict("not_seated", "Number %s is %s; only one that is seated can turn out to be somebody else.", d.label(v), v.State)
	}
	if err := d.sameBooth(c, v); err != nil {
		return err
	}
	if err := d.needCrew(d.Session(v.Session)); err != nil {
		return err
	}
	if v.Sitting > 0 {
		return conflict("already_settled", "A claim of number %s has been settled here. Take that outcome back first.", d.label(v))
	}
	e := VisitUnseated{ID: v.ID}
	for _, seat := range d.SeatsOf(v) {
		if k := d.Claim(seat.Claim); k != nil {
			if step := d.ownSince(k, v.SeatedAt); step != k.Step {
				e.Reopen = append(e.Reopen, StepOpen{Claim: k.ID, Step: step})
			}
		}
	}
	d.release(v)
	d.emit(e)
	d.settleSession(v.Session)
	return nil
}

// sameBooth refuses what a booth may not say: of others, later, with an officer there.
func (d *Draft) sameBooth(c UnseatVisit, v *Visit) error {
	if c.Room == 0 {
		return nil
	}
	if seat := d.Seat(c.Room, c.No); seat == nil || seat.Visit != v.ID {
		return conflict("other_visitor", "Number %s is not at seat %d of room %d.", d.label(v), c.No, c.Room)
	}
	if d.now-v.SeatedAt > int64(d.Floor.Policy.UndoS) {
		return conflict("undo_gone", "The %d s to take this back at the booth are over. Please tell the staff.", d.Floor.Policy.UndoS)
	}
	for _, seat := range d.SeatsOf(v) {
		if seat.State == SeatWithOfficer {
			return conflict("undo_touched", "The officer is with number %s by now. Please tell them.", d.label(v))
		}
	}
	return nil
}

// ownSince is the first of the visitor's own steps just before the claim's present one,
// when any was ended since the time; else the present. An officer's step stays done.
func (d *Draft) ownSince(k *Claim, since Time) int8 {
	at := *k
	for at.Step--; k.StepSince > since && at.Step >= 0 && d.Floor.waitsFor(&at) == SeatPreparing; at.Step-- {
	}
	return at.Step + 1
}
