package twin

import (
	"cmp"
	"slices"

	"lapak/scheduler"
	"lapak/scheduler/forecast/luck"
	"lapak/scheduler/procedure"
	"lapak/scheduler/seating"
)

// compileVisits takes everybody in who is here or may still come today.
func (f *floor) compileVisits(s *scheduler.State) {
	unchecked := 0
	gap := f.checkGap(s)
	for i := range s.Floor.Visits {
		v := &s.Floor.Visits[i]
		if v.FirstCall != 0 {
			f.start.claim[0] += int(v.NClaims)
			if v.Channel == scheduler.Collective {
				f.start.claim[1] += int(v.NClaims)
			}
		}
		c, comes := f.comes(s, v, unchecked, gap)
		switch v.State {
		case scheduler.Waiting, scheduler.AtDesk, scheduler.Called, scheduler.Seated:
			f.visit(s, v, true)
		case scheduler.Arrived:
			unchecked++
		}
		if comes {
			c.visit = f.visit(s, v, false)
			f.comers = append(f.comers, c)
		}
	}
}

// visit takes one in, with its claims, and returns its place.
func (f *floor) visit(s *scheduler.State, v *scheduler.Visit, asked bool) int32 {
	at := int32(len(f.visits))
	x := visitor{id: v.ID, later: -1, asked: asked, persons: int(v.Persons), channel: v.Channel, collective: v.Channel == scheduler.Collective,
		first: int32(len(f.claims)), key: luck.Key(uint64(v.ID))}
	if v.Accessible {
		x.kind = 1
	}
	for n, c := range s.ClaimsOf(v) {
		f.claims = append(f.claims, claim{visit: at, prog: f.prog(c.Programme), person: c.Person, step: c.Step, nth: int16(n),
			done: c.Outcome != scheduler.NoOutcome || f.prog(c.Programme) < 0, since: c.StepSince})
		x.n++
	}
	f.visits = append(f.visits, x)
	f.start.visits = append(f.start.visits, visit{eff: v.Effective, since: v.Since, lot: v.Lot, overtaken: int16(v.Overtaken),
		requeues: v.Requeues, sitting: v.Sitting, room: -1, calledAt: v.CalledAt, stay: -1, counted: v.FirstCall != 0})
	return at
}

// When people still come. A booking that has not come long after its time will
// hardly come at all.
const (
	bookedEarlyS = 18 * 60 // before its time
	bookedLateS  = 6 * 60
	bookedEndS   = 35 * 60
	overduePct   = 50 // of those who are later than bookedLateS, who never come
	outLowS      = 4 * 60
	outHighS     = 20 * 60
	outMoreS     = 600
)

// comes tells when a visit that is not in line yet joins it.
func (f *floor) comes(s *scheduler.State, v *scheduler.Visit, unchecked int, gap int64) (comer, bool) {
	switch v.State {
	case scheduler.Arrived:
		at := f.now + int64(unchecked)*gap
		return comer{low: at, high: at + 2*gap, eff: s.EffectiveAt(*v, at), away: f.manners.MissingPct}, true
	case scheduler.SteppedOut:
		return comer{low: max(f.now, v.Since+outLowS), high: max(f.now+outMoreS, v.Since+outHighS), eff: v.Effective}, v.Effective != 0
	case scheduler.Booked:
		c := comer{low: max(f.now, v.Due-bookedEarlyS), high: v.Due + bookedLateS, due: v.Due, away: f.manners.BookedAwayPct,
			guarded: v.Priority == scheduler.Guaranteed, jump: v.Priority != scheduler.NoPriority}
		if f.in.Later != nil {
			return f.known(v)
		}
		if v.Due == 0 || v.Date != s.Floor.Day.Date || f.now > v.Due+bookedEndS {
			return c, false
		}
		if f.now > c.high {
			c.high, c.away = v.Due+bookedEndS, overduePct
		}
		return c, true
	}
	return comer{}, false
}

// known is when a booking comes of which the input says so.
func (f *floor) known(v *scheduler.Visit) (comer, bool) {
	for i := range f.in.Later {
		if l := &f.in.Later[i]; l.Booking == v.ID {
			return comer{low: l.At, high: l.At, eff: l.Effective}, true
		}
	}
	return comer{}, false
}

// checkGap is how many seconds pass between two people whose papers are found
// complete, as the last ten minutes show.
func (f *floor) checkGap(s *scheduler.State) int64 {
	const window, usual = 600, 30
	n := int64(0)
	for i := range s.Floor.Visits {
		if at := s.Floor.Visits[i].Ready; at > f.now-window && at <= f.now {
			n++
		}
	}
	if n < 5 {
		return usual
	}
	return window / n
}

// compileLater takes those in who are known to come besides, and leaves room
// for those of whom only the rate is known.
func (f *floor) compileLater() {
	add := func(eff int64, lot uint32, x visitor, claims []LaterClaim) int32 {
		x.first, x.n = int32(len(f.claims)), int32(len(claims))
		at := int32(len(f.visits))
		x.key = luck.Key(uint64(at) + 1<<40)
		for n, c := range claims {
			f.claims = append(f.claims, claim{visit: at, prog: f.prog(c.Programme), person: int8(c.Person), nth: int16(n),
				done: f.prog(c.Programme) < 0})
		}
		f.visits = append(f.visits, x)
		f.start.visits = append(f.start.visits, visit{eff: eff, lot: lot, room: -1})
		return at
	}
	for i := range f.in.Later {
		l := &f.in.Later[i]
		if l.Booking != 0 {
			continue
		}
		x := visitor{later: i, persons: min(max(1, l.Persons), scheduler.MaxPersons), collective: l.Channel == scheduler.Collective}
		if l.Access {
			x.kind = 1
		}
		at := add(l.Effective, l.Lot, x, l.Claims)
		f.comers = append(f.comers, comer{visit: at, low: max(f.now, l.At), high: max(f.now, l.At), eff: l.Effective})
	}
	if len(f.progs) > 0 {
		for _, lane := range []scheduler.Channel{scheduler.WalkIn, scheduler.Online, scheduler.Collective} {
			eff := max(f.now, f.rules.opensAt)
			if lane == scheduler.Online {
				eff -= f.rules.creditS
			}
			x := visitor{later: -1, probe: true, asked: lane != scheduler.Collective, persons: 1, channel: lane, collective: lane == scheduler.Collective}
			f.probes = append(f.probes, add(eff, behindAll, x, []LaterClaim{{Programme: f.usual()}}))
		}
	}
	if f.manners.JumpersHour > 0 && len(f.progs) > 0 {
		f.spare = maxJumpers
		for range f.spare {
			add(0, notDrawn, visitor{later: -1, persons: 1}, []LaterClaim{{Programme: f.usual()}})
		}
	}
}

// maxJumpers bounds who may still jump in on one path; notDrawn is the rules'
// mark of a place that no lot decided.
const (
	maxJumpers = 24
	notDrawn   = 1 << 31
	behindAll  = 1<<32 - 1 // of the same moment
)

// usual is the programme of most claims here.
func (f *floor) usual() procedure.Programme {
	var n [maxProgs]int
	best := 0
	for i := range f.claims {
		if k := f.claims[i].prog; k >= 0 {
			if n[k]++; n[k] > n[best] {
				best = int(k)
			}
		}
	}
	return f.progs[best].code
}

// compileStart puts everybody where they are now.
func (f *floor) compileStart(s *scheduler.State) {
	p := &f.start
	p.f, p.now, p.claims = f, f.now, f.claims
	p.rooms = make([]live, len(f.rooms))
	for i := range f.rooms {
		r := s.Room(f.rooms[i].id)
		p.rooms[i].readyAt = r.ReadyAt
		if ses := s.SessionIn(r.ID); ses != nil {
			p.rooms[i] = live{open: true, last: ses.Last, mode: ses.Mode, state: ses.State, readyAt: r.ReadyAt}
		}
	}
	for i := range s.Floor.Sessions {
		k := slices.IndexFunc(f.rooms, func(r room) bool { return r.id == s.Floor.Sessions[i].Room })
		p.order = append(p.order, int16(k))
		if p.rooms[k].state == scheduler.Cleaning {
			p.plan(max(f.now, p.rooms[k].readyAt), event{kind: wakeUp})
		}
	}
	f.startSeats(s)
	f.startVisits(s)
	f.mostWork()
	p.staff = slices.Clone(f.staff)
	f.startStaff(s)
	f.openings(s)
	for i := range p.staff {
		p.staff[i].rooms = f.staff[i].rooms
		for _, k := range p.staff[i].rooms {
			p.staff[i].works |= 1 << k
		}
	}
	f.index()
	for i := range p.rooms {
		p.regard(i)
		p.held += p.rooms[i].holds
	}
	for i := range p.visits {
		p.visits[i].prog = p.nextProgramme(int32(i))
	}
	p.stays, p.staysAt = make([]int64, len(p.seats)), make([]uint32, len(p.rooms))
	if f.now < f.rules.opensAt {
		p.plan(f.rules.opensAt, event{kind: nudge})
	}
}

func (f *floor) startSeats(s *scheduler.State) {
	p := &f.start
	for i := range f.rooms {
		r := &f.rooms[i]
		for k := range r.n {
			old := &s.Floor.Seats[r.first+k]
			x := seat{state: old.State, help: old.Help, sat: old.LastVisit != 0, person: old.Person, visit: f.visitAt(old.Visit),
				claim: f.claimAt(s, old.Claim), held: f.visitAt(old.HeldFor), since: old.Since, helpSince: old.HelpSince, freeAt: old.FreeAt}
			x.seen = seatMemo{visit: -1, claim: -1}
			l := &p.rooms[i]
			if x.state == scheduler.SeatCleaning {
				l.clean++
				p.plan(max(f.now, x.freeAt), event{kind: wakeUp})
			}
			if taken(x.state) && k < seating.MaxSeats {
				l.taken.Add(k)
				l.present++
				p.moved = append(p.moved, int32(r.first+k))
			}
			if asks(x.state, x.help) {
				l.ask++
			}
			if x.held >= 0 {
				l.holds++
				p.visits[x.held].holds++
				p.visits[x.held].heldIn = int16(i)
			}
			p.seats = append(p.seats, x)
			f.roomOf = append(f.roomOf, i)
		}
	}
	slices.SortFunc(p.moved, func(a, b int32) int {
		return cmp.Or(cmp.Compare(p.seats[a].since, p.seats[b].since), cmp.Compare(a, b))
	})
}

// visitAt is the place of a visit, or -1.
func (f *floor) visitAt(id scheduler.VisitID) int32 {
	if id == 0 {
		return -1
	}
	i, ok := slices.BinarySearchFunc(f.visits, id, func(v visitor, id scheduler.VisitID) int {
		if v.id == 0 { // those who come later stand at the end
			return 1
		}
		return cmp.Compare(v.id, id)
	})
	if !ok {
		return -1
	}
	return int32(i)
}

// claimAt is the place of a claim, or -1.
func (f *floor) claimAt(s *scheduler.State, id scheduler.ClaimID) int32 {
	c := s.Claim(id)
	if c == nil {
		return -1
	}
	v := f.visitAt(c.Visit)
	if v < 0 {
		return -1
	}
	for n, k := range s.ClaimsOf(s.Visit(c.Visit)) {
		if at := f.visits[v].first + int32(n); k.ID == id && !f.claims[at].done {
			return at
		}
	}
	return -1
}

func (f *floor) startVisits(s *scheduler.State) {
	p := &f.start
	for i := range f.visits {
		x := &p.visits[i]
		if f.visits[i].id == 0 {
			continue
		}
		v := s.Visit(f.visits[i].id)
		if v == nil {
			continue
		}
		switch v.State {
		case scheduler.Called, scheduler.Seated:
			x.place = seated
			if v.State == scheduler.Called {
				x.place = called
				p.calls++
			}
			x.room = int16(slices.IndexFunc(f.rooms, func(r room) bool { return r.id == v.Room }))
		case scheduler.Waiting, scheduler.AtDesk:
			line := 0
			if v.State == scheduler.AtDesk {
				line = 1
			}
			x.place = waiting + place(line)
			p.line[line] = append(p.line[line], int32(i))
			p.access[line] += f.visits[i].kind
			if line == 0 && int(x.overtaken) >= f.rules.overtakeMax {
				p.bound++
			}
		default:
			continue
		}
		p.left++
	}
	for _, v := range f.probes {
		p.visits[v].place = waiting
		p.line[0] = append(p.line[0], v)
		if f.visits[v].asked {
			p.left++
		}
	}
	for line := range p.line {
		slices.SortFunc(p.line[line], func(a, b int32) int {
			if p.before(a, b) {
				return -1
			}
			return 1
		})
	}
}

func (f *floor) startStaff(s *scheduler.State) {
	p := &f.start
	f.breaks = slices.Clone(f.in.Breaks)
	slices.SortStableFunc(f.breaks, func(a, b Break) int {
		return cmp.Or(cmp.Compare(a.Officer, b.Officer), cmp.Compare(a.At, b.At))
	})
	for i := range p.staff {
		o, old := &p.staff[i], &s.Floor.Officers[i]
		o.breaks = f.nextBreak(i, 0)
		if old.WithRoom == 0 {
			continue
		}
		o.room = slices.IndexFunc(f.rooms, func(r room) bool { return r.id == old.WithRoom })
		if o.room < 0 {
			continue
		}
		if old.WithSeat != 0 {
			o.seat = f.rooms[o.room].first + int(old.WithSeat) - 1
		}
		for _, no := range old.WithGroup {
			o.group.Add(int(no) - 1)
		}
	}
	for i := range f.breaks {
		p.plan(max(f.now, f.breaks[i].At), event{kind: nudge})
	}
}

// nextBreak is the officer's first planned break from a place of the list on
// that is not over yet, or -1.
func (f *floor) nextBreak(i, from int) int {
	id := f.in.State.Floor.Officers[i].ID
	for k := from; k < len(f.breaks); k++ {
		if b := &f.breaks[k]; b.Officer == id && b.At+b.ForS > f.now {
			return k
		}
	}
	return -1
}

// mostWork is the most that anybody's visit can need of the seats and of the
// officer: while there is more time than that, nothing need be added up.
func (f *floor) mostWork() {
	for i := range f.visits {
		x := &f.visits[i]
		files := int64(min(int(x.n), f.rules.filesPerSitting*max(1, x.persons)))
		for _, c := range f.claims[x.first : x.first+x.n] {
			if c.done || int(c.step) >= len(f.progs[c.prog].steps) {
				continue
			}
			for _, e := range f.progs[c.prog].steps[c.step].by {
				f.mostStay, f.mostOfficer = max(f.mostStay, files*e.all), max(f.mostOfficer, files*e.officer)
			}
		}
	}
}
