package audit_test

import (
	"encoding/json"
	"slices"
	"testing"

	"lapak/scheduler"
	"lapak/scheduler/audit"
	"lapak/scheduler/calendar"
	"lapak/scheduler/rehearsal"
)

var monday = calendar.MustParse("2026-03-02")

// rehearsed plays a whole day and keeps its records.
func rehearsed(t *testing.T) []scheduler.Record {
	t.Helper()
	c := rehearsal.Small(3)
	c.Date = monday
	day := rehearsal.Run(c, rehearsal.Options{Keep: true})
	if len(day.Problems) > 0 {
		t.Fatal(day.Problems)
	}
	return day.Records
}

func folded(t *testing.T, records []scheduler.Record, date calendar.Date) *audit.Fold {
	t.Helper()
	f := audit.NewFold(scheduler.New(), date)
	for _, rec := range records {
		if err := f.Add(rec); err != nil {
			t.Fatal(err)
		}
	}
	return f
}

// again reports whether a paper was marked as the one before it; one record marks those
// of one visit.
func again(before []scheduler.Event, e scheduler.Event) bool {
	marked, ok := e.(scheduler.PaperMarked)
	if !ok || len(before) == 0 {
		return false
	}
	last, ok := before[len(before)-1].(scheduler.PaperMarked)
	return ok && last.Mark == marked.Mark
}

// TestNothingIsLeftOut: from the day's opening on, each event of each record is an act
// under the record's seq, time and giver; papers of one visit marked alike are one act.
func TestNothingIsLeftOut(t *testing.T) {
	records := rehearsed(t)
	acts, more := folded(t, records, monday).Day().Choose(audit.Filter{})
	if more || len(acts) == 0 {
		t.Fatalf("%d acts, more %v", len(acts), more)
	}
	i := 0
	for _, rec := range records {
		if rec.Seq < acts[0].Seq {
			continue
		}
		for k, e := range rec.Events {
			if again(rec.Events[:k], e) {
				continue
			}
			a := acts[i]
			if a.Seq != rec.Seq || a.At != rec.At || a.By != rec.By || a.Kind != e.Kind() || !slices.Contains(audit.Kinds(), a.Kind) {
				t.Fatalf("act %d is %+v; record %d holds %s", i, a, rec.Seq, e.Kind())
			}
			i++
		}
	}
	if i != len(acts) {
		t.Errorf("%d acts for %d events that differ", len(acts), i)
	}
	for _, a := range acts {
		switch a.Kind {
		case "claim.settled", "claim.added", "step.done", "paper.marked", "visit.seated", "officer.took":
			if len(a.Visits) == 0 || a.Visits[0].Number == "" {
				t.Errorf("%s of record %d is about nobody: %+v", a.Kind, a.Seq, a)
			}
		case "group.called":
			if a.Room == 0 || len(a.Visits) == 0 || len(a.Visits[0].Seats) == 0 || len(a.Visits[0].Why) == 0 {
				t.Errorf("a call has no room, seat or reason: %+v", a)
			}
		}
	}
}

func TestAnotherDayHasItsOwnActs(t *testing.T) {
	records := rehearsed(t)
	if f := folded(t, records, monday+1); f.Begun() || f.Over() || len(f.Day().Acts) != 0 {
		t.Error("a day that never was has acts")
	}
	s, err := scheduler.Replay(scheduler.New(), records)
	if err != nil {
		t.Fatal(err)
	}
	d := s.Draft()
	next, err := d.Do(scheduler.Stamp{At: s.At + 50_000}, scheduler.Order{By: scheduler.Actor{Role: scheduler.ByManager, ID: 1}, Command: scheduler.OpenDay{Date: monday + 1}})
	if err != nil {
		t.Fatal(err)
	}
	f := folded(t, records, monday)
	before := len(f.Day().Acts)
	if f.Over() || !f.Begun() {
		t.Error("the day is over before the next begins")
	}
	if err := f.Add(next); err != nil {
		t.Fatal(err)
	}
	if !f.Over() || len(f.Day().Acts) != before {
		t.Error("the next day's opening is among this day's acts")
	}
}

// TestTheFirstDayHasTheSetUp: what was drawn before any day was open is looked for on the
// day that opened after it, and on no other.
func TestTheFirstDayHasTheSetUp(t *testing.T) {
	records := rehearsed(t)
	rooms := 0
	for _, rec := range records {
		for _, e := range rec.Events {
			if _, ok := e.(scheduler.RoomSet); ok {
				rooms++
			}
		}
	}
	f := folded(t, records, monday)
	acts, _ := f.Day().Choose(audit.Filter{Kind: func(k string) bool { return k == "room.set" }})
	if rooms == 0 || len(acts) != rooms {
		t.Errorf("the first day has %d of %d rooms", len(acts), rooms)
	}
	if f := folded(t, records, monday-1); f.Begun() || len(f.Day().Acts) != 0 {
		t.Error("a day before the first has the set-up")
	}
}

func TestOneNumbersStory(t *testing.T) {
	day := folded(t, rehearsed(t), monday).Day()
	all, _ := day.Choose(audit.Filter{})
	i := slices.IndexFunc(all, func(a audit.Act) bool { return a.Kind == "claim.settled" })
	number := all[i].Visits[0].Number
	story, _ := day.Choose(audit.Filter{Number: " " + number + " "})
	var kinds []string
	for _, a := range story {
		kinds = append(kinds, a.Kind)
		is := func(p audit.Part) bool { return p.Number == number }
		if !slices.ContainsFunc(a.Visits, is) && !slices.ContainsFunc(a.Passed, is) {
			t.Errorf("%+v is not about %s", a, number)
		}
	}
	for _, want := range []string{"group.called", "visit.seated", "claim.settled"} {
		if !slices.Contains(kinds, want) {
			t.Errorf("the story of %s lacks %s: %v", number, want, kinds)
		}
	}
	if none, more := day.Choose(audit.Filter{Number: "Z999"}); len(none) != 0 || more {
		t.Error("a number that nobody has has a story")
	}
}

// TestPagesJoin: pages with after give every act once and end with whole records.
func TestPagesJoin(t *testing.T) {
	day := folded(t, rehearsed(t), monday).Day()
	all, _ := day.Choose(audit.Filter{})
	var joined []audit.Act
	for after, more := int64(0), true; more; {
		var page []audit.Act
		page, more = day.Choose(audit.Filter{After: after, Limit: 7})
		if more && len(page) < 7 {
			t.Fatalf("a page of %d acts says that there are more", len(page))
		}
		joined = append(joined, page...)
		after = page[len(page)-1].Seq
	}
	if a, b := must(json.Marshal(all)), must(json.Marshal(joined)); string(a) != string(b) {
		t.Errorf("%d acts in pages, %d at once", len(joined), len(all))
	}
}

func must(b []byte, err error) []byte {
	if err != nil {
		panic(err)
	}
	return b
}

// visitor is a person as the vault names them.
const visitor = scheduler.PersonID("0123456789abcdef0123456789abcdef")

func TestWhatIsTakenBackStaysMarked(t *testing.T) {
	f := audit.NewFold(scheduler.New(), monday)
	d := scheduler.New().Draft()
	desk, manager := scheduler.Actor{Role: scheduler.ByDesk, ID: 4}, scheduler.Actor{Role: scheduler.ByManager, ID: 1}
	at := calendar.WIB.At(monday, 8*3600)
	do := func(by scheduler.Actor, c scheduler.Command) scheduler.Record {
		t.Helper()
		at++
		rec, err := d.Do(scheduler.Stamp{At: at}, scheduler.Order{By: by, Command: c})
		if err == nil {
			err = f.Add(rec)
		}
		if err != nil {
			t.Fatalf("%T: %v", c, err)
		}
		return rec
	}
	do(manager, scheduler.OpenDay{Date: monday})
	arrived := do(desk, scheduler.Arrive{Channel: scheduler.WalkIn, Person: visitor, Persons: 1, Papers: scheduler.PapersReady, Claims: []scheduler.NewClaim{{Programme: "JHT", Reason: "jht_phk"}}})
	marked := 0
	for _, a := range f.Day().Acts {
		if a.Kind == "paper.marked" && a.Seq == arrived.Seq {
			marked++
		}
	}
	if marked != 1 {
		t.Errorf("%d acts say that the papers were there, want one of them all", marked)
	}
	cancelled := do(desk, scheduler.Cancel{Visit: arrived.Result.Visit, Reason: "own_request"})
	undone := do(desk, scheduler.UndoRecord{Seq: cancelled.Seq})
	day := f.Day()
	acts, _ := day.Choose(audit.Filter{Number: "a001"})
	var found, took bool
	for _, a := range acts {
		if a.Seq == cancelled.Seq {
			found = true
			if a.Undone != undone.Seq || a.To != "cancelled" || a.Reason != "own_request" {
				t.Errorf("what was taken back is %+v", a)
			}
		} else if a.Undone != 0 {
			t.Errorf("%+v was never taken back", a)
		}
		took = took || a.Kind == "undone" && a.Undoes == cancelled.Seq && a.Visits[0].Number == "A001"
	}
	if !found || !took {
		t.Errorf("the story lacks what was taken back or its taking back: %+v", acts)
	}
	look := scheduler.Actor{Role: scheduler.ByOfficer, ID: 2}
	if day.Reveal(at, look, "another", "serving") || !day.Reveal(cancelled.At, look, visitor, "serving") {
		t.Error("a look is among the acts when its person has a visit, and only then")
	}
	looks, _ := day.Choose(audit.Filter{Kind: func(k string) bool { return k == audit.PersonRevealed }})
	if len(looks) != 1 || looks[0].Visits[0].Number != "A001" || looks[0].Seq != cancelled.Seq || looks[0].By != look {
		t.Errorf("the look is %+v", looks)
	}
}
