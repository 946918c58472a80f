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

// runningSteps are the steps under way at a time.
func (l *Learner) runningSteps(at scheduler.Time) []running {
	s := l.d.State
	var list []running
	for i := range s.Floor.Seats {
		seat := &s.Floor.Seats[i]
		c := s.Claim(seat.Claim)
		if c == nil || (seat.State != scheduler.SeatPreparing && seat.State != scheduler.SeatWithOfficer) || l.marked(c) {
			continue
		}
		steps := s.Steps(c)
		if int(c.Step) >= len(steps) || (l.clock != 0 && c.StepSince <= l.clock) {
			continue
		}
		step := steps[c.Step]
		if (step.Who == procedure.Visitor) != (seat.State == scheduler.SeatPreparing) || (step.Who == procedure.Visitor && seat.Since != c.StepSince) {
			continue
		}
		k, ok := l.cells.find(key{Programme: c.Programme, Step: step.Code, Who: step.Who})
		if !ok || step.Who == procedure.Group {
			continue
		}
		all := &l.cells[k]
		believed := l.believed(all)
		for j := range s.Floor.Officers {
			if o := &s.Floor.Officers[j]; o.WithRoom == seat.Room && o.WithSeat == seat.No {
				if own := l.cells.get(key{all.Programme, all.Step, all.Who, int64(o.ID)}); own != nil {
					believed *= expBound(own.Level)
				}
			}
		}
		if age := float64(max(0, at-c.StepSince)) / believed; age <= absurdHigh {
			list = append(list, running{k, age, all.sigma()})
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
	n, informed := float64(c.Day.N), float64(c.Day.N)
	sum := c.Day.Ratio / winsorMean(sigma)
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
