package main

import (
	"os"
	"testing"

	"github.com/chromedp/chromedp"
)

// painted gives a number at the desk and waits until the lobby's board, the page
// that does it, has drawn the longer line and the browser has painted it: two
// frames after the text has changed. Times in milliseconds.
const painted = `(async () => {
	const waiting = () => Number(/(\d+) menunggu/.exec(document.body.innerText)?.[1] ?? -1);
	const frame = () => new Promise((done) => requestAnimationFrame(done));
	const before = waiting(), from = performance.now();
	const drawn = new Promise((done, never) => {
		const watch = new MutationObserver(() => { if (waiting() > before) { watch.disconnect(); done(); } });
		watch.observe(document.body, {subtree: true, childList: true, characterData: true});
		setTimeout(() => never(new Error('nothing was drawn: ' + document.body.innerText.slice(0, 300))), 10000);
	});
	const answer = await fetch('/api/v1/visits', {method: 'POST', headers: {'Content-Type': 'application/json', 'Idempotency-Key': crypto.randomUUID()},
		body: JSON.stringify({channel: 'walk_in', claims: [{programme: 'JHT'}], papers: 'ready'})});
	if (!answer.ok) throw new Error(await answer.text());
	const answered = performance.now() - from;
	await drawn; await frame(); await frame();
	return {answered, painted: performance.now() - from};
})()`

// BenchmarkPainted says how long a command takes from the press until another
// screen shows it, beside how long its own answer took. It needs LAPAK_CHROMIUM.
func BenchmarkPainted(b *testing.B) {
	if os.Getenv("LAPAK_CHROMIUM") == "" {
		b.Skip("LAPAK_CHROMIUM names no browser")
	}
	w := newWalk(b)
	w.post(b, "/api/v1/demo", `{"speed":1,"paused":true}`)
	w.open(b, "/lobby", 1920, 1080)
	w.sees(b, "the waiting", `/\d+ menunggu/.test(document.body.innerText)`)
	type times struct {
		Answered float64 `json:"answered"`
		Painted  float64 `json:"painted"`
	}
	var sum times
	for b.Loop() {
		one, err := chromedp.Run(w.ctx, chromedp.Evaluate[times](painted, chromedp.EvalAwaitPromise))
		if err != nil {
			b.Fatal(err)
		}
		sum.Answered += one.Answered
		sum.Painted += one.Painted
	}
	n := float64(b.N)
	b.ReportMetric(sum.Answered/n, "ms-answered")
	b.ReportMetric(sum.Painted/n, "ms-painted")
	b.ReportMetric(0, "ns/op") // the two frames of a page that is asked from outside say nothing
}
