package arranging

import "math"

// span is a closed free rectangle in units of the distance.
type span struct{ x0, y0, x1, y1 float64 }

// floor is the free region as the search sees it, in units of the distance: the union of its largest free
// rectangles. A plain room has one.
type floor struct {
	unit  float64 // in millimetres
	box   span    // around all
	spans []span

	// With many rectangles, the ones that can be nearest to a place are listed for each small square of the
	// room and of a strip around it; beyond the strip the nearest square stands in.
	wide, deep int
	nearest    [][]int32
}

const (
	// fewSpans is how many rectangles are looked through faster than listed.
	fewSpans = 8
	// cell is the side of the listed squares, beyond the width of the strip, in distances.
	cell, beyond = 0.5, 1.0
)

func newFloor(r *region, unit float64) *floor {
	scale := func(b block) span {
		return span{float64(b.x0) / unit, float64(b.y0) / unit, float64(b.x1) / unit, float64(b.y1) / unit}
	}
	f := &floor{unit: unit, box: scale(r.box)}
	for _, b := range r.spans {
		f.spans = append(f.spans, scale(b))
	}
	if len(f.spans) > fewSpans {
		f.listNearest()
	}
	return f
}

// listNearest lists per square the rectangles that can be nearest to a place in it: no farther from its middle
// than the nearest and the square's diagonal together.
func (f *floor) listNearest() {
	f.wide, f.deep = int((f.box.x1-f.box.x0+2*beyond)/cell)+1, int((f.box.y1-f.box.y0+2*beyond)/cell)+1
	f.nearest = make([][]int32, f.wide*f.deep)
	away := make([]float64, len(f.spans))
	for i := range f.nearest {
		x := f.box.x0 - beyond + (float64(i%f.wide)+0.5)*cell
		y := f.box.y0 - beyond + (float64(i/f.wide)+0.5)*cell
		least := math.Inf(1)
		for k := range f.spans {
			dx, dy := f.spans[k].pull(x, y)
			away[k] = math.Sqrt(dx*dx + dy*dy)
			least = min(least, away[k])
		}
		for k, a := range away {
			if a <= least+math.Sqrt2*cell {
				f.nearest[i] = append(f.nearest[i], int32(k))
			}
		}
	}
}

// pull is the step from a position to the nearest point of the floor, the rectangle that holds that point, and
// how many rectangles were looked at. The step is zero inside. home is a guess: the rectangle that held the
// position last.
func (f *floor) pull(x, y float64, home int) (dx, dy float64, at, looked int) {
	dx, dy = f.spans[home].pull(x, y)
	if dx == 0 && dy == 0 {
		return 0, 0, home, 1
	}
	best := dx*dx + dy*dy
	try := func(i int) {
		ax, ay := f.spans[i].pull(x, y)
		if away := ax*ax + ay*ay; away < best {
			dx, dy, best, home = ax, ay, away, i
		}
	}
	if f.nearest == nil {
		for i := range f.spans {
			try(i)
		}
		return dx, dy, home, len(f.spans)
	}
	cx := min(max(int((x-f.box.x0+beyond)/cell), 0), f.wide-1)
	cy := min(max(int((y-f.box.y0+beyond)/cell), 0), f.deep-1)
	list := f.nearest[cy*f.wide+cx]
	for _, i := range list {
		try(int(i))
	}
	return dx, dy, home, len(list)
}

func (s *span) pull(x, y float64) (dx, dy float64) {
	if x < s.x0 {
		dx = s.x0 - x
	} else if x > s.x1 {
		dx = s.x1 - x
	}
	if y < s.y0 {
		dy = s.y0 - y
	} else if y > s.y1 {
		dy = s.y1 - y
	}
	return dx, dy
}
