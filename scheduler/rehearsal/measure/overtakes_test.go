package measure_test

import (
	"testing"

	"lapak/scheduler"
	"lapak/scheduler/rehearsal"
	"lapak/scheduler/rehearsal/measure"
)

// TestTheCountSeesABreach: a day that keeps its bound has none, and the same records
// under a policy that lets nobody be passed have some.
func TestTheCountSeesABreach(t *testing.T) {
	breaches := 0
	for seed := range uint64(10) {
		c := rehearsal.Small(seed)
		c.Mischief = rehearsal.NoMischief
		day := rehearsal.Run(c, rehearsal.Options{Keep: true})
		var kept, strict measure.Overtakes
		closes := rehearsal.NewWorld(c).Closes()
		d := scheduler.New().Draft()
		for i := range day.Records {
			if err := d.Apply(day.Records[i]); err != nil {
				t.Fatal(err)
			}
			for _, says := range kept.Add(d.State, &day.Records[i], closes) {
				t.Errorf("seed %d: %s", seed, says)
			}
			stricter, policy := *d.State, *d.State.Floor.Policy
			policy.Order.OvertakeMax = 0
			stricter.Floor.Policy = &policy
			breaches += len(strict.Add(&stricter, &day.Records[i], closes))
		}
		if kept.Times() != strict.Times() {
			t.Errorf("seed %d: %d passes, under another bound %d", seed, kept.Times(), strict.Times())
		}
	}
	if breaches == 0 {
		t.Error("nobody was passed under a policy that forbids it: the count sees nothing")
	}
}
