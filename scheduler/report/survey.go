package report

import (
	"strconv"

	"lapak/scheduler"
)

// Satisfaction is the survey of a period: nine questions, their scores and classes.
// A score is in hundredths of a point, 2500 to 10000; 0 without answers.
type Satisfaction struct {
	Visits int        `json:"visits"` // that answered
	Score  int        `json:"score"`
	Class  string     `json:"class,omitempty"`
	Items  []Question `json:"items"`
}

// Question is one question's answers.
type Question struct {
	Item    string `json:"item"`    // u1 to u9
	Answers []int  `json:"answers"` // how many gave 1, 2, 3 and 4
	N       int    `json:"n"`
	Score   int    `json:"score"`
	Class   string `json:"class,omitempty"`
}

// tallyOf counts what the day's visits answered so far.
func tallyOf(s *scheduler.State) (t scheduler.SurveyTally) {
	for i := range s.Surveys {
		t.Add(s.Surveys[i].Answers)
	}
	return t
}

func merge(t *scheduler.SurveyTally, o *scheduler.SurveyTally) {
	t.Visits += o.Visits
	for i := range t.Counts {
		for k := range t.Counts[i] {
			t.Counts[i][k] += o.Counts[i][k]
		}
	}
}

// satisfaction scores the answers by the classes in force on the period's last day.
func satisfaction(t *scheduler.SurveyTally, classes scheduler.SurveyPolicy) Satisfaction {
	out := Satisfaction{Visits: t.Visits, Items: []Question{}}
	for i := range t.Counts {
		q := Question{Item: "u" + strconv.Itoa(i+1), Answers: t.Counts[i][:]}
		for _, n := range q.Answers {
			q.N += n
		}
		if score, ok := t.Item(i); ok {
			q.Score, q.Class = score, classes.Class(score)
		}
		out.Items = append(out.Items, q)
	}
	if score, ok := t.Score(); ok {
		out.Score, out.Class = score, classes.Class(score)
	}
	return out
}
