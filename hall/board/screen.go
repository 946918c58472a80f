package board

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"sync/atomic"
	"time"

	"github.com/gorilla/websocket"
)

// screen is one connection. Two goroutines serve it: the one that took the
// request reads, a second one writes, and it is the only one that writes views.
//
// There is no queue. Whoever has something for the screen leaves it where the
// writer will look (the topic's newest edition, the feed's beat, the flags here)
// and rings. Ringing never waits, and ringing twice is ringing once: that is why
// the newest wins and why a screen that never reads costs the others nothing.
type screen struct {
	feed       *Feed
	credential string
	valid      func() bool

	bell  chan struct{}                  // holds one
	code  atomic.Int32                   // the CloseCode it ends with; 0 while it lives
	ping  atomic.Bool                    // a ping is asked for
	conn  atomic.Pointer[websocket.Conn] // nil until upgraded
	limit inboundLimit                   // of the reading goroutine

	place    int       // in topic.screens, under topic.mu
	lastPing time.Time // under Feed.mu

	// Of the writing goroutine.
	topic *topic
	shown *edition
	beat  *beat
}

func newScreen(f *Feed, o ScreenOptions) *screen {
	valid := o.Valid
	if valid == nil {
		valid = func() bool { return true }
	}
	return &screen{
		feed: f, credential: o.Credential, valid: valid,
		bell: make(chan struct{}, 1), lastPing: time.Now(),
	}
}

// ring tells the writer to look. It never waits.
func (s *screen) ring() {
	select {
	case s.bell <- struct{}{}:
	default:
	}
}

// end asks the screen to close with a code; the first code counts, and end
// reports whether this was it. Within closeGrace the connection is gone, whether
// or not the screen reads.
func (s *screen) end(code CloseCode) bool {
	if !s.code.CompareAndSwap(0, int32(code)) {
		return false
	}
	s.ring()
	time.AfterFunc(closeGrace, s.cut)
	return true
}

// lost ends the screen after a failed read or write: for being too slow if a
// deadline passed, for flooding, else because it has gone.
func (s *screen) lost(err error) {
	var late net.Error
	switch {
	case errors.Is(err, errFlood):
		s.end(CloseFlooding)
	case !errors.As(err, &late) || !late.Timeout():
		s.end(codeGone)
	case s.end(CloseTooSlow):
		s.feed.tally.cutOff.Add(1)
	}
}

// cut closes the connection without a word.
func (s *screen) cut() {
	if c := s.conn.Load(); c != nil {
		_ = c.Close()
	}
}

// pingIfDue asks the writer for a ping every PingEvery. The caller has Feed.mu.
func (s *screen) pingIfDue(now time.Time) {
	if now.Sub(s.lastPing) >= PingEvery {
		s.lastPing = now
		s.ping.Store(true)
		s.ring()
	}
}

// serve runs the screen until it has gone.
func (s *screen) serve(r *http.Request, conn *websocket.Conn, subject string) {
	defer conn.Close()
	s.conn.Store(conn)
	if !s.valid() {
		s.end(CloseSignedOut)
	}
	query := r.URL.Query()
	if b := query.Get("build"); b != "" && b != s.feed.build {
		s.end(CloseReplacedBuild)
	}
	if err := s.open(subject); err != nil {
		s.end(openingCode(err))
	}
	if s.topic != nil {
		defer s.close()
	}
	if code := CloseCode(s.code.Load()); code != 0 {
		sayGoodbye(conn, code)
		return
	}
	s.beat = s.feed.beat.Load() // hello says as much as an old beat would
	s.resume(query)
	written := make(chan struct{})
	go func() {
		defer close(written)
		s.write(conn)
	}()
	s.read(conn)
	<-written
}

// open joins the topic and sees to its first rendering. It joins before it
// renders: the other way round, a change in between would be rendered for nobody.
func (s *screen) open(subject string) error {
	t, err := s.feed.hold(subject)
	if err != nil {
		return err
	}
	t.join(s)
	s.topic = t
	// The wait is for the pace of renderings only; it cannot be long.
	ctx, cancel := context.WithTimeout(context.Background(), handshakeDeadline)
	defer cancel()
	err = s.feed.refresh(ctx, t)
	if err != nil && t.newest.Load() != nil && !errors.Is(err, ErrUnknownSubject) {
		return nil // the last good view, without beats until it renders again
	}
	return err
}

// close lets go of the topic.
func (s *screen) close() {
	s.topic.leave(s)
	s.feed.release(s.topic)
}

// resume takes the newest view as shown if the screen says that it holds it: that
// it was right at a seq beyond the one at which that view was made, as a beat told
// it. The view's own seq is no proof, because what is not in the journal (the
// notice, a banner) makes another view of the same seq, also over a restart.
// A seq beyond what is rendered is of no journal of ours, and is not believed.
func (s *screen) resume(query url.Values) {
	upTo := s.topic.current.Load()
	e := s.topic.newest.Load() // after upTo, so that it is right at least until there
	seq, err := strconv.ParseInt(query.Get("seq"), 10, 64)
	if err == nil && query.Get("epoch") == s.feed.epoch && seq > e.rendered.Seq && seq <= upTo {
		s.shown = e
	}
}

// read waits for pongs and for the end, and ignores all else that comes.
func (s *screen) read(conn *websocket.Conn) {
	conn.SetReadLimit(MaxInbound)
	alive := func() error { return conn.SetReadDeadline(time.Now().Add(PongDeadline)) }
	answer := conn.PingHandler()
	conn.SetPongHandler(func(string) error {
		s.heard()
		return alive()
	})
	conn.SetPingHandler(func(data string) error {
		s.heard()
		return answer(data)
	})
	err := alive()
	for err == nil {
		var message io.Reader
		if _, message, err = conn.NextReader(); err == nil {
			s.heard()
			// Read to its end, because only what is read counts for the limit.
			_, err = io.Copy(io.Discard, message)
		}
	}
	s.lost(err)
}

// heard counts a frame from the screen and ends the screen when there are too
// many. Reading goes on, so that the close frame is not lost to a reset.
func (s *screen) heard() {
	if s.limit.exceeded(time.Now()) {
		s.end(CloseFlooding)
	}
}

// write sends what is new each time the bell rings, until the screen ends.
func (s *screen) write(conn *websocket.Conn) {
	err := s.greet(conn)
	for err == nil {
		<-s.bell
		if code := CloseCode(s.code.Load()); code != 0 {
			s.bye(conn, code)
			return
		}
		err = s.deliver(conn)
	}
	s.lost(err)
	_ = conn.Close() // a frame may be half out: nothing more can be said
}

// greet says hello and lets the loop send the view.
func (s *screen) greet(conn *websocket.Conn) error {
	s.ring()
	hello, err := prepare(s.feed.helloFrame(s.topic.newest.Load().rendered.Seq))
	if err != nil {
		return err
	}
	return s.send(conn, hello)
}

// deliver sends the newest view, the newest beat and a ping, each if due. What a
// beat claims must be true of the view that the screen holds when it comes, so
// the view is looked up last and sent first.
func (s *screen) deliver(conn *websocket.Conn) error {
	b, upTo := s.feed.beat.Load(), s.topic.current.Load()
	e := s.topic.newest.Load()
	if e != s.shown {
		if err := s.send(conn, e.frame); err != nil {
			return err
		}
		s.shown = e
	}
	if b != s.beat && !s.topic.failing.Load() {
		s.beat = b
		// A beat from before the view would take seq back, and the view is proof
		// of life enough; one from before the screen joined may claim too much.
		if e.rendered.Seq <= b.seq && b.seq <= upTo {
			if err := s.send(conn, b.frame); err != nil {
				return err
			}
		}
	}
	if !s.ping.CompareAndSwap(true, false) {
		return nil
	}
	if !s.valid() {
		s.end(CloseSignedOut)
		return nil
	}
	return conn.WriteControl(websocket.PingMessage, nil, time.Now().Add(s.feed.patience))
}

// send writes one prepared frame within WriteDeadline.
func (s *screen) send(conn *websocket.Conn, frame *websocket.PreparedMessage) error {
	_ = conn.SetWriteDeadline(time.Now().Add(s.feed.patience)) // kept by conn, cannot fail
	if err := conn.WritePreparedMessage(frame); err != nil {
		return err
	}
	s.feed.tally.sent.Add(1)
	return nil
}

// bye sends the close frame. The reader then waits for the answer until cut.
func (s *screen) bye(conn *websocket.Conn, code CloseCode) {
	if code == codeGone {
		return
	}
	text := websocket.FormatCloseMessage(int(code), code.Reason())
	_ = conn.WriteControl(websocket.CloseMessage, text, time.Now().Add(closeGrace))
}

// inboundLimit counts frames in windows of one second.
type inboundLimit struct {
	since time.Time
	n     int
}

func (l *inboundLimit) exceeded(now time.Time) bool {
	if now.Sub(l.since) >= time.Second {
		l.since, l.n = now, 0
	}
	l.n++
	return l.n > MaxInboundPerSecond
}
