package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"time"

	"lapak/hall"
	"lapak/hall/people"
	"lapak/hall/web"
	"lapak/scheduler"
	"lapak/scheduler/calendar"
	"lapak/scheduler/rehearsal"
)

// demoOpensS is the second of the day at which a demo is first seen: in the
// middle of the morning's surge.
const demoOpensS = 9*3600 + 30*60

// demoSurveyPct of those who were served answer the nine questions: a third, as where
// the booth asks and nobody must.
const demoSurveyPct = 33

// demoDay drives rehearsed people through the live branch, day after day.
type demoDay struct {
	branch   *branch
	officers []scheduler.OfficerID
	seed     uint64

	mu      sync.Mutex
	world   *rehearsal.World
	date    calendar.Date
	day     int
	taken   map[scheduler.RoomID]bool
	ready   bool // the branch is furnished
	changed chan struct{}
	person  func() people.Person // who comes next
	links   map[scheduler.VisitID]string
}

func newDemoDay(b *branch, officers []scheduler.OfficerID, seed uint64, date calendar.Date) *demoDay {
	d := &demoDay{branch: b, officers: officers, seed: seed, date: date, taken: map[scheduler.RoomID]bool{},
		changed: make(chan struct{}, 1), person: madeUp, links: map[scheduler.VisitID]string{}}
	d.world = rehearsal.NewWorld(d.config())
	return d
}

// config is the surge day of the demo's present date.
func (d *demoDay) config() rehearsal.Config {
	c := rehearsal.Surge(d.seed + uint64(d.day))
	c.Date = d.date
	c.Policy.Lobby.MaxPersons = 120 // a hall, as a branch with four rooms has
	c.Luck.SurveyPct = demoSurveyPct
	for i := range c.Officers {
		c.Officers[i].ID = d.officers[i%len(d.officers)]
	}
	return c
}

// notice tells the day that the branch has changed. It never waits.
func (d *demoDay) notice() {
	select {
	case d.changed <- struct{}{}:
	default:
	}
}

// do gives a rehearsed command to the live branch. Arriving people get a
// made-up name in the vault first, as real ones do.
func (d *demoDay) do(ctx context.Context) rehearsal.Do {
	return func(_ scheduler.Time, o scheduler.Order) (scheduler.Record, error) {
		if arrive, ok := o.Command.(scheduler.Arrive); ok && arrive.Person == "" && arrive.Booking == 0 {
			id, _, err := d.branch.people.Register(d.person(), d.branch.hall.Now())
			if err != nil {
				return scheduler.Record{}, err
			}
			arrive.Person = scheduler.PersonID(id)
			o.Command = arrive
		}
		link := d.giveLink(&o)
		a, err := d.branch.hall.Do(ctx, hall.Request{Actor: o.By, ID: string(o.ID), Print: string(o.Print), Command: o.Command})
		if link != "" && a.Result.Visit != 0 {
			d.links[a.Result.Visit] = link
		}
		return scheduler.Record{Seq: a.Seq, At: a.At, Result: a.Result}, err
	}
}

// giveLink gives whoever arrives a page of their own, as the desk and the kiosk do. The
// journal gets its hash; the demo remembers the link, because nobody is handed it.
func (d *demoDay) giveLink(o *scheduler.Order) string {
	arrive, ok := o.Command.(scheduler.Arrive)
	if !ok {
		return ""
	}
	link, hash := web.NewLink()
	arrive.Link = scheduler.Hash(hash)
	o.Command = arrive
	return link
}

// visitor is the link of somebody who waits: not the first, so that there is something
// to wait for, and not far behind, so that the wait is short.
func (d *demoDay) visitor() string {
	const place = 4
	d.mu.Lock()
	defer d.mu.Unlock()
	line := d.branch.hall.State().Floor.Line(scheduler.Waiting)
	link := ""
	for i, v := range line {
		if own := d.links[v.ID]; own != "" && (link == "" || i <= place) {
			link = own
		}
	}
	return link
}

// Made-up people. The region 99 does not exist, so no number is anybody's.
var (
	firstNames = []string{"Siti", "Budi", "Dewi", "Agus", "Rina", "Joko", "Wati", "Hendra", "Lestari", "Yusuf", "Putri", "Slamet", "Nur", "Eko", "Ratna", "Bambang"}
	lastNames  = []string{"Wulandari", "Santoso", "Kurniasih", "Pratama", "Handayani", "Susanto", "Rahmawati", "Saputra", "Hidayat", "Nugroho", "Permata", "Wibowo", ""}
)

func madeUp() people.Person {
	name := firstNames[rand.IntN(len(firstNames))]
	if last := lastNames[rand.IntN(len(lastNames))]; last != "" {
		name += " " + last
	}
	nik := fmt.Sprintf("9901%02d%02d%02d%02d%04d", 1+rand.IntN(20), 1+rand.IntN(28), 1+rand.IntN(12), 60+rand.IntN(40), 1+rand.IntN(9998))
	phone := fmt.Sprintf("0812%08d", rand.IntN(100_000_000))
	return people.Person{IDType: people.NIK, IDNumber: people.NewSecret(nik), Name: people.NewSecret(name), Phone: people.NewSecret(phone)}
}

// forward runs the day up to a moment at once, deadlines included.
func (d *demoDay) forward(ctx context.Context, until scheduler.Time) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	h, do := d.branch.hall, d.do(ctx)
	d.branch.time.Jump(d.world.Begins())
	if err := d.furnish(do); err != nil {
		return err
	}
	for h.Now() < until && ctx.Err() == nil {
		at, ok := d.world.Next()
		if wake, due := h.State().NextWake(h.Now()); due && (!ok || wake < at) {
			d.branch.time.Jump(min(wake, until))
			_, _ = h.Do(ctx, hall.Request{Actor: scheduler.System, Command: scheduler.Tick{}}) // nothing due is no fault
			if wake <= h.Now() {
				d.world.Step(h.Now(), h.State, do)
			}
			continue
		}
		if !ok || at > until {
			break
		}
		d.branch.time.Jump(at)
		d.world.Step(h.Now(), h.State, do)
	}
	d.branch.time.Jump(until)
	return ctx.Err()
}

// furnish gives the branch its policy, rooms and officers, once.
func (d *demoDay) furnish(do rehearsal.Do) error {
	if d.ready {
		return nil
	}
	for _, o := range d.world.Setup() {
		if _, err := do(d.branch.hall.Now(), o); err != nil {
			return fmt.Errorf("demo: %T: %w", o.Command, err)
		}
	}
	d.ready = true
	return nil
}

// run lets the day go on at the demo's speed until ctx ends.
func (d *demoDay) run(ctx context.Context) {
	h := d.branch.hall
	kick := make(chan struct{}, 1)
	d.branch.time.OnChange(func() {
		select {
		case kick <- struct{}{}:
		default:
		}
	})
	for ctx.Err() == nil {
		wait := d.turn(ctx)
		select {
		case <-ctx.Done():
		case <-h.Done():
			return
		case <-wait:
		case <-kick:
		case <-d.changed:
		}
	}
}

// turn performs what is due and returns a channel for the next time.
func (d *demoDay) turn(ctx context.Context) <-chan struct{} {
	d.mu.Lock()
	defer d.mu.Unlock()
	h := d.branch.hall
	d.world.Step(h.Now(), h.State, d.do(ctx))
	if d.world.Over() {
		d.nextDay()
	}
	at, ok := d.world.Next()
	if !ok {
		at = h.Now() + 60
	}
	return d.branch.time.After(at)
}

// nextDay goes on with the next working day, one seed further.
func (d *demoDay) nextDay() {
	d.day++
	next, ok := d.branch.hall.State().Floor.Policy.Calendar.NextOpenDay(d.date)
	if !ok {
		return
	}
	d.date = next
	clear(d.links)
	d.world = rehearsal.NewWorld(d.config())
	for room := range d.taken {
		d.world.TakeOver(room)
	}
	d.branch.time.Jump(d.world.Begins())
}

// takeOver gives a room to a person, or back. It returns the room's officer. A
// person has one room at a time: was is the officer they have been so far, or 0.
func (d *demoDay) takeOver(room scheduler.RoomID, release bool, was scheduler.OfficerID) (scheduler.OfficerID, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	c := d.config()
	for _, o := range c.Officers {
		if o.ID == was && o.Room != room && d.taken[o.Room] {
			d.give(o.Room)
		}
	}
	i := slices.IndexFunc(c.Officers, func(o rehearsal.OfficerSpec) bool { return o.Room == room })
	if i < 0 {
		return 0, &scheduler.Refusal{Code: "unknown_room", Field: "room", Class: scheduler.NotFound,
			Reason: fmt.Sprintf("The demo has no officer in room %d.", room)}
	}
	if release {
		d.give(room)
	} else {
		d.taken[room] = true
		d.world.TakeOver(room)
	}
	d.notice()
	return c.Officers[i].ID, nil
}

// give returns a room to the rehearsal.
func (d *demoDay) give(room scheduler.RoomID) {
	delete(d.taken, room)
	d.world.Release(room)
}

// A room whose screen was closed would stand empty for the rest of the demo.
const (
	// abandonedAfter is how many looks in a row nobody may be watching a taken
	// room before it goes back: half a minute, longer than any reload.
	abandonedAfter = 6
	abandonedEvery = 5 * time.Second
)

// giveBackAbandoned looks now and then whether anybody still watches the rooms
// that people took over.
func (d *demoDay) giveBackAbandoned(ctx context.Context, look <-chan time.Time, watched func(scheduler.RoomID) bool) {
	missed := map[scheduler.RoomID]int{}
	for {
		select {
		case <-ctx.Done():
			return
		case <-look:
		}
		d.mu.Lock()
		for room := range d.taken {
			if missed[room]++; watched(room) {
				missed[room] = 0
			}
			if missed[room] >= abandonedAfter {
				d.give(room)
				delete(missed, room)
				d.notice()
			}
		}
		d.mu.Unlock()
	}
}

// rooms lists the rooms that a person has taken over.
func (d *demoDay) rooms() []int {
	d.mu.Lock()
	defer d.mu.Unlock()
	list := []int{}
	for room := range d.taken {
		list = append(list, int(room))
	}
	slices.Sort(list)
	return list
}
