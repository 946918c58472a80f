package report

import (
	"lapak/scheduler"
	"lapak/scheduler/learning"
)

// Basis is where a multiplier's baseline comes from.
type Basis string

// The bases. None: no claim was settled in a group, or there is no baseline.
const (
	NoBasis  Basis = "none"
	Measured Basis = "measured" // the period's own sessions with one person at a time
	Computed Basis = "computed" // from the period's own step times: one person's whole stay and the change of seats
)

// Multiplier is how many claims an officer's hour brings in groups, against
// one-to-one. Rates are claims per officer-hour in hundredths.
type Multiplier struct {
	ValueX   int   `json:"value_x100"` // group over single; 0 without a basis or while it is early
	GroupX   int   `json:"group_x100"`
	SingleX  int   `json:"single_x100"`  // the baseline: the visitor's own steps are done with the officer waiting
	CounterX int   `json:"counter_x100"` // the fairer second one: own steps are done before the call
	Basis    Basis `json:"basis"`
	Claims   int   `json:"claims"`     // settled in groups
	HoursX   int   `json:"hours_x100"` // of officers in group sessions with somebody to serve
	SingleN  int   `json:"single_n"`   // claims that the baseline rests on
	OwnS     int64 `json:"own_s"`      // a claim's mean time on the visitor's own steps
	OfficerS int64 `json:"officer_s"`  // and with the officer
	IdleS    int64 `json:"idle_s"`     // and waiting at the seat for the officer
	Early    bool  `json:"early"`      // too little was done in groups to say a value
	Need     Need  `json:"need"`       // so much makes it enough
}

// Need is the work in groups from which a multiplier is said: the same for a period as
// for today, or the two pages would contradict each other.
type Need struct {
	Claims int `json:"claims"`
	HoursX int `json:"hours_x100"`
}

// What makes a baseline of a period's own is what makes one today (learning).
const (
	minMeasured  = learning.EnoughSingleClaims
	minMeasuredS = learning.EnoughSingleS
)

// rates adds up what a multiplier is made of.
type rates struct {
	claims, singles    int64
	groupS, singleS    int64
	own, officer, idle int64
	timed              int64 // claims with times
	changeS            int64 // weighted by claims
}

func newRates() *rates { return &rates{} }

func (r *rates) add(d *Day) {
	for i := range d.Claims {
		c := &d.Claims[i]
		switch c.Way {
		case OneByOne:
			r.singles++
		case InGroup:
			r.claims++
			r.changeS += int64(d.Goals.SeatChangeS)
			if c.OfficerS > 0 && c.Outcome != scheduler.NoOutcome {
				r.timed++
				r.own, r.officer, r.idle = r.own+c.OwnS, r.officer+c.OfficerS, r.idle+c.IdleS
			}
		}
	}
	for i := range d.Work {
		switch w := &d.Work[i]; w.Way {
		case OneByOne:
			r.singleS += w.BusyS
		case InGroup:
			r.groupS += w.BusyS
		}
	}
}

func (r *rates) multiplier() Multiplier {
	m := Multiplier{Basis: NoBasis, Claims: int(r.claims), HoursX: int(r.groupS * 100 / hourS),
		Need: Need{Claims: learning.EnoughClaims, HoursX: learning.EnoughS * 100 / hourS}}
	if r.claims == 0 || r.groupS == 0 {
		return m
	}
	m.Early = r.claims < learning.EnoughClaims || r.groupS < learning.EnoughS
	const perHour = 100 * hourS
	m.GroupX = int(r.claims * perHour / r.groupS)
	change := r.changeS / r.claims
	if r.timed > 0 {
		m.OwnS, m.OfficerS, m.IdleS = r.own/r.timed, r.officer/r.timed, r.idle/r.timed
		m.CounterX = int(r.timed * perHour / (r.officer + r.timed*change))
	}
	switch {
	case r.singles >= minMeasured && r.singleS >= minMeasuredS:
		m.Basis, m.SingleN, m.SingleX = Measured, int(r.singles), int(r.singles*perHour/r.singleS)
	case r.timed > 0:
		m.Basis, m.SingleN, m.SingleX = Computed, int(r.timed), int(r.timed*perHour/(r.own+r.officer+r.timed*change))
	}
	if m.SingleX > 0 && !m.Early {
		m.ValueX = (m.GroupX*100 + m.SingleX/2) / m.SingleX
	}
	return m
}
