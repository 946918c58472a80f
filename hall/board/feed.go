package board

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gorilla/websocket"
)

// Limits of the feed. Each is part of what docs/protocol.md promises.
const (
	// MaxRendersPerSecond bounds the renderings of one subject. An eye follows
	// ten changes a second, and a burst of commits must not become a burst of work.
	MaxRendersPerSecond = 10
	// BeatEvery is the heartbeat that scripts can see (browsers hide pings). A
	// screen that misses three of them says that it has lost the branch.
	BeatEvery = 3 * time.Second
	// PingEvery and PongDeadline find dead screens: a dead display swallows
	// megabytes before a write blocks, but it answers no ping. Two are allowed to
	// be lost.
	PingEvery    = 25 * time.Second
	PongDeadline = 60 * time.Second
	// WriteDeadline is how long one frame may take to leave.
	WriteDeadline = 5 * time.Second
	// MaxScreens bounds all screens together: 2,000 at some 25 KB are 50 MB. A
	// branch has tens; the rest is visitors' phones.
	MaxScreens = 2000
	// MaxScreensPerCredential is generous for an officer with tabs and tight for
	// a stolen token. Over it, the oldest screen goes, not the newest: after the
	// network dropped, the oldest is the one that is already dead.
	MaxScreensPerCredential = 10
	// MaxInbound is the largest message that a screen may send, in bytes, and
	// MaxInboundPerSecond how many frames: pongs, and the odd frame of a proxy.
	MaxInbound          = 4 << 10
	MaxInboundPerSecond = 10
	// MaxViewBytes bounds one rendered view. Views are meant to be about 4 KB; one
	// of this size is a mistake, and 1,000 copies of it would be a quarter of a GB.
	MaxViewBytes = 256 << 10
)

// Limits that only this package has to know.
const (
	renderEvery = time.Second / MaxRendersPerSecond
	// keepEvery is how often pings, beats and idle subjects are looked at.
	keepEvery = time.Second
	// closeGrace is how long a screen may take to accept its close frame, so that
	// a revocation is over within a second.
	closeGrace = 800 * time.Millisecond
	// handshakeDeadline bounds the answer to the upgrade request.
	handshakeDeadline = 5 * time.Second
	// sendBuffer is asked of the kernel per screen: about a second and a half of
	// views. With the default, a slow screen would chew through megabytes of old
	// views before it came to the newest.
	sendBuffer = 64 << 10
	// idleSubject is how long a rendering is kept after the last look, so that a
	// page that reloads or a script that polls finds it.
	idleSubject = 30 * time.Second
	// maxIdleSubjects bounds the renderings kept for nobody: 512 of 4 KB are 2 MB.
	maxIdleSubjects = 512
	// maxRefusals bounds the handshakes that are accepted only to be closed with
	// a code, because those come from people who are not signed in.
	maxRefusals = 64
)

// ErrUnknownSubject is what a Source returns (or wraps) for a subject that does
// not exist, or not any more.
var ErrUnknownSubject = errors.New("board: unknown subject")

// ErrShutDown is returned when the feed no longer takes screens or questions.
var ErrShutDown = errors.New("board: the feed is shut down")

// Rendered is one view of one subject.
type Rendered struct {
	Seq  int64  // the journal's seq of the state that was rendered
	At   int64  // the branch's time of that state, Unix seconds
	Body []byte // a JSON object; not changed after it was returned
}

// Source renders the newest committed state. Render is called from several
// goroutines, must be quick and must not wait for the feed. Equal seq must give
// equal bytes: what depends on the time of day belongs to the screen, or to a
// Tick that is a record of its own.
type Source interface {
	Render(subject string) (Rendered, error)
}

// Options of a feed. Source, Epoch and Build are required.
type Options struct {
	Source Source
	Epoch  string // the life of the journal
	Build  string // the running build, so that pages of another can reload
	// Clock is the branch's time in Unix seconds, for hello and beat. A demo runs
	// faster than the wall clock, which is the default.
	Clock func() int64
	// Speed is how many branch seconds pass in a second, for hello and beat, so that
	// screens count on at a demo's pace. Nil, and not sent, where time is time.
	Speed func() int
	// Fault is told, from the feed's goroutines, that a subject could not be
	// rendered. It must not wait.
	Fault func(subject string, err error)
}

// Feed carries views to screens. Make one with NewFeed; end it with Shutdown.
type Feed struct {
	source Source
	epoch  string
	build  string
	clock  func() int64
	speed  func() int
	fault  func(string, error)

	pace     time.Duration // renderEvery
	patience time.Duration // WriteDeadline
	upgrader websocket.Upgrader
	refusals chan struct{}

	generation atomic.Uint64 // counts calls of Changed
	wake       chan struct{} // holds one: something changed
	beat       atomic.Pointer[beat]
	tally      tally

	stop    chan struct{} // closed by Shutdown, once
	stopped chan struct{} // closed when run has returned

	mu      sync.Mutex // guards what follows; never held while rendering or writing
	closed  bool
	topics  map[string]*topic
	idle    int // topics without a user
	screens map[*screen]struct{}
	held    map[string][]*screen // by credential, the oldest first
	empty   chan struct{}        // closed when closed and no screen is left
}

// NewFeed starts a feed; nothing is rendered until somebody looks or asks.
func NewFeed(o Options) *Feed { return newFeed(o, renderEvery, WriteDeadline) }

// newFeed lets tests and benchmarks over a real network choose their own times.
func newFeed(o Options, pace, patience time.Duration) *Feed {
	f := &Feed{
		source: o.Source, epoch: o.Epoch, build: o.Build, clock: o.Clock, speed: o.Speed, fault: o.Fault,
		pace: pace, patience: patience,
		upgrader: websocket.Upgrader{
			HandshakeTimeout: handshakeDeadline,
			// Screens say little and get prepared frames, so that both buffers can
			// be small or shared; the defaults would be 8 KB for each screen.
			ReadBufferSize: 512, WriteBufferSize: 1024, WriteBufferPool: new(sync.Pool),
		},
		refusals: make(chan struct{}, maxRefusals),
		wake:     make(chan struct{}, 1),
		stop:     make(chan struct{}),
		stopped:  make(chan struct{}),
		topics:   make(map[string]*topic),
		screens:  make(map[*screen]struct{}),
		held:     make(map[string][]*screen),
		empty:    make(chan struct{}),
	}
	if f.clock == nil {
		f.clock = func() int64 { return time.Now().Unix() }
	}
	if f.fault == nil {
		f.fault = func(string, error) {}
	}
	go f.run()
	return f
}

// Epoch is the life of the journal that this feed shows.
func (f *Feed) Epoch() string { return f.epoch }

// Changed says that a commit is visible to Source. It never waits.
func (f *Feed) Changed() {
	f.generation.Add(1)
	select {
	case f.wake <- struct{}{}:
	default: // a wake-up is under way and will see this commit too
	}
}

// Current returns the newest view of a subject and its ETag, "epoch.seq" in
// double quotes. All who ask share one rendering. It shows every commit that was
// announced before the call; when the subject was rendered less than a tenth of a
// second ago and has changed since, it waits for the rest of that tenth.
func (f *Feed) Current(ctx context.Context, subject string) (Rendered, string, error) {
	t, err := f.hold(subject)
	if err != nil {
		return Rendered{}, "", err
	}
	defer f.release(t)
	if err := f.refresh(ctx, t); err != nil {
		return Rendered{}, "", err
	}
	e := t.newest.Load()
	return e.rendered, f.etag(e.rendered.Seq), nil
}

func (f *Feed) etag(seq int64) string { return fmt.Sprintf(`"%s.%d"`, f.epoch, seq) }

// CloseCredential closes every screen of a credential, within a second, also those
// that never read: with CloseSignedOut, or with CloseChanged when the credential still
// holds. Call it after a revocation is visible to ScreenOptions.Valid: screens that are
// just connecting are asked once more.
func (f *Feed) CloseCredential(key string, code CloseCode) {
	f.mu.Lock()
	held := append([]*screen(nil), f.held[key]...)
	f.mu.Unlock()
	for _, s := range held {
		s.end(code)
	}
}

// Shutdown closes every screen with CloseRestarting, stops rendering and waits
// until all goroutines of the feed have ended, or ctx has. A second call waits too.
func (f *Feed) Shutdown(ctx context.Context) error {
	f.mu.Lock()
	first := !f.closed
	f.closed = true
	if first {
		close(f.stop)
		if len(f.screens) == 0 {
			close(f.empty)
		}
	}
	open := make([]*screen, 0, len(f.screens))
	for s := range f.screens {
		open = append(open, s)
	}
	f.mu.Unlock()
	for _, s := range open {
		s.end(CloseRestarting)
	}
	for _, wait := range []chan struct{}{f.empty, f.stopped} {
		select {
		case <-wait:
		case <-ctx.Done():
			return fmt.Errorf("board: shutdown: %w", ctx.Err())
		}
	}
	return nil
}

// HandshakeError says why a request did not become a screen. Nothing was written
// yet: the caller answers with Status and the sentence in Reason.
type HandshakeError struct {
	Status int    // an HTTP status
	Code   string // stable, for machines
	Reason string // a sentence, for people
}

func (e *HandshakeError) Error() string { return "board: " + e.Reason }

func errNotAWebsocket() *HandshakeError {
	return &HandshakeError{http.StatusUpgradeRequired, "websocket_required",
		"This address speaks websocket only; ask /api/v1/views for the same view over plain HTTP."}
}
