package scheduler

import (
	"lapak/scheduler/calendar"
	"lapak/scheduler/procedure"
)

// Command is what a person or a timer asks for. Its decide method checks
// everything first and only then emits events, so that a refusal changes
// nothing.
type Command interface {
	decide(d *Draft) error
}

// reasonGiven is the reason that a command carries and its field.
func reasonGiven(c Command) (field string, r ReasonCode) {
	field = "reason"
	switch c := c.(type) {
	case SetSeat:
		r = c.Reason
	case VoidDraw:
		r = c.Reason
	case StartBreak:
		r = c.Reason
	case Park:
		r = c.Reason
	case Cancel:
		r = c.Reason
	case SideDesk:
		r = c.Reason
	case Correct:
		r = c.Reason
	case AddClaim:
		r = c.Reason
	case Transfer:
		field, r = "because", c.Because
	case CallGroup:
		r = c.Reason
	case AbortSession:
		r = c.Reason
	case HandOver:
		r = c.Reason
	case SetCrew:
		r = c.Reason
	case Settle:
		r = c.Reason
	}
	return field, r
}

// The day's frame.
type (
	// OpenDay opens the business day; numbers start again at one. Opened by a
	// person outside the calendar's hours, the day runs until closed by hand.
	OpenDay struct{ Date calendar.Date }
	// CloseDay ends the day. Whoever still waits gets a guaranteed place on the
	// next working day. Force aborts sessions that are still live.
	CloseDay struct{ Force bool }
	// Tick does everything that is due at the stamp's time.
	Tick struct{}
	// AdjustClock tells the branch that the wall clock stands BySeconds away
	// from where branch time thought it was. Durations are not changed.
	AdjustClock struct{ BySeconds int64 }
	// SetPolicy replaces the policy. Version is the one that the manager saw.
	SetPolicy struct {
		Policy  *Policy
		Version int
	}
)

// The rooms and the officers.
type (
	// SetRoom draws a room, or draws it anew while no session runs there.
	// Version is the one that the manager saw, 0 for a new room.
	// With After, a room that has a session is drawn anew when it is over: who was
	// called keeps the seat.
	SetRoom struct {
		Room      Room
		Seats     []SeatPlan
		Obstacles []Rect
		KeepClear []Rect
		After     bool
		Version   int
	}
	// DropPlan takes back a drawing that waits for its room's session to end.
	DropPlan struct{ Room RoomID }
	// RemoveRoom takes a room away.
	RemoveRoom struct{ Room RoomID }
	// SetSeat closes a seat whose booth does not work, or opens it again.
	SetSeat struct {
		Room   RoomID
		No     SeatNo
		Closed bool
		Reason ReasonCode
	}
	// SetOfficer enters an officer or changes what they may do.
	SetOfficer struct {
		ID         OfficerID
		MaxGroup   int
		Programmes []procedure.Programme
	}
	// SignOn starts an officer's shift. ShiftEnd 0 means the day's close.
	SignOn struct {
		Officer  OfficerID
		ShiftEnd Time
	}
	// SignOff ends it. A session must be handed over or closed first.
	SignOff struct{ Officer OfficerID }
	// StartBreak pauses an officer; refills wait.
	StartBreak struct {
		Officer OfficerID
		Until   Time
		Out     bool // stepped out for a moment, such as for prayer
		Reason  ReasonCode
	}
	// EndBreak brings the officer back.
	EndBreak struct{ Officer OfficerID }
)

// NewClaim is a claim as it is entered.
type NewClaim struct {
	Programme procedure.Programme
	Reason    procedure.Reason
	Small     bool
	Person    int // whose, from 0
}

// The visit before it is called.
type (
	// Book enters a visit for a later time of a day.
	Book struct {
		Person     PersonID
		Date       calendar.Date
		Due        Time
		Persons    int
		Priority   Priority
		Accessible bool
		Claims     []NewClaim
		Link       Hash
		Company    int // of a company's list, which makes the channel collective; 0: booked online
	}
	// Arrive gives a visit its number. Booking names a booked visit; then the
	// other fields but Papers and Link are ignored.
	Arrive struct {
		Booking    VisitID
		Person     PersonID
		Channel    Channel
		Persons    int
		Priority   Priority
		Accessible bool
		Company    int
		Claims     []NewClaim
		Papers     Papers
		Link       Hash
	}
	// CheckPapers records what the desk found and whether the visit may wait.
	CheckPapers struct {
		Visit VisitID
		Marks []Paper
		Ready bool
	}
	// Park sets a visit aside with its place kept.
	Park struct {
		Visit  VisitID
		Reason ReasonCode
	}
	// StepOut lets a waiting visit go out for a while with its place kept.
	StepOut struct{ Visit VisitID }
	// Resume brings a parked, stepped-out or missed visit back to the line.
	Resume struct{ Visit VisitID }
	// Cancel ends a visit at its own request or by staff.
	Cancel struct {
		Visit  VisitID
		Reason ReasonCode
	}
	// Leave says that the visitor walked out unserved.
	Leave struct{ Visit VisitID }
	// SideDesk moves a visit to the side desk's line; its session goes on.
	SideDesk struct {
		Visit  VisitID
		Reason ReasonCode
	}
	// Correct changes what was entered about a visit. A reason is required.
	Correct struct {
		Visit      VisitID
		Persons    int
		Priority   Priority
		Accessible bool
		Reason     ReasonCode
	}
	// AddClaim adds a claim that was found later.
	AddClaim struct {
		Visit  VisitID
		Claim  NewClaim
		Reason ReasonCode
	}
	// Transfer moves a claim to another programme or reason.
	Transfer struct {
		Claim     ClaimID
		Programme procedure.Programme
		Reason    procedure.Reason
		Small     bool
		Because   ReasonCode
	}
)

// Papers says what is known of the papers when a number is given.
type Papers uint8

// What may be known of the papers on arrival.
const (
	PapersUnchecked Papers = iota
	PapersReady
	PapersIncomplete
	papersStates
)

var papersNames = [papersStates]string{"unchecked", "ready", "incomplete"}

// String returns the stable name.
func (p Papers) String() string { return name(papersNames[:], int(p)) }

// MarshalText writes the stable name.
func (p Papers) MarshalText() ([]byte, error) { return []byte(p.String()), nil }

// UnmarshalText reads the stable name.
func (p *Papers) UnmarshalText(b []byte) error { return unname(papersNames[:], b, (*uint8)(p)) }

// The session.
type (
	// OpenSession puts a crew into a room; the session forms.
	OpenSession struct {
		Room RoomID
		Crew []OfficerID
	}
	// CallGroup sends the proposed group to its seats, or the visits chosen by
	// the officer instead: one atomic act. Expect, when given, is the proposal
	// the officer saw; another one is refused, so that nobody is called blindly.
	CallGroup struct {
		Room   RoomID
		Visits []VisitID
		Expect []VisitID
		Reason ReasonCode // required with Visits
	}
	// RecallVisit shows a called number again.
	RecallVisit struct{ Visit VisitID }
	// SeatVisit says that the called persons are at their seats. A booth names
	// its own seat too: one that expects another visit is refused.
	SeatVisit struct {
		Visit VisitID
		Room  RoomID // 0: said by staff, who look at the whole room
		No    SeatNo
	}
	// SeatCalled says that all of these called visits are at their seats: one act,
	// taken back as one. Whoever said so at the booth since, or was missed, stays.
	SeatCalled struct {
		Room   RoomID
		Visits []VisitID // whom the officer saw on their way
	}
	// UnseatVisit says that somebody else is at the visit's seats: it is called as
	// before. A booth says so for its own seat, as long as an act can be undone.
	UnseatVisit struct {
		Visit VisitID
		Room  RoomID // 0: said by staff
		No    SeatNo
	}
	// MarkNoShow says that a called visit did not come.
	MarkNoShow struct{ Visit VisitID }
	// LastCall ends the refilling of a session.
	LastCall struct{ Room RoomID }
	// CloseSession ends a session that nobody sits in.
	CloseSession struct{ Room RoomID }
	// AbortSession ends a session at once; its members go back to the head of
	// the line in their old order.
	AbortSession struct {
		Room   RoomID
		Reason ReasonCode
	}
	// HandOver replaces one officer of a session by another.
	HandOver struct {
		Room   RoomID
		From   OfficerID
		To     OfficerID
		Reason ReasonCode
	}
	// SetCrew sets the officers of a session, for pools. Where the policy pools
	// them an officer may join another's session, and changes nothing else there.
	SetCrew struct {
		Room   RoomID
		Crew   []OfficerID
		Reason ReasonCode
	}
	// CleanSeat says that a seat is clean before its time.
	CleanSeat struct {
		Room RoomID
		No   SeatNo
	}
	// RoomReady says that a room is clean before its time.
	RoomReady struct{ Room RoomID }
)

// The officer at the seats.
type (
	// Take puts the officer with the person at a seat; seat 0 takes whoever
	// should be next, a group step included.
	Take struct {
		Officer OfficerID
		Room    RoomID
		No      SeatNo
	}
	// PutBack ends the officer's time with a person without finishing the step.
	PutBack struct{ Officer OfficerID }
	// FinishStep ends the officer's present step.
	FinishStep struct {
		Officer OfficerID
		Claim   ClaimID // what the screen shows; another one is refused. 0: whatever it is
	}
	// SeatReadyNow ends the visitor's own step: "I am ready".
	SeatReadyNow struct {
		Room  RoomID
		No    SeatNo
		Visit VisitID // who the screen shows; another one is refused
	}
	// AskHelp asks for somebody to come to a seat; Over takes it back.
	AskHelp struct {
		Room  RoomID
		No    SeatNo
		Over  bool
		Visit VisitID // who the screen shows; another one is refused. 0: whoever sits there
	}
	// MarkPaper records what was found about one document.
	MarkPaper struct {
		Claim ClaimID
		Doc   procedure.Doc
		Mark  Mark
	}
	// Settle gives a claim its outcome.
	Settle struct {
		Claim   ClaimID
		Outcome Outcome
		Missing []procedure.Doc
		Reason  ReasonCode
	}
	// SettleRest gives the same outcome as a settled claim's to the rest: the
	// same visit's other claims of that programme, and those of the session who
	// wait at their last step with the same programme and reason.
	SettleRest struct{ Like ClaimID }
	// UndoRecord takes back a record of the last half minute.
	UndoRecord struct{ Seq int64 }
)
