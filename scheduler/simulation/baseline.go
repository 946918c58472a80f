package simulation

import (
	"slices"

	"lapak/scheduler"
	"lapak/scheduler/procedure"
	"lapak/scheduler/rehearsal/dice"
)

// oneToOne returns the saturated one-to-one throughput of each day. With
// single persons it is a renewal process per officer, worked out here person
// by person from the same draws; TestOneToOneIsTheMachine holds it to what the
// rules do. Parties share an officer's minutes among themselves, so their days
// are played on the rules.
func (t *trial) oneToOne(days int) ([]float64, error) {
	if len(t.parties) > 1 || t.parties[0].persons > 1 {
		sum, err := t.run(days)
		return sum.rates, err
	}
	rates := make([]float64, days)
	t.each(days, func(day int) { rates[day] = t.renewals(t.seed(day)) })
	return rates, nil
}

// renewals plays one saturated day in which each officer takes one person at a
// time from the common line.
func (t *trial) renewals(seed uint64) float64 {
	open, until := int64(t.in.Hours.OpenS), int64(t.in.Hours.LastTicketS)
	from := open + int64(t.in.WarmupS)
	var free []int64 // when each officer who has a usable seat is free
	for i := range t.staffed {
		if t.places[i].persons > 0 {
			free = append(free, open)
		}
	}
	if len(free) == 0 {
		return 0
	}
	claims := 0
	for who := int64(0); ; who++ {
		k := slices.Index(free, slices.Min(free))
		if free[k] >= until {
			return rateOf(claims, t.staffed, until-from)
		}
		if t.missing(seed, who) {
			free[k] += noShowS
			continue
		}
		done := free[k] + t.stayS(seed, who, 0)
		if done >= from && done < until {
			claims++
		}
		free[k] = done + int64(t.in.SeatChangeS)
	}
}

// rateOf is claims per officer-hour.
func rateOf(claims, staffed int, span int64) float64 {
	return float64(claims) * hourS / (float64(staffed) * float64(max(1, span)))
}

// missing draws whether the guest does not come when called.
func (t *trial) missing(seed uint64, who int64) bool {
	d := dice.Roll(seed, dice.ForShow, who, 0)
	return d.Pct(t.in.NoShowPct)
}

// stayS is what all parts of a guest's nth person take together when nobody
// has to be waited for.
func (t *trial) stayS(seed uint64, who, nth int64) int64 {
	sum := int64(0)
	for k := range t.stretches {
		sum += t.partS(seed, who<<8|nth, k)
	}
	return sum
}

// SeatsOnly returns the waits of the question's days if the officers had time
// without end: whoever comes first gets the first free seat, keeps it for as
// long as their own steps and the officer's take one after the other, and the
// seat is changed. No policy that seats people can let them wait less on
// average; `saturated` has no waits of its own and is refused.
func SeatsOnly(in Input) (Spread, error) {
	if err := in.Validate(); err != nil {
		return Spread{}, err
	}
	if in.Arrivals.Kind == "saturated" {
		return Spread{}, wrong("arrivals.kind", "a saturated day has no waits; give poisson or trace")
	}
	t := newTrial(&in, in.Policy.Mode, false, false)
	var waits []int64
	for day := range in.Days {
		waits = t.seatsOnly(t.seed(day), waits)
	}
	return spreadOf(waits), nil
}

func (t *trial) seatsOnly(seed uint64, waits []int64) []int64 {
	open := int64(t.in.Hours.OpenS)
	seats := 0
	for i := range t.rooms() {
		seats += t.places[i].persons
	}
	free := make([]int64, seats)
	for who, at := range t.comes(seed) {
		start := max(at, open)
		for nth := range t.guest(seed, int64(who)).Persons {
			if seats == 0 {
				return waits
			}
			k := slices.Index(free, slices.Min(free))
			called := max(start, free[k])
			if t.missing(seed, int64(who)) {
				free[k] = called + noShowS
				continue
			}
			waits = append(waits, called-start)
			free[k] = called + t.stayS(seed, int64(who), int64(nth)) + int64(t.in.SeatChangeS)
		}
	}
	return waits
}

// rooms is how many rooms are worked in: an officer's each, or all of a pool.
func (t *trial) rooms() int {
	if t.in.Policy.Pooled {
		return len(t.in.Rooms)
	}
	return t.staffed
}

// officerS is the officer's mean time for one claim when so many share a group
// step.
func (t *trial) officerS(sharers int) float64 {
	sum := 0.0
	for _, s := range t.steps {
		switch s.Who {
		case procedure.Officer:
			sum += float64(s.MeanS)
		case procedure.Group:
			sum += float64(s.MeanS) / float64(max(1, min(sharers, scheduler.MaxRoomSeats)))
		}
	}
	return sum
}

// oneToOneDays is how many days the one-to-one baseline is worked out from: its
// mean is then known to about a percent.
const oneToOneDays = 40

// OneToOne returns the claims that one officer finishes in an hour who takes one
// person at a time through the whole procedure, with somebody always waiting.
func OneToOne(steps []procedure.Step, seatChangeS, noShowPct int) (float64, error) {
	in := DefaultInput()
	in.Days, in.Officers, in.Rooms, in.NoShowPct = oneToOneDays, 1, []RoomInput{{Seats: 1}}, noShowPct
	in.Procedure, in.SeatChangeS = steps, seatChangeS
	if err := in.Validate(); err != nil {
		return 0, err
	}
	rates, err := newTrial(&in, "single", true, false).oneToOne(in.Days)
	return mean(rates), err
}
