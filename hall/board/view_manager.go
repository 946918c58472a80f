package board

import (
	"cmp"
	"slices"

	"lapak/scheduler"
)

// ManagerView is the branch at a glance: rooms, officers, lines, waits against
// the promise, and the day's figures so far.
type ManagerView struct {
	At       int64                `json:"at"`
	OffsetS  int64                `json:"offset_s"`
	ZoneS    int                  `json:"zone_s"`
	Day      DayInfo              `json:"day"`
	Today    TodayInfo            `json:"today"`
	Totals   scheduler.Totals     `json:"totals"`
	Goals    scheduler.GoalPolicy `json:"goals"`
	Rooms    []ManagerRoom        `json:"rooms"`
	Officers []OfficerInfo        `json:"officers"`
	Counts   map[string]int       `json:"counts"` // visits by state
	Lines    []LaneInfo           `json:"lines"`
	Waits    []LaneWait           `json:"waits"`
	Longest  []LineInfo           `json:"longest"` // who waits longest, first
	Queue    []QueueInfo          `json:"queue"`   // who waits, in the fair order; a long line's end is left out
	Calls    []CallView           `json:"calls"`
	Promises PromiseScore         `json:"promises"` // what visitors were told today, and how it turned out
	Policy   int                  `json:"policy_version"`
	Lobby    LobbyCrowd           `json:"lobby"`
	Unserved []UnservedInfo       `json:"unserved"`              // programmes that no room works
	Banners  []string             `json:"banners"`               // codes, see docs/operations.md
	ClockOff int64                `json:"clock_off_s,omitempty"` // the PC's clock ahead of branch time, when it differs
}

// DayInfo is the business day.
type DayInfo struct {
	Date     string `json:"date"`
	Open     bool   `json:"open"`
	Over     bool   `json:"over"`   // no more numbers are called today
	Number   int    `json:"number"` // how many days this branch has opened
	Extended bool   `json:"extended"`
	OpenS    int    `json:"open_s"`
	LastS    int    `json:"last_ticket_s"`
	CloseS   int    `json:"close_s"`
}

// TodayInfo is the date at the branch, opened or not, and whether its calendar
// has service on it: a day opened on another has no hours and no closing time. Once today
// is done it says when the branch opens next.
type TodayInfo struct {
	Date    string `json:"date"`
	Service bool   `json:"service"`
	Done    bool   `json:"done"`             // opened and closed: it cannot be opened again
	Next    string `json:"next,omitempty"`   // once done: the next day with service, if one is known
	NextS   int    `json:"next_s,omitempty"` // and the second of it at which the day opens by itself
}

// doneToday reports whether today was opened and closed: no day is open and none will be.
func doneToday(f *scheduler.Floor, now int64) bool {
	return f.Day.Number > 0 && !f.Day.Open && f.Day.Date == f.Policy.Calendar.Zone.DateOf(f.Wall(now))
}

func todayInfo(f *scheduler.Floor, now int64) TodayInfo {
	today := f.Policy.Calendar.Zone.DateOf(f.Wall(now))
	_, service, _ := f.Policy.Calendar.HoursOn(today)
	t := TodayInfo{Date: today.String(), Service: service, Done: doneToday(f, now)}
	if next, ok := f.Policy.Calendar.NextOpenDay(today); ok && t.Done {
		hours, _, _ := f.Policy.Calendar.HoursOn(next)
		t.Next, t.NextS = next.String(), hours.GateS
	}
	return t
}

// ManagerRoom is a room with its session and what binds its capacity.
type ManagerRoom struct {
	Room     RoomInfo           `json:"room"`
	Session  *SessionInfo       `json:"session"`
	Capacity scheduler.Capacity `json:"capacity"`
	Seats    []SeatInfo         `json:"seats"`
	Proposal int                `json:"proposed"` // persons that would be called now
	Next     []NextInfo         `json:"next"`     // who they are
	Wait     []scheduler.Why    `json:"wait"`
	TooNear  int                `json:"too_near"` // persons nearer than the distance in force
}

// QueueInfo is one place of the line as the floor plan draws it.
type QueueInfo struct {
	Visit   int64  `json:"visit"`
	Number  string `json:"number"`
	Persons int    `json:"persons"`
	Lane    string `json:"lane"`
	Waits   int64  `json:"waits_since"`
}

// NextInfo is a visit that a room would call next, and where to.
type NextInfo struct {
	Visit  int64  `json:"visit"`
	Number string `json:"number"`
	Seats  []int  `json:"seats"`
}

// LaneInfo is the waiting of one channel.
type LaneInfo struct {
	Lane    string `json:"lane"`
	Waiting int    `json:"waiting"`
	OldestS int64  `json:"oldest_s"`               // who waits longest, counted as in Longest
	Oldest  int64  `json:"oldest_since,omitempty"` // when that wait began, so that it counts on between two views
	MeanS   int64  `json:"mean_s"`                 // of those called today
	Called  int    `json:"called"`
}

// UnservedInfo is a programme that no room works which calls from the line.
type UnservedInfo struct {
	Programme string `json:"programme"`
	Desk      bool   `json:"desk"`    // a side desk works it, once somebody opens it
	Waiting   int    `json:"waiting"` // visits
	Persons   int    `json:"persons"`
}

// unserved lists the programmes of the branch that no room works. A branch
// without rooms has not said yet what it works.
func unserved(s *scheduler.State) []UnservedInfo {
	list := []UnservedInfo{}
	f := &s.Floor
	if len(f.Rooms) == 0 {
		return list
	}
	line := f.Line(scheduler.Waiting)
	for i := range f.Policy.Procedures.Procedures {
		proc := &f.Policy.Procedures.Procedures[i]
		room, desk := s.ServedBy(proc.Programme)
		if room || proc.InformOnly {
			continue
		}
		one := UnservedInfo{Programme: string(proc.Programme), Desk: desk}
		for _, v := range line {
			if s.WaitsFor(v) == proc.Programme {
				one.Waiting++
				one.Persons += int(v.Persons)
			}
		}
		list = append(list, one)
	}
	return list
}

// LobbyCrowd is how many people are in the lobby against how many may be.
type LobbyCrowd struct {
	Persons int `json:"persons"`
	Max     int `json:"max"`
	// Usual says that the limit is the one that the program begins with.
	Usual bool `json:"usual,omitempty"`
}

// Manager renders the manager's overview.
func Manager(s *scheduler.State, now int64) ManagerView {
	f := &s.Floor
	v := ManagerView{At: now, OffsetS: f.Day.OffsetS, ZoneS: f.Policy.Calendar.Zone.OffsetS(), Totals: s.DayTotals(),
		Day: dayInfo(s, now), Today: todayInfo(f, now), Goals: f.Policy.Goals, Rooms: []ManagerRoom{}, Officers: []OfficerInfo{}, Counts: map[string]int{},
		Lines: lanes(s, now), Longest: []LineInfo{}, Queue: queue(s), Calls: lastCalls(s, lobbyCalls),
		Promises: promiseScore(s), Policy: f.Policy.Version, Lobby: lobbyCrowd(f), Unserved: unserved(s), Banners: []string{}}
	v.Waits, _ = laneWaits(s, now)
	for i := range f.Rooms {
		v.Rooms = append(v.Rooms, managerRoom(s, &f.Rooms[i], now))
	}
	for i := range f.Officers {
		v.Officers = append(v.Officers, officerInfo(s, &f.Officers[i]))
	}
	for i := range f.Visits {
		w := &f.Visits[i]
		if w.State == scheduler.Booked && w.Date != f.Day.Date {
			continue
		}
		v.Counts[w.State.String()]++
	}
	line := f.Line(scheduler.Waiting)
	slices.SortStableFunc(line, func(a, b *scheduler.Visit) int { return cmp.Compare(s.WaitStart(a), s.WaitStart(b)) })
	for _, w := range line[:min(managerWaits, len(line))] {
		v.Longest = append(v.Longest, lineInfo(s, w))
	}
	return v
}

func dayInfo(s *scheduler.State, now int64) DayInfo {
	f := &s.Floor
	return DayInfo{Date: f.Day.Date.String(), Open: f.Day.Open, Over: s.CallsOver(now), Number: f.Day.Number, Extended: f.Day.Extended, OpenS: f.Day.Hours.OpenS,
		LastS: f.Day.Hours.LastTicketS, CloseS: f.Day.Hours.CloseS}
}

func managerRoom(s *scheduler.State, r *scheduler.Room, now int64) ManagerRoom {
	m := ManagerRoom{Room: roomInfo(s, r), Capacity: s.CapacityOf(r, now), Seats: seatInfos(s, r), Next: []NextInfo{}, Wait: []scheduler.Why{}}
	if ses := s.SessionIn(r.ID); ses != nil {
		m.Session = sessionInfo(ses)
		p := s.Propose(r.ID, now)
		m.Proposal = p.Persons
		for _, pick := range p.Picks {
			m.Next = append(m.Next, NextInfo{Visit: int64(pick.Visit), Number: label(s, s.Visit(pick.Visit)), Seats: ints(pick.Seats)})
		}
		m.Wait = append(m.Wait, p.Wait...)
	}
	for _, seat := range m.Seats {
		if seat.TooNear {
			m.TooNear++
		}
	}
	return m
}

// queue is the head of the line.
func queue(s *scheduler.State) []QueueInfo {
	list := []QueueInfo{}
	line := s.Floor.Line(scheduler.Waiting)
	for _, v := range line[:min(managerQueue, len(line))] {
		list = append(list, QueueInfo{Visit: int64(v.ID), Number: label(s, v), Persons: int(v.Persons), Lane: v.Channel.String(), Waits: s.WaitStart(v)})
	}
	return list
}

func lanes(s *scheduler.State, now int64) []LaneInfo {
	list := make([]LaneInfo, 3)
	var sum [3]int64
	for i := range list {
		list[i].Lane = scheduler.Channel(i).String()
	}
	for i := range s.Floor.Visits {
		v := &s.Floor.Visits[i]
		l := &list[v.Channel]
		if v.State == scheduler.Waiting {
			l.Waiting++
			if start := s.WaitStart(v); l.Oldest == 0 || start < l.Oldest {
				l.Oldest, l.OldestS = start, max(0, now-start)
			}
		}
		if v.FirstCall != 0 {
			l.Called++
			sum[v.Channel] += max(0, v.FirstCall-s.WaitStart(v))
		}
	}
	for i := range list {
		list[i].MeanS = sum[i] / int64(max(1, list[i].Called))
	}
	return list
}

// DeskView is what the front desk works with: who has come and must have
// papers checked, who is booked, who was missed, who is at the side desk.
type DeskView struct {
	At      int64      `json:"at"`
	OffsetS int64      `json:"offset_s"`
	ZoneS   int        `json:"zone_s"`
	Day     DayInfo    `json:"day"`
	Waits   []LaneWait `json:"waits"`
	NoWait  NoWait     `json:"no_wait,omitempty"` // why a lane is not in waits
	Waiting int        `json:"waiting"`           // whom a room calls: the same number as on the lobby's board
	// Unserved are the programmes that no room works: whoever comes for one waits
	// for a side desk.
	Unserved  []UnservedInfo `json:"unserved"`
	Elsewhere []string       `json:"elsewhere"` // programmes not claimed at a branch: no number is given for them
	Lobby     LobbyCrowd     `json:"lobby"`
	Visits    []VisitInfo    `json:"visits"` // arrived, incomplete, booked today, missed, at desk, set aside
}

// Desk renders the front desk's view.
func Desk(s *scheduler.State, now int64) DeskView {
	f := &s.Floor
	m := DeskView{At: now, OffsetS: f.Day.OffsetS, ZoneS: f.Policy.Calendar.Zone.OffsetS(), Day: dayInfo(s, now),
		Waiting: len(s.InLine(scheduler.Waiting)), Unserved: unserved(s), Elsewhere: []string{}, Visits: []VisitInfo{}, Lobby: lobbyCrowd(f)}
	m.Waits, m.NoWait = laneWaits(s, now)
	for _, proc := range f.Policy.Procedures.Procedures {
		if proc.InformOnly {
			m.Elsewhere = append(m.Elsewhere, string(proc.Programme))
		}
	}
	for i := range f.Visits {
		v := &f.Visits[i]
		switch v.State {
		case scheduler.Waiting, scheduler.Arrived, scheduler.Incomplete, scheduler.AtDesk, scheduler.Parked, scheduler.SteppedOut, scheduler.NoShow:
		case scheduler.Booked:
			if v.Date != f.Day.Date {
				continue
			}
		default:
			continue
		}
		if len(m.Visits) < deskList {
			m.Visits = append(m.Visits, Visit(s, v))
		}
	}
	return m
}
