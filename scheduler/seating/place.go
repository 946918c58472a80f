package seating

const (
	// maxClusters bounds how many places for one party are compared. A party of 4 has fewer in a room of
	// 20 seats; in a hall the first that many, from the lowest seats on, are choice enough.
	maxClusters = 2048
	// placeSteps bounds the work of listing places: large parties in dense halls have millions.
	placeSteps = 50_000
	// maxExactLeft is up to how many seats "how many strangers still fit" is counted exactly; above it a
	// greedy count ranks places well enough, and a decision stays within microseconds.
	maxExactLeft = 24
)

// Place finds seats for one party of exactly persons within the open seats: one connected cluster, with at
// least one accessible seat if accessible. Of all clusters it takes the one that uses the fewest accessible
// seats, then the one that leaves the seats that are worth most, then the one with the lowest seats. The
// worth of the seats left open is value, or with nil strangerWorth for each stranger who can still sit with the
// others and one for each seat.
// It is false when there is no such cluster.
func (p *Plan) Place(open Set, persons int, accessible bool, value func(left Set) int) (Set, bool) {
	open = open.And(&p.usable)
	if persons < 1 || persons > MaxPersons || open.Len() < persons {
		return Set{}, false
	}
	if accessible {
		return p.best(open, open, open.And(&p.accessible), persons, value)
	}
	plain := open.Without(&p.accessible)
	if cluster, ok := p.best(open, plain, plain, persons, value); ok {
		return cluster, true
	}
	return p.best(open, open, open, persons, value)
}

// best compares the clusters of allowed seats that contain at least one of the roots.
func (p *Plan) best(open, allowed, roots Set, persons int, value func(left Set) int) (best Set, found bool) {
	bestUsed, bestWorth, rated := 0, 0, false
	clusters, steps := maxClusters, work{states: placeSteps}
	for clusters > 0 && !roots.Empty() {
		root := roots.First()
		walk(p.together, allowed, root, persons, &steps, func(cluster Set) bool {
			clusters--
			used := cluster.common(&p.accessible)
			if !found || used < bestUsed {
				found, best, bestUsed, rated = true, cluster, used, false
				return clusters > 0
			}
			if used > bestUsed {
				return clusters > 0
			}
			if !rated { // Rated only when there is a choice.
				bestWorth, rated = p.rate(open, best, value), true
			}
			worth := p.rate(open, cluster, value)
			if worth > bestWorth || (worth == bestWorth && cluster.before(&best)) {
				best, bestWorth = cluster, worth
			}
			return clusters > 0
		})
		allowed.Remove(root) // Its clusters have all been seen.
		roots.Remove(root)
	}
	return best, found
}

// rate tells how much is left when a cluster is taken, comparable among the clusters of one open set. In a
// hall only the seats around the cluster are counted before and after, since the others do not change.
func (p *Plan) rate(open, cluster Set, value func(left Set) int) int {
	if value != nil {
		return value(p.After(open, cluster))
	}
	if open.Len() > maxExactLeft {
		area := cluster
		for range 3 { // The cluster's disturbed seats, those they disturb, and those next to them.
			wider := around(p.conflict, area)
			area = area.Or(&wider)
		}
		around := open.And(&area)
		return p.worth(p.After(around, cluster)) - p.worth(around)
	}
	return p.worth(p.After(open, cluster))
}

// strangerWorth is what a stranger who can still sit counts, in seats left open. Strangers alone do not see that a
// tight place leaves room for a family; of the weights 1, 3 and 256 this one seated most over rolling days.
const strangerWorth = 3

func (p *Plan) worth(left Set) int { return strangerWorth*p.Strangers(left) + left.Len() }

// walk visits every connected set of a size that contains root and otherwise only allowed seats, each once.
// It returns false when visit did, or when the steps are used up.
func walk(together []Set, allowed Set, root, size int, steps *work, visit func(Set) bool) bool {
	cluster := SetOf(root)
	if size == 1 {
		return visit(cluster)
	}
	edge := together[root].And(&allowed)
	edge.Remove(root)
	if part := reach(together, allowed, root); part.Len() < size {
		return true // Else a search for what cannot be could take very long.
	}
	g := growth{together: together, allowed: allowed, steps: steps, visit: visit}
	seen := edge
	seen.Add(root)
	return g.grow(cluster, edge, seen, size-1)
}

// growth is one walk.
type growth struct {
	together []Set
	allowed  Set
	steps    *work
	visit    func(Set) bool
}

// grow adds a seat of the edge to the cluster in every way. Seen holds the cluster and all seats next to
// it; a seat that was tried at this level stays seen, so no cluster is made twice.
func (g *growth) grow(cluster, edge, seen Set, missing int) bool {
	if missing == 0 {
		return g.visit(cluster)
	}
	for !edge.Empty() {
		if !g.steps.take() {
			return false
		}
		seat := edge.First()
		edge.Remove(seat)
		fresh := g.together[seat].And(&g.allowed)
		fresh = fresh.Without(&seen)
		wider := cluster
		wider.Add(seat)
		if !g.grow(wider, edge.Or(&fresh), seen.Or(&fresh), missing-1) {
			return false
		}
	}
	return true
}

// Strangers returns how many strangers can sit together on the open seats: exactly up to 24 seats, and a
// good lower count above.
func (p *Plan) Strangers(open Set) int { return strangers(p.conflict, open) }

func strangers(conflict []Set, open Set) int {
	total := 0
	for size := open.Len(); size > 0; size = open.Len() {
		fewest, most, calm, busy := MaxSeats, -1, -1, -1
		for rest := open; ; {
			seat := rest.First()
			if seat < 0 {
				break
			}
			rest.Remove(seat)
			near := conflict[seat].common(&open)
			if near < fewest {
				fewest, calm = near, seat
			}
			if near > most {
				most, busy = near, seat
			}
			if near <= 1 {
				break // Somebody there costs nothing that matters.
			}
		}
		if fewest > 1 && size <= maxExactLeft {
			without := open
			without.Remove(busy)
			with := without.Without(&conflict[busy])
			return total + max(1+strangers(conflict, with), strangers(conflict, without))
		}
		total++
		open.Remove(calm)
		open = open.Without(&conflict[calm])
	}
	return total
}

// CanEver tells whether a party could sit in the room if nobody else were there.
func (p *Plan) CanEver(persons int, accessible bool) bool {
	if persons < 1 || persons > MaxPersons {
		return false
	}
	for rest := p.usable; !rest.Empty(); {
		part := component(p.together, rest)
		if part.Len() >= persons && (!accessible || part.Meets(&p.accessible)) {
			return true
		}
		rest = rest.Without(&part)
	}
	return false
}

// work is what is left of a budget of steps.
type work struct{ states int }

// take asks for one more step.
func (w *work) take() bool {
	w.states--
	return w.states >= 0
}

// component returns the seats that hang together with the lowest seat of a set.
func component(masks []Set, among Set) Set { return reach(masks, among, among.First()) }

// reach returns the seats of a set that hang together with one of them.
func reach(masks []Set, among Set, seat int) Set {
	part, edge := SetOf(seat), SetOf(seat)
	for !edge.Empty() {
		edge = around(masks, edge)
		edge = edge.And(&among)
		edge = edge.Without(&part)
		part = part.Or(&edge)
	}
	return part
}
