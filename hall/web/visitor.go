package web

import (
	"bytes"
	_ "embed"
	"encoding/hex"
	"fmt"
	"html/template"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"lapak/hall/access"
	"lapak/hall/board"
	"lapak/scheduler"
	"lapak/ui"
)

// The visitor's own page is written here, not in the browser, so that it works on any
// phone, with JavaScript or without. Its script only fetches it anew when something
// changes, and makes a call heard.
//
//go:embed visitor.tmpl
var visitorTemplate string

const (
	// readAgainS is how often the page reads itself anew without JavaScript.
	readAgainS = 30
	// Lists on a phone: a representative's two hundred files are on paper.
	maxPapersShown   = 6
	maxReceiptsShown = 40
	// maxDots is the line as dots: more say no more than the number beside them.
	maxDots = 12
)

// visitorPages are the templates and the words of both languages.
type visitorPages struct {
	by    map[string]*template.Template
	words map[string]ui.Word
	files string // where the screens' files are
}

func newVisitorPages(screens *ui.Screens) (*visitorPages, error) {
	words, err := screens.Words()
	if err != nil {
		return nil, err
	}
	p := &visitorPages{by: map[string]*template.Template{}, words: words, files: screens.Prefix()}
	for _, lang := range []string{indonesian, english} {
		l := sayings{lang: lang, words: words}
		p.by[lang], err = template.New("visitor").Funcs(template.FuncMap{"t": l.t, "label": l.label}).Parse(visitorTemplate)
		if err != nil {
			return nil, fmt.Errorf("web: the visitor's page: %w", err)
		}
	}
	return p, nil
}

// visitorPage is what the template shows.
type visitorPage struct {
	sayings
	View  board.TicketView
	Seq   int64
	Link  string
	Title string
	// Branch is the office's own name, or none.
	Branch string
	Screen bool   // a booth's screen stands where to go
	Said   string // why the last act was refused
	Files  string
	Again  string // the refresh without JavaScript, or none
	keys   map[string]string
}

// Lang is the page's language, Other the one to switch to.
func (p *visitorPage) Lang() string  { return p.lang }
func (p *visitorPage) Other() string { return p.other() }

// Key is the Idempotency-Key of one act on the page as it is: pressing twice is
// pressing once.
func (p *visitorPage) Key(do string) string { return p.keys[do] }

type visitorAct struct {
	Page          *visitorPage
	Do, Look, Say string
}

// Act is a form with one button.
func (p *visitorPage) Act(do, look, say string) visitorAct { return visitorAct{p, do, look, say} }

func (p *visitorPage) Clock(at int64) string       { return p.clock(at+p.View.OffsetS, p.View.ZoneS) }
func (p *visitorPage) Date(text string) string     { return p.date(text) }
func (p *visitorPage) Span(low, high int64) string { return p.span(low, high) }

// Between is the expected wait as times of the day, by five minutes, outwards, but
// never from a time that has passed.
func (p *visitorPage) Between() string {
	const step = 5 * minuteS
	from, to := (p.View.At+p.View.LowS)/step*step, (p.View.At+p.View.HighS+step-1)/step*step
	if from <= p.View.At {
		return p.t("visitor.until_about", "to", p.Clock(to))
	}
	return p.t("visitor.between", "from", p.Clock(from), "to", p.Clock(to))
}

// Room and Seats are where to go.
func (p *visitorPage) Room() string {
	if p.View.Desk {
		return p.t("words.side_desk")
	}
	return p.t("words.room_no", "n", p.View.Room)
}

func (p *visitorPage) Seats() string {
	list := make([]string, len(p.View.Seats))
	for i, no := range p.View.Seats {
		list[i] = strconv.Itoa(no)
	}
	switch len(list) {
	case 0:
		return ""
	case 1:
		return p.t("words.seat_no", "n", list[0])
	}
	return p.t("visitor.seats", "list", strings.Join(list, ", "))
}

// Many and Hours ask for a smaller type: several booths, and a range in hours.
func (p *visitorPage) Many() bool  { return len(p.View.Seats) > 1 }
func (p *visitorPage) Hours() bool { return p.View.HighS > inHoursFromS }

// CallKey names the call that the page shows, so that its script knows a new one.
func (p *visitorPage) CallKey() string {
	if c := p.View.Call; c != nil {
		return fmt.Sprintf("%d.%d", c.At, c.Recalls)
	}
	return ""
}

// Look is the style of the page's head: what the state asks of the person.
func (p *visitorPage) Look() string {
	switch p.View.State {
	case "called":
		return "call"
	case "waiting", "at_desk", "seated", "booked":
		return "well"
	case "settled":
		if len(p.Returned()) > 0 {
			return "act"
		}
		return "done"
	case "incomplete", "no_show", "arrived", "parked", "stepped_out":
		return "act"
	}
	return "over"
}

// Dots is the line up to the visitor: one dot for each number before, the last is
// their own.
func (p *visitorPage) Dots() []string {
	n := p.View.Ahead
	dots := make([]string, min(n, maxDots), maxDots+1)
	if n > maxDots {
		dots[0] = "more"
	}
	return append(dots, "me")
}

func (p *visitorPage) waits() bool { return p.View.State == "waiting" || p.View.State == "at_desk" }

// Alerts says that a call is still to come.
func (p *visitorPage) Alerts() bool { return p.waits() && !p.View.Over }

func (p *visitorPage) MissedNote() bool { return p.waits() && p.View.Missed > 0 }
func (p *visitorPage) MayStepOut() bool { return p.View.State == "waiting" && !p.View.Over }

func (p *visitorPage) MayCancel() bool {
	return slices.Contains([]string{"booked", "arrived", "incomplete", "waiting", "called", "parked", "stepped_out", "at_desk"}, p.View.State)
}

// Receipts are the claims with an outcome.
func (p *visitorPage) Receipts() []board.ClaimInfo {
	list := p.settled()
	return list[:min(len(list), maxReceiptsShown)]
}

func (p *visitorPage) MoreReceipts() int { return max(0, len(p.settled())-maxReceiptsShown) }

func (p *visitorPage) settled() (list []board.ClaimInfo) {
	for _, c := range p.View.Claims {
		if c.Outcome != scheduler.NoOutcome.String() {
			list = append(list, c)
		}
	}
	return list
}

// Returned are the claims that the visitor has to come again for: what that takes is
// the first thing that the page says then.
func (p *visitorPage) Returned() (list []board.ClaimInfo) {
	if p.View.State != "settled" {
		return nil
	}
	for _, c := range p.View.Claims {
		if c.Outcome == scheduler.Returned.String() {
			list = append(list, c)
		}
	}
	return list[:min(len(list), maxPapersShown)]
}

// Lacking are the papers of all of them, each once.
func (p *visitorPage) Lacking() (docs []string) {
	for _, c := range p.Returned() {
		for _, doc := range c.Missing {
			if !slices.Contains(docs, doc) {
				docs = append(docs, doc)
			}
		}
	}
	return docs
}

// Because says an officer's reason as the booth says it, which is kinder.
func (p *visitorPage) Because(code string) string {
	if _, known := p.words["booth.because_"+code]; !known {
		return p.label("because", code)
	}
	return p.label("booth", "because_"+code)
}

// visitorPapers is one checklist, of all claims that have the same.
type visitorPapers struct {
	Programme, Reason string
	Docs              []board.PaperInfo
	Look, Says        string
	Open              bool
}

// Papers are the checklists while they still matter.
func (p *visitorPage) Papers() []visitorPapers {
	list := p.papers()
	return list[:min(len(list), maxPapersShown)]
}

func (p *visitorPage) MorePapers() int { return max(0, len(p.papers())-maxPapersShown) }

func (p *visitorPage) papers() (list []visitorPapers) {
	if !p.MayCancel() && p.View.State != "seated" {
		return nil
	}
	for _, c := range p.View.Claims {
		if len(c.Papers) == 0 || c.Outcome != scheduler.NoOutcome.String() {
			continue
		}
		one := visitorPapers{Programme: c.Programme, Reason: c.Reason, Docs: c.Papers}
		same := func(o visitorPapers) bool {
			return o.Programme == one.Programme && o.Reason == one.Reason && slices.Equal(o.Docs, one.Docs)
		}
		if slices.ContainsFunc(list, same) {
			continue
		}
		p.judge(&one)
		list = append(list, one)
	}
	return list
}

// judge sums a checklist up: what is missing is said first and stands open.
func (p *visitorPage) judge(one *visitorPapers) {
	missing, maybe, unseen := 0, 0, 0
	sentBack := p.View.State == scheduler.Incomplete.String() // by the desk, which knows the case
	for _, doc := range one.Docs {
		switch {
		case doc.Lacks() || sentBack && doc.Mark == scheduler.Missing.String():
			missing++
		case doc.Mark == scheduler.Missing.String():
			maybe++ // for some cases only: the officer judges whether it is needed
		case doc.Mark == scheduler.NotSeen.String():
			unseen++
		}
	}
	checked := p.View.State != "booked" && p.View.State != "arrived" && p.View.State != "incomplete"
	switch {
	case missing > 0:
		one.Look, one.Says, one.Open = "missing", p.t("visitor.papers_lacking", "n", missing+maybe), true
	case maybe > 0:
		one.Look, one.Says, one.Open = "incomplete", p.t("visitor.papers_maybe", "n", maybe), true
	case checked || unseen == 0:
		one.Look, one.Says = "approved", p.t("visitor.papers_ready")
	default:
		one.Look, one.Says, one.Open = "none", p.t("visitor.papers_unseen"), true
	}
}

type visitorQuestion struct {
	Code, Ask string
	Answers   []visitorAnswer
}

type visitorAnswer struct {
	N   int
	Say string
	On  bool
}

// Questions are the nine of the survey, with what was answered before.
func (p *visitorPage) Questions() []visitorQuestion {
	list := make([]visitorQuestion, scheduler.SurveyItems)
	for i := range list {
		q := &list[i]
		q.Code = fmt.Sprintf("u%d", i+1)
		q.Ask = p.label("survey_ask", q.Code)
		for n := 1; n <= scheduler.SurveyTop; n++ {
			on := len(p.View.Survey.Answers) > i && p.View.Survey.Answers[i] == n
			q.Answers = append(q.Answers, visitorAnswer{N: n, Say: p.label("survey_answer", strconv.Itoa(n)), On: on})
		}
	}
	return list
}

// sayingsOf is the language that the address asks for, Indonesian when it does not.
func (c *call) sayingsOf() sayings {
	lang := indonesian
	if c.r.URL.Query().Get("lang") == english {
		lang = english
	}
	return sayings{lang: lang, words: c.s.pages.words}
}

// ticketHeaders are those of a page whose address is a secret: it is told to nobody
// but this branch. Our own pages' forms need an origin, which no-referrer would hide
// and which browsers without Sec-Fetch-Site (plain HTTP) are judged by.
func ticketHeaders(h http.Header) {
	h.Set("Referrer-Policy", "same-origin")
	h.Set("X-Robots-Tag", "noindex")
}

// showTicket is the visitor's page.
func showTicket(c *call) (reply, error) {
	ticketHeaders(c.w.Header())
	l := c.sayingsOf()
	state := c.state()
	v, err := ticketOf(state, scheduler.Hash(linkHash(c.param("link"))))
	if err != nil {
		return c.plainPage(l, http.StatusNotFound, "visitor.closed", "visitor.closed_why")
	}
	view := board.Ticket(state, v, c.s.o.Branch.Now())
	p := &visitorPage{sayings: l, View: view, Seq: state.Seq, Link: c.param("link"), Title: l.t("visitor.title"), Branch: c.s.printing.heading(), Files: c.s.pages.files, keys: c.s.formKeys(v, view), Screen: c.s.hasScreen(view)}
	if view.Number != "" {
		p.Title = view.Number + " · " + p.Title
	}
	if said := c.r.URL.Query().Get("said"); said != "" {
		p.Said = l.refusal(said)
	}
	if !view.Survey.Due && !v.State.Final() {
		p.Again = fmt.Sprintf("%d; url=/v/%s?lang=%s", readAgainS, p.Link, l.lang)
	}
	return c.html(l, http.StatusOK, "page", p)
}

// hasScreen reports whether a booth's screen is paired at a seat of a visit, so that
// nobody looks for a button where none is. In a demo any page may be the screen.
func (s *Server) hasScreen(view board.TicketView) bool {
	if len(view.Seats) == 0 {
		return false
	}
	return s.o.Demo != nil || slices.ContainsFunc(s.o.Access.Devices(), func(d access.Device) bool {
		return d.Kind == access.Booth && orZero(d.Room) == view.Room && slices.Contains(view.Seats, orZero(d.Seat))
	})
}

// refusal is the sentence of a refusal's code, or a plain one for what is none.
func (l sayings) refusal(code string) string {
	if _, known := l.words["visitor_refused."+code]; !known {
		return l.t("visitor.refused")
	}
	return l.label("visitor_refused", code)
}

// formKeys are the Idempotency-Keys of the page's forms. They follow from the state
// that the page shows, so that the page is the same when nothing has changed, and a
// retry of the same form is the same intent.
func (s *Server) formKeys(v *scheduler.Visit, view board.TicketView) map[string]string {
	keys := map[string]string{}
	for _, do := range []string{"cancel", "step-out", "resume", "survey"} {
		at := fmt.Sprintf("%d %d %d", v.ID, v.Touched, view.Survey.Times)
		keys[do] = hex.EncodeToString(mac(s.o.Key, []byte("form"), []byte(do), []byte(at))[:16])
	}
	return keys
}

// plainPage says one thing: that a link is not valid, or that something is wrong.
func (c *call) plainPage(l sayings, status int, title, text string) (reply, error) {
	p := &plainPage{Lang: l.lang, Other: l.other(), Title: l.t(title), Text: l.t(text), Branch: c.s.printing.heading(), Files: c.s.pages.files}
	return c.html(l, status, "plain", p)
}

// failed passes an error on to the one place that renders it. On a visitor's page it
// is said in words there instead; what is a fault is logged all the same.
func (c *call) failed(err error) error {
	if !c.route.visitor || c.route.kind != page && c.route.kind != form {
		return err
	}
	p, known := problemOf(err)
	if !known {
		return err
	}
	if p.RetryAfterS > 0 {
		c.w.Header().Set("Retry-After", strconv.FormatInt(p.RetryAfterS, 10))
	}
	ticketHeaders(c.w.Header())
	_, err = c.plainPage(c.sayingsOf(), p.Status, "visitor.trouble", "visitor.trouble_why")
	return err
}

type plainPage struct{ Lang, Other, Title, Text, Branch, Files, Again string }

func (c *call) html(l sayings, status int, name string, page any) (reply, error) {
	var body bytes.Buffer
	if err := c.s.pages.by[l.lang].ExecuteTemplate(&body, name, page); err != nil {
		return reply{}, fmt.Errorf("web: write the visitor's page: %w", err)
	}
	sent := c.s.marked(body.Bytes())
	h := c.w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Length", strconv.Itoa(len(sent)))
	c.w.WriteHeader(status)
	_, _ = c.w.Write(sent) // whoever does not read the answer has left
	return reply{written: true}, nil
}
