package twin

import (
	"lapak/scheduler"
	"lapak/scheduler/procedure"
)

// peopleLook lets everybody notice what has changed: at the seats, in the order
// of their places, and the officers after them.
func (p *path) peopleLook() {
	p.look = false
	if p.steps > 0 { // at the beginning they stand in the order in which they came about
		p.sortMoved()
	}
	for _, k := range p.moved {
		s := &p.seats[k]
		memo := seatMemo{s.state, s.visit, s.claim, s.since}
		if memo == s.seen {
			continue
		}
		if s.seen.state == scheduler.SeatPreparing && s.seen.claim >= 0 {
			p.interrupted(s)
		}
		s.seen = memo
		switch s.state {
		case scheduler.SeatExpected:
			if s.person == 0 {
				p.walk(s.visit)
			}
		case scheduler.SeatPreparing:
			p.prepare(int(k), s)
		}
	}
	p.moved = p.moved[:0]
	for i := range p.staff {
		p.staffLooks(i)
	}
}

// sortMoved orders the few seats that changed; one may stand there twice.
func (p *path) sortMoved() {
	m := p.moved
	for i := 1; i < len(m); i++ {
		for k := i; k > 0 && m[k] < m[k-1]; k-- {
			m[k], m[k-1] = m[k-1], m[k]
		}
	}
}

// interrupted notes what is left of an own step that the officer looks into.
func (p *path) interrupted(s *seat) {
	c := &p.claims[s.seen.claim]
	if s.claim != s.seen.claim || s.state != scheduler.SeatWithOfficer {
		return
	}
	s.left = max(1, s.left-(p.now-s.seen.since))
	s.leftOf, s.leftStep = s.seen.claim, c.step
}

// walk is a visit hearing its number: it comes, late, or not at all. Of one
// that was called before the path begins it is known that it has not come yet.
func (p *path) walk(v int32) {
	m, x := &p.f.manners, &p.visits[v]
	d := p.dice(forWalk, p.f.visits[v].key+uint64(x.requeues))
	missing, took, so := d.Pct(m.NoShowPct), d.Between(m.WalkLowS, m.WalkHighS), p.now-x.calledAt
	late := d.Pct(m.LatePct)
	if so > m.WalkHighS && so > 0 { // it is late already, or will not come
		late = true
		missing = d.Below(int64(max(1, m.NoShowPct+m.LatePct))) < int64(m.NoShowPct)
	}
	if late {
		took += d.Between(m.LateLowS, m.LateHighS)
	}
	at := max(x.calledAt+took, p.now)
	if limit := x.calledAt + p.f.rules.noShowAfterS; missing || at >= limit {
		p.plan(max(p.now, limit), event{kind: wakeUp})
		return
	}
	p.plan(at, event{kind: sit, who: v, since: x.calledAt})
}

// prepare is a person starting on a step of their own, or going on with it.
func (p *path) prepare(k int, s *seat) {
	if s.claim < 0 {
		return
	}
	c := &p.claims[s.claim]
	if s.left == 0 || s.leftOf != s.claim || s.leftStep != c.step {
		s.left, s.leftOf, s.leftStep = p.length(c, -1, p.age(s.since)), s.claim, c.step
	}
	p.plan(max(p.now, s.since+s.left), event{kind: ready, who: int32(k), since: s.since})
}

// wish is what an officer would do next and when.
type wish struct {
	at    int64
	what  wishKind
	room  int
	seat  int  // -1: the group
	react bool // somebody has to notice first
}

type wishKind uint8

const (
	nothing wishKind = iota
	comeBack
	rest
	finish
	takeNext
	callGroup
)

// staffLooks plans the officer's next act when the situation asks for an
// earlier one than is planned.
func (p *path) staffLooks(i int) {
	o := &p.staff[i]
	if o.presence == scheduler.OffShift || (o.planned && o.room >= 0) || p.idle(o) {
		return
	}
	x := p.wish(i)
	if x.what == nothing {
		return
	}
	at, high := max(x.at, p.now), int64(0)
	if x.react {
		high = p.f.manners.ReactHighS
	}
	if o.planned && o.at <= at+high {
		return
	}
	if high > 0 {
		d := p.dice(forReact, uint64(i)<<40^uint64(at))
		at += d.Between(p.f.manners.ReactLowS, high)
	}
	o.planned, o.at = true, at
	p.plan(at, event{kind: act, who: int32(i)})
}

// idle reports whether there is surely nothing for a free officer to do, or
// nothing that would be done before what is planned: whatever shows now has to
// be noticed first.
func (p *path) idle(o *officer) bool {
	if o.presence != scheduler.OnShift || o.room >= 0 || o.breaks >= 0 && p.now >= p.f.breaks[o.breaks].At {
		return false
	}
	if due := p.duties & o.works; due&^p.f.desks != 0 && len(p.line[0]) > 0 || due&p.f.desks != 0 && len(p.line[1]) > 0 {
		return false
	}
	if o.planned && o.at <= p.now+p.f.manners.ReactHighS {
		return true
	}
	for _, room := range o.rooms {
		if p.rooms[room].ask != 0 {
			return false
		}
	}
	return true
}

// work performs what the officer wishes now, if it is due.
func (p *path) work(i int) {
	o := &p.staff[i]
	x := p.wish(i)
	if x.what == nothing {
		return
	}
	if x.at > p.now {
		p.staffLooks(i)
		return
	}
	p.took()
	switch x.what {
	case comeBack:
		o.presence = scheduler.OnShift
		p.stand++
		p.changed()
	case rest:
		b := &p.f.breaks[o.breaks]
		o.presence, o.until = scheduler.OnBreak, p.now+b.ForS
		o.breaks = p.f.nextBreak(i, o.breaks+1)
		p.stand++
		p.changed()
	case finish:
		p.finish(o)
		p.progressed()
	case takeNext:
		p.takeTurn(o, x.room, x.seat)
	case callGroup:
		if due, _ := p.propose(x.room); due {
			p.callOut(x.room)
		}
	}
}

// wish returns what the officer would do next.
func (p *path) wish(i int) wish {
	o := &p.staff[i]
	switch {
	case o.presence == scheduler.OffShift:
		return wish{}
	case o.presence != scheduler.OnShift:
		return wish{at: o.until, what: comeBack}
	case o.room >= 0:
		return wish{at: p.finishAt(i), what: finish}
	case o.breaks >= 0 && p.now >= p.f.breaks[o.breaks].At:
		return wish{at: p.now, what: rest}
	}
	if room, seat, ok := p.attention(i); ok {
		return wish{at: p.now, what: takeNext, room: room, seat: seat, react: true}
	}
	return p.duty(i)
}

// turn is somebody who waits for an officer; see the rules' Turn.
type turn struct {
	room, seat int
	since      int64
	expect     int64
	overdue    bool
	help       bool
	no         int
}

// attention finds whom the officer should take next.
func (p *path) attention(i int) (room, seat int, ok bool) {
	var best turn
	for _, k := range p.staff[i].rooms {
		if p.rooms[k].ask == 0 || !p.rooms[k].open {
			continue
		}
		r := &p.f.rooms[k]
		group := turn{room: k, seat: -1}
		gathered := false
		for n := r.first; n < r.first+r.n; n++ {
			s := &p.seats[n]
			if !asks(s.state, s.help) {
				continue
			}
			t := turn{room: k, seat: n, since: s.since, expect: p.expect(i, s.claim), help: s.help, no: n - r.first + 1}
			if s.state == scheduler.SeatGathering {
				if !gathered || s.since < group.since {
					group.since = s.since
				}
				gathered = true
				group.expect = max(group.expect, t.expect)
				continue
			}
			if s.state == scheduler.SeatPreparing {
				t.since = s.helpSince
			}
			p.prefer(&best, &t, &ok)
		}
		if gathered && p.mayGather(k) {
			p.prefer(&best, &group, &ok)
		}
	}
	return best.room, best.seat, ok
}

func (p *path) expect(i int, c int32) int64 {
	if c < 0 {
		return 0
	}
	k := &p.claims[c]
	if steps := p.f.progs[k.prog].steps; int(k.step) < len(steps) {
		return steps[k.step].by[1+i].own
	}
	return 0
}

func (p *path) prefer(best, t *turn, some *bool) {
	t.overdue = p.now-t.since > p.f.rules.waitBoundS
	if !*some || p.f.sooner(t, best) {
		*best, *some = *t, true
	}
}

func (f *floor) sooner(a, b *turn) bool {
	switch {
	case a.overdue != b.overdue:
		return a.overdue
	case a.overdue && a.since != b.since:
		return a.since < b.since
	case a.help != b.help:
		return a.help
	case a.expect != b.expect:
		return a.expect < b.expect
	case a.since != b.since:
		return a.since < b.since
	case a.room != b.room:
		return a.room < b.room
	}
	return a.no < b.no
}

// mayGather reports whether the group step may start.
func (p *path) mayGather(room int) bool {
	if p.rooms[room].mode != scheduler.Closed {
		return true
	}
	r := &p.f.rooms[room]
	for k := r.first; k < r.first+r.n; k++ {
		if p.seats[k].state == scheduler.SeatExpected {
			return false
		}
	}
	return true
}

// takeTurn puts the officer with the person at a seat, or with the group.
func (p *path) takeTurn(o *officer, room, k int) {
	o.room, o.seat, o.since, o.group = room, k, p.now, noSeats
	if k >= 0 {
		p.takeSeat(k)
		return
	}
	r := &p.f.rooms[room]
	for n := range r.n {
		if p.seats[r.first+n].state == scheduler.SeatGathering {
			o.group.Add(n)
			p.takeSeat(r.first + n)
		}
	}
}

func (p *path) takeSeat(k int) {
	s := &p.seats[k]
	p.setSeat(k, scheduler.SeatWithOfficer)
	s.help = false
	if s.claim >= 0 {
		p.claims[s.claim].since = p.now
	}
}

// Help at a seat takes an officer some half a minute, in which the person's own
// step rests (seconds, middle of what the rehearsal plays).
const helpS = 38

// finishAt is when the officer is done with the present person or group.
func (p *path) finishAt(i int) int64 {
	o := &p.staff[i]
	if o.seat < 0 {
		return o.since + p.groupLength(i, o)
	}
	s := &p.seats[o.seat]
	if s.claim < 0 {
		return o.since + helpS
	}
	c := &p.claims[s.claim]
	steps := p.f.progs[c.prog].steps
	switch {
	case int(c.step) >= len(steps):
		return c.since
	case steps[c.step].who == procedure.Visitor:
		return o.since + helpS
	}
	return c.since + p.length(c, i, p.age(c.since))
}

// finish ends what the officer does with a person or a group.
func (p *path) finish(o *officer) {
	if o.seat < 0 {
		room := o.room
		p.with(o, func(k int) { p.stepDone(k, true) })
		if o.room == room {
			p.free(o)
		}
		return
	}
	k := o.seat
	s := &p.seats[k]
	if s.claim < 0 {
		p.free(o)
		return
	}
	c := &p.claims[s.claim]
	steps := p.f.progs[c.prog].steps
	switch {
	case int(c.step) < len(steps) && steps[c.step].who == procedure.Visitor:
		p.setSeat(k, p.waitsFor(c))
		p.free(o)
	case int(c.step) >= len(steps)-1:
		p.settle(k)
	default:
		p.stepDone(k, false)
		if s.state != scheduler.SeatWithOfficer {
			p.free(o)
		}
	}
}

// duty is what a free officer does for the session: call its first group, and
// every group where freed seats are not refilled by themselves.
func (p *path) duty(i int) wish {
	if p.now < p.f.rules.opensAt {
		return wish{}
	}
	for _, k := range p.order {
		room := int(k)
		l := &p.rooms[room]
		if l.state >= scheduler.Closing || (l.state != scheduler.Forming && (p.f.rules.autoRefill || l.mode == scheduler.Closed)) {
			continue
		}
		if len(p.line[p.lineOf(room)]) == 0 || !p.serves(i, room) {
			continue
		}
		if l.mode == scheduler.Single && (l.present > 0 || l.clean > 0) {
			continue
		}
		if due, at := p.propose(room); due {
			return wish{at: p.now, what: callGroup, room: room, react: true}
		} else if at > p.now {
			return wish{at: at, what: callGroup, room: room}
		}
	}
	return wish{}
}

// serves reports whether the officer is of the room's crew.
func (p *path) serves(i, room int) bool {
	for _, k := range p.staff[i].rooms {
		if k == room {
			return true
		}
	}
	return false
}
