package simulation

import (
	"fmt"
	"slices"

	"lapak/scheduler"
	"lapak/scheduler/rehearsal"
	"lapak/scheduler/rehearsal/measure"
)

// result is what one simulated day showed.
type result struct {
	arrived, served int                           // persons
	visits          [scheduler.MaxPersons + 1]int // that came, by their persons
	waits, doors    []int64
	byParty         [scheduler.MaxPersons + 1][]int64 // the waits by the visit's persons
	claims          int                               // finished within the measured span
	span            int64
	rate            float64     // claims per officer-hour
	use             measure.Use // of officers and rooms
	groups, grouped int64       // closed: groups that started, and their persons who came
	full            bool
}

// day runs one day of the trial.
func (t *trial) day(day int) (result, error) {
	c := t.config(day)
	from, until := t.at(t.in.Hours.OpenS)+int64(t.in.WarmupS), t.at(t.in.Hours.LastTicketS)
	y := result{}
	last := from
	seen := func(s *scheduler.State, now scheduler.Time) {
		if now = min(now, until); now > last {
			y.measure(s, now-last)
			last = now
		}
	}
	end := scheduler.Time(0)
	if t.saturated {
		end = until
	}
	played, err := rehearsal.PlayPaced(c, t.branch, end, seen)
	if err != nil {
		return y, fmt.Errorf("day %d: %w", day+1, err)
	}
	if played.Full {
		y.full, until = true, max(from+1, min(until, lastNumber(played.State)))
	} else {
		seen(played.State, until)
	}
	y.span = until - from
	y.collect(&played, t, from, until)
	return y, nil
}

// lastNumber is when the branch gave its last number.
func lastNumber(s *scheduler.State) scheduler.Time {
	v := s.Floor.Visits
	if len(v) == 0 {
		return 0
	}
	return v[len(v)-1].Arrived
}

// measure adds a stretch of time during which nothing changed.
func (y *result) measure(s *scheduler.State, took int64) {
	for i := range s.Floor.Officers {
		y.use.Officers += took
		if s.Floor.Officers[i].WithRoom != 0 {
			y.use.With += took
		}
	}
	for i := range s.Floor.Rooms {
		y.use.Room(s, &s.Floor.Rooms[i], took)
	}
}

func (y *result) collect(p *rehearsal.PacedDay, t *trial, from, until scheduler.Time) {
	s, ends := p.State, t.ends()
	for i := range s.Floor.Visits {
		v := &s.Floor.Visits[i]
		if v.Arrived == 0 {
			continue
		}
		y.arrived += int(v.Persons)
		y.visits[v.Persons]++
		if v.State != scheduler.Settled && !(ends && v.State == scheduler.Left) {
			continue
		}
		y.served += int(v.Persons)
		start := s.WaitStart(v)
		for range v.Persons {
			y.waits = append(y.waits, max(0, v.FirstCall-start))
			y.byParty[v.Persons] = append(y.byParty[v.Persons], max(0, v.FirstCall-start))
			y.doors = append(y.doors, max(0, v.Ended-start))
		}
	}
	for i := range s.Floor.Claims {
		if c := &s.Floor.Claims[i]; c.Outcome != scheduler.NoOutcome && c.Settled >= from && c.Settled < until {
			y.claims++
		}
	}
	y.groups, y.grouped = p.Groups, p.Grouped
	for _, at := range p.Finished {
		if at >= from && at < until {
			y.claims++
		}
	}
	y.rate = rateOf(y.claims, t.staffed, y.span)
}

// tally joins the days.
type tally struct {
	result
	rates []float64
}

func (a *tally) add(y *result) {
	a.arrived, a.served = a.arrived+y.arrived, a.served+y.served
	for n := range a.byParty {
		a.visits[n] += y.visits[n]
		a.byParty[n] = append(a.byParty[n], y.byParty[n]...)
	}
	a.waits, a.doors = append(a.waits, y.waits...), append(a.doors, y.doors...)
	a.claims, a.span = a.claims+y.claims, a.span+y.span
	a.use.Add(y.use)
	a.groups, a.grouped = a.groups+y.groups, a.grouped+y.grouped
	a.full = a.full || y.full
	a.rates = append(a.rates, y.rate)
}

func (a *tally) report(out *Output, t *trial) {
	out.Arrived, out.Served, out.Unserved = a.arrived, a.served, a.arrived-a.served
	out.ClaimsPerOfficerHour = round(mean(a.rates), 2)
	out.WaitS, out.DoorToDoorS = spreadOf(a.waits), spreadOf(a.doors)
	for n, waits := range a.byParty {
		if len(waits) > 0 {
			out.Parties = append(out.Parties, PartyWait{n, len(waits), spreadOf(waits)})
		}
	}
	out.OfficerBusyPct = percent(a.use.With, a.use.Officers)
	out.SeatBusyPct = percent(a.use.Taken, a.use.Seats)
	out.GroupSizeMean = round(float64(a.use.InRoom)/float64(max(1, a.use.Rooms)), 1)
	if t.mode == "closed" {
		out.GroupSizeMean = round(float64(a.grouped)/float64(max(1, a.groups)), 1)
	}
}

func percent(part, whole int64) int { return int((100*part + whole/2) / max(1, whole)) }

func spreadOf(list []int64) Spread {
	if len(list) == 0 {
		return Spread{}
	}
	slices.Sort(list)
	sum := int64(0)
	for _, x := range list {
		sum += x
	}
	n := len(list)
	at := func(pct int) int64 { return list[min(n-1, (n*pct+99)/100-1)] } // nearest rank
	return Spread{Mean: (sum + int64(n)/2) / int64(n), P50: at(50), P95: at(95), Max: list[n-1]}
}
