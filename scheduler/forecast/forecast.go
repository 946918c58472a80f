package forecast

import (
	"slices"

	"lapak/scheduler"
	"lapak/scheduler/forecast/twin"
)

// Spread is what is expected of one moment: quantiles and mean, in branch time.
// Of the paths on which it comes at all; Missed percent of them never saw it.
type Spread struct {
	P10, P25, P50, P75, P90 scheduler.Time
	Mean                    scheduler.Time
	MissedPct               int
}

// Some reports whether the moment came on any path.
func (s *Spread) Some() bool { return s.Mean != 0 }

// Visit is what is expected of one visit.
type Visit struct {
	ID   scheduler.VisitID
	Call Spread // when it is called; of one that sits already, nothing
	End  Spread // when its seats are given up
	Told Told   // what to tell of the call
}

// Seat is when a seat that somebody has now is expected to be given up.
type Seat struct {
	Room scheduler.RoomID
	No   scheduler.SeatNo
	End  Spread
}

// Lane is the wait of somebody who joined the line of a channel now.
type Lane struct {
	Channel scheduler.Channel
	Call    Spread
	Told    Told
}

// Forecast is what is expected of everybody at one moment.
type Forecast struct {
	At      scheduler.Time
	Seq     int64   // of the state that it was made from
	Persons int64   // who waited for a room then
	Paths   int     // from how many paths
	Visits  []Visit // who wait, in the fair order, those at the side desk after them; then who sit or are called
	Lanes   []Lane  // by channel; empty when no session is open
	Seats   []Seat
}

// Of makes the forecast. It is a pure function of its input, and safe to run
// beside others on the same state.
func Of(in twin.Input) Forecast {
	out := Forecast{At: in.Now, Seq: in.State.Seq, Persons: inLine(in.State)}
	if in.Paths == 0 {
		in.Paths = usualPaths(len(in.State.Floor.Line(scheduler.Waiting)))
	}
	in.Paths = min(max(1, in.Paths), MaxPaths)
	if !in.State.Floor.Day.Open {
		return out
	}
	ran := twin.Run(in)
	if in.Lengths == nil { // who is told the truth has nothing to widen
		pct := widthPct(in.State)
		for i := range ran.Visits {
			widen(ran.Visits[i].Calls, pct, in.Now)
			widen(ran.Visits[i].Ends, pct, in.Now)
		}
	}
	out.Paths = ran.Paths
	out.report(&ran)
	return out
}

// spread sums the moments up; the list is put into order.
func spread(list []int64, paths int) Spread {
	n := len(list)
	if n == 0 {
		return Spread{MissedPct: 100}
	}
	slices.Sort(list)
	at := func(pct int) int64 { return list[min(n-1, n*pct/100)] }
	sum := int64(0)
	for _, t := range list {
		sum += t - list[0]
	}
	return Spread{P10: at(10), P25: at(25), P50: at(50), P75: at(75), P90: at(90), Mean: list[0] + sum/int64(n),
		MissedPct: 100 * (paths - n) / max(1, paths)}
}

// report fills the answer in.
func (f *Forecast) report(ran *twin.Outcome) {
	visit := func(i int) Visit {
		v := &ran.Visits[i]
		return Visit{ID: v.ID, Call: spread(v.Calls, ran.Paths), End: spread(v.Ends, ran.Paths)}
	}
	for line, list := range ran.Lines {
		told := make([]Told, len(list))
		for n, i := range list {
			told[n] = f.told(ran.Visits[i].Calls)
		}
		evenOut(ran, line, told)
		for n, i := range list {
			v := visit(i)
			v.Told = told[n]
			f.Visits = append(f.Visits, v)
		}
	}
	for _, i := range ran.Seated {
		f.Visits = append(f.Visits, visit(i))
	}
	for _, seat := range ran.Seats {
		f.Seats = append(f.Seats, Seat{Room: seat.Room, No: seat.No, End: spread(ran.Visits[seat.Visit].Ends, ran.Paths)})
	}
	for _, i := range ran.Lanes {
		v := &ran.Visits[i]
		f.Lanes = append(f.Lanes, Lane{Channel: v.Channel, Call: spread(v.Calls, ran.Paths), Told: f.told(v.Calls)})
	}
}

// told rounds the moments of calls, which are in branch time.
func (f *Forecast) told(calls []scheduler.Time) Told {
	slices.Sort(calls) // widening kept the order; the truth is as it came
	since := make([]int64, len(calls))
	for i, t := range calls {
		since[i] = t - f.At
	}
	return round(since, f.Paths)
}

// Paths of a forecast. A hundred put the 10 % quantile within about three
// points of percent and the median within a seventh of the spread; with a short
// line more of them cost no more, and each median is nearer.
const (
	FewestPaths = 100
	MostPaths   = 250 // what is left to win beyond is less than what is told apart
	fullLine    = 100 // so many waiting make a path as dear as the fewest may be
	MaxPaths    = 2000
)

// usualPaths is how many paths a line of so many gets.
func usualPaths(waiting int) int {
	return min(max(FewestPaths, FewestPaths*fullLine/max(1, waiting)), MostPaths)
}
