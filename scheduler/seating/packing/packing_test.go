package packing

import (
	"math/rand/v2"
	"testing"
)

// drawQuestion draws a small room and some groups.
func drawQuestion(r *rand.Rand, most int) Question {
	q := Question{DistanceMM: []int{1000, 1500, 2000}[r.IntN(3)]}
	q.TogetherMM = []int{q.DistanceMM - 1, 700, q.DistanceMM + 400}[r.IntN(3)]
	for range 4 + r.IntN(most-3) {
		q.Seats = append(q.Seats, Seat{X: int32(r.IntN(8) * 700), Y: int32(r.IntN(5) * 800), Accessible: r.IntN(5) == 0})
	}
	for range 1 + r.IntN(3) {
		q.Kinds = append(q.Kinds, Kind{Persons: 1 + r.IntN(4), Needs: r.IntN(3) == 0, Supply: 1 + r.IntN(4)})
	}
	return q
}

func TestPricesBoundWhateverTheyAre(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	for round := range 300 {
		q := drawQuestion(r, 16)
		answer := Solve(q, &Work{Steps: 1_000_000})
		if answer.Persons != answer.Bound {
			t.Fatalf("round %d: %d of at most %d, want a proof", round, answer.Persons, answer.Bound)
		}
		w := &Work{Steps: 1 << 30}
		rm := newRoom(q.Seats, int64(q.DistanceMM), int64(q.TogetherMM))
		p := listPlaces(rm, q.Kinds, round%2 == 0, w)
		d := newPrices(p)
		for _, rounds := range []int{1, 3, 30} {
			d.improve(r.IntN(answer.Persons+1), rounds, w)
			if d.total < int64(answer.Persons)*unit {
				t.Fatalf("round %d: a bound of %d/%d for %d persons", round, d.total, unit, answer.Persons)
			}
			for i := range p.bounds {
				one := &p.bounds[i]
				if gain := worth(int64(q.Kinds[one.kind].Persons), d.kind[one.kind], d.clique, d.touch[i]); gain > 0 {
					t.Fatalf("round %d: a place gains %d at the prices", round, gain)
				}
			}
		}
	}
}

func TestARelaxedKindStillBounds(t *testing.T) {
	r := rand.New(rand.NewPCG(2, 2))
	for round := range 200 {
		q := drawQuestion(r, 14)
		want := Solve(q, &Work{Steps: 1_000_000})
		rm := newRoom(q.Seats, int64(q.DistanceMM), int64(q.TogetherMM))
		w := &Work{Steps: 1 << 30}
		p := listPlaces(rm, q.Kinds, false, w)
		p.places, p.bounds = nil, nil
		singles, _ := rm.clusters(1, false, w)
		compact := rm.compact(4)
		for k, kind := range q.Kinds {
			p.relax(k, singles, compact[kind.Persons])
		}
		if len(p.bounds) == 0 || p.exact {
			t.Fatalf("round %d: %d bounds, exact %v", round, len(p.bounds), p.exact)
		}
		d := newPrices(p)
		d.improve(want.Persons, priceRounds, w)
		if d.total < int64(want.Persons)*unit {
			t.Fatalf("round %d: relaxed to %d/%d, but %d can sit", round, d.total, unit, want.Persons)
		}
	}
}

func TestNarrowSweepsAndRepairsAreHonest(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 3))
	for round := range 200 {
		q := drawQuestion(r, 18)
		want := Solve(q, &Work{Steps: 1_000_000})
		for _, steps := range []int{1, 50, 500, 5_000} {
			got := Solve(q, &Work{Steps: steps})
			if got.Persons > want.Persons || got.Bound < want.Persons {
				t.Fatalf("round %d with %d steps: %d to %d, true %d", round, steps, got.Persons, got.Bound, want.Persons)
			}
			persons := 0
			for _, group := range got.Groups {
				persons += len(group.Seats)
			}
			if persons != got.Persons {
				t.Fatalf("round %d with %d steps: groups of %d persons for %d", round, steps, persons, got.Persons)
			}
		}
	}
}

func TestCliquesAreCliquesAndCoverTheRoom(t *testing.T) {
	r := rand.New(rand.NewPCG(4, 4))
	for range 50 {
		q := drawQuestion(r, 60)
		rm := newRoom(q.Seats, int64(q.DistanceMM), int64(q.TogetherMM))
		for _, list := range [][]row{rm.cliques(), rm.partition()} {
			covered := make(row, rm.words)
			for _, clique := range list {
				covered.join(clique)
				clique.each(func(i int) {
					near := clone(rm.conflict[i])
					near.add(i)
					if !clique.within(near) {
						t.Fatalf("%v is no clique", clique.list())
					}
				})
			}
			if covered.count() != rm.n {
				t.Fatalf("%d of %d seats are covered", covered.count(), rm.n)
			}
		}
	}
}
