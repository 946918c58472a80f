package demo

import (
	"context"
	"log/slog"
	"math/rand/v2"
	"time"

	"lapak/scheduler"
	"lapak/scheduler/calendar"
	"lapak/scheduler/rehearsal"
	"lapak/scheduler/report"
)

// pastDays is how many working days the demo's branch has behind it: the month
// before last is whole, so that a month can be compared with the one before.
const pastDays = 65

// Past gives the demo's reports a past: ordinary days are rehearsed one after the
// other, newest first, while the demo already runs, and only their facts are handed
// to adopt. It rests as long as it works, so that it takes half a processor at most.
// It ends with ctx, and at the first fault, which it logs.
func (d *Day) Past(ctx context.Context, log *slog.Logger, adopt func(days ...*report.Day) error) {
	past(ctx, log, adopt, d.config(), d.seed)
}

func past(ctx context.Context, log *slog.Logger, adopt func(days ...*report.Day) error, c rehearsal.Config, seed uint64) {
	date := c.Date
	for n := range pastDays {
		began := time.Now()
		date = workingDayBefore(&c.Policy.Calendar, date)
		day, err := rehearsedDay(ordinary(c, date, seed+uint64(n)))
		if err == nil {
			err = adopt(day)
		}
		if err != nil {
			log.Warn("the demo's past ends here", "date", date.String(), "error", err)
			return
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(time.Since(began)):
		}
	}
}

func workingDayBefore(cal *calendar.Calendar, date calendar.Date) calendar.Date {
	for {
		date = date.AddDays(-1)
		if _, open, _ := cal.HoursOn(date); open {
			return date
		}
	}
}

// ordinary is a day like any other: the surge day's branch with fewer people, most
// of them on Mondays and Fridays.
func ordinary(c rehearsal.Config, date calendar.Date, seed uint64) rehearsal.Config {
	dice := rand.New(rand.NewPCG(seed, 7))
	c.Seed, c.Date, c.AtDoorPct = seed, date, 30
	c.Visits = 185 + dice.IntN(40)
	if day := date.Weekday(); day == calendar.Monday || day == calendar.Friday {
		c.Visits += 35
	}
	return c
}

func rehearsedDay(c rehearsal.Config) (*report.Day, error) {
	f := report.NewFold(scheduler.New())
	var closed *report.Day
	err := rehearsal.Days([]rehearsal.Config{c}, func(records []scheduler.Record) error {
		for _, rec := range records {
			day, err := f.Add(rec)
			if err != nil {
				return err
			}
			if day != nil && !day.Late {
				closed = day
			}
		}
		return nil
	})
	if err != nil || closed == nil {
		return nil, err
	}
	return closed, nil
}
