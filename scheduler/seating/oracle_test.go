package seating

import (
	"fmt"
	"math/bits"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"
)

// The oracle is written as simply as the definitions: it looks at every set of seats of a tiny room.

type oracle struct {
	seats              []Seat
	distance, together int64
}

func oracleOf(seats []Seat, distance, together int) oracle {
	if together == 0 {
		together = distance - 1
	}
	return oracle{seats, int64(distance), int64(together)}
}

func (o oracle) square(a, b int) int64 {
	dx, dy := int64(o.seats[a].XMM-o.seats[b].XMM), int64(o.seats[a].YMM-o.seats[b].YMM)
	return dx*dx + dy*dy
}

func (o oracle) tooNear(a, b int) bool { return o.square(a, b) < o.distance*o.distance }

func (o oracle) connected(set int) bool {
	reached := set & -set
	for {
		more := reached
		for a := range o.seats {
			for b := range o.seats {
				if reached>>a&1 == 1 && set>>b&1 == 1 && o.together >= 0 && o.square(a, b) <= o.together*o.together {
					more |= 1 << b
				}
			}
		}
		if more == reached {
			return reached == set
		}
		reached = more
	}
}

func (o oracle) apart(set, other int) bool {
	for a := range o.seats {
		for b := range o.seats {
			if set>>a&1 == 1 && other>>b&1 == 1 && (a == b || o.tooNear(a, b)) {
				return false
			}
		}
	}
	return true
}

func (o oracle) accessibleIn(set int) int {
	n := 0
	for i, seat := range o.seats {
		if set>>i&1 == 1 && seat.Accessible {
			n++
		}
	}
	return n
}

// places lists the sets on which a party could sit, lowest seats first.
func (o oracle) places(party Party, open int) []int {
	var places []int
	for set := 1; set < 1<<len(o.seats); set++ {
		if set&open == set && bits.OnesCount(uint(set)) == party.Persons && o.connected(set) &&
			(!party.Accessible || o.accessibleIn(set) > 0) {
			places = append(places, set)
		}
	}
	slices.SortFunc(places, compareMasks)
	return places
}

func compareMasks(a, b int) int {
	if a == b {
		return 0
	}
	differ := a ^ b
	if a&(differ&-differ) != 0 {
		return -1
	}
	return 1
}

func (o oracle) openSeats(taken int) int {
	open := 0
	for i, seat := range o.seats {
		if !seat.Closed && o.apart(1<<i, taken) {
			open |= 1 << i
		}
	}
	return open
}

// result is one way to seat parties: masks of seats, 0 for a party not seated.
type result struct {
	persons, used int
	masks         []int
}

// better is the objective of a choice, word for word.
func (r result) better(s result) bool {
	if r.persons != s.persons {
		return r.persons > s.persons
	}
	for i := range r.masks {
		if (r.masks[i] != 0) != (s.masks[i] != 0) {
			return r.masks[i] != 0
		}
	}
	if r.used != s.used {
		return r.used < s.used
	}
	for i := range r.masks {
		if order := compareMasks(r.masks[i], s.masks[i]); order != 0 {
			return order < 0
		}
	}
	return false
}

func (o oracle) choose(parties []Party, open, limit int) result {
	best := result{masks: make([]int, len(parties))}
	masks := make([]int, len(parties))
	var try func(i, persons, used int)
	try = func(i, persons, used int) {
		if limit > 0 && persons > limit {
			return
		}
		if i == len(parties) {
			if one := (result{persons, used, masks}); one.better(best) {
				best = result{persons, used, slices.Clone(masks)}
			}
			return
		}
		for _, set := range o.places(parties[i], open) {
			free := true
			for _, other := range masks[:i] {
				free = free && (other == 0 || o.apart(set, other))
			}
			if free {
				price := o.accessibleIn(set)
				if parties[i].Accessible {
					price = 0
				}
				masks[i] = set
				try(i+1, persons+parties[i].Persons, used+price)
				masks[i] = 0
			}
		}
		try(i+1, persons, used)
	}
	try(0, 0, 0)
	return best
}

// most is the largest set of strangers, then the fewest accessible seats, then the lowest seats.
func (o oracle) most(open, limit int) int {
	best := 0
	for set := range 1 << len(o.seats) {
		if set&open != set || (limit > 0 && bits.OnesCount(uint(set)) > limit) || !o.strangers(set) {
			continue
		}
		n, m := bits.OnesCount(uint(set)), bits.OnesCount(uint(best))
		a, b := o.accessibleIn(set), o.accessibleIn(best)
		if n > m || n == m && (a < b || a == b && compareMasks(set, best) < 0) {
			best = set
		}
	}
	return best
}

func (o oracle) strangers(set int) bool {
	for a := range o.seats {
		for b := range a {
			if set>>a&1 == 1 && set>>b&1 == 1 && o.tooNear(a, b) {
				return false
			}
		}
	}
	return true
}

func maskOf(seats Set) int { return int(seats[0]) }

func setOfMask(mask int) Set { return Set{uint64(mask)} }

// tinyRoom draws a room of up to most seats: on a grid, on a line, or anywhere.
func tinyRoom(r *rand.Rand, most int) (seats []Seat, distance, together int) {
	shape := r.IntN(3)
	for range 1 + r.IntN(most) {
		seat := Seat{Accessible: r.IntN(4) == 0, Closed: r.IntN(10) == 0}
		switch shape {
		case 0:
			seat.XMM, seat.YMM = int32(r.IntN(5)*750), int32(r.IntN(4)*750)
		case 1:
			seat.XMM = int32(r.IntN(10) * 500)
		case 2:
			seat.XMM, seat.YMM = int32(r.IntN(4000)), int32(r.IntN(3000))
		}
		seats = append(seats, seat)
	}
	distance = []int{0, 750, 1000, 1061, 1500, 2000}[r.IntN(6)]
	together = []int{0, 0, 500, 750, 1100, 2500}[r.IntN(6)]
	return seats, distance, together
}

func TestMostAgreesWithTheOracle(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for round := range 6000 {
		seats, distance, together := tinyRoom(r, 10)
		p, o := NewPlan(seats, distance, together), oracleOf(seats, distance, together)
		taken := r.IntN(1<<len(seats)) & r.IntN(1<<len(seats)) & r.IntN(1<<len(seats))
		open := p.Open(setOfMask(taken))
		if maskOf(open) != o.openSeats(taken) {
			t.Fatalf("round %d: open %b, want %b", round, maskOf(open), o.openSeats(taken))
		}
		limit := r.IntN(6)
		got, n, proven, bound := p.Most(open, limit)
		if want := o.most(maskOf(open), limit); maskOf(got) != want || n != got.Len() || !proven || bound != n {
			t.Fatalf("round %d: %+v at %d, limit %d: %b n %d proven %v bound %d, want %b", round, seats, distance, limit, maskOf(got), n, proven, bound, want)
		}
		if want := bits.OnesCount(uint(o.most(maskOf(open), 0))); p.Strangers(open) != want {
			t.Fatalf("round %d: %d strangers, want %d", round, p.Strangers(open), want)
		}
	}
}

func tinyParties(r *rand.Rand, most int) []Party {
	parties := []Party{}
	for i := range r.IntN(most + 1) {
		parties = append(parties, Party{ID: fmt.Sprint("P", i+1), Persons: 1 + r.IntN(3), Accessible: r.IntN(4) == 0})
	}
	return parties
}

func requestOf(seats []Seat, distance, together int) Request {
	request := Request{DistanceMM: distance, TogetherMM: together}
	for i, seat := range seats {
		request.Seats = append(request.Seats, NamedSeat{fmt.Sprint("S", i), int(seat.XMM), int(seat.YMM), seat.Accessible, seat.Closed})
	}
	return request
}

func seatIDs(mask int) []string {
	var ids []string
	for _, seat := range setOfMask(mask).Seats() {
		ids = append(ids, fmt.Sprint("S", seat))
	}
	return ids
}

func TestChooseAgreesWithTheOracle(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for round := range 4000 {
		seats, distance, together := tinyRoom(r, 7)
		request := requestOf(seats, distance, together)
		request.Parties, request.Limit = tinyParties(r, 5), r.IntN(7)
		taken := 0
		if r.IntN(3) == 0 {
			taken = 1 << r.IntN(len(seats))
			request.Taken = seatIDs(taken)
		}
		o := oracleOf(seats, distance, together)
		best := o.choose(request.Parties, o.openSeats(taken), request.Limit)
		want := Choice{Persons: best.persons, Optimal: true, UpperBound: best.persons, Assignments: []Assignment{}, Unseated: []string{}}
		for i, party := range request.Parties {
			if best.masks[i] == 0 {
				want.Unseated = append(want.Unseated, party.ID)
			} else {
				want.Assignments = append(want.Assignments, Assignment{party.ID, seatIDs(best.masks[i])})
			}
		}
		got, err := Choose(request)
		if err != nil || !reflect.DeepEqual(got, want) {
			t.Fatalf("round %d: %+v\ngot  %+v, %v\nwant %+v", round, request, got, err, want)
		}
	}
}

func TestPlaceAgreesWithTheOracle(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	for round := range 4000 {
		seats, distance, together := tinyRoom(r, 8)
		p, o := NewPlan(seats, distance, together), oracleOf(seats, distance, together)
		taken := r.IntN(1<<len(seats)) & r.IntN(1<<len(seats)) & r.IntN(1<<len(seats))
		open := o.openSeats(taken)
		party := Party{Persons: 1 + r.IntN(4), Accessible: r.IntN(3) == 0}
		best, bestWorth := 0, -1
		for _, set := range o.places(party, open) {
			left := 0
			for i := range seats {
				if open>>i&1 == 1 && o.apart(1<<i, set) {
					left |= 1 << i
				}
			}
			worth := 3*bits.OnesCount(uint(o.most(left, 0))) + bits.OnesCount(uint(left))
			fewer := o.accessibleIn(set) - o.accessibleIn(best)
			if best == 0 || fewer < 0 || fewer == 0 && worth > bestWorth {
				best, bestWorth = set, worth
			}
		}
		got, ok := p.Place(p.Open(setOfMask(taken)), party.Persons, party.Accessible, nil)
		if maskOf(got) != best || ok != (best != 0) {
			t.Fatalf("round %d: %+v at %d together %d, %+v: %b %v, want %b", round, seats, distance, together, party, maskOf(got), ok, best)
		}
		ever := len(o.places(party, o.openSeats(0))) > 0
		if p.CanEver(party.Persons, party.Accessible) != ever {
			t.Fatalf("round %d: can ever %v, want %v", round, !ever, ever)
		}
	}
}
