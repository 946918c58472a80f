package packing

import "slices"

// unit is one person in prices, fine enough that rounding is far below the bound's last person.
const unit = 1 << 20

const (
	// priceRounds bounds the subgradient steps; they rarely gain after some hundred. firstRounds are enough to
	// guide the first sweep.
	priceRounds = 400
	firstRounds = 20
	// The length of a step is its share, in 64ths, of what the theory of Polyak gives for the best known number
	// of persons; after patience steps without gain it shrinks to seven tenths, at most shrinks times. Each
	// direction keeps momentum sixteenths of the last one. Tuned on halls of 200 seats: sums of bounds within
	// 0.2 persons per hall of those of 5,000 steps.
	firstShare = 40
	patience   = 10
	shrinks    = 12
	momentum   = 9
	sixteenths = 16
	// priceShare is how many prices of places cost as much as one step of the sweep.
	priceShare = 16
)

// prices is a solution of the dual: whatever it is, no way to sit has more persons than it adds up to.
type prices struct {
	pool    *pool
	cliques []row
	touch   [][]int32 // per place of bounds: the cliques that it touches
	clique  []int64   // price of each clique
	kind    []int64   // price of each group of a kind
	group   []int     // per position: its group of the partition
	groups  []int     // clique of each group
	total   int64
}

func newPrices(p *pool) *prices {
	d := &prices{pool: p, cliques: p.rm.cliques(), kind: make([]int64, len(p.kinds)), group: make([]int, p.rm.n)}
	for _, g := range p.rm.partition() {
		g.each(func(i int) { d.group[i] = len(d.groups) })
		d.groups = append(d.groups, len(d.cliques))
		d.cliques = append(d.cliques, g)
	}
	d.clique = make([]int64, len(d.cliques))
	d.findTouch()
	return d
}

// findTouch lists the cliques that each place touches.
func (d *prices) findTouch() {
	at := make([][]int32, d.pool.rm.n) // per position: its cliques
	for q, clique := range d.cliques {
		clique.each(func(i int) { at[i] = append(at[i], int32(q)) })
	}
	seen := make([]int, len(d.cliques))
	d.touch = make([][]int32, len(d.pool.bounds))
	var flat []int32
	for i := range d.pool.bounds {
		start := len(flat)
		d.pool.bounds[i].seats.each(func(s int) {
			for _, q := range at[s] {
				if seen[q] != i+1 {
					seen[q] = i + 1
					flat = append(flat, q)
				}
			}
		})
		d.touch[i] = flat[start:len(flat):len(flat)]
	}
}

// worth is what a place gains at the given prices.
func worth(persons int64, kind int64, clique []int64, touch []int32) int64 {
	w := persons*unit - kind
	for _, q := range touch {
		w -= clique[q]
	}
	return w
}

// ascent is the search for better prices.
type ascent struct {
	d              *prices
	clique, kind   []int64 // the prices tried
	slopeQ, slopeK []int64 // how much each price has too much of
	trendQ, trendK []int64
	pick           []int // per group of the partition: the place that gains most, or -1
	gain           []int64
}

// improve seeks better prices; best is the number of persons that is already known to be possible.
func (d *prices) improve(best, rounds int, w *Work) {
	nq, nk := len(d.cliques), len(d.kind)
	a := &ascent{d: d, clique: slices.Clone(d.clique), kind: slices.Clone(d.kind), slopeQ: make([]int64, nq), slopeK: make([]int64, nk),
		trendQ: make([]int64, nq), trendK: make([]int64, nk), pick: make([]int, len(d.groups)), gain: make([]int64, len(d.groups))}
	share, since, shrunk := int64(firstShare), 0, 0
	for round := range rounds {
		if !w.take(len(d.pool.bounds)/priceShare) && round > 0 {
			break
		}
		total := a.evaluate()
		if round == 0 || total < d.total {
			if since++; round == 0 || total < d.total-unit/256 {
				since = 0
			}
			a.remember(total)
		} else if since++; since > patience {
			share, since = share*7/10, 0
			if shrunk++; shrunk > shrinks {
				break
			}
		}
		if d.total < int64(best+1)*unit || !a.step(share, total-int64(best)*unit) {
			break
		}
	}
	d.trim()
}

// evaluate finds the place of each group of the partition that gains most, and the bound: all prices and all gains.
// Of the places that start in one group of the partition at most one can be used.
func (a *ascent) evaluate() (total int64) {
	d := a.d
	for g := range a.pick {
		a.pick[g], a.gain[g] = -1, 0
	}
	for i := range d.pool.bounds {
		one := &d.pool.bounds[i]
		v := worth(int64(d.pool.kinds[one.kind].Persons), a.kind[one.kind], a.clique, d.touch[i])
		if g := d.group[one.root]; v > a.gain[g] {
			a.pick[g], a.gain[g] = i, v
		}
	}
	for q, price := range a.clique {
		total += price
		a.slopeQ[q] = 1
	}
	for k, price := range a.kind {
		total += price * int64(d.pool.kinds[k].Supply)
		a.slopeK[k] = int64(d.pool.kinds[k].Supply)
	}
	for g, i := range a.pick {
		total += a.gain[g]
		if i < 0 {
			continue
		}
		for _, q := range d.touch[i] {
			a.slopeQ[q]--
		}
		a.slopeK[d.pool.bounds[i].kind]--
	}
	return total
}

// remember keeps the prices, the gains added to the cliques of the partition, so that no place gains.
func (a *ascent) remember(total int64) {
	d := a.d
	d.total = total
	copy(d.clique, a.clique)
	copy(d.kind, a.kind)
	for g, gain := range a.gain {
		d.clique[d.groups[g]] += gain
	}
}

// step moves the prices; it is false when there is nowhere to go. The gap is between the bound and what is known.
func (a *ascent) step(share, gap int64) bool {
	norm := turn(a.slopeQ, a.trendQ, a.clique, nil) + turn(a.slopeK, a.trendK, a.kind, a.d.pool.endless)
	if norm == 0 {
		return false
	}
	length := share * max(gap, unit/8) / 64 * sixteenths / norm
	for q, slope := range a.trendQ {
		a.clique[q] = max(0, a.clique[q]-length*slope)
	}
	for k, slope := range a.trendK {
		if !a.d.pool.endless[k] { // What never runs out is free.
			a.kind[k] = max(0, a.kind[k]-length*slope)
		}
	}
	return true
}

// turn mixes the slopes into the trend, in sixteenths, and returns the square of its length where prices can move.
func turn(slopes, trend, price []int64, still []bool) (norm int64) {
	for i, slope := range slopes {
		trend[i] = (trend[i]*momentum + slope*(sixteenths-momentum)*sixteenths) / sixteenths
		if (still == nil || !still[i]) && (trend[i] < 0 || price[i] > 0) {
			norm += trend[i] * trend[i]
		}
	}
	return norm
}

// trim lowers every price as far as no place gains by it.
func (d *prices) trim() {
	at := make([][]int32, len(d.cliques))
	slack := make([]int64, len(d.pool.bounds))
	byKind := make([][]int32, len(d.kind))
	for i := range d.pool.bounds {
		one := &d.pool.bounds[i]
		slack[i] = -worth(int64(d.pool.kinds[one.kind].Persons), d.kind[one.kind], d.clique, d.touch[i])
		for _, q := range d.touch[i] {
			if d.clique[q] > 0 {
				at[q] = append(at[q], int32(i))
			}
		}
		byKind[one.kind] = append(byKind[one.kind], int32(i))
	}
	lower := func(price *int64, places []int32) {
		most := *price
		for _, i := range places {
			if most = min(most, slack[i]); most <= 0 {
				return
			}
		}
		*price -= most
		for _, i := range places {
			slack[i] -= most
		}
	}
	for k := range d.kind {
		if d.pool.kinds[k].Supply > 0 {
			lower(&d.kind[k], byKind[k])
		}
	}
	for q := range d.clique {
		if d.clique[q] > 0 {
			lower(&d.clique[q], at[q])
		}
	}
	d.total = 0
	for _, price := range d.clique {
		d.total += price
	}
	for k, price := range d.kind {
		d.total += price * int64(d.pool.kinds[k].Supply)
	}
}
