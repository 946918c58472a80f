package seating

const (
	// maxClusters bounds how many places for one party are compared. A party of 4 has fewer in a room of
	// 20 seats; in a hall the first that many, from the lowest seats on, are choice enough.
	maxClusters = 4096
	// maxExactLeft is up to how many seats "how many strangers still fit" is counted exactly; above it a
	// greedy count ranks places well enough, and a decision stays within microseconds.
	maxExactLeft = 24
)

// Place finds seats for one party of exactly persons within the open seats: one connected cluster, with at
// least one accessible seat if accessible. Of all clusters it takes the one that uses the fewest accessible
// seats, then the one that leaves the seats that are worth most, then the one with the lowest seats. The
// worth of the seats left open is value, or with nil the number of strangers who can still sit together.
// It is false when there is no such cluster.
func (p *Plan) Place(open Set, persons int, accessible bool, value func(left Set) int) (Set, bool) {
	open = open.And(&p.usable)
	if persons < 1 || persons > MaxPersons || open.Len() < persons {
		return Set{}, false
	}
	if value == nil {
		value = p.Strangers
	}
	var best Set
	found, bestUsed, bestWorth, bestRated := false, 0, 0, false
	p.clusters(open, persons, accessible, func(cluster Set) {
		used := cluster.common(&p.accessible)
		if found && used > bestUsed {
			return
		}
		if !found || used < bestUsed {
			found, best, bestUsed, bestRated = true, cluster, used, false
			return
		}
		if !bestRated { // Rated only when there is a choice.
			bestWorth, bestRated = value(p.After(open, best)), true
		}
		worth := value(p.After(open, cluster))
		if worth > bestWorth || (worth == bestWorth && cluster.before(&best)) {
			best, bestWorth = cluster, worth
		}
	})
	return best, found
}

// clusters visits the connected clusters of a size within the open seats, at most maxClusters of them.
func (p *Plan) clusters(open Set, persons int, accessible bool, visit func(Set)) {
	left := maxClusters
	for rest := open; !rest.Empty() && left > 0; {
		root := rest.First()
		walk(p.together, rest, root, persons, func(cluster Set) bool {
			left--
			if !accessible || cluster.Meets(&p.accessible) {
				visit(cluster)
			}
			return left > 0
		})
		rest.Remove(root)
	}
}

// walk visits every connected set of a size that contains root and otherwise only allowed seats, each
// once, until visit returns false.
func walk(together []Set, allowed Set, root, size int, visit func(Set) bool) bool {
	cluster := SetOf(root)
	edge := together[root].And(&allowed)
	edge.Remove(root)
	seen := edge
	seen.Add(root)
	return grow(together, &allowed, cluster, edge, seen, size-1, visit)
}

// grow adds a seat of the edge to the cluster in every way. Seen holds the cluster and all seats next to
// it; a seat that was tried at this level stays seen, so no cluster is made twice.
func grow(together []Set, allowed *Set, cluster, edge, seen Set, missing int, visit func(Set) bool) bool {
	if missing == 0 {
		return visit(cluster)
	}
	for !edge.Empty() {
		seat := edge.First()
		edge.Remove(seat)
		fresh := together[seat].And(allowed)
		fresh = fresh.Without(&seen)
		wider := cluster
		wider.Add(seat)
		if !grow(together, allowed, wider, edge.Or(&fresh), seen.Or(&fresh), missing-1, visit) {
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

// component returns the seats that hang together with the lowest seat of a set.
func component(masks []Set, among Set) Set {
	first := among.First()
	part, edge := SetOf(first), SetOf(first)
	for !edge.Empty() {
		edge = around(masks, edge)
		edge = edge.And(&among)
		edge = edge.Without(&part)
		part = part.Or(&edge)
	}
	return part
}
