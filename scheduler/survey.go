package scheduler

import (
	"math/big"
	"slices"
	"sort"

	"lapak/scheduler/procedure"
)

// The satisfaction survey of the regulation (domain.md 6.4): nine questions, U1
// requirements, U2 procedure, U3 time, U4 fee, U5 product, U6 competence, U7
// conduct, U8 facilities, U9 complaints, each answered from 1 to 4.
const (
	SurveyItems = 9
	SurveyTop   = 4 // the best answer; 0 is a question that was skipped
)

// Answers are one visit's, from U1 to U9; 0 where a question was skipped.
type Answers [SurveyItems]int8

// maxSurveys is how often one visit may answer: people correct themselves once or
// twice, and a page that is stuck must not fill the journal.
const maxSurveys = 5

// Survey is what one visit answered last. It stands beside the dossiers: an act
// of an officer that is taken back restores a dossier, and must neither lose an
// answer nor be barred by it.
type Survey struct {
	Visit   VisitID `json:"visit"`
	Answers Answers `json:"answers"`
	At      Time    `json:"at"`
	Times   int8    `json:"times"` // how often it answered; the last counts
}

// AnswerSurvey gives a visit's answers, or replaces them until the day is over. A
// booth names its own seat: one where another visit sat last is refused.
type AnswerSurvey struct {
	Visit   VisitID
	Answers Answers
	Room    RoomID // 0: said on the visitor's own page
	No      SeatNo
}

// SurveyAnswered keeps a visit's answers; an earlier event of the same visit
// counts no more.
type SurveyAnswered struct {
	Visit   VisitID `json:"visit"`
	Answers Answers `json:"answers"`
}

// Kind is the event's stable name on the wire.
func (SurveyAnswered) Kind() string { return "survey.answered" }

func (c AnswerSurvey) decide(d *Draft) error {
	v, err := d.visit(c.Visit)
	if err != nil {
		return err
	}
	if err := c.Answers.check(); err != nil {
		return err
	}
	if c.Room != 0 {
		seat := d.Seat(c.Room, c.No)
		if seat == nil {
			return unknown("seat", "seat", c.No)
		}
		if seat.Visit != v.ID && (seat.State != SeatCleaning || seat.LastVisit != v.ID) {
			return conflict("other_visitor", "This seat is not number %s's any more.", d.label(v))
		}
	}
	if !d.surveyDue(v) {
		return conflict("survey_not_due", "Number %s is %s; the questions are for whoever was served, until the end of that day.", d.label(v), v.State)
	}
	if old := d.Survey(v.ID); old != nil {
		if old.Answers == c.Answers {
			return conflict("no_change", "Number %s has answered so already.", d.label(v))
		}
		if old.Times >= maxSurveys {
			return conflict("survey_enough", "Number %s has answered %d times; the last answers count.", d.label(v), maxSurveys)
		}
	}
	d.emit(SurveyAnswered{Visit: v.ID, Answers: c.Answers})
	return nil
}

func (a Answers) check() error {
	given := false
	for i, n := range a {
		if n < 0 || n > SurveyTop {
			return invalid("answers", "out_of_range", "Question U%d is answered from 1 to %d; 0 skips it.", i+1, SurveyTop)
		}
		given = given || n != 0
	}
	if !given {
		return invalid("answers", "survey_empty", "Answer at least one of the questions, or leave the survey out.")
	}
	return nil
}

// SurveyDue reports whether the visit may answer now: it was served today by the
// wall clock, also after the doors closed, or it sits at a step that asks.
func (s *State) SurveyDue(v *Visit, now Time) bool {
	f := &s.Floor
	today := f.Policy.Calendar.Zone.DateOf(f.Wall(now))
	switch v.State {
	case Settled:
		return v.Date == f.Day.Date && today <= v.Date
	case Seated:
		for _, c := range s.ClaimsOf(v) {
			if step, ok := f.stepOf(c); ok && c.Outcome == NoOutcome && step.Code == procedure.StepSurvey {
				return true
			}
		}
	}
	return false
}

func (d *Draft) surveyDue(v *Visit) bool { return d.SurveyDue(v, d.now) }

func (e SurveyAnswered) apply(s *State) {
	if s.Visit(e.Visit) == nil {
		panic("a visit that there is not has answered")
	}
	i := sort.Search(len(s.Surveys), func(i int) bool { return s.Surveys[i].Visit >= e.Visit })
	list := slices.Clone(s.Surveys) // a published state keeps its own
	if i == len(list) || list[i].Visit != e.Visit {
		list = slices.Insert(list, i, Survey{Visit: e.Visit})
	}
	list[i].Answers, list[i].At = e.Answers, s.cap.at
	list[i].Times++
	s.Surveys = list
}

// Survey returns what the visit answered, or nil.
func (s *State) Survey(id VisitID) *Survey {
	i := sort.Search(len(s.Surveys), func(i int) bool { return s.Surveys[i].Visit >= id })
	if i < len(s.Surveys) && s.Surveys[i].Visit == id {
		return &s.Surveys[i]
	}
	return nil
}

// SurveyTally counts the answers of many visits: how often each question got
// each answer, from the worst.
type SurveyTally struct {
	Visits int                         `json:"visits"`
	Counts [SurveyItems][SurveyTop]int `json:"counts"`
}

// Add counts one visit's answers; skipped questions count nowhere.
func (t *SurveyTally) Add(a Answers) {
	t.Visits++
	for i, n := range a {
		if n >= 1 && n <= SurveyTop {
			t.Counts[i][n-1]++
		}
	}
}

// item is how many answered a question, and the sum of their answers.
func (t *SurveyTally) item(i int) (n, sum int64) {
	for k, count := range t.Counts[i] {
		n += int64(count)
		sum += int64(count) * int64(k+1)
	}
	return n, sum
}

// Item is the score of one question in hundredths of a point, from 2500 to
// 10000: its mean times 25. Nobody answered: false.
func (t *SurveyTally) Item(i int) (hundredths int, ok bool) {
	n, sum := t.item(i)
	if n == 0 {
		return 0, false
	}
	return roundHundredths(big.NewRat(sum, n)), true
}

// Score is the branch's: the mean of the questions' means, each of the same
// weight, times 25, in hundredths of a point. Questions that nobody answered are
// left out of it. Nobody answered anything: false.
func (t *SurveyTally) Score() (hundredths int, ok bool) {
	sum, asked := new(big.Rat), int64(0)
	for i := range t.Counts {
		if n, points := t.item(i); n > 0 {
			sum.Add(sum, big.NewRat(points, n))
			asked++
		}
	}
	if asked == 0 {
		return 0, false
	}
	return roundHundredths(sum.Mul(sum, big.NewRat(1, asked))), true
}

// roundHundredths is 25 times the mean in hundredths, halves rounded up: the
// classes meet without a gap at two decimals.
func roundHundredths(mean *big.Rat) int {
	x := new(big.Rat).Mul(mean, big.NewRat(2*2500, 1))
	whole := new(big.Int).Quo(x.Num(), x.Denom())
	return int(whole.Int64()+1) / 2
}

// SurveyPolicy is from which score on, in hundredths of a point, the branch's
// service has a class. 0 means the regulation's own.
type SurveyPolicy struct {
	A int `json:"class_a,omitempty"`
	B int `json:"class_b,omitempty"`
	C int `json:"class_c,omitempty"`
}

// The regulation's classes (Permenpan RB 14/2017), and the least and the most that
// a score can be, in hundredths of a point.
const (
	surveyA    = 8831
	surveyB    = 7661
	surveyC    = 6500
	SurveyLow  = 2500
	SurveyHigh = 10000
)

// Classes are the thresholds in force.
func (p SurveyPolicy) Classes() (a, b, c int) {
	use := func(own, regulation int) int {
		if own == 0 {
			return regulation
		}
		return own
	}
	return use(p.A, surveyA), use(p.B, surveyB), use(p.C, surveyC)
}

// Class names the class of a score: A, B, C or D.
func (p SurveyPolicy) Class(hundredths int) string {
	a, b, c := p.Classes()
	switch {
	case hundredths >= a:
		return "A"
	case hundredths >= b:
		return "B"
	case hundredths >= c:
		return "C"
	}
	return "D"
}

func (p SurveyPolicy) validate() error {
	a, b, c := p.Classes()
	if a > SurveyHigh || c < SurveyLow || a <= b || b <= c {
		return invalid("survey.class_a", "out_of_range", "The classes begin at %d, %d and %d hundredths of a point; they must fall from A to C, between %d and %d.",
			a, b, c, SurveyHigh, SurveyLow)
	}
	return nil
}
