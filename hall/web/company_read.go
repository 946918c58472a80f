package web

import (
	"encoding/csv"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode"

	"lapak/hall/people"
	"lapak/scheduler"
	"lapak/scheduler/procedure"
)

// A company's list as a table: the first line names the columns, each other line is
// one worker. It comes line by line, so that every complaint names the line that the
// sender sees, and nothing of it is ever said back: it is who people are.

const (
	// maxCompanyLines bounds one list: two days of a branch's companies. A longer one
	// is sent in parts under the same number.
	maxCompanyLines = 500
	// maxCompanyFaults bounds what is said of one line.
	maxCompanyFaults = 6
)

// listFault is one thing that is wrong in one cell.
type listFault struct {
	Column int    `json:"column,omitempty"` // from 1; 0: the whole line
	Field  string `json:"field,omitempty"`  // the column's name in the list
	Code   string `json:"code"`
	Detail string `json:"detail"` // with the way out
}

// worker is one line as it was read.
type worker struct {
	line   int // from 1
	person people.Person
	claim  scheduler.NewClaim
	faults []listFault
}

func (w *worker) fault(c cell, code, format string, args ...any) {
	if len(w.faults) < maxCompanyFaults {
		w.faults = append(w.faults, listFault{Column: c.at, Field: c.name, Code: code, Detail: fmt.Sprintf(format, args...)})
	}
}

// cell is where a column stands and what the list calls it.
type cell struct {
	at   int // from 1; 0: there is none
	name string
}

// companyColumns are the columns that are read, by the names that companies give them.
var companyColumns = map[string]string{
	"nama": "name", "namalengkap": "name", "namapekerja": "name", "namatenagakerja": "name", "name": "name",
	"nik": "nik", "noktp": "nik", "nomorktp": "nik", "ktp": "nik", "nonik": "nik",
	"paspor": "passport", "passport": "passport", "nopaspor": "passport",
	"kpj": "kpj", "nokpj": "kpj", "nomorkpj": "kpj", "nopeserta": "kpj", "nomorpeserta": "kpj", "membership": "kpj",
	"telepon": "phone", "telp": "phone", "notelp": "phone", "hp": "phone", "nohp": "phone", "nomorhp": "phone", "handphone": "phone", "phone": "phone",
	"alasan": "reason", "alasanklaim": "reason", "sebab": "reason", "reason": "reason",
}

// companyReasons are words for a reason beside its code: what a company's letter says.
var companyReasons = map[string]procedure.Reason{
	"": procedure.ReasonPHK, "phk": procedure.ReasonPHK, "pkwt": procedure.ReasonPKWT, "kontrakberakhir": procedure.ReasonPKWT, "habiskontrak": procedure.ReasonPKWT,
	"resign": procedure.ReasonResign, "mengundurkandiri": procedure.ReasonResign, "pensiun": procedure.ReasonPKB, "usia56": procedure.ReasonAge56,
}

// bare is a heading or a word without what people write differently.
func bare(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}

// companyTable is the list's head: the sign between cells and the known columns.
type companyTable struct {
	comma   rune
	width   int
	columns map[string]cell
	ignored []string // names of columns that are not read
}

// readHead finds the columns. The sign is the one that parts the head most often:
// spreadsheets here write semicolons, others commas.
func readHead(line string) (companyTable, *listFault) {
	line = strings.TrimPrefix(line, "\ufeff")
	t := companyTable{columns: map[string]cell{}, ignored: []string{}, comma: ','}
	for _, sign := range []rune{';', '\t'} {
		if strings.Count(line, string(sign)) > strings.Count(line, string(t.comma)) {
			t.comma = sign
		}
	}
	cells, fault := t.split(line)
	if fault != nil {
		return t, fault
	}
	t.width = len(cells)
	for i, text := range cells {
		name, known := companyColumns[bare(text)]
		if text = strings.TrimSpace(text); !known {
			if text != "" {
				t.ignored = append(t.ignored, cut(text, maxFieldName))
			}
			continue
		}
		if first, again := t.columns[name]; again {
			t.ignored = []string{}
			return t, &listFault{Column: i + 1, Field: text, Code: "column_twice",
				Detail: fmt.Sprintf("Columns %d and %d both hold the %s. Remove one of them.", first.at, i+1, name)}
		}
		t.columns[name] = cell{i + 1, text}
	}
	_, nik := t.columns["nik"]
	_, passport := t.columns["passport"]
	if _, named := t.columns["name"]; !named || (!nik && !passport) {
		t.ignored = []string{} // it may be a worker's line, and then these are who they are
		return t, &listFault{Code: "columns_missing",
			Detail: "The first line must name the columns, among them nama and nik (or paspor); kpj, telepon and alasan are read too. Add that line, or name the columns so."}
	}
	return t, nil
}

// split parts one line into cells.
func (t *companyTable) split(line string) ([]string, *listFault) {
	r := csv.NewReader(strings.NewReader(line))
	r.Comma, r.FieldsPerRecord, r.TrimLeadingSpace = t.comma, -1, t.comma != '\t'
	cells, err := r.Read()
	var broken *csv.ParseError
	switch {
	case errors.As(err, &broken):
		at := broken.Column - 1
		if errors.Is(broken.Err, csv.ErrQuote) { // noticed at the end: what opened last is to blame
			at = strings.LastIndexByte(line, '"')
		}
		return nil, &listFault{Column: strings.Count(line[:min(max(at, 0), len(line))], string(t.comma)) + 1, Code: "quotes",
			Detail: "The quotation marks of this line do not match. Remove them, or write each one inside a cell twice."}
	case err != nil:
		return []string{}, nil // an empty line
	}
	return cells, nil
}

// readWorkers reads every line below the head. Empty lines are no workers.
func readWorkers(lines []people.Secret, now int64) (companyTable, []*worker, *listFault) {
	t, fault := readHead(lines[0].Plain())
	if fault != nil {
		return t, nil, fault
	}
	var list []*worker
	seen := map[string]int{}
	for i, line := range lines[1:] {
		cells, fault := t.split(strings.TrimRight(line.Plain(), "\r"))
		if fault == nil && !slices.ContainsFunc(cells, func(s string) bool { return strings.TrimSpace(s) != "" }) {
			continue
		}
		w := &worker{line: i + 2}
		list = append(list, w)
		if fault != nil {
			w.faults = append(w.faults, *fault)
			continue
		}
		t.fill(w, cells, now)
		number := string(w.person.IDType) + bare(w.person.IDNumber.Plain())
		if first, again := seen[number]; again && !w.person.IDNumber.Empty() {
			w.fault(t.idCell(w), "twice_in_list", "This number stands in line %d already. Remove one of the two lines.", first)
		} else {
			seen[number] = w.line
		}
	}
	return t, list, nil
}

// idCell is the column that the worker's document was read from.
func (t *companyTable) idCell(w *worker) cell {
	if w.person.IDType == people.Passport {
		return t.columns["passport"]
	}
	return t.columns["nik"]
}

// fill reads the cells of one worker.
func (t *companyTable) fill(w *worker, cells []string, now int64) {
	if len(cells) > t.width {
		w.fault(cell{at: t.width + 1}, "too_many_cells", "This line has %d cells and the first line %d. Put cells that hold the sign %q into quotation marks.", len(cells), t.width, string(t.comma))
		return
	}
	get := func(column string) string {
		if c := t.columns[column]; c.at > 0 && c.at <= len(cells) {
			return strings.TrimSpace(cells[c.at-1])
		}
		return ""
	}
	p := people.Person{IDType: people.NIK, IDNumber: people.NewSecret(strings.TrimPrefix(get("nik"), "'")), Name: people.NewSecret(get("name")), Phone: people.NewSecret(get("phone"))}
	if p.IDNumber.Empty() && get("passport") != "" {
		p.IDType, p.IDNumber = people.Passport, people.NewSecret(get("passport"))
	}
	if kpj := strings.TrimPrefix(get("kpj"), "'"); kpj != "" {
		p.Memberships = []people.Secret{people.NewSecret(kpj)}
	}
	if p.Name.Empty() {
		w.fault(t.columns["name"], "name_missing", "The name is missing. Write it as on the KTP.")
	}
	rounded := false
	for _, column := range []string{"nik", "kpj"} {
		if text := strings.ToUpper(get(column)); strings.Contains(text, "E+") {
			rounded = true
			w.fault(t.columns[column], "number_rounded", "The spreadsheet has rounded this number, so its last digits are lost. Make the column text, enter the number again and save anew.")
		}
	}
	if _, _, err := people.Validate(p, now); err != nil && !rounded {
		t.complain(w, p, err)
	}
	w.person, w.claim = p, scheduler.NewClaim{Programme: procedure.JHT}
	reason := get("reason")
	code, known := companyReasons[bare(reason)]
	if !known && slices.Contains(jhtReasons, procedure.Reason(reason)) {
		code, known = procedure.Reason(reason), true
	}
	if !known {
		w.fault(t.columns["reason"], "bad_reason", "This reason is not known. Write phk, pkwt, resign or pensiun, a code such as jht_phk, or leave it empty for phk.")
	}
	w.claim.Reason = code
}

// jhtReasons are the codes that a list may hold.
var jhtReasons = slices.Sorted(maps.Values(companyReasons))

// complain puts what the vault refuses beside the column that it was read from.
func (t *companyTable) complain(w *worker, p people.Person, err error) {
	var fields people.FieldErrors
	if !errors.As(err, &fields) {
		w.fault(cell{}, "bad_line", "This line cannot be read. Write it again.")
		return
	}
	for _, f := range fields {
		at := t.columns["name"]
		switch {
		case f.Field == "phone":
			at = t.columns["phone"]
		case strings.HasPrefix(f.Field, "memberships"):
			at = t.columns["kpj"]
		case f.Field == "id_number" && p.IDType == people.Passport:
			at = t.columns["passport"]
		case f.Field == "id_number":
			at = t.columns["nik"]
		}
		w.fault(at, f.Code, "%s.", strings.ToUpper(f.Reason[:1])+f.Reason[1:])
	}
}
