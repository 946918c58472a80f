package main

import (
	"fmt"
	"net/http"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"lapak/hall/people"
	"lapak/scheduler"
)

// worksByKeyboard is a visitor's whole way at a desk of one, from the password to the
// end of the shift, without a mouse.
func worksByKeyboard(t *testing.T, w *walk) []deedLine {
	h := newOwnBranch(t, nil)
	h.post("rina", "/api/v1/officers/1/off", `{}`)
	h.comes("jht_phk")
	b := benchBefore(t, w, h, singleRoom)
	b.open(t, "/officer?lang=en", 1366, 768)
	b.sees(t, "the form with the place to type in it", `document.activeElement?.name === 'account'`)
	b.types("rina")
	b.keys("\t")
	b.types(secretOf("rina"))
	b.keys("\r")
	b.sees(t, "the rooms", `document.querySelectorAll('.tile').length === 5`)
	b.keys(fmt.Sprint(singleRoom))
	b.offered("on")
	b.keys("\r")
	b.offered("open")
	b.keys("\r")
	b.offered("call")
	b.keys("\r")
	visit := b.until("somebody on the way", func(v benchView) bool { return v.count("expected") == 1 }).Seats[0].Visit
	b.offered("present-")
	b.keys("p")
	for _, step := range []int{1, 3} {
		b.until("them at the booth", func(v benchView) bool { return v.at(visit).State == "preparing" })
		b.ready(visit)
		b.offered("take")
		b.keys(" ")
		b.offered("finish")
		b.keys("f")
		b.until("the step done", func(v benchView) bool { return v.claim(visit).Step > step })
	}
	b.ready(visit)
	b.offered("take")
	b.keys("n") // the other key of the same act
	b.offered("approve")
	b.keys("`")
	b.until("the papers marked", papers(visit, "present", "present"))
	b.settled()
	b.keys("s")
	b.until("the claim approved", b.is(visit, 0, "approved"))
	b.offered("last_call")
	b.keys("l")
	b.until("the last call", func(v benchView) bool { return v.Session.Last })
	b.until("no session", func(v benchView) bool { return v.Session.State == "cleaning" })
	b.offered("off")
	b.keys("q")
	b.until("the end of the shift", func(benchView) bool { return h.branch.hall.State().Officer(rinaID).Presence == scheduler.OffShift })
	return nil
}

// types writes into the field that has the focus.
func (b *bench) types(text string) {
	b.t.Helper()
	for _, sign := range text {
		b.press(b.t, string(sign))
	}
}

// pressesTwice: a double click and a key that bounces have one effect, also where
// another act or a question's answer comes to stand under the finger.
func pressesTwice(t *testing.T, w *walk) []deedLine {
	h := newOwnBranch(t, nil)
	b, _ := benchWith(t, w, h, fourRoom, 2, checkStep)
	before := h.branch.hall.State().Seq
	one := func(what string, is func(v benchView) bool) {
		t.Helper()
		b.until(what, is)
		b.settled()
		time.Sleep(pace) // whatever the second press began
		if seq := h.branch.hall.State().Seq; seq != before+1 {
			t.Errorf("%s: %d records instead of one", what, seq-before)
		}
		before = h.branch.hall.State().Seq
	}
	b.offered("take")
	b.clicksTwice(button("take"))
	one("taken by a double click", func(v benchView) bool { return v.with() != 0 })
	b.undo()
	before = h.branch.hall.State().Seq
	b.offered("take")
	b.pressesTwice(" ")
	one("taken by a bouncing key", func(v benchView) bool { return v.with() != 0 })
	b.undo()
	before = h.branch.hall.State().Seq
	b.pressesTwice("1")
	one("taken by a booth's bouncing key, and no paper marked", func(v benchView) bool { return v.with() != 0 })
	b.pressesTwice("f")
	one("a step done by a bouncing key", func(v benchView) bool { return v.with() == 0 })
	b.undo()
	before = h.branch.hall.State().Seq
	visit := b.until("with somebody", func(v benchView) bool { return v.with() != 0 }).with()
	for _, slot := range []string{"park-", "desk-", "escalate", "refuse", "returned", "correct"} {
		b.offered(slot)
		b.clicksTwice(button(slot))
		b.sees(t, "the question of "+slot, asks)
		time.Sleep(pace)
		b.sees(t, "the question still open", asks)
		b.keys("\x1b")
		b.sees(t, "no question", "!"+asks)
		if seq := h.branch.hall.State().Seq; seq != before {
			t.Fatalf("a double click on %s answered its question", slot)
		}
	}
	// An answer that asks the next question: the second press does not answer that one.
	const programmes = `document.querySelectorAll('dialog.choice[open]:not(.wide) .option').length === 4`
	for _, way := range []func(){func() { b.pressesTwice("2") }, func() { b.clicksTwice(option("2")) }} {
		b.keys("c", "see:"+asks)
		way()
		b.sees(t, "the question of the programme", programmes)
		time.Sleep(pace)
		b.sees(t, "the same question", programmes)
		b.keys("\x1b")
		b.sees(t, "no question", "!"+asks)
	}
	// Answered by mouse, the keys of the room are the room's again.
	b.clicks(append([]string{button("park-")}, answers("1")...)...)
	one("parked", func(v benchView) bool { return v.at(visit).No == 0 })
	b.offered("take")
	b.keys(" ")
	one("the next taken", func(v benchView) bool { return v.with() != 0 && v.with() != visit })
	return nil
}

// twiceInAMoment does something twice as fast as a finger that trembles. A page that is
// too slow for that, on a busy machine, gets it once: a second one would be meant.
const twiceInAMoment = `(async () => {
	const once = (n) => { %s };
	const from = performance.now();
	once(1);
	await new Promise((done) => setTimeout(done, 20));
	if (performance.now() - from < 200) once(2);
	return true;
})()`

func (b *bench) clicksTwice(selector string) {
	b.t.Helper()
	b.apart("click")
	x, y := b.at(b.t, selector)
	b.moment(fmt.Sprintf(`const at = document.elementFromPoint(%[1]f, %[2]f), more = {bubbles: true, cancelable: true, detail: n, clientX: %[1]f, clientY: %[2]f};
		at.dispatchEvent(new PointerEvent('pointerdown', more)); at.dispatchEvent(new PointerEvent('pointerup', more)); at.dispatchEvent(new MouseEvent('click', more));`, x, y))
}

func (b *bench) pressesTwice(key string) {
	b.t.Helper()
	b.apart(key)
	b.moment(fmt.Sprintf(`(document.activeElement ?? document.body).dispatchEvent(new KeyboardEvent('keydown', {key: %q, bubbles: true, cancelable: true}));`, key))
}

func (b *bench) moment(what string) {
	b.t.Helper()
	if _, err := chromedp.Run(b.ctx, chromedp.Evaluate[bool](fmt.Sprintf(twiceInAMoment, what), chromedp.EvalAwaitPromise)); err != nil {
		b.t.Fatal(err)
	}
	b.pressed = time.Now()
}

// hasTwoTabs: the same officer presses the same key in two tabs, and what is done in
// one is seen in the other.
func hasTwoTabs(t *testing.T, w *walk) []deedLine {
	h := newOwnBranch(t, nil)
	b, _ := benchWith(t, w, h, fourRoom, 2, checkStep)
	second, end := chromedp.NewContext(b.ctx)
	defer end()
	other := &bench{walk: &walk{base: b.base, ctx: second}, t: t, home: h, room: b.room}
	other.enter("en")
	other.offered("take")
	b.offered("take")
	before := h.branch.hall.State().Seq
	var both sync.WaitGroup
	for _, tab := range []*bench{b, other} {
		both.Go(func() { _ = chromedp.Do(tab.ctx, chromedp.KeyEvent(" ")) })
	}
	both.Wait()
	b.until("somebody with the officer", func(v benchView) bool { return v.with() != 0 })
	for _, tab := range []*bench{b, other} {
		tab.settled()
		tab.sees(t, "the claim in both tabs", "document.querySelector('.claim')")
	}
	if seq := h.branch.hall.State().Seq; seq != before+1 {
		t.Errorf("two tabs made %d records of one act", seq-before)
	}
	w.forgives()     // the second press is refused, and the browser notes it
	other.undoable() // what one tab did, the other can take back
	other.keys("u")
	b.until("it taken back", func(v benchView) bool { return v.with() == 0 })
	b.offered("take")
	return nil
}

// losesTheBranch: a command into silence stays pending and is done once; silence blocks
// the buttons and says why, and no key acts; the first frame after it brings all back.
func losesTheBranch(t *testing.T, w *walk) []deedLine {
	h := newOwnBranch(t, nil)
	b, _ := benchWith(t, w, h, fourRoom, 2, checkStep)
	b.offered("take")
	before := h.branch.hall.State().Seq
	b.door.shut()
	b.keys(" ")
	b.sees(t, "the act on its way", `document.querySelector('[data-slot="take"] button[aria-busy="true"]') && document.querySelector('.seat.busy')`)
	b.sees(t, "the banner, which says what waits", `document.querySelector('.banner.stale')?.innerText.includes('Tombol menunggu')`)
	b.sees(t, "every button blocked", `[...document.querySelectorAll('.act button')].every((b) => b.getAttribute('aria-disabled') === 'true')`)
	b.picture("officer-stale")
	b.keys("l", "x", "o")
	b.sees(t, "no question", "!"+asks)
	b.door.open()
	b.sees(t, "a live console", `document.documentElement.dataset.connection === 'live'`)
	b.until("somebody with the officer", func(v benchView) bool { return v.with() != 0 })
	b.offered("finish")
	if seq := h.branch.hall.State().Seq; seq != before+1 {
		t.Errorf("one press into a stalled server made %d records", seq-before)
	}
	w.forgives() // the browser may complain about the lost connection
	return nil
}

// sharesTheWork hands a session over, and comes to help in a room of pooled officers.
func sharesTheWork(t *testing.T, w *walk) []deedLine {
	h := newOwnBranch(t, func(p *scheduler.Policy) { p.Pooled = true })
	h.post("budi", "/api/v1/officers/2/off", `{}`)
	b, _ := benchWith(t, w, h, fourRoom, 2, checkStep)
	h.post("budi", "/api/v1/officers/2/on", `{}`) // a colleague who came after the page was opened
	b.settled()
	theirs := func(v benchView) bool { return len(v.Session.Crew) == 1 && v.Session.Crew[0] == budiID }
	b.deed("hand the session over to a colleague", "hand_over", theirs, []string{"h", "see:" + asks, "1"}, append([]string{button("hand_over")}, answers("1")...))
	b.sees(t, "whose room it is", `document.querySelector('.hero')?.innerText.includes('budi')`)
	b.offered("join")
	both := func(v benchView) bool { return len(v.Session.Crew) == 2 }
	b.deed("help in a colleague's room", "join", both, []string{"\r"}, []string{button("join")})
	b.offered("take")
	b.keys(" ")
	b.until("somebody with the helper", func(v benchView) bool { return v.with() != 0 })
	return b.table
}

// revealsAName: the page has no name until an officer of that session asks; the look is
// written down before it is shown; and an officer of another room gets no name.
func revealsAName(t *testing.T, w *walk) []deedLine {
	const name = "Orang 7"
	h := newOwnBranch(t, nil)
	if _, err := h.arrive("wati", "named", visitOf(7)); err != nil {
		t.Fatal(err)
	}
	b, visits := benchWith(t, w, h, fourRoom, 1, checkStep)
	looks := func() []people.Look {
		t.Helper()
		list, err := h.branch.people.Looks("", 0, 1<<40, 100)
		if err != nil {
			t.Fatal(err)
		}
		return list
	}
	shown := fmt.Sprintf(`document.documentElement.outerHTML.includes(%q)`, name)
	b.takes(visits[0])
	b.offered("reveal-")
	b.sees(t, "a page without the name", "!"+shown)
	if got := looks(); len(got) != 0 {
		t.Errorf("looks before anybody asked: %+v", got)
	}
	line := deedLine{act: "show the name", keys: b.keys("i")}
	b.sees(t, "the name, and that the look is written down", shown+` && document.querySelector('.person').innerText.includes('dicatat')`)
	if got := looks(); len(got) != 1 || got[0].Actor != "officer:1" || got[0].Why != "session" || got[0].Person == "" {
		t.Errorf("the look is written down as %+v", got)
	}
	b.picture("officer-name")
	b.keys("b")
	b.until("somebody put back", func(v benchView) bool { return v.with() == 0 })
	b.settled()
	b.sees(t, "no name once the officer is elsewhere", "!"+shown)
	b.takes(visits[0])
	b.offered("reveal-")
	b.sees(t, "the same person, without the name until it is asked for again", "document.querySelector('.claim') && !"+shown)
	line.clicks = b.clicks(button("reveal-"))
	b.sees(t, "the name by mouse", shown)
	b.door.shut()
	b.keys("m", "see:"+asks, "y")
	b.sees(t, "no name on a console that was locked, although the branch does not answer", "!"+shown)
	b.door.open()
	b.sees(t, "the question for the password", `document.querySelector('input[name="password"]')`)
	w.forgives()
	// Another officer's page of the same room cannot ask, and the branch would not tell.
	h.ask("budi", http.MethodGet, fmt.Sprintf("/api/v1/visits/%d/person?why=session", visits[0]), noKey, "").refused(http.StatusForbidden, "not_your_visitor", "")
	other := newBench(t, w, h, "budi", fourRoom)
	other.sees(t, "whose room it is", `document.querySelector('.hero')?.innerText.includes('rina')`)
	other.keys("1", "i")
	other.sees(t, "no way to the name", `!document.querySelector('[data-slot^="reveal-"]') && !`+shown)
	if got := looks(); len(got) > 2 {
		t.Errorf("a colleague's page left looks: %+v", got)
	}
	b.table = append(b.table, line)
	return b.table
}

// tellsTheReason: most people come without a reason written down; told at the booth, the
// officer stays with them at the same step, and the papers are there.
func tellsTheReason(t *testing.T, w *walk) []deedLine {
	h := newOwnBranch(t, nil)
	for range 3 {
		h.arrive("wati", fmt.Sprint("unknown-", h.keys.Add(1)), arrivalBody)
	}
	b, visits := benchWith(t, w, h, fourRoom, 0, checkStep)
	told := func(visit int64) func(v benchView) bool {
		return func(v benchView) bool {
			c := v.claim(visit)
			return c.Reason == "jht_phk" && c.Step == checkStep && len(c.Papers) > 0 && v.with() == visit
		}
	}
	phk := b.reasonKey("jht_phk")
	line := deedLine{act: "choose the reason of a claim"}
	b.takes(visits[0])
	b.offered("reason")
	line.keys = b.keys("1", "see:"+asks, phk)
	b.until("the reason by keys", told(visits[0]))
	b.offered("finish")
	b.keys("b")
	b.until("nobody with the officer", func(v benchView) bool { return v.with() == 0 })
	b.takes(visits[1])
	b.offered("reason")
	line.clicks = b.clicks(append([]string{button("reason")}, answers(phk)...)...)
	b.until("the reason by mouse", told(visits[1]))
	b.sees(t, "the papers", `document.querySelectorAll('.papers .paper').length > 2`)
	b.keys("b")
	b.until("nobody with the officer", func(v benchView) bool { return v.with() == 0 })
	b.asksBeforeItApproves(visits[2], phk)
	return []deedLine{line}
}

// asksBeforeItApproves is the last step of a claim whose reason nobody knows: to approve it
// asks for the reason first, and then says how many papers nobody has looked at.
func (b *bench) asksBeforeItApproves(visit int64, phk string) {
	b.brings(visit, lastStep)
	b.takes(visit)
	b.keys("s", "see:"+asks, phk)
	b.until("the reason, and no outcome yet", func(v benchView) bool {
		c := v.claim(visit)
		return c.Reason == "jht_phk" && c.Step == lastStep && len(c.Papers) > 0
	})
	b.sees(b.t, "how many papers nobody has looked at", `/^Setuju, \d belum diperiksa/m.test(document.querySelector('.outcomes').innerText)`)
	b.settled()
	b.keys("s")
	b.until("the approval", b.is(visit, 0, "approved"))
}

// findsANumber is an officer who calls somebody, and corrects somebody, who stands further
// behind than any list shows.
func findsANumber(t *testing.T, w *walk) []deedLine {
	h := newOwnBranch(t, nil)
	for range 45 {
		h.comes("jht_phk")
	}
	h.post("rina", fmt.Sprintf("/api/v1/rooms/%d/session", fourRoom), `{}`)
	b := newBench(t, w, h, "rina", fourRoom)
	b.until("a proposal for four", func(v benchView) bool { return len(v.Proposal.Picks) == 4 })
	b.settled()
	const said = `see:/40 dari 45/.test(document.querySelector('dialog[open] .find').innerText)`
	first := func(number string) string {
		return fmt.Sprintf("see:document.querySelector('dialog[open] .entry').innerText.startsWith(%q)", number)
	}
	b.keys("c", "see:"+asks, said, "4", "4", first("A044"), "\r", `see:document.querySelector('dialog[open] h2').innerText.endsWith('A044')`, "\x1b")
	b.sees(t, "no question", `!document.querySelector('dialog[open]')`)
	// One of the proposed makes room for the last of the line.
	b.keys("v", "see:"+asks, said, " ", "a", "0", "4", "5", first("A045"), "\r", fits, "2")
	b.until("the last of the line called", func(v benchView) bool { return v.count("expected") == 4 })
	if v := b.now(); !slices.ContainsFunc(v.Seats, func(s benchSeat) bool { return v.Visits[fmt.Sprint(s.Visit)].Number == "A045" }) {
		t.Errorf("A045 was chosen by its number and is not among the called: %+v", v.Seats)
	}
	return nil
}

// seesAllSizes looks once at full rooms of 1, 4, 6 and 12: each booth says its number,
// its claim, its step and its time; who is next stands on top with the reason and the
// wait; and all of it is on the screen without scrolling.
func seesAllSizes(t *testing.T, w *walk) []deedLine {
	for _, room := range []struct{ no, seats int }{{singleRoom, 1}, {fourRoom, 4}, {sixRoom, 6}, {twelveRoom, 12}} {
		h := newOwnBranch(t, nil)
		b, _ := benchWith(t, w, h, room.no, room.seats, checkStep)
		h.passes(500) // the oldest waits longer than is right
		b.home.comes("jht_resign")
		b.settled()
		const inside = `(() => {
			const all = [...document.querySelectorAll('.plan .seat')];
			const within = (a, b) => a.left >= b.left - 1 && a.right <= b.right + 1 && a.top >= b.top - 1 && a.bottom <= b.bottom + 1;
			const picture = document.querySelector('.plan .picture').getBoundingClientRect();
			return all.filter((seat) => {
				const box = seat.querySelector('.box').getBoundingClientRect(), text = seat.textContent;
				return within(box, picture) && box.bottom <= innerHeight && box.width > 80 && /A\d{3}/.test(text) && /JHT/.test(text) && /Periksa awal/.test(text) && /\d:\d\d/.test(text)
					&& [...seat.querySelectorAll('text')].every((t) => within(t.getBoundingClientRect(), box));
			}).length;
		})()`
		b.sees(t, fmt.Sprintf("%d booths that say all", room.seats), fmt.Sprintf("%s === %d", inside, room.seats))
		b.sees(t, "who is next, the wait and why", `/A\d{3}/.test(document.querySelector('.hero .number').innerText) && /\d:\d\d/.test(document.querySelector('.hero .wait').innerText)
			&& /lewat batas/.test(document.querySelector('.hero .sub').innerText)`)
		b.sees(t, "one screen", `document.documentElement.scrollHeight <= innerHeight && document.documentElement.scrollWidth <= innerWidth
			&& [...document.querySelectorAll('.room-side, .work, .foot')].every((e) => e.scrollHeight <= e.clientHeight + 1 && e.getBoundingClientRect().bottom <= innerHeight)`)
		b.picture(fmt.Sprintf("officer-%d", room.seats))
		b.keys(" ")
		b.offered("finish")
		b.sees(t, "one screen with a claim", `[...document.querySelectorAll('.room-side, .work, .foot, .claim')].every((e) => e.scrollHeight <= e.clientHeight + 1 && e.getBoundingClientRect().bottom <= innerHeight)`)
		b.picture(fmt.Sprintf("officer-%d-with", room.seats))
	}
	return nil
}
