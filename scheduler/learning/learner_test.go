package learning

import (
	"encoding/json"
	"math"
	"strings"
	"testing"

	"lapak/scheduler"
	"lapak/scheduler/calendar"
	"lapak/scheduler/procedure"
)

// room1 is a small branch under the hand of a test: one room, one officer.
type room1 struct {
	t   *testing.T
	d   *scheduler.Draft
	l   *Learner
	now scheduler.Time
	rec scheduler.Record
}

var (
	chief = scheduler.Actor{Role: scheduler.ByManager, ID: 1}
	rina  = scheduler.Actor{Role: scheduler.ByOfficer, ID: 7}
	seat1 = scheduler.Actor{Role: scheduler.ByBooth, ID: 1}
)

func newRoom1(t *testing.T) *room1 {
	r := &room1{t: t, d: scheduler.New().Draft(), l: New(scheduler.New())}
	r.now = calendar.WIB.At(calendar.MustParse("2026-03-02"), 7*3600+30*60)
	p := scheduler.DefaultPolicy()
	p.Order.PapersFirst = false
	r.do(chief, scheduler.SetPolicy{Policy: p, Version: 1})
	r.do(chief, scheduler.SetRoom{Room: scheduler.Room{ID: 1}, Seats: []scheduler.SeatPlan{{}, {XMM: 1500}, {XMM: 3000}}})
	r.do(chief, scheduler.SetOfficer{ID: 7})
	r.do(chief, scheduler.SetOfficer{ID: 8})
	r.do(chief, scheduler.OpenDay{})
	r.do(rina, scheduler.SignOn{Officer: 7})
	r.do(scheduler.Actor{Role: scheduler.ByOfficer, ID: 8}, scheduler.SignOn{Officer: 8})
	r.do(rina, scheduler.OpenSession{Room: 1, Crew: []scheduler.OfficerID{7}})
	return r
}

func (r *room1) do(by scheduler.Actor, c scheduler.Command) {
	r.t.Helper()
	rec, err := r.d.Do(scheduler.Stamp{At: r.now, Seed: 1}, scheduler.Order{By: by, Command: c})
	if err != nil {
		r.t.Fatalf("%T: %v", c, err)
	}
	r.rec = rec
	if err := r.l.Feed(rec); err != nil {
		r.t.Fatal(err)
	}
}

func (r *room1) after(seconds int64) *room1 { r.now += seconds; return r }

// seat brings one visitor to seat 1.
func (r *room1) seat() {
	r.do(chief, scheduler.Arrive{Persons: 1, Papers: scheduler.PapersReady, Claims: []scheduler.NewClaim{{Programme: "JHT", Reason: "jht_phk"}}})
	if r.d.Visit(r.rec.Result.Visit).State == scheduler.Waiting {
		r.do(rina, scheduler.CallGroup{Room: 1})
	}
	id := r.d.Seat(1, 1).Visit
	r.after(30).do(rina, scheduler.SeatVisit{Visit: id})
}

func (r *room1) ready() { r.do(seat1, scheduler.SeatReadyNow{Room: 1, No: 1}) }
func (r *room1) take()  { r.do(rina, scheduler.Take{Officer: 7, Room: 1, No: 1}) }
func (r *room1) done()  { r.do(rina, scheduler.FinishStep{Officer: 7}) }
func (r *room1) undo()  { r.do(rina, scheduler.UndoRecord{Seq: r.rec.Seq}) }
func (r *room1) quiet() { // until nothing can be taken back
	r.after(3600).do(chief, scheduler.SetPolicy{Policy: r.d.Floor.Policy, Version: r.d.Floor.Policy.Version})
}

// today lists what the day measured, as "step by officer: n".
func (r *room1) today() string {
	r.quiet()
	var words []string
	for _, c := range r.l.cells {
		if c.Programme != "" && c.Day.N > 0 && c.Officer == 0 {
			b, _ := json.Marshal([]any{c.Step, c.Day.N, math.Round(100 * c.Day.Ratio)})
			words = append(words, string(b))
		}
	}
	return strings.Join(words, " ")
}

func TestWhatIsMeasured(t *testing.T) {
	for name, row := range map[string]struct {
		play func(r *room1)
		want string
		out  [excuses]int64
	}{
		"a step of the visitor and one of the officer": {func(r *room1) {
			r.after(180).ready()
			r.after(50).take()
			r.after(60).done()
			r.after(720).ready()
		}, `["briefing",1,100] ["check",1,100] ["form",1,100]`, [excuses]int64{}},
		"help interrupts": {func(r *room1) {
			r.after(100).take()
			r.after(30).do(rina, scheduler.PutBack{Officer: 7})
			r.after(60).ready()
		}, ``, [excuses]int64{outInterrupted: 1}},
		"the officer ends the visitor's step": {func(r *room1) {
			r.after(100).take()
			r.after(80).done()
		}, ``, [excuses]int64{outInterrupted: 1}},
		"put back and taken again": {func(r *room1) {
			r.after(180).ready()
			r.take()
			r.after(40).do(rina, scheduler.PutBack{Officer: 7})
			r.after(5).take()
			r.after(60).done()
		}, `["briefing",1,100]`, [excuses]int64{outInterrupted: 1}},
		"set aside in the middle": {func(r *room1) {
			v := r.d.Seat(1, 1).Visit
			r.after(90).do(rina, scheduler.Park{Visit: v, Reason: "papers"})
			r.after(300).do(rina, scheduler.Resume{Visit: v})
			r.do(rina, scheduler.CallGroup{Room: 1})
			seat := r.d.SeatsOf(r.d.Visit(v))[0]
			r.after(30).do(rina, scheduler.SeatVisit{Visit: v})
			r.after(90).do(seat1, scheduler.SeatReadyNow{Room: 1, No: seat.No})
		}, ``, [excuses]int64{outInterrupted: 1}},
		"settled before the last step": {func(r *room1) {
			r.after(180).ready()
			r.take()
			r.after(60).do(rina, scheduler.Settle{Claim: r.d.Seat(1, 1).Claim, Outcome: scheduler.Returned, Reason: "papers"})
		}, `["briefing",1,100]`, [excuses]int64{outCutShort: 1}},
		"the clock is corrected": {func(r *room1) {
			r.after(100).do(chief, scheduler.AdjustClock{BySeconds: 300})
			r.after(80).ready()
			r.take()
			r.after(60).done()
		}, `["check",1,100]`, [excuses]int64{outClock: 1}},
		"a slip of the finger": {func(r *room1) {
			r.after(1).ready()
			r.take()
			r.after(2).done()
		}, ``, [excuses]int64{}},
		"handed over in the middle": {func(r *room1) {
			r.after(180).ready()
			r.take()
			r.after(30).do(chief, scheduler.HandOver{Room: 1, From: 7, To: 8})
			budi := scheduler.Actor{Role: scheduler.ByOfficer, ID: 8}
			r.do(budi, scheduler.Take{Officer: 8, Room: 1, No: 1})
			r.after(40).do(budi, scheduler.FinishStep{Officer: 8})
		}, `["briefing",1,100]`, [excuses]int64{outInterrupted: 1}},
	} {
		r := newRoom1(t)
		r.after(3600).seat()
		row.play(r)
		if got := r.today(); got != row.want || r.l.out != row.out {
			t.Errorf("%s: measured %s and not %v, want %s and not %v", name, got, r.l.out, row.want, row.out)
		}
	}
}

// TestTakingBackLeavesNothing plays a visit with slips that are taken back, and
// one without them at the same times. What was learned must be the same.
func TestTakingBackLeavesNothing(t *testing.T) {
	play := func(slips bool) *room1 {
		r := newRoom1(t)
		slip := func(act func()) {
			if slips {
				act()
				r.undo()
			}
		}
		r.after(3600).seat()
		slip(func() { r.take() }) // looked in at the wrong seat
		r.after(180).ready()
		slip(func() { r.take() })
		r.after(10).take()
		slip(func() { r.do(rina, scheduler.PutBack{Officer: 7}) })
		r.after(50)
		slip(func() { r.done() })
		r.after(5).done()
		v := r.d.Seat(1, 1).Visit
		slip(func() { r.do(rina, scheduler.Park{Visit: v, Reason: "papers"}) })
		r.after(700).ready()
		r.take()
		r.after(80).done()
		r.after(350).ready()
		r.take()
		settle := scheduler.Settle{Claim: r.d.Seat(1, 1).Claim, Outcome: scheduler.Approved}
		r.after(90)
		slip(func() { r.do(rina, settle) })
		r.after(4).do(rina, settle)
		r.quiet()
		return r
	}
	one, two := play(false), play(true)
	for i := range one.l.cells {
		if i >= len(two.l.cells) || one.l.cells[i] != two.l.cells[i] {
			t.Errorf("%+v is another figure after acts that were taken back", one.l.cells[i])
		}
	}
	if one.l.out != two.l.out || one.l.tally != two.l.tally || len(two.l.facts) != 0 {
		t.Errorf("%v, %v and %d facts are left", one.l.out, two.l.out, len(two.l.facts))
	}
	if n := one.l.cells.get(key{procedure.JHT, procedure.StepClose, procedure.Officer, 7}); n == nil || n.Day.N != 1 {
		t.Errorf("the last step was not measured: %+v", n)
	}
}

// feedDays gives a step's values straight to the figures, a day at a time.
func (l *Learner) feedDays(days int, k key, values func(day int) []int64) {
	for day := range days {
		l.d.Floor.Day.Number++
		for _, v := range values(day) {
			l.observe(k, v, false)
		}
		l.fold()
	}
}

func (l *Learner) dailyStep(p procedure.Programme, s procedure.Step, by int64) procedure.Step {
	t := l.Daily()
	return t.Step(p, s, by)
}

func TestAbsurdValuesMoveNothingBeyondTheClamp(t *testing.T) {
	verify := key{Programme: procedure.JHT, Step: procedure.StepVerify, Who: procedure.Officer, Officer: 7}
	ordinary := func(int) (list []int64) {
		for i := range int64(60) {
			list = append(list, 60+i)
		}
		return list
	}
	for name, burst := range map[string][]int64{
		"forgotten buttons": {100_000, 50_000, 14_400, 2_000, 5_000}, "slips": {0, 1, 2, 3, 0, 1}, "very long": {800, 850, 700, 890, 880},
	} {
		l := New(newRoom1(t).d.State)
		l.feedDays(10, verify, ordinary)
		before := l.dailyStep(procedure.JHT, procedure.Step{Code: procedure.StepVerify, MeanS: 90}, 7)
		for _, times := range []int{1, 40} {
			l.feedDays(1, verify, func(int) (list []int64) {
				list = ordinary(0)
				for range times {
					list = append(list, burst...)
				}
				return list
			})
			after := l.dailyStep(procedure.JHT, procedure.Step{Code: procedure.StepVerify, MeanS: 90}, 7)
			limit := 1.06 // five values among sixty
			if times > 1 {
				limit = 1.51 // two hundred among sixty: no day moves a figure by more than half
			}
			if ratio := float64(after.MeanS) / float64(before.MeanS); ratio > limit || ratio < 1/limit {
				t.Errorf("%s, %d times: %d s became %d s", name, times, before.MeanS, after.MeanS)
			}
		}
		figure := l.figure(1, &drifts{step: make([]float64, len(l.cells))})
		if figure.Absurd == 0 && !figure.Clamped {
			t.Errorf("%s: nobody is told: %+v", name, figure)
		}
		l.feedDays(60, verify, func(int) []int64 { return []int64{700, 700, 700, 700, 700, 700, 700, 700} })
		daily := l.Daily()
		if daily.Validate() != nil || daily.Fits(procedure.Default()) != nil {
			t.Errorf("%s: two months of nonsense give %v", name, daily)
		}
		if last := l.figure(0, &drifts{step: make([]float64, len(l.cells))}); last.LearnedS != 360 || !last.Clamped {
			t.Errorf("%s: two months of eight times the catalogue give %d s, clamped %v", name, last.LearnedS, last.Clamped)
		}
	}
}

func TestForgettingGoesBackToTheCatalogue(t *testing.T) {
	r := newRoom1(t)
	for _, p := range []procedure.Programme{procedure.JHT, procedure.JKM} {
		for _, code := range []procedure.StepCode{procedure.StepVerify, procedure.StepClose} {
			r.l.feedDays(8, key{Programme: p, Step: code, Who: procedure.Officer, Officer: 7}, func(int) []int64 { return []int64{200, 220, 240, 260} })
		}
	}
	step := func(p procedure.Programme, code procedure.StepCode) (prior, learned int) {
		proc, _ := procedure.Default().Procedure(p)
		for _, s := range proc.Steps {
			if s.Code == code {
				return s.MeanS, r.l.dailyStep(p, s, 7).MeanS
			}
		}
		return 0, 0
	}
	if prior, learned := step(procedure.JHT, procedure.StepVerify); learned < prior*3/2 {
		t.Fatalf("nothing was learned: %d s, %d s", prior, learned)
	}
	r.do(chief, scheduler.ForgetTimes{Programme: procedure.JHT, Step: procedure.StepVerify})
	if prior, learned := step(procedure.JHT, procedure.StepVerify); learned != prior {
		t.Errorf("after forgetting it is still %d s, not %d s", learned, prior)
	}
	if prior, learned := step(procedure.JHT, procedure.StepClose); learned == prior {
		t.Error("the other step was forgotten too")
	}
	bytes, err := r.l.Encode()
	if err != nil {
		t.Fatal(err)
	}
	if r.l, err = Restore(bytes, r.d.State); err != nil {
		t.Fatal(err)
	}
	if prior, learned := step(procedure.JHT, procedure.StepVerify); learned != prior {
		t.Errorf("a restart brings back %d s", learned)
	}
	r.do(chief, scheduler.ForgetTimes{Programme: procedure.JP}) // never measured: everybody's pace must not speak for it either
	if prior, learned := step(procedure.JP, procedure.StepVerify); learned != prior {
		t.Errorf("a programme that was forgotten before it was measured takes %d s, not %d s", learned, prior)
	}
	r.do(chief, scheduler.ForgetTimes{})
	if daily := r.l.Daily(); len(daily.Steps) != 0 {
		t.Errorf("after forgetting everything there is %v", daily)
	}
	if got := r.l.Report(r.now); got.Reset != r.d.Floor.Day.Date {
		t.Errorf("the reset is dated %v", got.Reset)
	}
}

func TestAGapIsBridgedAndSaid(t *testing.T) {
	r := newRoom1(t)
	r.after(3600).seat()
	r.quiet()
	bytes, err := r.l.Encode()
	if err != nil {
		t.Fatal(err)
	}
	r.after(100).do(chief, scheduler.SkipNumbers{By: 3})
	r.after(80).ready()
	if _, err := Restore(bytes, scheduler.New()); err == nil {
		t.Error("an earlier state is accepted")
	}
	later, err := Restore(bytes, r.d.State)
	if err != nil {
		t.Fatal(err)
	}
	if err := later.Feed(r.rec); err == nil {
		t.Error("a record is learned twice")
	}
	if got := later.Report(r.now); got.Gaps != 2 || later.Seq() != r.d.Seq {
		t.Errorf("gaps %d at %d", got.Gaps, later.Seq())
	}
	for _, bad := range []string{``, `{}`, `{"v":2}`, `{"v":1,"seq":1,"mood":1}`, strings.Replace(string(bytes), `"prior":45`, `"prior":0`, 1),
		strings.Replace(string(bytes), `"level":0`, `"level":9`, 1), strings.Replace(string(bytes), `"var":0`, `"var":-1`, 1)} {
		if _, err := Restore([]byte(bad), r.d.State); err == nil {
			t.Errorf("read: %.60s", bad)
		}
	}
}

func TestReportSaysWhatAManagerAsks(t *testing.T) {
	b, l := newBranch(t, 21)
	b.truth = factor(uneven, 140)
	for b.days < 6 {
		b.day()
	}
	r := l.Report(b.d.At)
	seen := map[procedure.StepCode]Figure{}
	for _, f := range r.Figures {
		if f.Officer == 0 && (f.Programme == procedure.JHT || f.Programme == "") {
			seen[f.Step] = f
		}
	}
	form := seen[procedure.StepForm]
	if form.PriorS != 720 || form.LearnedS < 800 || form.N < 300 || form.WeightPct < 80 || form.Since.String() != "2026-03-02" || form.Clamped {
		t.Errorf("the form is %+v", form)
	}
	if walk := seen[spanWalk]; walk.LearnedS < 30 || walk.LearnedS > 80 {
		t.Errorf("from the call to the seat: %+v", walk)
	}
	if n := r.NoShow[scheduler.WalkIn]; n.Permille < 20 || n.Permille > 120 || n.N < 200 {
		t.Errorf("no-shows: %+v", n)
	}
	if n := r.Missed[scheduler.Online]; n.Permille < 40 || n.Permille > 130 {
		t.Errorf("bookings missed: %+v", n)
	}
	if n := r.Papers[scheduler.WalkIn]; n.Permille < 50 || n.Permille > 150 {
		t.Errorf("papers missing: %+v", n)
	}
	if r.Parties[0] < 850 || r.Parties[0]+r.Parties[1]+r.Parties[2]+r.Parties[3] < 995 {
		t.Errorf("parties: %v", r.Parties)
	}
	morning, visits := 0, 0
	for _, a := range r.Arrivals {
		if a.Weekday == calendar.Monday {
			for _, n := range a.Milli {
				visits += n
				if a.Hour < 10 {
					morning += n
				}
			}
		}
	}
	if visits < 120_000 || visits > 170_000 || morning < visits/2 {
		t.Errorf("%d thousandths of a visit on a Monday, %d before ten", visits, morning)
	}
	if r.Excused["interrupted"] == 0 || len(r.WalkOut) != walkBuckets || r.WalkOut[0].N < 500 {
		t.Errorf("%v %v", r.Excused, r.WalkOut)
	}
	if _, err := json.Marshal(r); err != nil {
		t.Error(err)
	}
}

// TestFormulas holds the closed forms to sums over the distribution itself.
func TestFormulas(t *testing.T) {
	const steps = 200_000
	for _, cv := range []float64{0.2, 0.5, 0.7, 1.1} {
		sigma := sigmaOf(cv)
		var whole, mass, held, variance float64
		const e = 1.4
		for i := range steps {
			z := -8 + 16*(float64(i)+0.5)/steps
			p := math.Exp(-z*z/2) / math.Sqrt(2*math.Pi) * 16 / steps
			x := math.Exp(sigma*z - sigma*sigma/2)
			if x > e {
				whole, mass = whole+p*x, mass+p
			}
			w := bound(z, winsorSd)
			held += p * math.Exp(sigma*w-sigma*sigma/2)
			variance += p * w * w
		}
		got, done := given(e, sigma)
		if math.Abs(got-whole/mass) > 1e-3 || math.Abs(done-(1-mass)) > 1e-3 || math.Abs(held-winsorMean(sigma)) > 1e-4 || math.Abs(variance-winsorVariance()) > 1e-4 {
			t.Errorf("cv %.1f: %.4f %.4f, %.4f %.4f, %.4f %.4f, %.4f %.4f", cv, got, whole/mass, done, 1-mass, held, winsorMean(sigma), variance, winsorVariance())
		}
	}
	if far, done := given(1e9, 0.5); math.IsNaN(far) || far < 1e9 || done != 1 {
		t.Errorf("a step without an end is expected to take %v", far)
	}
}
