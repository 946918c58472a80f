package board

import (
	"slices"
	"strings"
	"testing"

	"lapak/scheduler"
	"lapak/scheduler/calendar"
)

// TestTheLongestWaitsComeFirst holds the list to the whole line: whoever waited
// longest is on it, and the lanes' longest is its first.
func TestTheLongestWaitsComeFirst(t *testing.T) {
	s, _, now := busy(t)
	v := Manager(s, now)
	line := s.Floor.Line(scheduler.Waiting)
	if len(line) <= managerWaits {
		t.Fatalf("only %d wait: the list would show all of them", len(line))
	}
	first := slices.MinFunc(line, func(a, b *scheduler.Visit) int { return int(s.WaitStart(a) - s.WaitStart(b)) })
	if v.Longest[0].Waits != s.WaitStart(first) {
		t.Errorf("the list begins with a wait since %d, the longest is since %d", v.Longest[0].Waits, s.WaitStart(first))
	}
	if !slices.IsSortedFunc(v.Longest, func(a, b LineInfo) int { return int(a.Waits - b.Waits) }) {
		t.Errorf("not longest first: %+v", v.Longest)
	}
	oldest := int64(0)
	for _, l := range v.Lines {
		oldest = max(oldest, l.OldestS)
	}
	if oldest != now-v.Longest[0].Waits {
		t.Errorf("the lanes' longest is %d s, the list's %d s", oldest, now-v.Longest[0].Waits)
	}
}

// TestNobodyIsToldAWaitOnceCallsAreOver shows one line to every screen before and
// after the close: all of them stop promising at the same second.
func TestNobodyIsToldAWaitOnceCallsAreOver(t *testing.T) {
	s, w, now := busy(t)
	f := &s.Floor
	closes := w.Opens() + int64(f.Day.Hours.CloseS-f.Day.Hours.OpenS)
	last := f.Line(scheduler.Waiting)[len(f.Line(scheduler.Waiting))-1]
	for at, over := range map[int64]bool{now: false, closes - 1: false, closes: true, closes + 480: true} {
		lobby, desk, ticket := Lobby(s, at), Desk(s, at), Ticket(s, last, at)
		if lobby.Over != over || desk.Day.Over != over || ticket.Over != over || Manager(s, at).Day.Over != over {
			t.Errorf("%+d s from the close: lobby %v, desk %v, ticket %v", at-closes, lobby.Over, desk.Day.Over, ticket.Over)
		}
		if told := len(lobby.Waits) + len(desk.Waits) + len(lobby.Next); (told == 0) != over || (ticket.HighS == 0) != over {
			t.Errorf("%+d s from the close: %d waits and next numbers, the ticket says up to %d s", at-closes, told, ticket.HighS)
		}
		if lobby.Waiting != len(f.Line(scheduler.Waiting)) {
			t.Errorf("the board counts %d who wait", lobby.Waiting)
		}
	}
}

// TestAProgrammeOfNoRoomIsSaid shows one line to the manager, the officer and the
// kiosk, with a room for JHT alone and then with a side desk.
func TestAProgrammeOfNoRoomIsSaid(t *testing.T) {
	d := scheduler.New().Draft()
	p := *scheduler.DefaultPolicy()
	now := p.Calendar.Zone.At(calendar.MustParse("2026-03-02"), 9*3600)
	manager := scheduler.Actor{Role: scheduler.ByManager, ID: 1}
	do := func(c scheduler.Command) {
		t.Helper()
		if _, err := d.Do(scheduler.Stamp{At: now}, scheduler.Order{By: manager, Command: c}); err != nil {
			t.Fatalf("%T: %v", c, err)
		}
	}
	do(scheduler.SetPolicy{Version: 1, Policy: &p})
	do(scheduler.OpenDay{})
	if v := Manager(d.State, now); len(v.Unserved) != 0 {
		t.Errorf("without a room: %+v, want nothing said yet", v.Unserved)
	}
	do(scheduler.SetRoom{Room: scheduler.Room{ID: 1}, Seats: []scheduler.SeatPlan{{}, {XMM: 1500}}})
	do(scheduler.Arrive{Persons: 2, Claims: []scheduler.NewClaim{{Programme: "JKM", Reason: "jkm_death"}}, Papers: scheduler.PapersReady})
	do(scheduler.Arrive{Persons: 1, Claims: []scheduler.NewClaim{{Programme: "JHT", Reason: "jht_phk"}}, Papers: scheduler.PapersReady})
	want := []UnservedInfo{{Programme: "JKK"}, {Programme: "JKM", Waiting: 1, Persons: 2}, {Programme: "JP"}}
	byName := func(a, b UnservedInfo) int { return strings.Compare(a.Programme, b.Programme) }
	v := Manager(d.State, now)
	if got := slices.SortedFunc(slices.Values(v.Unserved), byName); !slices.Equal(got, want) {
		t.Errorf("unserved: %+v, want %+v", got, want)
	}
	said := 0
	for _, one := range v.Longest {
		if len(one.Why) > 0 && one.Why[0].Code == scheduler.WhyUnserved && one.Programmes[0] == "JKM" {
			said++
		}
	}
	if said != 1 || len(Visit(d.State, &d.Floor.Visits[0]).Why) != 1 || len(Visit(d.State, &d.Floor.Visits[1]).Why) != 0 {
		t.Errorf("%d of the line say that nobody serves them, want JKM alone: %+v", said, v.Longest)
	}
	if got := Kiosk(d.State, now).Unserved; len(got) != 3 || !slices.Contains(got, "JKM") {
		t.Errorf("the kiosk keeps back %v", got)
	}
	lobby, kiosk, desk := Lobby(d.State, now), Kiosk(d.State, now), Desk(d.State, now)
	if lobby.Waiting != 1 || kiosk.Waiting != 1 || desk.Waiting != 1 {
		t.Errorf("%d wait on the board, %d at the kiosk, %d at the desk; want the one that a room calls", lobby.Waiting, kiosk.Waiting, desk.Waiting)
	}
	if len(desk.Visits) != 2 || !slices.Equal(desk.Unserved, v.Unserved) || !slices.Equal(desk.Elsewhere, []string{"JKP"}) {
		t.Errorf("the desk is told of %+v, of %v elsewhere, and of %d visits", desk.Unserved, desk.Elsewhere, len(desk.Visits))
	}
	do(scheduler.SetRoom{Room: scheduler.Room{ID: 2, Desk: true}, Seats: []scheduler.SeatPlan{{}}})
	if v := Manager(d.State, now); len(v.Unserved) != 3 || !v.Unserved[0].Desk {
		t.Errorf("with a side desk: %+v, want three that only the desk serves", v.Unserved)
	}
	if got := Kiosk(d.State, now).Unserved; len(got) != 0 {
		t.Errorf("with a side desk the kiosk still keeps back %v", got)
	}
}

// TestTheLobbysLimitSaysWhoseItIs: whether a manager set it, or the program began with it.
func TestTheLobbysLimitSaysWhoseItIs(t *testing.T) {
	d := scheduler.New().Draft()
	now := int64(1772409600)
	do := func(c scheduler.Command) {
		t.Helper()
		if _, err := d.Do(scheduler.Stamp{At: now}, scheduler.Order{By: scheduler.Actor{Role: scheduler.ByManager}, Command: c}); err != nil {
			t.Fatal(err)
		}
	}
	do(scheduler.OpenDay{})
	if got := Desk(d.State, now).Lobby; !got.Usual || got.Max != scheduler.UsualLobby {
		t.Errorf("nobody set the limit, and it is %+v", got)
	}
	p := *d.Floor.Policy
	p.Lobby.MaxPersons = 60
	do(scheduler.SetPolicy{Version: p.Version, Policy: &p})
	if got := Manager(d.State, now).Lobby; got.Usual || got.Max != 60 {
		t.Errorf("the manager set 60, and it is %+v", got)
	}
}

// TestOneWaitIsCountedAlike: the desk, the officer and the overview count a wait from the
// same moment, whatever the visit has been through since it came.
func TestOneWaitIsCountedAlike(t *testing.T) {
	s, _, now := busy(t)
	starts := map[string]int64{}
	for _, v := range Desk(s, now).Visits {
		if v.State == "waiting" {
			starts[v.Number] = v.Waits
		}
	}
	over := Manager(s, now)
	if len(over.Queue) < 5 {
		t.Fatalf("%d wait", len(over.Queue))
	}
	oldest := map[string]int64{}
	for _, one := range over.Queue {
		if starts[one.Number] != one.Waits {
			t.Errorf("%s waits since %d at the desk and %d on the overview", one.Number, starts[one.Number], one.Waits)
		}
		if at := oldest[one.Lane]; at == 0 || one.Waits < at {
			oldest[one.Lane] = one.Waits
		}
	}
	for _, lane := range over.Lines {
		if lane.Oldest != oldest[lane.Lane] || lane.Waiting > 0 && lane.OldestS != now-lane.Oldest {
			t.Errorf("lane %s counts its longest wait from %d (%d s), want %d", lane.Lane, lane.Oldest, lane.OldestS, oldest[lane.Lane])
		}
	}
}

// TestADoneDaySaysWhenTheNextOpens: a day that was closed cannot be opened again, so the
// view says when the branch opens next, and says neither of a day that is not done.
func TestADoneDaySaysWhenTheNextOpens(t *testing.T) {
	s, _, now := busy(t)
	f := &s.Floor
	if today := Manager(s, now).Today; today.Done || today.Next != "" {
		t.Errorf("an open day is %+v", today)
	}
	if room, seat := Room(s, f.Rooms[0].ID, now), Seat(s, f.Seats[0].Room, f.Seats[0].No, now); room.DayDone || seat.DayDone {
		t.Errorf("on an open day the room says done %v, the seat %v", room.DayDone, seat.DayDone)
	}
	f.Day.Open = false
	next, _ := f.Policy.Calendar.NextOpenDay(f.Day.Date)
	hours, _, _ := f.Policy.Calendar.HoursOn(next)
	if room, seat := Room(s, f.Rooms[0].ID, now), Seat(s, f.Seats[0].Room, f.Seats[0].No, now); !room.DayDone || !seat.DayDone {
		t.Errorf("after the day the room says done %v, the seat %v", room.DayDone, seat.DayDone)
	}
	if today := Manager(s, now).Today; !today.Done || today.Next != next.String() || today.NextS != hours.GateS {
		t.Errorf("a closed day is %+v; the next opens on %s", today, next)
	}
	if today := Manager(s, now+86_400).Today; today.Done || today.Next != "" {
		t.Errorf("the day after a closed one is %+v", today)
	}
}
