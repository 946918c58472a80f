package whatif

import (
	"cmp"
	"slices"

	"lapak/scheduler"
	"lapak/scheduler/calendar"
	"lapak/scheduler/procedure"
	"lapak/scheduler/rehearsal"
	"lapak/scheduler/rehearsal/past"
)

// Base is the branch that a question is about, as it is now or was on a past
// day, and who comes to it. It is data and is never changed: changes make
// another one.
type Base struct {
	Date      calendar.Date  // of the days that are played: an open one
	Hours     calendar.Hours // of those days
	Policy    *scheduler.Policy
	Times     *procedure.Times
	Rooms     []rehearsal.RoomSpec
	Officers  []rehearsal.OfficerSpec
	LastCallS int
	ReactS    [2]int
	Luck      rehearsal.Luck
	Days      []*past.Day // from which arrivals are learned; none: the catalogue's
	Past      *past.Day   // the past day asked about, or nil

	staff     Staffing // without the number
	early     bool     // the day is open, and more officers may still come
	visits    int      // a fresh day's, while no past day is known
	visitsPct int
	notes     []string
}

// Notes are the codes of what a reader of an answer must know.
const (
	NoteCatalogueDemand = "catalogue_demand"       // no past day is known: arrivals are the catalogue's
	NoteFewVisits       = "few_past_visits"        // the past days have too few visits; the rest of a fresh day's are the catalogue's
	NoteOfficersAssumed = "officers_assumed"       // nobody was on shift and no past day is known: officers were given rooms in order
	NoteOfficersLastDay = "officers_of_last_day"   // nobody was on shift, or not all yet: the officers are those of the last day
	NoteIdleOfficer     = "officer_without_room"   // an officer has no room and is not pooled; they count in no figure
	NoteUnknownEvening  = "nobody_known_then"      // people who would come after the present last number are not known
	NoteDayChanged      = "day_changed"            // the policy or a room changed during the past day; the first call's holds
	NotePatience        = "patience_unknown"       // who stayed on the past day is taken to stay as long as it takes
	NoteTimesDropped    = "learned_times_left_out" // the changed catalogue does not fit the learned times
)

// The luck of ordinary people, where the branch's own is not known: the shares
// of the rehearsal's busy day.
func ordinaryLuck() rehearsal.Luck {
	l := rehearsal.Surge(1).Luck
	l.OtherPct, l.TwoClaimsPct, l.PriorityPct = 0, 0, 12
	return l
}

// ordinaryVisits is a day of a branch of which nothing is known: between the
// ordinary 40 to 50 and the 200 to 300 of a surge (domain.md 1.3). When more
// have come today already, or are booked, a fresh day has as many.
const ordinaryVisits = 100

// enoughVisits of past days stand for the branch's own demand: a quiet ordinary
// day of a branch has as many (40 to 50, domain.md 1.3), and a few of each
// channel and size of party. With fewer, a fresh day has that part of its visits
// from them and the rest from the catalogue, so that a day with one visit does
// not make the branch look empty.
const enoughVisits = 40

// ownPct is how much of a fresh day is like the past ones, in percent.
func (b *Base) ownPct() int { return min(100, 100*b.pastVisits()/enoughVisits) }

func (b *Base) pastVisits() int {
	sum := 0
	for _, p := range b.Days {
		sum += p.People.Visits()
	}
	return sum
}

// blended is a figure of the past days, as far as they are enough, and the
// catalogue's for the rest.
func (b *Base) blended(own, catalogue int) int {
	pct := b.ownPct()
	return (pct*own + (100-pct)*catalogue + 50) / 100
}

// comingS is how long after the opening an officer may still come: until then the
// last day's officers are taken when they were more.
const comingS = 30 * 60

// goingS is how long before the close whoever goes off shift goes because the day
// ends; who goes earlier has a shorter shift.
const goingS = 90 * 60

// BaseOf is the branch as it is now: rooms and seats as they are furnished, the
// policy, the learned times, and the officers that a day like this has: those who
// are on shift or were today, at whatever hour the question is asked. When nobody
// was they are those of the roster (all that the branch knows when it is empty),
// with a room each, until Learn knows the last day's.
func BaseOf(s *scheduler.State, roster ...scheduler.OfficerID) Base {
	f := &s.Floor
	b := Base{Policy: f.Policy, Times: f.Times, Rooms: past.RoomsOf(s), Luck: ordinaryLuck(), visits: max(ordinaryVisits, s.DayTotals().Visits),
		visitsPct: 100}
	b.Date = f.Day.Date
	if _, open, _ := f.Policy.Calendar.HoursOn(b.Date); !open || b.Date.IsZero() {
		if next, ok := f.Policy.Calendar.NextOpenDay(max(b.Date, someMonday)); ok {
			b.Date = next
		}
	}
	b.Hours, _, _ = f.Policy.Calendar.HoursOn(b.Date)
	b.today(s)
	if len(b.Officers) == 0 {
		b.assume(s, roster)
	}
	b.settle()
	return b
}

// someMonday stands for a date where the branch has not opened a day yet.
var someMonday = calendar.MustParse("2026-03-01")

func (b *Base) officer(o *scheduler.Officer, room scheduler.RoomID) rehearsal.OfficerSpec {
	return rehearsal.OfficerSpec{ID: o.ID, Room: room, MaxGroup: int(o.MaxGroup), Skills: o.Programmes}
}

// roomOf is the room that the officer leads or serves now, or 0.
func roomOf(s *scheduler.State, id scheduler.OfficerID) scheduler.RoomID {
	for i := range s.Floor.Sessions {
		if ses := &s.Floor.Sessions[i]; len(ses.Crew) > 0 && ses.Crew[0] == id {
			return ses.Room
		}
	}
	return 0
}

// today takes the officers who are on shift, each with the room that they have, and
// then those who were. Of the latter no room is known: they get one that nobody has
// taken over; without one they were relieved, unless everybody serves every room. The
// floor does not tell an officer who went from one who was entered since the opening
// and never came; such a one is counted too.
func (b *Base) today(s *scheduler.State) {
	f := &s.Floor
	zone := f.Policy.Calendar.Zone
	var gone []rehearsal.OfficerSpec
	for i := range f.Officers {
		o := &f.Officers[i]
		switch {
		case o.Presence != scheduler.OffShift:
			b.Officers = append(b.Officers, b.officer(o, roomOf(s, o.ID)))
		case f.Day.Open && o.Since > f.Day.Opened:
			spec := b.officer(o, 0)
			if end := zone.SecondOfDay(f.Wall(o.Since)); end > b.Hours.OpenS && end < b.Hours.CloseS-goingS {
				spec.LastS = end
			}
			gone = append(gone, spec)
		}
	}
	b.seat()
	for _, o := range gone {
		if o.Room = b.freeRoom(); o.Room != 0 || f.Policy.Pooled {
			b.Officers = append(b.Officers, o)
		}
	}
	b.staff = Staffing{From: "today"}
	b.early = f.Day.Open && zone.SecondOfDay(f.Wall(s.At)) < b.Hours.OpenS+comingS
}

// assume gives the officers of the roster rooms in order when nobody was on shift.
func (b *Base) assume(s *scheduler.State, roster []scheduler.OfficerID) {
	b.notes = append(b.notes, NoteOfficersAssumed)
	b.staff = Staffing{From: "roster"}
	for i := range s.Floor.Officers {
		o := &s.Floor.Officers[i]
		if len(b.Officers) >= len(b.Rooms) {
			return
		}
		if len(roster) == 0 || slices.Contains(roster, o.ID) {
			b.Officers = append(b.Officers, b.officer(o, 0))
		}
	}
}

// Staffing is how many officers the branch is taken to have, and from where.
func (b *Base) Staffing() Staffing {
	out := b.staff
	out.Serving = b.serving()
	return out
}

// settle gives officers without a room one that has none yet, rooms for groups
// first, and everybody a break.
func (b *Base) settle() {
	b.seat()
	b.pauses()
}

func (b *Base) seat() {
	for i := range b.Officers {
		if o := &b.Officers[i]; o.Room == 0 {
			o.Room = b.freeRoom()
		}
	}
}

// freeRoom is the first room without an officer, rooms for groups first; 0
// when every room has one.
func (b *Base) freeRoom() scheduler.RoomID {
	for _, desk := range []bool{false, true} {
		for _, r := range b.Rooms {
			own := slices.ContainsFunc(b.Officers, func(o rehearsal.OfficerSpec) bool { return o.Room == r.ID })
			if r.Desk == desk && !own {
				return r.ID
			}
		}
	}
	return 0
}

// waves is in how many turns the officers take the calendar's break, so that
// the branch never stands still.
const waves = 2

// pauses gives everybody who has none a share of the calendar's break, in
// turns.
func (b *Base) pauses() {
	for _, pause := range b.Policy.Calendar.BreaksOn(b.Date) {
		turn := (pause.UntilS - pause.FromS) / waves
		for i := range b.Officers {
			o := &b.Officers[i]
			if turn > 0 && o.BreakS == 0 && len(o.Breaks) == 0 {
				o.BreakS, o.BreakForS = pause.FromS+i%waves*turn, turn
			}
		}
	}
}

// Learn adds what the branch's last days showed: who comes when, the last day's
// officers and their shifts when nobody was on shift today or not all may have come
// yet, their ways, missing papers and no-shows.
// The newest day is the last.
func (b Base) Learn(days []*past.Day) Base {
	days = slices.DeleteFunc(slices.Clone(days), func(p *past.Day) bool { return p.People.Visits() == 0 })
	if len(days) == 0 {
		return b
	}
	b.Days = days
	newest := days[len(days)-1]
	if b.LastCallS == 0 {
		b.LastCallS = newest.LastCall
	}
	if b.ReactS[1] == 0 {
		b.ReactS = newest.ReactS
	}
	missing, missed, help := 0, 0, 0
	for _, p := range days {
		missing, missed, help = missing+p.Luck.PapersMissingPct, missed+p.Luck.NoShowPct, help+p.Luck.HelpPct
	}
	n := len(days)
	l := &b.Luck
	l.PapersMissingPct, l.NoShowPct, l.HelpPct = b.blended((missing+n/2)/n, l.PapersMissingPct), b.blended((missed+n/2)/n, l.NoShowPct), b.blended((help+n/2)/n, l.HelpPct)
	if b.ownPct() < 100 {
		b.notes = append(slices.Clone(b.notes), NoteFewVisits)
	}
	b.officersOf(days)
	return b
}

// officersOf takes the officers of the last day that had any in the rooms of today,
// when nobody was on shift today, or when it is early and they were more.
func (b *Base) officersOf(days []*past.Day) {
	if b.staff.From != "roster" && !b.early {
		return
	}
	for _, p := range slices.Backward(days) {
		officers := slices.DeleteFunc(slices.Clone(p.Officers), func(o rehearsal.OfficerSpec) bool { return b.room(o.Room) == nil })
		if len(officers) == 0 {
			continue
		}
		now := b.serving()
		if other := (&Base{Rooms: b.Rooms, Officers: officers}).serving(); b.staff.From != "roster" && other <= now {
			return
		}
		b.notes = slices.DeleteFunc(slices.Clone(b.notes), func(n string) bool { return n == NoteOfficersAssumed })
		b.notes = append(b.notes, NoteOfficersLastDay)
		b.Officers, b.staff = officers, Staffing{From: "last_day", Day: p.Date}
		return
	}
}

// BaseOfDay is the branch as it was on a past day.
func BaseOfDay(p *past.Day) Base {
	b := Base{Date: p.Date, Hours: p.Hours, Policy: p.Policy, Times: p.Times, Rooms: p.Rooms, Officers: p.Officers, LastCallS: p.LastCall,
		ReactS: p.ReactS, Luck: rehearsal.Luck{HelpPct: p.Luck.HelpPct}, Past: p, visitsPct: 100, notes: []string{NotePatience}, staff: Staffing{From: "day"}}
	if p.Changed {
		b.notes = append(b.notes, NoteDayChanged)
	}
	return b
}

func (b *Base) room(id scheduler.RoomID) *rehearsal.RoomSpec {
	for i := range b.Rooms {
		if b.Rooms[i].ID == id {
			return &b.Rooms[i]
		}
	}
	return nil
}

// config is the setting of one day with a seed, without its people.
func (b *Base) config(seed uint64) rehearsal.Config {
	c := rehearsal.Config{Seed: seed, Date: b.Date, Policy: past.OnDate(b.Policy, b.Date, b.Hours), Times: b.Times, Truth: b.Times, Rooms: b.Rooms, Officers: b.Officers,
		Helpers: 1 + len(b.Officers)/2, Luck: b.Luck, LastCallS: b.LastCallS, ReactS: b.ReactS}
	return c
}

// people are those who come on a day of that seed, met by every setting.
func (b *Base) people(q *Question, seed uint64) *rehearsal.People {
	switch {
	case b.Past != nil:
		return b.Past.People
	case len(b.Days) == 0:
		return b.catalogue(cmp.Or(q.PerDay, b.visits)*b.visitsPct/100, seed)
	case b.ownPct() == 100:
		return past.Resample(b.Days, b.Date, seed, q.PerDay*b.visitsPct/100, b.visitsPct)
	}
	all := b.demand(q).Visits
	own := (all*b.ownPct() + 50) / 100
	people := b.catalogue(all-own, seed)
	if own == 0 { // no number would mean that of a past day
		return people
	}
	return rehearsal.Together(past.Resample(b.Days, b.Date, seed, own, 100), people)
}

// catalogue draws so many visits with the mix of an ordinary busy branch.
func (b *Base) catalogue(visits int, seed uint64) *rehearsal.People {
	c := b.config(seed)
	surge := rehearsal.Surge(seed)
	c.Visits, c.AtDoorPct, c.Channels, c.Companies, c.Parties = visits, surge.AtDoorPct, surge.Channels, surge.Companies, surge.Parties
	return rehearsal.Draw(c)
}

// demand says who comes and where that is known from.
func (b *Base) demand(q *Question) Demand {
	d := Demand{Visits: q.PerDay * b.visitsPct / 100, From: "asked", Days: len(b.Days)}
	switch {
	case b.Past != nil:
		return Demand{Visits: b.Past.People.Visits(), From: "day", Days: 1}
	case q.PerDay > 0:
	case len(b.Days) > 0:
		d.Visits, d.From = b.pastVisits()*b.visitsPct/100/len(b.Days), "learned"
		if b.ownPct() < 100 {
			d.Visits, d.From = b.blended(b.pastVisits()/len(b.Days), b.visits)*b.visitsPct/100, "blended"
		}
	default:
		d.Visits, d.From = b.visits*b.visitsPct/100, "catalogue"
	}
	return d
}
