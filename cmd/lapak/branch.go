package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"lapak/cmd/lapak/backup"
	"lapak/hall"
	"lapak/hall/access"
	"lapak/hall/journal"
	"lapak/hall/media"
	"lapak/hall/people"
	"lapak/scheduler"
	"lapak/scheduler/calendar"
)

// branch is one opened data directory with everything that runs on it.
type branch struct {
	dir     string
	journal *journal.Journal
	people  *people.Store
	access  *access.Store
	media   *media.Store
	hall    *hall.Hall
	time    *hall.Time
	fatal   chan error
}

// openAccess opens the accounts of a directory, which is made when it is new.
func openAccess(dir string, o access.Options) (*access.Store, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, unavailable("--data: %v", err)
	}
	return access.Open(dir, o)
}

// openBranch opens the three files and the media and starts the writer. changed is called
// after each commit.
func openBranch(dir string, t *hall.Time, log *slog.Logger, ao access.Options, changed func()) (b *branch, err error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, unavailable("--data: %v", err)
	}
	b = &branch{dir: dir, time: t, fatal: make(chan error, 1)}
	defer func() {
		if err != nil {
			b.close()
		}
	}()
	if b.journal, err = journal.Open(dir, journal.Options{}); err != nil {
		return b, err
	}
	if b.people, err = people.Open(dir); err != nil {
		return b, err
	}
	if b.access, err = access.Open(dir, ao); err != nil {
		return b, err
	}
	if b.media, err = media.Open(dir); err != nil {
		return b, err
	}
	b.hall, err = hall.Open(hall.Options{Journal: journal.Plain{Store: b.journal}, Time: t, Logger: log, Changed: changed,
		Fatal: func(err error) { b.fatal <- err }})
	return b, err
}

func (b *branch) close() {
	if b.hall != nil {
		b.hall.Close()
	}
	if b.access != nil {
		b.access.Close()
	}
	if b.people != nil {
		b.people.Close()
	}
	if b.journal != nil {
		b.journal.Close()
	}
}

// enterOfficers enters every officer and manager of the accounts on the floor,
// so that an account added by a script can work at once.
func (b *branch) enterOfficers(ctx context.Context) error {
	for _, a := range b.access.Accounts() {
		works := a.Role == access.Officer || a.Role == access.Manager
		id := scheduler.OfficerID(a.ID)
		if !works || a.Disabled || b.hall.State().Officer(id) != nil {
			continue
		}
		_, err := b.hall.Do(ctx, hall.Request{Actor: scheduler.System, Command: scheduler.SetOfficer{ID: id}})
		if err != nil {
			return fmt.Errorf("enter officer %d: %w", id, err)
		}
	}
	return nil
}

// roster are the officers whose accounts may be used. Managers serve when it is
// needed, and are not counted on.
func (b *branch) roster() []scheduler.OfficerID {
	var list []scheduler.OfficerID
	for _, a := range b.access.Accounts() {
		if a.Role == access.Officer && !a.Disabled {
			list = append(list, scheduler.OfficerID(a.ID))
		}
	}
	return list
}

// Daily work of the branch beside the day's frame.
const (
	purgeS      = 20 * 3600 // in the evening, and at the first start of a date
	backupS     = 19 * 3600
	keepBackups = 7 // daily copies in the data directory
)

// Retention of people after their visit's last duty, in seconds (design.md 9).
const (
	keepIdentityS = 24 * 3600
	keepPhoneS    = 2 * 24 * 3600
	keepLinkS     = 30 * 24 * 3600
)

// jobs is the daily work in its order: what was missed while the PC was off is
// caught up on at the start.
func (b *branch) jobs(log *slog.Logger) []hall.Job {
	purge := func(context.Context, calendar.Date) error { return b.forget(log) }
	list := []hall.Job{{Name: "purge_start", Run: purge}}
	list = append(list, b.hall.DayJobs()...)
	return append(list,
		hall.Job{Name: "purge", DueS: purgeS, Run: purge},
		hall.Job{Name: "backup", DueS: backupS, Run: b.dailyBackup},
		hall.Job{Name: "compact", DueS: purgeS, Run: func(context.Context, calendar.Date) error {
			_, err := b.journal.Compact()
			return err
		}})
}

// forget dates everybody whose visit is over, sweeps those whose number was
// never given, and erases what is due.
func (b *branch) forget(log *slog.Logger) error {
	now := b.hall.Now()
	s := b.hall.State()
	live := map[scheduler.PersonID]bool{}
	for i := range s.Floor.Visits {
		if v := &s.Floor.Visits[i]; v.Person != "" && !v.State.Final() {
			live[v.Person] = true
		}
	}
	for i := range s.Floor.Visits {
		v := &s.Floor.Visits[i]
		if v.Person == "" || live[v.Person] || v.Ended == 0 {
			continue
		}
		err := b.people.Keep(string(v.Person), people.Until{Identity: v.Ended + keepIdentityS, Phone: v.Ended + keepPhoneS, Link: v.Ended + keepLinkS})
		if err != nil && !errors.Is(err, people.ErrUnknown) {
			return err
		}
	}
	swept, err := b.people.Orphans(func(id string) bool { return live[scheduler.PersonID(id)] }, now-keepIdentityS)
	if err != nil {
		return err
	}
	purged, err := b.people.Purge(now)
	if err != nil {
		return err
	}
	log.Info("forgot visitors", "orphans", swept, "purged", purged)
	return b.access.Purge()
}

// dailyBackup keeps the last copies in the data directory. A copy on another
// disk is the operator's (docs/operations.md).
func (b *branch) dailyBackup(_ context.Context, d calendar.Date) error {
	dir := filepath.Join(b.dir, "backups")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	to := filepath.Join(dir, "lapak-"+d.String()+".backup")
	if _, err := os.Stat(to); err == nil {
		return nil
	}
	if _, err := backup.Write(b.journal, b.people, b.media, to, version); err != nil {
		return err
	}
	return pruneBackups(dir)
}

func pruneBackups(dir string) error {
	list, err := filepath.Glob(filepath.Join(dir, "lapak-*.backup"))
	if err != nil {
		return err
	}
	for len(list) > keepBackups { // Glob sorts, and the names sort by date
		if err := os.Remove(list[0]); err != nil {
			return err
		}
		list = list[1:]
	}
	return nil
}

// expire ends idle sign-ins about every second, so that their websockets close
// in time.
func (b *branch) expire(ctx context.Context, log *slog.Logger) {
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			if err := b.access.Expire(); err != nil {
				log.Warn("idle sign-ins cannot be ended", "error", err)
			}
		}
	}
}

// lookEvery is how often the banners are looked at: a manager who sets the PC's
// clock sees at once what the branch makes of it.
const lookEvery = time.Second

// announce tells the screens when the banners change without a record: the PC's
// clock was set while the branch runs, and nothing else happens.
func announce(ctx context.Context, look <-chan time.Time, status func() hall.Status, changed func()) {
	shown := bannersOf(status())
	for {
		select {
		case <-ctx.Done():
			return
		case <-look:
			if now := bannersOf(status()); now != shown {
				shown = now
				changed()
			}
		}
	}
}

// bannersOf is what a screen shows of a status. The clock's distance counts in
// steps of what is tolerated, so that its drift announces nothing.
func bannersOf(s hall.Status) string {
	return fmt.Sprint(s.Banners, s.ClockOffS/hall.ClockToleranceS)
}
