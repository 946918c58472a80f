package arranging

import "slices"

// near finds the points near a place: buckets of the distance's size, so that only nine matter.
type near struct {
	box    block
	d      int
	wide   int
	first  []int32 // Per bucket the newest point, or -1.
	before []int32 // Per point the one before it in its bucket.
	points []point
}

func newNear(box block, d int) *near {
	wide, deep := (box.x1-box.x0)/d+1, (box.y1-box.y0)/d+1
	n := &near{box: box, d: d, wide: wide, first: make([]int32, wide*deep)}
	for i := range n.first {
		n.first[i] = -1
	}
	return n
}

func (n *near) add(p point) {
	b := (p.y-n.box.y0)/n.d*n.wide + (p.x-n.box.x0)/n.d
	n.before = append(n.before, n.first[b])
	n.first[b] = int32(len(n.points))
	n.points = append(n.points, p)
}

// each calls f with every point less than a bucket away, until f says stop.
func (n *near) each(p point, f func(i int) bool) {
	cx, cy := (p.x-n.box.x0)/n.d, (p.y-n.box.y0)/n.d
	for y := max(cy-1, 0); y <= cy+1 && y*n.wide < len(n.first); y++ {
		for x := max(cx-1, 0); x <= min(cx+1, n.wide-1); x++ {
			for i := n.first[y*n.wide+x]; i >= 0; i = n.before[i] {
				if !f(int(i)) {
					return
				}
			}
		}
	}
}

// onward is the smallest x at or beyond p.x where p's row is free of the points so far.
func (n *near) onward(p point, last int) int {
	for {
		to := p.x
		n.each(p, func(i int) bool {
			o := n.points[i]
			if o.far(p) < n.d*n.d {
				to = max(to, o.x+rootUp(n.d*n.d-(p.y-o.y)*(p.y-o.y)))
			}
			return true
		})
		if to == p.x || to > last {
			return to
		}
		p.x = to
	}
}

// row is the free stretches of the line at y, in order, joined where they touch.
func (r *region) row(y int, to [][2]int) [][2]int {
	to = to[:0]
	for _, s := range r.spans {
		if s.y0 <= y && y <= s.y1 {
			to = append(to, [2]int{s.x0, s.x1})
		}
	}
	slices.SortFunc(to, func(a, b [2]int) int { return a[0] - b[0] })
	kept := 0
	for _, s := range to {
		if kept > 0 && s[0] <= to[kept-1][1] {
			to[kept-1][1] = max(to[kept-1][1], s[1])
			continue
		}
		to[kept] = s
		kept++
	}
	return to[:kept]
}

// rows sets seats row by row, in each row from one side as far to it as the seats so far allow, at least
// apart from one another within a row. Seats that are there already stay.
func (r *region) rows(n *near, ys []int, apart int) {
	var stretches [][2]int
	for _, y := range ys {
		stretches = r.row(y, stretches)
		for _, s := range stretches {
			for x := s[0]; x <= s[1]; {
				x = n.onward(point{x, y}, s[1])
				if x > s[1] {
					break
				}
				n.add(point{x, y})
				x += apart
			}
		}
	}
}

// spread lists rows that fill the depth of a box evenly.
func spread(box block, count int) []int {
	ys := make([]int, count)
	for i := range ys {
		ys[i] = box.y0
		if count > 1 {
			ys[i] += (box.y1 - box.y0) * i / (count - 1)
		}
	}
	return ys
}

const (
	// widest and tightest, in percent of the distance, are the pitches of rows worth trying: wider than a
	// grid's wastes depth, and at half the distance and less the row after the next is too near.
	// Among many seats only pitches near the hexagonal one can be best.
	widestPitch, tightestPitch, tightestOfMany = 115, 55, 80
	// offsets is how many places of the first row are tried in a floor with something in the way.
	offsets = 6
	// fineRows is how many rows per distance are searched for gaps that a pattern left.
	fineRows = 12
	// fewSeats is up to how many seats every pattern is tried and its gaps searched; more take too long.
	fewSeats = 500
)

// lattice sets seats where people draw them by hand: a grid, or hexagonal rows, from a corner, leaving out what
// is not free.
func (r *region) lattice(d int, corner point, hexagonal bool) *near {
	n := newNear(r.box, d)
	pitch, shift := d, 0
	if hexagonal {
		shift = (d + 1) / 2
		pitch = rootUp(d*d - (d/2)*(d/2))
	}
	for k, y := 0, corner.y; y <= r.box.y1; k, y = k+1, y+pitch {
		for x := corner.x + k%2*shift; x <= r.box.x1; x += d {
			if p := (point{x, y}); r.holds(p) && n.onward(p, x) == x {
				n.add(p)
			}
		}
	}
	return n
}

// ByHand counts the seats that people would draw in a room: on a grid from the corner of the walls' margin, and
// in hexagonal rows from there, the better of both directions. The request is to be checked by Validate first.
func ByHand(req Request) (grid, hexagonal int) {
	spans := freeSpans(req.box(), req.inTheWay(0))
	if len(spans) == 0 {
		return 0, 0
	}
	r, corner := regionOf(spans), point{req.MarginMM, req.MarginMM}
	grid = len(r.lattice(req.DistanceMM, corner, false).points)
	for _, r := range []*region{r, r.turned()} {
		hexagonal = max(hexagonal, len(r.lattice(req.DistanceMM, corner, true).points))
	}
	return grid, hexagonal
}

// drawer tries patterns on a floor and on the same floor turned, and keeps the best.
type drawer struct {
	d      int
	region *region
	turned bool
	best   int
	found  func([]point) bool
}

// patterns tries rows of many pitches in both directions, grids and hexagonal rows among them, fills the gaps
// that each leaves, and calls found with each better one. corner is where people begin to draw. stop is asked between two patterns, once there is
// something to show.
func (r *region) patterns(d int, corner point, found func([]point) bool, stop func() bool) {
	draw := drawer{d: d, region: r, found: found}
	for _, turned := range []bool{false, true} {
		if turned {
			draw.region, draw.turned, corner = r.turned(), true, corner.turned()
		}
		own := point{draw.region.box.x0, draw.region.box.y0}
		for i, corner := range []point{own, own, corner, corner} {
			if draw.best > 0 && stop() {
				return
			}
			draw.keep(draw.region.lattice(d, corner, i%2 == 1))
		}
		for _, rows := range draw.region.pitches(d) {
			if stop() {
				return
			}
			n := newNear(draw.region.box, d)
			draw.region.rows(n, rows.ys, rows.apart)
			draw.keep(n)
		}
	}
}

// keep fills the gaps of a pattern that comes near to the best, and hands it over when it is better.
func (w *drawer) keep(n *near) {
	promising := len(n.points)+len(n.points)/8 >= w.best
	if len(n.points) > fewSeats {
		promising = len(n.points) >= w.best
	}
	if promising {
		w.region.rows(n, gaps(w.region.box, w.d), w.d)
	}
	if len(n.points) <= w.best {
		return
	}
	w.best = len(n.points)
	if w.turned {
		for i, p := range n.points {
			n.points[i] = p.turned()
		}
	}
	w.found(n.points)
}

// rowSet is rows and how far apart the seats of one are.
type rowSet struct {
	ys    []int
	apart int
}

// pitches lists the rows worth trying: the grid's and the hexagonal from several starts, and every even
// division of the depth, with the seats of a row so far apart that the next row fits between.
func (r *region) pitches(d int) []rowSet {
	hexagonal := rootUp(d*d - (d/2)*(d/2))
	starts := 1
	if len(r.spans) > 1 {
		starts = offsets
	}
	var list []rowSet
	for i := range starts {
		list = append(list, rowSet{steps(r.box, d*i/offsets, d), d}, rowSet{steps(r.box, d*i/offsets, hexagonal), d})
	}
	deep := r.box.y1 - r.box.y0
	tightest := tightestPitch
	if olerEstimate(r.box.x1-r.box.x0, deep, d) > fewSeats {
		tightest = tightestOfMany
	}
	for count := 1; ; count++ {
		if count == 1 {
			list = append(list, rowSet{spread(r.box, count), d})
			continue
		}
		pitch := deep / (count - 1)
		if pitch*100 < tightest*d {
			return list
		}
		if count > 3 && pitch*100 > widestPitch*d {
			continue
		}
		apart := d
		if pitch < d {
			apart = max(d, 2*rootUp(d*d-pitch*pitch))
		}
		list = append(list, rowSet{spread(r.box, count), apart})
	}
}

// steps lists rows at a pitch.
func steps(box block, start, pitch int) []int {
	var ys []int
	for y := box.y0 + start; y <= box.y1; y += pitch {
		ys = append(ys, y)
	}
	return ys
}

// gaps lists close rows, the borders of the box among them.
func gaps(box block, d int) []int {
	return spread(box, (box.y1-box.y0)*fineRows/d+2)
}
