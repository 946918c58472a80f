package whatif

import (
	"cmp"
	"slices"
)

// race is the search for advice: every candidate plays a few days, those that
// may still win play more, the best of those lose every part that is not
// missed, and what is left of them plays all days. What a round keeps is
// decided when it is whole, so it does not depend on the order of the work.
type race struct {
	promise Promise
	rounds  []Round
	plan    []heat
	at      int // the heat under way
	trimAt  int // the heat after which the finalists are trimmed

	singles   []single
	finalists []*finalist
	next      []*variant // that become finalists when too few are left
	trimming  bool
	trimmed   bool
}

// heat is one round as it is planned: until each has played so many days, and
// how many go on.
type heat struct{ days, keep int }

// The rounds of the race: two days tell a failure from a chance, ten an order
// and whether a part is missed, the rest gives the intervals.
const (
	firstDays  = 2
	secondDays = 10
	keepFirst  = 16
	keepSecond = 6
	proposals  = 3
)

// begin makes the candidates and the first round.
func (s *Study) begin() {
	base := s.variants[0]
	r := &race{promise: s.q.promise(&base.base), singles: base.base.singles()}
	s.race = r
	s.variants = append(s.variants, base.base.candidates()...)
	for _, v := range s.variants[1:] {
		v.days = make([]*day, s.days)
	}
	for _, h := range []heat{{firstDays, keepFirst}, {secondDays, keepSecond}} {
		if h.days = min(h.days, s.days); len(r.plan) == 0 || h.days > r.plan[len(r.plan)-1].days {
			r.plan = append(r.plan, h)
		} else {
			r.plan[len(r.plan)-1].keep = h.keep
		}
	}
	if r.trimAt = len(r.plan) - 1; s.days > r.plan[r.trimAt].days {
		r.plan = append(r.plan, heat{s.days, proposals})
	}
	s.heat(0)
	s.forecast()
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

// trimUnits is about how many days a finalist's steps take, in days of the
// round: a combination has some four parts.
const trimUnits = 4

// nextRound ends the round and begins the next one, if there is one.
func (s *Study) nextRound() {
	r := s.race
	s.done += s.put
	s.units, s.given, s.put = nil, 0, 0
	if r.trimming {
		s.trimOn()
	} else {
		order := s.ranked()
		keep := min(len(order), r.plan[r.at].keep)
		r.rounds[len(r.rounds)-1].Kept = keep
		switch {
		case r.at == r.trimAt:
			s.trim(order)
		case r.at < r.trimAt:
			for _, v := range order[keep:] {
				v.out = true
			}
		}
	}
	if !r.trimming && r.at < len(r.plan)-1 {
		from := r.plan[r.at].days
		r.at++
		s.heat(from)
	}
	s.forecast()
}

// forecast is the units of the whole race, as far as they can be known now.
func (s *Study) forecast() {
	r := s.race
	s.total = s.done + len(s.units)
	left := len(s.variants) - 1
	for i, h := range r.plan {
		if i > r.at {
			s.total += (left + 1) * (h.days - r.plan[i-1].days)
		}
		if left = min(left, h.keep); i == r.trimAt && !r.trimmed && !r.trimming {
			s.total += left * trimUnits * h.days
		}
	}
}

// standing is how a variant stands to the promise.
type standing struct {
	verdict string
	waits   Interval
	served  Interval
	short   float64 // by how much of the promise it falls short on average; 0: it does not
	// What it falls short by, told apart: seconds, and percent of the people.
	shortS, shortPct float64
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
	s.shortS, s.shortPct = max(0, s.waits.Value-bound), max(0, least-s.served.Value)
	s.short = s.shortS/bound + s.shortPct/10
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

// covers reports whether a proposal is v with something left out, and as good:
// it keeps the promise, or v is not distinguishably nearer to it.
func (p Promise) covers(listed []*variant, v *variant) bool {
	return slices.ContainsFunc(listed, func(less *variant) bool {
		return within(less.changes, v.changes) && (good(less.stand(p).verdict) || !p.worse(less, v))
	})
}

// good reports whether the verdict is on the side of the promise.
func good(verdict string) bool { return verdict == keeps || verdict == likely }

// cheaperFirst puts a cheaper one before all that it is not distinguishably
// worse than.
func (p Promise) cheaperFirst(list []*variant) {
	for i, v := range list {
		k := i
		for ; k > 0 && v.cost.Points < list[k-1].cost.Points && !p.worse(v, list[k-1]); k-- {
			list[k] = list[k-1]
		}
		list[k] = v
	}
}

// The orders of the proposals.
const (
	orderCost = "cost"     // those that keep the promise, the cheapest first
	orderNear = "nearness" // none keeps it: the nearest first, among equals the cheaper
)

// advice is what the race has found so far.
func (s *Study) advice() *Advice {
	base, promise := s.variants[0], s.race.promise
	a := &Advice{Promise: promise, Order: orderNear, Proposals: []Proposal{}, Tried: len(s.variants) - 1, Rounds: slices.Clone(s.race.rounds)}
	if pairs(base.days, base.days) > 0 {
		a.Base = base.stand(promise).verdict
	}
	list := slices.DeleteFunc(s.ranked(), func(v *variant) bool { return pairs(base.days, v.days) == 0 || v.idle(base) })
	if a.Met = slices.ContainsFunc(list, func(v *variant) bool { return good(v.stand(promise).verdict) }); a.Met {
		a.Order = orderCost
		list = slices.DeleteFunc(list, func(v *variant) bool { return !good(v.stand(promise).verdict) })
	} else {
		list = slices.DeleteFunc(list, func(v *variant) bool { return !promise.worse(base, v) }) // nearer by chance only
		promise.cheaperFirst(list)
	}
	var listed []*variant
	for _, v := range list {
		if len(listed) == proposals || promise.covers(listed, v) {
			continue
		}
		listed = append(listed, v)
		at := v.stand(promise)
		a.Proposals = append(a.Proposals, Proposal{Cost: v.cost, Changes: v.changes, Set: v.set, Verdict: at.verdict,
			Short: Short{WaitS: round(at.shortS), ServedPct: round(at.shortPct)}, Days: pairs(base.days, v.days), Rows: rows(base.days, v.days, nil)})
	}
	return a
}
