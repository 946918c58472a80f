package web

import (
	"errors"
	"net/http"
	"strconv"

	"lapak/hall/study"
	"lapak/scheduler/whatif"
)

// Studies is what the routes need of the queue of what-if questions.
type Studies interface {
	Ask(q whatif.Question) (study.Entry, error)
	Get(id int64) (study.Entry, bool)
	List() []study.Entry
	Cancel(id int64) (study.Entry, bool)
	Staffing() whatif.Staffing
}

func (s *Server) aboutWhatIfs() []route {
	one := api + "/what-ifs/:id"
	return []route{
		{method: post, path: api + "/what-ifs", allow: leading, kind: change, limit: maxLargeBody, task: with(askWhatIf)},
		{method: get, path: api + "/what-ifs", allow: leading, kind: read, task: plain(getWhatIfs)},
		{method: get, path: one, allow: leading, kind: read, task: plain(getWhatIf)},
		{method: remove, path: one, allow: leading, kind: change, task: plain(cancelWhatIf)},
	}
}

// whatIfPauseS is when a full queue may have room again: a question takes about
// so long.
const whatIfPauseS = 30

// askWhatIf takes a question; the answer comes later, under its id.
func askWhatIf(c *call, q whatif.Question) (reply, error) {
	e, err := c.s.o.Studies.Ask(q)
	var field *whatif.FieldError
	unready, is := whatif.Unready(err)
	switch {
	case is:
		return reply{}, badField(http.StatusUnprocessableEntity, "bad_field", "", "No answer is possible: %s.", unready)
	case errors.As(err, &field):
		return reply{}, badField(http.StatusUnprocessableEntity, "bad_field", field.Field, "%s: %s.", field.Field, field.Reason)
	case errors.Is(err, study.ErrNoDay):
		return reply{}, badField(http.StatusUnprocessableEntity, string(study.DayNotKept), "day",
			"The journal does not hold %s: the branch had no day then, or its records were cut. Ask about another day, or leave day out for fresh days.", q.Day)
	case errors.Is(err, study.ErrBusy):
		return reply{}, later(http.StatusTooManyRequests, "what_ifs_waiting", whatIfPauseS,
			"%d questions wait already. Cancel one, or ask again when one is done.", study.MaxWaiting)
	case errors.Is(err, study.ErrClosed):
		return reply{}, later(http.StatusServiceUnavailable, "unavailable", 2, "The branch's server is stopping or restarting. Ask again in a moment.")
	case err != nil:
		return reply{}, err
	}
	return reply{status: http.StatusAccepted, body: e}, nil
}

type whatIfsView struct {
	WhatIfs []study.Entry `json:"what_ifs"` // newest first, without their answers
	Kept    int           `json:"kept"`     // so many are kept
	// Staff is the officers that a question about fresh days would be answered with.
	Staff whatif.Staffing `json:"staff"`
}

func getWhatIfs(c *call) (reply, error) {
	return ok(whatIfsView{WhatIfs: c.s.o.Studies.List(), Kept: study.MaxKept, Staff: c.s.o.Studies.Staffing()})
}

func getWhatIf(c *call) (reply, error) {
	id, err := c.whatIfID()
	if err != nil {
		return reply{}, err
	}
	e, there := c.s.o.Studies.Get(id)
	if !there {
		return reply{}, errWhatIfGone
	}
	return ok(e)
}

func cancelWhatIf(c *call) (reply, error) {
	id, err := c.whatIfID()
	if err != nil {
		return reply{}, err
	}
	e, there := c.s.o.Studies.Cancel(id)
	if !there {
		return reply{}, errWhatIfGone
	}
	return ok(e)
}

var errWhatIfGone = refuse(http.StatusNotFound, "what_if_gone",
	"This what-if is not kept. Only the last %d are, and none across a restart of the server. Ask it again.", study.MaxKept)

func (c *call) whatIfID() (int64, error) {
	id, err := strconv.ParseInt(c.param("id"), 10, 64)
	if err != nil || id < 1 {
		return 0, errNotFound
	}
	return id, nil
}
