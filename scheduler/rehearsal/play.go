package rehearsal

import (
	"fmt"

	"lapak/scheduler"
	"lapak/scheduler/rehearsal/measure"
)

// Played is what one day showed.
type Played struct {
	State      *scheduler.State // before the close, which sends everybody home
	Totals     scheduler.Totals
	Use        measure.Use
	Groups     measure.Groups
	TurnedAway int            // persons who came too late for a number
	Ended      scheduler.Time // the last person left
	Closes     scheduler.Time
	Measured   int // durations used as the past day's records show them
	Drawn      int // and drawn
}

// Play runs one day in place. The error says that the setting cannot be
// furnished, or names a failure of the rules.
func Play(c Config) (Played, error) {
	r := newRun(c, Options{})
	var use measure.Meter
	var out Played
	r.seen = func(now scheduler.Time) { use.Until(r.d.State, now) }
	r.called = func(c scheduler.GroupCalled) { out.Groups.Add(r.d.State, &c) }
	r.given = func(o scheduler.Order) {
		if _, closing := o.Command.(scheduler.CloseDay); closing {
			out.State = r.d.State.Draft().Publish()
		}
	}
	r.all()
	if len(r.day.Problems) > 0 {
		return Played{}, fmt.Errorf("rehearsal: %s", r.day.Problems[0])
	}
	s := r.d.State
	if out.State == nil {
		out.State = s
	}
	out.Totals, out.Use, out.Closes, out.Measured, out.Drawn = s.DayTotals(), use.Use, r.w.close, r.w.asShown, r.w.asDrawn
	for i := range r.w.guests {
		g := &r.w.guests[i]
		if v := s.Visit(g.visit); !g.Stays && (v == nil || v.Arrived == 0) {
			out.TurnedAway += g.Persons
		}
	}
	for i := range s.Floor.Visits {
		if v := &s.Floor.Visits[i]; v.State == scheduler.Settled {
			out.Ended = max(out.Ended, v.Ended)
		}
	}
	return out, nil
}
