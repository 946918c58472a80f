package simulation

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"reflect"
	"strings"
	"testing"
)

func ask(t *testing.T, question string) Output {
	t.Helper()
	in, err := ParseInput([]byte(question))
	if err != nil {
		t.Fatal(err)
	}
	out, err := Run(in)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// With constant times everything can be worked out by hand.
func TestConstantTimes(t *testing.T) {
	const steps = `"distribution":"constant","procedure":[{"step":"own","who":"visitor","mean_s":600},{"step":"with","who":"officer","mean_s":200}]`
	single := ask(t, `{"days":2,"officers":1,"rooms":[{"seats":6}],"policy":{"mode":"single"},"seat_change_s":100,`+steps+`}`)
	if got := single.ClaimsPerOfficerHour; got != 4 { // 900 s each; the first ends at 800 and 28 fit into 25,200 s
		t.Errorf("single: %g claims an hour", got)
	}
	if m := single.Multiplier; m.Value != 1 || m.Low != 1 || m.High != 1 || m.Single != 4 || m.Counter != 12 {
		t.Errorf("single: %+v", m)
	}
	rolling := ask(t, `{"days":2,"warmup_s":3600,"officers":1,"rooms":[{"seats":2}],"seat_change_s":100,`+steps+`}`)
	if got := rolling.ClaimsPerOfficerHour; got != 8 { // two seats, 900 s each, no conflict
		t.Errorf("two seats: %g claims an hour", got)
	}
	closed := ask(t, `{"days":2,"officers":1,"rooms":[{"seats":3}],"policy":{"mode":"closed","group_max":3},"room_turnaround_s":300,`+steps+`}`)
	if closed.GroupSizeMean != 3 { // 600, then 200 each, then 300: three claims every 1,500 s
		t.Errorf("closed: %+v", closed)
	}
	if got := closed.ClaimsPerOfficerHour; math.Abs(got-7.2) > 0.15 {
		t.Errorf("closed: %g claims an hour", got)
	}
}

// A live briefing of a closed group is a barrier for all who start together.
func TestGroupStepIsShared(t *testing.T) {
	out := ask(t, `{"days":2,"officers":1,"rooms":[{"seats":4}],"policy":{"mode":"closed","group_max":4},"room_turnaround_s":100,
		"distribution":"constant","procedure":[{"step":"briefing","who":"group","mean_s":300},{"step":"own","who":"visitor","mean_s":400},{"step":"with","who":"officer","mean_s":100}]}`)
	// 300 together, 400 each at once, 4 times 100, 100 to clean: four claims every 1,200 s.
	if math.Abs(out.ClaimsPerOfficerHour-12) > 0.2 {
		t.Errorf("%g claims an hour, 12 are expected", out.ClaimsPerOfficerHour)
	}
}

func TestTrace(t *testing.T) {
	const day = `{"days":1,"officers":1,"rooms":[{"seats":1}],"distribution":"constant","seat_change_s":50,"hours":{"open_s":1000,"last_ticket_s":9000,"close_s":10000},
		"procedure":[{"step":"own","who":"visitor","mean_s":100},{"step":"with","who":"officer","mean_s":100}],"arrivals":{"kind":"trace","at_s":[%s]}}`
	out := ask(t, fmt.Sprintf(day, "0,1100,5000"))
	if out.Arrived != 3 || out.Served != 3 || out.Unserved != 0 {
		t.Errorf("%+v", out)
	}
	// The first waits for nothing once it is open; the second until 1250; the third for nothing.
	if want := (Spread{Mean: 50, P50: 0, P95: 150, Max: 150}); out.WaitS != want {
		t.Errorf("waits %+v, want %+v", out.WaitS, want)
	}
	if want := (Spread{Mean: 250, P50: 200, P95: 350, Max: 350}); out.DoorToDoorS != want {
		t.Errorf("door to door %+v, want %+v", out.DoorToDoorS, want)
	}
	if out.Ceiling.Binds != "arrivals" {
		t.Errorf("%+v", out.Ceiling)
	}
}

func TestDefaultPolicyIsWorthFive(t *testing.T) {
	six := ask(t, `{"days":12}`)
	eight := ask(t, `{"days":12,"rooms":[{"seats":8},{"seats":8}],"policy":{"group_max":8}}`)
	pooled := ask(t, `{"days":12,"policy":{"pooled":true}}`)
	closed := ask(t, `{"days":12,"policy":{"mode":"closed"}}`)
	t.Logf("multiplier: 6 seats %+v, 8 seats %+v, pooled %+v, closed %+v", six.Multiplier, eight.Multiplier, pooled.Multiplier, closed.Multiplier)
	if m := six.Multiplier; m.Value < 5 || m.Low > m.Value || m.High < m.Value || m.Value > six.Ceiling.Value+0.3 {
		t.Errorf("6 seats: %+v, ceiling %+v", m, six.Ceiling)
	}
	if eight.Multiplier.Value < six.Multiplier.Value+0.5 || pooled.Multiplier.Value < six.Multiplier.Value || closed.Multiplier.Value > six.Multiplier.Value-1 {
		t.Error("more seats and a pool must give more, closed groups much less")
	}
	if eight.Ceiling.Value != 6.75 || eight.Ceiling.Binds != "officer" {
		t.Errorf("ceiling %+v", eight.Ceiling)
	}
}

func TestSimulateIsDeterministic(t *testing.T) {
	const q = `{"days":3,"seed":9,"arrivals":{"kind":"poisson","per_day":90},"parties":{"1":70,"2":20,"4":10},"booked_pct":40,"no_show_pct":5}`
	a, b := ask(t, q), ask(t, q)
	if !reflect.DeepEqual(a, b) {
		t.Errorf("one question, two answers:\n%+v\n%+v", a, b)
	}
	if c := ask(t, strings.Replace(q, `"seed":9`, `"seed":10`, 1)); reflect.DeepEqual(a, c) {
		t.Error("another seed gives the same days")
	}
	if a.Arrived != a.Served+a.Unserved || a.Unserved == 0 || a.Served < a.Arrived*3/4 {
		t.Errorf("arrived %d, served %d, unserved %d", a.Arrived, a.Served, a.Unserved)
	}
}

func TestOfficerWithoutARoomIsNotStaffed(t *testing.T) {
	three, two := ask(t, `{"days":3,"officers":3}`), ask(t, `{"days":3,"officers":2}`)
	if len(three.Notes) != 1 || len(two.Notes) != 0 {
		t.Errorf("notes %q and %q", three.Notes, two.Notes)
	}
	three.Notes = nil
	if !reflect.DeepEqual(three, two) {
		t.Errorf("an officer without a room changes the figures:\n%+v\n%+v", three, two)
	}
}

func TestPlanOfARoomBinds(t *testing.T) {
	out := ask(t, `{"days":12,"officers":1,"rooms":[{"plan":{"distance_mm":1500,"seats":[{"id":"a","x_mm":0,"y_mm":0},{"id":"b","x_mm":1000,"y_mm":0},{"id":"c","x_mm":2000,"y_mm":0}]}}]}`)
	if out.Ceiling.Binds != "distance" || out.Ceiling.Value != 2 || out.Multiplier.Value > 2.05 || out.Multiplier.Value < 1.65 {
		t.Errorf("two of three seats may be used: %+v %+v", out.Multiplier, out.Ceiling)
	}
}

func TestInputIsStrict(t *testing.T) {
	for question, field := range map[string]string{
		`{"sed":1}`:                     "sed",
		`{"days":0}`:                    "days",
		`{"days":"x"}`:                  "days",
		`{"hours":{"open":1}}`:          "hours.open",
		`{"hours":{"open_s":30000}}`:    "hours.last_ticket_s",
		`{"arrivals":{"kind":"often"}}`: "arrivals.kind",
		`{"arrivals":{}}`:               "arrivals.kind",
		`{"arrivals":{"kind":"saturated","per_day":3}}`:           "arrivals",
		`{"arrivals":{"kind":"poisson","at":3}}`:                  "arrivals.at",
		`{"arrivals":{"kind":"poisson","hour_weights":[-1]}}`:     "arrivals.hour_weights[0]",
		`{"arrivals":{"kind":"trace"}}`:                           "arrivals.at_s",
		`{"arrivals":{"kind":"trace","at_s":[99999]}}`:            "arrivals.at_s[0]",
		`{"parties":{"1":50}}`:                                    "parties",
		`{"parties":{"one":100}}`:                                 "parties",
		`{"rooms":[]}`:                                            "rooms",
		`{"rooms":[{}]}`:                                          "rooms[0]",
		`{"policy":{"mode":"open"}}`:                              "policy.mode",
		`{"policy":{"group_max":0}}`:                              "policy.group_max",
		`{"procedure":[]}`:                                        "procedure",
		`{"procedure":[{"step":"a","who":"nobody","mean_s":1}]}`:  "procedure[0].who",
		`{"procedure":[{"step":"a","who":"visitor","mean_s":1}]}`: "procedure",
		`{"distribution":"weibull"}`:                              "distribution",
		`{"warmup_s":25200}`:                                      "warmup_s",
		`{} {}`:                                                   "input",
		`[]`:                                                      "input",
		``:                                                        "input",
	} {
		_, err := ParseInput([]byte(question))
		var wrong *FieldError
		if !errors.As(err, &wrong) || wrong.Field != field {
			t.Errorf("%s: %v; the field %s is to blame", question, err, field)
		}
	}
}

// TestVisitsThatNoRoomSeatsAreSaid: figures of nobody are not shown without a
// word.
func TestVisitsThatNoRoomSeatsAreSaid(t *testing.T) {
	for question, want := range map[string]string{
		`{"days":2,"parties":{"7":100}}`:                                                                                                        "100 % of the visits have more persons than any room in use can seat together (6,",
		`{"days":2,"parties":{"1":60,"7":40}}`:                                                                                                  "40 % of the visits",
		`{"days":1,"parties":{"1":60,"6":40}}`:                                                                                                  "",
		`{"days":1,"parties":{"5":100},"officers":1,"rooms":[{"seats":4},{"seats":6}]}`:                                                         "together (4,",
		`{"days":1,"parties":{"5":100},"officers":1,"rooms":[{"seats":4},{"seats":6}],"policy":{"pooled":true}}`:                                "",
		`{"days":1,"parties":{"7":100},"rooms":[{"seats":8},{"seats":8}],"policy":{"group_max":6}}`:                                             "together (6,",
		`{"days":2,"parties":{"7":100},"arrivals":{"kind":"trace","at_s":[0,60,120]}}`:                                                          "6 of 6 visits have",
		`{"days":1,"parties":{"2":100},"arrivals":{"kind":"trace","at_s":[0,60]},"rooms":[{"plan":{"distance_mm":1500,"seats":[{"id":"a"}]}}]}`: "2 of 2 visits have",
		`{"days":1,"parties":{"1":100},"arrivals":{"kind":"trace","at_s":[0,60]},"rooms":[{"plan":{"distance_mm":1500,"seats":[{"id":"a"}]}}]}`: "",
	} {
		in, err := ParseInput([]byte(question))
		if err != nil {
			t.Fatal(err)
		}
		out, err := Run(in)
		if err != nil {
			t.Fatal(err)
		}
		notes := strings.Join(out.Notes, "\n")
		if said := strings.Contains(notes, "can seat together"); said != (want != "") || !strings.Contains(notes, want) {
			t.Errorf("%s: notes %q, want %q", question, notes, want)
		}
	}
}

func TestEmptyQuestionTakesTheDefaults(t *testing.T) {
	in, err := ParseInput([]byte(`{}`))
	if err != nil || !reflect.DeepEqual(in, DefaultInput()) {
		t.Errorf("%+v, %v", in, err)
	}
	in, err = ParseInput([]byte(`{"arrivals":{"kind":"poisson"},"policy":{"mode":"closed"},"rooms":[{"seats":4}]}`))
	if err != nil || in.Arrivals.PerDay != 300 || in.Arrivals.AtDoorPct != 6 || len(in.Arrivals.HourWeights) != 8 ||
		in.Policy.GroupMax != 6 || len(in.Rooms) != 1 {
		t.Errorf("%+v, %v", in, err)
	}
}

func TestOutputHasTheFieldsOfTheContract(t *testing.T) {
	b, err := json.Marshal(Output{})
	if err != nil {
		t.Fatal(err)
	}
	const want = `{"days":0,"arrived":0,"served":0,"unserved":0,"claims_per_officer_hour":0,"wait_s":{"mean":0,"p50":0,"p95":0,"max":0},` +
		`"door_to_door_s":{"mean":0,"p50":0,"p95":0,"max":0},"officer_busy_pct":0,"seat_busy_pct":0,"group_size_mean":0,` +
		`"multiplier":{"value":0,"low":0,"high":0,"single":0,"counter":0},"ceiling":{"value":0,"binds":""}}`
	if string(b) != want {
		t.Errorf("got %s", b)
	}
}
