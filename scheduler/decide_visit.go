package scheduler

import (
	"lapak/scheduler/calendar"
	"lapak/scheduler/procedure"
)

// notDrawn marks the lot of everyone who came after the doors opened: they
// stand behind the early comers whom the draw has ordered, and among
// themselves, within one second, in the order of their visits.
const notDrawn = 1 << 31

func undrawn(id VisitID) uint32 { return notDrawn | uint32(id)&(notDrawn-1) }

func (d *Draft) needOpenDay() error {
	if !d.Floor.Day.Open {
		return conflict("day_not_open", "No day is open. A manager opens it first.")
	}
	return nil
}

func (d *Draft) checkEntry(persons int, priority Priority, claims []NewClaim) error {
	f := &d.Floor
	if persons < 1 || persons > MaxPersons {
		return invalid("persons", "out_of_range", "A visit has 1 to %d persons; %d is not possible. More people take several numbers.", MaxPersons, persons)
	}
	if priority >= Guaranteed {
		return invalid("priority", "bad_priority", "Unknown priority class.")
	}
	if len(claims) < 1 || len(claims) > MaxClaims {
		return invalid("claims", "out_of_range", "A visit has 1 to %d claims; %d is not possible.", MaxClaims, len(claims))
	}
	if len(f.Visits) >= MaxVisits {
		return conflict("branch_full", "The branch holds %d visits already; no more numbers today.", MaxVisits)
	}
	for _, c := range claims {
		if err := checkClaim(f.Policy, c, persons); err != nil {
			return err
		}
	}
	return nil
}

func checkClaim(p *Policy, c NewClaim, persons int) error {
	proc, ok := p.Procedures.Procedure(c.Programme)
	if !ok {
		return invalid("claims.programme", "unknown_programme", "There is no programme %q here.", c.Programme)
	}
	if proc.InformOnly {
		return invalid("claims.programme", "inform_only", "Programme %s is not claimed at a branch; the information desk explains where.", c.Programme)
	}
	if c.Reason != "" {
		rule, ok := p.Procedures.Rule(c.Reason)
		if !ok || rule.Programme != c.Programme {
			return invalid("claims.reason", "unknown_reason", "Programme %s has no claim reason %q.", c.Programme, c.Reason)
		}
	}
	if c.Person < 0 || c.Person >= persons {
		return invalid("claims.person", "out_of_range", "Person %d is not one of this visit's %d (they count from 0).", c.Person, persons)
	}
	return nil
}

// liveVisit finds a visit of the person that is not over and belongs to the
// given date, so that one person holds one number.
func (s *State) liveVisit(p PersonID, date calendar.Date) *Visit {
	if p == "" {
		return nil
	}
	for i := range s.Floor.Visits {
		v := &s.Floor.Visits[i]
		if v.Person == p && v.Date == date && !v.State.Final() {
			return v
		}
	}
	return nil
}

func (d *Draft) claimsFrom(list []NewClaim, v VisitID) []Claim {
	first := d.Floor.NextClaim
	claims := make([]Claim, len(list))
	for i, c := range list {
		claims[i] = Claim{ID: first + ClaimID(i), Visit: v, Programme: c.Programme, Reason: c.Reason,
			Small: c.Small, Person: int8(c.Person), StepSince: d.now}
		if i+1 < len(list) {
			claims[i].Next = first + ClaimID(i) + 1
		}
	}
	return claims
}

// MaxBookAheadDays bounds how far ahead a booking may lie: the institution's
// own calendar is not known longer than a quarter ahead.
const MaxBookAheadDays = 92

func (c Book) decide(d *Draft) error {
	f := &d.Floor
	if err := checkSecrets(c.Person, c.Link); err != nil {
		return err
	}
	if err := c.checkCompany(d); err != nil {
		return err
	}
	if err := d.checkEntry(c.Persons, c.Priority, c.Claims); err != nil {
		return err
	}
	today := f.Policy.Calendar.Zone.DateOf(f.Wall(d.now))
	if c.Date < today || (f.Day.Date == c.Date && f.Day.Number > 0 && !f.Day.Open) {
		return invalid("date", "day_in_past", "The day %s is over. Choose a later one.", c.Date)
	}
	if c.Date > today.AddDays(MaxBookAheadDays) {
		return invalid("date", "out_of_range", "A booking lies at most %d days ahead.", MaxBookAheadDays)
	}
	if c.Due != 0 && c.Due < d.now {
		return invalid("due", "in_the_past", "The time is over. Choose a later one.")
	}
	if c.Due != 0 && f.Policy.Calendar.Zone.DateOf(f.Wall(c.Due)) != c.Date {
		return invalid("due", "not_that_day", "The time does not lie on %s.", c.Date)
	}
	if _, open := f.HoursOn(c.Date); !open {
		return invalid("date", "holiday", "The branch is closed on %s. Choose another day.", c.Date)
	}
	if v := d.liveVisit(c.Person, c.Date); v != nil {
		return conflict("already_booked", "This person already has a visit on %s. One live number per person.", c.Date)
	}
	v := Visit{ID: f.NextVisit, Person: c.Person, Channel: Online, Priority: c.Priority, Accessible: c.Accessible,
		Persons: int8(c.Persons), NClaims: int16(len(c.Claims)), First: f.NextClaim, Date: c.Date, Due: c.Due,
		State: Booked, Since: d.now}
	if c.Company != 0 {
		v.Channel, v.Company = Collective, int32(c.Company)
	}
	d.result = Result{Visit: v.ID}
	d.emit(VisitOpened{Visit: v, Claims: d.claimsFrom(c.Claims, v.ID), Link: c.Link})
	return nil
}

// checkCompany refuses a company's list where there may be none. Staff enter it: the
// office agrees the days with the company.
func (c Book) checkCompany(d *Draft) error {
	switch {
	case c.Company == 0:
		return nil
	case !d.by.Staff():
		return forbidden("not_your_act", "A company's list is entered by staff.")
	case !d.Floor.Policy.Collective.Enabled:
		return conflict("collective_off", "This branch takes no claims from companies now.")
	case c.Company < 0 || c.Company > MaxCompany:
		return invalid("company", "out_of_range", "A company's list has a number from 1 to %d.", MaxCompany)
	}
	return nil
}

// LayoffRule is the test of whether a company may bring a list: the share of its
// workers that it laid off, exact at the boundary.
type LayoffRule struct {
	LaidOff   int  `json:"laid_off"`
	Workforce int  `json:"workforce"`
	Pct       int  `json:"pct"`  // at least, in percent
	Need      int  `json:"need"` // laid off at least, of that workforce
	OK        bool `json:"ok"`
}

// Layoffs applies the policy's rule to a company; both numbers are not negative.
func (p CollectivePolicy) Layoffs(laidOff, workforce int) LayoffRule {
	return LayoffRule{LaidOff: laidOff, Workforce: workforce, Pct: p.MinLayoffPct, Need: (p.MinLayoffPct*workforce + 99) / 100,
		OK: 100*laidOff >= p.MinLayoffPct*workforce}
}

func (c Arrive) decide(d *Draft) error {
	f := &d.Floor
	if err := d.needOpenDay(); err != nil {
		return err
	}
	if second := f.secondOfDay(d.now); !f.Day.Extended && second >= f.Day.Hours.LastTicketS && d.by.Role != ByManager {
		return conflict("after_last_ticket", "The last number was given at %02d:%02d. A manager can still give one; else come on the next working day.",
			f.Day.Hours.LastTicketS/3600, f.Day.Hours.LastTicketS/60%60)
	}
	if err := checkSecrets(c.Person, c.Link); err != nil {
		return err
	}
	if c.Papers >= papersStates {
		return invalid("papers", "bad_papers", "Papers are unchecked, ready or incomplete.")
	}
	if c.Booking != 0 {
		return c.arriveBooked(d)
	}
	if c.Channel >= channels {
		return invalid("channel", "bad_channel", "The channel is walk_in, online or collective.")
	}
	if c.Channel == Collective && !f.Policy.Collective.Enabled {
		return conflict("collective_off", "This branch takes no claims from companies now.")
	}
	if n := int32(f.Policy.Lobby.WalkIns); c.Channel == WalkIn && n > 0 && f.LastNo[WalkIn] >= n && d.by.Role != ByManager {
		return conflict("quota_used", "All %d numbers of today for people without a booking are given. Come on the next working day, or book; a manager can still give a number.", n)
	}
	if err := d.checkEntry(c.Persons, c.Priority, c.Claims); err != nil {
		return err
	}
	if c.Company < 0 || c.Company > MaxCompany || (c.Company != 0 && c.Channel != Collective) {
		return invalid("company", "out_of_range", "A company's list has a number up to %d, and only visits of the collective channel have one.", MaxCompany)
	}
	if v := d.liveVisit(c.Person, f.Day.Date); v != nil && v.State == Booked {
		return conflict("already_booked", "This person is booked for today. Give the number to that booking.")
	} else if v != nil {
		return conflict("already_has_number", "This person already has number %s today.", f.Policy.Label(v.Ticket))
	}
	v := Visit{ID: f.NextVisit, Person: c.Person, Channel: c.Channel, Priority: c.Priority, Accessible: c.Accessible,
		Persons: int8(c.Persons), NClaims: int16(len(c.Claims)), First: f.NextClaim, Company: int32(c.Company),
		Date: f.Day.Date, Arrived: d.now, State: Arrived, Since: d.now, Ticket: d.nextTicket(c.Channel), Lot: d.listLot(c.Company, f.NextVisit)}
	d.answer(v.ID, v.Ticket)
	d.emit(VisitOpened{Visit: v, Claims: d.claimsFrom(c.Claims, v.ID), Link: c.Link})
	d.papersOnArrival(v.ID, c.Papers)
	return nil
}

func (c Arrive) arriveBooked(d *Draft) error {
	v := d.Visit(c.Booking)
	if v == nil {
		return unknown("booking", "booking", c.Booking)
	}
	if v.State != Booked {
		return conflict("already_has_number", "This booking already has number %s.", d.Floor.Policy.Label(v.Ticket))
	}
	if v.Date != d.Floor.Day.Date {
		return conflict("other_day", "This booking is for %s. Today is %s.", v.Date, d.Floor.Day.Date)
	}
	t := d.nextTicket(v.Channel)
	d.answer(v.ID, t)
	d.emit(VisitArrived{ID: v.ID, Ticket: t, Lot: d.listLot(int(v.Company), v.ID), Link: c.Link})
	d.papersOnArrival(v.ID, c.Papers)
	return nil
}

// MaxCompany bounds a company list's number; lists are counted over the life
// of a branch.
const MaxCompany = 1_000_000_000

// maxSecret bounds a digest: the longest in use is SHA-512 in hexadecimal.
const maxSecret = 128

// checkSecrets refuses a person's id or a link's digest that is none: names
// and numbers of identity must never get into the journal by this door.
func checkSecrets(p PersonID, link Hash) error {
	if p != "" && (len(p) != 32 || !hexadecimal(string(p))) {
		return invalid("person", "bad_id", "A person's id is the people vault's: 32 hexadecimal characters.")
	}
	if len(link) > maxSecret || !hexadecimal(string(link)) {
		return invalid("link", "bad_id", "A link is given as its digest, in hexadecimal.")
	}
	return nil
}

func hexadecimal(s string) bool {
	for i := range len(s) {
		if c := s[i]; (c < '0' || c > '9') && (c < 'a' || c > 'f') {
			return false
		}
	}
	return true
}

func (d *Draft) answer(id VisitID, t Ticket) { d.result = Result{Visit: id, Ticket: &t} }

func (d *Draft) nextTicket(c Channel) Ticket {
	return Ticket{Series: c, No: d.Floor.LastNo[c] + 1}
}

// lot draws the place of somebody who came before the doors opened.
func (d *Draft) lot(id VisitID) uint32 {
	if w := d.Floor.Draw; w != nil && w.Date == d.Floor.Day.Date && w.FrozenAt != 0 {
		return undrawn(id) // behind the frozen list
	}
	if d.now < d.Floor.atSecond(d.Floor.Day.Hours.OpenS) && !d.Floor.Day.Extended {
		x := d.seed ^ uint64(d.Seq+1)*0x9e3779b97f4a7c15 // splitmix64's finisher spreads the seed
		x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
		x = (x ^ x>>27) * 0x94d049bb133111eb
		return uint32(x>>33) &^ notDrawn
	}
	return undrawn(id)
}

// listLot is the lot of a company's visit. One of the list draws for all of
// those who came before the doors opened, and they stand one behind another: so
// they are called near one another in time, as far as the companies' share lets
// them, and a long list draws no more often than a single person.
func (d *Draft) listLot(company int, id VisitID) uint32 {
	lot, last := d.lot(id), uint32(0)
	if company == 0 || lot >= notDrawn {
		return lot
	}
	for i := range d.Floor.Visits {
		if v := &d.Floor.Visits[i]; int(v.Company) == company && v.Date == d.Floor.Day.Date && v.Arrived != 0 && v.Lot < notDrawn {
			last = max(last, v.Lot+1)
		}
	}
	if last == 0 || last >= notDrawn {
		return lot
	}
	return last
}

func (d *Draft) papersOnArrival(id VisitID, p Papers) {
	if p == PapersReady {
		d.markComplete(d.Visit(id), maxMarks)
	}
	if p == PapersReady || (p == PapersUnchecked && !d.Floor.Policy.Order.PapersFirst) {
		d.wait(id)
	} else if p == PapersIncomplete {
		d.emit(VisitMoved{ID: id, To: Incomplete})
	}
}

// wait puts the visit into the line at its place in the fair order.
func (d *Draft) wait(id VisitID) {
	eff, why := d.Floor.effective(d.Visit(id), d.now)
	d.emit(VisitMoved{ID: id, To: Waiting, Effective: eff, Why: why})
}

func (c CheckPapers) decide(d *Draft) error {
	v := d.Visit(c.Visit)
	if v == nil {
		return unknown("visit", "visit", c.Visit)
	}
	if v.State != Arrived && v.State != Incomplete {
		return conflict("not_at_desk", "Number %s is %s; its papers are checked before it waits.", d.label(v), v.State)
	}
	if len(c.Marks) > maxMarks {
		return invalid("marks", "out_of_range", "One check marks at most %d documents; send the others apart.", maxMarks)
	}
	marks := map[Paper]bool{}
	for _, m := range c.Marks {
		if err := d.checkMark(v, m); err != nil {
			return err
		}
		marks[Paper{Claim: m.Claim, Doc: m.Doc}] = m.Mark == Missing
	}
	for _, k := range d.ClaimsOf(v) {
		if doc := d.lacks(k, v, marks); c.Ready && doc != "" {
			return conflict("papers_missing", "%s is required and missing. Mark it present, or let the visitor come back with it.", doc)
		}
	}
	for _, m := range c.Marks {
		d.emit(PaperMarked(m))
	}
	if c.Ready {
		d.markComplete(v, maxMarks-len(c.Marks))
		d.wait(v.ID)
	} else if v.State != Incomplete {
		d.emit(VisitMoved{ID: v.ID, To: Incomplete})
	}
	return nil
}

// markComplete marks what "complete" says: every document that is required
// whatever the case, and that nobody has looked at apart, is there. The officer
// then sees what the desk has seen. Documents for some cases only are the
// officer's to judge. At most so many are marked, in the order of the claims.
func (d *Draft) markComplete(v *Visit, most int) {
	dossier := d.Dossier(v.ID)
	var seen []Paper
	for _, c := range d.ClaimsOf(v) {
		list, _ := d.Floor.checklist(c, v)
		for _, item := range list.Docs {
			if len(seen) < most && item.Required && item.When == procedure.Always && dossier.mark(c.ID, item.Doc) == NotSeen {
				seen = append(seen, Paper{Claim: c.ID, Doc: item.Doc, Mark: Present})
			}
		}
	}
	for _, paper := range seen {
		d.emit(PaperMarked(paper))
	}
}

// maxMarks bounds the documents of one check, so that its record stays well
// under MaxRecordBytes.
const maxMarks = 250

func (d *Draft) checkMark(v *Visit, m Paper) error {
	cl := d.Claim(m.Claim)
	if cl == nil || cl.Visit != v.ID {
		return invalid("marks.claim", "unknown_claim", "Claim %d is not one of this visit's.", m.Claim)
	}
	if m.Mark >= marks {
		return invalid("marks.mark", "bad_mark", "A document is not_seen, present or missing.")
	}
	list, ok := d.Floor.checklist(cl, v)
	if !ok {
		return invalid("marks.doc", "no_checklist", "Claim %d has no checklist; give its reason first.", m.Claim)
	}
	for _, item := range list.Docs {
		if item.Doc == m.Doc {
			return nil
		}
	}
	return invalid("marks.doc", "unknown_doc", "%q is not on the checklist of claim %d.", m.Doc, m.Claim)
}

// Checklist returns the checklist in force for a claim on the visit's day.
func (f *Floor) checklist(c *Claim, v *Visit) (procedure.Checklist, bool) {
	return f.Policy.Procedures.ChecklistOn(c.Programme, c.Reason, v.Date)
}

// Checklist returns the checklist in force for the claim, if its reason has one.
func (s *State) Checklist(c *Claim) (procedure.Checklist, bool) {
	v := s.Visit(c.Visit)
	if v == nil {
		return procedure.Checklist{}, false
	}
	return s.Floor.checklist(c, v)
}

// lacks returns a document that the claim needs whatever the case and that is
// missing after the new marks, or "".
func (d *Draft) lacks(c *Claim, v *Visit, missing map[Paper]bool) procedure.Doc {
	dossier := d.Dossier(v.ID)
	list, _ := d.Floor.checklist(c, v)
	for _, item := range list.Docs {
		gone, marked := missing[Paper{Claim: c.ID, Doc: item.Doc}]
		if !marked {
			gone = dossier.mark(c.ID, item.Doc) == Missing
		}
		if gone && item.Required && item.When == procedure.Always {
			return item.Doc
		}
	}
	return ""
}

func (d *Draft) label(v *Visit) string { return d.Floor.Policy.Label(v.Ticket) }
