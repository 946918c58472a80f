package web

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"sync"
	"time"

	"lapak/hall/print"
	"lapak/scheduler"
)

// printingDoc is the name under which the branch's printers are kept.
const printingDoc = "printing"

const (
	maxBranchName  = 80 // two lines on the narrow roll's ticket
	maxPrinterName = 40
	// lookFor is how long what a printer said of itself is believed: several
	// kiosks may share one, and each asks three times a minute.
	lookFor = 5 * time.Second
	// lookTime and printTime bound a request's wait for a printer.
	lookTime  = 4 * time.Second
	printTime = 15 * time.Second
)

// ticketPage is where the page of a visitor's link lies.
const ticketPage = "/v/"

// printerForm is one printer as the manager set it.
type printerForm struct {
	ID       int    `json:"id" need:"true"`
	Name     string `json:"name" need:"true"`
	Kind     string `json:"kind" need:"true"` // escpos: over the network; browser: the screen's own
	At       string `json:"at" need:"true"`   // kiosk or desk
	Devices  []int  `json:"devices"`          // only those paired devices; all of that kind when empty
	Address  string `json:"address"`
	WidthMM  int    `json:"width_mm" need:"true"`
	QR       string `json:"qr"`
	CodePage string `json:"code_page"`
	Cut      bool   `json:"cut"`
	Silent   bool   `json:"silent"` // it never answers; sent is taken for printed
}

// printingForm is the whole of the branch's printing.
type printingForm struct {
	Branch   string        `json:"branch"` // on top of every ticket
	Printers []printerForm `json:"printers"`
}

// profile is how the printer wants its bytes.
func (p *printerForm) profile() print.Profile {
	return print.Profile{Width: print.Width(p.WidthMM), QR: print.QRWay(p.QR), CodePage: print.CodePage(p.CodePage), Cut: p.Cut}
}

// printing knows the branch's printers and how they are.
type printing struct {
	docs Documents
	pool print.Pool
	mu   sync.Mutex
	now  printingForm
	seen map[string]look
}

type look struct {
	at      time.Time
	trouble print.Trouble
}

// newPrinting reads what is kept. What cannot be read any more is no reason not
// to open the branch: it prints nothing until the manager sets it again.
func newPrinting(docs Documents) *printing {
	p := &printing{docs: docs, seen: map[string]look{}}
	if raw, err := docs.Doc(printingDoc); err == nil && raw != nil {
		var form printingForm
		if json.Unmarshal(raw, &form) == nil && form.check() == nil {
			p.now = form
		}
	}
	return p
}

func (p *printing) get() printingForm {
	p.mu.Lock()
	defer p.mu.Unlock()
	out := p.now
	out.Printers = slices.Clone(p.now.Printers)
	if out.Printers == nil {
		out.Printers = []printerForm{}
	}
	return out
}

func (p *printing) heading() string { return p.get().Branch }

func (p *printing) set(form printingForm) error {
	raw, err := json.Marshal(form)
	if err != nil {
		return fmt.Errorf("web: write the printers: %w", err)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if err := p.docs.PutDoc(printingDoc, raw); err != nil {
		return fmt.Errorf("web: keep the printers: %w", err)
	}
	p.now, p.seen = form, map[string]look{}
	return nil
}

// at finds the printer of a place: one that names the device before one for all.
func (p *printing) at(place string, device int) *printerForm {
	form := p.get()
	var found *printerForm
	for i := range form.Printers {
		one := &form.Printers[i]
		switch {
		case one.At != place:
		case slices.Contains(one.Devices, device):
			return one
		case len(one.Devices) == 0 && found == nil:
			found = one
		}
	}
	return found
}

// trouble is how a printer is, asked at most every few seconds.
func (p *printing) trouble(ctx context.Context, one *printerForm) print.Trouble {
	if one.Kind != "escpos" || one.Silent {
		return print.Fine
	}
	p.mu.Lock()
	last, known := p.seen[one.Address]
	p.mu.Unlock()
	if known && time.Since(last.at) < lookFor {
		return last.trouble
	}
	ctx, cancel := context.WithTimeout(ctx, lookTime)
	defer cancel()
	return p.note(one.Address, p.pool.Look(ctx, one.Address))
}

func (p *printing) note(address string, err error) print.Trouble {
	t := print.TroubleOf(err)
	p.mu.Lock()
	defer p.mu.Unlock()
	p.seen[address] = look{at: time.Now(), trouble: t}
	return t
}

// print puts a document on paper, or says in a refusal why there is none.
func (p *printing) print(ctx context.Context, one *printerForm, d print.Document) error {
	data, err := print.Encode(d, one.profile())
	if err != nil {
		return fmt.Errorf("web: %w", err)
	}
	ctx, cancel := context.WithTimeout(ctx, printTime)
	defer cancel()
	err = p.pool.Print(ctx, one.Address, !one.Silent, data)
	p.note(one.Address, err)
	switch print.TroubleOf(err) {
	case print.Fine:
		return nil
	case print.PaperOut:
		return refuse(http.StatusConflict, "printer_paper_out", "Printer %s has no paper. The number stays valid: write it down, and print it again when there is paper.", one.Name)
	case print.CoverOpen:
		return refuse(http.StatusConflict, "printer_cover_open", "The cover of printer %s is open. The number stays valid; close the cover and print it again.", one.Name)
	case print.Unsure:
		return refuse(http.StatusConflict, "printer_unsure", "Printer %s stopped answering while it printed. If there is no ticket, print it again; the number stays valid.", one.Name)
	}
	return refuse(http.StatusConflict, "printer_offline", "Printer %s does not answer. The number stays valid: write it down, and look whether the printer is on.", one.Name)
}

// check refuses printers that cannot be.
func (f *printingForm) check() error {
	bad := func(field, format string, args ...any) error {
		return badField(http.StatusUnprocessableEntity, "bad_printer", field, format, args...)
	}
	var fits bool
	if f.Branch, fits = plainName(f.Branch, maxBranchName); !fits {
		return bad("branch", "The branch's name has at most %d plain characters.", maxBranchName)
	}
	if len(f.Printers) > scheduler.MaxPrinters {
		return bad("printers", "A branch has at most %d printers.", scheduler.MaxPrinters)
	}
	ids := map[int]bool{}
	for i := range f.Printers {
		p, field := &f.Printers[i], fmt.Sprintf("printers[%d]", i)
		if p.Name, fits = plainName(p.Name, maxPrinterName); !fits || p.Name == "" {
			return bad(join(field, "name"), "A printer's name has 1 to %d plain characters.", maxPrinterName)
		}
		if p.ID < 1 || p.ID > scheduler.MaxPrinters || ids[p.ID] {
			return bad(join(field, "id"), "Printers have numbers 1 to %d, each once.", scheduler.MaxPrinters)
		}
		ids[p.ID] = true
		if p.At != "kiosk" && p.At != "desk" {
			return bad(join(field, "at"), "A printer stands at a kiosk or at the desk.")
		}
		if p.WidthMM != int(print.Narrow) && p.WidthMM != int(print.Broad) {
			return bad(join(field, "width_mm"), "The roll is 58 or 80 mm wide.")
		}
		if p.Kind == "browser" {
			continue
		}
		if p.Kind != "escpos" {
			return bad(join(field, "kind"), "A printer is reached as escpos, over the network, or as browser, the screen's own.")
		}
		if err := p.profile().Check(); err != nil {
			return bad(join(field, "qr"), "%v.", err)
		}
		if _, err := print.CheckAddress(p.Address); err != nil {
			return bad(join(field, "address"), "%v.", err)
		}
	}
	return nil
}

// aboutPaper are the routes of tickets on paper.
func (s *Server) aboutPaper() []route {
	return []route{
		{method: get, path: api + "/printing", allow: leading, kind: read, task: plain(getPrinting)},
		{method: put, path: api + "/printing", allow: leading, kind: change, task: with(setPrinting)},
		{method: post, path: api + "/printing/:id/test", allow: leading, kind: change, task: plain(testPrinter)},
		{method: get, path: api + "/printer", allow: receiving | kiosk | booth, kind: read, task: plain(getPrinter)},
		{method: post, path: api + "/visits/:id/print", allow: receiving | kiosk, kind: change, task: with(printVisit)},
		{method: get, path: api + "/tickets/:link/slip", allow: anybody, visitor: true, kind: read, task: plain(getSlip)},
		{method: get, path: api + "/tickets/:link/qr.svg", allow: anybody, visitor: true, kind: read, task: plain(getTicketCode)},
	}
}

func getPrinting(c *call) (reply, error) { return ok(c.s.printing.get()) }

func setPrinting(c *call, b printingForm) (reply, error) {
	if err := b.check(); err != nil {
		return reply{}, err
	}
	if err := c.s.printing.set(b); err != nil {
		return reply{}, err
	}
	return ok(c.s.printing.get())
}

// testPrinter prints a line that says what it is.
func testPrinter(c *call) (reply, error) {
	id, err := number[int32](c, "id", "printer")
	if err != nil {
		return reply{}, err
	}
	form := c.s.printing.get()
	i := slices.IndexFunc(form.Printers, func(p printerForm) bool { return p.ID == int(id) })
	if i < 0 || form.Printers[i].Kind != "escpos" {
		return reply{}, refuse(http.StatusNotFound, "unknown_printer", "There is no printer %d in the network. Load the list again.", id)
	}
	one, t := &form.Printers[i], c.s.sayings(indonesian)
	at := wall(&c.state().Floor, c.s.o.Branch.Now())
	d := print.Document{{Text: form.Branch, Bold: true, Align: print.Centre}, {Text: t.t("slip.test"), Size: 2, Bold: true, Align: print.Centre},
		{Text: one.Name, Align: print.Centre}, {Kind: print.Rule}, {Kind: print.Pair, Text: fmt.Sprintf("%d mm", one.WidthMM), Right: t.at(at)}}
	if err := c.s.printing.print(c.context(), one, d); err != nil {
		return reply{}, err
	}
	return ok(empty{})
}

// printerView is the printer of whoever asks.
type printerView struct {
	Branch  string `json:"branch"`
	Kind    string `json:"kind"` // "" when there is none
	Name    string `json:"name"`
	WidthMM int    `json:"width_mm"`
	Trouble string `json:"trouble"` // "" when it is ready
	Public  bool   `json:"public"`  // visitors can reach their page, so tickets carry a code
}

// printsAt is where a caller prints: devices at their own, staff at the desk, and in
// a demo wherever the page says it is.
func (c *call) printsAt() (string, int, error) {
	q, err := c.query("at")
	if err != nil {
		return "", 0, err
	}
	switch {
	case c.who.standing == kiosk:
		return "kiosk", c.who.access.Device.ID, nil
	case c.who.standing == deskDevice:
		return "desk", c.who.access.Device.ID, nil
	case c.who.standing == booth:
		return "booth", c.who.access.Device.ID, nil // it prints by its browser, under the branch's name
	case q.Get("at") == "kiosk":
		return "kiosk", 0, nil
	}
	return "desk", 0, nil
}

func getPrinter(c *call) (reply, error) {
	place, device, err := c.printsAt()
	if err != nil {
		return reply{}, err
	}
	out := printerView{Branch: c.s.printing.heading(), Public: c.s.public != nil}
	if one := c.s.printing.at(place, device); one != nil {
		out.Kind, out.Name, out.WidthMM = one.Kind, one.Name, one.WidthMM
		out.Trouble = string(c.s.printing.trouble(c.context(), one))
	}
	return ok(out)
}

type printForm struct {
	Link    string `json:"link"`    // of the visitor's page, for the code; a kiosk must know it
	Lang    string `json:"lang"`    // id or en
	Again   bool   `json:"again"`   // after it was printed, or might have been
	Receipt bool   `json:"receipt"` // the receipts instead of the number
	By      string `json:"by"`      // browser: the screen prints by itself, and this notes it
}

// printVisit puts a visit's number on paper and notes it. The branch's writer is
// not asked until the paper is out, so a printer that hangs delays nobody else;
// the number was valid before and is valid after, whatever happens here. What has
// begun is printed and noted although nobody waits any more: cut off in the middle
// it would be printed again with the next try, and nobody could tell the two apart.
func printVisit(c *call, b printForm) (reply, error) {
	c.r = c.r.WithContext(context.WithoutCancel(c.context()))
	v, err := c.visit()
	if err != nil {
		return reply{}, err
	}
	state := c.state()
	if b.Link != "" || c.who.standing == kiosk {
		if mine := visitOf(state, b.Link); mine == nil || mine.ID != v.ID {
			return reply{}, badField(http.StatusForbidden, "not_your_visitor", "link", "The link is not that of this visit, so it is not printed here.")
		}
	}
	place, device, err := c.printsAt()
	if err != nil {
		return reply{}, err
	}
	one := c.s.printing.at(place, device)
	note := scheduler.NotePrint{Visit: v.ID, Again: b.Again, Receipt: b.Receipt}
	if b.By != "browser" {
		if one == nil || one.Kind != "escpos" {
			return reply{}, refuse(http.StatusConflict, "no_printer", "No printer is set for this screen. The manager sets one under devices.")
		}
		note.Printer = one.ID
		d := c.s.slip(state, v, b.Lang, b.Link).document()
		if b.Receipt {
			d = c.s.receipt(state, v, b.Lang)
		}
		if err := c.s.printing.print(c.context(), one, d); err != nil {
			return reply{}, err
		}
	}
	a, err := c.submit(note)
	if err != nil {
		return reply{}, err
	}
	return reply{body: c.answer(a), replayed: a.Replayed}, nil
}
