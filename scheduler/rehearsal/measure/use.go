package measure

import "lapak/scheduler"

// Use is how officers and seats spent a day between opening and close, side
// desks aside: they serve whom others sent.
type Use struct {
	With, Officers int64 // officer-seconds with somebody, and on shift and not on a break
	Taken, Seats   int64 // seat-seconds with somebody, and of booths that work
	InRoom, Rooms  int64 // person-seconds in rooms, and seconds of rooms with somebody in
}

// Meter adds up stretches of time during which nothing changed. The zero Meter
// begins at the first time that it is shown.
type Meter struct {
	Use
	last scheduler.Time
}

// Until adds the stretch up to now, during which the state was as it is.
func (u *Meter) Until(s *scheduler.State, now scheduler.Time) {
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
			u.Room(s, &f.Rooms[i], took)
		}
	}
}

// Add joins another day's use to it.
func (u *Use) Add(day Use) {
	u.With, u.Officers = u.With+day.With, u.Officers+day.Officers
	u.Taken, u.Seats = u.Taken+day.Taken, u.Seats+day.Seats
	u.InRoom, u.Rooms = u.InRoom+day.InRoom, u.Rooms+day.Rooms
}

// Room adds a stretch of so many seconds in one room, during which it was as it is.
func (u *Use) Room(s *scheduler.State, r *scheduler.Room, took int64) {
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

// Groups counts the calls of whole groups and the persons in them.
type Groups struct {
	Calls, Persons int64
}

// Add counts a call, when it is one of a whole group; s holds its visits.
func (g *Groups) Add(s *scheduler.State, c *scheduler.GroupCalled) {
	if c.Kindof != scheduler.GroupCall {
		return
	}
	for _, p := range c.Picks {
		if v := s.Visit(p.Visit); v != nil {
			g.Persons += int64(v.Persons)
		}
	}
	g.Calls++
}
