package learning

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"lapak/scheduler/calendar"
	"lapak/scheduler/procedure"
)

// key names a figure: a step of a programme done by somebody, for one officer
// or any (0). A span of the branch itself has no programme.
type key struct {
	Programme procedure.Programme `json:"p,omitempty"`
	Step      procedure.StepCode  `json:"s"`
	Who       procedure.Who       `json:"w"`
	Officer   int64               `json:"o,omitempty"`
}

func (k key) compare(o key) int {
	return cmp.Or(strings.Compare(string(k.Programme), string(o.Programme)), strings.Compare(string(k.Step), string(o.Step)),
		cmp.Compare(k.Who, o.Who), cmp.Compare(k.Officer, o.Officer))
}

// anybody is the key of the same step by any officer.
func (k key) anybody() key { k.Officer = 0; return k }

// Spans that belong to no procedure, with what is believed of them at first.
const (
	spanSeatChange = "seat_change"  // a seat left until a person says that it is clean
	spanWalk       = "call_to_seat" // called until seated
)

// cell is what is learned of one key. Of a step for any officer the level is
// the logarithm of mean over catalogue, less everybody's common pace; of one
// officer it is the logarithm of that officer's mean over the step's.
type cell struct {
	key
	PriorS  int           `json:"prior"` // the catalogue's mean that Level is relative to
	PriorCv int           `json:"prior_cv"`
	Level   float64       `json:"level"`
	Var     float64       `json:"var"` // of Level
	Spread  float64       `json:"spread"`
	SpreadN float64       `json:"spread_n"` // observations behind Spread; forgotten ones taken off
	N       float64       `json:"n"`        // observations behind Level, in the same way
	Total   int64         `json:"total"`
	Since   calendar.Date `json:"since"` // of the first observation, or of the last reset
	Last    int           `json:"last"`  // the journal's number of the day that measured it last
	Absurd  int64         `json:"absurd,omitempty"`
	Held    int64         `json:"held,omitempty"`    // values that were winsorised
	Clamped bool          `json:"clamped,omitempty"` // a limit bit at the last day's close
	Tau     float64       `json:"tau,omitempty"`     // variance between officers
	Z       float64       `json:"z,omitempty"`       // the last day's surprise, in standard deviations
	Day     tally         `json:"day"`
}

// tally is one day's observations of a cell, relative to what was believed in
// the morning. Nothing in it depends on the order of the day.
type tally struct {
	N      int64   `json:"n,omitempty"`
	Ratio  float64 `json:"r,omitempty"`  // winsorised values over the believed mean
	Log    float64 `json:"l,omitempty"`  // winsorised logarithms of the same
	Log2   float64 `json:"l2,omitempty"` // and their squares
	Held   int64   `json:"h,omitempty"`
	Absurd int64   `json:"a,omitempty"`
	Cut    int64   `json:"c,omitempty"`  // steps that were interrupted
	Meant  float64 `json:"cm,omitempty"` // the lengths that were to be expected of them at their age
	Known  float64 `json:"ck,omitempty"` // how much of a whole observation they are
}

func newCell(k key, step procedure.Step, date calendar.Date) cell {
	c := cell{key: k, PriorS: max(1, step.MeanS), PriorCv: step.CvPct, Since: date}
	c.forget(date)
	return c
}

// forget goes back to the catalogue.
func (c *cell) forget(date calendar.Date) {
	*c = cell{key: c.key, PriorS: c.PriorS, PriorCv: c.PriorCv, Since: date, Var: square(catalogueSd), Tau: square(officerSd)}
	if c.Officer != 0 {
		c.Var = square(officerSd)
	}
}

// rebase keeps the learned mean when the catalogue's has changed.
func (c *cell) rebase(step procedure.Step) {
	if c.Officer == 0 && step.MeanS > 0 && step.MeanS != c.PriorS {
		c.Level = bound(c.Level+math.Log(float64(c.PriorS)/float64(step.MeanS)), maxLevel)
	}
	c.PriorS, c.PriorCv = max(1, step.MeanS), step.CvPct
}

// sigma is the spread of the logarithm: what was measured, with the catalogue's
// as some observations more.
func (c *cell) sigma() float64 {
	prior := square(sigmaOf(max(0.1, float64(c.PriorCv)/100)))
	return math.Sqrt((spreadWeight*prior + c.Spread) / (spreadWeight + c.SpreadN))
}

func (c *cell) cv() float64 { return math.Sqrt(math.Expm1(square(c.sigma()))) }

// observe adds one value to the day, given the mean believed in the morning
// and the step's sigma.
func (t *tally) observe(tookS, believedS, sigma float64) {
	if tookS < minTookS || tookS > absurdHigh*believedS || tookS < absurdLow*believedS {
		t.Absurd++
		return
	}
	middle := -sigma * sigma / 2
	log := math.Log(tookS / believedS)
	held := log
	if math.Abs(log-middle) > winsorSd*sigma {
		held = middle + bound(log-middle, winsorSd*sigma)
		t.Held++
	}
	t.N++
	t.Ratio += math.Exp(held)
	t.Log += held
	t.Log2 += held * held
}

// take adds a whole value, or the beginning of one.
func (t *tally) take(tookS, believedS, sigma float64, cut bool) {
	if cut {
		t.interrupted(tookS, believedS, sigma)
	} else {
		t.observe(tookS, believedS, sigma)
	}
}

// interrupted adds a step that somebody interrupted at an age. To leave it out
// would be to leave out the long ones, which are the more likely to be
// interrupted; so it counts with the length that is expected of one so old.
func (t *tally) interrupted(ageS, believedS, sigma float64) {
	if ageS > absurdHigh*believedS {
		t.Absurd++
		return
	}
	whole, done := given(ageS/believedS, sigma)
	t.Cut++
	t.Meant += whole
	t.Known += done
}

// sum is the day's lengths over the believed mean, how many they are, and how
// many observations they are worth.
func (t *tally) sum(sigma float64) (sum, n, worth float64) {
	return t.Ratio/winsorMean(sigma) + t.Meant, float64(t.N + t.Cut), float64(t.N) + t.Known
}

// says is the day's logarithm of mean over believed mean, and its variance. A
// mean of few values has a skewed logarithm, which the second term mends
// exactly for one value and closely for more.
func (t *tally) says(sigma float64) (y, variance float64) {
	sum, n, worth := t.sum(sigma)
	variance = math.Log1p(math.Expm1(sigma*sigma) / worth)
	return math.Log(sum/n) + variance/2, variance
}

// learnSpread adds the day's spread to the memory.
func (c *cell) learnSpread() {
	c.Spread *= spreadForget
	c.SpreadN *= spreadForget
	if n := float64(c.Day.N); n > 1 {
		c.Spread += max(0, c.Day.Log2-c.Day.Log*c.Day.Log/n) / winsorVariance()
		c.SpreadN += n - 1
	}
}

// follow moves the level by its share of what the day says (one step of a
// Kalman filter of a random walk) and returns the move.
func (c *cell) follow(y, variance float64) float64 {
	c.Var = surprise(&c.Z, y, c.Var, variance)
	gain := c.Var / (c.Var + variance)
	move := gain * y
	c.Level += move
	c.Var *= 1 - gain
	c.N = (1-gain)*c.N + float64(c.Day.N)
	return move
}

// surprise returns the variance of a level in the light of today's word: two
// days in a row that say the same against all expectation mean that the level
// has changed, and then today's word counts almost alone. Otherwise it is as it
// was.
func surprise(last *float64, y, level, variance float64) float64 {
	z := y / math.Sqrt(level+variance)
	if z**last > 0 && min(math.Abs(z), math.Abs(*last)) > surpriseSd {
		level = max(level, y*y)
	}
	*last = z
	return level
}

func bound(x, limit float64) float64 { return max(-limit, min(limit, x)) }

// cells are in ascending order of key.
type cells []cell

func (l cells) find(k key) (int, bool) {
	return slices.BinarySearchFunc(l, k, func(c cell, k key) int { return c.compare(k) })
}

func (l cells) get(k key) *cell {
	if i, ok := l.find(k); ok {
		return &l[i]
	}
	return nil
}

// need returns the cell, made new where there was none.
func (l *cells) need(k key, step procedure.Step, date calendar.Date) *cell {
	i, ok := l.find(k)
	if !ok {
		*l = slices.Insert(*l, i, newCell(k, step, date))
	}
	return &(*l)[i]
}
