package main

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// benchView is what the walk asks about the room.
type benchView struct {
	Session *struct {
		State string `json:"state"`
		Last  bool   `json:"last"`
		Crew  []int  `json:"crew"`
	} `json:"session"`
	Seats    []benchSeat `json:"seats"`
	Proposal struct {
		Picks []struct {
			Visit int64 `json:"visit"`
		} `json:"picks"`
	} `json:"proposal"`
	Turns []struct {
		Seat  int   `json:"seat"`
		Visit int64 `json:"visit"`
	} `json:"turns"`
	Officers []struct {
		ID       int64  `json:"id"`
		Presence string `json:"presence"`
		WithSeat int    `json:"with_seat"`
	} `json:"officers"`
	Undo   []benchUndo           `json:"undo"`
	Visits map[string]benchVisit `json:"visits"`
}

type benchUndo struct {
	Seq  int64  `json:"seq"`
	By   int64  `json:"by"`
	Kind string `json:"kind"`
}

type benchSeat struct {
	No     int    `json:"no"`
	State  string `json:"state"`
	Closed bool   `json:"closed"`
	Visit  int64  `json:"visit"`
	Claim  int64  `json:"claim"`
	Help   bool   `json:"help"`
}

type benchVisit struct {
	State   string       `json:"state"`
	Number  string       `json:"number"`
	Recalls int          `json:"recalls"`
	Claims  []benchClaim `json:"claims"`
}

type benchClaim struct {
	ID        int64  `json:"id"`
	Programme string `json:"programme"`
	Reason    string `json:"reason"`
	Step      int    `json:"step"`
	Last      bool   `json:"last"`
	Outcome   string `json:"outcome"`
	Papers    []struct {
		Doc  string `json:"doc"`
		Mark string `json:"mark"`
	} `json:"papers"`
}

func (v benchView) count(states ...string) int {
	n := 0
	for _, seat := range v.Seats {
		if slices.Contains(states, seat.State) {
			n++
		}
	}
	return n
}

// at is the seat of a visit, and its number is 0 when there is none.
func (v benchView) at(visit int64) benchSeat {
	for _, seat := range v.Seats {
		if seat.Visit == visit {
			return seat
		}
	}
	return benchSeat{}
}

// claim is the claim that is worked on at a visit's seat.
func (v benchView) claim(visit int64) benchClaim {
	at := v.at(visit)
	for _, c := range v.Visits[fmt.Sprint(visit)].Claims {
		if c.ID == at.Claim {
			return c
		}
	}
	return benchClaim{Step: -1}
}

// presence is where an officer is, as the room's view has it.
func (v benchView) presence(officer int64) string {
	for _, o := range v.Officers {
		if o.ID == officer {
			return o.Presence
		}
	}
	return ""
}

// with is the visit that an officer of the room is with, or 0.
func (v benchView) with() int64 {
	for _, o := range v.Officers {
		for _, s := range v.Seats {
			if o.WithSeat != 0 && s.No == o.WithSeat {
				return s.Visit
			}
		}
	}
	return 0
}

// bench is the console of one room under the walk's hands.
type bench struct {
	*walk
	t     *testing.T
	home  *ownBranch
	room  int
	door  *door
	table []deedLine

	pressed time.Time
	by      string // what was pressed last
	doing   string // the act that is tried
}

// pace is the shortest pause between two presses that a person means apart: sooner
// ones are a key that bounces or a double click, which the console leaves alone.
const pace = 370 * time.Millisecond

// deedLine is one row of the table of acts.
type deedLine struct {
	act          string
	keys, clicks int
}

// newBench opens the console of a room as an officer who has signed in.
func newBench(t *testing.T, w *walk, home *ownBranch, as string, room int) *bench {
	t.Helper()
	b := benchBefore(t, w, home, room)
	b.open(t, "/officer?lang=id", 1366, 768)
	b.signIn(t, as)
	b.enter("id")
	return b
}

// benchBefore is a bench whose page nobody has opened yet.
func benchBefore(t *testing.T, w *walk, home *ownBranch, room int) *bench {
	t.Helper()
	b := &bench{walk: w, t: t, home: home, room: room, door: newDoor(t, strings.TrimPrefix(home.base, "http://"))}
	b.base = "http://" + b.door.address
	t.Cleanup(func() { _ = chromedp.Do(w.ctx, chromedp.Navigate("about:blank")) }) // before its branch ends
	return b
}

// enter opens the console at the room, and waits until it shows the newest record.
func (b *bench) enter(lang string) {
	b.t.Helper()
	b.open(b.t, fmt.Sprintf("/officer?lang=%s&room=%d", lang, b.room), 1366, 768)
	b.sees(b.t, "the room", `document.querySelector('.foot')`)
	b.settled()
}

func (b *bench) now() benchView {
	b.t.Helper()
	var v benchView
	b.home.get("sari", fmt.Sprintf("/api/v1/views/room/%d", b.room), &v)
	return v
}

func (b *bench) until(what string, is func(v benchView) bool) benchView {
	b.t.Helper()
	for end := time.Now().Add(patience); ; time.Sleep(30 * time.Millisecond) {
		v := b.now()
		if is(v) {
			return v
		}
		if time.Now().After(end) {
			text, _ := chromedp.Run(b.ctx, chromedp.Evaluate[string]("document.body.innerText.slice(0, 1500)"))
			b.picture("officer-missing")
			b.t.Fatalf("never saw %s: %+v\nthe console shows: %s", what, v, text)
		}
	}
}

// settled waits until every command is answered and the console shows what the
// branch last wrote down: whatever it offers then is meant as it stands there.
func (b *bench) settled() {
	b.t.Helper()
	seq := b.home.branch.hall.State().Seq
	b.sees(b.t, fmt.Sprintf("record %d", seq), fmt.Sprintf(`(() => { const desk = document.querySelector('[data-seq]');
		return desk && Number(desk.dataset.seq) >= %d && !document.querySelector('[aria-busy="true"]'); })()`, seq))
}

// offered waits until the button of an act can be pressed.
func (b *bench) offered(slot string) {
	b.t.Helper()
	b.settled()
	b.sees(b.t, "the act "+slot, offers(slot))
}

func offers(slot string) string {
	return fmt.Sprintf(`document.querySelector('%s[aria-disabled="false"]')`, button(slot))
}

// ask and choose are how a walk waits for a question, and for its next one.
const (
	asks = `document.querySelector('dialog[open] .option')`
	fits = "see:document.querySelector('.verdict.good')" // what the sheet says of another group once the branch was asked
)

// keys presses what an officer would, and counts. What begins with "see:" is
// waited for, and is no key.
func (b *bench) keys(list ...string) int {
	b.t.Helper()
	n := 0
	for _, key := range list {
		if what, see := strings.CutPrefix(key, "see:"); see {
			b.sees(b.t, what, what)
			continue
		}
		b.apart(key)
		b.press(b.t, key)
		b.pressed = time.Now()
		n++
	}
	return n
}

// quick presses keys that mean the same thing however fast they come: a paper's mark
// goes round.
func (b *bench) quick(list ...string) {
	b.t.Helper()
	for _, key := range list {
		b.press(b.t, key)
	}
}

// apart waits as long as a person does between two presses of the same key.
func (b *bench) apart(by string) {
	if by == b.by {
		time.Sleep(time.Until(b.pressed.Add(pace)))
	}
	b.by = by
}

// clicks does the same with the mouse, on what the selectors find.
func (b *bench) clicks(list ...string) int {
	b.t.Helper()
	n := 0
	for _, at := range list {
		if what, see := strings.CutPrefix(at, "see:"); see {
			b.sees(b.t, what, what)
			continue
		}
		b.apart("click")
		b.click(b.t, at)
		b.pressed = time.Now()
		n++
	}
	return n
}

// deed does an act by keys, takes it back, and does it again by mouse: each way
// has the same one effect, and what it took goes into the table.
func (b *bench) deed(act, slot string, done func(v benchView) bool, keys, clicks []string) {
	b.t.Helper()
	b.both(act, slot, done, keys, clicks, func() { b.undo() })
}

// both is deed for an act that is taken back in its own way.
func (b *bench) both(act, slot string, done func(v benchView) bool, keys, clicks []string, back func()) {
	b.t.Helper()
	b.doing = act
	b.offered(slot)
	if done(b.now()) {
		b.t.Fatalf("%s is done before it was pressed: %+v", act, b.now())
	}
	line := deedLine{act: act, keys: b.keys(keys...)}
	b.until(act+" by keys", done)
	b.settled()
	back()
	b.until(act+" taken back", func(v benchView) bool { return !done(v) })
	b.offered(slot)
	line.clicks = b.clicks(clicks...)
	b.until(act+" by mouse", done)
	b.settled()
	b.table = append(b.table, line)
	b.quiet(b.t)
}

// undo takes the newest act back, with the button of that very act on the screen.
func (b *bench) undo() {
	b.t.Helper()
	seq := b.undoable()
	b.keys("u")
	b.until(b.doing+" taken back", func(v benchView) bool {
		return !slices.ContainsFunc(v.Undo, func(u benchUndo) bool { return u.Seq == seq })
	})
	b.settled()
}

// undoable waits for the undo button of the newest act, and gives its record.
func (b *bench) undoable() int64 {
	b.t.Helper()
	b.settled()
	v := b.now()
	if len(v.Undo) == 0 {
		b.t.Fatalf("%s cannot be taken back: %+v", b.doing, v)
	}
	b.sees(b.t, "the undo button", offers(fmt.Sprintf("undo-%d", v.Undo[0].Seq)))
	return v.Undo[0].Seq
}

// button is the selector of an act's button. A slot that ends with a dash is anybody's.
func button(slot string) string {
	like := ""
	if strings.HasSuffix(slot, "-") {
		like = "^"
	}
	return fmt.Sprintf(`[data-slot%s="%s"] button:not(.dismiss)`, like, slot)
}

// option is the selector of an answer of the open question.
func option(key string) string { return fmt.Sprintf(`dialog[open] [aria-keyshortcuts="%s"]`, key) }

// answers is a time that a question has taken to come: a click too soon after it is
// a double click, and answers nothing.
func answers(key string) []string { return []string{"see:" + asks, option(key)} }

// keyTable writes the table of acts.
func keyTable(table []deedLine) string {
	text := "| act | keys | clicks |\n|---|---|---|\n"
	for _, line := range table {
		clicks := "–"
		if line.clicks > 0 {
			clicks = fmt.Sprint(line.clicks)
		}
		text += fmt.Sprintf("| %s | %d | %s |\n", line.act, line.keys, clicks)
	}
	return text
}

// forgives forgets what the console said so far: something that the walk itself caused.
func (w *walk) forgives() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.heard = nil
}

// still stops a demo's clock while the walk acts: nothing is called, runs out
// or moves under the mouse by itself, and acts work as ever.
func (w *walk) still(t testing.TB) {
	t.Helper()
	w.post(t, "/api/v1/demo", `{"paused":true}`)
}
