package whatif

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"lapak/scheduler"
	"lapak/scheduler/calendar"
	"lapak/scheduler/rehearsal"
)

// apply is the branch with the changes made, and what differs. The error is a
// *FieldError.
func (b Base) apply(c *Changes) (Base, []Change, error) {
	if c == nil {
		return b, nil, nil
	}
	out := b
	out.Rooms, out.Officers, out.notes = slices.Clone(b.Rooms), slices.Clone(b.Officers), slices.Clone(b.notes)
	var list []Change
	for _, part := range []func(*Base, *Changes) ([]Change, error){(*Base).setPolicy, (*Base).setHours, (*Base).setRooms, (*Base).setOfficers,
		(*Base).setOthers} {
		more, err := part(&out, c)
		if err != nil {
			return Base{}, nil, err
		}
		list = append(list, more...)
	}
	if out.Times != nil && out.Times.Fits(out.Policy.Procedures) != nil {
		out.Times = nil
		out.notes = append(out.notes, NoteTimesDropped)
	}
	if _, err := rehearsal.Furnished(out.config(1)); err != nil {
		return Base{}, nil, wrong("changes", "the branch cannot be furnished so: %v", err)
	}
	return out, list, nil
}

func (b *Base) setPolicy(c *Changes) ([]Change, error) {
	if len(c.Policy) == 0 {
		return nil, nil
	}
	p, err := MergePolicy(b.Policy, c.Policy)
	if err != nil {
		return nil, inPolicy(err)
	}
	list := differences(b.Policy, p)
	was, _, _ := b.Policy.Calendar.HoursOn(b.Date)
	if now, open, _ := p.Calendar.HoursOn(b.Date); open && now != was { // the new calendar's hours hold
		b.shift(now.OpenS - b.Hours.OpenS)
		b.Hours = now
	}
	b.Policy = p
	return list, nil
}

// policyPath is where a question has its part of a policy.
const policyPath = "changes.policy"

// inPolicy gives the field of a part of a policy its path in the question.
func inPolicy(err error) error {
	var field *FieldError
	if !errors.As(err, &field) {
		return err
	}
	if field.Field == "policy" || field.Field == "input" { // the part as a whole
		return wrong(policyPath, "%s", field.Reason)
	}
	return wrong(policyPath+"."+field.Field, "%s", field.Reason)
}

// ofPolicy is its path in the part alone, as the caller of a replay wrote it.
func ofPolicy(err error) error {
	var field *FieldError
	if !errors.As(err, &field) {
		return err
	}
	if path, ok := strings.CutPrefix(field.Field, policyPath+"."); ok {
		return wrong(path, "%s", field.Reason)
	}
	if field.Field == policyPath {
		return wrong("policy", "%s", field.Reason)
	}
	return err
}

// differences lists the policy's fields that differ, by their paths, in order.
func differences(a, b *scheduler.Policy) []Change {
	var list []Change
	compare("", plain(a), plain(b), &list)
	return list
}

func plain(p *scheduler.Policy) any {
	b, err := json.Marshal(p)
	if err != nil {
		panic(err) // a policy holds nothing that JSON cannot write
	}
	m, err := document(b)
	if err != nil {
		panic(err)
	}
	return m
}

// maxShown bounds how much of a list is quoted in a difference.
const maxShown = 80

func compare(path string, a, b any, list *[]Change) {
	x, isX := a.(map[string]any)
	y, isY := b.(map[string]any)
	if isX && isY {
		var keys []string
		for key := range x { // sorted below
			keys = append(keys, key)
		}
		for key := range y {
			if _, both := x[key]; !both {
				keys = append(keys, key)
			}
		}
		slices.Sort(keys)
		for _, key := range keys {
			compare(strings.Trim(path+"."+key, "."), x[key], y[key], list)
		}
		return
	}
	if from, to := text(a), text(b); from != to && path != "version" {
		*list = append(*list, Change{Field: path, From: short(from), To: short(to)})
	}
}

func text(x any) string {
	if s, ok := x.(string); ok {
		return s
	}
	b, err := json.Marshal(x)
	if err != nil {
		return fmt.Sprint(x)
	}
	return string(b)
}

func short(s string) string {
	if len(s) <= maxShown {
		return s
	}
	return s[:maxShown] + "…"
}

func (b *Base) setHours(c *Changes) ([]Change, error) {
	was := b.Hours
	h := was
	var list []Change
	if c.Hours != nil {
		for _, x := range []struct {
			field string
			at    *int
			to    *int
		}{{"hours.open_s", c.Hours.OpenS, &h.OpenS}, {"hours.last_ticket_s", c.Hours.LastTicketS, &h.LastTicketS}, {"hours.close_s", c.Hours.CloseS, &h.CloseS}} {
			if x.at == nil || *x.at == *x.to {
				continue
			}
			list = append(list, Change{Field: x.field, From: strconv.Itoa(*x.to), To: strconv.Itoa(*x.at)})
			*x.to = *x.at
		}
	}
	if h.OpenS < 0 || h.LastTicketS <= h.OpenS || h.CloseS < h.LastTicketS || h.CloseS > calendar.SecondsPerDay {
		return nil, wrong("changes.hours", "open_s %d, last_ticket_s %d and close_s %d must follow one another within the day", h.OpenS, h.LastTicketS, h.CloseS)
	}
	b.Hours = h
	b.Hours.GateS = min(h.GateS, h.OpenS)
	if h.LastTicketS > was.LastTicketS {
		b.notes = append(b.notes, NoteUnknownEvening)
	}
	b.shift(h.OpenS - was.OpenS)
	return list, nil
}

// shift moves the beginning of everybody's work with the opening.
func (b *Base) shift(byS int) {
	for i := range b.Officers {
		if o := &b.Officers[i]; o.StartS > 0 && byS != 0 {
			o.StartS = max(1, o.StartS+byS)
		}
	}
}

func (b *Base) setRooms(c *Changes) ([]Change, error) {
	var list []Change
	for i, x := range c.Rooms {
		field := fmt.Sprintf("changes.rooms[%d]", i)
		r := b.room(x.Room)
		if r == nil {
			return nil, wrong(field+".room", "there is no room %d", x.Room)
		}
		if x.Mode != nil && *x.Mode != r.Mode {
			list = append(list, Change{Field: "mode", Room: x.Room, From: r.Mode.String(), To: x.Mode.String()})
			r.Mode = *x.Mode
		}
		if x.Seats != nil && *x.Seats != r.Booths {
			if err := b.refurnish(r, *x.Seats, field); err != nil {
				return nil, err
			}
			list = append(list, Change{Field: "seats", Room: x.Room, From: strconv.Itoa(b.room(x.Room).Booths), To: strconv.Itoa(*x.Seats)})
			r.Booths = *x.Seats
		}
		if r.Drawn != nil {
			drawn := *r.Drawn
			drawn.Room.Mode = r.Mode
			r.Drawn = &drawn
		}
		if x.Unused != nil && *x.Unused {
			list = append(list, Change{Field: "unused", Room: x.Room, From: "false", To: "true"})
			b.closeRoom(x.Room)
		}
	}
	if len(b.Rooms) == 0 {
		return nil, wrong("changes.rooms", "no room is left in use")
	}
	return list, nil
}

// wallMM is the free floor between a seat and the walls (domain.md 10).
const wallMM = 500

// Fits is how many seats a room of that size holds on a grid at the distance;
// a size of 0 is not known and limits nothing.
func Fits(widthMM, depthMM, distanceMM int) int {
	if widthMM <= 0 || depthMM <= 0 {
		return scheduler.MaxRoomSeats
	}
	pitch := max(distanceMM, leastPitchMM)
	across, along := max(0, widthMM-2*wallMM)/pitch+1, max(0, depthMM-2*wallMM)/pitch+1
	return min(across*along, scheduler.MaxRoomSeats)
}

// leastPitchMM is how close two booths can stand at all.
const leastPitchMM = 800

// refurnish puts so many seats on a grid at the distance.
func (b *Base) refurnish(r *rehearsal.RoomSpec, seats int, field string) error {
	if seats < 1 || seats > scheduler.MaxRoomSeats {
		return wrong(field+".seats", "%d is outside 1 to %d", seats, scheduler.MaxRoomSeats)
	}
	set := scheduler.SetRoom{Room: scheduler.Room{ID: r.ID, Desk: r.Desk, Mode: r.Mode, Programmes: r.Programmes}}
	accessible := 0
	if r.Drawn != nil {
		set.Room = r.Drawn.Room
		for _, s := range r.Drawn.Seats {
			if s.Accessible {
				accessible++
			}
		}
	}
	distance := b.Policy.Distance.DistanceMM
	pitch := int32(max(distance, leastPitchMM))
	columns := seats
	if w, d := int(set.Room.WidthMM), int(set.Room.DepthMM); w > 0 && d > 0 {
		if most := Fits(w, d, distance); seats > most {
			return wrong(field+".seats", "%d seats do not fit: the room holds %d on a grid at %d mm", seats, most, distance)
		}
		columns = max(0, w-2*wallMM)/int(pitch) + 1
	} else {
		for columns*columns >= 2*seats { // about as wide as deep
			columns--
		}
	}
	for i := range seats {
		set.Seats = append(set.Seats, scheduler.SeatPlan{XMM: wallMM + int32(i%columns)*pitch, YMM: wallMM + int32(i/columns)*pitch,
			Accessible: i >= seats-accessible})
	}
	r.Drawn = &set
	return nil
}

// closeRoom takes a room out of use; its officers take a room that has none.
func (b *Base) closeRoom(id scheduler.RoomID) {
	b.Rooms = slices.DeleteFunc(b.Rooms, func(r rehearsal.RoomSpec) bool { return r.ID == id })
	for i := range b.Officers {
		if b.Officers[i].Room == id {
			b.Officers[i].Room = 0
			b.Officers[i].Room = b.freeRoom()
		}
	}
}

// serving are the officers who have a room for groups, or none.
func (b *Base) serving() int {
	n := 0
	for _, o := range b.Officers {
		if r := b.room(o.Room); r == nil || !r.Desk {
			n++
		}
	}
	return n
}

func (b *Base) setOfficers(c *Changes) ([]Change, error) {
	if c.Officers == nil || *c.Officers == b.serving() {
		b.idle()
		return nil, nil
	}
	want, was := *c.Officers, b.serving()
	if want < 1 || want > scheduler.MaxOfficers-len(b.Officers) {
		return nil, wrong("changes.officers", "%d is outside 1 to %d; officers at side desks are not counted", want, scheduler.MaxOfficers-len(b.Officers))
	}
	for n := was; n > want; n-- {
		for i := len(b.Officers) - 1; i >= 0; i-- {
			if r := b.room(b.Officers[i].Room); r == nil || !r.Desk {
				b.Officers = slices.Delete(b.Officers, i, i+1)
				break
			}
		}
	}
	id := scheduler.OfficerID(0)
	for _, o := range b.Officers {
		id = max(id, o.ID)
	}
	for n := was; n < want; n++ {
		id++
		b.Officers = append(b.Officers, rehearsal.OfficerSpec{ID: id})
		if room := b.freeRoom(); room != 0 && !b.room(room).Desk {
			b.Officers[len(b.Officers)-1].Room = room
		}
	}
	b.pauses()
	b.idle()
	return []Change{{Field: "officers", From: strconv.Itoa(was), To: strconv.Itoa(want)}}, nil
}

// idle notes officers who have nothing to do: without a pool nobody shares a
// room.
func (b *Base) idle() {
	if b.Policy.Pooled || slices.Contains(b.notes, NoteIdleOfficer) {
		return
	}
	for i, o := range b.Officers {
		shared := slices.ContainsFunc(b.Officers[:i], func(x rehearsal.OfficerSpec) bool { return x.Room == o.Room })
		if o.Room == 0 || shared {
			b.notes = append(b.notes, NoteIdleOfficer)
			return
		}
	}
}

func (b *Base) setOthers(c *Changes) ([]Change, error) {
	var list []Change
	if c.LastCallS != nil {
		was := b.config(1).LastCall()
		if *c.LastCallS < 0 || *c.LastCallS > scheduler.MaxWaitS {
			return nil, wrong("changes.last_call_s", "%d is outside 0 to %d", *c.LastCallS, scheduler.MaxWaitS)
		}
		if *c.LastCallS != was {
			list = append(list, Change{Field: "last_call_s", From: strconv.Itoa(was), To: strconv.Itoa(*c.LastCallS)})
			b.LastCallS = max(1, *c.LastCallS)
		}
	}
	if c.VisitsPct != nil && *c.VisitsPct != b.visitsPct {
		if *c.VisitsPct < 1 || *c.VisitsPct > MaxVisitsPct {
			return nil, wrong("changes.visits_pct", "%d is outside 1 to %d", *c.VisitsPct, MaxVisitsPct)
		}
		if b.Past != nil {
			return nil, wrong("changes.visits_pct", "a past day has the visits that it had; leave it out")
		}
		list = append(list, Change{Field: "visits_pct", From: strconv.Itoa(b.visitsPct), To: strconv.Itoa(*c.VisitsPct)})
		b.visitsPct = *c.VisitsPct
	}
	return list, nil
}
