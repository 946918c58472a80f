package forecast

import (
	"slices"

	"lapak/scheduler"
	"lapak/scheduler/forecast/twin"
)

// Told is a range as people are told it: whole steps, in seconds from the
// forecast's moment. The zero Told says nothing.
type Told struct {
	LowS, MidS, HighS int64
}

// Some reports whether there is something to tell.
func (t *Told) Some() bool { return t.HighS > 0 }

// How the paths become what is told. The paths know of step times and of the
// floor, not of everything that people will do; how much wider the truth is than
// they are was measured on rehearsed days (BenchmarkForecast of package rehearsal),
// and so was the share of the paths that a rounded range should hold so that
// four of five calls fall inside. What is left the branch's own score of today
// corrects.
const (
	widenPct  = 104 // about their median, where everybody comes alone and without a booking:
	mixedPct  = 15  // and so much more if nobody does: parties hold seats, bookings come early, late or never
	insidePct = 78  // of the widened paths
	// scoreWeight is how many of today's promises weigh as much as the constants
	// above: those of one hour err together, so that a few say little.
	scoreWeight = 40
	// scoreGainNum / scoreGainDen is how many percent wider the ranges become for each point of
	// percent that today's promises lie under wantedPct: about what the
	// normal distribution gives between 70 and 90 percent.
	scoreGainNum, scoreGainDen = 5, 2
	// A day that holds every promise, or half of them, is believed so far and no
	// further: beyond lies a change of the branch that no width can cover.
	minScoreWidthPct = 80
	maxScoreWidthPct = 140
	wantedPct        = 80
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
func widen(list []scheduler.Time, pct int64, now scheduler.Time) {
	slices.Sort(list)
	if len(list) == 0 {
		return
	}
	mid := list[len(list)/2]
	for i, t := range list {
		list[i] = max(now, mid+(t-mid)*pct/100)
	}
}

// widthPct is how much wider than the paths the truth is today: by who comes, and
// by how today's first promises turned out so far.
func widthPct(s *scheduler.State) int64 {
	here, mixed := 0, 0
	for i := range s.Floor.Visits {
		v := &s.Floor.Visits[i]
		if v.Date != s.Floor.Day.Date || v.Arrived == 0 && v.State != scheduler.Booked {
			continue
		}
		here++
		if v.Persons > 1 || v.Channel != scheduler.WalkIn || v.Priority != scheduler.NoPriority {
			mixed++
		}
	}
	score := s.Score()
	return int64(widenPct+mixedPct*mixed/max(1, here)) * scoreWidthPct(&score.First) / 100
}

// scoreWidthPct is the correction that a tally of promises asks for.
func scoreWidthPct(t *scheduler.Tally) int64 {
	inside := (wantedPct*scoreWeight + 100*t.Inside) / (scoreWeight + max(0, t.N))
	return min(max(minScoreWidthPct, 100+int64(wantedPct-inside)*scoreGainNum/scoreGainDen), maxScoreWidthPct)
}

// likes are the visits of one lane that are called alike: whoever stands behind
// another of them is never told a shorter wait.
type likes struct {
	channel    scheduler.Channel
	line       int
	accessible bool
	prog       int16
}

// evenOut holds that promise for a line in its order: of two visits alike, the
// later one with as many persons or more is told at least what the earlier is.
func evenOut(ran *twin.Outcome, line int, told []Told) {
	var seen []likes
	var least [][scheduler.MaxPersons + 1]Told
	for i, v := range ran.Lines[line] {
		if !told[i].Some() {
			continue
		}
		x := &ran.Visits[v]
		key := likes{x.Channel, line, x.Accessible, x.Programme}
		at := slices.Index(seen, key)
		if at < 0 {
			at = len(seen)
			seen, least = append(seen, key), append(least, [scheduler.MaxPersons + 1]Told{})
		}
		for n := range x.Persons + 1 {
			b := &least[at][n]
			told[i] = told[i].atLeast(b)
		}
		least[at][x.Persons] = told[i]
	}
}

func (t Told) atLeast(b *Told) Told {
	return Told{LowS: max(t.LowS, b.LowS), MidS: max(t.MidS, b.MidS), HighS: max(t.HighS, b.HighS)}
}
