package twin

import "lapak/scheduler"

// comers plans, for one path, who still joins the line and when, and who gives
// up waiting.
func (p *path) comers() {
	for i := range p.f.comers {
		c := &p.f.comers[i]
		d := p.dice(forComing, p.f.visits[c.visit].key)
		if d.Pct(c.away) {
			if p.asked(c.visit) {
				p.left--
			}
			continue
		}
		at := d.Between(c.low, c.high)
		x := &p.visits[c.visit]
		x.eff = c.eff
		if c.eff == 0 {
			x.eff = p.f.effective(c, at)
		}
		p.planFar(max(p.now, at), event{kind: join, who: c.visit})
	}
	p.impatient()
	p.jumpers()
}

// effective is a booking's place in the order when it comes at a time.
func (f *floor) effective(c *comer, at int64) int64 {
	r, eff := &f.rules, at
	if !r.extended {
		eff = max(eff, r.opensAt)
	}
	if c.guarded {
		eff = min(eff, r.opensAt)
	}
	if c.due != 0 && at-c.due <= r.graceS {
		eff = max(eff, c.due-r.earlyS) - r.creditS
	}
	if c.jump {
		eff -= r.jumpS
	}
	return eff
}

func (p *path) joinLine(v int32) {
	if p.visits[v].place == away {
		p.queue(v, 0)
	}
}

// impatient plans who of those waiting gives up: each has the same chance in
// every hour. Only a share of them is drawn, so most paths plan few.
func (p *path) impatient() {
	rate := p.f.manners.LeavePermilleHour
	if rate <= 0 {
		return
	}
	for line := range p.line {
		for _, v := range p.line[line] {
			if p.f.visits[v].probe {
				continue
			}
			d := p.dice(forLeaving, p.f.visits[v].key)
			for hour := range int64(maxPatienceH) {
				if d.Below(1000) < int64(rate) {
					p.planFar(p.now+hour*3600+d.Below(3600), event{kind: walkOut, who: v})
					break
				}
			}
		}
	}
}

// maxPatienceH is how many hours of giving up are drawn: a day of waiting.
const maxPatienceH = 8

func (p *path) giveUp(v int32) {
	if x := &p.visits[v]; x.place == waiting || x.place == atDesk {
		p.unqueue(v)
		p.settleVisit(v)
		p.changed()
	}
}

// jumpers plans those who still come without a booking and step in before
// others: people of a priority class. Whoever else comes later stands behind.
func (p *path) jumpers() {
	rate := int64(p.f.manners.JumpersHour)
	if rate <= 0 || p.f.spare == 0 {
		return
	}
	d := p.dice(forJumping, 0)
	at := p.now
	for i := range p.f.spare {
		at += d.Exponential(3600 / rate)
		if at > p.f.rules.lastTicket {
			return
		}
		v := int32(len(p.visits) - p.f.spare + i)
		p.visits[v].eff = at - p.f.rules.jumpS
		p.planFar(at, event{kind: join, who: v})
	}
}

// openings plans the rooms that officers without one open.
func (f *floor) openings(s *scheduler.State) {
	if !f.manners.Awake {
		return
	}
	for i := range f.staff {
		if f.staff[i].presence == scheduler.OffShift || len(f.staff[i].rooms) > 0 {
			continue
		}
		if room := f.emptyRoom(s); room >= 0 {
			f.give(s, room, i)
		}
	}
}

// emptyRoom is the first room that nobody serves, the side desks last.
func (f *floor) emptyRoom(s *scheduler.State) int {
	for _, desk := range []bool{false, true} {
		for k := range f.rooms {
			if r := &f.rooms[k]; r.desk == desk && len(r.crew) == 0 && s.SessionIn(r.id) == nil && r.n > 0 {
				return k
			}
		}
	}
	return -1
}

// give lets an officer open a room: alone, or with the pool.
func (f *floor) give(s *scheduler.State, room, i int) {
	crew := []scheduler.OfficerID{s.Floor.Officers[i].ID}
	if f.rules.pooled && !f.rooms[room].desk {
		crew = crew[:0]
		for k := range f.staff {
			if f.staff[k].presence != scheduler.OffShift {
				crew = append(crew, s.Floor.Officers[k].ID)
			}
		}
	}
	f.crew(s, room, crew)
	f.mate()
	r := &f.rooms[room]
	f.start.plan(max(f.now, s.Room(r.id).ReadyAt, f.rules.opensAt), event{kind: open, who: int32(room)})
}
