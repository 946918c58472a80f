package audit

import (
	"slices"
	"sort"
	"strings"

	"lapak/scheduler"
	"lapak/scheduler/calendar"
)

// MaxActs bounds the acts of one day: the largest day that the floor allows makes
// about half as many. What comes after is not kept, and the day says so.
const MaxActs = 100_000

// Day is what was done on one business day: from its opening until the next day
// opens, in the journal's order. The branch's first day has what was set up before it as
// well, which is no other day's.
type Day struct {
	Date    calendar.Date
	Partial bool // its beginning was cut from the journal, or it had too many acts
	Seq     int64
	OffsetS int64 // from branch time to the wall clock, as of the last record
	Acts    []Act

	numbers map[scheduler.VisitID]string
	persons map[scheduler.PersonID]scheduler.VisitID
	open    bool
}

// Fold reads records in order and keeps one day of them. It is not safe for use by
// several goroutines.
type Fold struct {
	d    *scheduler.Draft
	day  Day
	over bool
}

// NewFold begins at a state; the next record given must be the one after it.
func NewFold(s *scheduler.State, date calendar.Date) *Fold {
	f := &Fold{d: s.Draft(), day: Day{Date: date, Seq: s.Seq, numbers: map[scheduler.VisitID]string{}, persons: map[scheduler.PersonID]scheduler.VisitID{}}}
	f.day.open = s.Floor.Day.Number > 0 && s.Floor.Day.Date == date
	f.day.Partial = f.day.open
	return f
}

// Seq is the last record read.
func (f *Fold) Seq() int64 { return f.day.Seq }

// Over reports whether another day has opened since: nothing more will come.
func (f *Fold) Over() bool { return f.over }

// Begun reports whether the day was reached.
func (f *Fold) Begun() bool { return f.day.open || f.over }

// Add applies the next record. An error says that it does not follow or does not fit
// the state before it.
func (f *Fold) Add(rec scheduler.Record) error {
	setUp := f.d.Floor.Day.Date == 0
	for _, e := range rec.Events {
		if opened, ok := e.(scheduler.DayOpened); ok {
			if setUp && opened.Date != f.day.Date {
				setUp, f.day.Acts = false, nil // another day is the first
			}
			f.over = f.over || f.day.open && opened.Date != f.day.Date
			f.day.open = opened.Date == f.day.Date
		}
	}
	if f.over || !f.day.open && !setUp {
		f.day.Seq = rec.Seq
		return f.d.Apply(rec)
	}
	before := make([]Act, len(rec.Events))
	for i, e := range rec.Events {
		before[i] = describe(f.d.State, e)
		f.know(before[i].Visits, before[i].Passed)
	}
	if err := f.d.Apply(rec); err != nil {
		return err
	}
	f.day.Seq, f.day.OffsetS = rec.Seq, f.d.Floor.Day.OffsetS
	for i, e := range rec.Events {
		f.keep(&rec, e, before[i], describe(f.d.State, e))
	}
	return nil
}

// keep adds an act: what the state before the record knew, else what the one after it
// knows, such as the claims that the record itself made.
func (f *Fold) keep(rec *scheduler.Record, e scheduler.Event, a, after Act) {
	if len(a.Visits) == 0 {
		a.Visits = after.Visits
	}
	if a.Room == 0 {
		a.Room = after.Room
	}
	f.know(a.Visits, a.Passed)
	a.Seq, a.At, a.By = rec.Seq, rec.At, rec.By
	if f.said(&a) {
		return
	}
	if undone, ok := e.(scheduler.Undone); ok {
		f.takeBack(&a, undone.Seq)
	}
	if len(f.day.Acts) >= MaxActs {
		f.day.Partial = true
		return
	}
	f.day.Acts = append(f.day.Acts, a)
}

// said reports whether the act before says the same: of the papers that one check marks
// alike, an act names the visit and the mark, so one act says it of all of them.
func (f *Fold) said(a *Act) bool {
	if a.Kind != (scheduler.PaperMarked{}).Kind() || len(f.day.Acts) == 0 {
		return false
	}
	last := &f.day.Acts[len(f.day.Acts)-1]
	return last.Seq == a.Seq && last.Kind == a.Kind && last.To == a.To && len(last.Visits) == 1 && len(a.Visits) == 1 && last.Visits[0].Visit == a.Visits[0].Visit
}

// takeBack marks the acts of a record that is taken back; who took it back did so to
// the same visits.
func (f *Fold) takeBack(a *Act, seq int64) {
	acts := f.day.Acts
	for i := sort.Search(len(acts), func(i int) bool { return acts[i].Seq >= seq }); i < len(acts) && acts[i].Seq == seq; i++ {
		acts[i].Undone = a.Seq
		if a.Room == 0 {
			a.Room = acts[i].Room
		}
		for _, p := range acts[i].Visits {
			if !about(a.Visits, p.Visit) {
				a.Visits = append(a.Visits, Part{Visit: p.Visit})
			}
		}
	}
}

// know keeps the numbers of visits: the state forgets a day's visits in the end.
func (f *Fold) know(lists ...[]Part) {
	for _, list := range lists {
		for _, p := range list {
			v := f.d.Visit(p.Visit)
			if v == nil {
				continue
			}
			if v.Ticket.No > 0 {
				f.day.numbers[v.ID] = f.d.Floor.Policy.Label(v.Ticket)
			}
			if v.Person != "" {
				f.day.persons[v.Person] = v.ID
			}
		}
	}
}

// Day is the day as far as it was read. The caller owns it.
func (f *Fold) Day() *Day {
	d := f.day
	d.Acts = slices.Clone(d.Acts)
	d.numbers, d.persons = map[scheduler.VisitID]string{}, map[scheduler.PersonID]scheduler.VisitID{}
	for id, number := range f.day.numbers {
		d.numbers[id] = number
	}
	for person, id := range f.day.persons {
		d.persons[person] = id
	}
	return &d
}

// Clone is a copy that looks can be put into.
func (d *Day) Clone() *Day {
	c := *d
	c.Acts = slices.Clone(d.Acts)
	return &c
}

// Reveal puts a look at a visitor's name among the acts: after everything that had
// been done by then, under the record that was the last one. It reports whether the
// person had a visit on this day.
func (d *Day) Reveal(at scheduler.Time, by scheduler.Actor, person scheduler.PersonID, why scheduler.ReasonCode) bool {
	id, here := d.persons[person]
	if !here {
		return false
	}
	i := sort.Search(len(d.Acts), func(i int) bool { return d.Acts[i].At > at })
	look := Act{At: at, By: by, Kind: PersonRevealed, Visits: one(id), Reason: why}
	if i > 0 {
		look.Seq = d.Acts[i-1].Seq
	}
	d.Acts = slices.Insert(d.Acts, i, look)
	return true
}

// Filter chooses among a day's acts. Its zero value chooses all.
type Filter struct {
	Number string                 // of a visit, such as A012
	By     func(a *Act) bool      // nil: anybody
	Kind   func(kind string) bool // nil: any
	After  int64                  // only records after this one
	Limit  int                    // at most so many acts, and the rest of the last one's record; 0: all
}

// Choose lists the acts that fit, and reports whether there are more.
func (d *Day) Choose(q Filter) (list []Act, more bool) {
	number := strings.ToUpper(strings.TrimSpace(q.Number))
	for i := range d.Acts {
		a := &d.Acts[i]
		if a.Seq <= q.After && q.After > 0 || q.By != nil && !q.By(a) || q.Kind != nil && !q.Kind(a.Kind) || number != "" && !d.numbered(a, number) {
			continue
		}
		if q.Limit > 0 && len(list) >= q.Limit && a.Seq != list[len(list)-1].Seq {
			return list, true
		}
		list = append(list, d.named(a))
	}
	return list, false
}

func (d *Day) numbered(a *Act, number string) bool {
	is := func(p Part) bool { return d.numbers[p.Visit] == number }
	return slices.ContainsFunc(a.Visits, is) || slices.ContainsFunc(a.Passed, is)
}

// named is the act with the numbers that its visits have or got later on this day.
func (d *Day) named(a *Act) Act {
	c := *a
	c.Visits, c.Passed = d.withNumbers(a.Visits), d.withNumbers(a.Passed)
	return c
}

func (d *Day) withNumbers(parts []Part) []Part {
	parts = slices.Clone(parts)
	for i := range parts {
		parts[i].Number = d.numbers[parts[i].Visit]
	}
	return parts
}
