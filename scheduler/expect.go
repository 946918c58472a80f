package scheduler

import (
	"math"
	"slices"
)

// Range is an expected wait in seconds: an honest low and high.
type Range struct {
	LowS  int64 `json:"low_s"`
	HighS int64 `json:"high_s"`
}

// Some reports whether there is something to tell.
func (r Range) Some() bool { return r.HighS > 0 }

// How a wait is told before the branch has learned anything better: persons
// ahead times the gap, which comes out short because bookings near their time
// still step in before. On rehearsed surge days this range holds for about four
// of five (TestToldWaitsAreHonest of package rehearsal).
const (
	rangeLowPct   = 85
	rangeHighPct  = 160
	gapWindowS    = 3600 // the gap between calls is measured over the last hour
	minGapSamples = 6    // fewer calls than this say nothing; the procedure's times do
)

// FreshS is how long what was told counts as fresh: the forecast tells the lanes
// anew at least every five minutes, so after ten it has stopped, and the old
// estimate is better than none.
const FreshS = 600

// fresh reports whether the forecast is at work.
func (s *State) fresh(now Time) bool { return s.Floor.ToldAt != 0 && now-s.Floor.ToldAt <= FreshS }

func (p *Promise) fresh(now Time) bool { return p.At != 0 && now-p.At <= FreshS }

// left is what is left of a promise, in whole minutes as people are told it:
// the low end down, the high end up. It is false once the time is over.
func (p *Promise) left(now Time) (Range, bool) {
	now = max(now, p.At) // as of the whole minute, which began before it was told
	low, high := p.At+int64(p.LowS)-now, p.At+int64(p.HighS)-now
	if p.At == 0 || high <= 0 {
		return Range{}, false
	}
	return Range{LowS: max(0, low) / 60 * 60, HighS: (high + 59) / 60 * 60}, true
}

// CallsOver reports whether no number of the line is called any more today, so
// that nobody may be told a wait: the day was closed, its hours have passed, or
// the last ticket is out and no session is left that calls. It is false before
// the day was opened: then nothing has been said yet.
func (s *State) CallsOver(now Time) bool {
	f := &s.Floor
	day := &f.Day
	if !day.Open {
		return day.Closed != 0 && f.Policy.Calendar.Zone.DateOf(f.Wall(now)) == day.Date
	}
	if day.Extended || day.Hours.CloseS == 0 {
		return false
	}
	switch {
	case now >= f.atSecond(day.Hours.CloseS):
		return true
	case now < f.atSecond(day.Hours.LastTicketS):
		return false
	}
	for i := range f.Sessions {
		if s.callsAgain(&f.Sessions[i], now) {
			return false
		}
	}
	return true
}

// callsAgain reports whether a session may still call numbers of the line: it is
// in a room of the line, its officers' time is not over, and it has not made its
// last call. A closed room's crew forms its next group after the cleaning.
func (s *State) callsAgain(ses *Session, now Time) bool {
	if r := s.Room(ses.Room); r == nil || r.Desk {
		return false
	}
	if end := s.endOf(ses); end != 0 && now >= end {
		return false
	}
	if ses.Mode == Closed {
		return !ses.Last
	}
	return ses.State != Closing && ses.State != Cleaning
}

// Serves reports whether somebody serves the line now: officers in a room of it that
// may still call.
func (s *State) Serves(now Time) bool {
	return s.Floor.Day.Open && slices.ContainsFunc(s.Floor.Sessions, func(ses Session) bool {
		return len(ses.Crew) > 0 && s.callsAgain(&ses, now)
	})
}

// served reports whether what was told may stand: somebody serves, or is on shift
// and about to. With nobody at all there is no wait that could be promised.
func (s *State) served(now Time) bool {
	return s.Serves(now) || s.Floor.Day.Open && slices.ContainsFunc(s.Floor.Officers, func(o Officer) bool { return o.Presence != OffShift })
}

// Waits tells how long a visit that joined each channel's line now would wait
// to be called; the index is the channel. It is what the forecast last told, or, where
// no forecast is at work or the line is another one by now, the estimate from the gap
// between calls. The zero
// Range is a wait that cannot be told. Nobody may be told any once CallsOver.
func (s *State) Waits(now Time) [channels]Range {
	var waits [channels]Range
	for c := range waits {
		waits[c] = s.laneWait(Channel(c), now)
	}
	return waits
}

func (s *State) laneWait(c Channel, now Time) Range {
	p := &s.Floor.Lanes[c]
	if s.LaneToldAt(c, now) != 0 && s.served(now) {
		return Range{LowS: int64(p.LowS), HighS: int64(p.HighS)}
	}
	if s.fresh(now) && !p.fresh(now) || !s.Serves(now) {
		return Range{} // the forecast is at work and does not know, or nobody serves
	}
	return s.told(s.joining(c, now), now)
}

// joining counts the persons before somebody who joined the channel's line now: those
// who came within the minute that is shown stand before it too.
func (s *State) joining(c Channel, now Time) int64 {
	now = max(now, s.At)
	v := Visit{Channel: c, Arrived: now, Effective: now, Lot: math.MaxUint32, Since: now, ID: s.Floor.NextVisit}
	if c == Online {
		v.Effective -= int64(s.Floor.Policy.Order.BookingCreditS)
	}
	return persons(s.InLine(Waiting), &v)
}

// How much a line may grow or shrink until what was told of it no longer holds: by more
// than two persons and by more than a fifth, which the ranges that are told have room for.
const (
	movedPersons = 2
	movedPart    = 5
)

// LineMoved reports whether a line of so many persons is another one than it was, so that
// a wait that was worked out then would contradict the line beside it.
func LineMoved(was, is int64) bool {
	d := max(is-was, was-is)
	return d > movedPersons && d*movedPart > was
}

// LaneMoved reports whether the channel's line has moved since its wait was told.
func (s *State) LaneMoved(c Channel, now Time) bool {
	return LineMoved(int64(s.Floor.LaneAhead[c]), s.joining(c, now))
}

// LaneToldAt is when the wait that is told of the channel was worked out by the forecast,
// or 0 where it follows from the pace of the calls.
func (s *State) LaneToldAt(c Channel, now Time) Time {
	if !s.Floor.Lanes[c].fresh(now) || s.LaneMoved(c, now) {
		return 0
	}
	return s.Floor.ToldAt
}

// WaitOf tells how long a waiting visit will still wait, and how many visits
// stand before it. It is what the visit was told last. One that was told nothing
// yet is told what its channel is, so that the phone, the kiosk and the lobby
// agree. The zero Range is a wait that cannot be told: nobody serves, no room works its programme, or the time
// that was told has passed and the forecast works it out anew.
func (s *State) WaitOf(v *Visit, now Time) (r Range, ahead int) {
	ahead, _ = s.AheadOf(v)
	if s.Unserved(v) {
		return r, ahead // no room calls it, however long the line is
	}
	fresh := s.fresh(now)
	if told := s.ToldOf(v.ID); told != nil && fresh && lineNo(v.State) >= 0 {
		if s.served(now) {
			r, _ = told.Last.left(now)
		}
		return r, ahead
	}
	switch {
	case v.State == AtDesk && (fresh || !s.deskServes()):
		return r, ahead
	case v.State != AtDesk && fresh:
		return s.laneWait(v.Channel, now), ahead
	case v.State != AtDesk && !s.Serves(now):
		return r, ahead
	}
	return s.told(persons(s.InLine(v.State), v), now), ahead
}

// deskServes reports whether somebody serves at a side desk.
func (s *State) deskServes() bool {
	return slices.ContainsFunc(s.Floor.Sessions, func(ses Session) bool { return s.Room(ses.Room).Desk && len(ses.Crew) > 0 })
}

// AheadOf counts the visits and the persons that stand before v in the fair order
// of those who wait now for a room, or at the desk; v itself need not be in the line.
func (s *State) AheadOf(v *Visit) (visits, persons int) {
	state := v.State
	if lineNo(state) < 0 {
		state = Waiting
	}
	for _, w := range s.InLine(state) {
		if w.ID != v.ID && before(w, v) < 0 {
			visits, persons = visits+1, persons+int(w.Persons)
		}
	}
	return visits, persons
}

// persons counts the persons before v in the line.
func persons(line []*Visit, v *Visit) int64 {
	n := int64(0)
	for _, w := range line {
		if before(w, v) < 0 {
			n += int64(w.Persons)
		}
	}
	return n
}

// told is the estimate for somebody behind so many persons: places that are free
// for them go first, and nobody is called before the branch opens.
func (s *State) told(persons int64, now Time) Range {
	free, gapMS := int64(0), s.gap(now)
	for i := range s.Floor.Sessions {
		if ses := &s.Floor.Sessions[i]; s.callsAgain(ses, now) {
			free += s.FreePlaces(s.Room(ses.Room), now)
		}
	}
	closed := max(0, s.opensAt()-now)
	ms := max(0, persons-free+1) * gapMS / 1000
	low, high := closed+ms*rangeLowPct/100, closed+ms*rangeHighPct/100
	step := tellStep(low) // each end by its own step, so that a longer line is never told a shorter wait
	low = low / step * step
	fine := tellStep(high)
	high = (high + fine - 1) / fine * fine
	return Range{LowS: low, HighS: max(high, low+step)}
}

// FreePlaces is how many persons the room can take besides those in it: a seat that
// is too near to somebody, or beyond what the officer may handle, is no place.
func (s *State) FreePlaces(r *Room, now Time) int64 {
	free := 0
	for _, seat := range s.RoomSeats(r) {
		if seat.State == SeatFree && !seat.Closed {
			free++
		}
	}
	c := s.CapacityOf(r, now)
	return int64(max(0, min(free, c.Persons-c.Present)))
}

// tellStep is how finely a wait is told: nobody plans two hours by the minute.
func tellStep(s int64) int64 {
	switch {
	case s < 2700:
		return 300
	case s < 7200:
		return 900
	}
	return 1800
}

// gap is the time between two persons being called, in milliseconds: measured
// over the last hour when there were enough calls, else from the procedure.
func (s *State) gap(now Time) int64 {
	n, first := int64(0), now
	for i := range s.Floor.Visits {
		if v := &s.Floor.Visits[i]; v.FirstCall > now-gapWindowS && v.FirstCall <= now {
			n += int64(v.Persons)
			first = min(first, v.FirstCall)
		}
	}
	if n >= minGapSamples && now-first >= 600 {
		return (now - first) * 1000 / n
	}
	officers, seats := int64(0), int64(0)
	for i := range s.Floor.Sessions {
		ses := &s.Floor.Sessions[i]
		officers += int64(len(ses.Crew))
		seats += int64(s.CapacityOf(s.Room(ses.Room), now).Persons)
	}
	proc, ok := s.Floor.procedureBy(0, "JHT")
	if !ok || officers == 0 || seats == 0 {
		return 300_000
	}
	byOfficer := int64(proc.OfficerS(1)) * 1000 / officers
	bySeats := int64(proc.TotalS()+s.Floor.Policy.Seat.ChangeS) * 1000 / seats
	return max(byOfficer, bySeats)
}

// LongestWaiting returns the visit that has waited longest, or nil.
func (s *State) LongestWaiting() *Visit {
	line := s.Floor.Line(Waiting)
	if len(line) == 0 {
		return nil
	}
	return slices.MinFunc(line, func(a, b *Visit) int { return cmp64(a.Since, b.Since) })
}
