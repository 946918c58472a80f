package scheduler

import (
	"cmp"
	"slices"
)

// What visitors were told about their call, and how it turned out. A promise is
// told by the forecast, lives in the floor so that every view shows the same,
// and is scored when the visit is called for the first time.
//
// Two promises of a visit are scored: the first that it was told, and the last
// that stood for at least StoodS, either until it was replaced or until the
// call. What was told only moments before a call is no promise that anybody
// could plan by. A visit that was never told anything is not scored.

// Promise is a range that was told: from At + LowS to At + HighS, with the
// call most likely around At + MidS. The zero Promise is none.
type Promise struct {
	At    Time  `json:"at"`
	LowS  int32 `json:"low_s"`
	MidS  int32 `json:"mid_s"`
	HighS int32 `json:"high_s"`
}

// Told is what a visit has been told.
type Told struct {
	Visit VisitID `json:"visit"`
	First Promise `json:"first"`
	Stood Promise `json:"stood"` // replaced since, and stood at least StoodS
	Last  Promise `json:"last"`
}

// Limits and times of promises.
const (
	// StoodS is how long a promise must stand to be one that people plan by: as
	// long as it takes to go out for a coffee.
	StoodS = 600
	// TellAgainS is how soon a visit may be told something else: a number that
	// changes more often is noise (design.md).
	TellAgainS = 60
	// MaxTold bounds the visits of one record: a surge day's line, and 60 bytes
	// each keep it under MaxRecordBytes.
	MaxTold = 500
	// MaxPromiseS bounds what is told: nobody is told more than a working day.
	MaxPromiseS = 12 * 3600
	// KeepToldS is how long what was told is kept after the visit was called or
	// ended: as long as the act may be taken back at most (undo_s).
	KeepToldS = 300
)

// Telling is one range of a Tell, in seconds from then.
type Telling struct {
	Visit VisitID `json:"v"`
	LowS  int32   `json:"l"`
	MidS  int32   `json:"m"`
	HighS int32   `json:"h"`
}

// LaneTelling is what somebody is told who joins a channel's line then.
type LaneTelling struct {
	Lane  Channel `json:"lane"`
	LowS  int32   `json:"l"`
	HighS int32   `json:"h"`
}

// Tell records what visitors are told of their waits: many visits and the
// lanes in one record. Only the branch's own forecast gives it. A visit that
// waits no longer, and one that was told within TellAgainS, is left out.
type Tell struct {
	Visits []Telling
	Lanes  []LaneTelling
}

// PromisesTold is what visitors were told.
type PromisesTold struct {
	Visits []Telling     `json:"visits,omitempty"`
	Lanes  []LaneTelling `json:"lanes,omitempty"`
}

// Kind is the event's stable name.
func (PromisesTold) Kind() string { return "promises.told" }

func (c Tell) decide(d *Draft) error {
	if d.by.Role != BySystem {
		return forbidden("not_you", "Only the branch's forecast tells waits.")
	}
	if err := d.needOpenDay(); err != nil {
		return err
	}
	if len(c.Visits) > MaxTold {
		return invalid("visits", "out_of_range", "One record tells at most %d visits; send the rest in the next.", MaxTold)
	}
	e := PromisesTold{}
	for i := range c.Visits {
		t := &c.Visits[i]
		if t.LowS < 0 || t.MidS < t.LowS || t.HighS < t.MidS || t.HighS <= t.LowS || t.HighS > MaxPromiseS {
			return invalid("visits", "out_of_range", "A wait is told as 0 ≤ low ≤ middle ≤ high ≤ %d s with low below high.", MaxPromiseS)
		}
		if i > 0 && c.Visits[i-1].Visit >= t.Visit {
			return invalid("visits", "twice", "The visits of one record stand in ascending order, each once.")
		}
		if v := d.Visit(t.Visit); v == nil || lineNo(v.State) < 0 {
			continue
		}
		if told := d.ToldOf(t.Visit); told != nil && d.now-told.Last.At < TellAgainS {
			continue
		}
		e.Visits = append(e.Visits, *t)
	}
	for i := range c.Lanes {
		t := &c.Lanes[i]
		if t.Lane >= channels || t.LowS < 0 || t.HighS <= t.LowS || t.HighS > MaxPromiseS {
			return invalid("lanes", "out_of_range", "A lane's wait is told as 0 ≤ low < high ≤ %d s.", MaxPromiseS)
		}
		e.Lanes = append(e.Lanes, *t)
	}
	if len(e.Visits) > 0 || len(e.Lanes) > 0 {
		d.emit(e)
	}
	return nil
}

// apply writes beside the visits, not into them: being told something is no act
// that stands in the way of taking one back.
func (e PromisesTold) apply(s *State) {
	f := &s.Floor
	at := s.cap.at
	f.Told = slices.DeleteFunc(f.Told, func(t Told) bool { return s.toldEnough(t.Visit, at) })
	for _, t := range e.Visits {
		p := Promise{At: at, LowS: t.LowS, MidS: t.MidS, HighS: t.HighS}
		i, found := slices.BinarySearchFunc(f.Told, t.Visit, byVisit)
		if !found {
			f.Told = slices.Insert(f.Told, i, Told{Visit: t.Visit, First: p, Last: p})
			continue
		}
		if told := &f.Told[i]; at-told.Last.At >= StoodS {
			told.Stood, told.Last = told.Last, p
		} else {
			told.Last = p
		}
	}
	for _, t := range e.Lanes {
		f.Lanes[t.Lane] = Promise{At: at, LowS: t.LowS, MidS: (t.LowS + t.HighS) / 2, HighS: t.HighS}
		f.LaneAhead[t.Lane] = int32(s.joining(t.Lane, at))
	}
	f.ToldAt = at
}

func byVisit(t Told, id VisitID) int { return cmp.Compare(t.Visit, id) }

// toldEnough reports whether what the visit was told is of no more use: it is
// gone, or was called so long ago that the call can no longer be taken back.
func (s *State) toldEnough(id VisitID, now Time) bool {
	v := s.Visit(id)
	switch {
	case v == nil:
		return true
	case v.State.Final():
		return now-v.Ended > KeepToldS
	case lineNo(v.State) < 0 && v.FirstCall != 0:
		return now-v.FirstCall > KeepToldS
	}
	return false
}

// ToldOf returns what the visit has been told, or nil.
func (s *State) ToldOf(id VisitID) *Told {
	if i, ok := slices.BinarySearchFunc(s.Floor.Told, id, byVisit); ok {
		return &s.Floor.Told[i]
	}
	return nil
}

// standing is the promise of a visit called at a time that is scored beside the
// first, or none.
func (t *Told) standing(at Time) Promise {
	if at-t.Last.At >= StoodS {
		return t.Last
	}
	return t.Stood
}

// Tally counts promises and how they turned out. A call before the range is
// early, one after it late; the error is the distance from the middle told.
type Tally struct {
	N      int   `json:"n"`
	AbsS   int64 `json:"abs_s"` // errors added up, in whole seconds
	Inside int   `json:"inside"`
	Early  int   `json:"early"`
	Late   int   `json:"late"`
	WideS  int64 `json:"wide_s"` // widths added up
}

func (t *Tally) add(p Promise, call Time, sign int) {
	if p.At == 0 {
		return
	}
	off := call - p.At
	t.N += sign
	t.AbsS += int64(sign) * max(off-int64(p.MidS), int64(p.MidS)-off)
	t.WideS += int64(sign) * int64(p.HighS-p.LowS)
	switch {
	case off < int64(p.LowS):
		t.Early += sign
	case off > int64(p.HighS):
		t.Late += sign
	default:
		t.Inside += sign
	}
}

func (t *Tally) sum(o *Tally) {
	t.N, t.AbsS, t.WideS = t.N+o.N, t.AbsS+o.AbsS, t.WideS+o.WideS
	t.Inside, t.Early, t.Late = t.Inside+o.Inside, t.Early+o.Early, t.Late+o.Late
}

// MeanErrorS is the mean absolute error in whole seconds.
func (t *Tally) MeanErrorS() int64 { return t.AbsS / int64(max(1, t.N)) }

// MeanWidthS is the mean width of the ranges in whole seconds.
func (t *Tally) MeanWidthS() int64 { return t.WideS / int64(max(1, t.N)) }

// InsidePct is how many of a hundred calls came within their range.
func (t *Tally) InsidePct() int { return (100*t.Inside + t.N/2) / max(1, t.N) }

// HourScore is how the promises turned out of those who were called in one
// hour of the day.
type HourScore struct {
	Hour  int   `json:"hour"` // of the local day, 0 to 23
	First Tally `json:"first"`
	Stood Tally `json:"stood"`
}

// Score is how the day's promises turned out: in all and by the hour of the
// call, ascending.
type Score struct {
	First Tally       `json:"first"`
	Stood Tally       `json:"stood"`
	Hours []HourScore `json:"hours"`
}

// Score adds up how today's promises turned out.
func (s *State) Score() Score {
	sum := Score{Hours: slices.Clone(s.Floor.Scores)}
	for i := range sum.Hours {
		sum.First.sum(&sum.Hours[i].First)
		sum.Stood.sum(&sum.Hours[i].Stood)
	}
	return sum
}

// scoreCall adds a visit's promises to the score of the hour in which it was
// called, or, with sign -1, takes them out again because the call was undone.
func (s *State) scoreCall(id VisitID, call Time, sign int) {
	told := s.ToldOf(id)
	if told == nil {
		return
	}
	f := &s.Floor
	hour := f.secondOfDay(call) / 3600
	i, found := slices.BinarySearchFunc(f.Scores, hour, func(h HourScore, hour int) int { return cmp.Compare(h.Hour, hour) })
	if !found {
		f.Scores = slices.Insert(f.Scores, i, HourScore{Hour: hour})
	}
	h := &f.Scores[i]
	h.First.add(told.First, call, sign)
	h.Stood.add(told.standing(call), call, sign)
	if h.First.N == 0 && h.Stood.N == 0 {
		f.Scores = slices.Delete(f.Scores, i, i+1)
	}
}

// unscore takes the scores of first calls out again that the images undo.
func (s *State) unscore(m *Images) {
	for i := range m.Visits {
		was := &m.Visits[i]
		if v := s.Visit(was.ID); v != nil && was.FirstCall == 0 && v.FirstCall != 0 {
			s.scoreCall(v.ID, v.FirstCall, -1)
		}
	}
}
