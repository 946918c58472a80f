package seating

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"
)

// layouts are five kinds of furnished halls at pitches that branches have.
var layouts = []string{"rows", "hexagonal", "shaken", "anywhere", "tables"}

func furnished(kind string, n int, seed uint64) []Seat {
	r := rand.New(rand.NewPCG(seed, uint64(n)))
	wide := 1
	for wide*wide < n {
		wide++
	}
	px, py := int32(700+r.IntN(9)*100), int32(700+r.IntN(9)*100)
	seats := make([]Seat, 0, n)
	for i := range n {
		x, y := int32(i%wide)*px, int32(i/wide)*py
		switch kind {
		case "hexagonal":
			x += int32(i/wide%2) * px / 2
		case "shaken":
			x, y = x+int32(r.IntN(300)), y+int32(r.IntN(300))
		case "anywhere":
			x, y = int32(r.IntN(wide*int(px))), int32(r.IntN(wide*int(py)))
		case "tables":
			x, y = int32(i/6%9)*2400+int32(i%3)*700, int32(i/54)*2600+int32(i%6/3)*1000
		}
		seats = append(seats, Seat{XMM: x, YMM: y, Accessible: i%25 == 0})
	}
	return seats
}

// visitors are parties as they come: 30 of a hundred are families of two to four.
func visitors(n int, seed uint64) []Party {
	r := rand.New(rand.NewPCG(seed, 99))
	parties := make([]Party, n)
	for i := range parties {
		parties[i] = Party{ID: fmt.Sprint("P", i), Persons: 1, Accessible: r.IntN(20) == 0}
		if r.IntN(10) < 3 {
			parties[i].Persons = 2 + r.IntN(3)
		}
	}
	return parties
}

// firstFit seats parties in list order on the first cluster that is open: what a person with a list does.
func firstFit(request Request) (persons int) {
	seats := make([]Seat, len(request.Seats))
	for i, seat := range request.Seats {
		seats[i] = seatOf(seat)
	}
	p := NewPlan(seats, request.DistanceMM, request.TogetherMM)
	open := p.Open(Set{})
	parties := request.Parties
	if parties == nil {
		for range seats {
			parties = append(parties, Party{Persons: 1})
		}
	}
	for _, party := range parties {
		if cluster, ok := p.firstPlace(open, party); ok {
			persons += party.Persons
			open = p.After(open, cluster)
		}
	}
	return persons
}

func (p *Plan) firstPlace(open Set, party Party) (found Set, ok bool) {
	allowed := open
	for !allowed.Empty() && !ok {
		root := allowed.First()
		walk(p.together, allowed, root, party.Persons, &work{states: placeSteps}, func(cluster Set) bool {
			if !party.Accessible || cluster.Meets(&p.accessible) {
				found, ok = cluster, true
			}
			return !ok
		})
		allowed.Remove(root)
	}
	return found, ok
}

// BenchmarkChooseHalls asks a set of seeded halls once per operation, at 1.5 and 2 m, and reports the slowest answer,
// the share that is proven, the persons over the bounds, and over first fit where the hall is small enough for a Plan.
func BenchmarkChooseHalls(b *testing.B) {
	for _, row := range []struct {
		name    string
		seats   int
		parties int // 0: strangers
		seeds   uint64
		kinds   []string
	}{
		{"strangers/200", 200, 0, 3, layouts},
		{"less/200", 200, 50, 1, layouts},
		{"more/200", 200, 150, 1, layouts},
		{"more/50", 50, 40, 2, layouts},
		{"more/400", 400, 300, 1, layouts},
	} {
		b.Run(row.name, func(b *testing.B) {
			for b.Loop() {
				var slowest time.Duration
				asked, proven, persons, bounds, simple := 0, 0, 0, 0, 0
				for _, kind := range row.kinds {
					for seed := range row.seeds {
						for _, distance := range []int{1500, 2000} {
							request := requestOf(furnished(kind, row.seats, seed), distance, 0)
							if row.parties > 0 {
								request.Parties = visitors(row.parties, seed)
							}
							start := time.Now()
							choice, err := Choose(request)
							slowest = max(slowest, time.Since(start))
							if err != nil {
								b.Fatal(err)
							}
							asked++
							persons, bounds = persons+choice.Persons, bounds+choice.UpperBound
							if choice.Optimal {
								proven++
							}
							if row.seats <= MaxSeats {
								simple += firstFit(request)
							}
						}
					}
				}
				b.ReportMetric(float64(slowest.Milliseconds()), "slowest-ms")
				b.ReportMetric(float64(100*proven/asked), "proven-%")
				b.ReportMetric(float64(persons)/float64(bounds), "of-bound")
				if simple > 0 {
					b.ReportMetric(float64(persons)/float64(simple), "over-first-fit")
				}
			}
		})
	}
}
