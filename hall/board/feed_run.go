package board

import (
	"time"
)

// run is the feed's one goroutine: it renders after changes, beats, pings and
// forgets. It writes to no screen, so that no screen can hold it up; and because
// it also beats, a rendering that hangs shows on the screens as a lost branch.
func (f *Feed) run() {
	defer close(f.stopped)
	keep := time.NewTicker(keepEvery)
	defer keep.Stop()
	due := time.NewTimer(time.Hour)
	due.Stop()
	defer due.Stop()
	var last time.Time
	beaten := time.Now()
	waiting := false // a round is due later
	for {
		now := false
		select {
		case <-f.stop:
			return
		case <-f.wake:
			rest := f.pace - time.Since(last)
			if now = rest <= 0; !now && !waiting {
				due.Reset(rest)
				waiting = true
			}
		case <-due.C:
			now, waiting = true, false
		case <-keep.C:
			f.keep(time.Now())
			if time.Since(beaten) >= BeatEvery {
				beaten = time.Now()
				f.sendBeat()
			}
			now = f.anyFailing() // what failed is tried again each second
		}
		if now {
			last = time.Now()
			if rest := f.round(last); rest > 0 && !waiting {
				due.Reset(rest)
				waiting = true
			}
		}
	}
}

// watchedTopics lists the topics that have screens.
func (f *Feed) watchedTopics() []*topic {
	f.mu.Lock()
	defer f.mu.Unlock()
	watched := make([]*topic, 0, len(f.topics))
	for _, t := range f.topics {
		if t.watched() {
			watched = append(watched, t)
		}
	}
	return watched
}

// Watched reports whether a screen is connected to the subject now.
func (f *Feed) Watched(subject string) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	t := f.topics[subject]
	return t != nil && t.watched()
}

// Connected reports whether a screen of the credential is open now.
func (f *Feed) Connected(credential string) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	return len(f.held[credential]) > 0
}

// round renders every watched topic that is behind. It returns when to try the
// ones whose pace did not allow it yet, 0 if there are none.
func (f *Feed) round(now time.Time) time.Duration {
	var again time.Duration
	for _, t := range f.watchedTopics() {
		if rest := f.attempt(t, now); rest > 0 && (again == 0 || rest < again) {
			again = rest
		}
	}
	return again
}

func (f *Feed) anyFailing() bool {
	for _, t := range f.watchedTopics() {
		if t.failing.Load() {
			return true
		}
	}
	return false
}

// sendBeat publishes one beat for all screens whose subject renders. Its seq is
// the lowest that all of them are known to be right at, so that it is true for
// each; a screen that was already shown something newer leaves this one out.
func (f *Feed) sendBeat() {
	var sound []*topic
	var seq int64
	for _, t := range f.watchedTopics() {
		if t.failing.Load() || t.newest.Load() == nil {
			continue
		}
		if c := t.current.Load(); len(sound) == 0 || c < seq {
			seq = c
		}
		sound = append(sound, t)
	}
	if len(sound) == 0 {
		return
	}
	frame, err := prepare(f.beatFrame(seq))
	if err != nil {
		f.fault("beat", err)
		return
	}
	f.beat.Store(&beat{seq: seq, frame: frame})
	for _, t := range sound {
		t.each((*screen).ring)
	}
}

// keep asks for the pings that are due and forgets the subjects that nobody has
// looked at for a while.
func (f *Feed) keep(now time.Time) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for s := range f.screens {
		s.pingIfDue(now)
	}
	for _, t := range f.topics {
		if t.idle && now.Sub(t.idleSince) >= idleSubject {
			f.drop(t)
		}
	}
}
