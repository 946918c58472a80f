package report

// Survey is what visitors said of the service (Permenpan RB 14/2017): how often
// each of the nine items U1 to U9 was answered with 1, 2, 3 and 4. Only counts are
// kept: nobody's answers can be put together again.
type Survey struct {
	Answers [SurveyItems][SurveyScale]int `json:"answers"`
	Sheets  int                           `json:"sheets"` // people who answered
}

// The shape of the survey, as the regulation has it.
const (
	SurveyItems = 9
	SurveyScale = 4
)

// Grade is the class of a score.
type Grade string

// The bands of the regulation, in hundredths of a point from 25 to 100. A score
// between two bands, such as 88.305, belongs to the lower.
const (
	gradeA = 8831
	gradeB = 7661
	gradeC = 6500
)

func (s *Survey) add(o *Survey) {
	for i := range s.Answers {
		for k := range s.Answers[i] {
			s.Answers[i][k] += o.Answers[i][k]
		}
	}
	s.Sheets += o.Sheets
}

// Satisfaction is the survey of a period.
type Satisfaction struct {
	Sheets int                `json:"sheets"`
	Score  int                `json:"score"` // in hundredths, 2500 to 10000; 0 without answers
	Grade  Grade              `json:"grade,omitempty"`
	Items  []SurveyItemResult `json:"items"`
}

// SurveyItemResult is one item's answers.
type SurveyItemResult struct {
	Item    string `json:"item"` // u1 to u9
	Answers []int  `json:"answers"`
	N       int    `json:"n"`
	Score   int    `json:"score"` // mean times 25, in hundredths
	Grade   Grade  `json:"grade,omitempty"`
}

// Score is the mean of the items' means times 25, as the regulation counts: every
// item weighs one ninth, however many answered it. Rounded down to a hundredth, so
// that no band is reached by rounding.
func (s *Survey) satisfaction() Satisfaction {
	out := Satisfaction{Sheets: s.Sheets}
	// The items' means have different denominators; the product of at most nine
	// counts would not fit, so each mean is kept in millionths.
	const fine = 1_000_000
	var sum, items int64
	for i := range s.Answers {
		r := SurveyItemResult{Item: "u" + string(rune('1'+i)), Answers: s.Answers[i][:]}
		points := 0
		for k, n := range r.Answers {
			r.N, points = r.N+n, points+n*(k+1)
		}
		if r.N > 0 {
			mean := int64(points) * fine / int64(r.N)
			sum, items = sum+mean, items+1
			r.Score = points * 2500 / r.N
			r.Grade = gradeOf(r.Score)
		}
		out.Items = append(out.Items, r)
	}
	if items > 0 {
		out.Score = int(sum * 2500 / fine / items)
		out.Grade = gradeOf(out.Score)
	}
	return out
}

func gradeOf(score int) Grade {
	switch {
	case score >= gradeA:
		return "A"
	case score >= gradeB:
		return "B"
	case score >= gradeC:
		return "C"
	}
	return "D"
}
