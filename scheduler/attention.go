package scheduler

import (
	"slices"

	"lapak/scheduler/procedure"
)

// Turn is one person who waits for the officer: where, since when, and why in
// this place of the officer's line.
type Turn struct {
	Room     RoomID   `json:"room"`
	Seat     SeatNo   `json:"seat"` // 0: the group step of the room
	Seats    []SeatNo `json:"seats,omitempty"`
	Visit    VisitID  `json:"visit,omitempty"`
	Claim    ClaimID  `json:"claim,omitempty"`
	Since    Time     `json:"since"`
	ExpectS  int64    `json:"expect_s"` // of the officer's step
	Help     bool     `json:"help,omitempty"`
	Why      []Why    `json:"why"`
	overdue  bool
	gathered bool
}

// Attention returns who waits for the officer, in the order in which the
// officer should take them: whoever waits longer than the bound first, then
// the shortest task (planning.md section 2). The officer may take another.
func (s *State) Attention(id OfficerID, now Time) []Turn {
	return s.attention(id, now, nil)
}

// attention is Attention, which puts the turns into the list given as long as
// there is room.
func (s *State) attention(id OfficerID, now Time, turns []Turn) []Turn {
	for i := range s.Floor.Sessions {
		ses := &s.Floor.Sessions[i]
		if slices.Contains(ses.Crew, id) {
			turns = s.turnsIn(ses, id, now, turns)
		}
	}
	slices.SortStableFunc(turns, beforeTurn)
	return turns
}

// turnsAtOnce is how many wait for an officer at most times.
const turnsAtOnce = 8

// Awaited reports whether anybody waits for the officer: whether Attention would
// name somebody. Asking costs next to nothing.
func (s *State) Awaited(id OfficerID) bool {
	for i := range s.Floor.Sessions {
		ses := &s.Floor.Sessions[i]
		if !slices.Contains(ses.Crew, id) {
			continue
		}
		seats := s.RoomSeats(s.Room(ses.Room))
		for k := range seats {
			switch seat := &seats[k]; seat.State {
			case SeatReady:
				return true
			case SeatPreparing:
				if seat.Help {
					return true
				}
			case SeatGathering:
				if s.mayGather(ses, seat.No) {
					return true
				}
			}
		}
	}
	return false
}

func beforeTurn(a, b Turn) int {
	switch {
	case a.overdue != b.overdue:
		return boolFirst(a.overdue)
	case a.overdue && a.Since != b.Since:
		return cmp64(a.Since, b.Since)
	case a.Help != b.Help:
		return boolFirst(a.Help)
	case a.ExpectS != b.ExpectS:
		return cmp64(a.ExpectS, b.ExpectS)
	case a.Since != b.Since:
		return cmp64(a.Since, b.Since)
	case a.Room != b.Room:
		return cmp64(int64(a.Room), int64(b.Room))
	}
	return cmp64(int64(a.Seat), int64(b.Seat))
}

func boolFirst(a bool) int {
	if a {
		return -1
	}
	return 1
}

func (s *State) turnsIn(ses *Session, id OfficerID, now Time, turns []Turn) []Turn {
	r := s.Room(ses.Room)
	bound := int64(s.Floor.Policy.Attention.WaitBoundS)
	from := len(turns)
	seats := s.RoomSeats(r)
	for i := range seats {
		seat := &seats[i]
		switch {
		case seat.State == SeatGathering:
			turns = s.gather(turns, from, id, seat)
		case seat.State == SeatReady, seat.Help && seat.State == SeatPreparing:
			t := Turn{Room: r.ID, Seat: seat.No, Visit: seat.Visit, Claim: seat.Claim, Since: seat.Since,
				ExpectS: s.stepSeconds(id, seat.Claim), Help: seat.Help}
			if seat.State == SeatPreparing {
				t.Since = seat.HelpSince // the own step is no waiting
			}
			turns = append(turns, t.explain(now, bound))
		}
	}
	kept := from
	for _, t := range turns[from:] {
		if t.gathered && !s.mayGather(ses, t.Seats[0]) {
			continue
		}
		if t.gathered {
			t = t.explain(now, bound)
		}
		turns[kept], kept = t, kept+1
	}
	return turns[:kept]
}

// gather adds a seat to the turn of those who wait for the same group step, or
// begins that turn.
func (s *State) gather(turns []Turn, from int, id OfficerID, seat *Seat) []Turn {
	for i := from; i < len(turns); i++ {
		t := &turns[i]
		if t.gathered && s.sameStep(s.Seat(seat.Room, t.Seats[0]).Claim, seat.Claim) {
			t.Since = min(t.Since, seat.Since)
			t.Seats = append(t.Seats, seat.No)
			t.ExpectS = max(t.ExpectS, s.stepSeconds(id, seat.Claim))
			return turns
		}
	}
	return append(turns, Turn{Room: seat.Room, Seats: []SeatNo{seat.No}, Since: seat.Since, ExpectS: s.stepSeconds(id, seat.Claim), gathered: true})
}

// sameStep reports whether two claims are at the same step of one procedure.
func (s *State) sameStep(a, b ClaimID) bool {
	c, d := s.Claim(a), s.Claim(b)
	return c == nil || d == nil || (c.Step == d.Step && c.Programme == d.Programme)
}

func (t Turn) explain(now Time, bound int64) Turn {
	waited := now - t.Since
	switch {
	case waited > bound:
		t.overdue = true
		t.Why = []Why{{Code: WhyBound, A: waited, B: bound}}
	case t.Help:
		t.Why = []Why{{Code: WhyHelp, A: waited}}
	default:
		t.Why = []Why{{Code: WhyShort, A: t.ExpectS}}
	}
	return t
}

// mayGather reports whether the group step for which somebody waits at the
// given seat may start: in a closed session when nobody is still expected and
// nobody of that programme is still before that step, because those who start
// together hear it together; else as soon as somebody waits for it.
func (s *State) mayGather(ses *Session, no SeatNo) bool {
	if ses.Mode != Closed {
		return true
	}
	step := s.Claim(s.Seat(ses.Room, no).Claim)
	for _, seat := range s.RoomSeats(s.Room(ses.Room)) {
		if seat.State == SeatExpected {
			return false
		}
		if c := s.Claim(seat.Claim); c != nil && step != nil && seat.taken() && seat.State != SeatBeside &&
			c.Programme == step.Programme && c.Step < step.Step {
			return false
		}
	}
	return true
}

// stepSeconds is the expected length of the claim's present step when the
// officer does it.
func (s *State) stepSeconds(by OfficerID, id ClaimID) int64 {
	c := s.Claim(id)
	if c == nil {
		return 0
	}
	if step, ok := s.Floor.stepBy(by, c); ok {
		return int64(step.MeanS)
	}
	return 0
}

// waitsFor is the seat's state while its claim's present step lasts.
func (f *Floor) waitsFor(c *Claim) SeatState {
	step, ok := f.stepOf(c)
	if !ok {
		return SeatReady // every step is done: the outcome is due
	}
	switch step.Who {
	case procedure.Visitor:
		return SeatPreparing
	case procedure.Group:
		return SeatGathering
	}
	return SeatReady
}
