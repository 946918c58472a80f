package seating

import (
	"cmp"
	"slices"
	"strconv"
)

// Choose answers a request: the most persons; then, in list order, the earliest parties; then the fewest
// accessible seats used by those who need none; then, party by party in list order, the lowest seats. The
// error is a *FieldError about the request.
func Choose(request Request) (Choice, error) { return ChooseUntil(request, nil) }

// ChooseUntil is Choose with a safety stop, which is asked every few milliseconds and ends the search when
// it answers true. An answer that it cut short says so; it is still valid, and its upper bound is honest.
func ChooseUntil(request Request, stop func() bool) (Choice, error) {
	if err := request.Validate(); err != nil {
		return Choice{}, err
	}
	seats := make([]Seat, len(request.Seats))
	for i, seat := range request.Seats {
		seats[i] = Seat{XMM: int32(seat.XMM), YMM: int32(seat.YMM), Accessible: seat.Accessible, Closed: seat.Closed}
	}
	plan := NewPlan(seats, request.DistanceMM, request.TogetherMM)
	var taken Set
	for _, id := range request.Taken {
		taken.Add(slices.IndexFunc(request.Seats, func(seat NamedSeat) bool { return seat.ID == id }))
	}
	w := &work{states: chooseBudget, stop: stop}
	choice := Choice{Assignments: []Assignment{}, Unseated: []string{}}
	if request.Parties == nil {
		choice.fillSingles(&request, plan, plan.Open(taken), w)
	} else {
		choice.fillParties(&request, plan, plan.Open(taken), w)
	}
	if w.stopped {
		choice.Stopped = "time"
	}
	return choice, nil
}

func (c *Choice) fillSingles(request *Request, plan *Plan, open Set, w *work) {
	var seats Set
	seats, c.Persons, c.Optimal, c.UpperBound = plan.most(open, request.Limit, w)
	for i, seat := range seats.Seats() {
		c.Assignments = append(c.Assignments, Assignment{
			Party: strconv.Itoa(i + 1), Seats: []string{request.Seats[seat].ID},
		})
	}
}

func (c *Choice) fillParties(request *Request, plan *Plan, open Set, w *work) {
	chosen, bound := plan.chooseParties(open, request.Parties, request.Limit, w)
	for i, party := range request.Parties {
		if chosen[i].Empty() {
			c.Unseated = append(c.Unseated, party.ID)
			continue
		}
		assignment := Assignment{Party: party.ID}
		for _, seat := range chosen[i].Seats() {
			assignment.Seats = append(assignment.Seats, request.Seats[seat].ID)
		}
		c.Persons += party.Persons
		c.Assignments = append(c.Assignments, assignment)
	}
	c.UpperBound = bound
	c.Optimal = c.Persons == bound
}

// chooser seats the parties of one request.
type chooser struct {
	plan    *Plan
	open    Set // In sweep order.
	parties []Party
	kindOf  []int
	search  *search
	work    *work
	reach   []sums // Per party: the numbers of persons that it and later ones can add up to.
}

// chooseParties returns the seats of each party, empty for one that is not seated, and an upper bound of the
// persons, which is their number when the choice is proven to be the best.
func (p *Plan) chooseParties(open Set, parties []Party, limit int, w *work) (chosen []Set, bound int) {
	c := &chooser{plan: p, open: p.toSweep(open), parties: parties, work: w}
	c.search = newSearch(&p.sweep, nil, false, w)
	exact := c.sort()
	bound = c.bound(limit)
	for exact && bound > 0 {
		order, answer := c.seatExactly(bound)
		if answer == unknown {
			break
		}
		if answer != impossible {
			return c.spread(order), bound
		}
		bound--
	}
	chosen, persons := c.improvise(open, limit)
	for exact && persons < bound && !w.stopped {
		w.states = chooseBudget / climbShare
		order, answer := c.seatExactly(persons + 1)
		if answer == unknown {
			break
		}
		persons++
		if answer != impossible { // Not every number of persons can be made of these parties.
			w.states = chooseBudget / climbShare
			chosen = c.spread(order)
		}
	}
	return chosen, bound
}

// sort finds the kinds of the parties; it is false when they are too many to tell apart.
func (c *chooser) sort() bool {
	c.kindOf = make([]int, len(c.parties))
	for i, party := range c.parties {
		one := kind{party.Persons, party.Accessible}
		k := slices.Index(c.search.kinds, one)
		if k < 0 {
			k = len(c.search.kinds)
			c.search.kinds = append(c.search.kinds, one)
		}
		c.kindOf[i] = k
	}
	c.reach = make([]sums, len(c.parties)+1)
	c.reach[len(c.parties)].add(0)
	for i := len(c.parties) - 1; i >= 0; i-- {
		c.reach[i] = c.reach[i+1].plus(c.parties[i].Persons)
	}
	return len(c.search.kinds) <= maxKinds
}

// bound is how many persons can sit at most, by the limit, by the list, and by the room: each clique of
// seats serves one party.
func (c *chooser) bound(limit int) int {
	sizes := make([]int, 0, len(c.parties))
	for _, party := range c.parties {
		sizes = append(sizes, party.Persons)
	}
	slices.SortFunc(sizes, func(a, b int) int { return cmp.Compare(b, a) })
	if len(sizes) == 0 {
		return 0
	}
	parties, persons := c.search.cover(c.open, sizes[0])
	all := 0
	for _, size := range sizes[:min(parties, len(sizes))] {
		all += size
	}
	bound := min(all, persons)
	if limit > 0 {
		bound = min(bound, limit)
	}
	return bound
}

// seatExactly looks for the earliest parties in list order that can sit and are exactly so many persons. Of
// parties alike the earlier ones go first, which loses nothing.
func (c *chooser) seatExactly(persons int) (order []int, answer int) {
	var todo counts
	full := make([]bool, len(c.search.kinds)) // A party of the kind was left out.
	var members []int
	var pick func(i, missing int) int
	pick = func(i, missing int) int {
		if missing == 0 {
			return c.search.solve(c.open, todo)
		}
		if !c.reach[i].has(missing) {
			return impossible
		}
		if !c.work.take() {
			return unknown
		}
		k := c.kindOf[i]
		if !full[k] && c.parties[i].Persons <= missing {
			todo[k]++
			members = append(members, i)
			if answer := pick(i+1, missing-c.parties[i].Persons); answer != impossible {
				return answer
			}
			members = members[:len(members)-1]
			todo[k]--
		}
		was := full[k]
		full[k] = true
		answer := pick(i+1, missing)
		full[k] = was
		return answer
	}
	answer = pick(0, persons)
	return members, answer
}

// spread gives the chosen parties their final seats.
func (c *chooser) spread(members []int) []Set {
	order := make([]int, len(members))
	for i, member := range members {
		order[i] = c.kindOf[member]
	}
	chosen := make([]Set, len(c.parties))
	for i, cluster := range c.plan.refine(c.search, c.open, order) {
		chosen[members[i]] = cluster
	}
	return chosen
}

// improvise seats party after party in three orders, each on the seats that cost the rest least, and keeps
// the best of the three.
func (c *chooser) improvise(open Set, limit int) (best []Set, persons int) {
	persons = -1
	for _, rank := range []func(a, b int) int{
		func(int, int) int { return 0 },
		func(a, b int) int { return cmp.Compare(c.parties[b].Persons, c.parties[a].Persons) },
		func(a, b int) int { return cmp.Compare(c.parties[a].Persons, c.parties[b].Persons) },
	} {
		turn := make([]int, len(c.parties))
		for i := range turn {
			turn[i] = i
		}
		slices.SortStableFunc(turn, rank)
		chosen, n := c.inTurn(open, limit, turn)
		if n > persons {
			best, persons = chosen, n
		}
	}
	return best, persons
}

func (c *chooser) inTurn(open Set, limit int, turn []int) (chosen []Set, persons int) {
	chosen = make([]Set, len(c.parties))
	failed := make([]bool, len(c.search.kinds)) // What did not fit once does not fit on fewer seats.
	for _, i := range turn {
		party := c.parties[i]
		if failed[c.kindOf[i]] || (limit > 0 && persons+party.Persons > limit) {
			continue
		}
		cluster, ok := c.plan.Place(open, party.Persons, party.Accessible, func(left Set) int { return left.Len() })
		if !ok {
			failed[c.kindOf[i]] = true
			continue
		}
		chosen[i] = cluster
		persons += party.Persons
		open = c.plan.After(open, cluster)
	}
	return chosen, persons
}

// mostPersons is how many persons the lists of a request could name at most within MaxSeats seats.
const mostPersons = MaxSeats

// sums is a set of numbers of persons, 0 to mostPersons.
type sums [mostPersons + 1]bool

func (s *sums) add(n int) { s[n] = true }

func (s *sums) has(n int) bool { return n >= 0 && n < len(s) && s[n] }

// plus returns the sums with and without one more party.
func (s *sums) plus(persons int) sums {
	more := *s
	for n, ok := range s {
		if ok && n+persons < len(more) {
			more[n+persons] = true
		}
	}
	return more
}
