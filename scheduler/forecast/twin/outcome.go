package twin

import "lapak/scheduler"

// Outcome is what happened on the paths.
type Outcome struct {
	Paths  int      // that were run
	Visits []Visit  // everybody who is here, and those who may come
	Lines  [2][]int // who wait, in the fair order, and those at the side desk, by their place in Visits
	Seated []int    // who are called or sit already, likewise
	Lanes  []int    // nobody, who joined the line of a channel now, likewise; empty when no session is open
	Seats  []Taken  // that somebody has now
}

// Visit is what happened to one visit.
type Visit struct {
	ID         scheduler.VisitID // 0 for who is not in the state
	Channel    scheduler.Channel
	Persons    int
	Accessible bool  // needs an accessible seat
	Programme  int16 // by which its room is chosen, by its place in the catalogue; -1: none
	// Calls and Ends are when it was called next and when its seats were given up, in
	// branch time, of the paths on which it was, in their order.
	Calls, Ends []scheduler.Time
}

// Taken is a seat that somebody has.
type Taken struct {
	Room  scheduler.RoomID
	No    scheduler.SeatNo
	Visit int // place in Outcome.Visits
}

// Run runs the floor forward along the paths that the input asks for; with 0 there are
// none, and it says only who is here. It is a pure function of its input, and safe to run beside others on the same
// state, whose day must be open.
func Run(in Input) Outcome {
	f := compile(&in)
	out := Outcome{Visits: make([]Visit, len(f.visits))}
	f.all(&out)
	for i := range f.visits {
		x, v := &f.visits[i], &out.Visits[i]
		v.ID, v.Channel, v.Persons, v.Accessible, v.Programme = x.id, x.channel, x.persons, x.kind == 1, f.start.visits[i].prog
		if p := f.start.visits[i].place; p == called || p == seated {
			out.Seated = append(out.Seated, i)
		}
	}
	for line, list := range f.start.line {
		for _, i := range list {
			if !f.visits[i].probe {
				out.Lines[line] = append(out.Lines[line], int(i))
			}
		}
	}
	if len(f.start.order) > 0 {
		for _, i := range f.probes {
			out.Lanes = append(out.Lanes, int(i))
		}
	}
	for i := range in.State.Floor.Seats {
		if v := f.start.seats[i].visit; v >= 0 && taken(f.start.seats[i].state) {
			seat := &in.State.Floor.Seats[i]
			out.Seats = append(out.Seats, Taken{Room: seat.Room, No: seat.No, Visit: int(v)})
		}
	}
	return out
}

// all runs the paths.
func (f *floor) all(out *Outcome) {
	flat := make([]int64, 2*len(f.visits)*f.in.Paths)
	for i := range f.visits {
		out.Visits[i].Calls, flat = flat[:0:f.in.Paths], flat[f.in.Paths:]
		out.Visits[i].Ends, flat = flat[:0:f.in.Paths], flat[f.in.Paths:]
	}
	p := &path{f: f}
	for k := range f.in.Paths {
		if f.in.Stop != nil && f.in.Stop() {
			break
		}
		p.reset(k)
		p.run()
		for i := range p.visits {
			v, x := &p.visits[i], &out.Visits[i]
			if v.next != 0 {
				x.Calls = append(x.Calls, v.next)
			}
			if v.done != 0 && v.next|v.calledAt != 0 || v.done != 0 && f.start.visits[i].place >= called {
				x.Ends = append(x.Ends, v.done)
			}
		}
		out.Paths++
	}
}
