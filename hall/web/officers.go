package web

import (
	"encoding/json"
	"errors"
	"time"

	"lapak/hall/board"
	"lapak/scheduler"
	"lapak/scheduler/procedure"
)

// moment is a point of time in a request: RFC 3339 as people and other programs
// write it (the wall clock), or whole branch seconds as the views have them.
type moment struct {
	wall   int64 // unix seconds of the wall clock, when given so
	branch int64
}

// UnmarshalJSON reads either form.
func (m *moment) UnmarshalJSON(raw []byte) error {
	if json.Unmarshal(raw, &m.branch) == nil {
		return nil
	}
	var text string
	if json.Unmarshal(raw, &text) == nil {
		if t, err := time.Parse(time.RFC3339, text); err == nil {
			m.wall = t.Unix()
			return nil
		}
	}
	return errors.New("must be a time such as 2026-03-02T09:30:00+07:00, or branch seconds")
}

// in gives the moment in branch time; 0 when it was not given.
func (m *moment) in(s *scheduler.State) scheduler.Time {
	if m == nil {
		return 0
	}
	if m.wall != 0 {
		return m.wall - s.Floor.Day.OffsetS
	}
	return m.branch
}

type officerView struct {
	board.OfficerInfo
	Name       string                `json:"name"`    // for signing in
	Display    string                `json:"display"` // on staff screens
	MaxGroup   int                   `json:"max_group"`
	Programmes []procedure.Programme `json:"programmes"`
}

type officersView struct {
	Officers []officerView `json:"officers"`
}

func getOfficers(c *call) (reply, error) {
	state, out := c.state(), officersView{Officers: []officerView{}}
	for _, info := range board.Manager(state, c.s.o.Branch.Now()).Officers {
		v := officerView{OfficerInfo: info, Programmes: []procedure.Programme{}}
		if a, err := c.s.o.Access.Account(info.ID); err == nil { // a demo's officers have none
			v.Name, v.Display = a.Name, a.Display
		}
		if o := state.Officer(scheduler.OfficerID(info.ID)); o != nil {
			v.MaxGroup = int(o.MaxGroup)
			v.Programmes = append(v.Programmes, o.Programmes...)
		}
		out.Officers = append(out.Officers, v)
	}
	return ok(out)
}

type officerForm struct {
	MaxGroup   *int                   `json:"max_group"`
	Programmes *[]procedure.Programme `json:"programmes"`
}

// setOfficer changes what is given and leaves the rest.
func setOfficer(c *call, b officerForm) (scheduler.Command, error) {
	id, err := c.officerID()
	if err != nil {
		return nil, err
	}
	cmd := scheduler.SetOfficer{ID: id}
	old := c.state().Officer(id)
	if old == nil { // only somebody who works here can become an officer
		if _, err := c.s.o.Access.Account(int(id)); err != nil {
			return nil, err
		}
	} else {
		cmd.MaxGroup, cmd.Programmes = int(old.MaxGroup), old.Programmes
	}
	if b.MaxGroup != nil {
		cmd.MaxGroup = *b.MaxGroup
	}
	if b.Programmes != nil {
		cmd.Programmes = *b.Programmes
	}
	return cmd, nil
}

type signOnForm struct {
	ShiftEnd *moment `json:"shift_end"` // the day's close when left out
}

func signOn(c *call, b signOnForm) (scheduler.Command, error) {
	id, err := c.officerID()
	return scheduler.SignOn{Officer: id, ShiftEnd: b.ShiftEnd.in(c.state())}, err
}

func signOff(c *call, _ empty) (scheduler.Command, error) {
	id, err := c.officerID()
	return scheduler.SignOff{Officer: id}, err
}

type breakForm struct {
	Until  *moment `json:"until"`
	Out    bool    `json:"out"`
	Reason string  `json:"reason"`
}

func startBreak(c *call, b breakForm) (scheduler.Command, error) {
	id, err := c.officerID()
	if err != nil {
		return nil, err
	}
	why, err := reason("reason", b.Reason, breakReasons)
	return scheduler.StartBreak{Officer: id, Until: b.Until.in(c.state()), Out: b.Out, Reason: why}, err
}

func endBreak(c *call, _ empty) (scheduler.Command, error) {
	id, err := c.officerID()
	return scheduler.EndBreak{Officer: id}, err
}

type takeForm struct {
	Room scheduler.RoomID `json:"room"`
	Seat scheduler.SeatNo `json:"seat"` // nothing: whoever should be next
}

func take(c *call, b takeForm) (scheduler.Command, error) {
	id, err := c.officerID()
	return scheduler.Take{Officer: id, Room: b.Room, No: b.Seat}, err
}

func putBack(c *call, _ empty) (scheduler.Command, error) {
	id, err := c.officerID()
	return scheduler.PutBack{Officer: id}, err
}

type finishForm struct {
	Claim scheduler.ClaimID `json:"claim"` // the one that the screen shows
}

func finishStep(c *call, b finishForm) (scheduler.Command, error) {
	id, err := c.officerID()
	return scheduler.FinishStep{Officer: id, Claim: b.Claim}, err
}
