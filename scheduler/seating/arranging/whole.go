package arranging

// valid checks an arrangement in whole numbers against the request alone: it shares no code with the search.
func (r *Request) valid(points []point) bool {
	for i, p := range points {
		if p.x < r.MarginMM || p.x > r.WidthMM-r.MarginMM || p.y < r.MarginMM || p.y > r.DepthMM-r.MarginMM {
			return false
		}
		for _, o := range r.Obstacles {
			if o.inside(p, r.MarginMM) {
				return false
			}
		}
		for _, k := range r.KeepClear {
			if k.inside(p, 0) {
				return false
			}
		}
		for _, o := range points[:i] {
			dx, dy := p.x-o.x, p.y-o.y
			if dx*dx+dy*dy < r.DistanceMM*r.DistanceMM {
				return false
			}
		}
	}
	return true
}

// inside tells whether a point is inside a rectangle grown on each side; its border is not inside.
func (r *Rect) inside(p point, grow int) bool {
	return p.x > r.XMM-grow && p.x < r.XMM+r.WidthMM+grow && p.y > r.YMM-grow && p.y < r.YMM+r.DepthMM+grow
}

const (
	// maxRepair is how many moves a repair tries per point: rounding leaves errors of a millimetre or two.
	maxRepair = 40
	// repairReach is how far beyond the distance a point can come nearer during a repair: farther than any has
	// been seen to go, and the outcome is checked.
	repairReach = 50
)

// repair moves points of a region by a millimetre or two until no two are nearer than the distance. It takes
// the points in turn, always to the neighbouring place that hurts least, and gives up when that does not end.
func (r *region) repair(points []point, d int, dice *dice) bool {
	n := len(points)
	beside := make([][]int32, n)
	for i, p := range points {
		for k, o := range points {
			if k != i && o.far(p) < (d+repairReach)*(d+repairReach) {
				beside[i] = append(beside[i], int32(k))
			}
		}
	}
	hurt := func(i int, p point) int {
		sum := 0
		for _, k := range beside[i] {
			sum += max(d*d-points[k].far(p), 0)
		}
		return sum
	}
	for calm, moves, i := 0, 0, 0; calm < n; i = (i + 1) % n {
		now := hurt(i, points[i])
		if now == 0 {
			calm++
			continue
		}
		calm = 0
		if moves++; moves > maxRepair*n {
			return false
		}
		best, least := points[i], now
		from := dice.below(len(around))
		for k := range around {
			step := around[(from+k)%len(around)]
			p := point{points[i].x + step.x, points[i].y + step.y}
			if h := hurt(i, p); h <= least && r.holds(p) {
				best, least = p, h
			}
		}
		points[i] = best
	}
	return true
}

// around is the places a millimetre or two away.
var around = func() (list []point) {
	for y := -2; y <= 2; y++ {
		for x := -2; x <= 2; x++ {
			if x != 0 || y != 0 {
				list = append(list, point{x, y})
			}
		}
	}
	return list
}()
