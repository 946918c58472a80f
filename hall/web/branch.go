package web

import (
	"context"

	"lapak/hall"
	"lapak/hall/people"
	"lapak/scheduler"
)

// Writer is where commands go; *hall.Hall is one.
type Writer interface {
	Do(ctx context.Context, req hall.Request) (hall.Answer, error)
	ConfirmClock()
}

// Reader is what may be read of the branch at any moment.
type Reader interface {
	State() *scheduler.State
	Now() int64
	Epoch() string
	Status() hall.Status
}

// Branch is the branch that runs.
type Branch interface {
	Writer
	Reader
}

// Vault is what the web needs of the people: to make somebody known before a
// command carries their id, and to show who they are, written down first,
// and to tell who was shown it.
type Vault interface {
	Register(p people.Person, now int64) (id string, existing bool, err error)
	Known(p people.Person, now int64) (id string, known bool, err error)
	Reveal(actor, why string, now int64, ids ...string) ([]people.Found, error)
	Looks(person string, from, to int64, limit int) ([]people.Look, error)
}

// Documents keeps small texts that are not about visitors; the journal is one.
// Doc gives nil for a name that was never put.
type Documents interface {
	Doc(name string) ([]byte, error)
	PutDoc(name string, data []byte) error
}

// DemoState is a demo's clock and who plays along.
type DemoState struct {
	Speed  int                `json:"speed"`
	Paused bool               `json:"paused"`
	Day    string             `json:"day"`
	Seed   int64              `json:"seed"`
	Taken  []scheduler.RoomID `json:"taken"` // rooms whose officer is a person
	// Training says that new staff practise here, beside a real branch.
	Training bool `json:"training"`
}

// DemoControl drives a demo. A *scheduler.Refusal from it is shown as one.
type DemoControl interface {
	Look() DemoState
	// Set changes the speed (times the clock) and the pause; nil leaves as it is.
	Set(speed *int, paused *bool) error
	// TakeOver makes a person the officer of a room, or gives it back to the
	// rehearsal; it tells which officer that is. A person has one room at a time:
	// that of the officer they were so far (0: none) goes back.
	TakeOver(room scheduler.RoomID, release bool, was scheduler.OfficerID) (scheduler.OfficerID, error)
	// Visitor is the link of somebody who waits, or none.
	Visitor() string
}
