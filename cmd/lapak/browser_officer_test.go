package main

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// TestBrowserOfficer lets an officer work a whole session at a demo's room with
// the keyboard, and every frequent act with the mouse as well. With LAPAK_KEYS
// it writes what each took.
func TestBrowserOfficer(t *testing.T) {
	if browsers() == nil {
		return
	}
	b := &bench{walk: newWalk(t), t: t}
	b.door = newDoor(t, strings.TrimPrefix(b.base, "http://"))
	b.base = "http://" + b.door.address
	for _, step := range []func(){b.sitDown, b.callsAGroup, b.seatsThem, b.servesOne, b.returnsWithTheRest, b.pressesTwice, b.hasTwoTabs, b.losesTheBranch, b.endsTheSession} {
		step()
		if t.Failed() {
			return
		}
		b.quiet(t)
	}
	b.write()
}

// sitDown takes a room over, ends what runs there, and opens a session.
func (b *bench) sitDown() {
	b.byHand()
	b.open(b.t, "/officer?lang=id", 1366, 768)
	b.says(b.t, fmt.Sprintf("Ruang %d", benchRoom))
	b.until("a session to end", func(v benchView) bool { return v.Session != nil && v.Session.State == "running" })
	b.still(b.t)
	b.keys(fmt.Sprint(benchRoom), "see:document.querySelector('.foot')")
	b.until("the room taken over", func(v benchView) bool { return v.Session != nil })
	b.keys("z", "see:"+asks, "5")
	b.speed(60)
	b.until("an empty room", func(v benchView) bool { return v.Session == nil || v.Session.State == "cleaning" })
	b.sees(b.t, "the room clean", offers("room_clean")+"||"+offers("open"))
	b.still(b.t)
	if v := b.now(); v.Session != nil {
		b.keys("\r")
	}
	b.offered("open")
	b.keys("\r")
	b.until("a session that forms", func(v benchView) bool { return v.Session != nil && v.Session.State == "forming" })
}

// byHand makes the branch call nobody by itself, so that every call is a key.
func (b *bench) byHand() {
	var now struct {
		Policy map[string]any `json:"policy"`
	}
	b.view(b.t, "/api/v1/policy", &now)
	now.Policy["auto_refill"] = false
	b.putJSON(b.t, "/api/v1/policy", map[string]any{"policy": now.Policy, "version": now.Policy["version"]})
}

// proposesSeveral waits for a group of more than one visit. A large family may fill
// the room alone: it is called and did not come, so that the next group has members
// to change.
func (b *bench) proposesSeveral() {
	for range 6 {
		if v := b.until("a proposal", func(v benchView) bool { return len(v.Proposal.Picks) > 0 }); len(v.Proposal.Picks) > 1 {
			return
		}
		b.offered("call")
		b.keys("\r")
		b.until("the family called", func(v benchView) bool { return v.coming() > 0 })
		b.offered("absent-")
		b.keys("x")
		b.until("the family missed", func(v benchView) bool { return v.coming() == 0 })
		b.speed(60) // a seat is not used again while its leaving can be undone
		b.until("free seats", func(v benchView) bool { return v.count("free") == len(v.Seats) })
		b.still(b.t)
	}
	b.t.Fatal("one family after another, and no group")
}

func (b *bench) callsAGroup() {
	b.proposesSeveral()
	called := func(v benchView) bool { return v.count("expected") > 0 }
	b.deed("call", "call", called, []string{"\r"}, []string{button("call")})
	// The same with one member left out, and the reason for it.
	b.undo(func(v benchView) bool { return !called(v) })
	b.offered("others")
	before := len(b.now().Proposal.Picks)
	b.deed("call others, one member left out", "others", called, []string{"v", "see:" + asks, " ", fits, "2"},
		[]string{button("others"), "see:" + asks, ".entry", fits, "dialog .options:not(.entries) .option:nth-of-type(2)"})
	if n := b.until("the changed group called", called).coming(); before > 1 && n != before-1 {
		b.t.Errorf("%d of %d proposed were called without one of them", n, before)
	}
}

func (b *bench) seatsThem() {
	b.until("people on their way", func(v benchView) bool { return v.count("expected") > 0 })
	expected := b.now().count("expected")
	fewer := func(v benchView) bool { return v.count("expected") < expected }
	b.deed("no-show", "absent-", fewer, []string{"x"}, []string{button("absent-")})
	b.undo(func(v benchView) bool { return !fewer(v) })
	b.deed("present", "present-", fewer, []string{"p"}, []string{button("present-")})
	if n := b.now().coming(); n > 1 {
		b.offered("all_present")
		b.allPresent.keys = b.keys("a")
	} else if n == 1 {
		b.offered("present-")
		b.keys("p")
	}
	b.until("everybody seated", func(v benchView) bool { return v.count("expected") == 0 })
}

// ready lets the people work until somebody waits for the officer.
func (b *bench) ready() {
	if _, visit, _ := held(b.now()); visit != 0 {
		return
	}
	b.speed(60)
	b.until("somebody who waits for the officer", func(v benchView) bool { return len(v.Turns) > 0 })
	b.still(b.t)
	b.offered("take")
}

func held(v benchView) (int, int64, int64) { return v.held() }

func (b *bench) servesOne() {
	b.ready()
	with := func(v benchView) bool { _, visit, _ := held(v); return visit != 0 }
	b.deed("take the next", "take", with, []string{" "}, []string{button("take")})
	b.stepDone()
}

// stepDone finishes the step of whoever the officer is with, unless their outcome is
// due; the first time it is taken back and done by mouse too.
func (b *bench) stepDone() {
	v := b.now()
	_, visit, claim := held(v)
	step := stepOf(v, visit, claim)
	done := func(v benchView) bool { return stepOf(v, visit, claim) > step }
	switch {
	case isLast(v, visit, claim):
	case !b.stepped:
		b.stepped = true
		b.deed("step done", "finish", done, []string{"f"}, []string{button("finish")})
	default:
		b.offered("finish")
		b.keys("f")
		b.until("the step done", func(v benchView) bool { return stepOf(v, visit, claim) != step })
	}
}

func isLast(v benchView, visit, claim int64) bool {
	for _, c := range v.Visits[fmt.Sprint(visit)].Claims {
		if c.ID == claim {
			return c.Last
		}
	}
	return false
}

func stepOf(v benchView, visit, claim int64) int {
	for _, c := range v.Visits[fmt.Sprint(visit)].Claims {
		if c.ID == claim {
			return c.Step
		}
	}
	return -1
}

// lastStep works on until the officer is with somebody whose outcome is due.
func (b *bench) lastStep() (visit, claim int64) {
	for range 60 {
		v := b.now()
		_, visit, claim := held(v)
		if visit == 0 {
			b.ready()
			b.keys(" ")
			b.until("the officer with somebody", func(v benchView) bool { _, visit, _ := held(v); return visit != 0 })
			continue
		}
		if isLast(v, visit, claim) {
			b.offered("returned")
			return visit, claim
		}
		b.stepDone()
	}
	b.t.Fatal("nobody came to the last step")
	return 0, 0
}

func (b *bench) outcome(visit int64, place int) string {
	var v benchVisit
	b.view(b.t, fmt.Sprintf("/api/v1/visits/%d", visit), &v)
	if place >= len(v.Claims) {
		return ""
	}
	return v.Claims[place].Outcome
}

// returnsWithTheRest: a second file is found, a paper is missing, the claim goes
// back with what is missing, and the second file likewise with one key.
func (b *bench) returnsWithTheRest() {
	visit, claim := b.lastStep()
	claims := b.now().Visits[fmt.Sprint(visit)].Claims
	programme, reason := b.reasonKeys(claims[0].Reason)
	b.table = append(b.table, deedLine{act: "add a claim", keys: b.keys("c", "see:"+asks, fmt.Sprint(len(claims)+1),
		"see:document.querySelectorAll('dialog .option').length === 4", programme, "see:document.querySelector('dialog.wide[open]')", reason)})
	b.until("the second file", func(v benchView) bool { return len(v.Visits[fmt.Sprint(visit)].Claims) == len(claims)+1 })
	b.sees(b.t, "no question", "!"+asks)
	mark := func(want string) func(v benchView) bool {
		return func(v benchView) bool {
			for _, c := range v.Visits[fmt.Sprint(visit)].Claims {
				if c.ID == claim && len(c.Papers) > 0 {
					return c.Papers[0].Mark == want
				}
			}
			return false
		}
	}
	line := deedLine{act: "mark a paper present", keys: b.keys("1")}
	b.until("the paper present", mark("present"))
	b.keys("1")
	b.until("the paper missing", mark("missing"))
	b.keys("1")
	b.until("the paper not seen", mark("not_seen"))
	line.clicks = b.clicks(".papers li:first-child button")
	b.until("the paper present by mouse", mark("present"))
	b.table = append(b.table, line)
	b.keys("1")
	b.until("the paper missing", mark("missing"))
	returned := func(benchView) bool { return b.outcome(visit, 0) == "returned" }
	b.deed("returned with what is missing", "returned", returned, []string{"k"}, []string{button("returned")})
	rest := func(benchView) bool { return b.outcome(visit, len(claims)) == "returned" }
	b.deed("the same for the rest", "rest-", rest, []string{"j"}, []string{button("rest-")})
	// Without a mark the checklist asks, one key for each paper.
	visit, _ = b.lastStep()
	returned = func(benchView) bool { return b.outcome(visit, 0) == "returned" }
	b.deed("returned, chosen from the checklist", "returned", returned, []string{"k", "see:" + asks, "2", "\r"},
		[]string{button("returned"), "see:" + asks, "dialog .option:nth-of-type(2)", "dialog .option.primary"})
	b.undo(func(v benchView) bool { return !returned(v) })
	approved := func(benchView) bool { return b.outcome(visit, 0) == "approved" }
	b.deed("approve", "approve", approved, []string{"s"}, []string{button("approve")})
}

// reasonKeys are the keys of a claim's programme and of its reason in their lists.
func (b *bench) reasonKeys(reason string) (programme, key string) {
	b.t.Helper()
	family, _, _ := strings.Cut(reason, "_")
	place := slices.Index([]string{"jht", "jkk", "jkm", "jp"}, family)
	got, err := chromedp.Run(b.ctx, chromedp.Evaluate[string](fmt.Sprintf(`(async () => {
		const start = [...document.scripts].find((s) => s.type === 'module').src;
		const {words} = await import(start.replace('officer/app.js', 'lib/words-claims.js'));
		return '1234567890-='[Object.keys(words).filter((k) => k.startsWith('reason.%s_')).indexOf('reason.%s')];
	})()`, family, reason), chromedp.EvalAwaitPromise))
	if err != nil || got == "" || place < 0 {
		b.t.Fatalf("no key for the reason %q: %v", reason, err)
	}
	return fmt.Sprint(place + 1), got
}

// pressesTwice: a double click and a key that bounces have one effect.
func (b *bench) pressesTwice() {
	b.ready()
	if _, visit, _ := held(b.now()); visit != 0 {
		b.keys("b")
		b.until("nobody with the officer", func(v benchView) bool { _, visit, _ := held(v); return visit == 0 })
		b.offered("take")
	}
	before := b.now().mine("officer.took")
	if err := chromedp.Do(b.ctx, chromedp.DoubleClick(button("take"))); err != nil {
		b.t.Fatal(err)
	}
	v := b.until("somebody with the officer", func(v benchView) bool { _, visit, _ := held(v); return visit != 0 })
	_, visit, claim := held(v)
	step := stepOf(v, visit, claim)
	b.sees(b.t, "the claim", "document.querySelector('.claim')")
	if got := b.now(); got.mine("officer.took") != before+1 || stepOf(got, visit, claim) != step {
		b.t.Errorf("a double click did more than one thing: %+v", got.Undo)
	}
	b.undo(func(v benchView) bool { _, visit, _ := held(v); return visit == 0 })
	b.offered("take")
	time.Sleep(time.Until(b.pressed.Add(pace)))
	b.press(b.t, " ")
	b.press(b.t, " ")
	b.until("somebody with the officer", func(v benchView) bool { _, visit, _ := held(v); return visit != 0 })
	if got := b.now().mine("officer.took"); got != before+1 {
		b.t.Errorf("a bouncing key took somebody %d times", got-before)
	}
}

// hasTwoTabs: the same officer presses the same key in two tabs.
func (b *bench) hasTwoTabs() {
	b.undo(func(v benchView) bool { _, visit, _ := held(v); return visit == 0 })
	second, end := chromedp.NewContext(b.ctx)
	defer end()
	other := &bench{walk: &walk{base: b.base, demo: b.demo, ctx: second}, t: b.t}
	other.open(b.t, fmt.Sprintf("/officer?lang=en&room=%d", benchRoom), 1366, 768)
	other.offered("take")
	b.offered("take")
	before := b.now().mine("officer.took")
	var both sync.WaitGroup
	for _, tab := range []*bench{b, other} {
		both.Go(func() { _ = chromedp.Do(tab.ctx, chromedp.KeyEvent(" ")) })
	}
	both.Wait()
	b.until("somebody with the officer", func(v benchView) bool { _, visit, _ := held(v); return visit != 0 })
	for _, tab := range []*bench{b, other} {
		tab.sees(b.t, "the claim in both tabs", "document.querySelector('.claim')")
	}
	if got := b.now().mine("officer.took"); got != before+1 {
		b.t.Errorf("two tabs took somebody %d times", got-before)
	}
	b.undo(func(v benchView) bool { _, visit, _ := held(v); return visit == 0 })
	other.sees(b.t, "the other tab see it taken back", offers("take"))
}

// losesTheBranch: silence blocks the buttons and says why; a key does nothing
// meanwhile; the first frame after it brings everything back.
func (b *bench) losesTheBranch() {
	b.offered("take")
	b.door.shut()
	b.sees(b.t, "the banner", `document.querySelector('.banner.stale')`)
	b.sees(b.t, "a blocked button", `document.querySelector('[data-slot="take"] button[aria-disabled="true"]')`)
	b.picture("officer-stale")
	b.keys(" ")
	b.door.open()
	b.sees(b.t, "a live console", `document.documentElement.dataset.connection === 'live' && `+offers("take"))
	if _, visit, _ := held(b.now()); visit != 0 {
		b.t.Error("a key that was pressed while nothing was known took somebody")
	}
	b.mu.Lock()
	b.heard = nil // the browser may complain about the lost connection
	b.mu.Unlock()
}

func (b *bench) endsTheSession() {
	b.offered("break")
	b.table = append(b.table, deedLine{act: "break of 15 minutes", keys: b.keys("o", "see:"+asks, "1")})
	b.until("a break", func(v benchView) bool { return len(v.Officers) > 0 && v.Officers[0].Presence == "on_break" })
	b.offered("back")
	b.keys("\r")
	b.until("the officer back", func(v benchView) bool { return len(v.Officers) > 0 && v.Officers[0].Presence == "on_shift" })
	b.offered("last_call")
	b.table = append(b.table, deedLine{act: "last call", keys: b.keys("l")})
	b.until("the last call", func(v benchView) bool { return v.Session != nil && v.Session.Last })
	b.parkThem()
	b.speed(60)
	b.offered("room_clean")
	b.still(b.t)
	b.keys("\r")
	b.offered("open")
	b.keys("\r")
	b.until("a second session", func(v benchView) bool { return v.Session != nil && v.Session.State == "forming" })
	b.proposesSeveral()
	b.offered("call")
	b.keys("\r")
	b.offered("all_present")
	b.allPresent.clicks = b.clicks(button("all_present"))
	b.until("everybody seated", func(v benchView) bool { return v.count("expected") == 0 && v.Session.State == "running" })
	b.parkThem()
	b.until("nobody seated", func(v benchView) bool { return v.count("free", "cleaning") == len(v.Seats) })
	b.keys("\x1b") // the card of the last seat
	b.sees(b.t, "it on the screen", `!document.querySelector('.seatcard, .claim')`)
	b.table = append(b.table, deedLine{act: "close the session", keys: b.keys("q")})
	b.until("no session", func(v benchView) bool { return v.Session == nil || v.Session.State == "cleaning" })
	b.allPresent.act, b.back.act = "all present", "undo"
	b.table = append(b.table, b.allPresent, b.back)
}

// parkThem sets aside whoever is in the room, so that the session can end.
func (b *bench) parkThem() {
	for range 20 {
		v := b.now()
		if v.Session == nil || v.Session.State == "cleaning" {
			break
		}
		if _, visit, _ := held(v); visit != 0 {
			b.keys("w", "see:"+asks, "1")
			b.until("them set aside", func(v benchView) bool { _, visit, _ := held(v); return visit == 0 })
			continue
		}
		at := slices.IndexFunc(v.Seats, func(s benchSeat) bool { return s.Visit != 0 })
		if at < 0 {
			break
		}
		taken := v.count("preparing", "ready", "gathering", "beside", "expected")
		b.keys(fmt.Sprint(v.Seats[at].No))
		b.sees(b.t, "the seat's card or its claim", `document.querySelector('.seatcard, .claim')`)
		b.offered("park-")
		b.keys("w", "see:"+asks, "1")
		b.until("one fewer", func(v benchView) bool {
			_, visit, _ := held(v)
			return visit == 0 && v.count("preparing", "ready", "gathering", "beside", "expected") < taken
		})
	}
}

// write keeps the table of acts where LAPAK_KEYS says.
func (b *bench) write() {
	path := os.Getenv("LAPAK_KEYS")
	if path == "" {
		return
	}
	text := "| act | keys | clicks |\n|---|---|---|\n"
	for _, line := range b.table {
		clicks := "–"
		if line.clicks > 0 {
			clicks = fmt.Sprint(line.clicks)
		}
		text += fmt.Sprintf("| %s | %d | %s |\n", line.act, line.keys, clicks)
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		b.t.Error(err)
	}
}
