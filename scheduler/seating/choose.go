package seating

import (
	"slices"
	"strconv"

	"lapak/scheduler/seating/packing"
)

// Choose answers a request: the most persons; then, in list order, the earliest parties; then the fewest
// accessible seats used by those who need none; then, party by party in list order, the lowest seats. The
// error is a *FieldError about the request.
func Choose(request Request) (Choice, error) { return ChooseUntil(request, nil) }

// ChooseUntil is Choose with a safety stop, which is asked every few milliseconds and ends the search when
// it answers true. An answer that it cut short says so; it is still valid, and its upper bound is honest.
func ChooseUntil(request Request, stop func() bool) (Choice, error) {
	if err := request.validate(MaxChoiceSeats); err != nil {
		return Choice{}, err
	}
	c := newChooser(&request, stop)
	choice := Choice{Assignments: []Assignment{}, Unseated: []string{}}
	parties := request.Parties
	if parties == nil {
		for i := range c.seats {
			parties = append(parties, Party{ID: strconv.Itoa(i + 1), Persons: 1})
		}
	}
	seats := c.choose(parties, request.Limit, &choice)
	for i, party := range parties {
		if len(seats[i]) > 0 {
			choice.Persons += party.Persons
			choice.Assignments = append(choice.Assignments, c.assignment(party.ID, seats[i]))
		} else if request.Parties != nil {
			choice.Unseated = append(choice.Unseated, party.ID)
		}
	}
	choice.Optimal = choice.Persons == choice.UpperBound
	if c.work.Stopped {
		choice.Stopped = "time"
	}
	return choice, nil
}

// chooser is the open seats of a request.
type chooser struct {
	request *Request
	seats   []packing.Seat
	number  []int // Of each open seat, its index in the request.
	work    packing.Work
	spare   int // What of the budget is kept for the order of parties and seats.
}

func newChooser(request *Request, stop func() bool) *chooser {
	c := &chooser{request: request, work: packing.Work{Steps: chooseBudget, Stop: stop}, spare: orderBudget}
	taken := make(map[string]bool, len(request.Taken))
	for _, id := range request.Taken {
		taken[id] = true
	}
	var strangers []NamedSeat
	for _, seat := range request.Seats {
		if taken[seat.ID] {
			strangers = append(strangers, seat)
		}
	}
	for i, seat := range request.Seats {
		disturbed := slices.ContainsFunc(strangers, func(other NamedSeat) bool {
			return squareApart(seatOf(seat), seatOf(other)) < int64(request.DistanceMM)*int64(request.DistanceMM)
		})
		if !seat.Closed && !taken[seat.ID] && !disturbed {
			c.seats = append(c.seats, packing.Seat{X: int32(seat.XMM), Y: int32(seat.YMM), Accessible: seat.Accessible})
			c.number = append(c.number, i)
		}
	}
	return c
}

func seatOf(seat NamedSeat) Seat {
	return Seat{XMM: int32(seat.XMM), YMM: int32(seat.YMM), Accessible: seat.Accessible, Closed: seat.Closed}
}

// choose returns the open seats of each party, none for one that is not seated.
func (c *chooser) choose(parties []Party, limit int, choice *Choice) [][]int {
	together := c.request.TogetherMM
	if together == 0 {
		together = c.request.DistanceMM - 1
	}
	question := packing.Question{Seats: c.seats, DistanceMM: c.request.DistanceMM, TogetherMM: together, Limit: limit}
	list := make([]int, len(parties))
	for i, party := range parties {
		k := slices.IndexFunc(question.Kinds, func(kind packing.Kind) bool {
			return kind.Persons == party.Persons && kind.Needs == party.Accessible
		})
		if k < 0 {
			k = len(question.Kinds)
			question.Kinds = append(question.Kinds, packing.Kind{Persons: party.Persons, Needs: party.Accessible})
		}
		list[i] = k
		question.Kinds[k].Supply++
	}
	answer := packing.Solve(question, &c.work)
	choice.UpperBound = answer.Bound
	c.work.Steps = max(c.work.Steps, 0) + c.spare
	return packing.Refine(question, list, answer, &c.work)
}

func (c *chooser) assignment(party string, seats []int) Assignment {
	named := Assignment{Party: party}
	for _, seat := range seats {
		named.Seats = append(named.Seats, c.request.Seats[c.number[seat]].ID)
	}
	return named
}
