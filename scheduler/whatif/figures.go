package whatif

import (
	"math"
	"slices"

	"lapak/scheduler"
	"lapak/scheduler/rehearsal/measure"
	"lapak/scheduler/rehearsal/past"
)

// figure is one row of an answer.
type figure struct {
	name, of, better string
}

// Which way a figure is better.
const (
	lower   = "lower"
	higher  = "higher"
	neither = "neither"
)

// groups are those whose waits are told apart: everybody, the channels, and
// the sizes of a party.
var groups = []string{"all", "walk_in", "online", "collective", "persons_1", "persons_2", "persons_3_up"}

// inGroup reports whether a visit belongs to the group.
func inGroup(group int, v *scheduler.Visit) bool {
	switch group {
	case 0:
		return true
	case 1, 2, 3:
		return int(v.Channel) == group-1
	default:
		return min(int(v.Persons), 3) == group-3
	}
}

// figures are the rows in order: the waits of each group, then the rest.
var figures = func() []figure {
	var list []figure
	for _, g := range groups {
		for _, name := range []string{"wait_mean_s", "wait_p50_s", "wait_p95_s", "wait_max_s"} {
			list = append(list, figure{name, g, lower})
		}
	}
	for _, f := range []figure{
		{name: "door_mean_s", better: lower}, {name: "door_p95_s", better: lower},
		{name: "arrived_persons", better: neither}, {name: "served_persons", better: higher}, {name: "served_pct", better: higher},
		{name: "carried_over_persons", better: lower}, {name: "walked_out_persons", better: lower}, {name: "turned_away_persons", better: lower},
		{name: "claims_per_officer_hour", better: higher}, {name: "officer_busy_pct", better: neither}, {name: "seat_busy_pct", better: neither},
		{name: "group_size_mean", better: neither},
		{name: "overtaken_visits", better: lower}, {name: "overtaken_max", better: lower}, {name: "families_over_singles_pct", better: lower},
		{name: "overtime_s", better: lower},
		{name: "multiplier", better: higher}, {name: "multiplier_over_counter", better: higher}, {name: "ceiling", better: higher},
	} {
		f.of = "all"
		list = append(list, f)
	}
	return list
}()

// indexOf is where a figure stands in every day's values.
func indexOf(name, of string) int {
	return slices.IndexFunc(figures, func(f figure) bool { return f.name == name && f.of == of })
}

var (
	waitP95At  = indexOf("wait_p95_s", "all")
	servedAt   = indexOf("served_pct", "all")
	saturateAt = indexOf("multiplier", "all")
)

// values are one day's figures in order; NaN where the day has none.
type values []float64

func noValues() values {
	v := make(values, len(figures))
	for i := range v {
		v[i] = math.NaN()
	}
	return v
}

// hourSum is the waits of those who came within one hour.
type hourSum struct {
	persons, waited int
	waitS           int64
}

// day is what one played day showed.
type day struct {
	values          values
	hours           [24]hourSum
	measured, drawn int
	played          bool // false while only its saturated figures are known
}

// dayOf reads the figures off a day's state before it was closed. Waits
// count each person, as in simulate: from arrival, or the opening if later, to
// the first call. Whoever was never called is in none of them.
func dayOf(s *scheduler.State, use measure.Use, turnedAway int, ended, closes scheduler.Time) day {
	out := day{values: noValues()}
	set := func(name string, x float64) { out.values[indexOf(name, "all")] = x }
	waits := make([][]int64, len(groups))
	var doors []int64
	arrived, served, carried, walked := 0, 0, 0, 0
	f := &s.Floor
	for i := range f.Visits {
		v := &f.Visits[i]
		if v.Arrived == 0 || v.Date != f.Day.Date {
			continue
		}
		n := int(v.Persons)
		arrived += n
		start := waitStart(s, v)
		switch {
		case v.State == scheduler.Settled:
			served += n
			for range n {
				doors = append(doors, max(0, v.Ended-start))
			}
		case (v.State == scheduler.Left || v.State == scheduler.Cancelled) && v.FirstCall == 0 && v.Ready > 0:
			walked += n
		case !v.State.Final() && v.State != scheduler.Incomplete:
			carried += n
		}
		out.wait(s, v, start, waits)
	}
	out.spread(waits, doors)
	set("arrived_persons", float64(arrived))
	set("served_persons", float64(served))
	set("carried_over_persons", float64(carried))
	set("walked_out_persons", float64(walked))
	set("turned_away_persons", float64(turnedAway))
	if all := served + carried + walked + turnedAway; all > 0 {
		set("served_pct", 100*float64(served)/float64(all))
	}
	set("overtime_s", float64(max(0, ended-closes)))
	out.work(s, use)
	return out
}

// waitStart is when the visit's wait for the branch began: on arrival or at
// the opening, but for one whose papers became complete later than the rules'
// grace only then, as its place in the line.
func waitStart(s *scheduler.State, v *scheduler.Visit) scheduler.Time {
	start := s.WaitStart(v)
	if v.Ready-v.Arrived > int64(s.Floor.Policy.Order.GraceS) {
		start = max(start, v.Ready)
	}
	return start
}

// wait adds one visit's wait to its groups and its hour.
func (d *day) wait(s *scheduler.State, v *scheduler.Visit, start scheduler.Time, waits [][]int64) {
	f := &s.Floor
	h := &d.hours[min(23, f.Policy.Calendar.Zone.SecondOfDay(f.Wall(start))/3600)]
	h.persons += int(v.Persons)
	if v.FirstCall == 0 {
		return
	}
	wait := max(0, v.FirstCall-start)
	h.waited, h.waitS = h.waited+int(v.Persons), h.waitS+wait*int64(v.Persons)
	for g := range groups {
		if inGroup(g, v) {
			for range v.Persons {
				waits[g] = append(waits[g], wait)
			}
		}
	}
}

// spread turns lists of durations into their figures.
func (d *day) spread(waits [][]int64, doors []int64) {
	const perGroup = 4
	for g, list := range waits {
		if len(list) == 0 {
			continue
		}
		slices.Sort(list)
		at := d.values[g*perGroup:]
		at[0], at[1], at[2], at[3] = mean(list), float64(rank(list, 50)), float64(rank(list, 95)), float64(list[len(list)-1])
	}
	if singles, families := waits[4], waits[6]; len(singles) > 0 && len(families) > 0 {
		if p95 := rank(singles, 95); p95 > 0 {
			d.values[indexOf("families_over_singles_pct", "all")] = 100 * float64(rank(families, 95)) / float64(p95)
		}
	}
	if len(doors) > 0 {
		slices.Sort(doors)
		d.values[indexOf("door_mean_s", "all")], d.values[indexOf("door_p95_s", "all")] = mean(doors), float64(rank(doors, 95))
	}
}

// work adds the throughput, the use of officers and seats, and the overtakes.
func (d *day) work(s *scheduler.State, use measure.Use) {
	set := func(name string, x float64) { d.values[indexOf(name, "all")] = x }
	claims, overtaken, most := 0, 0, 0
	for i := range s.Floor.Claims {
		if c := &s.Floor.Claims[i]; c.Outcome != scheduler.NoOutcome {
			claims++
		}
	}
	for i := range s.Floor.Visits {
		if v := &s.Floor.Visits[i]; v.Overtaken > 0 {
			overtaken, most = overtaken+1, max(most, int(v.Overtaken))
		}
	}
	if use.Officers > 0 {
		set("claims_per_officer_hour", float64(claims)*3600/float64(use.Officers))
		set("officer_busy_pct", 100*float64(use.With)/float64(use.Officers))
	}
	if use.Seats > 0 {
		set("seat_busy_pct", 100*float64(use.Taken)/float64(use.Seats))
	}
	if use.Rooms > 0 {
		set("group_size_mean", float64(use.InRoom)/float64(use.Rooms))
	}
	set("overtaken_visits", float64(overtaken))
	set("overtaken_max", float64(most))
}

// rank is the nearest rank of a sorted list.
func rank(list []int64, pct int) int64 { return list[min(len(list)-1, (len(list)*pct+99)/100-1)] }

func mean(list []int64) float64 {
	sum := int64(0)
	for _, x := range list {
		sum += x
	}
	return float64(sum) / float64(len(list))
}

// really are the figures of a past day as its records show them.
func really(p *past.Day) values {
	f := &p.State.Floor
	ended := scheduler.Time(0)
	for i := range f.Visits {
		if v := &f.Visits[i]; v.State == scheduler.Settled {
			ended = max(ended, v.Ended)
		}
	}
	h := f.Day.Hours
	closes := f.Policy.Calendar.Zone.At(f.Day.Date, h.CloseS) - f.Day.OffsetS
	d := dayOf(p.State, p.Use, 0, ended, closes)
	d.values[indexOf("turned_away_persons", "all")] = math.NaN() // nobody writes down who got no number
	return d.values
}

// students are the 97.5 % points of Student's t for 1, 2, … degrees of
// freedom; beyond the table 1.96 with the usual correction is within 0.2 %.
var students = []float64{12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160, 2.145, 2.131,
	2.120, 2.110, 2.101, 2.093, 2.086, 2.080, 2.074, 2.069, 2.064, 2.060, 2.056, 2.052, 2.048, 2.045, 2.042}

func student(df int) float64 {
	if df <= len(students) {
		return students[df-1]
	}
	return 1.96 * (1 + 1.21/float64(df))
}

// intervalOf is the mean of the list with its 95 % interval.
func intervalOf(list []float64) Interval {
	n := float64(len(list))
	if n == 0 {
		return Interval{}
	}
	sum := 0.0
	for _, x := range list {
		sum += x
	}
	m, square := sum/n, 0.0
	for _, x := range list {
		square += (x - m) * (x - m)
	}
	half := 0.0
	if n > 1 {
		half = student(len(list)-1) * math.Sqrt(square/(n*(n-1)))
	}
	return Interval{Value: round(m), Low: round(m - half), High: round(m + half)}
}

// shares are the figures that are parts of a whole; families_over_singles_pct
// is a ratio and may be more.
var shares = []string{"served_pct", "officer_busy_pct", "seat_busy_pct"}

// wholePct is a share of everything.
const wholePct = 100

// level is the interval of a figure itself, within what is possible: no figure
// is below 0, no share above everything. The mean of a few days that lie near
// a bound has an interval that reaches beyond it.
func (f figure) level(list []float64) Interval {
	x := intervalOf(list)
	x.Low = max(x.Low, min(0, x.Value))
	if slices.Contains(shares, f.name) {
		x.High = min(x.High, max(wholePct, x.Value))
	}
	return x
}

// round keeps two digits behind the point: no figure is known closer.
func round(x float64) float64 { return math.Round(x*100) / 100 }

// rows compares two lists of days, pair by pair; a pair in which one side has
// no value for a figure counts in neither.
func rows(base, changed []*day, truth values) []Row {
	out := []Row{}
	for i, f := range figures {
		var a, b, diff []float64
		for k := range base {
			if base[k] == nil || changed[k] == nil {
				continue
			}
			x, y := base[k].values[i], changed[k].values[i]
			if math.IsNaN(x) || math.IsNaN(y) {
				continue
			}
			a, b, diff = append(a, x), append(b, y), append(diff, y-x)
		}
		if len(a) == 0 {
			continue
		}
		r := Row{Figure: f.name, Of: f.of, Better: f.better, Base: f.level(a), Changed: f.level(b), Difference: intervalOf(diff)}
		r.Verdict = verdict(f.better, diff, r.Difference)
		if truth != nil && !math.IsNaN(truth[i]) {
			x := round(truth[i])
			r.Really = &x
		}
		out = append(out, r)
	}
	return out
}

// verdict reads a difference.
func verdict(better string, diff []float64, d Interval) string {
	same := !slices.ContainsFunc(diff, func(x float64) bool { return x != 0 })
	switch {
	case same:
		return "same"
	case len(diff) < 2 || (d.Low <= 0 && d.High >= 0):
		return "unsure"
	case better == neither:
		return "differs"
	case (d.High < 0) == (better == lower):
		return "better"
	}
	return "worse"
}
