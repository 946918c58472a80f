package ledger

import (
	"encoding/json"
	"maps"
	"slices"

	"lapak/scheduler"
	"lapak/scheduler/calendar"
)

// PolicyChange is one setting that differs between two policies, with its values
// as JSON has them. Of a whole part, such as the rest of the calendar, only the path is
// told; a special day, under calendar.exceptions and its date, has no From when it is
// new and no To when it is gone.
type PolicyChange struct {
	Path string `json:"path"`
	From string `json:"from,omitempty"`
	To   string `json:"to,omitempty"`
}

// changes lists what differs between an older policy and a newer one.
func changes(old, p *scheduler.Policy) []PolicyChange {
	list := []PolicyChange{}
	was := old.Settings()
	for i, s := range p.Settings() {
		if s.Value != was[i].Value {
			list = append(list, PolicyChange{s.Path, was[i].Value, s.Value})
		}
	}
	days := specialDays(old.Calendar.Exceptions, p.Calendar.Exceptions)
	before, after := old.Calendar, p.Calendar
	before.Exceptions, after.Exceptions = nil, nil
	for _, part := range []struct {
		path     string
		old, new any
	}{{"prefixes", old.Prefixes, p.Prefixes}, {"programmes", old.Programmes, p.Programmes}, {"calendar", before, after}, {"procedures", old.Procedures, p.Procedures}} {
		if jsonOf(part.old) != jsonOf(part.new) {
			list = append(list, PolicyChange{Path: part.path})
		}
		if part.path == "calendar" {
			list = append(list, days...)
		}
	}
	return list
}

// specialDays lists the single days that differ, by date.
func specialDays(old, now []calendar.Exception) []PolicyChange {
	found := map[calendar.Date]PolicyChange{}
	path := func(e *calendar.Exception) string { return "calendar.exceptions." + e.Date.String() }
	for i := range old {
		found[old[i].Date] = PolicyChange{Path: path(&old[i]), From: jsonOf(old[i])}
	}
	for i := range now {
		c := found[now[i].Date]
		c.Path, c.To = path(&now[i]), jsonOf(now[i])
		found[now[i].Date] = c
	}
	list := []PolicyChange{}
	for _, date := range slices.Sorted(maps.Keys(found)) {
		if c := found[date]; c.From != c.To {
			list = append(list, c)
		}
	}
	return list
}

func jsonOf(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err) // a policy is written into every snapshot
	}
	return string(b)
}
