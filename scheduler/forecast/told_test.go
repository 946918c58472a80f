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
	list := []int64{1300, 1010, 1100, 1200, 1500}
	widen(list, 200, 1000)
	for i, want := range []int64{1000, 1000, 1200, 1400, 1800} {
		if list[i] != want {
			t.Errorf("%v: place %d is %d, want %d", list, i, list[i], want)
		}
	}
}

func TestRoundedRanges(t *testing.T) {
	uniform := func(from, to int64) []int64 {
		var list []int64
		for i := range int64(100) {
			list = append(list, from+(to-from)*i/99)
		}
		return list
	}
	for _, x := range []struct {
		list []int64
		want Told
	}{
		{nil, Told{}},
		{uniform(0, 0), Told{0, 0, 300}},
		{uniform(400, 500), Told{300, 450, 600}},
		{uniform(0, 1500), Told{300, 757, 1500}},
		{uniform(3600, 4200), Told{3600, 3903, 4200}},
	} {
		if got := round(x.list, max(1, len(x.list))); got != x.want {
			t.Errorf("%v is told of calls from %v", got, x.list)
		}
	}
	if got := round(uniform(0, 100), 300); got.Some() {
		t.Errorf("%v is told though two of three paths end without a call", got)
	}
	for at := range int64(9000) { // every range holds its middle and is made of whole steps
		got := round(uniform(at, at+at/5), 100)
		if step := tellStep(got.MidS); got.LowS > got.MidS || got.HighS < got.MidS || got.LowS >= got.HighS || got.LowS%step+got.HighS%step != 0 || got.LowS < 0 {
			t.Fatalf("%+v at %d", got, at)
		}
	}
}
