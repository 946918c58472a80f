package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// benchRoom is the demo's room with four seats: large enough for a group, small
// enough for a whole session in a walk.
const benchRoom = 4

// benchView is what the walk asks about the room.
type benchView struct {
	Session *struct {
		State string `json:"state"`
		Last  bool   `json:"last"`
	} `json:"session"`
	Seats    []benchSeat `json:"seats"`
	Proposal struct {
		Picks []struct {
			Visit int64 `json:"visit"`
		} `json:"picks"`
	} `json:"proposal"`
	Turns []struct {
		Seat int `json:"seat"`
	} `json:"turns"`
	Officers []struct {
		ID       int64  `json:"id"`
		Presence string `json:"presence"`
		WithSeat int    `json:"with_seat"`
	} `json:"officers"`
	Undo []struct {
		Seq  int64  `json:"seq"`
		By   int64  `json:"by"`
		Kind string `json:"kind"`
	} `json:"undo"`
	Visits map[string]benchVisit `json:"visits"`
}

type benchSeat struct {
	No    int    `json:"no"`
	State string `json:"state"`
	Visit int64  `json:"visit"`
	Claim int64  `json:"claim"`
}

type benchVisit struct {
	State  string `json:"state"`
	Claims []struct {
		ID      int64  `json:"id"`
		Reason  string `json:"reason"`
		Step    int    `json:"step"`
		Last    bool   `json:"last"`
		Outcome string `json:"outcome"`
		Papers  []struct {
			Doc  string `json:"doc"`
			Mark string `json:"mark"`
		} `json:"papers"`
	} `json:"claims"`
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

// coming is how many visits are on their way; a party has several seats.
func (v benchView) coming() int {
	visits := map[int64]bool{}
	for _, seat := range v.Seats {
		if seat.State == "expected" {
			visits[seat.Visit] = true
		}
	}
	return len(visits)
}

// held is the seat that the officer is with, its visit, and the claim there.
func (v benchView) held() (seat int, visit int64, claim int64) {
	for _, o := range v.Officers {
		for _, s := range v.Seats {
			if o.WithSeat != 0 && s.No == o.WithSeat {
				return s.No, s.Visit, s.Claim
			}
		}
	}
	return 0, 0, 0
}

func (v benchView) mine(kind string) int {
	n := 0
	for _, u := range v.Undo {
		if len(v.Officers) > 0 && u.By == v.Officers[0].ID && u.Kind == kind {
			n++
		}
	}
	return n
}

// bench is the console under the walk's hands.
type bench struct {
	*walk
	t     *testing.T
	door  *door
	table []deedLine

	pressed          time.Time
	allPresent, back deedLine // their two ways are measured apart
	stepped          bool     // a step was finished by key and by mouse
}

// fits is what the sheet says of another group once the branch was asked.
const fits = "see:document.querySelector('.verdict.good')"

// pace is the shortest pause between two presses that a person means apart: sooner
// ones are a key that bounces, which the console leaves alone.
const pace = 400 * time.Millisecond

// deedLine is one row of the table of acts.
type deedLine struct {
	act          string
	keys, clicks int
}

func (b *bench) now() benchView {
	b.t.Helper()
	var v benchView
	b.view(b.t, fmt.Sprintf("/api/v1/views/room/%d", benchRoom), &v)
	return v
}

func (b *bench) until(what string, is func(v benchView) bool) benchView {
	b.t.Helper()
	for end := time.Now().Add(patience); ; time.Sleep(100 * time.Millisecond) {
		v := b.now()
		if is(v) {
			return v
		}
		if time.Now().After(end) {
			b.picture("officer-missing")
			b.t.Fatalf("never saw %s: %+v", what, v)
		}
	}
}

func (b *bench) speed(times int) {
	b.t.Helper()
	b.post(b.t, "/api/v1/demo", fmt.Sprintf(`{"speed":%d}`, times))
}

// still stops the branch's clock while the walk acts: nothing is called, runs out
// or moves under the mouse by itself, and acts work as ever.
func (w *walk) still(t testing.TB) {
	t.Helper()
	w.post(t, "/api/v1/demo", `{"paused":true}`)
}

// offered waits until the button of an act can be pressed.
func (b *bench) offered(slot string) {
	b.t.Helper()
	b.sees(b.t, "the act "+slot, offers(slot))
}

func offers(slot string) string {
	return fmt.Sprintf(`document.querySelector('[data-slot^="%s"] button[aria-disabled="false"]')`, slot)
}

const asks = `document.querySelector('dialog[open]')`

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
		time.Sleep(time.Until(b.pressed.Add(pace)))
		b.press(b.t, key)
		b.pressed = time.Now()
		n++
	}
	return n
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
		if err := chromedp.Do(b.ctx, chromedp.Click(at)); err != nil {
			b.t.Fatalf("click %s: %v", at, err)
		}
		n++
	}
	return n
}

// deed does an act by keys, takes it back, and does it again by mouse: each way
// has the same one effect, and what it took goes into the table.
func (b *bench) deed(act, slot string, done func(v benchView) bool, keys, clicks []string) {
	b.t.Helper()
	b.offered(slot)
	line := deedLine{act: act, keys: b.keys(keys...)}
	if b.refused(slot) {
		// The branch lives: what was seen may have changed. An officer reads it and presses again.
		b.offered(slot)
		b.keys(keys...)
	}
	b.until(act+" by keys", done)
	b.offered("undo-")
	if b.back.clicks == 0 {
		b.back.clicks = b.clicks(button("undo-"))
	} else {
		b.back.keys = b.keys("u")
	}
	b.until(act+" taken back", func(v benchView) bool { return !done(v) })
	b.offered(slot)
	line.clicks = b.clicks(clicks...)
	if b.refused(slot) || !b.soon(done) { // or the button moved under the mouse with a new view
		b.offered(slot)
		b.clicks(clicks...)
	}
	b.until(act+" by mouse", done)
	b.table = append(b.table, line)
}

// refused waits until no command is on its way and tells whether the act was refused.
func (b *bench) refused(slot string) bool {
	b.t.Helper()
	b.sees(b.t, "every command answered", `!document.querySelector('[aria-busy="true"]')`)
	said, err := chromedp.Run(b.ctx, chromedp.Evaluate[bool](fmt.Sprintf(`Boolean(document.querySelector('[data-slot^="%s"] .said.refused'))`, slot)))
	return err == nil && said
}

// soon tells whether something comes true within a few views.
func (b *bench) soon(is func(v benchView) bool) bool {
	b.t.Helper()
	for end := time.Now().Add(3 * time.Second); time.Now().Before(end); time.Sleep(100 * time.Millisecond) {
		if is(b.now()) {
			return true
		}
	}
	return false
}

// undo takes the newest act back.
func (b *bench) undo(gone func(v benchView) bool) {
	b.t.Helper()
	b.offered("undo-")
	b.keys("u")
	b.until("it taken back", gone)
}

// button is the selector of an act's button.
func button(slot string) string { return fmt.Sprintf(`[data-slot^="%s"] button`, slot) }

// door is a way to the branch that can be shut: what is open stays open and
// silent, as with a pulled cable.
type door struct {
	address string

	mu      sync.Mutex
	cond    *sync.Cond
	shutNow bool
}

func newDoor(t *testing.T, to string) *door {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	d := &door{address: l.Addr().String()}
	d.cond = sync.NewCond(&d.mu)
	go func() {
		for {
			in, err := l.Accept()
			if err != nil {
				return
			}
			out, err := net.Dial("tcp", to)
			if err != nil {
				in.Close()
				continue
			}
			go d.carry(in, out)
			go d.carry(out, in)
		}
	}()
	return d
}

// carry moves bytes one way; while the door is shut they wait.
func (d *door) carry(from, to net.Conn) {
	defer from.Close()
	defer to.Close()
	buf := make([]byte, 32<<10)
	for {
		n, err := from.Read(buf)
		d.mu.Lock()
		for d.shutNow {
			d.cond.Wait()
		}
		d.mu.Unlock()
		if n > 0 {
			if _, err := to.Write(buf[:n]); err != nil {
				return
			}
		}
		if err != nil {
			return
		}
	}
}

func (d *door) shut() { d.set(true) }
func (d *door) open() { d.set(false) }

func (d *door) set(shut bool) {
	d.mu.Lock()
	d.shutNow = shut
	d.mu.Unlock()
	d.cond.Broadcast()
}

// putJSON sends a whole document.
func (w *walk) putJSON(t *testing.T, path string, body any) {
	t.Helper()
	text, err := json.Marshal(body)
	if err != nil {
		t.Fatal(err)
	}
	req, _ := http.NewRequest(http.MethodPut, w.base+path, bytes.NewReader(text))
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Idempotency-Key", fmt.Sprint("walk", time.Now().UnixNano()))
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if b, _ := io.ReadAll(resp.Body); resp.StatusCode != http.StatusOK {
		t.Fatalf("PUT %s: %s %s", path, resp.Status, b)
	}
}
