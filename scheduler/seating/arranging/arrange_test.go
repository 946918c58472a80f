package arranging

import (
	"fmt"
	"os"
	"reflect"
	"strconv"
	"testing"
)

// smallBudget is enough for the rooms of these tests and keeps them fast.
const smallBudget = 300_000

// check holds an answer to the rules of docs/protocol.md, in whole numbers and in other words than the package.
func check(t *testing.T, req Request, a Answer) {
	t.Helper()
	if a.Count != len(a.Seats) || a.Seats == nil {
		t.Fatalf("count %d with %d seats", a.Count, len(a.Seats))
	}
	if a.Count > a.UpperBound {
		t.Fatalf("%d seats are over the bound of %d", a.Count, a.UpperBound)
	}
	for i, s := range a.Seats {
		if s.ID != fmt.Sprintf("S%d", i+1) {
			t.Fatalf("seat %d is called %s", i, s.ID)
		}
		toWall := min(s.XMM, s.YMM, req.WidthMM-s.XMM, req.DepthMM-s.YMM)
		if toWall < req.MarginMM {
			t.Fatalf("%+v is %d mm from a wall", s, toWall)
		}
		for _, o := range req.Obstacles {
			if apart(s, o) < req.MarginMM || (apart(s, o) == 0 && req.MarginMM == 0 && within(s, o)) {
				t.Fatalf("%+v is %d mm from %+v", s, apart(s, o), o)
			}
		}
		for _, k := range req.KeepClear {
			if within(s, k) {
				t.Fatalf("%+v is in %+v", s, k)
			}
		}
		for _, o := range a.Seats[:i] {
			if dx, dy := s.XMM-o.XMM, s.YMM-o.YMM; dx*dx+dy*dy < req.DistanceMM*req.DistanceMM {
				t.Fatalf("%+v and %+v are too near", s, o)
			}
		}
	}
}

// apart is how much a rectangle must grow until the seat is on its border, at least 0.
func apart(s Seat, r Rect) int {
	return max(r.XMM-s.XMM, s.XMM-r.XMM-r.WidthMM, r.YMM-s.YMM, s.YMM-r.YMM-r.DepthMM, 0)
}

func within(s Seat, r Rect) bool {
	return r.XMM < s.XMM && s.XMM < r.XMM+r.WidthMM && r.YMM < s.YMM && s.YMM < r.YMM+r.DepthMM
}

// drawn counts the seats of a grid or of hexagonal rows from the corner, the way people draw them, leaving out
// what the rules forbid.
func drawn(req Request, hexagonal, turned bool) int {
	w, h := req.WidthMM-2*req.MarginMM, req.DepthMM-2*req.MarginMM
	if turned {
		w, h = h, w
	}
	d := req.DistanceMM
	pitch, shift := d, 0
	if hexagonal {
		shift = (d + 1) / 2
		for pitch = d / 2; pitch*pitch+(d/2)*(d/2) < d*d; {
			pitch++
		}
	}
	count := 0
	for y, row := 0, 0; y <= h; y, row = y+pitch, row+1 {
		for x := row % 2 * shift; x <= w; x += d {
			s := Seat{XMM: req.MarginMM + x, YMM: req.MarginMM + y}
			if turned {
				s.XMM, s.YMM = req.MarginMM+y, req.MarginMM+x
			}
			free := true
			for _, o := range req.Obstacles {
				free = free && (apart(s, o) > 0 || !within(s, o)) && apart(s, o) >= req.MarginMM
			}
			for _, k := range req.KeepClear {
				free = free && !within(s, k)
			}
			if free {
				count++
			}
		}
	}
	return count
}

func byHand(req Request) (grid, hexagonal int) {
	return drawn(req, false, false), max(drawn(req, true, false), drawn(req, true, true))
}

// until stops a search once it has so many seats.
func until(count int, more func(Answer)) (improved func(Answer), stop func() bool) {
	reached := false
	return func(a Answer) {
		reached = a.Count >= count
		if more != nil {
			more(a)
		}
	}, func() bool { return reached }
}

func TestRoomsOfThePlan(t *testing.T) {
	for _, c := range []struct{ width, depth, grid, hexagonal, best, bound int }{
		{7000, 5000, 20, 21, 23, 26}, {5000, 4000, 12, 14, 15, 17},
	} {
		req := Request{WidthMM: c.width + 1000, DepthMM: c.depth + 1000, MarginMM: 500, DistanceMM: 1500, Seed: 1}
		grid, hexagonal := byHand(req)
		a := arrange(req, smallBudget, nil, nil)
		check(t, req, a)
		if grid != c.grid || hexagonal != c.hexagonal || a.Count < c.best || a.UpperBound != c.bound {
			t.Errorf("%d x %d: grid %d, hexagonal %d, arranged %d, bound %d; want %+v", c.width, c.depth, grid, hexagonal, a.Count, a.UpperBound, c)
		}
	}
}

// recordSide is the side of the squares of the records, recordSlack by how much the distance is shorter.
const recordSide, recordSlack = 20_000, 3

func recordRoom(n, side, slack int) Request {
	return Request{WidthMM: side, DepthMM: side, DistanceMM: int(records[n]*float64(side)) - slack, Seed: 1}
}

func TestRecordsOfSquares(t *testing.T) {
	seeds := 1
	if os.Getenv("LAPAK_RECORD_SEEDS") != "" { // More than one for a thorough look.
		seeds, _ = strconv.Atoi(os.Getenv("LAPAK_RECORD_SEEDS"))
	}
	for k := range 49 * seeds {
		n := 2 + k%49
		improved, stop := until(n, nil)
		req := recordRoom(n, recordSide, recordSlack)
		req.Seed += k / 49
		a := Arrange(req, improved, stop)
		check(t, req, a)
		if a.Count != n {
			t.Errorf("%d seats where %d are known, bound %d", a.Count, n, a.UpperBound)
		}
		if proven := n < len(provenLeast)-1; proven && a.UpperBound != n {
			t.Errorf("bound %d where %d is a theorem", a.UpperBound, n)
		}
	}
}

// room draws a room of a branch: some plain, some with pillars and lanes, some nearly full or too small.
func room(d *dice) Request {
	req := Request{WidthMM: 500 + d.below(9000), DepthMM: 500 + d.below(7000), MarginMM: d.below(4) * 250, DistanceMM: 800 + d.below(1700), Seed: int(d.next() >> 40)}
	rect := func() Rect {
		return Rect{d.below(req.WidthMM+1000) - 500, d.below(req.DepthMM+1000) - 500, d.below(3000), d.below(2500)}
	}
	for range d.below(4) {
		req.Obstacles = append(req.Obstacles, rect())
	}
	for range d.below(3) {
		req.KeepClear = append(req.KeepClear, rect())
	}
	if d.below(3) == 0 {
		req.Obstacles, req.KeepClear = nil, nil
	}
	return req
}

func TestRandomRooms(t *testing.T) {
	rooms := 100
	if testing.Short() {
		rooms = 20
	}
	d := &dice{7}
	better := 0
	for range rooms {
		req := room(d)
		if err := req.Validate(); err != nil {
			t.Fatal(err)
		}
		last := -1
		a := arrange(req, smallBudget, func(a Answer) {
			if a.Count < last {
				t.Fatalf("%d seats after %d", a.Count, last)
			}
			check(t, req, a)
			last = a.Count
		}, nil)
		if last != a.Count {
			t.Fatalf("the last report had %d seats, the answer %d", last, a.Count)
		}
		grid, hexagonal := byHand(req)
		if g, h := ByHand(req); g != grid || h != hexagonal {
			t.Fatalf("ByHand draws %d and %d, the test %d and %d: %+v", g, h, grid, hexagonal, req)
		}
		if a.Count < max(grid, hexagonal) {
			t.Fatalf("%d seats; a grid has %d, hexagonal rows %d: %+v", a.Count, grid, hexagonal, req)
		}
		if a.Count > max(grid, hexagonal) {
			better++
		}
		if again := arrange(req, smallBudget, nil, nil); !reflect.DeepEqual(a, again) {
			t.Fatalf("another answer to the same question: %+v", req)
		}
	}
	if better < rooms/3 {
		t.Errorf("only %d of %d rooms are better than by hand", better, rooms)
	}
}

// TestBoundaries has rooms in which every seat is exactly where the rules still allow it.
func TestBoundaries(t *testing.T) {
	lane := Rect{2000, 0, 1000, 9000}
	for _, c := range []struct {
		name  string
		req   Request
		count int
	}{
		{"exactly the distance", Request{WidthMM: 4000, DepthMM: 4000, MarginMM: 500, DistanceMM: 1500}, 9},
		{"a millimetre less", Request{WidthMM: 3999, DepthMM: 4000, MarginMM: 500, DistanceMM: 1500}, 8},
		{"a line", Request{WidthMM: 4000, DepthMM: 1000, MarginMM: 500, DistanceMM: 1500}, 3},
		{"a point", Request{WidthMM: 1000, DepthMM: 1000, MarginMM: 500, DistanceMM: 1500}, 1},
		{"no floor", Request{WidthMM: 999, DepthMM: 4000, MarginMM: 500, DistanceMM: 1500}, 0},
		{"a floor all in the way", Request{WidthMM: 4000, DepthMM: 4000, DistanceMM: 1500, KeepClear: []Rect{{-1, -1, 4002, 4002}}}, 0},
		{"a gap as wide as a line", Request{WidthMM: 3000, DepthMM: 9000, DistanceMM: 1500, KeepClear: []Rect{{-1, -1, 1001, 9002}, {1000, -1, 2001, 9002}}}, 7},
		{"margins that meet in a line", Request{WidthMM: 2000, DepthMM: 4000, MarginMM: 500, DistanceMM: 1500, Obstacles: []Rect{{1000, 0, 1000, 4000}, {0, 0, 0, 4000}}}, 3},
		{"borders of a lane, nowhere else", Request{WidthMM: 3000, DepthMM: 1500, DistanceMM: 1500, KeepClear: []Rect{{0, -1, 1499, 1502}, {1499, -1, 1501, 1502}}}, 5},
		{"two sides of a lane", Request{WidthMM: 5000, DepthMM: 9000, DistanceMM: 1500, KeepClear: []Rect{lane}}, 28},
	} {
		t.Run(c.name, func(t *testing.T) {
			a := arrange(c.req, smallBudget, nil, nil)
			check(t, c.req, a)
			if a.Count != c.count {
				t.Fatalf("%d seats, want %d (bound %d): %+v", a.Count, c.count, a.UpperBound, a.Seats)
			}
		})
	}
}

// TestOffTheBorders has a lane with room enough beside it: no seat need stand on its border.
func TestOffTheBorders(t *testing.T) {
	req := Request{WidthMM: 6000, DepthMM: 5000, MarginMM: 400, DistanceMM: 1450, Seed: 1, KeepClear: []Rect{{2400, 0, 1200, 5000}}, Obstacles: []Rect{{0, 0, 900, 700}}}
	a := arrange(req, smallBudget, nil, nil)
	check(t, req, a)
	for _, s := range a.Seats {
		if lane := req.KeepClear[0]; s.XMM == lane.XMM || s.XMM == lane.XMM+lane.WidthMM {
			t.Errorf("%+v is on the border of the lane", s)
		}
		if o := req.Obstacles[0]; apart(s, o) == req.MarginMM {
			t.Errorf("%+v is on the border of the obstacle", s)
		}
	}
}

func TestStopped(t *testing.T) {
	for after := range 40 {
		asked := 0
		req := Request{WidthMM: 8000, DepthMM: 6000, MarginMM: 500, DistanceMM: 1400, Seed: 1, KeepClear: []Rect{{3000, 0, 900, 3000}}}
		var last Answer
		a := Arrange(req, func(a Answer) { last = a }, func() bool { asked++; return asked > after*after })
		check(t, req, a)
		if a.Stopped != "time" || a.Count == 0 || !reflect.DeepEqual(a, last) {
			t.Fatalf("stopped after %d: %+v, last report %+v", after*after, a, last)
		}
	}
}

// most is the largest number of whole points of a small room, found by trying all of them.
func most(free []point, d int) int {
	if len(free) == 0 {
		return 0
	}
	var rest []point
	for _, p := range free[1:] {
		if p.far(free[0]) >= d*d {
			rest = append(rest, p)
		}
	}
	with := 1 + most(rest, d)
	if len(rest) == len(free)-1 {
		return with
	}
	return max(with, most(free[1:], d))
}

// TestTinyRooms compares rooms of a few millimetres with the truth: the bound is never below it, the answer
// never above.
func TestTinyRooms(t *testing.T) {
	d := &dice{3}
	met, rooms := 0, 400
	for range rooms {
		req := Request{WidthMM: 1 + d.below(6), DepthMM: 1 + d.below(5), MarginMM: d.below(3) / 2, DistanceMM: 2 + d.below(3), Seed: 1}
		for range d.below(3) {
			req.Obstacles = append(req.Obstacles, Rect{d.below(7) - 1, d.below(6) - 1, d.below(3), d.below(3)})
			req.KeepClear = append(req.KeepClear, Rect{d.below(7) - 1, d.below(6) - 1, d.below(4), d.below(4)})
		}
		var free []point
		for y := range req.DepthMM + 1 {
			for x := range req.WidthMM + 1 {
				if p := (point{x, y}); req.valid([]point{p}) {
					free = append(free, p)
				}
			}
		}
		a := arrange(req, smallBudget/10, nil, nil)
		check(t, req, a)
		truth := most(free, req.DistanceMM)
		if a.UpperBound < truth || a.Count > truth || (truth > 0 && a.Count == 0) {
			t.Fatalf("%d seats, bound %d, truth %d: %+v", a.Count, a.UpperBound, truth, req)
		}
		if a.Count == truth {
			met++
		}
	}
	t.Logf("%d of %d tiny rooms are met", met, rooms)
	if met < rooms*9/10 {
		t.Errorf("only %d of %d tiny rooms are met", met, rooms)
	}
}
