package demo

import (
	"fmt"
	"sync"

	"lapak/hall/web"
	"lapak/scheduler"
)

// MaxSpeed bounds the demo's clock, in branch seconds per second: at more, no
// screen could be read.
const MaxSpeed = 600

// Control is the demo's buttons on the start page (web.DemoControl). It is safe for
// use by several goroutines.
type Control struct {
	day      *Day
	seed     int64
	training bool

	mu    sync.Mutex
	speed int // to go on with after a pause
}

// NewControl are the buttons of a day that runs at a speed now: branch seconds per
// second. A training says so on every screen.
func NewControl(day *Day, speed int, training bool) *Control {
	return &Control{day: day, speed: speed, seed: int64(day.seed), training: training}
}

// Look tells how the demo runs.
func (c *Control) Look() web.DemoState {
	now := c.day.branch.Time.Speed()
	v := web.DemoState{Speed: now, Paused: now == 0, Day: c.day.branch.Hall.State().Floor.Day.Date.String(), Seed: c.seed, Training: c.training}
	for _, room := range c.day.rooms() {
		v.Taken = append(v.Taken, scheduler.RoomID(room))
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if v.Paused {
		v.Speed = c.speed
	}
	return v
}

// Set changes the speed and the pause.
func (c *Control) Set(speed *int, paused *bool) error {
	c.mu.Lock()
	if speed != nil {
		if *speed < 1 || *speed > MaxSpeed {
			c.mu.Unlock()
			return &scheduler.Refusal{Code: "out_of_range", Field: "speed", Class: scheduler.Invalid,
				Reason: fmt.Sprintf("The speed lies between 1 and %d.", MaxSpeed)}
		}
		c.speed = *speed
	}
	stop := paused != nil && *paused || paused == nil && c.day.branch.Time.Speed() == 0 && speed == nil
	now := c.speed
	if stop {
		now = 0
	}
	c.mu.Unlock()
	c.day.branch.Time.SetSpeed(now)
	return nil
}

// Visitor is the link of somebody who waits, or none.
func (c *Control) Visitor() string { return c.day.visitor() }

// TakeOver gives a room to a person, or back to the rehearsal.
func (c *Control) TakeOver(room scheduler.RoomID, release bool, was scheduler.OfficerID) (scheduler.OfficerID, error) {
	return c.day.takeOver(room, release, was)
}
