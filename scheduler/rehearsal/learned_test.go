package rehearsal

import (
	"testing"

	"lapak/scheduler"
	"lapak/scheduler/forecast/twin"
	"lapak/scheduler/learning"
	"lapak/scheduler/procedure"
)

// learner is a branch that works day after day on one state and learns from its
// records, as the outlook of the hall does.
type learner struct {
	b    testing.TB
	d    *scheduler.Draft
	l    *learning.Learner
	make func(seed uint64) Config
	days int
	seed uint64
}

func newLearner(b testing.TB, seed uint64, of func(seed uint64) Config) *learner {
	return &learner{b: b, d: scheduler.New().Draft(), l: learning.New(scheduler.New()), make: of, seed: seed}
}

// morning is the run of the next day, in which steps take the percentages of the
// catalogue's times.
func (y *learner) morning(pct func(procedure.StepCode) int) *run {
	c := y.make(y.seed + uint64(y.days))
	for range y.days {
		c.Date, _ = c.Policy.Calendar.NextOpenDay(c.Date)
	}
	c.Truth = timesOf(pct)
	r := newRun(c, Options{Keep: true})
	if y.days > 0 {
		r.d, r.setup = y.d, nil
	}
	y.d = r.d
	y.days++
	return r
}

// feed shows the Learner what the day recorded since.
func (y *learner) feed(r *run) {
	for _, rec := range r.day.Records {
		if err := y.l.Feed(rec); err != nil {
			y.b.Fatal(err)
		}
	}
	r.day.Records = r.day.Records[:0]
}

// study is a day without forecasts, for the Learner alone.
func (y *learner) study(pct func(procedure.StepCode) int) {
	r := y.morning(pct)
	r.all()
	y.feed(r)
	if y.d.Floor.Day.Open {
		y.b.Fatalf("day %d does not end", y.days)
	}
}

// foretell is a day with forecasts by what was learned, beside those that know
// the true times and manners; learned false is without learning.
func (y *learner) foretell(pct func(procedure.StepCode) int, learned bool) verdict {
	r := y.morning(pct)
	truth, told := timesOf(pct), false
	exact := twin.Usual()
	exact.NoShowPct, exact.BookedAwayPct, exact.MissingPct, exact.LeavePermilleHour = 0, 0, 0, 0
	list, _ := r.outcomes(func(now scheduler.Time) (mine, knowing *twin.Input) {
		y.feed(r)
		mine, knowing = &twin.Input{}, &twin.Input{Times: truth, Manners: &exact}
		if learned {
			if daily := y.l.Daily(); !told {
				told = true
				_, _ = r.do(now, scheduler.Order{By: scheduler.System, Command: scheduler.LearnTimes{Times: daily}})
			}
			times, usual, habits := y.l.Now(now), twin.Usual(), y.l.Habits()
			usual.NoShowPct, usual.BookedAwayPct = habits.NoShowPct, habits.MissedPct
			usual.MissingPct, usual.LeavePermilleHour = habits.PapersPct, habits.LeavePermilleHour
			mine.Times, mine.Usual = &times, &usual
		}
		return mine, knowing
	})
	y.feed(r)
	var v verdict
	for i := range list {
		v.add(&list[i])
	}
	return v
}

// timesOf is the catalogue with each step at so many percent.
func timesOf(pct func(procedure.StepCode) int) *procedure.Times {
	t := &procedure.Times{}
	for _, p := range procedure.Default().Procedures {
		for _, s := range p.Steps {
			t.Steps = append(t.Steps, procedure.StepTime{Programme: p.Programme, Step: s.Code, MeanS: s.MeanS * pct(s.Code) / 100, CvPct: s.CvPct})
		}
	}
	t.Sort()
	return t
}

// catalogue, other and longer are what steps take in truth: as the catalogue
// says; as in a branch that it was not written for; and that a quarter longer.
func catalogue(procedure.StepCode) int { return 100 }

func other(step procedure.StepCode) int {
	switch step {
	case procedure.StepForm, procedure.StepVerify, procedure.StepCheck:
		return 125
	case procedure.StepDocuments, procedure.StepClose:
		return 75
	}
	return 100
}

func longer(step procedure.StepCode) int { return other(step) * 5 / 4 }

// learnedDays are the days of learning before the days that are scored.
const learnedDays = 20

// BenchmarkLearnedForecast scores the study's day in a branch that has learned
// for twenty days, beside the what-if that knows the true distributions: where
// the catalogue is right, and where it is not, with learning and without. One
// iteration is a day.
func BenchmarkLearnedForecast(b *testing.B) {
	for _, row := range []struct {
		name    string
		pct     func(procedure.StepCode) int
		learned bool
	}{{"catalogue", catalogue, true}, {"other", other, true}, {"otherUnlearned", other, false}} {
		b.Run(row.name, func(b *testing.B) {
			y := newLearner(b, unseen, study)
			for range learnedDays {
				y.study(row.pct)
			}
			b.ResetTimer()
			var v verdict
			for range b.N {
				v.join(y.foretell(row.pct, row.learned))
			}
			v.report(b)
		})
	}
}

// BenchmarkForecastAfterAJump is the same on the first days after all steps
// become a quarter longer; one iteration is a branch of its own.
func BenchmarkForecastAfterAJump(b *testing.B) {
	var days [5]verdict
	for i := range b.N {
		y := newLearner(b, unseen+100*uint64(i), func(seed uint64) Config { c := study(seed); c.Visits = 120; return c })
		for range learnedDays {
			y.study(other)
		}
		for n := range days {
			days[n].join(y.foretell(longer, true))
		}
	}
	for n := range days {
		b.Logf("day %d: error %.2f min, %.2f times that of the what-if that knows, %.0f %% inside what was told", n+1,
			days[n].minutes(days[n].mid), over(days[n].knowing, days[n].mid), days[n].pct(days[n].told))
	}
}

func (v *verdict) join(o verdict) {
	v.n, v.inside, v.told = v.n+o.n, v.inside+o.inside, v.told+o.told
	v.mid, v.gap, v.last, v.width = v.mid+o.mid, v.gap+o.gap, v.last+o.last, v.width+o.width
	v.late, v.wait, v.knowing = v.late+o.late, v.wait+o.wait, v.knowing+o.knowing
}

func (v *verdict) report(b *testing.B) {
	b.ReportMetric(v.minutes(v.wait), "min-wait")
	b.ReportMetric(v.minutes(v.mid), "min-error")
	b.ReportMetric(over(v.knowing, v.mid), "x-knowing")
	b.ReportMetric(over(v.mid, v.gap), "x-gap")
	b.ReportMetric(over(v.mid, v.last), "x-last")
	b.ReportMetric(v.pct(v.inside), "%in80")
	b.ReportMetric(v.pct(v.told), "%told")
	b.ReportMetric(v.minutes(v.late), "min-bias")
}
