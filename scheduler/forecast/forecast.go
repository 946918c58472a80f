package forecast

import (
	"slices"

	"lapak/scheduler"
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
	At     scheduler.Time
	Seq    int64   // of the state that it was made from
	Paths  int     // from how many paths
	Visits []Visit // who wait, in the fair order, those at the side desk after them; then who sit or are called
	Lanes  []Lane  // by channel; empty when no session is open
	Seats  []Seat
}

// Of makes the forecast. It is a pure function of its input, and safe to run
// beside others on the same state.
func Of(in Input) Forecast {
	out := Forecast{At: in.Now, Seq: in.State.Seq}
	if in.Paths == 0 {
		in.Paths = usualPaths(len(in.State.Floor.Line(scheduler.Waiting)))
	}
	in.Paths = min(max(1, in.Paths), MaxPaths)
	if !in.State.Floor.Day.Open {
		return out
	}
	f := compile(&in)
	runs := f.all(&out)
	f.report(&out, runs)
	return out
}

// runs are the moments of every visit on every path, 0 where it did not come.
type runs struct {
	calls, ends [][]int64
}

// all runs the paths.
func (f *floor) all(out *Forecast) runs {
	r := runs{calls: make([][]int64, len(f.visits)), ends: make([][]int64, len(f.visits))}
	flat := make([]int64, 2*len(f.visits)*f.in.Paths)
	for i := range f.visits {
		r.calls[i], flat = flat[:0:f.in.Paths], flat[f.in.Paths:]
		r.ends[i], flat = flat[:0:f.in.Paths], flat[f.in.Paths:]
	}
	p := &path{f: f}
	for k := range f.in.Paths {
		if f.in.Stop != nil && f.in.Stop() {
			break
		}
		p.reset(k)
		p.run()
		for i := range p.visits {
			v := &p.visits[i]
			if v.next != 0 {
				r.calls[i] = append(r.calls[i], v.next)
			}
			if v.done != 0 && v.next|v.calledAt != 0 || v.done != 0 && f.start.visits[i].place >= called {
				r.ends[i] = append(r.ends[i], v.done)
			}
		}
		out.Paths++
	}
	return r
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
func (f *floor) report(out *Forecast, r runs) {
	s := f.in.State
	if f.in.Lengths == nil { // who is told the truth has nothing to widen
		pct := f.widthPct()
		for i := range f.visits {
			f.widen(r.calls[i], pct)
			f.widen(r.ends[i], pct)
		}
	}
	visit := func(i int32) Visit {
		return Visit{ID: f.visits[i].id, Call: spread(r.calls[i], out.Paths), End: spread(r.ends[i], out.Paths)}
	}
	for line, list := range f.start.line {
		list = slices.DeleteFunc(slices.Clone(list), func(i int32) bool { return f.visits[i].probe })
		told := make([]Told, len(list))
		for n, i := range list {
			told[n] = f.told(r.calls[i], out.Paths)
		}
		f.evenOut(line, list, told)
		for n, i := range list {
			v := visit(i)
			v.Told = told[n]
			out.Visits = append(out.Visits, v)
		}
	}
	for i := range f.visits {
		if p := f.start.visits[i].place; p == called || p == seated {
			out.Visits = append(out.Visits, visit(int32(i)))
		}
	}
	for i := range s.Floor.Seats {
		if v := f.start.seats[i].visit; v >= 0 && taken(f.start.seats[i].state) {
			seat := &s.Floor.Seats[i]
			out.Seats = append(out.Seats, Seat{Room: seat.Room, No: seat.No, End: spread(r.ends[v], out.Paths)})
		}
	}
	for _, i := range f.probes {
		if len(f.start.order) > 0 {
			out.Lanes = append(out.Lanes, Lane{Channel: f.visits[i].channel, Call: spread(r.calls[i], out.Paths), Told: f.told(r.calls[i], out.Paths)})
		}
	}
}

// told rounds the moments of calls, which are in branch time.
func (f *floor) told(calls []int64, paths int) Told {
	slices.Sort(calls) // widening kept the order; the truth is as it came
	since := make([]int64, len(calls))
	for i, t := range calls {
		since[i] = t - f.now
	}
	return round(since, paths)
}
