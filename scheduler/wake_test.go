package scheduler

import "testing"

// TestAClosedGroupWakesTheTimer holds that the moment from which a group may
// start though it is not full is a deadline, once, and that nothing is left due
// when it has come.
func TestAClosedGroupWakesTheTimer(t *testing.T) {
	d := New().Draft()
	now := at(7, 0, 0)
	do := func(by Actor, c Command) {
		t.Helper()
		if _, err := d.Do(Stamp{At: now}, Order{By: by, Command: c}); err != nil {
			t.Fatalf("%T: %v", c, err)
		}
	}
	p := *DefaultPolicy()
	p.Mode, p.Group.MaxFormWaitS = Closed, 600
	do(manager, SetPolicy{Version: 1, Policy: &p})
	do(manager, OpenDay{})
	do(manager, SetRoom{Room: Room{ID: 1}, Seats: []SeatPlan{{}, {XMM: 1500}, {XMM: 3000}}})
	do(manager, SetOfficer{ID: 1})
	now = at(7, 40, 0)
	do(officer(1), SignOn{Officer: 1})
	do(officer(1), OpenSession{Room: 1, Crew: []OfficerID{1}})
	if when, ok := d.NextWake(now); ok {
		t.Fatalf("with nobody waiting the timer is set to %d", when-now)
	}
	do(desk, Arrive{Persons: 1, Claims: []NewClaim{{Programme: "JHT", Reason: "jht_phk"}}, Papers: PapersReady})
	when, ok := d.NextWake(now)
	if !ok || when != now+600 {
		t.Fatalf("the timer is set to %d s, %v; the oldest has waited long enough after 600", when-now, ok)
	}
	if plan := d.Propose(1, when-1); plan.Due || plan.DueAt != when {
		t.Fatalf("a second before, the plan is due %v, at %d", plan.Due, plan.DueAt-when)
	}
	if plan := d.Propose(1, when); !plan.Due {
		t.Fatal("when the time has come, the group is not due")
	}
	if again, ok := d.NextWake(when); ok {
		t.Fatalf("when the time has come, the timer is set to %d again", again-when)
	}
}
