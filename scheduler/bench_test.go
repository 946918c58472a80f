package scheduler

import (
	"testing"

	"lapak/scheduler/procedure"
)

// BenchmarkFormingThousand is one proposal with 1,000 waiting and 20 rooms.
func BenchmarkFormingThousand(b *testing.B) {
	s := crowd(b, 1000, 20)
	b.Run("propose", func(b *testing.B) {
		for i := 0; b.Loop(); i++ {
			if p := s.Propose(RoomID(i%20+1), s.At); len(p.Picks) == 0 {
				b.Fatal("nobody to call")
			}
		}
	})
	b.Run("nobody may come", func(b *testing.B) {
		for i := 0; b.Loop(); i++ {
			if p := s.Propose(RoomID(i%20+1), at(14, 50, 0)); len(p.Picks) != 0 {
				b.Fatal("called too late")
			}
		}
	})
	b.Run("wake", func(b *testing.B) {
		for b.Loop() {
			s.NextWake(s.At)
		}
	})
	b.Run("draft", func(b *testing.B) {
		for b.Loop() {
			s.Draft()
		}
	})
}

// crowd is a branch with so many waiting, one in five a party, and so many
// rooms whose first half has just been called.
func crowd(b testing.TB, visits, rooms int) *State {
	d := New().Draft()
	now := at(7, 40, 0)
	do := func(by Actor, c Command) {
		b.Helper()
		if _, err := d.Do(Stamp{At: now}, Order{By: by, Command: c}); err != nil {
			b.Fatalf("%T: %v", c, err)
		}
	}
	p := *DefaultPolicy()
	p.Distance.DistanceMM, p.Distance.TogetherMM = 1000, 1500
	do(manager, SetPolicy{Version: 1, Policy: &p})
	do(manager, OpenDay{})
	for i := range visits {
		now = at(7, 40, 0) + int64(i)
		c := Arrive{Persons: 1, Claims: []NewClaim{{Programme: "JHT", Reason: "jht_phk"}}, Papers: PapersReady}
		if i%5 == 4 {
			c.Persons = 2 + i%3
		}
		do(desk, c)
	}
	for id := RoomID(1); id <= RoomID(rooms); id++ {
		c := SetRoom{Room: Room{ID: id}}
		for i := range 12 {
			c.Seats = append(c.Seats, SeatPlan{XMM: int32(i%4) * 1200, YMM: int32(i/4) * 1200, Accessible: i == 11})
		}
		do(manager, c)
		do(manager, SetOfficer{ID: OfficerID(id)})
		do(officer(OfficerID(id)), SignOn{Officer: OfficerID(id)})
		do(officer(OfficerID(id)), OpenSession{Room: id, Crew: []OfficerID{OfficerID(id)}})
	}
	return d.Publish()
}

// clerk drives one day with fixed times: arrivals, the way to the seat, the
// visitors' own steps and the officers' work.
type clerk struct {
	b    testing.TB
	d    *Draft
	now  Time
	log  [][]byte
	keep bool
}

func (k *clerk) do(by Actor, c Command) bool {
	rec, err := k.d.Do(Stamp{At: k.now}, Order{By: by, Command: c})
	if err != nil {
		return false
	}
	if k.keep {
		line, err := Encode(rec)
		if err != nil {
			k.b.Fatal(err)
		}
		k.log = append(k.log, line)
	}
	return true
}

func (k *clerk) tick() {
	for {
		when, ok := k.d.NextWake(k.now)
		if !ok || when > k.now || !k.do(System, Tick{}) {
			return
		}
	}
}

// day runs a day of 300 visits in four rooms of six seats and returns how many
// claims were settled.
func (k *clerk) day() int {
	k.do(manager, OpenDay{})
	for id := OfficerID(1); id <= 4; id++ {
		k.do(officer(id), SignOn{Officer: id})
		k.do(officer(id), OpenSession{Room: RoomID(id), Crew: []OfficerID{id}})
	}
	open, end := k.now, k.now+int64(7*3600+1800)
	came := 0
	for ; k.now < end; k.now += 15 {
		for came < 300 && k.now >= open+int64(came*80) {
			k.do(desk, Arrive{Persons: 1 + came%7/6, Claims: []NewClaim{{Programme: "JHT", Reason: "jht_phk"}}, Papers: PapersReady})
			came++
		}
		k.tick()
		for i := range k.d.Floor.Sessions {
			if ses := &k.d.Floor.Sessions[i]; ses.State == Forming {
				k.do(officer(ses.Crew[0]), CallGroup{Room: ses.Room})
			}
		}
		k.seats()
		for id := OfficerID(1); id <= 4; id++ {
			k.officer(id)
		}
	}
	settled := k.d.DayTotals().Settled
	k.do(manager, CloseDay{Force: true})
	return settled
}

func (k *clerk) seats() {
	for i := range k.d.Floor.Seats {
		seat := &k.d.Floor.Seats[i]
		switch {
		case seat.State == SeatExpected && k.now-seat.Since > 60:
			k.do(officer(OfficerID(seat.Room)), SeatVisit{Visit: seat.Visit})
		case seat.State == SeatPreparing:
			if step, _ := k.d.Floor.stepOf(k.d.Claim(seat.Claim)); k.now-seat.Since >= int64(step.MeanS) {
				k.do(Actor{Role: ByBooth, ID: 1}, SeatReadyNow{Room: seat.Room, No: seat.No})
			}
		}
	}
}

func (k *clerk) officer(id OfficerID) {
	o := k.d.Officer(id)
	if o.WithRoom == 0 {
		k.do(officer(id), Take{Officer: id})
		return
	}
	c := k.d.Claim(k.d.Seat(o.WithRoom, o.WithSeat).Claim)
	step, more := k.d.Floor.stepOf(c)
	switch {
	case k.now-o.WithSince < int64(step.MeanS):
	case !more || step.Code == procedure.StepClose:
		k.do(officer(id), Settle{Claim: c.ID, Outcome: Approved})
	default:
		k.do(officer(id), FinishStep{Officer: id})
	}
}

func newClerk(b testing.TB, keep bool) *clerk {
	k := &clerk{b: b, d: New().Draft(), now: at(7, 30, 0), keep: keep}
	for id := RoomID(1); id <= 4; id++ {
		c := SetRoom{Room: Room{ID: id}}
		for i := range 6 {
			c.Seats = append(c.Seats, SeatPlan{XMM: int32(i%3) * 1500, YMM: int32(i/3) * 1500, Accessible: i == 5})
		}
		k.do(manager, c)
		k.do(manager, SetOfficer{ID: OfficerID(id)})
	}
	p := *DefaultPolicy()
	p.Distance.TogetherMM = 1500
	k.do(manager, SetPolicy{Version: 1, Policy: &p})
	return k
}

// TestADayOf300 keeps the benchmark's day honest: it is a whole day's work.
func TestADayOf300(t *testing.T) {
	k := newClerk(t, false)
	if n := k.day(); n < 240 {
		t.Fatalf("only %d of 300 claims were settled", n)
	}
	if found := Check(k.d.State); len(found) > 0 {
		t.Fatal(found)
	}
}

func BenchmarkDay300(b *testing.B) {
	for b.Loop() {
		k := newClerk(b, false)
		b.ReportMetric(float64(k.day()), "settled")
		b.ReportMetric(float64(k.d.Seq), "records")
	}
}

// BenchmarkReplayYear reads and applies the records of days as they would
// stand in a journal; 250 of these days are a year.
func BenchmarkReplayYear(b *testing.B) {
	k := newClerk(b, true)
	for range 5 {
		k.day()
		k.now += 16*3600 + 1800 // to 07:30 of the next day
	}
	if n := k.d.Floor.Day.Number; n != 5 {
		b.Fatalf("%d days were opened", n)
	}
	b.ResetTimer()
	for b.Loop() {
		d := New().Draft()
		for _, line := range k.log {
			rec, err := Decode(line)
			if err != nil {
				b.Fatal(err)
			}
			if err := d.Apply(rec); err != nil {
				b.Fatal(err)
			}
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(len(k.log)), "ns/record")
	b.ReportMetric(float64(len(k.log))/5, "records/day")
}
