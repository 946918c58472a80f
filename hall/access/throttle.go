package access

import (
	"net/netip"
	"sync"
)

// How fast anybody may guess. No limit locks an account for good: that would let
// anybody lock everybody out.
const (
	failsFree   = 5       // wrong passwords in a row before an account pauses
	pauseFirst  = 60      // seconds of the first pause, doubled by every further failure
	pauseMost   = 15 * 60 // seconds, the longest pause
	perPrefix   = 20      // failed attempts a minute from one address prefix
	perServer   = 200     // failed attempts a minute in all
	attemptSpan = 60      // seconds of both

	// failsForgotten ends the memory of failures that nobody followed up.
	failsForgotten = 24 * 60 * 60
	// throttleMax bounds the accounts and prefixes remembered. At 200 attempts a
	// minute a flood of invented names needs longer to push one out than the
	// longest pause lasts.
	throttleMax = 4096
)

// Prefix shortens an address to what one customer of a network is given: an IPv4
// address as it is (on a branch LAN anything shorter is the whole house), an IPv6
// address to 64 bits. Something else is kept, shortened to 64 bytes.
func Prefix(address string) string {
	at, err := netip.ParseAddr(address)
	if err != nil {
		if withPort, err := netip.ParseAddrPort(address); err == nil {
			at = withPort.Addr()
		} else {
			return address[:min(len(address), 64)]
		}
	}
	at = at.Unmap().WithZone("")
	if at.Is4() {
		return at.String()
	}
	prefix, err := at.Prefix(64)
	if err != nil {
		return at.String()
	}
	return prefix.String()
}

// throttle counts failures. An attempt is let through before it is judged, so a
// burst can overshoot a limit by as many as the hasher holds, which is ten.
type throttle struct {
	mu       sync.Mutex
	names    map[string]*failures
	prefixes map[string]*window
	all      window
}

type failures struct {
	count int
	last  int64
	until int64 // no attempt is looked at before
}

// window holds the times of the attempts within the last span, oldest first.
type window struct{ at []int64 }

func newThrottle() *throttle {
	return &throttle{names: make(map[string]*failures), prefixes: make(map[string]*window)}
}

// wait gives *Throttled while an attempt may not be looked at.
func (t *throttle) wait(name, prefix string, now int64) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	wait := t.all.wait(now, attemptSpan, perServer)
	if from := t.prefixes[prefix]; from != nil {
		wait = max(wait, from.wait(now, attemptSpan, perPrefix))
	}
	if f := t.names[name]; f != nil && f.last <= now { // else the clock went back
		wait = max(wait, f.until-now)
	}
	if wait > 0 {
		return &Throttled{After: wait}
	}
	return nil
}

// fail counts a wrong attempt.
func (t *throttle) fail(name, prefix string, now int64) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.makeRoom(now)
	from, f := t.prefixes[prefix], t.names[name]
	if from == nil {
		from = &window{}
		t.prefixes[prefix] = from
	}
	if f == nil || f.last+failsForgotten <= now {
		f = &failures{}
		t.names[name] = f
	}
	t.all.add(now, attemptSpan)
	from.add(now, attemptSpan)
	f.count++
	f.last = now
	if over := f.count - failsFree; over >= 0 {
		f.until = now + pauseAfter(over)
	}
}

// pass forgets the failures of an account that signed in.
func (t *throttle) pass(name string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	delete(t.names, name)
}

// makeRoom forgets what no longer matters, and if that is not enough, the oldest.
func (t *throttle) makeRoom(now int64) {
	if len(t.prefixes) >= throttleMax {
		for prefix, w := range t.prefixes {
			if w.trim(now, attemptSpan); len(w.at) == 0 {
				delete(t.prefixes, prefix)
			}
		}
	}
	if len(t.names) < throttleMax {
		return
	}
	oldest, when := "", now
	for name, f := range t.names {
		if f.last+failsForgotten <= now {
			delete(t.names, name)
		} else if f.last <= when {
			oldest, when = name, f.last
		}
	}
	if len(t.names) >= throttleMax {
		delete(t.names, oldest)
	}
}

// pauseAfter gives the pause after so many failures beyond the free ones.
func pauseAfter(over int) int64 {
	pause := int64(pauseFirst)
	for range over {
		if pause *= 2; pause >= pauseMost {
			return pauseMost
		}
	}
	return pause
}

// wait gives how many seconds until one more attempt fits into the span.
func (w *window) wait(now, span int64, most int) int64 {
	w.trim(now, span)
	if len(w.at) < most {
		return 0
	}
	return max(w.at[len(w.at)-most]+span-now, 1)
}

// add counts an attempt, and drops those that the span has left behind.
func (w *window) add(now, span int64) {
	w.trim(now, span)
	w.at = append(w.at, now)
}

// trim drops attempts that are over, and those of a clock that went back.
func (w *window) trim(now, span int64) {
	kept := w.at[:0]
	for _, at := range w.at {
		if at+span > now && at <= now {
			kept = append(kept, at)
		}
	}
	w.at = kept
}
