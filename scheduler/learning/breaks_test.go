package learning

import (
	"reflect"
	"slices"
	"testing"

	"lapak/scheduler"
	"lapak/scheduler/calendar"
)

// nextDay ends the day and opens the next one; officer 7 is there.
func (r *room1) nextDay() {
	r.do(chief, scheduler.CloseDay{Force: true})
	r.now += 24*3600 - (r.now-r.morning())%(24*3600)
	r.do(chief, scheduler.OpenDay{})
	r.do(rina, scheduler.SignOn{Officer: 7})
}

// morning is 07:30 of the first day.
func (r *room1) morning() scheduler.Time {
	return calendar.WIB.At(calendar.MustParse("2026-03-02"), 7*3600+30*60)
}

// breaks plays a break of officer 7 that begins so long after the morning.
func (r *room1) breaks(after, long int64) {
	r.now = r.now - (r.now-r.morning())%(24*3600) + after
	r.do(rina, scheduler.StartBreak{Officer: 7})
	r.after(long).do(rina, scheduler.EndBreak{Officer: 7})
}

func TestBreaksBecomeAHabit(t *testing.T) {
	r := newRoom1(t)
	noon := r.morning() + 4*3600 + 30*60
	if got := r.l.Breaks(r.now); len(got) != 2 || got[0].Officer != 7 || got[0].At != noon || got[0].ForS != 3600*breakGuessPct/100 {
		t.Fatalf("before anything is known both rest at the calendar's noon: %+v", got)
	}
	for range 4 {
		r.breaks(4*3600, 1800) // 11:30, half an hour
		if hasBreak(r, r.now) {
			t.Fatal("whoever has rested does not rest again")
		}
		r.breaks(7*3600, 300) // five minutes are no break
		r.nextDay()
	}
	got := r.l.Breaks(r.now)[0]
	if late := got.At - (r.now + 4*3600); late < -60 || late > 900 || got.ForS < 1800 || got.ForS > 2300 {
		t.Errorf("after four days the habit begins %d s late and lasts %d s", late, got.ForS)
	}
	if habit := r.l.Report(r.now).Breaks; habit[0].N != 4 || habit[0].Officer != 7 {
		t.Errorf("reported: %+v", habit)
	}
	b, err := r.l.Encode()
	if err != nil {
		t.Fatal(err)
	}
	again, err := Restore(b, r.d.State)
	if err != nil || !reflect.DeepEqual(again.Breaks(r.now), r.l.Breaks(r.now)) {
		t.Errorf("restored: %v %+v", err, again.Breaks(r.now))
	}
	late := got.At + breakLateS
	if soon := r.l.Breaks(late); soon[0].At != late+breakSoonS {
		t.Errorf("a late break is expected soon: %+v", soon)
	}
	if hasBreak(r, late+60) {
		t.Error("it falls out today")
	}
}

// hasBreak reports whether officer 7 is expected to rest.
func hasBreak(r *room1, at scheduler.Time) bool {
	return slices.ContainsFunc(r.l.Breaks(at), func(rest Break) bool { return rest.Officer == 7 })
}

func TestWhoNeverRestsIsNotExpectedTo(t *testing.T) {
	r := newRoom1(t)
	for range 4 {
		r.after(8 * 3600)
		r.nextDay()
	}
	if hasBreak(r, r.now) {
		t.Error("four days without a break, and one is expected")
	}
}
