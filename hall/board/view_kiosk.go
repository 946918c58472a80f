package board

import (
	"lapak/scheduler"
	"lapak/scheduler/calendar"
)

// kioskDays is how many open days a kiosk knows ahead: enough to name the next
// chance over the longest holidays' weekend.
const kioskDays = 3

// KioskView is what whoever takes a number must know before: whether numbers are
// given and by what rule, how long one waits, and when the next chance is. It
// holds nothing about anybody.
type KioskView struct {
	At          int64      `json:"at"`
	OffsetS     int64      `json:"offset_s"`
	ZoneS       int        `json:"zone_s"`
	Day         DayInfo    `json:"day"`
	Days        []OpenDay  `json:"days"`  // today and the next, as far as the branch is open on them
	Quota       int        `json:"quota"` // numbers a day without a booking; 0: no fixed number
	Given       int        `json:"given"` // of them
	Full        bool       `json:"full"`  // the server holds no more visits
	Waits       []LaneWait `json:"waits"`
	NoWait      NoWait     `json:"no_wait,omitempty"` // why a lane is not in waits
	ToldAt      int64      `json:"told_at,omitempty"` // when the forecast told the waits; 0: they follow from the pace of the calls
	Waiting     int        `json:"waiting"`           // whom a room calls
	Lobby       LobbyCrowd `json:"lobby"`
	PapersFirst bool       `json:"papers_first"` // the desk looks at the papers before a number waits
	Unserved    []string   `json:"unserved"`     // programmes that neither a room nor a side desk works
	Policy      int        `json:"policy_version"`
}

// OpenDay is a day on which the branch is open, with its hours as seconds of
// the local day.
type OpenDay struct {
	Date    string `json:"date"`
	GateS   int    `json:"gate_s"`
	OpenS   int    `json:"open_s"`
	LastS   int    `json:"last_ticket_s"`
	CloseS  int    `json:"close_s"`
	IsToday bool   `json:"today"`
}

// Kiosk renders the kiosk's view.
func Kiosk(s *scheduler.State, now int64) KioskView {
	f := &s.Floor
	v := KioskView{At: now, OffsetS: f.Day.OffsetS, ZoneS: f.Policy.Calendar.Zone.OffsetS(), Day: dayInfo(s, now), Days: openDays(f, now),
		Quota: f.Policy.Lobby.WalkIns, Given: int(f.LastNo[scheduler.WalkIn]), Full: len(f.Visits) >= scheduler.MaxVisits,
		Waiting: len(s.InLine(scheduler.Waiting)), Lobby: lobbyCrowd(f),
		PapersFirst: f.Policy.Order.PapersFirst, Policy: f.Policy.Version, Unserved: []string{}}
	v.Waits, v.NoWait = laneWaits(s, now)
	for _, one := range unserved(s) {
		if !one.Desk {
			v.Unserved = append(v.Unserved, one.Programme)
		}
	}
	v.ToldAt = s.LaneToldAt(scheduler.WalkIn, now)
	return v
}

// openDays lists today, if the branch is open today, and the next open days.
func openDays(f *scheduler.Floor, now int64) []OpenDay {
	list := []OpenDay{}
	today := f.Policy.Calendar.Zone.DateOf(f.Wall(now))
	add := func(date calendar.Date) {
		if h, open, _ := f.Policy.Calendar.HoursOn(date); open {
			list = append(list, OpenDay{Date: date.String(), GateS: h.GateS, OpenS: h.OpenS, LastS: h.LastTicketS, CloseS: h.CloseS, IsToday: date == today})
		}
	}
	add(today)
	for date := today; len(list) < kioskDays; {
		next, found := f.Policy.Calendar.NextOpenDay(date)
		if !found {
			break
		}
		add(next)
		date = next
	}
	return list
}

// lobbyCrowd counts who waits in the lobby or walks to a room.
func lobbyCrowd(f *scheduler.Floor) LobbyCrowd {
	most := f.Policy.Lobby.MaxPersons
	c := LobbyCrowd{Max: most, Usual: most == scheduler.UsualLobby}
	for i := range f.Visits {
		switch v := &f.Visits[i]; v.State {
		case scheduler.Arrived, scheduler.Waiting, scheduler.AtDesk, scheduler.Called:
			c.Persons += int(v.Persons)
		}
	}
	return c
}
