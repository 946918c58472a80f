package twin

import (
	"lapak/scheduler"
	"lapak/scheduler/forecast/luck"
)

// dist is the index of the distribution with a mean and a spread.
func (f *floor) dist(meanS, cvPct int) int32 {
	for i, d := range f.dists {
		if d.Mean == meanS && d.Cv == cvPct {
			return int32(i)
		}
	}
	f.dists = append(f.dists, luck.NewTable(meanS, cvPct))
	return int32(len(f.dists) - 1)
}

// age is how old a step is at the forecast's beginning that was begun at since;
// 0 for one that begins on the path.
func (p *path) age(since int64) int64 { return max(0, p.f.now-since) }

// length is how long the claim's present step takes in all; officer is who
// does it, -1 for the visitor.
func (p *path) length(c *claim, officer int, age int64) int64 {
	st := &p.f.progs[c.prog].steps[c.step]
	x := &p.f.visits[c.visit]
	if p.f.in.Lengths != nil {
		return p.f.in.Lengths.Step(x.id, x.later, int(c.nth), int(c.step))
	}
	d := p.dice(forStep, x.key^uint64(c.nth)<<48^uint64(c.step)<<56)
	return p.f.dists[st.long[min(officer+1, len(st.long)-1)]].Draw(&d, age)
}

// groupLength is how long the officer's present group step takes: as long as
// its longest programme's.
func (p *path) groupLength(i int, o *officer) int64 {
	longest := int64(0)
	r := &p.f.rooms[o.room]
	for n := range r.n {
		s := &p.seats[r.first+n]
		if s.claim < 0 || s.state != scheduler.SeatWithOfficer || s.since != o.since {
			continue
		}
		c := &p.claims[s.claim]
		steps := p.f.progs[c.prog].steps
		if int(c.step) >= len(steps) {
			continue
		}
		took := int64(0)
		if p.f.in.Lengths != nil {
			took = p.f.in.Lengths.Group(p.f.in.State.Floor.Officers[i].ID, o.since, p.f.progs[c.prog].code, int(c.step))
		} else {
			d := p.dice(forGroup, uint64(i)<<40^uint64(o.since))
			took = p.f.dists[steps[c.step].long[min(i+1, len(steps[c.step].long)-1)]].Draw(&d, p.age(o.since))
		}
		longest = max(longest, took)
	}
	return longest
}
