package main

import (
	"context"
	"fmt"
	"log/slog"
	"net"
	"sync"
	"testing"
	"time"

	"lapak/hall"
	"lapak/hall/access"
	"lapak/scheduler"
)

// The rooms of a branch for the walks, by how many can sit there.
const (
	sixRoom    = 5
	fourRoom   = 2
	singleRoom = 3
	twelveRoom = 4
)

// walkDay is a Monday morning, an hour after the doors have opened.
var walkDay = time.Date(2026, 3, 2, 2, 0, 0, 0, time.UTC).Unix()

// ownBranch is a branch in this process: its time stands in the test's hand, and
// nobody acts there but the test and the screens that it opens.
type ownBranch struct {
	*served
	branch *branch
	time   *hall.Time
}

// newOwnBranch furnishes the rooms, opens the day and serves the branch until the
// test ends. Nobody is called by itself, and every act can be taken back for the
// usual half minute.
func newOwnBranch(t *testing.T, change func(*scheduler.Policy)) *ownBranch {
	t.Helper()
	at := hall.NewTimeAt(walkDay, 1)
	h := &ownBranch{time: at, served: furnish(t, at, func(b *branch) {
		p := roundTheClock(at.Now())
		p.UndoS = scheduler.DefaultPolicy().UndoS
		p.Distance.OccupancyPct = 100
		p.Group.Min, p.Group.Target, p.Group.Max = 1, 12, 12
		if change != nil {
			change(p)
		}
		give(t, b, scheduler.SetPolicy{Policy: p, Version: 2})
		for _, r := range []struct {
			id            scheduler.RoomID
			seats, across int
		}{{fourRoom, 4, 2}, {singleRoom, 1, 1}, {twelveRoom, 12, 4}, {sixRoom, 6, 3}} {
			const apart = 1500 // the usual distance
			room := scheduler.SetRoom{Room: scheduler.Room{ID: r.id, WidthMM: int32(r.across) * apart, DepthMM: int32((r.seats+r.across-1)/r.across) * apart}}
			for i := range r.seats {
				room.Seats = append(room.Seats, scheduler.SeatPlan{XMM: int32(i%r.across)*apart + apart/2, YMM: int32(i/r.across)*apart + apart/2})
			}
			give(t, b, room)
		}
	})}
	log := slog.New(slog.DiscardHandler)
	var screens faceOf
	b, err := openBranch(h.dir, at, log, access.Options{Now: func() int64 { return time.Now().Unix() }, Argon: cheapHash}, screens.changed)
	if err != nil {
		t.Fatal(err)
	}
	h.branch = b
	f, err := newFace(b, log, faceConfig{silent: true})
	if err != nil {
		t.Fatal(err)
	}
	screens.at.Store(f)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	h.server = &server{base: "http://" + l.Addr().String()}
	ctx, end := context.WithCancel(context.Background())
	over := make(chan struct{})
	go func() {
		defer close(over)
		if err := f.serve(ctx, b, listener{Listener: l}); err != nil {
			t.Error(err)
		}
	}()
	t.Cleanup(func() { end(); <-over; b.close() })
	return h
}

// passes lets branch time go on by so many seconds at once: what a person would
// wait for.
func (h *ownBranch) passes(seconds int64) {
	h.time.Jump(h.time.Now() + seconds)
}

// comes gives a number to somebody whose claims have these reasons.
func (h *ownBranch) comes(reasons ...string) ticket {
	h.t.Helper()
	body := `{"papers":"ready","claims":[`
	for i, reason := range reasons {
		if i > 0 {
			body += ","
		}
		body += fmt.Sprintf(`{"reason":%q}`, reason)
	}
	got, err := h.arrive("wati", fmt.Sprint("number-", h.keys.Add(1)), body+"]}")
	if err != nil {
		h.t.Fatal(err)
	}
	h.passes(1) // so that the order of the line is theirs
	return got
}

// door is a way to the branch that can be shut: what is open stays open and
// silent, as with a pulled cable.
type door struct {
	address string

	mu      sync.Mutex
	cond    *sync.Cond
	shutNow bool
}

func newDoor(t *testing.T, to string) *door {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	d := &door{address: l.Addr().String()}
	d.cond = sync.NewCond(&d.mu)
	t.Cleanup(func() { l.Close(); d.open() })
	go func() {
		for {
			in, err := l.Accept()
			if err != nil {
				return
			}
			out, err := net.Dial("tcp", to)
			if err != nil {
				in.Close()
				continue
			}
			go d.carry(in, out)
			go d.carry(out, in)
		}
	}()
	return d
}

// carry moves bytes one way; while the door is shut they wait.
func (d *door) carry(from, to net.Conn) {
	defer from.Close()
	defer to.Close()
	buf := make([]byte, 32<<10)
	for {
		n, err := from.Read(buf)
		d.mu.Lock()
		for d.shutNow {
			d.cond.Wait()
		}
		d.mu.Unlock()
		if n > 0 {
			if _, err := to.Write(buf[:n]); err != nil {
				return
			}
		}
		if err != nil {
			return
		}
	}
}

func (d *door) shut() { d.set(true) }
func (d *door) open() { d.set(false) }

func (d *door) set(shut bool) {
	d.mu.Lock()
	d.shutNow = shut
	d.mu.Unlock()
	d.cond.Broadcast()
}
