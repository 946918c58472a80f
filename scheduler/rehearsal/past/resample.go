package past

import (
	"slices"

	"lapak/scheduler/calendar"
	"lapak/scheduler/rehearsal"
	"lapak/scheduler/rehearsal/dice"
)

// jitterS blurs the coming of a visit that is taken over from a past day, so
// that a fresh day is like those days and none of them.
const jitterS = 7 * 60

// Resample draws a fresh day's people from those of past days: so many visits,
// each as one of those that came then, about the time at which it came; what
// they do then is drawn anew. No number of visits means that of one of the
// days, in percent of it.
func Resample(days []*Day, date calendar.Date, seed uint64, visits, pct int) *rehearsal.People {
	var pool []rehearsal.Guest
	for _, p := range days {
		for _, g := range p.People.Guests {
			move := int64(date-p.Date) * 24 * 3600
			g.At += move
			if g.Due != 0 {
				g.Due += move
			}
			g.Shown = nil
			pool = append(pool, g)
		}
	}
	if len(pool) == 0 {
		return &rehearsal.People{Date: date}
	}
	d := dice.Roll(seed, dice.ForArrivals, 0, 1)
	if visits == 0 {
		visits = (days[d.Below(int64(len(days)))].People.Visits()*pct + 50) / 100
	}
	zone := days[0].Policy.Calendar.Zone
	first, last := zone.At(date, 0), zone.At(date, 24*3600-1)
	out := &rehearsal.People{Date: date, Guests: make([]rehearsal.Guest, 0, visits)}
	for i := range visits {
		d := dice.Roll(seed, dice.ForArrivals, int64(i), 2)
		g := pool[d.Below(int64(len(pool)))]
		g.At = min(max(g.At+d.Between(-jitterS, jitterS), first), last)
		g.Claims = slices.Clone(g.Claims)
		out.Guests = append(out.Guests, g)
	}
	slices.SortStableFunc(out.Guests, func(a, b rehearsal.Guest) int { return int(a.At - b.At) })
	return out
}
