package web

import (
	"net/http"
	"strconv"

	"lapak/hall"
	"lapak/hall/board"
	"lapak/scheduler"
)

// ticket finds the visit of a visitor's link. A link that nobody has and one that
// is over look the same.
func (c *call) ticket() (*scheduler.Visit, error) {
	return ticketOf(c.state(), scheduler.Hash(linkHash(c.param("link"))))
}

func ticketOf(state *scheduler.State, link scheduler.Hash) (*scheduler.Visit, error) {
	if v := board.ByLink(state, link); v != nil {
		return v, nil
	}
	return nil, errNotFound
}

// getTicket is the visitor's own view.
func getTicket(c *call) (reply, error) {
	v, err := c.ticket()
	if err != nil {
		return reply{}, err
	}
	return ok(board.Ticket(c.state(), v, c.s.o.Branch.Now()))
}

// viewTicket is the same view as the live page has.
func viewTicket(c *call) (reply, error) {
	if _, err := c.query(); err != nil {
		return reply{}, err
	}
	v, err := c.ticket()
	if err != nil {
		return reply{}, err
	}
	return c.viewOf(subjectOf(v))
}

func subjectOf(v *scheduler.Visit) string {
	return visitSubject + "/" + strconv.FormatInt(int64(v.ID), 10)
}

// followTicket makes the request the live page of the visit until it goes. A visit has
// places for a family's phones; who opens more pushes their oldest out.
func followTicket(c *call) (reply, error) {
	v, err := c.ticket()
	if err != nil {
		return reply{}, c.turnAway(err)
	}
	leave, ok := c.s.crowd.enter(c.s.clientPrefix(c.r))
	if !ok {
		return reply{}, later(http.StatusTooManyRequests, "too_many_requests", busyFeedS, "Too many live pages are open from this network. The page works without, and is read anew by itself.")
	}
	defer leave()
	c.liftDeadlines()
	o := board.ScreenOptions{Credential: subjectOf(v), CheckOrigin: c.s.sameOrigin}
	if err := c.s.o.Feed.Serve(c.w, c.r, subjectOf(v), o); err != nil {
		return reply{}, err
	}
	return reply{written: true}, nil
}

// busyFeedS is how long a phone waits before it tries for a live page again.
const busyFeedS = 30

// byTicket is a handler whose B becomes one command of the visitor who has the
// link, whoever else is signed in on that screen.
func byTicket[B any](make func(v *scheduler.Visit, b B) (scheduler.Command, error)) task {
	return with(func(c *call, b B) (reply, error) {
		v, err := c.ticket()
		if err != nil {
			return reply{}, err
		}
		cmd, err := make(v, b)
		if err != nil {
			return reply{}, err
		}
		a, err := c.submitVisitor(v, cmd)
		if err != nil {
			return reply{}, err
		}
		return reply{body: c.answer(a), replayed: a.Replayed}, nil
	})
}

// submitVisitor gives a command of the visitor's own, in the visitors' inbox.
func (c *call) submitVisitor(v *scheduler.Visit, cmd scheduler.Command) (hall.Answer, error) {
	c.who.standing = nobody
	return c.submitAs(scheduler.Actor{Role: scheduler.ByVisitor, ID: int64(v.ID)}, c.commandID, cmd)
}

func cancelTicket(v *scheduler.Visit, _ empty) (scheduler.Command, error) {
	return scheduler.Cancel{Visit: v.ID}, nil
}

func stepOutTicket(v *scheduler.Visit, _ empty) (scheduler.Command, error) {
	return scheduler.StepOut{Visit: v.ID}, nil
}

func resumeTicket(v *scheduler.Visit, _ empty) (scheduler.Command, error) {
	return scheduler.Resume{Visit: v.ID}, nil
}

type surveyForm struct {
	Answers []int `json:"answers" need:"true"` // U1 to U9, 0 for a skipped one
}

func (f surveyForm) answers() (a scheduler.Answers, err error) {
	if len(f.Answers) != len(a) {
		return a, badField(http.StatusUnprocessableEntity, "bad_field", "answers", "The survey has %d answers, from 1 to %d, 0 for a skipped one.",
			len(a), scheduler.SurveyTop)
	}
	for i, n := range f.Answers {
		if n < 0 || n > scheduler.SurveyTop {
			return a, badField(http.StatusUnprocessableEntity, "out_of_range", "answers", "Question U%d is answered from 1 to %d; 0 skips it.",
				i+1, scheduler.SurveyTop)
		}
		a[i] = int8(n)
	}
	return a, nil
}

func surveyTicket(v *scheduler.Visit, b surveyForm) (scheduler.Command, error) {
	a, err := b.answers()
	return scheduler.AnswerSurvey{Visit: v.ID, Answers: a}, err
}

type seatSurveyForm struct {
	Visit   scheduler.VisitID `json:"visit" need:"true"` // who sits there, or sat there until the seat is cleaned
	Answers []int             `json:"answers" need:"true"`
}

// seatSurvey is the person at a booth who answers the questions before they go.
func seatSurvey(c *call, b seatSurveyForm) (scheduler.Command, error) {
	room, seat, err := c.place()
	if err != nil {
		return nil, err
	}
	a, err := surveyForm{Answers: b.Answers}.answers()
	return scheduler.AnswerSurvey{Visit: b.Visit, Answers: a, Room: room, No: seat}, err
}
