package learning

import (
	"math"
	"slices"

	"lapak/scheduler/procedure"
)

// The model: the logarithm of a step's mean is the catalogue's, plus everybody's
// pace (visitors' or officers'), plus the step's own level, plus the officer's
// against the others at that step. Each is a random walk from day to day and is
// followed by a Kalman filter, the shared ones first, so that what all steps
// have in common is learned from all of them and a rare step moves with the
// others (an additive hierarchy fitted by backfitting; the officers' variance
// is estimated from the officers themselves, as in Laird & Ware 1982).

// maxOfficerLevel bounds an officer against the others: half or twice as long.
const maxOfficerLevel = 0.693

// believed is the mean in seconds, for any officer, as of this morning.
func (l *Learner) believed(c *cell) float64 {
	return float64(c.PriorS) * math.Exp(bound(l.pace[c.pace()].Level+c.Level, maxLevel))
}

func expBound(level float64) float64 { return math.Exp(bound(level, maxOfficerLevel)) }

// word is what a cell's day says before anything has moved.
type word struct {
	y, variance, moved float64
	spoke              bool
}

// fold closes the day: every level follows what the day said. A day on which
// nothing was measured changes nothing.
func (l *Learner) fold() {
	date, number := l.d.Floor.Day.Date, l.d.Floor.Day.Number
	l.tally.fold(date)
	l.foldBreaks()
	words := make([]word, len(l.cells))
	spoke := false
	for i := range l.cells {
		c := &l.cells[i]
		c.Clamped = c.Day.Absurd > c.Day.N // mostly nonsense: the catalogue is far off, or the buttons are
		if c.Day.N == 0 {
			continue
		}
		sigma := l.sigmaFor(c)
		y, variance := c.Day.says(sigma)
		words[i] = word{y: bound(y, maxDayMove), variance: variance, spoke: true}
		c.Clamped, spoke = c.Clamped || words[i].y != y, true
	}
	if spoke {
		l.walk()
		for who := range paceNone {
			l.followPace(who, words)
		}
		l.followSteps(words)
		l.followOfficers(words)
	}
	for i := range l.cells {
		c := &l.cells[i]
		c.Total += c.Day.N
		c.Held += c.Day.Held
		c.Absurd += c.Day.Absurd
		if c.Day.N > 0 {
			c.Last = number
		}
		if c.Officer == 0 {
			c.learnSpread()
		}
		c.Day = tally{}
	}
	l.trim(number)
}

// sigmaFor is the spread of the step, which officers share.
func (l *Learner) sigmaFor(c *cell) float64 {
	if all := l.cells.get(c.key.anybody()); all != nil {
		return all.sigma()
	}
	return c.sigma()
}

// walk makes everything a day less certain, up to what was believed before
// anything was known.
func (l *Learner) walk() {
	for who := range paceNone {
		p := &l.pace[who]
		p.Var = min(p.Var+square(commonWalkSd), square(commonSd))
	}
	for i := range l.cells {
		c := &l.cells[i]
		if c.Officer == 0 {
			c.Var = min(c.Var+square(stepWalkSd), square(catalogueSd))
		} else if all := l.cells.get(c.key.anybody()); all != nil {
			c.Var = min(c.Var+square(officerWalkSd), max(square(minOfficerSd), all.Tau))
		}
	}
}

// followPace moves what all steps of the visitors, or of the officers, share.
func (l *Learner) followPace(who int, words []word) {
	sum, weight := 0.0, 0.0
	for i := range l.cells {
		c := &l.cells[i]
		if c.Officer == 0 && c.Programme != "" && c.pace() == who && words[i].spoke {
			w := 1 / (words[i].variance + c.Var + square(stepNoiseSd))
			sum, weight = sum+w*words[i].y, weight+w
		}
	}
	p := &l.pace[who]
	p.Clamped = false
	if weight == 0 {
		return
	}
	variance := 1/weight + square(dayNoiseSd)
	p.Var = surprise(&p.Z, sum/weight, p.Var, variance)
	gain := p.Var / (p.Var + variance)
	move := gain * sum / weight
	level := bound(p.Level+move, maxLevel)
	p.Clamped = level != p.Level+move
	move, p.Level, p.Var = level-p.Level, level, p.Var*(1-gain)
	for i := range l.cells {
		if c := &l.cells[i]; c.Programme != "" && c.pace() == who {
			words[i].moved = move
		}
	}
}

// followSteps moves each step by what the common pace has left of its word.
func (l *Learner) followSteps(words []word) {
	for i := range l.cells {
		c := &l.cells[i]
		if c.Officer != 0 || !words[i].spoke {
			continue
		}
		pace := l.pace[c.pace()].Level
		move := c.follow(words[i].y-words[i].moved, words[i].variance+square(stepNoiseSd))
		whole := pace + c.Level
		held := bound(whole, maxLevel)
		c.Clamped = c.Clamped || held != whole // compared before the pace is taken off again: that rounds
		level := held - pace
		move, c.Level = move+level-c.Level, level
		for k := i; k < len(l.cells) && l.cells[k].key.anybody() == c.key; k++ {
			words[k].moved += move
		}
	}
}

// followOfficers moves each officer by what the step has left, then centres
// the officers of a step, so that the step is the mean of those who do it, and
// learns how much they differ.
func (l *Learner) followOfficers(words []word) {
	for i := 0; i < len(l.cells); {
		end := i + 1
		for end < len(l.cells) && l.cells[end].key.anybody() == l.cells[i].key {
			end++
		}
		l.officersOf(&l.cells[i], l.cells[i+1:end], words[i+1:end])
		i = end
	}
}

func (l *Learner) officersOf(all *cell, own []cell, words []word) {
	sum, weight := 0.0, 0.0
	squares, count := square(officerSd)*officerSdWeight, float64(officerSdWeight)
	for i := range own {
		c := &own[i]
		if words[i].spoke {
			c.follow(words[i].y-words[i].moved, words[i].variance)
			level := bound(c.Level, maxOfficerLevel)
			c.Clamped = c.Clamped || level != c.Level
			c.Level = level
		}
		sum, weight = sum+c.N*c.Level, weight+c.N
	}
	if weight == 0 {
		return
	}
	centre := sum / weight
	all.Level = bound(all.Level+centre, maxLevel)
	for i := range own {
		own[i].Level -= centre
		squares, count = squares+square(own[i].Level)+own[i].Var, count+1
	}
	all.Tau = squares / count
}

// trim forgets officers who have not been seen for long, and the rarest beyond
// the bound.
func (l *Learner) trim(number int) {
	l.cells = slices.DeleteFunc(l.cells, func(c cell) bool { return c.Officer != 0 && number-c.Last > staleDays })
	for {
		officers, rarest := 0, -1
		for i := range l.cells {
			if l.cells[i].Officer == 0 {
				continue
			}
			officers++
			if rarest < 0 || l.cells[i].N < l.cells[rarest].N {
				rarest = i
			}
		}
		if officers <= maxOfficerCells {
			return
		}
		l.cells = slices.Delete(l.cells, rarest, rarest+1)
	}
}

// eachStep lists the steps of the present catalogue with their cells,
// nil where nothing was measured.
func (l *Learner) eachStep(do func(p procedure.Programme, step procedure.Step, c *cell)) {
	policy := l.d.Floor.Policy
	for _, p := range policy.Procedures.Procedures {
		for _, step := range p.WithBriefing(procedure.Briefing(policy.Briefing)).Steps {
			do(p.Programme, step, l.cells.get(key{Programme: p.Programme, Step: step.Code, Who: step.Who}))
		}
	}
}
