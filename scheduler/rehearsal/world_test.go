package rehearsal

import (
	"errors"
	"testing"

	"lapak/scheduler"
	"lapak/scheduler/rehearsal/dice"
)

// morning runs a day until three hours after opening.
func morning(t *testing.T, c Config) *run {
	t.Helper()
	r := newRun(c, Options{})
	r.end = r.w.Opens() + 3*hourS
	r.all()
	if len(r.day.Problems) > 0 {
		t.Fatal(r.day.Problems)
	}
	return r
}

// copied returns a deep copy of a state that may be damaged.
func copied(t *testing.T, s *scheduler.State) *scheduler.State {
	t.Helper()
	b, err := scheduler.EncodeState(s)
	if err != nil {
		t.Fatal(err)
	}
	c, err := scheduler.DecodeState(b)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// The checks of a rehearsal are worth something only if they can fail.
func TestCheckSeesDamage(t *testing.T) {
	s := morning(t, Surge(3)).d.State
	seated := -1
	for i := range s.Floor.Seats {
		if s.Floor.Seats[i].State == scheduler.SeatPreparing {
			seated = i
		}
	}
	if seated < 0 {
		t.Fatal("nobody sits in the middle of a surge day")
	}
	damage := map[string]func(*scheduler.State){
		"a visit on two seats": func(s *scheduler.State) {
			for i := range s.Floor.Seats {
				if s.Floor.Seats[i].State == scheduler.SeatCleaning || s.Floor.Seats[i].State == scheduler.SeatFree {
					s.Floor.Seats[i].State, s.Floor.Seats[i].Visit = scheduler.SeatPreparing, s.Floor.Seats[seated].Visit
					return
				}
			}
			s.Floor.Seats[(seated+1)%len(s.Floor.Seats)].Visit = s.Floor.Seats[seated].Visit
		},
		"a seat without its visit": func(s *scheduler.State) { s.Floor.Seats[seated].Visit = 0 },
		"a visit without its seat": func(s *scheduler.State) { s.Floor.Seats[seated].State = scheduler.SeatFree },
		"a number twice":           func(s *scheduler.State) { s.Floor.Visits[1].Ticket = s.Floor.Visits[0].Ticket },
		"a number never given":     func(s *scheduler.State) { s.Floor.LastNo = [3]int32{} },
		"an overtaken visit":       func(s *scheduler.State) { s.Floor.Visits[0].Overtaken = 100 },
		"a session nobody knows":   func(s *scheduler.State) { s.Floor.Rooms[0].Session = 9999 },
		"visits out of order": func(s *scheduler.State) {
			v := s.Floor.Visits
			v[0], v[1] = v[1], v[0]
		},
		"seats moved together": func(s *scheduler.State) {
			for i := range s.Floor.Seats {
				s.Floor.Seats[i].XMM, s.Floor.Seats[i].YMM = int32(i), 0
			}
		},
		"a dossier lost": func(s *scheduler.State) { s.Dossiers = s.Dossiers[1:] },
	}
	for name, harm := range damage {
		c := copied(t, s)
		if found := scheduler.Check(c); len(found) > 0 {
			t.Fatalf("the copy is not sound: %v", found)
		}
		harm(c)
		if len(scheduler.Check(c)) == 0 {
			t.Errorf("%s: the check sees nothing", name)
		}
	}
}

// A replay that has lost one record must not pass for the same day.
func TestReplaySeesALostRecord(t *testing.T) {
	day := Run(Small(2), Options{Keep: true})
	for i := 40; i < len(day.Records); i += 97 {
		cut := append(append([]scheduler.Record(nil), day.Records[:i]...), day.Records[i+1:]...)
		if _, err := scheduler.Replay(scheduler.New(), cut); err == nil {
			t.Errorf("record %d is missing and the replay is content", i+1)
		}
	}
}

func TestTakenOverRoomIsLeftAlone(t *testing.T) {
	r := newRun(Surge(5), Options{})
	taken, during, after := false, 0, 0
	r.given = func(o scheduler.Order) {
		if o.By != officer(101) {
			return
		}
		if taken {
			during++
		} else if r.w.Taken(1) == false && r.d.At > r.w.Opens()+2*hourS {
			after++
		}
	}
	r.end = r.w.Opens() + hourS
	r.all()
	r.w.TakeOver(1)
	taken = true
	ready := r.d.Attention(101, r.d.At)
	r.end = r.w.Opens() + 2*hourS
	r.all()
	if during != 0 {
		t.Errorf("the world acted %d times for the officer whom a person plays", during)
	}
	if later := r.d.Attention(101, r.d.At); len(later) <= len(ready) && len(later) == 0 {
		t.Error("the visitors of the taken room did not go on: nobody waits for its officer")
	}
	r.w.Release(1)
	taken, r.end = false, 0
	r.all()
	if after == 0 {
		t.Error("the officer did not go on after the room was given back")
	}
	if len(r.day.Problems) > 0 || r.d.Floor.Day.Open {
		t.Error(r.day.Problems, r.d.Floor.Day.Open)
	}
}

// A branch whose disk is full now and then, or that is busy, must not stop the
// people: they try again.
func TestWorldGoesOnWhenTheBranchFails(t *testing.T) {
	for seed := range uint64(10) {
		r := newRun(Small(seed), Options{CheckEvery: 50})
		broken := errors.New("the disk is full")
		n := 0
		r.fail = func() error {
			d := dice.Roll(seed, dice.ForSeed, int64(n), 9)
			n++
			if d.Pct(10) || (n > 400 && n < 450) {
				return broken
			}
			return nil
		}
		r.all()
		if len(r.day.Problems) > 0 || r.d.Floor.Day.Open {
			t.Errorf("seed %d: open %v, %v", seed, r.d.Floor.Day.Open, r.day.Problems)
		}
		if got := r.d.DayTotals(); got.Settled < 10 {
			t.Errorf("seed %d: only %d claims settled", seed, got.Settled)
		}
	}
}

// A world must survive a branch that it does not know: nothing furnished, or
// furnished otherwise.
func TestWorldInAStrangeBranch(t *testing.T) {
	for _, keep := range []int{0, 1, 3} {
		r := newRun(Small(7), Options{})
		r.setup = r.setup[:keep]
		r.all()
		if len(r.day.Problems) > 0 || !r.w.Over() {
			t.Errorf("%d orders of the furniture: over %v, %v", keep, r.w.Over(), r.day.Problems)
		}
	}
}

func TestSurgeIsTheDayThatTheBranchKnows(t *testing.T) {
	c := Surge(11)
	w := NewWorld(c)
	early, byChannel, jht := 0, [3]int{}, 0
	for _, g := range w.guests {
		if g.At < w.Opens()+lateS {
			early++
		}
		byChannel[g.Channel]++
		if g.Claims[0].Programme == "JHT" {
			jht++
		}
	}
	if len(w.guests) != 300 || early < 70 || early > 115 {
		t.Errorf("%d visits, %d of them around opening; 300 and about 90 are wanted", len(w.guests), early)
	}
	for channel, n := range byChannel {
		if n < 15 {
			t.Errorf("channel %d brings %d visits only", channel, n)
		}
	}
	if jht < 240 {
		t.Errorf("%d of 300 claim under JHT; most should", jht)
	}
	for i, want := range []int{6, 6, 5, 4} {
		if c.Rooms[i].Booths != want {
			t.Errorf("room %d has %d booths", i+1, c.Rooms[i].Booths)
		}
	}
}

// Whoever has played an officer may leave a paper marked missing: the officer that the
// world plays returns the claim, and does not ask for an approval that is refused.
func TestAClaimThatLacksAPaperIsReturned(t *testing.T) {
	r := newRun(Surge(5), Options{Keep: true})
	r.end = r.w.Opens() + 3*hourS
	r.all()
	lacks := map[scheduler.ClaimID]bool{}
	for i := range r.d.Floor.Seats {
		c := r.d.Claim(r.d.Floor.Seats[i].Claim)
		if c == nil || required(r.d.State, c) == "" {
			continue
		}
		mark := scheduler.MarkPaper{Claim: c.ID, Doc: required(r.d.State, c), Mark: scheduler.Missing}
		if _, err := r.do(r.d.At, scheduler.Order{By: scheduler.Actor{Role: scheduler.ByManager}, Command: mark}); err != nil {
			t.Fatal(err)
		}
		lacks[c.ID] = true
	}
	r.end = 0
	r.all()
	if len(lacks) == 0 || len(r.day.Problems) > 0 || r.d.Floor.Day.Open {
		t.Fatal(len(lacks), r.day.Problems, r.d.Floor.Day.Open)
	}
	for _, rec := range r.day.Records {
		for _, e := range rec.Events {
			if e, ok := e.(scheduler.ClaimSettled); ok && lacks[e.Claim] {
				delete(lacks, e.Claim)
				if e.Outcome == scheduler.Approved {
					t.Errorf("claim %d is approved without its papers", e.Claim)
				}
			}
		}
	}
	if len(lacks) > 0 {
		t.Errorf("the claims %v never had an outcome", lacks)
	}
}
