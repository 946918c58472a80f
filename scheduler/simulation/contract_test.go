package simulation

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
)

// Each test here is one sentence of the contract, with constant times where
// the answer can be worked out by hand.

const (
	unhurried = `"days":1,"officers":1,"distribution":"constant"`
	cleaned   = unhurried + `,"seat_change_s":0`
	constant  = cleaned + `,"room_turnaround_s":0`
)

func TestClosedGroupStepIsABarrier(t *testing.T) {
	out := ask(t, `{`+cleaned+`,"rooms":[{"seats":3}],"policy":{"mode":"closed","group_max":3},"room_turnaround_s":50,"procedure":[
		{"step":"check","who":"officer","mean_s":100},{"step":"talk","who":"group","mean_s":50},{"step":"close","who":"officer","mean_s":100}]}`)
	// Three checks, one talk to all three, three closings, the room: 300 + 50 + 300 + 50. 36 groups fill the day.
	if got := out.ClaimsPerOfficerHour; math.Abs(got-3*3600/700.0) > 0.2 || out.GroupSizeMean != 3 {
		t.Errorf("%g claims an hour in groups of %g; %.2f in threes are expected", got, out.GroupSizeMean, 3*3600/700.0)
	}
}

func TestRollingGroupStepTakesWhoeverWaits(t *testing.T) {
	out := ask(t, `{`+constant+`,"rooms":[{"seats":3}],"procedure":[{"step":"talk","who":"group","mean_s":100},{"step":"own","who":"visitor","mean_s":100},
		{"step":"close","who":"officer","mean_s":100}],"arrivals":{"kind":"trace","at_s":[0,0,50]}}`)
	// Two hear it until 100; the third, who came meanwhile, alone until 200; then 300, 400 and 500 are the ends.
	if want := (Spread{Mean: 383, P50: 400, P95: 450, Max: 450}); out.DoorToDoorS != want {
		t.Errorf("door to door %+v, want %+v", out.DoorToDoorS, want)
	}
}

func TestTwoGroupStepsAreNotOne(t *testing.T) {
	out := ask(t, `{`+constant+`,"rooms":[{"seats":2}],"procedure":[{"step":"a","who":"group","mean_s":100},{"step":"b","who":"group","mean_s":40},
		{"step":"close","who":"officer","mean_s":10}],"arrivals":{"kind":"trace","at_s":[0,50]}}`)
	// First: a until 100, b (shorter than the other's a) until 140, close until 150. Second: a 150 to 250, b 290, close 300.
	if want := (Spread{Mean: 200, P50: 150, P95: 250, Max: 250}); out.DoorToDoorS != want {
		t.Errorf("door to door %+v, want %+v", out.DoorToDoorS, want)
	}
}

func TestPooledOfficersServeEveryRoom(t *testing.T) {
	const q = `{` + constant + `,"warmup_s":3600,"rooms":[{"seats":1},{"seats":1}],"policy":{"pooled":%v},
		"procedure":[{"step":"own","who":"visitor","mean_s":300},{"step":"with","who":"officer","mean_s":100}]}`
	if own, pool := ask(t, fmt.Sprintf(q, false)), ask(t, fmt.Sprintf(q, true)); own.ClaimsPerOfficerHour != 9 || pool.ClaimsPerOfficerHour != 18 {
		t.Errorf("%g claims an hour alone and %g pooled; one seat gives 9, two give 18", own.ClaimsPerOfficerHour, pool.ClaimsPerOfficerHour)
	}
}

func TestClosedStartsWhenEnoughWaitOrTheOldestHas(t *testing.T) {
	const q = `{` + constant + `,"hours":{"open_s":100,"last_ticket_s":9000,"close_s":20000},"rooms":[{"seats":5}],"parties":{"%d":100},"policy":{"mode":"closed","group_max":4,
		"max_form_wait_s":%d},"procedure":[{"step":"own","who":"visitor","mean_s":500},{"step":"with","who":"officer","mean_s":1}],"arrivals":{"kind":"trace","at_s":[%s]}}`
	for _, x := range []struct {
		name          string
		persons, form int
		at            string
		want          Spread
	}{
		{"the fourth completes the group", 1, 3000, "200,300,400,500", Spread{150, 100, 300, 300}},
		{"the oldest has waited long enough", 1, 600, "200,300", Spread{550, 500, 600, 600}},
		{"at once", 1, 0, "200,2000", Spread{0, 0, 0, 0}},
		{"before the doors nobody waits", 1, 600, "0,50", Spread{600, 600, 600, 600}},
		// Three and three wait: six are more than four, though only three fit. The second group follows after 503 s and waits for nobody.
		{"enough wait, not all of them fit", 3, 3000, "200,300,4000,4000", Spread{0, 0, 0, 0}},
	} {
		out := ask(t, fmt.Sprintf(q, x.persons, x.form, x.at))
		if x.persons == 1 && out.WaitS != x.want {
			t.Errorf("%s: waits %+v, want %+v", x.name, out.WaitS, x.want)
		}
		if x.persons == 3 && (out.Served != 12 || out.WaitS.P50 > 3000 || out.GroupSizeMean != 3) {
			t.Errorf("%s: %+v", x.name, out)
		}
	}
}

func TestClosedSeatStaysEmptyAndTheRoomIsCleaned(t *testing.T) {
	out := ask(t, `{`+cleaned+`,"rooms":[{"seats":2}],"policy":{"mode":"closed","group_max":2,"max_form_wait_s":0},"room_turnaround_s":400,
		"procedure":[{"step":"own","who":"visitor","mean_s":100},{"step":"with","who":"officer","mean_s":300}],"arrivals":{"kind":"trace","at_s":[0,0,10]}}`)
	// Two leave at 400 and 700. The third comes in when the room is clean, at 1100, though a seat was free from 400 on.
	if out.WaitS.Max != 1090 || out.DoorToDoorS.Max != 1490 {
		t.Errorf("waits %+v, door to door %+v", out.WaitS, out.DoorToDoorS)
	}
}

func TestRollingIgnoresTheFormWaitAndChangesOneSeat(t *testing.T) {
	out := ask(t, `{`+unhurried+`,"rooms":[{"seats":2}],"policy":{"max_form_wait_s":9000},"seat_change_s":120,"room_turnaround_s":9000,
		"procedure":[{"step":"own","who":"visitor","mean_s":100},{"step":"with","who":"officer","mean_s":300}],"arrivals":{"kind":"trace","at_s":[0,0,10]}}`)
	if out.WaitS != (Spread{170, 0, 510, 510}) { // the first seat is free at 400 and changed at 520
		t.Errorf("waits %+v", out.WaitS)
	}
}

func TestWarmupIsNotCounted(t *testing.T) {
	out := ask(t, `{`+unhurried+`,"warmup_s":3600,"rooms":[{"seats":1}],"seat_change_s":100,"policy":{"mode":"single"},
		"procedure":[{"step":"own","who":"visitor","mean_s":600},{"step":"with","who":"officer","mean_s":200}]}`)
	if out.ClaimsPerOfficerHour != 4 { // at 800 + 900 k: 24 of them lie in [3600, 25200)
		t.Errorf("%g claims an hour", out.ClaimsPerOfficerHour)
	}
}

func TestWhoIsTooLateIsUnserved(t *testing.T) {
	out := ask(t, `{`+constant+`,"hours":{"last_ticket_s":1000,"close_s":1500},"rooms":[{"seats":1}],
		"procedure":[{"step":"with","who":"officer","mean_s":1000}],"arrivals":{"kind":"trace","at_s":[0,10,1000]}}`)
	if out.Arrived != 3 || out.Served != 1 || out.Unserved != 2 || out.WaitS != (Spread{}) || out.DoorToDoorS.Max != 1000 {
		t.Errorf("%+v", out)
	}
}

func TestBookedAndAtTheDoor(t *testing.T) {
	const q = `{"days":4,"officers":1,"distribution":"constant","rooms":[{"seats":1}],"seat_change_s":0,"booked_pct":%d,"hours":{"last_ticket_s":36000,"close_s":80000},
		"arrivals":{"kind":"poisson","per_day":60,"at_door_pct":%d},"procedure":[{"step":"with","who":"officer","mean_s":500}]}`
	none, all, half := ask(t, fmt.Sprintf(q, 0, 0)), ask(t, fmt.Sprintf(q, 100, 0)), ask(t, fmt.Sprintf(q, 50, 0))
	if none.WaitS != all.WaitS {
		t.Errorf("a credit for everybody changes waits from %+v to %+v", none.WaitS, all.WaitS)
	}
	if half.WaitS.Mean != none.WaitS.Mean || half.WaitS.Max <= none.WaitS.Max {
		t.Errorf("a credit for half moves waits about and not away: %+v and %+v", half.WaitS, none.WaitS)
	}
	door := ask(t, fmt.Sprintf(q, 0, 100))
	if n := door.Arrived / 4; door.WaitS.P50 < int64(n-10)*250 || door.WaitS.P50 > int64(n+10)*250 {
		t.Errorf("all of about %d at the door: half of them wait %d s", n, door.WaitS.P50)
	}
}

func TestNoShowsAreUnservedAndKeepTheirSeatAWhile(t *testing.T) {
	out := ask(t, `{`+constant+`,"no_show_pct":100,"rooms":[{"seats":2}],"procedure":[{"step":"with","who":"officer","mean_s":60}],"arrivals":{"kind":"trace","at_s":[0,1,2,3]}}`)
	if out.Arrived != 4 || out.Unserved != 4 || out.WaitS != (Spread{}) || out.Multiplier.Value != 0 {
		t.Errorf("%+v", out)
	}
	some := ask(t, `{"days":20,"no_show_pct":20,"rooms":[{"seats":6},{"seats":6}],"arrivals":{"kind":"poisson","per_day":100}}`)
	if share := float64(some.Unserved) / float64(some.Arrived); share < 0.17 || share > 0.23 {
		t.Errorf("%.0f %% are unserved; 20 %% do not come when called", 100*share)
	}
}

func TestPartiesBeyondEveryRoomAreCounted(t *testing.T) {
	for _, kind := range []string{`{"kind":"poisson","per_day":40}`, `{"kind":"saturated"}`} {
		for _, mode := range []string{"rolling", "closed", "single"} {
			out := ask(t, fmt.Sprintf(`{"days":2,"parties":{"1":60,"12":40},"arrivals":%s,"policy":{"mode":%q}}`, kind, mode))
			if out.Arrived < 50 || out.Served == 0 || out.Unserved < 40 || out.Arrived != out.Served+out.Unserved {
				t.Errorf("%s %s: %+v", mode, kind, out)
			}
		}
		few := ask(t, fmt.Sprintf(`{"days":2,"parties":{"1":10,"12":90},"arrivals":%s}`, kind))
		if few.Served < 5 || few.Arrived < 5*few.Served {
			t.Errorf("one in ten fits: %+v", few)
		}
		all := ask(t, fmt.Sprintf(`{"days":1,"parties":{"12":100},"arrivals":%s}`, kind))
		if all.Served != 0 || all.Arrived == 0 || all.Arrived != all.Unserved || all.Multiplier.Value != 0 {
			t.Errorf("only parties of twelve: %+v", all)
		}
	}
}

func TestExtremes(t *testing.T) {
	forty := ask(t, `{"days":1,"officers":40,"hours":{"last_ticket_s":7200,"close_s":10800},"rooms":[`+strings.Repeat(`{"seats":12},`, 39)+`{"seats":12}],"policy":{"group_max":12}}`)
	if len(forty.Notes) != 1 || forty.ClaimsPerOfficerHour < 8 || forty.Served < 40*12 {
		t.Errorf("forty rooms: %+v", forty)
	}
	empty := ask(t, `{"days":3,"arrivals":{"kind":"poisson","per_day":0}}`)
	if empty.Arrived != 0 || empty.WaitS != (Spread{}) || empty.Multiplier.Value < 4 || empty.Ceiling.Binds != "arrivals" {
		t.Errorf("nobody comes: %+v", empty)
	}
	if trace := ask(t, `{"days":3,"arrivals":{"kind":"trace","at_s":[]}}`); trace.Arrived != 0 || trace.OfficerBusyPct != 0 {
		t.Errorf("an empty trace: %+v", trace)
	}
	closed := ask(t, `{"days":2,"officers":1,"rooms":[{"plan":{"distance_mm":1500,"seats":[{"id":"a","x_mm":0,"y_mm":0,"closed":true}]}}],"arrivals":{"kind":"poisson","per_day":9}}`)
	if closed.Served != 0 || closed.Arrived == 0 || closed.Multiplier.Value != 0 || closed.Ceiling.Binds != "booths" {
		t.Errorf("no seat can be used: %+v", closed)
	}
	second := ask(t, `{"days":2,"hours":{"open_s":0,"last_ticket_s":1,"close_s":1}}`)
	if second.Served != 0 || second.ClaimsPerOfficerHour != 0 {
		t.Errorf("a branch open for a second: %+v", second)
	}
	late := ask(t, `{"days":1,"officers":1,"distribution":"constant","hours":{"open_s":1800,"last_ticket_s":3600,"close_s":86400},"rooms":[{"seats":1}],"seat_change_s":0,
		"procedure":[{"step":"with","who":"officer","mean_s":60}],"arrivals":{"kind":"trace","at_s":[0,1700,2000]}}`)
	if late.WaitS != (Spread{20, 0, 60, 60}) {
		t.Errorf("a short morning before a late close: %+v", late.WaitS)
	}
}

func TestWhatBinds(t *testing.T) {
	seats := func(extra string) string {
		return `"rooms":[{"plan":{"distance_mm":1000,` + extra + `"seats":[{"id":"a","x_mm":0,"y_mm":0},{"id":"b","x_mm":1000,"y_mm":0},{"id":"c","x_mm":2000,"y_mm":0},{"id":"d","x_mm":2900,"y_mm":0}]}}]`
	}
	for _, x := range []struct {
		binds string
		value float64
		rooms string
	}{
		{"officer", 6.75, `"rooms":[{"seats":12}],"policy":{"group_max":12}`},
		{"officer", 4, `"rooms":[{"seats":12}],"policy":{"group_max":4}`},
		{"seats", 4, `"rooms":[{"seats":4}]`},
		{"distance", 3, seats("")},
		{"occupancy", 2, seats(`"limit":2,`)},
		{"distance", 2, seats(`"taken":["d"],`)},
		{"booths", 2, strings.Replace(seats(""), `{"id":"a"`, `{"closed":true,"id":"a"`, 1)},
		{"arrivals", 6.75, `"rooms":[{"seats":12}],"policy":{"group_max":12},"arrivals":{"kind":"poisson","per_day":20}`},
	} {
		out := ask(t, `{"days":3,"officers":1,`+x.rooms+`}`)
		if out.Ceiling != (Ceiling{x.value, x.binds}) {
			t.Errorf("%s: %+v; %s binds at %g", x.rooms, out.Ceiling, x.binds, x.value)
		}
		if out.Multiplier.Low > out.Ceiling.Value {
			t.Errorf("%s: multiplier %+v is above the ceiling %g", x.rooms, out.Multiplier, out.Ceiling.Value)
		}
	}
	mixed := ask(t, `{"days":3,"rooms":[{"seats":12},{"seats":2}],"policy":{"group_max":12}}`)
	if mixed.Ceiling != (Ceiling{4.37, "seats"}) || mixed.Multiplier.Low > 4.37 {
		t.Errorf("one room of two seats holds one officer back: %+v %+v", mixed.Ceiling, mixed.Multiplier)
	}
}

func TestHourWeightsAndShares(t *testing.T) {
	in := parse(t, `{"days":1,"arrivals":{"kind":"poisson","per_day":2000,"hour_weights":[0.5,0,2.5],"at_door_pct":10},"parties":{"1":70,"3":30}}`)
	trial := newTrial(&in, "rolling", false, false)
	at := trial.comes(5)
	persons := map[int]int{}
	var hours [4]float64
	for i, s := range at {
		if s == 0 {
			hours[0]++
		} else {
			hours[1+s/3600]++
		}
		persons[trial.guest(5, int64(i)).Persons]++
	}
	for i, want := range []float64{200, 300, 0, 1500} {
		if math.Abs(hours[i]-want) > 4*math.Sqrt(want)+1e-9 {
			t.Errorf("place %d of the door and the hours: %g visits, about %g are expected", i, hours[i], want)
		}
	}
	if n := persons[3]; persons[1]+n != len(at) || n < 520 || n > 680 {
		t.Errorf("parties: %v", persons)
	}
	if !slices.IsSorted(at) {
		t.Error("arrivals are not in order")
	}
}

func TestDrawsAreWholeSecondsAndAtLeastOne(t *testing.T) {
	for _, kind := range []string{"lognormal", "exponential", "constant"} {
		in := parse(t, fmt.Sprintf(`{"distribution":%q,"procedure":[{"step":"tiny","who":"officer","mean_s":1,"cv_pct":300},{"step":"long","who":"visitor","mean_s":1000,"cv_pct":50}]}`, kind))
		trial := newTrial(&in, "rolling", true, false)
		const n = 20_000
		sum := 0.0
		for who := range int64(n) {
			if s := trial.partS(1, who, 0); s < 1 {
				t.Fatalf("%s: a step of %d s", kind, s)
			}
			sum += float64(trial.partS(1, who, 1))
		}
		near(t, kind+" mean", sum/n, 1000)
	}
}

// Neighbouring steps of one person are one to the rules, and their draws stay
// those of the steps.
func TestManySteps(t *testing.T) {
	steps := strings.Repeat(`{"step":"a","who":"visitor","mean_s":50},`, 5) + strings.Repeat(`{"step":"b","who":"officer","mean_s":50},`, 6) + `{"step":"c","who":"visitor","mean_s":50}`
	out := ask(t, `{`+constant+`,"rooms":[{"seats":1}],"procedure":[`+steps+`],"arrivals":{"kind":"trace","at_s":[0]}}`)
	if out.DoorToDoorS.Max != 600 || out.Served != 1 {
		t.Errorf("twelve steps of 50 s: %+v", out)
	}
	in := parse(t, `{"procedure":[{"step":"a","who":"visitor","mean_s":300,"cv_pct":50},{"step":"a","who":"visitor","mean_s":300,"cv_pct":50},{"step":"b","who":"officer","mean_s":60}]}`)
	for who := range int64(50) {
		if s := newTrial(&in, "rolling", true, false).partS(1, who, 0); s%2 == 1 {
			return // two equal draws would always add up to an even number
		}
	}
	t.Error("two like steps are drawn alike")
}

func TestParsingNamesTheField(t *testing.T) {
	plan := func(s string) string { return `{"rooms":[{"plan":` + s + `}]}` }
	for question, field := range map[string]string{
		`{"":1}`:                       `""`,
		`{"no_show_pct":101}`:          "no_show_pct",
		`{"booked_pct":-1}`:            "booked_pct",
		`{"seed":-1}`:                  "seed",
		`{"days":1.5}`:                 "days",
		`{"officers":0}`:               "officers",
		`{"hours":{"close_s":100}}`:    "hours.close_s",
		`{"parties":{"1":101,"2":-1}}`: "parties.2",
		`{"parties":{"13":100}}`:       "parties",
		`{"arrivals":{"kind":"poisson","per_day":-1}}`:          "arrivals.per_day",
		`{"arrivals":{"kind":"poisson","hour_weights":[]}}`:     "arrivals.hour_weights",
		`{"arrivals":{"kind":"trace","at_s":[-1]}}`:             "arrivals.at_s[0]",
		`{"arrivals":null}`:                                     "arrivals",
		`{"arrivals":{}}`:                                       "arrivals.kind",
		`{"arrivals":{"kind":"poisson","hour_weights":[1,-1]}}`: "arrivals.hour_weights[1]",
		`{"arrivals":{"kind":"trace","at_s":[0,1.5]}}`:          "arrivals.at_s[1]",
		`{"Seed":7}`:                                    "Seed",
		`{"seed":7,"seed":1}`:                           "seed",
		`{"policy":{"Mode":"single"}}`:                  "policy.Mode",
		`{"rooms":[{"seats":6},{"seats":6,"Seats":5}]}`: "rooms[1].Seats",
		`{"procedure":[{"step":"a","who":"officer","mean_s":1,"mean_s":2}]}`:           "procedure[0].mean_s",
		`{"procedure":[{"step":"a","who":7,"mean_s":1}]}`:                              "procedure[0].who",
		`{"parties":{"1":50,"1":50}}`:                                                  "parties.1",
		plan(`{"distance_mm":9,"seats":[{"id":"a","z_mm":1}]}`):                        "rooms[0].plan.seats[0].z_mm",
		plan(`{"distance_mm":1500,"seats":[]}`):                                        "rooms[0].plan.seats",
		plan(`{"distance_mm":-1,"seats":[{"id":"a","x_mm":0,"y_mm":0}]}`):              "rooms[0].plan.distance_mm",
		plan(`{"distance_mm":9,"seats":[{"id":"a","x_mm":0,"y_mm":0}],"taken":["b"]}`): "rooms[0].plan.taken[0]",
		plan(`{"distance_mm":9,"seats":[{"id":"a"},{"id":"b"}]}`):                      "rooms[0].plan.seats[1]",
		plan(`{"distance_mm":9,"seat":[]}`):                                            "rooms[0].plan.seat",
		`{"rooms":[{"seats":6,"plan":{"distance_mm":1,"seats":[{"id":"a"}]}}]}`:        "rooms[0]",
		`{"rooms":[{"seats":201}]}`:                                                    "rooms[0].seats",
		`{"procedure":[{"step":"a","who":"officer","mean_s":0}]}`:                      "procedure[0].mean_s",
		`{"procedure":[{"step":"","who":"officer","mean_s":1}]}`:                       "procedure[0].step",
		`{"procedure":[` + strings.Repeat(`{"step":"a","who":"officer","mean_s":1},{"step":"a","who":"visitor","mean_s":1},`, 5) + `{"step":"a","who":"officer","mean_s":1}]}`: "procedure",
		`{"policy":{"mode":"rolling","overtakes":1}}`: "policy.overtakes",
	} {
		_, err := ParseInput([]byte(question))
		var wrong *FieldError
		if !errors.As(err, &wrong) || wrong.Field != field {
			t.Errorf("%s: %v; the field %s is to blame", question, err, field)
		}
	}
}
