package board

import (
	"slices"

	"lapak/scheduler"
)

// Numbers of things that a view lists. A screen cannot show more, and a frame
// stays a few kilobytes.
const (
	lobbyCalls   = 12 // recent calls on the board, beside those still awaited
	lobbyMissed  = 24
	lobbyNext    = 10
	lobbyGroup   = 20 // numbers of a group that forms
	roomWaiting  = 40 // of the line, on the officer's screen
	deskList     = 200
	managerWaits = 20
	managerQueue = 120 // people drawn on the floor plan; as many wait on a surge day's morning
)

// LobbyView is what the board in the lobby shows: numbers, rooms, seats and
// times, never a name, a programme or a priority.
type LobbyView struct {
	Date    string       `json:"date"`     // of the business day
	Open    bool         `json:"open"`     // a day is open
	ZoneS   int          `json:"zone_s"`   // the zone's offset from UTC in seconds
	OffsetS int64        `json:"offset_s"` // wall clock = branch time + this
	HoldS   int          `json:"hold_s"`   // a call stays up at least this long
	Calls   []CallView   `json:"calls"`    // newest first
	Rooms   []LobbyRoom  `json:"rooms"`
	Missed  []string     `json:"missed"`  // numbers called and not come
	Next    []string     `json:"next"`    // numbers at the head of the line
	Waiting int          `json:"waiting"` // whom a room calls; who waits for a side desk is not in the line
	Over    bool         `json:"over"`    // no more numbers are called today: no waits, nobody next
	Waits   []LaneWait   `json:"waits"`
	NoWait  NoWait       `json:"no_wait,omitempty"` // why a lane is not in waits
	AsOf    int64        `json:"as_of"`             // of the waits, branch time, whole minutes
	Hours   *LobbyHours  `json:"hours,omitempty"`
	Lobbies []LobbyPlace `json:"lobbies"` // where people wait, and which display speaks there
	Notice  string       `json:"notice,omitempty"`
	Speed   int          `json:"speed"`           // branch seconds per second: 1, or a demo's; 0 while it is paused
	Media   int64        `json:"media,omitempty"` // revision of the branch's own slides and clips
}

// LobbyPlace is one of the places where people wait. No rooms are those that no other
// lobby has.
type LobbyPlace struct {
	ID        int    `json:"id"`
	Name      string `json:"name"`
	Rooms     []int  `json:"rooms"`
	Announcer int    `json:"announcer"` // the device that speaks; 0: none is paired
	English   bool   `json:"english"`   // it speaks English after Indonesian
	Contrast  bool   `json:"contrast"`  // its displays show high contrast
}

// LobbyHours are the day's hours in seconds since midnight; a day that was opened
// outside the hours has none.
type LobbyHours struct {
	OpenS       int `json:"open_s"`
	LastTicketS int `json:"last_ticket_s"`
	CloseS      int `json:"close_s"`
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
	ID       int      `json:"id"`
	Name     string   `json:"name,omitempty"` // what else it is called, or where it is
	Desk     bool     `json:"desk,omitempty"`
	State    string   `json:"state"`           // closed, forming, called, seating, running, closing, cleaning
	Until    int64    `json:"until,omitempty"` // cleaned by then; or the group is expected to be done; 0: nobody can say
	Frees    bool     `json:"frees,omitempty"` // until is of the next seat only, because freed seats are called again; 0: one is free
	Next     []string `json:"next,omitempty"`  // the group that forms, as it stands now
	Present  int      `json:"present"`
	Capacity int      `json:"capacity"`
}

// LaneWait is the expected wait of one channel as a range, in seconds.
type LaneWait struct {
	Lane  string `json:"lane"`
	LowS  int64  `json:"low_s"`
	HighS int64  `json:"high_s"`
}

// NoWait is why no wait can be told.
type NoWait = string

// The reasons: nobody serves yet or any more, the forecast is still at it, and, of one
// visit, no room works its programme: it waits for a side desk.
const (
	NobodyServes NoWait = "nobody"
	BeingCounted NoWait = "counting"
	ForSideDesk  NoWait = "side_desk"
)

func noWait(s *scheduler.State, now int64) NoWait {
	if s.Serves(now) {
		return BeingCounted
	}
	return NobodyServes
}

// Lobby renders the lobby's view.
func Lobby(s *scheduler.State, now int64) LobbyView {
	f := &s.Floor
	v := LobbyView{Date: f.Day.Date.String(), Open: f.Day.Open, ZoneS: f.Policy.Calendar.Zone.OffsetS(),
		OffsetS: f.Day.OffsetS, HoldS: f.Policy.Call.BoardHoldS, AsOf: now / 60 * 60, Calls: boardCalls(s, now), Hours: lobbyHours(f),
		Rooms: []LobbyRoom{}, Missed: []string{}, Next: []string{}, Over: s.CallsOver(now), Lobbies: []LobbyPlace{}}
	if !f.Day.Open {
		v.HoldS = 0 // nobody is on the way any more: what was called last is past
	}
	v.Waits, v.NoWait = laneWaits(s, now)
	for i := range f.Rooms {
		v.Rooms = append(v.Rooms, lobbyRoom(s, &f.Rooms[i], now))
	}
	for i := len(f.Visits) - 1; i >= 0 && len(v.Missed) < lobbyMissed; i-- {
		if w := &f.Visits[i]; w.State == scheduler.NoShow && w.Ticket.No != 0 {
			v.Missed = append(v.Missed, f.Policy.Label(w.Ticket))
		}
	}
	line := s.InLine(scheduler.Waiting) // whom no room calls is not next, however long they wait
	v.Waiting = len(line)
	if v.Over {
		return v
	}
	for _, w := range line[:min(lobbyNext, len(line))] {
		v.Next = append(v.Next, f.Policy.Label(w.Ticket))
	}
	return v
}

// laneWaits tells the waits as of the whole minute, of the lanes of which one can
// be told, and why there are not all of them; nothing once nobody is called any
// more today.
func laneWaits(s *scheduler.State, now int64) ([]LaneWait, NoWait) {
	list, why := []LaneWait{}, NoWait("")
	if s.CallsOver(now) {
		return list, why
	}
	for c, w := range s.Waits(now / 60 * 60) {
		if !w.Some() {
			why = noWait(s, now)
			continue
		}
		list = append(list, LaneWait{Lane: scheduler.Channel(c).String(), LowS: w.LowS, HighS: w.HighS})
	}
	return list, why
}

func lobbyHours(f *scheduler.Floor) *LobbyHours {
	h := f.Day.Hours
	if h.CloseS == 0 || f.Day.Extended {
		return nil
	}
	return &LobbyHours{OpenS: h.OpenS, LastTicketS: h.LastTicketS, CloseS: h.CloseS}
}

// boardCalls are the recent calls, and every older one that somebody is still awaited
// for or that must stay up: a row may leave the board for no newer one. A call whose
// numbers were all called again since takes no other number's row.
func boardCalls(s *scheduler.State, now int64) []CallView {
	list, rows := []CallView{}, 0
	up := map[string]bool{}
	for _, w := range callViews(s, scheduler.MaxCalls) {
		fresh := slices.ContainsFunc(w.Places, func(p PlaceView) bool { return !up[p.Number] })
		if !(fresh && rows < lobbyCalls) && now-w.At >= int64(s.Floor.Policy.Call.BoardHoldS) && !w.awaited() {
			continue
		}
		list = append(list, w)
		for _, p := range w.Places {
			up[p.Number] = true
		}
		if fresh {
			rows++
		}
	}
	return list
}

// lastCalls are the recent calls with each number once, at its newest.
func lastCalls(s *scheduler.State, most int) []CallView {
	list := []CallView{}
	told := map[string]bool{}
	for _, w := range callViews(s, scheduler.MaxCalls) {
		w.Places = slices.DeleteFunc(w.Places, func(p PlaceView) bool { return told[p.Number] })
		for _, p := range w.Places {
			told[p.Number] = true
		}
		if len(w.Places) > 0 && len(list) < most {
			list = append(list, w)
		}
	}
	return list
}

// awaited says that somebody who was called has not come yet.
func (w *CallView) awaited() bool {
	return !w.Withdrawn && slices.ContainsFunc(w.Places, func(p PlaceView) bool { return !p.Here })
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
// nowhere; a call that was taken back still shows whom it concerned. A number called
// before the day was closed was called, and nobody is awaited any more.
func placeView(s *scheduler.State, p scheduler.Place, withdrawn bool) (PlaceView, bool) {
	view := PlaceView{Number: s.Floor.Policy.Label(p.Ticket), Seats: ints(p.Seats)}
	v := s.Visit(p.Visit)
	if v == nil {
		return view, withdrawn
	}
	ended := v.State == scheduler.CarriedOver && !s.Floor.Day.Open && v.Ended == s.Floor.Day.Closed
	view.Here = v.State == scheduler.Seated || v.State == scheduler.Settled || ended
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
	switch ses.State {
	case scheduler.Cleaning:
		v.Until = r.ReadyAt
	case scheduler.Forming:
		v.Next = formingGroup(s, r.ID, now)
	case scheduler.Running, scheduler.Closing:
		v.Frees = ses.Mode == scheduler.Rolling && !ses.Last && ses.State == scheduler.Running
		v.Until = doneBy(s, r.ID, now, v.Frees)
		if v.Frees {
			v.Until = nextSeat(s, r, now, v.Until)
		}
	}
	return v
}

// formingGroup is who would be called together if the call came now.
func formingGroup(s *scheduler.State, room scheduler.RoomID, now int64) []string {
	if s.CallsOver(now) {
		return nil
	}
	var list []string
	for _, pick := range s.Propose(room, now).Picks {
		if v := s.Visit(pick.Visit); v != nil && len(list) < lobbyGroup {
			list = append(list, s.Floor.Policy.Label(v.Ticket))
		}
	}
	return list
}

// nextSeat is when the room can take somebody again: 0 when it can now, else when the
// first cleaned seat is usable, or what is expected of those who are there.
func nextSeat(s *scheduler.State, r *scheduler.Room, now, expected int64) int64 {
	if s.FreePlaces(r, now) > 0 {
		return 0
	}
	for _, seat := range s.RoomSeats(r) {
		if seat.State == scheduler.SeatCleaning && !seat.Closed && seat.FreeAt > now && (expected == 0 || seat.FreeAt < expected) {
			expected = seat.FreeAt
		}
	}
	return expected
}

// doneBy is when the first, or else the last, of a room's visits is expected to be
// done; 0 when nobody can say.
func doneBy(s *scheduler.State, room scheduler.RoomID, now int64, first bool) int64 {
	at := int64(0)
	for _, f := range s.Finishes(room, now) {
		switch {
		case f.End == 0 && !first:
			return 0
		case f.End > 0 && (at == 0 || (f.End < at) == first):
			at = f.End
		}
	}
	return at
}
