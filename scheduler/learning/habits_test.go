package learning

import (
	"testing"

	"lapak/scheduler"
)

// TestHabitsFollowTheBranch: before anything was seen the habits are those of any
// branch; a few days later they are those of the days before, within what so few
// cases can say, and today's cases are not among them yet.
func TestHabitsFollowTheBranch(t *testing.T) {
	if got, want := New(scheduler.New()).Habits(), (Habits{NoShowPct: 5, MissedPct: 8, PapersPct: 10, LeavePermilleHour: 40}); got != want {
		t.Errorf("knows nothing and says %+v, want %+v", got, want)
	}
	b, l := newBranch(t, 3)
	for range 6 {
		b.day()
	}
	h := l.Habits()
	if h.NoShowPct < 2 || h.NoShowPct > 7 || h.MissedPct < 4 || h.MissedPct > 14 || h.PapersPct < 5 || h.PapersPct > 14 ||
		h.LeavePermilleHour < 1 || h.LeavePermilleHour >= 40 {
		t.Errorf("after six days with 4 %% no-shows, 8 %% bookings that stay away 9 %% papers missing and few who wait long enough to give up: %+v", h)
	}
	l.tally.NoShow[0].add(true)
	if l.Habits() != h {
		t.Error("today's cases count among the days before: the forecast would count them twice")
	}
}
