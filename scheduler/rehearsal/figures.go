package rehearsal

import "lapak/scheduler"

// Figures are a played day's in the words of simulate, for its own days and
// past ones; multiplier and ceiling, which are of a setting and no single day,
// are left to the caller. Claims per officer-hour are those of the hours on
// shift and not on a break.
func (p *Played) Figures() Output {
	return figuresOf(p.State, p.Use, p.Groups, p.Grouped)
}

// Figures are what the past day's records show, in the words of simulate.
func (p *Past) Figures() Output { return figuresOf(p.State, p.Use, p.Groups, p.Grouped) }

func figuresOf(s *scheduler.State, use Use, groups, grouped int64) Output {
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
	if s.Floor.Policy.Mode == scheduler.Closed && groups > 0 {
		out.GroupSizeMean = round(float64(grouped)/float64(groups), 1)
	}
	return out
}
