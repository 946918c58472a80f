package main

import (
	"fmt"
	"slices"
	"testing"

	"github.com/chromedp/chromedp"
)

// TestBrowserOfficer walks through the officer's console, each walk at a branch of
// its own in which nobody else acts. With -v it writes how many keys and clicks the
// officer's acts take.
func TestBrowserOfficer(t *testing.T) {
	if browsers() == nil {
		return
	}
	w := newBrowser(t, "")
	var table []deedLine
	for _, one := range []struct {
		name string
		walk func(t *testing.T, w *walk) []deedLine
	}{
		{"a session", worksASession}, {"its end", endsASession}, {"keyboard only", worksByKeyboard}, {"a double click", pressesTwice},
		{"two tabs", hasTwoTabs}, {"a stalled server", losesTheBranch}, {"a colleague", sharesTheWork}, {"a name", revealsAName}, {"a reason", tellsTheReason}, {"a number", findsANumber}, {"one glance", seesAllSizes},
	} {
		t.Run(one.name, func(t *testing.T) {
			table = append(table, one.walk(t, w)...)
			w.quiet(t)
		})
	}
	t.Log("\n" + keyTable(table))
	for _, line := range table {
		if slices.Contains(frequent, line.act) && (line.keys != 1 || line.clicks != 1) {
			t.Errorf("%s takes %d keys and %d clicks; what an officer does all day takes one", line.act, line.keys, line.clicks)
		}
	}
}

// frequent are the acts of an officer's every minute, by their names in the table.
var frequent = []string{"take the next", "step done", "mark a paper as present", "the rest of the papers are present", "approve",
	"return, with what was marked missing", "all are present", "one is present", "no-show", "call the proposed group", "refill a free booth",
	"the same outcome for the rest", "undo"}

// worksASession is an officer's morning in a room of four: every frequent act by
// keys, taken back, and done again with the mouse.
func worksASession(t *testing.T, w *walk) []deedLine {
	h := newOwnBranch(t, nil)
	h.comes("jht_phk")
	h.comes("jht_phk")
	h.comes("jht_phk", "jht_phk") // two files
	h.comes("jht_phk")
	b := newBench(t, w, h, "rina", fourRoom)
	b.offered("open")
	b.keys("\r")
	b.until("a session", func(v benchView) bool { return v.Session != nil })
	first := b.callsAGroup()
	b.seatsThem()
	b.servesSomebody(first[0])
	b.settlesClaims(first)
	return b.table
}

// callsAGroup calls the proposed ones, then others with the reason, then refills.
func (b *bench) callsAGroup() (called []int64) {
	b.until("a proposal for four", func(v benchView) bool { return len(v.Proposal.Picks) == 4 })
	some := func(v benchView) bool { return v.count("expected") > 0 }
	b.deed("call the proposed group", "call", some, []string{"\r"}, []string{button("call")})
	b.undo()
	b.deed("call others, one left out, with the reason", "others", some, []string{"v", "see:" + asks, " ", fits, "2"},
		[]string{button("others"), "see:" + asks, "dialog[open] .entry", fits, option("2")})
	if n := b.now().count("expected"); n != 3 {
		b.t.Errorf("%d are called without one of the four", n)
	}
	all := func(v benchView) bool { return v.count("expected") == 4 }
	b.deed("refill a free booth", "call", all, []string{"\r"}, []string{button("call")})
	for _, seat := range b.now().Seats {
		called = append(called, seat.Visit)
	}
	return called
}

// seatsThem marks who is here, who is not, and who is called once more.
func (b *bench) seatsThem() {
	v := b.now()
	first := v.Seats[0].Visit
	again := func(v benchView) bool { return v.Visits[fmt.Sprint(first)].Recalls > 0 }
	b.deed("call somebody again", fmt.Sprint("recall-", first), again, []string{"r"}, []string{button(fmt.Sprint("recall-", first))})
	missed := func(v benchView) bool { return v.count("expected") < 4 }
	b.deed("no-show", fmt.Sprint("absent-", first), missed, []string{"x"}, []string{button(fmt.Sprint("absent-", first))})
	b.undo()
	seated := func(v benchView) bool { return v.at(first).State == "preparing" }
	b.deed("one is present", fmt.Sprint("present-", first), seated, []string{"p"}, []string{button(fmt.Sprint("present-", first))})
	all := func(v benchView) bool { return v.count("expected") == 0 }
	b.deed("all are present", "all_present", all, []string{"a"}, []string{button("all_present")})
}

// ready is the visitor who presses the button on the screen of their booth.
func (b *bench) ready(visit int64) {
	b.t.Helper()
	b.home.post("rina", fmt.Sprintf("/api/v1/rooms/%d/seats/%d/ready", b.room, b.now().at(visit).No), fmt.Sprintf(`{"visit":%d}`, visit))
}

// brings lets somebody come as far as the officer's step, as if their time had passed.
func (b *bench) brings(visit int64, step int) {
	b.t.Helper()
	for range 12 {
		v := b.now()
		if v.at(visit).State == "preparing" {
			b.ready(visit)
			continue
		}
		if v.claim(visit).Step == step {
			b.settled()
			return
		}
		b.home.post("rina", "/api/v1/officers/1/take", fmt.Sprintf(`{"room":%d,"seat":%d}`, b.room, v.at(visit).No))
		b.home.post("rina", "/api/v1/officers/1/finish", fmt.Sprintf(`{"claim":%d}`, v.at(visit).Claim))
	}
	b.t.Fatalf("visit %d never came to step %d: %+v", visit, step, b.now())
}

// The officer's steps of the procedure that the walks use, from 0.
const (
	checkStep = 1
	lastStep  = 5
)

func (b *bench) servesSomebody(visit int64) {
	b.brings(visit, checkStep)
	with := func(v benchView) bool { return v.with() == visit }
	b.deed("take the next", "take", with, []string{" "}, []string{button("take")})
	back := func(v benchView) bool { return v.with() == 0 }
	b.deed("serve later", "put_back", back, []string{"b"}, []string{button("put_back")})
	b.undo()
	done := func(v benchView) bool { return v.claim(visit).Step > checkStep }
	b.deed("step done", "finish", done, []string{"f"}, []string{button("finish")})
	b.takesBack(done)
}

// takesBack is undo by key and by mouse; when the half minute is over there is none.
func (b *bench) takesBack(done func(v benchView) bool) {
	line := deedLine{act: "undo"}
	b.undoable()
	line.keys = b.keys("u")
	b.until("the step as before", func(v benchView) bool { return !done(v) })
	b.offered("finish")
	b.keys("f")
	b.until("the step done", done)
	b.undoable()
	line.clicks = b.clicks(button("undo-"))
	b.until("the step as before", func(v benchView) bool { return !done(v) })
	b.offered("finish")
	b.keys("f")
	b.until("the step done", done)
	b.undoable()
	b.home.passes(31)
	b.sees(b.t, "no undo after half a minute", `!document.querySelector('[data-slot^="undo-"]')`)
	b.table = append(b.table, line)
}

// takes is the officer who takes somebody at their booth by its key.
func (b *bench) takes(visit int64) {
	b.t.Helper()
	b.settled()
	b.keys(fmt.Sprint(b.now().at(visit).No))
	b.until("the officer with them", func(v benchView) bool { return v.with() == visit })
	b.settled()
}

// papers is a condition on the marks of a claim's papers, in their order.
func papers(visit int64, marks ...string) func(v benchView) bool {
	return func(v benchView) bool {
		list := v.claim(visit).Papers
		for i, want := range marks {
			if i >= len(list) || list[i].Mark != want {
				return false
			}
		}
		return true
	}
}

// outcome asks for a visit's file, which is not in the room's view once they have left.
func (b *bench) outcome(visit int64, place int) string {
	var v benchVisit
	b.home.get("sari", fmt.Sprintf("/api/v1/visits/%d", visit), &v)
	return v.Claims[place].Outcome
}

// is is that outcome as a condition.
func (b *bench) is(visit int64, place int, want string) func(benchView) bool {
	return func(benchView) bool { return b.outcome(visit, place) == want }
}

// unmarks takes away the marks of the desk, where papers that are complete were seen.
func (b *bench) unmarks(visit int64) {
	for _, claim := range b.now().Visits[fmt.Sprint(visit)].Claims {
		for _, paper := range claim.Papers {
			if paper.Mark != "not_seen" {
				b.home.post("rina", fmt.Sprintf("/api/v1/claims/%d/papers", claim.ID), fmt.Sprintf(`{"doc":%q,"mark":"not_seen"}`, paper.Doc))
			}
		}
	}
}

// settlesClaims gives every outcome, with the papers marked one key each.
func (b *bench) settlesClaims(visits []int64) {
	for _, visit := range visits {
		b.brings(visit, lastStep)
		b.unmarks(visit)
	}
	one, two, withTwo, alike := visits[0], visits[2], visits[1], visits[3]
	b.takes(one)
	paper := ".papers li:first-child button"
	b.both("mark a paper as present", "returned", papers(one, "present"), []string{"1"}, []string{paper}, func() {
		b.quick("1", "1")
	})
	rest := func(v benchView) bool {
		return papers(one, "present", "present")(v) && papers(one, "present", "present", "not_seen", "present")(v)
	}
	b.both("the rest of the papers are present", "returned", rest, []string{"`"}, []string{".papers-head button"}, func() {
		b.quick("2", "2")
		b.until("the second as before", papers(one, "present", "not_seen"))
		b.quick("4", "4")
	})
	b.deed("approve", "approve", b.is(one, 0, "approved"), []string{"s"}, []string{button("approve")})
	b.takes(two)
	b.quick("2", "2")
	b.until("a paper marked as missing", papers(two, "not_seen", "missing"))
	b.settled()
	b.keys("s")
	b.sees(b.t, "why it is not approved, and the way out", `document.querySelector('.outcomes').innerText.includes('Tandai ada, atau kembalikan klaim.')`)
	if got := b.outcome(two, 0); got != "none" {
		b.t.Errorf("a claim that lacks a paper is %s", got)
	}
	b.deed("return, with what was marked missing", "returned", b.is(two, 0, "returned"), []string{"k"}, []string{button("returned")})
	b.undo()
	b.keys("2")
	b.until("no paper marked", papers(two, "not_seen", "not_seen"))
	b.deed("return, what is missing chosen from the checklist", "returned", b.is(two, 0, "returned"), []string{"k", "see:" + asks, "2", "\r"},
		[]string{button("returned"), "see:" + asks, option("2"), option("Enter")})
	b.undo()
	b.deed("escalate, with the reason", "escalate", b.is(two, 0, "escalated"), []string{"e", "see:" + asks, "1"},
		append([]string{button("escalate")}, answers("1")...))
	b.undo()
	b.deed("refuse, with the reason", "refuse", b.is(two, 0, "refused"), []string{"t", "see:" + asks, "1"},
		append([]string{button("refuse")}, answers("1")...))
	b.addsAFile(withTwo, alike)
}

// addsAFile finds one more file with somebody who has two, and gives one outcome to
// their next file and to whoever is alike.
func (b *bench) addsAFile(visit, alike int64) {
	b.takes(visit)
	before := b.now().Visits[fmt.Sprint(visit)].Claims
	if len(before) != 2 {
		b.t.Fatalf("whoever came with two files has %+v", before)
	}
	more := func(v benchView) bool { return len(v.Visits[fmt.Sprint(visit)].Claims) == 3 }
	const programmes, reasons, why = `see:document.querySelectorAll('dialog[open] .option').length === 4`, `see:document.querySelector('dialog.wide[open]')`, `see:document.querySelector('dialog.choice[open]:not(.wide) .option')`
	phk := b.reasonKey("jht_phk")
	b.deed("add a claim", "correct", more, []string{"c", "see:" + asks, "3", programmes, "1", reasons, phk},
		[]string{button("correct"), "see:" + asks, option("3"), programmes, option("1"), reasons, option(phk)})
	b.sees(b.t, "what can be taken back, in words", `document.querySelector('.said-deed').innerText.startsWith('Tambah klaim · A')`)
	moved := func(v benchView) bool { return v.Visits[fmt.Sprint(visit)].Claims[2].Programme == "JKM" }
	b.deed("move a claim to another programme, with the reason", "correct", moved, []string{"c", "see:" + asks, "3", programmes, "3", reasons, "x", why, "1"},
		[]string{button("correct"), "see:" + asks, option("3"), programmes, option("3"), reasons, option("x"), why, option("1")})
	b.keys("s")
	b.until("the first file approved", b.is(visit, 0, "approved"))
	b.offered("rest-")
	b.picture("officer-rest")
	rest := func(v benchView) bool { return b.outcome(visit, 1) == "approved" && b.outcome(alike, 0) == "approved" }
	b.deed("the same outcome for the rest", "rest-", rest, []string{"j"}, []string{button("rest-")})
}

// reasonKey is the key of a reason in the list of its programme's.
func (b *bench) reasonKey(reason string) string {
	b.t.Helper()
	key, err := chromedp.Run(b.ctx, chromedp.Evaluate[string](fmt.Sprintf(`(async () => {
		const start = [...document.scripts].find((s) => s.type === 'module').src;
		const {words} = await import(start.replace('officer/app.js', 'lib/words-claims.js'));
		return '1234567890-='[Object.keys(words).filter((k) => k.startsWith('reason.jht_')).indexOf('reason.%s')];
	})()`, reason), chromedp.EvalAwaitPromise))
	if err != nil || key == "" {
		b.t.Fatalf("no key for the reason %q: %v", reason, err)
	}
	return key
}

// benchWith is a console of a room in which so many people sit, each at the step that
// is named, without their having been brought there by its buttons.
func benchWith(t *testing.T, w *walk, h *ownBranch, room, people, step int) (*bench, []int64) {
	t.Helper()
	for range people {
		h.comes("jht_phk")
	}
	h.post("rina", fmt.Sprintf("/api/v1/rooms/%d/session", room), `{}`)
	h.post("rina", fmt.Sprintf("/api/v1/rooms/%d/call", room), `{}`)
	b := newBench(t, w, h, "rina", room)
	var visits []int64
	for _, seat := range b.now().Seats {
		if seat.Visit == 0 {
			continue
		}
		h.post("rina", fmt.Sprintf("/api/v1/visits/%d/seat", seat.Visit), `{}`)
		visits = append(visits, seat.Visit)
	}
	if len(visits) < people {
		t.Fatalf("%d of %d people sit in room %d", len(visits), people, room)
	}
	for _, visit := range visits {
		b.brings(visit, step)
	}
	b.settled()
	return b, visits
}

// endsASession sends people aside, sees to the booths, goes on a break, and ends.
func endsASession(t *testing.T, w *walk) []deedLine {
	h := newOwnBranch(t, nil)
	b, visits := benchWith(t, w, h, fourRoom, 2, checkStep)
	first, second := visits[0], visits[1]
	b.takes(first)
	b.keys("b")
	b.until("somebody put back", func(v benchView) bool { return v.with() == 0 })
	b.sees(t, "what can be taken back, in words", `/^Layani nanti · A\d+$/.test(document.querySelector('.said-deed')?.innerText)`)
	b.doing = "put back"
	b.undo()
	b.until("somebody with the officer again", func(v benchView) bool { return v.with() == first })
	aside := func(v benchView) bool { return v.at(first).No == 0 }
	b.deed("park, with the reason", "park-", aside, []string{"w", "see:" + asks, "1"}, append([]string{button("park-")}, answers("1")...))
	b.undo()
	b.deed("to the side desk, with the reason", "desk-", aside, []string{"d", "see:" + asks, "1"}, append([]string{button("desk-")}, answers("1")...))
	b.seesToTheBooths()
	away := func(v benchView) bool { return v.presence(rinaID) == "on_break" }
	b.both("a break of a quarter of an hour", "break", away, []string{"o", "see:" + asks, "1"}, append([]string{button("break")}, answers("1")...), func() {
		b.offered("back")
		b.keys("\r")
	})
	b.offered("back")
	b.clicks(button("back"))
	b.until("the officer back", func(v benchView) bool { return !away(v) })
	out := func(v benchView) bool { return v.presence(rinaID) == "stepped_off" }
	b.both("step out for prayer", "out", out, []string{"g"}, []string{button("out")}, func() {
		b.offered("back")
		b.keys("\r")
	})
	b.offered("back")
	b.keys("\r")
	b.until("the officer back", func(v benchView) bool { return !out(v) })
	last := func(v benchView) bool { return v.Session != nil && v.Session.Last }
	b.deed("last call", "last_call", last, []string{"l"}, []string{button("last_call")})
	b.takes(second)
	b.keys("w", "see:"+asks, "1")
	b.until("nobody in the room", func(v benchView) bool { return v.at(second).No == 0 })
	b.until("the end of a session that nobody is left in", func(v benchView) bool { return v.Session.State == "cleaning" })
	b.saysItIsClean()
	over := func(v benchView) bool { return v.Session == nil } // nobody sat there: nothing is to be cleaned
	b.both("close the session", "close", over, []string{"q"}, []string{button("close")}, func() {
		b.offered("open")
		b.keys("\r")
	})
	return b.table
}

// seesToTheBooths wipes one that somebody has left, and closes it.
func (b *bench) seesToTheBooths() {
	b.home.passes(31) // a booth is not clean while the leaving from it can be undone
	clean := func(v benchView) bool { return v.Seats[0].State == "free" }
	b.until("a booth that is left", func(v benchView) bool { return v.Seats[0].State == "cleaning" })
	b.keys("1")
	b.deed("a booth is clean", "clean-", clean, []string{"y"}, []string{button("clean-")})
	closed := func(v benchView) bool { return v.Seats[0].Closed }
	b.deed("close a booth, with the reason", "closed-", closed, []string{"d", "see:" + asks, "1"}, append([]string{button("closed-")}, answers("1")...))
	b.deed("open it again", "closed-", func(v benchView) bool { return !closed(v) }, []string{"d"}, []string{button("closed-")})
	b.keys("\x1b")
	b.sees(b.t, "no card of a booth", `!document.querySelector('.seatcard')`)
}

// saysItIsClean opens the next session as soon as the room is clean, not after its time.
func (b *bench) saysItIsClean() {
	b.home.passes(31)
	b.offered("room_clean")
	b.keys("\r")
	b.offered("open")
	b.clicks(button("open"))
	b.until("the next session", func(v benchView) bool { return v.Session != nil && v.Session.State == "forming" })
}
