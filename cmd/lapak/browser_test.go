package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// The walk needs a browser: LAPAK_CHROMIUM names it. Without it this file's
// tests are not built into the run at all (see browsers), so that a laptop
// without one passes and nothing skipped is counted as passed.
func browsers() []func(*testing.T, *walk) {
	if os.Getenv("LAPAK_CHROMIUM") == "" {
		return nil
	}
	return []func(*testing.T, *walk){startPage, lobbyBoard, boothScreen, officerConsole, managerOverview, managerAsks, managerReads, managerSets, everyPageAtItsSize, lostBranch}
}

// patience bounds the wait for something that a screen must show.
const patience = 40 * time.Second

// walk is a browser beside a demo's server.
type walk struct {
	base string
	demo *server
	ctx  context.Context

	mu    sync.Mutex
	heard []string // exceptions and violations
}

// TestBrowser walks through the screens of a living demo in a real browser and
// fails on anything that a console would complain about: an exception, a
// violation of the content policy, a missing file.
func TestBrowser(t *testing.T) {
	steps := browsers()
	if steps == nil {
		return
	}
	w := newWalk(t)
	for _, step := range steps {
		step(t, w)
		w.quiet(t)
	}
}

func newWalk(t testing.TB) *walk {
	t.Helper()
	demo := startDemo(t)
	w := newBrowser(t, demo.base)
	w.demo = demo
	return w
}

// newBrowser is a browser beside a server.
func newBrowser(t testing.TB, base string) *walk {
	t.Helper()
	w := &walk{base: base}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(os.Getenv("LAPAK_CHROMIUM")), chromedp.NoSandbox,
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-background-networking", true), chromedp.Flag("disable-component-update", true),
		chromedp.Flag("disable-sync", true), chromedp.Flag("hide-scrollbars", true), chromedp.Flag("force-prefers-reduced-motion", true),
		// Letters as wide as the typeface says, whatever the machine thinks of hinting: kept pictures are compared.
		chromedp.Flag("font-render-hinting", "none"), chromedp.Flag("disable-lcd-text", true), chromedp.Flag("force-color-profile", "srgb"))
	allocator, endAll := chromedp.NewExecAllocator(context.Background(), options...)
	t.Cleanup(endAll)
	ctx, end := chromedp.NewContext(allocator)
	t.Cleanup(end)
	if err := chromedp.Do(ctx); err != nil {
		t.Fatalf("the browser does not start: %v", err)
	}
	w.ctx = ctx
	go func() {
		for m := range chromedp.Console(ctx) {
			w.hear(string(m.Type), m.Text)
		}
	}()
	return w
}

func startDemo(t testing.TB) *server {
	t.Helper()
	s := &server{cmd: program("demo", "--listen", "127.0.0.1:0", "--seed", "3")}
	s.cmd.Stderr = &s.log
	out, err := s.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := s.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.kill)
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatalf("the demo never listened: %v\n%s", err, s.log.String())
	}
	s.base = strings.TrimSpace(strings.TrimPrefix(line, "listening on "))
	return s
}

func (w *walk) hear(kind, text string) {
	if kind != "exception" && kind != "error" && !strings.Contains(text, "Content Security Policy") {
		return
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.heard = append(w.heard, kind+": "+text)
}

// quiet fails when the console complained since the last step.
func (w *walk) quiet(t *testing.T) {
	t.Helper()
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, line := range w.heard {
		t.Errorf("the console says %s", line)
	}
	w.heard = nil
}

func (w *walk) open(t testing.TB, path string, width, height int64) {
	t.Helper()
	if err := chromedp.Do(w.ctx, chromedp.EmulateViewport(width, height), chromedp.Navigate(w.base+path)); err != nil {
		t.Fatalf("open %s: %v", path, err)
	}
}

// sees waits until the expression is true on the page.
func (w *walk) sees(t testing.TB, what, expression string) {
	t.Helper()
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(40 * time.Millisecond) {
		if ok, err := chromedp.Run(w.ctx, chromedp.Evaluate[bool]("Boolean("+expression+")")); err == nil && ok {
			return
		}
	}
	text, _ := chromedp.Run(w.ctx, chromedp.Evaluate[string]("location.pathname + ' shows: ' + document.body.innerText.slice(0, 1500)"))
	w.picture("missing")
	t.Fatalf("never saw %s (%s)\n%s", what, expression, text)
}

func (w *walk) says(t *testing.T, text string) {
	t.Helper()
	quoted, _ := json.Marshal(text)
	w.sees(t, text, fmt.Sprintf("document.body.innerText.includes(%s)", quoted))
}

func (w *walk) press(t *testing.T, keys string) {
	t.Helper()
	if err := chromedp.Do(w.ctx, chromedp.KeyEvent(keys)); err != nil {
		t.Fatalf("press %q: %v", keys, err)
	}
}

// picture keeps what the browser shows, when LAPAK_PICTURES names a folder.
func (w *walk) picture(name string) {
	dir := os.Getenv("LAPAK_PICTURES")
	if dir == "" {
		return
	}
	if png, err := chromedp.Run(w.ctx, chromedp.CaptureScreenshot()); err == nil && os.MkdirAll(dir, 0o755) == nil {
		_ = os.WriteFile(filepath.Join(dir, name+".png"), png, 0o644)
	}
}

// view asks the branch itself.
func (w *walk) view(t *testing.T, path string, to any) {
	t.Helper()
	resp, err := http.Get(w.base + path)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	b, err := io.ReadAll(resp.Body)
	if err != nil || resp.StatusCode != http.StatusOK || json.Unmarshal(b, to) != nil {
		t.Fatalf("GET %s: %s %v %s", path, resp.Status, err, b)
	}
}

func (w *walk) post(t testing.TB, path, body string) {
	t.Helper()
	req, _ := http.NewRequest(http.MethodPost, w.base+path, strings.NewReader(body))
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Idempotency-Key", fmt.Sprint("walk", time.Now().UnixNano()))
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if b, _ := io.ReadAll(resp.Body); resp.StatusCode != http.StatusOK {
		t.Fatalf("POST %s: %s %s", path, resp.Status, b)
	}
}

const aNumber = `/[ABC]\d{3}/.test(document.body.innerText)`

// startPage: every screen is one click away.
func startPage(t *testing.T, w *walk) {
	w.open(t, "/", 1440, 900)
	for _, path := range []string{"/lobby", "/officer", "/booth", "/manager"} {
		w.sees(t, "a link to "+path, fmt.Sprintf(`document.querySelector('a[href^="%s"]')`, path))
	}
	w.picture("start")
}

// lobbyBoard: numbers are shown, and another call appears by itself.
func lobbyBoard(t *testing.T, w *walk) {
	w.open(t, "/lobby", 1920, 1080)
	w.sees(t, "a called number", aNumber)
	w.sees(t, "a live connection", `document.documentElement.dataset.connection === 'live' || document.querySelector('[data-connection="live"]')`)
	before, err := chromedp.Run(w.ctx, chromedp.Evaluate[string]("document.body.innerText"))
	if err != nil {
		t.Fatal(err)
	}
	quoted, _ := json.Marshal(before)
	w.sees(t, "the board move", fmt.Sprintf("document.body.innerText !== %s", quoted))
	w.picture("lobby")
	w.open(t, "/lobby?lang=en", 1920, 1080)
	w.says(t, "Room 1")
	w.open(t, "/lobby?lang=id", 1920, 1080)
	w.says(t, "Ruang 1")
}

// boothScreen: the screen at a seat that somebody sits at.
func boothScreen(t *testing.T, w *walk) {
	for no := 1; no <= 6; no++ {
		w.open(t, fmt.Sprintf("/booth?room=1&seat=%d", no), 1280, 800)
		w.says(t, fmt.Sprintf("Bilik %d", no))
		w.picture(fmt.Sprintf("booth-%d", no))
	}
}

type officerView struct {
	At       int64 `json:"at"`
	Officers []struct {
		ID       int `json:"id"`
		WithSeat int `json:"with_seat"`
	} `json:"officers"`
	Turns []struct {
		Seat int `json:"seat"`
	} `json:"turns"`
	Undo []struct {
		Seq int64 `json:"seq"`
	} `json:"undo"`
}

// officerConsole: a person takes over room 1 and works it by keyboard.
func officerConsole(t *testing.T, w *walk) {
	w.open(t, "/officer", 1366, 768)
	w.says(t, "Ruang 1")
	w.press(t, "1")
	w.sees(t, "the room's seat map", `document.querySelectorAll('svg').length > 0 && !document.body.innerText.includes('Di ruang mana')`)
	w.picture("officer")
	w.post(t, "/api/v1/demo", `{"speed":10}`)
	for end := time.Now().Add(patience); ; time.Sleep(200 * time.Millisecond) {
		var v officerView
		w.view(t, "/api/v1/views/room/1", &v)
		if len(v.Officers) > 0 && v.Officers[0].WithSeat == 0 && len(v.Turns) > 0 {
			break
		}
		if len(v.Officers) > 0 && v.Officers[0].WithSeat != 0 {
			w.press(t, "b") // put back whom the rehearsed officer had begun with
		}
		if time.Now().After(end) {
			t.Fatalf("nobody waits for the officer of room 1: %+v", v)
		}
	}
	w.post(t, "/api/v1/demo", `{"speed":1}`) // an act can be taken back for half a minute of branch time
	w.sees(t, "the key that takes the next", offers("take"))
	w.press(t, " ")
	w.officer(t, "the officer with somebody after one key", func(v officerView) bool { return v.Officers[0].WithSeat != 0 })
	w.picture("officer-with")
	var taken officerView
	w.view(t, "/api/v1/views/room/1", &taken)
	if len(taken.Undo) == 0 {
		t.Fatal("taking somebody cannot be taken back")
	}
	// The button of this very act: until the view arrives, the one before it stands there.
	w.sees(t, "the undo button", fmt.Sprintf(`document.querySelector('[data-slot="undo-%d"] button[aria-disabled="false"]')`, taken.Undo[0].Seq))
	w.press(t, "u")
	w.officer(t, "the officer free again after undo", func(v officerView) bool { return v.Officers[0].WithSeat == 0 })
	w.post(t, "/api/v1/demo", `{"speed":60}`)
	w.post(t, "/api/v1/demo/take-over", `{"room":1,"release":true}`)
}

func (w *walk) officer(t *testing.T, what string, is func(officerView) bool) {
	t.Helper()
	var v officerView
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(100 * time.Millisecond) {
		v = officerView{} // what is left out of the answer is zero
		w.view(t, "/api/v1/views/room/1", &v)
		if len(v.Officers) > 0 && is(v) {
			return
		}
	}
	w.picture("officer-missing")
	t.Fatalf("never saw %s: %+v", what, v)
}

// managerOverview: the branch as a floor plan, and its other pages.
func managerOverview(t *testing.T, w *walk) {
	w.open(t, "/manager", 1440, 900)
	w.sees(t, "four rooms drawn", `document.querySelectorAll('svg').length >= 4`)
	w.sees(t, "a number", aNumber)
	w.picture("manager")
	for i, name := range []string{"manager-rooms", "manager-staff", "manager-devices", "manager-policy", "manager-what-if", "manager-promises"} {
		w.press(t, fmt.Sprint(i+2))
		w.sees(t, "page "+name, `document.querySelector('main')?.innerText.length > 40`)
		w.picture(name)
	}
}

// managerAsks: a question takes two presses, and its answer stands beside today.
func managerAsks(t *testing.T, w *walk) {
	w.open(t, "/manager#what-if", 1440, 900)
	w.sees(t, "an example that fills the form", `(() => { const b = document.querySelector('.start button'); b?.click(); return b })()`)
	w.sees(t, "a question that may be asked", `(() => { const b = document.querySelector('.ask-foot .primary[aria-disabled="false"]'); b?.click(); return b })()`)
	w.sees(t, "the question in the address", `/^#what-if\/\d+$/.test(location.hash)`)
	w.sees(t, "figures beside today's", `document.querySelector('.side-by-side .diff-track') && document.querySelector('.lead h2')?.innerText.length > 20`)
	w.sees(t, "an end of it", `!document.querySelector('[role=progressbar]')`)
	w.picture("manager-answer")
	w.sees(t, "the question in the list", `document.querySelector('.asked-list tr.current a[aria-current]')`)
}

// everyPageAtItsSize: nothing is wider than the screen it is used at.
func everyPageAtItsSize(t *testing.T, w *walk) {
	for _, p := range []struct {
		path          string
		width, height int64
		fixed         bool // shows everything without scrolling
	}{
		{"/lobby", 1920, 1080, true}, {"/lobby", 3840, 2160, true}, {"/lobby", 1080, 1920, true},
		{"/booth?room=1&seat=1", 1280, 800, true}, {"/booth?room=1&seat=1", 1024, 600, true},
		{"/officer", 1366, 768, false}, {"/manager", 1440, 900, false}, {"/manager#what-if", 1366, 768, false}, {"/manager#promises", 1366, 768, false}, {"/desk", 1366, 768, false}, {"/", 1440, 900, false}, {"/", 360, 740, false},
	} {
		w.open(t, p.path, p.width, p.height)
		w.sees(t, "something on "+p.path, `document.body.innerText.trim().length > 20`)
		w.sees(t, fmt.Sprintf("%s no wider than %d", p.path, p.width), `document.documentElement.scrollWidth <= innerWidth`)
		if p.fixed {
			w.sees(t, fmt.Sprintf("%s no higher than %d", p.path, p.height), `document.documentElement.scrollHeight <= innerHeight`)
		}
	}
}

// lostBranch: a board whose branch has died says so within seconds, and never
// goes on as if it were alive.
func lostBranch(t *testing.T, w *walk) {
	w.open(t, "/lobby", 1920, 1080)
	w.sees(t, "a called number", aNumber)
	w.demo.kill()
	w.sees(t, "a stale board", `document.documentElement.dataset.connection === 'stale' || document.querySelector('[data-connection="stale"]')`)
	w.picture("lobby-stale")
	w.mu.Lock()
	w.heard = nil // the browser rightly complains about the lost connection
	w.mu.Unlock()
}
