package rehearsal

import (
	"fmt"
	"testing"

	"lapak/scheduler"
)

// smallSeeds and surgeSeeds are the days of every test run: two hundred.
const (
	smallSeeds = 180
	surgeSeeds = 20
)

func sound(t *testing.T, name string, day Day) {
	t.Helper()
	for _, p := range day.Problems {
		t.Errorf("%s: %s", name, p)
	}
	if day.State.Floor.Day.Open || day.State.Floor.Day.Number != 1 {
		t.Errorf("%s: the day was not closed: %+v", name, day.State.Floor.Day)
	}
	carried := 0
	for i := range day.State.Floor.Visits {
		v := &day.State.Floor.Visits[i]
		if v.Date == day.State.Floor.Day.Date && !v.State.Final() {
			t.Errorf("%s: visit %d ends the day %s", name, v.ID, v.State)
		}
		if v.State == scheduler.CarriedOver {
			carried++
		}
	}
	if carried != day.Totals.Carried {
		t.Errorf("%s: %d visits are carried over, the totals say %d", name, carried, day.Totals.Carried)
	}
}

func TestSmallRoughDays(t *testing.T) {
	settled := 0
	for seed := range uint64(smallSeeds) {
		day := Run(Small(seed), Options{CheckEvery: 11})
		sound(t, fmt.Sprintf("small day %d", seed), day)
		settled += day.Totals.Settled
		if t.Failed() {
			return
		}
	}
	if settled < smallSeeds*30 {
		t.Errorf("only %d claims were settled in %d days: the days do not exercise the rules", settled, smallSeeds)
	}
}

func TestSurgeDays(t *testing.T) {
	for seed := range uint64(surgeSeeds) {
		day := Run(Surge(seed), Options{CheckEvery: 101})
		sound(t, fmt.Sprintf("surge day %d", seed), day)
		if day.Totals.Visits < 250 || day.Totals.Settled < 150 {
			t.Errorf("surge day %d: %+v", seed, day.Totals)
		}
	}
}

func TestNobodyIsOvertakenBeyondTheBound(t *testing.T) {
	passed := 0
	for seed := range uint64(40) {
		c := Small(seed)
		if seed%4 == 0 {
			c = Surge(seed)
		}
		c.Mischief = NoMischief
		r := newRun(c, Options{Strict: true})
		r.all()
		for _, p := range r.day.Problems {
			t.Errorf("seed %d: %s", seed, p)
		}
		passed += r.passed.Times()
	}
	if passed == 0 {
		t.Error("nobody was ever passed: the count sees nothing")
	}
}

func TestCrashAndReplay(t *testing.T) {
	for seed := range uint64(16) {
		plain := Run(Small(seed), Options{})
		crashed := Run(Small(seed), Options{Crashes: 3})
		sound(t, fmt.Sprintf("crashed day %d", seed), crashed)
		if plain.Sum != crashed.Sum {
			t.Errorf("seed %d: a day with crashes ends elsewhere than the same day without", seed)
		}
	}
}

func TestSameSeedSameDay(t *testing.T) {
	for seed := range uint64(4) {
		a, b := Run(Small(seed), Options{}), Run(Small(seed), Options{})
		if a.Sum != b.Sum || a.Count != b.Count {
			t.Errorf("seed %d: two runs differ: %d and %d records", seed, a.Count, b.Count)
		}
		if other := Run(Small(seed+1000), Options{}); other.Sum == a.Sum {
			t.Errorf("seeds %d and %d give the same day", seed, seed+1000)
		}
	}
}
