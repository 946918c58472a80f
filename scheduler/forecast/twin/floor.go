package twin

import (
	"slices"

	"lapak/scheduler"
	"lapak/scheduler/forecast/luck"
	"lapak/scheduler/procedure"
	"lapak/scheduler/seating"
)

// floor is what stays the same on every path: the branch in flat arrays.
type floor struct {
	in      *Input
	now     int64
	manners Manners
	times   *procedure.Times
	rules   rules
	progs   []programme
	visits  []visitor
	claims  []claim // as they stand now; the paths copy them
	rooms   []room
	staff   []officer
	start   path // as everything stands now
	comers  []comer
	breaks  []Break
	probes  []int32
	roomOf  []int

	served []uint64 // by programme: the rooms, as bits, that may call for it,
	asked  []uint64 // and those that would if they had the officers, the side desks left out
	desks  uint64
	ever   [scheduler.MaxPersons + 1][2]uint64 // by persons and kind: the rooms that could seat such a visit when empty

	mostStay, mostOfficer int64

	spare   int // visits at the end of the list for those who jump in
	dists   []*luck.Table
	places  map[placeKey]placed
	horizon int64
}

// rules are the policy's numbers that the floor moves by.
type rules struct {
	overtakeMax, filesPerSitting      int
	noShowAfterS                      int64
	requeuePositions, requeueMax      int
	changeS, undoS, turnaroundS       int64
	target                            int
	maxFormWaitS, waitBoundS          int64
	sameProgramme, autoRefill, pooled bool
	accessibleKeep, collectiveCapPct  int
	jumpS, creditS, earlyS, graceS    int64
	opensAt, lastTicket               int64
	breaks                            []scheduler.Span
	extended                          bool
}

// programme is a procedure with its steps under the branch's briefing.
type programme struct {
	code  procedure.Programme
	steps []step
}

// step is one step: whose it is, by which expectation the rules decide, and
// how long it takes in truth.
type step struct {
	who      procedure.Who
	briefing bool
	by       []expected // by officer, in the floor's order; first by any
	long     []int32    // index of its distribution, likewise; a visitor's step has the first alone
}

// expected are the seconds by which the rules decide.
type expected struct {
	all     int64 // from this step on
	officer int64 // the officer's of them
	own     int64 // this step's
}

// visitor is what does not change about a visit.
type visitor struct {
	id         scheduler.VisitID
	later      int // place in Input.Later, or -1
	asked      bool
	probe      bool // nobody: it stands in line to see when it would be called, and takes no seat
	channel    scheduler.Channel
	persons    int
	kind       int // 1: needs an accessible seat
	collective bool
	first, n   int32 // its claims
	key        uint64
}

type claim struct {
	visit  int32
	prog   int16
	person int8
	step   int8
	nth    int16
	done   bool
	since  int64
}

// room is what does not change about a room.
type room struct {
	id         scheduler.RoomID
	desk       bool
	first, n   int
	plan       *seating.Plan
	largest    [2]int
	most       int
	limit      int // of occupancy, booths and officers
	crew       []int
	by         int // place of the sole officer's times, 0: any officer's
	nextMode   scheduler.Mode
	roomServes uint64 // by programme
	crewServes uint64
	personS    int64
	end        int64
	ends       []int64 // of each of the crew
	mates      []int   // rooms that share an officer with this one, itself included
	accessible seating.Set
	closed     seating.Set
}

// maxProgs bounds the programmes of one floor: they are bits of a word, and so
// are its rooms.
const maxProgs = 64

var _ [64 - scheduler.MaxRooms]struct{}

// comer is somebody who joins the line later.
type comer struct {
	visit   int32
	low     int64 // joins between low and high
	high    int64
	due     int64 // a booking's time, or 0
	eff     int64 // fixed place in the order, or 0: worked out on coming
	away    int   // percent that never come
	guarded bool  // guaranteed
	jump    bool  // has a priority
}

// compile lays the state out flat.
func compile(in *Input) *floor {
	s := in.State
	f := &floor{in: in, now: in.Now, places: map[placeKey]placed{}, times: in.Times}
	if f.times == nil {
		f.times = s.Floor.Times
	}
	f.manners = f.observe()
	f.compileRules(s)
	f.compileProgrammes(s)
	f.compileOfficers(s)
	f.compileRooms(s)
	f.compileVisits(s)
	f.compileLater()
	f.compileStart(s)
	return f
}

// maxAheadS is how far a path runs at most: a day's work after hours is no
// forecast any more.
const maxAheadS = 14 * 3600

func (f *floor) compileRules(s *scheduler.State) {
	p, d := s.Floor.Policy, &s.Floor.Day
	f.rules = rules{overtakeMax: p.Order.OvertakeMax, filesPerSitting: p.Group.FilesPerSitting,
		noShowAfterS: int64(p.Call.NoShowAfterS), requeuePositions: p.Call.RequeuePositions, requeueMax: p.Call.RequeueMax,
		changeS: int64(p.Seat.ChangeS), undoS: int64(p.UndoS), turnaroundS: int64(p.Group.TurnaroundS), target: p.Group.Target,
		maxFormWaitS: int64(p.Group.MaxFormWaitS), waitBoundS: int64(p.Attention.WaitBoundS), sameProgramme: p.Group.SameProgramme,
		autoRefill: p.AutoRefill, pooled: p.Pooled, accessibleKeep: p.Seat.AccessibleKeep, collectiveCapPct: p.Collective.CapPct,
		jumpS: int64(p.Order.PriorityJumpS), creditS: int64(p.Order.BookingCreditS), earlyS: int64(p.Order.ArriveEarlyS),
		graceS: int64(p.Order.GraceS), opensAt: s.OpensAt(), extended: d.Extended}
	f.rules.lastTicket = p.Calendar.Zone.At(d.Date, d.Hours.LastTicketS) - d.OffsetS
	f.rules.breaks = s.Breaks()
	f.horizon = f.now + maxAheadS
	if end := s.EndOf(nil); end != 0 {
		f.horizon = min(f.horizon, max(end, f.now)+afterCloseS)
	}
}

// afterCloseS is how long after the close those who sit are still served.
const afterCloseS = 2 * 3600

func (f *floor) compileProgrammes(s *scheduler.State) {
	for _, p := range s.Floor.Policy.Procedures.Procedures {
		if len(f.progs) >= maxProgs {
			break
		}
		prog := programme{code: p.Programme}
		for i, st := range s.Steps(&scheduler.Claim{Programme: p.Programme}) {
			prog.steps = append(prog.steps, f.compileStep(s, p.Programme, i, st))
		}
		f.progs = append(f.progs, prog)
	}
}

func (f *floor) compileStep(s *scheduler.State, p procedure.Programme, i int, st procedure.Step) step {
	x := step{who: st.Who, briefing: st.Code == procedure.StepBriefing}
	for k := -1; k < len(s.Floor.Officers); k++ {
		by := scheduler.OfficerID(0)
		if k >= 0 {
			by = s.Floor.Officers[k].ID
		}
		var e expected
		e.all, e.officer, e.own = s.Expected(by, p, i)
		x.by = append(x.by, e)
		if k < 0 || st.Who != procedure.Visitor {
			learned := f.times.Step(p, st, int64(by))
			x.long = append(x.long, f.dist(learned.MeanS, learned.CvPct))
		}
	}
	return x
}

// prog is the programme's index, or that of none.
func (f *floor) prog(p procedure.Programme) int16 {
	return int16(slices.IndexFunc(f.progs, func(x programme) bool { return x.code == p }))
}

func (f *floor) compileOfficers(s *scheduler.State) {
	for i := range s.Floor.Officers {
		o := &s.Floor.Officers[i]
		x := officer{presence: o.Presence, until: o.Until, since: o.WithSince, room: -1, seat: -1}
		if x.until == 0 && o.Presence != scheduler.OnShift {
			x.until = o.Since + shortBreakS
		}
		x.until = max(x.until, f.now)
		f.staff = append(f.staff, x)
	}
}

// shortBreakS is how long somebody stays away who did not say until when.
const shortBreakS = 600

func (f *floor) compileRooms(s *scheduler.State) {
	for i := range s.Floor.Rooms {
		r := &s.Floor.Rooms[i]
		g := s.GeometryOf(r)
		x := room{id: r.ID, desk: r.Desk, first: int(r.First), n: int(r.N), plan: g.Plan, largest: g.Largest, most: g.Most,
			nextMode: s.ModeOf(r)}
		for k, seat := range s.RoomSeats(r) {
			if k >= seating.MaxSeats {
				break
			}
			if seat.Accessible {
				x.accessible.Add(k)
			}
			if seat.Closed {
				x.closed.Add(k)
			}
		}
		for k := range f.progs {
			if s.RoomServes(r, f.progs[k].code) {
				x.roomServes |= 1 << k
			}
		}
		f.rooms = append(f.rooms, x)
		if ses := s.SessionIn(r.ID); ses != nil {
			f.crew(s, len(f.rooms)-1, ses.Crew)
		}
	}
	f.mate()
}

// crew gives the room its officers and what follows from them.
func (f *floor) crew(s *scheduler.State, k int, crew []scheduler.OfficerID) {
	x := &f.rooms[k]
	x.crew, x.crewServes = x.crew[:0], 0
	for _, id := range crew {
		for i := range s.Floor.Officers {
			o := &s.Floor.Officers[i]
			if o.ID != id {
				continue
			}
			x.crew = append(x.crew, i)
			for p := range f.progs {
				if len(o.Programmes) == 0 || slices.Contains(o.Programmes, f.progs[p].code) {
					x.crewServes |= 1 << p
				}
			}
		}
	}
	x.by = 0
	if len(x.crew) == 1 {
		x.by = 1 + x.crew[0]
	}
	r := s.Room(x.id)
	x.personS = s.PersonS(f.officer(x.by), r)
	limits := s.LimitsOf(r)
	x.limit = min(limits.Occupancy, limits.Booths, limits.Officer)
	x.end, x.ends = s.EndOf(s.SessionIn(x.id)), x.ends[:0]
	for _, i := range x.crew {
		x.ends = append(x.ends, s.EndOfOfficer(s.Floor.Officers[i].ID))
	}
}

// officer is who has the times at a place.
func (f *floor) officer(by int) scheduler.OfficerID {
	if by == 0 {
		return 0
	}
	return f.in.State.Floor.Officers[by-1].ID
}

// mate notes which rooms draw on the same officers.
func (f *floor) mate() {
	for i := range f.rooms {
		f.rooms[i].mates = f.rooms[i].mates[:0]
		for k := range f.rooms {
			shares := i == k || f.rules.pooled && slices.ContainsFunc(f.rooms[i].crew, func(o int) bool { return slices.Contains(f.rooms[k].crew, o) })
			if shares {
				f.rooms[i].mates = append(f.rooms[i].mates, k)
			}
		}
	}
	for i := range f.staff {
		f.staff[i].rooms = f.staff[i].rooms[:0]
		for k := range f.rooms {
			if slices.Contains(f.rooms[k].crew, i) {
				f.staff[i].rooms = append(f.staff[i].rooms, k)
			}
		}
	}
}

// index notes as bits which rooms are for whom, once every room has its crew.
func (f *floor) index() {
	f.served, f.asked = make([]uint64, len(f.progs)), make([]uint64, len(f.progs))
	for i := range f.rooms {
		r, bit := &f.rooms[i], uint64(1)<<i
		if r.desk {
			f.desks |= bit
		}
		for prog := range f.progs {
			if r.served(int16(prog)) {
				f.served[prog] |= bit
			}
			if !r.desk && r.roomServes>>prog&1 != 0 {
				f.asked[prog] |= bit
			}
		}
		for persons := range f.ever {
			for kind := range f.ever[persons] {
				if persons <= min(r.limit, r.largest[kind]) {
					f.ever[persons][kind] |= bit
				}
			}
		}
	}
}
