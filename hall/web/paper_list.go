package web

import (
	"errors"
	"fmt"
	"net/http"

	"lapak/scheduler"
	"lapak/scheduler/procedure"
)

// maxPaperRows bounds one list: what a guard writes while the power is gone.
const maxPaperRows = 200

type paperRow struct {
	Slip      scheduler.Slip      `json:"slip" need:"true"`
	AtS       int                 `json:"at_s" need:"true"` // the time on the paper, as seconds of the day
	Persons   *int                `json:"persons"`
	Priority  scheduler.Priority  `json:"priority"`
	Programme procedure.Programme `json:"programme"`
}

type paperListForm struct {
	Rows  []paperRow `json:"rows" need:"true"`
	Check bool       `json:"check"` // only say what would happen
}

// paperOutcome is what became of one line, or would.
type paperOutcome struct {
	Slip   scheduler.Slip `json:"slip"`
	State  string         `json:"state"` // new, known, wrong
	Number string         `json:"number,omitempty"`
	Code   string         `json:"code,omitempty"`
	Field  string         `json:"field,omitempty"`
	Detail string         `json:"detail,omitempty"`
}

type paperListView struct {
	Rows  []paperOutcome `json:"rows"`
	New   int            `json:"new"`
	Known int            `json:"known"`
	Wrong int            `json:"wrong"`
}

const secondsOfDay = 24 * 3600

// enterPapers enters a list from the time without power, line by line: a line
// that was entered before is known by its slip, so the same list can be sent
// again. With check nothing is entered, and the rules themselves are asked on a
// copy of the branch.
func enterPapers(c *call, b paperListForm) (reply, error) {
	if len(b.Rows) == 0 || len(b.Rows) > maxPaperRows {
		return reply{}, badField(http.StatusUnprocessableEntity, "out_of_range", "rows", "A list has 1 to %d lines; send the rest as another list.", maxPaperRows)
	}
	out := paperListView{Rows: make([]paperOutcome, 0, len(b.Rows))}
	var trial *scheduler.Draft
	if b.Check {
		trial = c.state().Draft()
	}
	for i, row := range b.Rows {
		one, err := c.enterPaper(row, i, trial)
		if err != nil {
			return reply{}, err
		}
		switch one.State {
		case "new":
			out.New++
		case "known":
			out.Known++
		default:
			out.Wrong++
		}
		out.Rows = append(out.Rows, one)
	}
	return ok(out)
}

func (c *call) enterPaper(row paperRow, i int, trial *scheduler.Draft) (paperOutcome, error) {
	out := paperOutcome{Slip: row.Slip, State: "new"}
	wrong := func(code, field, detail string) (paperOutcome, error) {
		out.State, out.Code, out.Field, out.Detail = "wrong", code, field, detail
		if code == "already_has_number" {
			out.State = "known"
		}
		return out, nil
	}
	if row.AtS < 0 || row.AtS >= secondsOfDay {
		return wrong("not_that_day", "at_s", "The time on the paper is a time of the day, such as 08:15.")
	}
	if err := checkPriority(row.Priority); err != nil {
		return wrong("bad_priority", "priority", "A guarantee is given by the rules alone.")
	}
	f := &c.state().Floor
	_, hash := c.rowLink(i)
	cmd := scheduler.EnterPaper{Slip: row.Slip, Arrived: f.At(row.AtS), Persons: orOne(row.Persons), Priority: row.Priority,
		Claims: []scheduler.NewClaim{claimForm{Programme: row.Programme}.claim()}, Link: scheduler.Hash(hash)}
	ticket, err := c.enterOrTry(cmd, i, trial)
	var refusal *scheduler.Refusal
	switch {
	case errors.As(err, &refusal):
		if v := c.state().Slipped(row.Slip); v != nil {
			out.Number = f.Policy.Label(v.Ticket)
		}
		return wrong(refusal.Code, refusal.Field, refusal.Reason)
	case err != nil:
		return out, err
	}
	out.Number = f.Policy.Label(ticket)
	return out, nil
}

// enterOrTry gives the command to the branch under an id of its own line, or to
// the copy.
func (c *call) enterOrTry(cmd scheduler.Command, i int, trial *scheduler.Draft) (scheduler.Ticket, error) {
	if trial != nil {
		rec, err := trial.Do(scheduler.Stamp{At: c.s.o.Branch.Now(), Seed: 1}, scheduler.Order{By: c.who.actor, Command: cmd})
		if err != nil {
			return scheduler.Ticket{}, err
		}
		return *rec.Result.Ticket, nil
	}
	a, err := c.submitAs(c.who.actor, c.rowID(i), cmd)
	if err != nil {
		return scheduler.Ticket{}, err
	}
	return *a.Result.Ticket, nil
}

// rowID is the command's id of one line of a list.
func (c *call) rowID(i int) string { return fmt.Sprintf("%s.%d", c.commandID, i) }

// rowLink is the link of one line's visit; nobody is told it, because nobody of
// the list stands before the screen.
func (c *call) rowLink(i int) (link, hash string) {
	own := *c
	own.commandID = c.rowID(i)
	return own.link()
}
