package main

import (
	"encoding/json"
	"fmt"
	"testing"

	"github.com/chromedp/chromedp"

	"lapak/hall/print/emulator"
)

// kioskView is as much of a kiosk's view as the walk looks at.
type kioskView struct {
	Given int `json:"given"`
}

func (w *walk) given(t *testing.T) int {
	t.Helper()
	var v kioskView
	w.view(t, "/api/v1/views/kiosk", &v)
	return v.Given
}

// touches clicks what a finger would.
func (w *walk) touches(t *testing.T, selectors ...string) {
	t.Helper()
	for _, s := range selectors {
		quoted, _ := json.Marshal(s)
		w.sees(t, s, fmt.Sprintf("document.querySelector(%s)", quoted))
		if err := chromedp.Do(w.ctx, chromedp.Click(s)); err != nil {
			t.Fatalf("touch %s: %v", s, err)
		}
	}
}

// TestBrowserKiosk takes a number by touch: the papers, twice on the button, a
// ticket on paper; then a printer without paper, whose number stays; and the way
// back to the start, with nothing left of whoever stood there. Whoever wants to hear it
// hears it, on a machine without a voice too.
func TestBrowserKiosk(t *testing.T) {
	if browsers() == nil {
		return
	}
	w := newWalk(t)
	p, err := emulator.Start()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(p.Close)
	w.open(t, "/kiosk?lang=id", 1080, 1920)
	w.post(t, "/api/v1/demo", `{"paused":true}`)
	w.puts(t, "/api/v1/printing", fmt.Sprintf(`{"branch":"Kantor Cabang Uji","printers":[{"id":1,"name":"Pintu","kind":"escpos","at":"kiosk","address":%q,"width_mm":58,"qr":"native","code_page":"pc437","cut":true}]}`, p.Address()))
	w.open(t, "/kiosk?lang=id", 1080, 1920)
	before := w.given(t)
	w.touches(t, `[data-code="JHT"]`, `[data-code="jht_resign"]`)
	w.says(t, "Anda memerlukan berkas ini")
	w.picture("kiosk-papers")
	w.touches(t, `[data-act="some"]`, `.mark-paper`, `[data-act="still"]`, `[data-code="elderly"]`)
	w.sees(t, "the button", `document.querySelector('[data-act="take"]')`)
	if _, err := chromedp.Run(w.ctx, chromedp.Evaluate[any](`(() => { const b = document.querySelector('[data-act="take"]'); b.click(); b.click(); return true; })()`)); err != nil {
		t.Fatal(err)
	}
	w.sees(t, "a printed ticket", `document.querySelector('.printing.good')`)
	w.picture("kiosk-ticket")
	if n := w.given(t) - before; n != 1 {
		t.Errorf("a double touch gave %d numbers", n)
	}
	if sheets, err := p.Sheets(); len(sheets) != 1 || err != nil {
		t.Errorf("%d tickets came out: %v", len(sheets), err)
	}
	w.quiet(t)
	p.Set(emulator.State{PaperOut: true})
	w.open(t, "/kiosk?lang=en", 1080, 1920)
	w.touches(t, `[data-aid="voice"]`)
	w.hears(t, "kiosk-en/claim")
	w.hears(t, "kiosk-en/jkm") // and what there is to choose
	w.touches(t, `[data-code="JKM"]`)
	w.sees(t, "what the recordings cannot say", `speechSynthesis.getVoices().some((one) => one.localService) || document.querySelector('.stage .aside strong')`)
	w.touches(t, `[data-act="all"]`, `[data-act="take"]`)
	w.says(t, "The ticket paper has run out.")
	w.says(t, "Your number stays valid.")
	w.sees(t, "the number", `/^A\d{3}$/.test(document.querySelector('.ticket .number')?.textContent ?? '')`)
	w.hears(t, "kiosk-en/still_valid")
	if n := w.given(t) - before; n != 2 {
		t.Errorf("without paper %d numbers were given", n-1)
	}
	w.picture("kiosk-no-paper")
	p.Set(emulator.State{})
	w.touches(t, `.acts button:not([data-act])`)
	w.sees(t, "the ticket printed again", `document.querySelector('.printing.good')`)
	if n := w.given(t) - before; n != 2 {
		t.Errorf("printing again made %d numbers of 2", n)
	}
	w.touches(t, `[data-act="done"]`)
	w.sees(t, "the start", `document.querySelector('.pick') && document.documentElement.lang === 'id' && !document.querySelector('.ticket')`)
	w.forgetsRefusals()
	w.quiet(t)
}

// hears waits until a recording was fetched to be played; a browser with a voice of its
// own needs none.
func (w *walk) hears(t *testing.T, clip string) {
	t.Helper()
	w.sees(t, clip+".mp3", fmt.Sprintf(`speechSynthesis.getVoices().some((one) => one.localService) || performance.getEntriesByType('resource').some((one) => one.name.endsWith('/clips/%s.mp3'))`, clip))
}

// puts replaces a setting.
func (w *walk) puts(t *testing.T, path, body string) {
	t.Helper()
	quoted, _ := json.Marshal(body)
	const send = `fetch(%q, {method: 'PUT', headers: {'Content-Type': 'application/json', 'Idempotency-Key': 'walk-' + Math.random()}, body: %s}).then((r) => r.status)`
	status, err := chromedp.Run(w.ctx, chromedp.Evaluate[int](fmt.Sprintf(send, path, quoted), chromedp.EvalAwaitPromise))
	if err != nil || status != 200 {
		t.Fatalf("PUT %s: %d %v", path, status, err)
	}
}

// forgetsRefusals drops what the browser itself writes about an answer of 409: the
// refusal is what the walk asked for.
func (w *walk) forgetsRefusals() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.heard = nil
}
