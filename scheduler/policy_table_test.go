package scheduler

import "testing"

// TestEveryNumberOfThePolicyHasARange, and every range a number: the table, the
// bounds and the fields are the same list.
func TestEveryNumberOfThePolicyHasARange(t *testing.T) {
	p := DefaultPolicy()
	numbers := map[string]bool{}
	for _, s := range p.Settings() {
		number := s.Unit != "yes or no" && s.Unit != "code"
		if number && s.Top == 0 {
			t.Errorf("%s is a number without a range", s.Path)
		}
		if number {
			numbers[s.Path] = true
		}
	}
	for _, b := range p.bounds() {
		if !numbers[b.field] {
			t.Errorf("%s has a range and is no setting", b.field)
		}
	}
	if len(numbers) < 30 {
		t.Errorf("only %d numbers were found", len(numbers))
	}
}

func TestWhatChangedInAPolicy(t *testing.T) {
	old, p := DefaultPolicy(), DefaultPolicy()
	if got := p.ChangesFrom(old); len(got) != 0 {
		t.Errorf("nothing changed, yet %v", got)
	}
	p.Version, p.Mode, p.Group.Max, p.Pooled = 7, Closed, 8, true
	p.Prefixes = []string{"D", "E", "F"}
	p.Calendar.Holidays = append(p.Calendar.Holidays, 20_000)
	want := []PolicyChange{{"mode", `"rolling"`, `"closed"`}, {"pooled", "false", "true"}, {"group.max", "6", "8"}, {Path: "prefixes"}, {Path: "calendar"}}
	got := p.ChangesFrom(old)
	if len(got) != len(want) {
		t.Fatalf("%v, want %v", got, want)
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("change %d is %v, want %v", i, got[i], want[i])
		}
	}
}
