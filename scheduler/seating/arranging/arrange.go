package arranging

import (
	"cmp"
	"slices"
	"strconv"
)

// workBudget ends a search after about two seconds on a slow core that others use too: one unit, a pair of
// neighbours looked at, was measured at 15 to 30 ns with everything around it.
const workBudget = 60_000_000

// Arrange furnishes a room with as many seats as it finds. improved, which may be nil, is called with each
// better answer, the first and the last among them; stop, which may be nil, is asked every few microseconds to
// milliseconds and ends the search with what was found. Without a stop the answer depends on the request
// alone. The request is to be checked by Validate first.
func Arrange(req Request, improved func(Answer), stop func() bool) Answer {
	return arrange(req, workBudget, improved, stop)
}

func arrange(req Request, budget int, improved func(Answer), stop func() bool) Answer {
	a := arranger{req: req, improved: improved}
	a.stop = func() bool {
		a.stopped = a.stopped || (stop != nil && stop())
		return a.stopped
	}
	spans := freeSpans(req.box(), req.inTheWay(0))
	if len(spans) == 0 {
		return a.report()
	}
	a.parts = parts(spans, req.DistanceMM)
	a.best = make([][]point, len(a.parts))
	bounds := make([]int, len(a.parts))
	whole := regionOf(spans).box.bound(req.DistanceMM)
	for i, part := range a.parts {
		bounds[i] = part.bound(req.DistanceMM)
		a.bound += bounds[i]
	}
	a.bound = min(a.bound, whole)
	corner := point{req.MarginMM, req.MarginMM}
	for i, part := range a.parts {
		part.patterns(req.DistanceMM, corner, a.found(i), func() bool { return a.stop() || len(a.best[i]) >= bounds[i] })
	}
	for i, part := range a.parts {
		if len(a.best[i]) >= bounds[i] || a.count() >= a.bound || a.stop() {
			continue
		}
		s := newSearch(part, req.DistanceMM)
		s.dice = dice{uint64(req.Seed) + uint64(i)<<32}
		s.bound, s.best, s.found, s.stop = bounds[i], a.best[i], a.found(i), a.stop
		s.budget = budget * bounds[i] / a.bound
		s.run()
	}
	a.stepAside()
	return a.report()
}

// stepAside moves seats off the borders of obstacles and lanes where that costs no seat. The rules allow the
// border, but nobody should have to argue whether a seat on the line is in the lane.
func (a *arranger) stepAside() {
	blocks := a.req.inTheWay(1)
	spans := freeSpans(a.req.box(), blocks)
	points := slices.Concat(a.best...)
	onBorder := func(p point) bool {
		return slices.ContainsFunc(blocks, func(b block) bool { return p.x > b.x0 && p.x < b.x1 && p.y > b.y0 && p.y < b.y1 })
	}
	if len(spans) == 0 || !slices.ContainsFunc(points, onBorder) {
		return
	}
	s := newSearch(regionOf(spans), a.req.DistanceMM)
	s.stop, s.best = a.stop, points
	moved := make([]point, len(points))
	for i, p := range points {
		moved[i] = s.region.nearest(p)
	}
	if !s.region.repair(moved, a.req.DistanceMM, &s.dice) && len(points) <= maxSqueezed {
		q := newSqueeze(s.roomy, len(points))
		q.stop = a.stop
		s.place(q)
		moved = s.settle(q, q.descend(roomyEnough, patientGain, maxSteps))
	}
	if len(moved) == len(points) && a.req.valid(moved) {
		a.best = [][]point{moved}
	}
}

// arranger collects the parts of a floor into one answer.
type arranger struct {
	req      Request
	improved func(Answer)
	stop     func() bool
	stopped  bool
	parts    []*region
	best     [][]point
	bound    int
}

func (a *arranger) count() int {
	n := 0
	for _, points := range a.best {
		n += len(points)
	}
	return n
}

// found keeps a better arrangement of a part and tells whether it did. Nothing that breaks a rule is kept.
func (a *arranger) found(part int) func([]point) bool {
	return func(points []point) bool {
		if len(points) <= len(a.best[part]) || !a.req.valid(points) {
			return false
		}
		a.best[part] = slices.Clone(points)
		if a.improved != nil {
			a.improved(a.answer())
		}
		return true
	}
}

func (a *arranger) report() Answer {
	answer := a.answer()
	if a.stopped {
		answer.Stopped = "time"
	}
	if a.improved != nil {
		a.improved(answer)
	}
	return answer
}

func (a *arranger) answer() Answer {
	points := slices.Concat(a.best...)
	slices.SortFunc(points, func(a, b point) int { return cmp.Or(cmp.Compare(a.y, b.y), cmp.Compare(a.x, b.x)) })
	seats := make([]Seat, len(points))
	for i, p := range points {
		seats[i] = Seat{ID: "S" + strconv.Itoa(i+1), XMM: p.x, YMM: p.y}
	}
	return Answer{Count: len(seats), UpperBound: a.bound, Seats: seats}
}
