package packing

import (
	"cmp"
	"math/bits"
	"slices"
)

const (
	// maxPlaces bounds the places of one kind of group that are listed: twice what a hall of 200 seats in rows
	// has for groups of 5. Above it the kind is relaxed, see relax.
	maxPlaces = 40_000
	// maxClusters bounds the connected clusters that are looked at for it, most of which are no good.
	maxClusters = 200_000
	// placeSteps bounds the work of growing them.
	placeSteps = 1_500_000
	// placeShare is how many steps of listing cost as much as one of sweeping.
	placeShare = 8
)

// place is one way for one group to sit.
type place struct {
	kind  int
	root  int // its foremost position
	seats row
	foot  row // its seats and all that it keeps others off
	price int64
	edge  []int32 // priced cliques that it does not touch, but whose last open seats it may close
	lost  int     // accessible seats that it takes from those who need them
}

// pool is the places of all kinds.
type pool struct {
	rm      *room
	kinds   []Kind
	places  []place // what may be used
	bounds  []place // what bounds: the same list, unless a kind has too many places
	endless []bool  // per kind: more groups than the room has cliques, so that the supply never ends
	singles bool    // nobody but strangers without needs, and endless ones
	exact   bool    // places holds, for every way to sit, one that is as good
}

// listPlaces lists the places of every kind. With every place wanted, ways that keep others off the same seats
// are all kept; else one of them is, the one with the fewest accessible seats.
func listPlaces(rm *room, kinds []Kind, every bool, w *Work) *pool {
	p := &pool{rm: rm, kinds: kinds, exact: true, endless: make([]bool, len(kinds))}
	most, largest := len(rm.partition()), 0
	for k, kind := range kinds {
		p.endless[k] = kind.Supply >= most
		if kind.Supply > 0 {
			largest = max(largest, kind.Persons)
		}
	}
	p.singles = len(kinds) == 1 && kinds[0].Persons == 1 && !kinds[0].Needs && p.endless[0]
	lists := [][]place{{}} // by persons
	for size := 1; size <= largest; size++ {
		list, complete := rm.clusters(size, every, w)
		if !complete {
			break
		}
		lists = append(lists, list)
	}
	var compact [][]place
	if largest >= len(lists) {
		compact = rm.compact(largest)
	}
	for k, kind := range kinds {
		switch {
		case kind.Supply == 0:
		case kind.Persons < len(lists):
			mine := rm.forKind(lists[kind.Persons], k, kind, every)
			p.places = append(p.places, mine...)
			p.bounds = append(p.bounds, mine...)
		default:
			p.relax(k, lists[len(lists)-1], compact[kind.Persons])
		}
	}
	if p.exact {
		p.bounds = p.places
	}
	return p
}

// groups tells who sits where.
func (p *pool) groups(places []int32) []Group {
	list := make([]Group, 0, len(places))
	for _, c := range places {
		list = append(list, Group{p.places[c].kind, p.rm.named(p.places[c].seats)})
	}
	return list
}

// forKind makes places of clusters.
func (rm *room) forKind(list []place, k int, kind Kind, every bool) []place {
	seen := footprints{at: map[uint64][]int{}}
	mine := []place{}
	for _, one := range list {
		one.kind, one.lost = k, one.seats.common(rm.accessible)
		if kind.Needs && one.lost == 0 {
			continue
		}
		if kind.Needs {
			one.lost = 0
		}
		if every {
			mine = append(mine, one)
			continue
		}
		if twin := seen.find(mine, one); twin < 0 {
			mine = append(mine, one)
			seen.add(len(mine)-1, one)
		} else if one.lost < mine[twin].lost {
			mine[twin] = one
		}
	}
	return mine
}

// footprints finds places with the same footprint.
type footprints struct{ at map[uint64][]int }

func hashOf(r row) uint64 {
	h := uint64(14695981039346656037)
	for _, word := range r {
		h = (h ^ word) * 0x9E3779B97F4A7C15
		h ^= h >> 29
	}
	return h
}

func (f *footprints) find(list []place, one place) int {
	alike := f.at[hashOf(one.foot)]
	for _, i := range alike {
		if list[i].foot.equal(one.foot) {
			return i
		}
	}
	return -1
}

func (f *footprints) add(i int, one place) {
	h := hashOf(one.foot)
	f.at[h] = append(f.at[h], i)
}

// clusters lists the connected sets of so many seats, each once; it is false when they are too many. Without every one
// wanted, those that keep others off more seats than need be are left out.
func (rm *room) clusters(persons int, every bool, w *Work) ([]place, bool) {
	var list []place
	steps, seen := placeSteps, 0
	defer func() { w.take((placeSteps-max(steps, 0))/placeShare + seen/placeShare) }()
	m := newMover(rm)
	trial := place{foot: make(row, rm.words)}
	g := growing{rm: rm, steps: &steps, visit: func(cluster row) bool {
		seen++
		if !every && persons > 1 {
			trial.seats = cluster
			copy(trial.foot, cluster)
			for _, i := range m.members(cluster) {
				trial.foot.join(rm.conflict[i])
			}
			if m.better(&trial) {
				return seen < maxClusters
			}
		}
		list = append(list, rm.placeOn(cluster))
		return len(list) < maxPlaces && seen < maxClusters
	}}
	allowed := make(row, rm.words)
	for i := range rm.n {
		allowed.add(i)
	}
	for root := range rm.n {
		if rm.enough(root, allowed, persons) && !g.from(root, allowed, persons) {
			return nil, false
		}
		allowed.remove(root)
	}
	return list, true
}

// enough tells whether so many seats hang together with the root; else the search for them could take very long.
func (rm *room) enough(root int, allowed row, persons int) bool {
	part, edge := make(row, rm.words), make(row, rm.words)
	part.add(root)
	edge.add(root)
	found := 1
	for i := edge.first(); i >= 0 && found < persons; i = edge.first() {
		edge.remove(i)
		rm.together[i].each(func(k int) {
			if allowed.has(k) && !part.has(k) {
				part.add(k)
				edge.add(k)
				found++
			}
		})
	}
	return found >= persons
}

func (rm *room) placeOn(cluster row) place {
	one := place{root: cluster.first(), seats: clone(cluster), foot: clone(cluster)}
	cluster.each(func(i int) { one.foot.join(rm.conflict[i]) })
	return one
}

// growing visits connected sets, each once.
type growing struct {
	rm    *room
	steps *int
	visit func(row) bool
	edges []row // per size of the cluster
	seen  []row
}

func (g *growing) from(root int, allowed row, size int) bool {
	words := g.rm.words
	if len(g.edges) < size+1 {
		g.edges, g.seen = rows(size+1, words), rows(size+1, words)
	}
	cluster := make(row, words)
	cluster.add(root)
	copy(g.edges[1], g.rm.together[root])
	g.edges[1].keep(allowed)
	g.edges[1].remove(root)
	copy(g.seen[1], g.edges[1])
	g.seen[1].add(root)
	return g.grow(cluster, allowed, 1, size)
}

// grow adds a seat of the edge to the cluster in every way. Seen holds the cluster and all seats next to it; a seat
// that was tried at this level stays seen, so no cluster is made twice.
func (g *growing) grow(cluster, allowed row, have, size int) bool {
	if have == size {
		return g.visit(cluster)
	}
	edge, seen := g.edges[have], g.seen[have]
	for w := range edge {
		for edge[w] != 0 {
			if *g.steps--; *g.steps < 0 {
				return false
			}
			seat := w*wordBits + bits.TrailingZeros64(edge[w])
			edge.remove(seat)
			nextEdge, nextSeen := g.edges[have+1], g.seen[have+1]
			near := g.rm.together[seat]
			for v := range nextEdge {
				fresh := near[v] & allowed[v] &^ seen[v]
				nextEdge[v] = edge[v] | fresh
				nextSeen[v] = seen[v] | fresh
			}
			cluster.add(seat)
			if !g.grow(cluster, allowed, have+1, size) {
				return false
			}
			cluster.remove(seat)
		}
	}
	return true
}

// relax answers for a kind with too many places to list. To bound, such a group counts in full but needs the seats
// of a smaller one only: every connected cluster contains connected clusters of every smaller size, so whatever
// really fits fits so as well. To sit, it gets the most compact clusters.
func (p *pool) relax(k int, smaller, compact []place) {
	p.exact = false
	kind := p.kinds[k]
	relaxed := kind
	relaxed.Needs = false
	p.bounds = append(p.bounds, p.rm.forKind(smaller, k, relaxed, false)...)
	p.places = append(p.places, p.rm.forKind(compact, k, kind, false)...)
}

// compactWidth is how many clusters are grown from each seat when all are too many.
const compactWidth = 16

// compact lists, by persons, the clusters that keep others off the fewest seats, as a greedy growth from each seat
// finds them.
func (rm *room) compact(persons int) [][]place {
	lists := make([][]place, persons+1)
	for root := range rm.n {
		seed := make(row, rm.words)
		seed.add(root)
		front := []place{rm.placeOn(seed)}
		for size := 1; size <= persons; size++ {
			if size > 1 {
				front = rm.widen(front)
			}
			lists[size] = append(lists[size], front...)
		}
	}
	return lists
}

// growth is one way to add a seat to a cluster.
type growth struct{ from, seat, cost int }

func (rm *room) widen(front []place) []place {
	var all []growth
	next := make(row, rm.words)
	for i, one := range front {
		clear(next)
		one.seats.each(func(k int) { next.join(rm.together[k]) })
		next.drop(one.seats)
		taken := one.foot.count()
		next.each(func(seat int) {
			all = append(all, growth{i, seat, taken + rm.conflict[seat].count() - rm.conflict[seat].common(one.foot)})
		})
	}
	slices.SortFunc(all, func(a, b growth) int {
		return cmp.Or(cmp.Compare(a.cost, b.cost), cmp.Compare(a.from, b.from), cmp.Compare(a.seat, b.seat))
	})
	var seen []uint64
	var wider []place
	for _, c := range all {
		cluster := clone(front[c.from].seats)
		cluster.add(c.seat)
		if h := hashOf(cluster); !slices.Contains(seen, h) {
			seen = append(seen, h)
			wider = append(wider, rm.placeOn(cluster))
		}
		if len(wider) == compactWidth {
			break
		}
	}
	return wider
}
