package web

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"lapak/hall/board"
	"lapak/hall/people"
	"lapak/scheduler"
	"lapak/scheduler/calendar"
	"lapak/scheduler/procedure"
)

// maxList bounds one list of visits: twice the busiest day.
const maxList = 600

type claimForm struct {
	Programme procedure.Programme `json:"programme"` // JHT when left out
	Reason    procedure.Reason    `json:"reason"`
	Small     bool                `json:"small"`
	Person    int                 `json:"person"` // whose, from 0
}

func (f claimForm) claim() scheduler.NewClaim {
	if f.Programme == "" {
		f.Programme = procedure.JHT
	}
	return scheduler.NewClaim(f)
}

// claims gives what is entered, or the one claim that most people come with.
func claims(forms []claimForm) []scheduler.NewClaim {
	if len(forms) == 0 {
		return []scheduler.NewClaim{claimForm{}.claim()}
	}
	list := make([]scheduler.NewClaim, len(forms))
	for i, f := range forms {
		list[i] = f.claim()
	}
	return list
}

type personForm struct {
	IDType      people.IDType   `json:"id_type" need:"true"`
	IDNumber    people.Secret   `json:"id_number" need:"true"`
	Name        people.Secret   `json:"name" need:"true"`
	Phone       people.Secret   `json:"phone"`
	Memberships []people.Secret `json:"memberships"`
}

type arriveForm struct {
	Channel    scheduler.Channel  `json:"channel"` // walk_in when left out
	Persons    *int               `json:"persons"` // 1 when left out
	Priority   scheduler.Priority `json:"priority"`
	Accessible bool               `json:"accessible"`
	Company    int                `json:"company"`
	Claims     []claimForm        `json:"claims"`
	Papers     *scheduler.Papers  `json:"papers"`
	Person     *personForm        `json:"person"`
	Booking    scheduler.VisitID  `json:"booking"`
	Link       people.Secret      `json:"link"` // of the booking, in place of its number: what its QR holds
}

func arrive(c *call, b arriveForm) (reply, error) {
	if err := c.bookingOf(&b); err != nil {
		return reply{}, err
	}
	if err := c.checkArrival(&b); err != nil {
		return reply{}, err
	}
	link, hash := c.link()
	cmd := scheduler.Arrive{Booking: b.Booking, Channel: b.Channel, Persons: orOne(b.Persons), Priority: b.Priority,
		Accessible: b.Accessible, Company: b.Company, Claims: claims(b.Claims), Link: scheduler.Hash(hash)}
	switch {
	case b.Papers != nil:
		cmd.Papers = *b.Papers
	case c.who.standing != kiosk:
		cmd.Papers = scheduler.PapersReady
	}
	var err error
	if cmd.Person, err = c.register(b.Person); err != nil {
		return reply{}, err
	}
	return c.newVisit(cmd, link)
}

// bookingOf finds the booking that a scanned link is of.
func (c *call) bookingOf(b *arriveForm) error {
	if b.Link.Plain() == "" {
		return nil
	}
	if b.Booking != 0 {
		return badField(http.StatusUnprocessableEntity, "bad_field", "link", "Give the booking's number or its link, not both.")
	}
	v := visitOf(c.state(), b.Link.Plain())
	if v == nil {
		return &scheduler.Refusal{Code: "unknown_booking", Field: "link", Class: scheduler.NotFound,
			Reason: "No booking has this code. Scan it again, or ask at the front desk."}
	}
	b.Booking = v.ID
	return nil
}

// visitOf finds the visit of a link, which may be given as the whole address that
// a QR holds, with its language; nil when there is none.
func visitOf(state *scheduler.State, link string) *scheduler.Visit {
	link, _, _ = strings.Cut(strings.TrimSpace(link), "?")
	link = strings.TrimRight(link, "/")
	v, _ := ticketOf(state, scheduler.Hash(linkHash(link[strings.LastIndexByte(link, '/')+1:]))) // none is an answer here
	return v
}

// checkArrival refuses what a form may not say, before anybody becomes known.
func (c *call) checkArrival(b *arriveForm) error {
	if err := checkPriority(b.Priority); err != nil {
		return err
	}
	if b.Booking != 0 && b.Person != nil {
		return badField(http.StatusUnprocessableEntity, "bad_field", "person", "A booking knows its person already. Leave the person out.")
	}
	if b.Company < 0 {
		return badField(http.StatusUnprocessableEntity, "out_of_range", "company", "The company is the number of its list, from 1; leave it out for none.")
	}
	if c.who.standing != kiosk {
		return nil
	}
	if b.Papers != nil && *b.Papers != scheduler.PapersUnchecked {
		return badField(http.StatusForbidden, "role_may_not", "papers", "A kiosk cannot check papers; the desk does.")
	}
	if b.Channel != scheduler.WalkIn {
		return badField(http.StatusForbidden, "role_may_not", "channel", "A kiosk gives numbers to walk-ins and bookings only.")
	}
	if wait := c.s.kiosks.take(c.who.access.Device.ID); wait > 0 {
		return later(http.StatusTooManyRequests, "too_many_requests", wait, "This kiosk gives %d numbers a minute. Wait %d seconds.", kioskNumbers, wait)
	}
	return nil
}

func checkPriority(p scheduler.Priority) error {
	if p == scheduler.Guaranteed {
		return badField(http.StatusUnprocessableEntity, "bad_priority", "priority", "A guarantee is given by the rules alone, to whoever was not served the day before.")
	}
	return nil
}

func orOne(n *int) int {
	if n == nil {
		return 1
	}
	return *n
}

// register makes the person known, durably, before any command carries their id.
// The same identity number gives the same id, so a retry is harmless.
func (c *call) register(f *personForm) (scheduler.PersonID, error) {
	if f == nil {
		return "", nil
	}
	now := c.state().Floor.Wall(c.s.o.Branch.Now())
	id, _, err := c.s.o.People.Register(people.Person(*f), now)
	if err != nil {
		return "", inPerson(err)
	}
	return scheduler.PersonID(id), nil
}

// inPerson puts the form's name before the fields that the vault refuses.
func inPerson(err error) error {
	fields, is := err.(people.FieldErrors) //nolint:errorlint // Register returns them bare
	if !is {
		return err
	}
	out := make(people.FieldErrors, len(fields))
	for i, f := range fields {
		named := *f
		named.Field = join("person", f.Field)
		out[i] = &named
	}
	return out
}

// newVisit gives a command that makes a visit, and tells its id and link.
func (c *call) newVisit(cmd scheduler.Command, link string) (reply, error) {
	a, err := c.submit(cmd)
	if err != nil {
		return reply{}, err
	}
	out := c.answer(a)
	out.ID, out.Link = out.Visit, link
	return reply{status: http.StatusCreated, body: out, replayed: a.Replayed}, nil
}

type bookForm struct {
	Date       calendar.Date      `json:"date" need:"true"`
	Due        *moment            `json:"due"`
	Persons    *int               `json:"persons"`
	Priority   scheduler.Priority `json:"priority"`
	Accessible bool               `json:"accessible"`
	Claims     []claimForm        `json:"claims"`
	Person     *personForm        `json:"person"`
}

func book(c *call, b bookForm) (reply, error) {
	if err := checkPriority(b.Priority); err != nil {
		return reply{}, err
	}
	link, hash := c.link()
	cmd := scheduler.Book{Date: b.Date, Due: b.Due.in(c.state()), Persons: orOne(b.Persons), Priority: b.Priority,
		Accessible: b.Accessible, Claims: claims(b.Claims), Link: scheduler.Hash(hash)}
	var err error
	if cmd.Person, err = c.register(b.Person); err != nil {
		return reply{}, err
	}
	return c.newVisit(cmd, link)
}

// bookedDay is how many are booked for one day.
type bookedDay struct {
	Date       calendar.Date `json:"date"`
	Visits     int           `json:"visits"`
	Persons    int           `json:"persons"`
	Guaranteed int           `json:"guaranteed"` // of the visits; they come to the next open day by themselves
	DueS       []int         `json:"due_s"`      // of those that have a time: seconds of the day, in order
}

type bookingsView struct {
	Days []bookedDay `json:"days"`
}

// getBookings counts who is booked, day by day: what a manager must know before a
// day is closed or gets other hours.
func getBookings(c *call) (reply, error) {
	if _, err := c.query(); err != nil {
		return reply{}, err
	}
	state, days := c.state(), map[calendar.Date]*bookedDay{}
	zone := state.Floor.Policy.Calendar.Zone
	for i := range state.Floor.Visits {
		v := &state.Floor.Visits[i]
		if v.State != scheduler.Booked {
			continue
		}
		day := days[v.Date]
		if day == nil {
			day = &bookedDay{Date: v.Date, DueS: []int{}}
			days[v.Date] = day
		}
		day.Visits++
		day.Persons += int(v.Persons)
		if v.Priority == scheduler.Guaranteed {
			day.Guaranteed++
		} else if v.Due != 0 {
			day.DueS = append(day.DueS, zone.SecondOfDay(state.Floor.Wall(v.Due)))
		}
	}
	out := bookingsView{Days: []bookedDay{}}
	for _, day := range days {
		slices.Sort(day.DueS)
		out.Days = append(out.Days, *day)
	}
	slices.SortFunc(out.Days, func(a, b bookedDay) int { return int(a.Date - b.Date) })
	return ok(out)
}

// query reads the query of an address, which may have the named fields only.
func (c *call) query(known ...string) (url.Values, error) {
	values := c.r.URL.Query()
	for name := range values {
		if !slices.Contains(known, name) {
			at := cut(name, maxFieldName)
			return nil, badField(http.StatusBadRequest, "unknown_field", at, "The query %s is not known. Known here: %s.", at, strings.Join(known, ", "))
		}
	}
	return values, nil
}

type visitsView struct {
	Visits []board.VisitInfo `json:"visits"`
	More   bool              `json:"more"` // the list was cut; ask for one state
}

// maxFound bounds the visits whose number was asked for: whoever types one sees at a
// glance which of them is meant, and types one sign more when there are many.
const maxFound = 40

func getVisits(c *call) (reply, error) {
	q, err := c.query("state", "number")
	if err != nil {
		return reply{}, err
	}
	var want scheduler.VisitState
	if q.Has("state") {
		if err := want.UnmarshalText([]byte(q.Get("state"))); err != nil {
			return reply{}, badField(http.StatusBadRequest, "bad_field", "state", "The state must be one that visits have, such as waiting.")
		}
	}
	number, most := strings.ToUpper(strings.TrimSpace(q.Get("number"))), maxList
	if q.Has("number") {
		most = maxFound
	}
	if q.Has("number") && number == "" {
		return reply{}, badField(http.StatusBadRequest, "bad_field", "number", "Give a number or a part of one, such as A087 or 87.")
	}
	state, out := c.state(), visitsView{Visits: []board.VisitInfo{}}
	for i := range state.Floor.Visits {
		v := &state.Floor.Visits[i]
		if q.Has("state") && v.State != want || q.Has("number") && (!numbered(state, v, number) || !q.Has("state") && v.State.Final()) {
			continue
		}
		if len(out.Visits) == most {
			out.More = true
			break
		}
		info := board.Visit(state, v)
		info.Story = nil // told by the visit itself
		out.Visits = append(out.Visits, info)
	}
	return ok(out)
}

// numbered tells whether a visit of today has these signs in its number.
func numbered(s *scheduler.State, v *scheduler.Visit, signs string) bool {
	return v.Ticket.No > 0 && v.Date == s.Floor.Day.Date && strings.Contains(s.Floor.Policy.Label(v.Ticket), signs)
}

// visit finds the visit of the address.
func (c *call) visit() (*scheduler.Visit, error) {
	id, err := c.visitID()
	if err != nil {
		return nil, err
	}
	v := c.state().Visit(id)
	if v == nil {
		return nil, &scheduler.Refusal{Code: "unknown_visit", Field: "id", Class: scheduler.NotFound,
			Reason: fmt.Sprintf("There is no visit %d. Refresh the screen and choose again.", id)}
	}
	return v, nil
}

func getVisit(c *call) (reply, error) {
	v, err := c.visit()
	if err != nil {
		return reply{}, err
	}
	return ok(board.Visit(c.state(), v))
}

type personView struct {
	Name           string `json:"name"`
	Phone          string `json:"phone,omitempty"`
	IDType         string `json:"id_type"`
	IDNumberMasked string `json:"id_number_masked"`
	Memberships    int    `json:"memberships"`
}

// defaultWhy is why staff usually look: they serve this visitor.
const defaultWhy = "serving"

// getPerson tells who a visitor is. The look is on the disk before the answer.
func getPerson(c *call) (reply, error) {
	q, err := c.query("why")
	if err != nil {
		return reply{}, err
	}
	v, err := c.visit()
	if err != nil {
		return reply{}, err
	}
	if err := c.mayReveal(v); err != nil {
		return reply{}, err
	}
	if v.Person == "" {
		return reply{}, refuse(http.StatusNotFound, "person_unnamed", "Nobody's name was entered for this visit.")
	}
	why := q.Get("why")
	if why == "" && c.who.actor.Role == scheduler.ByManager {
		return reply{}, badField(http.StatusUnprocessableEntity, "missing", "why", "A manager serves nobody at a booth. Say why the name is looked at: why=complaint, for one.")
	}
	if why == "" {
		why = defaultWhy
	}
	by := fmt.Sprintf("%s:%d", c.who.actor.Role, c.who.actor.ID)
	found, err := c.s.o.People.Reveal(by, why, c.state().Floor.Wall(c.s.o.Branch.Now()), string(v.Person))
	if err != nil {
		return reply{}, err
	}
	if len(found) != 1 {
		return reply{}, fmt.Errorf("web: the vault answered for %d people instead of one", len(found))
	}
	if found[0].Err != nil {
		return reply{}, found[0].Err
	}
	p := found[0].Person
	return ok(personView{Name: p.Name.Plain(), Phone: p.Phone.Plain(), IDType: string(p.IDType),
		IDNumberMasked: masked(p.IDNumber.Plain()), Memberships: len(p.Memberships)})
}

// mayReveal allows the manager, the desk while the visit is not over, and the
// officers of the session that the visit sits in.
func (c *call) mayReveal(v *scheduler.Visit) error {
	switch c.who.actor.Role {
	case scheduler.ByManager:
		return nil
	case scheduler.ByDesk:
		if !v.State.Final() {
			return nil
		}
	case scheduler.ByOfficer:
		if crewOf(c.state(), v, c.who.actor.ID) {
			return nil
		}
	}
	return refuse(http.StatusForbidden, "not_your_visitor", "A visitor's name is shown to the officer of their session, to the desk while they are here, and to the manager.")
}

// masked keeps the last four characters: enough to compare with a card in hand.
func masked(number string) string {
	const open = 4
	if len(number) <= open {
		return strings.Repeat("•", len(number))
	}
	return strings.Repeat("•", len(number)-open) + number[len(number)-open:]
}
