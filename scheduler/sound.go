package scheduler

import "fmt"

// sound refuses a decoded state that is no state: lists out of order, seats
// that do not fit their rooms, links into nothing. What it lets pass can be
// looked at and worked with; whether it is right is the business of Check.
func sound(s *State) error {
	f := &s.Floor
	if f.Policy == nil {
		return fmt.Errorf("no policy")
	}
	if err := f.Policy.Validate(); err != nil {
		return fmt.Errorf("policy: %w", err)
	}
	if err := f.Times.Validate(); err != nil {
		return fmt.Errorf("learned times: %w", err)
	}
	for _, part := range []func(*State) error{soundRooms, soundVisits, soundClaims, soundCrews} {
		if err := part(s); err != nil {
			return err
		}
	}
	return nil
}

func soundRooms(s *State) error {
	f := &s.Floor
	next := 0
	for i := range f.Rooms {
		r := &f.Rooms[i]
		if i > 0 && f.Rooms[i-1].ID >= r.ID {
			return fmt.Errorf("rooms %d and %d are out of order", f.Rooms[i-1].ID, r.ID)
		}
		if int(r.First) != next || r.N < 0 || r.N > MaxRoomSeats || next+int(r.N) > len(f.Seats) {
			return fmt.Errorf("room %d has its seats at %d for %d, of %d seats", r.ID, r.First, r.N, len(f.Seats))
		}
		for k := range int(r.N) {
			seat := &f.Seats[next+k]
			if seat.Room != r.ID || int(seat.No) != k+1 {
				return fmt.Errorf("seat %d/%d stands where %d/%d should", seat.Room, seat.No, r.ID, k+1)
			}
			if seat.taken() && s.Visit(seat.Visit) == nil {
				return fmt.Errorf("seat %d/%d names visit %d, which there is not", seat.Room, seat.No, seat.Visit)
			}
		}
		next += int(r.N)
	}
	for i := 1; i < len(f.Told); i++ {
		if f.Told[i-1].Visit >= f.Told[i].Visit {
			return fmt.Errorf("what visits %d and %d were told is out of order", f.Told[i-1].Visit, f.Told[i].Visit)
		}
	}
	for i := range f.Scores {
		if h := f.Scores[i].Hour; h < 0 || h > 23 || (i > 0 && f.Scores[i-1].Hour >= h) {
			return fmt.Errorf("the scores of hour %d are out of order", h)
		}
	}
	if next != len(f.Seats) {
		return fmt.Errorf("%d seats stand in no room", len(f.Seats)-next)
	}
	return nil
}

func soundVisits(s *State) error {
	f := &s.Floor
	for i := range f.Visits {
		v := &f.Visits[i]
		switch {
		case i > 0 && f.Visits[i-1].ID >= v.ID, v.ID >= f.NextVisit:
			return fmt.Errorf("visit %d is out of order", v.ID)
		case v.Persons < 1 || v.Persons > MaxPersons:
			return fmt.Errorf("visit %d has %d persons", v.ID, v.Persons)
		case v.NClaims < 0 || v.NClaims > MaxClaims:
			return fmt.Errorf("visit %d has %d claims", v.ID, v.NClaims)
		case s.Dossier(v.ID) == nil:
			return fmt.Errorf("visit %d has no dossier", v.ID)
		case inSession(v) && (s.Session(v.Session) == nil || s.Room(v.Room) == nil):
			return fmt.Errorf("visit %d is %s in session %d of room %d, which there is not", v.ID, v.State, v.Session, v.Room)
		}
	}
	return nil
}

func soundClaims(s *State) error {
	f := &s.Floor
	for i := range f.Claims {
		c := &f.Claims[i]
		switch {
		case i > 0 && f.Claims[i-1].ID >= c.ID, c.ID >= f.NextClaim:
			return fmt.Errorf("claim %d is out of order", c.ID)
		case c.Next != 0 && c.Next <= c.ID: // a ring of claims would be walked for ever
			return fmt.Errorf("claim %d is followed by %d", c.ID, c.Next)
		case c.Person < 0 || c.Step < 0 || s.Visit(c.Visit) == nil:
			return fmt.Errorf("claim %d belongs to person %d of visit %d at step %d", c.ID, c.Person, c.Visit, c.Step)
		}
	}
	return nil
}

func soundCrews(s *State) error {
	f := &s.Floor
	for i := range f.Sessions {
		ses := &f.Sessions[i]
		if r := s.Room(ses.Room); r == nil || r.Session != ses.ID || len(ses.Crew) == 0 {
			return fmt.Errorf("session %d is in room %d, which does not know it, with a crew of %d", ses.ID, ses.Room, len(ses.Crew))
		}
		for _, id := range ses.Crew {
			if s.Officer(id) == nil {
				return fmt.Errorf("session %d names officer %d, whom there is not", ses.ID, id)
			}
		}
	}
	for i := range f.Officers {
		o := &f.Officers[i]
		if i > 0 && f.Officers[i-1].ID >= o.ID {
			return fmt.Errorf("officer %d is out of order", o.ID)
		}
		if o.WithRoom == 0 {
			continue
		}
		for _, no := range append([]SeatNo{max(1, o.WithSeat)}, o.WithGroup...) {
			if s.Seat(o.WithRoom, no) == nil {
				return fmt.Errorf("officer %d is at seat %d/%d, which there is not", o.ID, o.WithRoom, no)
			}
		}
	}
	return nil
}
