package procedure

import (
	"encoding/json"
	"errors"
	"reflect"
	"testing"
)

// learned is a small set of learned times: any officer's and those of officer 7.
func learned() *Times {
	t := &Times{Steps: []StepTime{
		{JHT, StepVerify, 7, 130, 40, 60},
		{JKM, StepCheck, 0, 80, 50, 10},
		{JHT, StepVerify, 0, 100, 55, 400},
		{JHT, StepForm, 0, 800, 45, 380},
	}}
	t.Sort()
	return t
}

func TestLearnedTimesFallBack(t *testing.T) {
	times := learned()
	if err := times.Validate(); err != nil {
		t.Fatal(err)
	}
	if err := times.Fits(Default()); err != nil {
		t.Fatal(err)
	}
	for _, row := range []struct {
		times    *Times
		p        Programme
		step     StepCode
		officer  int64
		mean, cv int
		ok       bool
	}{
		{times, JHT, StepVerify, 7, 130, 40, true},
		{times, JHT, StepVerify, 8, 100, 55, true},
		{times, JHT, StepVerify, 0, 100, 55, true},
		{times, JHT, StepForm, 7, 800, 45, true},
		{times, JHT, StepClose, 7, 0, 0, false},
		{times, JP, StepVerify, 7, 0, 0, false},
		{nil, JHT, StepVerify, 7, 0, 0, false},
		{&Times{}, JHT, StepVerify, 7, 0, 0, false},
	} {
		if mean, cv, ok := row.times.Of(row.p, row.step, row.officer); mean != row.mean || cv != row.cv || ok != row.ok {
			t.Errorf("%s %s by %d: %d s, %d %%, %v; want %d s, %d %%, %v", row.p, row.step, row.officer, mean, cv, ok, row.mean, row.cv, row.ok)
		}
	}
	if got := times.Officers(); !reflect.DeepEqual(got, []int64{7}) {
		t.Errorf("officers %v have times of their own", got)
	}
}

func TestLearnedTimesAreHeldInABand(t *testing.T) {
	step := Step{StepVerify, Officer, 90, 60}
	for _, row := range []struct{ mean, cv, wantMean, wantCv int }{
		{90, 60, 90, 60}, {22, 60, 22, 60}, {21, 60, 22, 60}, {360, 60, 360, 60}, {361, 60, 360, 60},
		{5000, 500, 360, MaxLearnedCvPct}, {0, 0, 22, MinLearnedCvPct},
	} {
		mean, cv, held := step.Within(row.mean, row.cv)
		if mean != row.wantMean || cv != row.wantCv || held != (row.mean != row.wantMean || row.cv != row.wantCv) {
			t.Errorf("%d s, %d %%: %d s, %d %%, held %v", row.mean, row.cv, mean, cv, held)
		}
	}
	if mean, _, _ := (Step{MeanS: 1}).Within(0, 50); mean != 1 {
		t.Errorf("a step of one second becomes %d s", mean)
	}
	if mean, _, _ := (Step{MeanS: MaxMeanS}).Within(1<<40, 50); mean != MaxMeanS {
		t.Errorf("the longest step becomes %d s", mean)
	}
	wild := &Times{Steps: []StepTime{{JHT, StepVerify, 0, MaxMeanS, 60, 9}}}
	if got := wild.Step(JHT, step, 0); got.MeanS != 360 || wild.Validate() != nil || wild.Fits(Default()) == nil {
		t.Errorf("a wild mean is used as %+v", got)
	}
}

func TestProceduresWithLearnedTimes(t *testing.T) {
	c := Default()
	before, _ := json.Marshal(c)
	for officer, want := range map[int64]int{0: 100, 7: 130, 8: 100} {
		jht := Catalog{Procedures: learned().Procedures(c, officer)}
		proc, _ := jht.Procedure(JHT)
		if proc.Steps[3].MeanS != want || proc.Steps[2].MeanS != 800 || proc.Steps[5].MeanS != 90 {
			t.Errorf("officer %d: %+v", officer, proc.Steps)
		}
	}
	if after, _ := json.Marshal(c); string(after) != string(before) {
		t.Error("the catalogue was changed")
	}
	if got := (*Times)(nil).Procedures(c, 7); !reflect.DeepEqual(got, c.Procedures) {
		t.Error("who knows nothing changes the catalogue")
	}
}

func TestLearnedTimesNameTheField(t *testing.T) {
	for want, spoil := range map[string]func(t *Times){
		"steps":              func(t *Times) { t.Steps = make([]StepTime, MaxTimes+1) },
		"steps[0].programme": func(t *Times) { t.Steps[0].Programme = "XYZ" },
		"steps[1].step":      func(t *Times) { t.Steps[1].Step = "dance" },
		"steps[0].officer":   func(t *Times) { t.Steps[0].Officer = -1 },
		"steps[2].mean_s":    func(t *Times) { t.Steps[2].MeanS = 0 },
		"steps[3].mean_s":    func(t *Times) { t.Steps[3].MeanS = MaxMeanS + 1 },
		"steps[1].mean_s":    func(t *Times) { t.Steps[1].MeanS = 361 },
		"steps[3].step":      func(t *Times) { t.Steps[3].Step = StepSurvey },
		"steps[1].cv_pct":    func(t *Times) { t.Steps[1].CvPct = MaxLearnedCvPct + 1 },
		"steps[0].cv_pct":    func(t *Times) { t.Steps[0].CvPct = MinLearnedCvPct - 1 },
		"steps[0].n":         func(t *Times) { t.Steps[0].N = -1 },
		"steps[1].n":         func(t *Times) { t.Steps[1].N = MaxLearnedN + 1 },
		"steps[1]":           func(t *Times) { t.Steps[1] = t.Steps[0] },
		"steps[3]":           func(t *Times) { t.Steps[2], t.Steps[3] = t.Steps[3], t.Steps[2] },
	} {
		times := learned()
		spoil(times)
		err := times.Validate()
		if err == nil {
			err = times.Fits(Default())
		}
		var field *FieldError
		if !errors.As(err, &field) || field.Field != want {
			t.Errorf("got %v, want an error for %s", err, want)
		}
	}
	if (*Times)(nil).Validate() != nil || (*Times)(nil).Fits(Default()) != nil {
		t.Error("who knows nothing is wrong")
	}
}

func TestLearnedTimesOnTheWire(t *testing.T) {
	b, err := json.Marshal(learned())
	const want = `{"steps":[{"programme":"JHT","step":"form","mean_s":800,"cv_pct":45,"n":380},` +
		`{"programme":"JHT","step":"verify","mean_s":100,"cv_pct":55,"n":400},` +
		`{"programme":"JHT","step":"verify","officer":7,"mean_s":130,"cv_pct":40,"n":60},` +
		`{"programme":"JKM","step":"check","mean_s":80,"cv_pct":50,"n":10}]}`
	if err != nil || string(b) != want {
		t.Errorf("%s, %v", b, err)
	}
	var back Times
	if err := json.Unmarshal(b, &back); err != nil || !reflect.DeepEqual(&back, learned()) {
		t.Errorf("%+v, %v", back, err)
	}
}
