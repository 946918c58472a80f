package seating

import (
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"lapak/scheduler/seating/packing"
)

func TestExactlyTheDistanceIsAllowed(t *testing.T) {
	for _, row := range []struct {
		x, y     int32
		distance int
		want     int
	}{
		{1499, 0, 1500, 1}, {1500, 0, 1500, 2}, {1501, 0, 1500, 2}, {0, -1499, 1500, 1}, {0, -1500, 1500, 2},
		// 900² + 1200² = 1500²: exactly the distance across a corner; one millimetre less is too near.
		{900, 1200, 1500, 2}, {899, 1200, 1500, 1}, {900, 1199, 1500, 1},
		{0, 0, 1, 1}, {0, 0, 0, 2},
		{MaxCoordinateMM, MaxCoordinateMM, MaxDistanceMM, 2},
	} {
		p := NewPlan([]Seat{{}, {XMM: row.x, YMM: row.y}}, row.distance, 0)
		_, n, proven, bound := p.Most(p.Open(Set{}), 0)
		if n != row.want || !proven || bound != n || p.TooNear(0, 1) != (row.want == 1) {
			t.Errorf("%d,%d at %d: %d proven %v bound %d, want %d", row.x, row.y, row.distance, n, proven, bound, row.want)
		}
	}
}

func TestTogetherIncludesItsLength(t *testing.T) {
	for _, row := range []struct {
		apart              int32
		distance, together int
		want               bool
	}{
		{1499, 1500, 0, true}, {1500, 1500, 0, false}, {800, 1500, 800, true}, {801, 1500, 800, false},
		{3000, 1500, 3000, true}, {3001, 1500, 3000, false}, {0, 0, 0, false}, {500, 0, 500, true},
	} {
		p := NewPlan([]Seat{{}, {XMM: row.apart}}, row.distance, row.together)
		if _, ok := p.Place(p.Open(Set{}), 2, false, nil); ok != row.want || p.CanEver(2, false) != row.want {
			t.Errorf("%d apart, distance %d, together %d: %v, want %v", row.apart, row.distance, row.together, ok, row.want)
		}
	}
}

func TestAClosedSeatNeitherSeatsNorDisturbs(t *testing.T) {
	p := NewPlan([]Seat{{}, {XMM: 1000, Closed: true}, {XMM: 2000}}, 1500, 0)
	if open := p.Open(Set{}); open != SetOf(0, 2) {
		t.Errorf("open %v", open.Seats())
	}
	if seats, n, _, _ := p.Most(SetOf(0, 1, 2), 0); n != 2 || seats != SetOf(0, 2) {
		t.Errorf("most %v", seats.Seats())
	}
}

func TestASinglePersonLeavesTheFamilyItsPlace(t *testing.T) {
	// Two seats stand alone, four in a row: a family of four needs the whole row.
	seats := []Seat{{}, {XMM: 800}, {XMM: 1600}, {XMM: 2400}, {XMM: 9000}}
	p := NewPlan(seats, 1500, 0)
	family := func(left Set) int {
		if _, ok := p.Place(left, 4, false, nil); ok {
			return 1
		}
		return 0
	}
	if got, ok := p.Place(p.Open(Set{}), 1, false, family); !ok || got != SetOf(4) {
		t.Errorf("the single person sits on %v, want the seat that stands alone", got.Seats())
	}
}

func TestPlaceFindsTheAccessibleSeatInTheFarCornerOfAHall(t *testing.T) {
	seats := hall("rows", 200)
	for i := range seats {
		seats[i].Accessible = i == 199
	}
	p := NewPlan(seats, 1500, 0)
	open := p.Open(Set{})
	for _, persons := range []int{1, 2, 5, MaxPersons} {
		got, ok := p.Place(open, persons, true, nil)
		if !ok || !got.Has(199) || got.Len() != persons {
			t.Errorf("%d persons: %v %v", persons, got.Seats(), ok)
		}
		if got, ok := p.Place(open, persons, false, nil); !ok || got.Has(199) || got.Len() != persons {
			t.Errorf("%d persons without needs: %v %v", persons, got.Seats(), ok)
		}
	}
	if _, ok := p.Place(open, MaxPersons+1, false, nil); ok || p.CanEver(MaxPersons+1, false) || p.CanEver(0, false) {
		t.Error("a party beyond the limit was placed")
	}
}

func TestHallsOf200SeatsAreProven(t *testing.T) {
	for _, kind := range furniture {
		for _, distance := range []int{1000, 1500, 2000} {
			p := NewPlan(hall(kind, 200), distance, 0)
			seats, n, proven, bound := p.Most(p.Open(Set{}), 0)
			if !proven || bound != n || seats.Len() != n || !strangersOnly(p, seats) {
				t.Errorf("%s at %d: %d of at most %d, proven %v", kind, distance, n, bound, proven)
			}
			if distance != 1500 {
				continue
			}
			limited, m, proven, _ := p.Most(p.Open(Set{}), n-1)
			if m != n-1 || !proven || limited.Len() != m || !strangersOnly(p, limited) {
				t.Errorf("%s at %d: %d with a limit of %d, proven %v", kind, distance, m, n-1, proven)
			}
		}
	}
}

func strangersOnly(p *Plan, seats Set) bool {
	near := p.Near(seats)
	for _, seat := range seats.Seats() {
		if p.conflict[seat].Meets(&seats) {
			return false
		}
	}
	return !near.Meets(&seats)
}

func TestWithoutBudgetAnswersStayValidAndBoundsHonest(t *testing.T) {
	for _, states := range []int{0, 1, 10, 100, 1000} {
		for _, kind := range furniture {
			p := NewPlan(hall(kind, 60), 1500, 0)
			open := p.Open(Set{})
			_, most, proven, _ := p.Most(open, 0)
			if !proven {
				t.Fatalf("%s is to be proven with the whole budget", kind)
			}
			seats, n, sure, bound := p.most(open, 0, &packing.Work{Steps: states})
			if n != seats.Len() || !strangersOnly(p, seats) || n > most || bound < most || sure != (n == bound) {
				t.Errorf("%s with %d: %d seats, %d to %d proven %v, true %d", kind, states, seats.Len(), n, bound, sure, most)
			}
		}
	}
}

func TestAStopEndsTheSearchAndIsReported(t *testing.T) {
	request := requestOf(hall("shaken", 200), 1500, 0)
	asked := 0
	choice, err := ChooseUntil(request, func() bool { asked++; return true })
	if err != nil || choice.Stopped != "time" || asked != 1 {
		t.Fatalf("stopped %q after %d questions, %v", choice.Stopped, asked, err)
	}
	full, err := Choose(request)
	if err != nil || full.Stopped != "" || !full.Optimal || choice.Persons > full.Persons || choice.UpperBound < full.Persons {
		t.Errorf("cut short %d of %d, whole %d proven %v", choice.Persons, choice.UpperBound, full.Persons, full.Optimal)
	}
	never, _ := ChooseUntil(request, func() bool { return false })
	if !reflect.DeepEqual(never, full) {
		t.Error("a stop that never comes changed the answer")
	}
}

func drawRoom(t *rapid.T, most int) (seats []Seat, distance, together int) {
	for range rapid.IntRange(1, most).Draw(t, "seats") {
		seats = append(seats, Seat{
			XMM:        int32(rapid.IntRange(0, 12).Draw(t, "x") * 400),
			YMM:        int32(rapid.IntRange(0, 12).Draw(t, "y") * 400),
			Accessible: rapid.IntRange(0, 4).Draw(t, "accessible") == 0,
		})
	}
	return seats, rapid.IntRange(0, 2500).Draw(t, "distance"), rapid.IntRange(0, 2500).Draw(t, "together")
}

func drawRequest(t *rapid.T, most int) Request {
	request := requestOf(drawRoom(t, most))
	request.Parties = []Party{}
	for i := range rapid.IntRange(0, 8).Draw(t, "parties") {
		request.Parties = append(request.Parties, Party{
			fmt.Sprint("P", i), rapid.IntRange(1, 4).Draw(t, "persons"), rapid.IntRange(0, 4).Draw(t, "needs") == 0,
		})
	}
	return request
}

func mustChoose(t *rapid.T, request Request) Choice {
	choice, err := Choose(request)
	if err != nil {
		t.Fatal(err)
	}
	return choice
}

func TestAddingASeatNeverLowersTheOptimum(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		request := drawRequest(t, 14)
		if rapid.Bool().Draw(t, "singles") {
			request.Parties = nil
		}
		before := request
		before.Seats = request.Seats[:len(request.Seats)-1]
		less, more := mustChoose(t, before), mustChoose(t, request)
		if less.Persons > more.UpperBound || (more.Optimal && less.Persons > more.Persons) {
			t.Fatalf("%d without the last seat, %d with it", less.Persons, more.Persons)
		}
	})
}

func TestRaisingTheDistanceNeverRaisesTheOptimum(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		request := drawRequest(t, 14)
		request.TogetherMM = max(request.TogetherMM, 1) // Fixed, so that only the distance changes.
		if rapid.Bool().Draw(t, "singles") {
			request.Parties = nil
		}
		wider := request
		wider.DistanceMM += rapid.IntRange(1, 1000).Draw(t, "more")
		near, far := mustChoose(t, request), mustChoose(t, wider)
		if far.Persons > near.UpperBound || (near.Optimal && far.Persons > near.Persons) {
			t.Fatalf("%d at %d mm, %d at %d mm", near.Persons, request.DistanceMM, far.Persons, wider.DistanceMM)
		}
	})
}

func TestMovingAndTurningTheRoomChangesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		request := drawRequest(t, 10)
		moved := request
		moved.Seats = slices.Clone(request.Seats)
		for i := range moved.Seats {
			seat := &moved.Seats[i]
			seat.XMM, seat.YMM = 7_000-seat.YMM, seat.XMM-3_000
		}
		here, there := mustChoose(t, request), mustChoose(t, moved)
		if here.Optimal && there.Optimal && !reflect.DeepEqual(here, there) {
			t.Fatalf("%+v\n%+v", here, there)
		}
	})
}

// check holds a choice to what the contract promises of every answer, proven or not.
func check(t interface{ Fatalf(string, ...any) }, request Request, choice Choice) {
	seats := make([]Seat, len(request.Seats))
	index := map[string]int{}
	for i, seat := range request.Seats {
		seats[i] = Seat{int32(seat.XMM), int32(seat.YMM), seat.Accessible, seat.Closed}
		index[seat.ID] = i
	}
	p := NewPlan(seats, request.DistanceMM, request.TogetherMM)
	var taken Set
	for _, id := range request.Taken {
		taken.Add(index[id])
	}
	open, persons := p.Open(taken), 0
	for _, assignment := range choice.Assignments {
		var cluster Set
		for _, id := range assignment.Seats {
			cluster.Add(index[id])
		}
		if outside := cluster.Without(&open); !outside.Empty() || cluster.Len() != len(assignment.Seats) {
			t.Fatalf("%s sits on %v, which is not open", assignment.Party, assignment.Seats)
		}
		if whole := component(p.together, cluster); whole != cluster {
			t.Fatalf("%s is torn apart on %v", assignment.Party, assignment.Seats)
		}
		if i := slices.IndexFunc(request.Parties, func(party Party) bool { return party.ID == assignment.Party }); request.Parties != nil &&
			(i < 0 || request.Parties[i].Persons != cluster.Len() || request.Parties[i].Accessible && !cluster.Meets(&p.accessible)) {
			t.Fatalf("%s got %v", assignment.Party, assignment.Seats)
		}
		open = p.After(open, cluster)
		persons += cluster.Len()
	}
	if persons != choice.Persons || choice.UpperBound < persons || choice.Optimal != (choice.UpperBound == persons) ||
		(request.Limit > 0 && persons > request.Limit) || (request.Parties != nil && len(choice.Assignments)+len(choice.Unseated) != len(request.Parties)) {
		t.Fatalf("%+v does not add up", choice)
	}
}

func TestEveryAnswerIsValidAndTheSameTwice(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		request := drawRequest(t, 40)
		request.Limit = rapid.IntRange(0, 10).Draw(t, "limit")
		request.Taken = []string{request.Seats[0].ID}
		choice := mustChoose(t, request)
		check(t, request, choice)
		if again := mustChoose(t, request); !reflect.DeepEqual(again, choice) {
			t.Fatalf("%+v\n%+v", choice, again)
		}
	})
}

func TestALargeHallWithManyPartiesGetsAValidAnswer(t *testing.T) {
	if testing.Short() {
		t.Skip("takes a second or two")
	}
	request := requestOf(hall("shaken", 200), 1500, 0)
	for i := range 60 {
		request.Parties = append(request.Parties, Party{fmt.Sprint("P", i), 1 + i%20, i%7 == 0})
	}
	choice, err := Choose(request)
	if err != nil {
		t.Fatal(err)
	}
	check(t, request, choice)
}

func TestValidateNamesTheFieldAndTheSeat(t *testing.T) {
	two := func() Request {
		r := requestOf([]Seat{{}, {XMM: 2000}}, 1500, 0)
		r.Parties = []Party{{ID: "A", Persons: 1}, {ID: "B", Persons: 1}}
		r.Taken = []string{"S0"}
		return r
	}
	for want, spoil := range map[string]func(*Request){
		"distance_mm":        func(r *Request) { r.DistanceMM = -1 },
		"together_mm":        func(r *Request) { r.TogetherMM = MaxDistanceMM + 1 },
		"limit":              func(r *Request) { r.Limit = -1 },
		"seats":              func(r *Request) { r.Seats = make([]NamedSeat, MaxChoiceSeats+1) },
		"seats[1].id":        func(r *Request) { r.Seats[1].ID = "S0" },
		"seats[0].id":        func(r *Request) { r.Seats[0].ID = "" },
		"seats[1].x_mm":      func(r *Request) { r.Seats[1].XMM = MaxCoordinateMM + 1 },
		"seats[1].y_mm":      func(r *Request) { r.Seats[1].YMM = -MaxCoordinateMM - 1 },
		"taken[0]":           func(r *Request) { r.Taken = []string{"S9"} },
		"taken[1]":           func(r *Request) { r.Taken = []string{"S0", "S0"} },
		"parties":            func(r *Request) { r.Parties = make([]Party, MaxParties+1) },
		"parties[1].id":      func(r *Request) { r.Parties[1].ID = "A" },
		"parties[0].persons": func(r *Request) { r.Parties[0].Persons = 0 },
		"parties[1].persons": func(r *Request) { r.Parties[1].Persons = MaxPersons + 1 },
	} {
		request := two()
		spoil(&request)
		_, err := Choose(request)
		var field *FieldError
		if !errors.As(err, &field) || field.Field != want || field.Error() != field.Field+": "+field.Reason {
			t.Errorf("got %v, want an error for %s", err, want)
		}
	}
	var field *FieldError
	if err := Validate([]Seat{{}, {YMM: -MaxCoordinateMM - 1}}, 1500, 0); !errors.As(err, &field) || field.Field != "seats[1].y_mm" {
		t.Errorf("got %v", err)
	}
	if err := Validate(make([]Seat, MaxSeats+1), 1500, 0); err == nil {
		t.Error("too many seats were accepted")
	}
	if err := Validate(make([]Seat, 2), -1, 0); err == nil {
		t.Error("a negative distance was accepted")
	}
	if err := Validate(hall("rows", 200), 1500, 0); err != nil {
		t.Error(err)
	}
}

func TestARoomBeyondTheLimitUsesTheFirstSeatsOnly(t *testing.T) {
	p := NewPlan(make([]Seat, MaxSeats+5), 0, 1)
	if p.Seats() != MaxSeats || p.Open(Set{}).Seats()[MaxSeats-1] != MaxSeats-1 {
		t.Errorf("%d seats", p.Seats())
	}
}

func TestAChoiceHasTheNamesOfTheContract(t *testing.T) {
	request := requestOf([]Seat{{}, {XMM: 800}, {XMM: 5000, Accessible: true}}, 1500, 0)
	request.Parties = []Party{{ID: "P1", Persons: 2}, {ID: "P2", Persons: 3}}
	choice, err := Choose(request)
	data, _ := json.Marshal(choice)
	want := `{"persons":2,"optimal":true,"upper_bound":2,"assignments":[{"party":"P1","seats":["S0","S1"]}],"unseated":["P2"]}`
	if err != nil || string(data) != want {
		t.Errorf("%s, %v\nwant %s", data, err, want)
	}
	request.Parties = nil
	choice, _ = Choose(request)
	data, _ = json.Marshal(choice)
	want = `{"persons":2,"optimal":true,"upper_bound":2,"assignments":[{"party":"1","seats":["S0"]},{"party":"2","seats":["S2"]}],"unseated":[]}`
	if string(data) != want {
		t.Errorf("%s\nwant %s", data, want)
	}
}

func TestSetIsASet(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := rapid.SliceOfDistinct(rapid.IntRange(0, MaxSeats-1), rapid.ID[int]).Draw(t, "a")
		b := rapid.SliceOfDistinct(rapid.IntRange(0, MaxSeats-1), rapid.ID[int]).Draw(t, "b")
		s, u := SetOf(a...), SetOf(b...)
		slices.Sort(a)
		if !slices.Equal(s.Seats(), a) || s.Len() != len(a) || s.Empty() != (len(a) == 0) {
			t.Fatalf("%v became %v", a, s.Seats())
		}
		if first := s.First(); len(a) > 0 && first != a[0] || len(a) == 0 && first != -1 {
			t.Fatalf("first of %v is %d", a, first)
		}
		both, either, only := s.And(&u), s.Or(&u), s.Without(&u)
		for seat := range MaxSeats {
			inA, inB := slices.Contains(a, seat), slices.Contains(b, seat)
			if s.Has(seat) != inA || both.Has(seat) != (inA && inB) || either.Has(seat) != (inA || inB) || only.Has(seat) != (inA && !inB) {
				t.Fatalf("seat %d of %v and %v", seat, a, b)
			}
		}
		if s.Meets(&u) != !both.Empty() || s.common(&u) != both.Len() {
			t.Fatalf("%v and %v meet %v", a, b, s.Meets(&u))
		}
	})
	if SetOf(-1, MaxSeats) != (Set{}) {
		t.Error("seats outside a plan were kept")
	}
}

func FuzzChoose(f *testing.F) {
	f.Add([]byte{1, 2, 3, 4, 5, 6, 7, 8, 9}, 1500, 0, 0)
	f.Add([]byte{0, 0, 0, 0, 0, 0}, 0, 5, 2)
	f.Fuzz(func(t *testing.T, data []byte, distance, together, limit int) {
		request := Request{DistanceMM: distance, TogetherMM: together, Limit: limit, Parties: []Party{}}
		for i := 0; i+2 < len(data) && i < 60; i += 3 {
			request.Seats = append(request.Seats, NamedSeat{fmt.Sprint(i), int(data[i]) * 50, int(data[i+1]) * 50, data[i+2]&1 == 1, data[i+2]&6 == 6})
			if data[i+2]&8 == 8 {
				request.Parties = append(request.Parties, Party{fmt.Sprint(i), int(data[i+2]>>4) + 1, data[i]&1 == 1})
			}
		}
		choice, err := Choose(request)
		if err != nil {
			return
		}
		check(t, request, choice)
		request.Parties = nil
		if choice, err = Choose(request); err != nil {
			t.Fatal(err)
		}
		check(t, request, choice)
	})
}
