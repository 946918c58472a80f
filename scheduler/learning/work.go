package learning

import (
	"cmp"
	"slices"

	"lapak/scheduler"
	"lapak/scheduler/calendar"
)

// What is enough to say a figure aloud. Below it a single long claim moves the
// figure by more than anybody should act upon.
const (
	// EnoughClaims and EnoughS are of today's sessions: a dozen claims and an
	// officer's hour.
	EnoughClaims = 12
	EnoughS      = 3600
	// EnoughSingleClaims and EnoughSingleS are of the one-to-one sessions that a
	// multiplier is measured against: about half a day at one counter.
	EnoughSingleClaims = 30
	EnoughSingleS      = 4 * 3600
	// workDays is how many closed days the one-to-one figure looks back: a
	// quarter of a year, in which a small branch has single days enough.
	workDays = 60
	// maxWorkers bounds the officers of one day.
	maxWorkers = scheduler.MaxOfficers
)

// The ways of working that are compared. A side desk takes what does not fit
// anywhere else and is neither.
const (
	wayDesk = iota
	wayGroup
	waySingle
	ways
)

// Yield is what so much officer time brought.
type Yield struct {
	Claims   int64 `json:"claims"`
	OfficerS int64 `json:"officer_s"` // of officers on shift in a session, while somebody sat there or waited
}

// PerHour is claims per officer-hour in hundredths.
func (y Yield) PerHour() int64 {
	if y.OfficerS <= 0 {
		return 0
	}
	return y.Claims * 360_000 / y.OfficerS
}

func (y *Yield) add(o Yield) { y.Claims, y.OfficerS = y.Claims+o.Claims, y.OfficerS+o.OfficerS }

// OfficerWork is one officer's day so far, in seconds.
type OfficerWork struct {
	Officer  int64 `json:"officer"`
	ShiftS   int64 `json:"shift_s"`   // on shift, breaks included
	PauseS   int64 `json:"pause_s"`   // of it on break or out for a moment
	SessionS int64 `json:"session_s"` // of it in a session, no break
	WithS    int64 `json:"with_s"`    // of that with somebody
	Claims   int64 `json:"claims"`    // settled
}

// Work is how the officers' time was used today, and what one-to-one sessions
// brought on this and earlier days.
type Work struct {
	Date     calendar.Date `json:"date,omitzero"`
	At       int64         `json:"at"`
	Officers []OfficerWork `json:"officers"`
	Group    Yield         `json:"group"`   // today's sessions of several
	Single   Yield         `json:"single"`  // the one-to-one sessions of the last days, today's included
	Days     int           `json:"days"`    // on how many days there were any
	NoShow   int           `json:"no_show"` // percent of those called, up to yesterday
}

// Enough reports whether today's sessions say anything yet.
func (w *Work) Enough() bool { return w.Group.Claims >= EnoughClaims && w.Group.OfficerS >= EnoughS }

// SingleEnough reports whether the branch's own one-to-one sessions are a
// baseline.
func (w *Work) SingleEnough() bool {
	return w.Single.Claims >= EnoughSingleClaims && w.Single.OfficerS >= EnoughSingleS
}

// work is what is kept of it.
type work struct {
	Today  [ways]Yield   `json:"today"`
	People []OfficerWork `json:"people,omitempty"` // ascending
	Past   []singleDay   `json:"past,omitempty"`   // oldest first
}

type singleDay struct {
	Date  calendar.Date `json:"date"`
	Yield Yield         `json:"yield"`
}

// pass adds the time until at, during which the state stood still.
func (w *work) pass(s *scheduler.State, at scheduler.Time) {
	span := at - s.At
	if span <= 0 || !s.Floor.Day.Open {
		return
	}
	for i := range s.Floor.Officers {
		o := &s.Floor.Officers[i]
		if o.Presence == scheduler.OffShift {
			continue
		}
		p := w.person(int64(o.ID))
		p.ShiftS += span
		if o.Presence != scheduler.OnShift {
			p.PauseS += span
			continue
		}
		way, busy, live := wayOf(s, o.ID)
		if !live {
			continue
		}
		p.SessionS += span
		if o.WithRoom != 0 {
			p.WithS += span
		}
		if busy {
			w.Today[way].OfficerS += span
		}
	}
}

// wayOf tells how an officer works now, and whether there is anybody to work
// for. Whoever has several sessions at once works in the least bound way.
func wayOf(s *scheduler.State, id scheduler.OfficerID) (way int, busy, live bool) {
	for i := range s.Floor.Sessions {
		ses := &s.Floor.Sessions[i]
		if ses.State >= scheduler.Cleaning || !slices.Contains(ses.Crew, id) {
			continue
		}
		r := s.Room(ses.Room)
		live = true
		this := wayIn(r, ses)
		if this != wayDesk && (way == wayDesk || this < way) {
			way = this
		}
		busy = busy || somebodyAt(s, r) || ses.State != scheduler.Closing && len(s.Floor.Line(lineOf(r))) > 0
	}
	return way, busy, live
}

func wayIn(r *scheduler.Room, ses *scheduler.Session) int {
	switch {
	case r.Desk:
		return wayDesk
	case ses.Mode == scheduler.Single:
		return waySingle
	}
	return wayGroup
}

func lineOf(r *scheduler.Room) scheduler.VisitState {
	if r.Desk {
		return scheduler.AtDesk
	}
	return scheduler.Waiting
}

func somebodyAt(s *scheduler.State, r *scheduler.Room) bool {
	return slices.ContainsFunc(s.RoomSeats(r), func(seat scheduler.Seat) bool {
		return seat.State != scheduler.SeatFree && seat.State != scheduler.SeatCleaning
	})
}

// person is the officer's entry of today.
func (w *work) person(id int64) *OfficerWork {
	i, there := slices.BinarySearchFunc(w.People, id, func(p OfficerWork, id int64) int { return cmp.Compare(p.Officer, id) })
	if !there {
		w.People = slices.Insert(w.People, i, OfficerWork{Officer: id})
	}
	return &w.People[i]
}

// settled notes who brought a claim to its outcome, and in which way.
func (l *Learner) settled(rec *scheduler.Record, e scheduler.ClaimSettled) {
	c := l.d.Claim(e.Claim)
	if c == nil {
		return
	}
	v := l.d.Visit(c.Visit)
	if v == nil {
		return
	}
	ses := l.d.Session(v.Session)
	if ses == nil {
		return
	}
	who := int64(0)
	if rec.By.Role == scheduler.ByOfficer && slices.Contains(ses.Crew, scheduler.OfficerID(rec.By.ID)) {
		who = rec.By.ID
	} else if len(ses.Crew) == 1 {
		who = int64(ses.Crew[0])
	}
	l.note(fact{Seq: rec.Seq, What: factSettled, A: int64(wayIn(l.d.Room(ses.Room), ses)), B: who})
}

// settle counts one that can no longer be taken back.
func (w *work) settle(f fact) {
	if f.A < ways {
		w.Today[f.A].Claims++
	}
	if f.B != 0 {
		w.person(f.B).Claims++
	}
}

// open begins a day.
func (w *work) open() { w.Today, w.People = [ways]Yield{}, nil }

// close keeps a day's one-to-one sessions.
func (w *work) close(date calendar.Date) {
	if w.Today[waySingle].OfficerS > 0 {
		w.Past = append(w.Past, singleDay{date, w.Today[waySingle]})
		w.Past = w.Past[max(0, len(w.Past)-workDays):]
	}
	w.Today[waySingle] = Yield{}
}

// Work returns the day's work until a time. Claims whose outcome can still be
// taken back count as well: they most probably stay.
func (l *Learner) Work(at scheduler.Time) Work {
	w := work{Today: l.work.Today, People: slices.Clone(l.work.People), Past: l.work.Past}
	w.pass(l.d.State, at)
	for _, f := range l.facts {
		if f.What == factSettled {
			w.settle(f)
		}
	}
	out := Work{Date: l.d.Floor.Day.Date, At: at, Officers: w.People, Group: w.Today[wayGroup], Single: w.Today[waySingle],
		NoShow: l.Habits().NoShowPct}
	if out.Officers == nil {
		out.Officers = []OfficerWork{}
	}
	if out.Single.OfficerS > 0 {
		out.Days++
	}
	for _, d := range w.Past {
		out.Single.add(d.Yield)
		out.Days++
	}
	return out
}

// sound refuses what no Learner wrote.
func (w *work) sound() bool {
	if len(w.People) > maxWorkers || len(w.Past) > workDays {
		return false
	}
	for i, p := range w.People {
		if i > 0 && w.People[i-1].Officer >= p.Officer || p.ShiftS < p.PauseS || p.SessionS < p.WithS || p.WithS < 0 || p.PauseS < 0 || p.Claims < 0 {
			return false
		}
	}
	for _, y := range w.Today {
		if y.Claims < 0 || y.OfficerS < 0 {
			return false
		}
	}
	return !slices.ContainsFunc(w.Past, func(d singleDay) bool { return d.Yield.Claims < 0 || d.Yield.OfficerS < 0 })
}
