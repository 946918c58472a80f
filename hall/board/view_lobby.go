package board

import (
	"lapak/scheduler"
)

// Numbers of things that a view lists. A screen cannot show more, and a frame
// stays a few kilobytes.
const (
	lobbyCalls   = 12 // recent calls on the board
	lobbyMissed  = 12
	lobbyNext    = 6
	roomWaiting  = 40 // of the line, on the officer's screen
	deskList     = 200
	managerWaits = 20
)

// LobbyView is what the board in the lobby shows: numbers, rooms, seats and
// times, never a name, a programme or a priority.
type LobbyView struct {
	Date     string      `json:"date"`     // of the business day
	Open     bool        `json:"open"`     // a day is open
	ZoneS    int         `json:"zone_s"`   // the zone's offset from UTC in seconds
	OffsetS  int64       `json:"offset_s"` // wall clock = branch time + this
	HoldS    int         `json:"hold_s"`   // a call stays up at least this long
	Calls    []CallView  `json:"calls"`    // newest first
	Rooms    []LobbyRoom `json:"rooms"`
	Missed   []string    `json:"missed"` // numbers called and not come
	Next     []string    `json:"next"`   // numbers at the head of the line
	Waiting  int         `json:"waiting"`
	Over     bool        `json:"over"` // no more numbers are called today: no waits, nobody next
	Waits    []LaneWait  `json:"waits"`
	AsOf     int64       `json:"as_of"` // of the waits, branch time, whole minutes
	Notice   string      `json:"notice,omitempty"`
	Speed    int         `json:"speed"` // branch seconds per second: 1, or a demo's; 0 while it is paused
	LastHour string      `json:"last_ticket,omitempty"`
}

// CallView is one call on the board.
type CallView struct {
	Seq       int64       `json:"seq"`
	At        int64       `json:"at"`
	Kind      string      `json:"kind"` // group, refill, recall
	Room      int         `json:"room"`
	Places    []PlaceView `json:"places"`
	Withdrawn bool        `json:"withdrawn,omitempty"` // "mohon tunggu kembali"
}

// PlaceView is a number and its seats.
type PlaceView struct {
	Number string `json:"number"`
	Seats  []int  `json:"seats"`
	Here   bool   `json:"here,omitempty"` // at the seats by now: need not be shown as missing
}

// LobbyRoom is a room's state on the board.
type LobbyRoom struct {
	ID       int    `json:"id"`
	Desk     bool   `json:"desk,omitempty"`
	State    string `json:"state"` // closed, forming, called, seating, running, closing, cleaning
	Until    int64  `json:"until,omitempty"`
	Present  int    `json:"present"`
	Capacity int    `json:"capacity"`
}

// LaneWait is the expected wait of one channel as a range, in seconds.
type LaneWait struct {
	Lane  string `json:"lane"`
	LowS  int64  `json:"low_s"`
	HighS int64  `json:"high_s"`
}

// Lobby renders the lobby's view.
func Lobby(s *scheduler.State, now int64) LobbyView {
	f := &s.Floor
	v := LobbyView{Date: f.Day.Date.String(), Open: f.Day.Open, ZoneS: f.Policy.Calendar.Zone.OffsetS(),
		OffsetS: f.Day.OffsetS, HoldS: f.Policy.Call.BoardHoldS, AsOf: now / 60 * 60, Calls: callViews(s, lobbyCalls),
		Rooms: []LobbyRoom{}, Missed: []string{}, Next: []string{}, Over: s.CallsOver(now), Waits: laneWaits(s, now)}
	for i := range f.Rooms {
		v.Rooms = append(v.Rooms, lobbyRoom(s, &f.Rooms[i], now))
	}
	for i := len(f.Visits) - 1; i >= 0 && len(v.Missed) < lobbyMissed; i-- {
		if w := &f.Visits[i]; w.State == scheduler.NoShow && w.Ticket.No != 0 {
			v.Missed = append(v.Missed, f.Policy.Label(w.Ticket))
		}
	}
	line := f.Line(scheduler.Waiting)
	v.Waiting = len(line)
	if v.Over {
		return v
	}
	for _, w := range line[:min(lobbyNext, len(line))] {
		v.Next = append(v.Next, f.Policy.Label(w.Ticket))
	}
	return v
}

// laneWaits tells the waits as of the whole minute; nothing once nobody is called
// any more today.
func laneWaits(s *scheduler.State, now int64) []LaneWait {
	list := []LaneWait{}
	if s.CallsOver(now) {
		return list
	}
	for c, w := range s.Waits(now / 60 * 60) {
		list = append(list, LaneWait{Lane: scheduler.Channel(c).String(), LowS: w.LowS, HighS: w.HighS})
	}
	return list
}

func callViews(s *scheduler.State, most int) []CallView {
	list := []CallView{}
	calls := s.Floor.Calls
	for i := len(calls) - 1; i >= 0 && len(list) < most; i-- {
		c := &calls[i]
		w := CallView{Seq: c.Seq, At: c.At, Kind: c.Kind.String(), Room: int(c.Room), Places: []PlaceView{}, Withdrawn: c.Withdrawn != 0}
		for _, p := range c.Places {
			if place, ok := placeView(s, p, w.Withdrawn); ok {
				w.Places = append(w.Places, place)
			}
		}
		if len(w.Places) > 0 {
			list = append(list, w)
		}
	}
	return list
}

// placeView shows a number and its seats while it is awaited there, and after
// its people came. Who missed the call is elsewhere on the board, who left it is
// nowhere; a call that was taken back still shows whom it concerned.
func placeView(s *scheduler.State, p scheduler.Place, withdrawn bool) (PlaceView, bool) {
	view := PlaceView{Number: s.Floor.Policy.Label(p.Ticket), Seats: ints(p.Seats)}
	v := s.Visit(p.Visit)
	if v == nil {
		return view, withdrawn
	}
	view.Here = v.State == scheduler.Seated || v.State == scheduler.Settled
	return view, withdrawn || view.Here || v.State == scheduler.Called
}

func ints(seats []scheduler.SeatNo) []int {
	list := make([]int, len(seats))
	for i, n := range seats {
		list[i] = int(n)
	}
	return list
}

func lobbyRoom(s *scheduler.State, r *scheduler.Room, now int64) LobbyRoom {
	v := LobbyRoom{ID: int(r.ID), Desk: r.Desk, State: "closed"}
	ses := s.SessionIn(r.ID)
	if ses == nil {
		return v
	}
	c := s.CapacityOf(r, now)
	v.State, v.Present, v.Capacity = ses.State.String(), c.Present, min(c.Seats, c.Occupancy, c.Booths, c.Officer)
	if ses.State == scheduler.Cleaning {
		v.Until = r.ReadyAt
	}
	return v
}
