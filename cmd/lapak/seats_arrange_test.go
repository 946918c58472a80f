package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"lapak/scheduler/seating/arranging"
)

// TestSeatsArrangeGolden holds the form of the answers, and their seats where no fraction decides.
func TestSeatsArrangeGolden(t *testing.T) {
	for _, c := range []struct{ name, input, want string }{
		{"a square of the distance", `{"width_mm":2500,"depth_mm":2500}`,
			`{"count":4,"upper_bound":4,"seats":[{"id":"S1","x_mm":500,"y_mm":500},{"id":"S2","x_mm":2000,"y_mm":500},{"id":"S3","x_mm":500,"y_mm":2000},{"id":"S4","x_mm":2000,"y_mm":2000}]}`},
		{"a corridor", `{"width_mm":4001,"depth_mm":1000,"margin_mm":500,"distance_mm":1500,"seed":7}`,
			`{"count":3,"upper_bound":3,"seats":[{"id":"S1","x_mm":500,"y_mm":500},{"id":"S2","x_mm":2000,"y_mm":500},{"id":"S3","x_mm":3500,"y_mm":500}]}`},
		{"a lane", `{"width_mm":4000,"depth_mm":1000,"keep_clear":[{"x_mm":1400,"y_mm":0,"width_mm":1200,"depth_mm":1000}],"obstacles":[]}`,
			`{"count":2,"upper_bound":2,"seats":[{"id":"S1","x_mm":500,"y_mm":500},{"id":"S2","x_mm":3500,"y_mm":500}]}`},
		{"no floor", `{"width_mm":900,"depth_mm":4000}`, `{"count":0,"upper_bound":0,"seats":[]}`},
	} {
		t.Run(c.name, func(t *testing.T) {
			code, out, said := lapak(c.input, "seats", "arrange", "--time-limit", "1m")
			if code != exitOK || strings.TrimSpace(out) != c.want || said != "" {
				t.Fatalf("exit %d, said %q, got\n%s\nwant\n%s", code, said, out, c.want)
			}
		})
	}
}

func TestSeatsArrangeTheDefaultRoom(t *testing.T) {
	file := filepath.Join(t.TempDir(), "room.json")
	if err := os.WriteFile(file, []byte("{}"), 0o600); err != nil {
		t.Fatal(err)
	}
	code, out, said := lapak("", "seats", "arrange", "-f", file, "--time-limit", "1ms")
	var a arranging.Answer
	if code != exitOK || json.Unmarshal([]byte(out), &a) != nil || a.Count < 1 || a.Stopped != "time" {
		t.Fatalf("exit %d %s %s: a short time is no error, and is said", code, out, said)
	}
	code, out, said = lapak("{}", "seats", "arrange", "--time-limit", "1m")
	a = arranging.Answer{}
	if code != exitOK || json.Unmarshal([]byte(out), &a) != nil || a.Count != 23 || a.UpperBound != 26 || a.Stopped != "" {
		t.Fatalf("exit %d %s %s: 7 by 5 m of floor at 1.5 m holds 23", code, out, said)
	}
}

func TestSeatsArrangeRefusals(t *testing.T) {
	for _, c := range []struct {
		stdin string
		args  []string
		code  int
		says  string
	}{
		{`{}`, []string{"--time-limit", "0s"}, exitUsage, "--time-limit"},
		{`{}`, []string{"--time-limit", "soon"}, exitUsage, "--time-limit"},
		{`{}`, []string{"--seed", "1"}, exitUsage, "--seed"},
		{`{}`, []string{"room.json"}, exitUsage, "room.json"},
		{``, []string{"-f", "nowhere.json"}, exitBadInput, "nowhere.json"},
		{``, nil, exitBadInput, "input: "},
		{`[]`, nil, exitBadInput, "input: "},
		{`{"widht_mm":1}`, nil, exitBadInput, "widht_mm: "},
		{`{"width_mm":"8 m"}`, nil, exitBadInput, "width_mm: "},
		{`{"width_mm":8000.5}`, nil, exitBadInput, "width_mm: "},
		{`{"distance_mm":0}`, nil, exitBadInput, "distance_mm: "},
		{`{"distance_mm":15}`, nil, exitBadInput, "distance_mm: "},
		{`{"obstacles":[{"x_mm":0,"y_mm":0,"width_mm":10,"depth_mm":10,"height_mm":10}]}`, nil, exitBadInput, "obstacles[0].height_mm: "},
		{`{"keep_clear":[{"x_mm":0,"y_mm":0,"depth_mm":10}]}`, nil, exitBadInput, "keep_clear[0].width_mm: "},
	} {
		code, out, said := lapak(c.stdin, append([]string{"seats", "arrange"}, c.args...)...)
		if code != c.code || out != "" || !strings.Contains(said, c.says) {
			t.Errorf("%s %v: exit %d, want %d; said %q, want %q in it; stdout %q", c.stdin, c.args, code, c.code, said, c.says, out)
		}
	}
}
