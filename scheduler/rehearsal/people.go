package rehearsal

import (
	"cmp"
	"slices"

	"lapak/scheduler"
	"lapak/scheduler/calendar"
	"lapak/scheduler/procedure"
	"lapak/scheduler/rehearsal/dice"
)

// People are those who mean to come on one day, whatever the branch does: drawn
// from a configuration, or as a past day's records show them. Two settings that
// are given the same People meet the same visitors with the same luck.
type People struct {
	Date   calendar.Date
	Guests []Guest // in the order of their coming
}

// Visits is how many visits mean to come.
func (p *People) Visits() int { return len(p.Guests) }

// Draw makes the people of a configuration's day, to be met by other
// configurations of the same date.
func Draw(c Config) *People {
	c.People = nil
	return &People{Date: c.Date, Guests: NewWorld(c).guests}
}

// Together are the people of both for one day, in the order of their coming.
func Together(a, b *People) *People {
	out := &People{Date: a.Date, Guests: append(slices.Clone(a.Guests), b.Guests...)}
	slices.SortStableFunc(out.Guests, func(x, y Guest) int { return cmp.Compare(x.At, y.At) })
	return out
}

// Break is one pause of an officer.
type Break struct {
	AtS  int // second of the day at which it is due
	ForS int
}

// Shown is what a past day's records show of one visit beyond its coming.
type Shown struct {
	Drawn   bool // came before the doors opened: Lot is its place in that draw
	Lot     uint32
	CheckS  int64 // from coming to a check that found something missing; below 0: none did
	ReadyS  int64 // from coming to complete papers; below 0: never complete
	Misses  int   // calls that it missed
	LeavesS int64 // gave up so long after its wait began; 0: it stayed
	OutS    int64 // went out so long after coming; 0: it did not
	BackS   int64 // and was back so long after coming
	WalkS   int64 // from the call to the seat; 0: never seen
	Claims  []ShownClaim
}

// ShownClaim is what the records show of one claim.
type ShownClaim struct {
	Steps   []Took // by the place in its procedure
	Desk    int8   // the step at which it was sent to the side desk; below 0: never
	Outcome scheduler.Outcome
}

// Took is a measured step. Who did it belongs to the measure: a briefing that
// a booth played tells nothing of one that an officer gives.
type Took struct {
	S    int64 // seconds; 0: not measured
	Step procedure.StepCode
	Who  procedure.Who
}

// shownOf is what is known of a guest from records, or nil.
func (w *World) shownOf(who int64) *Shown {
	if who < 0 || who >= int64(len(w.guests)) {
		return nil
	}
	return w.guests[who].Shown
}

// shownClaim is what is known of a claim from records, or nil.
func (w *World) shownClaim(claimant int64) *ShownClaim {
	g := w.shownOf(claimant >> 8)
	if k := int(claimant & 255); g != nil && k < len(g.Claims) {
		return &g.Claims[k]
	}
	return nil
}

// length is how long a step takes a claim: as measured on the past day, else
// drawn. The memory keeps what was asked last, because an officer's plans are
// looked at often.
func (w *World) length(m *drawn, c *scheduler.Claim, claimant int64, step procedure.Step) int64 {
	n := int64(c.Step)
	if m.length != 0 && m.who == claimant && m.n == n && m.step == step {
		return m.length
	}
	*m = drawn{who: claimant, n: n, step: step}
	if k := w.shownClaim(claimant); k != nil && int(c.Step) < len(k.Steps) {
		if t := k.Steps[c.Step]; t.S > 0 && t.Step == step.Code && t.Who == step.Who {
			w.asShown++
			m.length = t.S
			return m.length
		}
	}
	w.asDrawn++
	m.length = w.c.duration(claimant, n, step)
	return m.length
}

// arrives is a guest at the door with what the records show of it: papers in
// order at once, or checked later.
func (w *World) papersShown(now scheduler.Time, c *scheduler.Arrive, g *Guest, who int64) (later act, ok bool) {
	k := g.Shown
	switch {
	case k.ReadyS == 0:
		c.Papers = scheduler.PapersReady
		return act{}, false
	case k.CheckS >= 0: // and something was missing
		return act{at: now + k.CheckS, kind: actCheck, who: who}, true
	case k.ReadyS > 0:
		return act{at: now + k.ReadyS, kind: actCheck, who: who}, true
	}
	return act{}, false
}

// waitShown plans what a guest of a past day does while it waits.
func (w *World) waitShown(now scheduler.Time, g *Guest, who int64) {
	if k := g.Shown; k.LeavesS > 0 {
		w.plan(act{at: max(now, w.open) + k.LeavesS, kind: actImpatient, who: who, visit: g.visit})
	}
	if k := g.Shown; k.OutS > 0 {
		w.plan(act{at: now + k.OutS, kind: actStepOut, who: who, visit: g.visit})
	}
}

// The rules draw the places of those who come before the doors open from the
// command's seed and seq (splitmix64's finisher, as in package dice). These undo it,
// so that a guest has the same lot under every setting, and on a past day the
// one that it drew.
const (
	unmixA = 0x96de1b173f119089 // inverse of mixA modulo 2^64
	unmixB = 0x319642b2d24d8ec3 // inverse of mixB modulo 2^64
	weyl   = 0x9e3779b97f4a7c15
	lotTop = 33 // a lot is the top 31 bits
)

// seedForLot is the seed with which the record of a seq draws the lot.
func seedForLot(lot uint32, seq int64) uint64 {
	x := uint64(lot) << lotTop * unmixB
	x ^= x>>27 ^ x>>54
	x *= unmixA
	x ^= x>>30 ^ x>>60
	return x ^ uint64(seq)*weyl
}

// seedOf is the seed of the next command: the lot of whoever comes with it,
// else a draw of its own.
func (w *World) seedOf(seq int64) uint64 {
	if w.c.People == nil || w.coming == 0 {
		return uint64(dice.Roll(w.c.Seed, dice.ForSeed, seq, 0))
	}
	who := w.coming - 1
	if k := w.shownOf(who); k != nil && k.Drawn {
		return seedForLot(k.Lot, seq+1)
	}
	d := dice.Roll(w.c.Seed, dice.ForSeed, who, 3)
	return seedForLot(uint32(d.Next()>>lotTop), seq+1)
}

// earliest is when the first of the people comes.
func (w *World) earliest() scheduler.Time {
	first := w.open
	for i := range w.guests {
		first = min(first, w.guests[i].At)
	}
	return first
}

// lastAt is when the officer makes the last call: as everybody does before the
// close, or earlier when the shift ends.
func (w *World) lastAt(m *officerMemo) scheduler.Time {
	at := w.close - w.c.lastCall()
	if m.spec.LastS > 0 {
		at = min(at, w.at(m.spec.LastS))
	}
	return at
}

// breaks are the officer's pauses in order.
func (o *OfficerSpec) breaks() []Break {
	if o.BreakS > 0 {
		return []Break{{AtS: o.BreakS, ForS: o.BreakForS}}
	}
	return o.Breaks
}

// calledShown plans the way to the seat as long as it was on the past day.
func (w *World) calledShown(v *scheduler.Visit, a act, k *Shown) {
	walk := k.WalkS
	if walk == 0 {
		d := dice.Roll(w.c.Seed, dice.ForWalk, a.who, int64(v.Requeues))
		walk = d.Between(w.c.walk())
	}
	a.at = v.CalledAt + walk
	w.plan(a)
}

// atDesk reports whether the claim's visit sits at a side desk.
func (w *World) atDesk(s *scheduler.State, c *scheduler.Claim) bool {
	v := s.Visit(c.Visit)
	r := s.Room(v.Room)
	return r == nil || r.Desk
}

// groupLength is how long a step with several at once takes for one of them.
func (w *World) groupLength(s *scheduler.State, o *scheduler.Officer, c *scheduler.Claim, step procedure.Step) int64 {
	who := w.claimant(s, c)
	if w.shownClaim(who) != nil {
		return w.length(&drawn{}, c, who, step)
	}
	return w.c.duration(int64(o.ID)<<20, o.WithSince, step)
}
