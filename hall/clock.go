package hall

import (
	"context"
	"errors"
	"log/slog"

	"github.com/robfig/cron/v3"

	"lapak/scheduler"
	"lapak/scheduler/calendar"
)

// Job is one piece of daily work. It runs once for each business date, at its
// time or as soon after it as the branch runs: a job that was missed while the
// PC was off is caught up on.
type Job struct {
	Name string
	// DueS is the second of the local day from which the job is due.
	DueS int
	// Run does the work for the date. An error is logged and the job is tried
	// again; it must be harmless to run twice.
	Run func(ctx context.Context, date calendar.Date) error
}

// beat is how often the daily work looks at the clock. cron's own timers wait
// the old remaining time after the wall clock steps, so short beats bound the
// error to half a minute (reliability.md, A5); nothing here is a cron
// expression that a person could mistype.
const beat = "@every 30s"

// Daily runs the jobs until ctx ends. It owns the only cron of the program.
func (h *Hall) Daily(ctx context.Context, jobs []Job) error {
	c := cron.New(cron.WithChain(cron.Recover(cronLog{h.log}), cron.SkipIfStillRunning(cronLog{h.log})))
	if _, err := c.AddFunc(beat, func() { h.RunDue(ctx, jobs) }); err != nil {
		return err
	}
	h.RunDue(ctx, jobs) // what was missed while the PC was off
	c.Start()
	<-ctx.Done()
	<-c.Stop().Done()
	return nil
}

// RunDue runs every job that is due and has not run for today.
func (h *Hall) RunDue(ctx context.Context, jobs []Job) {
	if h.held.Load() {
		return // the date itself is in doubt
	}
	f := &h.State().Floor
	wall := f.Wall(h.Now())
	date := f.Policy.Calendar.Zone.DateOf(wall)
	second := f.Policy.Calendar.Zone.SecondOfDay(wall)
	for _, job := range jobs {
		if second < job.DueS || ctx.Err() != nil {
			continue
		}
		done, err := h.o.Journal.JobDone(job.Name)
		if err != nil || done >= date.String() {
			continue
		}
		if err := job.Run(ctx, date); errors.Is(err, errQuiet) {
			continue
		} else if err != nil {
			h.log.Warn("daily work failed; it is tried again", "job", job.Name, "error", err)
			continue
		}
		if err := h.o.Journal.MarkJob(job.Name, date.String()); err != nil {
			h.log.Warn("daily work cannot be marked as done", "job", job.Name, "error", err)
		}
	}
}

// Times of the branch's own daily work, in seconds of the local day.
const (
	closeAfterS = 3600      // after the closing hour, so that late sessions can end
	forceCloseS = 23 * 3600 // a session left open is aborted now: numbers restart at midnight
	snapshotS   = 23*3600 + 600
)

// DayJobs are the branch's own: open the day at the gate's hour on days when
// the branch works, close it after hours, check the state and keep a snapshot.
func (h *Hall) DayJobs() []Job {
	return []Job{
		{Name: "open_day", Run: h.openDay},
		{Name: "close_day", Run: h.closeDay},
		{Name: "check", DueS: snapshotS, Run: h.checkState},
		{Name: "snapshot", DueS: snapshotS, Run: func(context.Context, calendar.Date) error { return h.Snapshot() }},
	}
}

// errQuiet says that the time of a job has not come yet: it is tried at the next beat, without a word.
var errQuiet = errors.New("hall: not yet")

// openDay opens the day from the gate's hour on. A branch without rooms is not
// in use yet and is left alone.
func (h *Hall) openDay(ctx context.Context, date calendar.Date) error {
	s := h.State()
	f := &s.Floor
	hours, open, _ := f.Policy.Calendar.HoursOn(date)
	second := f.Policy.Calendar.Zone.SecondOfDay(f.Wall(h.Now()))
	switch {
	case f.Day.Open && f.Day.Date == date:
		return nil
	case !open || len(f.Rooms) == 0 || second > hours.LastTicketS:
		return nil
	case second < hours.GateS:
		return errQuiet
	case f.Day.Open: // yesterday was never closed
		if err := h.submit(ctx, scheduler.CloseDay{Force: true}); err != nil {
			return err
		}
	}
	return h.submit(ctx, scheduler.OpenDay{Date: date})
}

// closeDay ends the day after hours. A day that was opened by hand outside the
// hours runs until somebody closes it, or the next one opens.
func (h *Hall) closeDay(ctx context.Context, date calendar.Date) error {
	f := &h.State().Floor
	second := f.Policy.Calendar.Zone.SecondOfDay(f.Wall(h.Now()))
	switch {
	case !f.Day.Open || f.Day.Extended:
		return errQuiet
	case f.Day.Date < date:
		return h.submit(ctx, scheduler.CloseDay{Force: true})
	case second < f.Day.Hours.CloseS+closeAfterS:
		return errQuiet
	case len(f.Sessions) > 0 && second < forceCloseS:
		return errQuiet
	}
	return h.submit(ctx, scheduler.CloseDay{Force: true})
}

func (h *Hall) checkState(context.Context, calendar.Date) error {
	for _, p := range scheduler.Check(h.State()) {
		h.log.Error("the daily check found a fault in the state", "finding", p)
	}
	return nil
}

func (h *Hall) submit(ctx context.Context, c scheduler.Command) error {
	_, err := h.Do(ctx, Request{Actor: scheduler.System, Command: c})
	var no *scheduler.Refusal
	if errors.As(err, &no) && (no.Code == "day_closed" || no.Code == "day_open") {
		return nil // somebody was faster
	}
	return err
}

// cronLog gives cron's few lines to slog.
type cronLog struct{ log *slog.Logger }

func (c cronLog) Info(msg string, kv ...any) { c.log.Debug("cron: "+msg, kv...) }
func (c cronLog) Error(err error, msg string, kv ...any) {
	c.log.Error("cron: "+msg, append(kv, "error", err)...)
}
