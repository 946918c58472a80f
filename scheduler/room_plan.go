package scheduler

import (
	"cmp"
	"slices"
)

// Rect is a rectangle of a room's floor; x and y are its corner nearest the
// room's own corner.
type Rect struct {
	XMM     int32 `json:"x_mm"`
	YMM     int32 `json:"y_mm"`
	WidthMM int32 `json:"width_mm"`
	DepthMM int32 `json:"depth_mm"`
}

// inside reports whether a point lies in the rectangle, its border left out.
func (r *Rect) inside(x, y int32) bool {
	return x > r.XMM && x < r.XMM+r.WidthMM && y > r.YMM && y < r.YMM+r.DepthMM
}

// Fitting is what stands in a room beside its seats. It keeps a drawing's seats
// out of the way; nothing else depends on it.
type Fitting struct {
	Room      RoomID `json:"room"`
	Obstacles []Rect `json:"obstacles,omitempty"`  // pillars, cupboards, the officer's desk
	KeepClear []Rect `json:"keep_clear,omitempty"` // doors and their swing, ways out
}

// PlannedRoom is a drawing that was decided while the room has a session: who
// was called keeps the seat, and the room is drawn anew when the session is over.
type PlannedRoom struct {
	Room    Room       `json:"room"`
	Seats   []SeatPlan `json:"seats"`
	Fitting Fitting    `json:"fitting"`
	At      Time       `json:"at"` // decided
}

// MaxRects bounds each list of a room's rectangles: more is a drawing of the
// building.
const MaxRects = 40

// Fitting returns what stands in the room.
func (s *State) Fitting(id RoomID) Fitting {
	for _, f := range s.Floor.Fittings {
		if f.Room == id {
			return f
		}
	}
	return Fitting{Room: id}
}

// Planned returns the drawing that waits for the room's session to end, or nil.
func (s *State) Planned(id RoomID) *PlannedRoom {
	for i := range s.Floor.Plans {
		if s.Floor.Plans[i].Room.ID == id {
			return &s.Floor.Plans[i]
		}
	}
	return nil
}

// RoomFitted says what stands in a room.
type RoomFitted struct {
	Fitting Fitting `json:"fitting"`
}

// RoomPlanned keeps a drawing until the room's session is over.
type RoomPlanned struct {
	Room    Room       `json:"room"`
	Seats   []SeatPlan `json:"seats"`
	Fitting Fitting    `json:"fitting"`
}

// RoomPlanDropped takes such a drawing back.
type RoomPlanDropped struct {
	Room RoomID `json:"room"`
}

// Kind names the event in the journal.
func (RoomFitted) Kind() string { return "room.fitted" }

// Kind names the event in the journal.
func (RoomPlanned) Kind() string { return "room.planned" }

// Kind names the event in the journal.
func (RoomPlanDropped) Kind() string { return "room.plan_dropped" }

func (e RoomFitted) apply(s *State) {
	list := withoutFitting(s.Floor.Fittings, e.Fitting.Room)
	if len(e.Fitting.Obstacles)+len(e.Fitting.KeepClear) > 0 {
		list = append(list, e.Fitting)
		slices.SortFunc(list, func(a, b Fitting) int { return cmp.Compare(a.Room, b.Room) })
	}
	s.Floor.Fittings = list
}

func (e RoomPlanned) apply(s *State) {
	list := append(withoutPlan(s.Floor.Plans, e.Room.ID), PlannedRoom{Room: e.Room, Seats: e.Seats, Fitting: e.Fitting, At: s.cap.at})
	slices.SortFunc(list, func(a, b PlannedRoom) int { return cmp.Compare(a.Room.ID, b.Room.ID) })
	s.Floor.Plans = list
}

func (e RoomPlanDropped) apply(s *State) { s.Floor.Plans = withoutPlan(s.Floor.Plans, e.Room) }

// withoutFitting copies the list, because published states share it; nil when
// nothing is left, as a state that was read has it.
func withoutFitting(list []Fitting, id RoomID) (rest []Fitting) {
	for _, f := range list {
		if f.Room != id {
			rest = append(rest, f)
		}
	}
	return rest
}

func withoutPlan(list []PlannedRoom, id RoomID) (rest []PlannedRoom) {
	for _, p := range list {
		if p.Room.ID != id {
			rest = append(rest, p)
		}
	}
	return rest
}

func checkRects(field string, list []Rect) error {
	if len(list) > MaxRects {
		return invalid(field, "out_of_range", "A room has at most %d of these rectangles; this drawing has %d.", MaxRects, len(list))
	}
	for i, r := range list {
		if r.XMM < -MaxRoomMM || r.XMM > MaxRoomMM || r.YMM < -MaxRoomMM || r.YMM > MaxRoomMM ||
			r.WidthMM < 1 || r.WidthMM > MaxRoomMM || r.DepthMM < 1 || r.DepthMM > MaxRoomMM {
			return invalid(field, "out_of_range", "Rectangle %d must be 1 to %d mm wide and deep, and lie within so many of the corner.", i+1, MaxRoomMM)
		}
	}
	return nil
}

// checkDrawing holds the seats to the walls and to what stands in the room. A
// seat on the border of a rectangle is beside it.
func (c *SetRoom) checkDrawing() error {
	if err := checkRects("obstacles", c.Obstacles); err != nil {
		return err
	}
	if err := checkRects("keep_clear", c.KeepClear); err != nil {
		return err
	}
	for i, seat := range c.Seats {
		outside := (c.Room.WidthMM > 0 && (seat.XMM < 0 || seat.XMM > c.Room.WidthMM)) ||
			(c.Room.DepthMM > 0 && (seat.YMM < 0 || seat.YMM > c.Room.DepthMM))
		if outside {
			return invalid("seats", "bad_seats", "Seat %d stands outside the walls.", i+1)
		}
		for k := range c.Obstacles {
			if c.Obstacles[k].inside(seat.XMM, seat.YMM) {
				return invalid("seats", "bad_seats", "Seat %d stands in obstacle %d.", i+1, k+1)
			}
		}
		for k := range c.KeepClear {
			if c.KeepClear[k].inside(seat.XMM, seat.YMM) {
				return invalid("seats", "bad_seats", "Seat %d stands in door or way %d, which must be kept clear.", i+1, k+1)
			}
		}
	}
	return nil
}

// draw emits what a drawing changes.
func (d *Draft) drawRoom(r Room, seats []SeatPlan, fitting Fitting) {
	d.emit(RoomSet{Room: r, Seats: seats})
	old := d.Fitting(r.ID)
	if !slices.Equal(old.Obstacles, fitting.Obstacles) || !slices.Equal(old.KeepClear, fitting.KeepClear) {
		d.emit(RoomFitted{Fitting: fitting})
	}
}

// drawPlanned draws the room as it was decided during its session, which is
// over. A booth that broke meanwhile stays closed. A drawing that the rules do
// not allow any more, because the policy changed, is dropped: the room stays.
func (d *Draft) drawPlanned(id RoomID) {
	p, r := d.Planned(id), d.Room(id)
	if p == nil {
		return
	}
	if checkProgrammes(d.Floor.Policy, p.Room.Programmes) != nil || checkSeats(d.Floor.Policy, p.Seats) != nil {
		d.emit(RoomPlanDropped{Room: id})
		return
	}
	seats := slices.Clone(p.Seats)
	for i := range seats {
		for _, old := range d.RoomSeats(r) {
			if old.Closed && old.XMM == seats[i].XMM && old.YMM == seats[i].YMM {
				seats[i].Closed = true
			}
		}
	}
	drawn, fitting := p.Room, p.Fitting
	drawn.Version, drawn.Session, drawn.ReadyAt = r.Version+1, 0, 0
	d.emit(RoomPlanDropped{Room: id})
	d.drawRoom(drawn, seats, fitting)
}

func (c DropPlan) decide(d *Draft) error {
	if d.Room(c.Room) == nil {
		return unknown("room", "room", c.Room)
	}
	if d.Planned(c.Room) == nil {
		return conflict("no_change", "No drawing waits for room %d.", c.Room)
	}
	d.emit(RoomPlanDropped(c))
	return nil
}
