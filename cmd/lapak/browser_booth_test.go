package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"lapak/hall"
)

// boothWalk is one visit at one seat, seen from the person's chair: a real branch, an
// officer who works by the API, and the booth's screen paired as a device.
type boothWalk struct {
	*walk
	t      *testing.T
	h      *served
	room   int
	seat   int
	number string
}

type seatView struct {
	State string `json:"state"`
	Visit int64  `json:"visit"`
	Claim *struct {
		ID    int64 `json:"id"`
		Step  int   `json:"step"`
		Last  bool  `json:"last"`
		Steps []struct {
			Step string `json:"step"`
			Who  string `json:"who"`
		} `json:"steps"`
	} `json:"claim"`
	Survey *struct {
		Answered bool `json:"answered"`
	} `json:"survey"`
	Help bool `json:"help"`
}

// now is the seat as the branch knows it.
func (b *boothWalk) now() (v seatView) {
	b.t.Helper()
	b.h.get("rina", fmt.Sprintf("%s/views/seat/%d/%d", api, b.room, b.seat), &v)
	return v
}

// becomes waits until the branch knows the seat so.
func (b *boothWalk) becomes(what string, is func(v seatView) bool) seatView {
	b.t.Helper()
	for end := time.Now().Add(patience); ; time.Sleep(50 * time.Millisecond) {
		v := b.now()
		if is(v) {
			return v
		}
		if time.Now().After(end) {
			b.picture("booth-missing")
			b.t.Fatalf("the seat never was %s: %+v", what, v)
		}
	}
}

func (b *boothWalk) run(script string) {
	b.t.Helper()
	if _, err := chromedp.Run(b.ctx, chromedp.Evaluate[bool]("(() => {"+script+"; return true;})()")); err != nil {
		b.t.Fatalf("%s: %v", script, err)
	}
}

// listen writes down what is played: how long each recording lasts, and from where.
const listen = `window.played = [];
	const start = AudioBufferSourceNode.prototype.start;
	AudioBufferSourceNode.prototype.start = function (at, from) {
		window.played.push({lasts: this.buffer.duration, from: from ?? 0, at, running: this.context.state === 'running',
			loud: Math.max(...this.buffer.getChannelData(0).filter((_, i) => i % 50 === 0))});
		return start.call(this, at, from);
	}`

// TestBrowserBooth: from the number that is expected to the wiped screen.
func TestBrowserBooth(t *testing.T) {
	if browsers() == nil {
		return
	}
	b := seated(t, "/pair")
	b.confirmsAndListens()
	b.reloadsInTheMiddle()
	b.worksThroughTheSteps()
	b.ratesAndIsForgotten()
	b.quiet(t)
}

// seated is a branch that has called one number, and the screen at its seat, which was
// opened at an address.
func seated(t *testing.T, address string) *boothWalk {
	h := furnish(t, hall.NewTime(), nil).serve()
	b := &boothWalk{walk: newBrowser(t, h.base), t: t, h: h, room: 1, number: h.number("wati").Number}
	h.post("rina", api+"/rooms/1/session", "{}").good()
	h.ask("sari", http.MethodPut, api+"/printing", "", `{"branch":"Kantor Cabang Bandung Suci","printers":[]}`).good()
	b.expects(address)
	return b
}

// expects calls whoever comes next, and pairs the screen of the seat that waits for them.
func (b *boothWalk) expects(address string) {
	b.t.Helper()
	b.h.post("rina", fmt.Sprintf("%s/rooms/%d/call", api, b.room), "{}").good()
	for no := 1; no <= 6; no++ {
		b.seat = no
		if b.now().State == "expected" {
			break
		}
	}
	b.open(b.t, address, 1024, 600)
	code := b.pairingCode(b.t)
	b.h.post("sari", api+"/devices", fmt.Sprintf(`{"code":%q,"kind":"booth","name":"bilik","room":%d,"seat":%d}`, code, b.room, b.seat)).good()
	b.sees(b.t, "the booth's own page", `location.pathname === '/booth'`)
	b.says(b.t, "Bilik ini menunggu nomor")
	b.says(b.t, b.number)
}

// TestBrowserBoothOneButton: a booth with one button goes the whole way by short and
// long presses, and says at each picture what they do.
func TestBrowserBoothOneButton(t *testing.T) {
	if browsers() == nil {
		return
	}
	b := seated(t, "/booth?button=1") // not paired yet: it shows its code by itself
	b.offersPresses("Ya, ini nomor saya", "Bukan")
	b.picture("booth-one-button")
	b.holds()
	b.says(t, "Bilik ini untuk orang lain")
	b.offersPresses("", "Salah tekan? Kembali")
	b.press(t, " ") // means nothing here
	b.holds()
	b.offersPresses("Ya, ini nomor saya", "Bukan")
	b.press(t, "\r")
	b.becomes("taken by its person", func(v seatView) bool { return v.State == "preparing" })
	b.offersPresses("Saya siap", "Saya butuh bantuan")
	b.sees(t, "the likely button in focus, without the key pressing it as well", `document.activeElement?.matches('footer .primary')`)
	b.holds()
	b.becomes("asking for help", func(v seatView) bool { return v.Help })
	b.offersPresses("Saya siap", "Batalkan bantuan")
	b.holds()
	b.becomes("no longer asking", func(v seatView) bool { return !v.Help })
	for turn := 0; turn < 20; turn++ {
		v := b.becomes("with somebody's turn", func(v seatView) bool { return v.State != "with_officer" })
		if v.State == "cleaning" {
			break
		}
		if v.State == "ready" {
			b.officerDoesIn("id", v)
			continue
		}
		b.offersPresses("Saya siap", "Saya butuh bantuan")
		time.Sleep(pace)
		b.press(t, " ")
		b.becomes("a step further, and only one", func(now seatView) bool { return now.Claim.Step == v.Claim.Step+1 })
	}
	b.says(t, "Disetujui")
	b.offersPresses("Selesai", "Cetak")
	time.Sleep(pace)
	b.press(t, " ")
	b.says(t, "Bilik sedang dibersihkan")
	b.offersPresses("", "")
	b.quiet(t)
}

// offersPresses waits for a screen that says what a short and a long press do now.
func (b *boothWalk) offersPresses(short, long string) {
	b.t.Helper()
	says, _ := json.Marshal([]string{short, long})
	b.sees(b.t, fmt.Sprintf("a button for %q and %q", short, long), fmt.Sprintf(`(() => {
		const [short, long] = %s;
		const line = getComputedStyle(document.documentElement).getPropertyValue('--one-button');
		if (short + long === '') return line.trim() === 'none';
		return getComputedStyle(document.querySelector('footer'), '::after').content.length > 20 && (short !== '') === line.includes('sebentar') && (long !== '') === line.includes('tahan') && line.includes(short) && line.includes(long);
	})()`, says))
}

// holds presses the one button for as long as a long press takes.
func (b *boothWalk) holds() {
	b.t.Helper()
	b.run(`document.activeElement.dispatchEvent(new KeyboardEvent('keydown', {key: ' ', bubbles: true, cancelable: true}))`)
	time.Sleep(1600 * time.Millisecond)
	b.run(`document.activeElement.dispatchEvent(new KeyboardEvent('keyup', {key: ' ', bubbles: true, cancelable: true}))`)
}

// TestBrowserBoothNextPerson: what somebody pressed while the network was lost is not
// the next person's, who find a screen that knows nothing yet and does as they press.
func TestBrowserBoothNextPerson(t *testing.T) {
	if browsers() == nil {
		return
	}
	h := newOwnBranch(t, nil)
	b := &boothWalk{walk: newBrowser(t, h.base), t: t, h: h.served, room: singleRoom, number: h.comes("jht_phk").Number}
	numbers := []string{b.number, h.comes("jht_phk").Number, h.comes("jht_phk").Number}
	l := newLane(t, h.base)
	b.base = l.base()
	room := fmt.Sprintf("%s/rooms/%d", api, singleRoom)
	h.served.post("rina", room+"/session", "{}").good()
	b.expects("/pair")
	const sent = `document.querySelector('footer .button[aria-busy="true"]')`

	// "Yes, this is me", into a wire on which nothing passes; then the officer calls the next.
	l.stall()
	b.run(`document.querySelector('footer .primary').click()`)
	b.sees(t, "a press on its way", sent)
	first := b.now().Visit
	h.served.post("rina", fmt.Sprintf("%s/visits/%d/no-show", api, first), "{}").good()
	second := b.nextOne(h, first)
	l.pass()
	b.says(t, numbers[1])
	time.Sleep(2 * time.Second) // the answers to what was pressed come in
	b.sees(t, "the question, as if nobody had pressed anything", `document.documentElement.dataset.phase === 'expected' && !document.querySelector('.refused')
		&& JSON.parse(sessionStorage.getItem('lapak.booth')).confirmed === false`)
	b.press(t, "\r")
	b.becomes("taken by the second person", func(v seatView) bool { return v.State == "preparing" && v.Visit == second })

	// "I need help", into the same silence; whoever sits there next has not asked for it.
	b.sees(t, "the briefing", `document.documentElement.dataset.phase === 'briefing'`)
	time.Sleep(pace)
	l.stall()
	b.run(`document.querySelector('footer .second').click()`)
	b.sees(t, "a press on its way", sent)
	h.served.post("rina", fmt.Sprintf("%s/visits/%d/park", api, second), `{"reason":"papers"}`).good()
	third := b.nextOne(h, second)
	h.served.post("rina", fmt.Sprintf("%s/visits/%d/seat", api, third), "{}").good()
	l.pass()
	b.says(t, numbers[2])
	time.Sleep(2 * time.Second)
	if v := b.now(); v.Visit != third || v.Help {
		t.Errorf("the third person's booth is %+v: somebody before them asked for help", v)
	}
	b.sees(t, "a button for help that the third person may press", `document.querySelector('footer .second[aria-disabled="false"]') && !document.querySelector('.refused')`)
	b.forget() // the browser rightly complains about what was refused
}

// nextOne calls the next number to the seat that somebody has left.
func (b *boothWalk) nextOne(h *ownBranch, before int64) int64 {
	b.t.Helper()
	h.passes(300) // so long the seat is kept and cleaned
	b.becomes("free again", func(v seatView) bool { return v.State == "free" })
	h.served.post("rina", fmt.Sprintf("%s/rooms/%d/call", api, b.room), "{}").good()
	return b.becomes("expecting the next", func(v seatView) bool { return v.State == "expected" && v.Visit != before }).Visit
}

// confirmsAndListens: one key says "this is me", and the briefing is heard.
func (b *boothWalk) confirmsAndListens() {
	b.run(listen)
	b.press(b.t, "\r")
	b.becomes("taken by its person", func(v seatView) bool { return v.State == "preparing" && v.Visit != 0 })
	b.sees(b.t, "the briefing", `document.querySelector('.briefing .said-now')`)
	b.sees(b.t, "the first recording playing", `window.played.length === 1 && window.played[0].running && window.played[0].lasts > 5 && window.played[0].loud > 0.05`)
	b.run(`[...document.querySelectorAll('.player .button')].find((one) => one.textContent.includes('Berikutnya')).click()`)
	b.sees(b.t, "the second recording after it", `window.played.length === 2 && window.played[1].lasts !== window.played[0].lasts`)
	b.run(`[...document.querySelectorAll('.player .button')].find((one) => one.textContent.includes('Jeda')).click()`)
	b.sees(b.t, "a pause", `[...document.querySelectorAll('.player .button')].some((one) => one.textContent.includes('Putar'))`)
	b.run(`document.querySelector('.switch [lang="en"]').click()`)
	b.says(b.t, "I am ready")
}

// reloadsInTheMiddle: the screen comes back at the same scene, in the person's language.
func (b *boothWalk) reloadsInTheMiddle() {
	b.open(b.t, "/booth", 1280, 800)
	b.says(b.t, "I am ready")
	b.sees(b.t, "the second scene", `/2 OF \d|2 of \d/i.test(document.querySelector('.caption .eyebrow')?.textContent ?? '')`)
	b.sees(b.t, "the likely button in focus", `document.activeElement?.textContent.includes('I am ready')`)
}

// worksThroughTheSteps: the person's steps by keyboard, the officer's by the API. The
// first press comes twice, as from a shaking hand.
func (b *boothWalk) worksThroughTheSteps() {
	b.run(`const ready = document.querySelector('footer .button.primary'); ready.click(); ready.click()`)
	b.becomes("ready, once", func(v seatView) bool { return v.State == "ready" && v.Claim.Step == 1 })
	asked := false
	for turn := 0; turn < 20; turn++ {
		v := b.becomes("with somebody's turn", func(v seatView) bool { return v.State != "with_officer" })
		switch {
		case v.State == "cleaning":
			return
		case v.State == "ready":
			b.sees(b.t, "the place in the line", `document.documentElement.dataset.phase === 'ready'`)
			b.officerDoes(v)
		case !asked:
			asked = true
			b.sees(b.t, "their own step", `document.documentElement.dataset.phase === 'own'`)
			b.run(`document.querySelector('.paper[aria-checked="false"]')?.click()`)
			time.Sleep(pace) // a second press on a picture that has just changed means nothing
			b.run(`document.querySelector('footer .second').click()`)
			b.becomes("asking for help", func(v seatView) bool { return v.Help })
			b.says(b.t, "The officer knows that you need help")
			b.readyByKey(v)
		default:
			b.readyByKey(v)
		}
	}
	b.t.Fatalf("the claim never ended: %+v", b.now())
}

// readyByKey presses the likely button and waits for the branch to know it.
func (b *boothWalk) readyByKey(v seatView) {
	b.t.Helper()
	time.Sleep(pace)
	b.sees(b.t, "the likely button in reach", `document.querySelector('footer .button.primary[aria-disabled="false"]')`)
	b.run(`document.querySelector('footer .button.primary').focus()`)
	b.press(b.t, "\r")
	b.becomes("a step further", func(now seatView) bool { return now.State != "preparing" || now.Claim.Step > v.Claim.Step })
}

func (b *boothWalk) officerDoes(v seatView) {
	b.t.Helper()
	b.officerDoesIn("en", v)
}

func (b *boothWalk) officerDoesIn(lang string, v seatView) {
	b.t.Helper()
	b.h.post("rina", api+fmt.Sprintf("/officers/%d/take", rinaID), fmt.Sprintf(`{"room":%d,"seat":%d}`, b.room, b.seat)).good()
	b.says(b.t, map[string]string{"en": "The officer is with you", "id": "Petugas bersama Anda"}[lang])
	if v.Claim.Last {
		b.h.post("rina", api+fmt.Sprintf("/claims/%d/settle", v.Claim.ID), `{"outcome":"approved"}`).good()
		return
	}
	b.h.post("rina", api+fmt.Sprintf("/officers/%d/finish", rinaID), fmt.Sprintf(`{"claim":%d}`, v.Claim.ID)).good()
}

// ratesAndIsForgotten: the outcome with its code, nine answers, and nothing left.
func (b *boothWalk) ratesAndIsForgotten() {
	b.says(b.t, "Approved")
	b.sees(b.t, "the code of the receipt", `document.querySelector('.result .qr path')?.getAttribute('d').length > 300`)
	b.sees(b.t, "the branch's name on the paper", `document.querySelector('.receipt').textContent.startsWith('Kantor Cabang Bandung Suci')`)
	b.picture("booth-outcome")
	time.Sleep(pace)
	b.run(`document.querySelector('footer .button.primary').focus()`)
	b.press(b.t, "\r")
	for n := 1; n <= 9; n++ {
		b.sees(b.t, "a question", fmt.Sprintf(`document.querySelector('.survey .eyebrow')?.textContent.includes('%d of 9')`, n))
		b.press(b.t, "4")
	}
	b.sees(b.t, "a way to send them", `document.activeElement?.textContent.includes('Send my rating')`)
	time.Sleep(pace)
	b.press(b.t, "\r")
	b.says(b.t, "Bilik sedang dibersihkan") // the booth's language again, for the next person
	b.becomes("answered", func(v seatView) bool { return v.Survey != nil && v.Survey.Answered })
	b.open(b.t, "/booth", 1280, 800)
	b.says(b.t, "Bilik sedang dibersihkan")
	number, _ := json.Marshal(b.number)
	b.sees(b.t, "nothing of the person", fmt.Sprintf(`!document.body.innerText.includes(%s) && !document.querySelector('.result, .receipt, .qr')`, number))
	if a := b.h.ask("wati", http.MethodPost, fmt.Sprintf("%s/rooms/%d/seats/%d/clean", api, b.room, b.seat), "", "{}"); a.code >= 300 {
		b.t.Fatalf("clean: %d %s", a.code, a.body)
	}
	b.says(b.t, "Selamat datang")
	b.sees(b.t, "nothing kept", `sessionStorage.getItem('lapak.booth') === null`)
}
