package web

import (
	"context"
	"encoding/csv"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	reader "lapak/hall/audit"
	"lapak/scheduler/audit"
	"lapak/scheduler/calendar"
)

// audited gives the acts of a page, and the page.
func (h *house) audited(query string) (acts []map[string]any, page map[string]any) {
	h.Helper()
	page = h.get("manager", "/audit?"+query)
	for _, a := range page["acts"].([]any) {
		acts = append(acts, a.(map[string]any))
	}
	return acts, page
}

func TestWhoDidWhat(t *testing.T) {
	h := newHouse(t)
	h.furnish()
	person := map[string]any{"id_type": "nik", "id_number": canaries[1], "name": canaries[0], "phone": canaries[2]}
	v := id(h.post("desk", "/visits", map[string]any{"person": person, "claims": []any{map[string]any{"reason": "jht_phk"}}})["id"])
	h.visit()
	h.post("officer", "/rooms/1/session", nil)
	h.post("officer", "/rooms/1/call", nil)
	h.get("manager", fmt.Sprintf("/visits/%d/person?why=complaint", v))

	story, _ := h.audited("number=a001")
	call := story[slices.IndexFunc(story, func(a map[string]any) bool { return a["kind"] == "group.called" })]
	picks := call["visits"].([]any)
	first := picks[0].(map[string]any)
	if call["room"] != 1.0 || len(picks) != 2 || first["number"] != "A001" || len(first["seats"].([]any)) != 1 || len(first["why"].([]any)) == 0 || call["by"].(map[string]any)["id"] != float64(officerID) {
		t.Errorf("the call is %v", call)
	}
	if last := story[len(story)-1]; last["kind"] != audit.PersonRevealed || last["reason"] != "complaint" || last["by"].(map[string]any)["role"] != "manager" {
		t.Errorf("the look at a name is %v", last)
	}
	if again, _ := h.audited("number=a001"); len(again) != len(story) {
		t.Errorf("asked again the story has %d acts instead of %d", len(again), len(story))
	}
	if second, _ := h.audited("number=A002"); slices.ContainsFunc(second, func(a map[string]any) bool { return a["kind"] == audit.PersonRevealed }) {
		t.Error("the look stands in another visit's story")
	}
	for query, all := range map[string]func(a map[string]any) bool{
		fmt.Sprintf("by=%d", officerID): func(a map[string]any) bool { return a["by"].(map[string]any)["id"] == float64(officerID) },
		"by=desk":                       func(a map[string]any) bool { return a["by"].(map[string]any)["role"] == "desk" },
		"by=staff&day=2026-03-02":       func(a map[string]any) bool { return a["by"].(map[string]any)["role"] != "system" },
		"kind=visit":                    func(a map[string]any) bool { return strings.HasPrefix(a["kind"].(string), "visit.") },
		"kind=group.called":             func(a map[string]any) bool { return a["kind"] == "group.called" },
	} {
		acts, page := h.audited(query)
		if len(acts) == 0 || page["more"] != false || slices.ContainsFunc(acts, func(a map[string]any) bool { return !all(a) }) {
			t.Errorf("%s gives %v", query, acts)
		}
	}
	for _, path := range []string{"/audit", "/audit.csv"} {
		body := h.do(ask{as: "manager", method: get, path: api + path}).Body.String()
		for _, c := range canaries {
			if strings.Contains(body, c) || strings.Contains(body, strings.Split(c, " ")[0]) {
				t.Errorf("%s holds %q", path, c)
			}
		}
		for _, who := range []string{"officer", "desk", "observer"} {
			h.do(ask{as: who, method: get, path: api + path}).refused(403, "role_may_not")
		}
	}
}

func TestAPageOfActsIsBounded(t *testing.T) {
	h := newHouse(t)
	h.furnish()
	for range auditPage/2 + 10 {
		h.visit()
		h.later(60)
	}
	acts, page := h.audited("")
	if len(acts) < auditPage || len(acts) > auditPage+8 || page["more"] != true {
		t.Fatalf("%d acts on a page of %d, more %v", len(acts), auditPage, page["more"])
	}
	rest, last := h.audited(fmt.Sprintf("after=%d", id(page["next"])))
	if len(rest) == 0 || rest[0]["seq"].(float64) <= acts[len(acts)-1]["seq"].(float64) || last["more"] != false {
		t.Errorf("after the first page come %v", rest)
	}
}

func TestAuditThatCannotBe(t *testing.T) {
	h := newHouse(t)
	h.furnish()
	for query, field := range map[string]string{"day=monday": "day", "by=everyone": "by", "by=-1": "by", "kind=shoe": "kind", "after=x": "after"} {
		a := h.do(ask{as: "manager", method: get, path: api + "/audit?" + query})
		a.refused(http.StatusBadRequest, "bad_field")
		if p := a.problem(); p.Field != field {
			t.Errorf("%s names the field %q, want %q", query, p.Field, field)
		}
	}
	h.do(ask{as: "manager", method: get, path: api + "/audit?name=Siti"}).refused(http.StatusBadRequest, "unknown_field")
	h.do(ask{as: "manager", method: get, path: api + "/audit?day=2026-02-27"}).refused(http.StatusNotFound, "audit_no_day")
	h.do(ask{as: "manager", method: get, path: api + "/audit.csv?separator=tab"}).refused(http.StatusBadRequest, "bad_field")
}

// unread is an audit whose journal is still being read.
type unread struct{}

func (unread) Day(context.Context, calendar.Date) (*audit.Day, error) { return nil, reader.ErrReading }

func TestAuditWhileTheJournalIsRead(t *testing.T) {
	h := newHouse(t, func(o *Options) { o.Audit = unread{} })
	h.do(ask{as: "manager", method: get, path: api + "/audit"}).refused(http.StatusServiceUnavailable, "audit_reading")
}

func TestTheAuditLeavesAsAFile(t *testing.T) {
	h := newHouse(t)
	h.furnish()
	h.visit()
	h.post("officer", "/rooms/1/session", nil)
	h.post("officer", "/rooms/1/call", nil)
	for _, lang := range []string{"id", "en"} {
		a := h.do(ask{as: "manager", method: get, path: api + "/audit.csv?number=A001&lang=" + lang})
		if a.Code != 200 || a.Header().Get("Content-Disposition") != `attachment; filename="lapak-audit-2026-03-02.csv"` {
			t.Fatalf("%d %v %s", a.Code, a.Header(), a.Body)
		}
		rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(a.Body.String(), "\ufeff"))).ReadAll()
		if err != nil || len(rows) < 3 || len(rows[0]) != len(auditColumns) {
			t.Fatalf("%q, %v", rows, err)
		}
		for _, row := range rows {
			for _, cell := range row {
				if strings.Contains(cell, "[") || strings.Contains(cell, "{") {
					t.Errorf("in %s a cell is %q", lang, cell)
				}
			}
		}
		if lang == "en" && !slices.ContainsFunc(rows, func(r []string) bool {
			return strings.HasPrefix(r[3], "Called") && r[2] == "officer" && r[4] == "A001" && r[7] != ""
		}) {
			t.Errorf("the call is not in %q", rows)
		}
	}
	whole := h.do(ask{as: "manager", method: get, path: api + "/audit.csv?separator=semicolon"})
	if whole.Code != 200 || strings.Contains(whole.Body.String(), "[") || !strings.Contains(whole.Body.String(), ";") {
		t.Errorf("%s", whole.Body)
	}
}
