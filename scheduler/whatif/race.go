package whatif

import (
	"cmp"
	"slices"
)

// race is the search for advice: every candidate plays a few days, those that
// may still win play more, and the last ones all days. What a round keeps is
// decided when it is whole, so it does not depend on the order of the work.
type race struct {
	promise Promise
	rounds  []Round
	plan    []heat
	at      int // the heat under way
}

// heat is one round as it is planned: until each has played so many days, and
// how many go on.
type heat struct{ days, keep int }

// The rounds of the race: two days tell a failure from a chance, six an order,
// the rest gives the intervals.
const (
	firstDays  = 2
	secondDays = 6
	keepFirst  = 16
	keepSecond = 6
	proposals  = 3
)

// begin makes the candidates and the first round.
func (s *Study) begin() {
	base := s.variants[0]
	r := &race{promise: s.q.promise(&base.base)}
	s.race = r
	s.variants = append(s.variants, base.base.candidates()...)
	for _, v := range s.variants[1:] {
		v.days = make([]*day, s.days)
	}
	for _, h := range []heat{{firstDays, keepFirst}, {secondDays, keepSecond}, {s.days, proposals}} {
		if h.days = min(h.days, s.days); len(r.plan) == 0 || h.days > r.plan[len(r.plan)-1].days {
			r.plan = append(r.plan, h)
		} else {
			r.plan[len(r.plan)-1].keep = h.keep
		}
	}
	left, from := len(s.variants)-1, 0
	for _, h := range r.plan {
		s.total += (left + 1) * (h.days - from)
		left, from = min(left, h.keep), h.days
	}
	s.heat(0)
}

// promise is the one asked for, with the policy's goal and everybody served
// where nothing is said.
func (q *Question) promise(b *Base) Promise {
	p := Promise{}
	if q.Promise != nil {
		p = *q.Promise
	}
	p.WaitP95S = cmp.Or(p.WaitP95S, b.Policy.Goals.PromisedWaitS)
	p.ServedPct = cmp.Or(p.ServedPct, everybodyPct)
	return p
}

// everybodyPct of the people: everybody.
const everybodyPct = 100

// heat makes the units of the round under way: the base and whoever is left.
func (s *Study) heat(from int) {
	r := s.race
	s.units, s.given, s.put = nil, 0, 0
	began := 0
	for i, v := range s.variants {
		if v.out {
			continue
		}
		if i > 0 {
			began++
		}
		for d := from; d < r.plan[r.at].days; d++ {
			s.units = append(s.units, Unit{i, d, false, s})
		}
	}
	r.rounds = append(r.rounds, Round{Days: r.plan[r.at].days, Began: began})
}

// nextRound ends the round and begins the next one, if there is one.
func (s *Study) nextRound() {
	r := s.race
	order := s.ranked()
	keep := min(len(order), r.plan[r.at].keep)
	r.rounds[len(r.rounds)-1].Kept = keep
	for _, v := range order[keep:] {
		v.out = true
	}
	if r.at == len(r.plan)-1 {
		return
	}
	s.done += s.put
	from := r.plan[r.at].days
	r.at++
	s.heat(from)
}

// standing is how a variant stands to the promise.
type standing struct {
	verdict string
	waits   Interval
	served  Interval
	short   float64 // by how much of the promise it falls short on average; 0: it does not
}

// The verdicts on a promise.
const (
	keeps    = "keeps"
	likely   = "likely"
	unlikely = "unlikely"
	fails    = "fails"
)

// halfPct rounds a served share to whole percent, to the nearest.
const halfPct = 0.5

// stand holds the days a variant has played against the promise.
func (v *variant) stand(p Promise) standing {
	var waits, served []float64
	for _, d := range v.days {
		if d == nil || !d.played {
			continue
		}
		if x := d.values[waitP95At]; x == x { // no NaN
			waits = append(waits, x)
		}
		if x := d.values[servedAt]; x == x {
			served = append(served, x)
		}
	}
	s := standing{waits: intervalOf(waits), served: intervalOf(served)}
	bound, least := float64(p.WaitP95S), float64(p.ServedPct)-halfPct
	if len(served) == 0 {
		s.served = Interval{100, 100, 100} // nobody came
	}
	s.short = max(0, s.waits.Value-bound)/bound + max(0, least-s.served.Value)/10
	switch {
	case s.waits.High <= bound && s.served.Low >= least:
		s.verdict = keeps
	case s.waits.Low > bound || s.served.High < least:
		s.verdict = fails
	case s.short == 0:
		s.verdict = likely
	default:
		s.verdict = unlikely
	}
	return s
}

// idle reports whether the variant has done nothing for the promise: on the
// days that both have played, people wait no shorter and no more are served.
func (v *variant) idle(base *variant) bool {
	waits, served := 0.0, 0.0
	for k, d := range v.days {
		b := base.days[k]
		if d == nil || b == nil || !d.played || !b.played {
			continue
		}
		if x := d.values[waitP95At] - b.values[waitP95At]; x == x { // no NaN
			waits += x
		}
		if x := d.values[servedAt] - b.values[servedAt]; x == x {
			served += x
		}
	}
	return waits >= 0 && served <= 0
}

// ranked are the candidates still in the race: those that keep the promise on
// average by cost, then the others by what they fall short. One that is a
// cheaper one with something added that does no good comes after all that are
// not, and one that does nothing for the promise last.
func (s *Study) ranked() []*variant {
	type entry struct {
		v     *variant
		s     standing
		spare bool // a cheaper one does as well
		idle  bool
	}
	var list []entry
	for _, v := range s.variants[1:] {
		if !v.out {
			list = append(list, entry{v: v, s: v.stand(s.race.promise), idle: v.idle(s.variants[0])})
		}
	}
	for i := range list {
		for k := range list {
			cheaper := list[k].v.cost.Points < list[i].v.cost.Points && within(list[k].v.changes, list[i].v.changes)
			list[i].spare = list[i].spare || (cheaper && list[k].s.short <= list[i].s.short)
		}
	}
	slices.SortStableFunc(list, func(a, b entry) int {
		return cmp.Or(compareBool(a.idle, b.idle), compareBool(a.spare, b.spare),
			cmp.Compare(a.s.short, b.s.short), cmp.Compare(a.v.cost.Points, b.v.cost.Points), cmp.Compare(a.s.waits.Value, b.s.waits.Value))
	})
	out := make([]*variant, len(list))
	for i := range list {
		out[i] = list[i].v
	}
	return out
}

func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}

// within reports whether every change of a is one of b.
func within(a, b []Change) bool {
	for _, x := range a {
		if !slices.Contains(b, x) {
			return false
		}
	}
	return true
}

// covers reports whether a proposal that keeps the promise is these changes
// with something left out.
func (a *Advice) covers(changes []Change) bool {
	return slices.ContainsFunc(a.Proposals, func(p Proposal) bool {
		return (p.Verdict == keeps || p.Verdict == likely) && within(p.Changes, changes)
	})
}

// advice is what the race has found so far.
func (s *Study) advice() *Advice {
	base := s.variants[0]
	a := &Advice{Promise: s.race.promise, Proposals: []Proposal{}, Tried: len(s.variants) - 1, Rounds: slices.Clone(s.race.rounds)}
	if pairs(base.days, base.days) > 0 {
		a.Base = base.stand(s.race.promise).verdict
	}
	for _, v := range s.ranked() {
		n := pairs(base.days, v.days)
		if n == 0 || len(a.Proposals) == proposals || v.idle(base) || a.covers(v.changes) {
			continue
		}
		p := Proposal{Cost: v.cost, Changes: v.changes, Set: v.set, Verdict: v.stand(s.race.promise).verdict, Days: n,
			Rows: rows(base.days, v.days, nil)}
		good := p.Verdict == keeps || p.Verdict == likely
		if a.Met && !good {
			break // those that keep it come first
		}
		a.Met = a.Met || good
		a.Proposals = append(a.Proposals, p)
	}
	return a
}
