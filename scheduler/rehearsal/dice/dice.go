package dice

import "math"

// Stream is a small seeded stream of random numbers (splitmix64). Every decision
// of a day has a stream of its own, named by what it is about and whom it
// concerns, so that one person's luck does not depend on the order in which
// the others acted: two policies rehearsed with one seed meet the same people.
type Stream uint64

// Purpose names what a stream is for.
type Purpose uint64

// The purposes: what is drawn for whom.
const (
	ForGuest Purpose = iota + 1
	ForWalk
	ForShow
	ForPatience
	ForStepOut
	ForPapers
	ForDesk
	ForStep
	ForOfficer
	ForOutcome
	ForHelp
	ForMischief
	ForSeed
	ForArrivals
	ForSurvey
)

const (
	golden = 0x9e3779b97f4a7c15
	mixA   = 0xbf58476d1ce4e5b9
	mixB   = 0x94d049bb133111eb
)

func mix(x uint64) uint64 {
	x = (x ^ x>>30) * mixA
	x = (x ^ x>>27) * mixB
	return x ^ x>>31
}

// Roll returns the stream for a purpose, whom it concerns, and how often.
func Roll(seed uint64, p Purpose, who, n int64) Stream {
	x := mix(seed + golden)
	x = mix(x ^ uint64(p)*mixA)
	x = mix(x ^ uint64(who)*golden)
	return Stream(mix(x ^ uint64(n)*mixB))
}

// Next returns 64 random bits.
func (d *Stream) Next() uint64 {
	*d += golden
	return mix(uint64(*d))
}

// Below returns a whole number from 0 to n-1; n below 1 counts as 1. The bias
// of the remainder is under 2^-40 for the ranges used here.
func (d *Stream) Below(n int64) int64 { return int64(d.Next() % uint64(max(1, n))) }

// Between returns a whole number from low to high, both included.
func (d *Stream) Between(low, high int64) int64 { return low + d.Below(high-low+1) }

// Pct is true in so many of a hundred cases.
func (d *Stream) Pct(p int) bool { return int(d.Below(100)) < p }

// Pick returns an index with the given weights; their sum must be above 0.
func (d *Stream) Pick(weights ...int) int {
	sum := 0
	for _, w := range weights {
		sum += w
	}
	at := int(d.Below(int64(sum)))
	for i, w := range weights {
		if at -= w; at < 0 {
			return i
		}
	}
	return len(weights) - 1
}

// unit returns a number strictly between 0 and 1.
func (d *Stream) unit() float64 { return (float64(d.Next()>>11) + 0.5) / (1 << 53) }

// Durations are drawn with floating point, because the lognormal needs it, in
// basic operations, math.Sqrt and math.Ldexp only, each of which is exact or
// correctly rounded everywhere; the conversions keep a compiler from fusing a
// product with a sum. So every machine draws the same seconds.

// Seconds draws a lognormal duration with a mean and a spread in percent of
// it, rounded to the nearest second and at least 1.
func (d *Stream) Seconds(meanS, cvPct int) int64 {
	return NewLognormal(meanS, cvPct).Draw(d)
}

// Lognormal is a lognormal with its parameters worked out.
type Lognormal struct{ mu, sigma float64 }

// NewLognormal works out the lognormal with a mean in seconds and a spread in percent
// of it.
func NewLognormal(meanS, cvPct int) Lognormal {
	cv := float64(cvPct) / 100
	variance := ln(1 + float64(cv*cv))
	return Lognormal{mu: ln(float64(max(1, meanS))) - variance/2, sigma: math.Sqrt(variance)}
}

// Draw draws a duration in whole seconds, at least 1.
func (s Lognormal) Draw(d *Stream) int64 {
	return WholeSeconds(exp(s.mu + float64(s.sigma*normal(d.unit()))))
}

// Exponential draws an exponential duration, in the unit of its mean.
func (d *Stream) Exponential(mean float64) float64 { return -mean * ln(d.unit()) }

// WholeSeconds rounds to the nearest second, at least 1.
func WholeSeconds(x float64) int64 { return max(1, int64(x+0.5)) }

// ln is the natural logarithm of a positive number: the exponent times ln 2
// and a series in (m-1)/(m+1), whose terms fall by more than 30 each.
func ln(x float64) float64 {
	m, e := math.Frexp(x)
	if m < math.Sqrt2/2 {
		m, e = m*2, e-1
	}
	t := (m - 1) / (m + 1)
	square := float64(t * t)
	sum := 0.0
	for k := 25; k >= 1; k -= 2 {
		sum = float64(sum*square) + 1/float64(k)
	}
	return float64(2*t*sum) + float64(float64(e)*math.Ln2)
}

// exp is the exponential: a power of two and a Taylor series of the rest,
// which is below 0.35.
func exp(x float64) float64 {
	if x > 700 {
		x = 700
	}
	if x < -700 {
		return 0
	}
	k := math.Floor(x/math.Ln2 + 0.5)
	r := x - float64(k*math.Ln2)
	sum := 1.0
	for n := 14; n >= 1; n-- {
		sum = 1 + float64(sum*r)/float64(n)
	}
	return math.Ldexp(sum, int(k))
}
