package rehearsal

import (
	"fmt"

	"lapak/scheduler"
)

// Use is how officers and seats spent a day between opening and close, side
// desks aside: they serve whom others sent.
type Use struct {
	With, Officers int64 // officer-seconds with somebody, and on shift and not on a break
	Taken, Seats   int64 // seat-seconds with somebody, and of booths that work
	InRoom, Rooms  int64 // person-seconds in rooms, and seconds of rooms with somebody in
}

// useSince adds up stretches of time during which nothing changed.
type useSince struct {
	Use
	last scheduler.Time
}

// measure adds the stretch up to now, during which the state was as it is.
func (u *useSince) measure(s *scheduler.State, now scheduler.Time) {
	from := u.last
	u.last = max(u.last, now)
	f := &s.Floor
	if !f.Day.Open || from == 0 {
		return
	}
	zone := f.Policy.Calendar.Zone
	at := func(second int) scheduler.Time { return zone.At(f.Day.Date, second) - f.Day.OffsetS }
	took := min(now, at(f.Day.Hours.CloseS)) - max(from, at(f.Day.Hours.OpenS))
	if took <= 0 {
		return
	}
	for i := range f.Officers {
		o := &f.Officers[i]
		if o.Presence != scheduler.OnShift || onDesk(s, o.ID) {
			continue
		}
		u.Officers += took
		if o.WithRoom != 0 {
			u.With += took
		}
	}
	for i := range f.Rooms {
		if !f.Rooms[i].Desk {
			u.room(s, &f.Rooms[i], took)
		}
	}
}

func (u *useSince) room(s *scheduler.State, r *scheduler.Room, took int64) {
	here := int64(0)
	seats := s.RoomSeats(r)
	for i := range seats {
		seat := &seats[i]
		if !seat.Closed {
			u.Seats += took
		}
		if seat.State != scheduler.SeatFree && seat.State != scheduler.SeatCleaning {
			here++
		}
	}
	u.Taken += here * took
	if here > 0 {
		u.InRoom, u.Rooms = u.InRoom+here*took, u.Rooms+took
	}
}

// onDesk reports whether the officer serves a side desk now.
func onDesk(s *scheduler.State, id scheduler.OfficerID) bool {
	for i := range s.Floor.Sessions {
		ses := &s.Floor.Sessions[i]
		if r := s.Room(ses.Room); r != nil && r.Desk {
			for _, o := range ses.Crew {
				if o == id {
					return true
				}
			}
		}
	}
	return false
}

// Played is what one day showed.
type Played struct {
	State      *scheduler.State // before the close, which sends everybody home
	Totals     scheduler.Totals
	Use        Use
	Groups     int64 // calls of whole groups, and the persons in them
	Grouped    int64
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
	var use useSince
	var out Played
	r.seen = func(now scheduler.Time) { use.measure(r.d.State, now) }
	r.called = func(c scheduler.GroupCalled) {
		out.Groups, out.Grouped = addGroup(r.d.State, c, out.Groups, out.Grouped)
	}
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
		if v := s.Visit(g.visit); !g.stays && (v == nil || v.Arrived == 0) {
			out.TurnedAway += g.persons
		}
	}
	for i := range s.Floor.Visits {
		if v := &s.Floor.Visits[i]; v.State == scheduler.Settled {
			out.Ended = max(out.Ended, v.Ended)
		}
	}
	return out, nil
}

// addGroup counts a call of a whole group and its persons.
func addGroup(s *scheduler.State, c scheduler.GroupCalled, groups, persons int64) (int64, int64) {
	if c.Kindof != scheduler.GroupCall {
		return groups, persons
	}
	for _, p := range c.Picks {
		if v := s.Visit(p.Visit); v != nil {
			persons += int64(v.Persons)
		}
	}
	return groups + 1, persons
}
