package whatif

import (
	"lapak/scheduler"
	"lapak/scheduler/calendar"
)

// Answer is what is known so far: with every day that is done the intervals
// get narrower. Times are seconds, shares percent.
type Answer struct {
	Days    int           `json:"days"`         // pairs of days that the rows rest on
	Day     calendar.Date `json:"day,omitzero"` // the past day, if one was asked
	Demand  Demand        `json:"demand"`
	Times   Times         `json:"times"`
	Staff   Staffing      `json:"staff"`   // of the branch without the changes
	Changes []Change      `json:"changes"` // what is different, in words of the policy
	Rows    []Row         `json:"rows"`
	Hours   []HourRow     `json:"hours"`            // by hour of arrival, for a picture
	Notes   []string      `json:"notes"`            // codes of what the reader must know
	Advice  *Advice       `json:"advice,omitempty"` // with Advise
}

// Demand is who comes, and where that is known from.
type Demand struct {
	Visits int    `json:"visits"` // of an average day
	From   string `json:"from"`   // day (a past one), asked, learned, blended (few past visits) or catalogue
	Days   int    `json:"days"`   // that it was learned from
}

// Staffing is how many officers the branch is taken to have, and where that is
// known from.
type Staffing struct {
	Serving int           `json:"serving"`      // those at side desks not counted
	From    string        `json:"from"`         // today (on shift now or earlier), last_day, roster, or day (a past one)
	Day     calendar.Date `json:"day,omitzero"` // of last_day
}

// Times says where the steps' durations come from. Of a past day, MeasuredPct
// of the durations used were measured then; the rest was drawn from the
// learned or the catalogue's distribution.
type Times struct {
	From        string `json:"from"` // day, learned or catalogue
	MeasuredPct int    `json:"measured_pct"`
}

// Change is one field that differs.
type Change struct {
	Field string           `json:"field"`          // of the policy, or hours.…, seats, officers, last_call_s, visits_pct
	Room  scheduler.RoomID `json:"room,omitempty"` // for seats and mode of a room
	From  string           `json:"from"`
	To    string           `json:"to"`
}

// Interval is a mean over the days with the bounds of its 95 % interval. With
// one day there is no interval and the bounds are the value. The bounds of a
// level end at what is possible (0, and 100 for a share); a difference has no
// such bounds.
type Interval struct {
	Value float64 `json:"value"`
	Low   float64 `json:"low"`
	High  float64 `json:"high"`
}

// Row is one figure of both sides. Difference is changed minus base over the
// paired days, with its own interval; Verdict reads it.
type Row struct {
	Figure     string   `json:"figure"`
	Of         string   `json:"of"`     // all, a channel, or persons_1, persons_2, persons_3_up
	Better     string   `json:"better"` // lower, higher or neither
	Base       Interval `json:"base"`
	Changed    Interval `json:"changed"`
	Difference Interval `json:"difference"`
	Verdict    string   `json:"verdict"`          // better, worse, differs, same, or unsure: the interval holds 0
	Really     *float64 `json:"really,omitempty"` // what the past day's records show
}

// HourRow is the mean wait of those who came within one hour of the day.
type HourRow struct {
	Hour     int   `json:"hour"`
	Arrived  int   `json:"arrived"` // persons of an average day
	BaseS    int64 `json:"base_s"`
	ChangedS int64 `json:"changed_s"`
}

// Advice is the answer to "what should I change?".
type Advice struct {
	Promise   Promise    `json:"promise"`
	Base      string     `json:"base"`      // whether the branch keeps the promise as it is: see Proposal.Verdict
	Met       bool       `json:"met"`       // some proposal keeps it
	Order     string     `json:"order"`     // of the proposals: cost, or nearness when none keeps it
	Proposals []Proposal `json:"proposals"` // at most three, each without any part that is not missed
	Tried     int        `json:"tried"`     // candidates looked at
	Rounds    []Round    `json:"rounds"`    // of the race so far
}

// Proposal is one candidate with its evidence, side by side with the base.
type Proposal struct {
	Cost    Cost     `json:"cost"`
	Changes []Change `json:"changes"`
	Set     Changes  `json:"set"` // to be asked about, or made
	// Verdict on the promise: keeps (with 95 % certainty), likely (on average,
	// but the interval holds the bound), unlikely, or fails.
	Verdict string `json:"verdict"`
	Short   Short  `json:"short"`
	Days    int    `json:"days"`
	Rows    []Row  `json:"rows"`
}

// Short is by how much a proposal falls short of the promise on average; 0: it
// does not.
type Short struct {
	WaitS     float64 `json:"wait_s"`
	ServedPct float64 `json:"served_pct"` // of the people, beyond what rounds to the promise
}

// Cost is what a proposal would cost, in the documented order: a switch of the
// policy is free, then moving seats, then longer hours, then an officer.
type Cost struct {
	Kind   string `json:"kind"`   // free, seats, hours or officer: the dearest part
	Points int    `json:"points"` // orders proposals; see costs in candidates.go
}

// Round is one round of the race.
type Round struct {
	Days  int `json:"days"`  // each candidate had seen by its end
	Began int `json:"began"` // candidates at its beginning
	Kept  int `json:"kept"`
}
