package rehearsal

import (
	"slices"

	"lapak/scheduler"
	"lapak/scheduler/procedure"
	"lapak/scheduler/rehearsal/dice"
)

// Guest is one visit as the world plans it: when it comes and what it wants.
type Guest struct {
	At         scheduler.Time // at the door
	Due        scheduler.Time // a booking's time, or 0
	visit      scheduler.VisitID
	Channel    scheduler.Channel
	Persons    int
	Priority   scheduler.Priority
	Accessible bool
	Company    int
	Claims     []scheduler.NewClaim
	Stays      bool   // booked and never comes
	Shown      *Shown // of a past day's records; nil: drawn
}

// hourShares are the shares of a day's walk-ins by hour after opening, from
// the counts of a comparable office (domain.md 1.3): most in the morning.
var hourShares = []int{15, 18, 14, 10, 6, 8, 6}

// earlyS and lateS bound what "at the door around opening" means: the queue
// before the doors, and the first quarter of an hour.
const (
	earlyS = 25 * minuteS
	lateS  = 15 * minuteS
	waveOf = 5       // a company sends its people in waves
	waveS  = 40 * 60 // and this far apart
)

// draw makes the day's guests in the order of their coming.
func (w *World) draw() {
	w.guests = make([]Guest, w.c.Visits)
	nth := 0
	for i := range w.guests {
		d := dice.Roll(w.c.Seed, dice.ForGuest, int64(i), 0)
		g := &w.guests[i]
		g.Channel = scheduler.Channel(d.Pick(w.c.Channels[:]...))
		g.Persons = 1 + d.Pick(w.c.Parties[:]...)
		w.drawStanding(g, &d)
		w.drawClaims(g, &d)
		switch g.Channel {
		case scheduler.Online:
			w.drawBooking(g, &d)
		case scheduler.Collective:
			w.drawCompany(g, nth, &d)
			nth++
		default:
			w.drawWalkIn(g, &d)
		}
	}
	slices.SortStableFunc(w.guests, func(a, b Guest) int { return int(a.At - b.At) })
}

func (w *World) drawStanding(g *Guest, d *dice.Stream) {
	if !d.Pct(w.c.Luck.PriorityPct) {
		g.Accessible = d.Pct(1)
		return
	}
	g.Priority = []scheduler.Priority{scheduler.Elderly, scheduler.Pregnant, scheduler.Disabled, scheduler.WithBaby,
		scheduler.Ill}[d.Pick(50, 15, 15, 15, 5)]
	g.Accessible = g.Priority == scheduler.Disabled || (g.Priority == scheduler.Elderly && d.Pct(15))
}

// reasons are why people claim, with how many of a hundred do.
var (
	reasonsJHT   = []procedure.Reason{procedure.ReasonPHK, procedure.ReasonResign, procedure.ReasonPKWT, procedure.ReasonAge56, procedure.ReasonPart10}
	weightsJHT   = []int{52, 20, 16, 8, 4}
	others       = []procedure.Programme{procedure.JP, procedure.JKM, procedure.JKK}
	weightsOther = []int{45, 30, 25}
	reasonsOther = []procedure.Reason{procedure.ReasonJPAge, procedure.ReasonJKMDeath, procedure.ReasonAccident}
)

func (w *World) drawClaims(g *Guest, d *dice.Stream) {
	claim := scheduler.NewClaim{Programme: procedure.JHT, Reason: reasonsJHT[d.Pick(weightsJHT...)], Small: d.Pct(30)}
	if d.Pct(w.c.Luck.OtherPct) {
		k := d.Pick(weightsOther...)
		claim.Programme, claim.Reason = others[k], reasonsOther[k]
	}
	g.Claims = []scheduler.NewClaim{claim}
	if d.Pct(w.c.Luck.TwoClaimsPct) || (g.Persons > 1 && d.Pct(25)) {
		claim.Person = int(d.Below(int64(g.Persons)))
		g.Claims = append(g.Claims, claim)
	}
}

func (w *World) drawWalkIn(g *Guest, d *dice.Stream) {
	if d.Pct(w.c.AtDoorPct) {
		g.At = w.open + d.Between(-earlyS, lateS)
		return
	}
	hour := d.Pick(hourShares...)
	g.At = min(w.open+int64(hour)*hourS+d.Below(hourS), w.lastTicket-d.Between(0, 10*minuteS))
}

// slotS is the length of a booking's slot.
const slotS = 15 * minuteS

func (w *World) drawBooking(g *Guest, d *dice.Stream) {
	slots := (w.lastTicket - w.open) / slotS
	g.Due = w.open + slotS*d.Between(1, max(1, slots-3))
	g.At = g.Due + d.Between(-18*minuteS, 6*minuteS)
	switch d.Pick(84, 8, 8) {
	case 1:
		g.At = g.Due + d.Between(6*minuteS, 35*minuteS)
	case 2:
		g.Stays = true
	}
	g.At = max(g.At, w.open-earlyS)
}

func (w *World) drawCompany(g *Guest, nth int, d *dice.Stream) {
	companies := max(1, w.c.Companies)
	g.Company = 1 + nth%companies
	wave := int64(nth / companies / waveOf)
	g.At = w.open + int64(g.Company)*hourS + wave*waveS + d.Below(6*minuteS)
	g.At = min(g.At, w.lastTicket-d.Between(1, 20*minuteS))
	g.Persons, g.Due = 1, 0
	for i := range g.Claims {
		g.Claims[i].Person = 0
	}
}
