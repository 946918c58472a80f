package learning

import (
	"slices"

	"lapak/scheduler"
	"lapak/scheduler/procedure"
)

// fact is one thing that was measured.
type fact struct {
	Seq     int64             `json:"q"`
	What    factKind          `json:"k"`
	Key     key               `json:"key,omitzero"`
	Channel scheduler.Channel `json:"ch,omitempty"`
	A       int64             `json:"a,omitempty"` // seconds, or persons
	B       int64             `json:"b,omitempty"` // hour of the day, or an officer
}

type factKind uint8

// The kinds of facts. Their order is part of the encoding.
const (
	factStep       factKind = iota // a step took A seconds
	factExcused                    // a step was finished and not measured, for excuse A
	factSeated                     // somebody came to the seat A seconds after the call
	factNoShow                     // or did not come
	factCame                       // a booking came
	factMissed                     // or did not
	factPapersFine                 // papers were checked and are complete
	factPapersLack                 // or something is missing
	factWaited                     // called after A seconds
	factWalkedOut                  // or gone after A seconds
	factArrived                    // A persons, in hour B
	factSeatChange                 // a seat was clean after A seconds
	factCut                        // a step was interrupted after A seconds
	factSettled                    // officer B (0: unknown) brought a claim to its outcome in way A
)

// stepDone measures a finished step, or says why not.
func (l *Learner) stepDone(rec *scheduler.Record, index int, e scheduler.StepDone) {
	s := l.d.State
	c := s.Claim(e.Claim)
	if c == nil || e.Next != c.Step+1 {
		return
	}
	v := s.Visit(c.Visit)
	steps := s.Steps(c)
	if v == nil || v.State != scheduler.Seated || int(c.Step) >= len(steps) {
		return
	}
	var seat *scheduler.Seat
	for _, at := range s.SeatsOf(v) {
		if at.Claim == c.ID {
			seat = at
		}
	}
	if seat == nil {
		return // a briefing left out, or a file settled together with another
	}
	step := steps[c.Step]
	k := key{Programme: c.Programme, Step: step.Code, Who: step.Who}
	start, why, ok := l.began(rec, index, c, seat, &k)
	if !ok {
		l.note(fact{Seq: rec.Seq, What: factExcused, A: int64(why)})
		return
	}
	if l.clock != 0 && start <= l.clock {
		l.note(fact{Seq: rec.Seq, What: factExcused, A: int64(outClock)})
		return
	}
	if step.Who == procedure.Group && slices.ContainsFunc(l.facts, func(f fact) bool { return f.Seq == rec.Seq && f.What == factStep && f.Key == k }) {
		return // one group, one time
	}
	l.note(fact{Seq: rec.Seq, What: factStep, Key: k, A: rec.At - start})
}

// began tells since when the step has been done without a break, by whom
// (which it writes into the key), or why that cannot be said.
func (l *Learner) began(rec *scheduler.Record, index int, c *scheduler.Claim, seat *scheduler.Seat, k *key) (scheduler.Time, excuse, bool) {
	s := l.d.State
	if l.marked(c) {
		return 0, outInterrupted, false
	}
	if k.Who == procedure.Visitor {
		return c.StepSince, outInterrupted, seat.State == scheduler.SeatPreparing && seat.Since == c.StepSince
	}
	for i := range s.Floor.Officers {
		o := &s.Floor.Officers[i]
		if o.WithRoom != seat.Room || rec.By != (scheduler.Actor{Role: scheduler.ByOfficer, ID: int64(o.ID)}) {
			continue
		}
		alone := o.WithSeat == seat.No && k.Who == procedure.Officer
		group := o.WithSeat == 0 && k.Who == procedure.Group && slices.Contains(o.WithGroup, seat.No)
		if !alone && !group || seat.State != scheduler.SeatWithOfficer {
			continue
		}
		if int(c.Step) < len(s.Steps(c))-1 && settledIn(rec.Events[:index], c.ID) {
			return 0, outCutShort, false
		}
		k.Officer = int64(o.ID)
		return max(c.StepSince, o.WithSince), 0, true
	}
	return 0, outNobodyThere, false
}

func settledIn(events []scheduler.Event, id scheduler.ClaimID) bool {
	return slices.ContainsFunc(events, func(e scheduler.Event) bool {
		settled, ok := e.(scheduler.ClaimSettled)
		return ok && settled.Claim == id
	})
}

func doneIn(events []scheduler.Event, id scheduler.ClaimID) bool {
	return slices.ContainsFunc(events, func(e scheduler.Event) bool {
		done, ok := e.(scheduler.StepDone)
		return ok && done.Claim == id
	})
}

// freed marks the steps that an officer leaves unfinished.
func (l *Learner) freed(rec *scheduler.Record, e scheduler.OfficerFreed) {
	s := l.d.State
	o := s.Officer(e.Officer)
	if o == nil || o.WithRoom == 0 {
		return
	}
	seats := o.WithGroup
	if o.WithSeat != 0 {
		seats = []scheduler.SeatNo{o.WithSeat}
	}
	for _, no := range seats {
		seat := s.Seat(o.WithRoom, no)
		if seat == nil || seat.State != scheduler.SeatWithOfficer {
			continue
		}
		c := s.Claim(seat.Claim)
		if c != nil && !doneIn(rec.Events, c.ID) {
			l.cut(rec, seat)
			l.mark(c, rec.Seq)
		}
	}
}

// seatMoved measures how long a seat's change takes when a person says that it
// is clean; what the timer frees says only what the policy says.
func (l *Learner) seatMoved(rec *scheduler.Record, e scheduler.SeatMoved) {
	seat := l.d.Seat(e.Room, e.No)
	if seat != nil && e.To == scheduler.SeatFree && seat.State == scheduler.SeatCleaning && seat.LastVisit != 0 && rec.By != scheduler.System {
		l.note(fact{Seq: rec.Seq, What: factSeatChange, A: rec.At - seat.Since})
	}
}

// visitMoved notices who is set aside in the middle of a step, who does not
// come, who walks out, and whose papers are complete.
func (l *Learner) visitMoved(rec *scheduler.Record, e scheduler.VisitMoved) {
	s := l.d.State
	v := s.Visit(e.ID)
	if v == nil {
		return
	}
	if v.State == scheduler.Seated {
		for _, seat := range s.SeatsOf(v) {
			begun := seat.State == scheduler.SeatPreparing || seat.State == scheduler.SeatWithOfficer
			if c := s.Claim(seat.Claim); c != nil && begun && c.Outcome == scheduler.NoOutcome && !doneIn(rec.Events, c.ID) {
				l.cut(rec, seat)
				l.mark(c, rec.Seq)
			}
		}
	}
	f := fact{Seq: rec.Seq, Channel: v.Channel}
	switch {
	case v.State == scheduler.Called && e.To == scheduler.NoShow, v.State == scheduler.Called && e.Requeued:
		f.What = factNoShow
	case v.State == scheduler.Waiting && (e.To == scheduler.Left || e.To == scheduler.Cancelled) && v.FirstCall == 0:
		f.What, f.A = factWalkedOut, max(0, rec.At-s.WaitStart(v))
	case v.State == scheduler.Arrived && e.To == scheduler.Incomplete:
		f.What = factPapersLack
	case v.State == scheduler.Arrived && (e.To == scheduler.Waiting || e.To == scheduler.AtDesk):
		f.What = factPapersFine
	default:
		return
	}
	l.note(f)
}

// arrived counts somebody at the door.
func (l *Learner) arrived(rec *scheduler.Record, id scheduler.VisitID) {
	s := l.d.State
	v := s.Visit(id)
	if v == nil {
		return
	}
	hour := int64(s.Floor.Policy.Calendar.Zone.SecondOfDay(s.Floor.Wall(v.Arrived)) / 3600)
	l.note(fact{Seq: rec.Seq, What: factArrived, Channel: v.Channel, A: int64(v.Persons), B: hour})
	if v.Due != 0 {
		l.note(fact{Seq: rec.Seq, What: factCame, Channel: v.Channel})
	}
}

// missed counts the day's bookings that never came.
func (l *Learner) missed(rec *scheduler.Record, e scheduler.DayClosed) {
	for _, id := range e.Missed {
		if v := l.d.Visit(id); v != nil && v.Due != 0 {
			l.note(fact{Seq: rec.Seq, What: factMissed, Channel: v.Channel})
		}
	}
}

// count adds a fact that stands.
func (l *Learner) count(f fact) {
	c := &l.tally
	switch f.What {
	case factStep, factCut:
		l.observe(f.Key, f.A, f.What == factCut)
	case factExcused:
		if f.A >= 0 && f.A < int64(excuses) {
			l.out[f.A]++
		}
	case factSeated:
		c.NoShow[f.Channel].add(false)
		l.observe(key{Step: spanWalk, Who: procedure.Visitor}, f.A, false)
	case factNoShow:
		c.NoShow[f.Channel].add(true)
	case factCame:
		c.Missed[f.Channel].add(false)
	case factMissed:
		c.Missed[f.Channel].add(true)
	case factPapersFine:
		c.Papers[f.Channel].add(false)
	case factPapersLack:
		c.Papers[f.Channel].add(true)
	case factWaited:
		c.waited(f.A, false)
	case factWalkedOut:
		c.waited(f.A, true)
	case factArrived:
		c.Today[f.B%24][f.Channel]++
		c.PartyToday[min(max(f.A, 1), scheduler.MaxPersons)-1]++
	case factSettled:
		l.work.settle(f)
	case factSeatChange:
		l.observe(key{Step: spanSeatChange, Who: procedure.Visitor}, f.A, false)
	}
}

// observe adds a duration to the day of its step, and of its officer. Cut says
// that it is only the beginning of one.
func (l *Learner) observe(k key, tookS int64, cut bool) {
	step, ok := l.catalogue(k)
	if !ok {
		return // the catalogue has lost the step meanwhile
	}
	date := l.d.Floor.Day.Date
	all := l.cells.need(k.anybody(), step, date)
	believed, sigma := l.believed(all), all.sigma()
	if k.Officer != 0 {
		own := l.cells.need(k, step, date)
		believed *= expBound(own.Level)
		own.Day.take(float64(tookS), believed, sigma, cut)
		all = l.cells.get(k.anybody())
	}
	all.Day.take(float64(tookS), believed, sigma, cut)
}

// cut notes the step at a seat that is about to be interrupted.
func (l *Learner) cut(rec *scheduler.Record, seat *scheduler.Seat) {
	if k, age, ok := l.clean(seat, rec.At); ok {
		l.note(fact{Seq: rec.Seq, What: factCut, Key: k, A: age})
	}
}

// took notices an officer who looks in on a visitor's own step.
func (l *Learner) took(rec *scheduler.Record, e scheduler.OfficerTook) {
	for _, no := range e.Seats {
		if seat := l.d.Seat(e.Room, no); seat != nil && seat.State == scheduler.SeatPreparing {
			l.cut(rec, seat)
		}
	}
}

// clocked cuts every step under way: the clock that measured it was wrong.
func (l *Learner) clocked(rec *scheduler.Record) {
	for i := range l.d.Floor.Seats {
		l.cut(rec, &l.d.Floor.Seats[i])
	}
	l.clock = rec.At
}
