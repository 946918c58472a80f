package scheduler

import (
	"slices"

	"lapak/scheduler/procedure"
)

// run goes from moment to moment until everybody in the asked room is done.
func (f *foresight) run() {
	if len(f.crew) == 0 {
		return
	}
	for range maxForeseen {
		f.pass()
		for i := range f.crew {
			if o := &f.crew[i]; o.free <= f.at && len(o.with) == 0 {
				f.dispatch(o)
			}
		}
		next, ok := f.moment()
		if !ok || next > f.until || f.answered() {
			return
		}
		f.at = max(f.at, next)
	}
}

// answered reports whether everybody of the answer has an end.
func (f *foresight) answered() bool {
	return !slices.ContainsFunc(f.seats, func(p foreseen) bool { return p.room == f.room && p.here && p.end == 0 })
}

// moment is when something ends next.
func (f *foresight) moment() (Time, bool) {
	w := waker{}
	for i := range f.crew {
		if o := &f.crew[i]; len(o.with) > 0 || o.free > f.at {
			w.at(o.free)
		}
	}
	for i := range f.seats {
		if p := &f.seats[i]; p.endsAlone() {
			w.at(p.until)
		}
	}
	return w.when, w.set
}

// endsAlone reports whether what happens at the seat ends by itself.
func (p *foreseen) endsAlone() bool {
	return p.state == SeatPreparing || p.state == SeatExpected || (p.state == SeatCleaning && p.until > 0)
}

// pass does what is over by now.
func (f *foresight) pass() {
	for i := range f.crew {
		o := &f.crew[i]
		if o.free > f.at || len(o.with) == 0 {
			continue
		}
		with := o.with
		o.with = nil
		for _, k := range with {
			f.served(o, k, len(with) == 1)
		}
	}
	for i := range f.seats {
		p := &f.seats[i]
		if !p.endsAlone() || p.until > f.at {
			continue
		}
		switch p.state {
		case SeatPreparing:
			f.done(p)
		case SeatExpected:
			f.begin(p)
		case SeatCleaning:
			f.refill(p)
		}
	}
}

// served ends an officer's time at a seat; the officer stays when the claim's
// next step is the officer's too.
func (f *foresight) served(o *foreseenOfficer, k int, alone bool) {
	p := &f.seats[k]
	if len(p.work) == 0 {
		return
	}
	if f.who(&p.work[0]) == procedure.Visitor {
		p.state, p.since, p.until = SeatPreparing, f.at, f.at+f.seconds(&p.work[0], 0)
		return
	}
	ended := p.work[0].ends
	f.done(p)
	if alone && !ended && p.state == SeatReady {
		f.meet(o, []int{k})
	}
}

// done ends a seat's present step.
func (f *foresight) done(p *foreseen) {
	p.work = p.work[1:]
	f.begin(p)
}

// begin starts what comes next at a seat.
func (f *foresight) begin(p *foreseen) {
	p.since, p.help = f.at, false
	if len(p.work) == 0 {
		p.state = SeatBeside
		f.leave(p.party)
		return
	}
	switch f.who(&p.work[0]) {
	case procedure.Visitor:
		p.state, p.until = SeatPreparing, f.at+f.seconds(&p.work[0], 0)
	case procedure.Group:
		p.state = SeatGathering
	default:
		p.state = SeatReady
	}
}

// leave lets a visit go when everybody of it is done; its seats are changed.
func (f *foresight) leave(party int64) {
	for i := range f.seats {
		if p := &f.seats[i]; p.party == party && p.state != SeatBeside {
			return
		}
	}
	for i := range f.seats {
		p := &f.seats[i]
		if p.party != party {
			continue
		}
		if p.first {
			p.end, p.first = f.at, false
		}
		f.change(p)
	}
}

// change leaves a seat to be cleaned, where somebody may follow.
func (f *foresight) change(p *foreseen) {
	p.state, p.party, p.since = SeatFree, 0, f.at
	if f.refills(p.ses) {
		p.state, p.until = SeatCleaning, f.at+int64(f.s.Floor.Policy.Seat.ChangeS)
	}
}

// refills reports whether the session calls by itself.
func (f *foresight) refills(ses *Session) bool {
	return f.s.Floor.Policy.AutoRefill && ses.Mode != Closed && ses.State.refills()
}

// refill calls the next of the line to a clean seat.
func (f *foresight) refill(p *foreseen) {
	p.state, p.until, p.party = SeatFree, 0, 0
	if !f.refills(p.ses) {
		return
	}
	if !f.lined {
		f.line, f.lined = f.s.Floor.Line(lineOf(f.s.Room(p.room))), true
	}
	for f.taken < len(f.line) {
		v := f.line[f.taken]
		f.taken++
		if c := f.s.openClaim(v, -1); c != nil && f.s.serves(f.s.Room(p.room), p.ses, c.Programme) {
			p.work = f.steps(nil, c.Programme, c.Step)
			p.state, p.until, p.since, p.party = SeatExpected, f.at+expectWalkS, f.at, -int64(f.taken)
			return
		}
	}
}

// dispatch gives a free officer whom Attention would.
func (f *foresight) dispatch(o *foreseenOfficer) {
	best, found := Turn{}, false
	var take []int
	bound := int64(f.s.Floor.Policy.Attention.WaitBoundS)
	offer := func(t Turn, seats ...int) {
		t.overdue = f.at-t.Since > bound
		if !found || beforeTurn(t, best) < 0 {
			best, found, take = t, true, slices.Clone(seats)
		}
	}
	for i := 0; i < len(f.seats); {
		end := i
		for end < len(f.seats) && f.seats[end].room == f.seats[i].room {
			end++
		}
		if slices.Contains(f.seats[i].ses.Crew, o.id) {
			f.offers(o, i, end, offer)
		}
		i = end
	}
	if found {
		f.meet(o, take)
	}
}

// offers are the turns of one room, as turnsIn makes them on the floor.
func (f *foresight) offers(o *foreseenOfficer, from, to int, offer func(Turn, ...int)) {
	for i := from; i < to; i++ {
		p := &f.seats[i]
		switch {
		case p.state == SeatReady, p.state == SeatPreparing && p.help:
			offer(Turn{Room: p.room, Seat: p.no, Since: p.since, Help: p.help, ExpectS: f.seconds(&p.work[0], o.id)}, i)
		case p.state == SeatGathering:
			if group, turn := f.group(o, i, from, to); len(group) > 0 {
				offer(turn, group...)
			}
		}
	}
}

// group are those who wait for the same group step as the seat does, when it
// is the first of them and the step may start (see mayGather).
func (f *foresight) group(o *foreseenOfficer, first, from, to int) ([]int, Turn) {
	p := &f.seats[first]
	step := p.work[0]
	turn := Turn{Room: p.room, Since: p.since}
	var group []int
	for i := from; i < to; i++ {
		q := &f.seats[i]
		if p.ses.Mode == Closed && q.state == SeatExpected {
			return nil, turn
		}
		if q.state == SeatFree || q.state == SeatCleaning || len(q.work) == 0 || q.work[0].programme != step.programme {
			continue
		}
		if p.ses.Mode == Closed && q.work[0].step < step.step {
			return nil, turn
		}
		if q.state != SeatGathering || q.work[0].step != step.step {
			continue
		}
		if i < first {
			return nil, turn // offered there
		}
		group = append(group, i)
		turn.Since, turn.ExpectS = min(turn.Since, q.since), max(turn.ExpectS, f.seconds(&q.work[0], o.id))
	}
	return group, turn
}

// meet puts an officer with a person or a group.
func (f *foresight) meet(o *foreseenOfficer, seats []int) {
	o.with, o.free = seats, f.at
	for _, k := range seats {
		p := &f.seats[k]
		length := f.seconds(&p.work[0], o.id)
		if p.state == SeatPreparing {
			p.work[0].leftS = max(1, p.until-f.at) // the step goes on after the help
			length = expectHelpS
		}
		if p.first && p.met == 0 {
			p.met = f.at
		}
		p.state, p.help = SeatWithOfficer, false
		o.free = max(o.free, f.at+length)
	}
}
