package seating

import "lapak/scheduler/seating/packing"

// Budgets, in steps of a search: a way to decide a seat, or as much work on bounds. One costs about a microsecond
// in a hall of 200 seats, and a fraction of that in a room of 12.
const (
	// mostBudget keeps Most, which runs when rooms or the distance change, near a tenth of a second at its worst;
	// halls of 200 seats are proven with a tenth of it, a room of 12 with a thousandth.
	mostBudget = 150_000
	// chooseBudget keeps a planning question near a second and a half at its worst, orderBudget what is decided
	// afterwards, which parties and which seats among equals, near half a second.
	chooseBudget = 900_000
	orderBudget  = 300_000
)

// Most returns the most single strangers that can sit together on the open seats, at most limit of them if
// limit > 0: their seats and number. Of all such sets it prefers the fewest accessible seats, then the
// lowest seats. When proven is false the search ran out of its budget: n may be less than the most, which
// is at most bound. When proven, bound is n.
func (p *Plan) Most(open Set, limit int) (seats Set, n int, proven bool, bound int) {
	return p.most(open, limit, &packing.Work{Steps: mostBudget})
}

func (p *Plan) most(open Set, limit int, w *packing.Work) (seats Set, n int, proven bool, bound int) {
	list := open.And(&p.usable).Seats()
	question := packing.Question{DistanceMM: p.distanceMM, TogetherMM: 0, Limit: limit}
	for _, seat := range list {
		question.Seats = append(question.Seats, p.places[seat])
	}
	question.Kinds = []packing.Kind{{Persons: 1, Supply: len(list)}}
	answer := packing.Solve(question, w)
	for _, one := range packing.Refine(question, make([]int, len(list)), answer, w) {
		for _, seat := range one {
			seats.Add(list[seat])
		}
	}
	return seats, answer.Persons, answer.Persons == answer.Bound, answer.Bound
}
