package forecast

import (
	"slices"

	"lapak/scheduler"
)

// Told is a range as people are told it: whole steps, in seconds from the
// forecast's moment. The zero Told says nothing.
type Told struct {
	LowS, MidS, HighS int64
}

// Some reports whether there is something to tell.
func (t *Told) Some() bool { return t.HighS > 0 }

// How the paths become what is told. The paths know of the floor, not of
// everything that will happen; how much wider the truth is than they are was
// measured on rehearsed days (BenchmarkPromises of package rehearsal), and so
// was the share of the paths that a rounded range should hold so that four of
// five calls fall inside.
const (
	widenPct  = 120 // about their median,
	firstPct  = 150 // and so much in the hour after opening, while half of the line is still at the desk
	insidePct = 77  // of the widened paths
	// missedPct is up to how many paths may end without a call for anything to
	// be told: above it nobody knows whether the visit is called today at all.
	missedPct = 50
)

// tellStep is how finely a wait is told: nobody plans two hours by the minute.
func tellStep(s int64) int64 {
	switch {
	case s < 45*60:
		return 300
	case s < 120*60:
		return 600
	}
	return 900
}

// round makes of ascending moments, relative to now, the range to tell: of all
// ranges in whole steps around the median, the one that holds nearest to the
// wanted share of the paths, and of equals the narrowest and lowest.
func round(list []int64, paths int) Told {
	n := len(list)
	if n == 0 || 100*(paths-n) > missedPct*paths {
		return Told{}
	}
	mid := list[n/2]
	step := tellStep(mid)
	below := func(t int64) int64 { // how many of the paths lie under t
		i, _ := slices.BinarySearch(list, t)
		return int64(i)
	}
	best, miss := Told{MidS: mid}, int64(1)<<62
	first, last := list[0]/step, list[n-1]/step+1
	for a := mid / step; a >= first; a-- {
		under := below(a * step)
		for b := mid/step + 1; b <= last; b++ {
			share := 100 * (below(b*step+1) - under)
			off := share - insidePct*int64(n)
			if off = max(off, -off); off < miss {
				best.LowS, best.HighS, miss = a*step, b*step, off
			}
			if share >= insidePct*int64(n) {
				break
			}
		}
	}
	return best
}

// widen puts moments into order and spreads them about their median: the paths
// know of the floor, the truth knows more.
func (f *floor) widen(list []int64) {
	slices.Sort(list)
	if len(list) == 0 {
		return
	}
	mid, pct := list[len(list)/2], int64(widenPct)
	if mid < f.rules.opensAt+firstHourS {
		pct = firstPct
	}
	for i, t := range list {
		list[i] = max(f.now, mid+(t-mid)*pct/100)
	}
}

const firstHourS = 3600

// likes are the visits of one lane that are called alike: whoever stands behind
// another of them is never told a shorter wait.
type likes struct {
	channel scheduler.Channel
	line    int
	kind    int
	prog    int16
}

// evenOut holds that promise for a line in its order: of two visits alike, the
// later one with as many persons or more is told at least what the earlier is.
func (f *floor) evenOut(line int, list []int32, told []Told) {
	var seen []likes
	var least [][scheduler.MaxPersons + 1]Told
	for i, v := range list {
		if !told[i].Some() {
			continue
		}
		x := &f.visits[v]
		key := likes{x.channel, line, x.kind, f.start.programmeOf(v)}
		at := slices.Index(seen, key)
		if at < 0 {
			at = len(seen)
			seen, least = append(seen, key), append(least, [scheduler.MaxPersons + 1]Told{})
		}
		for n := range x.persons + 1 {
			b := &least[at][n]
			told[i] = told[i].atLeast(b)
		}
		least[at][x.persons] = told[i]
	}
}

func (t Told) atLeast(b *Told) Told {
	return Told{LowS: max(t.LowS, b.LowS), MidS: max(t.MidS, b.MidS), HighS: max(t.HighS, b.HighS)}
}
