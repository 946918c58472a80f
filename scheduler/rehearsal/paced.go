package rehearsal

import (
	"slices"

	"lapak/scheduler"
	"lapak/scheduler/procedure"
)

// pace makes a World a simulation: nobody walks, hesitates or goes out, steps
// take what it says, everybody comes when it says, and a group is called at
// the moment that the question names, whether an officer has a hand free or
// not.
type pace struct {
	lengths func(who, n int64, step procedure.Step) int64
	guests  func(w *World) []guest
	more    func(i int64) guest // saturated: the next one to come; nil otherwise
	line    int                 // saturated: so many always wait
	fits    []int               // by room: most persons there at a time
	party   []int               // by room: most persons of one visit
	least   int                 // persons of the smallest visit
	formS   int64               // closed: the longest wait of a group's oldest
	ends    bool                // the last step is the visitor's: whoever has done it leaves

	waiting  []scheduler.VisitID // in order of arrival; who has left the line is dropped when met
	refused  int64               // the state's seq at which nobody could be called
	nudged   scheduler.Time      // until when a look is planned for a group's oldest
	finished []finished
	groups   []scheduler.SessionID // that somebody sat down in
	grouped  int64                 // persons who sat down in them
}

// finished is a claim whose last step was the visitor's own.
type finished struct {
	claim scheduler.ClaimID
	visit scheduler.VisitID
	at    scheduler.Time
}

// joined notes a visit that has joined the line.
func (p *pace) joined(id scheduler.VisitID) { p.waiting = append(p.waiting, id) }

// inLine drops who has left the line and returns the rest, which stays valid
// until the next call.
func (p *pace) inLine(s *scheduler.State) []scheduler.VisitID {
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
	p := w.c.pace
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
	p := w.c.pace
	most, persons, oldest := p.fits[ses.Room-1], 0, now
	party := p.party[ses.Room-1]
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
	at := oldest + p.formS
	if persons >= most || now >= at {
		return true
	}
	if p.nudged != at {
		p.nudged = at
		w.plan(act{at: at, kind: actNudge})
	}
	return false
}

// endOwn ends the claim of a person whose last step was their own: they leave
// without the officer, a party when its last member is done.
func (w *World) endOwn(now scheduler.Time, s *scheduler.State, seat *scheduler.Seat) {
	p := w.c.pace
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
func (p *pace) sat(in scheduler.SessionID, persons int8) {
	if !slices.Contains(p.groups, in) {
		p.groups = append(p.groups, in)
	}
	p.grouped += int64(persons)
}

// done reports whether the claim was ended by its person's own last step.
func (p *pace) done(id scheduler.ClaimID) bool {
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
	p, n := w.c.pace, 0
	largest := slices.Max(p.party)
	for _, id := range p.inLine(s) {
		if int(s.Visit(id).Persons) <= largest || largest < p.least {
			n++
		}
	}
	if largest < p.least && len(w.guests) >= p.line {
		return
	}
	for n < p.line {
		i := int64(len(w.guests))
		w.guests = append(w.guests, w.c.pace.more(i))
		w.arrive(now, act{who: i, tries: maxTries})
		if w.guests[i].visit == 0 {
			w.full = true
			return
		}
		if w.guests[i].persons <= largest || largest < p.least {
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
