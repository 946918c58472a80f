package report_test

import (
	"encoding/json"
	"reflect"
	"slices"
	"strconv"
	"testing"

	"lapak/scheduler"
	"lapak/scheduler/calendar"
	"lapak/scheduler/learning"
	"lapak/scheduler/procedure"
	"lapak/scheduler/rehearsal"
	"lapak/scheduler/report"
)

// rehearsed plays a day with everything that can go wrong and keeps its records.
func rehearsed(t *testing.T, seed uint64, date calendar.Date) rehearsal.Day {
	t.Helper()
	c := rehearsal.Small(seed)
	c.Date = date
	day := rehearsal.Run(c, rehearsal.Options{Keep: true})
	if len(day.Problems) > 0 {
		t.Fatal(day.Problems)
	}
	return day
}

// folded reads the records into the one day that they hold.
func folded(t *testing.T, records []scheduler.Record) *report.Day {
	t.Helper()
	f := report.NewFold(scheduler.New())
	var days []*report.Day
	for _, rec := range records {
		day, err := f.Add(rec)
		if err != nil {
			t.Fatal(err)
		}
		if day != nil {
			days = append(days, day)
		}
	}
	if len(days) != 1 || days[0].Closed != closing(records) || f.Today() != nil {
		t.Fatalf("%d days were folded, want one that its closing record ends", len(days))
	}
	return days[0]
}

func closing(records []scheduler.Record) int64 {
	for _, rec := range records {
		for _, e := range rec.Events {
			if _, ok := e.(scheduler.DayClosed); ok {
				return rec.Seq
			}
		}
	}
	return 0
}

var monday = calendar.MustParse("2026-03-02")

// TestADayAgreesWithItsTotals holds the facts to what the branch itself wrote down
// when it closed the day.
func TestADayAgreesWithItsTotals(t *testing.T) {
	for seed := uint64(1); seed <= 10; seed++ {
		day := rehearsed(t, seed, monday)
		d := folded(t, day.Records)
		r := report.Of(d.Date, d.Date, report.ByChannel, []*report.Day{d})
		f, want := r.Total, day.Totals
		got := scheduler.Totals{Date: d.Date, Visits: f.Visits, Persons: f.Persons, Settled: f.Settled, Approved: f.Outcomes.Approved,
			Returned: f.Outcomes.Returned, NoShows: f.NoShows, Left: f.Left, Cancelled: f.Cancelled, Carried: f.Carried, Claims: want.Claims,
			WaitMaxS: f.Wait.MaxS, WaitMeanS: want.WaitMeanS, DoorMeanS: want.DoorMeanS, Overtaken: f.Overtaken, OvertakeMx: f.OvertakeMx, ByChannel: make([]int, 3)}
		for _, row := range r.Rows {
			got.ByChannel[slices.Index([]string{"walk_in", "online", "collective"}, row.Key)] = row.Visits
		}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("seed %d: the facts say\n%+v, the branch said\n%+v", seed, got, want)
		}
		if abs(f.Wait.MeanS-want.WaitMeanS) > 1 || abs(f.Door.MeanS-want.DoorMeanS) > 1 {
			t.Errorf("seed %d: mean wait %d and stay %d, the branch said %d and %d", seed, f.Wait.MeanS, f.Door.MeanS, want.WaitMeanS, want.DoorMeanS)
		}
	}
}

func abs(n int64) int64 { return max(n, -n) }

// TestTimesAgreeWithAWatch watches the day second by second, and counts what an
// onlooker would see.
func TestTimesAgreeWithAWatch(t *testing.T) {
	for seed := uint64(1); seed <= 5; seed++ {
		day := rehearsed(t, seed, monday)
		d := folded(t, day.Records)
		type counted struct{ shift, with, pause, offered, taken, session map[string]int64 }
		w := counted{map[string]int64{}, map[string]int64{}, map[string]int64{}, map[string]int64{}, map[string]int64{}, map[string]int64{}}
		state := scheduler.New().Draft()
		next := 0
		for at := day.Records[0].At; next < len(day.Records); at++ {
			for next < len(day.Records) && day.Records[next].At <= at {
				if err := state.Apply(day.Records[next]); err != nil {
					t.Fatal(err)
				}
				next++
			}
			f := &state.Floor
			if !f.Day.Open {
				continue
			}
			hour := strconv.Itoa(f.Policy.Calendar.Zone.SecondOfDay(f.Wall(at)) / 3600)
			for _, o := range f.Officers {
				switch {
				case o.Presence == scheduler.OnBreak || o.Presence == scheduler.SteppedOff:
					w.pause[hour]++
				case o.Presence == scheduler.OnShift:
					w.shift[hour]++
					if o.WithRoom != 0 {
						w.with[hour]++
					}
				}
			}
			for i := range f.Sessions {
				ses := &f.Sessions[i]
				if ses.State == scheduler.Cleaning {
					continue
				}
				r := state.Room(ses.Room)
				c := state.LimitsOf(r)
				most := int64(min(c.Seats, c.Occupancy, c.Booths, c.Officer))
				if ses.Mode == scheduler.Single {
					most = min(most, int64(max(1, len(ses.Crew))))
				}
				w.offered[hour] += most
				for _, seat := range state.RoomSeats(r) {
					if seat.State != scheduler.SeatFree && seat.State != scheduler.SeatCleaning {
						w.taken[hour]++
					}
				}
			}
		}
		for _, row := range report.Of(monday, monday, report.ByHour, []*report.Day{d}).Rows {
			f := row.Figures
			if f.ShiftS != w.shift[row.Key] || f.WithS != w.with[row.Key] || f.BreakS != w.pause[row.Key] || f.OfferS != w.offered[row.Key] || f.TakenS != w.taken[row.Key] {
				t.Errorf("seed %d, %s h: shift %d with %d break %d offered %d taken %d; a watch says %d %d %d %d %d", seed, row.Key, f.ShiftS, f.WithS, f.BreakS, f.OfferS, f.TakenS,
					w.shift[row.Key], w.with[row.Key], w.pause[row.Key], w.offered[row.Key], w.taken[row.Key])
			}
		}
	}
}

// TestAPeriodIsItsPeople compares a week's figures with those of one list of all
// its people, made from the branch's own state and not from the facts.
func TestAPeriodIsItsPeople(t *testing.T) {
	var days []*report.Day
	var waits, doors, families []int64
	promised := 0
	for i := range 5 {
		day := rehearsed(t, uint64(20+i), monday.AddDays(i))
		days = append(days, folded(t, day.Records))
		s := day.State
		for k := range s.Floor.Visits {
			v := &s.Floor.Visits[k]
			if v.Arrived == 0 {
				continue
			}
			if v.FirstCall != 0 {
				w := max(0, v.FirstCall-s.WaitStart(v))
				waits = append(waits, w)
				if v.Persons >= 3 {
					families = append(families, w)
				}
				if w <= 1800 {
					promised++
				}
			}
			if v.State == scheduler.Settled {
				doors = append(doors, max(0, v.Ended-s.WaitStart(v)))
			}
		}
	}
	r := report.Of(monday, monday.AddDays(4), report.ByDay, days)
	for _, x := range []struct {
		what string
		got  report.Spread
		list []int64
	}{{"waits", r.Total.Wait, waits}, {"stays", r.Total.Door, doors}, {"families' waits", r.Fairness.Families, families}} {
		slices.Sort(x.list)
		atMost := func(limit int64) (n int) {
			for _, w := range x.list {
				if w <= limit {
					n++
				}
			}
			return n
		}
		// The nearest rank is the least value that the share does not exceed.
		if n := len(x.list); x.got.N != n || x.got.MaxS != x.list[n-1] || atMost(x.got.P50S)*2 < n || atMost(x.got.P50S-1)*2 >= n ||
			atMost(x.got.P90S)*10 < 9*n || atMost(x.got.P90S-1)*10 >= 9*n {
			t.Errorf("%s: %+v does not describe %v", x.what, x.got, x.list)
		}
	}
	if r.Total.InPromise != promised || len(r.Days) != 5 {
		t.Errorf("%d kept within the promise on %d days, want %d on 5", r.Total.InPromise, len(r.Days), promised)
	}
	if r.Unit != "day" || len(r.Series) != 5 {
		t.Errorf("a week is shown by %s in %d points", r.Unit, len(r.Series))
	}
	for _, x := range []struct {
		days, points int
		unit, first  string
	}{{100, 1, "week", "2026-03-02"}, {300, 1, "month", "2026-03-01"}} {
		long := report.Of(monday.AddDays(-x.days), monday.AddDays(4), report.ByDay, days)
		if long.Unit != x.unit || len(long.Series) != x.points || long.Series[0].Key != x.first || long.Series[0].Wait != r.Total.Wait {
			t.Errorf("%d days are shown by %s in %d points", x.days, long.Unit, len(long.Series))
		}
	}
	for _, by := range report.Bys() {
		sum := 0
		for _, row := range report.Of(monday, monday.AddDays(4), by, days).Rows {
			sum += row.Settled
		}
		if sum != r.Total.Settled {
			t.Errorf("by %s %d claims were settled, in all %d", by, sum, r.Total.Settled)
		}
	}
}

func TestFactsAreKeptAsTheyAre(t *testing.T) {
	day := rehearsed(t, 3, monday)
	d := folded(t, day.Records)
	b, err := json.Marshal(d)
	if err != nil {
		t.Fatal(err)
	}
	var back report.Day
	if err := json.Unmarshal(b, &back); err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(*d, back) {
		t.Error("a day that was written and read is another one")
	}
	if again := folded(t, day.Records); !reflect.DeepEqual(d, again) {
		t.Error("the same records gave other facts")
	}
	var bad report.Visit
	if err := json.Unmarshal([]byte("[1,2,3]"), &bad); err == nil {
		t.Error("a row without all of its figures was read")
	}
}

// TestTodayGrowsIntoTheDay asks for the day so far after each record.
func TestTodayGrowsIntoTheDay(t *testing.T) {
	day := rehearsed(t, 6, monday)
	f := report.NewFold(scheduler.New())
	seen := 0
	for _, rec := range day.Records {
		closed, err := f.Add(rec)
		if err != nil {
			t.Fatal(err)
		}
		if today := f.Today(); today != nil && rec.Seq%97 == 0 {
			if today.Closed != 0 || len(today.Visits) < seen {
				t.Fatalf("after record %d today is closed, or has fewer visits than before", rec.Seq)
			}
			seen = len(today.Visits)
			if r := report.Of(monday, monday, report.ByHour, []*report.Day{today}); r.Preliminary != monday {
				t.Fatal("a day that is open is not called preliminary")
			}
		}
		if closed != nil && seen == 0 {
			t.Fatal("today was never seen")
		}
	}
}

func TestADayWithoutItsMorningIsPartial(t *testing.T) {
	day := rehearsed(t, 7, monday)
	half := len(day.Records) / 2
	state, err := scheduler.Replay(scheduler.New(), day.Records[:half])
	if err != nil {
		t.Fatal(err)
	}
	f := report.NewFold(state)
	for _, rec := range day.Records[half:] {
		d, err := f.Add(rec)
		if err != nil {
			t.Fatal(err)
		}
		if d != nil && !d.Partial {
			t.Error("a day whose first records are missing must say so")
		}
	}
}

func TestSurveysOfAPeriod(t *testing.T) {
	give := func(date calendar.Date, answers ...int8) *report.Day {
		d := &report.Day{Date: date, Closed: 1}
		for _, a := range answers {
			d.Survey.Add(scheduler.Answers{a, a, a, a, a, a, a, a, a})
		}
		return d
	}
	for _, x := range []struct {
		days   []*report.Day
		visits int
		score  int
		class  string
	}{
		{[]*report.Day{give(monday, 4)}, 1, 10000, "A"},
		{[]*report.Day{give(monday, 4, 4), give(monday + 1), give(monday+2, 4, 3)}, 4, 9375, "A"},
		{[]*report.Day{give(monday, 4), give(monday+1, 3)}, 2, 8750, "B"},
		{[]*report.Day{give(monday, 2)}, 1, 5000, "D"},
		{[]*report.Day{give(monday)}, 0, 0, ""},
	} {
		got := report.Of(monday, monday+2, report.ByDay, x.days).Satisfaction
		if got.Visits != x.visits || got.Score != x.score || got.Class != x.class || len(got.Items) != 9 {
			t.Errorf("%d visits score %d in class %q, want %d, %d and %q", got.Visits, got.Score, got.Class, x.visits, x.score, x.class)
		}
	}
}

// TestAnAnswerAfterTheDoorsClosed belongs to the day on which the visitor was here.
func TestAnAnswerAfterTheDoorsClosed(t *testing.T) {
	day := rehearsed(t, 8, monday)
	f := report.NewFold(scheduler.New())
	for _, rec := range day.Records {
		if _, err := f.Add(rec); err != nil {
			t.Fatal(err)
		}
	}
	d := day.State.Draft()
	for i := range d.Floor.Visits {
		v := &d.Floor.Visits[i]
		rec, err := d.Do(scheduler.Stamp{At: d.At + 60}, scheduler.Order{By: scheduler.Actor{Role: scheduler.ByVisitor},
			Command: scheduler.AnswerSurvey{Visit: v.ID, Answers: scheduler.Answers{4, 3, 4, 3, 4, 3, 4, 3, 4}}})
		if err != nil {
			continue
		}
		late, err := f.Add(rec)
		if err != nil || late == nil || !late.Late || late.Date != monday || late.Survey.Visits != 1 {
			t.Fatalf("the answer of visit %d gives %+v, %v", v.ID, late, err)
		}
		return
	}
	t.Fatal("nobody was served")
}

// TestTheMultiplierIsTheOneOfNow: what the manager sees today and what the report
// says of the same day rest on the same hours and claims.
func TestTheMultiplierIsTheOneOfNow(t *testing.T) {
	for _, seed := range []uint64{2, 5, 10} {
		day := rehearsed(t, seed, monday)
		f, l := report.NewFold(scheduler.New()), learning.New(scheduler.New())
		for _, rec := range day.Records[:closing(day.Records)-1] {
			if _, err := f.Add(rec); err != nil {
				t.Fatal(err)
			}
			if err := l.Feed(rec); err != nil {
				t.Fatal(err)
			}
		}
		var got learning.Yield
		today := f.Today()
		for _, w := range today.Work {
			if w.Way == report.InGroup {
				got.OfficerS += w.BusyS
			}
		}
		for _, c := range today.Claims {
			if c.Way == report.InGroup {
				got.Claims++
			}
		}
		if want := l.Work(day.Records[closing(day.Records)-2].At).Group; got != want {
			t.Errorf("seed %d: the report counts %+v, today's work %+v", seed, got, want)
		}
	}
}

func TestTheMultipliersBasis(t *testing.T) {
	group := func(n int) *report.Day {
		d := &report.Day{Date: monday, Closed: 1, Goals: report.Goals{SeatChangeS: 120}}
		for range n {
			d.Claims = append(d.Claims, report.Claim{Way: report.InGroup, Outcome: scheduler.Approved, Programme: procedure.JHT, OwnS: 1200, OfficerS: 240})
		}
		d.Work = []report.Work{{Officer: 1, Way: report.InGroup, ShiftS: 4000, BusyS: 3600}}
		return d
	}
	m := report.Of(monday, monday, report.ByDay, []*report.Day{group(12)}).Multiplier
	// Alone a claim takes 1200 + 240 + 120 seconds: 2.30 an hour; without the own steps 10 an hour.
	if m.Basis != report.Computed || m.GroupX != 1200 || m.SingleX != 230 || m.CounterX != 1000 || m.ValueX != 522 || m.Early {
		t.Errorf("the computed baseline gives %+v", m)
	}
	if m := report.Of(monday, monday, report.ByDay, []*report.Day{group(11)}).Multiplier; !m.Early || m.ValueX != 0 || m.Need.Claims != 12 || m.Need.HoursX != 100 {
		t.Errorf("eleven claims are too early to say a value, as they are today: %+v", m)
	}
	d := group(12)
	for range 50 {
		d.Claims = append(d.Claims, report.Claim{Way: report.OneByOne, Outcome: scheduler.Approved})
	}
	d.Work = append(d.Work, report.Work{Officer: 2, Way: report.OneByOne, ShiftS: 12 * 3600, BusyS: 10 * 3600})
	if m := report.Of(monday, monday, report.ByDay, []*report.Day{d}).Multiplier; m.Basis != report.Measured || m.SingleX != 500 || m.ValueX != 240 || m.SingleN != 50 {
		t.Errorf("the measured baseline gives %+v", m)
	}
	if m := report.Of(monday, monday, report.ByDay, nil).Multiplier; m.Basis != report.NoBasis || m.ValueX != 0 {
		t.Errorf("nothing gives %+v", m)
	}
}
