package packing

import (
	"cmp"
	"slices"
)

// sweep decides seat by seat, foremost first, who sits there. A state is what is open ahead and which groups are
// left; of the ways to one state only the best is kept.
type sweep struct {
	states
	rm      *room
	pool    *pool
	d       *prices
	at      [][]int32 // per position: the places that start there, dearest first
	live    []row     // priced cliques
	price   []int64
	ofSeat  [][]int32 // per position: its priced cliques
	parts   []row     // the partition, which bounds how many groups can still come
	seated  row       // positions where some place starts
	target  int       // states that cannot reach it are dropped
	work    *Work
	endless []bool // per kind: never runs out
	finite  bool   // some kind can
	tally   bool   // How many of each kind are left counts exactly.
	thrifty bool   // Accessible seats taken from those who need them count.

	scratch row
	near    row
	fewer   []uint16
	best    int32 // best final state, or -1
	dropped int64 // the highest bound of a state that was dropped for want of width
	partial bool  // one was
}

func newSweep(p *pool, d *prices, limit int, w *Work) *sweep {
	words := p.rm.words
	s := &sweep{rm: p.rm, pool: p, d: d, work: w, endless: p.endless, parts: p.rm.partition(),
		states:  states{words: words, kinds: len(p.kinds), limit: limit, gathered: make(row, words)},
		scratch: make(row, words), near: make(row, words), fewer: make([]uint16, len(p.kinds)),
		ofSeat: make([][]int32, p.rm.n), at: make([][]int32, p.rm.n), seated: make(row, words)}
	for q, price := range d.clique {
		if price > 0 {
			k := int32(len(s.live))
			s.live, s.price = append(s.live, d.cliques[q]), append(s.price, price)
			d.cliques[q].each(func(i int) { s.ofSeat[i] = append(s.ofSeat[i], k) })
		}
	}
	for i := range p.places {
		one := &p.places[i]
		s.seated.add(one.root)
		one.edge = nil
		one.price = int64(p.kinds[one.kind].Persons)*unit - d.kind[one.kind]
		for q, clique := range s.live {
			if clique.meets(one.seats) {
				one.price -= s.price[q]
			}
		}
	}
	return s
}

// ready sorts the places that can be in an answer of at least target persons.
func (s *sweep) ready(target int) {
	s.target = target
	for p := range s.at {
		s.at[p] = s.at[p][:0]
	}
	for i := range s.pool.places {
		one := &s.pool.places[i]
		if s.d.total+one.price < int64(target)*unit {
			continue
		}
		s.at[one.root] = append(s.at[one.root], int32(i))
		if one.edge == nil {
			one.edge = []int32{}
			for q, clique := range s.live {
				if clique.meets(one.foot) && !clique.meets(one.seats) {
					one.edge = append(one.edge, int32(q))
				}
			}
		}
	}
	for _, list := range s.at {
		slices.SortStableFunc(list, func(a, b int32) int { return cmp.Compare(s.pool.places[b].price, s.pool.places[a].price) })
	}
}

// run sweeps with at most width states per seat. It returns whether nothing was dropped for want of width.
func (s *sweep) run(width int) bool {
	left := make([]uint16, s.kinds)
	for k := range left {
		left[k] = uint16(s.pool.kinds[k].Supply)
	}
	return s.runFrom(s.everywhere(), left, width)
}

func (s *sweep) everywhere() row {
	open := make(row, s.words)
	for i := range s.rm.n {
		open.add(i)
	}
	return open
}

// most is the bound of what the open seats and the groups left can still give.
func (s *sweep) most(open row, left []uint16) int64 {
	bound := int64(0)
	for q, clique := range s.live {
		if clique.meets(open) {
			bound += s.price[q]
		}
	}
	for k, n := range left {
		bound += int64(n) * s.d.kind[k]
	}
	return bound
}

// runFrom sweeps some seats for some groups.
func (s *sweep) runFrom(open row, left []uint16, width int) bool {
	s.reset(s.rm.n)
	s.best, s.dropped, s.partial, s.finite = -1, 0, false, slices.Contains(s.endless, false)
	s.put(open, slices.Clone(left), 0, 0, s.most(open, left), -1, -1)
	var batch []int32
	for p := range s.rm.n {
		batch = batch[:0]
		for i := s.bucket[p]; i >= 0; i = s.next[i] {
			batch = append(batch, i)
		}
		slices.SortFunc(batch, func(a, b int32) int {
			return cmp.Or(cmp.Compare(s.bound[b], s.bound[a]), cmp.Compare(s.lost[a], s.lost[b]), cmp.Compare(a, b))
		})
		batch = s.undominated(batch)
		if len(batch) > width {
			s.drop(s.bound[batch[width]])
			batch = batch[:width]
		}
		for k, i := range batch {
			if k >= width {
				break
			}
			s.expand(int(i), p)
			if s.work.spent() && width > 1 {
				s.drop(s.bound[batch[0]])
				width = 1 // Go on with the best of each seat, so as not to have worked in vain.
			}
		}
	}
	for i := s.bucket[s.rm.n]; i >= 0; i = s.next[i] {
		if s.best < 0 || s.better(s.persons[i], s.lost[i], int(i), int(s.best)) {
			s.best = i
		}
	}
	return !s.partial
}

func (s *sweep) drop(bound int64) {
	s.partial, s.dropped = true, max(s.dropped, bound)
}

// expand decides the foremost open seat of a state in every way.
func (s *sweep) expand(i, p int) {
	easy := s.pool.singles && !s.ties && !s.tally && s.limit == 0
	if !easy || (s.seated.has(p) && !s.dominated(p, s.openOf(i))) {
		s.take(i, p)
		if easy && s.calm(p, s.openOf(i)) {
			return
		}
	}
	s.work.take(1)
	open, bound := s.openOf(i), s.bound[i]
	copy(s.scratch, open)
	s.scratch.remove(p)
	for _, q := range s.ofSeat[p] {
		if !s.live[q].meets(s.scratch) {
			bound -= s.price[q]
		}
	}
	copy(s.fewer, s.leftOf(i))
	s.put(s.scratch, s.fewer, s.persons[i], s.lost[i], bound, int32(i), -1)
}

// take puts somebody on the foremost open seat in every way.
func (s *sweep) take(i, p int) {
	goal := int64(s.target) * unit
	for _, c := range s.at[p] {
		one := &s.pool.places[c]
		bound := s.bound[i] + one.price
		if bound < goal {
			return
		}
		open, left := s.openOf(i), s.leftOf(i)
		persons := s.persons[i] + int32(s.pool.kinds[one.kind].Persons)
		if left[one.kind] == 0 || !one.seats.within(open) || (s.limit > 0 && int(persons) > s.limit) {
			continue
		}
		s.work.take(1)
		for w := range s.scratch {
			s.scratch[w] = open[w] &^ one.foot[w]
		}
		for _, q := range one.edge {
			if clique := s.live[q]; !clique.meets(s.scratch) && clique.meets(open) {
				bound -= s.price[q]
			}
		}
		copy(s.fewer, left)
		if !s.endless[one.kind] {
			s.fewer[one.kind]--
		}
		s.put(s.scratch, s.fewer, persons, s.lost[i]+int32(one.lost), bound, int32(i), c)
	}
}

// cut lowers what is left of each kind to what can still come, so that states meet that differ in nothing else.
func (s *sweep) cut(open row, left []uint16, bound int64) int64 {
	most := uint16(0)
	for _, part := range s.parts {
		if part.meets(open) {
			most++
		}
	}
	for k := range left {
		if left[k] > most && !s.endless[k] {
			bound -= int64(left[k]-most) * s.d.kind[k]
			left[k] = most
		}
	}
	return bound
}

// put keeps a state that can reach the target.
func (s *sweep) put(open row, left []uint16, persons, lost int32, bound int64, parent, by int32) {
	if s.finite && !s.tally {
		bound = s.cut(open, left, bound)
	}
	if bound < int64(s.target)*unit {
		return
	}
	if s.ties {
		s.gather(parent, by)
	}
	if !s.states.put(open, left, persons, lost, bound, parent, by) {
		s.drop(bound)
	}
}

// gather joins the seats of a state, by their number in the question, with those of a place.
func (s *sweep) gather(parent, by int32) {
	clear(s.gathered)
	if parent >= 0 {
		copy(s.gathered, s.sets[int(parent)*s.words:])
	}
	if by >= 0 {
		s.pool.places[by].seats.each(func(i int) { s.gathered.add(s.rm.seatAt[i]) })
	}
}

// rivals bounds with how many better states one is compared.
const rivals = 128

// undominated keeps the states than which no better one leaves at least as much. The batch is in order of its bounds.
func (s *sweep) undominated(batch []int32) []int32 {
	kept := batch[:0]
	for _, b := range batch {
		dominated := false
		for k := 0; k < min(len(kept), rivals) && !dominated; k++ {
			dominated = s.dominates(int(kept[k]), int(b))
		}
		if !dominated {
			kept = append(kept, b)
		}
	}
	return kept
}

func (s *sweep) dominates(a, b int) bool {
	if s.persons[a] < s.persons[b] || (s.limit > 0 && s.persons[a] != s.persons[b]) || !s.openOf(b).within(s.openOf(a)) {
		return false
	}
	if (s.ties && s.better(s.persons[b], s.lost[b], b, a)) || (s.thrifty && s.lost[a] > s.lost[b]) {
		return false
	}
	mine, other := s.leftOf(a), s.leftOf(b)
	for k, n := range mine {
		if n < other[k] || (s.tally && n != other[k]) {
			return false
		}
	}
	return true
}

// taken walks back from a final state to the places taken.
func (s *sweep) taken(i int32) []int32 {
	var list []int32
	for ; i >= 0; i = s.parent[i] {
		if s.by[i] >= 0 {
			list = append(list, s.by[i])
		}
	}
	return list
}

// groups walks back from a final state to who sits where.
func (s *sweep) groups(i int32) []Group { return s.pool.groups(s.taken(i)) }
