package whatif

import (
	"encoding/json"
	"errors"
	"math/bits"
	"slices"
	"strings"
	"testing"

	"lapak/scheduler"
	"lapak/scheduler/calendar"
	"lapak/scheduler/procedure"
	"lapak/scheduler/rehearsal"
	"lapak/scheduler/rehearsal/past"
)

// busy is a branch with two rooms of six booths, which stand in rooms with
// place for more, a third officer without a room, and nobody on shift yet.
func busy(t testing.TB, changes ...func(*rehearsal.Config)) Base {
	t.Helper()
	c := rehearsal.Surge(1)
	c.Rooms, c.Officers = c.Rooms[:2], c.Officers[:2]
	for _, change := range changes {
		change(&c)
	}
	s, err := rehearsal.Furnished(c)
	if err != nil {
		t.Fatal(err)
	}
	for i := range s.Floor.Rooms {
		s.Floor.Rooms[i].WidthMM, s.Floor.Rooms[i].DepthMM = 6000, 5000
	}
	return BaseOf(s)
}

func parse(t testing.TB, text string) Question {
	t.Helper()
	q, err := Parse([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return q
}

// answer works a question out, one unit after the other.
func answer(t testing.TB, q Question, b Base) Answer {
	t.Helper()
	s, err := New(q, b)
	if err != nil {
		t.Fatal(err)
	}
	for more := true; more; {
		if more, err = s.Next(); err != nil {
			t.Fatal(err)
		}
	}
	if done, total := s.Progress(); done != total || !s.Over() {
		t.Errorf("a study that is over has done %d of %d units", done, total)
	}
	return s.Answer()
}

// row finds a figure of everybody.
func row(t testing.TB, list []Row, figure string) Row {
	t.Helper()
	for _, r := range list {
		if r.Figure == figure && r.Of == "all" {
			return r
		}
	}
	t.Fatalf("no row %s", figure)
	return Row{}
}

func TestNoChangeIsNoDifference(t *testing.T) {
	b := busy(t)
	for _, changes := range []string{`{}`, `{"policy":{}}`, `{"policy":{"pooled":false,"distance":{"distance_mm":1500}}}`, `{"officers":2}`,
		`{"rooms":[{"room":1,"seats":6,"mode":"default"}]}`, `{"hours":{"open_s":27000}}`, `{"last_call_s":900}`} {
		a := answer(t, parse(t, `{"days":1,"per_day":60,"changes":`+changes+`}`), b)
		if len(a.Changes) != 0 {
			t.Errorf("%s: %v would differ", changes, a.Changes)
		}
		for _, r := range a.Rows {
			if r.Difference != (Interval{}) || r.Base != r.Changed || r.Verdict != "same" {
				t.Errorf("%s: %s of %s differs by %+v, verdict %s", changes, r.Figure, r.Of, r.Difference, r.Verdict)
			}
		}
	}
}

// TestTheOrderOfTheWorkDoesNotShow hands the units back in another order, with
// several out at once, as workers would.
func TestTheOrderOfTheWorkDoesNotShow(t *testing.T) {
	b := busy(t)
	for _, text := range []string{`{"days":3,"per_day":60,"changes":{"policy":{"pooled":true}}}`, `{"days":3,"per_day":15,"advise":true}`} {
		q := parse(t, text)
		want, err := json.Marshal(answer(t, q, b))
		if err != nil {
			t.Fatal(err)
		}
		s, err := New(q, b)
		if err != nil {
			t.Fatal(err)
		}
		var out []Result
		for n := 0; !s.Over(); n++ {
			if u, ok := s.Take(); ok {
				out = append(out, u.Run())
				if bits.OnesCount(uint(n))%3 != 0 {
					continue
				}
			}
			last := len(out) - 1
			if err := s.Put(out[last]); err != nil {
				t.Fatal(err)
			}
			out = out[:last]
		}
		got, err := json.Marshal(s.Answer())
		if err != nil || string(got) != string(want) {
			t.Errorf("%s: in another order the answer is another one\n%s\n%s", text, got, want)
		}
	}
}

func TestPartialAnswersRestOnWhatIsDone(t *testing.T) {
	s, err := New(parse(t, `{"days":4,"per_day":30,"changes":{"policy":{"mode":"single"}}}`), busy(t))
	if err != nil {
		t.Fatal(err)
	}
	last := 0
	for more := true; more; {
		a := s.Answer()
		if done, total := s.Progress(); a.Days < last || done > total {
			t.Fatalf("%d days after %d; %d of %d units", a.Days, last, done, total)
		}
		last = s.Answer().Days
		if more, err = s.Next(); err != nil {
			t.Fatal(err)
		}
	}
	if a := s.Answer(); a.Days != 4 || row(t, a.Rows, "wait_mean_s").Verdict != "worse" {
		t.Errorf("%d days; one at a time is %+v", a.Days, row(t, a.Rows, "wait_mean_s"))
	}
}

// What a manager would expect of each lever, on a day that strains the branch.
func TestLeversMoveTheFigures(t *testing.T) {
	b := busy(t)
	for _, x := range []struct{ what, changes, figure, verdict string }{
		{"one at a time", `{"policy":{"mode":"single"}}`, "wait_mean_s", "worse"},
		{"one at a time", `{"policy":{"mode":"single"}}`, "multiplier", "worse"},
		{"a live briefing", `{"policy":{"briefing":"live"}}`, "multiplier", "worse"},
		{"officers pooled", `{"policy":{"pooled":true}}`, "wait_mean_s", "better"},
		{"half the officers", `{"officers":1}`, "wait_mean_s", "worse"},
		{"twice the distance", `{"policy":{"distance":{"distance_mm":3000}}}`, "wait_mean_s", "worse"},
		{"twice the distance", `{"policy":{"distance":{"distance_mm":3000}}}`, "group_size_mean", "differs"},
		{"two seats more in each room", `{"policy":{"group":{"max":8}},"rooms":[{"room":1,"seats":8},{"room":2,"seats":8}]}`, "wait_mean_s", "better"},
		{"a smaller group", `{"policy":{"group":{"min":1,"target":2,"max":2}}}`, "wait_mean_s", "worse"},
		{"half the room's share", `{"policy":{"distance":{"occupancy_pct":25}}}`, "wait_mean_s", "worse"},
		{"a last call two hours before the close", `{"last_call_s":7200}`, "served_pct", "worse"},
		{"half again as many visits", `{"visits_pct":150}`, "wait_mean_s", "worse"},
		{"one room less", `{"rooms":[{"room":2,"unused":true}]}`, "wait_mean_s", "worse"},
	} {
		a := answer(t, parse(t, `{"days":4,"per_day":120,"changes":`+x.changes+`}`), b)
		if r := row(t, a.Rows, x.figure); r.Verdict != x.verdict {
			t.Errorf("%s: %s is %s: %v, %v, difference %v", x.what, x.figure, r.Verdict, r.Base, r.Changed, r.Difference)
		}
		if len(a.Changes) == 0 {
			t.Errorf("%s: no change is told", x.what)
		}
	}
}

func TestChangesAreToldInWordsOfThePolicy(t *testing.T) {
	_, list, err := busy(t).apply(parse(t, `{"changes":{"policy":{"distance":{"distance_mm":2000},"mode":"closed"},"hours":{"close_s":57600},
		"rooms":[{"room":2,"seats":4,"mode":"single"}],"officers":1,"last_call_s":600,"visits_pct":90}}`).Changes)
	if err != nil {
		t.Fatal(err)
	}
	want := []Change{{"distance.distance_mm", 0, "1500", "2000"}, {"mode", 0, "rolling", "closed"}, {"hours.close_s", 0, "54000", "57600"},
		{"mode", 2, "default", "single"}, {"seats", 2, "6", "4"}, {"officers", 0, "2", "1"}, {"last_call_s", 0, "900", "600"}, {"visits_pct", 0, "100", "90"}}
	if !slices.Equal(list, want) {
		t.Errorf("%v\nwant %v", list, want)
	}
}

func TestQuestionsAreRefusedByField(t *testing.T) {
	b := busy(t)
	for text, field := range map[string]string{
		`{}`:                           "changes",
		`{"days":201,"advise":true}`:   "days",
		`{"days":-1,"advise":true}`:    "days",
		`{"seed":-1,"advise":true}`:    "seed",
		`{"per_day":-1,"advise":true}`: "per_day",
		`{"per_day":5,"day":"2026-03-02","advise":true}`:                            "per_day",
		`{"advise":true,"changes":{}}`:                                              "changes",
		`{"changes":{},"promise":{"served_pct":90}}`:                                "promise",
		`{"advise":true,"promise":{"wait_p95_s":-5}}`:                               "promise.wait_p95_s",
		`{"advise":true,"promise":{"served_pct":101}}`:                              "promise.served_pct",
		`{"changes":{"policy":{"mode":"rolling","distnce":{}}}}`:                    "changes.policy.distnce",
		`{"changes":{"policy":{"group":{"max":0}}}}`:                                "changes.policy.group.max",
		`{"changes":{"policy":[1]}}`:                                                "changes.policy",
		`{"changes":{"hours":{"open_s":60000}}}`:                                    "changes.hours",
		`{"changes":{"rooms":[{"room":9}]}}`:                                        "changes.rooms[0].room",
		`{"changes":{"rooms":[{"room":1,"seats":0}]}}`:                              "changes.rooms[0].seats",
		`{"changes":{"rooms":[{"room":1,"seats":40}]}}`:                             "changes.rooms[0].seats",
		`{"changes":{"rooms":[{"room":1,"unused":true},{"room":2,"unused":true}]}}`: "changes.rooms",
		`{"changes":{"officers":0}}`:                                                "changes.officers",
		`{"changes":{"last_call_s":-1}}`:                                            "changes.last_call_s",
		`{"changes":{"visits_pct":401}}`:                                            "changes.visits_pct",
		`{"day":"2026-03-02","changes":{"visits_pct":120}}`:                         "changes.visits_pct",
	} {
		err := parse(t, text).Validate(b)
		var wrong *FieldError
		if !errors.As(err, &wrong) || wrong.Field != field || wrong.Reason == "" {
			t.Errorf("%s: %v, want an error for %s", text, err, field)
		}
	}
	for text, field := range map[string]string{`{"chnges":{}}`: "chnges", `[]`: "input", `{`: "input", `{} {}`: "input", `{"days":"2"}`: "days",
		`{"day":"2026-13-01"}`: "day", `{"changes":{"rooms":[{"room":1,"mode":"wild"}]}}`: "changes.rooms[0].mode", ``: "input", `{"Days":2}`: "Days",
		`{"days":1,"days":2}`: "days", `{"changes":{"Officers":3}}`: "changes.Officers", `{"changes":{"rooms":[{"room":1},{"room":1,"seat":8}]}}`: "changes.rooms[1].seat",
		`{"changes":{"officers":"3"}}`: "changes.officers", `{"changes":[]}`: "changes", `{"changes":{"hours":{"Open_s":1}}}`: "changes.hours.Open_s"} {
		_, err := Parse([]byte(text))
		var wrong *FieldError
		if !errors.As(err, &wrong) || wrong.Field != field {
			t.Errorf("%s: %v, want an error for %s", text, err, field)
		}
	}
}

func TestABranchWithoutRoomsSaysSo(t *testing.T) {
	var wrong *FieldError
	if err := parse(t, `{"changes":{}}`).Validate(BaseOf(scheduler.New())); !errors.As(err, &wrong) || !strings.Contains(wrong.Reason, "room") {
		t.Errorf("an empty branch is asked: %v", err)
	}
}

// TestAdviceFindsTheCheapest: a branch that works one at a time needs no new
// officer, only a switch; the dearer ways come behind or not at all.
func TestAdviceFindsTheCheapest(t *testing.T) {
	b := busy(t, func(c *rehearsal.Config) { c.Policy.Mode = scheduler.Single })
	a := answer(t, parse(t, `{"days":6,"per_day":40,"advise":true,"promise":{"served_pct":95}}`), b)
	v := a.Advice
	if v == nil || v.Base != fails || !v.Met || len(v.Proposals) == 0 {
		t.Fatalf("no advice: %+v", v)
	}
	first := v.Proposals[0]
	if first.Cost.Kind != "free" || first.Changes[0] != (Change{"mode", 0, "single", "rolling"}) || first.Verdict == fails || first.Days != 6 {
		t.Errorf("first of all: %v, %v, %s on %d days", first.Cost, first.Changes, first.Verdict, first.Days)
	}
	for i, p := range v.Proposals[1:] {
		if p.Cost.Points < v.Proposals[i].Cost.Points && p.Verdict == keeps {
			t.Errorf("proposal %d is cheaper than the one before", i+2)
		}
		if within(first.Changes, p.Changes) {
			t.Errorf("%v is the first with something added", p.Changes)
		}
	}
	// What is proposed can be asked as it stands, and gives the same evidence.
	again := answer(t, Question{Days: 6, PerDay: 40, Changes: &first.Set}, b)
	if row(t, again.Rows, "wait_p95_s") != row(t, first.Rows, "wait_p95_s") {
		t.Errorf("asked again: %+v, the evidence said %+v", row(t, again.Rows, "wait_p95_s"), row(t, first.Rows, "wait_p95_s"))
	}
}

func TestAdviceSaysWhenNothingHelps(t *testing.T) {
	a := answer(t, parse(t, `{"days":2,"per_day":80,"advise":true,"promise":{"wait_p95_s":60}}`), busy(t))
	if v := a.Advice; v.Met || v.Base != fails || len(v.Proposals) != proposals || v.Promise != (Promise{60, 100}) {
		t.Errorf("met %v, base %s, %d proposals, promise %+v", v.Met, v.Base, len(v.Proposals), v.Promise)
	}
	for _, p := range a.Advice.Proposals {
		if p.Verdict == keeps || len(p.Rows) == 0 {
			t.Errorf("%v is said to keep it (%s), with %d rows", p.Changes, p.Verdict, len(p.Rows))
		}
	}
}

// TestAdviceNeverTradesHealth: distance, occupancy and cleaning are no levers.
func TestAdviceNeverTradesHealth(t *testing.T) {
	b := busy(t, func(c *rehearsal.Config) { c.Policy.Mode, c.Policy.Briefing = scheduler.Closed, "live" })
	list := b.candidates()
	if len(list) < 20 || len(list) > maxCandidates {
		t.Errorf("%d candidates", len(list))
	}
	for i, v := range list {
		for _, c := range v.changes {
			if strings.HasPrefix(c.Field, "distance.") || strings.HasPrefix(c.Field, "seat.") || strings.HasPrefix(c.Field, "order.") || strings.HasSuffix(c.Field, "turnaround_s") {
				t.Errorf("%v is proposed", c)
			}
		}
		if i > 0 && v.cost.Points < list[i-1].cost.Points {
			t.Errorf("candidate %d is cheaper than the one before", i)
		}
	}
}

// pastDay rehearses a day with its mischief and reads it back from its records.
func pastDay(t testing.TB, seed uint64) *past.Day { return pastOf(t, seed, 160) }

func pastOf(t testing.TB, seed uint64, visits int) *past.Day {
	t.Helper()
	c := rehearsal.Surge(seed)
	c.Visits = visits
	d := rehearsal.Run(c, rehearsal.Options{Keep: true})
	r := past.NewRecorder(scheduler.New(), func(calendar.Date) bool { return true })
	for _, rec := range d.Records {
		if err := r.Add(rec); err != nil {
			t.Fatal(err)
		}
	}
	return r.Days()[0]
}

func TestAPastDayIsAskedWithItsOwnPeople(t *testing.T) {
	p := pastDay(t, 2)
	a := answer(t, parse(t, `{"day":"2026-03-02","days":3,"changes":{"policy":{"mode":"single"}}}`), BaseOfDay(p))
	if a.Day != p.Date || a.Demand.From != "day" || a.Demand.Visits != p.People.Visits() || a.Times.From != "day" || a.Times.MeasuredPct < 90 || a.Times.MeasuredPct > 100 {
		t.Errorf("day %s, demand %+v, times %+v", a.Day, a.Demand, a.Times)
	}
	r := row(t, a.Rows, "wait_mean_s")
	if r.Really == nil || r.Base.Value < 0.85**r.Really || r.Base.Value > 1.15**r.Really || r.Verdict != "worse" {
		t.Errorf("the mean wait: %+v, really %v", r, r.Really)
	}
	if r := row(t, a.Rows, "served_persons"); r.Really == nil || r.Base.Value < *r.Really-3 || r.Base.Value > *r.Really+3 {
		t.Errorf("served: %+v, really %v", r, r.Really)
	}
}

func TestFreshDaysLearnFromPastOnes(t *testing.T) {
	b := busy(t).Learn([]*past.Day{pastDay(t, 1), pastDay(t, 2)})
	a := answer(t, parse(t, `{"days":2,"changes":{"visits_pct":50}}`), b)
	if a.Demand.From != "learned" || a.Demand.Days != 2 || a.Demand.Visits < 70 || a.Demand.Visits > 90 {
		t.Errorf("half of two days of 160: %+v", a.Demand)
	}
	if slices.Contains(a.Notes, NoteCatalogueDemand) || slices.Contains(a.Notes, NoteOfficersAssumed) {
		t.Errorf("notes %v", a.Notes)
	}
}

func FuzzQuestion(f *testing.F) {
	for _, text := range []string{`{"days":2,"changes":{"policy":{"pooled":true},"rooms":[{"room":1,"seats":8,"mode":"closed","unused":false}],"officers":3}}`,
		`{"advise":true,"promise":{"wait_p95_s":900}}`, `{"day":"2026-03-02","changes":{"hours":{"open_s":1,"close_s":86400}}}`,
		`{"changes":{"policy":{"policy":{"group":{"max":3}},"version":9}}}`, `{"changes":{"policy":{"calendar":{"exceptions":[]}}}}`} {
		f.Add([]byte(text))
	}
	b := busy(f)
	f.Fuzz(func(t *testing.T, text []byte) {
		q, err := Parse(text)
		if err != nil {
			if wrong := (*FieldError)(nil); !errors.As(err, &wrong) {
				t.Fatalf("%v names no field", err)
			}
			return
		}
		if err := q.Validate(b); err != nil {
			if wrong := (*FieldError)(nil); !errors.As(err, &wrong) {
				t.Fatalf("%v names no field", err)
			}
			return
		}
		if _, err := New(q, b); err != nil {
			t.Fatalf("a valid question cannot begin: %v", err)
		}
	})
}

// TestLearnedTimesCount: a branch that has learned that its officers are slow
// is asked about with slow officers, and a catalogue that no longer fits what
// was learned leaves the learned times out and says so.
func TestLearnedTimesCount(t *testing.T) {
	b := busy(t)
	slow := b
	slow.Times = &procedure.Times{}
	for _, step := range []procedure.StepCode{procedure.StepCheck, procedure.StepVerify, procedure.StepClose} {
		slow.Times.Steps = append(slow.Times.Steps, procedure.StepTime{Programme: procedure.JHT, Step: step, MeanS: 200, CvPct: 50, N: 400})
	}
	slow.Times.Sort()
	q := parse(t, `{"days":2,"per_day":80,"changes":{}}`)
	fast, learned := answer(t, q, b), answer(t, q, slow)
	if learned.Times.From != "learned" || row(t, learned.Rows, "wait_mean_s").Base.Value < 2*row(t, fast.Rows, "wait_mean_s").Base.Value {
		t.Errorf("with times %+v the mean wait is %v, else %v", learned.Times, row(t, learned.Rows, "wait_mean_s").Base, row(t, fast.Rows, "wait_mean_s").Base)
	}
	other := *b.Policy
	other.Procedures.Procedures = slices.Clone(other.Procedures.Procedures)
	for i := range other.Procedures.Procedures {
		p := &other.Procedures.Procedures[i]
		p.Steps = slices.Clone(p.Steps)
		for k := range p.Steps {
			p.Steps[k].MeanS = 10
		}
	}
	part, err := json.Marshal(map[string]any{"procedures": other.Procedures})
	if err != nil {
		t.Fatal(err)
	}
	if a := answer(t, Question{Days: 1, PerDay: 10, Changes: &Changes{Policy: part}}, slow); !slices.Contains(a.Notes, NoteTimesDropped) {
		t.Errorf("notes %v", a.Notes)
	}
}

func TestAFreshDayHasAsManyVisitsAsCameToday(t *testing.T) {
	quiet := BaseOf(scheduler.New())
	busy := BaseOf(rehearsal.Run(rehearsal.Surge(1), rehearsal.Options{}).State)
	q := parse(t, `{"changes":{"policy":{"pooled":true}}}`)
	if got := quiet.demand(&q).Visits; got != ordinaryVisits {
		t.Errorf("a branch of which nothing is known has %d visits", got)
	}
	if got := busy.demand(&q).Visits; got < 250 {
		t.Errorf("after a surge day of 300 a fresh day has %d visits", got)
	}
}

// TestLevelsStayPossible: an interval of a figure ends at what can be, one of a
// difference does not.
func TestLevelsStayPossible(t *testing.T) {
	at := func(wait, served, ratio float64) *day {
		d := &day{values: noValues(), played: true}
		d.values[waitP95At], d.values[servedAt], d.values[indexOf("families_over_singles_pct", "all")] = wait, served, ratio
		return d
	}
	list := rows([]*day{at(0, 100, 90), at(0, 99, 110), at(900, 100, 160)}, []*day{at(900, 100, 90), at(0, 100, 90), at(0, 100, 90)}, nil)
	if r := row(t, list, "wait_p95_s"); r.Base.Low != 0 || r.Base.High <= 900 || r.Difference.Low >= 0 {
		t.Errorf("waits: %+v", r)
	}
	if r := row(t, list, "served_pct"); r.Base.High != 100 || r.Base.Low >= 99 || r.Difference.High <= 0.34 {
		t.Errorf("served: %+v", r)
	}
	if r := row(t, list, "families_over_singles_pct"); r.Base.High <= 160 {
		t.Errorf("a ratio has no top: %+v", r)
	}
}

// TestEveryPartOfAProposalIsMissed: a promise out of reach draws the largest
// combinations, and each part of what is proposed must still do something: left
// out, the branch is distinguishably farther from the promise.
func TestEveryPartOfAProposalIsMissed(t *testing.T) {
	b := busy(t)
	s, err := New(parse(t, `{"days":5,"per_day":60,"advise":true,"promise":{"wait_p95_s":60}}`), b)
	if err != nil {
		t.Fatal(err)
	}
	for more := true; more; {
		if more, err = s.Next(); err != nil {
			t.Fatal(err)
		}
	}
	a := s.Answer().Advice
	if a.Met || a.Order != orderNear || len(a.Proposals) == 0 {
		t.Fatalf("met %v, order %s, %d proposals", a.Met, a.Order, len(a.Proposals))
	}
	for _, p := range a.Proposals {
		if p.Short.WaitS <= 0 {
			t.Errorf("%v falls short by nothing", p.Changes)
		}
		for _, c := range p.Changes {
			if c.Field == "group.max" && !slices.ContainsFunc(p.Changes, func(x Change) bool { return x.Field == "seats" }) {
				t.Errorf("%v has larger groups than any room has seats", p.Changes)
			}
		}
	}
	r := s.race
	for _, f := range r.finalists {
		for _, x := range f.smaller {
			if !r.promise.misses(x.v, f.full) {
				t.Errorf("%v is as good as %v", x.v.changes, f.now.changes)
			}
		}
	}
}

// TestOneVisitIsNotADemand: after a day with hardly anybody a fresh day is the
// catalogue's but for a part, says so, and people come.
func TestOneVisitIsNotADemand(t *testing.T) {
	b := busy(t).Learn([]*past.Day{pastOf(t, 1, 2)})
	a := answer(t, parse(t, `{"days":2,"changes":{}}`), b)
	if a.Demand.From != "blended" || a.Demand.Visits < 85 || a.Demand.Visits > ordinaryVisits || row(t, a.Rows, "arrived_persons").Base.Value < 70 {
		t.Errorf("demand %+v, %+v came", a.Demand, row(t, a.Rows, "arrived_persons").Base)
	}
	if !slices.Contains(a.Notes, NoteFewVisits) || !slices.Contains(a.Notes, NoteOfficersLastDay) || slices.Contains(a.Notes, NoteCatalogueDemand) {
		t.Errorf("notes %v", a.Notes)
	}
	q := parse(t, `{"per_day":30,"changes":{}}`)
	if n := b.people(&q, 1).Visits(); n != 30 {
		t.Errorf("30 visits were asked for and %d come", n)
	}
	half := busy(t).Learn([]*past.Day{pastOf(t, 1, 20)})
	if d := half.demand(&Question{}); d.From != "blended" || d.Visits < 55 || d.Visits > 65 {
		t.Errorf("half enough: %+v", d)
	}
}

// TestAPartThatKeepsThePromiseIsMissed: what a combination keeps on average and
// the rest of it does not is no chance to be spared; what both keep is.
func TestAPartThatKeepsThePromiseIsMissed(t *testing.T) {
	of := func(waits ...float64) *variant {
		v := &variant{}
		for _, w := range waits {
			d := &day{values: noValues(), played: true}
			d.values[waitP95At], d.values[servedAt] = w, 100
			v.days = append(v.days, d)
		}
		return v
	}
	p := Promise{WaitP95S: 100, ServedPct: 100}
	full := of(80, 120, 80, 110, 90, 100)
	for _, x := range []struct {
		what   string
		less   *variant
		misses bool
	}{
		{"no longer kept", of(80, 120, 90, 120, 90, 140), true},
		{"kept, with longer waits", of(85, 125, 85, 115, 90, 100), false},
		{"the same", full, false},
	} {
		if got := p.misses(x.less, full); got != x.misses {
			t.Errorf("%s: missed %v", x.what, got)
		}
	}
	far := of(500, 520, 480, 510, 490, 500)
	if p.misses(of(510, 500, 500, 490, 520, 480), far) || !p.misses(of(530, 550, 510, 540, 520, 530), far) {
		t.Error("out of reach, only what is distinguishably farther is missed")
	}
}
