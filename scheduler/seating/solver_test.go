package seating

import (
	"fmt"
	"math/rand/v2"
	"os"
	"testing"

	"github.com/crillab/gophersat/solver"
)

// The second oracle knows nothing of prices and sweeps: it writes the question down as clauses and asks a general
// solver whether one person more could sit.

// mediumRoom draws a room too large for looking at every set of seats.
func mediumRoom(r *rand.Rand, least, most int) ([]Seat, int, int) {
	n := least + r.IntN(most-least+1)
	wide := 2 + r.IntN(5)
	px, py := 600+r.IntN(10)*100, 600+r.IntN(10)*100
	shape := r.IntN(5)
	seats := make([]Seat, 0, n)
	for i := range n {
		x, y := i%wide*px, i/wide*py
		switch shape {
		case 1:
			x += i / wide % 2 * px / 2
		case 2:
			x, y = x+r.IntN(400), y+r.IntN(400)
		case 3:
			x, y = r.IntN(wide*px+1), r.IntN((n/wide+1)*py)
		case 4:
			x, y = i/4%3*2500+i%2*700, i/12*2600+i/2%2*900
		}
		seats = append(seats, Seat{XMM: int32(x), YMM: int32(y), Accessible: r.IntN(8) == 0, Closed: r.IntN(15) == 0})
	}
	distance := []int{1000, 1500, 1500, 2000, 1414, px, 2 * py}[r.IntN(7)]
	together := []int{0, 0, px, max(px, py), distance + 500}[r.IntN(5)]
	return seats, distance, together
}

// clausePlace is one way for one party to sit, as a mask.
type clausePlace struct {
	seats, persons int
	kind           Party
}

// allPlaces grows connected sets seat by seat and throws away what it has seen.
func (o oracle) allPlaces(open, persons int) []int {
	level := map[int]bool{}
	for i := range o.seats {
		if open>>i&1 == 1 {
			level[1<<i] = true
		}
	}
	for range persons - 1 {
		wider := map[int]bool{}
		for set := range level {
			for a := range o.seats {
				for b := range o.seats {
					if set>>a&1 == 1 && open>>b&1 == 1 && set>>b&1 == 0 && o.together >= 0 && o.square(a, b) <= o.together*o.together {
						wider[set|1<<b] = true
					}
				}
			}
		}
		level = wider
	}
	var list []int
	for set := range level {
		list = append(list, set)
	}
	return list
}

// couldSit asks the general solver whether at least so many persons can sit.
func (o oracle) couldSit(parties []Party, open, limit, persons int) bool {
	supply, kinds := map[Party]int{}, []Party{}
	for _, party := range parties {
		kind := Party{Persons: party.Persons, Accessible: party.Accessible}
		if supply[kind]++; supply[kind] == 1 {
			kinds = append(kinds, kind)
		}
	}
	var places []clausePlace
	var constraints []solver.PBConstr
	for _, kind := range kinds {
		var mine []int
		for _, set := range o.allPlaces(open, kind.Persons) {
			if !kind.Accessible || o.accessibleIn(set) > 0 {
				places = append(places, clausePlace{set, kind.Persons, kind})
				mine = append(mine, len(places))
			}
		}
		if len(mine) > supply[kind] {
			constraints = append(constraints, solver.AtMost(mine, supply[kind]))
		}
	}
	if len(places) == 0 {
		return persons <= 0
	}
	for a := range o.seats {
		for b := range a + 1 {
			if a != b && !o.tooNear(a, b) {
				continue
			}
			var both []int
			for i, place := range places {
				if place.seats>>a&1 == 1 || place.seats>>b&1 == 1 {
					both = append(both, i+1)
				}
			}
			if len(both) > 1 {
				constraints = append(constraints, solver.AtMost(both, 1))
			}
		}
	}
	add := func(make func(lits, weights []int, n int) solver.PBConstr, n int) {
		var lits, weights []int
		for i, place := range places {
			lits, weights = append(lits, i+1), append(weights, place.persons)
		}
		constraints = append(constraints, make(lits, weights, n))
	}
	total := 0
	for _, place := range places {
		total += place.persons
	}
	if total < persons {
		return false
	}
	add(solver.GtEq, persons)
	if limit > 0 && total > limit {
		add(solver.LtEq, limit)
	}
	return solver.New(solver.ParsePBConstrs(constraints)).Solve() == solver.Sat
}

func rounds(few, many int) int {
	if os.Getenv("LAPAK_LONG") != "" {
		return many
	}
	return few
}

func TestNoSolverSeatsOnePersonMore(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	larger := 0
	for round := range rounds(250, 6000) {
		least, most := 6, 14
		singles := round%3 == 0
		if singles {
			least, most = 10, 30
		}
		seats, distance, together := mediumRoom(r, least, most)
		request := requestOf(seats, distance, together)
		parties := []Party{}
		if singles {
			for i := range seats {
				parties = append(parties, Party{fmt.Sprint("P", i), 1, false})
			}
		} else {
			for i := range 1 + r.IntN(len(seats)) {
				persons := 1
				if r.IntN(10) < 5 {
					persons = 2 + r.IntN(3)
				}
				parties = append(parties, Party{fmt.Sprint("P", i), persons, r.IntN(8) == 0})
			}
			request.Parties = parties
			if r.IntN(4) == 0 {
				request.Limit = 1 + r.IntN(len(seats))
			}
		}
		taken := 0
		for range r.IntN(3) {
			taken |= 1 << r.IntN(len(seats))
		}
		request.Taken = seatIDs(taken)
		choice, err := Choose(request)
		if err != nil {
			t.Fatal(err)
		}
		check(t, request, choice)
		if !choice.Optimal {
			t.Fatalf("round %d: %d of at most %d is not proven", round, choice.Persons, choice.UpperBound)
		}
		o := oracleOf(seats, distance, together)
		open := 0 // The same as Open, by the definitions.
		for i, seat := range seats {
			if !seat.Closed && o.apart(1<<i, taken) {
				open |= 1 << i
			}
		}
		if (request.Limit == 0 || choice.Persons < request.Limit) && o.couldSit(parties, open, request.Limit, choice.Persons+1) {
			t.Fatalf("round %d: %+v\n%d persons, but more can sit", round, request, choice.Persons)
		}
		if choice.Persons > 3 {
			larger++
		}
	}
	if larger < 50 {
		t.Errorf("only %d rooms seated more than three persons: the rooms are too small to show anything", larger)
	}
}
