package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// rowOf is a row of seats S1, S2, … at a pitch; those named are marked.
func rowOf(n, pitch int, mark string, marked ...int) string {
	seats := make([]string, n)
	for i := range seats {
		extra := ""
		for _, m := range marked {
			if m == i+1 {
				extra = fmt.Sprintf(`,%q:true`, mark)
			}
		}
		seats[i] = fmt.Sprintf(`{"id":"S%d","x_mm":%d,"y_mm":0%s}`, i+1, i*pitch, extra)
	}
	return `"seats":[` + strings.Join(seats, ",") + `]`
}

func TestSeatsChooseGolden(t *testing.T) {
	for _, c := range []struct{ name, input, want string }{
		{"exactly the distance is allowed", `{"distance_mm":1500,` + rowOf(4, 750, "") + `}`,
			`{"persons":2,"optimal":true,"upper_bound":2,"assignments":[{"party":"1","seats":["S1"]},{"party":"2","seats":["S3"]}],"unseated":[]}`},
		{"one millimetre more is not", `{"distance_mm":1501,` + rowOf(4, 750, "") + `}`,
			`{"persons":2,"optimal":true,"upper_bound":2,"assignments":[{"party":"1","seats":["S1"]},{"party":"2","seats":["S4"]}],"unseated":[]}`},
		{"the distance has a default, null is nothing", `{"parties":null,"taken":null,` + rowOf(4, 750, "") + `}`,
			`{"persons":2,"optimal":true,"upper_bound":2,"assignments":[{"party":"1","seats":["S1"]},{"party":"2","seats":["S3"]}],"unseated":[]}`},
		{"a taken seat disturbs", `{"distance_mm":1500,"taken":["S3"],` + rowOf(6, 750, "") + `}`,
			`{"persons":2,"optimal":true,"upper_bound":2,"assignments":[{"party":"1","seats":["S1"]},{"party":"2","seats":["S5"]}],"unseated":[]}`},
		{"a closed seat is out", `{"distance_mm":1500,` + rowOf(4, 750, "closed", 1) + `}`,
			`{"persons":2,"optimal":true,"upper_bound":2,"assignments":[{"party":"1","seats":["S2"]},{"party":"2","seats":["S4"]}],"unseated":[]}`},
		{"an accessible seat is kept", `{"distance_mm":1500,` + rowOf(4, 750, "accessible", 1) + `}`,
			`{"persons":2,"optimal":true,"upper_bound":2,"assignments":[{"party":"1","seats":["S2"]},{"party":"2","seats":["S4"]}],"unseated":[]}`},
		{"parties whole, side by side, earliest first",
			`{"distance_mm":1500,"together_mm":750,` + rowOf(8, 750, "accessible", 8) + `,"parties":[{"id":"A","persons":3},{"id":"B","persons":1,"accessible":true},{"id":"C","persons":2},{"id":"D","persons":1}]}`,
			`{"persons":6,"optimal":true,"upper_bound":6,"assignments":[{"party":"A","seats":["S1","S2","S3"]},{"party":"B","seats":["S8"]},{"party":"C","seats":["S5","S6"]}],"unseated":["D"]}`},
		{"together beyond the distance", `{"distance_mm":800,"together_mm":1600,` + rowOf(3, 1600, "") + `,"parties":[{"id":"A","persons":2}]}`,
			`{"persons":2,"optimal":true,"upper_bound":2,"assignments":[{"party":"A","seats":["S1","S2"]}],"unseated":[]}`},
		{"a limit", `{"distance_mm":1500,"limit":2,` + rowOf(8, 750, "") + `}`,
			`{"persons":2,"optimal":true,"upper_bound":2,"assignments":[{"party":"1","seats":["S1"]},{"party":"2","seats":["S3"]}],"unseated":[]}`},
		{"no parties are nobody", `{"parties":[],` + rowOf(2, 750, "") + `}`,
			`{"persons":0,"optimal":true,"upper_bound":0,"assignments":[],"unseated":[]}`},
		{"an empty room", `{"seats":[]}`, `{"persons":0,"optimal":true,"upper_bound":0,"assignments":[],"unseated":[]}`},
	} {
		t.Run(c.name, func(t *testing.T) {
			code, out, said := lapak(c.input, "seats", "choose", "--time-limit", "1m")
			if code != exitOK || strings.TrimSpace(out) != c.want || said != "" {
				t.Errorf("exit %d, said %q\n got %s\nwant %s", code, said, out, c.want)
			}
		})
	}
}

func TestSeatsChooseRefusals(t *testing.T) {
	file := filepath.Join(t.TempDir(), "room.json")
	if err := os.WriteFile(file, []byte(`{"seats":[{"id":"S1"}]}`), 0o600); err != nil {
		t.Fatal(err)
	}
	if code, out, _ := lapak("", "seats", "choose", "-f", file); code != exitOK || !strings.Contains(out, `"persons":1`) {
		t.Errorf("-f: exit %d, %s", code, out)
	}
	choose := []string{"seats", "choose"}
	for _, c := range []struct {
		input string
		args  []string
		code  int
		says  string
	}{
		{"", []string{"seats", "chose"}, exitUsage, "chose"},
		{"", append(choose, "room.json"), exitUsage, "room.json"},
		{"", append(choose, "--limit", "3"), exitUsage, "--limit"},
		{"{}", append(choose, "--time-limit", "0s"), exitUsage, "--time-limit"},
		{"{}", append(choose, "--time-limit", "fast"), exitUsage, "--time-limit"},
		{"", append(choose, "-f", file+"x"), exitBadInput, "-f"},
		{"", choose, exitBadInput, "input: the document is empty"},
		{`{"seats":[`, choose, exitBadInput, "the document ends too early"},
		{"[]", choose, exitBadInput, "input: a list is not possible here"},
		{"null", choose, exitBadInput, "input: null"},
		{`{"seats":[]} {}`, choose, exitBadInput, "input: more than one"},
		{"{}", choose, exitBadInput, "seats: missing"},
		{`{"seats":null}`, choose, exitBadInput, "seats: missing"},
		{`{"distance":1}`, choose, exitBadInput, "distance: is no field"},
		{`{"Seats":[]}`, choose, exitBadInput, "Seats: is no field"},
		{`{"seats":[],"seats":[]}`, choose, exitBadInput, "seats: is given twice"},
		{`{"seats":[{"id":"S1","x":1}]}`, choose, exitBadInput, "seats[0].x: is no field"},
		{`{"seats":[{"id":"S1"},{"id":"S2","x_mm":1.5}]}`, choose, exitBadInput, "seats[1].x_mm: 1.5 is no whole number"},
		{`{"seats":[{"id":"S1","x_mm":99999999999999999999}]}`, choose, exitBadInput, "seats[0].x_mm"},
		{`{"seats":[{"id":"S1","x_mm":"7"}]}`, choose, exitBadInput, "seats[0].x_mm: the text"},
		{`{"seats":[{"id":7}]}`, choose, exitBadInput, "seats[0].id: the number 7"},
		{`{"seats":[{"id":"S1","closed":1}]}`, choose, exitBadInput, "seats[0].closed"},
		{`{"seats":[{"id":"S1"},{"id":"S1"}]}`, choose, exitBadInput, "seats[1].id"},
		{`{"seats":[{}]}`, choose, exitBadInput, "seats[0].id"},
		{`{"seats":[{"id":"S1"}],"taken":["S2"]}`, choose, exitBadInput, "taken[0]"},
		{`{"seats":[],"taken":[1]}`, choose, exitBadInput, "taken[0]"},
		{`{"seats":[],"distance_mm":-1}`, choose, exitBadInput, "distance_mm"},
		{`{"seats":[],"together_mm":-1}`, choose, exitBadInput, "together_mm"},
		{`{"seats":[],"limit":-1}`, choose, exitBadInput, "limit"},
		{`{"seats":[],"parties":[{"id":"P1"}]}`, choose, exitBadInput, "parties[0].persons"},
		{`{"seats":[],"parties":[{"id":"P1","persons":2,"size":2}]}`, choose, exitBadInput, "parties[0].size"},
		{`{"seats":[],"parties":{}}`, choose, exitBadInput, "parties: an object"},
	} {
		code, out, said := lapak(c.input, c.args...)
		if code != c.code || !strings.Contains(said, c.says) || out != "" {
			t.Errorf("%v with %s: exit %d, want %d; said %q, want %q in it", c.args, c.input, code, c.code, said, c.says)
		}
	}
}
