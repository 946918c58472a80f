package scheduler

// Span is a stretch of branch time; Until is the first second after it.
type Span struct{ From, Until Time }

// WorkBetween is how many seconds of work lie between two times, the breaks left
// out; 0 when the second is not the later one.
func WorkBetween(from, until Time, breaks []Span) int64 {
	left := until - from
	for _, b := range breaks {
		left -= max(0, min(b.Until, until)-max(b.From, from))
	}
	return max(0, left)
}

// Breaks are the branch's breaks of the day by its calendar, in branch time. A
// day that was opened by hand outside the hours has none.
func (s *State) Breaks() []Span { return s.Floor.breaks(nil) }

func (f *Floor) breaks(list []Span) []Span {
	if f.Day.Extended || f.Day.Hours.CloseS == 0 {
		return list
	}
	for _, b := range f.Policy.Calendar.BreaksOn(f.Day.Date) {
		list = append(list, Span{f.atSecond(b.FromS), f.atSecond(b.UntilS)})
	}
	return list
}

// maxBreaks is how many breaks of a day are looked at without an allocation: a
// branch has one.
const maxBreaks = 4

// EndOfOfficer is the branch time at which the officer stops: the shift's end or
// the day's close, whichever comes first; 0 means never.
func (s *State) EndOfOfficer(id OfficerID) Time {
	end := s.endOf(nil)
	if o := s.Officer(id); o != nil && o.ShiftEnd != 0 && (end == 0 || o.ShiftEnd < end) {
		return o.ShiftEnd
	}
	return end
}

// crewLeft is the seconds of work that the session's crew has left: each of its
// officers until the own shift's end or the close, without the breaks.
func (s *State) crewLeft(ses *Session, now Time) int64 {
	var buffer [maxBreaks]Span
	breaks, left := s.Floor.breaks(buffer[:0]), int64(0)
	for _, id := range ses.Crew {
		left += WorkBetween(now, s.EndOfOfficer(id), breaks)
	}
	return left
}

// openLeft is the seconds until a time without the breaks: what a visitor who
// needs the officer at the end can still spend here.
func (s *State) openLeft(now, end Time) int64 {
	if end == 0 {
		return 0
	}
	var buffer [maxBreaks]Span
	return WorkBetween(now, end, s.Floor.breaks(buffer[:0]))
}
