package learning

import (
	"math"

	"lapak/scheduler"
	"lapak/scheduler/calendar"
	"lapak/scheduler/procedure"
)

// Figure is one learned duration with what a manager needs to judge it.
// Durations are whole seconds, shares whole percent.
type Figure struct {
	Programme procedure.Programme `json:"programme,omitempty"` // empty: a span of the branch itself
	Step      procedure.StepCode  `json:"step"`
	Who       string              `json:"who,omitempty"`
	Officer   int64               `json:"officer,omitempty"` // 0: any
	PriorS    int                 `json:"prior_s"`           // the catalogue's mean
	PriorCv   int                 `json:"prior_cv_pct"`
	LearnedS  int                 `json:"learned_s"` // up to yesterday
	LearnedCv int                 `json:"learned_cv_pct"`
	TodayS    int                 `json:"today_s"` // with today's drift
	N         int64               `json:"n"`       // observations ever, today's included
	Recent    int                 `json:"recent"`  // of them, how many the figure remembers
	TodayN    int64               `json:"today_n"`
	WeightPct int                 `json:"weight_pct"`     // of what was measured, against what was believed before
	Since     calendar.Date       `json:"since,omitzero"` // first measured, or last reset
	Held      int64               `json:"held"`           // values so far out that they counted less
	Absurd    int64               `json:"absurd"`         // values that did not count at all
	Clamped   bool                `json:"clamped"`        // a limit bit: look at it, and correct the catalogue
}

// Drift is how much slower today is than yesterday let expect: of the
// visitors, or of the officers.
type Drift struct {
	Who       string `json:"who"`
	Pct       int    `json:"pct"` // 100: an ordinary day; 125: a quarter slower
	N         int    `json:"n"`   // steps behind it
	WeightPct int    `json:"weight_pct"`
}

// Share is how often something happens.
type Share struct {
	Of       string `json:"of"` // a channel, or the minutes waited
	PriorPct int    `json:"prior_pct"`
	Permille int    `json:"permille"`
	Yes      int64  `json:"yes"`
	N        int64  `json:"n"`
}

// Arrivals are the visits that come in one hour of one weekday, in thousandths
// of a visit, by channel.
type Arrivals struct {
	Weekday   calendar.Weekday `json:"weekday"` // 0 is Monday
	Hour      int              `json:"hour"`
	Milli     [channels]int    `json:"milli"`
	Days      int64            `json:"days"` // of this weekday, counted
	WeightPct int              `json:"weight_pct"`
}

// Habits are how people of this branch go about things, as the days before today
// showed, over all channels.
type Habits struct {
	NoShowPct         int // called and not there
	MissedPct         int // booked and never came
	PapersPct         int // something was missing at the desk's check
	LeavePermilleHour int // of those who wait, gone within an hour
}

// Habits returns what was learned of people's ways up to yesterday. Each share
// begins at what is believed of any branch, worth shareWeight cases. Who gives up
// is counted among those who have waited half an hour already: of a wait of two
// minutes nobody knows whether it would have been given up in thirty.
func (l *Learner) Habits() Habits {
	t := &l.tally
	return Habits{NoShowPct: percent(before(t.NoShow[:], noShowGuess)), MissedPct: percent(before(t.Missed[:], missedGuess)),
		PapersPct: percent(before(t.Papers[:], papersGuess)), LeavePermilleHour: int(math.Round(2000 * before(t.WalkOut[1:], walkOutGuess)))}
}

// before is the share of all the lists' cases, today's left out.
func before(list []share, guess float64) float64 {
	yes, all := guess*shareWeight, float64(shareWeight)
	for i := range list {
		yes, all = yes+list[i].Yes, all+list[i].All
	}
	return yes / all
}

// Report is everything that was learned, for people to inspect.
type Report struct {
	Seq      int64          `json:"seq"`
	Figures  []Figure       `json:"figures"`
	Drifts   []Drift        `json:"drifts"`
	NoShow   []Share        `json:"no_show"`  // called and not there, by channel
	Missed   []Share        `json:"missed"`   // booked and never came, by channel
	Papers   []Share        `json:"papers"`   // something was missing at the desk's check, by channel
	WalkOut  []Share        `json:"walk_out"` // of those still waiting when the half hour began, gone in it
	Arrivals []Arrivals     `json:"arrivals"` // hours in which nobody ever came are left out
	Parties  []int          `json:"parties"`  // permille of the visits by persons, from 1
	Breaks   []UsualBreak   `json:"breaks"`   // officers' usual breaks
	Excused  map[string]int `json:"excused"`  // steps finished and not measured, by why
	Reset    calendar.Date  `json:"reset,omitzero"`
	Gaps     int64          `json:"gaps"` // records that were never seen
}

// Report returns the figures as they are at a time.
func (l *Learner) Report(at scheduler.Time) Report {
	d := l.drift(at)
	r := Report{Seq: l.Seq(), Reset: l.reset, Gaps: l.gaps, Excused: map[string]int{}, Figures: []Figure{}, Drifts: []Drift{}, Arrivals: []Arrivals{}}
	for i := range l.cells {
		r.Figures = append(r.Figures, l.figure(i, &d))
	}
	for who, name := range []string{paceVisitor: "visitor", paceOfficer: "officer"} {
		r.Drifts = append(r.Drifts, Drift{name, percent(math.Exp(d.pace[who])), rounded(d.n[who]), percent(d.weight[who])})
	}
	t := &l.tally
	for ch := range channels {
		of := scheduler.Channel(ch).String()
		r.NoShow = append(r.NoShow, t.NoShow[ch].report(of, noShowGuess))
		r.Missed = append(r.Missed, t.Missed[ch].report(of, missedGuess))
		r.Papers = append(r.Papers, t.Papers[ch].report(of, papersGuess))
	}
	for b, of := range [walkBuckets]string{"0", "30", "60", "90", "120", "150"} {
		r.WalkOut = append(r.WalkOut, t.WalkOut[b].report(of, walkOutGuess))
	}
	r.Arrivals, r.Parties, r.Breaks = t.arrivals(), t.parties(), l.usualBreaks()
	for i, n := range l.out {
		r.Excused[excuseNames[i]] = int(n)
	}
	return r
}

func (l *Learner) figure(i int, d *drifts) Figure {
	c := &l.cells[i]
	step, known := l.catalogue(c.key)
	f := Figure{Programme: c.Programme, Step: c.Step, Officer: c.Officer, PriorS: c.PriorS, PriorCv: c.PriorCv, N: c.Total + c.Day.N,
		Recent: rounded(c.N), TodayN: c.Day.N, Since: c.Since, Held: c.Held + c.Day.Held, Absurd: c.Absurd + c.Day.Absurd, Clamped: c.Clamped}
	if c.Programme != "" {
		f.Who = c.Who.String()
	}
	all, prior := c, square(catalogueSd)
	if c.Officer != 0 {
		all, prior = l.cells.get(c.key.anybody()), max(square(minOfficerSd), l.cells.get(c.key.anybody()).Tau)
	}
	believed, extra := l.believed(all), 0.0
	if c.Officer != 0 {
		believed *= expBound(c.Level)
	}
	k, _ := l.cells.find(all.key)
	if c.pace() != paceNone {
		extra = d.pace[c.pace()] + d.step[k]
	}
	if !known {
		step = procedure.Step{MeanS: c.PriorS, CvPct: c.PriorCv}
	}
	var out, later bool
	f.LearnedS, f.LearnedCv, out = step.Within(seconds(believed), percent(all.cv()))
	f.TodayS, _, later = step.Within(seconds(believed*math.Exp(extra)), f.LearnedCv)
	f.Clamped = f.Clamped || out || later || (extra != 0 && d.held)
	f.WeightPct = percent(1 - min(1, c.Var/prior))
	return f
}

func percent(x float64) int { return int(math.Round(100 * x)) }

func (s *share) report(of string, guess float64) Share {
	return Share{Of: of, PriorPct: percent(guess), Permille: int(math.Round(1000 * s.value(guess))), Yes: s.TotalYes + s.DayYes, N: s.Total + s.DayAll}
}

// profileWeight is how many days of one weekday the mean of all weekdays is
// worth: after as many days the weekday's own counts weigh as much.
const profileWeight = 1.0

func (c *counts) arrivals() []Arrivals {
	list := []Arrivals{}
	for h := range hours {
		var sum [channels]float64
		weeks := 0.0
		for d := range weekdays {
			weeks += c.Weeks[d]
			for ch := range channels {
				sum[ch] += c.Arrivals[d][h][ch]
			}
		}
		if weeks == 0 || sum == [channels]float64{} {
			continue
		}
		for d := range weekdays {
			if c.Days[d] == 0 {
				continue
			}
			a := Arrivals{Weekday: calendar.Weekday(d), Hour: h, Days: c.Days[d], WeightPct: percent(c.Weeks[d] / (c.Weeks[d] + profileWeight))}
			for ch := range channels {
				mean := (c.Arrivals[d][h][ch] + profileWeight*sum[ch]/weeks) / (c.Weeks[d] + profileWeight)
				a.Milli[ch] = int(math.Round(1000 * mean))
			}
			list = append(list, a)
		}
	}
	return list
}

func (c *counts) parties() []int {
	total := 0.0
	list := make([]int, len(c.Parties))
	for _, n := range c.Parties {
		total += n
	}
	for i, n := range c.Parties {
		if total > 0 {
			list[i] = int(math.Round(1000 * n / total))
		}
	}
	return list
}
