package seating

// Budgets, in questions that a search may ask. In a room of 200 seats one costs up to four microseconds, in a
// room of 12 a fraction of that.
const (
	// mostBudget keeps Most, which runs inside live decisions, near a quarter of a second at its worst, in
	// a dense hall of 200 seats; a room of 12 takes microseconds and never comes near it.
	mostBudget = 60_000
	// chooseBudget keeps a planning question near its two seconds at its worst.
	chooseBudget = 600_000
	// climbShare is the part of a budget that is kept for one step up from a guess, when the best could not
	// be proven: one in so many.
	climbShare = 8
)

// single is the kind of a stranger without needs.
var single = []kind{{persons: 1}}

// Most returns the most single strangers that can sit together on the open seats, at most limit of them if
// limit > 0: their seats and number. Of all such sets it prefers the fewest accessible seats, then the
// lowest seats. When proven is false the search ran out of its budget: n may be less than the most, which
// is at most bound. When proven, bound is n.
func (p *Plan) Most(open Set, limit int) (seats Set, n int, proven bool, bound int) {
	return p.most(open, limit, &work{states: mostBudget})
}

func (p *Plan) most(open Set, limit int, w *work) (seats Set, n int, proven bool, bound int) {
	open = open.And(&p.usable)
	for rest := p.toSweep(open); !rest.Empty(); {
		part := component(p.sweep.conflict, rest)
		rest = rest.Without(&part)
		some, partBound := p.mostOf(part, w)
		seats = seats.Or(&some)
		bound += partBound
	}
	n = seats.Len()
	if limit > 0 && bound > limit {
		bound = limit
	}
	if limit > 0 && n > limit {
		seats, n = p.fewer(open, seats, limit, w), limit
	}
	return seats, n, n == bound, bound
}

// mostOf answers for one component of the room, given in sweep order; the seats it returns are numbered as
// in the plan. They are the best when as many as bound.
func (p *Plan) mostOf(part Set, w *work) (seats Set, bound int) {
	s := newSearch(&p.sweep, single, false, w)
	bound, _ = s.cover(part, 1)
	for ; bound > 0; bound-- {
		answer := s.solve(part, counts{uint16(bound)})
		if answer == unknown {
			return p.climb(s, part, greedy(p.sweep.conflict, part), bound), bound
		}
		if answer != impossible {
			break
		}
	}
	return p.refineSingles(s, part, bound), bound
}

// climb looks for one stranger more than a guess, and so on, as long as each step is cheap.
func (p *Plan) climb(s *search, part, guess Set, bound int) Set {
	better := -1
	for n := guess.Len() + 1; n <= bound && !s.work.stopped; n++ {
		s.work.states = mostBudget / climbShare
		if s.solve(part, counts{uint16(n)}) != 0 {
			break
		}
		better = n
	}
	if better < 0 {
		return p.toSeats(guess)
	}
	var seats Set
	for _, one := range s.witness(part, counts{uint16(better)}, 0) {
		seats = seats.Or(&one.cluster)
	}
	return p.toSeats(seats)
}

// fewer returns exactly limit of the open seats, knowing that the given more of them can be used together.
func (p *Plan) fewer(open, more Set, limit int, w *work) Set {
	s, todo := newSearch(&p.sweep, single, false, w), counts{uint16(limit)}
	sweep := p.toSweep(open)
	if s.solve(sweep, todo) == 0 {
		return p.refineSingles(s, sweep, limit)
	}
	free := more.Without(&p.accessible)
	var some Set
	for _, seat := range append(free.Seats(), more.And(&p.accessible).Seats()...)[:limit] {
		some.Add(seat)
	}
	return some
}

// refineSingles is refine for n strangers.
func (p *Plan) refineSingles(s *search, open Set, n int) Set {
	var seats Set
	for _, cluster := range p.refine(s, open, make([]int, n)) {
		seats = seats.Or(&cluster)
	}
	return seats
}

// greedy returns many seats that strangers can use together: again and again the one that disturbs the
// fewest others.
func greedy(conflict []Set, open Set) Set {
	var seats Set
	for !open.Empty() {
		calm, fewest := -1, MaxSeats
		for rest := open; !rest.Empty(); {
			seat := rest.First()
			rest.Remove(seat)
			if near := conflict[seat].common(&open); near < fewest {
				calm, fewest = seat, near
			}
		}
		seats.Add(calm)
		open.Remove(calm)
		open = open.Without(&conflict[calm])
	}
	return seats
}
