package past

import (
	"lapak/scheduler"
	"lapak/scheduler/calendar"
	"lapak/scheduler/procedure"
	"lapak/scheduler/rehearsal"
	"lapak/scheduler/rehearsal/measure"
)

// Day is a day that was: the branch as it stood then and the people who came,
// with everything that its records measured. What no record can show is how
// long a step would have taken that was never done, and how long somebody who
// stayed would have had patience: the first is drawn when it is needed, the
// second is taken as without end.
type Day struct {
	Date     calendar.Date
	Hours    calendar.Hours    // of that day
	Policy   *scheduler.Policy // at the first call
	Times    *procedure.Times  // learned by then
	Rooms    []rehearsal.RoomSpec
	Officers []rehearsal.OfficerSpec
	People   *rehearsal.People
	LastCall int            // seconds before the close, of the usual last call; 0: none was made
	ReactS   [2]int         // an officer's ways from one person to the next: first and third quartile
	Luck     rehearsal.Luck // shares that the day showed: missing papers, no-shows, help
	Steps    int            // measured steps
	Changed  bool           // the policy or a room changed during the day
	State    *scheduler.State
	Use      measure.Use
	Groups   measure.Groups
}

// Recorder reads a journal's records in order and keeps the days that it is
// asked for. It is not safe for use by several goroutines.
type Recorder struct {
	d    *scheduler.Draft
	want func(calendar.Date) bool
	day  *recording // nil: no day that is wanted is open
	days []*Day
}

// NewRecorder begins at a state; the next record given must be the one after
// it. want says which dates are kept.
func NewRecorder(s *scheduler.State, want func(calendar.Date) bool) *Recorder {
	return &Recorder{d: s.Draft(), want: want}
}

// Days are the days that have been read whole, in order.
func (r *Recorder) Days() []*Day { return r.days }

// Seq is the last record read.
func (r *Recorder) Seq() int64 { return r.d.Seq }

// Add applies the next record. An error says that it does not follow or does
// not fit the state before it.
func (r *Recorder) Add(rec scheduler.Record) error {
	for _, e := range rec.Events {
		switch e := e.(type) {
		case scheduler.DayOpened:
			r.day = nil
			if r.want(e.Date) {
				r.day = newRecording(e.Date)
			}
		case scheduler.DayClosed:
			if r.day != nil {
				r.days = append(r.days, r.day.past(r.d.State.Draft().Publish(), rec.At))
				r.day = nil
			}
		}
		if r.day != nil {
			r.day.before(r.d.State, &rec, e)
		}
	}
	if r.day != nil {
		r.day.use.Until(r.d.State, rec.At)
	}
	return r.d.Apply(rec)
}

// recording is one day under way.
type recording struct {
	date     calendar.Date
	branch   *scheduler.State // at the first call
	changed  bool
	steps    map[scheduler.ClaimID]map[int8]rehearsal.Took
	begun    map[stepOfClaim]int64   // seconds of an own step before the officer came to help
	stepsOf  map[int64][]stepOfClaim // by the seq that measured them, to be undone
	walk     map[scheduler.VisitID]int64
	lots     map[scheduler.VisitID]uint32 // as drawn
	checked  map[scheduler.VisitID]scheduler.Time
	out      map[scheduler.VisitID][2]scheduler.Time
	desk     map[scheduler.ClaimID]int8
	officers []*officerDay
	freed    map[scheduler.OfficerID]scheduler.Time
	react    []int64
	lasts    map[scheduler.RoomID]scheduler.Time
	use      measure.Meter
	groups   measure.Groups
	helps    int // how often somebody asked for the officer in a step of their own
	own      int // steps of the visitors' own that were measured
}

// officerDay is one officer's day.
type officerDay struct {
	id         scheduler.OfficerID
	start, end scheduler.Time
	away       scheduler.Time // a pause under way since
	breaks     [][2]scheduler.Time
	room       scheduler.RoomID
	own        bool // leads that room's session
}

// stepOfClaim names one step of one claim.
type stepOfClaim struct {
	claim scheduler.ClaimID
	step  int8
}

func newRecording(date calendar.Date) *recording {
	return &recording{date: date, steps: map[scheduler.ClaimID]map[int8]rehearsal.Took{}, stepsOf: map[int64][]stepOfClaim{}, begun: map[stepOfClaim]int64{},
		walk: map[scheduler.VisitID]int64{}, lots: map[scheduler.VisitID]uint32{}, checked: map[scheduler.VisitID]scheduler.Time{},
		out: map[scheduler.VisitID][2]scheduler.Time{}, desk: map[scheduler.ClaimID]int8{},
		freed: map[scheduler.OfficerID]scheduler.Time{}, lasts: map[scheduler.RoomID]scheduler.Time{}}
}

// before notes an event, with the state before its record.
func (y *recording) before(s *scheduler.State, rec *scheduler.Record, e scheduler.Event) {
	switch e := e.(type) {
	case scheduler.GroupCalled:
		if y.branch == nil {
			y.branch = s.Draft().Publish()
		}
		y.groups.Add(s, &e)
	case scheduler.PolicySet, scheduler.RoomSet, scheduler.RoomRemoved:
		y.changed = y.changed || y.branch != nil
	case scheduler.VisitOpened:
		y.lots[e.Visit.ID] = e.Visit.Lot
	case scheduler.VisitArrived:
		y.lots[e.ID] = e.Lot
	case scheduler.VisitSeated:
		if v := s.Visit(e.ID); v != nil && v.CalledAt > 0 {
			y.walk[e.ID] = max(1, rec.At-v.CalledAt)
		}
	case scheduler.StepDone:
		y.step(s, rec, e.Claim, e.TookS)
	case scheduler.ClaimSettled:
		if c := s.Claim(e.Claim); c != nil {
			y.step(s, rec, e.Claim, rec.At-c.StepSince)
		}
	case scheduler.VisitMoved:
		y.moved(s, rec.At, e)
	case scheduler.OfficerMoved:
		y.presence(s, rec.At, e)
	case scheduler.SessionOpened:
		for i, id := range e.Crew {
			if o := y.officer(id); !o.own && (o.room == 0 || i == 0) {
				o.room, o.own = e.Room, i == 0
			}
		}
	case scheduler.SessionMoved:
		if ses := s.Session(e.ID); ses != nil && e.Last {
			y.lasts[ses.Room] = rec.At
		}
	case scheduler.OfficerTook:
		y.took(s, rec.At, e)
	case scheduler.HelpAsked:
		if !e.Over {
			y.helps++
		}
	case scheduler.OfficerFreed:
		y.freed[e.Officer] = rec.At
	case scheduler.Undone:
		for _, p := range y.stepsOf[e.Seq] {
			delete(y.steps[p.claim], p.step)
		}
	}
}

// step notes how long the claim's present step took. Within one record several
// steps of one claim may end; the state shows the first only, and the others
// took no time that could be measured.
func (y *recording) step(s *scheduler.State, rec *scheduler.Record, id scheduler.ClaimID, tookS int64) {
	c := s.Claim(id)
	if c == nil {
		return
	}
	step, ok := presentStep(s, c)
	if !ok {
		return
	}
	if step.Who == procedure.Visitor { // the officer may have looked in: only the visitor's own time counts
		tookS = y.begun[stepOfClaim{id, c.Step}]
		if seat := seatOf(s, c); seat != nil && seat.State == scheduler.SeatPreparing {
			tookS += rec.At - seat.Since
		}
	}
	if tookS < 1 {
		return
	}
	if y.steps[id] == nil {
		y.steps[id] = map[int8]rehearsal.Took{}
	}
	if step.Who == procedure.Visitor {
		y.own++
	}
	y.steps[id][c.Step] = rehearsal.Took{S: tookS, Step: step.Code, Who: step.Who}
	y.stepsOf[rec.Seq] = append(y.stepsOf[rec.Seq], stepOfClaim{id, c.Step})
}

// presentStep is the step that the claim is at; false after its last.
func presentStep(s *scheduler.State, c *scheduler.Claim) (procedure.Step, bool) {
	steps := s.Steps(c)
	if int(c.Step) >= len(steps) {
		return procedure.Step{}, false
	}
	return steps[c.Step], true
}

func (y *recording) moved(s *scheduler.State, at scheduler.Time, e scheduler.VisitMoved) {
	v := s.Visit(e.ID)
	if v == nil {
		return
	}
	switch {
	case e.To == scheduler.Incomplete && v.State == scheduler.Arrived:
		y.checked[e.ID] = at
	case e.To == scheduler.SteppedOut || e.To == scheduler.Parked:
		if _, again := y.out[e.ID]; !again {
			y.out[e.ID] = [2]scheduler.Time{at, 0}
		}
	case v.State == scheduler.SteppedOut || v.State == scheduler.Parked:
		if o := y.out[e.ID]; o[1] == 0 {
			y.out[e.ID] = [2]scheduler.Time{o[0], at}
		}
	case e.To == scheduler.AtDesk:
		for _, c := range s.ClaimsOf(v) {
			if c.Outcome == scheduler.NoOutcome {
				y.desk[c.ID] = c.Step
				break
			}
		}
	}
}

func (y *recording) officer(id scheduler.OfficerID) *officerDay {
	for _, o := range y.officers {
		if o.id == id {
			return o
		}
	}
	o := &officerDay{id: id}
	y.officers = append(y.officers, o)
	return o
}

func (y *recording) presence(s *scheduler.State, at scheduler.Time, e scheduler.OfficerMoved) {
	o, was := y.officer(e.ID), s.Officer(e.ID)
	if o.start == 0 && e.To != scheduler.OffShift {
		o.start = at
	}
	if o.away > 0 && was != nil && was.Presence != scheduler.OnShift {
		if at > o.away {
			o.breaks = append(o.breaks, [2]scheduler.Time{o.away, at})
		}
		o.away = 0
	}
	switch e.To {
	case scheduler.OnBreak, scheduler.SteppedOff:
		o.away = at
	case scheduler.OffShift:
		o.end = at
	default:
		o.end = 0
	}
	delete(y.freed, e.ID)
}

// seatOf is the seat at which the claim is worked on, or nil.
func seatOf(s *scheduler.State, c *scheduler.Claim) *scheduler.Seat {
	v := s.Visit(c.Visit)
	if v == nil {
		return nil
	}
	for _, seat := range s.SeatsOf(v) {
		if seat.Claim == c.ID {
			return seat
		}
	}
	return nil
}

// took notes how long the officer needed to turn to somebody who was ready.
func (y *recording) took(s *scheduler.State, at scheduler.Time, e scheduler.OfficerTook) {
	for _, no := range e.Seats {
		if seat := s.Seat(e.Room, no); seat != nil && seat.State == scheduler.SeatPreparing {
			if c := s.Claim(seat.Claim); c != nil {
				y.begun[stepOfClaim{c.ID, c.Step}] += at - seat.Since
			}
		}
	}
	free, known := y.freed[e.Officer]
	if !known || e.No == 0 {
		return
	}
	if seat := s.Seat(e.Room, e.No); seat != nil && seat.State == scheduler.SeatReady {
		y.react = append(y.react, at-max(free, seat.Since))
	}
}
