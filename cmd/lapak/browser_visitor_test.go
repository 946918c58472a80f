package main

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// TestBrowserVisitor goes through a visit on a phone, from the line to the survey, with
// JavaScript and without, and then loses the branch.
func TestBrowserVisitor(t *testing.T) {
	if browsers() == nil {
		return
	}
	w := newWalk(t)
	visitWithJavaScript(t, w)
	w.quiet(t)
	visitWithout(t, w)
	w.quiet(t)
	lostVisit(t, w)
}

// answer chooses the best of the first question and sends the form.
const answer = `(document.querySelector('input[name="u1"][value="4"]').click(), document.querySelector('.survey button').click(), true)`

// stops lets the demo run until the visit of the page is so, and no further: a demo's
// minute is a second, and a call is over before a busy machine has shown it.
func (w *walk) stops(t *testing.T, state string) {
	t.Helper()
	path, err := chromedp.Run(w.ctx, chromedp.Evaluate[string]("location.pathname"))
	if err != nil {
		t.Fatal(err)
	}
	w.post(t, "/api/v1/demo", `{"paused":false}`)
	var ticket struct{ State string }
	for end := time.Now().Add(patience); ticket.State != state; time.Sleep(20 * time.Millisecond) {
		if w.view(t, "/api/v1/tickets/"+strings.TrimPrefix(path, "/v/"), &ticket); time.Now().After(end) {
			t.Fatalf("the visit is %s and never was %s", ticket.State, state)
		}
	}
	w.post(t, "/api/v1/demo", `{"paused":true}`)
}

func (w *walk) do(t *testing.T, script string) {
	t.Helper()
	if _, err := chromedp.Run(w.ctx, chromedp.Evaluate[bool](script)); err != nil {
		t.Fatalf("%s: %v", script, err)
	}
}

// visitWithJavaScript: the page follows the visit by itself; it is never loaded anew
// until the visitor sends a form.
func visitWithJavaScript(t *testing.T, w *walk) {
	w.post(t, "/api/v1/demo", `{"paused":true}`)
	w.open(t, "/visitor?lang=id", 360, 740)
	w.sees(t, "a waiting number", `document.querySelector('main[data-state="waiting"] .number')`)
	w.sees(t, "a live connection", `document.documentElement.dataset.connection === 'live'`)
	w.sees(t, "the button for the sound", `document.querySelector('[data-sound]').offsetParent`)
	w.do(t, `(window.kept = true, document.querySelector('[data-sound]').click(), true)`)
	w.picture("visitor-waiting")
	w.stops(t, "called")
	w.sees(t, "the call", `document.querySelector('main[data-state="called"] .hero.is-call')`)
	w.sees(t, "what to do", `document.querySelector('.hero').textContent.includes('Silakan masuk sekarang')`)
	w.picture("visitor-called")
	w.stops(t, "seated")
	w.sees(t, "the booth", `document.querySelector('main[data-state="seated"]')`)
	w.stops(t, "settled")
	w.sees(t, "the receipt, on a page that was never loaded anew", `window.kept && document.querySelector('main[data-state="settled"] .receipt .number')`)
	w.sees(t, "the survey", `document.querySelectorAll('.survey fieldset').length === 9`)
	w.sees(t, "the button to print", `document.querySelector('[data-print]').offsetParent`)
	w.picture("visitor-receipt")
	w.do(t, answer)
	w.says(t, "Terima kasih atas jawaban Anda")
	w.picture("visitor-thanks")
	w.post(t, "/api/v1/demo", `{"paused":false}`)
}

// visitWithout: the same page, and buttons that are forms.
func visitWithout(t *testing.T, w *walk) {
	off := func(disabled bool) chromedp.Action[chromedp.Void] {
		return chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
			_, err := cdp.Call(ctx, target, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: disabled})
			return err
		})
	}
	if err := chromedp.Do(w.ctx, off(true)); err != nil {
		t.Fatal(err)
	}
	w.open(t, "/visitor?lang=en", 360, 740)
	w.says(t, "renews itself every 30 seconds")
	w.sees(t, "a page that no script has touched", `document.querySelector('[data-part="alerts"]').hidden && !document.documentElement.dataset.connection`)
	w.do(t, `(document.querySelector('form[action*="/step-out"] button').click(), true)`)
	w.says(t, "You have stepped out")
	w.picture("visitor-stepped-out")
	w.do(t, `(document.querySelector('form[action*="/resume"] button').click(), true)`)
	w.sees(t, "the line again", `['waiting', 'called'].includes(document.querySelector('main').dataset.state)`)
	w.do(t, `(document.querySelector('[data-part="cancel"] summary').click(), document.querySelector('form[action*="/cancel"] button').click(), true)`)
	w.says(t, "Your number is cancelled")
	if err := chromedp.Do(w.ctx, off(false)); err != nil {
		t.Fatal(err)
	}
}

// lostVisit: the branch goes; the page says so. Another one comes up at the address,
// which does not know the link, and the page says that too, by itself.
func lostVisit(t *testing.T, w *walk) {
	w.open(t, "/visitor?lang=id", 360, 740)
	w.sees(t, "a live connection", `document.documentElement.dataset.connection === 'live'`)
	address := strings.TrimPrefix(w.base, "http://")
	w.demo.kill()
	w.sees(t, "the warning", `!document.querySelector('[data-stale]').hidden`)
	w.picture("visitor-stale")
	w.demo = &server{cmd: program("demo", "--listen", address, "--seed", "3")}
	if err := w.demo.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(w.demo.kill)
	w.says(t, "Tautan ini tidak berlaku")
	w.picture("visitor-closed")
}
