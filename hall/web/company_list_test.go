package web

import (
	"context"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"

	"lapak/hall/people"
	"lapak/scheduler"
)

// nikOf is the identity number of a made-up worker; region 99 does not exist.
func nikOf(n int) string { return fmt.Sprintf("990101010190%04d", n) }

// aList is a list of so many workers, as a company's spreadsheet writes it.
func aList(n int, more ...string) []string {
	lines := []string{"\ufeffNo;Nama Lengkap;NIK;No. KPJ;Telepon;Alasan"}
	for i := range n {
		lines = append(lines, fmt.Sprintf("%d;Pekerja Nomor%d;%s;;0812000%04d;PHK", i+1, i+1, nikOf(i+1), i))
	}
	return append(lines, more...)
}

func aCompany(lines []string, more map[string]any) map[string]any {
	body := map[string]any{"name": "PT Tekstil Maju", "workforce": 100, "laid_off": 30, "date": "2026-03-03", "from_s": 9 * 3600, "wave": 4, "every_s": 1800, "lines": lines}
	maps.Copy(body, more)
	return body
}

func (h *house) company(body map[string]any) answered {
	return h.do(ask{as: "desk", method: post, path: api + "/companies/list", body: body})
}

// faultsOf are the complaints as "line column code".
func faultsOf(view map[string]any) (list []string) {
	for _, one := range view["lines"].([]any) {
		line := one.(map[string]any)
		faults, _ := line["faults"].([]any)
		for _, f := range faults {
			fault := f.(map[string]any)
			column, _ := fault["column"].(float64)
			list = append(list, fmt.Sprintf("%v %v %v", line["line"], column, fault["code"]))
		}
	}
	return list
}

// TestACompanysList: tried, nothing is stored; entered, everybody is booked in their
// wave; sent again, everybody is known.
func TestACompanysList(t *testing.T) {
	h := newHouse(t)
	h.furnish()
	before := len(h.hall.State().Floor.Visits)
	seq := h.hall.State().Seq
	tried := h.company(aCompany(aList(6), map[string]any{"check": true})).good(h)
	if tried["new"] != 6.0 || tried["wrong"] != 0.0 || tried["company"] != 1.0 || tried["entered"] != false || fmt.Sprint(tried["ignored"]) != "[No]" {
		t.Errorf("tried: %v", tried)
	}
	days := tried["days"].([]any)
	if day := days[0].(map[string]any); len(days) != 1 || day["date"] != "2026-03-03" || day["people"] != 6.0 || day["first_s"] != 32400.0 || day["last_s"] != 34200.0 {
		t.Errorf("its days: %v", days)
	}
	kept := h.get("manager", "/companies")
	if opens := kept["opens"].([]any); len(opens) < 30 || opens[0].(map[string]any)["date"] != "2026-03-02" || opens[0].(map[string]any)["open_s"] != 27000.0 {
		t.Errorf("the days that may be booked: %v", opens)
	}
	if h.hall.State().Seq != seq || len(h.hall.State().Floor.Visits) != before || len(kept["companies"].([]any)) != 0 {
		t.Error("a trial stores something")
	}
	if id, known, err := h.o.People.Known(worker1(), h.hall.Now()); known || err != nil {
		t.Errorf("a trial makes people known: %s %v", id, err)
	}

	h.company(aCompany(aList(6), nil)).refused(422, "out_of_range") // without the number that the trial told
	ask := aCompany(aList(6), map[string]any{"company": 1})
	entered := h.company(ask).good(h)
	if entered["entered"] != true || entered["new"] != 6.0 {
		t.Errorf("entered: %v", entered)
	}
	booked := 0
	for _, v := range h.hall.State().Floor.Visits {
		if v.Company == 1 {
			if booked++; v.Channel != scheduler.Collective || v.State != scheduler.Booked || v.Person == "" || v.Persons != 1 {
				t.Errorf("booked: %+v", v)
			}
		}
	}
	if booked != 6 {
		t.Errorf("%d are booked", booked)
	}
	again := h.company(ask).good(h)
	if again["known"] != 6.0 || again["new"] != 0.0 || len(h.hall.State().Floor.Visits) != before+6 {
		t.Errorf("sent again: %v", again)
	}
	list := h.get("manager", "/companies")["companies"].([]any)
	if one := list[0].(map[string]any); len(list) != 1 || one["name"] != "PT Tekstil Maju" || one["people"] != 6.0 {
		t.Errorf("the companies: %v", list)
	}
	h.company(aCompany(aList(2), map[string]any{"company": 1, "name": "PT Lain"})).refused(409, "company_taken")
	other := h.company(aCompany(aList(2), map[string]any{"name": "PT Lain", "check": true})).good(h)
	if other["company"] != 2.0 || !slices.Equal(faultsOf(other), []string{"2 3 already_booked", "3 3 already_booked"}) {
		t.Errorf("another company's list of the same people: %v %v", other["company"], faultsOf(other))
	}
	h.do(ask2("officer", aCompany(aList(2), map[string]any{"check": true}))).refused(403, "role_may_not")
}

// TestAListThatWasCutOffGoesOn: the rest of it stands behind those who were entered,
// and nobody is counted twice.
func TestAListThatWasCutOffGoesOn(t *testing.T) {
	h := newHouse(t)
	h.furnish()
	gone, cut := context.WithCancel(h.Context())
	cut()
	h.do(ask{as: "desk", method: post, path: api + "/companies/list", body: aCompany(aList(6), map[string]any{"company": 1}), ctx: gone})
	h.company(aCompany(aList(3), map[string]any{"company": 1, "wave": 2})).good(h)
	h.company(aCompany(aList(6), map[string]any{"company": 1, "wave": 2})).good(h)
	waves := map[int64]int{}
	for _, v := range h.hall.State().Floor.Visits {
		if v.Company == 1 {
			waves[v.Due]++
		}
	}
	for due, n := range waves {
		if n > 2 {
			t.Errorf("%d people come at %d, in waves of 2: %v", n, due, waves)
		}
	}
	if one := h.get("manager", "/companies")["companies"].([]any)[0].(map[string]any); one["people"] != 6.0 {
		t.Errorf("a list of 6 is noted with %v people", one["people"])
	}
}

// TestALineInTheFirstPlaceIsNotSaidBack: a list without the names of its columns
// begins with a person.
func TestALineInTheFirstPlaceIsNotSaidBack(t *testing.T) {
	h := newHouse(t)
	h.furnish()
	tried := h.company(aCompany(aList(3)[1:], map[string]any{"check": true}))
	view := tried.good(h)
	if head, _ := view["head"].(map[string]any); head["code"] != "columns_missing" || len(view["ignored"].([]any)) != 0 || strings.Contains(tried.Body.String(), nikOf(1)) {
		t.Errorf("the answer: %s", tried.Body)
	}
}

// TestEveryFaultHasItsPlace: line, column and the way out, and nothing of what was
// typed.
func TestEveryFaultHasItsPlace(t *testing.T) {
	h := newHouse(t)
	h.furnish()
	lines := []string{"nama,nik,kpj,telepon,alasan",
		"Siti," + nikOf(1) + ",,08120001,phk", // 2: good
		"Budi,12345,,,",                       // 3: a short NIK
		",9.90101E+15,,,",                     // 4: no name, and rounded
		"",                                    // 5: empty
		"Dewi," + nikOf(1) + ",,,",            // 6: twice
		"Agus," + nikOf(2) + ",,,bosan",       // 7: a reason
		"Rina," + nikOf(3) + ",1,,,,lebih",    // 8: too many cells
		`"Joko,` + nikOf(4),                   // 9: quotes
	}
	view := h.company(aCompany(lines, map[string]any{"check": true})).good(h)
	want := []string{"3 2 nik_length", "4 1 name_missing", "4 2 number_rounded", "6 2 twice_in_list", "7 5 bad_reason", "8 6 too_many_cells", "9 1 quotes"}
	if got := faultsOf(view); !slices.Equal(got, want) {
		t.Errorf("faults %q\n want %q", got, want)
	}
	if view["new"] != 1.0 || view["wrong"] != 6.0 {
		t.Errorf("%v good, %v wrong", view["new"], view["wrong"])
	}
	said := fmt.Sprint(view["lines"])
	for _, never := range []string{"Siti", "Budi", "Dewi", "12345", nikOf(1), "bosan"} {
		if strings.Contains(said, never) {
			t.Errorf("the answer says %q back", never)
		}
	}
	seq := h.hall.State().Seq
	h.company(aCompany(lines, map[string]any{"company": 1})).refused(409, "list_has_faults")
	if h.hall.State().Seq != seq {
		t.Error("a refused list stored something")
	}
	if v := h.company(aCompany(lines, map[string]any{"company": 1, "skip_wrong": true})).good(h); v["new"] != 1.0 || v["entered"] != true {
		t.Errorf("without the wrong ones: %v", v)
	}
	for head, code := range map[string]string{"siapa,nik": "columns_missing", "nama;telepon": "columns_missing", "nama;nik;NIK": "column_twice", `"nama;nik`: "quotes"} {
		v := h.company(aCompany([]string{head, "Siti;" + nikOf(9)}, map[string]any{"check": true})).good(h)
		if fault, _ := v["head"].(map[string]any); fault["code"] != code {
			t.Errorf("first line %q: %v, want %s", head, v["head"], code)
		}
	}
	h.company(aCompany([]string{"nama,nik"}, map[string]any{"company": 2})).refused(422, "list_empty")
}

// TestTheRuleOfLayoffs is exact at the boundary, and keeps a list out only when it is
// entered: whoever tries sees by how much it fails.
func TestTheRuleOfLayoffs(t *testing.T) {
	h := newHouse(t)
	h.furnish()
	for _, c := range []struct {
		laid, of, need int
		ok             bool
	}{{30, 100, 30, true}, {29, 100, 30, false}, {31, 103, 31, true}, {30, 101, 31, false}, {1, 3, 1, true}, {3, 11, 4, false}, {3, 10, 3, true}} {
		view := h.company(aCompany(aList(1), map[string]any{"check": true, "laid_off": c.laid, "workforce": c.of})).good(h)
		rule := view["rule"].(map[string]any)
		if rule["ok"] != c.ok || rule["need"] != float64(c.need) || rule["pct"] != 30.0 {
			t.Errorf("%d of %d: %v", c.laid, c.of, rule)
		}
	}
	if p := h.company(aCompany(aList(1), map[string]any{"company": 1, "laid_off": 29})).refused(409, "layoff_share_low"); !strings.Contains(p.Detail, "at least 30") {
		t.Errorf("the refusal: %s", p.Detail)
	}
	h.company(aCompany(aList(4), map[string]any{"company": 1, "laid_off": 3, "workforce": 10})).refused(409, "list_too_long")
	h.company(aCompany(aList(1), map[string]any{"check": true, "laid_off": 101})).refused(422, "out_of_range")
}

// TestWavesKeepToTheHours: outside the break, and on the next open day when one is full.
func TestWavesKeepToTheHours(t *testing.T) {
	h := newHouse(t)
	h.furnish()
	view := h.company(aCompany(aList(7), map[string]any{"check": true, "date": "2026-03-06", "from_s": 11 * 3600, "wave": 2, "every_s": 7200})).good(h)
	var got []string
	for _, one := range view["lines"].([]any) {
		line := one.(map[string]any)
		got = append(got, fmt.Sprintf("%v %v", line["date"], line["due_s"]))
	}
	// Friday 11:00; the break until 13:00; 15:00 is past the last number, so Monday.
	want := []string{"2026-03-06 39600", "2026-03-06 39600", "2026-03-06 46800", "2026-03-06 46800", "2026-03-09 39600", "2026-03-09 39600", "2026-03-09 46800"}
	if !slices.Equal(got, want) {
		t.Errorf("the waves are %q\n want %q", got, want)
	}
}

// TestAHolidayOpenedByHandTakesAList: the calendar closes today, the manager has opened
// it, and a company's people come today all the same.
func TestAHolidayOpenedByHandTakesAList(t *testing.T) {
	h := newHouse(t)
	h.furnish()
	today := h.hall.State().Floor.Day.Date.String()
	held := h.get("manager", "/policy")
	policy := held["policy"].(map[string]any)
	policy["calendar"].(map[string]any)["holidays"] = []any{today}
	h.do(ask{as: "manager", method: put, path: api + "/policy", body: map[string]any{"version": held["version"], "policy": policy}}).good(h)
	view := h.company(aCompany(aList(2), map[string]any{"check": true, "date": today, "from_s": 14 * 3600})).good(h)
	if first := view["lines"].([]any)[0].(map[string]any); view["wrong"] != 0.0 || first["date"] != today || first["due_s"] != 14.0*3600 {
		t.Errorf("the list of today becomes %v, first %v", view["days"], first)
	}
}

// ask2 is a trial by somebody else.
func ask2(as string, body map[string]any) ask {
	return ask{as: as, method: http.MethodPost, path: api + "/companies/list", body: body}
}

func worker1() people.Person {
	return people.Person{IDType: people.NIK, IDNumber: people.NewSecret(nikOf(1)), Name: people.NewSecret("Pekerja")}
}
