package ledger

import (
	"fmt"
	"slices"
	"testing"

	"lapak/scheduler"
	"lapak/scheduler/calendar"
)

func TestWhatChangedInAPolicy(t *testing.T) {
	old, p := scheduler.DefaultPolicy(), scheduler.DefaultPolicy()
	if got := changes(old, p); len(got) != 0 {
		t.Errorf("nothing changed, yet %v", got)
	}
	p.Version, p.Mode, p.Group.Max, p.Pooled = 7, scheduler.Closed, 8, true
	p.Prefixes = []string{"D", "E", "F"}
	p.Calendar.Holidays = append(p.Calendar.Holidays, 20_000)
	want := []PolicyChange{{"mode", `"rolling"`, `"closed"`}, {"pooled", "false", "true"}, {"group.max", "6", "8"}, {Path: "prefixes"}, {Path: "calendar"}}
	got := changes(old, p)
	if len(got) != len(want) {
		t.Fatalf("%v, want %v", got, want)
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("change %d is %v, want %v", i, got[i], want[i])
		}
	}
}

// TestSpecialDaysInTheHistory: each day that came, went or runs otherwise is told with
// its date, and the rest of the calendar only when it differs.
func TestSpecialDaysInTheHistory(t *testing.T) {
	day := func(date string, reason calendar.Reason) calendar.Exception {
		return calendar.Exception{Date: calendar.MustParse(date), Reason: reason}
	}
	old, p := scheduler.DefaultPolicy(), scheduler.DefaultPolicy()
	old.Calendar.Exceptions = []calendar.Exception{day("2026-12-24", "power"), day("2026-03-03", ""), day("2026-05-05", "")}
	p.Calendar.Exceptions = []calendar.Exception{day("2026-05-05", ""), day("2026-12-24", "event"), day("2026-01-02", "")}
	var got []string
	for _, c := range changes(old, p) {
		got = append(got, fmt.Sprint(c.Path, " ", c.From != "", " ", c.To != ""))
	}
	want := []string{"calendar.exceptions.2026-01-02 false true", "calendar.exceptions.2026-03-03 true false", "calendar.exceptions.2026-12-24 true true"}
	if !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	p.Calendar.Zone = calendar.WITA
	if got := changes(old, p); len(got) != 4 || got[0].Path != "calendar" {
		t.Errorf("with another zone: %v", got)
	}
}
