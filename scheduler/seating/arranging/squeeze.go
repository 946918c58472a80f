package arranging

import "math"

// squeeze holds n points on a floor and moves them until no two overlap, or until they are stuck. Lengths
// are in units of the distance. The energy of a position is the sum over pairs nearer than 1 of (1-r²)², and
// over points off the floor of wallStiff times the square of the way back; it is zero exactly when the
// seats are a valid arrangement.
type squeeze struct {
	floor *floor
	n     int
	x     []float64 // x0, y0, x1, y1, …
	home  []int     // per point the free rectangle that held it last

	pairs []int32   // neighbours: i, j, i, j, …
	at    []float64 // the positions for which pairs was made
	work  int       // what was spent, in pairs looked at
	stop  func() bool

	grad, step, trial, trialGrad []float64

	// What L-BFGS remembers: steps, what they did to the gradient, one over their product; in a ring.
	s, y         [memory][]float64
	rho          [memory]float64
	gamma        float64 // The newest estimate of one over the curvature.
	stored, head int
}

const (
	// wallStiff makes a wall about as hard as another seat: (1-r²)² is about 4 times the overlap squared.
	wallStiff = 4
	// skin is how much farther than the distance neighbours are listed, so that a list serves many steps.
	skin = 0.35
	// memory is how many steps L-BFGS remembers (Nocedal 1980; 3 to 7 are usual).
	memory = 4
	// maxMove bounds one step of one point: more would jump over a neighbour.
	maxMove = 0.25
)

func newSqueeze(f *floor, n int) *squeeze {
	q := &squeeze{floor: f, n: n, home: make([]int, n)}
	for _, v := range []*[]float64{&q.x, &q.at, &q.grad, &q.step, &q.trial, &q.trialGrad} {
		*v = make([]float64, 2*n)
	}
	for i := range memory {
		q.s[i], q.y[i] = make([]float64, 2*n), make([]float64, 2*n)
	}
	return q
}

// list makes the list of neighbours for positions x.
func (q *squeeze) list(x []float64) {
	copy(q.at, x)
	q.pairs = q.pairs[:0]
	const reach = (1 + skin) * (1 + skin)
	for i := 0; i < len(x); i += 2 {
		xi, yi := x[i], x[i+1]
		rest := x[i+2:]
		for k := 0; k+1 < len(rest); k += 2 {
			dx := rest[k] - xi
			dy := rest[k+1] - yi
			if dx*dx+dy*dy < reach {
				q.pairs = append(q.pairs, int32(i), int32(i+2+k))
			}
		}
	}
	q.work += q.n * q.n / 4
}

// moved tells whether a point went so far since the list was made that a neighbour may be missing.
func (q *squeeze) moved(x []float64) bool {
	at := q.at[:len(x)]
	const far = skin * skin / 4
	for i := 0; i+1 < len(x); i += 2 {
		dx, dy := x[i]-at[i], x[i+1]-at[i+1]
		if dx*dx+dy*dy > far {
			return true
		}
	}
	return false
}

// energy is the energy at x; grad becomes its gradient.
func (q *squeeze) energy(x, grad []float64) float64 {
	if q.moved(x) {
		q.list(x)
	}
	e := 0.0
	if len(q.floor.spans) == 1 {
		e = q.walls(x, grad)
	} else {
		for i := 0; i < q.n; i++ {
			dx, dy, home, looked := q.floor.pull(x[2*i], x[2*i+1], q.home[i])
			q.home[i] = home
			q.work += looked / 2
			e += wallStiff * (dx*dx + dy*dy)
			grad[2*i], grad[2*i+1] = -2*wallStiff*dx, -2*wallStiff*dy
		}
	}
	for k := 0; k+1 < len(q.pairs); k += 2 {
		i, j := q.pairs[k], q.pairs[k+1]
		dx, dy := x[i]-x[j], x[i+1]-x[j+1]
		over := 1 - dx*dx - dy*dy
		if over <= 0 {
			continue
		}
		e += over * over
		f := 4 * over
		grad[i] -= f * dx
		grad[i+1] -= f * dy
		grad[j] += f * dx
		grad[j+1] += f * dy
	}
	q.work += len(q.pairs)/2 + q.n
	return e
}

func (q *squeeze) walls(x, grad []float64) float64 {
	s := q.floor.spans[0]
	e := 0.0
	for i := 0; i+1 < len(x); i += 2 {
		dx, dy := s.pull(x[i], x[i+1])
		e += wallStiff * (dx*dx + dy*dy)
		grad[i], grad[i+1] = -2*wallStiff*dx, -2*wallStiff*dy
	}
	return e
}

// dot has four sums, because one would wait for each addition before the next.
func dot(a, b []float64) float64 {
	b = b[:len(a)]
	var s0, s1, s2, s3 float64
	for len(a) >= 4 {
		s0 += a[0] * b[0]
		s1 += a[1] * b[1]
		s2 += a[2] * b[2]
		s3 += a[3] * b[3]
		a, b = a[4:], b[4:]
	}
	for i, v := range a {
		s0 += v * b[i]
	}
	return s0 + s1 + s2 + s3
}

// descend moves the points downhill (L-BFGS with backtracking) until the energy is at most enough, or nothing
// more is to be gained, or after the given steps, or when stop says so; it returns the energy. flat is the share
// of the energy that may be left after flatSteps without ending the descent.
func (q *squeeze) descend(enough, flat float64, steps int) float64 {
	q.list(q.x)
	e := q.energy(q.x, q.grad)
	q.stored = 0
	mark := e
	for step := 1; step <= steps && e > enough; step++ {
		gg := dot(q.grad, q.grad)
		if gg < stuckSlope*e {
			break
		}
		if step%flatSteps == 0 {
			if e > flat*mark || q.stop() {
				break
			}
			mark = e
		}
		next, ok := q.forward(e, gg)
		if !ok {
			if q.stored == 0 {
				break
			}
			q.stored = 0
			continue
		}
		q.remember()
		q.x, q.trial = q.trial, q.x
		q.grad, q.trialGrad = q.trialGrad, q.grad
		e = next
	}
	return e
}

const (
	// stuckSlope is how small the square of the gradient is beside the energy where a descent ends: with an
	// energy of squares, as much as is left is then within a few times this share of the energy.
	stuckSlope = 1e-5
	// flatSteps and flatGain end a descent that gained less than half a percent in twelve steps. Ending more
	// eagerly halves the time of a start and more than halves its chance. patientGain is for the last bit.
	flatSteps   = 12
	flatGain    = 0.995
	patientGain = 0.9999
	// firstStep is the first step along the gradient, before there is memory; the energy's second
	// derivatives are up to 8 per neighbour.
	firstStep = 0.1
	// maxTrials bounds the trials of one line search, each at most 0.6 as long as the one before.
	maxTrials = 12
	// armijo is the share of the promised gain that a step must keep.
	armijo = 1e-4
)

// forward tries a step downhill from energy e with squared gradient gg. It leaves the place in trial.
func (q *squeeze) forward(e, gg float64) (float64, bool) {
	q.direction()
	slope := dot(q.step, q.grad)
	if slope >= 0 || q.stored == 0 {
		q.stored = 0
		for i, v := range q.grad {
			q.step[i] = -firstStep * v
		}
		slope = -firstStep * gg
	}
	slope *= q.limit()
	t := 1.0
	for range maxTrials {
		for i, v := range q.step {
			q.trial[i] = q.x[i] + t*v
		}
		next := q.energy(q.trial, q.trialGrad)
		if next <= e+armijo*t*slope {
			return next, true
		}
		// The lowest point of the parabola through what is known, kept within reason.
		t *= min(max(-slope*t/(2*(next-e-slope*t)), 0.1), 0.6)
	}
	return e, false
}

// remember keeps the last step and what it did to the gradient.
func (q *squeeze) remember() {
	s, y := q.s[q.head], q.y[q.head]
	for i := range s {
		s[i] = q.trial[i] - q.x[i]
		y[i] = q.trialGrad[i] - q.grad[i]
	}
	yy := dot(y, y)
	if sy := dot(s, y); sy > 1e-12*yy {
		q.rho[q.head], q.gamma = 1/sy, sy/yy
		q.head = (q.head + 1) % memory
		q.stored = min(q.stored+1, memory)
	}
}

// move brings the points to another floor, which is the same in another unit.
func (q *squeeze) move(to *floor) {
	k := q.floor.unit / to.unit
	for i := range q.x {
		q.x[i] *= k
	}
	q.floor = to
}

// direction is the two-loop recursion of L-BFGS; without memory it leaves the step alone.
func (q *squeeze) direction() {
	if q.stored == 0 {
		return
	}
	copy(q.step, q.grad)
	var alpha [memory]float64
	for k := 1; k <= q.stored; k++ {
		i := (q.head - k + memory) % memory
		a := q.rho[i] * dot(q.s[i], q.step)
		alpha[i] = a
		add(q.step, -a, q.y[i])
	}
	for i := range q.step {
		q.step[i] *= q.gamma
	}
	for k := q.stored; k >= 1; k-- {
		i := (q.head - k + memory) % memory
		b := q.rho[i] * dot(q.y[i], q.step)
		add(q.step, alpha[i]-b, q.s[i])
	}
	for i := range q.step {
		q.step[i] = -q.step[i]
	}
}

func add(to []float64, k float64, v []float64) {
	v = v[:len(to)]
	for i := range to {
		to[i] += k * v[i]
	}
}

// limit shortens a step that moves a point too far, and returns by how much.
func (q *squeeze) limit() float64 {
	most := 0.0
	for _, v := range q.step {
		most = max(most, math.Abs(v))
	}
	if most <= maxMove {
		return 1
	}
	k := maxMove / most
	for i := range q.step {
		q.step[i] *= k
	}
	return k
}
