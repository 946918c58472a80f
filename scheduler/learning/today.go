package learning

import (
	"cmp"
	"math"
	"slices"

	"lapak/scheduler"
	"lapak/scheduler/procedure"
)

// running is a step under way, uninterrupted so far.
type running struct {
	cell  int     // index of the step's cell
	age   float64 // in believed means of whoever does it
	sigma float64
}

// clean tells the step under way at a seat that nothing has interrupted so far:
// whose and how old it is.
func (l *Learner) clean(seat *scheduler.Seat, at scheduler.Time) (k key, ageS int64, ok bool) {
	s := l.d.State
	c := s.Claim(seat.Claim)
	if c == nil || c.Outcome != scheduler.NoOutcome || l.marked(c) || (l.clock != 0 && c.StepSince <= l.clock) {
		return key{}, 0, false
	}
	steps := s.Steps(c)
	if int(c.Step) >= len(steps) {
		return key{}, 0, false
	}
	k = key{Programme: c.Programme, Step: steps[c.Step].Code, Who: steps[c.Step].Who}
	switch k.Who {
	case procedure.Visitor:
		ok = seat.State == scheduler.SeatPreparing && seat.Since == c.StepSince
	case procedure.Officer:
		for i := range s.Floor.Officers {
			if o := &s.Floor.Officers[i]; o.WithRoom == seat.Room && o.WithSeat == seat.No && seat.State == scheduler.SeatWithOfficer {
				k.Officer, ok = int64(o.ID), true
			}
		}
	}
	return k, max(0, at-c.StepSince), ok
}

// runningSteps are the steps under way at a time.
func (l *Learner) runningSteps(at scheduler.Time) []running {
	var list []running
	for i := range l.d.Floor.Seats {
		k, age, ok := l.clean(&l.d.Floor.Seats[i], at)
		if !ok {
			continue
		}
		cell, ok := l.cells.find(k.anybody())
		if !ok {
			continue
		}
		all := &l.cells[cell]
		believed := l.believed(all)
		if own := l.cells.get(k); k.Officer != 0 && own != nil {
			believed *= expBound(own.Level)
		}
		if ratio := float64(age) / believed; ratio <= absurdHigh {
			list = append(list, running{cell, ratio, all.sigma()})
		}
	}
	return list
}

// drifts are today's factors as logarithms: everybody's, and each cell's beyond
// it.
type drifts struct {
	pace   [paces]float64
	weight [paces]float64 // of the day against the belief that it is an ordinary one
	n      [paces]float64 // observations, those under way by their share
	step   []float64      // by cell
	held   bool
}

// driftRounds: an unfinished step is counted with the length that is expected
// of it, which depends on the drift; three rounds settle that to a percent (an
// EM algorithm, Dempster, Laird & Rubin 1977).
const driftRounds = 3

// drift is what today's steps say about today. Finished steps alone would say
// too little: the short ones finish first. So those under way count too, each
// with the length that is expected of one so old.
func (l *Learner) drift(at scheduler.Time) drifts {
	d := drifts{step: make([]float64, len(l.cells))}
	under := l.runningSteps(at)
	for range driftRounds {
		next := drifts{step: make([]float64, len(l.cells))}
		words := make([]word, len(l.cells))
		var sum, weight [paces]float64
		for i := range l.cells {
			c := &l.cells[i]
			if c.Officer != 0 || c.Programme == "" {
				continue
			}
			who := c.pace()
			n := 0.0
			words[i], n = c.sofar(i, under, math.Exp(d.pace[who]+d.step[i]))
			if words[i].spoke {
				w := 1 / (words[i].variance + square(todayStepSd))
				sum[who], weight[who], next.n[who] = sum[who]+w*words[i].y, weight[who]+w, next.n[who]+n
			}
		}
		for who := range paceNone {
			drift := sum[who] / (weight[who] + 1/square(todaySd))
			next.pace[who] = bound(drift, maxTodayDrift)
			next.weight[who] = weight[who] / (weight[who] + 1/square(todaySd))
			next.held = next.held || next.pace[who] != drift
		}
		for i := range words {
			if who := l.cells[i].pace(); words[i].spoke {
				own := (words[i].y - next.pace[who]) * square(todayStepSd) / (square(todayStepSd) + words[i].variance)
				next.step[i] = bound(next.pace[who]+own, maxTodayDrift) - next.pace[who]
			}
		}
		d = next
	}
	return d
}

// sofar is what a step's day says so far, when those under way take factor
// times as long as believed, and how many observations that is.
func (c *cell) sofar(index int, under []running, factor float64) (word, float64) {
	sigma := c.sigma()
	sum, n, informed := c.Day.sum(sigma)
	for _, r := range under {
		if r.cell == index {
			whole, done := given(r.age/factor, r.sigma)
			n, sum, informed = n+1, sum+factor*whole, informed+done
		}
	}
	if informed < 0.5 {
		return word{}, 0
	}
	variance := math.Log1p(math.Expm1(sigma*sigma) / informed)
	return word{y: bound(math.Log(sum/n), 2*maxTodayDrift), variance: variance, spoke: true}, informed
}

// Now returns the times to forecast with: what was learned up to yesterday,
// times today's drift. It names every step of the catalogue.
func (l *Learner) Now(at scheduler.Time) procedure.Times {
	d := l.drift(at)
	return l.times(func(k int, c *cell) float64 {
		if i, ok := l.index(c); ok {
			return d.pace[k] + d.step[i]
		}
		return d.pace[k]
	}, true)
}

// Daily returns the times for the state, without today's drift: of each step
// where they differ from the catalogue's, and of each officer who differs from
// the others. Give them to the command LearnTimes once the day is closed.
func (l *Learner) Daily() procedure.Times {
	return l.times(func(int, *cell) float64 { return 0 }, false)
}

func (l *Learner) index(c *cell) (int, bool) {
	if c == nil {
		return 0, false
	}
	return l.cells.find(c.key)
}

// minOfficerN and minOfficerLevel: an officer's own time is worth a line from
// this many observations on, and when it differs by three percent.
const (
	minOfficerN     = 5
	minOfficerLevel = 0.03
)

func (l *Learner) times(drift func(pace int, c *cell) float64, whole bool) procedure.Times {
	var t procedure.Times
	var own []procedure.StepTime
	l.eachStep(func(p procedure.Programme, step procedure.Step, c *cell) {
		line := procedure.StepTime{Programme: p, Step: step.Code}
		extra := drift(key{Programme: p, Who: step.Who}.pace(), c)
		mean, cv, _ := l.told(p, step, c, extra)
		line.MeanS, line.CvPct = mean, cv
		if c != nil {
			line.N = rounded(c.N)
		}
		if whole || line.N > 0 || mean != step.MeanS {
			t.Steps = append(t.Steps, line)
		}
		for i, ok := l.index(c); ok; {
			if i++; i >= len(l.cells) || l.cells[i].key.anybody() != c.key {
				break
			}
			if o := &l.cells[i]; o.Total >= minOfficerN && math.Abs(o.Level) >= minOfficerLevel {
				line.Officer, line.N = o.Officer, rounded(o.N)
				line.MeanS, _, _ = step.Within(seconds(l.believed(c)*expBound(o.Level)*math.Exp(extra)), cv)
				own = append(own, line)
			}
		}
	})
	slices.SortStableFunc(own, func(a, b procedure.StepTime) int { return cmp.Compare(b.N, a.N) })
	t.Steps = append(t.Steps, own[:min(len(own), max(0, procedure.MaxTimes-len(t.Steps)))]...)
	t.Sort()
	return t
}

// told is a step's mean and spread as they may leave, and whether a limit bit.
func (l *Learner) told(programme procedure.Programme, step procedure.Step, c *cell, extra float64) (mean, cv int, held bool) {
	believed := float64(step.MeanS) * math.Exp(bound(l.pace[key{Programme: programme, Who: step.Who}.pace()].Level, maxLevel))
	spread := step.CvPct
	if c != nil {
		believed, spread = l.believed(c), int(math.Round(100*c.cv()))
		held = c.Clamped
	}
	mean, cv, out := step.Within(seconds(believed*math.Exp(extra)), spread)
	return mean, cv, held || out
}

func seconds(x float64) int { return int(math.Round(max(1, min(x, procedure.MaxMeanS)))) }

func rounded(n float64) int { return min(int(math.Round(n)), procedure.MaxLearnedN) }
