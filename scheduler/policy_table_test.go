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
