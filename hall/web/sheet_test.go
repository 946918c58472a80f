package web

import (
	"regexp"
	"strings"
	"testing"

	"lapak/scheduler"
	"lapak/scheduler/report"
)

func TestTheFallbackSheetHoldsTheLine(t *testing.T) {
	h := newHouse(t)
	h.furnish()
	first, second := h.visit(), h.visit()
	page := func(query string) string {
		w := h.do(ask{as: "desk", method: get, path: "/sheet" + query})
		if w.Code != 200 {
			t.Fatalf("/sheet%s: %d %s", query, w.Code, w.Body)
		}
		return w.Body.String()
	}
	body := page("")
	number := regexp.MustCompile(`<td class="number">([A-Z]\d{3})</td>`)
	var order []string
	for _, m := range number.FindAllStringSubmatch(body, -1) {
		order = append(order, m[1])
	}
	want := []string{"A001", "A002", "A003", "A004"} // two who wait, then the next to hand out
	if len(order) != 2+freshWalkIns+2*freshOthers || strings.Join(order[:4], " ") != strings.Join(want, " ") {
		t.Errorf("visits %v and %v stand on the sheet as %v", first, second, order)
	}
	if !strings.Contains(body, `http-equiv="refresh" content="600"`) || !strings.Contains(body, "Lembar cadangan antrean") {
		t.Errorf("%.400s", body)
	}
	if !strings.Contains(body, `href="?lang=en" lang="en">English</a>`) || !strings.Contains(page("?lang=en"), `href="?lang=id"`) {
		t.Error("the sheet has no link to the other language")
	}
	if english := page("?lang=en"); !strings.Contains(english, "Fallback sheet of the line") || strings.Contains(english, "[paper_sheet.") {
		t.Errorf("%.400s", english)
	}
	h.do(ask{method: get, path: "/sheet"}).refused(401, "not_signed_in")
	h.do(ask{as: "observer", method: get, path: "/sheet"}).refused(403, "role_may_not")

	h.do(ask{as: "manager", method: put, path: api + "/printing", body: map[string]any{"branch": "Kantor Cabang Contoh", "printers": []any{}}}).good(h)
	if named := page(""); !strings.Contains(named, "Kantor Cabang Contoh") {
		t.Errorf("the sheet does not say whose it is: %.600s", named)
	}
	alone, err := h.Server.Sheet(indonesian)
	if err != nil {
		t.Fatal(err)
	}
	if text := string(alone); !strings.Contains(text, "@page") || strings.Contains(text, "/ui/") || !strings.Contains(text, "A002") {
		t.Errorf("the sheet that stands alone needs something else: %.600s", text)
	}
}

// TestARoomHasOneName: on paper as on the screens.
func TestARoomHasOneName(t *testing.T) {
	h := newHouse(t)
	h.furnish()
	h.do(ask{as: "manager", method: put, path: api + "/rooms/2", body: map[string]any{"width_mm": 3000, "depth_mm": 3000, "desk": true, "seats": []any{map[string]any{"x_mm": 0, "y_mm": 0}}}}).good(h)
	for lang, want := range map[string][2]string{indonesian: {"Ruang 1", "Meja samping 2"}, english: {"Room 1", "Side desk 2"}} {
		l := h.Server.sayings(lang)
		if got := [2]string{l.roomName(h.hall.State(), 1), l.roomName(h.hall.State(), 2)}; got != want {
			t.Errorf("in %s the rooms are %q, want %q", lang, got, want)
		}
		s := saying{words: l.words, english: lang == english, desk: func(id scheduler.RoomID) bool { return isDesk(h.hall.State(), id) }}
		if got := [2]string{s.key(report.ByRoom, "1"), s.room(2)}; got != want {
			t.Errorf("in %s a report says %q, want %q", lang, got, want)
		}
	}
}
