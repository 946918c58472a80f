package seating

// maxKinds bounds how many kinds of parties one exact search tells apart: sizes 1 to 6 with and without
// the need of an accessible seat. Rooms see fewer; beyond it a request is answered without proof.
const maxKinds = 12

// kind is what makes parties alike for the search.
type kind struct {
	persons    int
	accessible bool
}

// counts says how many parties of each kind are still to be seated.
type counts [maxKinds]uint16

// state is one question of the search: can exactly these parties sit on these open seats?
type state struct {
	open Set
	todo counts
}

const (
	impossible = -1
	unknown    = -2 // The budget ran out; never remembered.
)

// search answers states exactly, remembering every answer. It sweeps the room from one end to the other,
// deciding the foremost seat, so that questions differ only near the front line and answers are reused.
type search struct {
	room   *graph
	kinds  []kind
	priced bool // Minimise accessible seats used by those who need none; else any way to sit will do.
	known  map[state]int16
	work   *work
}

func newSearch(room *graph, kinds []kind, priced bool, work *work) *search {
	return &search{room: room, kinds: kinds, priced: priced, known: make(map[state]int16), work: work}
}

// work is what is left of the budget of one question.
type work struct {
	states  int // Questions that may still be asked.
	stop    func() bool
	stopped bool // Stop said so; for good.
}

// stopEvery is how many questions are asked between two looks at stop: a few milliseconds.
const stopEvery = 1_000

// take asks for one more question.
func (w *work) take() bool {
	if w.states <= 0 || w.stopped {
		return false
	}
	w.states--
	if w.stop != nil && w.states%stopEvery == 0 {
		w.stopped = w.stop()
	}
	return !w.stopped
}

// spent tells whether nothing more may be asked.
func (w *work) spent() bool { return w.states <= 0 || w.stopped }

// price is how many accessible seats a cluster takes from those who need them.
func (s *search) price(k int, cluster Set) int {
	if !s.priced || s.kinds[k].accessible {
		return 0
	}
	return cluster.common(&s.room.accessible)
}

// solve returns the lowest price at which exactly the parties of todo can sit on the open seats,
// impossible, or unknown.
func (s *search) solve(open Set, todo counts) int {
	if todo == (counts{}) {
		return 0
	}
	if !s.work.take() {
		return unknown
	}
	if !s.fits(open, &todo) {
		return impossible
	}
	question := state{open, todo}
	if answer, ok := s.known[question]; ok {
		return int(answer)
	}
	best := impossible
	s.options(open, todo, func(option option) bool {
		answer := s.solve(option.left, option.todo)
		switch {
		case answer == unknown:
			return false
		case answer != impossible && (best == impossible || answer+option.price < best):
			best = answer + option.price
		}
		return best != 0
	})
	if best != 0 && s.work.spent() {
		return unknown // Some way to decide may have gone unasked.
	}
	s.known[question] = int16(best)
	return best
}

// option is one way to decide the foremost seat.
type option struct {
	cluster Set // Empty: the seat stays free.
	kind    int
	price   int
	left    Set
	todo    counts
}

// options visits the ways to decide the foremost open seat until visit returns false. A seat that somebody
// may need more is first tried free.
func (s *search) options(open Set, todo counts, visit func(option) bool) {
	seat := open.First()
	rest := open
	rest.Remove(seat)
	free := option{left: rest, todo: todo}
	freeFirst := s.priced && s.room.accessible.Has(seat)
	if freeFirst && !visit(free) {
		return
	}
	for k, kind := range s.kinds {
		if todo[k] == 0 {
			continue
		}
		fewer := todo
		fewer[k]--
		more := walk(s.room.together, open, seat, kind.persons, s.work, func(cluster Set) bool {
			if kind.accessible && !cluster.Meets(&s.room.accessible) {
				return true
			}
			return visit(option{cluster, k, s.price(k, cluster), s.without(open, cluster), fewer})
		})
		if !more {
			return
		}
	}
	if !freeFirst && !s.harmless(seat, rest) {
		visit(free)
	}
}

// harmless tells whether the foremost seat, which nobody needs more, may be taken without asking what happens
// if it stays free. Among strangers it may when the seats near it are all near each other: whoever would sit
// on one of them can sit here at no higher price, and disturbs nobody else. Families may need the place.
func (s *search) harmless(seat int, rest Set) bool {
	if len(s.kinds) != 1 || s.kinds[0] != single[0] {
		return false
	}
	near := s.room.conflict[seat].And(&rest)
	for others := near; !others.Empty(); {
		other := others.First()
		others.Remove(other)
		if apart := others.Without(&s.room.conflict[other]); !apart.Empty() {
			return false
		}
	}
	return true
}

func (s *search) without(open, cluster Set) Set {
	near := around(s.room.conflict, cluster)
	open = open.Without(&cluster)
	return open.Without(&near)
}

// fits tells whether the parties could sit on the open seats as far as a cover by cliques knows. All seats
// of a clique are too near each other for strangers, so it serves one party only and holds at most as many
// persons as it has seats.
func (s *search) fits(open Set, todo *counts) bool {
	parties, persons, needy, largest := 0, 0, 0, 0
	for k, kind := range s.kinds {
		if n := int(todo[k]); n > 0 {
			parties += n
			persons += n * kind.persons
			largest = max(largest, kind.persons)
			if kind.accessible {
				needy += n
			}
		}
	}
	for !open.Empty() {
		clique := s.clique(&open)
		parties--
		persons -= min(clique.Len(), largest)
		if needy > 0 && clique.Meets(&s.room.accessible) {
			needy--
		}
		if parties <= 0 && persons <= 0 && needy <= 0 {
			return true
		}
	}
	return false
}

// clique takes a clique that starts with the foremost seat out of the open seats.
func (s *search) clique(open *Set) Set {
	seat := open.First()
	open.Remove(seat)
	clique := SetOf(seat)
	for near := s.room.conflict[seat].And(open); !near.Empty(); {
		seat = near.First()
		clique.Add(seat)
		open.Remove(seat)
		near = near.And(&s.room.conflict[seat])
	}
	return clique
}

// cover returns upper bounds for an open set: how many parties, and how many persons when no party is
// larger than largest.
func (s *search) cover(open Set, largest int) (parties, persons int) {
	for !open.Empty() {
		clique := s.clique(&open)
		parties++
		persons += min(clique.Len(), largest)
	}
	return parties, persons
}

// seated is one party of a witness: which kind sits where.
type seated struct {
	kind    int
	cluster Set
}

// witness walks the remembered answers to one way to sit at the price that solve returned. It needs no
// budget to speak of: every answer on the way is remembered, and what is not was not needed.
func (s *search) witness(open Set, todo counts, price int) []seated {
	spent := s.work
	s.work = &work{states: witnessBudget}
	defer func() { s.work = spent }()
	var all []seated
	for todo != (counts{}) {
		moved := false
		s.options(open, todo, func(option option) bool {
			if answer := s.solve(option.left, option.todo); answer < 0 || answer+option.price != price {
				return true
			}
			if !option.cluster.Empty() {
				all = append(all, seated{option.kind, option.cluster})
			}
			open, todo, price, moved = option.left, option.todo, price-option.price, true
			return false
		})
		if !moved {
			return nil
		}
	}
	return all
}

// witnessBudget is a net under witness, whose questions are all remembered.
const witnessBudget = 100_000
