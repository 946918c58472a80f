package sheets

import (
	"io"
	"strconv"
	"strings"
)

// Column is one column of a table.
type Column struct {
	Title    string
	Text     bool // its cells are texts
	Decimals int  // of its numbers
	Percent  bool // its numbers are shares from 0 to 100
}

// Cell is a text, a number, or nothing.
type Cell struct {
	Text   string
	Number float64
	Filled bool // with a number
}

// Text is a cell with a text.
func Text(s string) Cell { return Cell{Text: s} }

// Number is a cell with a number.
func Number(n float64) Cell { return Cell{Number: n, Filled: true} }

// Nothing is an empty cell.
var Nothing = Cell{}

// Table is one sheet. Every row has as many cells as there are columns.
type Table struct {
	Name    string   // of the sheet
	Notes   []string // lines above the columns, in a workbook only
	Columns []Column
	Rows    [][]Cell
	Total   []Cell // the last row; nil: none
}

// Form is how values are separated: Indonesian Excel expects a semicolon, and a
// comma within numbers.
type Form struct {
	Semicolon bool
}

// bom tells Excel that the file is UTF-8; without it accented names are garbled.
const bom = "\ufeff"

// CSV writes the table's columns, rows and total.
func CSV(w io.Writer, t Table, f Form) error {
	var b strings.Builder
	b.WriteString(bom)
	separator := ","
	if f.Semicolon {
		separator = ";"
	}
	line := func(cells []string) {
		for i, cell := range cells {
			if i > 0 {
				b.WriteString(separator)
			}
			b.WriteString(quoted(cell))
		}
		b.WriteString("\r\n")
	}
	titles := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		titles[i] = harmless(c.Title)
	}
	line(titles)
	rows := t.Rows
	if t.Total != nil {
		rows = append(rows[:len(rows):len(rows)], t.Total)
	}
	for _, row := range rows {
		cells := make([]string, len(row))
		for i, cell := range row {
			cells[i] = cell.plain(t.Columns[i], f)
		}
		line(cells)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func (c Cell) plain(column Column, f Form) string {
	if !c.Filled {
		return harmless(c.Text)
	}
	s := strconv.FormatFloat(c.Number, 'f', column.Decimals, 64)
	if f.Semicolon {
		s = strings.ReplaceAll(s, ".", ",")
	}
	return s
}

// harmless makes a text that a spreadsheet would calculate a mere text (OWASP, CSV
// injection): a name such as =HYPERLINK(…) must not run on the manager's machine.
func harmless(s string) string {
	if s != "" && strings.ContainsRune("=+-@\t\r\n|%", rune(s[0])) {
		return "'" + s
	}
	return s
}

// quoted puts a value between quotes where it needs them (RFC 4180). Both
// separators count, so that a file may be read either way.
func quoted(s string) string {
	if !strings.ContainsAny(s, ",;\"\r\n") {
		return s
	}
	return `"` + strings.ReplaceAll(s, `"`, `""`) + `"`
}
