package scheduler

import "slices"

// companyShare is what the companies' cap looks at, counted when a company's
// visit is first met.
type companyShare struct {
	counted bool
	claims  int  // called today
	theirs  int  // of companies
	others  bool // somebody waits for this room who is no company's
}

// countCompanies counts what the companies' cap looks at, this plan's picks
// included.
func (f *former) countCompanies() {
	c := companyShare{counted: true}
	for i := range f.s.Floor.Visits {
		if v := &f.s.Floor.Visits[i]; v.FirstCall != 0 {
			c.add(v)
		}
	}
	for _, p := range f.plan.Picks {
		if v := f.s.Visit(p.Visit); v.FirstCall == 0 {
			c.add(v)
		}
	}
	for _, w := range f.waiting {
		if v := f.s.Visit(w.id); v.Channel != Collective {
			if served := f.serves(f.s.programmeOf(v)); served.room && served.crew {
				c.others = true
				break
			}
		}
	}
	f.share = c
}

func (c *companyShare) add(v *Visit) {
	c.claims += int(v.NClaims)
	if v.Channel == Collective {
		c.theirs += int(v.NClaims)
	}
}

// overCompanyCap reports whether calling v would take the companies' share of
// the claims called today above the cap while others wait. The first
// companies' visit of a day is always within it.
func (f *former) overCompanyCap(v *Visit) bool {
	if !f.share.counted {
		f.countCompanies()
	}
	if !f.share.others || f.yields {
		return false
	}
	n := int(v.NClaims)
	pct := f.s.Floor.Policy.Collective.CapPct
	over := pct == 0 || f.share.theirs > 0 && 100*(f.share.theirs+n) > pct*(f.share.claims+n)
	f.capped = f.capped || over
	return over
}

// shareGivesWay calls companies' people above their share to seats that nobody
// else takes: everybody else in the line has been looked at by now, and either
// may not come here at present or does not fit. The list keeps its order: if
// the next of it does not fit, no other passes it.
func (f *former) shareGivesWay() {
	if !f.capped || f.found || f.free.Empty() {
		return
	}
	f.yields = true
	for i, w := range f.waiting {
		v := f.s.Visit(w.id)
		if v.Channel != Collective || picked(f.plan.Picks, w.id) {
			continue
		}
		if f.room <= 0 || f.found || len(f.plan.Picks) >= MaxCall || f.ses.Mode == Single && len(f.plan.Picks) > 0 {
			return
		}
		if f.first != nil && before(f.first, v) < 0 && (f.stop || f.passes <= 0) {
			return
		}
		if !f.mayCome(v) || !f.canEver(v) {
			continue
		}
		seats, ok := f.place(v)
		if !ok {
			return
		}
		f.take(i, v, seats)
		if f.asked {
			return
		}
		last := &f.plan.Picks[len(f.plan.Picks)-1]
		last.Why = append(last.Why, Why{Code: WhyShareYields, A: int64(f.s.Floor.Policy.Collective.CapPct)})
		f.plan.Skips = slices.DeleteFunc(f.plan.Skips, func(k Skip) bool { return k.Visit == w.id })
	}
}
