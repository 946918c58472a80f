package forecast

import (
	"cmp"
	"slices"

	"lapak/scheduler"
)

// LanesAgainS is after how long the lanes are told again though nothing has
// changed: by it the branch knows that its forecast is still at work
// (scheduler.FreshS).
const LanesAgainS = 300

// Tell is the command that records what the forecast has to tell now: the
// visits for which what they were told last is materially wrong by now, and the
// lanes. State is the present one, which may be younger than the forecast's. It
// is false when there is nothing to tell. The System gives the command.
//
// What a visit was told is materially wrong when a quarter of the paths lie on
// one side of it, when it is more than a step of the rounding wider than need be by
// now, and when its time has passed. A visit is told something at most once in
// scheduler.TellAgainS.
func (f *Forecast) Tell(s *scheduler.State, now scheduler.Time) (scheduler.Tell, bool) {
	var c scheduler.Tell
	if !s.Floor.Day.Open || f.At == 0 {
		return c, false
	}
	for i := range f.Visits {
		v := &f.Visits[i]
		x := s.Visit(v.ID)
		if !v.Told.Some() || x == nil || (x.State != scheduler.Waiting && x.State != scheduler.AtDesk) || len(c.Visits) >= scheduler.MaxTold || v.Told.HighS > scheduler.MaxPromiseS {
			continue
		}
		if told := s.ToldOf(v.ID); told != nil && (now-told.Last.At < scheduler.TellAgainS || !v.differs(&told.Last, f.At)) {
			continue
		}
		c.Visits = append(c.Visits, scheduler.Telling{Visit: v.ID, LowS: told32(v.Told.LowS), MidS: told32(v.Told.MidS), HighS: told32(v.Told.HighS)})
	}
	slices.SortFunc(c.Visits, func(a, b scheduler.Telling) int { return cmp.Compare(a.Visit, b.Visit) })
	if f.lanesDue(s, now) {
		for i := range f.Lanes {
			if l := &f.Lanes[i]; l.Told.Some() && l.Told.HighS <= scheduler.MaxPromiseS {
				c.Lanes = append(c.Lanes, scheduler.LaneTelling{Lane: l.Channel, LowS: told32(l.Told.LowS), HighS: told32(l.Told.HighS)})
			}
		}
	}
	return c, len(c.Visits)+len(c.Lanes) > 0
}

// told32 is a wait as the record keeps it.
func told32(s int64) int32 { return int32(min(max(0, s), scheduler.MaxPromiseS)) }

// differs reports whether the old promise is materially wrong by now.
func (v *Visit) differs(old *scheduler.Promise, now scheduler.Time) bool {
	low, high := old.At+int64(old.LowS), old.At+int64(old.HighS)
	step := tellStep(v.Told.MidS)
	return high <= now || v.Call.P25 < low || v.Call.P75 > high || high-max(low, now) > v.Told.HighS-v.Told.LowS+step
}

func apart(a, b int64) int64 { return max(a-b, b-a) }

// lanesDue reports whether the lanes are to be told: one of them has moved by a
// step, or they were not told for long. Where a line is another one than it was when its
// wait was told, they are told at once, unless it has moved since the forecast as well.
func (f *Forecast) lanesDue(s *scheduler.State, now scheduler.Time) bool {
	if f.Outrun(s) {
		return false
	}
	for i := range f.Lanes {
		l := &f.Lanes[i]
		old := &s.Floor.Lanes[l.Channel]
		if !l.Told.Some() {
			continue
		}
		if now-old.At >= LanesAgainS || s.LaneMoved(l.Channel, now) {
			return true
		}
		moved := apart(int64(old.LowS), l.Told.LowS) > 0 || apart(int64(old.HighS), l.Told.HighS) > 0
		if moved && now-old.At >= scheduler.TellAgainS {
			return true
		}
	}
	return false
}

// Outrun reports whether the line is another one than the forecast was made from, so that
// it is to be made anew.
func (f *Forecast) Outrun(s *scheduler.State) bool {
	return scheduler.LineMoved(f.Persons, inLine(s))
}

// inLine counts the persons who wait for a room.
func inLine(s *scheduler.State) int64 {
	n := int64(0)
	for _, v := range s.InLine(scheduler.Waiting) {
		n += int64(v.Persons)
	}
	return n
}
