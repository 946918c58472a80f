package rehearsal

import (
	"fmt"
	"slices"

	"lapak/scheduler"
	"lapak/scheduler/procedure"
)

// Pace makes a World a simulation: nobody walks, hesitates or goes out, steps
// take what it says, everybody comes when it says, and a group is called at
// the moment that the question names, whether an officer has a hand free or
// not. A World only reads it.
type Pace struct {
	Lengths func(who, n int64, step procedure.Step) int64 // seconds; who is the visit's place in the day <<8 and the claim's in it, n the step's in the procedure
	Guests  []Guest                                       // who come by themselves, in order
	More    func(i int64) Guest                           // saturated: the i-th to come, when there is room for one; nil otherwise
	Line    int                                           // saturated: so many always wait
	Fits    []int                                         // by room: most persons there at a time
	Party   []int                                         // by room: most persons of one visit
	Least   int                                           // persons of the smallest visit
	FormS   int64                                         // closed: the longest wait of a group's oldest
	Ends    bool                                          // the last step is the visitor's: whoever has done it leaves
}

// pacing is what a paced World remembers.
type pacing struct {
	waiting  []scheduler.VisitID // in order of arrival; who has left the line is dropped when met
	refused  int64               // the state's seq at which nobody could be called
	nudged   scheduler.Time      // until when a look is planned for a group's oldest
	finished []finished
	groups   []scheduler.SessionID // that somebody sat down in
	grouped  int64                 // persons who sat down in them
}

// PacedDay is what a paced day showed.
type PacedDay struct {
	State    *scheduler.State
	Full     bool             // the branch gave its last number before the day's end
	Finished []scheduler.Time // when the claims ended whose last step was their person's own
	Groups   int64            // sessions that somebody sat down in, and the persons who did
	Grouped  int64
}

// PlayPaced runs one day of a configuration with a Pace in place, in a branch that
// is furnished, until a time or, with 0, until the day is over. Before each record
// seen is shown the state and the time until which it was as it is. The error names
// a failure of the rules.
func PlayPaced(c Config, branch *scheduler.State, until scheduler.Time, seen func(s *scheduler.State, now scheduler.Time)) (PacedDay, error) {
	r := &run{w: NewWorld(c), d: branch.Draft(), end: until}
	r.seen = func(now scheduler.Time) { seen(r.d.State, now) }
	r.all()
	if len(r.day.Problems) > 0 {
		return PacedDay{}, fmt.Errorf("the rules failed: %s", r.day.Problems[0])
	}
	p := &r.w.pacing
	out := PacedDay{State: r.d.State, Full: r.w.full, Groups: int64(len(p.groups)), Grouped: p.grouped}
	for _, done := range p.finished {
		out.Finished = append(out.Finished, done.at)
	}
	return out, nil
}

// finished is a claim whose last step was the visitor's own.
type finished struct {
	claim scheduler.ClaimID
	visit scheduler.VisitID
	at    scheduler.Time
}

// joined notes a visit that has joined the line.
func (p *pacing) joined(id scheduler.VisitID) { p.waiting = append(p.waiting, id) }

// inLine drops who has left the line and returns the rest, which stays valid
// until the next call.
func (p *pacing) inLine(s *scheduler.State) []scheduler.VisitID {
	kept := p.waiting[:0]
	for _, id := range p.waiting {
		if v := s.Visit(id); v != nil && v.State == scheduler.Waiting {
			kept = append(kept, id)
		}
	}
	p.waiting = kept
	return kept
}

// callAsAsked makes one call that the question's mode asks for now, if any.
// Refills of a rolling session are the rules' own.
func (w *World) callAsAsked(now scheduler.Time, s *scheduler.State) {
	p := &w.pacing
	if now < w.open || now >= w.close || len(p.waiting) == 0 || p.refused == s.Seq {
		return
	}
	var line []scheduler.VisitID
	refused := false
	for i := range s.Floor.Sessions {
		ses := &s.Floor.Sessions[i]
		if ses.State != scheduler.Forming && ses.Mode != scheduler.Single {
			continue
		}
		if line == nil {
			if line = p.inLine(s); len(line) == 0 {
				return
			}
		}
		if ses.State == scheduler.Closing || ses.State == scheduler.Cleaning || !w.due(now, s, ses, line) {
			continue
		}
		room := ses.Room
		if _, ok := w.give(now, scheduler.System, scheduler.CallGroup{Room: room}); ok {
			w.looked = -1
			return
		}
		refused = true
	}
	if refused {
		p.refused = s.Seq // until something changes, the answer is the same
	}
}

// due reports whether the session starts its group, or its next visit, now.
func (w *World) due(now scheduler.Time, s *scheduler.State, ses *scheduler.Session, line []scheduler.VisitID) bool {
	switch ses.Mode {
	case scheduler.Single:
		return mayCall(s, s.Room(ses.Room), ses)
	case scheduler.Rolling:
		return true
	}
	p := w.c.Pace
	most, persons, oldest := p.Fits[ses.Room-1], 0, now
	party := p.Party[ses.Room-1]
	for _, id := range line {
		v := s.Visit(id)
		if int(v.Persons) > party {
			continue
		}
		persons += int(v.Persons)
		oldest = min(oldest, max(v.Since, w.open))
	}
	if persons == 0 {
		return false
	}
	at := oldest + p.FormS
	if persons >= most || now >= at {
		return true
	}
	if w.pacing.nudged != at {
		w.pacing.nudged = at
		w.plan(act{at: at, kind: actNudge})
	}
	return false
}

// endOwn ends the claim of a person whose last step was their own: they leave
// without the officer, a party when its last member is done.
func (w *World) endOwn(now scheduler.Time, s *scheduler.State, seat *scheduler.Seat) {
	p := &w.pacing
	if p.done(seat.Claim) {
		return
	}
	p.finished = append(p.finished, finished{claim: seat.Claim, visit: seat.Visit, at: now})
	v := s.Visit(seat.Visit)
	for _, c := range s.ClaimsOf(v) {
		if !p.done(c.ID) {
			return
		}
	}
	w.give(now, scheduler.System, scheduler.Leave{Visit: v.ID})
}

// sat notes that a visit of so many persons took its seats.
func (p *pacing) sat(in scheduler.SessionID, persons int8) {
	if !slices.Contains(p.groups, in) {
		p.groups = append(p.groups, in)
	}
	p.grouped += int64(persons)
}

// done reports whether the claim was ended by its person's own last step.
func (p *pacing) done(id scheduler.ClaimID) bool {
	for i := len(p.finished) - 1; i >= 0; i-- { // the latest are asked for most
		if p.finished[i].claim == id {
			return true
		}
	}
	return false
}

// refillLine keeps somebody waiting in a saturated simulation who fits into
// some room. Who fits into none comes too and counts, but keeps nobody out. If
// nobody fits anywhere, a full line of them is enough.
func (w *World) refillLine(now scheduler.Time, s *scheduler.State) {
	if !s.Floor.Day.Open || now < w.open || w.full {
		return
	}
	p, n := w.c.Pace, 0
	largest := slices.Max(p.Party)
	for _, id := range w.pacing.inLine(s) {
		if int(s.Visit(id).Persons) <= largest || largest < p.Least {
			n++
		}
	}
	if largest < p.Least && len(w.guests) >= p.Line {
		return
	}
	for n < p.Line {
		i := int64(len(w.guests))
		w.guests = append(w.guests, p.More(i))
		w.arrive(now, act{who: i, tries: maxTries})
		if w.guests[i].visit == 0 {
			w.full = true
			return
		}
		if w.guests[i].Persons <= largest || largest < p.Least {
			n++
		}
		w.looked = -1
	}
}

// gate is who gives numbers: the machine, and after the last number, which a
// trace may name, the manager.
func (w *World) gate(now scheduler.Time) scheduler.Actor {
	if now >= w.lastTicket {
		return manager
	}
	return scheduler.System
}

// drawn keeps what was drawn for the step that an officer is at, which is
// asked about again at every look.
type drawn struct {
	who, n int64
	step   procedure.Step
	length int64
}
