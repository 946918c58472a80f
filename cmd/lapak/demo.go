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

	"lapak/cmd/lapak/certificate"
	"lapak/cmd/lapak/demo"
	"lapak/hall"
	"lapak/hall/access"
	"lapak/scheduler"
	"lapak/scheduler/calendar"
)

func demoCommand(s streams) *cobra.Command {
	listen, speed, seed := "127.0.0.1:8080", 60, uint64(1)
	verbose := false
	c := &cobra.Command{
		Use:   "demo",
		Short: "Show a living branch in the middle of a busy day, on throw-away data",
		Args:  cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			if speed < 1 || speed > demo.MaxSpeed {
				return badInput("--speed: %d; it must lie between 1 and %d", speed, demo.MaxSpeed)
			}
			return playDemo(c.Context(), s, listen, c.Flags().Changed("listen"), speed, seed, verbose)
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

func playDemo(ctx context.Context, s streams, listen string, named bool, speed int, seed uint64, verbose bool) error {
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
	cert     *certificate.Certificate
	ready    func(date calendar.Date)
}

// addressOf is the listener's address as visitors see it, so that the tickets carry a
// link and its code; none when it listens everywhere, because that is no address.
func addressOf(l net.Listener, cert *certificate.Certificate) string {
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

	date := demo.Date(time.Now().Unix())
	begin := calendar.WIB.At(date, 0)
	var screens faceOf
	var day atomic.Pointer[demo.Day]
	b, err := openBranch(filepath.Join(dir, "data"), hall.NewTimeAt(begin, 0), c.log,
		access.Options{Now: func() int64 { return time.Now().Unix() }, Argon: cheapHash}, func() {
			screens.changed()
			if now := day.Load(); now != nil {
				now.Notice()
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
	started := demo.NewDay(b.stage(), officers, c.seed, date)
	if err := started.Forward(ctx, calendar.WIB.At(date, demo.OpensS)); err != nil {
		return err
	}
	b.time.SetSpeed(c.speed)
	control := demo.NewControl(started, c.speed, c.training)
	f, err := newFace(b, c.log, faceConfig{demo: control, insecure: c.insecure, cert: c.cert, publicURL: addressOf(l, c.cert)})
	if err != nil {
		return err
	}
	defer f.rest() // also when nothing is ever served
	defer beside(ctx, func(ctx context.Context) { started.Past(ctx, c.log, f.reports.Adopt) })()
	screens.at.Store(f)
	day.Store(started)
	go started.Run(ctx)
	look := time.NewTicker(demo.AbandonedEvery)
	defer look.Stop()
	go started.GiveBackAbandoned(ctx, look.C, func(room scheduler.RoomID) bool { return f.feed.Watched(fmt.Sprint("room/", room)) })
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

// stage is what the made-up day drives.
func (b *branch) stage() demo.Branch {
	return demo.Branch{Hall: b.hall, Time: b.time, People: b.people}
}
