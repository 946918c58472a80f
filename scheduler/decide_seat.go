package scheduler

import (
	"slices"

	"lapak/scheduler/procedure"
)

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
	r, ses, err := d.live(c.Room)
	if err != nil {
		return err
	}
	if len(c.Visits) == 0 {
		return invalid("visits", "missing", "Name the numbers that are all at their seats.")
	}
	if len(c.Visits) > MaxRoomSeats {
		return invalid("visits", "too_large", "%d numbers are named; a room has %d seats at the most.", len(c.Visits), MaxRoomSeats)
	}
	id, here := ses.ID, 0
	for _, seat := range slices.Clone(d.RoomSeats(r)) {
		if seat.State != SeatExpected || !slices.Contains(c.Visits, seat.Visit) {
			continue
		}
		if d.Visit(seat.Visit).State == Called { // once for a party with several seats
			d.emit(VisitSeated{ID: seat.Visit})
		}
		d.sit(d.Seat(seat.Room, seat.No))
		here++
	}
	if here == 0 {
		return conflict("not_called", "None of these numbers is on its way to room %d: each is there already, or was missed.", c.Room)
	}
	d.settleSession(id)
	return nil
}
