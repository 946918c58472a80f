package learning

import (
	"fmt"
	"math"
	"os"
	"reflect"
	"strconv"
	"testing"

	"lapak/scheduler"
	"lapak/scheduler/procedure"
	"lapak/scheduler/rehearsal"
)

// branch is a rehearsed branch that works day after day on one state.
type branch struct {
	t     testing.TB
	d     *scheduler.Draft
	days  int
	seed  uint64
	truth *procedure.Times
	visit int
	bad   rehearsal.Mischief
	feed  func(scheduler.Record)
	end   func() // after each day
}

// day rehearses one working day.
func (b *branch) day() {
	c := rehearsal.Surge(b.seed*1000 + uint64(b.days))
	c.Visits, c.Mischief, c.Truth = b.visit, b.bad, b.truth
	cal := c.Policy.Calendar
	for range b.days {
		c.Date, _ = cal.NextOpenDay(c.Date)
	}
	w := rehearsal.NewWorld(c)
	now := w.Begins()
	do := func(at scheduler.Time, o scheduler.Order) (scheduler.Record, error) {
		rec, err := b.d.Do(scheduler.Stamp{At: at, Seed: b.seed + uint64(b.d.Seq)}, o)
		if err == nil {
			b.feed(rec)
		}
		return rec, err
	}
	if b.days == 0 {
		for _, o := range w.Setup() {
			if _, err := do(now, o); err != nil {
				b.t.Fatalf("%T: %v", o.Command, err)
			}
		}
	}
	for stuck := 0; stuck < 1000; stuck++ {
		next, ok := w.Next()
		if wake, due := b.d.NextWake(now); due && (!ok || wake < next) {
			next, ok = wake, true
		}
		if !ok {
			break
		}
		if next > now {
			now, stuck = next, 0
		}
		if wake, due := b.d.NextWake(now); due && wake <= now {
			_, _ = do(now, scheduler.Order{By: scheduler.System, Command: scheduler.Tick{}})
		}
		w.Step(now, func() *scheduler.State { return b.d.State }, do)
	}
	if b.d.Floor.Day.Open {
		b.t.Fatalf("day %d does not end", b.days)
	}
	b.days++
	if b.end != nil {
		b.end()
	}
}

func newBranch(t testing.TB, seed uint64) (*branch, *Learner) {
	b := &branch{t: t, d: scheduler.New().Draft(), seed: seed, visit: 150, bad: rehearsal.Careless}
	l := New(scheduler.New())
	b.feed = func(rec scheduler.Record) {
		if err := l.Feed(rec); err != nil {
			t.Fatal(err)
		}
	}
	return b, l
}

// factor is a truth that is so many percent of the catalogue, by step, with
// officer 101 at officerPct of the others.
func factor(pct func(procedure.Programme, procedure.Step) int, officerPct int) *procedure.Times {
	truth := &procedure.Times{}
	for _, p := range procedure.Default().Procedures {
		for _, s := range p.Steps {
			mean := s.MeanS * pct(p.Programme, s) / 100
			truth.Steps = append(truth.Steps, procedure.StepTime{Programme: p.Programme, Step: s.Code, MeanS: mean, CvPct: s.CvPct})
			if s.Who == procedure.Officer {
				truth.Steps = append(truth.Steps, procedure.StepTime{Programme: p.Programme, Step: s.Code, Officer: 101, MeanS: mean * officerPct / 100, CvPct: s.CvPct})
			}
		}
	}
	truth.Sort()
	return truth
}

// off is by how many percent the learned means miss the truth: the mean of the
// JHT steps of the officers other than 101, and of 101's own.
func off(l *Learner, truth *procedure.Times) (others, own float64, worst string) {
	told, n, most := l.Daily(), 0.0, 0.0
	p, _ := procedure.Default().Procedure(procedure.JHT)
	for _, step := range p.Steps {
		for _, id := range []int64{102, 101} {
			want := truth.Step(procedure.JHT, step, id).MeanS
			got := told.Step(procedure.JHT, step, id).MeanS
			miss := 100 * (float64(got)/float64(want) - 1)
			if math.Abs(miss) > most {
				most, worst = math.Abs(miss), fmt.Sprintf("%s by %d: %d s, %d s is right", step.Code, id, got, want)
			}
			if id == 102 {
				others += math.Abs(miss)
				n++
			} else {
				own += math.Abs(miss)
			}
		}
	}
	return others / n, own / n, worst
}

func uneven(_ procedure.Programme, s procedure.Step) int {
	return map[procedure.StepCode]int{procedure.StepForm: 130, procedure.StepVerify: 70, procedure.StepClose: 150}[s.Code] +
		map[bool]int{true: 100}[s.Code != procedure.StepForm && s.Code != procedure.StepVerify && s.Code != procedure.StepClose]
}

// quarterLonger is a truth that is 125 percent of another.
func quarterLonger(pct func(procedure.Programme, procedure.Step) int) func(procedure.Programme, procedure.Step) int {
	return func(p procedure.Programme, s procedure.Step) int { return pct(p, s) * 125 / 100 }
}

// seeds is how many branches a test rehearses: two, or more when asked.
func seeds() uint64 {
	n, err := strconv.Atoi(os.Getenv("LAPAK_SEEDS"))
	if err != nil {
		return 2
	}
	return uint64(n)
}

// What the tests hold the learned means to: the mean miss over the steps of
// the largest programme, in percent, and that of any one figure. Twenty days
// leave about 2 percent of noise; a quarter longer is 20 percent to catch up.
const (
	maxMiss  = 4.0
	maxWorst = 20.0
)

func TestTwentyDaysTeachTheTruth(t *testing.T) {
	for seed := range seeds() {
		b, l := newBranch(t, seed+1)
		b.truth = factor(uneven, 130)
		for b.days < 20 {
			b.day()
		}
		others, own, worst := off(l, b.truth)
		t.Logf("seed %d: after 20 days %.1f %% off, the slow officer %.1f %%, worst %s", seed, others, own, worst)
		if others > maxMiss || own > maxMiss {
			t.Errorf("seed %d: %.1f %% and %.1f %% off, worst %s", seed, others, own, worst)
		}
		b.truth = factor(quarterLonger(uneven), 130)
		for b.days < 23 {
			b.day()
		}
		others, own, worst = off(l, b.truth)
		t.Logf("seed %d: three days after a quarter longer %.1f %% off, the slow officer %.1f %%, worst %s", seed, others, own, worst)
		if others > maxMiss+1 || own > maxMiss+1 {
			t.Errorf("seed %d: after the jump %.1f %% and %.1f %% off, worst %s", seed, others, own, worst)
		}
	}
}

// TestInterruptionsDoNotBendTheTimes plays days full of help, aborts, hand-overs
// and corrections of the clock. Long steps are the more likely to be cut, so
// leaving those out would make everything look shorter.
func TestInterruptionsDoNotBendTheTimes(t *testing.T) {
	b, l := newBranch(t, 9)
	b.bad, b.truth = rehearsal.Rough, factor(uneven, 130)
	for b.days < 20 {
		b.day()
	}
	others, own, worst := off(l, b.truth)
	t.Logf("%.1f %% off, the slow officer %.1f %%, worst %s; %v", others, own, worst, l.Report(b.d.At).Excused)
	if n := l.Report(b.d.At).Excused["clock_corrected"]; n < 100 || others > maxMiss || own > maxMiss {
		t.Errorf("%.1f %% and %.1f %% off, worst %s, with %d steps cut by the clock", others, own, worst, n)
	}
}

func TestOneStepThatChangesIsFollowedAlone(t *testing.T) {
	b, l := newBranch(t, 5)
	b.truth = factor(uneven, 100)
	for b.days < 12 {
		b.day()
	}
	before := l.Daily()
	longer := func(p procedure.Programme, s procedure.Step) int {
		if s.Code == procedure.StepForm {
			return uneven(p, s) * 140 / 100
		}
		return uneven(p, s)
	}
	b.truth = factor(longer, 100)
	for b.days < 15 {
		b.day()
	}
	after := l.Daily()
	p, _ := procedure.Default().Procedure(procedure.JHT)
	for _, step := range p.Steps {
		was, is, right := before.Step(p.Programme, step, 0).MeanS, after.Step(p.Programme, step, 0).MeanS, b.truth.Step(p.Programme, step, 0).MeanS
		if miss := 100 * math.Abs(float64(is)/float64(right)-1); miss > 9 {
			t.Errorf("%s: %d s, then %d s, and %d s is right", step.Code, was, is, right)
		}
	}
}

// TestTodaysDrift compares an ordinary day with one on which everything takes
// a quarter longer, at eleven and twenty minutes after the doors open, when
// only the short ones are finished.
func TestTodaysDrift(t *testing.T) {
	// pace reads the visitors' drift when a day is so many seconds old.
	pace := func(b *branch, l *Learner, seconds ...int) (pct []float64) {
		feed := b.feed
		defer func() { b.feed = feed }()
		b.feed = func(rec scheduler.Record) {
			feed(rec)
			f := &l.d.Floor
			if len(seconds) > 0 && f.Day.Open && rec.At >= f.Policy.Calendar.Zone.At(f.Day.Date, seconds[0]) {
				pct, seconds = append(pct, 100*math.Exp(l.drift(rec.At).pace[paceVisitor])), seconds[1:]
			}
		}
		b.day()
		return pct
	}
	const early, late = 7*3600 + 50*60, 11*3600 + 25*60
	var ordinary [2]float64
	var slow float64
	for seed := range uint64(4) {
		b, l := newBranch(t, seed+10)
		for b.days < 5 {
			b.day()
		}
		for i, pct := range pace(b, l, early, late) {
			ordinary[i] += pct / 4
		}
		b.truth = factor(func(procedure.Programme, procedure.Step) int { return 125 }, 100)
		slow += pace(b, l, late)[0] / 4
	}
	t.Logf("an ordinary day is seen as %.1f %% at 07:50 and %.1f %% at 11:25, a day of 125 %% as %.1f %% at 11:25", ordinary[0], ordinary[1], slow)
	if math.Abs(ordinary[0]-100) > 3 || math.Abs(ordinary[1]-100) > 5 || slow < 115 || slow > 130 {
		t.Errorf("drift %.1f and %.1f %% of an ordinary day, %.1f %% of a slow one", ordinary[0], ordinary[1], slow)
	}
}

func TestACrashAnywhereChangesNothing(t *testing.T) {
	b, l := newBranch(t, 7)
	b.bad, b.visit = rehearsal.Rough, 60
	other := New(scheduler.New())
	feed, n := b.feed, 0
	b.feed = func(rec scheduler.Record) {
		feed(rec)
		wire, err := scheduler.Encode(rec)
		if err != nil {
			t.Fatal(err)
		}
		again, err := scheduler.Decode(wire)
		if err != nil {
			t.Fatal(err)
		}
		if err := other.Feed(again); err != nil {
			t.Fatal(err)
		}
		if n++; n%17 != 0 {
			return
		}
		bytes, err := other.Encode()
		if err != nil {
			t.Fatal(err)
		}
		if other, err = Restore(bytes, b.d.State); err != nil {
			t.Fatal(err)
		}
	}
	for b.days < 4 {
		b.day()
	}
	one, _ := l.Encode()
	two, _ := other.Encode()
	if string(one) != string(two) {
		t.Errorf("another Learner after crashes:\n%s\n%s", one, two)
	}
	if len(one) > 64<<10 {
		t.Errorf("%d bytes after %d days", len(one), b.days)
	}
	now := b.d.At
	if a, c := l.Now(now), other.Now(now); !reflect.DeepEqual(a, c) || a.Validate() != nil || a.Fits(b.d.Floor.Policy.Procedures) != nil {
		t.Errorf("%v %v", a, c)
	}
	if daily := l.Daily(); daily.Validate() != nil || daily.Fits(b.d.Floor.Policy.Procedures) != nil {
		t.Errorf("what was learned does not fit: %v", daily)
	}
}

// BenchmarkFeed is the cost of one record, beside that of the rules, which
// decide it, and of the replica alone, which applies it.
func BenchmarkFeed(b *testing.B) {
	br, _ := newBranch(b, 3)
	var records []scheduler.Record
	br.feed = func(rec scheduler.Record) { records = append(records, rec) }
	br.visit = 300
	br.day()
	perRecord := func(b *testing.B) {
		b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(len(records)), "ns/record")
	}
	b.Run("apply", func(b *testing.B) {
		for b.Loop() {
			if _, err := scheduler.Replay(scheduler.New(), records); err != nil {
				b.Fatal(err)
			}
		}
		perRecord(b)
	})
	b.Run("learn", func(b *testing.B) {
		for b.Loop() {
			l := New(scheduler.New())
			for _, rec := range records {
				if err := l.Feed(rec); err != nil {
					b.Fatal(err)
				}
			}
		}
		perRecord(b)
	})
	b.Run("now", func(b *testing.B) {
		l := New(scheduler.New())
		for _, rec := range records[:len(records)/2] {
			if err := l.Feed(rec); err != nil {
				b.Fatal(err)
			}
		}
		for b.Loop() {
			l.Now(l.d.At)
		}
	})
	b.Run("encode", func(b *testing.B) {
		l := New(scheduler.New())
		for _, rec := range records {
			if err := l.Feed(rec); err != nil {
				b.Fatal(err)
			}
		}
		size := 0
		for b.Loop() {
			bytes, err := l.Encode()
			if err != nil {
				b.Fatal(err)
			}
			size = len(bytes)
		}
		b.ReportMetric(float64(size), "bytes")
	})
}
