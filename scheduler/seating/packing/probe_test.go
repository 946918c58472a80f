package packing

import (
	"fmt"
	"math/rand/v2"
	"os"
	"testing"
	"time"
)

func probeRoom(kind string, n int, seed uint64) []Seat {
	r := rand.New(rand.NewPCG(seed, uint64(n)))
	var seats []Seat
	wide := 1
	for wide*wide < n {
		wide++
	}
	px, py := int32(700+r.IntN(9)*100), int32(700+r.IntN(9)*100)
	for i := range n {
		x, y := int32(i%wide)*px, int32(i/wide)*py
		switch kind {
		case "hex":
			x += int32(i/wide%2) * px / 2
		case "jitter":
			x, y = x+int32(r.IntN(300)), y+int32(r.IntN(300))
		case "uniform":
			x, y = int32(r.IntN(wide*int(px))), int32(r.IntN(wide*int(py)))
		case "tables":
			t := i / 6
			tw := (wide + 2) / 2
			x, y = int32(t%tw)*2400+int32(i%3)*700, int32(t/tw)*2600+int32(i%6/3)*1000
		}
		seats = append(seats, Seat{x, y, i%25 == 0})
	}
	return seats
}

func TestProbe(t *testing.T) {
	if os.Getenv("PROBE") == "" {
		t.Skip()
	}
	worst := time.Duration(0)
	mode := os.Getenv("PROBE")
	for _, n := range []int{200} {
		for _, k := range []string{"rows", "hex", "jitter", "uniform", "tables"} {
			for _, dist := range []int{1500, 2000} {
				for seed := range uint64(2) {
					seats := probeRoom(k, n, seed)
					kinds := []Kind{{1, false, n}}
					if mode == "mixed" {
						f := n / 4
						kinds = []Kind{{1, false, f * 7 / 10}, {2, false, f / 10}, {3, false, f / 10}, {4, false, f / 10}, {1, true, f / 20}}
					} else if mode == "many" {
						f := n
						kinds = []Kind{{1, false, f * 7 / 10}, {2, false, f / 10}, {3, false, f / 10}, {4, false, f / 10}, {1, true, f / 20}}
					}
					start := time.Now()
					w := &Work{Steps: 3_000_000, Stop: func() bool { return time.Since(start) > 2*time.Second }}
					rm := newRoom(seats, int64(dist), int64(dist-1))
					p := listPlaces(rm, kinds, false, &Work{Steps: 1 << 40})
					tp := time.Since(start)
					d := newPrices(p)
					tc := time.Since(start)
					d.improve(Solve(Question{seats, dist, dist - 1, kinds, 0}, &Work{Steps: 100000}).Persons, priceRounds, w)
					td := time.Since(start)
					start = time.Now()
					w = &Work{Steps: 30_000_000, Stop: func() bool { return time.Since(start) > 2*time.Second }}
					a := Solve(Question{seats, dist, dist - 1, kinds, 0}, w)
					took := time.Since(start)
					if took > worst {
						worst = took
					}

					fmt.Printf("%8s %d d%d s%d  places %6d exact %v cliques %d  t %3d %3d %3d  lp %.2f  got %d bound %d in %d ms steps %d\n", k, n, dist, seed, len(p.places), p.exact, len(d.cliques), tp.Milliseconds(), tc.Milliseconds(), td.Milliseconds(),
						float64(d.total)/unit, a.Persons, a.Bound, took.Milliseconds(), 30_000_000-w.Steps)
				}
			}
		}
	}
}
