package forecast

import (
	"testing"

	"lapak/scheduler"
)

// TestRangesFollowTheDaysOwnScore: a day whose promises hold too often narrows
// the ranges, one whose promises fail widens them, a few say little, and no day
// moves them beyond the bounds.
func TestRangesFollowTheDaysOwnScore(t *testing.T) {
	for _, c := range []struct {
		n, inside int
		want      int64
	}{
		{0, 0, 100}, {50, 40, 100}, // nothing seen, and as promised
		{4, 4, 100 - 2}, {4, 0, 100 + 20}, // a few
		{60, 60, 100 - 30}, {60, 30, 100 + 45}, // a good and a bad morning, held to the bounds
		{1000, 1000, minScoreWidthPct}, {1000, 0, maxScoreWidthPct},
	} {
		want := min(max(minScoreWidthPct, c.want), maxScoreWidthPct)
		if got := scoreWidthPct(&scheduler.Tally{N: c.n, Inside: c.inside}); got != want {
			t.Errorf("%d of %d held: %d %% as wide, want %d", c.inside, c.n, got, want)
		}
	}
}

// TestWideningKeepsTheMiddle: the median stays, the rest moves away from it, and
// nobody is called before now.
func TestWideningKeepsTheMiddle(t *testing.T) {
	f := &floor{now: 1000}
	list := []int64{1300, 1010, 1100, 1200, 1500}
	f.widen(list, 200)
	for i, want := range []int64{1000, 1000, 1200, 1400, 1800} {
		if list[i] != want {
			t.Errorf("%v: place %d is %d, want %d", list, i, list[i], want)
		}
	}
}
