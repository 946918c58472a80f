package board

import (
	"slices"
	"strings"

	"lapak/scheduler"
)

// RoomView is what an officer sees of the room: seats, who waits for the
// officer and why, the proposal with its reasons, the line. Names are not in
// it; the officer's page fetches them, and that is logged.
type RoomView struct {
	Room     RoomInfo             `json:"room"`
	At       int64                `json:"at"` // branch time of the view
	OffsetS  int64                `json:"offset_s"`
	ZoneS    int                  `json:"zone_s"`
	DayOpen  bool                 `json:"day_open"`
	DayDone  bool                 `json:"day_done"` // closed for today: not to be opened again
	Session  *SessionInfo         `json:"session"`
	Capacity scheduler.Capacity   `json:"capacity"`
	Seats    []SeatInfo           `json:"seats"`
	Proposal ProposalView         `json:"proposal"`
	Turns    []scheduler.Turn     `json:"turns"` // who waits for the officer, next first
	Officers []OfficerInfo        `json:"officers"`
	Line     []LineInfo           `json:"line"` // the head of the waiting line
	Waiting  int                  `json:"waiting"`
	Undo     []UndoInfo           `json:"undo"` // newest first
	Visits   map[string]VisitInfo `json:"visits"`
	UndoS    int                  `json:"undo_s"`
	AlarmS   int                  `json:"alarm_s"`
	Pooled   bool                 `json:"pooled"` // an officer may join another's session
}

// RoomInfo is a room as it is drawn.
type RoomInfo struct {
	ID         int      `json:"id"`
	Version    int      `json:"version"`
	WidthMM    int      `json:"width_mm"`
	DepthMM    int      `json:"depth_mm"`
	Mode       string   `json:"mode"`
	Desk       bool     `json:"desk"`
	Normal     int      `json:"normal"`
	Programmes []string `json:"programmes"`
	ReadyAt    int64    `json:"ready_at,omitempty"`

	Obstacles []scheduler.Rect `json:"obstacles,omitempty"`
	KeepClear []scheduler.Rect `json:"keep_clear,omitempty"`
	PlannedAt int64            `json:"planned_at,omitempty"` // another drawing was decided, for when the session is over
}

// SessionInfo is the room's session.
type SessionInfo struct {
	ID     int64  `json:"id"`
	State  string `json:"state"`
	Mode   string `json:"mode"`
	Crew   []int  `json:"crew"`
	Opened int64  `json:"opened"`
	Since  int64  `json:"since"`
	Last   bool   `json:"last"`
}

// SeatInfo is one seat and who is there.
type SeatInfo struct {
	No         int    `json:"no"`
	XMM        int    `json:"x_mm"`
	YMM        int    `json:"y_mm"`
	Accessible bool   `json:"accessible"`
	Closed     bool   `json:"closed"`
	State      string `json:"state"`
	Since      int64  `json:"since"`
	Visit      int64  `json:"visit,omitempty"`
	Number     string `json:"number,omitempty"`
	Person     int    `json:"person"`
	Claim      int64  `json:"claim,omitempty"`
	Help       bool   `json:"help,omitempty"`
	FreeAt     int64  `json:"free_at,omitempty"`
	TooNear    bool   `json:"too_near,omitempty"`   // of somebody else, under the distance in force now
	OfficerAt  int64  `json:"officer_at,omitempty"` // an officer is expected to come next; 0: need not, or nobody can say
	EndsAt     int64  `json:"ends_at,omitempty"`    // the visit is expected to be done; 0: nobody can say
}

// ClaimInfo is one claim with its steps and its checklist.
type ClaimInfo struct {
	ID        int64       `json:"id"`
	Programme string      `json:"programme"`
	Reason    string      `json:"reason"`
	Person    int         `json:"person"`
	Step      int         `json:"step"`
	StepSince int64       `json:"step_since"`
	Last      bool        `json:"last"` // the outcome is due
	Steps     []StepInfo  `json:"steps"`
	Papers    []PaperInfo `json:"papers"`
	Checklist int         `json:"checklist"` // version
	Outcome   string      `json:"outcome"`
	Missing   []string    `json:"missing,omitempty"`
	Because   string      `json:"because,omitempty"`
	Promise   string      `json:"promise,omitempty"`
	Receipt   int64       `json:"receipt,omitempty"`
}

// StepInfo is one step of a procedure.
type StepInfo struct {
	Step  string `json:"step"`
	Who   string `json:"who"`
	MeanS int    `json:"mean_s"`
}

// PaperInfo is one document of a checklist.
type PaperInfo struct {
	Doc      string `json:"doc"`
	Required bool   `json:"required"`
	When     string `json:"when,omitempty"`
	Mark     string `json:"mark"`
}

// Lacks reports whether a paper that is needed in every case was found missing: one
// for some cases only sends nobody home by itself.
func (p PaperInfo) Lacks() bool {
	return p.Mark == scheduler.Missing.String() && p.Required && p.When == ""
}

// VisitInfo is one visit without any name.
type VisitInfo struct {
	ID         int64            `json:"id"`
	Number     string           `json:"number"`
	Channel    string           `json:"channel"`
	State      string           `json:"state"`
	Priority   string           `json:"priority"`
	Accessible bool             `json:"accessible"`
	Persons    int              `json:"persons"`
	Named      bool             `json:"named"` // the vault knows the person
	Arrived    int64            `json:"arrived"`
	Since      int64            `json:"since"`                 // of the state
	Waits      int64            `json:"waits_since,omitempty"` // when the wait for the call began, counted alike on every screen
	Due        int64            `json:"due,omitempty"`
	Effective  int64            `json:"effective"`
	CalledAt   int64            `json:"called_at,omitempty"`
	Recalls    int              `json:"recalls"`
	Overtaken  int              `json:"overtaken"`
	Room       int              `json:"room,omitempty"`
	Seats      []int            `json:"seats,omitempty"`
	Claims     []ClaimInfo      `json:"claims"`
	Story      []scheduler.Note `json:"story,omitempty"`
	Why        []scheduler.Why  `json:"why,omitempty"` // why nobody will call it as things stand
}

// ProposalView is the plan with numbers in place of ids.
type ProposalView struct {
	Call    string          `json:"call"` // group or refill
	Due     bool            `json:"due"`
	DueAt   int64           `json:"due_at,omitempty"`
	Persons int             `json:"persons"`
	Picks   []ProposedVisit `json:"picks"`
	Skips   []ProposedVisit `json:"skips"`
	Wait    []scheduler.Why `json:"wait"`
	Holding string          `json:"holding,omitempty"`
}

// ProposedVisit is one visit of a proposal, or of an officer's choice, with the reasons.
type ProposedVisit struct {
	Visit   int64           `json:"visit"`
	Number  string          `json:"number"`
	Persons int             `json:"persons"`
	Seats   []int           `json:"seats,omitempty"`
	Why     []scheduler.Why `json:"why"`
}

// OfficerInfo is an officer of the crew or the branch.
type OfficerInfo struct {
	ID        int    `json:"id"`
	Presence  string `json:"presence"`
	Since     int64  `json:"since"`
	Until     int64  `json:"until,omitempty"`
	WithRoom  int    `json:"with_room,omitempty"`
	WithSeat  int    `json:"with_seat,omitempty"`
	WithSince int64  `json:"with_since,omitempty"`
	Room      int    `json:"room,omitempty"` // of their session
}

// LineInfo is one place of the waiting line.
type LineInfo struct {
	Visit      int64    `json:"visit"`
	Number     string   `json:"number"`
	Persons    int      `json:"persons"`
	Accessible bool     `json:"accessible,omitempty"`
	Channel    string   `json:"channel"`
	Since      int64    `json:"since"`       // in the line
	Waits      int64    `json:"waits_since"` // in the house: on arrival, or since the doors opened
	Effective  int64    `json:"effective"`
	Overtaken  int      `json:"overtaken,omitempty"`
	Priority   string   `json:"priority,omitempty"`
	Programmes []string `json:"programmes"`

	Why []scheduler.Why `json:"why,omitempty"` // why nobody will call it as things stand
}

// UndoInfo is one act that can still be taken back.
type UndoInfo struct {
	Seq    int64  `json:"seq"`
	At     int64  `json:"at"`
	By     int64  `json:"by"`
	Role   string `json:"role"`
	Kind   string `json:"kind"`
	Number string `json:"number,omitempty"` // the visits', with a space between them
}

// Room renders the view of one room. The room must exist.
func Room(s *scheduler.State, id scheduler.RoomID, now int64) RoomView {
	f := &s.Floor
	r := s.Room(id)
	v := RoomView{Room: roomInfo(s, r), At: now, OffsetS: f.Day.OffsetS, ZoneS: f.Policy.Calendar.Zone.OffsetS(),
		DayOpen: f.Day.Open, DayDone: doneToday(f, now), Capacity: s.CapacityOf(r, now), Seats: seatInfos(s, r), Turns: []scheduler.Turn{},
		Officers: []OfficerInfo{}, Line: []LineInfo{}, Undo: undoInfos(s, r), Visits: map[string]VisitInfo{},
		UndoS: f.Policy.UndoS, AlarmS: f.Policy.Group.AlarmS, Pooled: f.Policy.Pooled}
	v.Proposal = proposal(s, s.Propose(id, now))
	if ses := s.SessionIn(id); ses != nil {
		v.Session = sessionInfo(ses)
		for _, o := range ses.Crew {
			v.Officers = append(v.Officers, officerInfo(s, s.Officer(o)))
			v.Turns = mergeTurns(v.Turns, s.Attention(o, now), id, len(ses.Crew) > 1)
		}
	}
	for _, seat := range s.RoomSeats(r) {
		v.addVisit(s, seat.Visit)
	}
	for _, f := range s.Finishes(id, now) {
		v.Seats[f.Seat-1].OfficerAt, v.Seats[f.Seat-1].EndsAt = f.Officer, f.End
	}
	line := f.Line(lineOf(r))
	v.Waiting = len(line)
	for _, w := range line[:min(roomWaiting, len(line))] {
		v.Line = append(v.Line, lineInfo(s, w))
	}
	return v
}

func lineOf(r *scheduler.Room) scheduler.VisitState {
	if r.Desk {
		return scheduler.AtDesk
	}
	return scheduler.Waiting
}

// mergeTurns keeps, of several officers' lines, each turn once.
func mergeTurns(have, more []scheduler.Turn, room scheduler.RoomID, _ bool) []scheduler.Turn {
	for _, t := range more {
		if !slices.ContainsFunc(have, func(h scheduler.Turn) bool { return h.Room == t.Room && h.Seat == t.Seat }) {
			have = append(have, t)
		}
	}
	return have
}

func (v *RoomView) addVisit(s *scheduler.State, id scheduler.VisitID) {
	w := s.Visit(id)
	if w == nil {
		return
	}
	key := itoa(int64(id))
	if _, have := v.Visits[key]; !have {
		v.Visits[key] = Visit(s, w)
	}
}

func roomInfo(s *scheduler.State, r *scheduler.Room) RoomInfo {
	info := RoomInfo{ID: int(r.ID), Version: r.Version, WidthMM: int(r.WidthMM), DepthMM: int(r.DepthMM),
		Mode: r.Mode.String(), Desk: r.Desk, Normal: int(r.Normal), Programmes: []string{}, ReadyAt: r.ReadyAt}
	for _, p := range r.Programmes {
		info.Programmes = append(info.Programmes, string(p))
	}
	f := s.Fitting(r.ID)
	info.Obstacles, info.KeepClear = f.Obstacles, f.KeepClear
	if p := s.Planned(r.ID); p != nil {
		info.PlannedAt = p.At
	}
	return info
}

func sessionInfo(ses *scheduler.Session) *SessionInfo {
	info := &SessionInfo{ID: int64(ses.ID), State: ses.State.String(), Mode: ses.Mode.String(), Crew: []int{},
		Opened: ses.Opened, Since: ses.Since, Last: ses.Last}
	for _, o := range ses.Crew {
		info.Crew = append(info.Crew, int(o))
	}
	return info
}

func seatInfos(s *scheduler.State, r *scheduler.Room) []SeatInfo {
	list := []SeatInfo{}
	near := s.TooNear(r)
	for i, seat := range s.RoomSeats(r) {
		info := SeatInfo{No: int(seat.No), XMM: int(seat.XMM), YMM: int(seat.YMM), Accessible: seat.Accessible,
			Closed: seat.Closed, State: seat.State.String(), Since: seat.Since, Visit: int64(seat.Visit),
			Person: int(seat.Person), Claim: int64(seat.Claim), Help: seat.Help, FreeAt: seat.FreeAt, TooNear: near[i]}
		if v := s.Visit(seat.Visit); v != nil {
			info.Number = s.Floor.Policy.Label(v.Ticket)
		}
		list = append(list, info)
	}
	return list
}

// Visit renders one visit for staff, without any name.
func Visit(s *scheduler.State, v *scheduler.Visit) VisitInfo {
	info := VisitInfo{ID: int64(v.ID), Number: label(s, v), Channel: v.Channel.String(), State: v.State.String(),
		Priority: v.Priority.String(), Accessible: v.Accessible, Persons: int(v.Persons), Named: v.Person != "",
		Arrived: v.Arrived, Since: v.Since, Due: v.Due, Effective: v.Effective, CalledAt: v.CalledAt,
		Recalls: int(v.Recalls), Overtaken: int(v.Overtaken), Room: int(v.Room), Claims: []ClaimInfo{}}
	if v.Arrived != 0 {
		info.Waits = s.WaitStart(v)
	}
	for _, seat := range s.SeatsOf(v) {
		info.Seats = append(info.Seats, int(seat.No))
	}
	for _, c := range s.ClaimsOf(v) {
		info.Claims = append(info.Claims, claimInfo(s, c))
	}
	if d := s.Dossier(v.ID); d != nil {
		info.Story = d.Story
	}
	info.Why = uncalled(s, v)
	return info
}

// uncalled is why no room will ever call a visit that waits, as things stand.
func uncalled(s *scheduler.State, v *scheduler.Visit) []scheduler.Why {
	if s.Unserved(v) {
		return []scheduler.Why{{Code: scheduler.WhyUnserved}}
	}
	return nil
}

func label(s *scheduler.State, v *scheduler.Visit) string {
	if v.Ticket.No == 0 {
		return ""
	}
	return s.Floor.Policy.Label(v.Ticket)
}

func claimInfo(s *scheduler.State, c *scheduler.Claim) ClaimInfo {
	info := ClaimInfo{ID: int64(c.ID), Programme: string(c.Programme), Reason: string(c.Reason), Person: int(c.Person),
		Step: int(c.Step), StepSince: c.StepSince, Outcome: c.Outcome.String(), Steps: []StepInfo{}, Papers: []PaperInfo{}}
	steps := s.StepsBy(0, c)
	for _, step := range steps {
		info.Steps = append(info.Steps, StepInfo{Step: string(step.Code), Who: step.Who.String(), MeanS: step.MeanS})
	}
	info.Last = int(c.Step) >= len(steps)-1
	if list, ok := s.Checklist(c); ok {
		info.Checklist = list.Version
		d := s.Dossier(c.Visit)
		for _, item := range list.Docs {
			info.Papers = append(info.Papers, PaperInfo{Doc: string(item.Doc), Required: item.Required,
				When: string(item.When), Mark: d.Mark(c.ID, item.Doc).String()})
		}
	}
	if d := s.Dossier(c.Visit); d != nil {
		for i := range d.Receipts {
			if r := &d.Receipts[i]; r.Claim == c.ID {
				info.receipt(r)
			}
		}
	}
	return info
}

func (info *ClaimInfo) receipt(r *scheduler.Receipt) {
	info.Receipt, info.Because, info.Missing = r.No, string(r.Reason), nil
	for _, doc := range r.Missing {
		info.Missing = append(info.Missing, string(doc))
	}
	if !r.Promise.IsZero() {
		info.Promise = r.Promise.String()
	}
}

func proposal(s *scheduler.State, p scheduler.Plan) ProposalView {
	v := ProposalView{Call: p.Kindof.String(), Due: p.Due, DueAt: p.DueAt, Persons: p.Persons,
		Picks: []ProposedVisit{}, Skips: []ProposedVisit{}, Wait: p.Wait}
	if v.Wait == nil {
		v.Wait = []scheduler.Why{}
	}
	for _, pick := range p.Picks {
		v.Picks = append(v.Picks, Proposed(s, pick))
	}
	for _, skip := range p.Skips {
		w := s.Visit(skip.Visit)
		v.Skips = append(v.Skips, ProposedVisit{Visit: int64(w.ID), Number: label(s, w), Persons: int(w.Persons), Why: skip.Why})
	}
	if w := s.Visit(p.Holding); w != nil {
		v.Holding = label(s, w)
	}
	return v
}

// Proposed renders one pick. Its visit must exist.
func Proposed(s *scheduler.State, pick scheduler.Pick) ProposedVisit {
	w := s.Visit(pick.Visit)
	return ProposedVisit{Visit: int64(w.ID), Number: label(s, w), Persons: int(w.Persons), Seats: ints(pick.Seats), Why: pick.Why}
}

func officerInfo(s *scheduler.State, o *scheduler.Officer) OfficerInfo {
	info := OfficerInfo{ID: int(o.ID), Presence: o.Presence.String(), Since: o.Since, Until: o.Until,
		WithRoom: int(o.WithRoom), WithSeat: int(o.WithSeat), WithSince: o.WithSince}
	for i := range s.Floor.Sessions {
		if ses := &s.Floor.Sessions[i]; slices.Contains(ses.Crew, o.ID) {
			info.Room = int(ses.Room)
		}
	}
	return info
}

func lineInfo(s *scheduler.State, v *scheduler.Visit) LineInfo {
	info := LineInfo{Visit: int64(v.ID), Number: label(s, v), Persons: int(v.Persons), Accessible: v.Accessible,
		Channel: v.Channel.String(), Since: v.Since, Waits: s.WaitStart(v), Effective: v.Effective, Overtaken: int(v.Overtaken), Programmes: []string{}, Why: uncalled(s, v)}
	if v.Priority != scheduler.NoPriority {
		info.Priority = v.Priority.String()
	}
	for _, c := range s.ClaimsOf(v) {
		if !slices.Contains(info.Programmes, string(c.Programme)) {
			info.Programmes = append(info.Programmes, string(c.Programme))
		}
	}
	return info
}

// undoInfos lists what can still be taken back in this room.
func undoInfos(s *scheduler.State, r *scheduler.Room) []UndoInfo {
	list := []UndoInfo{}
	for i := len(s.Undo) - 1; i >= 0; i-- {
		u := &s.Undo[i]
		if !s.CanUndo(u) || !inRoom(s, u, r) {
			continue
		}
		info := UndoInfo{Seq: u.Seq, At: u.At, By: u.By.ID, Role: u.By.Role.String(), Kind: u.Kind}
		for i := range u.Images.Visits {
			info.Number = strings.TrimSpace(info.Number + " " + label(s, &u.Images.Visits[i]))
		}
		for i := range u.Images.Seats {
			// Taking somebody, or putting them back, touches the seat alone.
			if v := s.Visit(u.Images.Seats[i].Visit); v != nil && !strings.Contains(info.Number, label(s, v)) {
				info.Number = strings.TrimSpace(info.Number + " " + label(s, v))
			}
		}
		list = append(list, info)
	}
	return list
}

// inRoom reports whether an act belongs to a room: it touched a seat, the session,
// one of its crew, or a visit that sits there, such as a mark on a paper or another
// call of the number; or one of its crew did it, such as one more claim of somebody who
// still waits. Were those left out, undo would mean the act before them.
func inRoom(s *scheduler.State, u *scheduler.Undoable, r *scheduler.Room) bool {
	ses := s.SessionIn(r.ID)
	if ses != nil && u.By.Role == scheduler.ByOfficer && slices.Contains(ses.Crew, scheduler.OfficerID(u.By.ID)) {
		return true
	}
	for i := range u.Images.Visits {
		if u.Images.Visits[i].Room == r.ID {
			return true
		}
	}
	for i := range u.Images.Seats {
		if u.Images.Seats[i].Room == r.ID {
			return true
		}
	}
	for i := range u.Images.Sessions {
		if u.Images.Sessions[i].Room == r.ID {
			return true
		}
	}
	for i := range u.Images.Officers {
		if ses != nil && slices.Contains(ses.Crew, u.Images.Officers[i].ID) {
			return true
		}
	}
	return false
}
