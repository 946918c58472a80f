package learning

import (
	"slices"

	"lapak/scheduler"
)

// Bounds of the kept versions: a room is drawn anew a few times a year, and what
// is older is in the journal.
const (
	maxDrawingsOf = 12  // of one room
	maxDrawings   = 200 // of all
)

// Drawing is one version of a room, with who drew it and when.
type Drawing struct {
	At      scheduler.Time       `json:"at"`
	By      scheduler.Actor      `json:"by"`
	Room    scheduler.Room       `json:"room"`
	Seats   []scheduler.SeatPlan `json:"seats"`
	Fitting scheduler.Fitting    `json:"fitting"`
}

// keepDrawing keeps a version, and lets the oldest go.
func (l *Learner) keepDrawing(rec *scheduler.Record, e scheduler.RoomSet) {
	l.drawn = append(l.drawn, Drawing{At: rec.At, By: rec.By, Room: e.Room, Seats: e.Seats, Fitting: l.d.Fitting(e.Room.ID)})
	n := 0
	for i := len(l.drawn) - 1; i >= 0; i-- {
		if l.drawn[i].Room.ID != e.Room.ID {
			continue
		}
		if n++; n > maxDrawingsOf {
			l.drawn = slices.Delete(l.drawn, i, i+1)
		}
	}
	l.drawn = slices.Delete(l.drawn, 0, max(0, len(l.drawn)-maxDrawings))
}

// Drawings returns the kept versions of a room, newest first.
func (l *Learner) Drawings(room scheduler.RoomID) []Drawing {
	list := []Drawing{}
	for _, d := range slices.Backward(l.drawn) {
		if d.Room.ID == room {
			list = append(list, d)
		}
	}
	return list
}
