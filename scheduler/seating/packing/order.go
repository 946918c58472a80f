package packing

import (
	"cmp"
	"slices"
)

// Refine turns an answer into the one that the order of the list and of the seats prefers: of all ways to sit as
// many persons, the earliest parties in list order; then the fewest accessible seats taken from those who need
// them; then, party by party in list order, the lowest seats. List holds the kind of each party. It returns the
// seats of each party, nil for one that is not seated. When the work runs out, what was decided by then stays.
func Refine(q Question, list []int, a Answer, w *Work) [][]int {
	q = q.plain()
	r := &refining{q: q, list: list, work: w, rm: newRoom(q.Seats, int64(q.DistanceMM), int64(q.TogetherMM))}
	used := make([]int, len(q.Kinds))
	for _, g := range a.Groups {
		used[g.Kind]++
	}
	r.groups = a.Groups
	if a.Persons == 0 {
		return make([][]int, len(list))
	}
	if !w.spent() {
		r.earliest(used, a)
	}
	if !w.spent() {
		r.places(used)
	}
	return r.hand(r.groups)
}

type refining struct {
	q      Question
	list   []int
	work   *Work
	rm     *room
	groups []Group // a way to sit that is known to be as good as what was decided
}

const (
	// tallyWidth bounds the sweep for the earliest parties, which tells apart how many of each kind sit.
	tallyWidth = 4_000
	// askWidths are the widths at which a place is asked for, one after another.
	greedyAsk, narrowAsk, wideAsk = 1, 24, 1_500
)

// earliest finds how many of each kind sit when the earliest in the list do.
func (r *refining) earliest(used []int, a Answer) {
	all, kinds := 0, 0
	for _, kind := range r.q.Kinds {
		all += kind.Persons * kind.Supply
		if kind.Supply > 0 {
			kinds++
		}
	}
	if kinds < 2 || all == a.Persons {
		return
	}
	p := listPlaces(r.rm, r.q.Kinds, false, r.work)
	d := newPrices(p)
	d.improve(a.Persons-1, priceRounds, r.work)
	s := newSweep(p, d, r.q.Limit, r.work)
	s.endless, s.tally = make([]bool, len(p.kinds)), true
	s.ready(a.Persons)
	s.run(tallyWidth)
	best := int32(-1)
	for i := s.bucket[r.rm.n]; i >= 0; i = s.next[i] {
		if int(s.persons[i]) != a.Persons {
			continue
		}
		mine := make([]int, len(used))
		for k := range mine {
			mine[k] = r.q.Kinds[k].Supply - int(s.left[int(i)*s.kinds+k])
		}
		if r.earlier(mine, used) {
			copy(used, mine)
			best = i
		}
	}
	if best >= 0 {
		r.groups = s.groups(best)
	}
}

// earlier compares how many of each kind sit by the earliest party that sits in one way only.
func (r *refining) earlier(a, b []int) bool {
	a, b = slices.Clone(a), slices.Clone(b)
	for _, k := range r.list {
		if (a[k] > 0) != (b[k] > 0) {
			return a[k] > 0
		}
		a[k], b[k] = max(0, a[k]-1), max(0, b[k]-1)
	}
	return false
}

// hand gives the groups to the parties: within a kind, the lowest seats to the first.
func (r *refining) hand(groups []Group) [][]int {
	groups = slices.Clone(groups)
	slices.SortFunc(groups, func(a, b Group) int {
		return cmp.Or(cmp.Compare(a.Kind, b.Kind), slices.Compare(a.Seats, b.Seats))
	})
	next := make([]int, len(r.q.Kinds)+1)
	for k := range next {
		next[k], _ = slices.BinarySearchFunc(groups, k, func(g Group, k int) int { return cmp.Compare(g.Kind, k) })
	}
	last := slices.Clone(next)
	seats := make([][]int, len(r.list))
	for i, k := range r.list {
		if next[k] < last[k+1] {
			seats[i] = groups[next[k]].Seats
			next[k]++
		}
	}
	return seats
}

// places finds the seats when it is known how many of each kind sit.
func (r *refining) places(used []int) {
	kinds := slices.Clone(r.q.Kinds)
	persons, left := 0, make([]uint16, len(kinds))
	single := true
	for k := range kinds {
		kinds[k].Supply = used[k]
		left[k] = uint16(used[k])
		persons += used[k] * kinds[k].Persons
		single = single && (used[k] == 0 || (kinds[k].Persons == 1 && !kinds[k].Needs))
	}
	p := listPlaces(r.rm, kinds, true, r.work)
	if !p.exact {
		return
	}
	p.endless = make([]bool, len(kinds))
	d := newPrices(p)
	d.improve(persons-1, priceRounds, r.work)
	s := newSweep(p, d, 0, r.work)
	s.thrifty, s.ties, s.tally = true, single, true
	s.endless = p.endless
	s.ready(persons)
	complete := s.run(tallyWidth)
	lost := r.lostOf(r.groups)
	needs := slices.ContainsFunc(kinds, func(kind Kind) bool { return kind.Needs && kind.Supply > 0 })
	if !complete && lost > 0 && !needs {
		plain := s.everywhere()
		plain.drop(r.rm.accessible)
		if groups, ok := r.ask(s, plain, nil, left, persons, 0); ok {
			lost, r.groups = 0, groups
		}
	}
	if s.best >= 0 && int(s.lost[s.best]) <= lost {
		lost, r.groups = int(s.lost[s.best]), s.groups(s.best)
	}
	if single && complete {
		return
	}
	s.ties = false
	r.oneByOne(s, left, persons, lost)
}

// lostOf counts the accessible seats that groups without needs use.
func (r *refining) lostOf(groups []Group) int {
	lost := 0
	for _, g := range groups {
		if r.q.Kinds[g.Kind].Needs {
			continue
		}
		for _, seat := range g.Seats {
			if r.q.Seats[seat].Accessible {
				lost++
			}
		}
	}
	return lost
}

// oneByOne gives each party in list order the lowest seats with which all others can still sit.
func (r *refining) oneByOne(s *sweep, left []uint16, persons, lost int) {
	open := s.everywhere()
	sorted := r.sorted(s.pool)
	from := make([]int, len(s.pool.kinds))
	known := r.hand(r.groups)
	var fixed []Group
	for i, k := range r.list {
		if known[i] == nil {
			continue
		}
		list := sorted[k]
		left[k]--
		persons -= s.pool.kinds[k].Persons
		found := false
		for ; from[k] < len(list) && !found && !r.work.spent(); from[k]++ {
			one := list[from[k]]
			if !one.place.seats.within(open) || lost < one.place.lost {
				continue
			}
			if slices.Equal(one.seats, known[i]) {
				found = true
			} else if groups, ok := r.ask(s, open, one.place, left, persons, lost-one.place.lost); ok {
				found = true
				r.groups = append(slices.Clone(fixed), append(groups, Group{k, one.seats})...)
				known = r.hand(r.groups)
			}
			if found {
				open.drop(one.place.foot)
				lost -= one.place.lost
				fixed = append(fixed, Group{k, one.seats})
			}
		}
		if !found {
			return
		}
	}
}

// ask tells whether the rest can sit, in full and at the price, when a place is taken.
func (r *refining) ask(s *sweep, open row, one *place, left []uint16, persons, lost int) ([]Group, bool) {
	rest := clone(open)
	if one != nil {
		rest.drop(one.foot)
	}
	s.target = persons
	if persons == 0 {
		return nil, lost >= 0
	}
	for _, width := range []int{greedyAsk, narrowAsk, wideAsk} {
		complete := s.runFrom(rest, left, width)
		if s.best >= 0 && int(s.persons[s.best]) == persons && int(s.lost[s.best]) <= lost {
			return s.groups(s.best), true
		}
		if complete || r.work.spent() {
			return nil, false
		}
	}
	return nil, false
}

// ranked is a place with its seats as numbered in the question.
type ranked struct {
	place *place
	seats []int
}

// sorted lists the places of each kind, lowest seats first.
func (r *refining) sorted(p *pool) [][]ranked {
	list := make([][]ranked, len(p.kinds))
	for i := range p.places {
		one := &p.places[i]
		list[one.kind] = append(list[one.kind], ranked{one, r.rm.named(one.seats)})
	}
	for k := range list {
		slices.SortFunc(list[k], func(a, b ranked) int { return slices.Compare(a.seats, b.seats) })
	}
	return list
}
