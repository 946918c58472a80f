package twin

import (
	"lapak/scheduler"
	"lapak/scheduler/procedure"
)

// Input is what a forecast is made from. The state is read and never changed;
// a published one may be shared. Times are whole seconds of branch time.
type Input struct {
	State *scheduler.State
	Now   scheduler.Time
	Times *procedure.Times // learned step times; nil: those of the state
	Paths int              // how many; 0: as many as the forecast thinks right for the line
	Seed  uint64           // of all that is drawn
	// Stop is asked before every path; when it says true the answer is given
	// from the paths so far. Nil never stops.
	Stop func() bool

	Manners *Manners // how people go about things; nil: what today shows, with Usual where it shows little
	Usual   *Manners // what this branch is used to, when Manners is nil; nil: Usual
	Breaks  []Break  // that officers mean to take later today, as far as anybody knows
	Later   []Later  // who is known to come; nil: nothing is known but the bookings. Bookings not named stay away then
	Lengths Lengths  // the truth about durations, for a test or a what-if; nil: drawn
}

// Manners are how people take their time between what the rules say: from the
// call to the seat, from one person to the next, and whether they come at all.
type Manners struct {
	WalkLowS, WalkHighS   int64 // from the call to the seat
	LatePct               int   // come only when called again,
	LateLowS, LateHighS   int64 // and so much later
	ReactLowS, ReactHighS int64 // an officer turns to the next
	NoShowPct             int   // called and not there
	BookedAwayPct         int   // booked and never come
	LeavePermilleHour     int   // of those waiting, who give up within an hour
	JumpersHour           int   // who still come without a booking and step in before others, per hour
	Awake                 bool  // officers without a room open one

	MissingPct int // of the arrived, whose papers are found incomplete
}

// Usual are the manners of a branch of which today shows little yet: some
// forty seconds to walk to a seat in a branch of a few rooms, a few seconds for
// an officer to look up, one call in twenty-five that nobody answers.
func Usual() Manners {
	return Manners{WalkLowS: 12, WalkHighS: 65, LatePct: 12, LateLowS: 30, LateHighS: 150, ReactLowS: 2, ReactHighS: 9,
		NoShowPct: 4, BookedAwayPct: 8, MissingPct: 9, LeavePermilleHour: 60, JumpersHour: 0, Awake: true}
}

// Exact are the manners of a branch in which nobody walks, hesitates or stays
// away: what is left is the rules. Tests use them.
func Exact() Manners { return Manners{Awake: true} }

// Break is a break that an officer means to begin at a time, or as soon after
// it as nobody is with the officer.
type Break struct {
	Officer scheduler.OfficerID
	At      scheduler.Time
	ForS    int64
}

// Later is a visit that is known to come. With a booking, what the state knows
// of it is left out here.
type Later struct {
	Booking   scheduler.VisitID
	At        scheduler.Time // its papers are complete
	Effective scheduler.Time // its place in the fair order
	Lot       uint32         // settles equal places
	Channel   scheduler.Channel
	Persons   int
	Access    bool
	Claims    []LaterClaim
}

// LaterClaim is a claim of such a visit.
type LaterClaim struct {
	Programme procedure.Programme
	Person    int
}

// Lengths say how long steps take in truth, in seconds. A visit that is not in
// the state yet has the id 0, and later is its place in Input.Later, else -1.
type Lengths interface {
	// Step is the length of a step of a visit's n-th claim, from 0.
	Step(visit scheduler.VisitID, later, n, step int) int64
	// Group is the length of a group step that the officer began at a time.
	Group(officer scheduler.OfficerID, since scheduler.Time, programme procedure.Programme, step int) int64
}
