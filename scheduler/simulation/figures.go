package simulation

import (
	"lapak/scheduler"

	"lapak/scheduler/rehearsal/measure"
)

// Figures are one day's in the words of a simulation, for a day that was rehearsed
// or recorded: its state before the close, how its officers and seats were used, and
// its groups. Multiplier and ceiling, which are of a setting and no single day, are
// left to the caller. Claims per officer-hour are those of the hours on shift and
// not on a break.
func Figures(s *scheduler.State, use measure.Use, groups measure.Groups) Output {
	out := Output{Days: 1, OfficerBusyPct: percent(use.With, use.Officers), SeatBusyPct: percent(use.Taken, use.Seats),
		GroupSizeMean: round(float64(use.InRoom)/float64(max(1, use.Rooms)), 1)}
	var waits, doors []int64
	for i := range s.Floor.Visits {
		v := &s.Floor.Visits[i]
		if v.Arrived == 0 || v.Date != s.Floor.Day.Date {
			continue
		}
		out.Arrived += int(v.Persons)
		if v.State != scheduler.Settled {
			continue
		}
		out.Served += int(v.Persons)
		start := s.WaitStart(v)
		for range v.Persons {
			waits, doors = append(waits, max(0, v.FirstCall-start)), append(doors, max(0, v.Ended-start))
		}
	}
	out.Unserved = out.Arrived - out.Served
	out.WaitS, out.DoorToDoorS = spreadOf(waits), spreadOf(doors)
	claims := 0
	for i := range s.Floor.Claims {
		if s.Floor.Claims[i].Outcome != scheduler.NoOutcome {
			claims++
		}
	}
	if use.Officers > 0 {
		out.ClaimsPerOfficerHour = round(float64(claims)*hourS/float64(use.Officers), 2)
	}
	if s.Floor.Policy.Mode == scheduler.Closed && groups.Calls > 0 {
		out.GroupSizeMean = round(float64(groups.Persons)/float64(groups.Calls), 1)
	}
	return out
}
