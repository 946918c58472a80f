package arranging

// span is a closed free rectangle in units of the distance.
type span struct{ x0, y0, x1, y1 float64 }

// floor is the free region as the search sees it, in units of the distance: the union of its largest free
// rectangles. A plain room has one.
type floor struct {
	unit  float64 // in millimetres
	spans []span
}

// pull is the step from a position to the nearest point of the floor, and the rectangle that holds that
// point. It is zero inside. home is a guess: the rectangle that held the position last.
func (f *floor) pull(x, y float64, home int) (dx, dy float64, at int) {
	dx, dy = f.spans[home].pull(x, y)
	if dx == 0 && dy == 0 {
		return 0, 0, home
	}
	best := dx*dx + dy*dy
	for i := range f.spans {
		if i == home {
			continue
		}
		ax, ay := f.spans[i].pull(x, y)
		if away := ax*ax + ay*ay; away < best {
			dx, dy, best, home = ax, ay, away, i
			if away == 0 {
				break
			}
		}
	}
	return dx, dy, home
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
