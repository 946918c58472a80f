package scheduler

import "slices"

// kept compares what is kept from record to record with what follows from the
// floor afresh: the two lines, the added-up times, the rooms' geometry. None of
// it is written down, so a slip there shows nowhere else until the next start.
func (c *checker) kept() {
	c.keptLines()
	c.keptTimes()
	c.keptLayouts()
}

func (c *checker) keptLines() {
	s := c.s
	if s.cap != nil {
		return // a record is under way and settles them at its end
	}
	for k, state := range [...]VisitState{Waiting, AtDesk} {
		fresh, line := s.Floor.Line(state), s.lines[k]
		if len(fresh) != len(line) {
			c.say("the line of those who are %s has %d visits, and %d are %s", state, len(line), len(fresh), state)
			continue
		}
		for i, v := range fresh {
			if line[i].id != v.ID {
				c.say("place %d in the line of those who are %s has visit %d, and visit %d belongs there", i+1, state, line[i].id, v.ID)
				break
			}
			if line[i] != waiterOf(v) {
				c.say("the line of those who are %s knows visit %d as %d persons, %d times overtaken; it has %d, %d", state, v.ID, line[i].persons, line[i].overtaken, v.Persons, v.Overtaken)
			}
		}
	}
}

func (c *checker) keptTimes() {
	f := &c.s.Floor
	switch {
	case f.times == nil || f.times.policy != f.Policy || f.times.learned != f.Times:
		c.say("the procedures' times were not added up anew when the policy or the learned times changed")
	case !f.times.equal(newTimes(f.Policy, f.Times)):
		c.say("the procedures' times are not those of the policy and of what was learned")
	}
}

// equal compares two tables by what they say.
func (t *times) equal(u *times) bool {
	return slices.EqualFunc(t.plain, u.plain, course.equal) && slices.EqualFunc(t.by, u.by, func(a, b officerTimes) bool {
		return a.officer == b.officer && slices.EqualFunc(a.of, b.of, course.equal)
	})
}

func (t course) equal(u course) bool {
	return t.programme == u.programme && t.alone == u.alone && t.procedure.Group == u.procedure.Group &&
		slices.Equal(t.procedure.Steps, u.procedure.Steps) && slices.Equal(t.steps, u.steps) && slices.Equal(t.left, u.left)
}

// keptLayouts looks only at what is cheap to see: that each room has the
// geometry of as many working booths as it has. To work it out anew would cost
// more than everything else that Check does.
func (c *checker) keptLayouts() {
	s := c.s
	if len(s.layouts) != len(s.Floor.Rooms) {
		c.say("%d rooms have %d geometries", len(s.Floor.Rooms), len(s.layouts))
		return
	}
	for i := range s.Floor.Rooms {
		r, booths := &s.Floor.Rooms[i], 0
		for _, seat := range s.RoomSeats(r) {
			if !seat.Closed {
				booths++
			}
		}
		if l := &s.layouts[i]; l.room != r.ID || l.booths != booths {
			c.say("room %d has %d working booths, and its geometry is that of room %d with %d", r.ID, booths, l.room, l.booths)
		}
	}
}
