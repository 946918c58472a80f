package web

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"lapak/hall/ledger"
	"lapak/hall/sheets"
	"lapak/scheduler"
	"lapak/scheduler/calendar"
	"lapak/scheduler/report"
)

// Reports is what the routes need of the kept days.
type Reports interface {
	Report(ctx context.Context, from, to calendar.Date, by report.By) (report.Report, error)
	Kept() ledger.Kept
	Versions(ctx context.Context) ([]ledger.Version, error)
	PolicyOf(version int) (*scheduler.Policy, error)
}

func (s *Server) aboutReports() []route {
	return []route{
		{method: get, path: api + "/reports", allow: leading | observer, kind: read, task: plain(getReport)},
		{method: get, path: api + "/reports.csv", allow: leading | observer, kind: read, task: plain(getReportCSV)},
		{method: get, path: api + "/reports.xlsx", allow: leading | observer, kind: read, task: plain(getReportWorkbook)},
	}
}

// reportPauseS is when a journal that is being read may be done: a year takes about
// a minute, a start reads a day at most.
const reportPauseS = 5

// comparison is the same figures of another period.
type comparison struct {
	From         calendar.Date       `json:"from"`
	To           calendar.Date       `json:"to"`
	Days         int                 `json:"days"` // with facts
	Total        report.Figures      `json:"total"`
	Fairness     report.Fairness     `json:"fairness"`
	Multiplier   report.Multiplier   `json:"multiplier"`
	Satisfaction report.Satisfaction `json:"satisfaction"`
}

type reportView struct {
	report.Report
	At      int64       `json:"at"` // branch time: today's figures are as of then
	Kept    ledger.Kept `json:"kept"`
	Compare *comparison `json:"compare"` // null when it was not asked for
}

func getReport(c *call) (reply, error) {
	q, err := c.reportQuery("compare_from", "compare_to")
	if err != nil {
		return reply{}, err
	}
	at := c.s.o.Branch.Now()
	r, err := c.report(q.from, q.to, q.by)
	if err != nil {
		return reply{}, err
	}
	v := reportView{Report: r, At: at, Kept: c.s.o.Reports.Kept()}
	if q.values.Has("compare_from") || q.values.Has("compare_to") {
		if v.Compare, err = c.compare(q.values); err != nil {
			return reply{}, err
		}
	}
	return ok(v)
}

func (c *call) compare(values url.Values) (*comparison, error) {
	from, to, err := period(values, "compare_from", "compare_to")
	if err != nil {
		return nil, err
	}
	r, err := c.report(from, to, report.ByDay)
	if err != nil {
		return nil, err
	}
	return &comparison{From: from, To: to, Days: len(r.Days), Total: r.Total, Fairness: r.Fairness, Multiplier: r.Multiplier, Satisfaction: r.Satisfaction}, nil
}

func (c *call) report(from, to calendar.Date, by report.By) (report.Report, error) {
	r, err := c.s.o.Reports.Report(c.context(), from, to, by)
	if errors.Is(err, ledger.ErrReading) {
		return r, later(http.StatusServiceUnavailable, "reports_reading", reportPauseS,
			"The journal is being read for the reports. Ask again in a moment.")
	}
	return r, err
}

// reportQuery is which report is asked for.
type reportQuery struct {
	values   url.Values
	from, to calendar.Date
	by       report.By
}

func (c *call) reportQuery(more ...string) (q reportQuery, err error) {
	if q.values, err = c.query(append([]string{"from", "to", "by"}, more...)...); err != nil {
		return q, err
	}
	if q.from, q.to, err = period(q.values, "from", "to"); err != nil {
		return q, err
	}
	q.by = report.ByDay
	if q.values.Has("by") {
		q.by = report.By(q.values.Get("by"))
		if !slices.Contains(report.Bys(), q.by) {
			return q, badField(http.StatusBadRequest, "bad_field", "by", "A report is divided by one of %v.", report.Bys())
		}
	}
	return q, nil
}

// period reads the first and the last day of a period.
func period(values url.Values, first, last string) (from, to calendar.Date, err error) {
	for _, x := range []struct {
		name string
		to   *calendar.Date
	}{{first, &from}, {last, &to}} {
		if *x.to, err = calendar.Parse(values.Get(x.name)); err != nil {
			return 0, 0, badField(http.StatusBadRequest, "bad_field", x.name, "%s must be a date such as 2026-03-02.", x.name)
		}
	}
	if to < from {
		return 0, 0, badField(http.StatusBadRequest, "bad_period", last, "The period ends on %s, before it begins on %s.", to, from)
	}
	if days := int(to-from) + 1; days > ledger.MaxPeriodDays {
		return 0, 0, badField(http.StatusBadRequest, "period_too_long", last, "The period has %d days; a report covers %d at most. Ask for a shorter one.", days, ledger.MaxPeriodDays)
	}
	return from, to, nil
}

// reportTables makes the tables of a report, in the language that is asked for.
func (c *call) reportTables(q reportQuery) (report.Report, []sheets.Table, error) {
	lang := q.values.Get("lang")
	if lang != "" && lang != "id" && lang != "en" {
		return report.Report{}, nil, badField(http.StatusBadRequest, "bad_field", "lang", "lang is id or en.")
	}
	words, err := c.s.words()
	if err != nil {
		return report.Report{}, nil, err
	}
	r, err := c.report(q.from, q.to, q.by)
	if err != nil {
		return r, nil, err
	}
	say := saying{words: words, english: lang == "en", officer: c.officerName, desk: c.isDesk}
	return r, say.tables(&r), nil
}

// officerName is how an officer is called on staff screens.
func (c *call) officerName(id string) string {
	n, err := strconv.Atoi(id)
	if err != nil {
		return id
	}
	if a, err := c.s.o.Access.Account(n); err == nil {
		if a.Display != "" {
			return a.Display
		}
		return a.Name
	}
	return ""
}

func getReportCSV(c *call) (reply, error) {
	q, err := c.reportQuery("lang", "separator")
	if err != nil {
		return reply{}, err
	}
	form, err := separatorOf(q.values)
	if err != nil {
		return reply{}, err
	}
	r, tables, err := c.reportTables(q)
	if err != nil {
		return reply{}, err
	}
	var b bytes.Buffer
	if err := sheets.CSV(&b, tables[partsTable], form); err != nil {
		return reply{}, err
	}
	return c.download(b.Bytes(), "text/csv; charset=utf-8", reportName(&r, "csv"))
}

// separatorOf is how a file's values are separated.
func separatorOf(values url.Values) (sheets.Form, error) {
	switch values.Get("separator") {
	case "", "comma":
		return sheets.Form{}, nil
	case "semicolon":
		return sheets.Form{Semicolon: true}, nil
	}
	return sheets.Form{}, badField(http.StatusBadRequest, "bad_field", "separator", "separator is comma or semicolon.")
}

func getReportWorkbook(c *call) (reply, error) {
	q, err := c.reportQuery("lang")
	if err != nil {
		return reply{}, err
	}
	r, tables, err := c.reportTables(q)
	if err != nil {
		return reply{}, err
	}
	var b bytes.Buffer
	if err := sheets.Workbook(&b, tables...); err != nil {
		return reply{}, err
	}
	return c.download(b.Bytes(), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", reportName(&r, "xlsx"))
}

func reportName(r *report.Report, ext string) string {
	return fmt.Sprintf("lapak-%s--%s-%s.%s", r.From, r.To, r.By, ext)
}

// download sends a file under a name.
func (c *call) download(body []byte, kind, name string) (reply, error) {
	h := c.w.Header()
	h.Set("Content-Type", kind)
	h.Set("Content-Length", strconv.Itoa(len(body)))
	h.Set("Content-Disposition", `attachment; filename="`+name+`"`)
	c.w.WriteHeader(http.StatusOK)
	_, _ = c.w.Write(body) // whoever does not read it has left
	return reply{written: true}, nil
}
