package web

import (
	"net/http"
	"strconv"
	"strings"

	"lapak/hall/board"
	"lapak/scheduler"
	"lapak/scheduler/procedure"
)

type drawnRoom struct {
	board.RoomInfo
	Seats   []board.SeatInfo `json:"seats"`
	Planned *drawing         `json:"planned"` // decided, and drawn when the room's session is over
}

type roomsView struct {
	Rooms []drawnRoom `json:"rooms"`
}

func getRooms(c *call) (reply, error) {
	out := roomsView{Rooms: []drawnRoom{}}
	s := c.state()
	for _, r := range board.Manager(s, c.s.o.Branch.Now()).Rooms {
		one := drawnRoom{RoomInfo: r.Room, Seats: r.Seats}
		if p := s.Planned(scheduler.RoomID(r.Room.ID)); p != nil {
			d := drawingOf(p.Room, p.Seats, p.Fitting)
			one.Planned = &d
		}
		out.Rooms = append(out.Rooms, one)
	}
	return ok(out)
}

type roomForm struct {
	Version    int                   `json:"version"` // 0 for a new room
	WidthMM    int32                 `json:"width_mm" need:"true"`
	DepthMM    int32                 `json:"depth_mm" need:"true"`
	Normal     int16                 `json:"normal"`
	Mode       scheduler.Mode        `json:"mode"`
	Desk       bool                  `json:"desk"`
	Programmes []procedure.Programme `json:"programmes"`
	Seats      []seatForm            `json:"seats" need:"true"`
	Obstacles  []rectForm            `json:"obstacles"`
	KeepClear  []rectForm            `json:"keep_clear"`
	After      bool                  `json:"after"` // a room in use is drawn when its session is over
}

type rectForm struct {
	XMM     int32 `json:"x_mm" need:"true"`
	YMM     int32 `json:"y_mm" need:"true"`
	WidthMM int32 `json:"width_mm" need:"true"`
	DepthMM int32 `json:"depth_mm" need:"true"`
}

type seatForm struct {
	XMM        int32 `json:"x_mm" need:"true"`
	YMM        int32 `json:"y_mm" need:"true"`
	Accessible bool  `json:"accessible"`
	Closed     bool  `json:"closed"`
}

// maxRoomMM bounds a room's sides: a hundred metres is no room any more.
const maxRoomMM = 100_000

func setRoom(c *call, b roomForm) (scheduler.Command, error) {
	return b.command(c)
}

func (b *roomForm) command(c *call) (cmd scheduler.SetRoom, err error) {
	id, err := c.room()
	if err != nil {
		return cmd, err
	}
	if b.WidthMM < 1 || b.WidthMM > maxRoomMM {
		return cmd, badField(http.StatusUnprocessableEntity, "out_of_range", "width_mm", "A room is 1 to %d mm wide.", maxRoomMM)
	}
	if b.DepthMM < 1 || b.DepthMM > maxRoomMM {
		return cmd, badField(http.StatusUnprocessableEntity, "out_of_range", "depth_mm", "A room is 1 to %d mm deep.", maxRoomMM)
	}
	cmd = scheduler.SetRoom{Version: b.Version, After: b.After, Room: scheduler.Room{ID: id, WidthMM: b.WidthMM, DepthMM: b.DepthMM,
		Normal: b.Normal, Mode: b.Mode, Desk: b.Desk, Programmes: b.Programmes}}
	for _, seat := range b.Seats {
		cmd.Seats = append(cmd.Seats, scheduler.SeatPlan(seat))
	}
	cmd.Obstacles, cmd.KeepClear = rects(b.Obstacles), rects(b.KeepClear)
	return cmd, nil
}

func rects(list []rectForm) (out []scheduler.Rect) {
	for _, r := range list {
		out = append(out, scheduler.Rect(r))
	}
	return out
}

func removeRoom(c *call, _ empty) (scheduler.Command, error) {
	id, err := c.room()
	return scheduler.RemoveRoom{Room: id}, err
}

// place reads the room and the seat of the address.
func (c *call) place() (scheduler.RoomID, scheduler.SeatNo, error) {
	room, err := c.room()
	if err != nil {
		return 0, 0, err
	}
	seat, err := c.seat()
	return room, seat, err
}

type seatClosedForm struct {
	Closed bool   `json:"closed" need:"true"`
	Reason string `json:"reason"`
}

func setSeat(c *call, b seatClosedForm) (scheduler.Command, error) {
	room, seat, err := c.place()
	if err != nil {
		return nil, err
	}
	why, err := reason("reason", b.Reason, seatReasons)
	return scheduler.SetSeat{Room: room, No: seat, Closed: b.Closed, Reason: why}, err
}

func cleanSeat(c *call, _ empty) (scheduler.Command, error) {
	room, seat, err := c.place()
	return scheduler.CleanSeat{Room: room, No: seat}, err
}

type seatReadyForm struct {
	Visit scheduler.VisitID `json:"visit"` // who the screen shows
}

func seatReady(c *call, b seatReadyForm) (scheduler.Command, error) {
	room, seat, err := c.place()
	return scheduler.SeatReadyNow{Room: room, No: seat, Visit: b.Visit}, err
}

type seatHereForm struct {
	Visit scheduler.VisitID `json:"visit" need:"true"` // whose number the screen shows
}

// seatHere is the person at a booth who says: this is my number, I am here.
func seatHere(c *call, b seatHereForm) (scheduler.Command, error) {
	room, seat, err := c.place()
	return scheduler.SeatVisit{Visit: b.Visit, Room: room, No: seat}, err
}

// seatNotHere is the booth where somebody else said so: a wrong tap, a child.
func seatNotHere(c *call, b seatHereForm) (scheduler.Command, error) {
	room, seat, err := c.place()
	return scheduler.UnseatVisit{Visit: b.Visit, Room: room, No: seat}, err
}

type seatedForm struct {
	Visits []scheduler.VisitID `json:"visits" need:"true"` // whom the officer saw on their way
}

// seatCalled is the officer who sees that everybody has come.
func seatCalled(c *call, b seatedForm) (scheduler.Command, error) {
	room, err := c.room()
	return scheduler.SeatCalled{Room: room, Visits: b.Visits}, err
}

type helpForm struct {
	Over  bool              `json:"over"`
	Visit scheduler.VisitID `json:"visit"` // who the screen shows; whoever sits there when left out
}

func askHelp(c *call, b helpForm) (scheduler.Command, error) {
	room, seat, err := c.place()
	return scheduler.AskHelp{Room: room, No: seat, Over: b.Over, Visit: b.Visit}, err
}

type sessionForm struct {
	Crew []scheduler.OfficerID `json:"crew"` // the acting officer when left out
}

// sitsIn reports whether who asks can be the session's officer: an officer, or
// a manager who has started a shift.
func (c *call) sitsIn() bool {
	if c.who.actor.Role == scheduler.ByOfficer {
		return true
	}
	o := c.state().Officer(scheduler.OfficerID(c.who.actor.ID))
	return c.who.actor.Role == scheduler.ByManager && o != nil && o.Presence != scheduler.OffShift
}

func openSession(c *call, b sessionForm) (scheduler.Command, error) {
	room, err := c.room()
	if err != nil {
		return nil, err
	}
	crew := b.Crew
	if len(crew) == 0 && c.sitsIn() {
		crew = []scheduler.OfficerID{scheduler.OfficerID(c.who.actor.ID)}
	}
	if len(crew) == 0 {
		return nil, badField(http.StatusUnprocessableEntity, "missing", "crew", "Name the officers of the session: you are none yourself.")
	}
	return scheduler.OpenSession{Room: room, Crew: crew}, nil
}

type callForm struct {
	Visits []scheduler.VisitID `json:"visits"` // others than the proposed; needs a reason
	Expect []scheduler.VisitID `json:"expect"` // the proposal that was seen
	Reason string              `json:"reason"`
}

func callGroup(c *call, b callForm) (scheduler.Command, error) {
	room, err := c.room()
	if err != nil {
		return nil, err
	}
	why, err := reason("reason", b.Reason, callReasons)
	return scheduler.CallGroup{Room: room, Visits: b.Visits, Expect: b.Expect, Reason: why}, err
}

type choiceView struct {
	Persons int                   `json:"persons"`
	Picks   []board.ProposedVisit `json:"picks"`
}

// getChoice says what calling the chosen visits would become, by deciding the
// very command on a copy of the state: their seats and reasons, or the refusal.
func getChoice(c *call) (reply, error) {
	room, err := c.room()
	if err != nil {
		return reply{}, err
	}
	q, err := c.query("visits")
	if err != nil {
		return reply{}, err
	}
	cmd := scheduler.CallGroup{Room: room, Reason: scheduler.ReasonCode(callReasons[0])}
	for _, text := range strings.SplitN(q.Get("visits"), ",", scheduler.MaxCall+1) {
		id, err := strconv.ParseInt(text, 10, 64)
		if err != nil || id <= 0 {
			return reply{}, badField(http.StatusBadRequest, "bad_field", "visits", "The visits are numbers with commas between them.")
		}
		cmd.Visits = append(cmd.Visits, scheduler.VisitID(id))
	}
	state := c.state()
	rec, err := state.Draft().Do(scheduler.Stamp{At: c.s.o.Branch.Now()}, scheduler.Order{By: c.who.actor, Command: cmd})
	if err != nil {
		return reply{}, err
	}
	return ok(chosen(state, rec.Events))
}

func chosen(state *scheduler.State, events []scheduler.Event) choiceView {
	out := choiceView{Picks: []board.ProposedVisit{}}
	for _, e := range events {
		if call, is := e.(scheduler.GroupCalled); is {
			for _, pick := range call.Picks {
				one := board.Proposed(state, pick)
				out.Picks = append(out.Picks, one)
				out.Persons += one.Persons
			}
		}
	}
	return out
}

func lastCall(c *call, _ empty) (scheduler.Command, error) {
	room, err := c.room()
	return scheduler.LastCall{Room: room}, err
}

func closeSession(c *call, _ empty) (scheduler.Command, error) {
	room, err := c.room()
	return scheduler.CloseSession{Room: room}, err
}

func roomReady(c *call, _ empty) (scheduler.Command, error) {
	room, err := c.room()
	return scheduler.RoomReady{Room: room}, err
}

type abortForm struct {
	Reason string `json:"reason" need:"true"`
}

func abortSession(c *call, b abortForm) (scheduler.Command, error) {
	room, err := c.room()
	if err != nil {
		return nil, err
	}
	why, err := reason("reason", b.Reason, abortReasons)
	return scheduler.AbortSession{Room: room, Reason: why}, err
}

type handOverForm struct {
	From   scheduler.OfficerID `json:"from" need:"true"`
	To     scheduler.OfficerID `json:"to" need:"true"`
	Reason string              `json:"reason"`
}

func handOver(c *call, b handOverForm) (scheduler.Command, error) {
	room, err := c.room()
	if err != nil {
		return nil, err
	}
	why, err := reason("reason", b.Reason, crewReasons)
	return scheduler.HandOver{Room: room, From: b.From, To: b.To, Reason: why}, err
}

type crewForm struct {
	Crew   []scheduler.OfficerID `json:"crew" need:"true"`
	Reason string                `json:"reason"`
}

func setCrew(c *call, b crewForm) (scheduler.Command, error) {
	room, err := c.room()
	if err != nil {
		return nil, err
	}
	why, err := reason("reason", b.Reason, crewReasons)
	return scheduler.SetCrew{Room: room, Crew: b.Crew, Reason: why}, err
}
