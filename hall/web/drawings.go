package web

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"

	"lapak/scheduler"
)

// drawing is a room as it is drawn: what the editor sends, and reads back.
type drawing struct {
	roomForm
	ID int `json:"id"`
}

func drawingOf(r scheduler.Room, seats []scheduler.SeatPlan, f scheduler.Fitting) drawing {
	d := drawing{ID: int(r.ID), roomForm: roomForm{Version: r.Version, WidthMM: r.WidthMM, DepthMM: r.DepthMM, Normal: r.Normal,
		Mode: r.Mode, Desk: r.Desk, Programmes: r.Programmes, Seats: []seatForm{}, Obstacles: []rectForm{}, KeepClear: []rectForm{}}}
	for _, seat := range seats {
		d.Seats = append(d.Seats, seatForm(seat))
	}
	for _, o := range f.Obstacles {
		d.Obstacles = append(d.Obstacles, rectForm(o))
	}
	for _, o := range f.KeepClear {
		d.KeepClear = append(d.KeepClear, rectForm(o))
	}
	return d
}

func dropPlan(c *call, _ empty) (scheduler.Command, error) {
	room, err := c.room()
	return scheduler.DropPlan{Room: room}, err
}

// effectView is what a drawing would do, and whether the rules would take it.
type effectView struct {
	scheduler.RoomEffect
	Refused *scheduler.Refusal `json:"refused"`
}

func roomEffect(c *call, b roomForm) (reply, error) {
	cmd, err := b.command(c)
	if err != nil {
		return reply{}, err
	}
	e := c.state().RoomEffect(cmd, c.who.actor, c.s.o.Branch.Now())
	return ok(effectView{RoomEffect: e, Refused: e.Refusal})
}

// versionEntry is a room as it was drawn once.
type versionEntry struct {
	At      int64   `json:"at"`
	Role    string  `json:"role"` // of who drew it; system: a drawing that waited for a session
	By      int64   `json:"by"`
	Drawing drawing `json:"drawing"`
}

type versionsView struct {
	Versions []versionEntry `json:"versions"` // newest first; the oldest are left out
}

func getVersions(c *call) (reply, error) {
	room, err := c.room()
	if err != nil {
		return reply{}, err
	}
	list, there := c.s.o.Outlook.Drawings(room)
	if !there {
		return reply{}, later(http.StatusServiceUnavailable, "learning_reads", learningPauseS,
			"The room's versions are being read from the journal. Ask again in a moment.")
	}
	out := versionsView{Versions: []versionEntry{}}
	for _, d := range list {
		out.Versions = append(out.Versions, versionEntry{At: d.At, Role: d.By.Role.String(), By: d.By.ID, Drawing: drawingOf(d.Room, d.Seats, d.Fitting)})
	}
	return ok(out)
}

// draftsDoc is the name under which unfinished drawings are kept. They hold no
// names and bind nothing.
const draftsDoc = "room-drafts"

// maxDrafts bounds them: one for each room that there may be, and some to come.
const maxDrafts = scheduler.MaxRooms + 10

type draftEntry struct {
	Saved   int64   `json:"saved"` // branch time
	By      int64   `json:"by"`
	Drawing drawing `json:"drawing"`
}

type draftsView struct {
	Drafts []draftEntry `json:"drafts"` // by room
}

func (s *Server) readDrafts() (v draftsView, err error) {
	b, err := s.o.Source.docs.Doc(draftsDoc)
	if err == nil && b != nil {
		err = json.Unmarshal(b, &v)
	}
	if err != nil {
		return v, fmt.Errorf("web: read the drafts of rooms: %w", err)
	}
	if v.Drafts == nil {
		v.Drafts = []draftEntry{}
	}
	return v, nil
}

// changeDrafts replaces the list by what change makes of it.
func (s *Server) changeDrafts(change func(list []draftEntry) ([]draftEntry, error)) error {
	s.drafts.Lock()
	defer s.drafts.Unlock()
	v, err := s.readDrafts()
	if err != nil {
		return err
	}
	if v.Drafts, err = change(v.Drafts); err != nil {
		return err
	}
	b, err := json.Marshal(v)
	if err == nil {
		err = s.o.Source.docs.PutDoc(draftsDoc, b)
	}
	if err != nil {
		return fmt.Errorf("web: keep the drafts of rooms: %w", err)
	}
	return nil
}

func getDrafts(c *call) (reply, error) {
	v, err := c.s.readDrafts()
	if err != nil {
		return reply{}, err
	}
	return ok(v)
}

func keepDraft(c *call, b roomForm) (reply, error) {
	cmd, err := b.command(c)
	if err != nil {
		return reply{}, err
	}
	switch {
	case cmd.Room.ID > maxRoomNo:
		return reply{}, badField(http.StatusUnprocessableEntity, "out_of_range", "room", "A room's number lies between 1 and %d: it is spoken aloud.", maxRoomNo)
	case len(b.Seats) > scheduler.MaxRoomSeats:
		return reply{}, badField(http.StatusUnprocessableEntity, "out_of_range", "seats", "A room has at most %d seats.", scheduler.MaxRoomSeats)
	case len(b.Obstacles) > scheduler.MaxRects, len(b.KeepClear) > scheduler.MaxRects:
		return reply{}, badField(http.StatusUnprocessableEntity, "out_of_range", "obstacles", "A room has at most %d obstacles, and as many doors.", scheduler.MaxRects)
	}
	entry := draftEntry{Saved: c.s.o.Branch.Now(), By: c.who.actor.ID, Drawing: drawing{roomForm: b, ID: int(cmd.Room.ID)}}
	err = c.s.changeDrafts(func(list []draftEntry) ([]draftEntry, error) {
		list = slices.DeleteFunc(list, func(d draftEntry) bool { return d.Drawing.ID == entry.Drawing.ID })
		if len(list) >= maxDrafts {
			return nil, refuse(http.StatusConflict, "too_many_rooms", "%d drafts are kept already. Publish or drop one.", maxDrafts)
		}
		list = append(list, entry)
		slices.SortFunc(list, func(a, b draftEntry) int { return a.Drawing.ID - b.Drawing.ID })
		return list, nil
	})
	if err != nil {
		return reply{}, err
	}
	return ok(entry)
}

// maxRoomNo is the highest number of a room, as the rules have it.
const maxRoomNo = 99

var errNoDraft = errors.New("no such draft")

func dropDraft(c *call) (reply, error) {
	room, err := c.room()
	if err != nil {
		return reply{}, err
	}
	err = c.s.changeDrafts(func(list []draftEntry) ([]draftEntry, error) {
		n := len(list)
		list = slices.DeleteFunc(list, func(d draftEntry) bool { return d.Drawing.ID == int(room) })
		if len(list) == n {
			return nil, errNoDraft
		}
		return list, nil
	})
	if errors.Is(err, errNoDraft) {
		return reply{}, refuse(http.StatusNotFound, "not_found", "No draft of room %s is kept.", strconv.Itoa(int(room)))
	}
	if err != nil {
		return reply{}, err
	}
	return ok(empty{})
}
