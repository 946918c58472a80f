package web

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	reader "lapak/hall/audit"
	"lapak/hall/people"
	"lapak/hall/sheets"
	"lapak/scheduler"
	"lapak/scheduler/audit"
	"lapak/scheduler/calendar"
)

// Audit is what the routes need of who did what.
type Audit interface {
	Day(ctx context.Context, date calendar.Date) (*audit.Day, error)
}

func (s *Server) aboutAudit() []route {
	return []route{
		{method: get, path: api + "/audit", allow: leading, kind: read, task: plain(getAudit)},
		{method: get, path: api + "/audit.csv", allow: leading, kind: read, task: plain(getAuditCSV)},
	}
}

const (
	// auditPage bounds the acts of one answer: a few screens of a table, some tens of
	// kilobytes. A page ends with a whole record.
	auditPage = 200
	// auditVisits bounds the visits that one act lists: the close of a day and the draw
	// are about everybody. The rest is counted.
	auditVisits = 24
	// auditLooks bounds the looks at names of one day: some for each of the largest
	// branch's visits.
	auditLooks = 5000
	// auditPauseS is when a day that is being read may be done.
	auditPauseS = 3
	// byStaff is the filter for whatever a signed-in person did.
	byStaff = "staff"
)

// auditAct is an act as it is shown.
type auditAct struct {
	audit.Act
	VisitsMore int `json:"visits_more,omitempty"` // that are not listed
	PassedMore int `json:"passed_more,omitempty"`
}

type auditView struct {
	Day     calendar.Date `json:"day"`
	Acts    []auditAct    `json:"acts"`
	More    bool          `json:"more"`
	Next    int64         `json:"next"`    // ask with after=next for what follows
	Partial bool          `json:"partial"` // the day's beginning was cut from the journal
	OffsetS int64         `json:"offset_s"`
}

// auditQuery is which acts are asked for.
type auditQuery struct {
	audit.Filter
	values url.Values
	date   calendar.Date
}

func (c *call) auditQuery(more ...string) (q auditQuery, err error) {
	if q.values, err = c.query(append([]string{"day", "number", "by", "kind"}, more...)...); err != nil {
		return q, err
	}
	q.date = c.state().Floor.Day.Date
	if q.values.Has("day") {
		if q.date, err = calendar.Parse(q.values.Get("day")); err != nil {
			return q, badField(http.StatusBadRequest, "bad_field", "day", "day must be a date such as 2026-03-02.")
		}
	}
	q.Number = q.values.Get("number")
	if kind := q.values.Get("kind"); kind != "" {
		q.Kind = func(k string) bool { return k == kind || strings.HasPrefix(k, kind+".") }
		if !slices.ContainsFunc(audit.Kinds(), q.Kind) {
			return q, badField(http.StatusBadRequest, "bad_field", "kind", "kind must be an event's, such as group.called, or the first part of some, such as visit.")
		}
	}
	if by := q.values.Get("by"); by != "" {
		if q.By = whoBy(by); q.By == nil {
			return q, badField(http.StatusBadRequest, "bad_field", "by", "by must be the number of an account, staff, or a role such as kiosk.")
		}
	}
	if after := q.values.Get("after"); after != "" {
		if q.After, err = strconv.ParseInt(after, 10, 64); err != nil || q.After < 0 {
			return q, badField(http.StatusBadRequest, "bad_field", "after", "after must be the next of the page before.")
		}
	}
	return q, nil
}

// whoBy chooses acts by who gave them: an account, all staff, or one role; nil when it
// is none of these.
func whoBy(by string) func(*audit.Act) bool {
	if id, err := strconv.ParseInt(by, 10, 64); err == nil && id > 0 {
		return func(a *audit.Act) bool { return a.By.Staff() && a.By.ID == id }
	}
	if by == byStaff {
		return func(a *audit.Act) bool { return a.By.Staff() }
	}
	var role scheduler.Role
	if role.UnmarshalText([]byte(by)) != nil {
		return nil
	}
	return func(a *audit.Act) bool { return a.By.Role == role }
}

// auditDay reads the day, the looks at names among its acts.
func (c *call) auditDay(date calendar.Date) (*audit.Day, error) {
	d, err := c.s.o.Audit.Day(c.context(), date)
	switch {
	case errors.Is(err, reader.ErrReading):
		return nil, later(http.StatusServiceUnavailable, "audit_reading", auditPauseS, "The journal is being read for this day. Ask again in a moment.")
	case errors.Is(err, reader.ErrNoDay):
		return nil, refuse(http.StatusNotFound, "audit_no_day", "The journal does not hold %s: the branch had no day then, or its records were cut. Ask about another day.", date)
	case err != nil:
		return nil, err
	case len(d.Acts) == 0:
		return d, nil
	}
	first, last := d.Acts[0].At, max(d.Acts[len(d.Acts)-1].At, c.nowOn(date))
	looks, err := c.s.o.People.Looks("", first+d.OffsetS, last+d.OffsetS, auditLooks)
	if err != nil {
		return nil, err
	}
	for _, one := range slices.Backward(looks) { // they come newest first
		d.Reveal(one.At-d.OffsetS, actorOf(one), scheduler.PersonID(one.Person), scheduler.ReasonCode(one.Why))
	}
	return d, nil
}

// nowOn is the present moment when the day is the branch's present one: a name may have
// been looked at since the last record.
func (c *call) nowOn(date calendar.Date) scheduler.Time {
	if c.state().Floor.Day.Date != date {
		return 0
	}
	return c.s.o.Branch.Now()
}

// actorOf is who looked, as getPerson wrote it down.
func actorOf(one people.Look) (by scheduler.Actor) {
	role, id, _ := strings.Cut(one.Actor, ":")
	if by.Role.UnmarshalText([]byte(role)) == nil {
		by.ID, _ = strconv.ParseInt(id, 10, 64) // none stays 0
	}
	return by
}

func getAudit(c *call) (reply, error) {
	q, err := c.auditQuery("after")
	if err != nil {
		return reply{}, err
	}
	d, err := c.auditDay(q.date)
	if err != nil {
		return reply{}, err
	}
	q.Limit = auditPage
	acts, more := d.Choose(q.Filter)
	v := auditView{Day: q.date, Acts: make([]auditAct, len(acts)), More: more, Next: q.After, Partial: d.Partial, OffsetS: d.OffsetS}
	for i, a := range acts {
		v.Acts[i].Act, v.Next = a, a.Seq
		v.Acts[i].Visits, v.Acts[i].VisitsMore = few(a.Visits, q.Number)
		v.Acts[i].Passed, v.Acts[i].PassedMore = few(a.Passed, q.Number)
	}
	return ok(v)
}

// few are the first visits of an act, and the one that was asked for among them.
func few(parts []audit.Part, number string) (list []audit.Part, more int) {
	if len(parts) <= auditVisits {
		return parts, 0
	}
	list = parts[:auditVisits:auditVisits]
	asked := func(p audit.Part) bool { return number != "" && strings.EqualFold(p.Number, number) }
	if i := slices.IndexFunc(parts, asked); i >= auditVisits {
		list = append([]audit.Part{parts[i]}, list[:auditVisits-1]...)
	}
	return list, len(parts) - auditVisits
}

func getAuditCSV(c *call) (reply, error) {
	q, err := c.auditQuery("lang", "separator")
	if err != nil {
		return reply{}, err
	}
	form, err := separatorOf(q.values)
	if err != nil {
		return reply{}, err
	}
	lang := q.values.Get("lang")
	if lang != "" && lang != "id" && lang != "en" {
		return reply{}, badField(http.StatusBadRequest, "bad_field", "lang", "lang is id or en.")
	}
	words, err := c.s.words()
	if err != nil {
		return reply{}, err
	}
	d, err := c.auditDay(q.date)
	if err != nil {
		return reply{}, err
	}
	acts, _ := d.Choose(q.Filter)
	say := saying{words: words, english: lang == "en", officer: c.officerName, desk: c.isDesk}
	var b bytes.Buffer
	if err := sheets.CSV(&b, say.acts(acts, d.OffsetS, c.state().Floor.Policy.Calendar.Zone), form); err != nil {
		return reply{}, err
	}
	return c.download(b.Bytes(), "text/csv; charset=utf-8", "lapak-audit-"+q.date.String()+".csv")
}
