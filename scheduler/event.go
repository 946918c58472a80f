package scheduler

import (
	"lapak/scheduler/calendar"
	"lapak/scheduler/procedure"
)

// Event is one fact that a command became. Events are applied in order; each
// has a kind and a version that are never reused (see wire.go). They hold ids,
// codes and numbers only, never free text: a test looks at every field.
type Event interface {
	// Kind is the event's stable name on the wire.
	Kind() string
	apply(s *State)
}

// DayOpened starts a business day. Numbers start again from one.
type DayOpened struct {
	Date     calendar.Date  `json:"date"`
	Hours    calendar.Hours `json:"hours"`
	Extended bool           `json:"extended,omitempty"`
}

// DayClosed ends the business day with its totals, which outlive the records.
// One event says what became of everybody, because a busy branch may carry
// hundreds of visits over and a record is bounded. Each carried visit's open
// claims are booked for the date Next: visit and claim ids count on from
// FirstVisit and FirstClaim, in the order of Carried.
type DayClosed struct {
	Totals     Totals        `json:"totals"`
	Carried    []VisitID     `json:"carried,omitempty"`
	Next       calendar.Date `json:"next,omitzero"`
	FirstVisit VisitID       `json:"first_visit,omitempty"`
	FirstClaim ClaimID       `json:"first_claim,omitempty"`
	Missed     []VisitID     `json:"missed,omitempty"` // booked for the day and never came
	Gone       []VisitID     `json:"gone,omitempty"`   // their papers never became complete
}

// Totals are one day's facts, kept when the journal is cut.
type Totals struct {
	Date       calendar.Date `json:"date"`
	Visits     int           `json:"visits"`
	Persons    int           `json:"persons"`
	Claims     int           `json:"claims"`
	Settled    int           `json:"settled"`
	Approved   int           `json:"approved"`
	Returned   int           `json:"returned"`
	NoShows    int           `json:"no_shows"`
	Left       int           `json:"left"`
	Cancelled  int           `json:"cancelled"`
	Carried    int           `json:"carried"`
	WaitMeanS  int64         `json:"wait_mean_s"` // of the visits that were called
	WaitMaxS   int64         `json:"wait_max_s"`
	DoorMeanS  int64         `json:"door_mean_s"` // arrival (or opening) to seat left
	ByChannel  []int         `json:"by_channel"`
	Overtaken  int           `json:"overtaken"`
	OvertakeMx int           `json:"overtaken_max"`
}

// ClockAdjusted changes the wall clock's offset to branch time.
type ClockAdjusted struct {
	BySeconds int64 `json:"by_s"`
}

// PolicySet replaces the policy.
type PolicySet struct {
	Policy *Policy `json:"policy"`
}

// RoomSet draws a room or draws it anew.
type RoomSet struct {
	Room  Room       `json:"room"`
	Seats []SeatPlan `json:"seats"`
}

// SeatPlan is a seat as it is drawn.
type SeatPlan struct {
	XMM        int32 `json:"x_mm"`
	YMM        int32 `json:"y_mm"`
	Accessible bool  `json:"accessible,omitempty"`
	Closed     bool  `json:"closed,omitempty"`
}

// RoomRemoved takes a room away.
type RoomRemoved struct {
	Room RoomID `json:"room"`
}

// SeatSet closes a seat (the booth does not work) or opens it.
type SeatSet struct {
	Room   RoomID     `json:"room"`
	No     SeatNo     `json:"no"`
	Closed bool       `json:"closed"`
	Reason ReasonCode `json:"reason,omitempty"`
}

// OfficerSet enters an officer or changes what they may do.
type OfficerSet struct {
	ID         OfficerID             `json:"id"`
	MaxGroup   int16                 `json:"max_group,omitempty"`
	Programmes []procedure.Programme `json:"programmes,omitempty"`
}

// OfficerMoved changes an officer's presence.
type OfficerMoved struct {
	ID       OfficerID  `json:"id"`
	To       Presence   `json:"to"`
	Until    Time       `json:"until,omitempty"`
	ShiftEnd Time       `json:"shift_end,omitempty"`
	Reason   ReasonCode `json:"reason,omitempty"`
}

// VisitOpened creates a visit: booked for later, or arrived with a number.
type VisitOpened struct {
	Visit  Visit   `json:"visit"`
	Claims []Claim `json:"claims"`
	Link   Hash    `json:"link,omitempty"`
	Why    []Why   `json:"why,omitempty"`
}

// VisitArrived gives a booked visit its number.
type VisitArrived struct {
	ID     VisitID `json:"id"`
	Ticket Ticket  `json:"ticket"`
	Lot    uint32  `json:"lot,omitempty"`
	Link   Hash    `json:"link,omitempty"`
}

// VisitMoved changes where a visit is in its life.
type VisitMoved struct {
	ID        VisitID    `json:"id"`
	To        VisitState `json:"to"`
	Effective Time       `json:"eff,omitempty"` // when it joins a line
	Lot       uint32     `json:"lot,omitempty"` // with it, when its place is beside one who drew that lot
	Requeued  bool       `json:"requeued,omitempty"`
	Free      bool       `json:"free,omitempty"` // its seats are given up; cleaned ones become usable at FreeAt
	FreeAt    Time       `json:"free_at,omitempty"`
	Why       []Why      `json:"why,omitempty"`
	Reason    ReasonCode `json:"reason,omitempty"`
}

// VisitCorrected changes what was entered about a visit.
type VisitCorrected struct {
	ID         VisitID    `json:"id"`
	Persons    int8       `json:"persons"`
	Priority   Priority   `json:"priority"`
	Accessible bool       `json:"accessible"`
	Effective  Time       `json:"eff"`
	Reason     ReasonCode `json:"reason"`
}

// ClaimAdded adds a claim to a visit.
type ClaimAdded struct {
	Claim  Claim      `json:"claim"`
	Reason ReasonCode `json:"reason,omitempty"`
}

// ClaimChanged moves a claim to another programme or reason; it starts that
// programme's procedure from its first step, unless the step is kept.
type ClaimChanged struct {
	ID        ClaimID             `json:"id"`
	Programme procedure.Programme `json:"programme"`
	Reason    procedure.Reason    `json:"reason"`
	Small     bool                `json:"small,omitempty"`
	Because   ReasonCode          `json:"because"`
	Kept      bool                `json:"kept,omitempty"` // the step: nobody had known the reason before
}

// PaperMarked records what a check found about one document.
type PaperMarked struct {
	Claim ClaimID       `json:"claim"`
	Doc   procedure.Doc `json:"doc"`
	Mark  Mark          `json:"mark"`
}

// SessionOpened puts a crew into a room; the session forms.
type SessionOpened struct {
	ID   SessionID   `json:"id"`
	Room RoomID      `json:"room"`
	Mode Mode        `json:"mode"`
	Crew []OfficerID `json:"crew"`
}

// SessionMoved changes where a session is in its life.
type SessionMoved struct {
	ID     SessionID    `json:"id"`
	To     SessionState `json:"to"`
	Until  Time         `json:"until,omitempty"` // of cleaning
	Last   bool         `json:"last,omitempty"`  // the crew forms no further group here
	Reason ReasonCode   `json:"reason,omitempty"`
}

// CrewChanged hands a session to other officers, or changes the pool.
type CrewChanged struct {
	ID     SessionID   `json:"id"`
	Crew   []OfficerID `json:"crew"`
	Reason ReasonCode  `json:"reason,omitempty"`
}

// GroupCalled sends visits to a room and seats: one atomic act.
type GroupCalled struct {
	Session    SessionID `json:"session"`
	Room       RoomID    `json:"room"`
	Kindof     CallKind  `json:"call"`
	DistanceMM int32     `json:"distance_mm"`
	Picks      []Pick    `json:"picks"`
	Skips      []Skip    `json:"skips,omitempty"`
	// Reason is why the officer called others than the proposed.
	Reason ReasonCode `json:"reason,omitempty"`
}

// Pick is one visit of a plan with its seats and the reasons.
type Pick struct {
	Visit VisitID  `json:"visit"`
	Seats []SeatNo `json:"seats"`
	Why   []Why    `json:"why,omitempty"`
}

// Skip is one visit that a plan passed over and why. Counted says that it is
// an overtake in the sense of the bound.
type Skip struct {
	Visit   VisitID `json:"visit"`
	Counted int8    `json:"counted,omitempty"` // visits that passed it
	Why     []Why   `json:"why"`
}

// VisitRecalled shows a called number again.
type VisitRecalled struct {
	ID VisitID `json:"id"`
}

// VisitSeated says that the called persons are at their seats.
type VisitSeated struct {
	ID VisitID `json:"id"`
}

// VisitUnseated says that somebody else was at the seats: called as before.
type VisitUnseated struct {
	ID     VisitID    `json:"id"`
	Reopen []StepOpen `json:"reopen,omitempty"` // own steps that the other one ended
}

// StepOpen is a step that is to be done after all.
type StepOpen struct {
	Claim ClaimID `json:"claim"`
	Step  int8    `json:"step"`
}

// SeatMoved changes what happens at one seat.
type SeatMoved struct {
	Room  RoomID    `json:"room"`
	No    SeatNo    `json:"no"`
	To    SeatState `json:"to"`
	Claim ClaimID   `json:"claim,omitempty"` // a new one to work on
}

// HelpAsked says that the person at a seat wants somebody to come.
type HelpAsked struct {
	Room RoomID `json:"room"`
	No   SeatNo `json:"no"`
	Over bool   `json:"over,omitempty"`
}

// OfficerTook puts an officer with the person at a seat, or with everybody who
// waits for the group step (no 0); seats lists them.
type OfficerTook struct {
	Officer OfficerID `json:"officer"`
	Room    RoomID    `json:"room"`
	No      SeatNo    `json:"no"`
	Seats   []SeatNo  `json:"seats"`
	Why     []Why     `json:"why,omitempty"`
}

// OfficerFreed ends an officer's time with a person or a group.
type OfficerFreed struct {
	Officer OfficerID `json:"officer"`
}

// StepDone moves a claim to its next step.
type StepDone struct {
	Claim ClaimID `json:"claim"`
	Next  int8    `json:"next"`
	TookS int64   `json:"took_s"` // measured, for learning
}

// ClaimSettled gives a claim its outcome and receipt.
type ClaimSettled struct {
	Claim     ClaimID         `json:"claim"`
	Outcome   Outcome         `json:"outcome"`
	Missing   []procedure.Doc `json:"missing,omitempty"`
	Reason    ReasonCode      `json:"reason,omitempty"`
	Promise   calendar.Date   `json:"promise,omitzero"`
	Receipt   int64           `json:"receipt"`
	Checklist int             `json:"checklist,omitempty"`
}

// Undone takes back the record named: everything it touched is as before it,
// but no number is un-issued.
type Undone struct {
	Seq int64 `json:"seq"`
}

// Kind names, never reused. Retired kinds stay listed in wire.go.

func (DayOpened) Kind() string      { return "day.opened" }
func (DayClosed) Kind() string      { return "day.closed" }
func (ClockAdjusted) Kind() string  { return "clock.adjusted" }
func (PolicySet) Kind() string      { return "policy.set" }
func (RoomSet) Kind() string        { return "room.set" }
func (RoomRemoved) Kind() string    { return "room.removed" }
func (SeatSet) Kind() string        { return "seat.set" }
func (OfficerSet) Kind() string     { return "officer.set" }
func (OfficerMoved) Kind() string   { return "officer.moved" }
func (VisitOpened) Kind() string    { return "visit.opened" }
func (VisitArrived) Kind() string   { return "visit.arrived" }
func (VisitMoved) Kind() string     { return "visit.moved" }
func (VisitCorrected) Kind() string { return "visit.corrected" }
func (ClaimAdded) Kind() string     { return "claim.added" }
func (ClaimChanged) Kind() string   { return "claim.changed" }
func (PaperMarked) Kind() string    { return "paper.marked" }
func (SessionOpened) Kind() string  { return "session.opened" }
func (SessionMoved) Kind() string   { return "session.moved" }
func (CrewChanged) Kind() string    { return "crew.changed" }
func (GroupCalled) Kind() string    { return "group.called" }
func (VisitRecalled) Kind() string  { return "visit.recalled" }
func (VisitSeated) Kind() string    { return "visit.seated" }
func (VisitUnseated) Kind() string  { return "visit.unseated" }
func (SeatMoved) Kind() string      { return "seat.moved" }
func (HelpAsked) Kind() string      { return "help.asked" }
func (OfficerTook) Kind() string    { return "officer.took" }
func (OfficerFreed) Kind() string   { return "officer.freed" }
func (StepDone) Kind() string       { return "step.done" }
func (ClaimSettled) Kind() string   { return "claim.settled" }
func (Undone) Kind() string         { return "undone" }
