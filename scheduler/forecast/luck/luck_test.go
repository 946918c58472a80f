package luck

import (
	"math"
	"testing"
)

// The deviates and the lognormal tables are held to the floating point of the
// standard library, which the package itself must not use.
func TestNormalsAndLognormals(t *testing.T) {
	for i, z := range normals {
		want := math.Sqrt2 * math.Erfinv(2*(float64(i)+0.5)/grain-1)
		if got := float64(z) / float64(one); math.Abs(got-want) > 0.004 {
			t.Fatalf("deviate %d is %.4f, not %.4f", i, got, want)
		}
	}
	for _, x := range []int64{1, 2, 3, 10, 999, 1 << 20, 1<<40 + 12345} {
		if got, want := float64(ln(x, 0))/float64(one), math.Log(float64(x)); math.Abs(got-want) > 1e-4 {
			t.Errorf("ln %d is %.6f, not %.6f", x, got, want)
		}
	}
	for _, x := range []float64{-12, -3.3, -1, -0.01, 0, 0.5, 1, 2.7, 9} {
		if got, want := float64(exp(int64(x*float64(one))))/float64(one), math.Exp(x); math.Abs(got-want) > 1e-4*(1+want) {
			t.Errorf("exp %.2f is %.6f, not %.6f", x, got, want)
		}
	}
	for _, step := range []struct{ mean, cv int }{{60, 50}, {180, 20}, {720, 50}, {360, 70}, {90, 60}, {600, 120}, {1, 10}} {
		d := NewTable(step.mean, step.cv)
		sum, square := 0.0, 0.0
		for i, x := range d.at {
			if i > 0 && x < d.at[i-1] {
				t.Fatalf("%+v: the table goes down at %d", step, i)
			}
			sum += float64(x)
			square += float64(x) * float64(x)
		}
		mean := sum / grain
		cv := 100 * math.Sqrt(square/grain-mean*mean) / mean
		if step.mean > 1 && (math.Abs(mean-float64(step.mean)) > 0.01*float64(step.mean)+0.5 || cv < 0.9*float64(step.cv) || cv > 1.02*float64(step.cv)) {
			t.Errorf("%+v: mean %.1f, spread %.1f %%", step, mean, cv)
		}
	}
}

// A step that is nine minutes old is not a fresh one: what is drawn is longer
// than its age, and what is left of a lognormal step grows with its age.
func TestWhatIsLeftOfAStep(t *testing.T) {
	d := NewTable(720, 50)
	left := func(age int64) float64 {
		r, sum := Stream(7), 0.0
		const n = 20_000
		for range n {
			x := d.Draw(&r, age)
			if x <= age {
				t.Fatalf("%d s is drawn for a step of %d s already", x, age)
			}
			sum += float64(x-age) / n
		}
		return sum
	}
	fresh, nine, hour, day := left(0), left(540), left(3600), left(86_400)
	if math.Abs(fresh-720) > 10 || nine < 0.4*fresh || nine > 0.6*fresh {
		t.Errorf("fresh %.0f s, after nine minutes %.0f s", fresh, nine)
	}
	if hour < 300 || hour > 2500 || day < 20_000 || day > 40_000 {
		t.Errorf("after an hour %.0f s are left, after a day %.0f s", hour, day)
	}
}
