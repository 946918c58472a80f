package ui_test

import (
	"bytes"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"regexp"
	"strings"
	"testing"

	"lapak/scheduler"
	"lapak/scheduler/calendar"
	"lapak/ui"
)

var update = flag.Bool("update", false, "write docs/policy.md anew")

// policyDocument is what docs/policy.md says: the table of the rules with the words of
// the manager's page, so that neither can say what the other does not.
func policyDocument(t *testing.T) []byte {
	t.Helper()
	words, err := ui.Embedded().Words()
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	b.WriteString(`# The policy

Every setting of ` + "`scheduler.Policy`" + ` with its unit, its range, its default and what it does. A change is versioned and dated, and
binds at the next call: people already called or seated are not affected. The manager changes settings on the page "Kebijakan"
(Policy), programs by ` + "`PUT /api/v1/policy`" + `, which wants the version that was seen; ` + "`GET /api/v1/policy/versions`" + ` lists who changed
what and when. Beside these settings a policy has the calendar, the procedures with their checklists, the programmes of group
sessions and the letters of the numbers.

This table is made from the rules and from the words of the page: ` + "`go test ./ui -run TestThePolicysDocument -update`" + `.

| setting | unit | from | to | default | what it does |
|---|---|---|---|---|---|
`)
	for _, s := range scheduler.DefaultPolicy().Settings() {
		code := strings.ReplaceAll(s.Path, ".", "_")
		name, why := words["setting."+code], words["setting_why."+code]
		if name.English == "" || why.English == "" {
			t.Errorf("%s has no name or no sentence on what it does", s.Path)
		}
		low, top := "", ""
		if s.Top > 0 {
			low, top = fmt.Sprint(s.Low), fmt.Sprint(s.Top)
		}
		fmt.Fprintf(&b, "| `%s` | %s | %s | %s | %s | **%s.** %s |\n", s.Path, s.Unit, low, top, strings.Trim(s.Value, `"`), name.English, why.English)
	}
	return b.Bytes()
}

func TestThePolicysDocument(t *testing.T) {
	const path = "../docs/policy.md"
	want := policyDocument(t)
	if *update {
		if err := os.WriteFile(path, want, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	have, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(have, want) {
		t.Errorf("%s does not say what the rules and the page say; run go test ./ui -run TestThePolicysDocument -update", path)
	}
}

// TestThePageHasEverySetting: what a manager cannot see cannot be changed.
func TestThePageHasEverySetting(t *testing.T) {
	fields, err := ui.FS().Open("manager/fields.js")
	if err != nil {
		t.Fatal(err)
	}
	defer fields.Close()
	var b bytes.Buffer
	if _, err := b.ReadFrom(fields); err != nil {
		t.Fatal(err)
	}
	for _, s := range scheduler.DefaultPolicy().Settings() {
		if s.Path == "distance.preset" {
			continue // shown as the choice of rules above the figures
		}
		if !strings.Contains(b.String(), "'"+s.Path+"'") {
			t.Errorf("manager/fields.js has no field for %s", s.Path)
		}
	}
}

// TestTheReasonsOfSpecialDays: the manager's page offers the reasons that the rules take.
func TestTheReasonsOfSpecialDays(t *testing.T) {
	b, err := fs.ReadFile(ui.FS(), "manager/policy/calendar-model.js")
	if err != nil {
		t.Fatal(err)
	}
	list := regexp.MustCompile(`export const REASONS = \[([^\]]*)\]`).FindSubmatch(b)
	if list == nil {
		t.Fatal("the page has no list of reasons")
	}
	var want []string
	for _, code := range calendar.Reasons() {
		want = append(want, fmt.Sprintf("'%s'", code))
	}
	if got := string(list[1]); got != strings.Join(want, ", ") {
		t.Errorf("the page has %s, the rules %s", got, strings.Join(want, ", "))
	}
}
