package whatif

import (
	"cmp"
	"slices"
)

// finalist is a combination that the race has left, on its way to the least
// that does as much: it is played with one part left out or made smaller, and
// what is not missed goes.
type finalist struct {
	full    *variant  // as the race found it: every step is held against it
	now     *variant  // what is left of it
	smaller []smaller // now with one part less, or with one smaller part
	bundle  *variant  // now without everything that is not missed one by one
	minimal bool
}

// smaller is one step down from what is left.
type smaller struct {
	v    *variant
	part int     // of now's parts
	to   *single // nil: left out
}

const (
	// enoughPairs of days make an interval worth waiting for; with fewer almost
	// nothing can be told apart and every part would go, so there the mean
	// alone decides.
	enoughPairs = 5
	// stepsDown bounds the smaller forms of one part that are tried, the largest
	// first: a branch of twenty rooms has as many ways to add seats.
	stepsDown = 3
)

// worse reports whether x keeps the promise distinguishably worse than y, on
// the days that both have played. What keeps the promise on average in a figure
// is not worse in it: the promise asks for no more.
func (p Promise) worse(x, y *variant) bool {
	var waits, served []float64
	for k, a := range x.days {
		b := y.days[k]
		if a == nil || b == nil || !a.played || !b.played {
			continue
		}
		if d := a.values[waitP95At] - b.values[waitP95At]; d == d { // no NaN
			waits = append(waits, d)
		}
		if d := b.values[servedAt] - a.values[servedAt]; d == d {
			served = append(served, d)
		}
	}
	s := x.stand(p)
	return (s.shortS > 0 && grows(waits)) || (s.shortPct > 0 && grows(served))
}

// misses reports whether less lacks something that full has: it is
// distinguishably farther from the promise, or only full keeps it.
func (p Promise) misses(less, full *variant) bool {
	return p.worse(less, full) || (good(full.stand(p).verdict) && !good(less.stand(p).verdict))
}

// grows reports whether the differences are above zero: with 95 % certainty, or
// on average where they are few.
func grows(diff []float64) bool {
	d := intervalOf(diff)
	if len(diff) < enoughPairs {
		return d.Value > 0
	}
	return d.Low > 0
}

// trim takes the best combinations apart, from the order of the round before.
func (s *Study) trim(order []*variant) {
	r := s.race
	order = slices.DeleteFunc(slices.Clone(order), func(v *variant) bool { return v.idle(s.variants[0]) })
	n := min(len(order), keepSecond)
	r.trimming, r.next = true, order[n:]
	for _, v := range order[:n] {
		r.finalists = append(r.finalists, s.finalist(v))
	}
	s.trimOn()
}

func (s *Study) finalist(v *variant) *finalist {
	f := &finalist{full: v, now: v}
	s.stepsOf(f)
	return f
}

// trimOn goes on until days must be played, or nothing can be left out of any
// finalist. When that leaves too few different ones, the next in order joins.
func (s *Study) trimOn() {
	r := s.race
	for {
		wanted := make([]bool, len(s.variants))
		waits := false
		for _, f := range r.finalists {
			for !f.minimal && !s.lacks(f, nil) {
				s.step(f)
			}
			wanted = append(wanted, make([]bool, len(s.variants)-len(wanted))...)
			waits = s.lacks(f, wanted) || waits
		}
		if waits {
			s.playMissing(wanted)
			return
		}
		if len(r.left()) >= proposals || len(r.next) == 0 {
			break
		}
		r.finalists, r.next = append(r.finalists, s.finalist(r.next[0])), r.next[1:]
	}
	for _, v := range s.variants[1:] {
		v.out = !slices.Contains(r.left(), v)
	}
	r.trimming, r.trimmed = false, true
	r.rounds = append(r.rounds, Round{Days: r.plan[r.at].days, Began: len(r.finalists), Kept: len(r.left())})
}

// left are the different combinations that the finalists have come down to.
func (r *race) left() []*variant {
	var list []*variant
	for _, f := range r.finalists {
		if !slices.Contains(list, f.now) {
			list = append(list, f.now)
		}
	}
	return list
}

// lacks reports whether days must be played before the finalist's next step,
// and marks whose.
func (s *Study) lacks(f *finalist, wanted []bool) bool {
	if f.minimal {
		return false
	}
	list := []*variant{f.bundle}
	if f.bundle == nil {
		list = list[:0]
		for _, x := range f.smaller {
			list = append(list, x.v)
		}
	}
	lacks := false
	for _, v := range list {
		if pairs(s.variants[0].days, v.days) >= s.race.plan[s.race.at].days {
			continue
		}
		lacks = true
		if wanted != nil {
			wanted[slices.Index(s.variants, v)] = true
		}
	}
	return lacks
}

// playMissing makes the units of the days that the wanted have not played.
func (s *Study) playMissing(wanted []bool) {
	for i, v := range s.variants {
		for d := 0; wanted[i] && d < s.race.plan[s.race.at].days; d++ {
			if v.days[d] == nil {
				s.units = append(s.units, Unit{i, d, false, s})
			}
		}
	}
}

// step takes what is not missed out of the finalist: everything at once if it
// is not missed together either, else the dearest part.
func (s *Study) step(f *finalist) {
	p := s.race.promise
	if f.bundle != nil && !p.misses(f.bundle, f.full) {
		f.now = f.bundle
		s.stepsOf(f)
		return
	}
	spare := slices.DeleteFunc(slices.Clone(f.smaller), func(x smaller) bool { return p.misses(x.v, f.full) })
	if len(spare) == 0 {
		f.minimal = true
		return
	}
	slices.SortStableFunc(spare, func(a, b smaller) int {
		return cmp.Or(cmp.Compare(a.v.cost.Points, b.v.cost.Points), cmp.Compare(len(a.v.parts), len(b.v.parts)))
	})
	if f.bundle == nil {
		if f.bundle = s.bundle(f, spare); f.bundle != nil {
			return
		}
	}
	f.now = spare[0].v
	s.stepsOf(f)
}

// bundle is what is left of the finalist without everything that can be spared
// one by one; nil when that is one step, nothing is left, or it does not fit.
func (s *Study) bundle(f *finalist, spare []smaller) *variant {
	keep := make([]*single, len(f.now.parts))
	for i := range keep {
		keep[i] = &f.now.parts[i]
	}
	touched := 0
	for _, x := range slices.Backward(spare) { // the cheapest form of each last
		if keep[x.part] == &f.now.parts[x.part] {
			touched++
		}
		keep[x.part] = x.to
	}
	var parts []single
	for _, x := range keep {
		if x != nil {
			parts = append(parts, *x)
		}
	}
	if touched < 2 || len(parts) == 0 {
		return nil
	}
	return s.variant(parts)
}

// stepsOf lists the steps down from what is left of the finalist.
func (s *Study) stepsOf(f *finalist) {
	f.smaller, f.bundle = nil, nil
	parts := f.now.parts
	for i := range parts {
		rest := slices.Delete(slices.Clone(parts), i, i+1)
		if len(rest) > 0 {
			f.add(s.variant(rest), i, nil)
		}
		steps := 0
		for k := len(s.race.singles) - 1; k >= 0 && steps < stepsDown; k-- {
			if x := &s.race.singles[k]; x.less(parts[i]) && f.add(s.variant(slices.Insert(slices.Clone(rest), i, *x)), i, x) {
				steps++
			}
		}
	}
	f.minimal = len(f.smaller) == 0
}

func (f *finalist) add(v *variant, part int, to *single) bool {
	if v != nil && v != f.now {
		f.smaller = append(f.smaller, smaller{v, part, to})
		return true
	}
	return false
}

// variant is the candidate of these parts, one that is known already or a new
// one out of the race; nil when they do not fit together or change nothing.
func (s *Study) variant(parts []single) *variant {
	v, ok := s.variants[0].base.combine(parts)
	if !ok {
		return nil
	}
	for _, old := range s.variants[1:] {
		if within(old.changes, v.changes) && within(v.changes, old.changes) {
			return old
		}
	}
	v.days, v.out = make([]*day, s.days), true
	s.variants = append(s.variants, v)
	return v
}

// less reports whether x is a smaller form of the part: an hour earlier is half
// an hour earlier and another half.
func (x single) less(part single) bool {
	return x.lever == part.lever && x.step < part.step && (x.points < part.points || x.kind == 0)
}
