package whatif

import (
	"slices"
	"testing"

	"lapak/scheduler"
	"lapak/scheduler/rehearsal"
	"lapak/scheduler/rehearsal/past"
)

// TestTheOfficersOfADayLikeThis: the hour at which a question is asked does not
// matter. Whoever was on shift today counts, before anybody was it is the last
// day's, and without one the roster; the answer says which.
func TestTheOfficersOfADayLikeThis(t *testing.T) {
	c := rehearsal.Surge(1)
	c.Rooms, c.Officers = c.Rooms[:3], c.Officers[:3]
	last := pastDay(t, 1)
	for name, step := range map[string]struct {
		second int   // of the day, now
		closed bool  // no day is open
		on     []int // on shift, by index
		gone   map[int]int
		roster []scheduler.OfficerID
		days   []*past.Day
		want   Staffing
		ends   map[int]int
	}{
		"in the middle of the day": {second: 11 * 3600, on: []int{0, 1}, days: []*past.Day{last}, want: Staffing{Serving: 2, From: "today"}},
		"when the last ones go": {second: 14*3600 + 3000, on: []int{0}, gone: map[int]int{1: 14*3600 + 1800, 2: 14*3600 + 2000}, days: []*past.Day{last},
			want: Staffing{Serving: 3, From: "today"}},
		"when all have gone": {second: 14*3600 + 3000, gone: map[int]int{0: 14*3600 + 1700, 1: 14*3600 + 1800}, want: Staffing{Serving: 2, From: "today"}},
		"half a shift":       {second: 13 * 3600, on: []int{0}, gone: map[int]int{2: 12 * 3600}, want: Staffing{Serving: 2, From: "today"}, ends: map[int]int{1: 12 * 3600}},
		"the first is early": {second: 7*3600 + 2100, on: []int{0}, days: []*past.Day{last}, want: Staffing{Serving: 3, From: "last_day", Day: last.Date}},
		"all are early":      {second: 7*3600 + 2100, on: []int{0, 1, 2}, days: []*past.Day{last}, want: Staffing{Serving: 3, From: "today"}},
		"before the day":     {closed: true, days: []*past.Day{last}, want: Staffing{Serving: 3, From: "last_day", Day: last.Date}},
		"no day is known":    {closed: true, want: Staffing{Serving: 3, From: "roster"}},
		"one account is off": {closed: true, roster: []scheduler.OfficerID{101, 103}, want: Staffing{Serving: 2, From: "roster"}},
	} {
		t.Run(name, func(t *testing.T) {
			s, err := rehearsal.Furnished(c)
			if err != nil {
				t.Fatal(err)
			}
			f := &s.Floor
			at := func(second int) scheduler.Time { return f.Policy.Calendar.Zone.At(last.Date, second) - f.Day.OffsetS }
			f.Day.Date, f.Day.Open, f.Day.Opened, s.At = last.Date, !step.closed, at(7*3600-600), at(step.second)
			for i := range f.Officers {
				f.Officers[i].Presence, f.Officers[i].Since = scheduler.OffShift, at(6*3600)
			}
			for _, i := range step.on {
				f.Officers[i].Presence = scheduler.OnShift
			}
			for i, second := range step.gone {
				f.Officers[i].Since = at(second)
			}
			b := BaseOf(s, step.roster...)
			if step.days != nil {
				b = b.Learn(step.days)
			}
			if got := b.Staffing(); got != step.want {
				t.Errorf("%+v, want %+v", got, step.want)
			}
			for i, second := range step.ends {
				if b.Officers[i].LastS != second {
					t.Errorf("officer %d ends at %d, want %d", i, b.Officers[i].LastS, second)
				}
			}
			if assumed := slices.Contains(b.notes, NoteOfficersAssumed); assumed != (step.want.From == "roster") {
				t.Errorf("notes %v", b.notes)
			}
		})
	}
	a := answer(t, parse(t, `{"days":2,"changes":{}}`), busy(t).Learn([]*past.Day{last}))
	if a.Staff != (Staffing{Serving: 2, From: "last_day", Day: last.Date}) {
		t.Errorf("the answer says %+v", a.Staff)
	}
	if a := answer(t, parse(t, `{"days":2,"day":"2026-03-02","changes":{}}`), BaseOfDay(last)); a.Staff.From != "day" || a.Staff.Serving != len(last.Officers)-1 {
		t.Errorf("of a past day it says %+v", a.Staff)
	}
}

// TestWhoWasRelievedIsNotCountedTwice: the room of an officer who went has another.
func TestWhoWasRelievedIsNotCountedTwice(t *testing.T) {
	c := rehearsal.Surge(1)
	c.Rooms, c.Officers = c.Rooms[:1], c.Officers[:2]
	s, err := rehearsal.Furnished(c)
	if err != nil {
		t.Fatal(err)
	}
	f := &s.Floor
	f.Day.Open, f.Day.Opened, s.At = true, 1, 100
	f.Officers[0].Presence, f.Officers[0].Since = scheduler.OffShift, 50
	f.Officers[1].Presence = scheduler.OnShift
	b := BaseOf(s)
	if got := b.Staffing(); got.Serving != 1 || len(b.Officers) != 1 || b.Officers[0].ID != f.Officers[1].ID {
		t.Errorf("%+v %+v", got, b.Officers)
	}
}
