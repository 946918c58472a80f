package main

import (
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"lapak/hall"
	"lapak/scheduler"
)

// frame is what a board gets.
type frame struct {
	Type  string          `json:"type"`
	Epoch string          `json:"epoch"`
	Seq   int64           `json:"seq"`
	Raw   json.RawMessage `json:"view"`
	View  struct {
		Waiting int      `json:"waiting"`
		Notice  string   `json:"notice"`
		Banners []string `json:"banners"`
	} `json:"-"`
	Hash [sha256.Size]byte `json:"-"` // of the view's bytes
}

// screen is one board's connection.
type screen struct {
	t    *testing.T
	conn *websocket.Conn
}

// dial opens a feed; header says who.
func (h *served) dial(path string, header http.Header, d *websocket.Dialer) (*websocket.Conn, error) {
	d.HandshakeTimeout = soon
	conn, resp, err := d.Dial("ws"+strings.TrimPrefix(h.base, "http")+api+path, header)
	if err == nil {
		resp.Body.Close()
		err = conn.SetReadDeadline(time.Now().Add(soon))
	}
	return conn, err
}

// watch is a screen with a bearer token.
func (h *served) watch(as, path, query string) *screen {
	h.t.Helper()
	conn, err := h.dial(path+query, http.Header{"Authorization": {"Bearer " + h.tokens[as]}}, &websocket.Dialer{})
	if err != nil {
		h.t.Fatal(err)
	}
	h.t.Cleanup(func() { conn.Close() })
	return &screen{t: h.t, conn: conn}
}

func read(conn *websocket.Conn) (f frame, err error) {
	_, b, err := conn.ReadMessage()
	if err != nil {
		return f, err
	}
	if err := json.Unmarshal(b, &f); err != nil {
		return f, err
	}
	if f.Raw != nil {
		f.Hash = sha256.Sum256(f.Raw)
		err = json.Unmarshal(f.Raw, &f.View)
	}
	return f, err
}

// next is the next frame of any kind.
func (b *screen) next() frame {
	b.t.Helper()
	f, err := read(b.conn)
	if err != nil {
		b.t.Fatal(err)
	}
	return f
}

// view reads until a view comes that holds.
func (b *screen) view(holds func(f frame) bool) frame {
	b.t.Helper()
	for {
		if f := b.next(); f.Type == "view" && holds(f) {
			return f
		}
	}
}

// closed reads until the end and gives its code.
func (b *screen) closed() int {
	b.t.Helper()
	for {
		_, err := read(b.conn)
		var end *websocket.CloseError
		if errors.As(err, &end) {
			return end.Code
		} else if err != nil {
			b.t.Fatal(err)
		}
	}
}

// boards are many screens of one subject. All but the last read; each keeps the
// newest view that it got and holds the stream to what the protocol promises.
type boards struct {
	h    *served
	mu   sync.Mutex
	last []frame
	seen map[int64][sha256.Size]byte // the view's bytes, by epoch-wide seq
	done sync.WaitGroup
}

// hang connects n boards of the lobby that read and one that never does.
func (h *served) hang(n int) *boards {
	h.t.Helper()
	all := &boards{h: h, last: make([]frame, n), seen: map[int64][sha256.Size]byte{}}
	for i := range n + 1 {
		header := http.Header{"Authorization": {"Bearer " + h.tokens[fmt.Sprint("screen-", i/10)]}}
		conn, err := h.dial("/feed/lobby", header, &websocket.Dialer{})
		if err != nil {
			h.t.Fatal(err)
		}
		h.t.Cleanup(func() { conn.Close() })
		if i < n {
			all.done.Go(func() { all.follow(i, conn) })
		}
	}
	return all
}

// follow reads one board until its connection ends.
func (b *boards) follow(i int, conn *websocket.Conn) {
	for {
		f, err := read(conn)
		if err != nil {
			return
		}
		if f.Type != "view" {
			continue
		}
		b.mu.Lock()
		if f.Seq < b.last[i].Seq {
			b.h.t.Errorf("board %d was shown seq %d after %d", i, f.Seq, b.last[i].Seq)
		}
		if other, known := b.seen[f.Seq]; known && other != f.Hash {
			b.h.t.Errorf("two boards were shown different views at seq %d", f.Seq)
		}
		b.seen[f.Seq], b.last[i] = f.Hash, f
		b.mu.Unlock()
	}
}

// converge waits until every board shows what the branch shows, at one seq.
func (b *boards) converge() frame {
	b.h.t.Helper()
	newest := b.h.lobby()
	eventually(b.h.t, "all boards show the newest view", func() bool {
		b.mu.Lock()
		defer b.mu.Unlock()
		return !slices.ContainsFunc(b.last, func(f frame) bool {
			return f.Hash != newest.Hash || f.Seq != newest.Seq || f.Epoch != newest.Epoch
		})
	})
	return newest
}

// lobby is the newest view over plain HTTP, with the place that its tag tells.
func (h *served) lobby() (f frame) {
	h.t.Helper()
	a := h.get("sari", api+"/views/lobby", &f.View)
	epoch, seq, _ := strings.Cut(strings.Trim(a.header.Get("ETag"), `"`), ".")
	seq, _, _ = strings.Cut(seq, ".") // a notice adds a part of its own
	n, err := strconv.ParseInt(seq, 10, 64)
	if err != nil {
		h.t.Fatalf("the tag is %q", a.header.Get("ETag"))
	}
	f.Epoch, f.Seq, f.Hash = epoch, n, sha256.Sum256(a.body)
	return f
}

// TestTwoHundredBoardsConverge has 199 boards beside one that never reads, and a
// busy branch.
func TestTwoHundredBoardsConverge(t *testing.T) {
	h := furnish(t, hall.NewTime(), func(b *branch) {
		give(t, b, scheduler.OpenSession{Room: 1, Crew: []scheduler.OfficerID{rinaID}})
	})
	h.screens(20)
	h.serve()
	all := h.hang(199)
	var desks sync.WaitGroup
	for c := range 4 {
		desks.Go(func() {
			for n := range 40 {
				if _, err := h.arrive("wati", fmt.Sprintf("b-%d-%d", c, n), arrivalBody); err != nil {
					t.Error(err)
				}
				if c == 0 && n%10 == 5 {
					h.callAny("rina")
				}
			}
		})
	}
	desks.Wait()
	newest := all.converge()
	if newest.View.Waiting == 0 || newest.View.Waiting >= 160 {
		t.Errorf("the boards show %d waiting of 160, of whom some were called", newest.View.Waiting)
	}
	h.number("wati")
	if again := all.converge(); again.Seq <= newest.Seq || again.View.Waiting != newest.View.Waiting+1 {
		t.Errorf("after one more number the boards show %d waiting at seq %d", again.View.Waiting, again.Seq)
	}
	h.kill()
	all.done.Wait()
}

// callAny calls whom the room proposes; nobody is an answer too.
func (h *served) callAny(as string) {
	a, err := h.send(as, http.MethodPost, api+"/rooms/1/call", "", `{}`)
	if err != nil || (a.code != http.StatusOK && a.code != http.StatusConflict) {
		h.t.Errorf("call: %d %s, %v", a.code, a.body, err)
	}
}

// at is what a screen says of the view that it holds.
func (f frame) at() string { return fmt.Sprintf("?epoch=%s&seq=%d", f.Epoch, f.Seq) }

// TestABoardThatComesBackGetsTheNewestView drops a board again and again, over
// changes with a record and without one, over kill -9 and over a restore.
func TestABoardThatComesBackGetsTheNewestView(t *testing.T) {
	h := furnish(t, hall.NewTime(), nil).serve()
	any := func(frame) bool { return true }
	board := h.watch("sari", "/feed/lobby", "")
	held := board.view(any)
	back := func(what string) frame {
		t.Helper()
		newest := h.lobby()
		board = h.watch("sari", "/feed/lobby", held.at())
		hello := board.next()
		if hello.Type != "hello" || hello.Epoch != newest.Epoch || hello.Seq != newest.Seq {
			t.Errorf("%s: the first frame is %+v, the branch is at %s %d", what, hello, newest.Epoch, newest.Seq)
		}
		f := board.next()
		if f.Type != "view" || f.Seq != newest.Seq || f.Hash != newest.Hash || f.Epoch != newest.Epoch {
			t.Errorf("%s: then comes a %s of seq %d showing %+v, the branch shows %+v at %d", what, f.Type, f.Seq, f.View, newest.View, newest.Seq)
		}
		return f
	}

	board.conn.Close()
	for range 3 {
		h.number("wati")
	}
	held = back("after three numbers")
	board.conn.Close()
	h.ask("sari", http.MethodPut, api+"/notice", "", `{"text":"Loket 2 tutup"}`).good()
	held = back("after a notice, which is no record")
	if held.View.Notice != "Loket 2 tutup" {
		t.Errorf("the board shows the notice %q", held.View.Notice)
	}

	before := held
	h.restart()
	if held = back("after kill -9"); held.Epoch != before.Epoch || held.Seq < before.Seq {
		t.Errorf("kill -9 took the board from %s %d to %s %d", before.Epoch, before.Seq, held.Epoch, held.Seq)
	}
	board.conn.Close()
	h.ask("sari", http.MethodPut, api+"/notice", "", `{"text":""}`).good()
	h.restart()
	if held = back("after a notice that went, and kill -9"); held.View.Notice != "" {
		t.Errorf("the board still shows the notice %q", held.View.Notice)
	}
	h.nothingLost()

	before = held
	h.restored()
	if held = back("after a restore"); held.Epoch == before.Epoch || held.View.Waiting != 3 {
		t.Errorf("after a restore: epoch %s, was %s; %d wait", held.Epoch, before.Epoch, held.View.Waiting)
	}
}

// restored puts a backup of the running branch into another directory, with the
// accounts beside it, and serves that at the same address.
func (h *served) restored() {
	h.t.Helper()
	file := filepath.Join(h.t.TempDir(), "one.backup")
	to := filepath.Join(h.t.TempDir(), "data")
	for _, args := range [][]string{{"backup", "--data", h.dir, "--to", file}, {"restore", "--data", to, "--from", file}} {
		if out, err := program(args...).CombinedOutput(); err != nil {
			h.t.Fatalf("%s: %v\n%s", args[0], err, out)
		}
	}
	listen := strings.TrimPrefix(h.base, "http://")
	h.kill()
	writeAll(h.t, filepath.Join(to, "access.db"), readAll(h.t, filepath.Join(h.dir, "access.db")))
	h.dir = to
	h.server = startServerOn(h.t, to, listen)
}

// TestABoardSignedOutIsClosedAtOnce ends sign-ins in every way while their
// boards are open.
func TestABoardSignedOutIsClosedAtOnce(t *testing.T) {
	h := furnish(t, hall.NewTime(), nil).serve()
	for _, c := range []struct {
		name string
		end  func(cookie string)
	}{
		{"signed out", func(cookie string) {
			r, err := http.NewRequest(http.MethodDelete, h.base+api+"/session", nil)
			if err != nil {
				t.Fatal(err)
			}
			r.Header.Set("Cookie", cookie)
			r.Header.Set("Idempotency-Key", "out")
			a, err := h.round(r)
			if err != nil {
				t.Fatal(err)
			}
			a.good()
		}},
		{"account switched off", func(string) {
			h.ask("sari", http.MethodPatch, api+"/accounts/2", "", `{"disabled":true}`).good()
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			cookie := h.signIn("budi")
			conn, err := h.dial("/feed/room/1", http.Header{"Cookie": {cookie}, "Origin": {h.base}}, &websocket.Dialer{})
			if err != nil {
				t.Fatal(err)
			}
			defer conn.Close()
			board := &screen{t: t, conn: conn}
			board.view(func(frame) bool { return true })
			other := h.watch("rina", "/feed/room/1", "")
			other.view(func(frame) bool { return true })
			began := time.Now()
			c.end(cookie)
			if code := board.closed(); code != 4500 {
				t.Errorf("closed with %d", code)
			}
			if took := time.Since(began); took > atOnceBound {
				t.Errorf("it took %v", took)
			}
			if f, err := h.send("rina", http.MethodGet, api+"/session", noKey, ""); err != nil || f.code != http.StatusOK {
				t.Errorf("somebody else's sign-in: %d, %v", f.code, err)
			}
		})
	}
}

// atOnceBound is the second in which a revoked screen must be gone, and what a
// loaded machine may add.
const atOnceBound = 5 * time.Second

// signIn gives the cookie of a browser.
func (h *served) signIn(name string) string {
	h.t.Helper()
	a := h.ask("", http.MethodPost, api+"/session", "", fmt.Sprintf(`{"name":%q,"password":%q}`, name, secretOf(name))).good()
	cookie, _, _ := strings.Cut(a.header.Get("Set-Cookie"), ";")
	if cookie == "" {
		h.t.Fatalf("no cookie: %v", a.header)
	}
	return cookie
}
