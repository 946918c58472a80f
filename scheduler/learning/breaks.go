package learning

import (
	"cmp"
	"slices"

	"lapak/scheduler"
)

// When officers rest is nowhere planned, and a promise that does not know of the
// noon break is late for everybody behind it. So the day's longest break of each
// officer is learned, as every other figure is: from the records.
const (
	// minBreakS is the shortest absence that counts as the day's break: less is a
	// prayer or an errand, which comes at any time.
	minBreakS = 600
	// breakGuessPct of the calendar's break is what an officer takes before the
	// branch has shown it: who serves through midday rests in turn, and shorter
	// than the office hours' guide allows (domain.md).
	breakGuessPct = 67
	// breakForget is how much of the past's weight is left after a day: a week's
	// habit counts, last season's does not.
	breakForget = 0.8
	// breakLateS is how long after its usual time a break that has not begun is
	// still expected: longer, and it falls out today.
	breakLateS = 5400
	// breakSoonS is when such a late break is expected: not this moment, or every
	// promise would wait for it.
	breakSoonS = 600
)

// usualBreak is one officer's habit. The first three are sums, older days counting
// less.
type usualBreak struct {
	Officer scheduler.OfficerID `json:"o"`
	AtS     float64             `json:"at,omitempty"`  // second of the day at which breaks began
	ForS    float64             `json:"for,omitempty"` // their lengths
	Took    float64             `json:"took,omitempty"`
	Days    float64             `json:"days,omitempty"` // on shift
	Total   int64               `json:"n,omitempty"`    // breaks ever

	Here     bool           `json:"here,omitempty"` // on shift today
	TodayAt  scheduler.Time `json:"ta,omitempty"`   // today's longest break so far
	TodayFor int64          `json:"tf,omitempty"`
}

// Break is a break that an officer is expected to begin later today.
type Break struct {
	Officer scheduler.OfficerID
	At      scheduler.Time
	ForS    int64
}

// breakOf finds the officer's, making it when it is new.
func (l *Learner) breakOf(id scheduler.OfficerID) *usualBreak {
	i, found := slices.BinarySearchFunc(l.breaks, id, func(r usualBreak, id scheduler.OfficerID) int { return cmp.Compare(r.Officer, id) })
	if !found {
		l.breaks = slices.Insert(l.breaks, i, usualBreak{Officer: id})
	}
	return &l.breaks[i]
}

// presence looks at an officer who comes, goes or is back, before the state has
// changed.
func (l *Learner) presence(rec *scheduler.Record, e scheduler.OfficerMoved) {
	o := l.d.Officer(e.ID)
	if o == nil {
		return
	}
	r := l.breakOf(e.ID)
	r.Here = r.Here || e.To == scheduler.OnShift
	if away := rec.At - o.Since; o.Presence == scheduler.OnBreak && away >= max(minBreakS, r.TodayFor) {
		r.TodayAt, r.TodayFor = o.Since, away
	}
}

// foldBreaks closes the day. Who never rests, and who has left the branch, is
// forgotten with time.
func (l *Learner) foldBreaks() {
	for i := range l.breaks {
		r := &l.breaks[i]
		if !r.Here {
			continue
		}
		r.AtS, r.ForS, r.Took, r.Days = r.AtS*breakForget, r.ForS*breakForget, r.Took*breakForget, r.Days*breakForget+1
		if r.TodayFor > 0 {
			r.AtS += float64(l.secondOf(r.TodayAt))
			r.ForS += float64(r.TodayFor)
			r.Took++
			r.Total++
		}
		r.Here, r.TodayAt, r.TodayFor = false, 0, 0
	}
	l.breaks = slices.DeleteFunc(l.breaks, func(r usualBreak) bool { return l.d.Officer(r.Officer) == nil })
}

func (l *Learner) secondOf(at scheduler.Time) int {
	f := &l.d.Floor
	return f.Policy.Calendar.Zone.SecondOfDay(f.Wall(at))
}

// usual is the officer's break as a second of the day and a length: the habit,
// and the calendar's break as one day more. It is false when there is none.
func (l *Learner) usual(r *usualBreak) (atS, forS float64, ok bool) {
	took, days := r.Took, r.Days
	atS, forS = r.AtS, r.ForS
	for _, pause := range l.d.Floor.Policy.Calendar.BreaksOn(l.d.Floor.Day.Date) {
		took, days = took+1, days+1
		atS, forS = atS+float64(pause.FromS), forS+float64(pause.UntilS-pause.FromS)*breakGuessPct/100
		break // the day's first is the long one
	}
	if took == 0 || 2*took < days {
		return 0, 0, false
	}
	return atS / took, forS / took, true
}

// Breaks are the breaks that officers on shift are expected to begin later today,
// ascending by officer.
func (l *Learner) Breaks(at scheduler.Time) []Break {
	var list []Break
	if !l.d.Floor.Day.Open {
		return nil
	}
	for i := range l.breaks {
		r := &l.breaks[i]
		o := l.d.Officer(r.Officer)
		if o == nil || o.Presence != scheduler.OnShift || r.TodayFor > 0 {
			continue
		}
		atS, forS, ok := l.usual(r)
		begins := at + int64(atS) - int64(l.secondOf(at))
		if !ok || at > begins+breakLateS {
			continue
		}
		if begins < at {
			begins = at + breakSoonS
		}
		list = append(list, Break{r.Officer, begins, int64(forS)})
	}
	return list
}

// UsualBreak is an officer's usual break, for people to inspect.
type UsualBreak struct {
	Officer scheduler.OfficerID `json:"officer"`
	AtS     int                 `json:"at_s"` // second of the day
	ForS    int                 `json:"for_s"`
	N       int64               `json:"n"` // breaks behind it
}

func (l *Learner) usualBreaks() []UsualBreak {
	list := []UsualBreak{}
	for i := range l.breaks {
		if atS, forS, ok := l.usual(&l.breaks[i]); ok {
			list = append(list, UsualBreak{l.breaks[i].Officer, int(atS), int(forS), l.breaks[i].Total})
		}
	}
	return list
}
