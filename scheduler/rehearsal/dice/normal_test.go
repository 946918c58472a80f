package dice

import (
	"math"
	"testing"
)

// slowNormal turns a number strictly between 0 and 1 into the standard normal
// deviate with that much below it. It solves for the deviate by two Newton
// steps on a series of the distribution's middle, and by a continued fraction
// of its tail, from a rough first guess; the error is below 1e-9, far under
// the second to which durations are rounded.
func slowNormal(p float64) float64 {
	if p > 0.5 {
		return -slowNormal(1 - p)
	}
	x := -guess(p)
	for range 3 {
		below := tail(-x)
		density := exp(-float64(x*x)/2) / sqrtTwoPi
		if density == 0 {
			return x
		}
		step := (below - p) / density
		x -= step / (1 + float64(x*step)/2) // Halley: the density's slope is -x
	}
	return x
}

const sqrtTwoPi = 2.50662827463100050242

// guess is a rough upper deviate for a tail of p at most one half.
func guess(p float64) float64 {
	t := math.Sqrt(-2 * ln(p))
	return t - (2.30753+float64(0.27061*t))/(1+float64(t*(0.99229+float64(0.04481*t))))
}

// tail is the share above x, for x of 0 or more.
func tail(x float64) float64 {
	density := exp(-float64(x*x)/2) / sqrtTwoPi
	if x < 2.5 {
		term, sum := x, x
		for n := 3; n < 60; n += 2 {
			term = float64(term*x) * x / float64(n)
			sum += term
		}
		return 0.5 - float64(density*sum)
	}
	f := 0.0
	for k := 40; k >= 1; k-- {
		f = float64(k) / (x + f)
	}
	return density / (x + f)
}

func TestNormalQuantile(t *testing.T) {
	worst := 0.0
	d := Roll(1, ForSeed, 0, 0)
	for range 20_000 {
		p := d.unit()
		for _, p := range []float64{p, p * 1e-3, p * 1e-9} {
			worst = max(worst, math.Abs(normal(p)-slowNormal(p)))
		}
	}
	if worst > 1e-8 {
		t.Errorf("the quantile is off by up to %g", worst)
	}
	if normal(0.5) != 0 || normal(0.25) != -normal(0.75) {
		t.Error("the quantile is not odd about one half")
	}
}

func BenchmarkNormal(b *testing.B) {
	b.Run("rational", func(b *testing.B) {
		for b.Loop() {
			normal(0.3)
		}
	})
	b.Run("newton", func(b *testing.B) {
		for b.Loop() {
			slowNormal(0.3)
		}
	})
}
