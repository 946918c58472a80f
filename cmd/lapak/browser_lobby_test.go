package main

import (
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"lapak/hall"
)

// lane is a wire between a browser and the server that a test can cut, so that every
// connection ends, or stall, so that all stay open and nothing passes.
type lane struct {
	listener net.Listener
	to       string

	mu      sync.Mutex
	conns   map[net.Conn]bool
	cut     bool
	stalled chan struct{} // not nil while nothing passes; closed when it passes again
}

func newLane(t *testing.T, base string) *lane {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	l := &lane{listener: listener, to: strings.TrimPrefix(base, "http://"), conns: map[net.Conn]bool{}}
	t.Cleanup(func() {
		_ = listener.Close()
		l.pass()
		l.end()
	})
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			go l.serve(conn)
		}
	}()
	return l
}

func (l *lane) base() string { return "http://" + l.listener.Addr().String() }

func (l *lane) serve(in net.Conn) {
	out, err := net.Dial("tcp", l.to)
	l.mu.Lock()
	if err != nil || l.cut {
		l.mu.Unlock()
		_ = in.Close()
		return
	}
	l.conns[in], l.conns[out] = true, true
	l.mu.Unlock()
	go l.copy(out, in)
	l.copy(in, out)
}

func (l *lane) copy(to, from net.Conn) {
	buffer := make([]byte, 32<<10)
	for {
		n, err := from.Read(buffer)
		l.mu.Lock()
		wait := l.stalled
		l.mu.Unlock()
		if wait != nil {
			<-wait
		}
		if n > 0 {
			if _, err := to.Write(buffer[:n]); err != nil {
				break
			}
		}
		if err != nil {
			break
		}
	}
	_, _ = to.Close(), from.Close()
	l.mu.Lock()
	delete(l.conns, to)
	delete(l.conns, from)
	l.mu.Unlock()
}

// end closes what is open.
func (l *lane) end() {
	l.mu.Lock()
	defer l.mu.Unlock()
	for conn := range l.conns {
		_ = conn.Close()
	}
}

func (l *lane) setCut(cut bool) {
	l.mu.Lock()
	l.cut = cut
	l.mu.Unlock()
	if cut {
		l.end()
	}
}

func (l *lane) stall() {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.stalled == nil {
		l.stalled = make(chan struct{})
	}
}

func (l *lane) pass() {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.stalled != nil {
		close(l.stalled)
		l.stalled = nil
	}
}

type lobbyView struct {
	Calls []struct {
		Seq       int64 `json:"seq"`
		Room      int   `json:"room"`
		Withdrawn bool  `json:"withdrawn"`
		Places    []struct {
			Number string `json:"number"`
			Seats  []int  `json:"seats"`
			Here   bool   `json:"here"`
		} `json:"places"`
	} `json:"calls"`
	Missed []string `json:"missed"`
}

// TestBrowserLobby walks the board's main job: a call appears with room and seat, a
// lost connection neither repeats nor loses one, a server that stalls greys it out,
// and a display is paired without touching it.
func TestBrowserLobby(t *testing.T) {
	if browsers() == nil {
		return
	}
	w := newWalk(t)
	l := newLane(t, w.base)
	direct := w.base
	w.post(t, "/api/v1/demo", `{"speed":10}`)
	w.base = l.base()
	w.open(t, "/lobby", 1920, 1080)
	w.sees(t, "a called number", `document.querySelector('.nums b')`)
	w.watchNumbers(t)
	w.base = direct
	w.boardShows(t, "after the start")
	w.quiet(t)

	l.setCut(true)
	w.sees(t, "a board that says it has lost the branch", `document.documentElement.dataset.connection === 'stale' && document.querySelector('.banner')`)
	w.anotherCall(t)
	l.setCut(false)
	w.sees(t, "a live board again", `document.documentElement.dataset.connection === 'live' && !document.querySelector('.banner')`)
	w.boardShows(t, "after the connection came back")
	w.neverTwice(t)
	w.forget() // the browser rightly complains about the lost connection

	w.greysOut(t, l)
	w.pairsItself(t)
}

func (w *walk) forget() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.heard = nil
}

// boardShows holds the board to the branch: whoever is awaited stands there once, with
// the seat, and under or beside the room.
func (w *walk) boardShows(t *testing.T, when string) {
	t.Helper()
	var want, have []string
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(200 * time.Millisecond) {
		var v lobbyView
		w.view(t, "/api/v1/views/lobby", &v)
		want = want[:0]
		taken := map[string]bool{}
		for _, call := range v.Calls {
			for _, p := range call.Places {
				if !taken[p.Number] && !p.Here && !call.Withdrawn {
					want = append(want, fmt.Sprintf("%s room %d seat %d", p.Number, call.Room, p.Seats[0]))
				}
				taken[p.Number] = true
			}
		}
		text, err := chromedp.Run(w.ctx, chromedp.Evaluate[string](`(() => {
			const no = (text) => (/\d+/.exec(text ?? '') ?? ['0'])[0];
			const room = document.querySelector('.spot h1 b')?.textContent;
			const large = [...document.querySelectorAll('.nums li')].map((li) => [li.querySelector('b').textContent, room, li.querySelector('span').textContent]);
			const small = [...document.querySelectorAll('.tiles li')].map((li) => [li.querySelector('b').textContent, ...[...li.querySelectorAll('i')].map((i) => i.textContent)]);
			return JSON.stringify([...large, ...small].map(([number, room, seat]) => number + ' room ' + (/^(Ruang|Room)/.test(room) ? no(room) : '*') + ' seat ' + no(seat)));
		})()`))
		if err != nil || json.Unmarshal([]byte(text), &have) != nil {
			t.Fatalf("read the board: %v %s", err, text)
		}
		if len(want) > 0 && holds(have, want) {
			return
		}
	}
	w.picture("lobby-missing")
	t.Fatalf("%s the board shows %v, awaited are %v", when, have, want)
}

// holds reports whether every wanted row stands among the rows once. The side desk has
// a name instead of a number.
func holds(have, want []string) bool {
	for _, row := range want {
		number, _, _ := strings.Cut(row, " ")
		n := 0
		for _, one := range have {
			if one == row || strings.HasPrefix(one, number+" room *") {
				n++
			}
		}
		if n != 1 {
			return false
		}
	}
	return true
}

// anotherCall waits until the branch, which goes on unseen, has called somebody.
func (w *walk) anotherCall(t *testing.T) {
	t.Helper()
	newest := func() int64 {
		var v lobbyView
		w.view(t, "/api/v1/views/lobby", &v)
		if len(v.Calls) == 0 {
			return 0
		}
		return v.Calls[0].Seq
	}
	before := newest()
	for end := time.Now().Add(patience); newest() == before; time.Sleep(200 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("the branch calls nobody any more")
		}
	}
}

// watchNumbers notes what assistive technology is told from now on.
func (w *walk) watchNumbers(t *testing.T) {
	t.Helper()
	_, err := chromedp.Run(w.ctx, chromedp.Evaluate[bool](`(() => {
		window.told = [];
		const live = document.querySelector('[aria-live]');
		new MutationObserver(() => window.told.push(live.textContent)).observe(live, {characterData: true, childList: true, subtree: true});
		return true;
	})()`))
	if err != nil {
		t.Fatal(err)
	}
}

// neverTwice: a call is told when it comes, and none was told twice in a row of the same
// words.
func (w *walk) neverTwice(t *testing.T) {
	t.Helper()
	w.sees(t, "a call told to assistive technology", "window.told.length > 0")
	text, err := chromedp.Run(w.ctx, chromedp.Evaluate[string]("JSON.stringify(window.told)"))
	var told []string
	if err != nil || json.Unmarshal([]byte(text), &told) != nil {
		t.Fatal(err, text)
	}
	for i := 1; i < len(told); i++ {
		if told[i] == told[i-1] {
			t.Errorf("told twice: %q", told[i])
		}
	}
}

// greysOut: a wire on which nothing passes any more looks alive to the browser; the
// board knows better after ten seconds.
func (w *walk) greysOut(t *testing.T, l *lane) {
	t.Helper()
	l.stall()
	began := time.Now()
	w.sees(t, "a stale board", `document.documentElement.dataset.connection === 'stale'`)
	if took := time.Since(began); took < 6*time.Second || took > 14*time.Second {
		t.Errorf("the board took %v to notice that nothing comes", took)
	}
	w.sees(t, "numbers without colour and the time they are from",
		`getComputedStyle(document.querySelector('.spot')).filter.includes('grayscale') && /Terakhir terhubung pukul \d\d\.\d\d\.\d\d/.test(document.querySelector('.banner').textContent)`)
	w.picture("lobby-stalled")
	l.pass()
	w.sees(t, "a live board after the stall", `document.documentElement.dataset.connection === 'live'`)
	w.forget()
}

// pairsItself: the screen shows a code, a manager approves it elsewhere, and the screen
// becomes the board without a touch.
func (w *walk) pairsItself(t *testing.T) {
	t.Helper()
	w.open(t, "/pair", 1920, 1080)
	code := w.pairingCode(t)
	w.picture("pair")
	var screen struct {
		Width int `json:"width"`
	}
	w.view(t, "/api/v1/pairings/"+code, &screen)
	if screen.Width == 0 {
		t.Error("the manager is not told how large the screen is")
	}
	w.create(t, "/api/v1/devices", fmt.Sprintf(`{"code":%q,"kind":"display","name":"lobi"}`, code))
	w.sees(t, "the board", `location.pathname === '/lobby' && document.querySelector('.rooms li')`)
	w.quiet(t)
}

// TestBrowserLobbyUnpaired: a display that nobody has paired has no hands to ask for its
// code with; it shows one by itself, and is a board as soon as the manager has approved.
func TestBrowserLobbyUnpaired(t *testing.T) {
	if browsers() == nil {
		return
	}
	h := furnish(t, hall.NewTime(), nil).serve()
	w := newBrowser(t, h.base)
	w.open(t, "/lobby", 1920, 1080)
	w.says(t, "Layar ini belum dipasangkan")
	w.sees(t, "the page that shows a code", `location.pathname === '/pair'`)
	h.post("sari", api+"/devices", fmt.Sprintf(`{"code":%q,"kind":"display","name":"lobi"}`, w.pairingCode(t)))
	w.sees(t, "the board", `location.pathname === '/lobby' && document.querySelector('.rooms li')`)
}

// pairingCode is the code that the pairing page shows once the branch gave it one.
func (w *walk) pairingCode(t *testing.T) string {
	t.Helper()
	w.sees(t, "a code", `/^[BCDFGHJKLMNPQRSTVWXZ]{4}-[BCDFGHJKLMNPQRSTVWXZ]{4}$/.test(document.querySelector('.code')?.textContent)`)
	code, err := chromedp.Run(w.ctx, chromedp.Evaluate[string]("document.querySelector('.code').textContent"))
	if err != nil {
		t.Fatal(err)
	}
	return code
}

// create is post for what answers 201.
func (w *walk) create(t *testing.T, path, body string) {
	t.Helper()
	req, _ := http.NewRequest(http.MethodPost, w.base+path, strings.NewReader(body))
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Idempotency-Key", fmt.Sprint("walk", time.Now().UnixNano()))
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if b, _ := io.ReadAll(resp.Body); resp.StatusCode != http.StatusCreated {
		t.Fatalf("POST %s: %s %s", path, resp.Status, b)
	}
}
