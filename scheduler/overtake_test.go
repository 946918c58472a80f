package scheduler

import (
	"testing"

	"pgregory.net/rapid"
)

// TestNobodyIsOvertakenBeyondTheBound counts overtakes from the events and the
// order alone, not from the state's counter: whoever is first in the order of
// those who could have come to the very room, and is not in the call, is
// passed by everybody behind it who is.
func TestNobodyIsOvertakenBeyondTheBound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := &world{t: t, s: New(), light: true, now: at(8, 0, 0), numbers: map[string]VisitID{}, called: map[VisitID]bool{}}
		p := *DefaultPolicy()
		p.Procedures = fewPapers
		p.Order.OvertakeMax = rapid.IntRange(0, 3).Draw(t, "overtake_max")
		p.Seat.ChangeS, p.UndoS, p.Call.RequeueMax = 5, 5, 0
		w.must(manager, SetPolicy{Version: 1, Policy: &p})
		w.must(manager, OpenDay{})
		for id := RoomID(1); id <= 2; id++ {
			c := SetRoom{Room: Room{ID: id}}
			for i := range rapid.IntRange(3, 5).Draw(t, "seats") {
				c.Seats = append(c.Seats, SeatPlan{XMM: int32(i) * 1400}) // side by side is together, strangers leave one out
			}
			w.must(manager, c)
			w.must(manager, SetOfficer{ID: OfficerID(id)})
			w.must(officer(OfficerID(id)), SignOn{Officer: OfficerID(id)})
			w.must(officer(OfficerID(id)), OpenSession{Room: id, Crew: []OfficerID{OfficerID(id)}})
		}
		k := &counter{w: w, passed: map[VisitID]int{}}
		for range rapid.IntRange(5, 60).Draw(t, "steps") {
			k.step(t)
			if rapid.IntRange(0, 2).Draw(t, "time") == 0 {
				w.now += rapid.SampledFrom([]int64{1, 6, 30}).Draw(t, "seconds")
			}
		}
	})
}

// counter keeps its own books of who was passed.
type counter struct {
	w      *world
	passed map[VisitID]int
}

func (k *counter) step(t *rapid.T) {
	w := k.w
	before := w.s
	var err error
	switch rapid.IntRange(0, 5).Draw(t, "what") {
	case 0, 1:
		err = w.do(desk, Arrive{Persons: rapid.SampledFrom([]int{1, 1, 1, 2, 3}).Draw(t, "persons"), Claims: []NewClaim{{Programme: "JHT"}}, Papers: PapersReady})
	case 2:
		room := RoomID(rapid.IntRange(1, 2).Draw(t, "room"))
		err = w.do(officer(OfficerID(room)), CallGroup{Room: room})
	case 3:
		err = w.do(manager, SeatVisit{Visit: w.visitIn(Called)})
	case 4:
		err = w.do(manager, Leave{Visit: w.visitIn(Seated)})
	case 5:
		err = w.do(System, Tick{})
	}
	if err == nil {
		k.count(t, before)
	}
}

// count goes through the calls of the last record, each against the line as it
// was before it. Seats that are held for somebody are given to nobody else.
func (k *counter) count(t *rapid.T, before *State) {
	type place struct {
		room RoomID
		no   SeatNo
	}
	gone, held, kept := map[VisitID]bool{}, map[VisitID]bool{}, map[place]VisitID{}
	for i := range before.Floor.Seats {
		if seat := &before.Floor.Seats[i]; seat.HeldFor != 0 {
			held[seat.HeldFor], kept[place{seat.Room, seat.No}] = true, seat.HeldFor
		}
	}
	for _, e := range k.w.last.Events {
		switch e := e.(type) {
		case SeatsHeld:
			held[e.Visit] = len(e.Seats) > 0
			for at, v := range kept {
				if v == e.Visit {
					delete(kept, at)
				}
			}
			for _, no := range e.Seats {
				kept[place{e.Room, no}] = e.Visit
			}
		case GroupCalled:
			in := map[VisitID]bool{}
			for _, p := range e.Picks {
				in[p.Visit] = true
				for _, no := range p.Seats {
					if v := kept[place{e.Room, no}]; v != 0 && v != p.Visit && !in[v] && !gone[v] {
						t.Fatalf("seat %d of room %d is held for visit %d and given to visit %d", no, e.Room, v, p.Visit)
					}
				}
			}
			k.call(t, before, e.Room, in, gone, held)
			for id := range in {
				gone[id] = true
			}
		}
	}
}

// call counts one call's overtakes. Could have come: the empty room has so many
// seats side by side, and no seats are held for the visit, which wait for it.
func (k *counter) call(t *rapid.T, before *State, room RoomID, in, gone, held map[VisitID]bool) {
	var first *Visit
	for _, v := range before.Floor.Line(Waiting) {
		switch {
		case gone[v.ID]:
		case in[v.ID] && first != nil:
			k.passed[first.ID]++
		case in[v.ID], held[v.ID]:
		case first == nil && int16(v.Persons) <= before.Room(room).N:
			first = v
		}
	}
	limit := before.Floor.Policy.Order.OvertakeMax
	if first != nil && k.passed[first.ID] > limit {
		t.Fatalf("visit %d with %d persons was passed %d times; %d is the bound", first.ID, first.Persons, k.passed[first.ID], limit)
	}
}
