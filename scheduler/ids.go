package scheduler

import (
	"fmt"
	"strings"

	"lapak/scheduler/procedure"
)

// Time is branch time in whole seconds since 1970-01-01 UTC. It never goes
// back and never jumps while the process runs; the wall clock that people see
// is Time plus Day.OffsetS (see ClockAdjusted).
type Time = int64

// VisitID numbers visits over the whole life of a journal, from 1.
type VisitID int64

// ClaimID numbers claims over the whole life of a journal, from 1.
type ClaimID int64

// SessionID numbers sessions over the whole life of a journal, from 1.
type SessionID int64

// RoomID is the room's own small number; it is the number that is spoken.
type RoomID int32

// OfficerID is the account id of an officer; it is never reused.
type OfficerID int32

// SeatNo is the seat's number inside its room, from 1; it is the number shown.
type SeatNo int16

// PersonID is the opaque id that the people vault gave a visitor, 32 hex
// characters. It says nothing about the person; the vault forgets the link.
type PersonID string

// Hash is a hexadecimal digest of a secret that only the hall and its owner
// know, such as a visitor's ticket link.
type Hash string

// Channel is the way a visit comes to the branch.
type Channel uint8

// The three channels. Their order is part of the wire format.
const (
	WalkIn Channel = iota
	Online
	Collective
	channels
)

var channelNames = [channels]string{"walk_in", "online", "collective"}

// String returns the channel's stable name.
func (c Channel) String() string { return name(channelNames[:], int(c)) }

// MarshalText writes the stable name.
func (c Channel) MarshalText() ([]byte, error) { return []byte(c.String()), nil }

// UnmarshalText reads the stable name.
func (c *Channel) UnmarshalText(b []byte) error { return unname(channelNames[:], b, (*uint8)(c)) }

// Priority is a class of visitor whom the law favours. It is never shown on a
// board.
type Priority uint8

// The classes of domain.md 6.3.
const (
	NoPriority Priority = iota
	Elderly
	Pregnant
	Disabled
	WithBaby
	Ill
	Guaranteed // carried over from an earlier day with a guarantee
	priorities
)

var priorityNames = [priorities]string{"none", "elderly", "pregnant", "disabled", "with_baby", "ill", "guaranteed"}

// String returns the class's stable name.
func (p Priority) String() string { return name(priorityNames[:], int(p)) }

// MarshalText writes the stable name.
func (p Priority) MarshalText() ([]byte, error) { return []byte(p.String()), nil }

// UnmarshalText reads the stable name.
func (p *Priority) UnmarshalText(b []byte) error { return unname(priorityNames[:], b, (*uint8)(p)) }

// Mode is how a room groups people: three settings of one mechanism.
type Mode uint8

// The modes. ModeDefault means the branch's default.
const (
	ModeDefault Mode = iota
	Single           // a group of one visit
	Closed           // a group starts together, freed seats stay empty
	Rolling          // a freed seat is refilled until the last call
	modes
)

var modeNames = [modes]string{"default", "single", "closed", "rolling"}

// String returns the mode's stable name.
func (m Mode) String() string { return name(modeNames[:], int(m)) }

// MarshalText writes the stable name.
func (m Mode) MarshalText() ([]byte, error) { return []byte(m.String()), nil }

// UnmarshalText reads the stable name. The error names the modes that a branch
// can have; default is a room's only.
func (m *Mode) UnmarshalText(b []byte) error {
	if unname(modeNames[:], b, (*uint8)(m)) != nil {
		return fmt.Errorf("%.40q is none of rolling, closed, single", b)
	}
	return nil
}

// Role is what kind of actor gave a command.
type Role uint8

// The roles. Their order is part of the wire format.
const (
	BySystem  Role = iota // the timer, cron, catch-up
	ByManager             // branch manager
	ByOfficer             // an officer at a console
	ByDesk                // guard or helper at the front desk
	ByKiosk               // a ticket machine
	ByBooth               // the screen at a seat
	ByVisitor             // the visitor's own phone
	roles
)

var roleNames = [roles]string{"system", "manager", "officer", "desk", "kiosk", "booth", "visitor"}

// String returns the role's stable name.
func (r Role) String() string { return name(roleNames[:], int(r)) }

// MarshalText writes the stable name.
func (r Role) MarshalText() ([]byte, error) { return []byte(r.String()), nil }

// UnmarshalText reads the stable name.
func (r *Role) UnmarshalText(b []byte) error { return unname(roleNames[:], b, (*uint8)(r)) }

// Actor is who gave a command: a role and the account or device id in it.
type Actor struct {
	Role Role  `json:"role"`
	ID   int64 `json:"id,omitempty"`
}

// System is the actor of timers and daily work.
var System = Actor{Role: BySystem}

// Staff reports whether the actor is a signed-in person of the branch.
func (a Actor) Staff() bool { return a.Role == ByManager || a.Role == ByOfficer || a.Role == ByDesk }

// ReasonCode is why somebody did something, chosen from a list; free text
// lives with the people, never in the journal.
type ReasonCode string

// Stamp is the time and the randomness of one decision.
type Stamp struct {
	At   Time
	Seed uint64
}

// Ticket is the number that is shown and spoken: a series letter and a count.
type Ticket struct {
	Series Channel `json:"series"`
	No     int32   `json:"no"`
}

// Label formats the ticket with the policy's prefix letters, such as A001.
func (p *Policy) Label(t Ticket) string {
	return label(p.Prefixes, t)
}

func label(prefixes []string, t Ticket) string {
	return fmt.Sprintf("%s%03d", prefixes[t.Series], t.No)
}

// Outcome is how a claim's interview ended.
type Outcome uint8

// The outcomes. Their order is part of the wire format.
const (
	NoOutcome Outcome = iota
	Approved
	Returned // with what is missing
	Escalated
	Refused
	outcomes
)

var outcomeNames = [outcomes]string{"none", "approved", "returned", "escalated", "refused"}

// String returns the outcome's stable name.
func (o Outcome) String() string { return name(outcomeNames[:], int(o)) }

// MarshalText writes the stable name.
func (o Outcome) MarshalText() ([]byte, error) { return []byte(o.String()), nil }

// UnmarshalText reads the stable name.
func (o *Outcome) UnmarshalText(b []byte) error { return unname(outcomeNames[:], b, (*uint8)(o)) }

func name(names []string, i int) string {
	if i < 0 || i >= len(names) {
		return fmt.Sprintf("unknown(%d)", i)
	}
	return names[i]
}

func unname(names []string, b []byte, to *uint8) error {
	for i, n := range names {
		if n == string(b) {
			*to = uint8(i)
			return nil
		}
	}
	return fmt.Errorf("%.40q is none of %s", b, strings.Join(names, ", "))
}

// hasProgramme reports whether list holds p; an empty list holds every one.
func hasProgramme(list []procedure.Programme, p procedure.Programme) bool {
	if len(list) == 0 {
		return true
	}
	for _, q := range list {
		if q == p {
			return true
		}
	}
	return false
}
