package scheduler

// EnterPaper enters somebody who got a number on paper while the power or the
// network was gone, with the time on the paper, so that the wait counts from
// there. A number of the branch's own series keeps its name; any other slip gets
// the next number. The same slip is entered once.
type EnterPaper struct {
	Slip       Slip // what stands on the paper, such as K07 or A045
	Arrived    Time
	Persons    int
	Priority   Priority
	Accessible bool
	Claims     []NewClaim
	Papers     Papers
	Link       Hash
}

// SlipEntered says which slip of paper a visit was entered from.
type SlipEntered struct {
	Visit VisitID `json:"visit"`
	Slip  Slip    `json:"slip"`
}

// Kind is the event's stable name.
func (SlipEntered) Kind() string { return "slip.entered" }

func (e SlipEntered) apply(s *State) {
	s.dossierW(e.Visit).Slip = e.Slip
	s.note(e.Visit, "from_paper", nil)
}

// Slip is what stands on a number that a guard wrote by hand.
type Slip string

// maxSlip bounds what stands on a slip of paper: two letters and four digits.
const maxSlip = 6

// parts reads letters and a number, as a guard writes them.
func (x Slip) parts() (prefix string, no int32, ok bool) {
	i, text := 0, string(x)
	for i < len(text) && text[i] >= 'A' && text[i] <= 'Z' {
		i++
	}
	digits := text[i:]
	if len(text) > maxSlip || i > MaxPrefixLength || digits == "" || len(digits) > 4 {
		return "", 0, false
	}
	for _, c := range []byte(digits) {
		if c < '0' || c > '9' {
			return "", 0, false
		}
		no = no*10 + int32(c-'0')
	}
	return text[:i], no, no > 0
}

// slipped finds the visit of today that was entered from the slip, or that has
// the slip's number.
func (s *State) slipped(x Slip) *Visit {
	f := &s.Floor
	prefix, no, _ := x.parts()
	for i := range f.Visits {
		v := &f.Visits[i]
		if v.Date != f.Day.Date || v.Arrived == 0 {
			continue
		}
		own := f.Policy.Prefixes[v.Ticket.Series] == prefix && v.Ticket.No == no
		if d := s.Dossier(v.ID); own || (d != nil && d.Slip == x) {
			return v
		}
	}
	return nil
}

func (c EnterPaper) decide(d *Draft) error {
	f := &d.Floor
	if err := d.needOpenDay(); err != nil {
		return err
	}
	prefix, no, ok := c.Slip.parts()
	switch {
	case !d.by.Staff():
		return forbidden("not_your_act", "A list on paper is entered by staff.")
	case !ok:
		return invalid("slip", "bad_slip", "A slip has up to two capital letters and a number up to 9999, such as K07 or A045.")
	case c.Arrived > d.now:
		return invalid("arrived", "not_yet", "The time on the paper has not come yet. Check the branch's clock.")
	case f.Policy.Calendar.Zone.DateOf(f.Wall(c.Arrived)) != f.Day.Date:
		return invalid("arrived", "not_that_day", "The time on the paper does not lie on %s.", f.Day.Date)
	case c.Papers >= papersStates:
		return invalid("papers", "bad_papers", "Papers are unchecked, ready or incomplete.")
	}
	if err := checkSecrets("", c.Link); err != nil {
		return err
	}
	if err := d.checkEntry(c.Persons, c.Priority, c.Claims); err != nil {
		return err
	}
	if v := d.slipped(c.Slip); v != nil {
		return conflict("already_has_number", "Slip %s was entered already: it is number %s.", c.Slip, f.Policy.Label(v.Ticket))
	}
	t := d.nextTicket(WalkIn)
	if prefix == f.Policy.Prefixes[WalkIn] {
		if no < t.No {
			return conflict("number_used", "Number %s was given to somebody else before the list; the next free one is %s.", c.Slip, f.Policy.Label(t))
		}
		t.No = no
	}
	v := Visit{ID: f.NextVisit, Channel: WalkIn, Priority: c.Priority, Accessible: c.Accessible, Persons: int8(c.Persons),
		NClaims: int16(len(c.Claims)), First: f.NextClaim, Date: f.Day.Date, Arrived: c.Arrived, State: Arrived, Since: d.now,
		Ticket: t, Lot: undrawn(f.NextVisit)}
	d.answer(v.ID, v.Ticket)
	d.emit(VisitOpened{Visit: v, Claims: d.claimsFrom(c.Claims, v.ID), Link: c.Link})
	d.emit(SlipEntered{Visit: v.ID, Slip: c.Slip})
	d.papersOnArrival(v.ID, c.Papers)
	return nil
}

// Slipped finds the visit of today that was entered from the slip, or that has
// its number; nil when there is none.
func (s *State) Slipped(x Slip) *Visit { return s.slipped(x) }

// At is a second of the open day as branch time.
func (f *Floor) At(second int) Time { return f.atSecond(second) }
