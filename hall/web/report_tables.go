package web

import (
	"strconv"
	"strings"

	"lapak/hall/sheets"
	"lapak/scheduler"
	"lapak/scheduler/report"
	"lapak/ui"
)

// words are what the screens say, for what leaves as a file.
func (s *Server) words() (map[string]ui.Word, error) { return s.said() }

// saying makes tables in one language.
type saying struct {
	words   map[string]ui.Word
	english bool
	officer func(id string) string
	desk    func(room scheduler.RoomID) bool // whether it is a side desk
}

// room is a room by its one name, as sayings.roomName has it.
func (s *saying) room(id scheduler.RoomID) string {
	if s.desk != nil && s.desk(id) {
		return s.say("words.side_desk") + " " + strconv.Itoa(int(id))
	}
	return s.say("words.room_no", "{n}", strconv.Itoa(int(id)))
}

// say is the text of a key, its {places} filled.
func (s *saying) say(key string, params ...string) string {
	w, there := s.words[key]
	if !there {
		return "[" + key + "]"
	}
	text := w.Indonesian
	if s.english {
		text = w.English
	}
	return strings.NewReplacer(params...).Replace(text)
}

// column is one column of figures: how it is called and what it shows. only lists
// the divisions that have it; none lists all.
type column struct {
	word     string
	decimals int
	percent  bool
	only     []report.By
	show     func(f *report.Figures) (n float64, filled bool)
}

const (
	minuteS = 60
	hourS   = 3600
)

func counted(of func(f *report.Figures) int) func(*report.Figures) (float64, bool) {
	return func(f *report.Figures) (float64, bool) { return float64(of(f)), true }
}

func minutesOf(of func(f *report.Figures) report.Spread, part func(s report.Spread) int64) func(*report.Figures) (float64, bool) {
	return func(f *report.Figures) (float64, bool) {
		s := of(f)
		return float64(part(s)) / minuteS, s.N > 0
	}
}

func shareOf(part, whole func(f *report.Figures) int64) func(*report.Figures) (float64, bool) {
	return func(f *report.Figures) (float64, bool) {
		w := whole(f)
		if w <= 0 {
			return 0, false
		}
		return float64(part(f)) * 100 / float64(w), true
	}
}

var (
	withSeats    = []report.By{report.ByDay, report.ByHour, report.ByRoom}
	withOfficers = []report.By{report.ByDay, report.ByHour, report.ByRoom, report.ByOfficer}
	waitOf       = func(f *report.Figures) report.Spread { return f.Wait }
	doorOf       = func(f *report.Figures) report.Spread { return f.Door }
	p50Of        = func(s report.Spread) int64 { return s.P50S }
	p90Of        = func(s report.Spread) int64 { return s.P90S }
	maxOf        = func(s report.Spread) int64 { return s.MaxS }
)

// reportColumns are the columns of every table of figures; their words are
// report_col.<word>, which the screen uses as well.
var reportColumns = []column{
	{word: "visits", show: counted(func(f *report.Figures) int { return f.Visits })},
	{word: "persons", show: counted(func(f *report.Figures) int { return f.Persons })},
	{word: "settled", show: counted(func(f *report.Figures) int { return f.Settled })},
	{word: "wait_p50", decimals: 1, show: minutesOf(waitOf, p50Of)},
	{word: "wait_p90", decimals: 1, show: minutesOf(waitOf, p90Of)},
	{word: "wait_max", decimals: 1, show: minutesOf(waitOf, maxOf)},
	{word: "in_promise", percent: true, decimals: 1, show: shareOf(func(f *report.Figures) int64 { return int64(f.InPromise) }, func(f *report.Figures) int64 { return int64(f.Wait.N) })},
	{word: "door_p50", decimals: 1, show: minutesOf(doorOf, p50Of)},
	{word: "door_p90", decimals: 1, show: minutesOf(doorOf, p90Of)},
	{word: "door_max", decimals: 1, show: minutesOf(doorOf, maxOf)},
	{word: "approved", show: counted(func(f *report.Figures) int { return f.Outcomes.Approved })},
	{word: "returned", show: counted(func(f *report.Figures) int { return f.Outcomes.Returned })},
	{word: "escalated", show: counted(func(f *report.Figures) int { return f.Outcomes.Escalated })},
	{word: "refused", show: counted(func(f *report.Figures) int { return f.Outcomes.Refused })},
	{word: "no_shows", show: counted(func(f *report.Figures) int { return f.NoShows })},
	{word: "missed", only: []report.By{report.ByDay, report.ByChannel, report.ByProgramme}, show: counted(func(f *report.Figures) int { return f.Missed })},
	{word: "left", show: counted(func(f *report.Figures) int { return f.Left })},
	{word: "carried", show: counted(func(f *report.Figures) int { return f.Carried })},
	{word: "overtaken", show: counted(func(f *report.Figures) int { return f.Overtaken })},
	{word: "fill", percent: true, decimals: 1, only: withSeats, show: shareOf(func(f *report.Figures) int64 { return f.TakenS }, func(f *report.Figures) int64 { return f.OfferS })},
	{word: "use", percent: true, decimals: 1, only: withOfficers, show: shareOf(func(f *report.Figures) int64 { return f.WithS }, func(f *report.Figures) int64 { return f.ShiftS })},
	{word: "hours", decimals: 1, only: withOfficers, show: func(f *report.Figures) (float64, bool) { return float64(f.ShiftS) / hourS, true }},
	{word: "rate", decimals: 2, only: withOfficers, show: func(f *report.Figures) (float64, bool) { return float64(f.RateX) / 100, f.ShiftS > 0 }},
}

// partsTable is the place of the division's own table among the tables.
const partsTable = 1

// tables are the sheets of a report: in short, by the division, and by day.
func (s *saying) tables(r *report.Report) []sheets.Table {
	list := []sheets.Table{s.inShort(r), s.figures(r, r.By, r.Rows)}
	if r.By != report.ByDay {
		list = append(list, s.figures(r, report.ByDay, r.Days))
	}
	return append(list, s.survey(r))
}

func (s *saying) notes(r *report.Report) []string {
	notes := []string{s.say("report_file.title"), s.say("report_file.period", "{from}", r.From.String(), "{to}", r.To.String(), "{n}", strconv.Itoa(len(r.Days)))}
	if !r.Preliminary.IsZero() {
		notes = append(notes, s.say("report_file.preliminary", "{date}", r.Preliminary.String()))
	}
	return notes
}

func (s *saying) figures(r *report.Report, by report.By, rows []report.Row) sheets.Table {
	t := sheets.Table{Name: s.say("report_by." + string(by)), Notes: s.notes(r), Columns: []sheets.Column{{Title: s.say("report_by." + string(by)), Text: true}}}
	var columns []column
	for _, c := range reportColumns {
		if has(c.only, by) {
			columns = append(columns, c)
			t.Columns = append(t.Columns, sheets.Column{Title: s.say("report_col." + c.word), Decimals: c.decimals, Percent: c.percent})
		}
	}
	line := func(key string, f *report.Figures) []sheets.Cell {
		cells := []sheets.Cell{sheets.Text(key)}
		for _, c := range columns {
			if n, filled := c.show(f); filled {
				cells = append(cells, sheets.Number(n))
			} else {
				cells = append(cells, sheets.Nothing)
			}
		}
		return cells
	}
	for i := range rows {
		t.Rows = append(t.Rows, line(s.key(by, rows[i].Key), &rows[i].Figures))
	}
	t.Total = line(s.say("report.total"), &r.Total)
	return t
}

func has(only []report.By, by report.By) bool {
	for _, b := range only {
		if b == by {
			return true
		}
	}
	return len(only) == 0
}

// key is how a part of a period is called.
func (s *saying) key(by report.By, key string) string {
	switch by {
	case report.ByHour:
		if len(key) == 1 {
			key = "0" + key
		}
		return key + s.say("report_file.hour")
	case report.ByOfficer:
		if name := s.officer(key); name != "" {
			return name
		}
		if key == "0" {
			return s.say("report.nobody")
		}
		return s.say("manager.officer_no", "{n}", key)
	case report.ByRoom:
		if key == "0" {
			return s.say("report.nowhere")
		}
		id, err := strconv.Atoi(key)
		if err != nil {
			return s.say("words.room_no", "{n}", key)
		}
		return s.room(scheduler.RoomID(id))
	case report.ByChannel:
		return s.say("channel." + key)
	}
	return key
}

// inShort is the sheet that a reader opens first.
func (s *saying) inShort(r *report.Report) sheets.Table {
	t := sheets.Table{Name: s.say("report_file.in_short"), Notes: s.notes(r),
		Columns: []sheets.Column{{Title: s.say("report_file.figure"), Text: true}, {Title: s.say("report_file.value"), Decimals: 2}}}
	add := func(title string, n float64, filled bool) {
		cell := sheets.Nothing
		if filled {
			cell = sheets.Number(n)
		}
		t.Rows = append(t.Rows, []sheets.Cell{sheets.Text(title), cell})
	}
	for _, c := range reportColumns {
		n, filled := c.show(&r.Total)
		title := s.say("report_col." + c.word)
		if c.percent {
			title += " (%)"
		}
		add(title, n, filled)
	}
	m, f := &r.Multiplier, &r.Fairness
	known := m.ValueX > 0
	add(s.say("report.multiplier"), float64(m.ValueX)/100, known)
	add(s.say("report.group_rate"), float64(m.GroupX)/100, m.GroupX > 0)
	add(s.say("report_basis."+string(m.Basis), "{n}", strconv.Itoa(m.SingleN)), float64(m.SingleX)/100, known)
	add(s.say("report.counter_rate"), float64(m.CounterX)/100, m.CounterX > 0)
	add(s.say("report.overtake_mx"), float64(f.OvertakeMx), true)
	add(s.say("report.overtake_bound"), float64(f.Bound), true)
	add(s.say("report.wait_singles"), float64(f.Singles.P50S)/minuteS, f.Singles.N > 0)
	add(s.say("report.wait_pairs"), float64(f.Pairs.P50S)/minuteS, f.Pairs.N > 0)
	add(s.say("report.wait_families"), float64(f.Families.P50S)/minuteS, f.Families.N > 0)
	add(s.say("report_file.survey_score"), float64(r.Satisfaction.Score)/100, r.Satisfaction.Score > 0)
	return t
}

// survey is the sheet of the nine items.
func (s *saying) survey(r *report.Report) sheets.Table {
	t := sheets.Table{Name: s.say("report.survey"), Notes: s.notes(r), Columns: []sheets.Column{{Title: s.say("report_file.survey_item"), Text: true}}}
	for i := range scheduler.SurveyTop {
		t.Columns = append(t.Columns, sheets.Column{Title: strconv.Itoa(i + 1)})
	}
	t.Columns = append(t.Columns, sheets.Column{Title: s.say("report_file.survey_n")}, sheets.Column{Title: s.say("report_file.survey_score"), Decimals: 2}, sheets.Column{Title: s.say("report_file.survey_class"), Text: true})
	for _, item := range r.Satisfaction.Items {
		cells := []sheets.Cell{sheets.Text(s.say("survey_item." + item.Item))}
		for _, n := range item.Answers {
			cells = append(cells, sheets.Number(float64(n)))
		}
		cells = append(cells, sheets.Number(float64(item.N)), sheets.Number(float64(item.Score)/100), sheets.Text(item.Class))
		t.Rows = append(t.Rows, cells)
	}
	return t
}
