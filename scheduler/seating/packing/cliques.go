package packing

const (
	// maxCliques bounds the cliques that are priced. A hall in rows has one or two per seat; a dense crowd has
	// thousands, of which the first some hundred bound as well.
	maxCliques = 1500
	// cliqueSteps bounds the work of listing them.
	cliqueSteps = 200_000
)

// cliques lists maximal sets of seats that are pairwise too near for strangers, so that each serves one group only
// (Bron and Kerbosch 1973, with a pivot). Every seat is in one of them.
func (rm *room) cliques() []row {
	var list []row
	steps := cliqueSteps
	quota := max(4, maxCliques/max(1, rm.n)*2)
	covered := make(row, rm.words)
	for i := range rm.n {
		candidates, done := make(row, rm.words), make(row, rm.words)
		rm.conflict[i].each(func(k int) {
			if k > i {
				candidates.add(k)
			} else {
				done.add(k)
			}
		})
		clique := make(row, rm.words)
		clique.add(i)
		most := len(list) + quota
		rm.grow(clique, candidates, done, &steps, func(found row) bool {
			list = append(list, clone(found))
			covered.join(found)
			return len(list) < min(most, maxCliques)
		})
	}
	for i := range rm.n {
		if !covered.has(i) {
			clique := rm.greedyClique(i, nil)
			covered.join(clique)
			list = append(list, clique)
		}
	}
	return list
}

func (rm *room) grow(clique, candidates, done row, steps *int, found func(row) bool) bool {
	if *steps--; *steps < 0 {
		return false
	}
	if candidates.empty() {
		return !done.empty() || found(clique)
	}
	pivot, most := -1, -1
	for _, set := range []row{candidates, done} {
		set.each(func(i int) {
			if n := rm.conflict[i].common(candidates); n > most {
				pivot, most = i, n
			}
		})
	}
	todo := clone(candidates)
	todo.drop(rm.conflict[pivot])
	more := true
	todo.each(func(i int) {
		if !more {
			return
		}
		fewer, gone := clone(candidates), clone(done)
		fewer.keep(rm.conflict[i])
		gone.keep(rm.conflict[i])
		clique.add(i)
		more = rm.grow(clique, fewer, gone, steps, found)
		clique.remove(i)
		candidates.remove(i)
		done.add(i)
	})
	return more
}

// greedyClique grows a clique from a seat, lowest positions first, within the given ones.
func (rm *room) greedyClique(i int, within row) row {
	clique, near := make(row, rm.words), clone(rm.conflict[i])
	if within != nil {
		near.keep(within)
	}
	clique.add(i)
	for k := near.first(); k >= 0; k = near.first() {
		clique.add(k)
		near.keep(rm.conflict[k])
	}
	return clique
}

// partition divides the seats into cliques in the order of the sweep.
func (rm *room) partition() []row {
	rest := make(row, rm.words)
	for i := range rm.n {
		rest.add(i)
	}
	var list []row
	for i := rest.first(); i >= 0; i = rest.first() {
		clique := rm.greedyClique(i, rest)
		list = append(list, clique)
		rest.drop(clique)
	}
	return list
}
