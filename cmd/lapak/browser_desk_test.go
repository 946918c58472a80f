package main

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"lapak/hall"
	"lapak/scheduler"
	"lapak/scheduler/calendar"
	"lapak/scheduler/draw"
)

// beforeTheDoors furnishes a branch whose next day is not open yet and opens its
// doors in twenty minutes, at whatever hour the test runs.
func beforeTheDoors(t *testing.T) *served {
	t.Helper()
	at := hall.NewTime()
	return furnish(t, at, func(b *branch) {
		p := roundTheClock(at.Now())
		second := p.Calendar.Zone.SecondOfDay(at.Now())
		day := calendar.DayPlan{Open: true, Hours: calendar.Hours{GateS: 0, OpenS: second + 1200, LastTicketS: 24*3600 - 2, CloseS: 24*3600 - 1}}
		p.Calendar.Weekly = calendar.Week{Mon: day, Tue: day, Wed: day, Thu: day, Fri: day, Sat: day, Sun: day}
		give(t, b, scheduler.SetPolicy{Policy: p, Version: 2})
		give(t, b, scheduler.CloseDay{})
		give(t, b, scheduler.AdjustClock{BySeconds: 24 * 3600})
	}).serve()
}

// TestBrowserDesk walks a guard's morning: the seal, the gate list, the dice, the
// order; the doors open and the first called are the first drawn; then a list on
// paper, tried, entered, and entered again; and a booking whose code is scanned.
func TestBrowserDesk(t *testing.T) {
	if browsers() == nil {
		return
	}
	h := beforeTheDoors(t)
	w := newWalk(t)
	w.base = h.base
	w.open(t, "/desk?lang=id", 1366, 768)
	w.signIn(t, "wati")
	w.open(t, "/desk?lang=id&in=1#gate", 1366, 768)
	w.acts(t, "draw-prepare")
	w.sees(t, "the seal", `document.querySelector('.hash')`)
	// The program opened the day as it started, because the gate's time has come.
	for range 7 {
		h.post("wati", "/api/v1/visits", `{}`).good()
	}
	w.sees(t, "the gate list", `document.querySelectorAll('.gate-table tbody tr').length === 7`)
	w.acts(t, "draw-freeze")
	w.sees(t, "the dice", `document.querySelector('.die')`)
	w.throws(t, 3, 5, 2)
	w.acts(t, "draw-hold")
	w.sees(t, "the order", `document.querySelectorAll('.drawn .number').length === 7`)
	w.picture("desk-drawn")
	order, err := chromedp.Run(w.ctx, chromedp.Evaluate[[]string](`[...document.querySelectorAll('.drawn .number')].map((n) => n.textContent)`))
	var published struct {
		Proof draw.Proof `json:"proof"`
	}
	h.get("wati", "/api/v1/draw", &published).good()
	if err != nil || !slices.Equal(order, published.Proof.Order) || len(draw.Verify(published.Proof)) != 0 || published.Proof.Entropy != "352" {
		t.Errorf("the desk shows %v; the proof is %+v: %v", order, published.Proof, err)
	}
	w.quiet(t)
	h.holdFirstCalled(t, order)
	w.entersPaper(t, h)
	w.scansABooking(t, h)
}

// acts presses a command's button once the page lets it be pressed: before that, while
// the page still draws what was chosen or waits for the branch, a press does nothing.
func (w *walk) acts(t *testing.T, slot string) {
	t.Helper()
	button := fmt.Sprintf(`[data-slot="%s"] button`, slot)
	w.sees(t, "a button that may be pressed", fmt.Sprintf(`document.querySelector('%s')?.getAttribute('aria-disabled') === 'false'`, button))
	w.touches(t, button)
}

// throws touches the dice one by one and waits until the page shows each.
func (w *walk) throws(t *testing.T, dice ...int) {
	t.Helper()
	shown := ""
	for _, n := range dice {
		w.touches(t, fmt.Sprintf(`.die:nth-child(%d)`, n))
		shown = strings.TrimSpace(fmt.Sprint(shown, " ", n))
		w.sees(t, "the die", fmt.Sprintf(`document.querySelector('#dice').value === '%s'`, shown))
	}
}

// holdFirstCalled opens the doors and calls: who is called is who was drawn first.
func (h *served) holdFirstCalled(t *testing.T, order []string) {
	t.Helper()
	h.post("sari", "/api/v1/clock/adjust", `{"by_s":1260}`).good()
	h.post("rina", fmt.Sprintf("/api/v1/officers/%d/on", rinaID), `{}`).good()
	h.post("rina", "/api/v1/rooms/1/session", `{}`).good()
	var called struct {
		Called []int64 `json:"called"`
	}
	h.post("rina", "/api/v1/rooms/1/call", `{}`).good().into(&called)
	var numbers []string
	for _, id := range called.Called {
		var v struct {
			Number string `json:"number"`
		}
		h.get("wati", fmt.Sprintf("/api/v1/visits/%d", id), &v).good()
		numbers = append(numbers, v.Number)
	}
	if len(numbers) == 0 || !slices.Equal(numbers, order[:len(numbers)]) {
		t.Errorf("called are %v, drawn were %v", numbers, order)
	}
}

// entersPaper types a list on the desk's page.
func (w *walk) entersPaper(t *testing.T, h *served) {
	t.Helper()
	var view struct {
		At      int64 `json:"at"`
		OffsetS int64 `json:"offset_s"`
		ZoneS   int   `json:"zone_s"`
	}
	h.get("wati", "/api/v1/views/desk", &view).good()
	at := time.Unix(view.At+view.OffsetS, 0).In(time.FixedZone("", view.ZoneS)).Add(-time.Minute).Format("15.04")
	list, _ := json.Marshal(strings.Join([]string{"K01 " + at, "K02 " + at + " 2", "Budi " + at, "K01 " + at}, "\n"))
	w.open(t, "/desk?lang=id&again#paper", 1366, 768)
	w.sees(t, "the field", `document.querySelector('#paper-text')`)
	fill := fmt.Sprintf(`(() => { const f = document.querySelector('#paper-text'); f.value = %s; f.dispatchEvent(new Event('input', {bubbles: true})); return true; })()`, list)
	if _, err := chromedp.Run(w.ctx, chromedp.Evaluate[any](fill)); err != nil {
		t.Fatal(err)
	}
	w.says(t, "nomor tidak terbaca")
	w.acts(t, "paper-check")
	w.says(t, "Bila dimasukkan: 2 baru, 0 sudah ada, 2 keliru.")
	w.picture("desk-paper")
	w.acts(t, "paper-enter")
	w.says(t, "2 dimasukkan, 0 sudah ada.")
	var again struct {
		New, Known int
	}
	s := time.Unix(view.At+view.OffsetS, 0).In(time.FixedZone("", view.ZoneS)).Add(-time.Minute)
	body := fmt.Sprintf(`{"rows":[{"slip":"K01","at_s":%[1]d},{"slip":"K02","at_s":%[1]d}]}`, s.Hour()*3600+s.Minute()*60)
	h.post("wati", "/api/v1/visits/paper-list", body).good().into(&again)
	if again.New != 0 || again.Known != 2 {
		t.Errorf("the same list again: %+v", again)
	}
	w.quiet(t)
}

// scansABooking holds a code before the scanner, which types it and presses Enter before
// the screen was drawn once.
func (w *walk) scansABooking(t *testing.T, h *served) {
	t.Helper()
	var view struct {
		Day struct{ Date string } `json:"day"`
	}
	h.get("wati", "/api/v1/views/desk", &view).good()
	var booked struct{ Link string }
	h.post("wati", "/api/v1/bookings", fmt.Sprintf(`{"date":%q,"claims":[{"programme":"JHT","reason":"jht_phk"}]}`, view.Day.Date)).good().into(&booked)
	w.open(t, "/desk?lang=id&scan=1", 1024, 768)
	w.sees(t, "the field", `document.querySelector('#scan')`)
	scan := fmt.Sprintf(`(() => { const f = document.querySelector('#scan'); f.value = %q; f.dispatchEvent(new Event('input', {bubbles: true})); f.form.requestSubmit(); return true; })()`, booked.Link)
	if _, err := chromedp.Run(w.ctx, chromedp.Evaluate[any](scan)); err != nil {
		t.Fatal(err)
	}
	w.sees(t, "the booking's number", `document.querySelector('.detail .number')?.textContent === 'B001'`)
	w.quiet(t)
}

// TestBrowserDeskGives: on a tablet the number just given, its code and every part of the
// form are in sight at once, and the visit that is shown is that number's, also when the
// papers were ready and it waits at the end of a long list.
func TestBrowserDeskGives(t *testing.T) {
	if browsers() == nil {
		return
	}
	h := furnish(t, hall.NewTime(), nil).serve()
	w := newBrowser(t, h.base)
	w.open(t, "/desk?lang=id", 1024, 768)
	w.signIn(t, "wati")
	for range 14 {
		h.post("wati", "/api/v1/visits", `{"papers":"ready","claims":[{"programme":"JHT","reason":"jht_phk"}]}`).good()
	}
	for i, size := range [][2]int64{{1024, 768}, {1280, 800}} {
		w.open(t, fmt.Sprintf("/desk?lang=id&give=%d", i), size[0], size[1])
		w.acts(t, "give")
		w.sees(t, "the number given is the visit shown", fmt.Sprintf(`document.querySelector('.given-now')?.textContent === 'A%03d' && document.querySelector('.detail .number')?.textContent === 'A%03[1]d'`, 15+2*i))
		w.sees(t, "the whole form beside it", `(() => { const form = document.querySelector('.give'); return form.scrollHeight <= form.clientHeight + 1; })()`)
		w.chooses(t, ".claim-row select:nth-child(2)", "jht_phk")
		w.touches(t, `[aria-label="Berkas"] button:first-child`)
		w.acts(t, "give")
		w.sees(t, "the next number is the visit shown", fmt.Sprintf(`document.querySelector('.given-now')?.textContent === 'A%03d' && document.querySelector('.detail .number')?.textContent === 'A%03[1]d'`, 16+2*i))
		w.sees(t, "its line of the list is in sight", `(() => { const line = document.querySelector('.row-item.current')?.getBoundingClientRect(); return line && line.bottom <= innerHeight && line.top >= 0; })()`)
	}
	w.quiet(t)
}

// chooses takes an option of a list of choices.
func (w *walk) chooses(t *testing.T, selector, value string) {
	t.Helper()
	if _, err := chromedp.Run(w.ctx, chromedp.Evaluate[any](fmt.Sprintf(`(() => { const f = document.querySelector(%q); f.value = %q; f.dispatchEvent(new Event('change', {bubbles: true})); return true; })()`, selector, value))); err != nil {
		t.Fatal(err)
	}
}

// signIn signs a person in on the page's own origin.
func (w *walk) signIn(t *testing.T, name string) {
	t.Helper()
	body, _ := json.Marshal(map[string]string{"name": name, "password": secretOf(name)})
	quoted, _ := json.Marshal(string(body))
	const send = `fetch('/api/v1/session', {method: 'POST', headers: {'Content-Type': 'application/json', 'Idempotency-Key': 'in-' + Math.random()}, body: %s}).then((r) => r.status)`
	status, err := chromedp.Run(w.ctx, chromedp.Evaluate[int](fmt.Sprintf(send, quoted), chromedp.EvalAwaitPromise))
	if err != nil || status/100 != 2 {
		t.Fatalf("sign in as %s: %d %v", name, status, err)
	}
}
