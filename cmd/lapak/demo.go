package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"

	"github.com/spf13/cobra"

	"lapak/hall"
	"lapak/hall/access"
	"lapak/hall/web"
	"lapak/scheduler"
	"lapak/scheduler/calendar"
)

// maxSpeed bounds the demo's clock: at more, no screen could be read.
const maxSpeed = 600

func demoCommand(s streams) *cobra.Command {
	listen, speed, seed := "127.0.0.1:8080", 60, uint64(1)
	verbose := false
	c := &cobra.Command{
		Use:   "demo",
		Short: "Show a living branch in the middle of a busy day, on throw-away data",
		Args:  cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			if speed < 1 || speed > maxSpeed {
				return badInput("--speed: %d; it must lie between 1 and %d", speed, maxSpeed)
			}
			return demo(c.Context(), s, listen, c.Flags().Changed("listen"), speed, seed, verbose)
		},
	}
	c.Flags().StringVar(&listen, "listen", listen, "address; a free port is taken when this one is busy")
	c.Flags().IntVar(&speed, "speed", speed, "branch seconds per second")
	c.Flags().Uint64Var(&seed, "seed", seed, "which day to rehearse")
	c.Flags().BoolVar(&verbose, "verbose", false, "log every request")
	return c
}

// demoPeople work at the demo's branch. The first five are the officers of its
// rooms, in order.
var demoPeople = []access.NewAccount{
	{Name: "rina", Display: "Rina", Role: access.Officer},
	{Name: "budi", Display: "Budi", Role: access.Officer},
	{Name: "dewi", Display: "Dewi", Role: access.Officer},
	{Name: "agus", Display: "Agus", Role: access.Officer},
	{Name: "joko", Display: "Joko", Role: access.Officer},
	{Name: "sari", Display: "Sari", Role: access.Manager},
	{Name: "wati", Display: "Wati", Role: access.Desk},
}

// cheapHash keeps a throw-away branch's accounts from costing seconds at the
// start; nobody signs in there.
var cheapHash = access.Params{Time: 1, MemoryKiB: 8 << 10, Threads: 1}

func demo(ctx context.Context, s streams, listen string, named bool, speed int, seed uint64, verbose bool) error {
	l, err := net.Listen("tcp", listen)
	if err != nil && !named {
		host, _, _ := splitAddress(listen)
		l, err = net.Listen("tcp", net.JoinHostPort(host, "0"))
	}
	if err != nil {
		return unavailable("--listen: %v", err)
	}
	out := io.Discard
	if verbose {
		out = s.err
	}
	return play(ctx, l, stage{speed: speed, seed: seed, log: slog.New(slog.NewTextHandler(out, nil)), ready: func(date calendar.Date) {
		fmt.Fprintf(s.out, "listening on http://%s\n", l.Addr())
		fmt.Fprintf(s.err, "A branch on a busy %s, %d times faster than the clock. Open http://%s in a browser; Ctrl+C ends it.\n",
			date, speed, l.Addr())
	}})
}

// stage says how a branch with made-up people is played.
type stage struct {
	speed    int
	seed     uint64
	log      *slog.Logger
	training bool // for new staff, beside a real branch: marked on every screen
	insecure bool // plain HTTP beyond this machine is meant
	cert     *certificate
	ready    func(date calendar.Date)
}

// addressOf is the listener's address as visitors see it, so that the tickets carry a
// link and its code; none when it listens everywhere, because that is no address.
func addressOf(l net.Listener, cert *certificate) string {
	if at, ok := l.Addr().(*net.TCPAddr); !ok || at.IP.IsUnspecified() {
		return ""
	}
	return listener{Listener: l, cert: cert}.base()
}

// play runs a branch on throw-away data behind the listener until ctx ends: a busy
// day, already run forward to the middle of its morning.
func play(ctx context.Context, l net.Listener, c stage) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	defer l.Close()
	dir, err := os.MkdirTemp("", "lapak-demo-")
	if err != nil {
		return unavailable("%v", err)
	}
	defer os.RemoveAll(dir)

	date := demoDate(time.Now().Unix())
	begin := calendar.WIB.At(date, 0)
	var screens faceOf
	var day atomic.Pointer[demoDay]
	b, err := openBranch(filepath.Join(dir, "data"), hall.NewTimeAt(begin, 0), c.log,
		access.Options{Now: func() int64 { return time.Now().Unix() }, Argon: cheapHash}, func() {
			screens.changed()
			if now := day.Load(); now != nil {
				now.notice()
			}
		})
	if err != nil {
		return err
	}
	defer b.close()
	officers, err := addDemoPeople(ctx, b)
	if err != nil {
		return err
	}
	started := newDemoDay(b, officers, c.seed, date)
	if err := started.forward(ctx, calendar.WIB.At(date, demoOpensS)); err != nil {
		return err
	}
	b.time.SetSpeed(c.speed)
	control := &demoControl{day: started, speed: c.speed, seed: int64(c.seed), training: c.training}
	f, err := newFace(b, c.log, faceConfig{demo: control, insecure: c.insecure, cert: c.cert, publicURL: addressOf(l, c.cert)})
	if err != nil {
		return err
	}
	defer f.rest() // also when nothing is ever served
	defer beside(ctx, func(ctx context.Context) { rehearsePast(ctx, c.log, f.reports, started.config(), c.seed) })()
	screens.at.Store(f)
	day.Store(started)
	go started.run(ctx)
	look := time.NewTicker(abandonedEvery)
	defer look.Stop()
	go started.giveBackAbandoned(ctx, look.C, func(room scheduler.RoomID) bool { return f.feed.Watched(fmt.Sprint("room/", room)) })
	c.ready(date)
	err = f.serve(ctx, b, listener{Listener: l, cert: c.cert})
	cancel()
	return err
}

// beside works beside the demo; the returned function ends it.
func beside(ctx context.Context, work func(context.Context)) (end func()) {
	ctx, cancel := context.WithCancel(ctx)
	var busy sync.WaitGroup
	busy.Go(func() { work(ctx) })
	return func() {
		cancel()
		busy.Wait()
	}
}

// demoDate is today, or the next day on which a branch is open.
func demoDate(now int64) calendar.Date {
	cal := calendar.Default()
	date := cal.Zone.DateOf(now)
	if _, open, _ := cal.HoursOn(date); open {
		return date
	}
	next, _ := cal.NextOpenDay(date)
	return next
}

func addDemoPeople(ctx context.Context, b *branch) ([]scheduler.OfficerID, error) {
	var officers []scheduler.OfficerID
	for i, p := range demoPeople {
		p.Password = access.NewPassword("only for the demo " + p.Name)
		a, err := b.access.AddAccount(ctx, p)
		if err != nil {
			return nil, fmt.Errorf("demo: %w", err)
		}
		if i < 5 {
			officers = append(officers, scheduler.OfficerID(a.ID))
		}
	}
	return officers, nil
}

// demoControl is the demo's buttons on the start page.
type demoControl struct {
	day   *demoDay
	speed int // to go on with after a pause
	seed  int64

	training bool
}

// Look tells how the demo runs.
func (c *demoControl) Look() web.DemoState {
	now := c.day.branch.time.Speed()
	v := web.DemoState{Speed: now, Paused: now == 0, Day: c.day.branch.hall.State().Floor.Day.Date.String(), Seed: c.seed, Training: c.training}
	for _, room := range c.day.rooms() {
		v.Taken = append(v.Taken, scheduler.RoomID(room))
	}
	c.day.mu.Lock()
	defer c.day.mu.Unlock()
	if v.Paused {
		v.Speed = c.speed
	}
	return v
}

// Set changes the speed and the pause.
func (c *demoControl) Set(speed *int, paused *bool) error {
	c.day.mu.Lock()
	if speed != nil {
		if *speed < 1 || *speed > maxSpeed {
			c.day.mu.Unlock()
			return &scheduler.Refusal{Code: "out_of_range", Field: "speed", Class: scheduler.Invalid,
				Reason: fmt.Sprintf("The speed lies between 1 and %d.", maxSpeed)}
		}
		c.speed = *speed
	}
	stop := paused != nil && *paused || paused == nil && c.day.branch.time.Speed() == 0 && speed == nil
	now := c.speed
	if stop {
		now = 0
	}
	c.day.mu.Unlock()
	c.day.branch.time.SetSpeed(now)
	return nil
}

// Visitor is the link of somebody who waits, or none.
func (c *demoControl) Visitor() string { return c.day.visitor() }

// TakeOver gives a room to a person, or back to the rehearsal.
func (c *demoControl) TakeOver(room scheduler.RoomID, release bool, was scheduler.OfficerID) (scheduler.OfficerID, error) {
	return c.day.takeOver(room, release, was)
}
