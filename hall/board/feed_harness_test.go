package board

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"sync"
	"testing"
	"time"

	"github.com/gorilla/websocket"
)

// branch is a Source whose state is a body per subject. It remembers what it
// was at every seq, so that tests can ask what a screen ought to show.
type branch struct {
	mu       sync.Mutex
	seq      int64
	bodies   map[string]string
	history  map[string][]string // by subject, the body at each seq
	broken   map[string]error
	panics   map[string]bool
	rendered map[string][]time.Time
}

const noon = 1_772_416_800 // 2026-03-02T02:00:00Z

func newBranch(subjects ...string) *branch {
	b := &branch{
		bodies: map[string]string{}, history: map[string][]string{},
		broken: map[string]error{}, panics: map[string]bool{}, rendered: map[string][]time.Time{},
	}
	for _, s := range subjects {
		b.bodies[s] = `{"n":0}`
		b.history[s] = []string{`{"n":0}`}
	}
	return b
}

// commit is one record that changes what one subject shows.
func (b *branch) commit(subject, body string) int64 {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.seq++
	if body != "" {
		b.bodies[subject] = body
	}
	for s := range b.bodies {
		b.history[s] = append(b.history[s], b.bodies[s])
	}
	return b.seq
}

func (b *branch) breakSubject(subject string, err error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.broken[subject] = err
}

func (b *branch) Render(subject string) (Rendered, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.rendered[subject] = append(b.rendered[subject], time.Now())
	if b.panics[subject] {
		panic("the view stumbled")
	}
	if err := b.broken[subject]; err != nil {
		return Rendered{}, err
	}
	body, ok := b.bodies[subject]
	if !ok {
		return Rendered{}, fmt.Errorf("%w: %q", ErrUnknownSubject, subject)
	}
	return Rendered{Seq: b.seq, At: noon + b.seq, Body: []byte(body)}, nil
}

func (b *branch) renders(subject string) int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return len(b.rendered[subject])
}

func (b *branch) shownAt(subject string, seq int64) string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.history[subject][seq]
}

// street is a feed behind a real HTTP server whose network is net.Pipe, so that
// it works in a synctest bubble, where a minute passes at once.
type street struct {
	t       *testing.T
	feed    *Feed
	options func(r *http.Request) ScreenOptions
	conns   chan net.Conn
	closed  chan struct{}
	server  *http.Server
	faults  chan error
}

func newStreet(t *testing.T, source Source) *street {
	s := &street{
		t: t, conns: make(chan net.Conn), closed: make(chan struct{}), faults: make(chan error, 1000),
		options: func(r *http.Request) ScreenOptions {
			return ScreenOptions{Credential: r.Header.Get("X-Credential"), TokenClient: true}
		},
	}
	s.feed = NewFeed(Options{
		Source: source, Epoch: "e1", Build: "b1", Clock: func() int64 { return noon },
		Fault: func(_ string, err error) { s.faults <- err },
	})
	s.server = &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		answerHandshake(w, s.feed.Serve(w, r, r.URL.Query().Get("subject"), s.options(r)))
	})}
	go func() { _ = s.server.Serve(s) }()
	return s
}

func answerHandshake(w http.ResponseWriter, err error) {
	var refused *HandshakeError
	if errors.As(err, &refused) {
		http.Error(w, refused.Reason, refused.Status)
	}
}

func (s *street) Accept() (net.Conn, error) {
	select {
	case c := <-s.conns:
		return c, nil
	case <-s.closed:
		return nil, net.ErrClosed
	}
}
func (s *street) Close() error   { return nil }
func (s *street) Addr() net.Addr { return &net.UnixAddr{Name: "street", Net: "pipe"} }

// end shuts everything down, so that no goroutine outlives a bubble.
func (s *street) end() {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	if err := s.feed.Shutdown(ctx); err != nil {
		s.t.Error(err)
	}
	close(s.closed)
	_ = s.server.Close()
}

func (s *street) dial(query string, header http.Header) (*websocket.Conn, *http.Response, error) {
	here, there := net.Pipe()
	s.conns <- there
	d := websocket.Dialer{NetDial: func(string, string) (net.Conn, error) { return here, nil }}
	return d.Dial("ws://branch.example/feed?"+query, header)
}

func (s *street) mustDial(query, credential string) *websocket.Conn {
	s.t.Helper()
	h := http.Header{}
	if credential != "" {
		h.Set("X-Credential", credential)
	}
	c, _, err := s.dial(query, h)
	if err != nil {
		s.t.Fatal(err)
	}
	return c
}

// frame is any frame of the feed, decoded.
type frame struct {
	Type    string          `json:"type"`
	Subject string          `json:"subject"`
	Epoch   string          `json:"epoch"`
	Build   string          `json:"build"`
	Seq     int64           `json:"seq"`
	At      time.Time       `json:"at"`
	View    json.RawMessage `json:"view"`
	text    string
}

// viewer is a screen that reads all it gets and remembers it.
type viewer struct {
	conn *websocket.Conn
	done chan struct{}

	mu     sync.Mutex
	frames []frame
	err    error
}

func watch(conn *websocket.Conn) *viewer {
	v := &viewer{conn: conn, done: make(chan struct{})}
	go func() {
		defer close(v.done)
		for {
			f, err := readFrame(conn)
			v.mu.Lock()
			if err != nil {
				v.err = err
				v.mu.Unlock()
				_ = conn.Close()
				return
			}
			v.frames = append(v.frames, f)
			v.mu.Unlock()
		}
	}()
	return v
}

func readFrame(conn *websocket.Conn) (frame, error) {
	_, text, err := conn.ReadMessage()
	if err != nil {
		return frame{}, err
	}
	f := frame{text: string(text)}
	if err := json.Unmarshal(text, &f); err != nil {
		return frame{}, fmt.Errorf("frame %q: %w", text, err)
	}
	return f, nil
}

func (v *viewer) all() []frame {
	v.mu.Lock()
	defer v.mu.Unlock()
	return append([]frame(nil), v.frames...)
}

func (v *viewer) of(kind string) []frame {
	var some []frame
	for _, f := range v.all() {
		if f.Type == kind {
			some = append(some, f)
		}
	}
	return some
}

// lastView is the body of the newest view, "" without one.
func (v *viewer) lastView() string {
	views := v.of("view")
	if len(views) == 0 {
		return ""
	}
	return string(views[len(views)-1].View)
}

// code is the code the connection was closed with, 0 while it is open.
func (v *viewer) code() CloseCode {
	v.mu.Lock()
	defer v.mu.Unlock()
	var closed *websocket.CloseError
	switch {
	case v.err == nil:
		return 0
	case errors.As(v.err, &closed):
		return CloseCode(closed.Code)
	}
	return 1006
}
