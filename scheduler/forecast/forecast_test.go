package forecast_test

import (
	"errors"
	"reflect"
	"testing"

	"lapak/scheduler"
	"lapak/scheduler/forecast"
	"lapak/scheduler/forecast/twin"
	"lapak/scheduler/procedure"
	"lapak/scheduler/rehearsal"
)

// branch is a rehearsed day that goes on in place.
type branch struct {
	w   *rehearsal.World
	d   *scheduler.Draft
	now scheduler.Time
}

func begin(t testing.TB, c rehearsal.Config) *branch {
	t.Helper()
	b := &branch{w: rehearsal.NewWorld(c), d: scheduler.New().Draft()}
	b.now = b.w.Begins()
	for _, o := range b.w.Setup() {
		if _, err := b.d.Do(scheduler.Stamp{At: b.now}, o); err != nil {
			t.Fatal(err)
		}
	}
	return b
}

// until lets the day go on, as the hall would.
func (b *branch) until(end scheduler.Time) {
	state := func() *scheduler.State { return b.d.State }
	do := func(at scheduler.Time, o scheduler.Order) (scheduler.Record, error) {
		return b.d.Do(scheduler.Stamp{At: at, Seed: uint64(at)}, o)
	}
	for range 100_000 {
		next, ok := b.w.Next()
		if wake, due := b.d.NextWake(b.now); due && (!ok || wake < next) {
			next, ok = wake, true
		}
		if !ok || next > end {
			break
		}
		b.now = max(b.now, next)
		for range 50 {
			if wake, due := b.d.NextWake(b.now); !due || wake > b.now {
				break
			}
			if _, err := do(b.now, scheduler.Order{By: scheduler.System, Command: scheduler.Tick{}}); err != nil {
				break
			}
		}
		b.w.Step(b.now, state, do)
	}
	b.now = max(b.now, end)
}

// hold checks what every forecast promises.
func hold(t testing.TB, s *scheduler.State, f *forecast.Forecast) {
	t.Helper()
	inOrder := func(what string, x *forecast.Spread) {
		if !x.Some() {
			return
		}
		if x.P10 < f.At || x.P10 > x.P25 || x.P25 > x.P50 || x.P50 > x.P75 || x.P75 > x.P90 || x.Mean < x.P10-1 {
			t.Fatalf("%s at %d: %+v", what, f.At, *x)
		}
	}
	here := 0
	for i := range s.Floor.Visits {
		switch s.Floor.Visits[i].State {
		case scheduler.Waiting, scheduler.AtDesk, scheduler.Called, scheduler.Seated:
			here++
		}
	}
	if s.Floor.Day.Open && here != len(f.Visits) {
		t.Fatalf("%d visits are here, the forecast has %d", here, len(f.Visits))
	}
	type alike struct {
		channel    scheduler.Channel
		state      scheduler.VisitState
		accessible bool
		programme  procedure.Programme
		persons    int8
	}
	last := map[alike]forecast.Told{}
	for i := range f.Visits {
		x := &f.Visits[i]
		inOrder("call", &x.Call)
		inOrder("end", &x.End)
		v := s.Visit(x.ID)
		if v.State.Final() {
			t.Fatalf("visit %d is %s and still forecast", v.ID, v.State)
		}
		if !x.Told.Some() {
			continue
		}
		if x.Told.LowS < 0 || x.Told.LowS >= x.Told.HighS || x.Told.MidS < x.Told.LowS || x.Told.MidS > x.Told.HighS {
			t.Fatalf("told %+v", x.Told)
		}
		key := alike{v.Channel, v.State, v.Accessible, first(s, v), v.Persons}
		if was := last[key]; x.Told.LowS < was.LowS || x.Told.HighS < was.HighS {
			t.Fatalf("visit %d is told %+v behind one like it who is told %+v", v.ID, x.Told, was)
		}
		last[key] = x.Told
	}
	for i := range f.Seats {
		inOrder("seat", &f.Seats[i].End)
	}
	for i := range f.Lanes {
		inOrder("lane", &f.Lanes[i].Call)
	}
}

func first(s *scheduler.State, v *scheduler.Visit) procedure.Programme {
	for _, c := range s.ClaimsOf(v) {
		if c.Outcome == scheduler.NoOutcome {
			return c.Programme
		}
	}
	return ""
}

// tell gives the branch what the forecast has to tell.
func (b *branch) tell(t testing.TB, f *forecast.Forecast) int {
	t.Helper()
	c, ok := f.Tell(b.d.State, b.now)
	if !ok {
		return 0
	}
	if _, err := b.d.Do(scheduler.Stamp{At: b.now}, scheduler.Order{By: scheduler.System, Command: c}); err != nil && !errors.Is(err, scheduler.ErrNothing) {
		t.Fatalf("%v: %+v", err, c)
	}
	return len(c.Visits)
}

// TestForecastsOfRoughDays makes forecasts all day long on days on which
// everything goes wrong, in every mode, and tells them.
func TestForecastsOfRoughDays(t *testing.T) {
	told, scored := 0, 0
	for seed := range uint64(10) {
		b := begin(t, rehearsal.Small(seed))
		for at := b.w.Begins(); at < b.w.Closes()+3600; at += 900 {
			b.until(at)
			in := twin.Input{State: b.d.State, Now: b.now, Paths: 6, Seed: seed}
			f := forecast.Of(in)
			hold(t, b.d.State, &f)
			if again := forecast.Of(in); !reflect.DeepEqual(f, again) {
				t.Fatal("the same input gives another forecast")
			}
			told += b.tell(t, &f)
			if found := scheduler.Check(b.d.State); len(found) > 0 {
				t.Fatal(found)
			}
		}
		scored += b.d.Score().First.N
	}
	if told < 300 || scored < 150 {
		t.Errorf("%d ranges were told and %d scored: the days do not exercise the forecast", told, scored)
	}
}

func FuzzOf(f *testing.F) {
	f.Add(uint64(1), uint16(120), uint64(1))
	f.Add(uint64(7), uint16(300), uint64(2))
	f.Add(uint64(13), uint16(470), uint64(3))
	f.Fuzz(func(t *testing.T, seed uint64, minute uint16, paths uint64) {
		b := begin(t, rehearsal.Small(seed%100_000))
		b.until(b.w.Begins() + int64(minute%700)*60)
		out := forecast.Of(twin.Input{State: b.d.State, Now: b.now, Paths: 3, Seed: paths})
		hold(t, b.d.State, &out)
	})
}

// surge is a full lobby in the middle of a morning.
func surge(t testing.TB) *branch {
	b := begin(t, rehearsal.Surge(3))
	b.until(b.w.Opens() + 7200)
	return b
}

func TestWhoLeavesIsForgottenAndTheOthersComeNoLater(t *testing.T) {
	b := surge(t)
	before := forecast.Of(twin.Input{State: b.d.State, Now: b.now, Seed: 1})
	gone := before.Visits[3].ID
	if _, err := b.d.Do(scheduler.Stamp{At: b.now}, scheduler.Order{By: scheduler.System, Command: scheduler.Cancel{Visit: gone}}); err != nil {
		t.Fatal(err)
	}
	after := forecast.Of(twin.Input{State: b.d.State, Now: b.now, Seed: 1})
	hold(t, b.d.State, &after)
	sum, n := int64(0), int64(0)
	for i := range before.Visits {
		for k := range after.Visits {
			if x := &after.Visits[k]; x.ID == before.Visits[i].ID && x.Call.Some() && before.Visits[i].Call.Some() {
				sum += x.Call.Mean - before.Visits[i].Call.Mean
				n++
			}
			if after.Visits[k].ID == gone {
				t.Fatal("who has left is still forecast")
			}
		}
	}
	if n < 30 || sum/n > 0 {
		t.Errorf("with one fewer in line %d others are called %d s later on average", n, sum/max(1, n))
	}
}

func TestStopAndTimes(t *testing.T) {
	b := surge(t)
	asked := 0
	f := forecast.Of(twin.Input{State: b.d.State, Now: b.now, Seed: 1, Stop: func() bool { asked++; return asked > 7 }})
	if f.Paths != 7 || len(f.Visits) < 30 {
		t.Errorf("stopped after %d paths with %d visits", f.Paths, len(f.Visits))
	}
	slow := &procedure.Times{}
	for _, p := range b.d.Floor.Policy.Procedures.Procedures {
		for _, st := range p.Steps {
			slow.Steps = append(slow.Steps, procedure.StepTime{Programme: p.Programme, Step: st.Code, MeanS: 2 * st.MeanS, CvPct: st.CvPct, N: 50})
		}
	}
	slow.Sort()
	usual := forecast.Of(twin.Input{State: b.d.State, Now: b.now, Seed: 1, Paths: 20})
	later := forecast.Of(twin.Input{State: b.d.State, Now: b.now, Seed: 1, Paths: 20, Times: slow})
	if a, z := usual.Visits[20].Call.Mean-b.now, later.Visits[20].Call.Mean-b.now; z < a*3/2 || z > a*5/2 {
		t.Errorf("steps twice as long make a wait of %d s one of %d s", a, z)
	}
}

// TestTellIsQuietWhenNothingChanges holds that a branch is not told the same
// again and again.
func TestTellIsQuietWhenNothingChanges(t *testing.T) {
	b := surge(t)
	f := forecast.Of(twin.Input{State: b.d.State, Now: b.now, Seed: 1})
	all := b.tell(t, &f)
	if all < 30 {
		t.Fatalf("only %d are told", all)
	}
	b.now += scheduler.TellAgainS + 1
	f = forecast.Of(twin.Input{State: b.d.State, Now: b.now, Seed: 2})
	if n := b.tell(t, &f); n > all/3 { // the luck of a hundred paths: seats held for a party come free a seat change sooner or later
		t.Errorf("%d of %d are told anew after a minute in which nothing happened", n, all)
	}
	waits := b.d.Waits(b.now)
	if waits[scheduler.Online].LowS > waits[scheduler.WalkIn].LowS || waits[scheduler.WalkIn].HighS <= 0 {
		t.Errorf("who joins is told %v", waits)
	}
}

// TestACrowdIsToldAtOnce holds that the lanes are told anew, within the minute too, when a
// crowd came, and never from a forecast that does not know of it.
func TestACrowdIsToldAtOnce(t *testing.T) {
	b := surge(t)
	f := forecast.Of(twin.Input{State: b.d.State, Now: b.now, Seed: 1})
	b.tell(t, &f)
	before := b.d.Waits(b.now)[scheduler.WalkIn]
	b.now += 5
	crowd := len(b.d.Floor.Line(scheduler.Waiting)) / 2
	for range crowd {
		if _, err := b.d.Do(scheduler.Stamp{At: b.now}, scheduler.Order{By: scheduler.Actor{Role: scheduler.ByDesk},
			Command: scheduler.Arrive{Persons: 1, Claims: []scheduler.NewClaim{{Programme: "JHT", Reason: "jht_phk"}}, Papers: scheduler.PapersReady}}); err != nil {
			t.Fatal(err)
		}
	}
	if c, _ := f.Tell(b.d.State, b.now); !f.Outrun(b.d.State) || len(c.Lanes) > 0 {
		t.Errorf("%d more in line, and the old forecast tells %+v", crowd, c.Lanes)
	}
	if meanwhile := b.d.Waits(b.now)[scheduler.WalkIn]; meanwhile.HighS <= before.HighS {
		t.Errorf("%d more in line, and %+v is told after %+v", crowd, meanwhile, before)
	}
	again := forecast.Of(twin.Input{State: b.d.State, Now: b.now, Seed: 1})
	b.tell(t, &again)
	if after := b.d.Waits(b.now)[scheduler.WalkIn]; after.LowS <= before.LowS || again.Outrun(b.d.State) || b.d.LaneMoved(scheduler.WalkIn, b.now) {
		t.Errorf("%d more in line five seconds later: told %+v after %+v", crowd, after, before)
	}
}
