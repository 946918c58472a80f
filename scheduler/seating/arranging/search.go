package arranging

import "math"

// search looks for more seats on one region than patterns hold.
type search struct {
	region *region
	d      int
	bound  int
	dice   dice
	budget int // in pairs looked at, as squeeze counts them
	best   []point
	found  func([]point) bool
	stop   func() bool

	roomy, exact *floor // The region in units of a little more than the distance, and of the distance.
	weight       []float64
}

const (
	// roundingMM is what the distance is lengthened by in the search: rounding two seats to whole millimetres
	// brings them nearer by at most √2, so that what fits at this length is valid when rounded.
	roundingMM = 1.45
	// maxSqueezed bounds for how many seats the search is worth its time: in larger rooms a start takes so long
	// that few are tried, and hexagonal rows are nearly as good.
	maxSqueezed = 1200
)

func newSearch(r *region, d int) *search {
	s := &search{region: r, d: d, roomy: newFloor(r, float64(d)+roundingMM), exact: newFloor(r, float64(d))}
	sum := 0.0
	for _, b := range s.roomy.spans {
		// Lines and points get a share too: about how many seats each rectangle holds for itself.
		sum += (b.x1 - b.x0 + 0.5) * (b.y1 - b.y0 + 0.5)
		s.weight = append(s.weight, sum)
	}
	return s
}

// somewhere draws a place on the floor.
func (s *search) somewhere() (x, y float64) {
	u := s.dice.unit() * s.weight[len(s.weight)-1]
	i := 0
	for i < len(s.weight)-1 && s.weight[i] <= u {
		i++
	}
	b := s.roomy.spans[i]
	return b.x0 + s.dice.unit()*(b.x1-b.x0), b.y0 + s.dice.unit()*(b.y1-b.y0)
}

const (
	// shakes of at most this much of the distance lead from one arrangement to another that is often better.
	shakeBy = 0.8
	// rowsShake is how much rows are shaken, so that equal flaws end differently.
	rowsShake = 0.1
	// patience is how many shakes in a row may gain nothing before the search starts afresh.
	patience = 12
	// startsAtLeast and the square of the seats bound the starts for one target: of the known records of
	// squares the hardest up to 30 seats are met by 3 starts in 100, and fewer as rooms grow.
	startsAtLeast = 300
	// maxSteps bounds a descent, patientSteps the last bit of one that nearly fits.
	maxSteps, patientSteps = 1000, 10_000
)

// run raises the number of seats by one as long as it can.
func (s *search) run() {
	for len(s.best) < s.bound && len(s.best) < maxSqueezed && s.budget > 0 && !s.stop() {
		if !s.raise(len(s.best) + 1) {
			return
		}
	}
}

// raise looks for an arrangement of n seats. Most starts are seats thrown at random, which the descent orders
// surprisingly well; every other is a shake of what was good.
func (s *search) raise(n int) bool {
	q := newSqueeze(s.roomy, n)
	q.stop = s.stop
	kept, keptEnergy, failed := make([]float64, 2*n), math.Inf(1), patience
	least := math.Inf(1)
	for start := 0; start < startsAtLeast+n*n && s.budget > 0 && !hopeless(start, least/float64(n)) && !s.stop(); start++ {
		switch {
		case start == 0 && len(s.best) == n-1:
			s.insert(q)
		case start%2 == 0 && failed < patience:
			for i, v := range kept {
				q.x[i] = v + s.dice.swing()*shakeBy
			}
		case start%4 == 3:
			s.inRows(q.x)
		default:
			for i := 0; i < 2*n; i += 2 {
				q.x[i], q.x[i+1] = s.somewhere()
			}
		}
		q.work = 0
		e := q.descend(roomyEnough, flatGain, maxSteps)
		s.budget -= q.work
		least = min(least, e)
		if points := s.settle(q, e); points != nil && s.found(points) {
			s.best = points
			return true
		}
		if e < keptEnergy*0.999 || (start%2 == 1 && failed >= patience) {
			keptEnergy, failed = e, 0
			copy(kept, q.x)
		} else if start%2 == 0 {
			failed++
		}
	}
	return false
}

// hopeless tells whether so many starts would have come nearer if there were a way. Over the records of squares
// of 10 to 100 seats the best of any ten starts had at most 0.00065 energy per seat where the seats fit, and
// where they overlap by 2 % in the best case no start has less than 0.001.
func hopeless(starts int, least float64) bool {
	return (starts >= 60 && least > 0.001) || (starts >= 250 && least > 0.0004)
}

// inRows starts from crowded rows across the box, every other shifted or one seat shorter, with random seats
// left out: the best arrangements of many seats are often such rows with a flaw.
func (s *search) inRows(x []float64) {
	n := len(x) / 2
	box := s.roomy.box
	w, h := box.x1-box.x0, box.y1-box.y0
	turned := s.dice.below(2) == 1
	if turned {
		w, h = h, w
	}
	const hexagonalPitch = 0.866
	rows := max(int(h/hexagonalPitch)+s.dice.below(4)-1, 1)
	shorter := s.dice.below(2)
	long := (n + rows/2*shorter + rows - 1) / rows
	total := long*rows - rows/2*shorter
	left := n
	for row, place := 0, 0; row < rows; row++ {
		inRow := long - row%2*shorter
		for i := 0; i < inRow; i, place = i+1, place+1 {
			if s.dice.below(total-place) >= left {
				continue
			}
			left--
			u := (float64(i) + float64(row%2)/2) / max(float64(long)-0.5*float64(1-shorter), 1)
			v := (float64(row) + 0.5) / float64(rows)
			px, py := u*w+s.dice.swing()*rowsShake, v*h+s.dice.swing()*rowsShake
			if turned {
				px, py = py, px
			}
			x[2*left], x[2*left+1] = box.x0+px, box.y0+py
		}
	}
}

// place starts from the best arrangement so far.
func (s *search) place(q *squeeze) {
	for i, p := range s.best {
		q.x[2*i], q.x[2*i+1] = float64(p.x)/s.roomy.unit, float64(p.y)/s.roomy.unit
	}
}

// insert starts from the best arrangement so far, with one seat more where most room is left of some tries.
func (s *search) insert(q *squeeze) {
	s.place(q)
	last := 2 * len(s.best)
	most := -1.0
	for range 20 + last {
		x, y := s.somewhere()
		least := math.Inf(1)
		for i := 0; i < last; i += 2 {
			dx, dy := q.x[i]-x, q.x[i+1]-y
			least = min(least, dx*dx+dy*dy)
		}
		if least > most {
			most = least
			q.x[last], q.x[last+1] = x, y
		}
	}
}

const (
	// roomyEnough is an energy at which no pair overlaps by more than the 0.03 mm that roundingMM has over √2,
	// for every distance up to 3 m; for longer ones repair has little to do.
	roomyEnough = 2e-10
	// nearlyFits is the energy per pair up to which a descent deserves patience: overlaps of 1 in 2,000.
	nearlyFits = 1e-6
	// exactEnough leaves overlaps of a hundred thousandth of the distance at most.
	exactEnough = 1e-11
)

// overlapping is about the energy of n seats that overlap their three neighbours each by so much.
func (s *search) overlapping(n int, mm float64) float64 {
	over := 2 * mm / float64(s.d)
	return 3 * float64(n) * over * over
}

// settle makes whole millimetres of what a descent ended with, or returns nil. What fits with room for
// rounding is rounded; what only nearly fits is moved on at the exact distance and then repaired.
func (s *search) settle(q *squeeze, e float64) []point {
	if e > roomyEnough && e < 3*float64(q.n)*nearlyFits {
		q.work = 0
		e = q.descend(roomyEnough, patientGain, patientSteps)
		s.budget -= q.work
	}
	if e > roomyEnough {
		if e > s.overlapping(q.n, roundingMM+0.2) {
			return nil
		}
		q.move(s.exact)
		defer q.move(s.roomy)
		q.work = 0
		e = q.descend(exactEnough, patientGain, patientSteps)
		s.budget -= q.work
		if e > 1e3*exactEnough {
			return nil
		}
	}
	points := make([]point, q.n)
	for i := range points {
		x, y := q.x[2*i]*q.floor.unit, q.x[2*i+1]*q.floor.unit
		points[i] = s.region.nearest(point{int(math.Round(x)), int(math.Round(y))})
	}
	if !s.region.repair(points, s.d, &s.dice) {
		return nil
	}
	return points
}
