package arranging

import (
	"testing"
	"time"
)

// BenchmarkRecords says for how many of the counts of seats 2 to 50 the known record of a square is met within
// one and two seconds each, beside what a grid and hexagonal rows hold in the same squares: squares of 20 m with
// the distance 3 mm short of the record, and of 1 km, where 1 mm is a millionth of the side.
func BenchmarkRecords(b *testing.B) {
	b.Run("short=3mm/side=20m", func(b *testing.B) { benchmarkRecords(b, recordSide, recordSlack) })
	b.Run("short=1mm/side=1km", func(b *testing.B) { benchmarkRecords(b, MaxLengthMM, 1) })
}

func benchmarkRecords(b *testing.B, side, slack int) {
	const from, to = 2, 50
	for range b.N {
		var one, two, grids, hexagons int
		var longest time.Duration
		for n := from; n <= to; n++ {
			improved, found := until(n, nil)
			start := time.Now()
			req := recordRoom(n, side, slack)
			a := Arrange(req, improved, func() bool { return found() || time.Since(start) > 2*time.Second })
			took := time.Since(start)
			if a.Count == n {
				two++
				longest = max(longest, took)
			}
			if a.Count == n && took <= time.Second {
				one++
			}
			grid, hexagonal := ByHand(req)
			if grid == n {
				grids++
			}
			if hexagonal == n {
				hexagons++
			}
		}
		b.ReportMetric(float64(one), "in-1s")
		b.ReportMetric(float64(two), "in-2s")
		b.ReportMetric(float64(grids), "grid")
		b.ReportMetric(float64(hexagons), "hexagonal")
		b.ReportMetric(longest.Seconds(), "longest-s")
	}
}

// BenchmarkRooms furnishes rooms as a branch has them, to the end of the work budget, and counts the seats
// beside the better of a grid and hexagonal rows.
func BenchmarkRooms(b *testing.B) {
	for range b.N {
		d := &dice{99}
		var arranged, drawn, bound int
		var longest time.Duration
		const rooms = 20
		begin := time.Now()
		for range rooms {
			req := room(d)
			start := time.Now()
			a := Arrange(req, nil, nil)
			longest = max(longest, time.Since(start))
			grid, hexagonal := ByHand(req)
			arranged, drawn, bound = arranged+a.Count, drawn+max(grid, hexagonal), bound+a.UpperBound
		}
		b.ReportMetric(float64(arranged), "seats")
		b.ReportMetric(float64(drawn), "by-hand")
		b.ReportMetric(float64(bound), "bound")
		b.ReportMetric(time.Since(begin).Seconds()/rooms, "mean-s")
		b.ReportMetric(longest.Seconds(), "longest-s")
	}
}
