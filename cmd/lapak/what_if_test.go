package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"lapak/hall/journal"
	"lapak/scheduler"
	"lapak/scheduler/calendar"
	"lapak/scheduler/rehearsal"
	"lapak/scheduler/whatif"
)

// aPastDay is a data directory whose journal holds one closed day.
func aPastDay(t *testing.T) (dir string, day rehearsal.Day) {
	t.Helper()
	c := rehearsal.Surge(5)
	c.Visits = 60
	day = rehearsal.Run(c, rehearsal.Options{Keep: true})
	if len(day.Problems) > 0 {
		t.Fatal(day.Problems)
	}
	dir = filepath.Join(t.TempDir(), "data")
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	j, err := journal.Open(dir, journal.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer j.Close()
	var data [][]byte
	for _, rec := range day.Records {
		b, err := scheduler.Encode(rec)
		if err != nil {
			t.Fatal(err)
		}
		data = append(data, b)
	}
	if err := (journal.Plain{Store: j}).Append(1, data); err != nil {
		t.Fatal(err)
	}
	return dir, day
}

func writePolicy(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "policy.json")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestReplay(t *testing.T) {
	dir, day := aPastDay(t)
	code, out, said := lapak("", "replay", "--data", dir, "--day", "2026-03-02", "--policy", writePolicy(t, `{"mode":"single"}`))
	if code != exitOK {
		t.Fatalf("exit %d: %s", code, said)
	}
	var r whatif.Replay
	if err := json.Unmarshal([]byte(out), &r); err != nil {
		t.Fatal(err)
	}
	truth := day.Totals
	if r.Day.String() != "2026-03-02" || r.Really.Arrived != truth.Persons || r.Base.Arrived != truth.Persons || r.Changed.Arrived != truth.Persons {
		t.Errorf("%s: really %d persons came, base %d, changed %d; the day's totals say %d", r.Day, r.Really.Arrived, r.Base.Arrived, r.Changed.Arrived, truth.Persons)
	}
	if off := r.Base.Served - r.Really.Served; off < -2 || off > 2 {
		t.Errorf("served %d, really %d", r.Base.Served, r.Really.Served)
	}
	if r.Changed.WaitS.Mean < 2*r.Base.WaitS.Mean || r.Changed.Multiplier.Value != 1 || r.Base.Multiplier.Value < 3 || r.MeasuredPct < 90 {
		t.Errorf("one at a time: %+v, as it was: %+v, measured %d %%", r.Changed, r.Base, r.MeasuredPct)
	}
	// The answer of GET /api/v1/policy can be given as it came; the same policy gives the same day.
	whole, err := json.Marshal(map[string]any{"policy": day.State.Floor.Policy, "version": 9})
	if err != nil {
		t.Fatal(err)
	}
	code, out, said = lapak(string(whole), "replay", "--data", dir, "--day", "2026-03-02", "--policy", "-")
	if code != exitOK {
		t.Fatalf("exit %d: %s", code, said)
	}
	var same whatif.Replay
	if err := json.Unmarshal([]byte(out), &same); err != nil || !reflect.DeepEqual(same.Base, same.Changed) || len(same.Changes) != 0 {
		t.Errorf("the day's own policy: %+v, %+v, %v, %v", same.Base, same.Changed, same.Changes, err)
	}
}

func TestWhatIfOnTheCommandLine(t *testing.T) {
	dir, _ := aPastDay(t)
	code, out, said := lapak(`{"days":2,"changes":{"officers":3}}`, "what-if", "--data", dir)
	var a whatif.Answer
	if code != exitOK || json.Unmarshal([]byte(out), &a) != nil || a.Demand.From != "learned" || a.Days != 2 || len(a.Rows) == 0 {
		t.Fatalf("exit %d: %s%s", code, said, out)
	}
	code, out, said = lapak(`{"days":2,"per_day":30}`, "what-if", "--data", dir, "--advise")
	if code != exitOK || json.Unmarshal([]byte(out), &a) != nil || a.Advice == nil || a.Advice.Tried == 0 {
		t.Fatalf("exit %d: %s%s", code, said, out)
	}
}

// TestWhatIfGoesThroughTheServer: beside a running branch both commands ask it,
// and give the same figures as without.
func TestWhatIfGoesThroughTheServer(t *testing.T) {
	dir, _ := aPastDay(t)
	policy := writePolicy(t, `{"pooled":true}`)
	args := []string{"replay", "--data", dir, "--day", "2026-03-02", "--policy", policy}
	_, want, _ := lapak("", args...)
	s := startServer(t, dir)
	code, out, said := lapak("", args...)
	if code != exitOK || out != want {
		t.Errorf("exit %d: %s\n%s\nwithout a server:\n%s", code, said, out, want)
	}
	code, out, said = lapak(`{"day":"2026-03-02","days":2,"changes":{"policy":{"pooled":true}}}`, "what-if", "--data", dir)
	if code != exitOK || !strings.Contains(out, `"days":2`) {
		t.Errorf("exit %d: %s%s", code, said, out)
	}
	code, _, said = lapak(`{"changes":{"officers":0}}`, "what-if", "--data", dir)
	if code != exitBadInput || !strings.Contains(said, "changes.officers") {
		t.Errorf("exit %d: %s", code, said)
	}
	code, _, said = lapak("", "replay", "--data", dir, "--day", "2026-03-03", "--policy", policy)
	if code != exitUnavailable || !strings.Contains(said, "2026-03-03") {
		t.Errorf("exit %d: %s", code, said)
	}
	s.kill()
}

func TestWhatIfRefusals(t *testing.T) {
	dir, _ := aPastDay(t)
	good, bad := writePolicy(t, `{}`), writePolicy(t, `{"order":{"overtake_max":-1}}`)
	held, _ := aPastDay(t)
	j, err := journal.Open(held, journal.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer j.Close()
	for _, c := range []struct {
		stdin string
		code  int
		says  string
		args  []string
	}{
		{"", exitUsage, "--day", []string{"replay", "--data", dir, "--policy", good}},
		{"", exitUsage, "--policy", []string{"replay", "--data", dir, "--day", "2026-03-02"}},
		{"", exitBadInput, "--day", []string{"replay", "--data", dir, "--day", "yesterday", "--policy", good}},
		{"", exitBadInput, "--policy", []string{"replay", "--data", dir, "--day", "2026-03-02", "--policy", good + "x"}},
		{"nonsense", exitBadInput, "--policy", []string{"replay", "--data", dir, "--day", "2026-03-02", "--policy", "-"}},
		{"", exitBadInput, "lapak: order.overtake_max: is -1", []string{"replay", "--data", dir, "--day", "2026-03-02", "--policy", bad}},
		{"", exitBadInput, "lapak: --policy: open ", []string{"replay", "--data", dir, "--day", "2026-03-02", "--policy", good + "x"}},
		{"", exitBadInput, "--policy: - is empty", []string{"replay", "--data", dir, "--day", "2026-03-02", "--policy", "-"}},
		{`{"mode":}`, exitBadInput, "--policy: - is no JSON document from byte 9", []string{"replay", "--data", dir, "--day", "2026-03-02", "--policy", "-"}},
		{`{"Mode":"single"}`, exitBadInput, "lapak: Mode: is no field", []string{"replay", "--data", dir, "--day", "2026-03-02", "--policy", "-"}},
		{`{"group":{"max":5,"max":6}}`, exitBadInput, "lapak: group.max: is given twice", []string{"replay", "--data", dir, "--day", "2026-03-02", "--policy", "-"}},
		{`{"mode":"fast"}`, exitBadInput, `lapak: mode: "fast" is none of rolling, closed, single`, []string{"replay", "--data", dir, "--day", "2026-03-02", "--policy", "-"}},
		{`[]`, exitBadInput, "lapak: policy: is no object", []string{"replay", "--data", dir, "--day", "2026-03-02", "--policy", "-"}},
		{"", exitUnavailable, "2026-03-09", []string{"replay", "--data", dir, "--day", "2026-03-09", "--policy", good}},
		{"", exitUnavailable, "no branch", []string{"replay", "--data", dir + "x", "--day", "2026-03-02", "--policy", good}},
		{"", exitInUse, "", []string{"replay", "--data", held, "--day", "2026-03-02", "--policy", good}},
		{"{}", exitInUse, "", []string{"what-if", "--data", held, "--advise"}},
		{"{}", exitBadInput, "changes", []string{"what-if", "--data", dir}},
		{"", exitBadInput, "input: the document is empty", []string{"what-if", "--data", dir}},
		{`{"changes":{"policy":{"Mode":"single"}}}`, exitBadInput, "lapak: changes.policy.Mode: is no field", []string{"what-if", "--data", dir}},
		{`{"changes":{"policy":{"mode":"fast"}}}`, exitBadInput, `changes.policy.mode: "fast" is none of rolling, closed, single`, []string{"what-if", "--data", dir}},
		{`{"Days":2,"changes":{}}`, exitBadInput, "lapak: Days: is no field", []string{"what-if", "--data", dir}},
		{`{"chnges":1}`, exitBadInput, "chnges", []string{"what-if", "--data", dir}},
		{`{"day":"2026-03-09","changes":{}}`, exitUnavailable, "2026-03-09", []string{"what-if", "--data", dir}},
		{"{}", exitUnavailable, "no branch", []string{"what-if", "--data", dir + "x", "--advise"}},
		{"{}", exitUsage, "--advice", []string{"what-if", "--data", dir, "--advice"}},
	} {
		if code, out, said := lapak(c.stdin, c.args...); code != c.code || !strings.Contains(said, c.says) || out != "" {
			t.Errorf("%v: exit %d, want %d; said %q, want %q; wrote %q", c.args, code, c.code, said, c.says, out)
		}
	}
}

// emptyDay is a data directory of a branch that drew its first room after its
// first day, which is closed.
func emptyDay(t *testing.T) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "data")
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	j, err := journal.Open(dir, journal.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer j.Close()
	d, data := scheduler.New().Draft(), [][]byte{}
	policy := scheduler.DefaultPolicy()
	first := policy.Calendar.Zone.At(calendar.MustParse("2026-03-02"), 8*3600)
	for i, c := range []scheduler.Command{scheduler.OpenDay{Date: calendar.MustParse("2026-03-02")}, scheduler.CloseDay{Force: true},
		scheduler.SetRoom{Room: scheduler.Room{ID: 1}, Seats: []scheduler.SeatPlan{{XMM: 500, YMM: 500}}}} {
		rec, err := d.Do(scheduler.Stamp{At: first + int64(i)*36_000, Seed: 1}, scheduler.Order{By: scheduler.Actor{Role: scheduler.ByManager}, Command: c})
		if err != nil {
			t.Fatalf("%T: %v", c, err)
		}
		b, err := scheduler.Encode(rec)
		if err != nil {
			t.Fatal(err)
		}
		data = append(data, b)
	}
	if err := (journal.Plain{Store: j}).Append(1, data); err != nil {
		t.Fatal(err)
	}
	return dir
}

// TestADayWithoutARoomIsNotPlayed: that a room exists now is no help, and
// drawing another one is none either.
func TestADayWithoutARoomIsNotPlayed(t *testing.T) {
	dir := emptyDay(t)
	for _, c := range []struct {
		stdin string
		args  []string
	}{
		{`{"mode":"single"}`, []string{"replay", "--data", dir, "--day", "2026-03-02", "--policy", "-"}},
		{`{"day":"2026-03-02","changes":{}}`, []string{"what-if", "--data", dir}},
	} {
		code, out, said := lapak(c.stdin, c.args...)
		if code != exitUnavailable || !strings.Contains(said, "the branch had no room on 2026-03-02") || strings.Contains(said, "base") || out != "" {
			t.Errorf("%v: exit %d, said %q, wrote %q", c.args, code, said, out)
		}
	}
	// The branch has nobody to work in its new room; that is no field of the question.
	code, _, said := lapak(`{"changes":{}}`, "what-if", "--data", dir)
	if code != exitUnavailable || !strings.HasPrefix(said, "lapak: the branch has no officer yet") {
		t.Errorf("exit %d: %s", code, said)
	}
}
