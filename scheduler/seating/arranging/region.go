package arranging

import (
	"cmp"
	"slices"
)

// block is a rectangle of whole millimetres from corner to corner. As free floor it is closed: its border
// belongs to it, and it may be a line or a point. As something in the way it is open: its border is free.
type block struct{ x0, y0, x1, y1 int }

func (b block) empty() bool { return b.x1 < b.x0 || b.y1 < b.y0 }

func (b block) meet(o block) block {
	return block{max(b.x0, o.x0), max(b.y0, o.y0), min(b.x1, o.x1), min(b.y1, o.y1)}
}

func (b block) holds(p point) bool { return p.x >= b.x0 && p.x <= b.x1 && p.y >= b.y0 && p.y <= b.y1 }

// turned swaps the axes.
func (b block) turned() block { return block{b.y0, b.x0, b.y1, b.x1} }

// point is a place for a seat's centre.
type point struct{ x, y int }

func (p point) turned() point { return point{p.y, p.x} }

// far is the square of the distance of two points. Lengths are below 3,000,000, so squares fit easily.
func (p point) far(o point) int {
	dx, dy := p.x-o.x, p.y-o.y
	return dx*dx + dy*dy
}

// region is a free floor: the union of its largest free rectangles, which overlap.
type region struct {
	spans []block
	box   block // Around all of them.
}

func regionOf(spans []block) *region {
	r := &region{spans: spans, box: spans[0]}
	for _, s := range spans {
		r.box = block{min(r.box.x0, s.x0), min(r.box.y0, s.y0), max(r.box.x1, s.x1), max(r.box.y1, s.y1)}
	}
	return r
}

func (r *region) holds(p point) bool {
	return slices.ContainsFunc(r.spans, func(s block) bool { return s.holds(p) })
}

func (r *region) turned() *region {
	spans := make([]block, len(r.spans))
	for i, s := range r.spans {
		spans[i] = s.turned()
	}
	return &region{spans: spans, box: r.box.turned()}
}

// nearest is the point of the region nearest to p.
func (r *region) nearest(p point) point {
	var best point
	least := -1
	for _, s := range r.spans {
		q := point{min(max(p.x, s.x0), s.x1), min(max(p.y, s.y0), s.y1)}
		if away := q.far(p); least < 0 || away < least {
			best, least = q, away
			if away == 0 {
				break
			}
		}
	}
	return best
}

// inTheWay lists what a seat's centre may not be inside of. With aside the rectangles are a millimetre larger
// on each side, so that not even their borders are free.
func (r *Request) inTheWay(aside int) []block {
	var list []block
	add := func(rect Rect, grow int) {
		b := block{rect.XMM - grow, rect.YMM - grow, rect.XMM + rect.WidthMM + grow, rect.YMM + rect.DepthMM + grow}
		if b.x0 < b.x1 && b.y0 < b.y1 {
			list = append(list, b)
		}
	}
	for _, o := range r.Obstacles {
		add(o, r.MarginMM+aside)
	}
	for _, k := range r.KeepClear {
		add(k, aside)
	}
	return list
}

// freeSpans finds the largest closed rectangles of the box that meet no open block, lines and points
// included: for each pair of edges along x, what stays free along y between all blocks that reach in.
func freeSpans(box block, blocks []block) []block {
	if box.empty() {
		return nil
	}
	edges := []int{box.x0, box.x1}
	for _, b := range blocks {
		for _, x := range []int{b.x0, b.x1} {
			if x > box.x0 && x < box.x1 {
				edges = append(edges, x)
			}
		}
	}
	slices.Sort(edges)
	edges = slices.Compact(edges)
	slices.SortFunc(blocks, func(a, b block) int { return cmp.Or(cmp.Compare(a.y0, b.y0), cmp.Compare(a.y1, b.y1)) })
	f := freeRows{box: box, blocks: blocks}
	var spans []block
	before := make([][]block, len(edges)) // What is free from the edge before to each edge.
	for i := range edges {
		here := f.between(nil, edges[i], edges[i])
		for j := i; j < len(edges); j++ {
			var wider []block
			if j+1 < len(edges) {
				wider = f.between(nil, edges[i], edges[j+1])
			}
			for _, s := range here {
				within := func(o block) bool { return o.y0 <= s.y0 && o.y1 >= s.y1 }
				if !slices.ContainsFunc(before[j], within) && !slices.ContainsFunc(wider, within) {
					spans = append(spans, s)
				}
			}
			before[j], here = here, wider
		}
	}
	return spans
}

type freeRows struct {
	box    block
	blocks []block // In order of y0.
}

// between lists the free rectangles from x0 to x1 that reach as far along y as they can.
func (f *freeRows) between(to []block, x0, x1 int) []block {
	y := f.box.y0
	for _, b := range f.blocks {
		reaches := b.x0 < x1 && b.x1 > x0
		if x0 == x1 {
			reaches = b.x0 < x0 && b.x1 > x0
		}
		if !reaches || b.y1 <= y {
			// A block whose end is where the free rows begin takes nothing, except the rows before them.
			continue
		}
		if b.y0 >= f.box.y1 {
			break
		}
		if b.y0 >= y {
			to = append(to, block{x0, y, x1, min(b.y0, f.box.y1)})
		}
		y = b.y1
	}
	if y <= f.box.y1 {
		to = append(to, block{x0, y, x1, f.box.y1})
	}
	return to
}

// parts divides the floor into parts at least the distance from one another, which can be furnished each for
// itself.
func parts(spans []block, distance int) []*region {
	group := make([]int, len(spans))
	for i := range group {
		group[i] = i
	}
	root := func(i int) int {
		for group[i] != i {
			i = group[i]
		}
		return i
	}
	for i := range spans {
		for k := range i {
			dx := max(spans[i].x0-spans[k].x1, spans[k].x0-spans[i].x1, 0)
			dy := max(spans[i].y0-spans[k].y1, spans[k].y0-spans[i].y1, 0)
			if a, b := root(i), root(k); a != b && dx*dx+dy*dy < distance*distance {
				group[max(a, b)] = min(a, b)
			}
		}
	}
	var list []*region
	for i := range spans {
		if root(i) != i {
			continue
		}
		var own []block
		for k := range spans {
			if root(k) == i {
				own = append(own, spans[k])
			}
		}
		list = append(list, regionOf(own))
	}
	return list
}
