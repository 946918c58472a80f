package rehearsal

import (
	"errors"
	"slices"

	"lapak/scheduler"
	"lapak/scheduler/procedure"
)

// Do gives the branch a command at a time. It is how a world reaches the
// branch: in place on a draft, or through the live hall. Of the record, a
// world reads Seq, At and Result only. The error is a *scheduler.Refusal or
// whatever kept the command from being decided; either way the world goes on.
type Do func(at scheduler.Time, o scheduler.Order) (scheduler.Record, error)

// World is the people of one branch day: visitors, officers, booths, the front
// desk and the mischief. It is not safe for use by several goroutines.
type World struct {
	c          Config
	open       scheduler.Time
	lastTicket scheduler.Time
	close      scheduler.Time
	guests     []Guest
	guestOf    map[scheduler.VisitID]int
	acts       acts
	seq        uint64 // of planned acts: equal times keep their order
	seats      []seatMemo
	officers   []officerMemo
	looked     int64           // the state's seq at the last look; below 0: look again
	saw        int64           // and when the seats were looked at,
	sawOf      *scheduler.Seat // the first of which was this
	helpers    []scheduler.Time
	taken      map[scheduler.RoomID]bool
	state      func() *scheduler.State
	do         Do
	wrongs     int64                      // how many pieces of mischief so far
	slipped    map[scheduler.ClaimID]bool // claims settled by a slip once
	over       bool
	full       bool // a saturated branch takes no more numbers
	lastOrder  scheduler.Order
	left       map[part]int64             // seconds that a person still needs for a step of their own
	helped     map[part]bool              // steps with which the officer has helped
	own        []part                     // by seat: the own step under way
	coming     int64                      // who is at the door with the command under way, from 1; 0: nobody
	asked      map[scheduler.VisitID]bool // who was asked the survey's questions
	asShown    int                        // durations used as a past day's records show them
	asDrawn    int                        // and drawn
	pacing     pacing                     // with Config.Pace
}

// part names one step of one claim.
type part struct {
	claim scheduler.ClaimID
	step  int8
}

// seatMemo is what the world last saw at a seat.
type seatMemo struct {
	state scheduler.SeatState
	visit scheduler.VisitID
	claim scheduler.ClaimID
	since scheduler.Time
}

// NewWorld draws the people of a day. The configuration must name an open day
// of its policy's calendar; else nobody comes.
func NewWorld(c Config) *World {
	w := &World{c: c, guestOf: map[scheduler.VisitID]int{}, taken: map[scheduler.RoomID]bool{}, looked: -1,
		pacing: pacing{refused: -1}, slipped: map[scheduler.ClaimID]bool{}, left: map[part]int64{}, helped: map[part]bool{},
		helpers: make([]scheduler.Time, max(1, c.Helpers))}
	hours, _, _ := c.Policy.Calendar.HoursOn(c.Date)
	w.open, w.lastTicket, w.close = w.at(hours.OpenS), w.at(hours.LastTicketS), w.at(hours.CloseS)
	switch {
	case c.Pace != nil:
		w.guests = slices.Clone(c.Pace.Guests)
	case c.People != nil:
		w.guests = slices.Clone(c.People.Guests)
	default:
		w.draw()
	}
	w.officers = make([]officerMemo, len(c.Officers))
	w.plan(act{at: w.Begins(), kind: actBook})
	gate := w.Begins()
	if c.Pace == nil {
		gate += 5 * minuteS
	}
	w.plan(act{at: gate, kind: actOpenDay})
	for i, o := range c.Officers {
		w.officers[i].spec = o
		points := []int{w.startS(o), hours.OpenS, o.LastS}
		for _, r := range o.breaks() {
			points = append(points, r.AtS)
		}
		for _, s := range points {
			if s >= hours.GateS {
				w.plan(act{at: w.at(s), kind: actNudge, who: int64(i)})
			}
		}
		for at := w.close - w.c.lastCall(); at <= w.close+overtimeS; at += 10 * minuteS {
			w.plan(act{at: at, kind: actNudge, who: int64(i)})
		}
	}
	w.plan(act{at: w.close, kind: actCloseDay})
	w.planMischief(w.open)
	return w
}

// at is the branch time at a second of the rehearsed day.
func (w *World) at(second int) scheduler.Time {
	return w.c.Policy.Calendar.Zone.At(w.c.Date, second)
}

// Opens returns when the doors open, and Closes when they close.
func (w *World) Opens() scheduler.Time { return w.open }

// Closes returns when the branch closes.
func (w *World) Closes() scheduler.Time { return w.close }

// Begins is when the first act of the day is due: shortly before the gate.
func (w *World) Begins() scheduler.Time {
	if w.c.Pace != nil {
		return w.at(0)
	}
	return min(w.open-earlyS, w.earliest()) - 10*minuteS
}

// Over reports whether the day was closed and nothing more will happen.
func (w *World) Over() bool { return w.over }

// manager is who furnishes the branch and opens the day.
var manager = scheduler.Actor{Role: scheduler.ByManager, ID: 1}

var desk = scheduler.Actor{Role: scheduler.ByDesk, ID: 2}

func officer(id scheduler.OfficerID) scheduler.Actor {
	return scheduler.Actor{Role: scheduler.ByOfficer, ID: int64(id)}
}

func booth(room scheduler.RoomID, no scheduler.SeatNo) scheduler.Actor {
	return scheduler.Actor{Role: scheduler.ByBooth, ID: int64(room)*1000 + int64(no)}
}

// Setup returns the orders that furnish an empty branch before the day:
// policy, rooms and officers. Versions are those of an empty branch.
func (w *World) Setup() []scheduler.Order {
	orders := []scheduler.Order{{By: manager, Command: scheduler.SetPolicy{Policy: w.c.Policy, Version: scheduler.DefaultPolicy().Version}}}
	for _, r := range w.c.Rooms {
		orders = append(orders, scheduler.Order{By: manager, Command: w.c.Furnish(r)})
	}
	for _, o := range w.c.Officers {
		orders = append(orders, scheduler.Order{By: manager, Command: scheduler.SetOfficer{ID: o.ID, MaxGroup: o.MaxGroup, Programmes: o.Skills}})
	}
	if w.c.Times != nil && len(w.c.Times.Steps) > 0 {
		orders = append(orders, scheduler.Order{By: manager, Command: scheduler.LearnTimes{Times: *w.c.Times}})
	}
	return orders
}

// wallMM is the free floor between the outer booths and the walls.
const wallMM = 750

// Furnish puts the room's booths on a grid; the last one is accessible. The
// normal capacity is what the usual half share allows in full.
func (c *Config) Furnish(r RoomSpec) scheduler.SetRoom {
	if r.Drawn != nil {
		return *r.Drawn
	}
	pitch, columns := int32(r.PitchMM), r.Columns
	if pitch == 0 {
		pitch = int32(max(1000, c.Policy.Distance.DistanceMM))
	}
	if columns == 0 {
		columns = 3
	}
	columns = min(columns, r.Booths)
	rows := (r.Booths + columns - 1) / columns
	set := scheduler.SetRoom{Room: scheduler.Room{ID: r.ID, WidthMM: int32(columns-1)*pitch + 2*wallMM,
		DepthMM: int32(rows-1)*pitch + 2*wallMM, Normal: int16(2 * r.Booths), Mode: r.Mode, Desk: r.Desk, Programmes: r.Programmes}}
	for i := range r.Booths {
		set.Seats = append(set.Seats, scheduler.SeatPlan{XMM: wallMM + int32(i%columns)*pitch,
			YMM: wallMM + int32(i/columns)*pitch, Accessible: i == r.Booths-1})
	}
	return set
}

// TakeOver gives a room to a real person: the world leaves that room's
// officers alone, and the visitors go on.
func (w *World) TakeOver(room scheduler.RoomID) { w.taken[room] = true }

// Release gives the room back to the world's officer.
func (w *World) Release(room scheduler.RoomID) {
	delete(w.taken, room)
	w.looked = -1
}

// Taken reports whether a real person plays the room's officer.
func (w *World) Taken(room scheduler.RoomID) bool { return w.taken[room] }

// Next returns when the world acts next, or false when it has nothing planned.
// Whenever the branch's state has changed by other hands (a tick, a real
// person), call Step: the people may want to react sooner.
func (w *World) Next() (scheduler.Time, bool) {
	if len(w.acts) == 0 {
		return 0, false
	}
	return w.acts[0].at, true
}

// maxActs bounds the acts of one Step, so that a branch that refuses
// everything at once cannot hold its caller; the rest is done by the next.
const maxActs = 20_000

// Step looks at the branch and performs every act that is due at or before
// now, reacting to what each of them changed. State must return the branch's
// present state after every Do.
func (w *World) Step(now scheduler.Time, state func() *scheduler.State, do Do) {
	w.state, w.do = state, do
	defer func() { w.state, w.do = nil, nil }()
	for range maxActs {
		w.look(now)
		if w.looked < 0 {
			continue // somebody came or was called while looking
		}
		if len(w.acts) == 0 || w.acts[0].at > now {
			return
		}
		a := w.acts.pop()
		w.perform(now, a)
	}
}

// give gives an order and says whether the branch took it.
func (w *World) give(now scheduler.Time, by scheduler.Actor, c scheduler.Command) (scheduler.Record, bool) {
	o := scheduler.Order{By: by, Command: c}
	rec, err := w.do(now, o)
	if err == nil {
		w.lastOrder = o
	}
	return rec, err == nil || errors.Is(err, scheduler.ErrNothing)
}

// look notices what has changed since the last look and plans reactions.
func (w *World) look(now scheduler.Time) {
	s := w.state()
	if s.Seq == w.looked {
		return
	}
	w.looked = s.Seq
	if len(w.seats) != len(s.Floor.Seats) {
		w.seats = slices.Grow(w.seats[:0], len(s.Floor.Seats))[:len(s.Floor.Seats)]
		clear(w.seats)
		w.own = make([]part, len(w.seats))
	}
	// What has been looked at once is known until a record touches it; another
	// list of seats is another state, or rooms that were furnished anew.
	saw, seats := w.saw, s.Floor.Seats
	if len(seats) == 0 || &seats[0] != w.sawOf {
		saw = -1
	}
	w.saw, w.sawOf = s.Seq, nil
	if len(seats) > 0 {
		w.sawOf = &seats[0]
	}
	for i := range s.Floor.Seats {
		seat := &s.Floor.Seats[i]
		if seat.Touched <= saw {
			continue
		}
		m := seatMemo{seat.State, seat.Visit, seat.Claim, seat.Since}
		if w.seats[i] == m {
			continue
		}
		w.pause(now, i)
		w.seats[i] = m
		w.notice(now, s, i, seat)
	}
	if p := w.c.Pace; p != nil {
		if p.More != nil {
			w.refillLine(now, s)
		}
		w.callAsAsked(now, s)
	}
	for i := range w.officers {
		w.consider(now, s, &w.officers[i], int64(i))
	}
}

// who is the visit's name in the streams of luck: the guest's number, or the
// visit's own for one that a real person entered.
func (w *World) who(v scheduler.VisitID) int64 {
	if i, ok := w.guestOf[v]; ok {
		return int64(i)
	}
	return int64(v) + 1<<32
}

// act is something that somebody will do. What it is about is looked up again
// when it is due, so that an act that the day has overtaken does nothing.
type act struct {
	at    scheduler.Time
	order uint64
	kind  actKind
	tries int8
	room  scheduler.RoomID
	no    scheduler.SeatNo
	who   int64 // a guest, an officer's index or a record
	visit scheduler.VisitID
	since scheduler.Time // of the situation that the act answers
	by    scheduler.Actor
}

type actKind uint8

const (
	actBook actKind = iota
	actOpenDay
	actCloseDay
	actArrive
	actCheck
	actFetched
	actImpatient
	actStepOut
	actReturn
	actSit
	actReady
	actHelp
	actComeBack
	actOfficer
	actNudge
	actUndo
	actMischief
	actMend
	actSurvey
)

func (w *World) plan(a act) {
	w.seq++
	a.order = w.seq
	w.acts.push(a)
}

// Retries: an act that was refused or could not be decided is tried again, a
// few times; by then the situation has usually changed.
const (
	retryS   = 20
	maxTries = 8
)

func (w *World) retry(now scheduler.Time, a act) {
	if a.tries++; a.tries <= maxTries {
		a.at = now + retryS
		w.plan(a)
	}
}

func (w *World) perform(now scheduler.Time, a act) {
	s := w.state()
	switch a.kind {
	case actBook:
		w.book(now)
	case actOpenDay:
		w.openDay(now, a)
	case actCloseDay:
		w.closeDay(now, s, a)
	case actArrive:
		w.arrive(now, a)
	case actCheck:
		w.checkPapers(now, s, a)
	case actFetched:
		w.bringPapers(now, s, a)
	case actImpatient:
		w.walkOut(now, s, a)
	case actStepOut:
		w.stepOut(now, s, a)
	case actReturn, actComeBack:
		w.comeBack(now, s, a)
	case actSit:
		w.sit(now, s, a)
	case actReady:
		w.ready(now, s, a)
	case actHelp:
		w.askHelp(now, s, a)
	case actOfficer:
		if m := &w.officers[a.who]; m.planned && m.at == a.at {
			m.planned = false
			w.work(now, s, m, a.who)
		}
	case actNudge:
		w.looked = -1 // a point of the day: everybody looks up
	case actUndo:
		w.give(now, a.by, scheduler.UndoRecord{Seq: a.who})
	case actMischief:
		w.mischief(now, s)
	case actMend:
		w.mend(now, s, a)
	case actSurvey:
		w.answer(now, s, a)
	}
}

// acts is a heap, the soonest first.
type acts []act

func (a *act) before(b *act) bool { return a.at < b.at || (a.at == b.at && a.order < b.order) }

func (h *acts) push(a act) {
	*h = append(*h, a)
	q := *h
	i := len(q) - 1
	for i > 0 {
		up := (i - 1) / 2
		if !a.before(&q[up]) {
			break
		}
		q[i] = q[up]
		i = up
	}
	q[i] = a
}

func (h *acts) pop() act {
	q := *h
	first, n := q[0], len(q)-1
	last := q[n]
	q = q[:n]
	*h = q
	for i, k := 0, 1; n > 0; k = 2*i + 1 {
		if k+1 < n && q[k+1].before(&q[k]) {
			k++
		}
		if k >= n || last.before(&q[k]) {
			q[i] = last
			break
		}
		q[i] = q[k]
		i = k
	}
	return first
}

// stepOf returns the claim's present step and whether it is the last.
func stepOf(s *scheduler.State, c *scheduler.Claim) (step procedure.Step, last, ok bool) {
	steps := s.Steps(c)
	if int(c.Step) >= len(steps) {
		return procedure.Step{}, true, false
	}
	return steps[c.Step], int(c.Step) == len(steps)-1, true
}
