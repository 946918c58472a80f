package hall

import (
	"sync"
	"time"

	"lapak/scheduler"
)

// Bounds of the branch's time.
const (
	// ClockToleranceS is how far the wall clock may stand from branch time
	// before a banner asks the manager: more than any healthy drift of a day.
	ClockToleranceS = 60
	// FarAheadS is how far a start may lie after the last record with the day
	// open before deadlines wait for a manager: longer than a power cut, shorter
	// than a night.
	FarAheadS = 4 * 3600
)

// Time is the branch's time: the start plus monotonic time, times a speed (1
// except in a demo). It never goes back and does not follow the wall clock's
// jumps.
type Time struct {
	mu     sync.Mutex
	base   time.Duration // branch time at from, since 1970
	from   time.Time
	speed  int  // 0: paused
	own    bool // a demo's: says nothing about the wall clock
	change []func()
}

// NewTime returns a time that starts now, as the wall clock says.
func NewTime() *Time {
	now := time.Now()
	return &Time{base: time.Duration(now.Unix()) * time.Second, from: now, speed: 1}
}

// NewTimeAt returns a time that starts at a given moment with a given speed,
// for demos: branch seconds per second, 0 for paused.
func NewTimeAt(at int64, speed int) *Time {
	return &Time{base: time.Duration(at) * time.Second, from: time.Now(), speed: speed, own: true}
}

func (t *Time) elapsed() time.Duration {
	return t.base + time.Since(t.from)*time.Duration(t.speed)
}

// Now is branch time in unix seconds.
func (t *Time) Now() int64 {
	t.mu.Lock()
	defer t.mu.Unlock()
	return int64(t.elapsed() / time.Second)
}

// Until is how long to wait in real time until the branch time at is reached,
// or false while paused.
func (t *Time) Until(at int64) (time.Duration, bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	left := time.Duration(at)*time.Second - t.elapsed()
	if left <= 0 {
		return 0, true
	}
	if t.speed == 0 {
		return 0, false
	}
	return left/time.Duration(t.speed) + 1, true
}

// After returns a channel that is closed when branch time reaches at. While time is paused, or when its speed changes, wait for OnChange
// and ask again.
func (t *Time) After(at int64) <-chan struct{} {
	done := make(chan struct{})
	wait, ok := t.Until(at)
	if !ok {
		return done
	}
	time.AfterFunc(wait, func() { close(done) })
	return done
}

// Speed is the branch seconds per second, 0 while paused.
func (t *Time) Speed() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.speed
}

// SetSpeed changes the speed from now on.
func (t *Time) SetSpeed(n int) { t.set(func() { t.speed = n }) }

// Jump moves branch time forward to a moment; an earlier one changes nothing.
func (t *Time) Jump(at int64) {
	t.set(func() { t.base = max(t.base, time.Duration(at)*time.Second) })
}

func (t *Time) set(change func()) {
	t.mu.Lock()
	t.base, t.from = t.elapsed(), time.Now()
	change()
	list := t.change
	t.mu.Unlock()
	for _, f := range list {
		f()
	}
}

// OnChange asks to be told, from the caller's goroutine, whenever the speed or
// the time is set. f must not wait.
func (t *Time) OnChange(f func()) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.change = append(t.change, f)
}

// start aligns the time with the state that was loaded: branch time is the
// wall clock less the offset, and never before the last record. It reports
// whether the start lies so far ahead of the last record, with a day open,
// that deadlines must wait for a manager.
func (t *Time) start(s *scheduler.State) (held bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if !t.own {
		t.base -= time.Duration(s.Floor.Day.OffsetS) * time.Second
	}
	last := time.Duration(s.At) * time.Second
	held = s.Floor.Day.Open && !t.own && t.elapsed()-last > FarAheadS*time.Second
	if t.elapsed() < last {
		t.base, t.from = last, time.Now()
	}
	return held
}

// ClockOff is how many seconds the wall clock stands ahead of what branch time
// expects of it; 0 in a demo, whose time is its own.
func (h *Hall) ClockOff() int64 {
	if h.o.Time.virtual() {
		return 0
	}
	return time.Now().Unix() - (h.Now() + h.State().Floor.Day.OffsetS)
}

// virtual reports whether the time was started at a moment of its own.
func (t *Time) virtual() bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.own
}

// timer is the writer's one timer, in branch time.
type timer struct {
	t  *Time
	c  <-chan time.Time
	in *time.Timer
}

func (t *Time) newTimer() *timer {
	in := time.NewTimer(time.Hour)
	in.Stop()
	return &timer{t: t, c: in.C, in: in}
}

// at arms the timer for a branch time; while time is paused it never fires.
func (m *timer) at(at int64) {
	wait, ok := m.t.Until(at)
	if !ok {
		m.never()
		return
	}
	m.in.Reset(wait)
}

func (m *timer) never() { m.in.Stop() }
func (m *timer) stop()  { m.in.Stop() }
