package rehearsal

import (
	"slices"

	"lapak/scheduler"
	"lapak/scheduler/procedure"
	"lapak/scheduler/rehearsal/dice"
)

// officerMemo is what the world knows of one of its officers.
type officerMemo struct {
	spec    OfficerSpec
	planned bool
	at      scheduler.Time // of the planned act
	after   scheduler.Time // a refusal's pause: nothing before this
	rested  int            // how many pauses it had
	gone    bool           // went home
	touched int64          // the officer's, when the act was planned
	drawn   drawn
}

// overtimeS is how long after the close somebody who already sits is still
// served; then the day is closed by force.
const overtimeS = 45 * minuteS

// lastCall is how long before the close the last call is made, in seconds. In
// a simulation the rules alone say whom it is too late for.
func (c *Config) lastCall() int64 {
	if c.Pace != nil || c.prompt != nil {
		return 0
	}
	if c.LastCallS > 0 {
		return int64(c.LastCallS)
	}
	return 15 * minuteS
}

func (w *World) startS(o OfficerSpec) int {
	if o.StartS > 0 {
		return o.StartS
	}
	hours, _, _ := w.c.Policy.Calendar.HoursOn(w.c.Date)
	if w.c.Pace != nil {
		return hours.OpenS
	}
	return hours.OpenS - 10*minuteS
}

// wish is what an officer would do next and when.
type wish struct {
	at      scheduler.Time
	command scheduler.Command
	react   bool // planned a moment later: somebody has to notice first
	undo    bool // a slip: taken back shortly after
	rest    bool // the break begins
	home    bool // the shift ends
}

// alone reports whether a real person plays this officer.
func (w *World) alone(s *scheduler.State, m *officerMemo) bool {
	if w.taken[m.spec.Room] {
		return true
	}
	for room := range w.taken {
		if ses := s.SessionIn(room); ses != nil && slices.Contains(ses.Crew, m.spec.ID) {
			return true
		}
	}
	return false
}

// consider plans the officer's next act when the present situation asks for an
// earlier one than is planned.
func (w *World) consider(now scheduler.Time, s *scheduler.State, m *officerMemo, index int64) {
	o := s.Officer(m.spec.ID)
	if o == nil || m.gone || (len(w.taken) > 0 && w.alone(s, m)) {
		return
	}
	if m.planned && o.WithRoom != 0 && m.touched == o.Touched {
		return // busy with somebody; the end is planned
	}
	x, ok := w.wish(now, s, o, m)
	if !ok {
		return
	}
	at := max(x.at, m.after, now)
	low, high := w.c.reaction()
	if !x.react {
		low, high = 0, 0
	}
	if m.planned && m.at <= at+high {
		return
	}
	if high > 0 {
		d := dice.Roll(w.c.Seed, dice.ForOfficer, int64(o.ID), at)
		at += d.Between(low, high)
	}
	m.planned, m.at, m.touched = true, at, o.Touched
	w.plan(act{at: at, kind: actOfficer, who: index})
}

// work performs what the officer wishes now, if it is due.
func (w *World) work(now scheduler.Time, s *scheduler.State, m *officerMemo, index int64) {
	o := s.Officer(m.spec.ID)
	if o == nil || m.gone || w.alone(s, m) {
		return
	}
	x, ok := w.wish(now, s, o, m)
	if !ok {
		return
	}
	if x.at > now {
		w.consider(now, s, m, index)
		return
	}
	w.looked = -1 // look again even when the branch says no
	by := officer(o.ID)
	if w.c.Pace != nil {
		by = scheduler.System // nothing is taken back, so nothing is kept for it
	}
	rec, ok := w.give(now, by, x.command)
	if !ok {
		m.after = now + retryS
		return
	}
	if x.rest {
		m.rested++
	}
	m.gone = m.gone || x.home
	if settle, ok := x.command.(scheduler.Settle); ok && x.undo {
		w.slipped[settle.Claim] = true
		m.after = now + 9
		w.plan(act{at: now + 7, kind: actUndo, who: rec.Seq, by: officer(o.ID)})
	}
}

// wish returns what the officer would do next and when, or false for nothing.
func (w *World) wish(now scheduler.Time, s *scheduler.State, o *scheduler.Officer, m *officerMemo) (wish, bool) {
	if !s.Floor.Day.Open {
		return wish{}, false
	}
	switch o.Presence {
	case scheduler.OffShift:
		start := w.at(w.startS(m.spec))
		if now >= w.close {
			return wish{}, false
		}
		return wish{at: start, command: scheduler.SignOn{Officer: o.ID}}, true
	case scheduler.OnBreak, scheduler.SteppedOff:
		until := o.Until
		if until == 0 {
			until = o.Since + 10*minuteS
		}
		return wish{at: until, command: scheduler.EndBreak{Officer: o.ID}}, true
	}
	if o.WithRoom != 0 {
		return w.finish(s, o, m)
	}
	if breaks := m.spec.breaks(); m.rested < len(breaks) && now >= w.at(breaks[m.rested].AtS) {
		return wish{at: now, rest: true, command: scheduler.StartBreak{Officer: o.ID, Until: now + int64(breaks[m.rested].ForS)}}, true
	}
	if s.Awaited(o.ID) {
		return wish{at: now, react: true, command: scheduler.Take{Officer: o.ID}}, true
	}
	return w.duty(now, s, o, m)
}

// finish is the end of what the officer does with a person or a group.
func (w *World) finish(s *scheduler.State, o *scheduler.Officer, m *officerMemo) (wish, bool) {
	if o.WithSeat == 0 {
		return w.finishGroup(s, o, m)
	}
	seat := s.Seat(o.WithRoom, o.WithSeat)
	if seat == nil {
		return wish{}, false
	}
	claim := s.Claim(seat.Claim)
	if claim == nil {
		return wish{at: o.WithSince + retryS, command: scheduler.PutBack{Officer: o.ID}}, true
	}
	step, last, ok := stepOf(s, claim)
	step = w.c.Truth.Step(claim.Programme, step, int64(o.ID))
	who := w.claimant(s, claim)
	if ok && step.Who == procedure.Visitor { // came to help
		d := dice.Roll(w.c.Seed, dice.ForHelp, who, int64(claim.Step)+100)
		x := wish{at: o.WithSince + d.Between(15, 60), command: scheduler.PutBack{Officer: o.ID}}
		if d.Pct(40) && !last {
			x.command = scheduler.FinishStep{Officer: o.ID}
		}
		return x, true
	}
	at := claim.StepSince
	if ok {
		at += w.length(&m.drawn, claim, who, step)
	}
	if w.c.Pace != nil && last {
		return wish{at: at, command: scheduler.Settle{Claim: claim.ID, Outcome: scheduler.Approved}}, true
	}
	if !last {
		return w.side(s, claim, wish{at: at, command: scheduler.FinishStep{Officer: o.ID}}, who), true
	}
	return w.outcome(s, claim, at, who), true
}

func (w *World) finishGroup(s *scheduler.State, o *scheduler.Officer, m *officerMemo) (wish, bool) {
	r := s.Room(o.WithRoom)
	if r == nil {
		return wish{}, false
	}
	length := int64(0)
	for _, seat := range s.RoomSeats(r) {
		if c := s.Claim(seat.Claim); c != nil && seat.State == scheduler.SeatWithOfficer && seat.Since == o.WithSince {
			if step, _, ok := stepOf(s, c); ok {
				if w.c.Pace != nil { // as long as its first person's: one-to-one it is theirs alone
					return wish{at: o.WithSince + w.length(&m.drawn, c, w.claimant(s, c), step), command: scheduler.FinishStep{Officer: o.ID}}, true
				}
				step = w.c.Truth.Step(c.Programme, step, int64(o.ID))
				length = max(length, w.groupLength(s, o, c, step))
			}
		}
	}
	return wish{at: o.WithSince + length, command: scheduler.FinishStep{Officer: o.ID}}, true
}

// side sends a person to the side desk now and then, in place of going on.
func (w *World) side(s *scheduler.State, c *scheduler.Claim, x wish, who int64) wish {
	if k := w.shownClaim(who); k != nil && k.Desk == c.Step && !w.atDesk(s, c) && w.hasDesk() {
		x.command = scheduler.SideDesk{Visit: c.Visit, Reason: "papers"}
		return x
	}
	if w.c.Mischief == NoMischief || !w.hasDesk() {
		return x
	}
	if d := dice.Roll(w.c.Seed, dice.ForOutcome, who, int64(c.Step)+50); d.Below(200) < 2 && s.Room(s.Visit(c.Visit).Room) != nil &&
		!s.Room(s.Visit(c.Visit).Room).Desk {
		x.command = scheduler.SideDesk{Visit: c.Visit, Reason: "papers"}
	}
	return x
}

func (w *World) hasDesk() bool {
	return slices.ContainsFunc(w.c.Rooms, func(r RoomSpec) bool { return r.Desk })
}

// outcome settles the claim: mostly approved, at times not, and now and then
// by a slip that is taken back.
func (w *World) outcome(s *scheduler.State, c *scheduler.Claim, at scheduler.Time, who int64) wish {
	d := dice.Roll(w.c.Seed, dice.ForOutcome, who, int64(c.Step))
	x := scheduler.Settle{Claim: c.ID, Outcome: scheduler.Approved}
	kind := d.Pick(86, 9, 3, 2)
	known := w.shownClaim(who)
	if known != nil && known.Outcome != scheduler.NoOutcome {
		kind = int(known.Outcome - scheduler.Approved)
	}
	switch kind {
	case 1:
		x.Outcome, x.Reason = scheduler.Returned, "papers_missing"
		if doc := required(s, c); doc != "" {
			x.Missing = []procedure.Doc{doc}
		}
	case 2:
		x.Outcome, x.Reason = scheduler.Escalated, "needs_head_office"
	case 3:
		x.Outcome, x.Reason = scheduler.Refused, "not_eligible"
	}
	if doc := lacking(s, c); doc != "" && x.Outcome == scheduler.Approved {
		x.Outcome, x.Reason, x.Missing = scheduler.Returned, "papers_missing", []procedure.Doc{doc}
	}
	slip := w.c.Mischief > NoMischief && d.Pct(3) && !w.slipped[c.ID]
	return wish{at: at, command: x, undo: slip}
}

// duty is what a free officer does for the session: open it, call, end it.
func (w *World) duty(now scheduler.Time, s *scheduler.State, o *scheduler.Officer, m *officerMemo) (wish, bool) {
	mine := false
	for i := range s.Floor.Sessions {
		ses := &s.Floor.Sessions[i]
		if !slices.Contains(ses.Crew, o.ID) {
			continue
		}
		mine = mine || ses.State != scheduler.Cleaning
		if x, ok := w.tend(now, s, ses, o, m); ok {
			return x, true
		}
	}
	r := s.Room(m.spec.Room)
	for i := range s.Floor.Rooms { // a pool opens the rooms that are nobody's own, too
		if x := &s.Floor.Rooms[i]; s.Floor.Policy.Pooled && !x.Desk && x.Session == 0 && (r == nil || r.Session != 0) {
			r = x
		}
	}
	if r != nil && r.Session == 0 && now < w.lastAt(m) && !w.taken[r.ID] {
		return wish{at: max(now, r.ReadyAt), react: true, command: scheduler.OpenSession{Room: r.ID, Crew: w.crew(s, o.ID, r)}}, true
	}
	if !mine && now >= w.lastAt(m) {
		return wish{at: now, home: true, command: scheduler.SignOff{Officer: o.ID}}, true
	}
	return wish{}, false
}

// tend looks after one session: calls, the last call, the end.
func (w *World) tend(now scheduler.Time, s *scheduler.State, ses *scheduler.Session, o *scheduler.Officer, m *officerMemo) (wish, bool) {
	r := s.Room(ses.Room)
	if r == nil || now < w.open || w.taken[r.ID] {
		return wish{}, false
	}
	calls := w.c.Pace == nil // else the question says when
	switch ses.State {
	case scheduler.Cleaning:
		return wish{}, false
	case scheduler.Closing:
		if !occupied(s, r) {
			return wish{at: now + 5, command: scheduler.CloseSession{Room: r.ID}}, true
		}
		return wish{}, false
	}
	if s.Floor.Policy.Pooled && !r.Desk {
		if crew := w.crew(s, o.ID, r); len(crew) > len(ses.Crew) {
			return wish{at: now, command: scheduler.SetCrew{Room: r.ID, Crew: crew, Reason: "pool"}}, true
		}
	}
	if now >= w.lastAt(m) {
		return wish{at: now, command: scheduler.LastCall{Room: r.ID}}, true
	}
	if ses.State != scheduler.Forming && (s.Floor.Policy.AutoRefill || ses.Mode == scheduler.Closed) {
		return wish{}, false
	}
	if !calls || !mayCall(s, r, ses) || !somebodyFor(s, r) {
		return wish{}, false
	}
	p := s.Propose(r.ID, now)
	if p.Due {
		return wish{at: now, react: true, command: scheduler.CallGroup{Room: r.ID}}, true
	}
	if p.DueAt > now {
		return wish{at: p.DueAt, command: scheduler.CallGroup{Room: r.ID}}, true
	}
	return wish{}, false
}

func occupied(s *scheduler.State, r *scheduler.Room) bool {
	for _, seat := range s.RoomSeats(r) {
		if seat.State != scheduler.SeatFree && seat.State != scheduler.SeatCleaning {
			return true
		}
	}
	return false
}

// mayCall holds a single session's next call until the seat of the one before
// is changed, when the officer calls by hand.
func mayCall(s *scheduler.State, r *scheduler.Room, ses *scheduler.Session) bool {
	if ses.Mode != scheduler.Single {
		return true
	}
	for _, seat := range s.RoomSeats(r) {
		if seat.State != scheduler.SeatFree {
			return false
		}
	}
	return true
}

// somebodyFor reports whether anybody waits in the room's line; asking is much
// cheaper than a proposal.
func somebodyFor(s *scheduler.State, r *scheduler.Room) bool {
	line := scheduler.Waiting
	if r.Desk {
		line = scheduler.AtDesk
	}
	for i := range s.Floor.Visits {
		if s.Floor.Visits[i].State == line {
			return true
		}
	}
	return false
}

// crew is who serves the room: the officer, or the whole pool.
func (w *World) crew(s *scheduler.State, id scheduler.OfficerID, r *scheduler.Room) []scheduler.OfficerID {
	if !s.Floor.Policy.Pooled || r.Desk {
		return []scheduler.OfficerID{id}
	}
	var crew []scheduler.OfficerID
	for i := range w.officers {
		o := s.Officer(w.officers[i].spec.ID)
		own := s.Room(w.officers[i].spec.Room)
		if o != nil && o.Presence != scheduler.OffShift && (own == nil || !own.Desk) {
			crew = append(crew, o.ID)
		}
	}
	return crew
}

// LastCall is how long before the close the last call is made, in seconds.
func (c Config) LastCall() int { return int(c.lastCall()) }
