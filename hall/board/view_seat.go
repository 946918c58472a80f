package board

import (
	"strconv"

	"lapak/scheduler"
)

func itoa(n int64) string { return strconv.FormatInt(n, 10) }

// SeatView is what the booth screen at one seat shows: the number expected
// here, the person's own steps and papers, the place in the officer's line,
// the outcome. Nothing of anybody else.
type SeatView struct {
	Room       int         `json:"room"`
	Seat       int         `json:"seat"`
	At         int64       `json:"at"`
	OffsetS    int64       `json:"offset_s"`
	ZoneS      int         `json:"zone_s"`
	State      string      `json:"state"` // as the seat's; closed when the booth does not work
	Number     string      `json:"number,omitempty"`
	Visit      int64       `json:"visit,omitempty"`
	Since      int64       `json:"since"`
	Help       bool        `json:"help"`
	Claim      *ClaimInfo  `json:"claim,omitempty"`
	Ahead      int         `json:"ahead"` // people the officer takes first
	Accessible bool        `json:"accessible"`
	DayDone    bool        `json:"day_done"` // closed for today: nobody is called here any more
	FreeAt     int64       `json:"free_at,omitempty"`
	Mistake    int64       `json:"mistake_until,omitempty"` // until then the booth may say that it is somebody else
	Done       []ClaimInfo `json:"done"`                    // outcomes of this visit, or of the one who just left
	LastNumber string      `json:"last_number,omitempty"`   // cleaning: whose outcome is shown
	Claims     []SeatClaim `json:"claims"`                  // every claim of that visit, in order
	Survey     *SeatSurvey `json:"survey,omitempty"`        // of that visit
	QR         *QRCode     `json:"qr,omitempty"`            // the receipts, to take along
}

// SeatClaim is how far one of several claims is.
type SeatClaim struct {
	ID        int64  `json:"id"`
	Programme string `json:"programme"`
	Reason    string `json:"reason"`
	Outcome   string `json:"outcome"`
}

// SeatSurvey says whether the nine questions may be answered at this seat now, and
// whether they were. The visit is the one to name with the answers.
type SeatSurvey struct {
	Visit    int64 `json:"visit"`
	Due      bool  `json:"due"`
	Answered bool  `json:"answered"`
}

// Seat renders the view of one seat. The seat must exist.
func Seat(s *scheduler.State, room scheduler.RoomID, no scheduler.SeatNo, now int64) SeatView {
	seat := s.Seat(room, no)
	f := &s.Floor
	v := SeatView{Room: int(room), Seat: int(no), At: now, OffsetS: f.Day.OffsetS, ZoneS: f.Policy.Calendar.Zone.OffsetS(),
		State: seat.State.String(), Since: seat.Since, Help: seat.Help, Accessible: seat.Accessible, FreeAt: seat.FreeAt, DayDone: doneToday(f, now),
		Done: []ClaimInfo{}, Claims: []SeatClaim{}}
	if seat.Closed && seat.State == scheduler.SeatFree {
		v.State = "closed"
	}
	who := seat.Visit
	if seat.State == scheduler.SeatCleaning {
		who = seat.LastVisit
	}
	w := s.Visit(who)
	if w == nil {
		return v
	}
	if seat.State == scheduler.SeatCleaning {
		v.LastNumber = label(s, w)
	} else {
		v.Number, v.Visit = label(s, w), int64(w.ID)
	}
	for _, c := range s.ClaimsOf(w) {
		v.Claims = append(v.Claims, SeatClaim{ID: int64(c.ID), Programme: string(c.Programme), Reason: string(c.Reason), Outcome: c.Outcome.String()})
		if c.Outcome != scheduler.NoOutcome {
			v.Done = append(v.Done, claimInfo(s, c))
		}
	}
	if len(v.Done) > 0 {
		v.QR = receiptQR(s, w, v.Done)
	}
	if due, answered := s.SurveyDue(w, now), s.Survey(w.ID) != nil; due || answered {
		v.Survey = &SeatSurvey{Visit: int64(w.ID), Due: due, Answered: answered}
	}
	if c := s.Claim(seat.Claim); c != nil {
		info := claimInfo(s, c)
		v.Claim = &info
	}
	v.Ahead, v.Mistake = aheadAt(s, seat, now), mistakeUntil(s, w)
	return v
}

// mistakeUntil is how long a seat's screen may say that somebody else is there;
// 0 when only the staff can. The rules refuse the same.
func mistakeUntil(s *scheduler.State, v *scheduler.Visit) int64 {
	if v.State != scheduler.Seated || v.Sitting > 0 {
		return 0
	}
	for _, seat := range s.SeatsOf(v) {
		if seat.State == scheduler.SeatWithOfficer {
			return 0
		}
	}
	return v.SeatedAt + int64(s.Floor.Policy.UndoS)
}

// aheadAt counts who the officer takes before the person at the seat.
func aheadAt(s *scheduler.State, seat *scheduler.Seat, now int64) int {
	ses := s.SessionIn(seat.Room)
	if ses == nil || seat.State != scheduler.SeatReady || len(ses.Crew) == 0 {
		return 0
	}
	for i, t := range s.Attention(ses.Crew[0], now) {
		if t.Room == seat.Room && t.Seat == seat.No {
			return i
		}
	}
	return 0
}
