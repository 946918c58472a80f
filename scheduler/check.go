package scheduler

import (
	"fmt"
	"slices"
)

// Check looks for everything that must never be, and returns one sentence for
// each finding: none means that the state is sound. It runs in the tests, in
// every rehearsal, in verify, and once a day in production.
func Check(s *State) []string {
	c := &checker{s: s}
	c.order()
	c.visits()
	c.seats()
	c.distances()
	c.officers()
	c.sessions()
	c.numbers()
	c.surveys()
	c.kept()
	return c.found
}

type checker struct {
	s     *State
	found []string
}

func (c *checker) say(format string, args ...any) {
	c.found = append(c.found, fmt.Sprintf(format, args...))
}

func (c *checker) order() {
	f := &c.s.Floor
	for i := 1; i < len(f.Visits); i++ {
		if f.Visits[i-1].ID >= f.Visits[i].ID {
			c.say("visits %d and %d are out of order", f.Visits[i-1].ID, f.Visits[i].ID)
		}
	}
	for i := 1; i < len(f.Claims); i++ {
		if f.Claims[i-1].ID >= f.Claims[i].ID {
			c.say("claims %d and %d are out of order", f.Claims[i-1].ID, f.Claims[i].ID)
		}
	}
	for i := 1; i < len(c.s.Dossiers); i++ {
		if c.s.Dossiers[i-1].Visit >= c.s.Dossiers[i].Visit {
			c.say("dossiers %d and %d are out of order", c.s.Dossiers[i-1].Visit, c.s.Dossiers[i].Visit)
		}
	}
}

func (c *checker) visits() {
	s := c.s
	for i := range s.Floor.Visits {
		v := &s.Floor.Visits[i]
		held := len(s.SeatsOf(v))
		switch {
		case inSession(v) && held != int(v.Persons):
			c.say("visit %d is %s with %d persons on %d seats", v.ID, v.State, v.Persons, held)
		case inSession(v) && s.Session(v.Session) == nil:
			c.say("visit %d is %s in session %d, which is not live", v.ID, v.State, v.Session)
		case !inSession(v) && v.Session != 0:
			c.say("visit %d is %s and still names session %d", v.ID, v.State, v.Session)
		}
		if s.Dossier(v.ID) == nil {
			c.say("visit %d has no dossier", v.ID)
		}
		if v.Overtaken > MaxOvertake {
			c.say("visit %d was overtaken %d times", v.ID, v.Overtaken)
		}
		if n := len(s.ClaimsOf(v)); n != int(v.NClaims) {
			c.say("visit %d has %d claims and links %d", v.ID, v.NClaims, n)
		}
		if open := s.openClaim(v, -1) != nil; open == (v.State == Settled) {
			c.say("visit %d is %s, and whether it has an open claim is %v", v.ID, v.State, open)
		}
		if (v.State == Waiting || v.State == AtDesk) && v.Effective == 0 {
			c.say("visit %d is %s without a place in the order", v.ID, v.State)
		}
	}
}

func (c *checker) seats() {
	s := c.s
	for i := range s.Floor.Seats {
		seat := &s.Floor.Seats[i]
		if v := s.Visit(seat.HeldFor); seat.HeldFor != 0 && (v == nil || v.State != Waiting) {
			c.say("seat %d/%d is held for visit %d, which does not wait", seat.Room, seat.No, seat.HeldFor)
		}
		if !seat.taken() {
			if seat.Visit != 0 || seat.Claim != 0 {
				c.say("seat %d/%d is %s and names visit %d", seat.Room, seat.No, seat.State, seat.Visit)
			}
			continue
		}
		v := s.Visit(seat.Visit)
		if v == nil || !inSession(v) || v.Room != seat.Room {
			c.say("seat %d/%d is %s for visit %d, which is not there", seat.Room, seat.No, seat.State, seat.Visit)
			continue
		}
		if (seat.State == SeatExpected) != (v.State == Called) {
			c.say("seat %d/%d is %s while visit %d is %s", seat.Room, seat.No, seat.State, v.ID, v.State)
		}
		if seat.Person < 0 || seat.Person >= v.Persons {
			c.say("seat %d/%d holds person %d of visit %d, which has %d", seat.Room, seat.No, seat.Person, v.ID, v.Persons)
		}
		if works := seat.State != SeatExpected && seat.State != SeatBeside; works != (seat.Claim != 0) {
			c.say("seat %d/%d is %s with claim %d", seat.Room, seat.No, seat.State, seat.Claim)
		}
		if k := s.Claim(seat.Claim); seat.Claim != 0 && (k == nil || k.Visit != v.ID || k.Outcome != NoOutcome) {
			c.say("seat %d/%d works on claim %d, which is not an open one of visit %d", seat.Room, seat.No, seat.Claim, v.ID)
		}
	}
}

// distances holds the rule that binds at each call: of two parties, the later
// called sits at least its call's distance from the other.
func (c *checker) distances() {
	s := c.s
	for i := range s.Floor.Rooms {
		seats := s.RoomSeats(&s.Floor.Rooms[i])
		for a := range seats {
			for b := a + 1; b < len(seats); b++ {
				x, y := &seats[a], &seats[b]
				if !x.taken() || !y.taken() || x.Visit == y.Visit {
					continue
				}
				want := x.DistanceMM
				if y.CalledSeq > x.CalledSeq {
					want = y.DistanceMM
				}
				if apartSquared(x, y) < square(int64(want)) {
					c.say("seats %d and %d of room %d hold visits %d and %d nearer than %d mm", x.No, y.No, x.Room, x.Visit, y.Visit, want)
				}
			}
		}
	}
}

func (c *checker) officers() {
	s := c.s
	with := map[[2]int64]OfficerID{}
	for i := range s.Floor.Officers {
		o := &s.Floor.Officers[i]
		if o.WithRoom == 0 {
			continue
		}
		seats := o.WithGroup
		if o.WithSeat != 0 {
			seats = []SeatNo{o.WithSeat}
		}
		here := 0
		for _, no := range seats {
			seat := s.Seat(o.WithRoom, no)
			if seat == nil || seat.State != SeatWithOfficer || (o.WithSeat == 0 && seat.Since != o.WithSince) {
				continue // of a group, somebody may have left and the seat have been given again
			}
			key := [2]int64{int64(o.WithRoom), int64(no)}
			if other, twice := with[key]; !twice {
				with[key], here = o.ID, here+1
			} else if o.WithSeat != 0 {
				c.say("officers %d and %d are both at seat %d/%d", other, o.ID, o.WithRoom, no)
			}
		}
		if here == 0 {
			c.say("officer %d is with room %d seat %d, where nobody is with an officer", o.ID, o.WithRoom, o.WithSeat)
		}
		if ses := s.SessionIn(o.WithRoom); ses == nil || !slices.Contains(ses.Crew, o.ID) || o.Presence != OnShift {
			c.say("officer %d is with somebody in room %d without being at work there", o.ID, o.WithRoom)
		}
	}
	for i := range s.Floor.Seats {
		seat := &s.Floor.Seats[i]
		if _, ok := with[[2]int64{int64(seat.Room), int64(seat.No)}]; seat.State == SeatWithOfficer && !ok {
			c.say("seat %d/%d is with an officer, and none is there", seat.Room, seat.No)
		}
	}
}

func (c *checker) sessions() {
	s := c.s
	crews := map[OfficerID]SessionID{}
	for i := range s.Floor.Sessions {
		ses := &s.Floor.Sessions[i]
		if r := s.Room(ses.Room); r == nil || r.Session != ses.ID {
			c.say("session %d is live and room %d does not know it", ses.ID, ses.Room)
		}
		if !s.Floor.Day.Open {
			c.say("session %d is live and no day is open", ses.ID)
		}
		for _, id := range ses.Crew {
			if o := s.Officer(id); o == nil || (o.Presence == OffShift && ses.State != Cleaning) {
				c.say("officer %d of session %d is not on shift", id, ses.ID)
			}
			if other, twice := crews[id]; twice && !s.Floor.Policy.Pooled {
				c.say("officer %d is in sessions %d and %d", id, other, ses.ID)
			}
			crews[id] = ses.ID
		}
	}
	for i := range s.Floor.Rooms {
		if r := &s.Floor.Rooms[i]; r.Session != 0 && s.Session(r.Session) == nil {
			c.say("room %d names session %d, which is not live", r.ID, r.Session)
		}
	}
}

// surveys holds the answers to visits of the day, each once and from 1 to 4.
func (c *checker) surveys() {
	for i, a := range c.s.Surveys {
		if i > 0 && c.s.Surveys[i-1].Visit >= a.Visit {
			c.say("the answers of visits %d and %d are out of order", c.s.Surveys[i-1].Visit, a.Visit)
		}
		if v := c.s.Visit(a.Visit); v == nil || v.Date != c.s.Floor.Day.Date {
			c.say("visit %d has answered and is none of the day", a.Visit)
		}
		if err := a.Answers.check(); err != nil || a.Times < 1 || a.Times > maxSurveys {
			c.say("visit %d has answered %v, %d times", a.Visit, a.Answers, a.Times)
		}
	}
}

func (c *checker) numbers() {
	type key struct {
		date   int64
		ticket Ticket
	}
	seen := map[key]VisitID{}
	type holding struct {
		person PersonID
		date   int64
	}
	live := map[holding]VisitID{}
	for i := range c.s.Floor.Visits {
		v := &c.s.Floor.Visits[i]
		if v.Ticket.No != 0 {
			k := key{int64(v.Date), v.Ticket}
			if other, twice := seen[k]; twice {
				c.say("number %s was given to visits %d and %d", c.s.Floor.Policy.Label(v.Ticket), other, v.ID)
			}
			seen[k] = v.ID
			if v.Date == c.s.Floor.Day.Date && v.Ticket.No > c.s.Floor.LastNo[v.Ticket.Series] {
				c.say("visit %d has a number beyond the last given", v.ID)
			}
		}
		if v.Person != "" && !v.State.Final() {
			k := holding{v.Person, int64(v.Date)}
			if other, twice := live[k]; twice {
				c.say("one person holds visits %d and %d", other, v.ID)
			}
			live[k] = v.ID
		}
	}
}
