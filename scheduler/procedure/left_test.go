package procedure

import (
	"math"
	"testing"
)

// leftBySums is the mean residual life worked out from the distribution itself.
func leftBySums(mean, cv, age float64) float64 {
	sigma := math.Sqrt(math.Log1p(cv * cv))
	const n = 4_000
	from := max(-9, (math.Log(age/mean)+sigma*sigma/2)/sigma)
	var sum, mass float64
	for i := range n { // the tail beyond the age, relative to its beginning
		z := from + 18*(float64(i)+0.5)/n
		p := math.Exp(-(z*z - from*from) / 2)
		sum, mass = sum+p*mean*math.Exp(sigma*z-sigma*sigma/2), mass+p
	}
	return sum/mass - age
}

func TestLeftFollowsTheLognormal(t *testing.T) {
	for cv := 10; cv <= 120; cv += 5 {
		step := Step{StepForm, Visitor, 10_000, cv}
		for age := int64(500); age <= 40_000; age += 500 {
			want := leftBySums(10_000, float64(cv)/100, float64(age))
			slack := 25.0 // on the table's own lines: its rounding
			if cv%10 != 0 || age%2500 != 0 {
				slack = 700 // between them: the bend of the curve, 7 percent of a mean where it is sharpest
			}
			if got := float64(step.LeftS(age)); math.Abs(got-want) > slack {
				t.Errorf("cv %d %%, %d s old: %.0f s left, want %.0f", cv, age, got, want)
			}
		}
	}
}

func TestLeftIsNeverNothing(t *testing.T) {
	for _, step := range []Step{{StepForm, Visitor, 720, 50}, {StepForm, Visitor, 1, 0}, {StepForm, Visitor, MaxMeanS, MaxCvPct}, {}} {
		if step.LeftS(0) != int64(max(1, step.MeanS)) || step.LeftS(-5) != step.LeftS(0) {
			t.Errorf("%+v: %d s of a fresh step are left", step, step.LeftS(0))
		}
		before := int64(0)
		for _, age := range []int64{1, 60, 720, 2000, 14_400, 60_000, 1 << 40} {
			if left := step.LeftS(age); left < 1 || left > 4*int64(max(1, step.MeanS)) || age+left < before {
				t.Errorf("%+v, %d s old: %d s left", step, age, left)
			} else {
				before = age + left
			}
		}
	}
}
