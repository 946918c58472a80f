package scheduler

import (
	"slices"
	"sort"

	"lapak/scheduler/calendar"
	"lapak/scheduler/procedure"
)

// State is everything the rules know: the floor (small, copied at every batch)
// and the dossiers (papers, receipts, reasons, answered command ids). A State
// that has been published is never changed; a Draft is the copy that is.
type State struct {
	Seq      int64      `json:"seq"` // of the last record applied
	At       Time       `json:"at"`  // of the last record applied
	Floor    Floor      `json:"floor"`
	Dossiers []*Dossier `json:"dossiers"`          // ascending by visit; replaced, never changed in place
	Surveys  []Survey   `json:"surveys,omitempty"` // of today's visits, ascending by visit; replaced, never changed in place
	Undo     []Undoable `json:"undo"`              // the last acts that can still be taken back, oldest first
	Seen     Seen       `json:"seen"`

	layouts []layout    // of the rooms; a pure function of rooms, seats and distance
	lines   [2][]waiter // who waits and who waits at the side desk, in the fair order; see lines.go
	cap     *capture    // what the record under way has touched; nil outside a record
}

// Floor is what order, forming, seating and attention look at. All of it is
// flat: slices of plain values, so that a copy is a handful of memory copies.
type Floor struct {
	Day         Day               `json:"day"`
	Policy      *Policy           `json:"policy"`          // replaced, never changed in place
	Times       *procedure.Times  `json:"times,omitempty"` // learned; nil: the catalogue's hold. Replaced, never changed in place
	Rooms       []Room            `json:"rooms"`           // ascending by id
	Seats       []Seat            `json:"seats"`           // a room's seats stand together, in order of number
	Officers    []Officer         `json:"officers"`
	Visits      []Visit           `json:"visits"` // ascending by id
	Claims      []Claim           `json:"claims"` // ascending by id
	Sessions    []Session         `json:"sessions"`
	Calls       []Call            `json:"calls"`               // the last MaxCalls, oldest first
	Told        []Told            `json:"told,omitempty"`      // what those who wait were told, ascending by visit
	Lanes       [channels]Promise `json:"lanes,omitzero"`      // what somebody is told who joins a line now
	LaneAhead   [channels]int32   `json:"lane_ahead,omitzero"` // persons before whoever joined then
	ToldAt      Time              `json:"told_at,omitempty"`   // of the last telling
	Scores      []HourScore       `json:"scores,omitempty"`    // of today's promises, ascending by hour
	Draw        *Draw             `json:"draw,omitempty"`      // of today or the next day. Replaced, never changed in place
	LastNo      [channels]int32   `json:"last_no"`
	Fittings    []Fitting         `json:"fittings,omitempty"` // what stands in the rooms, ascending by room; replaced, never changed in place
	Plans       []PlannedRoom     `json:"plans,omitempty"`    // drawings that wait for a session to end; likewise
	NextVisit   VisitID           `json:"next_visit"`
	NextClaim   ClaimID           `json:"next_claim"`
	NextSession SessionID         `json:"next_session"`

	times *times // of the procedures; a pure function of policy and learned times
}

// Limits of the floor. A branch sees up to 300 people on its worst day; these
// are several times that, so that a runaway client is refused and a batch's
// copy stays small.
const (
	MaxVisits    = 4000 // one day's and booked ones
	MaxPersons   = 12   // in one visit: more is a company, which comes as several visits
	MaxClaims    = 200  // in one visit: one representative's files for a day
	MaxRooms     = 40
	MaxRoomSeats = 200 // what the seating planner proves, see package seating
	MaxOfficers  = 200
	MaxCalls     = 60 // what a lobby can show, twice over
	MaxUndo      = 64 // acts of a whole branch within half a minute
)

// Day is the business day.
type Day struct {
	Date     calendar.Date  `json:"date"`
	Open     bool           `json:"open"`
	Opened   Time           `json:"opened"`
	Closed   Time           `json:"closed"`
	Hours    calendar.Hours `json:"hours"`    // seconds of the day
	Extended bool           `json:"extended"` // opened by hand outside the hours: runs until closed by hand
	OffsetS  int64          `json:"offset_s"` // wall clock = Time + OffsetS
	Doubted  bool           `json:"doubted"`  // its date lies ahead of the clock as it was put right: a manager may open an earlier one
	Number   int            `json:"number"`   // how many days this journal has opened
}

// Room is a furnished room. Its seats are Floor.Seats[First : First+N].
type Room struct {
	ID         RoomID                `json:"id"`
	Version    int                   `json:"version"`
	WidthMM    int32                 `json:"width_mm"`
	DepthMM    int32                 `json:"depth_mm"`
	Normal     int16                 `json:"normal"` // persons the room normally holds; 0: not limited by occupancy
	Mode       Mode                  `json:"mode"`
	Desk       bool                  `json:"desk"`       // the side desk: serves whoever was sent to it
	Programmes []procedure.Programme `json:"programmes"` // nil: the policy's
	First      int32                 `json:"first"`
	N          int16                 `json:"n"`
	Session    SessionID             `json:"session"`  // live one, or 0
	ReadyAt    Time                  `json:"ready_at"` // cleaned by then
	Touched    int64                 `json:"touched"`
}

// SeatState is what happens at a seat.
type SeatState uint8

// The states of a seat. Their order is part of the wire format.
const (
	SeatFree        SeatState = iota
	SeatExpected              // a called person is on the way
	SeatPreparing             // the person does their own step
	SeatGathering             // the person waits for a group step
	SeatReady                 // the person waits for the officer
	SeatWithOfficer           // the officer is with this person
	SeatBeside                // a companion, or a person whose claims are done while the party stays
	SeatCleaning              // the person left; not yet cleaned
	seatStates
)

var seatStateNames = [seatStates]string{"free", "expected", "preparing", "gathering", "ready", "with_officer", "beside", "cleaning"}

// String returns the state's stable name.
func (s SeatState) String() string { return name(seatStateNames[:], int(s)) }

// MarshalText writes the stable name.
func (s SeatState) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText reads the stable name.
func (s *SeatState) UnmarshalText(b []byte) error { return unname(seatStateNames[:], b, (*uint8)(s)) }

// Seat is a known position in a room and who is there.
type Seat struct {
	Room       RoomID    `json:"room"`
	No         SeatNo    `json:"no"`
	XMM        int32     `json:"x_mm"`
	YMM        int32     `json:"y_mm"`
	Accessible bool      `json:"accessible"`
	Closed     bool      `json:"closed"` // the booth does not work
	State      SeatState `json:"state"`
	Visit      VisitID   `json:"visit"`
	Person     int8      `json:"person"` // which of the visit's persons, from 0
	Claim      ClaimID   `json:"claim"`  // the one being worked on, or 0
	Since      Time      `json:"since"`  // of State
	Help       bool      `json:"help"`   // the person asked for help
	HelpSince  Time      `json:"help_since"`
	CalledSeq  int64     `json:"called_seq"`
	DistanceMM int32     `json:"distance_mm"` // in force at that call
	FreeAt     Time      `json:"free_at"`     // cleaning: usable from then
	HeldFor    VisitID   `json:"held_for"`    // a party at the bound of overtakes waits for this seat
	LastVisit  VisitID   `json:"last_visit"`  // who left it last; the booth shows their outcome until cleaned
	Touched    int64     `json:"touched"`
}

// taken reports whether somebody is at the seat or on the way to it.
func (s *Seat) taken() bool { return s.State != SeatFree && s.State != SeatCleaning }

// Presence is whether an officer can work.
type Presence uint8

// The states of an officer. Their order is part of the wire format.
const (
	OffShift Presence = iota
	OnShift
	OnBreak    // planned pause
	SteppedOff // out for a moment: prayer, a question elsewhere
	presences
)

var presenceNames = [presences]string{"off_shift", "on_shift", "on_break", "stepped_off"}

// String returns the state's stable name.
func (p Presence) String() string { return name(presenceNames[:], int(p)) }

// MarshalText writes the stable name.
func (p Presence) MarshalText() ([]byte, error) { return []byte(p.String()), nil }

// UnmarshalText reads the stable name.
func (p *Presence) UnmarshalText(b []byte) error { return unname(presenceNames[:], b, (*uint8)(p)) }

// Officer is a member of a crew. An officer is with at most one person.
type Officer struct {
	ID         OfficerID             `json:"id"`
	MaxGroup   int16                 `json:"max_group"` // 0: the policy's
	Programmes []procedure.Programme `json:"programmes"`
	Presence   Presence              `json:"presence"`
	Since      Time                  `json:"since"`
	Until      Time                  `json:"until"`      // of a break
	ShiftEnd   Time                  `json:"shift_end"`  // 0: the day's close
	WithRoom   RoomID                `json:"with_room"`  // the seat the officer is with, or 0
	WithSeat   SeatNo                `json:"with_seat"`  // 0 with WithRoom set: the group step of that room
	WithGroup  []SeatNo              `json:"with_group"` // the seats of that group step; replaced, never changed in place
	WithSince  Time                  `json:"with_since"` //
	Touched    int64                 `json:"touched"`
}

// VisitState is where a visit is in its life (design.md).
type VisitState uint8

// The states of a visit. Their order is part of the wire format.
const (
	Booked      VisitState = iota
	Arrived                // has a number; papers not yet checked
	Incomplete             // papers checked and something is missing
	Waiting                // in line
	Called                 // number shown, seats held
	Seated                 // at the seats; where in the procedure, the seats say
	Parked                 // set aside by staff, keeps the place
	SteppedOut             // went out and will be back, keeps the place
	AtDesk                 // in the side desk's line
	Settled                // every claim has an outcome
	NoShow                 // called and never came
	Cancelled              // by the visitor or staff before being served
	Left                   // walked out before being served
	CarriedOver            // the day ended first; guaranteed for the next working day
	visitStates
)

var visitStateNames = [visitStates]string{"booked", "arrived", "incomplete", "waiting", "called", "seated", "parked",
	"stepped_out", "at_desk", "settled", "no_show", "cancelled", "left", "carried_over"}

// String returns the state's stable name.
func (s VisitState) String() string { return name(visitStateNames[:], int(s)) }

// MarshalText writes the stable name.
func (s VisitState) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText reads the stable name.
func (s *VisitState) UnmarshalText(b []byte) error { return unname(visitStateNames[:], b, (*uint8)(s)) }

// Final reports whether nothing more happens to the visit today.
func (s VisitState) Final() bool { return s >= Settled }

// Visit is one ticket: persons who came together, with their claims.
type Visit struct {
	ID         VisitID       `json:"id"`
	Person     PersonID      `json:"person"`
	Ticket     Ticket        `json:"ticket"`
	Channel    Channel       `json:"channel"`
	Priority   Priority      `json:"priority"`
	Accessible bool          `json:"accessible"` // needs a step-free seat
	Persons    int8          `json:"persons"`
	NClaims    int16         `json:"claims"`
	First      ClaimID       `json:"first"`   // first claim; the others follow by Claim.Next
	Company    int32         `json:"company"` // collective: the company's batch number, or 0
	Date       calendar.Date `json:"date"`
	Due        Time          `json:"due"` // a booking's time, or 0
	Arrived    Time          `json:"arrived"`
	Ready      Time          `json:"ready"` // papers found complete
	Effective  Time          `json:"eff"`   // place in the fair order
	Lot        uint32        `json:"lot"`   // drawn: settles equal Effective among early comers
	State      VisitState    `json:"state"`
	Since      Time          `json:"since"`
	CalledAt   Time          `json:"called_at"` // first call to the present seats
	Recalls    int8          `json:"recalls"`
	Requeues   int8          `json:"requeues"`
	Overtaken  int8          `json:"overtaken"`
	Sitting    int16         `json:"sitting"` // claims settled in this sitting
	Room       RoomID        `json:"room"`
	Session    SessionID     `json:"session"`
	FirstCall  Time          `json:"first_call"` // ends the waiting clock, once
	SeatedAt   Time          `json:"seated_at"`
	Ended      Time          `json:"ended"`
	Touched    int64         `json:"touched"`
}

// Claim is one application under one programme.
type Claim struct {
	ID        ClaimID             `json:"id"`
	Visit     VisitID             `json:"visit"`
	Next      ClaimID             `json:"next"`
	Programme procedure.Programme `json:"programme"`
	Reason    procedure.Reason    `json:"reason"`
	Small     bool                `json:"small"`  // balance that is paid in a day (JHT up to Rp 10 million)
	Person    int8                `json:"person"` // whose seat works on it
	Step      int8                `json:"step"`   // index into the procedure
	StepSince Time                `json:"step_since"`
	Outcome   Outcome             `json:"outcome"`
	Settled   Time                `json:"settled"`
	Promise   calendar.Date       `json:"promise"`
	Touched   int64               `json:"touched"`
}

// SessionState is where a session is in its life (design.md).
type SessionState uint8

// The states of a session. Their order is part of the wire format.
const (
	Forming SessionState = iota
	Calling              // first group called, nobody seated yet
	Seating              // some seated, some expected
	Running
	Closing // last call made: no refill
	Cleaning
	Ended   // the room is ready again
	Aborted // members are back in the line; cleaning follows
	sessionStates
)

var sessionStateNames = [sessionStates]string{"forming", "called", "seating", "running", "closing", "cleaning", "ended", "aborted"}

// String returns the state's stable name.
func (s SessionState) String() string { return name(sessionStateNames[:], int(s)) }

// MarshalText writes the stable name.
func (s SessionState) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText reads the stable name.
func (s *SessionState) UnmarshalText(b []byte) error {
	return unname(sessionStateNames[:], b, (*uint8)(s))
}

// Session is a crew, a room and its seats, from forming to cleaned.
type Session struct {
	ID      SessionID    `json:"id"`
	Room    RoomID       `json:"room"`
	Mode    Mode         `json:"mode"`
	State   SessionState `json:"state"`
	Crew    []OfficerID  `json:"crew"` // replaced, never changed in place
	Last    bool         `json:"last"` // no further group here
	Opened  Time         `json:"opened"`
	Since   Time         `json:"since"`
	Touched int64        `json:"touched"`
}

// CallKind says why numbers were shown.
type CallKind uint8

// The kinds of calls. Their order is part of the wire format.
const (
	GroupCall CallKind = iota
	RefillCall
	Recall
	callKinds
)

var callKindNames = [callKinds]string{"group", "refill", "recall"}

// String returns the kind's stable name.
func (k CallKind) String() string { return name(callKindNames[:], int(k)) }

// MarshalText writes the stable name.
func (k CallKind) MarshalText() ([]byte, error) { return []byte(k.String()), nil }

// UnmarshalText reads the stable name.
func (k *CallKind) UnmarshalText(b []byte) error { return unname(callKindNames[:], b, (*uint8)(k)) }

// Call is numbers sent to a room and seats, as the boards show and speak it.
type Call struct {
	Seq       int64    `json:"seq"` // of the record
	At        Time     `json:"at"`
	Kind      CallKind `json:"kind"`
	Room      RoomID   `json:"room"`
	Places    []Place  `json:"places"` // replaced, never changed in place
	Withdrawn Time     `json:"withdrawn"`
}

// Place is one visit and its seats in a call.
type Place struct {
	Visit  VisitID  `json:"visit"`
	Ticket Ticket   `json:"ticket"`
	Seats  []SeatNo `json:"seats"`
}

func (s *State) visitIndex(id VisitID) int {
	v := s.Floor.Visits
	if len(v) == 0 {
		return -1
	}
	if i := int(id - v[0].ID); i >= 0 && i < len(v) && v[i].ID == id {
		return i // ids are dense within a day
	}
	i := sort.Search(len(v), func(i int) bool { return v[i].ID >= id })
	if i < len(v) && v[i].ID == id {
		return i
	}
	return -1
}

// Visit returns the visit, or nil.
func (s *State) Visit(id VisitID) *Visit {
	if i := s.visitIndex(id); i >= 0 {
		return &s.Floor.Visits[i]
	}
	return nil
}

func (s *State) claimIndex(id ClaimID) int {
	c := s.Floor.Claims
	if len(c) == 0 {
		return -1
	}
	if i := int(id - c[0].ID); i >= 0 && i < len(c) && c[i].ID == id {
		return i
	}
	i := sort.Search(len(c), func(i int) bool { return c[i].ID >= id })
	if i < len(c) && c[i].ID == id {
		return i
	}
	return -1
}

// Claim returns the claim, or nil.
func (s *State) Claim(id ClaimID) *Claim {
	if i := s.claimIndex(id); i >= 0 {
		return &s.Floor.Claims[i]
	}
	return nil
}

// ClaimsOf returns the visit's claims in order.
func (s *State) ClaimsOf(v *Visit) []*Claim {
	list := make([]*Claim, 0, v.NClaims)
	for c := s.Claim(v.First); c != nil && len(list) < int(v.NClaims); c = s.Claim(c.Next) {
		list = append(list, c)
	}
	return list
}

// Room returns the room, or nil.
func (s *State) Room(id RoomID) *Room {
	for i := range s.Floor.Rooms {
		if s.Floor.Rooms[i].ID == id {
			return &s.Floor.Rooms[i]
		}
	}
	return nil
}

// RoomSeats returns the room's seats, in order of number.
func (s *State) RoomSeats(r *Room) []Seat { return s.Floor.Seats[r.First : r.First+int32(r.N)] }

// Seat returns the seat, or nil.
func (s *State) Seat(room RoomID, no SeatNo) *Seat {
	r := s.Room(room)
	if r == nil || no < 1 || int16(no) > r.N {
		return nil
	}
	return &s.Floor.Seats[r.First+int32(no)-1]
}

// Officer returns the officer, or nil.
func (s *State) Officer(id OfficerID) *Officer {
	for i := range s.Floor.Officers {
		if s.Floor.Officers[i].ID == id {
			return &s.Floor.Officers[i]
		}
	}
	return nil
}

// Session returns the live session, or nil.
func (s *State) Session(id SessionID) *Session {
	for i := range s.Floor.Sessions {
		if s.Floor.Sessions[i].ID == id {
			return &s.Floor.Sessions[i]
		}
	}
	return nil
}

// SessionIn returns the live session in the room, or nil.
func (s *State) SessionIn(room RoomID) *Session {
	r := s.Room(room)
	if r == nil || r.Session == 0 {
		return nil
	}
	return s.Session(r.Session)
}

// SeatsOf returns the seats that the visit holds, in order of number.
func (s *State) SeatsOf(v *Visit) []*Seat {
	r := s.Room(v.Room)
	if r == nil {
		return nil
	}
	var list []*Seat
	seats := s.RoomSeats(r)
	for i := range seats {
		if seats[i].Visit == v.ID && seats[i].taken() {
			list = append(list, &seats[i])
		}
	}
	return list
}

// Wall turns branch time into the wall clock's unix seconds.
func (f *Floor) Wall(at Time) int64 { return at + f.Day.OffsetS }

// HoursOn returns the hours of a date and whether the branch is open on it: the
// calendar's, and those of the day that is open now though the calendar says closed,
// because a manager opened it by hand.
func (f *Floor) HoursOn(date calendar.Date) (calendar.Hours, bool) {
	hours, open, _ := f.Policy.Calendar.HoursOn(date)
	if !open && f.Day.Open && f.Day.Date == date {
		return f.Day.Hours, true
	}
	return hours, open
}

// secondOfDay is the wall clock's second of the local day.
func (f *Floor) secondOfDay(at Time) int {
	return f.Policy.Calendar.Zone.SecondOfDay(f.Wall(at))
}

// atSecond is the branch time at a local second of the business day.
func (f *Floor) atSecond(second int) Time {
	return f.Policy.Calendar.Zone.At(f.Day.Date, second) - f.Day.OffsetS
}

// New returns the state of a branch before its first record.
func New() *State {
	p := DefaultPolicy()
	return &State{Floor: Floor{Policy: p, NextVisit: 1, NextClaim: 1, NextSession: 1, times: newTimes(p, nil)}}
}

// clone copies the state so that the copy may be changed: the floor's slices
// and the list of dossiers, but no dossier, policy, crew or list of places,
// which are replaced and never changed.
func (s *State) clone() *State {
	c := *s
	f := &c.Floor
	f.Rooms = slices.Clone(f.Rooms)
	f.Seats = slices.Clone(f.Seats)
	f.Officers = slices.Clone(f.Officers)
	f.Visits = slices.Clone(f.Visits)
	f.Claims = slices.Clone(f.Claims)
	f.Sessions = slices.Clone(f.Sessions)
	f.Calls = slices.Clone(f.Calls)
	f.Told = slices.Clone(f.Told)
	f.Scores = slices.Clone(f.Scores)
	c.Dossiers = slices.Clone(s.Dossiers)
	c.Undo = slices.Clone(s.Undo)
	c.Seen = s.Seen.clone()
	for k := range c.lines {
		c.lines[k] = slices.Clone(s.lines[k])
	}
	c.cap = nil
	return &c
}
