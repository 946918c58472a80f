package rehearsal

import (
	"lapak/scheduler"
	"lapak/scheduler/calendar"
	"lapak/scheduler/procedure"
	"lapak/scheduler/rehearsal/dice"
)

// Mischief is how much goes wrong by people's own doing.
type Mischief int

// The levels of mischief.
const (
	NoMischief Mischief = iota
	Careless            // wrong clicks that are taken back, double submits, a booth that fails, short absences
	Rough               // that, and commands out of order, aborts, hand-overs, changes of policy and clock
)

// Config is everything that decides a rehearsed day. Lengths are whole
// millimetres, times whole seconds, shares whole percent.
type Config struct {
	Seed      uint64
	Date      calendar.Date // must be an open day of the policy's calendar
	Visits    int           // who mean to come, bookings and companies' people included
	AtDoorPct int           // of the walk-ins: there around opening
	Channels  [3]int        // percent by channel: walk-in, online, collective; adds up to 100
	Companies int           // how many companies the collective visits belong to
	Parties   [4]int        // percent of visits by persons, 1 to 4; adds up to 100
	Policy    *scheduler.Policy
	Rooms     []RoomSpec
	Officers  []OfficerSpec
	Helpers   int // at the front desk, checking papers
	Luck      Luck
	Mischief  Mischief
	Truth     *procedure.Times // how long steps really take, by officer; nil: what the catalogue says
	People    *People          // who comes, instead of a draw from the shares above; nil: drawn
	Times     *procedure.Times // learned times that the rules are told before the day; nil: none
	LastCallS int              // how long before the close the last call is made; 0: a quarter of an hour
	ReactS    [2]int           // how long an officer needs to turn to the next thing, at least and at most; 0, 0: a few seconds
	Pace      *Pace            // of a simulation; nil: people as they are

	prompt func(who, n int64, step procedure.Step) int64 // nobody walks or hesitates, steps take what it says; nil: people as they are
}

// walk is how long people need from the call to the seat, in seconds.
func (c *Config) walk() (low, high int64) {
	if c.Pace != nil || c.prompt != nil {
		return 0, 0
	}
	return 12, 65
}

// reaction is how long an officer needs to turn to the next thing, in seconds.
func (c *Config) reaction() (low, high int64) {
	if c.Pace != nil || c.prompt != nil {
		return 0, 0
	}
	if c.ReactS[1] > 0 {
		return int64(c.ReactS[0]), int64(c.ReactS[1])
	}
	return 2, 9
}

// duration draws how long a step takes somebody; n tells one claim's steps
// apart.
func (c *Config) duration(who, n int64, step procedure.Step) int64 {
	if c.Pace != nil {
		return c.Pace.Lengths(who, n, step)
	}
	if c.prompt != nil {
		return c.prompt(who, n, step)
	}
	d := dice.Roll(c.Seed, dice.ForStep, who, n)
	return d.Seconds(step.MeanS, step.CvPct)
}

// Luck is how often ordinary things go another way, in percent of the visits.
type Luck struct {
	PapersMissingPct int // something required is missing at the desk
	NoShowPct        int // called and not there
	ImpatientPct     int // walks out when it takes too long
	StepOutPct       int // goes out for a while
	HelpPct          int // of own steps: asks for help
	OtherPct         int // claims under another programme than JHT
	PriorityPct      int // elderly, pregnant, disabled, with a baby or ill
	TwoClaimsPct     int // has a second claim
	SurveyPct        int // of those who were served: answers the survey; 0: nobody is asked
}

// RoomSpec is a room: its booths on a grid at the given pitch.
type RoomSpec struct {
	ID         scheduler.RoomID
	Booths     int
	Columns    int // of the grid; 0: three
	PitchMM    int // 0: the policy's distance
	Desk       bool
	Mode       scheduler.Mode
	Programmes []procedure.Programme
	Drawn      *scheduler.SetRoom // the room as it is furnished, instead of the grid; nil: the grid
}

// OfficerSpec is an officer, the room they open, and when they rest.
type OfficerSpec struct {
	ID        scheduler.OfficerID
	Room      scheduler.RoomID
	StartS    int // second of the day; 0: ten minutes before opening
	BreakS    int // second of the day at which the break is due; 0: none
	BreakForS int
	Breaks    []Break // several pauses, instead of the one
	LastS     int     // second of the day of the last call; 0: as everybody
	MaxGroup  int     // 0: the policy's
	Skills    []procedure.Programme
}

const (
	minuteS = 60
	hourS   = 3600
)

// Surge is the busy day of a branch after a wave of lay-offs: 300 visits, 30 %
// of them at the door around opening, three channels, mostly JHT, four officers
// with rooms of four to six booths at 1.5 m, a side desk, breaks around noon.
func Surge(seed uint64) Config {
	policy := scheduler.DefaultPolicy()
	policy.Distance.TogetherMM = 1500 // the booths' pitch: a family sits side by side
	return Config{
		Seed: seed, Date: monday, Visits: 300, AtDoorPct: 48,
		Channels: [3]int{60, 28, 12}, Companies: 3, Parties: [4]int{92, 5, 2, 1},
		Policy: policy, Helpers: 3,
		Rooms: []RoomSpec{
			{ID: 1, Booths: 6}, {ID: 2, Booths: 6}, {ID: 3, Booths: 5},
			{ID: 4, Booths: 4, Columns: 2, Programmes: []procedure.Programme{procedure.JHT, procedure.JKK, procedure.JKM, procedure.JP}},
			{ID: 5, Booths: 2, Columns: 2, Desk: true, Mode: scheduler.Single},
		},
		Officers: []OfficerSpec{
			{ID: 101, Room: 1, BreakS: 11*hourS + 30*minuteS, BreakForS: 30 * minuteS},
			{ID: 102, Room: 2, BreakS: 12*hourS + 10*minuteS, BreakForS: 30 * minuteS},
			{ID: 103, Room: 3, BreakS: 11*hourS + 45*minuteS, BreakForS: 30 * minuteS},
			{ID: 104, Room: 4, BreakS: 12*hourS + 30*minuteS, BreakForS: 30 * minuteS},
			{ID: 105, Room: 5, BreakS: 12 * hourS, BreakForS: 40 * minuteS},
		},
		Luck: Luck{PapersMissingPct: 9, NoShowPct: 4, ImpatientPct: 12, StepOutPct: 8, HelpPct: 4, OtherPct: 11,
			PriorityPct: 12, TwoClaimsPct: 2},
		Mischief: Careless,
	}
}

// Small is a quick day for tests: sixty visits, two rooms of four booths, a
// side desk, and everything that can go wrong. The seed also chooses the way of
// working: rolling, pooled, closed groups, a live briefing or one-to-one.
func Small(seed uint64) Config {
	c := Surge(seed)
	c.Visits, c.Helpers, c.Mischief = 60, 1, Rough
	c.Parties = [4]int{60, 20, 12, 8}
	c.Rooms = []RoomSpec{
		{ID: 1, Booths: 4, Columns: 2},
		{ID: 2, Booths: 4, Columns: 4, Programmes: []procedure.Programme{procedure.JHT, procedure.JKK, procedure.JKM, procedure.JP}},
		{ID: 3, Booths: 2, Columns: 2, Desk: true, Mode: scheduler.Single},
	}
	c.Officers = []OfficerSpec{
		{ID: 101, Room: 1, BreakS: 11*hourS + 30*minuteS, BreakForS: 40 * minuteS},
		{ID: 102, Room: 2, BreakS: 12*hourS + 15*minuteS, BreakForS: 40 * minuteS},
		{ID: 103, Room: 3, BreakS: 12 * hourS, BreakForS: 30 * minuteS},
	}
	c.Luck = Luck{PapersMissingPct: 15, NoShowPct: 10, ImpatientPct: 15, StepOutPct: 12, HelpPct: 10, OtherPct: 15,
		PriorityPct: 15, TwoClaimsPct: 12}
	switch seed % 5 {
	case 1:
		c.Policy.Pooled = true
	case 2:
		c.Policy.Mode = scheduler.Closed
	case 3:
		c.Policy.Briefing = "live"
	case 4:
		c.Policy.Mode = scheduler.Single
	}
	return c
}
