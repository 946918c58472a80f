package past

import (
	"testing"

	"lapak/scheduler"
	"lapak/scheduler/calendar"
	"lapak/scheduler/rehearsal"
)

// recorded rehearses a day, keeps its records and reads them back.
func recorded(t *testing.T, c rehearsal.Config) *Day {
	t.Helper()
	day := rehearsal.Run(c, rehearsal.Options{Keep: true})
	if len(day.Problems) > 0 {
		t.Fatal(day.Problems)
	}
	r := NewRecorder(scheduler.New(), func(d calendar.Date) bool { return d == c.Date })
	for _, rec := range day.Records {
		if err := r.Add(rec); err != nil {
			t.Fatal(err)
		}
	}
	if len(r.Days()) != 1 {
		t.Fatalf("%d days were read, want 1", len(r.Days()))
	}
	return r.Days()[0]
}

// busy is a surge of 200 visits: lines are long enough that a mistake in
// playing a day again would show.
func busy(seed uint64) rehearsal.Config {
	c := rehearsal.Surge(seed)
	c.Visits = 200
	return c
}

func again(t *testing.T, c rehearsal.Config) rehearsal.Played {
	t.Helper()
	y, err := rehearsal.Play(c)
	if err != nil {
		t.Fatal(err)
	}
	return y
}

// TestAPastDayPlaysAgain holds a replay under the day's own policy to what
// happened: everybody comes, as many are served, and over the seeds of what no
// record shows the mean wait is within a tenth of the real one.
func TestAPastDayPlaysAgain(t *testing.T) {
	const repeats = 4
	for seed := uint64(1); seed <= 3; seed++ {
		p := recorded(t, busy(seed))
		truth := p.State.DayTotals()
		wait := int64(0)
		for k := range uint64(repeats) {
			y := again(t, p.Config(1000+k))
			got := y.State.DayTotals()
			if got.Visits != truth.Visits || got.Persons != truth.Persons || got.Claims != truth.Claims || y.TurnedAway != 0 {
				t.Errorf("seed %d: %d visits of %d persons came and %d had no number, really %d of %d", seed, got.Visits, got.Persons, y.TurnedAway, truth.Visits, truth.Persons)
			}
			if off := got.Settled - truth.Settled; off < -2 || off > 2 {
				t.Errorf("seed %d: %d claims were settled, really %d", seed, got.Settled, truth.Settled)
			}
			if 100*y.Measured < 97*(y.Measured+y.Drawn) {
				t.Errorf("seed %d: only %d of %d durations were measured", seed, y.Measured, y.Measured+y.Drawn)
			}
			wait += got.WaitMeanS
		}
		if wait /= repeats; 10*wait < 9*truth.WaitMeanS || 10*wait > 11*truth.WaitMeanS {
			t.Errorf("seed %d: the mean wait is %d s, really %d s", seed, wait, truth.WaitMeanS)
		}
	}
}

// TestAPastDayUnderAnotherPolicy: one at a time, everybody would have waited
// far longer; with the officers pooled, less.
func TestAPastDayUnderAnotherPolicy(t *testing.T) {
	p := recorded(t, busy(2))
	waits := func(change func(*scheduler.Policy)) int64 {
		c := p.Config(7)
		q := *c.Policy
		change(&q)
		c.Policy = &q
		return again(t, c).State.DayTotals().WaitMeanS
	}
	own := waits(func(*scheduler.Policy) {})
	single := waits(func(q *scheduler.Policy) { q.Mode = scheduler.Single })
	pooled := waits(func(q *scheduler.Policy) { q.Pooled = true })
	if single < 2*own || pooled > own {
		t.Errorf("mean waits: as it was %d s, one at a time %d s, pooled %d s", own, single, pooled)
	}
}

// TestAPastDayKeepsWhoMissedTheirCall and everything else that people did by
// themselves.
func TestAPastDayKeepsWhatPeopleDid(t *testing.T) {
	c := busy(3)
	c.Luck.NoShowPct, c.Luck.StepOutPct = 15, 20
	p := recorded(t, c)
	truth, got := p.State.DayTotals(), again(t, p.Config(1)).State.DayTotals()
	if truth.NoShows == 0 || got.NoShows != truth.NoShows {
		t.Errorf("%d never came to their seat, really %d", got.NoShows, truth.NoShows)
	}
	out := 0
	for _, g := range p.People.Guests {
		if g.Shown.OutS > 0 {
			out++
		}
	}
	if out < 5 {
		t.Errorf("only %d are known to have gone out", out)
	}
}

// TestTheDrawIsTheSame: who came before the doors opened keeps the place that
// was drawn, and on fresh days has one place under every setting.
func TestTheDrawIsTheSame(t *testing.T) {
	p := recorded(t, busy(4))
	type place struct {
		at  scheduler.Time
		lot uint32
	}
	lots := func(s *scheduler.State) map[place]bool {
		m := map[place]bool{}
		for i := range s.Floor.Visits {
			if v := &s.Floor.Visits[i]; v.Lot < 1<<31 && v.Arrived > 0 && v.Requeues == 0 { // who is sent back takes another's
				m[place{v.Arrived, v.Lot}] = true
			}
		}
		return m
	}
	same := func(a, b map[place]bool) int {
		n := 0
		for p := range a {
			if b[p] {
				n++
			}
		}
		return n
	}
	truth, got := lots(p.State), lots(again(t, p.Config(1)).State)
	if len(truth) < 20 || same(truth, got) != len(truth) {
		t.Errorf("%d of %d early comers have the place that they drew", same(truth, got), len(truth))
	}
	c := busy(5)
	c.People, c.Mischief = rehearsal.Draw(c), rehearsal.NoMischief
	one := lots(again(t, c).State)
	c.Officers = c.Officers[:3]
	two := lots(again(t, c).State)
	if len(one) < 20 || same(one, two) != len(one) {
		t.Errorf("%d of %d early comers have the same place with fewer officers", same(one, two), len(one))
	}
}

func TestPlayIsAFunction(t *testing.T) {
	p := recorded(t, busy(6))
	a, b := again(t, p.Config(9)), again(t, p.Config(9))
	if scheduler.Sum(a.State) != scheduler.Sum(b.State) || a.Use != b.Use || a.Totals.Visits != b.Totals.Visits {
		t.Error("the same day played twice is not the same")
	}
}

// TestResampleIsLikeItsDays: a fresh day has the visits asked for, and about
// the shares of the days it is drawn from.
func TestResampleIsLikeItsDays(t *testing.T) {
	days := []*Day{recorded(t, busy(1)), recorded(t, busy(2))}
	online, persons, n := 0, 0, 0
	for _, p := range days {
		for _, g := range p.People.Guests {
			n, persons = n+1, persons+g.Persons
			if g.Channel == scheduler.Online {
				online++
			}
		}
	}
	fresh := Resample(days, days[0].Date.AddDays(7), 3, 600, 100)
	got, gotPersons := 0, 0
	for i, g := range fresh.Guests {
		gotPersons += g.Persons
		if g.Channel == scheduler.Online {
			got++
		}
		if i > 0 && g.At < fresh.Guests[i-1].At {
			t.Fatal("the fresh day is out of order")
		}
	}
	if fresh.Visits() != 600 || 100*got/600 < 100*online/n-6 || 100*got/600 > 100*online/n+6 || gotPersons < persons*600/n*9/10 {
		t.Errorf("%d visits, %d booked, %d persons; of %d: %d and %d", fresh.Visits(), got, gotPersons, n, online, persons)
	}
	if more := Resample(days, days[0].Date, 3, 0, 150); more.Visits() < n/2*13/10 {
		t.Errorf("half again as many are %d visits", more.Visits())
	}
}
