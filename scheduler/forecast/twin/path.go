package twin

import (
	"lapak/scheduler"
	"lapak/scheduler/forecast/luck"
	"lapak/scheduler/seating"
)

// path is the floor at one moment of one path. All of it is flat, so that the
// next path starts by a few copies.
type path struct {
	f        *floor
	now      int64
	seed     uint64
	visits   []visit
	claims   []claim
	seats    []seat
	rooms    []live
	staff    []officer
	line     [2][]int32 // waiting, and at the side desk, in the fair order
	order    []int16    // rooms with a session, in the order in which those opened
	access   [2]int     // of each line: those who need an accessible seat
	calls    int        // visits called and not seated
	missAt   int64      // no called visit is missed before
	cleanAt  int64      // nothing is clean before
	stand    uint32     // grows with every change that forming looks at
	held     int        // seats that are held, in all rooms;
	holdings uint32     // grows with every change of those
	opened   uint64     // rooms with a session, as bits,
	holding  uint64     // those of them that may hold seats,
	duties   uint64     // and those whose officers may have somebody to call
	stays    []int64    // by seat: in how many seconds it is free for a stranger, -1: not foreseen
	staysAt  []uint32   // by room: of which stand those are
	bound    int        // of those waiting, who have been overtaken as often as allowed
	hand     bool       // whether seats must be held for one of them is to be asked again
	later    bool       // when seats will be free may have changed since holds were looked at
	tight    bool       // the officers' minutes begin to count: every step matters to the rules
	soon     agenda
	far      agenda
	seq      int64
	moved    []int32 // seats that changed since people last looked
	look     bool    // something changed since people last looked
	tick     bool    // something changed since the rules last looked
	ever     bool    // whether anybody can be seated at all is to be asked again,
	fresh    []int32 // or of these alone, who joined the line since
	claim    [2]int  // claims called today: all, and the companies'
	steps    int
	frees    [seating.MaxSeats]int64 // of the room that is looked at for a hold
	form     former
	left     int // visits asked about that are not gone yet
}

// place is where a visit is, as far as the floor moves it.
type place uint8

const (
	away place = iota // comes later, or never
	waiting
	atDesk
	called
	seated
	gone
)

// visit is what changes about a visit.
type visit struct {
	eff, since int64
	lot        uint32
	place      place
	overtaken  int16
	requeues   int8
	sitting    int16
	room       int16
	prog       int16 // the programme that decides where it may sit; -1: none
	calledAt   int64
	counted    bool  // its claims count among those called today
	stay       int64 // expected at its seats; -1: to be added up
	holds      int16 // seats held for it,
	heldIn     int16 // in this room
	next       int64 // first call on this path; 0: none yet
	done       int64 // 0: not yet
}

// seat is what changes about a seat.
type seat struct {
	state     scheduler.SeatState
	help      bool
	sat       bool // cleaning: somebody sat there
	person    int8
	visit     int32 // -1: none
	claim     int32 // -1: none
	held      int32 // -1: for nobody
	since     int64
	helpSince int64
	freeAt    int64
	seen      seatMemo // as people last saw it
	left      int64    // seconds left of an own step that was interrupted, 0: none was
	leftOf    int32    // its claim and step
	leftStep  int8
}

type seatMemo struct {
	state scheduler.SeatState
	visit int32
	claim int32
	since int64
}

// live is what changes about a room.
type live struct {
	open    bool // has a session
	last    bool
	mode    scheduler.Mode
	state   scheduler.SessionState
	readyAt int64
	taken   seating.Set
	present int
	clean   int // seats being cleaned
	ask     int // seats that wait for an officer
	holds   int // seats that are held

	// Where there was no free seat or no line, there is none while both stands are
	// what they were; where forming found nobody to call, it finds nobody again up
	// to a time, if neither anybody's work has become less.
	stand       uint32 // grows with every change in this room that forming looks at
	steps       uint32 // grows with every step that is done here
	nothing     uint32
	nobody      uint32
	nobodyUntil int64

	// For these no seats of the room are free together soon enough, as long as
	// its seats stand as they did.
	never [4]tooLate
}

// tooLate is a visit for which no seats are expected to be free within so many
// seconds.
type tooLate struct {
	visit  int32
	stand  uint32
	within int64
}

// officer is what changes about an officer, and where the officer works.
type officer struct {
	presence scheduler.Presence
	until    int64
	room     int // with whom: -1 nobody
	seat     int // index into seats; -1 with a room: its group step
	group    seating.Set
	since    int64
	planned  bool
	at       int64 // of the planned act
	breaks   int   // next of the planned breaks
	rooms    []int
	works    uint64 // the same as bits
}

// reset makes p the start of path k.
func (p *path) reset(k int) {
	s := &p.f.start
	p.now, p.seq, p.steps = s.now, 0, 0
	p.seed = luck.Seed(p.f.in.Seed, k)
	p.visits = append(p.visits[:0], s.visits...)
	p.claims = append(p.claims[:0], s.claims...)
	p.seats = append(p.seats[:0], s.seats...)
	p.rooms = append(p.rooms[:0], s.rooms...)
	p.staff = append(p.staff[:0], s.staff...)
	p.line[0] = append(p.line[0][:0], s.line[0]...)
	p.line[1] = append(p.line[1][:0], s.line[1]...)
	p.order = append(p.order[:0], s.order...)
	p.access, p.calls, p.claim, p.left = s.access, s.calls, s.claim, s.left
	p.moved = append(p.moved[:0], s.moved...)
	p.look, p.tick, p.ever, p.tight, p.later = true, true, true, false, true
	p.missAt, p.cleanAt, p.stand, p.bound, p.hand = 0, 0, 1, s.bound, true
	p.held, p.opened, p.holding, p.duties = s.held, s.opened, s.holding, s.duties
	p.fresh, p.holdings = p.fresh[:0], 0
	p.stays = append(p.stays[:0], s.stays...)
	p.staysAt = append(p.staysAt[:0], s.staysAt...)
	p.soon, p.far, p.seq = append(p.soon[:0], s.soon...), p.far[:0], s.seq
	p.comers()
}

// maxSteps bounds the events of a path. A visit makes some twenty, a surge day
// of 300 visits under 10,000; what needs more is no forecast but a fault.
const maxSteps = 60_000

// maxTicks bounds how often the rules look again at one moment.
const maxTicks = 200

// run lets the path run until everybody whom it is asked about has been called
// and served, or nothing happens any more.
func (p *path) run() {
	for p.left > 0 && p.steps < maxSteps {
		for n := 0; p.tick && n < maxTicks; n++ {
			for m := 0; p.tick && m < maxTicks; m++ { // the rules come to an end before people look
				p.tick = false
				p.rulesLook()
			}
			p.step()
		}
		p.tick = false
		_, at := p.next()
		if at > p.f.horizon {
			return
		}
		p.now = max(p.now, at)
		p.tick = true
	}
}

// step lets people do everything that is due now, looking up after each act.
func (p *path) step() {
	for p.steps < maxSteps {
		if p.look {
			p.peopleLook()
		}
		from, at := p.next()
		if at > p.now {
			return
		}
		p.steps++
		p.perform(from.take())
	}
}

func (p *path) perform(e event) {
	switch e.kind {
	case wakeUp:
	case nudge:
		p.look = true
	case join:
		p.joinLine(e.who)
	case sit:
		if v := &p.visits[e.who]; v.place == called && v.calledAt == e.since {
			p.sitDown(e.who)
		}
	case ready:
		if x := &p.seats[e.who]; x.state == scheduler.SeatPreparing && x.since == e.since {
			p.stepDone(int(e.who), false)
			p.progressed()
		}
	case act:
		if o := &p.staff[e.who]; o.planned && o.at == p.at(&e) {
			o.planned = false
			p.work(int(e.who))
		}
	case open:
		p.openRoom(int(e.who))
	case walkOut:
		p.giveUp(e.who)
	}
}

// progressed notes that people have something new to look at. The rules have only
// where the lengths of steps count: near the end, and for seats that are or may
// be held.
func (p *path) progressed() { p.later = true; p.look, p.tick = true, p.tick || p.tight || p.ahead() }

// changed notes that people and rules have something new to look at.
func (p *path) changed() { p.look, p.tick, p.later = true, true, true }

// took notes that an officer turned to somebody, which changes nothing that the
// rules look at.
func (p *path) took() { p.look, p.tick = true, p.tick || p.tight }

// before is the fair order of two visits in one line.
func (p *path) before(a, b int32) bool {
	x, y := &p.visits[a], &p.visits[b]
	switch {
	case x.eff != y.eff:
		return x.eff < y.eff
	case x.lot != y.lot:
		return x.lot < y.lot
	case x.requeues != y.requeues:
		return x.requeues < y.requeues
	case x.since != y.since:
		return x.since < y.since
	}
	return a < b
}

// queue puts the visit into a line at its place.
func (p *path) queue(v int32, line int) {
	x := &p.visits[v]
	x.place, x.since = waiting+place(line), p.now
	list := append(p.line[line], v)
	i := len(list) - 1
	for ; i > 0 && p.before(v, list[i-1]); i-- {
		list[i] = list[i-1]
	}
	list[i] = v
	p.line[line] = list
	p.access[line] += p.f.visits[v].kind
	if line == 0 && int(x.overtaken) >= p.f.rules.overtakeMax {
		p.bound++
		p.hand = true
	}
	if line == 0 {
		p.fresh = append(p.fresh, v)
	}
	p.stand++
	p.changed()
}

// unqueue takes the visit out of its line.
func (p *path) unqueue(v int32) {
	line := int(p.visits[v].place - waiting)
	list := p.line[line]
	for i := range list {
		if list[i] == v {
			copy(list[i:], list[i+1:])
			p.line[line] = list[:len(list)-1]
			break
		}
	}
	p.stand++
	p.access[line] -= p.f.visits[v].kind
	if line == 0 && int(p.visits[v].overtaken) >= p.f.rules.overtakeMax {
		p.bound--
	}
	p.endHold(v)
}

// endHold gives the seats back that are held for the visit.
func (p *path) endHold(v int32) {
	if p.visits[v].holds == 0 {
		return
	}
	p.visits[v].holds, p.hand = 0, true
	p.stand++
	p.holdings++
	for i := range p.rooms {
		if p.rooms[i].holds == 0 {
			continue
		}
		r := &p.f.rooms[i]
		for k := r.first; k < r.first+r.n; k++ {
			if p.seats[k].held == v {
				p.seats[k].held = -1
				p.rooms[i].holds--
				p.held--
			}
		}
	}
}

// lineOf is the line from which the room calls.
func (p *path) lineOf(room int) int {
	if p.f.rooms[room].desk {
		return 1
	}
	return 0
}

// settleVisit takes a visit out of the path.
func (p *path) settleVisit(v int32) {
	x := &p.visits[v]
	if x.place != gone && p.asked(v) {
		p.left--
	}
	x.place, x.done = gone, p.now
}

// asked reports whether the path is to tell about the visit.
func (p *path) asked(v int32) bool { return p.f.visits[v].asked }
