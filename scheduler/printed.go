package scheduler

// NotePrint says that a visit's number or receipt came out on paper. Paper has
// no effect on the line: printing again is an event, never a new number.
type NotePrint struct {
	Visit   VisitID
	Printer int  // the branch's number of it; 0: a browser's own
	Again   bool // asked for after it had been printed, or might have been
	Receipt bool // the receipts, instead of the number
}

// TicketPrinted is paper that came out.
type TicketPrinted struct {
	Visit   VisitID `json:"visit"`
	Printer int     `json:"printer,omitempty"`
	Again   bool    `json:"again,omitempty"`
	Receipt bool    `json:"receipt,omitempty"`
}

// Kind is the event's stable name.
func (TicketPrinted) Kind() string { return "ticket.printed" }

// MaxPrinters bounds the printers of a branch: one at each door and desk.
const MaxPrinters = 40

func (c NotePrint) decide(d *Draft) error {
	v := d.Visit(c.Visit)
	switch {
	case v == nil:
		return unknown("visit", "visit", c.Visit)
	case c.Printer < 0 || c.Printer > MaxPrinters:
		return invalid("printer", "out_of_range", "A branch has printers 1 to %d; 0 is a browser's own.", MaxPrinters)
	case v.Ticket.No == 0 && !c.Receipt:
		return conflict("no_number", "This booking has no number yet, so there is nothing to print.")
	}
	d.result = Result{Visit: v.ID}
	d.emit(TicketPrinted(c))
	return nil
}

func (e TicketPrinted) apply(s *State) {
	what := KindRef("printed")
	switch {
	case e.Receipt:
		what = "receipt_printed"
	case e.Again:
		what = "printed_again"
	}
	s.note(e.Visit, what, nil)
}
