package web

import (
	"context"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"lapak/hall/access"
	"lapak/hall/board"
)

// patience bounds a wait for something that comes at once on a healthy machine.
const patience = 10 * time.Second

// serve puts the house behind a real listener with the real server's limits.
func (h *house) serve() *httptest.Server {
	srv := httptest.NewUnstartedServer(nil)
	srv.Config = h.HTTPServer("")
	srv.Start()
	h.Cleanup(srv.Close)
	return srv
}

// dial opens a feed; header says who and from which page.
func (h *house) dial(srv *httptest.Server, path string, header http.Header) (*websocket.Conn, *http.Response, error) {
	d := websocket.Dialer{HandshakeTimeout: patience}
	conn, resp, err := d.DialContext(h.Context(), "ws"+strings.TrimPrefix(srv.URL, "http")+api+path, header)
	if err == nil {
		h.Cleanup(func() { _ = conn.Close() })
		_ = conn.SetReadDeadline(time.Now().Add(patience))
		cover(get, api+path)
	}
	return conn, resp, err
}

func bearer(token string) http.Header { return http.Header{"Authorization": {"Bearer " + token}} }

// view reads frames until a view comes.
func nextView(t *testing.T, conn *websocket.Conn) (frame struct {
	Type, Subject, Epoch string
	Seq                  int64
	View                 map[string]any
}) {
	t.Helper()
	for {
		if err := conn.ReadJSON(&frame); err != nil {
			t.Fatal(err)
		}
		if frame.Type == "view" {
			return frame
		}
	}
}

func closeCode(t *testing.T, conn *websocket.Conn) int {
	t.Helper()
	for {
		_, _, err := conn.ReadMessage()
		if closed, ok := err.(*websocket.CloseError); ok { //nolint:errorlint // gorilla returns it bare
			return closed.Code
		} else if err != nil {
			t.Fatal(err)
		}
	}
}

func TestFeedsShowWhatWasAnswered(t *testing.T) {
	h := newHouse(t)
	h.furnish()
	srv := h.serve()
	conns := map[string]*websocket.Conn{}
	for _, audience := range []string{"lobby", "room/1", "seat/1/1", "manager", "desk", "kiosk"} {
		conn, _, err := h.dial(srv, "/feed/"+audience, bearer(h.tokens["manager"]))
		h.must(err)
		if f := nextView(t, conn); f.Subject != audience || f.Epoch != h.hall.Epoch() {
			t.Errorf("%s gets %+v", audience, f)
		}
		conns[audience] = conn
	}
	seq := id(h.post("desk", "/visits", nil)["seq"])
	for _, audience := range []string{"lobby", "manager", "desk"} {
		for f := nextView(t, conns[audience]); f.Seq < seq; {
			f = nextView(t, conns[audience])
		}
	}
	h.do(ask{as: "manager", method: put, path: api + "/notice", body: map[string]any{"text": "Selamat pagi"}}).good(h)
	if f := nextView(t, conns["lobby"]); f.View["notice"] != "Selamat pagi" {
		t.Errorf("the lobby shows the notice %v", f.View["notice"])
	}
	h.must(h.Shutdown(context.Background(), srv.Config))
	for audience, conn := range conns {
		if code := closeCode(t, conn); code != int(board.CloseRestarting) {
			t.Errorf("%s is closed with %d", audience, code)
		}
	}
}

func TestWhoMayOpenAFeed(t *testing.T) {
	h := newHouse(t, func(o *Options) { o.PublicURL = "https://antrean.example" })
	h.furnish()
	h.pairDevice(access.Booth, "1", "1")
	srv := h.serve()
	own := http.Header{"Origin": {srv.URL}}
	session, _, err := h.o.Access.SignIn(h.Context(), access.Login{Name: "officer", Password: access.NewPassword(password)})
	h.must(err)
	cookie := func(origin ...string) http.Header {
		return http.Header{"Cookie": {"lapak=" + session}, "Origin": origin}
	}
	for _, c := range []struct {
		name, path string
		header     http.Header
		status     int // of the handshake; 101 with a code: closed at once
		code       int
	}{
		{"own page", "/feed/lobby", cookie(srv.URL), 101, 0},
		{"the public address", "/feed/lobby", cookie("https://antrean.example"), 101, 0},
		{"another site", "/feed/lobby", cookie("http://evil.example"), 403, 0},
		{"another port", "/feed/lobby", cookie("http://127.0.0.1:1"), 403, 0},
		{"another scheme", "/feed/lobby", cookie("https" + strings.TrimPrefix(srv.URL, "http")), 403, 0},
		{"opaque page", "/feed/lobby", cookie("null"), 403, 0},
		{"two origins", "/feed/lobby", cookie(srv.URL, "http://evil.example"), 403, 0},
		{"a cookie without an origin", "/feed/lobby", cookie(), 403, 0},
		{"a program", "/feed/lobby", bearer(h.tokens["officer"]), 101, 0},
		{"nobody", "/feed/lobby", own, 101, int(board.CloseSignedOut)},
		{"nobody from another site", "/feed/lobby", http.Header{"Origin": {"http://evil.example"}}, 403, 0},
		{"another role", "/feed/manager", cookie(srv.URL), 101, int(board.CloseNotAllowed)},
		{"another seat", "/feed/seat/1/2", bearer(h.tokens["booth device"]), 101, int(board.CloseNotAllowed)},
		{"its own seat", "/feed/seat/1/1", bearer(h.tokens["booth device"]), 101, 0},
		{"a room that is not there", "/feed/room/9", bearer(h.tokens["officer"]), 101, int(board.CloseUnknownSubject)},
		{"a page of another build", "/feed/lobby?build=0123456789abcdef", bearer(h.tokens["officer"]), 101, int(board.CloseReplacedBuild)},
	} {
		t.Run(c.name, func(t *testing.T) {
			conn, resp, err := h.dial(srv, c.path, c.header)
			if resp == nil || resp.StatusCode != c.status {
				t.Fatalf("%v, %v; want %d", resp, err, c.status)
			}
			switch {
			case c.status != http.StatusSwitchingProtocols:
				if got := resp.Header.Get("Content-Type"); got != "application/problem+json" {
					t.Errorf("the refusal comes as %q: %s", got, readAll(t, resp.Body))
				}
			case c.code != 0:
				if got := closeCode(t, conn); got != c.code {
					t.Errorf("closed with %d, want %d", got, c.code)
				}
			default:
				nextView(t, conn)
			}
		})
	}
	h.do(ask{as: "manager", method: get, path: api + "/feed/lobby"}).refused(426, "websocket_required")
	h.do(ask{method: get, path: api + "/feed/lobby"}).refused(401, "not_signed_in")
}

// watchedLobby is a house with a paired display that has the lobby's view.
func watchedLobby(t *testing.T) (*house, access.Device, *httptest.Server, *websocket.Conn) {
	t.Helper()
	h := newHouse(t)
	h.furnish()
	d := h.pairDevice(access.Display, "", "")
	srv := h.serve()
	conn, _, err := h.dial(srv, "/feed/lobby", bearer(h.tokens["display device"]))
	h.must(err)
	nextView(t, conn)
	return h, d, srv, conn
}

// TestAScreenThatWasMovedComesBack: it is no screen that was signed out, which would
// wait for somebody to come.
func TestAScreenThatWasMovedComesBack(t *testing.T) {
	h, d, srv, conn := watchedLobby(t)
	h.do(ask{as: "manager", method: patch, path: fmt.Sprintf("%s/devices/%d", api, d.ID), body: map[string]any{"name": "lobi kanan"}}).good(h)
	if code := closeCode(t, conn); code != int(board.CloseChanged) || !board.CloseCode(code).Again() {
		t.Errorf("closed with %d", code)
	}
	conn, _, err := h.dial(srv, "/feed/lobby", bearer(h.tokens["display device"]))
	h.must(err)
	nextView(t, conn)
}

// TestAScreenWhoseFeedIsOpenIsSeenNow: it asks for nothing while it is fed, which is no
// reason to call it away; once it is gone, it is.
func TestAScreenWhoseFeedIsOpenIsSeenNow(t *testing.T) {
	h := newHouse(t)
	h.furnish()
	h.pairDevice(access.Display, "", "")
	live := func() any {
		return h.get("manager", "/devices")["devices"].([]any)[0].(map[string]any)["live"]
	}
	if got := live(); got != nil {
		t.Errorf("a screen that never opened its feed is live: %v", got)
	}
	conn, _, err := h.dial(h.serve(), "/feed/lobby", bearer(h.tokens["display device"]))
	h.must(err)
	nextView(t, conn)
	if got := live(); got != true {
		t.Errorf("a screen whose feed is open is live: %v", got)
	}
	h.must(conn.Close())
	for end := time.Now().Add(patience); live() != nil; time.Sleep(time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("a screen that went is still live")
		}
	}
}

func TestARevokedScreenIsClosedAtOnce(t *testing.T) {
	h, d, _, conn := watchedLobby(t)
	h.must(h.o.Access.RevokeDevice(d.ID))
	if code := closeCode(t, conn); code != int(board.CloseSignedOut) {
		t.Errorf("closed with %d", code)
	}
}

func TestViewsHaveATag(t *testing.T) {
	h := newHouse(t)
	h.furnish()
	look := func(tag string) answered {
		return h.do(ask{as: "officer", method: get, path: api + "/views/lobby", header: map[string]string{"If-None-Match": tag}})
	}
	first := look("")
	tag := first.Header().Get("ETag")
	if first.good(h); !strings.HasPrefix(tag, `"`+h.hall.Epoch()+".") {
		t.Fatalf("the tag is %s", tag)
	}
	for _, same := range []string{tag, "W/" + tag, `"x", ` + tag, "*"} {
		if w := look(same); w.Code != http.StatusNotModified || w.Body.Len() != 0 || w.Header().Get("ETag") != tag {
			t.Errorf("%s: %d %s", same, w.Code, w.Body)
		}
	}
	h.visit()
	w := look(tag)
	if w.Code != http.StatusOK || w.Header().Get("ETag") == tag {
		t.Errorf("after a visit: %d, tag %s", w.Code, w.Header().Get("ETag"))
	}
	tag = w.Header().Get("ETag")
	h.do(ask{as: "manager", method: put, path: api + "/notice", body: map[string]any{"text": "Pagi"}}).good(h)
	if w := look(tag); w.Code != http.StatusOK || w.json()["notice"] != "Pagi" || w.Header().Get("ETag") == tag {
		t.Errorf("after a notice, which is no record: %d %s", w.Code, w.Body)
	}
}

func TestEqualSeqGivesEqualBytes(t *testing.T) {
	h := newHouse(t)
	for _, ready := range []bool{false, true} {
		if ready {
			h.furnish()
			h.visit()
		}
		for _, subject := range []string{"lobby", "manager", "desk", "room/1", "seat/1/1"} {
			first, err := h.o.Source.Render(subject)
			if !ready && err != nil {
				continue // there is no room yet
			}
			h.must(err)
			h.later(90)
			again, err := h.o.Source.Render(subject)
			h.must(err)
			if first.Seq == again.Seq && string(first.Body) != string(again.Body) {
				t.Errorf("%s changed without a record:\n%s\n%s", subject, first.Body, again.Body)
			}
			if !json.Valid(first.Body) {
				t.Errorf("%s is no JSON", subject)
			}
		}
	}
	for _, subject := range []string{"", "lobby/1", "room", "room/", "room/0", "room/1/2", "room/01", "seat/1", "seat/1/99", "seat/1/x", "people"} {
		if _, err := h.o.Source.Render(subject); err == nil {
			t.Errorf("%q is a subject", subject)
		}
	}
}

func TestBannersReachTheManager(t *testing.T) {
	h := newHouse(t, func(o *Options) { o.InsecureLAN = true })
	if got := h.get("manager", "/views/manager")["banners"].([]any); len(got) != 1 || got[0] != bannerInsecure {
		t.Errorf("the banners are %v", got)
	}
}

func TestTheServerHasItsLimits(t *testing.T) {
	h := newHouse(t)
	s := h.HTTPServer("127.0.0.1:0")
	if s.ReadHeaderTimeout != ReadHeaderTimeout || s.ReadTimeout != ReadTimeout || s.WriteTimeout != WriteTimeout || s.IdleTimeout != IdleTimeout || s.MaxHeaderBytes != MaxHeaderBytes {
		t.Errorf("%+v", s)
	}
	srv := h.serve()
	conn, err := net.Dial("tcp", strings.TrimPrefix(srv.URL, "http://"))
	h.must(err)
	defer conn.Close()
	_, err = conn.Write([]byte("GET / HTTP/1.1\r\nHost: localhost\r\nX: " + strings.Repeat("a", MaxHeaderBytes+8<<10) + "\r\n\r\n"))
	h.must(err)
	_ = conn.SetReadDeadline(time.Now().Add(patience))
	head := make([]byte, 12)
	_, err = conn.Read(head)
	h.must(err)
	if string(head) != "HTTP/1.1 431" {
		t.Errorf("a header beyond the limit gets %q", head)
	}
}
