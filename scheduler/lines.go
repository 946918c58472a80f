package scheduler

import (
	"slices"
	"sort"
)

// The two lines, of those who wait and of the side desk, are kept in the fair
// order from record to record: a call looks at them, and so does every question
// for the next deadline. They follow from the floor alone and are not written
// into a snapshot; Check holds them to it.

// lined is a visit that a record has touched, and whether it stood in a line
// before.
type lined struct {
	id  VisitID
	was VisitState
}

// lineNo is the index of the line of visits in the state, or -1.
func lineNo(state VisitState) int {
	switch state {
	case Waiting:
		return 0
	case AtDesk:
		return 1
	}
	return -1
}

// waiter is a visit in a line with what most questions are about, so that they
// need not look at the visit itself. Every change of a visit goes through
// visitW, which notes it for the line.
type waiter struct {
	id        VisitID
	persons   int8
	kind      int8 // of seat: 1 for an accessible one
	overtaken int8
}

func waiterOf(v *Visit) waiter {
	return waiter{id: v.ID, persons: v.Persons, kind: int8(kindOf(v)), overtaken: v.Overtaken}
}

// inOrder returns the visits in the state, Waiting or AtDesk, in the fair
// order. The caller must not keep the list beyond the next change.
func (s *State) inOrder(state VisitState) []waiter {
	if s.cap != nil && len(s.cap.lined) > 0 {
		s.settleLines()
	}
	return s.lines[lineNo(state)]
}

// reline notes that the record under way touches the visit's place.
func (s *State) reline(id VisitID, was VisitState) {
	l := s.cap.lined
	if n := len(l); n > 0 && l[n-1].id == id {
		return
	}
	s.cap.lined = append(l, lined{id, was})
}

// settleLines puts every visit that was touched where it belongs by now: first
// all of them leave, so that those who stay are in order, then they join.
func (s *State) settleLines() {
	for _, t := range s.cap.lined {
		if lineNo(t.was) < 0 {
			continue // it stood in no line
		}
		for k := range s.lines {
			if i := slices.IndexFunc(s.lines[k], func(w waiter) bool { return w.id == t.id }); i >= 0 {
				s.lines[k] = slices.Delete(s.lines[k], i, i+1)
			}
		}
	}
	for _, t := range s.cap.lined {
		v := s.Visit(t.id)
		if lineNo(v.State) < 0 {
			continue
		}
		line := &s.lines[lineNo(v.State)]
		at := sort.Search(len(*line), func(i int) bool { return before(s.Visit((*line)[i].id), v) >= 0 })
		if at == len(*line) || (*line)[at].id != t.id { // it may have been noted twice
			*line = slices.Insert(*line, at, waiterOf(v))
		}
	}
	s.cap.lined = s.cap.lined[:0]
}

// remakeLines makes both lines anew: for a state that was read from a
// snapshot, and when a day begins.
func (s *State) remakeLines() {
	for k, state := range [...]VisitState{Waiting, AtDesk} {
		s.lines[k] = s.lines[k][:0:0]
		for _, v := range s.Floor.Line(state) {
			s.lines[k] = append(s.lines[k], waiterOf(v))
		}
	}
	if s.cap != nil {
		s.cap.lined = s.cap.lined[:0]
	}
}
