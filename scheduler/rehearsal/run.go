package rehearsal

import (
	"errors"
	"fmt"

	"lapak/scheduler"
	"lapak/scheduler/rehearsal/dice"
	"lapak/scheduler/rehearsal/measure"
)

// Options say how closely a day is watched.
type Options struct {
	Keep       bool  // keep the records
	CheckEvery int64 // check the whole state after so many records; 0: at the end only
	Crashes    int   // at so many places, rebuild the state from the journal and go on with it; implies Keep
	Strict     bool  // count overtakes independently and hold the bound; asks for no mischief that changes order or rooms
}

// Day is a rehearsed day.
type Day struct {
	State    *scheduler.State
	Sum      string // of the state
	Totals   scheduler.Totals
	Records  []scheduler.Record // with Options.Keep
	Count    int64              // records of the whole run
	Refused  int                // orders that the branch refused
	Problems []string           // what must never be, found on the way: none in a sound branch
}

// maxProblems bounds the list: the first few tell.
const maxProblems = 20

// run is one day under way.
type run struct {
	w       *World
	d       *scheduler.Draft
	o       Options
	day     Day
	base    *scheduler.State // before the first record
	passed  measure.Overtakes
	end     scheduler.Time              // the run stops here; 0: when the day is over
	seen    func(scheduler.Time)        // is shown the state before each record; may be nil
	called  func(scheduler.GroupCalled) // is shown each call; may be nil
	wokenAt int64                       // the seq at which the next deadline was asked
	wakes   scheduler.Time
	wakeDue bool
	given   func(scheduler.Order) // is shown each order; may be nil
	fail    func() error          // keeps an order from being decided; may be nil
	setup   []scheduler.Order     // furnishes the branch
}

func newRun(c Config, o Options) *run {
	o.Keep = o.Keep || o.Crashes > 0
	w := NewWorld(c)
	return &run{w: w, d: scheduler.New().Draft(), o: o, base: scheduler.New(), setup: w.Setup()}
}

// Run rehearses a whole day in place.
func Run(c Config, o Options) Day {
	r := newRun(c, o)
	r.all()
	s := r.d.State
	r.check()
	r.day.State, r.day.Sum, r.day.Totals, r.day.Count = s, scheduler.Sum(s), s.DayTotals(), s.Seq
	return r.day
}

// all goes on until the end; with r.end it can be called again.
func (r *run) all() {
	crash := r.crashes()
	now := max(r.w.Begins(), r.d.At)
	for _, o := range r.setup {
		if _, err := r.do(now, o); err != nil {
			r.say("the branch cannot be furnished: %v", err)
			return
		}
	}
	r.setup = nil
	state, do := r.state, Do(r.do)
	for stuck := 0; stuck < maxTicks; stuck++ {
		next, ok := r.w.Next()
		if wake, due := r.wake(now); due && (!ok || wake < next) {
			next, ok = wake, true
		}
		if !ok || (r.end != 0 && next >= r.end) {
			return
		}
		if next > now {
			now, stuck = next, 0
		}
		r.tick(now)
		r.w.Step(now, state, do)
		for len(crash) > 0 && r.d.Seq >= crash[0] {
			crash = crash[1:]
			r.crash()
		}
	}
	r.say("at %d the day does not go on", now)
}

// wake is the rules' next deadline. It is asked anew only when the state has
// changed, or when a deadline has passed with nothing to do.
func (r *run) wake(now scheduler.Time) (scheduler.Time, bool) {
	if r.d.Seq != r.wokenAt {
		r.wokenAt = r.d.Seq
		r.wakes, r.wakeDue = r.d.NextWake(now)
	}
	return r.wakes, r.wakeDue
}

func (r *run) state() *scheduler.State { return r.d.State }

// maxTicks bounds the ticks of one moment; more means that a tick leaves
// something due that the next one cannot do either.
const maxTicks = 100

func (r *run) tick(now scheduler.Time) {
	for range maxTicks {
		if wake, ok := r.wake(now); !ok || wake > now {
			return
		}
		_, err := r.do(now, scheduler.Order{By: scheduler.System, Command: scheduler.Tick{}})
		if err == nil {
			continue
		}
		r.wokenAt = -1 // a deadline may be a moment to look again: then it must be over now
		if wake, ok := r.wake(now); ok && wake <= now {
			r.say("at %d something is due, and the tick says: %v", now, err)
			r.wakeDue = false
			return
		}
	}
	r.say("at %d the ticks do not come to an end", now)
}

// do gives the order to the draft and watches what it became.
func (r *run) do(at scheduler.Time, o scheduler.Order) (scheduler.Record, error) {
	if r.given != nil {
		r.given(o)
	}
	if r.fail != nil && o.By != scheduler.System && len(r.setup) == 0 {
		if err := r.fail(); err != nil {
			return scheduler.Record{}, err
		}
	}
	seq := r.d.Seq
	if r.seen != nil {
		r.seen(max(at, r.d.At))
	}
	rec, err := r.d.Do(scheduler.Stamp{At: at, Seed: r.w.seedOf(seq)}, o)
	if err != nil {
		var refusal *scheduler.Refusal
		if !errors.As(err, &refusal) && !errors.Is(err, scheduler.ErrNothing) {
			r.say("%T is neither done nor refused: %v", o.Command, err)
		}
		if r.d.Seq != seq {
			r.say("%T was refused and left record %d", o.Command, r.d.Seq)
		}
		r.day.Refused++
		return rec, err
	}
	if r.o.Keep {
		r.day.Records = append(r.day.Records, rec)
	}
	if r.called != nil {
		for _, e := range rec.Events {
			if c, ok := e.(scheduler.GroupCalled); ok {
				r.called(c)
			}
		}
	}
	if r.o.Strict {
		for _, p := range r.passed.Add(r.d.State, &rec, r.w.close) {
			r.say("%s", p)
		}
	}
	if r.o.CheckEvery > 0 && rec.Seq%r.o.CheckEvery == 0 {
		r.check()
	}
	return rec, nil
}

func (r *run) check() {
	for _, p := range scheduler.Check(r.d.State) {
		r.say("after record %d: %s", r.d.Seq, p)
	}
}

func (r *run) say(format string, args ...any) {
	if len(r.day.Problems) < maxProblems {
		r.day.Problems = append(r.day.Problems, fmt.Sprintf(format, args...))
	}
}

// crashes draws the seqs after which the program is killed.
func (r *run) crashes() []int64 {
	list := make([]int64, r.o.Crashes)
	at := int64(0)
	for i := range list {
		d := dice.Roll(r.w.c.Seed, dice.ForSeed, int64(i), 1)
		at += d.Between(1, 20*int64(r.w.c.Visits)/int64(r.o.Crashes))
		list[i] = at
	}
	return list
}

// crash rebuilds the state as a start would, from what the journal keeps:
// either every record, or a snapshot. Both must be the state that was lost.
func (r *run) crash() {
	want := scheduler.Sum(r.d.State)
	records := make([]scheduler.Record, len(r.day.Records))
	for i, rec := range r.day.Records {
		b, err := scheduler.Encode(rec)
		if err != nil {
			r.say("record %d cannot be written: %v", rec.Seq, err)
			return
		}
		if records[i], err = scheduler.Decode(b); err != nil {
			r.say("record %d cannot be read: %v", rec.Seq, err)
			return
		}
	}
	s, err := scheduler.Replay(r.base, records)
	if err != nil {
		r.say("the journal cannot be replayed: %v", err)
		return
	}
	if got := scheduler.Sum(s); got != want {
		r.say("replayed up to record %d the state is another one", r.d.Seq)
	}
	b, err := scheduler.EncodeState(s)
	if err != nil {
		r.say("the snapshot cannot be written: %v", err)
		return
	}
	if s, err = scheduler.DecodeState(b); err != nil {
		r.say("the snapshot cannot be read: %v", err)
		return
	}
	if got := scheduler.Sum(s); got != want {
		r.say("the snapshot at record %d is another state", r.d.Seq)
	}
	r.d = s.Draft()
}

// Furnished is the branch as the configuration furnishes it, before anybody
// comes. The error is the rules' refusal of a policy, a room or an officer.
func Furnished(c Config) (*scheduler.State, error) {
	w := NewWorld(c)
	d := scheduler.New().Draft()
	for _, o := range w.Setup() {
		if _, err := d.Do(scheduler.Stamp{At: w.Begins()}, o); err != nil {
			return nil, err
		}
	}
	return d.Publish(), nil
}
