package board

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gorilla/websocket"
)

// topic is one subject that somebody looks at or lately asked for.
type topic struct {
	subject string
	newest  atomic.Pointer[edition] // nil until first rendered
	current atomic.Int64            // the seq up to which newest is known to be right
	failing atomic.Bool             // the last rendering failed: no beats

	// turn is held by whoever renders. A channel and not a mutex, because those
	// who wait for it must be able to give up.
	turn       chan struct{}
	generation uint64    // under turn: of the newest rendering
	renderedAt time.Time // under turn: also of a failed one

	mu      sync.Mutex // guards screens
	screens []*screen

	// Under Feed.mu.
	users     int
	idle      bool // in Feed.topics without a user, since idleSince
	idleSince time.Time
}

// edition is a view as it goes out: encoded once, for all screens.
type edition struct {
	rendered Rendered
	frame    *websocket.PreparedMessage
}

// beat is the heartbeat of the moment, one frame for all screens.
type beat struct {
	seq   int64
	frame *websocket.PreparedMessage
}

// hold finds or makes the topic of a subject and keeps it from being dropped.
func (f *Feed) hold(subject string) (*topic, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.closed {
		return nil, ErrShutDown
	}
	t := f.topics[subject]
	if t == nil {
		t = &topic{subject: subject, turn: make(chan struct{}, 1)}
		f.topics[subject] = t
	}
	if t.idle {
		t.idle = false
		f.idle--
	}
	t.users++
	return t, nil
}

// release lets go of a topic. It stays for idleSubject, so that whoever asks
// next shares the rendering, unless nothing was ever rendered or too many wait.
func (f *Feed) release(t *topic) {
	f.mu.Lock()
	defer f.mu.Unlock()
	t.users--
	if t.users > 0 || f.topics[t.subject] != t {
		return
	}
	t.idle, t.idleSince = true, time.Now()
	f.idle++
	if t.newest.Load() == nil || f.idle > maxIdleSubjects {
		f.drop(t)
	}
}

// drop forgets a topic; those who hold it keep it until they let go. The caller
// has f.mu.
func (f *Feed) drop(t *topic) {
	if f.topics[t.subject] != t {
		return
	}
	delete(f.topics, t.subject)
	if t.idle {
		t.idle = false
		f.idle--
	}
}

// refresh makes the topic show every commit announced before the call, keeping
// the pace of renderings by waiting for it.
func (f *Feed) refresh(ctx context.Context, t *topic) error {
	want := f.generation.Load()
	select {
	case t.turn <- struct{}{}:
	case <-ctx.Done():
		return ctx.Err()
	}
	defer func() { <-t.turn }()
	if t.newest.Load() != nil && t.generation >= want && !t.failing.Load() {
		return nil
	}
	if rest := f.pace - time.Since(t.renderedAt); rest > 0 {
		pause := time.NewTimer(rest)
		defer pause.Stop()
		select {
		case <-pause.C:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return f.render(t, time.Now())
}

// attempt renders the topic if it is behind and its pace allows. It returns how
// long to wait before trying again, 0 when there is no need.
func (f *Feed) attempt(t *topic, now time.Time) time.Duration {
	select {
	case t.turn <- struct{}{}:
	default:
		return f.pace // somebody renders it now, perhaps from a state before ours
	}
	defer func() { <-t.turn }()
	if t.generation == f.generation.Load() && t.newest.Load() != nil && !t.failing.Load() {
		return 0
	}
	if rest := f.pace - now.Sub(t.renderedAt); rest > 0 {
		return rest
	}
	// A failure is tried again by the next change or the next second, not here.
	_ = f.render(t, now)
	return 0
}

// render asks the source once and publishes the answer if it differs. The caller
// holds the turn. now is when the caller began, so that a round keeps its pace.
func (f *Feed) render(t *topic, now time.Time) error {
	generation := f.generation.Load() // before rendering: later commits count again
	t.renderedAt = now
	f.tally.renders.Add(1)
	r, err := f.ask(t.subject)
	if err == nil {
		err = f.publish(t, r)
	}
	if err == nil {
		t.generation = generation
		t.failing.Store(false)
		return nil
	}
	t.failing.Store(true)
	if errors.Is(err, ErrUnknownSubject) {
		f.mu.Lock()
		f.drop(t)
		f.mu.Unlock()
		t.each(func(s *screen) { s.end(CloseUnknownSubject) })
		return err
	}
	f.tally.faults.Add(1)
	f.fault(t.subject, err)
	return err
}

// ask calls the source. A panic there is a fault of one subject, not the end of
// the branch.
func (f *Feed) ask(subject string) (r Rendered, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("board: rendering %q panicked: %v\n%s", subject, p, debug.Stack())
		}
	}()
	return f.source.Render(subject)
}

// publish makes r the newest edition if its body is another, and rings.
func (f *Feed) publish(t *topic, r Rendered) error {
	last := t.newest.Load()
	if upTo := t.current.Load(); last != nil && r.Seq < upTo {
		return fmt.Errorf("board: %q was rendered at seq %d after %d", t.subject, r.Seq, upTo)
	}
	if last != nil && bytes.Equal(last.rendered.Body, r.Body) {
		f.tally.unchanged.Add(1)
		t.current.Store(r.Seq)
		return nil
	}
	if len(r.Body) > MaxViewBytes {
		return fmt.Errorf("board: the view of %q has %d bytes, more than %d", t.subject, len(r.Body), MaxViewBytes)
	}
	if !json.Valid(r.Body) {
		return fmt.Errorf("board: the view of %q is not JSON", t.subject)
	}
	frame, err := prepare(f.viewFrame(t.subject, r))
	if err != nil {
		return err
	}
	t.newest.Store(&edition{rendered: r, frame: frame})
	t.current.Store(r.Seq)
	t.each((*screen).ring)
	return nil
}

// each calls do, which must not wait, for every screen of the topic.
func (t *topic) each(do func(*screen)) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, s := range t.screens {
		do(s)
	}
}

func (t *topic) join(s *screen) {
	t.mu.Lock()
	defer t.mu.Unlock()
	s.place = len(t.screens)
	t.screens = append(t.screens, s)
}

func (t *topic) leave(s *screen) {
	t.mu.Lock()
	defer t.mu.Unlock()
	last := len(t.screens) - 1
	moved := t.screens[last]
	t.screens[s.place], moved.place = moved, s.place
	t.screens[last] = nil
	t.screens = t.screens[:last]
}

// watched reports whether the topic has screens.
func (t *topic) watched() bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return len(t.screens) > 0
}
