package scheduler

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"lapak/scheduler/calendar"
	"lapak/scheduler/procedure"
)

func TestMain(m *testing.M) {
	flag.Parse()
	if err := flag.Set("rapid.nofailfile", "true"); err != nil { // failures are told with their seed; no files in the tree
		panic(err)
	}
	os.Exit(m.Run())
}

// world is a small branch with tiny limits, so that random commands hit their
// edges. It keeps the state, a second one that lives from the encoded records
// alone, and what the tests count by themselves.
type world struct {
	t       *rapid.T
	s       *State // published: never changed by what follows
	mirror  *Draft // fed with decoded records only
	now     Time
	records int
	last    Record
	numbers map[string]VisitID // every number ever given, by day
	called  map[VisitID]bool   // by the events alone
	sum     string             // of s
	light   bool               // only Check and the books: for tests that count something of their own
}

var (
	manager = Actor{Role: ByManager, ID: 90}
	desk    = Actor{Role: ByDesk, ID: 91}
	people  = []PersonID{"", "", "", "00000000000000000000000000000001", "00000000000000000000000000000002", "00000000000000000000000000000003"}
)

func officer(id OfficerID) Actor { return Actor{Role: ByOfficer, ID: int64(id)} }

// at is a time of the tests' Monday.
func at(hour, minute, second int) Time {
	return calendar.WIB.At(calendar.MustParse("2026-03-02"), hour*3600+minute*60+second)
}

// fewPapers is the catalogue with the papers of two reasons: states are written
// out many times in these tests.
var fewPapers = func() procedure.Catalog {
	c := procedure.Default()
	c.Checklists = slices.DeleteFunc(c.Checklists, func(l procedure.Checklist) bool {
		return l.Reason != procedure.ReasonPHK && l.Reason != procedure.ReasonJKMDeath
	})
	return c
}()

func smallPolicy(t *rapid.T) *Policy {
	p := DefaultPolicy()
	p.Version = 1
	p.UndoS = rapid.SampledFrom([]int{0, 5, 30}).Draw(t, "undo_s")
	p.Seat.ChangeS = rapid.SampledFrom([]int{0, 7, 60}).Draw(t, "change_s")
	p.Group.TurnaroundS = rapid.SampledFrom([]int{0, 40}).Draw(t, "turnaround_s")
	p.Group.Min, p.Group.Target, p.Group.MaxFormWaitS = 1, rapid.IntRange(1, 3).Draw(t, "target"), 60
	p.Group.Max, p.Group.FilesPerSitting = rapid.IntRange(3, 6).Draw(t, "max"), 2
	p.Order.GraceS, p.Order.OvertakeMax = 60, rapid.IntRange(0, 3).Draw(t, "overtake_max")
	p.Order.PapersFirst = rapid.Bool().Draw(t, "papers_first")
	p.Call = CallPolicy{Recalls: 1, RecallGapS: 10, NoShowAfterS: 30, RequeuePositions: 2, RequeueMax: rapid.IntRange(0, 1).Draw(t, "requeue_max")}
	p.Briefing = rapid.SampledFrom([]string{"booth", "live", "shared"}).Draw(t, "briefing")
	p.Mode = rapid.SampledFrom([]Mode{Single, Closed, Rolling}).Draw(t, "mode")
	p.Pooled = rapid.Bool().Draw(t, "pooled")
	p.AutoRefill = rapid.IntRange(0, 3).Draw(t, "auto_refill") > 0
	p.Distance.DistanceMM = rapid.SampledFrom([]int{0, 1000, 1001, 1500}).Draw(t, "distance")
	p.Distance.OccupancyPct = rapid.SampledFrom([]int{50, 100}).Draw(t, "occupancy")
	p.Attention.WaitBoundS = 20
	p.Procedures = fewPapers
	return p
}

func newWorld(t *rapid.T) *world {
	w := &world{t: t, s: New(), now: at(7, 20, 0), numbers: map[string]VisitID{}, called: map[VisitID]bool{}}
	w.mirror = New().Draft()
	w.must(manager, SetPolicy{Version: 1, Policy: smallPolicy(t)})
	for id := OfficerID(1); id <= 3; id++ {
		c := SetOfficer{ID: id, Programmes: []procedure.Programme{}}
		if id == 3 {
			c.Programmes = []procedure.Programme{"JHT"}
		}
		w.must(manager, c)
	}
	w.must(manager, OpenDay{})
	for id := RoomID(1); id <= 3; id++ {
		n := rapid.IntRange(1, 5).Draw(t, "seats")
		c := SetRoom{Room: Room{ID: id, Normal: int16(rapid.SampledFrom([]int{0, 6}).Draw(t, "normal")), Desk: id == 3,
			Mode: rapid.SampledFrom([]Mode{ModeDefault, Single, Closed, Rolling}).Draw(t, "mode")}}
		for i := range n {
			c.Seats = append(c.Seats, SeatPlan{XMM: int32(i * 1000), Accessible: i == n-1})
		}
		w.must(manager, c)
	}
	w.now = rapid.SampledFrom([]Time{at(7, 20, 0), at(7, 30, 0), at(14, 20, 0)}).Draw(t, "start")
	for id := OfficerID(1); id <= 3; id++ {
		w.must(officer(id), SignOn{Officer: id})
	}
	for id := RoomID(1); id <= 3; id++ {
		if rapid.Bool().Draw(t, "staffed") {
			w.must(manager, OpenSession{Room: id, Crew: []OfficerID{OfficerID(id)}})
		}
	}
	return w
}

func (w *world) must(by Actor, c Command) {
	w.t.Helper()
	if err := w.do(by, c); err != nil {
		w.t.Fatalf("%T: %v", c, err)
	}
}

// foreseen holds what is expected of a room's seats to sense.
func (w *world) foreseen(room RoomID) {
	last := SeatNo(0)
	for _, f := range w.s.Finishes(room, w.now) {
		seat := w.s.Seat(room, f.Seat)
		if f.Seat <= last || seat.Visit != f.Visit || !seat.taken() || (f.End != 0 && f.End < w.now) || (f.Officer != 0 && f.Officer < w.now) ||
			(f.End != 0 && f.Officer > f.End) {
			w.t.Fatalf("at %d seat %+v is expected as %+v", w.now, seat, f)
		}
		last = f.Seat
	}
}

// do gives one command and holds everything that must hold of any command.
func (w *world) do(by Actor, c Command) error {
	w.t.Helper()
	if w.sum == "" && !w.light {
		w.sum = Sum(w.s)
	}
	d := w.s.Draft()
	id := CommandID(fmt.Sprint("c", w.records))
	rec, err := d.Do(Stamp{At: w.now, Seed: uint64(w.records) * 7919}, Order{By: by, ID: id, Command: c})
	if !w.light && Sum(w.s) != w.sum {
		w.t.Fatalf("%T changed the published state", c)
	}
	if err != nil {
		var no *Refusal
		if !errors.As(err, &no) && !errors.Is(err, ErrNothing) {
			w.t.Fatalf("%T: neither a refusal nor nothing to do: %v", c, err)
		}
		if no != nil && (no.Code == "" || no.Reason == "" || (no.Class == Invalid && no.Field == "")) {
			w.t.Fatalf("%T: a refusal that helps nobody: %+v", c, no)
		}
		if !w.light && Sum(d.State) != w.sum {
			w.t.Fatalf("%T was refused and left something behind: %v", c, err)
		}
		return err
	}
	old := w.s
	w.s = d.Publish()
	w.records++
	w.last = rec
	if found := Check(w.s); len(found) > 0 {
		w.t.Fatalf("%T %+v: %v", c, c, found)
	}
	w.count(rec)
	for i := range w.s.Floor.Rooms {
		w.foreseen(w.s.Floor.Rooms[i].ID)
	}
	if !w.light {
		w.sum = Sum(w.s)
		w.replays(rec)
		w.undoes(old, rec)
	}
	return nil
}

// replays holds that the encoded record has the same effect as the command.
func (w *world) replays(rec Record) {
	w.t.Helper()
	b, err := Encode(rec)
	if err != nil {
		w.t.Fatal(err)
	}
	back, err := Decode(b)
	if err != nil {
		w.t.Fatalf("%v\n%s", err, b)
	}
	if w.records%7 == 0 {
		snapshot, err := EncodeState(w.mirror.State)
		if err != nil {
			w.t.Fatal(err)
		}
		s, err := DecodeState(snapshot)
		if err != nil {
			w.t.Fatal(err)
		}
		w.mirror = s.Draft()
	}
	if err := w.mirror.Apply(back); err != nil {
		w.t.Fatal(err)
	}
	if Sum(w.mirror.State) != w.sum {
		x, _ := EncodeState(w.mirror.State)
		y, _ := EncodeState(w.s)
		i := 0
		for i < min(len(x), len(y)) && x[i] == y[i] {
			i++
		}
		w.t.Fatalf("record %s differs when replayed:\n%s\n%s", b, x[max(0, i-200):min(len(x), i+100)], y[max(0, i-200):min(len(y), i+100)])
	}
}

// undoes holds that taking the act back at once leaves the floor as it was.
func (w *world) undoes(old *State, rec Record) {
	w.t.Helper()
	if n := len(w.s.Undo); n == 0 || w.s.Undo[n-1].Seq != rec.Seq || !w.s.Floor.Day.Open {
		return
	}
	d := w.s.Draft()
	if _, err := d.Do(Stamp{At: w.now}, Order{By: rec.By, Command: UndoRecord{Seq: rec.Seq}}); err != nil {
		w.t.Fatalf("%v cannot be taken back at once: %v", rec.Events, err)
	}
	if found := Check(d.State); len(found) > 0 {
		w.t.Fatalf("after taking %v back: %v", rec.Events, found)
	}
	if a, b := bare(old), bare(d.State); a != b {
		w.t.Fatalf("taking %+v back left a difference:\n%s\n%s", rec.Events, a, b)
	}
}

// bare is the floor without the markers of records, the list of calls and the
// next claim's id: like a number, an id is never un-issued.
func bare(s *State) string {
	f := s.clone().Floor
	f.Calls, f.NextClaim = nil, 0
	for i := range f.Visits {
		f.Visits[i].Touched = 0
	}
	for i := range f.Claims {
		f.Claims[i].Touched = 0
	}
	for i := range f.Seats {
		f.Seats[i].Touched = 0
	}
	for i := range f.Rooms {
		f.Rooms[i].Touched = 0
	}
	for i := range f.Officers {
		f.Officers[i].Touched = 0
	}
	for i := range f.Sessions {
		f.Sessions[i].Touched = 0
	}
	b, err := json.Marshal(f)
	if err != nil {
		return err.Error()
	}
	return string(b)
}

// count keeps the tests' own books of numbers and calls.
func (w *world) count(rec Record) {
	w.t.Helper()
	if t := rec.Result.Ticket; t != nil {
		k := fmt.Sprint(w.s.Floor.Day.Date, w.s.Floor.Policy.Label(*t))
		if other, twice := w.numbers[k]; twice {
			w.t.Fatalf("number %s was given to visits %d and %d", k, other, rec.Result.Visit)
		}
		w.numbers[k] = rec.Result.Visit
	}
	for _, e := range rec.Events {
		switch e := e.(type) {
		case GroupCalled:
			var seats []SeatNo
			for _, p := range e.Picks {
				if w.called[p.Visit] {
					w.t.Fatalf("visit %d is called twice", p.Visit)
				}
				w.called[p.Visit] = true
				for _, no := range p.Seats {
					if slices.Contains(seats, no) {
						w.t.Fatalf("seat %d of room %d is given twice in one call", no, e.Room)
					}
					seats = append(seats, no)
				}
			}
		case VisitMoved:
			delete(w.called, e.ID)
		case DayClosed:
			clear(w.called)
		case Undone:
			clear(w.called)
			for _, v := range w.s.Floor.Visits {
				if inSession(&v) {
					w.called[v.ID] = true
				}
			}
		}
	}
}

// settleDown ticks while something is due: each tick must do something, and it
// must come to an end.
func (w *world) settleDown() {
	w.t.Helper()
	for range 40 {
		when, ok := w.s.NextWake(w.now)
		if !ok || when > w.now {
			return
		}
		if err := w.do(System, Tick{}); err != nil {
			w.t.Fatalf("something is due at %d, now is %d, and the tick says %v", when, w.now, err)
		}
	}
	w.t.Fatal("the tick finds something to do for ever")
}

// wait lets time pass, tick by tick, as the hall's timer would.
func (w *world) wait(seconds int64) {
	until := w.now + seconds
	for {
		w.settleDown()
		when, ok := w.s.NextWake(w.now)
		if !ok || when > until {
			break
		}
		w.now = max(w.now, when)
	}
	w.now = until
}

func TestTheTestsOwnWorldIsSound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := newWorld(t)
		w.wait(rapid.Int64Range(0, 3600).Draw(t, "wait"))
	})
}
