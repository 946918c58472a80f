package scheduler

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
	if !f.share.others {
		return false
	}
	n := int(v.NClaims)
	pct := f.s.Floor.Policy.Collective.CapPct
	if pct == 0 {
		return true
	}
	return f.share.theirs > 0 && 100*(f.share.theirs+n) > pct*(f.share.claims+n)
}
