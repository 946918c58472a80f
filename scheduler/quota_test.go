package scheduler

import (
	"errors"
	"testing"
)

// desked drives a branch of a given policy one command after another.
type desked struct {
	*testing.T
	d   *Draft
	now Time
}

func newDesked(t *testing.T, change func(p *Policy)) *desked {
	h := &desked{T: t, d: New().Draft(), now: at(7, 0, 0)}
	p := DefaultPolicy()
	change(p)
	h.do(manager, SetPolicy{Policy: p, Version: p.Version})
	h.do(manager, OpenDay{})
	return h
}

// clock sets the time of the next command but one second.
func (h *desked) clock(hour, minute, second int) { h.now = at(hour, minute, second) }

func (h *desked) try(by Actor, c Command) (Record, error) {
	h.now++
	return h.d.Do(Stamp{At: h.now, Seed: 3}, Order{By: by, Command: c})
}

func (h *desked) do(by Actor, c Command) Record {
	h.Helper()
	r, err := h.try(by, c)
	if err != nil {
		h.Fatalf("%T: %v", c, err)
	}
	return r
}

func (h *desked) refused(by Actor, c Command, code string) {
	h.Helper()
	var refusal *Refusal
	if _, err := h.try(by, c); !errors.As(err, &refusal) || refusal.Code != code {
		h.Errorf("%T: %v, want %s", c, err, code)
	}
}

func walkIn(c Channel) Arrive {
	return Arrive{Channel: c, Persons: 1, Claims: []NewClaim{{Programme: "JHT"}}, Papers: PapersReady}
}

// TestNumbersOfADay: a branch may fix how many numbers a day it gives to people
// without a booking; companies have numbers of their own, and a manager may
// still give one.
func TestNumbersOfADay(t *testing.T) {
	h := newDesked(t, func(p *Policy) { p.Lobby.WalkIns = 2 })
	h.do(desk, walkIn(WalkIn))
	h.do(desk, walkIn(WalkIn))
	h.refused(desk, walkIn(WalkIn), "quota_used")
	h.do(desk, walkIn(Collective))
	h.do(manager, walkIn(WalkIn))
}
