package board

import (
	"slices"

	"lapak/scheduler"
)

// TicketView is what a visitor sees of their own visit: no name, and nothing of
// anybody else but how many stand before them.
type TicketView struct {
	Number  string       `json:"number"`
	State   string       `json:"state"`
	At      int64        `json:"at"`   // what is said of the wait is as of then, whole minutes
	Date    string       `json:"date"` // of the visit
	Open    bool         `json:"open"` // its day is open
	Persons int          `json:"persons"`
	Ahead   int          `json:"ahead"`         // visits before it in the fair order; of one that went out, if it came back now
	People  int          `json:"ahead_persons"` // and their persons
	LowS    int64        `json:"low_s"`
	HighS   int64        `json:"high_s"`
	NoWait  NoWait       `json:"no_wait,omitempty"` // waits, and no time can be told: both times are 0
	Over    bool         `json:"over"`              // waits, and nobody is called any more today: both times are 0
	Due     int64        `json:"due,omitempty"`     // a booking's time
	Next    bool         `json:"guaranteed"`        // carried over: served first on its day
	Shut    bool         `json:"shut,omitempty"`    // booked for a day on which the branch is closed
	Reopens string       `json:"reopens,omitempty"` // shut: the next day on which it is open
	Missed  int          `json:"missed"`            // calls that it did not come to
	Since   int64        `json:"since,omitempty"`   // of the state
	Call    *TicketCall  `json:"call,omitempty"`
	Back    int64        `json:"back_by,omitempty"` // missed: back by then it comes near the head of the line
	Room    int          `json:"room,omitempty"`
	Desk    bool         `json:"desk,omitempty"` // that room is the side desk
	Seats   []int        `json:"seats,omitempty"`
	Claims  []ClaimInfo  `json:"claims"`
	Survey  TicketSurvey `json:"survey"`
	OffsetS int64        `json:"offset_s"`
	ZoneS   int          `json:"zone_s"`
}

// TicketCall is the call that a visit should follow now.
type TicketCall struct {
	At      int64 `json:"at"`
	Until   int64 `json:"until"` // who has not come by then is missed
	Recalls int   `json:"recalls"`
}

// TicketSurvey is whether the visitor may answer the nine questions, and what they
// answered.
type TicketSurvey struct {
	Due     bool  `json:"due"`
	Answers []int `json:"answers,omitempty"` // U1 to U9, 0 for a skipped one
	Times   int   `json:"times"`
}

// Ticket renders a visitor's own view.
func Ticket(s *scheduler.State, v *scheduler.Visit, now int64) TicketView {
	f := &s.Floor
	minute := now / 60 * 60
	t := TicketView{Number: label(s, v), State: v.State.String(), At: minute, Date: v.Date.String(), Open: f.Day.Open && f.Day.Date == v.Date,
		Persons: int(v.Persons), Due: v.Due, Next: v.Priority == scheduler.Guaranteed, Missed: int(v.Requeues), Since: v.Since,
		Room: int(v.Room), Claims: []ClaimInfo{}, OffsetS: f.Day.OffsetS, ZoneS: f.Policy.Calendar.Zone.OffsetS()}
	if v.Ticket.No == 0 {
		t.Number = "" // booked, not here yet
	}
	if r := s.Room(v.Room); r != nil {
		t.Desk = r.Desk
	}
	for _, seat := range s.SeatsOf(v) {
		t.Seats = append(t.Seats, int(seat.No))
	}
	for _, c := range s.ClaimsOf(v) {
		t.Claims = append(t.Claims, claimInfo(s, c))
	}
	switch v.State {
	case scheduler.Booked:
		if _, open, _ := f.Policy.Calendar.HoursOn(v.Date); !open && !t.Open {
			t.Shut = true
			if next, ok := f.Policy.Calendar.NextOpenDay(v.Date); ok {
				t.Reopens = next.String()
			}
		}
	case scheduler.Waiting, scheduler.AtDesk:
		r, _ := s.WaitOf(v, minute)
		t.LowS, t.HighS, t.Over = r.LowS, r.HighS, s.CallsOver(now)
		t.Ahead, t.People = s.AheadOf(v)
		switch {
		case t.Over:
			t.LowS, t.HighS = 0, 0
		case s.Unserved(v):
			t.NoWait = ForSideDesk
		case !r.Some():
			t.NoWait = noWait(s, now)
		}
	case scheduler.SteppedOut, scheduler.Parked:
		t.Ahead, t.People = s.AheadOf(v)
	case scheduler.Called:
		t.Call = &TicketCall{At: v.CalledAt, Until: v.CalledAt + int64(f.Policy.Call.NoShowAfterS), Recalls: int(v.Recalls)}
	case scheduler.NoShow:
		t.Missed++
		if v.Arrived != 0 {
			t.Back = v.Ended + int64(f.Policy.Order.GraceS)
		}
	}
	t.Survey.Due = s.SurveyDue(v, now)
	if a := s.Survey(v.ID); a != nil {
		t.Survey.Times = int(a.Times)
		for _, n := range a.Answers {
			t.Survey.Answers = append(t.Survey.Answers, int(n))
		}
	}
	return t
}

// Newest follows a visit that was carried over to the one booked for it: the link of
// the first leads to the second.
func Newest(s *scheduler.State, id scheduler.VisitID) *scheduler.Visit {
	d := s.Dossier(id)
	if d == nil {
		return nil
	}
	if d.Link == "" {
		return s.Visit(id)
	}
	return ByLink(s, d.Link)
}

// ByLink finds the newest visit of a link's hash, or nil.
func ByLink(s *scheduler.State, link scheduler.Hash) *scheduler.Visit {
	for i := len(s.Dossiers) - 1; i >= 0; i-- {
		if d := s.Dossiers[i]; d.Link == link || slices.Contains(d.Former, link) {
			if v := s.Visit(d.Visit); v != nil {
				return v
			}
		}
	}
	return nil
}
