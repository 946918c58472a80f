package seating

import "slices"

// refine chooses among the ways in which known parties can sit: the fewest accessible seats used by those
// who need none, then party by party the lowest seats. The search s has found that they can sit on the open
// seats (in sweep order); party i is of kind order[i]. It returns the seats of each party, numbered as in
// the plan. When the budget runs out it returns the best that is known by then.
func (p *Plan) refine(s *search, open Set, order []int) []Set {
	var todo counts
	for _, k := range order {
		todo[k]++
	}
	price := 0
	if p.needsPrice(s, open) {
		priced := newSearch(s.room, s.kinds, true, s.work)
		answer := priced.solve(open, todo)
		if answer < 0 {
			return p.hand(s.witness(open, todo, 0), order)
		}
		s, price = priced, answer
	}
	clusters := make([]Set, 0, len(order))
	from := [maxKinds]int{} // Places that a party of the kind was refused are refused to the next as well.
	places := make([][]Set, len(s.kinds))
	for i, k := range order {
		if places[k] == nil {
			places[k] = p.places(s.kinds[k], open)
		}
		next, ok := p.lowest(s, open, todo, price, k, places[k], from[k])
		if !ok {
			return append(clusters, p.hand(s.witness(open, todo, price), order[i:])...)
		}
		cluster := places[k][next]
		from[k] = next + 1
		if len(s.kinds) == 1 && s.kinds[0].persons == 1 {
			for _, refused := range places[k][:next] {
				open = open.Without(&refused) // Nobody else can come to it, and the question gets smaller.
			}
		}
		clusters = append(clusters, p.toSeats(cluster))
		price -= s.price(k, cluster)
		open = s.without(open, cluster)
		todo[k]--
	}
	return clusters
}

// needsPrice tells whether somebody could take an accessible seat from those who need it.
func (p *Plan) needsPrice(s *search, open Set) bool {
	plain := slices.ContainsFunc(s.kinds, func(k kind) bool { return !k.accessible })
	return plain && open.Meets(&s.room.accessible)
}

// places lists where a party of a kind could sit on the open seats, lowest seats first, in sweep order; nil
// when there are too many to try.
func (p *Plan) places(k kind, open Set) []Set {
	places, steps := []Set{}, &work{states: placeSteps}
	for rest := open; !rest.Empty(); {
		root := rest.First()
		complete := walk(p.sweep.together, rest, root, k.persons, steps, func(cluster Set) bool {
			if !k.accessible || cluster.Meets(&p.sweep.accessible) {
				places = append(places, cluster)
			}
			return len(places) <= maxClusters
		})
		if !complete {
			return nil
		}
		rest.Remove(root)
	}
	slices.SortFunc(places, p.compare)
	return places
}

// compare orders two sets in sweep order by their lowest seats.
func (p *Plan) compare(a, b Set) int {
	a, b = p.toSeats(a), p.toSeats(b)
	switch {
	case a.before(&b):
		return -1
	case b.before(&a):
		return 1
	}
	return 0
}

// lowest returns the first place from which on everybody else can still sit at the known price. It is false
// when the budget ran out.
func (p *Plan) lowest(s *search, open Set, todo counts, price, k int, places []Set, from int) (int, bool) {
	todo[k]--
	for i := from; i < len(places); i++ {
		cluster := places[i]
		if taken := cluster.Without(&open); !taken.Empty() {
			continue
		}
		answer := s.solve(s.without(open, cluster), todo)
		if answer == unknown {
			return 0, false
		}
		if answer != impossible && answer+s.price(k, cluster) == price {
			return i, true
		}
	}
	return 0, false
}

// hand gives the clusters of a witness to the parties: within a kind, the lowest seats to the first.
func (p *Plan) hand(all []seated, order []int) []Set {
	slices.SortFunc(all, func(a, b seated) int { return p.compare(a.cluster, b.cluster) })
	clusters := make([]Set, 0, len(order))
	for _, k := range order {
		i := slices.IndexFunc(all, func(one seated) bool { return one.kind == k })
		if i < 0 {
			break
		}
		clusters = append(clusters, p.toSeats(all[i].cluster))
		all = slices.Delete(all, i, i+1)
	}
	return clusters
}
