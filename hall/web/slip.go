package web

import (
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"rsc.io/qr"

	"lapak/hall/board"
	"lapak/hall/print"
	"lapak/scheduler"
)

// slipView is what stands on a ticket, ready to be shown and to be printed: the
// number, where one stands, and nothing that says who or what for.
type slipView struct {
	Number  string `json:"number"`
	Branch  string `json:"branch"`
	Title   string `json:"title"`
	Lane    string `json:"lane"`
	Ahead   string `json:"ahead"`
	Wait    string `json:"wait"`
	Please  string `json:"please"`
	When    string `json:"when"`
	Thanks  string `json:"thanks"`
	Address string `json:"address,omitempty"` // of the visitor's page, when visitors can reach one
	Scan    string `json:"scan,omitempty"`
}

// zones are the branch's zones as a ticket names them.
var zones = map[int]string{7 * 3600: "WIB", 8 * 3600: "WITA", 9 * 3600: "WIT"}

// wall is branch time as the clock on the wall shows it.
func wall(f *scheduler.Floor, at int64) time.Time {
	zone := f.Policy.Calendar.Zone.OffsetS()
	return time.Unix(f.Wall(at), 0).In(time.FixedZone(zones[zone], zone))
}

// slip says what stands on the ticket of a visit; link is "" when nobody has it.
func (s *Server) slip(state *scheduler.State, v *scheduler.Visit, lang, link string) slipView {
	t, f, now := s.sayings(lang), &state.Floor, s.o.Branch.Now()
	at := wall(f, now)
	out := slipView{Number: f.Policy.Label(v.Ticket), Branch: s.printing.heading(), Title: t.t("slip.title"), Lane: t.t("channel." + v.Channel.String()),
		Please: t.t("slip.please"), Thanks: t.t("slip.thanks"), When: t.day(at) + ", " + t.at(at) + " " + at.Location().String()}
	seen := board.Ticket(state, v, now)
	switch {
	case v.State == scheduler.Arrived || v.State == scheduler.Incomplete:
		// One thing at a time: who waits to be called before the papers are seen waits in vain.
		out.Ahead, out.Please = t.t("slip.desk"), ""
		if state.NoRoom(v) {
			out.Wait = t.t("slip.side_desk")
		} else if w := state.Waits(now / 60 * 60)[v.Channel]; !state.CallsOver(now) {
			out.Wait = t.slipWait(w, at)
		}
	case state.Unserved(v):
		out.Ahead = t.t("slip.side_desk")
	case v.State == scheduler.Waiting:
		out.Ahead = t.t("slip.ahead", "n", strconv.Itoa(seen.Ahead))
		if !seen.Over {
			out.Wait = t.slipWait(scheduler.Range{LowS: seen.LowS, HighS: seen.HighS}, at)
		}
	}
	if s.public != nil && link != "" {
		out.Address = s.ticketAddress(link, lang)
		out.Scan = t.t("slip.scan")
	}
	return out
}

// slipWait is the line of the wait on a ticket.
func (l sayings) slipWait(w scheduler.Range, at time.Time) string {
	if !w.Some() {
		return l.t("slip.no_wait")
	}
	return l.t("slip.wait", "range", l.span(w.LowS, w.HighS), "clock", l.at(at))
}

// ticketAddress is the visitor's own page, in the language of the ticket that it stands
// on: Indonesian is what the page speaks by itself.
func (s *Server) ticketAddress(link, lang string) string {
	address := strings.TrimRight(s.public.String(), "/") + ticketPage + link
	if lang == english {
		address += "?lang=" + english
	}
	return address
}

// getSlip gives what stands on the ticket of a link.
func getSlip(c *call) (reply, error) {
	q, err := c.query("lang")
	if err != nil {
		return reply{}, err
	}
	v, err := c.ticket()
	if err != nil {
		return reply{}, err
	}
	return ok(c.s.slip(c.state(), v, q.Get("lang"), c.param("link")))
}

// getTicketCode draws the QR code of the visitor's page: squares only, so that a
// printer and a telephone see the same.
func getTicketCode(c *call) (reply, error) {
	q, err := c.query("lang")
	if err != nil {
		return reply{}, err
	}
	if _, err := c.ticket(); err != nil {
		return reply{}, err
	}
	if c.s.public == nil {
		return reply{}, errNotFound
	}
	code, err := qr.Encode(c.s.ticketAddress(c.param("link"), q.Get("lang")), qr.M)
	if err != nil {
		return reply{}, fmt.Errorf("web: make the code: %w", err)
	}
	body := codeSVG(code)
	h := c.w.Header()
	h.Set("Content-Type", "image/svg+xml")
	h.Set("Content-Length", strconv.Itoa(len(body)))
	_, _ = c.w.Write([]byte(body)) // whoever does not read the answer has left
	return reply{written: true}, nil
}

// codeSVG writes a code as one path, with the white edge that readers need.
func codeSVG(code *qr.Code) string {
	const edge = 4
	side := code.Size + 2*edge
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h%dv%dH0z"/><path d="`, side, side, side, side)
	for y := range code.Size {
		for x := 0; x < code.Size; x++ {
			run := 0
			for code.Black(x+run, y) {
				run++
			}
			if run > 0 {
				fmt.Fprintf(&b, "M%d %dh%dv1h-%dz", x+edge, y+edge, run, run)
				x += run
			}
		}
	}
	b.WriteString(`"/></svg>`)
	return b.String()
}

// numberSize is how large the number is printed, where the roll has the width.
const numberSize = 8

// document sets a slip for a printer.
func (v slipView) document() print.Document {
	line := func(text string, bold bool) print.Block {
		return print.Block{Text: text, Bold: bold, Align: print.Centre}
	}
	d := print.Document{line(v.Branch, true), {Kind: print.Gap}, line(v.Title, false),
		{Text: v.Number, Size: numberSize, Fill: true, Bold: true, Align: print.Centre}, line(v.Lane, false), {Kind: print.Gap}, line(v.Ahead, true)}
	if v.Wait != "" {
		d = append(d, line(v.Wait, false))
	}
	d = append(d, print.Block{Kind: print.Rule})
	if v.Please != "" {
		d = append(d, line(v.Please, true))
	}
	if v.Address != "" {
		d = append(d, print.Block{Kind: print.Code, Text: v.Address}, line(v.Scan, false))
	}
	return append(d, print.Block{Kind: print.Gap}, line(v.When, false), line(v.Thanks, false))
}

// receipt sets what a visitor takes home: each claim, its outcome, what is
// missing, and the date that was promised.
func (s *Server) receipt(state *scheduler.State, v *scheduler.Visit, lang string) print.Document {
	t, f := s.sayings(lang), &state.Floor
	at := wall(f, s.o.Branch.Now())
	d := print.Document{{Text: s.printing.heading(), Bold: true, Align: print.Centre}, {Text: t.t("slip.receipt"), Size: 2, Bold: true, Align: print.Centre},
		{Kind: print.Pair, Text: t.t("words.number"), Right: f.Policy.Label(v.Ticket), Bold: true}, {Kind: print.Rule}}
	if dossier := state.Dossier(v.ID); dossier != nil {
		for _, r := range dossier.Receipts {
			d = append(d, print.Block{Kind: print.Pair, Text: string(r.Programme), Right: t.t("outcome." + r.Outcome.String()), Bold: true},
				print.Block{Kind: print.Pair, Text: t.t("slip.receipt_no"), Right: strconv.FormatInt(r.No, 10)})
			for _, doc := range r.Missing {
				d = append(d, print.Block{Text: "- " + t.t("document."+string(doc))})
			}
			if r.Promise != 0 {
				d = append(d, print.Block{Kind: print.Pair, Text: t.label("promise", r.Outcome.String()), Right: r.Promise.String()})
			}
			d = append(d, print.Block{Kind: print.Gap})
		}
	}
	return append(d, print.Block{Text: t.day(at) + ", " + t.at(at) + " " + at.Location().String(), Align: print.Centre},
		print.Block{Text: t.t("slip.thanks"), Align: print.Centre})
}

// plainName refuses what is no name of a branch or a printer.
func plainName(text string, longest int) (string, bool) {
	text = strings.Join(strings.Fields(text), " ")
	return text, utf8.RuneCountInString(text) <= longest && strings.IndexFunc(text, func(r rune) bool { return r < ' ' || r == 0x7f }) < 0
}
