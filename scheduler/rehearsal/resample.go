package rehearsal

import (
	"slices"

	"lapak/scheduler"
	"lapak/scheduler/calendar"
)

// jitterS blurs the coming of a visit that is taken over from a past day, so
// that a fresh day is like those days and none of them.
const jitterS = 7 * minuteS

// Resample draws a fresh day's people from those of past days: so many visits,
// each as one of those that came then, about the time at which it came; what
// they do then is drawn anew. No number of visits means that of one of the
// days, in percent of it.
func Resample(days []*Past, date calendar.Date, seed uint64, visits, pct int) *People {
	var pool []guest
	for _, p := range days {
		for _, g := range p.People.guests {
			move := int64(date-p.Date) * 24 * hourS
			g.at += move
			if g.due != 0 {
				g.due += move
			}
			g.shown = nil
			pool = append(pool, g)
		}
	}
	if len(pool) == 0 {
		return &People{date: date}
	}
	d := roll(seed, forArrivals, 0, 1)
	if visits == 0 {
		visits = (days[d.below(int64(len(days)))].People.Visits()*pct + 50) / 100
	}
	zone := days[0].Policy.Calendar.Zone
	first, last := zone.At(date, 0), zone.At(date, 24*hourS-1)
	out := &People{date: date, guests: make([]guest, 0, visits)}
	for i := range visits {
		d := roll(seed, forArrivals, int64(i), 2)
		g := pool[d.below(int64(len(pool)))]
		g.at = min(max(g.at+d.between(-jitterS, jitterS), first), last)
		g.claims = slices.Clone(g.claims)
		out.guests = append(out.guests, g)
	}
	slices.SortStableFunc(out.guests, func(a, b guest) int { return int(a.at - b.at) })
	return out
}

// Furnished is the branch as the configuration furnishes it, before anybody
// comes. The error is the rules' refusal of a policy, a room or an officer.
func Furnished(c Config) (*scheduler.State, error) {
	w := NewWorld(c)
	d := scheduler.New().Draft()
	for _, o := range w.Setup() {
		if _, err := d.Do(scheduler.Stamp{At: w.Begins()}, o); err != nil {
			return nil, err
		}
	}
	return d.Publish(), nil
}
