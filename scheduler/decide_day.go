package scheduler

import (
	"encoding/json"
	"slices"

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
	if f.Day.Date != 0 && date < f.Day.Date && !(f.Day.Doubted && d.by.Role == ByManager) {
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
	for i := range f.Seats {
		if f.Seats[i].taken() && !c.Force {
			return conflict("session_live", "Room %d still has people at its seats. Finish with them first, or close the day by force.", f.Seats[i].Room)
		}
	}
	e := DayClosed{FirstVisit: f.NextVisit, FirstClaim: f.NextClaim}
	e.Next, _ = f.Policy.Calendar.NextOpenDay(f.Day.Date)
	for i := range f.Visits {
		v := &f.Visits[i]
		switch {
		case v.State.Final() || v.Date > f.Day.Date:
		case v.State == Booked:
			e.Missed = append(e.Missed, v.ID)
		case v.State == Incomplete:
			e.Gone = append(e.Gone, v.ID)
		default:
			e.Carried = append(e.Carried, v.ID)
		}
	}
	e.Totals = d.totals()
	e.Totals.Carried, e.Totals.Left = len(e.Carried), e.Totals.Left+len(e.Gone)
	d.emit(e)
	for _, p := range slices.Clone(f.Plans) {
		d.drawPlanned(p.Room.ID)
	}
	return nil
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
	d.emit(ClockAdjusted(c))
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
	if d.Floor.Policy.Pooled && !c.Policy.Pooled {
		if id, twice := d.inTwoSessions(); twice {
			return conflict("officer_in_session", "Officer %d works in several rooms. Give each room its own crew before the pool ends.", id)
		}
	}
	p := c.Policy.clone()
	p.Version = d.Floor.Policy.Version + 1
	if n := policyBytes(p); n > maxPolicyBytes {
		return invalid("policy", "too_large", "The policy has %d bytes; %d is the most. Take old checklists and past holidays out.", n, maxPolicyBytes)
	}
	d.emit(PolicySet{Policy: p})
	return nil
}

// maxPolicyBytes leaves a policy's record room for what stands around it.
const maxPolicyBytes = MaxRecordBytes - 4<<10

func policyBytes(p *Policy) int {
	b, err := json.Marshal(p)
	if err != nil {
		return maxPolicyBytes + 1 // what cannot be written must not get into the journal
	}
	return len(b)
}

// inTwoSessions finds an officer who is in the crews of several sessions.
func (s *State) inTwoSessions() (OfficerID, bool) {
	var seen []OfficerID
	for i := range s.Floor.Sessions {
		for _, id := range s.Floor.Sessions[i].Crew {
			if slices.Contains(seen, id) {
				return id, true
			}
			seen = append(seen, id)
		}
	}
	return 0, false
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
	case old != nil && old.Session != 0 && !c.After:
		return conflict("room_in_use", "Room %d has a session. Draw it when the session is over.", c.Room.ID)
	case len(c.Seats) < 1 || len(c.Seats) > MaxRoomSeats:
		return invalid("seats", "out_of_range", "A room has 1 to %d seats; this one has %d.", MaxRoomSeats, len(c.Seats))
	case c.Room.WidthMM < 0 || c.Room.WidthMM > MaxRoomMM:
		return invalid("width_mm", "out_of_range", "A room is at most %d mm wide; 0 leaves it out.", MaxRoomMM)
	case c.Room.DepthMM < 0 || c.Room.DepthMM > MaxRoomMM:
		return invalid("depth_mm", "out_of_range", "A room is at most %d mm deep; 0 leaves it out.", MaxRoomMM)
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
	if err := c.checkDrawing(); err != nil {
		return err
	}
	r, fitting := c.Room, Fitting{Room: c.Room.ID, Obstacles: c.Obstacles, KeepClear: c.KeepClear}
	r.Version, r.Session, r.ReadyAt = c.Version+1, 0, 0
	if old != nil && old.Session != 0 {
		d.emit(RoomPlanned{Room: r, Seats: c.Seats, Fitting: fitting})
		return nil
	}
	d.drawRoom(r, c.Seats, fitting)
	return nil
}

// MaxRoomMM bounds a room's sides: a hall of a hundred metres is no room.
const MaxRoomMM = 100_000

func checkProgrammes(p *Policy, list []procedure.Programme) error {
	for i, programme := range list {
		if slices.Contains(list[:i], programme) {
			return invalid("programmes", "twice", "Programme %q is named twice.", programme)
		}
		if _, ok := p.Procedures.Procedure(programme); !ok {
			return invalid("programmes", "unknown_programme", "No procedure exists for programme %q.", programme)
		}
	}
	return nil
}

func checkSeats(p *Policy, seats []SeatPlan) error {
	list := make([]seating.Seat, len(seats))
	for i, s := range seats {
		for k := range i {
			if seats[k].XMM == s.XMM && seats[k].YMM == s.YMM {
				return invalid("seats", "bad_seats", "Seats %d and %d stand on the same spot.", k+1, i+1)
			}
		}
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
	d.emit(RoomRemoved(c))
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
	d.emit(SeatSet(c))
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
	e := OfficerSet{ID: c.ID, MaxGroup: int16(c.MaxGroup)}
	if len(c.Programmes) > 0 { // an empty list and none are the same, and the same on the wire
		e.Programmes = slices.Clone(c.Programmes)
	}
	d.emit(e)
	return nil
}
