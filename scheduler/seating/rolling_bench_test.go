package seating

import (
	"fmt"
	"math/rand/v2"
	"testing"
)

// rolling lets parties come to a room, one a minute and always somebody waiting, in list order with at most two
// overtakes of the first that does not fit; each party stays its own while. It counts the persons who were seated.
func rolling(p *Plan, seed uint64, place func(open Set, party Party) (Set, bool)) (persons int) {
	type stay struct {
		seats Set
		until int
	}
	r := rand.New(rand.NewPCG(seed, 5))
	var inside []stay
	var line []Party
	passed := 0
	for minute := range 480 {
		kept := inside[:0]
		var taken Set
		for _, one := range inside {
			if one.until > minute {
				kept = append(kept, one)
				taken = taken.Or(&one.seats)
			}
		}
		inside = kept
		for len(line) < 12 {
			party := Party{Persons: 1, Accessible: r.IntN(20) == 0}
			if r.IntN(10) < 3 {
				party.Persons = 2 + r.IntN(3)
			}
			if p.CanEver(party.Persons, party.Accessible) {
				line = append(line, party)
			}
		}
		open := p.Open(taken)
		for i := 0; i < len(line) && (i == 0 || passed < 2); {
			cluster, ok := place(open, line[i])
			if !ok {
				i++
				continue
			}
			if passed++; i == 0 {
				passed = 0
			}
			persons += line[i].Persons
			inside = append(inside, stay{cluster, minute + 15 + r.IntN(20)})
			open = p.After(open, cluster)
			line = append(line[:i], line[i+1:]...)
		}
	}
	return persons
}

// rollingOver compares a way to place with first fit over seeded days in seeded rooms.
func rollingOver(sizes []int, seeds uint64, place func(p *Plan) func(Set, Party) (Set, bool)) (persons, simple int) {
	for _, kind := range layouts {
		for _, n := range sizes {
			for seed := range seeds {
				p := NewPlan(furnished(kind, n, seed), 1500, 0)
				persons += rolling(p, seed, place(p))
				simple += rolling(p, seed, p.firstPlace)
			}
		}
	}
	return persons, simple
}

func placing(p *Plan) func(Set, Party) (Set, bool) {
	return func(open Set, party Party) (Set, bool) { return p.Place(open, party.Persons, party.Accessible, nil) }
}

func TestPlacesSeatMoreOverTheDayThanFirstFit(t *testing.T) {
	persons, simple := rollingOver([]int{6, 12, 24}, 4, placing)
	if persons <= simple {
		t.Errorf("%d persons over the day, first fit %d", persons, simple)
	}
}

// BenchmarkRolling reports, by the size of the room, the persons seated over days of rolling sessions, over those of
// first fit.
func BenchmarkRolling(b *testing.B) {
	for _, n := range []int{6, 12, 24, 60} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			for b.Loop() {
				persons, simple := rollingOver([]int{n}, 12, placing)
				b.ReportMetric(float64(persons)/float64(simple), "over-first-fit")
			}
		})
	}
}
