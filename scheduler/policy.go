package scheduler

import (
	"lapak/scheduler/calendar"
	"lapak/scheduler/procedure"
)

// Policy is the manager's settings. It is versioned: a change is a record, and
// it binds at each call, never for people already called or seated. Lengths
// are whole millimetres, durations whole seconds, shares whole percent.
type Policy struct {
	Version    int                   `json:"version"`
	Mode       Mode                  `json:"mode"`     // the rooms' default
	Briefing   string                `json:"briefing"` // booth (recorded, at the seat), shared or live
	Pooled     bool                  `json:"pooled"`   // every officer serves every session
	AutoRefill bool                  `json:"auto_refill"`
	Group      GroupPolicy           `json:"group"`
	Distance   DistancePolicy        `json:"distance"`
	Order      OrderPolicy           `json:"order"`
	Call       CallPolicy            `json:"call"`
	Seat       SeatPolicy            `json:"seat"`
	Collective CollectivePolicy      `json:"collective"`
	Attention  AttentionPolicy       `json:"attention"`
	Goals      GoalPolicy            `json:"goals"`
	Lobby      LobbyPolicy           `json:"lobby"`
	Survey     SurveyPolicy          `json:"survey,omitzero"`
	UndoS      int                   `json:"undo_s"`
	Prefixes   []string              `json:"prefixes"` // by channel: walk-in, online, collective
	Calendar   calendar.Calendar     `json:"calendar"`
	Procedures procedure.Catalog     `json:"procedures"`
	Programmes []procedure.Programme `json:"programmes"` // those that may sit in group sessions
}

// GroupPolicy is how groups form.
type GroupPolicy struct {
	Min             int  `json:"min"`    // a closed group smaller than this waits for the timeout
	Target          int  `json:"target"` // a closed group of this many starts at once
	Max             int  `json:"max"`    // persons one officer handles at once
	MaxFormWaitS    int  `json:"max_form_wait_s"`
	SameProgramme   bool `json:"same_programme"` // closed groups share one programme
	FilesPerSitting int  `json:"files_per_sitting"`
	TurnaroundS     int  `json:"room_turnaround_s"` // closed: the room's cleaning after the last
	AlarmS          int  `json:"alarm_s"`           // a stay longer than this is pointed out
}

// DistancePolicy is how far apart people of different parties sit.
type DistancePolicy struct {
	Preset       string `json:"preset"`
	DistanceMM   int    `json:"distance_mm"`
	TogetherMM   int    `json:"together_mm"`   // 0: half again the distance, so that a party fits into booths that stand at the distance
	OccupancyPct int    `json:"occupancy_pct"` // of the room's normal capacity
}

// OrderPolicy is the fair order and its bounds.
type OrderPolicy struct {
	BookingCreditS int  `json:"booking_credit_s"`
	PriorityJumpS  int  `json:"priority_jump_s"`
	ArriveEarlyS   int  `json:"arrive_early_s"` // a booking counts from this long before its time
	GraceS         int  `json:"grace_s"`        // and keeps its credit until this long after
	OvertakeMax    int  `json:"overtake_max"`
	PapersFirst    bool `json:"papers_first"` // papers are checked before the visit waits
}

// CallPolicy is what happens between a call and a person in the seat.
type CallPolicy struct {
	Recalls          int `json:"recalls"`
	RecallGapS       int `json:"recall_gap_s"`
	NoShowAfterS     int `json:"no_show_after_s"`
	RequeuePositions int `json:"requeue_positions"`
	RequeueMax       int `json:"requeue_max"`
	BoardHoldS       int `json:"board_hold_s"` // a call stays on the board at least this long
}

// SeatPolicy is the change of persons at one seat.
type SeatPolicy struct {
	ChangeS        int `json:"seat_change_s"`
	AccessibleKeep int `json:"accessible_keep"` // accessible seats kept while somebody waits who needs one
}

// CollectivePolicy bounds the companies' share.
type CollectivePolicy struct {
	Enabled      bool `json:"enabled"`
	CapPct       int  `json:"cap_pct"` // of the claims called today, while others wait
	MinLayoffPct int  `json:"min_layoff_pct"`
}

// AttentionPolicy orders an officer's work inside a session.
type AttentionPolicy struct {
	WaitBoundS int `json:"wait_bound_s"` // whoever waits longer than this comes first
}

// GoalPolicy is what the branch promises; the screens measure against it.
type GoalPolicy struct {
	DoorToDoorS   int `json:"door_to_door_s"`
	PromisedWaitS int `json:"promised_wait_s"`
	AlarmWaitS    int `json:"alarm_wait_s"`
}

// LobbyPolicy is the room to wait in, and how many come into it without a
// booking.
type LobbyPolicy struct {
	MaxPersons int `json:"max_persons"`
	WalkIns    int `json:"walk_ins_per_day,omitempty"` // numbers for those who come without a booking; 0: no fixed number
}

// Limits of the policy. Each is far above what a branch needs and low enough
// that a slip of the finger is refused.
const (
	UsualLobby      = 20     // persons in it until the manager says how many it holds: a careful guess, nothing else tells
	MaxDistanceMM   = 10_000 // nobody spaces people by more than ten metres
	MaxOvertake     = 10     // more would starve families, see planning.md 3
	MaxGroup        = 40     // one officer with forty people is not a session
	MaxWaitS        = 14_400 // four hours: longer timers outlive the day
	MaxFiles        = 200    // one representative's files for one day
	MaxCreditS      = 7_200  // a credit of two hours would be a queue of its own
	MaxWalkIns      = 4_000  // as many as the branch holds visits
	MaxPrefixLength = 2      // letters before the number, readable from 6 m
)

// DefaultPolicy is the configuration of domain.md section 10, with the
// briefing at the booth and rolling sessions (planning.md section 2).
func DefaultPolicy() *Policy {
	return &Policy{
		Version: 1, Mode: Rolling, Briefing: "booth", AutoRefill: true,
		Group: GroupPolicy{Min: 3, Target: 5, Max: 6, MaxFormWaitS: 600, SameProgramme: true,
			FilesPerSitting: 5, TurnaroundS: 300, AlarmS: 3600},
		Distance: DistancePolicy{Preset: "office_150", DistanceMM: 1500, OccupancyPct: 50},
		Order: OrderPolicy{BookingCreditS: 1200, PriorityJumpS: 900, ArriveEarlyS: 900, GraceS: 900,
			OvertakeMax: 2, PapersFirst: true},
		Call: CallPolicy{Recalls: 2, RecallGapS: 60, NoShowAfterS: 240, RequeuePositions: 3,
			RequeueMax: 1, BoardHoldS: 120},
		Seat:       SeatPolicy{ChangeS: 120, AccessibleKeep: 1},
		Collective: CollectivePolicy{Enabled: true, CapPct: 40, MinLayoffPct: 30},
		Attention:  AttentionPolicy{WaitBoundS: 480},
		Goals:      GoalPolicy{DoorToDoorS: 2400, PromisedWaitS: 1800, AlarmWaitS: 3600},
		Lobby:      LobbyPolicy{MaxPersons: UsualLobby},
		UndoS:      30,
		Prefixes:   []string{"A", "B", "C"},
		Calendar:   calendar.Default(),
		Procedures: procedure.Default(),
		Programmes: []procedure.Programme{"JHT"},
	}
}

type bound struct {
	field    string
	value    int
	low, top int
}

// Validate refuses a policy that no branch could run, naming the field, its
// value and the range that is allowed.
func (p *Policy) Validate() error {
	for _, b := range p.bounds() {
		if b.value < b.low || b.value > b.top {
			return invalid(b.field, "out_of_range", "%s is %d; it must lie between %d and %d.", b.field, b.value, b.low, b.top)
		}
	}
	if p.Mode == ModeDefault || p.Mode >= modes {
		return invalid("mode", "bad_mode", "The branch's mode must be rolling, closed or single.")
	}
	if p.Briefing != "booth" && p.Briefing != "shared" && p.Briefing != "live" {
		return invalid("briefing", "bad_briefing", "The briefing must be booth, shared or live.")
	}
	if err := checkReason("distance.preset", ReasonCode(p.Distance.Preset)); err != nil {
		return err
	}
	if p.Group.Min > p.Group.Max || p.Group.Target > p.Group.Max || p.Group.Min > p.Group.Target {
		return invalid("group.target", "out_of_range", "A group needs min (%d) ≤ target (%d) ≤ max (%d).", p.Group.Min, p.Group.Target, p.Group.Max)
	}
	if err := p.validatePrefixes(); err != nil {
		return err
	}
	if err := p.Survey.validate(); err != nil {
		return err
	}
	if err := p.Calendar.Validate(); err != nil {
		return invalid("calendar", "bad_calendar", "%v", err)
	}
	if err := p.Procedures.Validate(); err != nil {
		return invalid("procedures", "bad_procedure", "%v", err)
	}
	for _, programme := range p.Programmes {
		if _, ok := p.Procedures.Procedure(programme); !ok {
			return invalid("programmes", "unknown_programme", "No procedure exists for programme %q; add one or take it off the list.", programme)
		}
	}
	return nil
}

func (p *Policy) bounds() []bound {
	return []bound{
		{"group.min", p.Group.Min, 1, MaxGroup},
		{"group.target", p.Group.Target, 1, MaxGroup},
		{"group.max", p.Group.Max, 1, MaxGroup},
		{"group.max_form_wait_s", p.Group.MaxFormWaitS, 0, MaxWaitS},
		{"group.files_per_sitting", p.Group.FilesPerSitting, 1, MaxFiles},
		{"group.room_turnaround_s", p.Group.TurnaroundS, 0, MaxWaitS},
		{"group.alarm_s", p.Group.AlarmS, 60, MaxWaitS},
		{"distance.distance_mm", p.Distance.DistanceMM, 0, MaxDistanceMM},
		{"distance.together_mm", p.Distance.TogetherMM, 0, MaxDistanceMM},
		{"distance.occupancy_pct", p.Distance.OccupancyPct, 1, 100},
		{"order.booking_credit_s", p.Order.BookingCreditS, 0, MaxCreditS},
		{"order.priority_jump_s", p.Order.PriorityJumpS, 0, MaxCreditS},
		{"order.arrive_early_s", p.Order.ArriveEarlyS, 0, MaxWaitS},
		{"order.grace_s", p.Order.GraceS, 0, MaxWaitS},
		{"order.overtake_max", p.Order.OvertakeMax, 0, MaxOvertake},
		{"call.recalls", p.Call.Recalls, 0, 10},
		{"call.recall_gap_s", p.Call.RecallGapS, 10, MaxWaitS},
		{"call.no_show_after_s", p.Call.NoShowAfterS, 30, MaxWaitS},
		{"call.requeue_positions", p.Call.RequeuePositions, 0, 100},
		{"call.requeue_max", p.Call.RequeueMax, 0, 10},
		{"call.board_hold_s", p.Call.BoardHoldS, 0, MaxWaitS},
		{"seat.seat_change_s", p.Seat.ChangeS, 0, MaxWaitS},
		{"seat.accessible_keep", p.Seat.AccessibleKeep, 0, MaxGroup},
		{"collective.cap_pct", p.Collective.CapPct, 0, 100},
		{"collective.min_layoff_pct", p.Collective.MinLayoffPct, 0, 100},
		{"attention.wait_bound_s", p.Attention.WaitBoundS, 0, MaxWaitS},
		{"goals.door_to_door_s", p.Goals.DoorToDoorS, 60, 24 * 3600},
		{"goals.promised_wait_s", p.Goals.PromisedWaitS, 60, 24 * 3600},
		{"goals.alarm_wait_s", p.Goals.AlarmWaitS, 60, 24 * 3600},
		{"lobby.max_persons", p.Lobby.MaxPersons, 1, 10_000},
		{"survey.class_a", p.Survey.A, 0, 10_000},
		{"survey.class_b", p.Survey.B, 0, 10_000},
		{"survey.class_c", p.Survey.C, 0, 10_000},
		{"lobby.walk_ins_per_day", p.Lobby.WalkIns, 0, MaxWalkIns},
		{"undo_s", p.UndoS, 0, 300},
	}
}

func (p *Policy) validatePrefixes() error {
	if len(p.Prefixes) != int(channels) {
		return invalid("prefixes", "bad_prefixes", "Give one prefix for each of the %d channels.", channels)
	}
	for i, a := range p.Prefixes {
		if a == "" || len(a) > MaxPrefixLength {
			return invalid("prefixes", "bad_prefixes", "A prefix has one or two letters; %q has not.", a)
		}
		for _, r := range a {
			if r < 'A' || r > 'Z' {
				return invalid("prefixes", "bad_prefixes", "A prefix has letters A to Z only; %q has not.", a)
			}
		}
		for _, b := range p.Prefixes[:i] {
			if a == b {
				return invalid("prefixes", "bad_prefixes", "Two channels share the prefix %q; numbers would repeat.", a)
			}
		}
	}
	return nil
}

// together is the greatest gap inside a party, in millimetres.
func (p *Policy) together() int {
	if p.Distance.TogetherMM > 0 {
		return p.Distance.TogetherMM
	}
	if p.Distance.DistanceMM > 0 {
		return p.Distance.DistanceMM * 3 / 2
	}
	return MaxDistanceMM
}

// clone copies the policy so that the copy may be changed.
func (p *Policy) clone() *Policy {
	q := *p
	return &q
}
