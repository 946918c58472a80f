package rehearsal

import (
	"lapak/scheduler"

	"lapak/scheduler/rehearsal/dice"
)

// When people answer the questions: most of those who do at the booth, before the
// seat is given to the next, the others later on their own phone.
const (
	surveyAtBoothPct = 60
	surveyBoothLowS  = 15
	surveyBoothHighS = 75 // less than the change of a seat takes
	surveyPhoneLowS  = 3 * minuteS
	surveyPhoneHighS = 50 * minuteS
	surveySkipPct    = 4 // of the questions
)

// surveyTop and surveyLow are, for each question, how many of a hundred people who
// are content choose the best answer, and how many of the others one of the lower
// two. No office has published such shares by question; these put an ordinary day
// near the bound between the classes B and A (88.31, domain.md 6.4), the free service
// highest and the time lowest.
var (
	surveyTop = [scheduler.SurveyItems]int{62, 55, 44, 88, 58, 64, 70, 50, 57}
	surveyLow = [scheduler.SurveyItems]int{6, 9, 22, 2, 8, 5, 4, 14, 9}
)

// surveyed lets a visit that has just left its seats answer, sooner or later. It plans
// nothing for a day without a survey, and its luck is a stream of its own, so that
// everything else of the day is the same with it and without.
func (w *World) surveyed(now scheduler.Time, s *scheduler.State, seat *scheduler.Seat) {
	v := s.Visit(seat.LastVisit)
	if w.c.Luck.SurveyPct == 0 || v == nil || v.State != scheduler.Settled || w.asked[v.ID] {
		return
	}
	if w.asked == nil {
		w.asked = map[scheduler.VisitID]bool{}
	}
	w.asked[v.ID] = true
	who := w.who(v.ID)
	d := dice.Roll(w.c.Seed, dice.ForSurvey, who, 0)
	if !d.Pct(w.c.Luck.SurveyPct) {
		return
	}
	a := act{kind: actSurvey, who: who, visit: v.ID}
	if d.Pct(surveyAtBoothPct) {
		a.room, a.no, a.at = seat.Room, seat.No, now+d.Between(surveyBoothLowS, surveyBoothHighS)
	} else {
		a.at = now + d.Between(surveyPhoneLowS, surveyPhoneHighS)
	}
	w.plan(a)
}

// answer gives the answers: at the booth as long as it is that person's, else on the
// phone. The world does not look up because of it: nobody on the floor does.
func (w *World) answer(now scheduler.Time, s *scheduler.State, a act) {
	v := s.Visit(a.visit)
	if v == nil || v.State != scheduler.Settled {
		return
	}
	c := scheduler.AnswerSurvey{Visit: v.ID, Answers: w.answers(s, v, a.who)}
	by := scheduler.Actor{Role: scheduler.ByVisitor}
	if seat := s.Seat(a.room, a.no); seat != nil && seat.State == scheduler.SeatCleaning && seat.LastVisit == v.ID {
		c.Room, c.No, by = a.room, a.no, booth(a.room, a.no)
	}
	looked := w.looked == s.Seq
	if _, err := w.do(now, scheduler.Order{By: by, Command: c}); err == nil && looked && w.state().Seq == s.Seq+1 {
		w.looked = s.Seq + 1
	}
}

// answers are one visit's. Most people are content or not with everything; what they
// say of the time follows the wait, and a claim that was not taken is held against
// the requirements and the product.
func (w *World) answers(s *scheduler.State, v *scheduler.Visit, who int64) (a scheduler.Answers) {
	const requirements, timing, product = 0, 2, 4
	d := dice.Roll(w.c.Seed, dice.ForSurvey, who, 1)
	content := d.Pct(80)
	taken := true
	for _, c := range s.ClaimsOf(v) {
		taken = taken && c.Outcome != scheduler.Returned && c.Outcome != scheduler.Refused
	}
	waited := v.FirstCall - s.WaitStart(v)
	promised := int64(s.Floor.Policy.Goals.PromisedWaitS)
	for i := range a {
		top, low := surveyTop[i], surveyLow[i]
		if i == timing && waited > promised || (i == requirements || i == product) && !taken {
			top, low = top/3, min(100, 3*low)
		} else if i == timing && 2*waited < promised {
			top += (100 - top) / 2
		}
		switch skip, best, bad, worst := d.Pct(surveySkipPct), d.Pct(top), d.Pct(low), d.Pct(20); {
		case skip && i > 0: // an answer without any is none
		case content && best:
			a[i] = scheduler.SurveyTop
		case !content && bad && worst:
			a[i] = 1
		case bad && (!content || i == timing):
			a[i] = 2
		default:
			a[i] = 3
		}
	}
	return a
}
