package rehearsal

import (
	"lapak/scheduler"
	"lapak/scheduler/calendar"
	"lapak/scheduler/procedure"
	"lapak/scheduler/rehearsal/dice"
)

func (w *World) closeDay(now scheduler.Time, s *scheduler.State, a act) {
	if !s.Floor.Day.Open {
		w.over, w.acts = true, nil
		return
	}
	force := now >= w.close+overtimeS && (w.c.Pace == nil || now >= w.close+4*hourS)
	if len(s.Floor.Sessions) == 0 || force {
		if _, ok := w.give(now, manager, scheduler.CloseDay{Force: force}); ok {
			w.over, w.acts = true, nil
			return
		}
	}
	a.at = now + 2*minuteS
	w.plan(a)
}

// How many pieces of mischief a day holds, about.
const (
	carelessADay = 20
	roughADay    = 120
)

func (w *World) planMischief(now scheduler.Time) {
	count := int64(0)
	switch w.c.Mischief {
	case Careless:
		count = carelessADay
	case Rough:
		count = roughADay
	}
	if count == 0 {
		return
	}
	w.wrongs++
	d := dice.Roll(w.c.Seed, dice.ForMischief, 0, w.wrongs)
	w.plan(act{at: now + 1 + int64(d.Exponential(float64(w.close-w.open)/float64(count))), kind: actMischief, who: w.wrongs})
}

// mischief is one thing that a person does wrong or that a machine does to
// them. What can be mended is mended a while later.
func (w *World) mischief(now scheduler.Time, s *scheduler.State) {
	d := dice.Roll(w.c.Seed, dice.ForMischief, 1, w.wrongs)
	w.planMischief(now)
	if !s.Floor.Day.Open {
		return
	}
	kinds := []func(scheduler.Time, *scheduler.State, *dice.Stream){w.twice, w.wrongPark, w.booth, w.steppedOff, w.wrongTake, w.wrongSeat}
	if w.c.Mischief == Rough {
		kinds = append(kinds, w.senseless, w.senseless, w.senseless, w.handOver, w.abort, w.otherPolicy, w.clock,
			w.correct, w.addClaim, w.transfer, w.chooseOthers, w.parkSeated, w.gone, w.cleanEarly, w.settleRest)
	}
	kinds[d.Below(int64(len(kinds)))](now, s, &d)
}

// someVisit returns a visit in the given state by luck, or nil.
func someVisit(s *scheduler.State, d *dice.Stream, state scheduler.VisitState) *scheduler.Visit {
	line := s.Floor.Line(state)
	if len(line) == 0 {
		return nil
	}
	return line[d.Below(int64(len(line)))]
}

// someOfficer returns an officer of the world that is on shift, or nil.
func (w *World) someOfficer(s *scheduler.State, d *dice.Stream) *scheduler.Officer {
	if len(w.officers) == 0 {
		return nil
	}
	m := &w.officers[d.Below(int64(len(w.officers)))]
	o := s.Officer(m.spec.ID)
	if o == nil || o.Presence != scheduler.OnShift || w.alone(s, m) {
		return nil
	}
	return o
}

// someSession returns a live session that no real person runs, or nil.
func (w *World) someSession(s *scheduler.State, d *dice.Stream) *scheduler.Session {
	if len(s.Floor.Sessions) == 0 {
		return nil
	}
	ses := &s.Floor.Sessions[d.Below(int64(len(s.Floor.Sessions)))]
	if w.taken[ses.Room] || len(ses.Crew) == 0 {
		return nil
	}
	return ses
}

// undo takes a record back a few seconds later.
func (w *World) undo(now scheduler.Time, rec scheduler.Record, by scheduler.Actor, d *dice.Stream) {
	w.plan(act{at: now + d.Between(2, 12), kind: actUndo, who: rec.Seq, by: by})
}

// twice gives the last order again, as an impatient finger does.
func (w *World) twice(now scheduler.Time, _ *scheduler.State, _ *dice.Stream) {
	if w.lastOrder.Command == nil {
		return
	}
	switch w.lastOrder.Command.(type) {
	case scheduler.Arrive, scheduler.Book: // a second number is not senseless: it is another visit
		return
	}
	w.give(now, w.lastOrder.By, w.lastOrder.Command)
}

// wrongPark sets the wrong number aside and takes it back.
func (w *World) wrongPark(now scheduler.Time, s *scheduler.State, d *dice.Stream) {
	if v := someVisit(s, d, scheduler.Waiting); v != nil {
		if rec, ok := w.give(now, desk, scheduler.Park{Visit: v.ID, Reason: "complaint"}); ok {
			w.undo(now, rec, desk, d)
			w.plan(act{at: now + 10*minuteS, kind: actReturn, who: w.who(v.ID), visit: v.ID})
		}
	}
}

// booth is a booth that fails for a while.
func (w *World) booth(now scheduler.Time, s *scheduler.State, d *dice.Stream) {
	if len(s.Floor.Seats) == 0 {
		return
	}
	seat := s.Floor.Seats[d.Below(int64(len(s.Floor.Seats)))]
	if seat.Closed {
		return
	}
	if _, ok := w.give(now, manager, scheduler.SetSeat{Room: seat.Room, No: seat.No, Closed: true, Reason: "device_broken"}); ok {
		w.plan(act{at: now + d.Between(5*minuteS, 25*minuteS), kind: actMend, room: seat.Room, no: seat.No})
	}
}

// mend repairs a booth, or puts the policy back.
func (w *World) mend(now scheduler.Time, s *scheduler.State, a act) {
	if a.room != 0 {
		if seat := s.Seat(a.room, a.no); seat != nil && seat.Closed {
			w.give(now, manager, scheduler.SetSeat{Room: a.room, No: a.no, Reason: "device_broken"})
		}
		return
	}
	p := *w.c.Policy
	if _, ok := w.give(now, manager, scheduler.SetPolicy{Policy: &p, Version: s.Floor.Policy.Version}); !ok {
		w.retry(now, a)
	}
}

func (w *World) steppedOff(now scheduler.Time, s *scheduler.State, d *dice.Stream) {
	if o := w.someOfficer(s, d); o != nil && o.WithRoom == 0 {
		w.give(now, officer(o.ID), scheduler.StartBreak{Officer: o.ID, Out: true, Until: now + d.Between(2*minuteS, 8*minuteS)})
	}
}

// wrongTake turns to somebody who is not next, and back.
func (w *World) wrongTake(now scheduler.Time, s *scheduler.State, d *dice.Stream) {
	o := w.someOfficer(s, d)
	if o == nil || o.WithRoom != 0 {
		return
	}
	turns := s.Attention(o.ID, now)
	if len(turns) == 0 {
		return
	}
	t := turns[len(turns)-1]
	if rec, ok := w.give(now, officer(o.ID), scheduler.Take{Officer: o.ID, Room: t.Room, No: t.Seat}); ok {
		if d.Pct(50) {
			w.undo(now, rec, officer(o.ID), d)
		} else {
			w.give(now, officer(o.ID), scheduler.PutBack{Officer: o.ID})
		}
	}
}

// wrongSeat says that somebody sits who does not yet, and takes it back.
func (w *World) wrongSeat(now scheduler.Time, s *scheduler.State, d *dice.Stream) {
	ses := w.someSession(s, d)
	if ses == nil {
		return
	}
	v := someVisit(s, d, scheduler.Called)
	if v == nil || v.Session != ses.ID {
		return
	}
	if rec, ok := w.give(now, officer(ses.Crew[0]), scheduler.SeatVisit{Visit: v.ID}); ok {
		w.undo(now, rec, officer(ses.Crew[0]), d)
	}
}

// senseless gives a command about something by luck, most often out of order.
func (w *World) senseless(now scheduler.Time, s *scheduler.State, d *dice.Stream) {
	v := scheduler.VisitID(d.Between(0, int64(s.Floor.NextVisit)+1))
	c := scheduler.ClaimID(d.Between(0, int64(s.Floor.NextClaim)+1))
	room, no := scheduler.RoomID(d.Between(0, 6)), scheduler.SeatNo(d.Between(0, 7))
	o := scheduler.OfficerID(d.Between(100, 106))
	actors := []scheduler.Actor{manager, desk, officer(o), booth(room, no), {Role: scheduler.ByVisitor}, {Role: scheduler.ByKiosk}}
	commands := []scheduler.Command{
		scheduler.CheckPapers{Visit: v, Ready: true}, scheduler.StepOut{Visit: v}, scheduler.Resume{Visit: v},
		scheduler.Arrive{Booking: v}, scheduler.Arrive{Persons: 99}, scheduler.SideDesk{Visit: v}, scheduler.OpenDay{},
		scheduler.SeatVisit{Visit: v}, scheduler.SeatCalled{Room: room, Visits: []scheduler.VisitID{v}}, scheduler.MarkNoShow{Visit: v}, scheduler.RecallVisit{Visit: v}, scheduler.UnseatVisit{Visit: v}, scheduler.UnseatVisit{Visit: v, Room: room, No: no},
		scheduler.OpenSession{Room: room, Crew: []scheduler.OfficerID{o}}, scheduler.CallGroup{Room: room},
		scheduler.CallGroup{Room: room, Expect: []scheduler.VisitID{v}}, scheduler.CloseSession{Room: room},
		scheduler.Take{Officer: o, Room: room, No: no}, scheduler.PutBack{Officer: o}, scheduler.FinishStep{Officer: o},
		scheduler.SeatReadyNow{Room: room, No: no}, scheduler.AskHelp{Room: room, No: no, Over: d.Pct(50)},
		scheduler.Settle{Claim: c, Outcome: scheduler.Approved}, scheduler.SettleRest{Like: c},
		scheduler.MarkPaper{Claim: c, Doc: procedure.DocCard, Mark: scheduler.Present}, scheduler.CleanSeat{Room: room, No: no},
		scheduler.RoomReady{Room: room}, scheduler.SignOn{Officer: o}, scheduler.EndBreak{Officer: o},
		scheduler.UndoRecord{Seq: s.Seq - d.Below(5)}, scheduler.RemoveRoom{Room: room}, scheduler.Tick{}, scheduler.CloseDay{},
		scheduler.SetRoom{Room: scheduler.Room{ID: room}}, scheduler.SetPolicy{}, scheduler.LastCall{Room: 98},
	}
	w.give(now, actors[d.Below(int64(len(actors)))], commands[d.Below(int64(len(commands)))])
}

// handOver gives a session to another officer for good: the one who has it
// goes on a break, the other has none.
func (w *World) handOver(now scheduler.Time, s *scheduler.State, d *dice.Stream) {
	ses, o := w.someSession(s, d), w.someOfficer(s, d)
	if ses == nil || o == nil {
		return
	}
	w.give(now, manager, scheduler.HandOver{Room: ses.Room, From: ses.Crew[0], To: o.ID, Reason: "officer_ill"})
}

func (w *World) abort(now scheduler.Time, s *scheduler.State, d *dice.Stream) {
	if ses := w.someSession(s, d); ses != nil && d.Pct(50) {
		w.give(now, officer(ses.Crew[0]), scheduler.AbortSession{Room: ses.Room, Reason: "link_down"})
	}
}

// otherPolicy is a manager trying settings in the middle of the day.
func (w *World) otherPolicy(now scheduler.Time, s *scheduler.State, d *dice.Stream) {
	if w.c.Policy == nil {
		return
	}
	p := *s.Floor.Policy
	switch d.Below(4) {
	case 0:
		p.Distance.DistanceMM = 2000
	case 1:
		p.AutoRefill = !p.AutoRefill
	case 2:
		p.Group.Max, p.Group.Target, p.Group.Min = 3, 3, 2
	case 3:
		p.Briefing = "shared"
	}
	if _, ok := w.give(now, manager, scheduler.SetPolicy{Policy: &p, Version: s.Floor.Policy.Version}); ok {
		w.plan(act{at: now + d.Between(10*minuteS, 40*minuteS), kind: actMend})
	}
}

// clock corrects the wall clock by up to ten minutes and, another time, back.
func (w *World) clock(now scheduler.Time, s *scheduler.State, d *dice.Stream) {
	by := d.Between(-10*minuteS, 10*minuteS)
	if s.Floor.Day.OffsetS != 0 {
		by = -s.Floor.Day.OffsetS
	}
	w.give(now, manager, scheduler.AdjustClock{BySeconds: by})
}

func (w *World) correct(now scheduler.Time, s *scheduler.State, d *dice.Stream) {
	if v := someVisit(s, d, scheduler.Waiting); v != nil {
		w.give(now, desk, scheduler.Correct{Visit: v.ID, Persons: int(d.Between(1, 4)), Priority: scheduler.Elderly,
			Accessible: d.Pct(20), Reason: "entered_wrongly"})
	}
}

func (w *World) addClaim(now scheduler.Time, s *scheduler.State, d *dice.Stream) {
	state := scheduler.Seated
	if d.Pct(50) {
		state = scheduler.Waiting
	}
	if v := someVisit(s, d, state); v != nil {
		w.give(now, desk, scheduler.AddClaim{Visit: v.ID, Reason: "visitor_says_otherwise", Claim: scheduler.NewClaim{
			Programme: procedure.JHT, Reason: procedure.ReasonPHK, Person: int(d.Below(int64(v.Persons)))}})
	}
}

func (w *World) transfer(now scheduler.Time, s *scheduler.State, d *dice.Stream) {
	v := someVisit(s, d, scheduler.Seated)
	ses := w.someSession(s, d)
	if v == nil || ses == nil {
		return
	}
	t := scheduler.Transfer{Claim: v.First, Programme: procedure.JP, Reason: procedure.ReasonJPAge, Because: "wrong_programme"}
	if d.Pct(50) {
		t.Programme, t.Reason = procedure.JHT, procedure.ReasonResign
	}
	w.give(now, manager, t)
}

// chooseOthers calls whom the officer likes instead of the proposed.
func (w *World) chooseOthers(now scheduler.Time, s *scheduler.State, d *dice.Stream) {
	ses, v := w.someSession(s, d), someVisit(s, d, scheduler.Waiting)
	if ses == nil || v == nil {
		return
	}
	by := officer(ses.Crew[0])
	if rec, ok := w.give(now, by, scheduler.CallGroup{Room: ses.Room, Visits: []scheduler.VisitID{v.ID}, Reason: "urgent_need"}); ok && d.Pct(40) {
		w.undo(now, rec, by, d)
	}
}

// parkSeated sets somebody aside who sits already.
func (w *World) parkSeated(now scheduler.Time, s *scheduler.State, d *dice.Stream) {
	if v := someVisit(s, d, scheduler.Seated); v != nil {
		if rec, ok := w.give(now, manager, scheduler.Park{Visit: v.ID, Reason: "health"}); ok {
			if d.Pct(50) {
				w.undo(now, rec, manager, d)
			}
			w.plan(act{at: now + d.Between(3*minuteS, 15*minuteS), kind: actReturn, who: w.who(v.ID), visit: v.ID})
		}
	}
}

// gone is somebody leaving in the middle.
func (w *World) gone(now scheduler.Time, s *scheduler.State, d *dice.Stream) {
	state := []scheduler.VisitState{scheduler.Seated, scheduler.Called, scheduler.Waiting}[d.Below(3)]
	if v := someVisit(s, d, state); v != nil && d.Pct(40) {
		w.give(now, manager, scheduler.Leave{Visit: v.ID})
	}
}

func (w *World) cleanEarly(now scheduler.Time, s *scheduler.State, _ *dice.Stream) {
	for i := range s.Floor.Seats {
		if s.Floor.Seats[i].State == scheduler.SeatCleaning {
			w.give(now, desk, scheduler.CleanSeat{Room: s.Floor.Seats[i].Room, No: s.Floor.Seats[i].No})
			return
		}
	}
}

func (w *World) settleRest(now scheduler.Time, s *scheduler.State, d *dice.Stream) {
	ses := w.someSession(s, d)
	if ses == nil {
		return
	}
	for i := len(s.Floor.Claims) - 1; i >= 0; i-- {
		if s.Floor.Claims[i].Outcome != scheduler.NoOutcome {
			by := officer(ses.Crew[0])
			if rec, ok := w.give(now, by, scheduler.SettleRest{Like: s.Floor.Claims[i].ID}); ok && d.Pct(70) {
				w.undo(now, rec, by, d)
			}
			return
		}
	}
}

// monday is the rehearsed day unless a configuration names another.
var monday = calendar.MustParse("2026-03-02")
