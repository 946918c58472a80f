package board

import (
	"testing"

	"lapak/scheduler"
	"lapak/scheduler/rehearsal"
)

// TestNoCalledNumberLeavesTheBoard plays a morning and looks after every step:
// whoever is called and not there yet stands on the board with room and seats.
func TestNoCalledNumberLeavesTheBoard(t *testing.T) {
	w := rehearsal.NewWorld(rehearsal.Surge(4))
	d := scheduler.New().Draft()
	now, looked, forming, frees, open := w.Begins(), 0, 0, 0, 0
	do := func(at scheduler.Time, o scheduler.Order) (scheduler.Record, error) {
		return d.Do(scheduler.Stamp{At: at, Seed: uint64(d.Seq)}, o)
	}
	for _, o := range w.Setup() {
		if _, err := do(now, o); err != nil {
			t.Fatal(err)
		}
	}
	for now < w.Opens()+2*3600 {
		next, ok := w.Next()
		if wake, due := d.NextWake(now); due && (!ok || wake < next) {
			next = wake
		}
		now = max(now, next)
		if wake, due := d.NextWake(now); due && wake <= now {
			_, _ = do(now, scheduler.Order{By: scheduler.System, Command: scheduler.Tick{}})
		}
		w.Step(now, func() *scheduler.State { return d.State }, do)
		v := Lobby(d.State, now)
		looked += everybodyIsUp(t, d.State, v)
		for _, room := range v.Rooms {
			if len(room.Next) > 0 {
				forming++
				if room.State != "forming" {
					t.Fatalf("room %d is %s and has a group that forms", room.ID, room.State)
				}
			}
			if room.Frees && room.Until > now {
				frees++
			}
			free := d.FreePlaces(d.Room(scheduler.RoomID(room.ID)), now) > 0
			if room.Frees && free {
				open++
			}
			if until := cleanedBy(d.State, room.ID, now); room.Frees && (free && room.Until != 0 || !free && until > 0 && room.Until > until) {
				t.Fatalf("room %d has places now: %v, a seat cleaned by %d, and is said to have one at %d", room.ID, free, until, room.Until)
			}
		}
	}
	if looked < 100 || forming == 0 || frees == 0 || open == 0 {
		t.Errorf("the morning had %d awaited numbers, %d groups that formed, %d seats about to be free, %d that were: it proves little", looked, forming, frees, open)
	}
}

// cleanedBy is when the first seat that is cleaned is usable; 0 when none is.
func cleanedBy(s *scheduler.State, room int, now int64) int64 {
	first := int64(0)
	for _, seat := range s.RoomSeats(s.Room(scheduler.RoomID(room))) {
		if seat.State == scheduler.SeatCleaning && seat.FreeAt > now && (first == 0 || seat.FreeAt < first) {
			first = seat.FreeAt
		}
	}
	return first
}

func everybodyIsUp(t *testing.T, s *scheduler.State, v LobbyView) int {
	t.Helper()
	up := map[string][]int{}
	for _, call := range v.Calls {
		for _, p := range call.Places {
			if _, newer := up[p.Number]; !newer && !p.Here {
				up[p.Number] = append([]int{call.Room}, p.Seats...)
			}
		}
	}
	n := 0
	for i := range s.Floor.Visits {
		visit := &s.Floor.Visits[i]
		if visit.State != scheduler.Called {
			continue
		}
		n++
		number := s.Floor.Policy.Label(visit.Ticket)
		where := up[number]
		seats := s.SeatsOf(visit)
		if len(where) != 1+len(seats) || where[0] != int(seats[0].Room) {
			t.Fatalf("%s is called to %d seats of room %d, the board says %v", number, len(seats), seats[0].Room, where)
		}
	}
	return n
}

// TestOldCallsStayWhileSomebodyIsAwaited: twelve newer calls do not push away a number
// whose people have not come.
func TestOldCallsStayWhileSomebodyIsAwaited(t *testing.T) {
	s, _, now := busy(t)
	calls := s.Floor.Calls
	if len(calls) < 2 {
		t.Fatal("nobody was called in an hour")
	}
	missing := &s.Floor.Visits[0]
	missing.State = scheduler.Called
	old := calls[0]
	old.At, old.Withdrawn = now-24*3600, 0
	old.Places = []scheduler.Place{{Visit: missing.ID, Ticket: missing.Ticket, Seats: []scheduler.SeatNo{1}}}
	newer := scheduler.Call{Seq: old.Seq + 1, At: old.At + 1, Room: old.Room, Withdrawn: now, Places: old.Places}
	s.Floor.Calls = append([]scheduler.Call{old}, newer)
	for i := range lobbyCalls {
		more := newer
		more.Seq += int64(i)
		more.Places = []scheduler.Place{{Visit: missing.ID, Ticket: missing.Ticket, Seats: []scheduler.SeatNo{1}}}
		more.Places[0].Ticket.No += int32(i + 1)
		s.Floor.Calls = append(s.Floor.Calls, more)
	}
	list := boardCalls(s, now)
	if last := list[len(list)-1]; len(list) != lobbyCalls+1 || last.Seq != old.Seq || last.Withdrawn {
		t.Errorf("%d calls are up, the last is %+v", len(list), last)
	}
	missing.State = scheduler.Seated
	if list := boardCalls(s, now); len(list) != lobbyCalls {
		t.Errorf("%d calls are up after everybody sits, want %d", len(list), lobbyCalls)
	}
}

// TestANumberCalledAgainTakesOneRow: three calls of one number leave the others their rows,
// on the lobby's board and on the manager's list, where the newest call stands.
func TestANumberCalledAgainTakesOneRow(t *testing.T) {
	s, _, now := busy(t)
	v := &s.Floor.Visits[0]
	v.State = scheduler.Seated
	old := now - 24*3600
	call := func(seq int64, no int32) scheduler.Call {
		ticket := v.Ticket
		ticket.No = no
		return scheduler.Call{Seq: seq, At: old, Room: s.Floor.Rooms[0].ID, Places: []scheduler.Place{{Visit: v.ID, Ticket: ticket, Seats: []scheduler.SeatNo{1}}}}
	}
	s.Floor.Calls = nil
	for i := range lobbyCalls {
		s.Floor.Calls = append(s.Floor.Calls, call(int64(i+1), int32(i+1)))
	}
	last := int32(lobbyCalls)
	s.Floor.Calls = append(s.Floor.Calls, call(100, last), call(101, last))
	for name, list := range map[string][]CallView{"lobby": boardCalls(s, now), "manager": Manager(s, now).Calls} {
		if len(list) != lobbyCalls || list[0].Seq != 101 || list[len(list)-1].Seq != 1 {
			t.Errorf("the %s lists %d calls, from %d to %d; want one of each number", name, len(list), list[0].Seq, list[len(list)-1].Seq)
		}
	}
}

// TestCallsStayAfterTheDayIsClosed: who sits when the day is closed was called, and nobody
// is awaited any more.
func TestCallsStayAfterTheDayIsClosed(t *testing.T) {
	s, _, now := busy(t)
	before := boardCalls(s, now)
	f := &s.Floor
	f.Day.Open, f.Day.Closed = false, now
	for i := range f.Visits {
		if v := &f.Visits[i]; v.State == scheduler.Seated || v.State == scheduler.Called {
			v.State, v.Ended = scheduler.CarriedOver, now
		}
	}
	after := boardCalls(s, now)
	if len(after) != len(before) {
		t.Errorf("%d calls were up, %d after the day", len(before), len(after))
	}
	for _, w := range after {
		if w.awaited() {
			t.Errorf("after the day somebody is awaited: %+v", w)
		}
	}
}
