package twin

import "lapak/scheduler"

// Weights of what is usual against what today shows: so many cases, or hours of
// waiting, that a branch must have seen today to count as much.
const (
	weightCalls    = 25
	weightBookings = 20
	weightHours    = 10
	weightArrivals = 25
)

// observe is how people go about things today: what is usual, moved by what the
// floor shows.
func (f *floor) observe() Manners {
	if f.in.Manners != nil {
		return *f.in.Manners
	}
	s, m := f.in.State, Usual()
	if f.in.Usual != nil {
		m = *f.in.Usual
	}
	calls, missed, due, stayed, gone, arrived, incomplete, jumped := 0, 0, 0, 0, 0, 0, 0, 0
	waited := int64(0)
	for i := range s.Floor.Visits {
		v := &s.Floor.Visits[i]
		if v.Date != s.Floor.Day.Date {
			continue
		}
		if v.FirstCall != 0 {
			calls++
			missed += int(v.Requeues)
		}
		if v.Due != 0 && v.Due+bookedEndS < f.now {
			due++
			if v.State == scheduler.Booked {
				stayed++
			}
		}
		if v.Arrived == 0 {
			continue
		}
		arrived++
		if v.State == scheduler.Incomplete {
			incomplete++
		}
		if v.Priority != scheduler.NoPriority && v.Due == 0 && v.Arrived > f.now-jumpWindowS {
			jumped++
		}
		end := f.now
		switch {
		case v.FirstCall != 0:
			end = v.FirstCall
		case v.State == scheduler.Left, v.State == scheduler.Cancelled:
			end = v.Ended
			gone++
		case v.State.Final():
			continue
		}
		waited += max(0, end-s.WaitStart(v))
	}
	m.NoShowPct = (m.NoShowPct*weightCalls + 100*missed) / (weightCalls + calls)
	m.BookedAwayPct = (m.BookedAwayPct*weightBookings + 100*stayed) / (weightBookings + due)
	m.MissingPct = (m.MissingPct*weightArrivals + 100*incomplete) / (weightArrivals + arrived)
	m.LeavePermilleHour = (m.LeavePermilleHour*weightHours + 1000*gone) / (weightHours + int(waited/3600))
	m.JumpersHour = jumped * 3600 / jumpWindowS
	return m
}

// jumpWindowS is the time over which those are counted who come without a
// booking and step in before others.
const jumpWindowS = 3600
