package scheduler

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// TestCheckFinds breaks a sound branch in each way that Check looks for.
func TestCheckFinds(t *testing.T) {
	if found := Check(busyBranch(t)); len(found) > 0 {
		t.Fatal(found)
	}
	for want, spoil := range map[string]func(s *State){
		"out of order":                    func(s *State) { s.Floor.Visits[1].ID = 1 },
		"claims 1 and 1 are out of order": func(s *State) { s.Floor.Claims[1].ID = 1 },
		"dossiers 1 and 1":                func(s *State) { s.Dossiers[1] = s.Dossiers[0] },
		"on 0 seats":                      func(s *State) { s.Seat(1, 1).State = SeatFree },
		"which is not live":               func(s *State) { s.Visit(1).Session = 77 },
		"still names session":             func(s *State) { s.Visit(9).Session = 1 },
		"has no dossier":                  func(s *State) { s.Dossiers = s.Dossiers[:8] },
		"was overtaken 11 times":          func(s *State) { s.Visit(9).Overtaken = 11 },
		"has 2 claims and links 1":        func(s *State) { s.Visit(9).NClaims = 2 },
		"is settled, and whether it has":  func(s *State) { s.Visit(9).State = Settled },
		"without a place in the order":    func(s *State) { s.Visit(9).Effective = 0 },
		"is free and names visit":         func(s *State) { s.Seat(2, 1).State, s.Seat(2, 1).Visit = SeatFree, 3 },
		"which is not there":              func(s *State) { s.Seat(1, 1).Visit = 9 },
		"while visit 1 is called":         func(s *State) { s.Visit(1).State = Called },
		"holds person 3 of visit 1":       func(s *State) { s.Seat(1, 1).Person = 3 },
		"is ready with claim 0":           func(s *State) { s.Seat(1, 1).State, s.Seat(1, 1).Claim = SeatReady, 0 },
		"which is not an open one":        func(s *State) { s.Seat(1, 1).Claim = 9 },
		"is held for visit 1":             func(s *State) { s.Seat(1, 1).HeldFor = 1 },
		"nearer than 1500 mm":             func(s *State) { s.Seat(1, 1).XMM = 1 },
		"where nobody is with an officer": func(s *State) { s.Officer(2).WithRoom, s.Officer(2).WithSeat = 1, 2 },
		"without being at work there":     func(s *State) { s.Officer(1).Presence = OnBreak },
		"are both at seat 1/1":            func(s *State) { s.Floor.Officers[1] = s.Floor.Officers[0]; s.Floor.Officers[1].ID = 2 },
		"with an officer, and none is":    func(s *State) { s.Officer(1).WithRoom = 0 },
		"room 1 does not know it":         func(s *State) { s.Room(1).Session = 0 },
		"room 2 names session 9":          func(s *State) { s.Room(2).Session = 9 },
		"is in sessions 1 and 2":          func(s *State) { s.Session(2).Crew = []OfficerID{1} },
		"of session 1 is not on shift":    func(s *State) { s.Officer(1).Presence = OffShift },
		"is live and no day is open":      func(s *State) { s.Floor.Day.Open = false },
		"number A001 was given to":        func(s *State) { s.Visit(9).Ticket = s.Visit(1).Ticket },
		"beyond the last given":           func(s *State) { s.Visit(9).Ticket.No = 500 },
		"one person holds visits 8 and 9": func(s *State) { s.Visit(8).Person, s.Visit(9).Person = "x", "x" },
		"waiting has 4 visits, and 5":     func(s *State) { s.lines[0] = s.lines[0][1:] },
		"at_desk has 1 visits, and 0":     func(s *State) { s.lines[1] = append(s.lines[1], s.lines[0][0]) },
		"place 2 in the line of those":    func(s *State) { s.lines[0][1], s.lines[0][2] = s.lines[0][2], s.lines[0][1] },
		"place 1 in the line of those":    func(s *State) { s.Visit(s.lines[0][0].id).Effective += 9999 },
		"knows visit 9 as 1 persons":      func(s *State) { s.Visit(9).Persons = 2 },
		"as 1 persons, 0 times overtaken": func(s *State) { s.Visit(9).Overtaken = 1 },
		"not added up anew when":          func(s *State) { s.Floor.Policy = s.Floor.Policy.clone() },
		"times are not those of": func(s *State) {
			t := *s.Floor.times
			t.plain = slices.Clone(t.plain)
			t.plain[0].left = slices.Clone(t.plain[0].left)
			t.plain[0].left[1].officer++
			s.Floor.times = &t
		},
		"2 rooms have 1 geometries":         func(s *State) { s.layouts = s.layouts[1:] },
		"geometry is that of room 1 with 4": func(s *State) { s.Seat(1, 4).Closed = true },
	} {
		s := busyBranch(t)
		spoil(s)
		if found := strings.Join(Check(s), "\n"); !strings.Contains(found, want) {
			t.Errorf("Check does not say %q but:\n%s", want, found)
		}
	}
}

func TestADamagedJournalIsAnError(t *testing.T) {
	d := busyBranch(t).Draft()
	for want, rec := range map[string]Record{
		"gap":       {Seq: d.Seq + 2, At: d.At},
		"is dated":  {Seq: d.Seq + 1, At: d.At - 1},
		"not fit":   {Seq: d.Seq + 1, At: d.At, Events: []Event{VisitMoved{ID: 999, To: Waiting}}},
		" not fit ": {Seq: d.Seq + 1, At: d.At, Events: []Event{ClaimAdded{Claim: Claim{ID: 99, Visit: 99}}}},
	} {
		if err := d.State.Draft().Apply(rec); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v: %v, want %q", rec, err, want)
		}
	}
}

// TestTimeNeverGoesBack gives a command with an older stamp: it counts as given
// at the last record's time.
func TestTimeNeverGoesBack(t *testing.T) {
	s := busyBranch(t)
	d := s.Draft()
	rec, err := d.Do(Stamp{At: s.At - 500}, Order{By: desk, Command: Arrive{Persons: 1, Claims: []NewClaim{{Programme: "JHT"}}}})
	if err != nil || rec.At != s.At {
		t.Fatalf("%v at %d, want %d", err, rec.At, s.At)
	}
}

// TestAnsweredIdsAreRememberedForAWeek holds the memory to a plain map.
func TestAnsweredIdsAreRememberedForAWeek(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var seen Seen
		plain := map[CommandID]Answered{}
		var now Time
		for i := range rapid.IntRange(1, 400).Draw(t, "commands") {
			now += rapid.SampledFrom([]int64{0, 1, 600, 40_000}).Draw(t, "later")
			a := Answered{ID: CommandID(fmt.Sprint("id", i)), At: now, Seq: int64(i + 1)}
			old := seen.clone()
			seen.add(a)
			plain[a.ID] = a
			if _, ok := old.Find(a.ID, now); ok {
				t.Fatal("an older copy knows a newer id")
			}
		}
		b, err := seen.MarshalJSON()
		if err != nil {
			t.Fatal(err)
		}
		var back Seen
		if err := back.UnmarshalJSON(b); err != nil {
			t.Fatal(err)
		}
		for id, a := range plain {
			for _, s := range []Seen{seen, back} {
				if got, ok := s.Find(id, now); ok != (now-a.At <= SeenFor) || (ok && got.Seq != a.Seq) {
					t.Fatalf("%s of %d at %d: %v %v", id, a.At, now, got, ok)
				}
			}
		}
		if _, ok := seen.Find("never", now); ok || len(seen.List()) > len(plain) || len(seen.gens) > 16 {
			t.Fatalf("%d ids in %d generations", len(seen.List()), len(seen.gens))
		}
	})
}

// TestWaitsGrowWithTheLine holds what visitors are told: a range, longer for
// who stands further behind, and nothing negative.
func TestWaitsGrowWithTheLine(t *testing.T) {
	s := crowd(t, 60, 2)
	var last Range
	for i, v := range s.Floor.Line(Waiting) {
		r, ahead := s.WaitOf(v, s.At)
		if ahead != i || r.LowS < last.LowS || r.HighS < last.HighS || r.LowS < 0 || r.HighS <= r.LowS {
			t.Fatalf("place %d: %d ahead, %+v after %+v", i, ahead, r, last)
		}
		last = r
	}
	waits := s.Waits(s.At)
	if waits[Online].HighS > waits[WalkIn].HighS || waits[WalkIn].HighS < last.LowS {
		t.Fatalf("%+v after %+v", waits, last)
	}
	if v := s.LongestWaiting(); v == nil || v.ID != 1 || s.WaitStart(v) != v.Arrived {
		t.Fatalf("the longest waiting is %+v", v)
	}
}
