package web

import (
	"context"
	"encoding/csv"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"lapak/hall/ledger"
	"lapak/scheduler"
	"lapak/scheduler/calendar"
	"lapak/scheduler/report"
)

func TestReportsOfADay(t *testing.T) {
	h := newHouse(t)
	h.furnish()
	h.visit()
	r := h.get("manager", "/reports?from=2026-03-01&to=2026-03-07&by=channel&compare_from=2026-02-22&compare_to=2026-02-28")
	total := r["total"].(map[string]any)
	rows := r["rows"].([]any)
	if r["preliminary"] != "2026-03-02" || total["visits"] != 1.0 || len(rows) != 1 || rows[0].(map[string]any)["key"] != "walk_in" || r["unit"] != "day" {
		t.Errorf("the report of today is %v", r)
	}
	if before := r["compare"].(map[string]any); before["days"] != 0.0 || before["from"] != "2026-02-22" {
		t.Errorf("the week before is %v", before)
	}
	if h.get("observer", "/reports?from=2026-03-02&to=2026-03-02")["by"] != "day" {
		t.Error("an observer reads reports by day")
	}
	h.do(ask{as: "officer", method: get, path: api + "/reports?from=2026-03-02&to=2026-03-02"}).refused(403, "role_may_not")
}

func TestReportsThatCannotBe(t *testing.T) {
	h := newHouse(t)
	for query, want := range map[string][2]string{
		"to=2026-03-02":                                         {"bad_field", "from"},
		"from=2026-02-30&to=2026-03-02":                         {"bad_field", "from"},
		"from=2026-03-02&to=tomorrow":                           {"bad_field", "to"},
		"from=2026-03-02&to=2026-03-01":                         {"bad_period", "to"},
		"from=2025-03-02&to=2026-03-03":                         {"period_too_long", "to"},
		"from=2026-03-02&to=2026-03-02&by=shoe":                 {"bad_field", "by"},
		"from=2026-03-02&to=2026-03-02&name=Siti":               {"unknown_field", "name"},
		"from=2026-03-02&to=2026-03-02&compare_from=2026-02-02": {"bad_field", "compare_to"},
	} {
		a := h.do(ask{as: "manager", method: get, path: api + "/reports?" + query})
		a.refused(http.StatusBadRequest, want[0])
		if p := a.problem(); p.Field != want[1] {
			t.Errorf("%s names the field %q, want %q", query, p.Field, want[1])
		}
	}
	ok := "?from=2026-03-02&to=2026-03-02"
	h.do(ask{as: "manager", method: get, path: api + "/reports.csv" + ok + "&separator=tab"}).refused(http.StatusBadRequest, "bad_field")
	h.do(ask{as: "manager", method: get, path: api + "/reports.xlsx" + ok + "&lang=fr"}).refused(http.StatusBadRequest, "bad_field")
	h.do(ask{as: "manager", method: get, path: api + "/reports.xlsx" + ok + "&separator=comma"}).refused(http.StatusBadRequest, "unknown_field")
}

// reading is a ledger that has not read the journal yet.
type reading struct{}

func (reading) Report(context.Context, calendar.Date, calendar.Date, report.By) (report.Report, error) {
	return report.Report{}, fmt.Errorf("not yet: %w", ledger.ErrReading)
}
func (reading) Kept() ledger.Kept                                  { return ledger.Kept{} }
func (reading) Versions(context.Context) ([]ledger.Version, error) { return nil, ledger.ErrReading }
func (reading) PolicyOf(int) (*scheduler.Policy, error)            { return nil, ledger.ErrNoVersion }

func TestReportsWhileTheJournalIsRead(t *testing.T) {
	h := newHouse(t, func(o *Options) { o.Reports = reading{} })
	h.do(ask{as: "manager", method: get, path: api + "/policy/versions"}).refused(http.StatusServiceUnavailable, "reports_reading")
	for _, path := range []string{"/reports", "/reports.csv", "/reports.xlsx"} {
		h.do(ask{as: "manager", method: get, path: api + path + "?from=2026-03-02&to=2026-03-02"}).refused(http.StatusServiceUnavailable, "reports_reading")
	}
}

func TestReportsLeaveAsFiles(t *testing.T) {
	h := newHouse(t)
	h.furnish()
	h.visit()
	a := h.do(ask{as: "manager", method: get, path: api + "/reports.csv?from=2026-03-02&to=2026-03-06&by=channel&lang=en"})
	if a.Code != 200 || a.Header().Get("Content-Disposition") != `attachment; filename="lapak-2026-03-02--2026-03-06-channel.csv"` {
		t.Fatalf("%d %v %s", a.Code, a.Header(), a.Body)
	}
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(a.Body.String(), "\ufeff"))).ReadAll()
	if err != nil || len(rows) != 3 || rows[0][0] != "Channel" || rows[1][0] != "Walk-in" || rows[1][1] != "1" || rows[2][0] != "All" {
		t.Errorf("%q, %v", rows, err)
	}
	for _, row := range rows {
		for _, cell := range row {
			if strings.HasPrefix(cell, "[") {
				t.Errorf("the word %s is not known", cell)
			}
		}
	}
	for _, by := range report.Bys() {
		for _, lang := range []string{"id", "en"} {
			a := h.do(ask{as: "observer", method: get, path: api + "/reports.xlsx?from=2026-03-02&to=2026-03-06&by=" + string(by) + "&lang=" + lang})
			if a.Code != 200 || !strings.HasPrefix(a.Body.String(), "PK") {
				t.Errorf("the workbook by %s is %d %.40q", by, a.Code, a.Body)
			}
			a = h.do(ask{as: "observer", method: get, path: api + "/reports.csv?separator=semicolon&from=2026-03-02&to=2026-03-06&by=" + string(by) + "&lang=" + lang})
			if a.Code != 200 || strings.Contains(a.Body.String(), "[") {
				t.Errorf("by %s in %s: %s", by, lang, a.Body)
			}
		}
	}
}

func TestThePolicysHistory(t *testing.T) {
	h := newHouse(t)
	first := h.get("manager", "/policy")
	policy := first["policy"].(map[string]any)
	policy["pooled"] = true
	policy["group"].(map[string]any)["max"] = 7
	h.do(ask{as: "manager", method: put, path: api + "/policy", body: map[string]any{"version": first["version"], "policy": policy}}).good(h)
	list := h.get("observer", "/policy/versions")["versions"].([]any)
	if len(list) != 2 {
		t.Fatalf("%d versions, want the one in force at the start and the change: %v", len(list), list)
	}
	newest := list[0].(map[string]any)
	changes := newest["changes"].([]any)
	if newest["version"] != 2.0 || newest["by"].(map[string]any)["role"] != "manager" || len(changes) != 2 || newest["name"] != "manager" {
		t.Errorf("the newest version is %v", newest)
	}
	if c := changes[1].(map[string]any); c["path"] != "group.max" || c["from"] != "6" || c["to"] != "7" {
		t.Errorf("the second change is %v", c)
	}
	old := h.get("manager", "/policy/versions/1")["policy"].(map[string]any)
	if old["pooled"] != false || old["version"] != 1.0 {
		t.Errorf("version 1 was %v", old["pooled"])
	}
	for _, gone := range []string{"99", "x", "0"} {
		h.do(ask{as: "manager", method: get, path: api + "/policy/versions/" + gone}).refused(http.StatusNotFound, "version_gone")
	}
}
