package demo

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

// OpensS is the second of the day at which a demo is first seen: in the
// middle of the morning's surge.
const OpensS = 9*3600 + 30*60

// surveyPct of those who were served answer the nine questions: a third, as where
// the booth asks and nobody must.
const surveyPct = 33

// Branch is what a demo plays on: a live branch whose clock is the demo's to move.
type Branch struct {
	Hall   *hall.Hall
	Time   *hall.Time
	People *people.Store
}

// Day drives rehearsed people through a live branch, day after day. It is safe for
// use by several goroutines.
type Day struct {
	// Person makes up who comes next; to be set before Forward.
	Person func() people.Person

	branch   Branch
	officers []scheduler.OfficerID
	seed     uint64

	mu      sync.Mutex
	world   *rehearsal.World
	date    calendar.Date
	day     int
	taken   map[scheduler.RoomID]bool
	ready   bool // the branch is furnished
	changed chan struct{}
	links   map[scheduler.VisitID]string
}

// NewDay draws the surge day of a seed and a date, which must be an open one. The
// officers are those of its rooms, in order.
func NewDay(b Branch, officers []scheduler.OfficerID, seed uint64, date calendar.Date) *Day {
	d := &Day{branch: b, officers: officers, seed: seed, date: date, taken: map[scheduler.RoomID]bool{},
		changed: make(chan struct{}, 1), Person: madeUp, links: map[scheduler.VisitID]string{}}
	d.world = rehearsal.NewWorld(d.config())
	return d
}

// config is the surge day of the demo's present date.
func (d *Day) config() rehearsal.Config {
	c := rehearsal.Surge(d.seed + uint64(d.day))
	c.Date = d.date
	c.Policy.Lobby.MaxPersons = 120 // a hall, as a branch with four rooms has
	c.Luck.SurveyPct = surveyPct
	for i := range c.Officers {
		c.Officers[i].ID = d.officers[i%len(d.officers)]
	}
	return c
}

// Notice tells the day that the branch has changed. It never waits.
func (d *Day) Notice() {
	select {
	case d.changed <- struct{}{}:
	default:
	}
}

// do gives a rehearsed command to the live branch. Arriving people get a
// made-up name in the vault first, as real ones do.
func (d *Day) do(ctx context.Context) rehearsal.Do {
	return func(_ scheduler.Time, o scheduler.Order) (scheduler.Record, error) {
		if arrive, ok := o.Command.(scheduler.Arrive); ok && arrive.Person == "" && arrive.Booking == 0 {
			id, _, err := d.branch.People.Register(d.Person(), d.branch.Hall.Now())
			if err != nil {
				return scheduler.Record{}, err
			}
			arrive.Person = scheduler.PersonID(id)
			o.Command = arrive
		}
		link := d.giveLink(&o)
		a, err := d.branch.Hall.Do(ctx, hall.Request{Actor: o.By, ID: string(o.ID), Print: string(o.Print), Command: o.Command})
		if link != "" && a.Result.Visit != 0 {
			d.links[a.Result.Visit] = link
		}
		return scheduler.Record{Seq: a.Seq, At: a.At, Result: a.Result}, err
	}
}

// giveLink gives whoever arrives a page of their own, as the desk and the kiosk do. The
// journal gets its hash; the demo remembers the link, because nobody is handed it.
func (d *Day) giveLink(o *scheduler.Order) string {
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
func (d *Day) visitor() string {
	const place = 4
	d.mu.Lock()
	defer d.mu.Unlock()
	line := d.branch.Hall.State().Floor.Line(scheduler.Waiting)
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

// Forward runs the day up to a moment at once, deadlines included. The error says
// that the branch cannot be furnished, or that ctx ended.
func (d *Day) Forward(ctx context.Context, until scheduler.Time) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	h, do := d.branch.Hall, d.do(ctx)
	d.branch.Time.Jump(d.world.Begins())
	if err := d.furnish(do); err != nil {
		return err
	}
	for h.Now() < until && ctx.Err() == nil {
		at, ok := d.world.Next()
		if wake, due := h.State().NextWake(h.Now()); due && (!ok || wake < at) {
			d.branch.Time.Jump(min(wake, until))
			_, _ = h.Do(ctx, hall.Request{Actor: scheduler.System, Command: scheduler.Tick{}}) // nothing due is no fault
			if wake <= h.Now() {
				d.world.Step(h.Now(), h.State, do)
			}
			continue
		}
		if !ok || at > until {
			break
		}
		d.branch.Time.Jump(at)
		d.world.Step(h.Now(), h.State, do)
	}
	d.branch.Time.Jump(until)
	return ctx.Err()
}

// furnish gives the branch its policy, rooms and officers, once.
func (d *Day) furnish(do rehearsal.Do) error {
	if d.ready {
		return nil
	}
	for _, o := range d.world.Setup() {
		if _, err := do(d.branch.Hall.Now(), o); err != nil {
			return fmt.Errorf("demo: %T: %w", o.Command, err)
		}
	}
	d.ready = true
	return nil
}

// Run lets the day go on at the demo's speed until ctx ends.
func (d *Day) Run(ctx context.Context) {
	h := d.branch.Hall
	kick := make(chan struct{}, 1)
	d.branch.Time.OnChange(func() {
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
func (d *Day) turn(ctx context.Context) <-chan struct{} {
	d.mu.Lock()
	defer d.mu.Unlock()
	h := d.branch.Hall
	d.world.Step(h.Now(), h.State, d.do(ctx))
	if d.world.Over() {
		d.nextDay()
	}
	at, ok := d.world.Next()
	if !ok {
		at = h.Now() + 60
	}
	return d.branch.Time.After(at)
}

// nextDay goes on with the next working day, one seed further.
func (d *Day) nextDay() {
	d.day++
	next, ok := d.branch.Hall.State().Floor.Policy.Calendar.NextOpenDay(d.date)
	if !ok {
		return
	}
	d.date = next
	clear(d.links)
	d.world = rehearsal.NewWorld(d.config())
	for room := range d.taken {
		d.world.TakeOver(room)
	}
	d.branch.Time.Jump(d.world.Begins())
}

// takeOver gives a room to a person, or back. It returns the room's officer. A
// person has one room at a time: was is the officer they have been so far, or 0.
func (d *Day) takeOver(room scheduler.RoomID, release bool, was scheduler.OfficerID) (scheduler.OfficerID, error) {
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
	d.Notice()
	return c.Officers[i].ID, nil
}

// give returns a room to the rehearsal.
func (d *Day) give(room scheduler.RoomID) {
	delete(d.taken, room)
	d.world.Release(room)
}

// A room whose screen was closed would stand empty for the rest of the demo.
const (
	// abandonedAfter is how many looks in a row nobody may be watching a taken
	// room before it goes back: half a minute, longer than any reload.
	abandonedAfter = 6
	// AbandonedEvery is how often GiveBackAbandoned is meant to look.
	AbandonedEvery = 5 * time.Second
)

// GiveBackAbandoned looks now and then whether anybody still watches the rooms
// that people took over, and gives back those that nobody does, until ctx ends.
func (d *Day) GiveBackAbandoned(ctx context.Context, look <-chan time.Time, watched func(scheduler.RoomID) bool) {
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
				d.Notice()
			}
		}
		d.mu.Unlock()
	}
}

// rooms lists the rooms that a person has taken over.
func (d *Day) rooms() []int {
	d.mu.Lock()
	defer d.mu.Unlock()
	list := []int{}
	for room := range d.taken {
		list = append(list, int(room))
	}
	slices.Sort(list)
	return list
}

// Date is today, or the next day on which a branch is open.
func Date(now int64) calendar.Date {
	cal := calendar.Default()
	date := cal.Zone.DateOf(now)
	if _, open, _ := cal.HoursOn(date); open {
		return date
	}
	next, _ := cal.NextOpenDay(date)
	return next
}
