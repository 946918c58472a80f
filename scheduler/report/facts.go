package report

import (
	"encoding/json"
	"fmt"
	"slices"

	"lapak/scheduler"
	"lapak/scheduler/calendar"
	"lapak/scheduler/procedure"
)

// Format is the version of a kept Day. A day of another version is folded anew
// from the journal while that still has it.
const Format = 1

// Day is the facts of one business day. Its rows are sorted, so that they do not
// tell in which order people came, and name no visit: they may be kept when the
// journal is cut.
type Day struct {
	Format  int                    `json:"format"`
	Date    calendar.Date          `json:"date"`
	Hours   calendar.Hours         `json:"hours"`
	Closed  int64                  `json:"closed"`            // seq of the record that closed it; 0: still open
	Partial bool                   `json:"partial,omitempty"` // its first records were no longer there
	Goals   Goals                  `json:"goals"`             // as they stood at the end
	Visits  []Visit                `json:"visits"`
	Claims  []Claim                `json:"claims"`
	Work    []Work                 `json:"work"`
	Places  []Place                `json:"places"`
	Calls   []Calls                `json:"calls"`
	Survey  scheduler.SurveyTally  `json:"survey"`
	Classes scheduler.SurveyPolicy `json:"classes"`
	// Late says that only Survey counts: somebody answered after the day had closed.
	// It replaces the survey of the day that is kept.
	Late bool `json:"-"`
}

// Join makes one day of two parts of it: a day that was closed, opened again and
// closed again. Neither part is changed.
func Join(a, b *Day) *Day {
	d := *b
	d.Partial = a.Partial || b.Partial
	d.Visits = slices.Concat(a.Visits, b.Visits)
	d.Claims = slices.Concat(a.Claims, b.Claims)
	d.Work = slices.Concat(a.Work, b.Work)
	d.Places = slices.Concat(a.Places, b.Places)
	d.Calls = slices.Concat(a.Calls, b.Calls)
	merge(&d.Survey, &a.Survey)
	d.sort()
	return &d
}

// Goals are the settings that the day's figures are held against.
type Goals struct {
	PromisedWaitS int `json:"promised_wait_s"`
	DoorToDoorS   int `json:"door_to_door_s"`
	OvertakeMax   int `json:"overtake_max"`
	SeatChangeS   int `json:"seat_change_s"`
}

// Never is a wait or a stay that did not come to its end.
const Never = -1

// Visit is one visit of the day: everybody who came, and the booked who did not.
type Visit struct {
	Hour      int // of the arrival; -1: never came
	Channel   scheduler.Channel
	Programme procedure.Programme // of the first claim
	Room      scheduler.RoomID    // of the last call; 0: never called
	Officer   scheduler.OfficerID // who led that room's session then, or 0
	End       scheduler.VisitState
	Persons   int
	Claims    int
	Overtaken int
	WaitS     int64 // from arrival, or opening, to the first call; Never
	DoorS     int64 // from the same start to the seat left, of the settled; Never
}

// Claim is one claim that got its outcome on the day.
type Claim struct {
	Hour      int // of the outcome
	Channel   scheduler.Channel
	Programme procedure.Programme
	Room      scheduler.RoomID
	Officer   scheduler.OfficerID // who gave the outcome, or led the session
	Way       Way
	Outcome   scheduler.Outcome
	OwnS      int64 // at the seat, on the visitor's own steps
	OfficerS  int64 // with the officer
	IdleS     int64 // at the seat, waiting for the officer or for the group
}

// Way is how a room worked.
type Way uint8

// The ways: the side desk is apart, because it takes what others began.
const (
	NoSession Way = iota
	OneByOne
	InGroup
	SideDesk
)

// Work is how one officer's time went within one hour of the day.
type Work struct {
	Officer scheduler.OfficerID
	Room    scheduler.RoomID // of the first session with them in the crew, or 0
	Way     Way
	Hour    int
	ShiftS  int64 // on shift and there
	WithS   int64 // of that, with somebody
	BusyS   int64 // on shift in a session, while somebody sat there or waited for it
	BreakS  int64 // on a break or stepped out
}

// Place is how the places of one room were used within one hour.
type Place struct {
	Room    scheduler.RoomID
	Hour    int
	Session int64 // seconds with a session
	OfferS  int64 // place-seconds that could be used meanwhile: the least of distance, share, booths and officer
	TakenS  int64 // place-seconds with somebody, or with somebody on the way
}

// Calls are the calls of one room within one hour.
type Calls struct {
	Room    scheduler.RoomID
	Hour    int
	Groups  int // calls of a group
	Grouped int // persons in them
	Refills int // persons called to freed seats
}

// row writes numbers as a list: a year of days is read in a fraction of a second.
func row(n ...int64) ([]byte, error) { return json.Marshal(n) }

// unrow reads a list of exactly as many numbers.
func unrow(b []byte, to ...*int64) error {
	var list []int64
	if err := json.Unmarshal(b, &list); err != nil {
		return err
	}
	if len(list) != len(to) {
		return fmt.Errorf("report: a row has %d figures, want %d", len(list), len(to))
	}
	for i := range to {
		*to[i] = list[i]
	}
	return nil
}

// programmes are kept by their place in this list; it only grows.
var programmes = []procedure.Programme{procedure.JHT, procedure.JKK, procedure.JKM, procedure.JP, procedure.JKP}

func programmeNo(p procedure.Programme) int64 {
	for i, q := range programmes {
		if p == q {
			return int64(i)
		}
	}
	return -1 // a programme of the branch's own is counted, without its name
}

func programmeOf(n int64) procedure.Programme {
	if n < 0 || n >= int64(len(programmes)) {
		return "OTHER"
	}
	return programmes[n]
}

// MarshalJSON writes the row.
func (v Visit) MarshalJSON() ([]byte, error) {
	return row(int64(v.Hour), int64(v.Channel), programmeNo(v.Programme), int64(v.Room), int64(v.Officer), int64(v.End),
		int64(v.Persons), int64(v.Claims), int64(v.Overtaken), v.WaitS, v.DoorS)
}

// UnmarshalJSON reads the row.
func (v *Visit) UnmarshalJSON(b []byte) error {
	var n [9]int64
	if err := unrow(b, &n[0], &n[1], &n[2], &n[3], &n[4], &n[5], &n[6], &n[7], &n[8], &v.WaitS, &v.DoorS); err != nil {
		return err
	}
	v.Hour, v.Channel, v.Programme, v.Room, v.Officer = int(n[0]), scheduler.Channel(n[1]), programmeOf(n[2]), scheduler.RoomID(n[3]), scheduler.OfficerID(n[4])
	v.End, v.Persons, v.Claims, v.Overtaken = scheduler.VisitState(n[5]), int(n[6]), int(n[7]), int(n[8])
	return nil
}

// MarshalJSON writes the row.
func (c Claim) MarshalJSON() ([]byte, error) {
	return row(int64(c.Hour), int64(c.Channel), programmeNo(c.Programme), int64(c.Room), int64(c.Officer), int64(c.Way), int64(c.Outcome), c.OwnS, c.OfficerS, c.IdleS)
}

// UnmarshalJSON reads the row.
func (c *Claim) UnmarshalJSON(b []byte) error {
	var n [7]int64
	if err := unrow(b, &n[0], &n[1], &n[2], &n[3], &n[4], &n[5], &n[6], &c.OwnS, &c.OfficerS, &c.IdleS); err != nil {
		return err
	}
	c.Hour, c.Channel, c.Programme, c.Room, c.Officer = int(n[0]), scheduler.Channel(n[1]), programmeOf(n[2]), scheduler.RoomID(n[3]), scheduler.OfficerID(n[4])
	c.Way, c.Outcome = Way(n[5]), scheduler.Outcome(n[6])
	return nil
}

// MarshalJSON writes the row.
func (w Work) MarshalJSON() ([]byte, error) {
	return row(int64(w.Officer), int64(w.Room), int64(w.Way), int64(w.Hour), w.ShiftS, w.WithS, w.BusyS, w.BreakS)
}

// UnmarshalJSON reads the row.
func (w *Work) UnmarshalJSON(b []byte) error {
	var n [4]int64
	if err := unrow(b, &n[0], &n[1], &n[2], &n[3], &w.ShiftS, &w.WithS, &w.BusyS, &w.BreakS); err != nil {
		return err
	}
	w.Officer, w.Room, w.Way, w.Hour = scheduler.OfficerID(n[0]), scheduler.RoomID(n[1]), Way(n[2]), int(n[3])
	return nil
}

// MarshalJSON writes the row.
func (p Place) MarshalJSON() ([]byte, error) {
	return row(int64(p.Room), int64(p.Hour), p.Session, p.OfferS, p.TakenS)
}

// UnmarshalJSON reads the row.
func (p *Place) UnmarshalJSON(b []byte) error {
	var n [2]int64
	if err := unrow(b, &n[0], &n[1], &p.Session, &p.OfferS, &p.TakenS); err != nil {
		return err
	}
	p.Room, p.Hour = scheduler.RoomID(n[0]), int(n[1])
	return nil
}

// MarshalJSON writes the row.
func (c Calls) MarshalJSON() ([]byte, error) {
	return row(int64(c.Room), int64(c.Hour), int64(c.Groups), int64(c.Grouped), int64(c.Refills))
}

// UnmarshalJSON reads the row.
func (c *Calls) UnmarshalJSON(b []byte) error {
	var n [5]int64
	if err := unrow(b, &n[0], &n[1], &n[2], &n[3], &n[4]); err != nil {
		return err
	}
	c.Room, c.Hour, c.Groups, c.Grouped, c.Refills = scheduler.RoomID(n[0]), int(n[1]), int(n[2]), int(n[3]), int(n[4])
	return nil
}
