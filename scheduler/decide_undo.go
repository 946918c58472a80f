package scheduler

import "slices"

func (c UndoRecord) decide(d *Draft) error {
	if err := d.needOpenDay(); err != nil {
		return err
	}
	i := slices.IndexFunc(d.Undo, func(u Undoable) bool { return u.Seq == c.Seq })
	if i < 0 {
		return conflict("undo_gone", "Record %d cannot be taken back: it is older than %d s, or of a kind that stays.", c.Seq, d.Floor.Policy.UndoS)
	}
	u := &d.Undo[i]
	switch {
	case d.now-u.At > int64(d.Floor.Policy.UndoS):
		return conflict("undo_gone", "The %d s to take this back are over.", d.Floor.Policy.UndoS)
	case u.By != d.by:
		return forbidden("not_your_act", "Only whoever did it can take it back.")
	case !d.untouched(u):
		return conflict("undo_touched", "Something has happened there since. Mend it by hand.")
	case d.otherNumber(u):
		return conflict("undo_touched", "The person has taken another number since.")
	case d.crewGone(u):
		return conflict("undo_touched", "An officer of the crew has gone home, or has a session since.")
	case d.sessionOver(u):
		return conflict("undo_touched", "The session there has ended since. Mend it by hand.")
	case d.tooNearNow(u):
		return conflict("undo_touched", "A seat beside it has been given to somebody else since.")
	}
	d.emit(Undone(c))
	return nil
}

// crewGone reports whether a crew that would come back has been broken up, or
// an officer who would be off shift again has a session by now.
func (d *Draft) crewGone(u *Undoable) bool {
	for i := range u.Images.Officers {
		o := &u.Images.Officers[i]
		for k := range d.Floor.Sessions {
			if ses := &d.Floor.Sessions[k]; o.Presence == OffShift && slices.Contains(ses.Crew, o.ID) && ses.State != Cleaning {
				return true // the shift that began by the act has work by now
			}
		}
	}
	return slices.ContainsFunc(u.Images.Sessions, func(s Session) bool {
		return s.State != Cleaning && d.checkCrew(s.Crew, s.ID) != nil
	})
}

// otherNumber reports whether taking the act back would bring a visit back to
// life whose person holds another number by now.
func (d *Draft) otherNumber(u *Undoable) bool {
	for i := range u.Images.Visits {
		v := &u.Images.Visits[i]
		if w := d.liveVisit(v.Person, v.Date); !v.State.Final() && w != nil && w.ID != v.ID {
			return true
		}
	}
	return false
}

// sessionOver reports whether putting people back at their seats would bring
// them into a session that has ended since: parking one person leaves the
// session itself untouched, so its end does not show in the images.
func (d *Draft) sessionOver(u *Undoable) bool {
	for i := range u.Images.Visits {
		v := &u.Images.Visits[i]
		back := slices.ContainsFunc(u.Images.Sessions, func(s Session) bool { return s.ID == v.Session })
		if !inSession(v) || back {
			continue // the session comes back as well
		}
		if ses := d.Session(v.Session); ses == nil || ses.State >= Cleaning {
			return true
		}
	}
	return false
}

// tooNearNow reports whether putting people back at their seats would set them
// nearer to somebody else than the distance at their call.
func (d *Draft) tooNearNow(u *Undoable) bool {
	for i := range u.Images.Seats {
		a := &u.Images.Seats[i]
		if !a.taken() {
			continue
		}
		for _, b := range d.RoomSeats(d.Room(a.Room)) {
			back := slices.ContainsFunc(u.Images.Seats, func(s Seat) bool { return s.Room == b.Room && s.No == b.No })
			if !back && b.taken() && b.Visit != a.Visit && apartSquared(a, &b) < square(int64(max(a.DistanceMM, b.DistanceMM))) {
				return true
			}
		}
	}
	return false
}

func square(x int64) int64 { return x * x }

func apartSquared(a, b *Seat) int64 {
	return square(int64(a.XMM)-int64(b.XMM)) + square(int64(a.YMM)-int64(b.YMM))
}
