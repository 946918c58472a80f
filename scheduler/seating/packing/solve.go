package packing

import "slices"

// Work is what may be done.
type Work struct {
	Steps   int
	Stop    func() bool
	Stopped bool
	since   int
}

// stopEvery is how many steps lie between two looks at Stop: about a millisecond.
const stopEvery = 2_000

func (w *Work) take(steps int) bool {
	w.Steps -= steps
	if w.since += steps; w.Stop != nil && w.since >= stopEvery && !w.Stopped {
		w.since = 0
		w.Stopped = w.Stop()
	}
	return !w.spent()
}

func (w *Work) spent() bool { return w.Steps <= 0 || w.Stopped }

// Question asks for the most persons.
type Question struct {
	Seats      []Seat
	DistanceMM int
	TogetherMM int // below 0: nobody is together
	Kinds      []Kind
	Limit      int // above 0: at most so many persons
}

// Group is one group of an answer.
type Group struct {
	Kind  int
	Seats []int // ascending
}

// Answer is the best way to sit that was found. It is proven to be the best when Persons is Bound.
type Answer struct {
	Persons int
	Bound   int
	Groups  []Group
	places  []int32 // the same as places of a pool
}

// firstWidth is the width of the first sweep, which finds a good answer; each further one is widening times as wide.
const (
	guessWidth = 3 // of the very first sweep, which is made even when nothing else may be
	firstWidth = 64
	widening   = 6
)

// Solve answers a question.
func Solve(q Question, w *Work) Answer {
	q = q.plain()
	rm := newRoom(q.Seats, int64(q.DistanceMM), int64(q.TogetherMM))
	a := Answer{Bound: supply(q)}
	if rm.n == 0 || a.Bound == 0 {
		a.Bound = 0
		return a
	}
	most(rm, q, w, &a)
	return a
}

// most finds the most persons, proven as far as the work allows.
func most(rm *room, q Question, w *Work, a *Answer) {
	p := listPlaces(rm, q.Kinds, false, w)
	if len(p.bounds) == 0 {
		a.Bound = 0
		return
	}
	defer func() { a.Groups = p.groups(a.places) }()
	d := newPrices(p)
	d.improve(a.Bound/2, firstRounds, w)
	first := newSweep(p, d, q.Limit, &Work{Steps: guessWidth * (len(p.places) + rm.n)})
	a.sweep(first, p.exact, guessWidth)
	d.improve(a.Persons, priceRounds, w)
	a.Bound = min(a.Bound, int(d.total/unit))
	if a.Persons >= a.Bound {
		return
	}
	s := newSweep(p, d, q.Limit, w)
	a.repair(s, q.Limit, w)
	for width := firstWidth; a.Persons < a.Bound && !w.spent(); width *= widening {
		if a.sweep(s, p.exact, width) {
			return // Nothing is left to find, though not every place was tried.
		}
	}
}

// sweep looks for more persons than are known.
func (a *Answer) sweep(s *sweep, exact bool, width int) (complete bool) {
	s.ready(a.Persons + 1)
	complete = s.run(width)
	if s.best >= 0 {
		a.Persons, a.places = int(s.persons[s.best]), s.taken(s.best)
	}
	if complete && exact {
		a.Bound = a.Persons
	} else if exact {
		a.Bound = min(a.Bound, max(a.Persons, int(s.dropped/unit)))
	}
	return complete
}

// plain states a limit of groups of one kind as their supply.
func (q Question) plain() Question {
	if len(q.Kinds) == 1 && q.Limit > 0 {
		kind := q.Kinds[0]
		kind.Supply = min(kind.Supply, q.Limit/kind.Persons)
		q.Kinds, q.Limit = []Kind{kind}, 0
	}
	return q
}

// supply is the persons of all groups, or the limit.
func supply(q Question) int {
	all := 0
	for _, kind := range q.Kinds {
		all += kind.Persons * kind.Supply
	}
	if q.Limit > 0 {
		all = min(all, q.Limit)
	}
	return all
}

// named lists positions as seats of the question, ascending.
func (rm *room) named(positions row) []int {
	var list []int
	positions.each(func(i int) { list = append(list, rm.seatAt[i]) })
	slices.Sort(list)
	return list
}
