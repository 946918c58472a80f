package scheduler

import (
	"lapak/scheduler/calendar"
	"lapak/scheduler/procedure"
	"lapak/scheduler/seating"
)

// lateOpeningS is how long before the last ticket a day opened by hand still
// keeps to the calendar's hours. Opened later than that, or on a day when the
// branch is closed, it runs until it is closed by hand.
const lateOpeningS = 2 * 3600

func (c OpenDay) decide(d *Draft) error {
	f := &d.Floor
	if f.Day.Open {
		return conflict("day_open", "The day %s is already open.", f.Day.Date)
	}
	today := f.Policy.Calendar.Zone.DateOf(f.Wall(d.now))
	date := c.Date
	if date == 0 {
		date = today
	}
	if f.Day.Date != 0 && date < f.Day.Date {
		return invalid("date", "day_in_past", "The last business day was %s; %s lies before it. Check the clock.", f.Day.Date, date)
	}
	if f.Day.Date == date && f.Day.Number > 0 {
		return conflict("day_closed", "The day %s was closed already; its numbers are used. Open the next one.", date)
	}
	if date != today {
		return invalid("date", "not_today", "Today is %s by the branch's clock, not %s. Adjust the clock first.", today, date)
	}
	hours, open, _ := f.Policy.Calendar.HoursOn(date)
	if !open && !d.by.Staff() {
		return conflict("holiday", "The branch is closed on %s.", date)
	}
	second := f.secondOfDay(d.now)
	extended := !open || second > hours.LastTicketS-lateOpeningS
	if extended && !open {
		hours = calendar.Hours{GateS: second, OpenS: second, LastTicketS: 24*3600 - 1, CloseS: 24*3600 - 1}
	}
	if second < hours.GateS && d.by.Staff() {
		hours.GateS = second // opened early by hand; the doors' time and its draw stay
	}
	d.emit(DayOpened{Date: date, Hours: hours, Extended: extended})
	return nil
}

func (c CloseDay) decide(d *Draft) error {
	f := &d.Floor
	if !f.Day.Open {
		return conflict("day_not_open", "No day is open.")
	}
	if len(f.Sessions) > 0 && !c.Force {
		busy := f.Sessions[0].Room
		return conflict("session_live", "Room %d still has a session. Close it first, or close the day by force.", busy)
	}
	for len(f.Sessions) > 0 {
		d.abort(&f.Sessions[0], "day_closed")
	}
	date, _ := f.Policy.Calendar.NextOpenDay(f.Day.Date)
	var carried []VisitID
	n := len(f.Visits)
	for i := 0; i < n; i++ {
		if d.endVisit(f.Visits[i].ID, date) {
			carried = append(carried, f.Visits[i].ID)
		}
	}
	d.emit(DayClosed{Totals: d.totals(), Carried: carried})
	return nil
}

// endVisit ends one visit at the close of the day: whoever waited is carried
// over with a guarantee for the next open day.
func (d *Draft) endVisit(id VisitID, next calendar.Date) (carried bool) {
	f := &d.Floor
	v := d.Visit(id)
	if v.State.Final() || (v.State == Booked && v.Date > f.Day.Date) {
		return false
	}
	switch v.State {
	case Booked:
		d.emit(VisitMoved{ID: id, To: NoShow, Why: []Why{{Code: WhyNoShow}}})
		return false
	case Incomplete:
		d.emit(VisitMoved{ID: id, To: Left, Why: []Why{{Code: WhyCarried}}})
		return false
	}
	d.emit(VisitMoved{ID: id, To: CarriedOver, Why: []Why{{Code: WhyCarried}}})
	d.carry(d.Visit(id), next)
	return true
}

// carry books the visit's unsettled claims for the next open day, with a
// guarantee, under a new visit of the same person.
func (d *Draft) carry(v *Visit, next calendar.Date) {
	f := &d.Floor
	w := Visit{ID: f.NextVisit, Person: v.Person, Channel: v.Channel, Priority: Guaranteed, Accessible: v.Accessible,
		Persons: v.Persons, Company: v.Company, Date: next, State: Booked, Since: d.now, First: f.NextClaim}
	var claims []Claim
	for _, c := range d.ClaimsOf(v) {
		if c.Outcome != NoOutcome {
			continue
		}
		k := Claim{ID: f.NextClaim + ClaimID(len(claims)), Visit: w.ID, Programme: c.Programme, Reason: c.Reason,
			Small: c.Small, Person: c.Person}
		if len(claims) > 0 {
			claims[len(claims)-1].Next = k.ID
		}
		claims = append(claims, k)
	}
	w.NClaims = int16(len(claims))
	link := Hash("")
	if old := d.Dossier(v.ID); old != nil {
		link = old.Link
	}
	if len(claims) > 0 {
		d.emit(VisitOpened{Visit: w, Claims: claims, Link: link, Why: []Why{{Code: WhyGuaranteed}}})
	}
}

// totals are the day's facts.
func (s *State) totals() Totals {
	f := &s.Floor
	t := Totals{Date: f.Day.Date, ByChannel: make([]int, channels)}
	open := f.atSecond(f.Day.Hours.OpenS)
	var waited, doors, waits, door int64
	for i := range f.Visits {
		v := &f.Visits[i]
		if v.Arrived == 0 {
			continue
		}
		t.Visits++
		t.Persons += int(v.Persons)
		t.Claims += int(v.NClaims)
		t.ByChannel[v.Channel]++
		t.count(v.State)
		start := max(v.Arrived, open)
		if v.FirstCall != 0 {
			w := max(0, v.FirstCall-start)
			waited, waits, t.WaitMaxS = waited+w, waits+1, max(t.WaitMaxS, w)
		}
		if v.State == Settled {
			doors, door = doors+max(0, v.Ended-start), door+1
		}
		if v.Overtaken > 0 {
			t.Overtaken++
			t.OvertakeMx = max(t.OvertakeMx, int(v.Overtaken))
		}
		for _, c := range s.ClaimsOf(v) {
			switch c.Outcome {
			case Approved:
				t.Approved++
			case Returned:
				t.Returned++
			}
			if c.Outcome != NoOutcome {
				t.Settled++
			}
		}
	}
	t.WaitMeanS, t.DoorMeanS = waited/max(1, waits), doors/max(1, door)
	return t
}

func (t *Totals) count(state VisitState) {
	switch state {
	case NoShow:
		t.NoShows++
	case Left:
		t.Left++
	case Cancelled:
		t.Cancelled++
	case CarriedOver:
		t.Carried++
	}
}

// DayTotals are the figures of the open (or last) day so far.
func (s *State) DayTotals() Totals { return s.totals() }

// MaxClockStepS bounds one correction of the clock: a year, so that a dead
// battery's date can be mended and a slip of the finger cannot lose the day.
const MaxClockStepS = 366 * 24 * 3600

func (c AdjustClock) decide(d *Draft) error {
	if c.BySeconds == 0 {
		return invalid("by_s", "no_step", "The clock already agrees; nothing to adjust.")
	}
	if c.BySeconds > MaxClockStepS || c.BySeconds < -MaxClockStepS {
		return invalid("by_s", "out_of_range", "A clock step is at most a year; %d s is more.", c.BySeconds)
	}
	d.emit(ClockAdjusted{BySeconds: c.BySeconds})
	return nil
}

func (c SetPolicy) decide(d *Draft) error {
	if c.Policy == nil {
		return invalid("policy", "missing", "Give the whole policy.")
	}
	if c.Version != d.Floor.Policy.Version {
		return conflict("stale_version", "The policy is at version %d by now; you changed version %d. Load it again.", d.Floor.Policy.Version, c.Version)
	}
	if err := c.Policy.Validate(); err != nil {
		return err
	}
	p := c.Policy.clone()
	p.Version = d.Floor.Policy.Version + 1
	d.emit(PolicySet{Policy: p})
	return nil
}

func (c SetRoom) decide(d *Draft) error {
	f := &d.Floor
	old := d.Room(c.Room.ID)
	switch {
	case c.Room.ID < 1 || c.Room.ID > 99:
		return invalid("id", "out_of_range", "A room's number lies between 1 and 99: it is spoken aloud.")
	case old == nil && c.Version != 0, old != nil && old.Version != c.Version:
		return conflict("stale_version", "Room %d was changed by somebody else. Load it again.", c.Room.ID)
	case old == nil && len(f.Rooms) >= MaxRooms:
		return conflict("too_many_rooms", "A branch has at most %d rooms.", MaxRooms)
	case old != nil && old.Session != 0:
		return conflict("room_in_use", "Room %d has a session. Draw it when the session is over.", c.Room.ID)
	case len(c.Seats) < 1 || len(c.Seats) > MaxRoomSeats:
		return invalid("seats", "out_of_range", "A room has 1 to %d seats; this one has %d.", MaxRoomSeats, len(c.Seats))
	case c.Room.Normal < 0:
		return invalid("normal", "out_of_range", "The normal capacity is the persons the room held before distances; 0 leaves it out.")
	case c.Room.Mode >= modes:
		return invalid("mode", "bad_mode", "The mode must be default, rolling, closed or single.")
	}
	if err := checkProgrammes(f.Policy, c.Room.Programmes); err != nil {
		return err
	}
	if err := checkSeats(f.Policy, c.Seats); err != nil {
		return err
	}
	r := c.Room
	r.Version, r.Session, r.ReadyAt = c.Version+1, 0, 0
	d.emit(RoomSet{Room: r, Seats: c.Seats})
	return nil
}

func checkProgrammes(p *Policy, list []procedure.Programme) error {
	for _, programme := range list {
		if _, ok := p.Procedures.Procedure(programme); !ok {
			return invalid("programmes", "unknown_programme", "No procedure exists for programme %q.", programme)
		}
	}
	return nil
}

func checkSeats(p *Policy, seats []SeatPlan) error {
	list := make([]seating.Seat, len(seats))
	for i, s := range seats {
		list[i] = seating.Seat{XMM: s.XMM, YMM: s.YMM, Accessible: s.Accessible, Closed: s.Closed}
	}
	if err := seating.Validate(list, p.Distance.DistanceMM, p.together()); err != nil {
		return invalid("seats", "bad_seats", "%v", err)
	}
	return nil
}

func (c RemoveRoom) decide(d *Draft) error {
	r := d.Room(c.Room)
	if r == nil {
		return unknown("room", "room", c.Room)
	}
	if r.Session != 0 {
		return conflict("room_in_use", "Room %d has a session. Close it first.", c.Room)
	}
	d.emit(RoomRemoved{Room: c.Room})
	return nil
}

func (c SetSeat) decide(d *Draft) error {
	seat := d.Seat(c.Room, c.No)
	if seat == nil {
		return unknown("seat", "seat", c.No)
	}
	if seat.Closed == c.Closed {
		return conflict("no_change", "Seat %d is already so.", c.No)
	}
	d.emit(SeatSet{Room: c.Room, No: c.No, Closed: c.Closed, Reason: c.Reason})
	return nil
}

func (c SetOfficer) decide(d *Draft) error {
	f := &d.Floor
	if c.ID < 1 {
		return invalid("id", "out_of_range", "An officer's id is the account's, from 1.")
	}
	if c.MaxGroup < 0 || c.MaxGroup > MaxGroup {
		return invalid("max_group", "out_of_range", "An officer's group lies between 1 and %d; 0 means the branch's.", MaxGroup)
	}
	if d.Officer(c.ID) == nil && len(f.Officers) >= MaxOfficers {
		return conflict("too_many_officers", "A branch has at most %d officers.", MaxOfficers)
	}
	if err := checkProgrammes(f.Policy, c.Programmes); err != nil {
		return err
	}
	d.emit(OfficerSet{ID: c.ID, MaxGroup: int16(c.MaxGroup), Programmes: c.Programmes})
	return nil
}
