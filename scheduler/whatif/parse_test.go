package whatif

import (
	"encoding/json"
	"errors"
	"reflect"
	"strings"
	"testing"

	"lapak/scheduler"
	"lapak/scheduler/calendar"
	"lapak/scheduler/rehearsal/past"
)

// TestPartsOfAPolicyAreStrict: a name that a policy does not have letter by
// letter changes nothing silently; the path is that of the question, and in a
// replay that of the policy's own document.
func TestPartsOfAPolicyAreStrict(t *testing.T) {
	b := busy(t)
	day := &past.Day{Policy: b.Policy, Rooms: b.Rooms, Officers: b.Officers, Hours: b.Hours, Date: b.Date}
	for part, want := range map[string]string{
		`{"Mode":"single"}`:                                               "Mode",
		`{"mode":"single","mode":"closed"}`:                               "mode",
		`{"mode":"fast"}`:                                                 "mode",
		`{"mode":7}`:                                                      "mode",
		`{"mode":"default"}`:                                              "mode",
		`{"group":{"Max":3}}`:                                             "group.Max",
		`{"group":{"max":3,"max":4}}`:                                     "group.max",
		`{"group":{"max":0}}`:                                             "group.max",
		`{"group":{"max":"6"}}`:                                           "group.max",
		`{"group":7}`:                                                     "group",
		`{"policy":{"group":{"mx":3}}}`:                                   "policy.group.mx",
		`{"policy":{"group":{"max":0}},"version":3}`:                      "policy.group.max",
		`{"policy":{"mode":"single"},"mode":"closed"}`:                    "mode",
		`{"policy":{"mode":"single"},"Version":3}`:                        "Version",
		`{"calendar":{"weekly":{"mon":{"open":true,"opens":1}}}}`:         "calendar.weekly.mon.opens",
		`{"calendar":{"weekly":{"mon":{"close_s":1}}}}`:                   "calendar.weekly.mon.close_s",
		`{"calendar":{"holidays":["2026-01-01","2026-02-30"]}}`:           "calendar.holidays[1]",
		`{"calendar":{"exceptions":[{"date":"2026-01-01","Open":true}]}}`: "calendar.exceptions[0].Open",
		`{"procedures":{"procedures":[{"steps":[{"whom":"officer"}]}]}}`:  "procedures.procedures[0].steps[0].whom",
		`{"procedures":{"procedures":[{"steps":[{"who":"nobody"}]}]}}`:    "procedures.procedures[0].steps[0].who",
		`{"prefixes":["A","B","B"]}`:                                      "prefixes",
		`[1]`:                                                             "policy",
		`7`:                                                               "policy",
	} {
		_, err := New(Question{Days: 1, Changes: &Changes{Policy: []byte(part)}}, b)
		in := (*FieldError)(nil)
		asked := strings.TrimSuffix("changes.policy."+want, ".policy")
		if !errors.As(err, &in) || in.Field != asked || in.Reason == "" {
			t.Errorf("%s: %v, want an error for %s", part, err, asked)
		}
		_, err = ReplayDay(day, []byte(part), 1, func() error { return nil })
		if !errors.As(err, &in) || in.Field != want {
			t.Errorf("replay of %s: %v, want an error for %s", part, err, want)
		}
	}
	_, err := MergePolicy(b.Policy, []byte(`{"mode":"fast"}`))
	if err == nil || err.Error() != `mode: "fast" is none of rolling, closed, single` {
		t.Errorf("an unknown mode: %v", err)
	}
}

// TestMergedPolicies: what is missing is kept, lists are replaced whole, and
// the original is not written to.
func TestMergedPolicies(t *testing.T) {
	p := scheduler.DefaultPolicy()
	p.Calendar.Holidays = []calendar.Date{calendar.MustParse("2026-01-01"), calendar.MustParse("2026-05-01")}
	before, err := json.Marshal(p)
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range []string{`{"group":{"target":4},"calendar":{"holidays":["2026-12-25"]},"version":9}`,
		`{"policy":{"group":{"target":4},"calendar":{"holidays":["2026-12-25"]}},"version":"x"}`} {
		out, err := MergePolicy(p, []byte(part))
		if err != nil {
			t.Fatal(err)
		}
		want := *p
		want.Group.Target, want.Calendar.Holidays = 4, []calendar.Date{calendar.MustParse("2026-12-25")}
		if !reflect.DeepEqual(*out, want) {
			t.Errorf("%s gives %+v", part, out)
		}
	}
	same, err := MergePolicy(p, before)
	if err != nil || !reflect.DeepEqual(same, p) {
		t.Errorf("the policy's own document gives %+v, %v", same, err)
	}
	if after, err := json.Marshal(p); err != nil || string(after) != string(before) {
		t.Errorf("the original was written to: %s, %v", after, err)
	}
}
