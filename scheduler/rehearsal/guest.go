package rehearsal

import (
	"slices"

	"lapak/scheduler"
	"lapak/scheduler/procedure"
)

// guest is one visit as the world plans it: when it comes and what it wants.
type guest struct {
	at         scheduler.Time // at the door
	due        scheduler.Time // a booking's time, or 0
	visit      scheduler.VisitID
	channel    scheduler.Channel
	persons    int
	priority   scheduler.Priority
	accessible bool
	company    int
	claims     []scheduler.NewClaim
	stays      bool   // booked and never comes
	shown      *shown // of a past day's records; nil: drawn
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
	w.guests = make([]guest, w.c.Visits)
	nth := 0
	for i := range w.guests {
		d := roll(w.c.Seed, forGuest, int64(i), 0)
		g := &w.guests[i]
		g.channel = scheduler.Channel(d.pick(w.c.Channels[:]...))
		g.persons = 1 + d.pick(w.c.Parties[:]...)
		w.drawStanding(g, &d)
		w.drawClaims(g, &d)
		switch g.channel {
		case scheduler.Online:
			w.drawBooking(g, &d)
		case scheduler.Collective:
			w.drawCompany(g, nth, &d)
			nth++
		default:
			w.drawWalkIn(g, &d)
		}
	}
	slices.SortStableFunc(w.guests, func(a, b guest) int { return int(a.at - b.at) })
}

func (w *World) drawStanding(g *guest, d *dice) {
	if !d.pct(w.c.Luck.PriorityPct) {
		g.accessible = d.pct(1)
		return
	}
	g.priority = []scheduler.Priority{scheduler.Elderly, scheduler.Pregnant, scheduler.Disabled, scheduler.WithBaby,
		scheduler.Ill}[d.pick(50, 15, 15, 15, 5)]
	g.accessible = g.priority == scheduler.Disabled || (g.priority == scheduler.Elderly && d.pct(15))
}

// reasons are why people claim, with how many of a hundred do.
var (
	reasonsJHT   = []procedure.Reason{procedure.ReasonPHK, procedure.ReasonResign, procedure.ReasonPKWT, procedure.ReasonAge56, procedure.ReasonPart10}
	weightsJHT   = []int{52, 20, 16, 8, 4}
	others       = []procedure.Programme{procedure.JP, procedure.JKM, procedure.JKK}
	weightsOther = []int{45, 30, 25}
	reasonsOther = []procedure.Reason{procedure.ReasonJPAge, procedure.ReasonJKMDeath, procedure.ReasonAccident}
)

func (w *World) drawClaims(g *guest, d *dice) {
	claim := scheduler.NewClaim{Programme: procedure.JHT, Reason: reasonsJHT[d.pick(weightsJHT...)], Small: d.pct(30)}
	if d.pct(w.c.Luck.OtherPct) {
		k := d.pick(weightsOther...)
		claim.Programme, claim.Reason = others[k], reasonsOther[k]
	}
	g.claims = []scheduler.NewClaim{claim}
	if d.pct(w.c.Luck.TwoClaimsPct) || (g.persons > 1 && d.pct(25)) {
		claim.Person = int(d.below(int64(g.persons)))
		g.claims = append(g.claims, claim)
	}
}

func (w *World) drawWalkIn(g *guest, d *dice) {
	if d.pct(w.c.AtDoorPct) {
		g.at = w.open + d.between(-earlyS, lateS)
		return
	}
	hour := d.pick(hourShares...)
	g.at = min(w.open+int64(hour)*hourS+d.below(hourS), w.lastTicket-d.between(0, 10*minuteS))
}

// slotS is the length of a booking's slot.
const slotS = 15 * minuteS

func (w *World) drawBooking(g *guest, d *dice) {
	slots := (w.lastTicket - w.open) / slotS
	g.due = w.open + slotS*d.between(1, max(1, slots-3))
	g.at = g.due + d.between(-18*minuteS, 6*minuteS)
	switch d.pick(84, 8, 8) {
	case 1:
		g.at = g.due + d.between(6*minuteS, 35*minuteS)
	case 2:
		g.stays = true
	}
	g.at = max(g.at, w.open-earlyS)
}

func (w *World) drawCompany(g *guest, nth int, d *dice) {
	companies := max(1, w.c.Companies)
	g.company = 1 + nth%companies
	wave := int64(nth / companies / waveOf)
	g.at = w.open + int64(g.company)*hourS + wave*waveS + d.below(6*minuteS)
	g.at = min(g.at, w.lastTicket-d.between(1, 20*minuteS))
	g.persons, g.due = 1, 0
	for i := range g.claims {
		g.claims[i].Person = 0
	}
}
