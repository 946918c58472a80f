package scheduler

import "slices"

// capture is what one record touches while it is applied: the values from
// before it, so that it can be taken back. Every change of the floor goes
// through the ...W methods, which remember the old value once and mark the new
// one with the record's seq.
type capture struct {
	seq    int64
	at     Time
	keep   bool // images are wanted
	images Images
	lined  []lined // visits whose place in a line may have changed; reused
}

// Images are values from before a record.
type Images struct {
	Visits   []Visit    `json:"visits,omitempty"`
	Claims   []Claim    `json:"claims,omitempty"`
	Seats    []Seat     `json:"seats,omitempty"`
	Rooms    []Room     `json:"rooms,omitempty"`
	Officers []Officer  `json:"officers,omitempty"`
	Sessions []Session  `json:"sessions,omitempty"`
	Dossiers []*Dossier `json:"dossiers,omitempty"`
	Added    []ClaimID  `json:"added,omitempty"` // claims that there were not
}

// blocks are where a draft puts images, so that a record does not allocate for
// each value that it touches: most touch one visit, one seat and one claim.
type blocks struct {
	visits   block[Visit]
	claims   block[Claim]
	seats    block[Seat]
	officers block[Officer]
}

// lend gives the record under way the room that is left in the blocks.
func (b *blocks) lend(m *Images) {
	m.Visits, m.Claims, m.Seats, m.Officers = b.visits.lend(), b.claims.lend(), b.seats.lend(), b.officers.lend()
}

// keep takes back what a record that can be taken back has not used.
func (b *blocks) keep(m *Images) {
	m.Visits, m.Claims, m.Seats = b.visits.keep(m.Visits), b.claims.keep(m.Claims), b.seats.keep(m.Seats)
	m.Officers = b.officers.keep(m.Officers)
}

// block is the unused rest of a list that was allocated at once.
type block[T any] struct{ rest []T }

// blockLength is how many values are allocated at once: a quarter of a busy
// half minute's, which is what lives until it can no longer be taken back.
const blockLength = 16

func (b *block[T]) lend() []T {
	if cap(b.rest) == 0 {
		b.rest = make([]T, 0, blockLength)
	}
	return b.rest
}

// keep returns the used part for good; an append to it would go elsewhere.
func (b *block[T]) keep(used []T) []T {
	n := len(used)
	if n == 0 {
		return nil
	}
	if n <= cap(b.rest) {
		b.rest = b.rest[n:n:cap(b.rest)]
	}
	return used[:n:n]
}

// Undoable is a record that can still be taken back.
type Undoable struct {
	Seq    int64  `json:"seq"`
	At     Time   `json:"at"`
	By     Actor  `json:"by"`
	Kind   string `json:"kind"` // of its first event: what the screens call it
	Images Images `json:"images"`
}

func (s *State) visitW(id VisitID) *Visit {
	v := s.Visit(id)
	s.reline(id, v.State)
	if v.Touched != s.cap.seq {
		if s.cap.keep {
			s.cap.images.Visits = append(s.cap.images.Visits, *v)
		}
		v.Touched = s.cap.seq
	}
	return v
}

func (s *State) claimW(id ClaimID) *Claim {
	c := s.Claim(id)
	if c.Touched != s.cap.seq {
		if s.cap.keep {
			s.cap.images.Claims = append(s.cap.images.Claims, *c)
		}
		c.Touched = s.cap.seq
	}
	return c
}

func (s *State) seatW(room RoomID, no SeatNo) *Seat {
	seat := s.Seat(room, no)
	if seat.Touched != s.cap.seq {
		if s.cap.keep {
			s.cap.images.Seats = append(s.cap.images.Seats, *seat)
		}
		seat.Touched = s.cap.seq
	}
	return seat
}

func (s *State) roomW(id RoomID) *Room {
	r := s.Room(id)
	if r.Touched != s.cap.seq {
		if s.cap.keep {
			s.cap.images.Rooms = append(s.cap.images.Rooms, *r)
		}
		r.Touched = s.cap.seq
	}
	return r
}

func (s *State) officerW(id OfficerID) *Officer {
	o := s.Officer(id)
	if o.Touched != s.cap.seq {
		if s.cap.keep {
			s.cap.images.Officers = append(s.cap.images.Officers, *o)
		}
		o.Touched = s.cap.seq
	}
	return o
}

func (s *State) sessionW(id SessionID) *Session {
	e := s.Session(id)
	if e.Touched != s.cap.seq {
		if s.cap.keep {
			s.cap.images.Sessions = append(s.cap.images.Sessions, *e)
		}
		e.Touched = s.cap.seq
	}
	return e
}

// dossierW replaces the visit's dossier by a copy that may be changed within
// this record. It marks the visit as well: taking an earlier act back restores
// the whole dossier, so nothing may have been written there since.
func (s *State) dossierW(id VisitID) *Dossier {
	i := s.dossierIndex(id)
	if i < 0 {
		return nil
	}
	s.visitW(id)
	if s.cap.keep {
		for _, old := range s.cap.images.Dossiers {
			if old.Visit == id {
				return s.Dossiers[i]
			}
		}
		s.cap.images.Dossiers = append(s.cap.images.Dossiers, s.Dossiers[i])
	}
	s.Dossiers[i] = s.Dossiers[i].clone()
	return s.Dossiers[i]
}

// untouched reports whether no later record than seq has changed what the
// images hold.
func (s *State) untouched(u *Undoable) bool {
	for i := range u.Images.Visits {
		if v := s.Visit(u.Images.Visits[i].ID); v == nil || v.Touched != u.Seq {
			return false
		}
	}
	for i := range u.Images.Claims {
		if c := s.Claim(u.Images.Claims[i].ID); c == nil || c.Touched != u.Seq {
			return false
		}
	}
	for i := range u.Images.Seats {
		if e := s.Seat(u.Images.Seats[i].Room, u.Images.Seats[i].No); e == nil || e.Touched != u.Seq {
			return false
		}
	}
	for i := range u.Images.Rooms {
		if r := s.Room(u.Images.Rooms[i].ID); r == nil || r.Touched != u.Seq {
			return false
		}
	}
	for i := range u.Images.Officers {
		if o := s.Officer(u.Images.Officers[i].ID); o == nil || o.Touched != u.Seq {
			return false
		}
	}
	for i := range u.Images.Sessions {
		if e := s.Session(u.Images.Sessions[i].ID); e == nil || e.Touched != u.Seq {
			return false
		}
	}
	return !slices.ContainsFunc(u.Images.Added, func(id ClaimID) bool {
		c := s.Claim(id)
		return c == nil || c.Touched != u.Seq
	})
}

// restore puts the images back, as touched by the record under way.
func (s *State) restore(m *Images) {
	if len(m.Added) > 0 {
		s.Floor.Claims = slices.DeleteFunc(s.Floor.Claims, func(c Claim) bool { return slices.Contains(m.Added, c.ID) })
	}
	for _, v := range m.Visits {
		w := s.visitW(v.ID)
		*w = v
		w.Touched = s.cap.seq
	}
	for _, c := range m.Claims {
		w := s.claimW(c.ID)
		*w = c
		w.Touched = s.cap.seq
	}
	for _, e := range m.Seats {
		w := s.seatW(e.Room, e.No)
		*w = e
		w.Touched = s.cap.seq
	}
	for _, r := range m.Rooms {
		w := s.roomW(r.ID)
		*w = r
		w.Touched = s.cap.seq
	}
	for _, o := range m.Officers {
		w := s.officerW(o.ID)
		*w = o
		w.Touched = s.cap.seq
	}
	for _, e := range m.Sessions {
		w := s.sessionW(e.ID)
		*w = e
		w.Touched = s.cap.seq
	}
	for _, d := range m.Dossiers {
		if i := s.dossierIndex(d.Visit); i >= 0 {
			s.Dossiers[i] = d
		}
	}
}

// mayUndo reports whether the event is one that a person may take back: an act
// of a session. A number, a print and the day's frame are never taken back.
func mayUndo(e Event) bool {
	switch e := e.(type) {
	case VisitMoved, VisitCorrected, ClaimAdded, ClaimChanged, PaperMarked, CrewChanged, GroupCalled, SeatsHeld, VisitRecalled, VisitSeated, VisitUnseated, SeatMoved, SeatSet,
		HelpAsked, OfficerTook, OfficerFreed, OfficerMoved, StepDone, ClaimSettled:
		return true
	case SessionMoved:
		return e.To != Ended // an ended session is gone from the floor
	}
	return false
}

// headline is the kind of the event that a person would call the act by: what
// follows from it, such as an officer freed, speaks only when it is alone.
func headline(events []Event) string {
	for _, e := range events {
		switch e.(type) {
		case OfficerFreed, SeatMoved, PaperMarked:
		default:
			return e.Kind()
		}
	}
	return events[0].Kind()
}

func undoable(by Actor, events []Event) bool {
	if !by.Staff() {
		return false
	}
	for _, e := range events {
		if !mayUndo(e) {
			return false
		}
	}
	return len(events) > 0
}
