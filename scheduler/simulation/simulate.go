package simulation

import (
	"fmt"
	"math"
	"slices"
)

// Output is the answer of `lapak simulate`. Times are seconds, shares percent.
type Output struct {
	Days                 int        `json:"days"`
	Arrived              int        `json:"arrived"` // persons, as are the next two
	Served               int        `json:"served"`
	Unserved             int        `json:"unserved"`
	ClaimsPerOfficerHour float64    `json:"claims_per_officer_hour"`
	WaitS                Spread     `json:"wait_s"`
	DoorToDoorS          Spread     `json:"door_to_door_s"`
	OfficerBusyPct       int        `json:"officer_busy_pct"`
	SeatBusyPct          int        `json:"seat_busy_pct"`
	GroupSizeMean        float64    `json:"group_size_mean"`
	Multiplier           Multiplier `json:"multiplier"`
	Ceiling              Ceiling    `json:"ceiling"`

	Notes   []string    `json:"-"` // for stderr: what the reader must know about the figures
	Parties []PartyWait `json:"-"` // the waits once more, by the size of the visit
}

// Spread sums up a list of durations in whole seconds.
type Spread struct {
	Mean int64 `json:"mean"`
	P50  int64 `json:"p50"`
	P95  int64 `json:"p95"`
	Max  int64 `json:"max"`
}

// PartyWait is how long visits of so many persons waited to be called. Each
// person counts, as in Output.WaitS.
type PartyWait struct {
	Persons int
	Count   int // persons who were served
	WaitS   Spread
}

// Multiplier is this policy's saturated throughput over that of one-to-one
// service, with the bounds of its 95 % interval over the days. Single and
// Counter are the two baselines in claims per officer-hour: one-to-one with
// the officer waiting for the visitor's steps, and one-to-one with those steps
// done before the call.
type Multiplier struct {
	Value   float64 `json:"value"`
	Low     float64 `json:"low"`
	High    float64 `json:"high"`
	Single  float64 `json:"single"`
	Counter float64 `json:"counter"`
}

// maxSaturatedDays bounds the days that are run only for the multiplier of a
// question whose own days are not saturated: a hundred give an interval of
// about one percent, and a thousand-day question should not cost two thousand.
const maxSaturatedDays = 100

// Run answers the question by driving the rules through its days. The
// same input gives the same output; no two days share anything but the input.
func Run(in Input) (Output, error) { return RunOn(in, inTurn) }

// Each does something for every whole number below n and returns when all of it
// is done: in turn, or several at once.
type Each func(n int, do func(i int))

func inTurn(n int, do func(i int)) {
	for i := range n {
		do(i)
	}
}

// RunOn is Simulate whose days are worked by each. The answer is the same
// in whatever order they are, or at once.
func RunOn(in Input, each Each) (Output, error) {
	if err := in.Validate(); err != nil {
		return Output{}, err
	}
	t := newTrial(&in, in.Policy.Mode, in.Arrivals.Kind == "saturated", false)
	t.each = each
	out := Output{Days: in.Days}
	sum, err := t.run(in.Days)
	if err != nil {
		return Output{}, err
	}
	sum.report(&out, t)
	t.unseatable(&out, &sum)
	if n := in.Officers - t.staffed; n > 0 {
		out.note("%d of %d officers have no room; they are not staffed and count in no figure", n, in.Officers)
	}
	if sum.full {
		out.note("a day reached the most visits that a branch can hold; its figures are of the time until then")
	}
	single, err := t.multiply(&out, &sum)
	if err != nil {
		return Output{}, err
	}
	out.Ceiling = t.ceiling(&sum, single)
	return out, nil
}

// unseatable notes the visits that come and fit into no room, for they are in
// no wait, and may be all of them.
func (t *trial) unseatable(out *Output, sum *tally) {
	most := slices.Max(t.party[:t.open()])
	pct, visits, tooLarge := 0, 0, 0
	for _, s := range t.parties {
		if s.persons > most {
			pct += s.pct
		}
	}
	for persons, n := range sum.visits {
		visits += n
		if persons > most {
			tooLarge += n
		}
	}
	const why = "more persons than any room in use can seat together (%d, by its seats, its plan and group_max); they are never called"
	switch {
	case t.saturated && pct > 0: // who always waits need not have come
		out.note("%d %% of the visits have "+why, pct, most)
	case tooLarge > 0:
		out.note("%d of %d visits have "+why, tooLarge, visits, most)
	}
}

func (o *Output) note(format string, args ...any) {
	o.Notes = append(o.Notes, fmt.Sprintf(format, args...))
}

// daysAtOnce bounds the days that are worked before they are added up.
const daysAtOnce = 64

// run plays the trial's first days.
func (t *trial) run(days int) (tally, error) {
	var sum tally
	if err := t.furnish(); err != nil {
		return sum, err
	}
	type outcome struct {
		result
		err error
	}
	for from := 0; from < days; from += daysAtOnce {
		list := make([]outcome, min(daysAtOnce, days-from))
		t.each(len(list), func(i int) { list[i].result, list[i].err = t.day(from + i) })
		for i := range list { // in their order, whoever was done first
			if list[i].err != nil {
				return sum, list[i].err
			}
			sum.add(&list[i].result)
		}
	}
	return sum, nil
}

// multiply compares the policy with both baselines, day by day under the same
// seeds, saturated. It returns the single mode's claims per officer-hour.
func (t *trial) multiply(out *Output, own *tally) (float64, error) {
	days, rates := t.in.Days, own.rates
	if !t.saturated {
		days = min(days, maxSaturatedDays)
		full, err := t.another(t.in.Policy.Mode, true, false).run(days)
		if err != nil {
			return 0, err
		}
		rates = full.rates
		if days < t.in.Days {
			out.note("multiplier and baselines are of the first %d days, saturated", days)
		}
	}
	if days == 1 {
		out.note("one day gives the multiplier no interval; low and high repeat its value")
	}
	singles, err := t.another("single", true, false).oneToOne(days)
	if err != nil {
		return 0, err
	}
	counters, err := t.another("single", true, true).oneToOne(days)
	if err != nil {
		return 0, err
	}
	out.Multiplier = ratio(rates, singles)
	out.Multiplier.Single, out.Multiplier.Counter = round(mean(singles), 2), round(mean(counters), 2)
	return mean(singles), nil
}

// another is a setting of the same question, worked in the same way.
func (t *trial) another(mode string, saturated, prepared bool) *trial {
	x := newTrial(t.in, mode, saturated, prepared)
	x.each = t.each
	return x
}

// ratio is the quotient of two paired means with its 95 % interval, by the
// usual linearisation and Student's quantile; one day alone has no interval.
func ratio(a, b []float64) Multiplier {
	ma, mb := mean(a), mean(b)
	if mb == 0 {
		return Multiplier{}
	}
	q, square := ma/mb, 0.0
	for i := range a {
		e := a[i] - float64(q*b[i])
		square += float64(e * e)
	}
	half := 0.0
	if n := float64(len(a)); n > 1 {
		half = student(len(a)-1) * math.Sqrt(square/(n*(n-1))) / mb
	}
	return Multiplier{Value: round(q, 2), Low: round(max(0, q-half), 2), High: round(q+half, 2)}
}

// student is the 97.5 % quantile of Student's distribution: by the table up to
// ten degrees of freedom, from there by the first terms of its expansion
// around the normal one, which is right to three digits.
func student(freedom int) float64 {
	table := []float64{12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228}
	if freedom <= len(table) {
		return table[freedom-1]
	}
	const z = 1.959964
	const first, second = (z*z*z + z) / 4, (5*z*z*z*z*z + 16*z*z*z + 3*z) / 96
	n := float64(freedom)
	return z + first/n + second/float64(n*n)
}

func mean(list []float64) float64 {
	sum := 0.0
	for _, x := range list {
		sum += x
	}
	return sum / float64(max(1, len(list)))
}

func round(x float64, digits int) float64 {
	unit := math.Pow10(digits)
	return math.Floor(x*unit+0.5) / unit
}
