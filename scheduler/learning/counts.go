package learning

import (
	"lapak/scheduler"
	"lapak/scheduler/calendar"
)

// channels is how many ways lead to the branch.
const channels = int(scheduler.Collective) + 1

// What is believed of shares before the branch has counted; each is worth
// shareWeight observations, so that a week shows the branch's own.
const (
	shareWeight   = 20
	noShowGuess   = 0.05
	missedGuess   = 0.08
	papersGuess   = 0.10
	walkOutGuess  = 0.02
	walkPriorS    = 45 // from hearing a number to sitting down, across an office
	spanCvPct     = 60
	walkBuckets   = 6
	walkBucketS   = 1800
	weekdays      = 7
	hours         = 24
	partyOverflow = scheduler.MaxPersons
)

// share is how often something happens, older days counting less.
type share struct {
	Yes      float64 `json:"yes,omitempty"`
	All      float64 `json:"all,omitempty"`
	DayYes   int64   `json:"dy,omitempty"`
	DayAll   int64   `json:"da,omitempty"`
	TotalYes int64   `json:"ty,omitempty"`
	Total    int64   `json:"t,omitempty"`
}

func (s *share) add(yes bool) {
	s.DayAll++
	if yes {
		s.DayYes++
	}
}

func (s *share) fold() {
	s.Yes, s.All = s.Yes*rateForget+float64(s.DayYes), s.All*rateForget+float64(s.DayAll)
	s.TotalYes, s.Total = s.TotalYes+s.DayYes, s.Total+s.DayAll
	s.DayYes, s.DayAll = 0, 0
}

// value is the share with the guess as some observations more, today included.
func (s *share) value(guess float64) float64 {
	return (guess*shareWeight + s.Yes + float64(s.DayYes)) / (shareWeight + s.All + float64(s.DayAll))
}

// counts is everything that is counted and not timed.
type counts struct {
	NoShow  [channels]share    `json:"no_show"`
	Missed  [channels]share    `json:"missed"`
	Papers  [channels]share    `json:"papers"`
	WalkOut [walkBuckets]share `json:"walk_out"` // of those still waiting at the half hour's start

	Arrivals [weekdays][hours][channels]float64 `json:"arrivals"` // sums of visits, older weeks counting less
	Weeks    [weekdays]float64                  `json:"weeks"`    // days behind them, in the same way
	Days     [weekdays]int64                    `json:"days"`
	Today    [hours][channels]int64             `json:"today"`

	Parties    [partyOverflow]float64 `json:"parties"`
	PartyToday [partyOverflow]int64   `json:"party_today"`
}

// waited counts a wait of so many seconds through each half hour that it
// reached, and whether it ended by walking out.
func (c *counts) waited(s int64, out bool) {
	last := min(int(s/walkBucketS), walkBuckets-1)
	for b := range last {
		c.WalkOut[b].add(false)
	}
	c.WalkOut[last].add(out)
}

// fold closes the day: a day without a single arrival was no working day.
func (c *counts) fold(date calendar.Date) {
	visits := int64(0)
	for h := range hours {
		for ch := range channels {
			visits += c.Today[h][ch]
		}
	}
	if visits == 0 {
		return
	}
	for i := range channels {
		c.NoShow[i].fold()
		c.Missed[i].fold()
		c.Papers[i].fold()
	}
	for i := range c.WalkOut {
		c.WalkOut[i].fold()
	}
	d := int(date.Weekday()) % weekdays
	for h := range hours {
		for ch := range channels {
			c.Arrivals[d][h][ch] = c.Arrivals[d][h][ch]*profileForget + float64(c.Today[h][ch])
		}
	}
	c.Weeks[d] = c.Weeks[d]*profileForget + 1
	c.Days[d]++
	for i := range c.Parties {
		c.Parties[i] = c.Parties[i]*rateForget + float64(c.PartyToday[i])
	}
	c.Today, c.PartyToday = [hours][channels]int64{}, [partyOverflow]int64{}
}
