package scheduler

import (
	"errors"
	"testing"
)

func TestTheScoreOfTheSurvey(t *testing.T) {
	all := func(n int8) (a Answers) {
		for i := range a {
			a[i] = n
		}
		return a
	}
	var none SurveyTally
	if _, ok := none.Score(); ok {
		t.Error("nobody has answered, and there is a score")
	}
	for _, x := range []struct {
		answers []Answers
		score   int
		class   string
	}{
		{[]Answers{all(1)}, 2500, "D"},
		{[]Answers{all(4)}, 10000, "A"},
		{[]Answers{all(3), all(4)}, 8750, "B"},
		// skipped questions have no weight, and each asked one the same
		{[]Answers{{4}, {4, 2}}, 7500, "C"},
		// (4+4+4+4+4+3+3+3+3)/9 = 3.5555…: 88.888… is rounded to 88.89
		{[]Answers{{4, 4, 4, 4, 4, 3, 3, 3, 3}}, 8889, "A"},
	} {
		var tally SurveyTally
		for _, a := range x.answers {
			tally.Add(a)
		}
		score, ok := tally.Score()
		if class := (SurveyPolicy{}).Class(score); !ok || score != x.score || class != x.class || tally.Visits != len(x.answers) {
			t.Errorf("%v: %d %s, want %d %s", x.answers, score, class, x.score, x.class)
		}
	}
}

func TestTheClassesOfTheSurvey(t *testing.T) {
	regulation, own := SurveyPolicy{}, SurveyPolicy{A: 9000, C: 7000}
	for _, x := range []struct {
		score       int
		class, mine string
	}{
		{10000, "A", "A"}, {9000, "A", "A"}, {8999, "A", "B"}, {8831, "A", "B"}, {8830, "B", "B"}, {7661, "B", "B"},
		{7660, "C", "C"}, {7000, "C", "C"}, {6999, "C", "D"}, {6500, "C", "D"}, {6499, "D", "D"}, {2500, "D", "D"},
	} {
		if got := regulation.Class(x.score); got != x.class {
			t.Errorf("%d is %s by the regulation, want %s", x.score, got, x.class)
		}
		if got := own.Class(x.score); got != x.mine {
			t.Errorf("%d is %s by the branch, want %s", x.score, got, x.mine)
		}
	}
	for _, bad := range []SurveyPolicy{{A: 7000}, {C: 9000}, {C: 2000}, {A: 10001}, {B: 8831}} {
		p := DefaultPolicy()
		p.Survey = bad
		var no *Refusal
		if err := p.Validate(); !errors.As(err, &no) || no.Code != "out_of_range" {
			t.Errorf("%+v: %v, want out_of_range", bad, err)
		}
	}
}
