package rehearsal

import (
	"slices"

	"lapak/scheduler"
	"lapak/scheduler/procedure"
	"lapak/scheduler/rehearsal/dice"
)

// book enters the bookings of the day, as the days before would have.
func (w *World) book(now scheduler.Time) {
	for i := range w.guests {
		g := &w.guests[i]
		if g.Due == 0 {
			w.plan(act{at: g.At, kind: actArrive, who: int64(i)})
			continue
		}
		rec, ok := w.give(now, scheduler.Actor{Role: scheduler.ByVisitor}, scheduler.Book{Date: w.c.Date, Due: g.Due, Persons: g.Persons,
			Priority: g.Priority, Accessible: g.Accessible, Claims: g.Claims})
		if ok {
			g.visit = rec.Result.Visit
			w.guestOf[g.visit] = i
		}
		if !g.Stays {
			w.plan(act{at: g.At, kind: actArrive, who: int64(i)})
		}
	}
}

func (w *World) openDay(now scheduler.Time, a act) {
	if _, ok := w.give(now, manager, scheduler.OpenDay{Date: w.c.Date}); !ok && !w.state().Floor.Day.Open {
		w.retry(now, a)
		return
	}
	s := w.state()
	for i := range s.Floor.Visits { // those whom an earlier day owed a place
		v := &s.Floor.Visits[i]
		if _, ours := w.guestOf[v.ID]; ours || v.State != scheduler.Booked || v.Date != s.Floor.Day.Date {
			continue
		}
		d := dice.Roll(w.c.Seed, dice.ForGuest, int64(v.ID)+1<<32, 0)
		w.guests = append(w.guests, Guest{At: w.open + d.Between(-earlyS, lateS), visit: v.ID, Channel: v.Channel})
		w.guestOf[v.ID] = len(w.guests) - 1
		w.plan(act{at: max(now, w.guests[len(w.guests)-1].At), kind: actArrive, who: int64(len(w.guests) - 1)})
	}
}

// arrive brings a guest to the door. Who booked names the booking; what is
// known of the papers comes out at the desk.
func (w *World) arrive(now scheduler.Time, a act) {
	g := &w.guests[a.who]
	d := dice.Roll(w.c.Seed, dice.ForDesk, a.who, 0)
	c := scheduler.Arrive{Booking: g.visit, Channel: g.Channel, Persons: g.Persons, Priority: g.Priority,
		Accessible: g.Accessible, Company: g.Company, Claims: g.Claims}
	by := scheduler.Actor{Role: scheduler.ByKiosk, ID: 1}
	var check act
	if w.c.Pace != nil {
		by, c.Papers = w.gate(now), scheduler.PapersReady
	} else if g.Shown != nil {
		by = desk
		check, _ = w.papersShown(now, &c, g, a.who)
	} else if g.Channel == scheduler.Collective || (g.visit != 0 && d.Pct(70)) {
		by, c.Papers = desk, scheduler.PapersReady // companies and those who uploaded before were checked
	} else if !w.state().Floor.Policy.Order.PapersFirst {
		c.Papers = scheduler.PapersReady
	}
	w.coming = a.who + 1
	rec, ok := w.give(now, by, c)
	w.coming = 0
	if !ok {
		if now < w.lastTicket {
			w.retry(now, a)
		}
		return
	}
	g.visit = rec.Result.Visit
	w.guestOf[g.visit] = int(a.who)
	if w.c.Pace != nil {
		w.pacing.joined(g.visit)
		return
	}
	if check.kind == actCheck {
		check.visit = g.visit
		w.plan(check)
	} else if c.Papers == scheduler.PapersUnchecked && g.Shown == nil {
		at := w.helper(now, d.Between(25, 75))
		w.plan(act{at: at, kind: actCheck, who: a.who, visit: g.visit})
	}
	w.planWait(now, g, a.who)
}

// helper finds when the first free helper of the desk is done with a check.
func (w *World) helper(now scheduler.Time, takesS int64) scheduler.Time {
	first := 0
	for i := range w.helpers {
		if w.helpers[i] < w.helpers[first] {
			first = i
		}
	}
	w.helpers[first] = max(now, w.helpers[first]) + takesS
	return w.helpers[first]
}

// planWait decides what the guest will do if it has to wait.
func (w *World) planWait(now scheduler.Time, g *Guest, who int64) {
	if g.Shown != nil {
		w.waitShown(now, g, who)
		return
	}
	if d := dice.Roll(w.c.Seed, dice.ForPatience, who, 0); d.Pct(w.c.Luck.ImpatientPct) {
		w.plan(act{at: max(now, w.open) + d.Between(35*minuteS, 150*minuteS), kind: actImpatient, who: who, visit: g.visit})
	}
	if d := dice.Roll(w.c.Seed, dice.ForStepOut, who, 0); d.Pct(w.c.Luck.StepOutPct) {
		w.plan(act{at: max(now, w.open) + d.Between(5*minuteS, 50*minuteS), kind: actStepOut, who: who, visit: g.visit})
	}
}

// required returns a paper that the claim cannot do without, or "".
func required(s *scheduler.State, c *scheduler.Claim) procedure.Doc {
	list, _ := s.Checklist(c)
	for i := len(list.Docs) - 1; i >= 0; i-- {
		if list.Docs[i].Required && list.Docs[i].When == procedure.Always {
			return list.Docs[i].Doc
		}
	}
	return ""
}

// lacking returns a paper that the claim cannot do without and that was marked
// missing, as whoever has played the officer may have done, or "".
func lacking(s *scheduler.State, c *scheduler.Claim) procedure.Doc {
	list, _ := s.Checklist(c)
	for _, p := range s.Dossier(c.Visit).Papers {
		needed := func(item procedure.Item) bool {
			return item.Doc == p.Doc && item.Required && item.When == procedure.Always
		}
		if p.Claim == c.ID && p.Mark == scheduler.Missing && slices.ContainsFunc(list.Docs, needed) {
			return p.Doc
		}
	}
	return ""
}

func (w *World) checkPapers(now scheduler.Time, s *scheduler.State, a act) {
	v := s.Visit(a.visit)
	if v == nil || v.State != scheduler.Arrived {
		return
	}
	d := dice.Roll(w.c.Seed, dice.ForPapers, a.who, 0)
	c := scheduler.CheckPapers{Visit: v.ID, Ready: true}
	claim := s.Claim(v.First)
	missing := d.Pct(w.c.Luck.PapersMissingPct)
	known := w.shownOf(a.who)
	if known != nil {
		missing = known.CheckS >= 0
	}
	if claim != nil && missing {
		if doc := required(s, claim); doc != "" {
			c.Ready = false
			c.Marks = []scheduler.Paper{{Claim: claim.ID, Doc: doc, Mark: scheduler.Missing}}
		}
	}
	if _, ok := w.give(now, desk, c); !ok {
		w.retry(now, a)
		return
	}
	if !c.Ready && known != nil && known.ReadyS >= 0 {
		w.plan(act{at: now + max(1, known.ReadyS-known.CheckS), kind: actFetched, who: a.who, visit: a.visit})
	}
	if !c.Ready && known == nil {
		w.plan(act{at: now + d.Between(15*minuteS, 120*minuteS), kind: actFetched, who: a.who, visit: a.visit})
	}
}

// bringPapers is the guest coming back with what was missing, or giving up.
func (w *World) bringPapers(now scheduler.Time, s *scheduler.State, a act) {
	v := s.Visit(a.visit)
	if v == nil || v.State != scheduler.Incomplete {
		return
	}
	d := dice.Roll(w.c.Seed, dice.ForPapers, a.who, 1)
	claim := s.Claim(v.First)
	if (d.Pct(30) && w.shownOf(a.who) == nil) || claim == nil {
		w.give(now, desk, scheduler.Leave{Visit: v.ID})
		return
	}
	c := scheduler.CheckPapers{Visit: v.ID, Ready: true,
		Marks: []scheduler.Paper{{Claim: claim.ID, Doc: required(s, claim), Mark: scheduler.Present}}}
	if _, ok := w.give(now, desk, c); !ok {
		w.retry(now, a)
	}
}

func (w *World) walkOut(now scheduler.Time, s *scheduler.State, a act) {
	v := s.Visit(a.visit)
	if v == nil {
		return
	}
	switch v.State {
	case scheduler.Arrived, scheduler.Incomplete, scheduler.Waiting, scheduler.AtDesk:
		if d := dice.Roll(w.c.Seed, dice.ForPatience, a.who, 1); d.Pct(40) {
			w.give(now, scheduler.Actor{Role: scheduler.ByVisitor}, scheduler.Cancel{Visit: v.ID})
		} else {
			w.give(now, desk, scheduler.Leave{Visit: v.ID})
		}
	}
}

func (w *World) stepOut(now scheduler.Time, s *scheduler.State, a act) {
	v := s.Visit(a.visit)
	if v == nil || v.State != scheduler.Waiting {
		return
	}
	if _, ok := w.give(now, desk, scheduler.StepOut{Visit: v.ID}); ok {
		d := dice.Roll(w.c.Seed, dice.ForStepOut, a.who, 1)
		back := now + d.Between(4*minuteS, 20*minuteS)
		if k := w.shownOf(a.who); k != nil {
			back = now + max(1, k.BackS-k.OutS)
		}
		w.plan(act{at: back, kind: actReturn, who: a.who, visit: v.ID})
	}
}

func (w *World) comeBack(now scheduler.Time, s *scheduler.State, a act) {
	v := s.Visit(a.visit)
	if v == nil || !s.Floor.Day.Open {
		return
	}
	switch v.State {
	case scheduler.SteppedOut, scheduler.Parked, scheduler.NoShow:
		if _, ok := w.give(now, desk, scheduler.Resume{Visit: v.ID}); !ok {
			w.retry(now, a)
		}
	}
}

// notice plans what the person at a seat does about a new situation there.
func (w *World) notice(now scheduler.Time, s *scheduler.State, index int, seat *scheduler.Seat) {
	switch seat.State {
	case scheduler.SeatExpected:
		if v := s.Visit(seat.Visit); v != nil && seat.Person == 0 {
			w.called(now, v, seat)
		}
	case scheduler.SeatPreparing:
		w.prepare(now, s, index, seat)
	case scheduler.SeatCleaning:
		w.surveyed(now, s, seat)
	}
}

// called is a visit hearing its number: it comes, late, or not at all.
func (w *World) called(now scheduler.Time, v *scheduler.Visit, seat *scheduler.Seat) {
	who := w.who(v.ID)
	a := act{kind: actSit, room: seat.Room, no: seat.No, who: who, visit: v.ID, since: v.CalledAt}
	if k := w.shownOf(who); k != nil {
		if int(v.Requeues) >= k.Misses {
			w.calledShown(v, a, k)
		}
		return
	}
	if d := dice.Roll(w.c.Seed, dice.ForShow, who, int64(v.Requeues)); d.Pct(w.c.Luck.NoShowPct) {
		if d.Pct(50) && w.c.Pace == nil {
			w.plan(act{at: now + d.Between(5*minuteS, 30*minuteS), kind: actComeBack, who: who, visit: v.ID})
		}
		return
	}
	d := dice.Roll(w.c.Seed, dice.ForWalk, who, int64(v.Requeues))
	a.at = v.CalledAt + d.Between(w.c.walk())
	if d.Pct(12) && w.c.Pace == nil && w.c.prompt == nil {
		a.at += d.Between(30, 150) // had to be called again
	}
	w.plan(a)
}

func (w *World) sit(now scheduler.Time, s *scheduler.State, a act) {
	v := s.Visit(a.visit)
	if v == nil || v.State != scheduler.Called || v.CalledAt != a.since {
		return
	}
	session, persons := v.Session, v.Persons
	if _, ok := w.give(now, booth(a.room, a.no), scheduler.SeatVisit{Visit: v.ID}); !ok {
		w.retry(now, a)
	} else if w.c.Pace != nil {
		w.pacing.sat(session, persons)
	}
}

// prepare is a person starting on a step of their own, or going on with it
// after the officer looked in, or after the session was ended in the middle.
func (w *World) prepare(now scheduler.Time, s *scheduler.State, index int, seat *scheduler.Seat) {
	claim := s.Claim(seat.Claim)
	if claim == nil {
		return
	}
	step, _, ok := stepOf(s, claim)
	step = w.c.Truth.Step(claim.Programme, step, 0)
	if !ok {
		return
	}
	who, own := w.claimant(s, claim), part{claim.ID, claim.Step}
	if _, begun := w.left[own]; !begun {
		w.left[own] = w.length(&drawn{}, claim, who, step)
	}
	w.own[index] = own
	a := act{at: max(now, seat.Since+w.left[own]), kind: actReady, room: seat.Room, no: seat.No, visit: seat.Visit, since: seat.Since}
	w.plan(a)
	if d := dice.Roll(w.c.Seed, dice.ForHelp, who, int64(claim.Step)); d.Pct(w.c.Luck.HelpPct) && !w.helped[own] {
		w.helped[own] = true
		a.at, a.kind = now+d.Between(20, 240), actHelp
		w.plan(a)
	}
}

// pause notes what is left of an own step that has been interrupted.
func (w *World) pause(now scheduler.Time, index int) {
	if was := w.seats[index]; was.state == scheduler.SeatPreparing {
		w.left[w.own[index]] = max(1, w.left[w.own[index]]-(now-was.since))
	}
}

// claimant names a claim in the streams of luck: its visit's guest and its
// place among that visit's claims.
func (w *World) claimant(s *scheduler.State, c *scheduler.Claim) int64 {
	nth := int64(0)
	if v := s.Visit(c.Visit); v != nil {
		nth = int64(c.ID - v.First)
	}
	return w.who(c.Visit)<<8 | nth&255
}

// still returns the seat when the situation that the act answers still holds.
func still(s *scheduler.State, a act) *scheduler.Seat {
	seat := s.Seat(a.room, a.no)
	if seat == nil || seat.State != scheduler.SeatPreparing || seat.Visit != a.visit || seat.Since != a.since {
		return nil
	}
	return seat
}

func (w *World) ready(now scheduler.Time, s *scheduler.State, a act) {
	seat := still(s, a)
	if seat == nil {
		return
	}
	if p := w.c.Pace; p != nil && p.Ends {
		if _, last, ok := stepOf(s, s.Claim(seat.Claim)); ok && last {
			w.endOwn(now, s, seat)
			return
		}
	}
	if _, ok := w.give(now, booth(a.room, a.no), scheduler.SeatReadyNow{Room: a.room, No: a.no, Visit: a.visit}); !ok {
		w.retry(now, a)
	}
}

func (w *World) askHelp(now scheduler.Time, s *scheduler.State, a act) {
	if seat := still(s, a); seat != nil && !seat.Help {
		w.give(now, booth(a.room, a.no), scheduler.AskHelp{Room: a.room, No: a.no})
	}
}
