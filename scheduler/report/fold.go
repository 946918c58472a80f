package report

import (
	"cmp"
	"slices"

	"lapak/scheduler"
)

// Fold reads a journal's records in order and gives the facts of each day as it
// closes. It is not safe for use by several goroutines.
type Fold struct {
	d    *scheduler.Draft
	day  *open // nil: no day is open
	last scheduler.Time
}

// open is a day under way: what the state at its end does not tell.
type open struct {
	partial bool
	calls   map[scheduler.VisitID]served
	settled map[scheduler.ClaimID]served
	spent   map[scheduler.ClaimID]*[3]int64 // own, officer, idle
	work    map[Work]*Work                  // by officer, room, way and hour
	places  map[hourOf]*Place
	called  map[hourOf]*Calls
	undone  map[int64]Calls // what each call's record added, to be taken back
}

type served struct {
	room    scheduler.RoomID
	officer scheduler.OfficerID
	way     Way
}

type hourOf struct {
	room scheduler.RoomID
	hour int
}

// NewFold begins at a state; the next record given must be the one after it. A day
// that is open in it will be marked as partial.
func NewFold(s *scheduler.State) *Fold {
	f := &Fold{d: s.Draft(), last: s.At}
	if s.Floor.Day.Open {
		f.day = newOpen()
		f.day.partial = true
	}
	return f
}

func newOpen() *open {
	return &open{calls: map[scheduler.VisitID]served{}, settled: map[scheduler.ClaimID]served{}, spent: map[scheduler.ClaimID]*[3]int64{},
		work: map[Work]*Work{}, places: map[hourOf]*Place{}, called: map[hourOf]*Calls{}, undone: map[int64]Calls{}}
}

// Seq is the last record read.
func (f *Fold) Seq() int64 { return f.d.Seq }

// Policy is the policy in force after the last record.
func (f *Fold) Policy() *scheduler.Policy { return f.d.Floor.Policy }

// At is the branch time of the last record.
func (f *Fold) At() scheduler.Time { return f.d.At }

// Today is the open day so far, or nil when none is open. It is as of the last
// record.
func (f *Fold) Today() *Day {
	if f.day == nil {
		return nil
	}
	return f.facts()
}

// Late is what the visits of the day that closed last have answered by now, for a
// fold that begins after the closing; nil while a day is open or nobody answered.
func (f *Fold) Late() *Day {
	s := f.d.State
	if s.Floor.Day.Open || len(s.Surveys) == 0 {
		return nil
	}
	return &Day{Format: Format, Date: s.Floor.Day.Date, Survey: tallyOf(s), Classes: s.Floor.Policy.Survey, Late: true}
}

// Add applies the next record, and gives the facts of the day that it closes, or
// nil. An error says that it does not follow or does not fit the state before it.
func (f *Fold) Add(rec scheduler.Record) (*Day, error) {
	if f.day != nil {
		f.measure(rec.At)
	}
	f.last = rec.At
	closes, late := false, false
	for _, e := range rec.Events {
		switch e := e.(type) {
		case scheduler.DayOpened:
			f.day = newOpen()
		case scheduler.DayClosed:
			closes = f.day != nil
		case scheduler.SurveyAnswered:
			late = f.day == nil
		default:
			if f.day != nil {
				f.note(&rec, e)
			}
		}
	}
	if err := f.d.Apply(rec); err != nil {
		return nil, err
	}
	if late {
		return f.Late(), nil
	}
	if !closes {
		return nil, nil
	}
	day := f.facts()
	day.Closed = rec.Seq
	f.day = nil
	return day, nil
}

// note keeps what an event tells that the state will not: its state is before the
// record.
func (f *Fold) note(rec *scheduler.Record, e scheduler.Event) {
	s := f.d.State
	switch e := e.(type) {
	case scheduler.GroupCalled:
		f.call(rec, e)
	case scheduler.ClaimSettled:
		by := served{way: NoSession}
		if c := s.Claim(e.Claim); c != nil {
			if v := s.Visit(c.Visit); v != nil {
				by = f.servedIn(v.Room)
			}
		}
		if rec.By.Role == scheduler.ByOfficer || rec.By.Role == scheduler.ByManager {
			if s.Officer(scheduler.OfficerID(rec.By.ID)) != nil {
				by.officer = scheduler.OfficerID(rec.By.ID)
			}
		}
		f.day.settled[e.Claim] = by
	case scheduler.Undone:
		if was, ok := f.day.undone[e.Seq]; ok {
			c := f.day.called[hourOf{was.Room, was.Hour}]
			c.Groups, c.Grouped, c.Refills = c.Groups-was.Groups, c.Grouped-was.Grouped, c.Refills-was.Refills
			delete(f.day.undone, e.Seq)
		}
	}
}

func (f *Fold) call(rec *scheduler.Record, e scheduler.GroupCalled) {
	s, y := f.d.State, f.day
	persons := 0
	for _, p := range e.Picks {
		y.calls[p.Visit] = f.servedIn(e.Room)
		if v := s.Visit(p.Visit); v != nil {
			persons += int(v.Persons)
		}
	}
	at := hourOf{e.Room, f.hour(rec.At)}
	c := y.called[at]
	if c == nil {
		c = &Calls{Room: at.room, Hour: at.hour}
		y.called[at] = c
	}
	add := Calls{Room: at.room, Hour: at.hour}
	switch e.Kindof {
	case scheduler.GroupCall:
		add.Groups, add.Grouped = 1, persons
	case scheduler.RefillCall:
		add.Refills = persons
	}
	c.Groups, c.Grouped, c.Refills = c.Groups+add.Groups, c.Grouped+add.Grouped, c.Refills+add.Refills
	y.undone[rec.Seq] = add
}

// servedIn is who works in a room now, and how.
func (f *Fold) servedIn(room scheduler.RoomID) served {
	s := f.d.State
	by := served{room: room}
	if ses := s.SessionIn(room); ses != nil {
		by.way = wayOf(s, ses)
		if len(ses.Crew) > 0 {
			by.officer = ses.Crew[0]
		}
	}
	return by
}

func wayOf(s *scheduler.State, ses *scheduler.Session) Way {
	switch r := s.Room(ses.Room); {
	case r != nil && r.Desk:
		return SideDesk
	case ses.Mode == scheduler.Single:
		return OneByOne
	}
	return InGroup
}

// hour is the local hour of a moment.
func (f *Fold) hour(at scheduler.Time) int {
	fl := &f.d.Floor
	return fl.Policy.Calendar.Zone.SecondOfDay(fl.Wall(at)) / hourS
}

const hourS = 3600

// measure adds the stretch up to now, during which the state was as it is, to each
// of the hours that it touches.
func (f *Fold) measure(now scheduler.Time) {
	fl := &f.d.Floor
	zone := fl.Policy.Calendar.Zone
	for from := f.last; from < now; {
		second := zone.SecondOfDay(fl.Wall(from))
		until := min(now, from+int64(hourS-second%hourS))
		f.stretch(second/hourS, until-from)
		from = until
	}
}

func (f *Fold) stretch(hour int, took int64) {
	s := f.d.State
	for i := range s.Floor.Officers {
		f.officer(&s.Floor.Officers[i], hour, took)
	}
	for i := range s.Floor.Sessions {
		f.session(&s.Floor.Sessions[i], hour, took)
	}
}

func (f *Fold) officer(o *scheduler.Officer, hour int, took int64) {
	if o.Presence == scheduler.OffShift {
		return
	}
	s := f.d.State
	key, busy := Work{Officer: o.ID, Hour: hour}, false
	for i := range s.Floor.Sessions {
		if ses := &s.Floor.Sessions[i]; slices.Contains(ses.Crew, o.ID) {
			if key.Room == 0 {
				key.Room, key.Way = ses.Room, wayOf(s, ses)
			}
			busy = busy || ses.State < scheduler.Cleaning && hasWork(s, ses)
		}
	}
	w := f.day.work[key]
	if w == nil {
		w = &Work{Officer: key.Officer, Room: key.Room, Way: key.Way, Hour: key.Hour}
		f.day.work[key] = w
	}
	switch {
	case o.Presence != scheduler.OnShift:
		w.BreakS += took
		return
	case o.WithRoom != 0:
		w.WithS += took
	}
	w.ShiftS += took
	if busy {
		w.BusyS += took
	}
}

// hasWork tells whether somebody sits in the session's room or waits for it.
func hasWork(s *scheduler.State, ses *scheduler.Session) bool {
	r := s.Room(ses.Room)
	if r == nil {
		return false
	}
	line := scheduler.Waiting
	if r.Desk {
		line = scheduler.AtDesk
	}
	for i := range s.Floor.Visits {
		if s.Floor.Visits[i].State == line && ses.State != scheduler.Closing {
			return true
		}
	}
	return slices.ContainsFunc(s.RoomSeats(r), func(seat scheduler.Seat) bool {
		return seat.State != scheduler.SeatFree && seat.State != scheduler.SeatCleaning
	})
}

// session adds up how its places are used, and what each claim's time goes to.
func (f *Fold) session(ses *scheduler.Session, hour int, took int64) {
	s := f.d.State
	r := s.Room(ses.Room)
	if r == nil {
		return
	}
	taken := int64(0)
	seats := s.RoomSeats(r)
	for i := range seats {
		seat := &seats[i]
		if seat.State != scheduler.SeatFree && seat.State != scheduler.SeatCleaning {
			taken++
		}
		if seat.Claim != 0 {
			f.spend(seat, took)
		}
	}
	if ses.State == scheduler.Cleaning {
		return
	}
	at := hourOf{ses.Room, hour}
	p := f.day.places[at]
	if p == nil {
		p = &Place{Room: at.room, Hour: at.hour}
		f.day.places[at] = p
	}
	c := s.LimitsOf(r)
	most := int64(min(c.Seats, c.Occupancy, c.Booths, c.Officer))
	if ses.Mode == scheduler.Single {
		most = min(most, int64(max(1, len(ses.Crew)))) // one visit at a time
	}
	p.Session, p.OfferS, p.TakenS = p.Session+took, p.OfferS+most*took, p.TakenS+taken*took
}

func (f *Fold) spend(seat *scheduler.Seat, took int64) {
	spent := f.day.spent[seat.Claim]
	if spent == nil {
		spent = new([3]int64)
		f.day.spent[seat.Claim] = spent
	}
	switch seat.State {
	case scheduler.SeatPreparing:
		spent[0] += took
	case scheduler.SeatWithOfficer:
		spent[1] += took
	case scheduler.SeatGathering, scheduler.SeatReady:
		spent[2] += took
	}
}

// facts puts the day together from the state as it is.
func (f *Fold) facts() *Day {
	s, y := f.d.State, f.day
	fl := &s.Floor
	p := fl.Policy
	day := &Day{Format: Format, Date: fl.Day.Date, Hours: fl.Day.Hours, Partial: y.partial, Survey: tallyOf(s), Classes: p.Survey,
		Goals: Goals{PromisedWaitS: p.Goals.PromisedWaitS, DoorToDoorS: p.Goals.DoorToDoorS, OvertakeMax: p.Order.OvertakeMax, SeatChangeS: p.Seat.ChangeS}}
	for i := range fl.Visits {
		v := &fl.Visits[i]
		if v.Arrived == 0 && (v.State != scheduler.NoShow || v.Date != fl.Day.Date) {
			continue
		}
		day.Visits = append(day.Visits, f.visit(v))
		for _, c := range s.ClaimsOf(v) {
			if c.Outcome != scheduler.NoOutcome {
				day.Claims = append(day.Claims, f.claim(v, c))
			}
		}
	}
	for _, w := range y.work {
		day.Work = append(day.Work, *w)
	}
	for _, p := range y.places {
		day.Places = append(day.Places, *p)
	}
	for _, c := range y.called {
		if *c != (Calls{Room: c.Room, Hour: c.Hour}) {
			day.Calls = append(day.Calls, *c)
		}
	}
	day.sort()
	return day
}

func (f *Fold) visit(v *scheduler.Visit) Visit {
	s := f.d.State
	by := f.day.calls[v.ID]
	out := Visit{Hour: Never, Channel: v.Channel, End: v.State, Persons: int(v.Persons), Claims: int(v.NClaims),
		Overtaken: int(v.Overtaken), WaitS: Never, DoorS: Never}
	if c := s.Claim(v.First); c != nil {
		out.Programme = c.Programme
	}
	if v.Arrived == 0 {
		return out
	}
	out.Hour = f.hour(v.Arrived)
	start := s.WaitStart(v)
	if v.FirstCall != 0 {
		out.WaitS, out.Room, out.Officer = max(0, v.FirstCall-start), by.room, by.officer
	}
	if v.State == scheduler.Settled {
		out.DoorS = max(0, v.Ended-start)
	}
	return out
}

func (f *Fold) claim(v *scheduler.Visit, c *scheduler.Claim) Claim {
	by := f.day.settled[c.ID]
	out := Claim{Hour: f.hour(c.Settled), Channel: v.Channel, Programme: c.Programme, Room: by.room, Officer: by.officer, Way: by.way, Outcome: c.Outcome}
	if spent := f.day.spent[c.ID]; spent != nil {
		out.OwnS, out.OfficerS, out.IdleS = spent[0], spent[1], spent[2]
	}
	return out
}

// sort puts the rows into an order that follows from what is in them alone.
func (d *Day) sort() {
	sortRows(d.Visits)
	sortRows(d.Claims)
	sortRows(d.Work)
	sortRows(d.Places)
	sortRows(d.Calls)
}

// sortRows sorts by the rows' own figures, as they are written.
func sortRows[R interface{ MarshalJSON() ([]byte, error) }](rows []R) {
	type keyed struct {
		key string
		row R
	}
	list := make([]keyed, len(rows))
	for i, r := range rows {
		b, err := r.MarshalJSON()
		if err != nil {
			panic(err) // a row holds whole numbers
		}
		list[i] = keyed{string(b), r}
	}
	slices.SortFunc(list, func(a, b keyed) int { return cmp.Compare(a.key, b.key) })
	for i := range list {
		rows[i] = list[i].row
	}
}
