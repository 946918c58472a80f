package web

import (
	"bytes"
	_ "embed"
	"fmt"
	"html/template"
	"io/fs"
	"net/http"
	"strings"

	"lapak/scheduler"
	"lapak/ui"
)

// SheetRenewS is how old a fallback sheet may get: in ten minutes a branch calls
// some twenty people, as many as a clerk can strike out by hand.
const SheetRenewS = 10 * 60

// freshNumbers is how many numbers of the walk-in series stand on a sheet for
// newcomers, and of each other series: an hour's worth of a surge, and one page.
const (
	freshWalkIns = 30
	freshOthers  = 5
)

//go:embed sheet.tmpl
var sheetTemplate string

// fallbacks write the paper that a branch works from when the power fails: numbers in
// the order of call, and no name.
type fallbacks struct {
	by    map[string]*template.Template
	words map[string]ui.Word
	files string // where the screens' files are
	style template.CSS
}

func newFallbacks(screens *ui.Screens) (*fallbacks, error) {
	words, err := screens.Words()
	if err != nil {
		return nil, err
	}
	style, err := fs.ReadFile(screens.FS(), "paper/style.css")
	if err != nil {
		return nil, fmt.Errorf("web: the fallback sheet's style: %w", err)
	}
	p := &fallbacks{by: map[string]*template.Template{}, words: words, files: screens.Prefix(), style: template.CSS(style)}
	for _, lang := range []string{indonesian, english} {
		l := sayings{lang: lang, words: words}
		p.by[lang], err = template.New("sheet").Funcs(template.FuncMap{"t": l.t, "label": l.label, "inc": func(i int) int { return i + 1 }}).Parse(sheetTemplate)
		if err != nil {
			return nil, fmt.Errorf("web: the fallback sheet: %w", err)
		}
	}
	return p, nil
}

// sheetRow is one visit on paper.
type sheetRow struct {
	Number, State, Lane, Where, Programmes, Mark, Arrived string
	Persons                                               int
}

// sheetPage is what the template shows.
type sheetPage struct {
	Lang, Date, AsOf, Files    string
	Other                      string       // the language to switch to
	Branch                     string       // its name, where one was given
	Style                      template.CSS // inside the copy that stands alone, else none
	RenewS                     int
	Open                       bool
	Inside, Line, Aside, Fresh []sheetRow
}

// write makes the sheet of a state. alone puts the style inside, for a file.
func (p *fallbacks) write(state *scheduler.State, now int64, branch, lang string, alone bool) ([]byte, error) {
	l := sayings{lang: lang, words: p.words}
	f := &state.Floor
	wall, zoneS := f.Wall(now), f.Policy.Calendar.Zone.OffsetS()
	page := sheetPage{Lang: lang, Other: l.other(), Branch: branch, Date: l.date(f.Day.Date.String()), AsOf: l.clock(wall, zoneS), Files: p.files, RenewS: SheetRenewS, Open: f.Day.Open}
	if alone {
		page.Style = p.style
	}
	row := func(v *scheduler.Visit) sheetRow { return sheetRowOf(state, v, l, zoneS) }
	for i := range f.Visits {
		switch v := &f.Visits[i]; v.State {
		case scheduler.Called, scheduler.Seated:
			page.Inside = append(page.Inside, row(v))
		case scheduler.Arrived, scheduler.Incomplete, scheduler.Parked, scheduler.SteppedOut, scheduler.AtDesk:
			page.Aside = append(page.Aside, row(v))
		}
	}
	for _, v := range f.Line(scheduler.Waiting) {
		page.Line = append(page.Line, row(v))
	}
	for _, series := range []struct {
		channel scheduler.Channel
		n       int32
	}{{scheduler.WalkIn, freshWalkIns}, {scheduler.Online, freshOthers}, {scheduler.Collective, freshOthers}} {
		for i := range series.n {
			next := scheduler.Ticket{Series: series.channel, No: f.LastNo[series.channel] + 1 + i}
			page.Fresh = append(page.Fresh, sheetRow{Number: f.Policy.Label(next), Lane: series.channel.String()})
		}
	}
	var out bytes.Buffer
	if err := p.by[lang].ExecuteTemplate(&out, "sheet", page); err != nil {
		return nil, fmt.Errorf("web: the fallback sheet: %w", err)
	}
	return out.Bytes(), nil
}

func sheetRowOf(state *scheduler.State, v *scheduler.Visit, l sayings, zoneS int) sheetRow {
	f := &state.Floor
	r := sheetRow{Number: "–", State: v.State.String(), Lane: v.Channel.String(), Persons: int(v.Persons)}
	if v.Ticket.No != 0 {
		r.Number = f.Policy.Label(v.Ticket)
	}
	if v.Arrived != 0 {
		r.Arrived = l.clock(f.Wall(v.Arrived), zoneS)
	}
	counts, order := map[string]int{}, []string{}
	for _, c := range state.ClaimsOf(v) {
		if counts[string(c.Programme)]++; counts[string(c.Programme)] == 1 {
			order = append(order, string(c.Programme))
		}
	}
	for i, programme := range order {
		if n := counts[programme]; n > 1 {
			order[i] = fmt.Sprintf("%d %s", n, programme)
		}
	}
	r.Programmes = strings.Join(order, ", ")
	var marks []string
	if v.Priority != 0 {
		marks = append(marks, l.label("priority", v.Priority.String()))
	}
	if state.Unserved(v) {
		marks = append(marks, l.t("paper_sheet.side_desk"))
	}
	if v.Accessible {
		marks = append(marks, l.t("paper_sheet.accessible"))
	}
	r.Mark = strings.Join(marks, ", ")
	if v.Room != 0 {
		r.Where = l.roomName(state, v.Room)
		var seats []string
		for _, seat := range state.SeatsOf(v) {
			seats = append(seats, fmt.Sprint(seat.No))
		}
		if len(seats) > 0 {
			r.Where += " · " + l.t("words.seat_no", "n", strings.Join(seats, ", "))
		}
	}
	return r
}

// getSheet shows the sheet of this moment, to be printed.
func getSheet(c *call) (reply, error) {
	q, err := c.query("lang", "print")
	if err != nil {
		return reply{}, err
	}
	lang := indonesian
	if q.Get("lang") == english {
		lang = english
	}
	body, err := c.s.fallback.write(c.state(), c.s.o.Branch.Now(), c.s.printing.heading(), lang, false)
	if err != nil {
		return reply{}, err
	}
	c.w.Header().Set("Content-Type", "text/html; charset=utf-8")
	c.w.WriteHeader(http.StatusOK)
	_, _ = c.w.Write(c.s.marked(body)) // whoever does not read the answer has left
	return reply{written: true}, nil
}

// Sheet is the fallback sheet of this moment, in a language of the screens, as a file
// that needs nothing else.
func (s *Server) Sheet(lang string) ([]byte, error) {
	return s.fallback.write(s.o.Branch.State(), s.o.Branch.Now(), s.printing.heading(), lang, true)
}
