package whatif

import (
	"encoding/json"

	"lapak/scheduler"
	"lapak/scheduler/calendar"
)

// Question is what a manager asks: either what some changes would do, or, with
// Advise, which changes would keep the promise. It is asked over fresh days
// from a seed, or over one past day's real arrivals and measured durations.
type Question struct {
	Changes *Changes      `json:"changes,omitempty"`
	Days    int           `json:"days,omitempty"`    // fresh days, or repetitions of the past day; 0: the default
	Seed    int64         `json:"seed,omitempty"`    // 0: 1
	Day     calendar.Date `json:"day,omitzero"`      // a past day; else fresh days
	PerDay  int           `json:"per_day,omitempty"` // visits of a fresh day; 0: as the branch has had them
	Advise  bool          `json:"advise,omitempty"`
	Promise *Promise      `json:"promise,omitempty"` // with Advise; nil: the policy's goal, everybody served
}

// Changes is what would be different. Everything left out stays as it is.
type Changes struct {
	// Policy is a part of a policy document as in the API: what is missing
	// keeps the branch's, lists are replaced whole.
	Policy json.RawMessage `json:"policy,omitempty"`
	// Hours of every day asked about, in seconds of the day.
	Hours *HoursChange `json:"hours,omitempty"`
	// Rooms that are furnished or used in another way.
	Rooms []RoomChange `json:"rooms,omitempty"`
	// Officers on shift: more are added to the rooms that have fewest, fewer
	// leave from the last. Nil keeps them.
	Officers *int `json:"officers,omitempty"`
	// LastCallS is how long before the close the officers make the last call.
	LastCallS *int `json:"last_call_s,omitempty"`
	// VisitsPct is how many visits come, in percent of the present; fresh days
	// only.
	VisitsPct *int `json:"visits_pct,omitempty"`
}

// HoursChange is the hours that would be different, in seconds of the day.
type HoursChange struct {
	OpenS       *int `json:"open_s,omitempty"`
	LastTicketS *int `json:"last_ticket_s,omitempty"`
	CloseS      *int `json:"close_s,omitempty"`
}

// RoomChange is one room that would be different.
type RoomChange struct {
	Room scheduler.RoomID `json:"room"`
	// Seats furnishes the room anew with so many seats, as many as fit at the
	// distance; nil keeps the seats where they stand.
	Seats *int `json:"seats,omitempty"`
	// Mode is the room's own: default, rolling, closed or single.
	Mode *scheduler.Mode `json:"mode,omitempty"`
	// Unused takes the room out of service; its officer goes to another one.
	Unused *bool `json:"unused,omitempty"`
}

// Promise is what the branch wants to be able to say.
type Promise struct {
	// WaitP95S: of a hundred people who wait, 95 wait at most so long, in
	// seconds, on an average day.
	WaitP95S int `json:"wait_p95_s,omitempty"`
	// ServedPct is the share of the people who came with complete papers and
	// answered their call that is served before the day ends, in whole percent,
	// rounded to the nearest.
	ServedPct int `json:"served_pct,omitempty"`
}

// Limits of a question. They keep one within minutes of one worker.
const (
	// DefaultDays give an interval of about a tenth of the value for the p95
	// wait of an ordinary day.
	DefaultDays = 20
	// DefaultRepeats of a past day: only what was not measured differs between
	// them, so few are enough.
	DefaultRepeats = 5
	// MaxDays keeps one question within minutes on half a core.
	MaxDays = 200
	// MaxVisitsPct is several times a day that is busy already.
	MaxVisitsPct = 400
)
