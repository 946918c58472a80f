package web

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"

	"lapak/hall/people"
	"lapak/scheduler"
	"lapak/scheduler/calendar"
)

const (
	// companiesDoc is the name under which the companies' lists are kept: the name of
	// the company, its numbers and its days, and nobody of its people.
	companiesDoc = "companies"
	// maxCompanies bounds the kept lists: two a week for two years.
	maxCompanies = 200
	// maxCompanyName fits one line of a screen.
	maxCompanyName = 80
	// maxWorkforce is more than the country's largest employer has.
	maxWorkforce = 1_000_000
	// maxWave is more than a lobby takes at once; minWaveS is what a group needs at least.
	maxWave  = 100
	minWaveS = 5 * 60
)

type companyForm struct {
	Company   int             `json:"company"` // its number, from the trial; 0 in a trial: the next free one
	Name      string          `json:"name" need:"true"`
	Workforce int             `json:"workforce" need:"true"`
	LaidOff   int             `json:"laid_off" need:"true"`
	Date      calendar.Date   `json:"date" need:"true"`    // of the first wave
	FromS     int             `json:"from_s" need:"true"`  // of each day's first wave
	Wave      int             `json:"wave" need:"true"`    // persons who come at once
	EveryS    int             `json:"every_s" need:"true"` // from one wave to the next
	Lines     []people.Secret `json:"lines" need:"true"`   // of the table, the first names the columns
	Check     bool            `json:"check"`               // only say what would happen
	SkipWrong bool            `json:"skip_wrong"`          // enter the others when some lines are wrong
}

// companyLine is what became of one line, or would.
type companyLine struct {
	Line   int           `json:"line"`
	State  string        `json:"state"` // new, known, wrong
	Date   calendar.Date `json:"date,omitzero"`
	DueS   int           `json:"due_s,omitempty"`
	Faults []listFault   `json:"faults,omitempty"`
}

// companyDay is one day of the agreed schedule.
type companyDay struct {
	Date   calendar.Date `json:"date"`
	People int           `json:"people"`
	FirstS int           `json:"first_s"`
	LastS  int           `json:"last_s"`
}

type companyView struct {
	Company int                  `json:"company"`
	Entered bool                 `json:"entered"`
	Rule    scheduler.LayoffRule `json:"rule"`
	Head    *listFault           `json:"head,omitempty"` // what is wrong with the first line
	Ignored []string             `json:"ignored"`        // columns that are not read
	Lines   []companyLine        `json:"lines"`
	Days    []companyDay         `json:"days"`
	New     int                  `json:"new"`
	Known   int                  `json:"known"`
	Wrong   int                  `json:"wrong"`
}

// company is one list as it is kept.
type company struct {
	Company   int           `json:"company"`
	Name      string        `json:"name"`
	Workforce int           `json:"workforce"`
	LaidOff   int           `json:"laid_off"`
	Date      calendar.Date `json:"date"`
	At        int64         `json:"at"` // branch time of the last part
	People    int           `json:"people"`
}

type companiesView struct {
	Companies []company `json:"companies"` // the newest first
	Pct       int       `json:"min_layoff_pct"`
	Wave      int       `json:"wave"` // what a group takes
	Opens     []opening `json:"opens"`
}

// opening is when a day's calls begin, by the calendar: a first wave comes then.
type opening struct {
	Date  string `json:"date"`
	OpenS int    `json:"open_s"`
}

// openings lists the days that may be booked, and when each of them begins.
func openings(f *scheduler.Floor, now int64) []opening {
	list := []opening{}
	today := f.Policy.Calendar.Zone.DateOf(f.Wall(now))
	for date := today; date <= today.AddDays(scheduler.MaxBookAheadDays); date = date.AddDays(1) {
		if hours, open, _ := f.Policy.Calendar.HoursOn(date); open {
			list = append(list, opening{Date: date.String(), OpenS: hours.OpenS})
		}
	}
	return list
}

func (s *Server) companies() ([]company, error) {
	list := []company{}
	raw, err := s.o.Source.docs.Doc(companiesDoc)
	if err != nil || raw == nil {
		return list, err
	}
	if err := json.Unmarshal(raw, &list); err != nil {
		return nil, fmt.Errorf("web: read the companies: %w", err)
	}
	return list, nil
}

func getCompanies(c *call) (reply, error) {
	if _, err := c.query(); err != nil {
		return reply{}, err
	}
	list, err := c.s.companies()
	if err != nil {
		return reply{}, err
	}
	slices.Reverse(list)
	f := &c.state().Floor
	p := f.Policy
	return ok(companiesView{Companies: list, Pct: p.Collective.MinLayoffPct, Wave: p.Group.Max, Opens: openings(f, c.s.o.Branch.Now())})
}

// enterCompany tries or enters a company's list. A trial stores nothing: people are
// only looked up, and the rules are asked on a copy of the branch.
func enterCompany(c *call, b companyForm) (reply, error) {
	rule, err := c.checkCompany(&b)
	if err != nil {
		return reply{}, err
	}
	state, now := c.state(), c.s.o.Branch.Now()
	out := companyView{Company: b.Company, Rule: rule, Lines: []companyLine{}, Days: []companyDay{}}
	table, list, head := readWorkers(b.Lines, state.Floor.Wall(now))
	out.Head, out.Ignored = head, table.ignored
	if head == nil && len(list) == 0 {
		out.Head = &listFault{Code: "list_empty", Detail: "There is nobody below the first line. Add one line for each worker."}
	}
	if out.Head != nil {
		if !b.Check {
			return reply{}, badField(http.StatusUnprocessableEntity, out.Head.Code, "lines[0]", "%s", out.Head.Detail)
		}
		return ok(out)
	}
	if err := c.plan(&b, &out, &table, list, state); err != nil {
		return reply{}, err
	}
	if b.Check {
		return ok(out)
	}
	if err := mayEnter(&b, &out); err != nil {
		return reply{}, err
	}
	before := ofCompany(state, b.Company)
	if err := c.s.keepCompany(&b, now, before, before); err != nil {
		return reply{}, err
	}
	err = c.enterWorkers(&b, &out, list, state)
	if noted := c.s.keepCompany(&b, now, before, ofCompany(c.state(), b.Company)); err == nil {
		err = noted
	}
	if err != nil {
		return reply{}, err
	}
	out.Entered = true
	out.count()
	return ok(out)
}

// enterWorkers enters the new lines one after the other, as far as it comes.
func (c *call) enterWorkers(b *companyForm, out *companyView, list []*worker, state *scheduler.State) error {
	for i, w := range list {
		if line := &out.Lines[i]; line.State == "new" {
			if err := c.enterWorker(b, w, line, state); err != nil {
				return err
			}
		}
	}
	return nil
}

// ofCompany counts the visits that are known of a company's list.
func ofCompany(state *scheduler.State, company int) (n int) {
	for i := range state.Floor.Visits {
		if int(state.Floor.Visits[i].Company) == company {
			n++
		}
	}
	return n
}

// mayEnter refuses to store a list that the trial showed to be wrong.
func mayEnter(b *companyForm, out *companyView) error {
	switch {
	case !out.Rule.OK:
		return badField(http.StatusConflict, "layoff_share_low", "laid_off", "%d of %d is below %d %%: at least %d must be laid off. The workers may each come or book by themselves.",
			out.Rule.LaidOff, out.Rule.Workforce, out.Rule.Pct, out.Rule.Need)
	case out.Wrong > 0 && !b.SkipWrong:
		return badField(http.StatusConflict, "list_has_faults", "lines", "%d lines are wrong, so nothing was stored. Mend them, or enter the others without them.", out.Wrong)
	case out.New+out.Known > b.LaidOff:
		return badField(http.StatusConflict, "list_too_long", "laid_off", "The list has %d people and %d were laid off. Correct the number, or the list.", out.New+out.Known, b.LaidOff)
	}
	return nil
}

// checkCompany checks what stands around the table and applies the rule of layoffs.
func (c *call) checkCompany(b *companyForm) (scheduler.LayoffRule, error) {
	bad := func(field, format string, args ...any) (scheduler.LayoffRule, error) {
		return scheduler.LayoffRule{}, badField(http.StatusUnprocessableEntity, "out_of_range", field, format, args...)
	}
	p := c.state().Floor.Policy
	var fits bool
	b.Name, fits = plainName(b.Name, maxCompanyName)
	switch {
	case !p.Collective.Enabled:
		return scheduler.LayoffRule{}, refuse(http.StatusConflict, "collective_off", "This branch takes no claims from companies now.")
	case !fits || b.Name == "":
		return bad("name", "The company's name has 1 to %d plain characters.", maxCompanyName)
	case b.Workforce < 1 || b.Workforce > maxWorkforce:
		return bad("workforce", "The company has 1 to %d workers, those laid off included.", maxWorkforce)
	case b.LaidOff < 1 || b.LaidOff > b.Workforce:
		return bad("laid_off", "Of %d workers 1 to %d can be laid off.", b.Workforce, b.Workforce)
	case b.FromS < 0 || b.FromS >= secondsOfDay:
		return bad("from_s", "The first wave is a second of the day, such as 32400 for 09:00.")
	case b.Wave < 1 || b.Wave > maxWave:
		return bad("wave", "A wave has 1 to %d people.", maxWave)
	case b.EveryS < minWaveS || b.EveryS > secondsOfDay:
		return bad("every_s", "Waves are %d seconds to a day apart.", minWaveS)
	case len(b.Lines) == 0 || len(b.Lines) > maxCompanyLines+1:
		return bad("lines", "A list has a first line with the columns and 1 to %d lines below it; send the rest as another part of the same company.", maxCompanyLines)
	case b.Company < 0 || b.Company > scheduler.MaxCompany || (b.Company == 0 && !b.Check):
		return bad("company", "Give the company's number that the trial told.")
	}
	kept, err := c.s.companies()
	if err != nil {
		return scheduler.LayoffRule{}, err
	}
	if b.Company == 0 {
		b.Company = nextCompany(c.state(), kept)
	}
	if i := slices.IndexFunc(kept, func(k company) bool { return k.Company == b.Company }); i >= 0 && kept[i].Name != b.Name {
		return scheduler.LayoffRule{}, badField(http.StatusConflict, "company_taken", "company", "Number %d belongs to another company's list. Try the list again for a free one.", b.Company)
	}
	return p.Collective.Layoffs(b.LaidOff, b.Workforce), nil
}

// nextCompany is the first number above all that were used.
func nextCompany(state *scheduler.State, kept []company) int {
	next := 1
	for _, k := range kept {
		next = max(next, k.Company+1)
	}
	for i := range state.Floor.Visits {
		next = max(next, int(state.Floor.Visits[i].Company)+1)
	}
	return next
}

// plan gives each good line its wave, and asks the rules on a copy of the branch.
func (c *call) plan(b *companyForm, out *companyView, t *companyTable, list []*worker, state *scheduler.State) error {
	trial := state.Draft()
	waves := newWaves(&state.Floor, b)
	for _, w := range list {
		line := companyLine{Line: w.line, State: "new", Faults: w.faults}
		id, known, err := "", false, error(nil)
		if len(w.faults) == 0 {
			if id, known, err = c.s.o.People.Known(w.person, state.Floor.Wall(c.s.o.Branch.Now())); err != nil {
				return err
			}
		}
		if known && len(w.faults) == 0 {
			c.meet(b, &line, w, t, scheduler.PersonID(id), state)
		}
		if line.State == "known" {
			waves.next(&companyLine{}) // its place is taken: what was cut off goes on behind it
		}
		if line.State == "new" && len(w.faults) == 0 {
			if !waves.next(&line) {
				w.fault(cell{}, "no_day_left", "No day within %d days has room for this line. Send the rest later, or larger waves.", scheduler.MaxBookAheadDays)
			} else if err := c.tryWorker(b, w, &line, id, trial); err != nil {
				return err
			}
		}
		if line.Faults = w.faults; len(w.faults) > 0 {
			line.State, line.Date, line.DueS = "wrong", 0, 0
		}
		out.Lines = append(out.Lines, line)
	}
	out.count()
	return nil
}

// meet compares a worker with the visits that are known of them: one of this list is
// this line itself, sent again; any other is another channel's.
func (c *call) meet(b *companyForm, line *companyLine, w *worker, t *companyTable, id scheduler.PersonID, state *scheduler.State) {
	zone := state.Floor.Policy.Calendar.Zone
	for i := range state.Floor.Visits {
		v := &state.Floor.Visits[i]
		if v.Person != id || v.State.Final() {
			continue
		}
		if int(v.Company) == b.Company {
			line.State, line.Date = "known", v.Date
			if v.Due != 0 {
				line.DueS = zone.SecondOfDay(state.Floor.Wall(v.Due))
			}
			return
		}
		w.fault(t.idCell(w), "already_booked", "This person has a visit on %s by another way already. Remove the line, or let them cancel that one.", v.Date)
		return
	}
}

func (c *call) tryWorker(b *companyForm, w *worker, line *companyLine, id string, trial *scheduler.Draft) error {
	_, err := trial.Do(scheduler.Stamp{At: c.s.o.Branch.Now(), Seed: 1}, scheduler.Order{By: c.who.actor, Command: b.booking(w, line, scheduler.PersonID(id), "", trial.State)})
	var refusal *scheduler.Refusal
	if errors.As(err, &refusal) {
		w.fault(cell{}, refusal.Code, "%s", refusal.Reason)
		return nil
	}
	return err
}

func (b *companyForm) booking(w *worker, line *companyLine, id scheduler.PersonID, link scheduler.Hash, s *scheduler.State) scheduler.Book {
	f := &s.Floor
	return scheduler.Book{Person: id, Date: line.Date, Due: f.Policy.Calendar.Zone.At(line.Date, line.DueS) - f.Day.OffsetS, Persons: 1,
		Claims: []scheduler.NewClaim{w.claim}, Link: link, Company: b.Company}
}

// enterWorker makes the person known and books them, under an id of its own line, so
// that a list whose answer was lost is entered once.
func (c *call) enterWorker(b *companyForm, w *worker, line *companyLine, state *scheduler.State) error {
	id, _, err := c.s.o.People.Register(w.person, state.Floor.Wall(c.s.o.Branch.Now()))
	if err != nil {
		return err
	}
	_, hash := c.rowLink(w.line)
	_, err = c.submitAs(c.who.actor, c.rowID(w.line), b.booking(w, line, scheduler.PersonID(id), scheduler.Hash(hash), state))
	var refusal *scheduler.Refusal
	if errors.As(err, &refusal) { // somebody was quicker
		line.State, line.Faults = "wrong", []listFault{{Code: refusal.Code, Detail: refusal.Reason}}
		return nil
	}
	return err
}

// keepCompany notes the list: before anybody of it is entered, so that its number is
// nobody else's, and afterwards with its people. before and after are the visits that
// were and are known of it; those of its days that are over are known no more.
func (s *Server) keepCompany(b *companyForm, now int64, before, after int) error {
	s.listing.Lock()
	defer s.listing.Unlock()
	list, err := s.companies()
	if err != nil {
		return err
	}
	one := company{Company: b.Company, Name: b.Name, Workforce: b.Workforce, LaidOff: b.LaidOff, Date: b.Date, At: now, People: after}
	if i := slices.IndexFunc(list, func(k company) bool { return k.Company == b.Company }); i >= 0 {
		one.People += max(0, list[i].People-before)
		list = slices.Delete(list, i, i+1)
	}
	list = append(list, one)
	raw, err := json.Marshal(list[max(0, len(list)-maxCompanies):])
	if err != nil {
		return fmt.Errorf("web: write the companies: %w", err)
	}
	if err := s.o.Source.docs.PutDoc(companiesDoc, raw); err != nil {
		return fmt.Errorf("web: keep the companies: %w", err)
	}
	return nil
}

// count sums the lines up, and the days of those who come.
func (v *companyView) count() {
	v.New, v.Known, v.Wrong, v.Days = 0, 0, 0, []companyDay{}
	for _, line := range v.Lines {
		switch line.State {
		case "new":
			v.New++
		case "known":
			v.Known++
		default:
			v.Wrong++
			continue
		}
		i := slices.IndexFunc(v.Days, func(d companyDay) bool { return d.Date == line.Date })
		if i < 0 {
			v.Days, i = append(v.Days, companyDay{Date: line.Date, FirstS: line.DueS, LastS: line.DueS}), len(v.Days)
		}
		d := &v.Days[i]
		d.People, d.FirstS, d.LastS = d.People+1, min(d.FirstS, line.DueS), max(d.LastS, line.DueS)
	}
	slices.SortFunc(v.Days, func(a, b companyDay) int { return int(a.Date - b.Date) })
}

// waves hands out the places of the schedule: a wave every so long within a day's
// hours and outside its breaks, and then the next open day.
type waves struct {
	floor  *scheduler.Floor
	form   *companyForm
	date   calendar.Date
	last   calendar.Date // at most so far ahead
	at     int
	in     int // people of the wave under way
	closeS int // no wave from then on
}

func newWaves(f *scheduler.Floor, b *companyForm) *waves {
	w := &waves{floor: f, form: b, date: b.Date - 1, last: b.Date.AddDays(scheduler.MaxBookAheadDays)}
	w.nextDay()
	return w
}

// nextDay goes to the next day on which the branch is open.
func (w *waves) nextDay() {
	for w.date++; w.date <= w.last; w.date++ {
		hours, open := w.floor.HoursOn(w.date)
		if !open {
			continue
		}
		w.at, w.in, w.closeS = max(w.form.FromS, hours.OpenS), 0, hours.LastTicketS
		if w.awake(); w.at < w.closeS {
			return
		}
	}
}

// awake moves a wave out of a break.
func (w *waves) awake() {
	if until, pause := w.floor.Policy.Calendar.BreakAt(w.date, w.at); pause {
		w.at = until
	}
}

// next gives a line its place; false when no day is left.
func (w *waves) next(line *companyLine) bool {
	if w.in == w.form.Wave {
		w.in, w.at = 0, w.at+w.form.EveryS
		if w.awake(); w.at >= w.closeS {
			w.nextDay()
		}
	}
	if w.date > w.last {
		return false
	}
	w.in++
	line.Date, line.DueS = w.date, w.at
	return true
}
