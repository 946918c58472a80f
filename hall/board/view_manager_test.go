package board

import (
	"slices"
	"testing"

	"lapak/scheduler"
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
