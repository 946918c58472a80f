package dice

import (
	"math"
	"testing"
)

func TestLengthsHaveTheirMeanAndSpread(t *testing.T) {
	for _, x := range []struct{ mean, cv int }{{720, 50}, {90, 60}, {360, 70}, {60, 0}, {600, 300}} {
		d := Roll(1, ForStep, int64(x.mean), int64(x.cv))
		const n = 60_000
		sum, squares := 0.0, 0.0
		for range n {
			v := float64(d.Seconds(x.mean, x.cv))
			sum, squares = sum+v, squares+v*v
		}
		mean := sum / n
		cv := 100 * math.Sqrt(max(0, squares/n-mean*mean)) / mean
		if math.Abs(mean/float64(x.mean)-1) > 0.04 || (x.cv < 100 && math.Abs(cv-float64(x.cv)) > 2) {
			t.Errorf("mean %d, spread %d: drawn %.1f and %.1f", x.mean, x.cv, mean, cv)
		}
	}
}

func TestOwnFunctionsAreThose(t *testing.T) {
	for x := 1e-9; x < 1e9; x *= 1.7 {
		if math.Abs(ln(x)-math.Log(x)) > 1e-13*max(1, math.Abs(math.Log(x))) {
			t.Errorf("ln(%g) = %g", x, ln(x))
		}
	}
	for x := -40.0; x < 40; x += 0.37 {
		if math.Abs(exp(x)/math.Exp(x)-1) > 1e-12 {
			t.Errorf("exp(%g) = %g", x, exp(x))
		}
	}
	for p := 1e-12; p < 1; p += 0.0017 {
		z := normal(p)
		if back := 0.5 * math.Erfc(-z/math.Sqrt2); math.Abs(back-p) > 1e-9 {
			t.Errorf("normal(%g) = %g, below which lies %g", p, z, back)
		}
	}
}
