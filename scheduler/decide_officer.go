package scheduler

import "slices"

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
	var few [turnsAtOnce]Turn
	turns := d.attention(o.ID, d.now, few[:0])
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
	if c.Claim != 0 && (group || d.Seat(o.WithRoom, o.WithSeat).Claim != c.Claim) {
		return conflict("other_visitor", "You are with somebody else by now. Look who it is and press again.")
	}
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
	if c.Visit != 0 && seat.Visit != c.Visit {
		return conflict("other_visitor", "Seat %d has another visitor by now.", c.No)
	}
	if !seat.taken() || seat.State == SeatExpected {
		return conflict("seat_empty", "Nobody sits at seat %d.", c.No)
	}
	if seat.Help == !c.Over {
		return conflict("no_change", "Help is already on its way.")
	}
	d.emit(HelpAsked{Room: c.Room, No: c.No, Over: c.Over})
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
	if err := d.checkMark(v, Paper(c)); err != nil {
		return err
	}
	d.emit(PaperMarked(c))
	return nil
}
