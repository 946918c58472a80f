package main

import (
	"encoding/csv"
	"encoding/json"
	"io"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// managerReads opens last week's report by officer, looks at its table, and holds the
// file that leaves the page to the figures that the page shows.
func managerReads(t *testing.T, w *walk) {
	week, to := w.lastWeek(t)
	w.open(t, "/manager?lang=en#reports/week/"+week, 1440, 900)
	w.sees(t, "the week's figures", `document.querySelectorAll('.report-head .stat').length === 6 && document.querySelector('.report-head dd').innerText !== '–'`)
	w.clicks(t, `[...document.querySelectorAll('.division .segments button')].find((b) => b.innerText === 'Officer')`)
	w.sees(t, "the officers' bars", `[...document.querySelectorAll('.division tbody th')].some((th) => th.innerText === 'Budi')`)
	w.clicks(t, `document.querySelector('.division .as-table')`)
	w.sees(t, "the table", `document.querySelector('.division .figures-table tfoot')`)
	shown := w.text(t, `JSON.stringify([...document.querySelectorAll('.division .figures-table tbody tr')].map((tr) => [tr.querySelector('th').innerText, tr.querySelectorAll('td')[2].innerText.replace(',', '')]))`)
	href := w.text(t, `document.querySelector('.files a').getAttribute('href')`)
	if !strings.Contains(href, "by=officer") || !strings.Contains(href, "from="+week) || !strings.Contains(href, "to="+to) {
		t.Fatalf("the file is asked for at %s", href)
	}
	var table [][2]string
	if err := json.Unmarshal([]byte(shown), &table); err != nil || len(table) < 4 {
		t.Fatalf("the table shows %s (%v)", shown, err)
	}
	rows := w.csv(t, href)
	for i, line := range table {
		if rows[i+1][0] != line[0] || rows[i+1][3] != line[1] {
			t.Errorf("row %d of the file is %v, the page shows %v", i, rows[i+1][:4], line)
		}
	}
}

// lastWeek waits until a whole week lies behind the demo, and returns its Monday and
// its Sunday.
func (w *walk) lastWeek(t *testing.T) (monday, sunday string) {
	t.Helper()
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(200 * time.Millisecond) {
		var r struct {
			Kept struct {
				Last string `json:"last"`
				Days int    `json:"days"`
			} `json:"kept"`
		}
		resp, err := http.Get(w.base + "/api/v1/reports?from=2026-01-05&to=2026-01-05")
		if err != nil {
			t.Fatal(err)
		}
		err = json.NewDecoder(resp.Body).Decode(&r)
		resp.Body.Close()
		if err != nil {
			t.Fatal(err)
		}
		if last, err := time.Parse(time.DateOnly, r.Kept.Last); err == nil && r.Kept.Days >= 10 {
			first := last.AddDate(0, 0, -7-int(last.Weekday()+6)%7)
			return first.Format(time.DateOnly), first.AddDate(0, 0, 6).Format(time.DateOnly)
		}
	}
	t.Fatal("the demo has no past")
	return "", ""
}

func (w *walk) csv(t *testing.T, href string) [][]string {
	t.Helper()
	resp, err := http.Get(w.base + href)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil || !strings.Contains(resp.Header.Get("Content-Disposition"), "attachment") {
		t.Fatalf("the file does not come as one: %v %v", resp.Header, err)
	}
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(string(body), "\ufeff"))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// clicks presses what an expression finds, once it is there.
func (w *walk) clicks(t *testing.T, expression string) {
	t.Helper()
	w.sees(t, "something to press", expression)
	if _, err := chromedp.Run(w.ctx, chromedp.Evaluate[bool]("("+expression+").click(), true")); err != nil {
		t.Fatal(err)
	}
}

// text is what an expression on the page says.
func (w *walk) text(t *testing.T, expression string) string {
	t.Helper()
	s, err := chromedp.Run(w.ctx, chromedp.Evaluate[string](expression))
	if err != nil {
		t.Fatalf("%s: %v", expression, err)
	}
	return s
}

// managerSets changes one setting and finds the new version in the history.
func managerSets(t *testing.T, w *walk) {
	w.open(t, "/manager?lang=en#policy", 1440, 900)
	w.sees(t, "the settings", `document.querySelector('#s-group_max')`)
	w.sees(t, "the history", `document.querySelectorAll('#group-history .version').length > 0`)
	before, err := strconv.Atoi(w.text(t, `document.querySelector('#group-history .version strong').innerText.replace(/\D/g, '')`))
	if err != nil {
		t.Fatal(err)
	}
	w.clicks(t, `(() => { const i = document.querySelector('#s-group_max'); i.value = '7'; i.dispatchEvent(new Event('input', {bubbles: true})); return document.querySelector('.policy-side .button.primary:not([disabled]):not([aria-disabled="true"])'); })()`)
	w.sees(t, "the new version", `document.querySelector('#group-history .version strong').innerText.endsWith('`+strconv.Itoa(before+1)+`') && document.querySelector('#group-history .version .diff').innerText.includes('7')`)
}
