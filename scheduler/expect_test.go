package scheduler

import "testing"

// TestAPromiseNeedsSomebodyWhoServes holds what may be told to who is there: nothing
// without an officer, nothing from seats that the distance forbids, never a time that
// has passed, and the channel's wait for whoever was told nothing yet.
func TestAPromiseNeedsSomebodyWhoServes(t *testing.T) {
	s := crowd(t, 12, 2)
	now := s.At
	if !s.Serves(now) || !s.Waits(now)[WalkIn].Some() {
		t.Fatalf("two officers serve, and a wait of %+v is told", s.Waits(now))
	}
	line := s.Floor.Line(Waiting)
	last := line[len(line)-1]

	// A forecast at work: told or not told, the phone says what the kiosk says.
	s.Floor.Lanes[last.Channel] = Promise{At: now, LowS: 1200, MidS: 1500, HighS: 2100}
	s.Floor.LaneAhead[last.Channel] = int32(s.joining(last.Channel, now))
	s.Floor.ToldAt = now
	s.Floor.Told = nil
	if r, _ := s.WaitOf(last, now); r != s.Waits(now)[last.Channel] || r.LowS != 1200 {
		t.Errorf("who was told nothing is told %+v, the kiosk %+v", r, s.Waits(now)[last.Channel])
	}
	p := Promise{At: now, LowS: 600, MidS: 900, HighS: 1200}
	s.Floor.Told = []Told{{Visit: last.ID, First: p, Last: p}}
	if r, _ := s.WaitOf(last, now+300); r.LowS != 300 || r.HighS != 900 {
		t.Errorf("five minutes on, 10 to 20 minutes are %+v", r)
	}
	if r, _ := s.WaitOf(last, now-40); r.LowS != 600 || r.HighS != 1200 {
		t.Errorf("as of the minute before, 10 to 20 minutes are %+v", r)
	}
	s.Floor.ToldAt = now + 1200 // the forecast is at work still
	if r, _ := s.WaitOf(last, now+1200); r.Some() {
		t.Errorf("a time that has passed is told as %+v", r)
	}
	if r := s.laneWait(Online, now+1200); r.Some() {
		t.Errorf("the forecast told no wait of this lane, and %+v is told", r)
	}

	// Nobody serves: no session, and nobody on shift.
	s.Floor.Sessions = nil
	for i := range s.Floor.Officers {
		s.Floor.Officers[i].Presence = OffShift
	}
	for _, at := range []Time{now, now + FreshS + 1201} {
		if r, _ := s.WaitOf(last, at); s.Serves(at) || r.Some() || s.Waits(at) != [channels]Range{} {
			t.Errorf("with nobody, %d s on, %+v and %+v are told", at-now, r, s.Waits(at))
		}
	}
}

// TestASeatTooNearIsNoFreePlace: a full room whose other seats the distance forbids
// calls nobody now, so the next in line is not told "0 minutes".
func TestASeatTooNearIsNoFreePlace(t *testing.T) {
	s := crowd(t, 40, 2)
	r := &s.Floor.Rooms[0]
	c := s.CapacityOf(r, s.At)
	free := 0
	for _, seat := range s.RoomSeats(r) {
		if seat.State == SeatFree {
			free++
		}
	}
	if free+c.Present <= c.Persons {
		t.Fatalf("all %d seats may be used: the test shows nothing", free+c.Present)
	}
	if got := s.FreePlaces(r, s.At); got > int64(c.Persons-c.Present) || got > int64(free) {
		t.Errorf("%d free places of %d seats, %d persons of %d are in", got, free, c.Present, c.Persons)
	}
	for i := range s.Floor.Seats { // as many sit as may
		if seat := &s.Floor.Seats[i]; seat.Room == r.ID && c.Present < c.Persons && seat.State == SeatFree {
			seat.State, seat.Person = SeatPreparing, 1
			c.Present++
		}
	}
	if got := s.FreePlaces(r, s.At); got != 0 {
		t.Errorf("the room is full, and %d places are free", got)
	}
}

func TestALineMoves(t *testing.T) {
	for _, c := range []struct {
		was, is int64
		want    bool
	}{
		{0, 0, false}, {0, 2, false}, {0, 3, true}, {3, 0, true}, {10, 12, false}, {10, 13, true}, {15, 18, false}, {15, 19, true},
		{31, 0, true}, {0, 31, true}, {100, 120, false}, {100, 121, true}, {100, 80, false}, {100, 79, true},
	} {
		if got := LineMoved(c.was, c.is); got != c.want {
			t.Errorf("from %d to %d persons: moved is %v", c.was, c.is, got)
		}
	}
}
