package web

import (
	"lapak/scheduler"
	"lapak/scheduler/calendar"
	"lapak/scheduler/procedure"
)

// checklistsView is what a visitor needs to know before coming: the programmes,
// the reasons of each, and the papers that each asks for on a day.
type checklistsView struct {
	Date       string          `json:"date"`
	Policy     int             `json:"policy_version"`
	Programmes []programmeView `json:"programmes"`
}

type programmeView struct {
	Programme  procedure.Programme `json:"programme"`
	Group      bool                `json:"group"`
	InformOnly bool                `json:"inform_only"` // not claimed at a branch; the desk explains where
	Reasons    []reasonView        `json:"reasons"`
}

type reasonView struct {
	Reason     procedure.Reason `json:"reason"`
	WaitMonths int              `json:"wait_months"` // to wait after the event
	Version    int              `json:"version"`     // of the checklist; 0: there is none
	Docs       []procedure.Item `json:"docs"`
}

// getChecklists gives the lists that are in force on the branch's date. They are
// public: who knows them needs no second trip.
func getChecklists(c *call) (reply, error) {
	if _, err := c.query(); err != nil {
		return reply{}, err
	}
	f := &c.state().Floor
	return ok(checklistsOn(f.Policy, f.Policy.Calendar.Zone.DateOf(f.Wall(c.s.o.Branch.Now()))))
}

func checklistsOn(p *scheduler.Policy, date calendar.Date) checklistsView {
	out := checklistsView{Date: date.String(), Policy: p.Version, Programmes: []programmeView{}}
	for i := range p.Procedures.Procedures {
		proc := &p.Procedures.Procedures[i]
		one := programmeView{Programme: proc.Programme, Group: proc.Group, InformOnly: proc.InformOnly, Reasons: []reasonView{}}
		for _, reason := range p.Procedures.ReasonsOf(proc.Programme) {
			rule, _ := p.Procedures.Rule(reason)
			list, _ := p.Procedures.ChecklistOn(proc.Programme, reason, date)
			one.Reasons = append(one.Reasons, reasonView{Reason: reason, WaitMonths: rule.WaitMonths, Version: list.Version,
				Docs: append([]procedure.Item{}, list.Docs...)})
		}
		out.Programmes = append(out.Programmes, one)
	}
	return out
}
