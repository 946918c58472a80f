package seating

import (
	"fmt"
	"math/rand/v2"
	"testing"
)

// hall draws a room of n seats of four kinds of furniture.
func hall(kind string, n int) []Seat {
	r := rand.New(rand.NewPCG(uint64(n), 7))
	wide := 1
	for wide*wide < n {
		wide++
	}
	seats := make([]Seat, 0, n)
	for i := range n {
		x, y := int32(i%wide*800), int32(i/wide*900)
		switch kind {
		case "staggered":
			x += int32(i / wide % 2 * 400)
		case "shaken":
			x, y = x+int32(r.IntN(300)), y+int32(r.IntN(300))
		case "anywhere":
			x, y = int32(r.IntN(wide*800)), int32(r.IntN(wide*900))
		}
		seats = append(seats, Seat{XMM: x, YMM: y, Accessible: i%25 == 0})
	}
	return seats
}

var furniture = []string{"rows", "staggered", "shaken", "anywhere"}

func BenchmarkMost(b *testing.B) {
	for _, kind := range furniture {
		for _, n := range []int{6, 12, 50, 200} {
			for _, distance := range []int{1000, 1500, 2000} {
				p := NewPlan(hall(kind, n), distance, 0)
				open := p.Open(Set{})
				b.Run(fmt.Sprintf("%s/%d/%dmm", kind, n, distance), func(b *testing.B) {
					for b.Loop() {
						_, n, proven, bound := p.Most(open, 0)
						b.ReportMetric(float64(n), "persons")
						b.ReportMetric(float64(bound-n), "gap")
						if proven {
							b.ReportMetric(1, "proven")
						}
					}
				})
			}
		}
	}
}

func BenchmarkPlace(b *testing.B) {
	for _, n := range []int{6, 12, 50, 200} {
		for _, persons := range []int{1, 3} {
			p := NewPlan(hall("rows", n), 1000, 0)
			open := p.Open(SetOf(n - 1))
			b.Run(fmt.Sprintf("%d/%d", n, persons), func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					if _, ok := p.Place(open, persons, false, nil); !ok {
						b.Fatal("no place")
					}
				}
			})
		}
	}
}

func BenchmarkChooseParties(b *testing.B) {
	for _, n := range []int{6, 12, 50, 200} {
		seats := hall("rows", n)
		request := requestOf(seats, 1500, 0)
		for i := range n / 4 {
			request.Parties = append(request.Parties, Party{fmt.Sprint("P", i), 1 + i%4, i%9 == 0})
		}
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			for b.Loop() {
				choice, err := Choose(request)
				if err != nil {
					b.Fatal(err)
				}
				b.ReportMetric(float64(choice.Persons), "persons")
				b.ReportMetric(float64(choice.UpperBound-choice.Persons), "gap")
			}
		})
	}
}

func BenchmarkNewPlan(b *testing.B) {
	for _, n := range []int{12, 200} {
		seats := hall("rows", n)
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			for b.Loop() {
				NewPlan(seats, 1500, 0)
			}
		})
	}
}
