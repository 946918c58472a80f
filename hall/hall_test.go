package hall_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"lapak/hall"
	"lapak/hall/journal"
	"lapak/scheduler"
	"lapak/scheduler/calendar"
)

var quiet = slog.New(slog.NewTextHandler(io.Discard, nil))

var manager = scheduler.Actor{Role: scheduler.ByManager, ID: 1}

// monday is 08:00 on a working day in Jakarta.
func monday() int64 { return calendar.WIB.At(calendar.MustParse("2026-03-02"), 8*3600) }

// open starts a hall over a store whose clock stands still at the given time.
func open(t *testing.T, s journal.Store, at int64) (*hall.Hall, *hall.Time) {
	t.Helper()
	clock := hall.NewTimeAt(at, 0)
	h, err := hall.Open(hall.Options{Journal: journal.Plain{Store: s}, Time: clock, Logger: quiet})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(h.Close)
	return h, clock
}

func must(t *testing.T, h *hall.Hall, c scheduler.Command) hall.Answer {
	t.Helper()
	a, err := h.Do(context.Background(), hall.Request{Actor: manager, Command: c})
	if err != nil {
		t.Fatalf("%T: %v", c, err)
	}
	return a
}

func arrive() scheduler.Arrive {
	return scheduler.Arrive{Persons: 1, Claims: []scheduler.NewClaim{{Programme: "JHT"}}, Papers: scheduler.PapersReady}
}

func TestAnAnsweredCommandSurvivesARestart(t *testing.T) {
	store := journal.NewMemory()
	h, _ := open(t, store, monday())
	must(t, h, scheduler.OpenDay{})
	first := must(t, h, arrive())
	sum := scheduler.Sum(h.State())
	h.Close()

	again, _ := open(t, store, monday()+60)
	if got := scheduler.Sum(again.State()); got != sum {
		t.Fatalf("after the restart the state is another one: %s, want %s", got, sum)
	}
	if v := again.State().Visit(first.Result.Visit); v == nil || v.Ticket.No != 1 {
		t.Fatalf("visit %d is gone", first.Result.Visit)
	}
}

func TestASnapshotShortensTheReplayAndADamagedOneIsIgnored(t *testing.T) {
	store := journal.NewMemory()
	h, _ := open(t, store, monday())
	must(t, h, scheduler.OpenDay{})
	must(t, h, arrive())
	if err := h.Snapshot(); err != nil {
		t.Fatal(err)
	}
	must(t, h, arrive())
	bad := journal.Snapshot{Seq: h.State().Seq, Version: scheduler.StateVersion, Sum: "not this", Data: []byte("{}")}
	if err := store.SaveSnapshot(bad); err != nil {
		t.Fatal(err)
	}
	want := scheduler.Sum(h.State())
	h.Close()
	again, _ := open(t, store, monday())
	if got := scheduler.Sum(again.State()); got != want {
		t.Fatalf("rebuilt %s, want %s", got, want)
	}
}

func TestTheSameCommandIDHasOneEffectAndOneAnswer(t *testing.T) {
	store := journal.NewMemory()
	h, _ := open(t, store, monday())
	must(t, h, scheduler.OpenDay{})
	req := hall.Request{Actor: manager, ID: "k1", Print: "p1", Command: arrive()}
	first, err := h.Do(context.Background(), req)
	if err != nil {
		t.Fatal(err)
	}
	var all sync.WaitGroup
	for range 50 {
		all.Go(func() {
			a, err := h.Do(context.Background(), req)
			if err != nil || a.Seq != first.Seq || a.Result.Visit != first.Result.Visit || !a.Replayed {
				t.Errorf("a retry got %+v, %v; want %+v", a, err, first)
			}
		})
	}
	all.Wait()
	other := req
	other.Print = "p2"
	if _, err := h.Do(context.Background(), other); !errors.Is(err, hall.ErrReused) {
		t.Errorf("the id with another body: %v, want ErrReused", err)
	}
	somebody := req
	somebody.Actor.ID = 2
	if a, err := h.Do(context.Background(), somebody); err != nil || a.Replayed {
		t.Errorf("another actor's same id: %+v, %v", a, err)
	}
	h.Close()
	again, _ := open(t, store, monday()+3600)
	if a, err := again.Do(context.Background(), req); err != nil || a.Seq != first.Seq || !a.Replayed {
		t.Errorf("after a restart the retry got %+v, %v", a, err)
	}
	if n := len(again.State().Floor.Visits); n != 2 {
		t.Errorf("%d visits, want 2", n)
	}
}

func TestManyCallersShareAppendsAndEachGetsTheirOwnNumber(t *testing.T) {
	h, _ := open(t, journal.NewMemory(), monday())
	must(t, h, scheduler.OpenDay{})
	var mu sync.Mutex
	seen := map[int32]bool{}
	var all sync.WaitGroup
	for range 200 {
		all.Go(func() {
			a, err := h.Do(context.Background(), hall.Request{Actor: manager, Command: arrive()})
			if err != nil {
				t.Error(err)
				return
			}
			mu.Lock()
			defer mu.Unlock()
			if seen[a.Result.Ticket.No] {
				t.Errorf("number %d was given twice", a.Result.Ticket.No)
			}
			seen[a.Result.Ticket.No] = true
		})
	}
	all.Wait()
	if len(seen) != 200 {
		t.Fatalf("%d numbers, want 200", len(seen))
	}
}

func TestAFullDiskRefusesAndGoesOnWhenThereIsRoom(t *testing.T) {
	store := journal.NewFailing()
	h, _ := open(t, store, monday())
	must(t, h, scheduler.OpenDay{})
	sum := scheduler.Sum(h.State())
	store.Fail(journal.FaultFull)
	if _, err := h.Do(context.Background(), hall.Request{Actor: manager, Command: arrive()}); !errors.Is(err, hall.ErrFull) {
		t.Fatalf("on a full disk: %v, want ErrFull", err)
	}
	if scheduler.Sum(h.State()) != sum {
		t.Fatal("a refused command changed the state")
	}
	if s := h.Status(); !s.Ready || len(s.Banners) != 1 || s.Banners[0] != hall.CodeDiskFull {
		t.Fatalf("status %+v", s)
	}
	store.Fail(journal.FaultNone)
	must(t, h, arrive())
	if s := h.Status(); len(s.Banners) != 0 {
		t.Fatalf("the banner stays: %+v", s)
	}
}

func TestDeadlinesGoOnByThemselvesWhenThereIsRoomAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		store := journal.NewFailing()
		h, err := hall.Open(hall.Options{Journal: journal.Plain{Store: store}, Time: hall.NewTimeAt(monday(), 1), Logger: quiet})
		if err != nil {
			t.Fatal(err)
		}
		defer h.Close()
		id := callOne(t, h)
		store.Fail(journal.FaultFull)
		time.Sleep(5 * time.Minute)
		synctest.Wait()
		if v := h.State().Visit(id); v.Recalls != 0 || v.Requeues != 0 {
			t.Fatalf("a full disk recorded %+v", v)
		}
		store.Fail(journal.FaultNone)
		time.Sleep(30 * time.Second)
		synctest.Wait()
		if v := h.State().Visit(id); v.Requeues != 1 {
			t.Fatalf("with room again nobody gave the visit up: %+v", v)
		}
	})
}

func TestACommitOfUnknownOutcomeStopsTheWriter(t *testing.T) {
	for _, fault := range []journal.Fault{journal.FaultCommitLost, journal.FaultCommitKept} {
		store := journal.NewFailing()
		fatal := make(chan error, 1)
		h, err := hall.Open(hall.Options{Journal: journal.Plain{Store: store}, Time: hall.NewTimeAt(monday(), 0), Logger: quiet,
			Fatal: func(err error) { fatal <- err }})
		if err != nil {
			t.Fatal(err)
		}
		must(t, h, scheduler.OpenDay{})
		store.Fail(fault)
		req := hall.Request{Actor: manager, ID: "k", Print: "p", Command: arrive()}
		if _, err := h.Do(context.Background(), req); !errors.Is(err, hall.ErrStopping) {
			t.Fatalf("%v: answered %v, want ErrStopping", fault, err)
		}
		<-fatal
		<-h.Done()
		if h.Status().Ready {
			t.Fatal("still ready after a failed commit")
		}
		again, _ := open(t, store.Restart(), monday())
		a, err := again.Do(context.Background(), req)
		if err != nil || a.Replayed != (fault == journal.FaultCommitKept) {
			t.Fatalf("%v: the retry got %+v, %v", fault, a, err)
		}
		if n := len(again.State().Floor.Visits); n != 1 {
			t.Fatalf("%v: %d visits after the retry, want exactly 1", fault, n)
		}
	}
}

func TestTheTimerFiresDeadlinesByItself(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		store := journal.NewMemory()
		h, err := hall.Open(hall.Options{Journal: journal.Plain{Store: store}, Time: hall.NewTimeAt(monday(), 1), Logger: quiet})
		if err != nil {
			t.Fatal(err)
		}
		defer h.Close()
		called := callOne(t, h)
		time.Sleep(241 * time.Second)
		synctest.Wait()
		v := h.State().Visit(called)
		if v.Requeues != 1 {
			t.Fatalf("after 241 s nobody came and the visit is %s with %d requeues", v.State, v.Requeues)
		}
		recalls := 0
		for _, c := range h.State().Floor.Calls {
			if c.Kind == scheduler.Recall {
				recalls++
			}
		}
		if recalls < 2 {
			t.Fatalf("%d recalls, want at least 2", recalls)
		}
	})
}

// callOne opens a room and calls one visit to it.
func callOne(t *testing.T, h *hall.Hall) scheduler.VisitID {
	t.Helper()
	must(t, h, scheduler.OpenDay{})
	must(t, h, scheduler.SetRoom{Room: scheduler.Room{ID: 1}, Seats: []scheduler.SeatPlan{{}, {XMM: 3000}}})
	must(t, h, scheduler.SetOfficer{ID: 1})
	must(t, h, scheduler.SignOn{Officer: 1})
	must(t, h, scheduler.OpenSession{Room: 1, Crew: []scheduler.OfficerID{1}})
	must(t, h, arrive())
	a := must(t, h, scheduler.CallGroup{Room: 1})
	if len(a.Result.Called) != 1 {
		t.Fatalf("called %v", a.Result.Called)
	}
	return a.Result.Called[0]
}

func TestTimeNeverGoesBackAndAFarStartWaits(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		time.Sleep(calendarGap())
		store := journal.NewMemory()
		ahead, err := hall.Open(hall.Options{Journal: journal.Plain{Store: store}, Time: hall.NewTimeAt(time.Now().Unix()+7200, 0), Logger: quiet})
		if err != nil {
			t.Fatal(err)
		}
		callOne(t, ahead)
		last := ahead.State().At
		ahead.Close()

		h, err := hall.Open(hall.Options{Journal: journal.Plain{Store: store}, Time: hall.NewTime(), Logger: quiet})
		if err != nil {
			t.Fatal(err)
		}
		defer h.Close()
		if h.Now() < last || h.Held() {
			t.Fatalf("now %d, last %d, held %v", h.Now(), last, h.Held())
		}
		if s := h.Status(); len(s.Banners) != 1 || s.Banners[0] != hall.CodeClockDiffers || h.ClockOff() != -7200 {
			t.Fatalf("a clock two hours behind raises %v, off %d s", s.Banners, h.ClockOff())
		}
		must(t, h, scheduler.AdjustClock{BySeconds: h.ClockOff()})
		if s := h.Status(); len(s.Banners) != 0 {
			t.Fatalf("after the adjustment: %v, off %d s", s.Banners, h.ClockOff())
		}
	})
}

func TestAStartFarAheadFiresNoDeadlineUntilConfirmed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		time.Sleep(calendarGap())
		store := journal.NewMemory()
		h, err := hall.Open(hall.Options{Journal: journal.Plain{Store: store}, Time: hall.NewTime(), Logger: quiet})
		if err != nil {
			t.Fatal(err)
		}
		id := callOne(t, h)
		h.Close()
		time.Sleep(5 * time.Hour)
		again, err := hall.Open(hall.Options{Journal: journal.Plain{Store: store}, Time: hall.NewTime(), Logger: quiet})
		if err != nil {
			t.Fatal(err)
		}
		defer again.Close()
		time.Sleep(time.Minute)
		synctest.Wait()
		if v := again.State().Visit(id); !again.Held() || v.Requeues != 0 || v.Recalls != 0 {
			t.Fatalf("held %v, visit %+v", again.Held(), v)
		}
		again.ConfirmClock()
		time.Sleep(time.Second)
		synctest.Wait()
		if v := again.State().Visit(id); v.Requeues != 1 {
			t.Fatalf("confirmed, and the visit is %s, requeued %d times", v.State, v.Requeues)
		}
	})
}

// calendarGap moves a bubble's clock from midnight UTC to 08:00 in Jakarta.
func calendarGap() time.Duration { return time.Hour }

func TestAFaultOfTheRulesRefusesOneCommandAndTheBatchGoesOn(t *testing.T) {
	h, _ := open(t, journal.NewMemory(), monday())
	must(t, h, scheduler.OpenDay{})
	// A nil command is the one thing that a caller can hand over and no rule can decide.
	if _, err := h.Do(context.Background(), hall.Request{Actor: manager}); !errors.Is(err, hall.ErrFault) {
		t.Fatalf("%v, want ErrFault", err)
	}
	must(t, h, arrive())
}

func TestAStoppedHallSaysSo(t *testing.T) {
	h, _ := open(t, journal.NewMemory(), monday())
	h.Close()
	if _, err := h.Do(context.Background(), hall.Request{Actor: manager, Command: scheduler.OpenDay{}}); !errors.Is(err, hall.ErrStopping) {
		t.Fatalf("%v, want ErrStopping", err)
	}
}

func TestReplayNamesTheRecordThatCannotBeApplied(t *testing.T) {
	store := journal.NewMemory()
	if err := store.Append([]journal.Entry{{Seq: 1, Data: []byte(`{"seq":1,"at":5,"by":{"role":"system"},"events":[{"k":"visit.seated","v":1,"d":{"id":9}}]}`)}}); err != nil {
		t.Fatal(err)
	}
	_, err := hall.Load(journal.Plain{Store: store})
	if err == nil || !contains(err.Error(), "record 1") {
		t.Fatalf("%v does not name the record", err)
	}
}

func contains(s, part string) bool {
	for i := 0; i+len(part) <= len(s); i++ {
		if s[i:i+len(part)] == part {
			return true
		}
	}
	return false
}

func TestDailyWorkRunsOncePerDateAndIsCaughtUpOn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		store := journal.NewMemory()
		h, err := hall.Open(hall.Options{Journal: journal.Plain{Store: store}, Time: hall.NewTime(), Logger: quiet})
		if err != nil {
			t.Fatal(err)
		}
		defer h.Close()
		var mu sync.Mutex
		ran := map[string]int{}
		job := hall.Job{Name: "purge", DueS: 20 * 3600, Run: func(_ context.Context, d calendar.Date) error {
			mu.Lock()
			defer mu.Unlock()
			ran[d.String()]++
			if ran[d.String()] == 1 {
				return fmt.Errorf("the first try of a day fails")
			}
			return nil
		}}
		ctx, cancel := context.WithCancel(context.Background())
		var end sync.WaitGroup
		end.Go(func() {
			if err := h.Daily(ctx, []hall.Job{job}); err != nil {
				t.Error(err)
			}
		})
		time.Sleep(72 * time.Hour)
		cancel()
		end.Wait()
		mu.Lock()
		defer mu.Unlock()
		if len(ran) != 3 {
			t.Fatalf("ran on %v, want three days", ran)
		}
		for date, n := range ran {
			if n != 2 {
				t.Errorf("%s: ran %d times, want a failed try and one more", date, n)
			}
		}
	})
}

func TestTheBranchOpensAndClosesItsDaysByItself(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		store := journal.NewMemory()
		h, err := hall.Open(hall.Options{Journal: journal.Plain{Store: store}, Time: hall.NewTime(), Logger: quiet})
		if err != nil {
			t.Fatal(err)
		}
		defer h.Close()
		must(t, h, scheduler.SetRoom{Room: scheduler.Room{ID: 1}, Seats: []scheduler.SeatPlan{{}}})
		ctx, cancel := context.WithCancel(context.Background())
		var end sync.WaitGroup
		end.Go(func() {
			if err := h.Daily(ctx, h.DayJobs()); err != nil {
				t.Error(err)
			}
		})
		time.Sleep(7 * 24 * time.Hour)
		synctest.Wait()
		if n := h.State().Floor.Day.Number; n != 5 {
			t.Errorf("a week opened %d days, want 5 working days", n)
		}
		cancel()
		end.Wait()
	})
}

// slow is a journal whose next append waits until it is let go, so that a test
// chooses which commands share a batch.
type slow struct {
	journal.Plain
	begun chan struct{} // an append waits
	goOn  chan struct{}
}

func (s slow) Append(first int64, data [][]byte) error {
	s.begun <- struct{}{}
	<-s.goOn
	return s.Plain.Append(first, data)
}

// TestNothingOfALostBatchIsAcknowledged has one batch with a command, the same
// command again, and one that the rules refuse because of the first. When the
// batch cannot be kept, none of the three may be answered as if it had been.
func TestNothingOfALostBatchIsAcknowledged(t *testing.T) {
	for fault, want := range map[journal.Fault]error{journal.FaultFull: hall.ErrFull, journal.FaultCommitLost: hall.ErrStopping} {
		synctest.Test(t, func(t *testing.T) {
			store := journal.NewFailing()
			s := slow{Plain: journal.Plain{Store: store}, begun: make(chan struct{}), goOn: make(chan struct{})}
			h, err := hall.Open(hall.Options{Journal: s, Time: hall.NewTimeAt(monday(), 0), Logger: quiet})
			if err != nil {
				t.Fatal(err)
			}
			defer h.Close()
			do := func(id string, c scheduler.Command) chan error {
				done := make(chan error, 1)
				go func() {
					_, err := h.Do(context.Background(), hall.Request{Actor: manager, ID: id, Print: id, Command: c})
					done <- err
				}()
				synctest.Wait()
				return done
			}
			first := do("open", scheduler.OpenDay{})
			<-s.begun // the writer is busy: what comes now shares the next batch
			waiting := []chan error{do("known", scheduler.OpenDay{}), do("officer", scheduler.SetOfficer{ID: 7}),
				do("officer", scheduler.SetOfficer{ID: 7}), do("again", scheduler.SetRoom{Room: scheduler.Room{ID: 1, Version: 9}}), do("open", scheduler.OpenDay{})}
			s.goOn <- struct{}{}
			if err := <-first; err != nil {
				t.Fatal(err)
			}
			<-s.begun
			store.Fail(fault)
			s.goOn <- struct{}{}
			var known *scheduler.Refusal
			if err := <-waiting[0]; !errors.As(err, &known) || known.Code != "day_open" {
				t.Errorf("%v: what was refused before the lost record: %v", fault, err)
			}
			for i, name := range map[int]string{1: "the command", 2: "its replay", 3: "a refusal after it"} {
				if err := <-waiting[i]; !errors.Is(err, want) {
					t.Errorf("%v: %s was answered %v, want %v", fault, name, err, want)
				}
			}
			if err := <-waiting[4]; err != nil {
				t.Errorf("%v: the replay of a durable answer: %v", fault, err)
			}
		})
	}
}
