package scheduler

import (
	"errors"
	"testing"

	"lapak/scheduler/calendar"
)

// A PC whose clock stood ten days ahead opens a day that has not come yet. When
// the clock is put right, a manager can open today; the system by itself, or
// anybody without that correction, cannot go back.
func TestAClockThatWasAheadDoesNotCloseTheBranch(t *testing.T) {
	d := New().Draft()
	at := d.Floor.Policy.Calendar.Zone.At(calendar.MustParse("2026-03-12"), 9*3600)
	do := func(by Actor, c Command) error {
		_, err := d.Do(Stamp{At: at, Seed: 1}, Order{By: by, Command: c})
		return err
	}
	manager := Actor{Role: ByManager, ID: 1}
	for _, c := range []Command{OpenDay{}, Arrive{Persons: 1, Claims: []NewClaim{{Programme: "JHT"}}, Papers: PapersReady},
		CloseDay{}, AdjustClock{BySeconds: -10 * 24 * 3600}} {
		if err := do(manager, c); err != nil {
			t.Fatalf("%T: %v", c, err)
		}
	}
	var no *Refusal
	if err := do(System, OpenDay{}); !errors.As(err, &no) || no.Code != "day_in_past" {
		t.Fatalf("the system opens an earlier day: %v", err)
	}
	if err := do(manager, OpenDay{}); err != nil {
		t.Fatalf("a manager cannot open today: %v", err)
	}
	if got := d.Floor.Day.Date.String(); got != "2026-03-02" || d.Floor.Day.Doubted {
		t.Fatalf("the day is %s, doubted %v", got, d.Floor.Day.Doubted)
	}
	if err := do(manager, Arrive{Persons: 1, Claims: []NewClaim{{Programme: "JHT"}}, Papers: PapersReady}); err != nil {
		t.Fatal(err)
	}
	if found := Check(d.State); len(found) > 0 {
		t.Fatal(found)
	}
}
