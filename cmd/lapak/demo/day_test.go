package demo

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"lapak/scheduler"
	"lapak/scheduler/calendar"
	"lapak/scheduler/rehearsal"
)

// aDay is the day of a demo without a branch behind it.
func aDay() *Day {
	d := &Day{seed: 1, date: calendar.MustParse("2026-03-02"), taken: map[scheduler.RoomID]bool{}, changed: make(chan struct{}, 1),
		officers: []scheduler.OfficerID{11, 12, 13, 14, 15}}
	d.world = rehearsal.NewWorld(d.config())
	return d
}

func TestAPersonHasOneRoomOfTheDemo(t *testing.T) {
	d := aDay()
	first, err := d.takeOver(1, false, 0)
	if err != nil || first != 11 {
		t.Fatalf("officer %d: %v", first, err)
	}
	if _, err := d.takeOver(3, false, 0); err != nil { // somebody else
		t.Fatal(err)
	}
	if _, err := d.takeOver(2, false, first); err != nil {
		t.Fatal(err)
	}
	if d.taken[1] || !d.taken[2] || !d.taken[3] {
		t.Errorf("taken: %v", d.taken)
	}
	if _, err := d.takeOver(9, false, 0); err == nil {
		t.Error("a room without an officer was taken over")
	}
}

func TestARoomNobodyWatchesGoesBack(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := aDay()
		for _, room := range []scheduler.RoomID{1, 2} {
			if _, err := d.takeOver(room, false, 0); err != nil {
				t.Fatal(err)
			}
		}
		ctx, cancel := context.WithCancel(context.Background())
		look := time.NewTicker(AbandonedEvery)
		defer look.Stop()
		go d.GiveBackAbandoned(ctx, look.C, func(room scheduler.RoomID) bool { return room == 2 })
		time.Sleep((abandonedAfter - 1) * AbandonedEvery)
		synctest.Wait()
		if got := d.rooms(); len(got) != 2 {
			t.Errorf("a reload took the room away: %v are left", got)
		}
		time.Sleep(2 * AbandonedEvery)
		synctest.Wait()
		if got := d.rooms(); len(got) != 1 || got[0] != 2 {
			t.Errorf("%v are still taken; somebody watches room 2 alone", got)
		}
		cancel()
		synctest.Wait()
	})
}

// TestTheDemosPeopleAnswer: the days behind the demo and the day under way ask alike.
func TestTheDemosPeopleAnswer(t *testing.T) {
	c := NewDay(Branch{}, []scheduler.OfficerID{1, 2, 3, 4, 5}, 1, Date(0)).config()
	date := workingDayBefore(&c.Policy.Calendar, c.Date)
	day, err := rehearsedDay(ordinary(c, date, 1))
	if err != nil || day == nil {
		t.Fatal(day, err)
	}
	if score, ok := day.Survey.Score(); !ok || day.Survey.Visits < 30 || score < 7500 || score > 9500 {
		t.Errorf("%d answered, score %d", day.Survey.Visits, score)
	}
}
