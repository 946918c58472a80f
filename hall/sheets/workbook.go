package sheets

import (
	"archive/zip"
	"encoding/xml"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Widths of columns, in characters.
const (
	minWidth  = 9
	maxWidth  = 40
	textWidth = 24
)

// Workbook writes the tables as an XLSX file (ECMA-376), one sheet each: texts as
// inline texts, numbers with a look of their own. See docs/decisions for why it is
// written here.
func Workbook(w io.Writer, tables ...Table) error {
	z := zip.NewWriter(w)
	looks := &looks{}
	names := sheetNames(tables)
	parts := []part{
		{"[Content_Types].xml", contentTypes(len(tables))},
		{"_rels/.rels", relations(relation{"officeDocument", "xl/workbook.xml"})},
		{"xl/workbook.xml", workbook(names)},
		{"xl/_rels/workbook.xml.rels", workbookRelations(len(tables))},
	}
	for i, t := range tables {
		parts = append(parts, part{fmt.Sprintf("xl/worksheets/sheet%d.xml", i+1), sheet(t, looks)})
	}
	parts = append(parts, part{"xl/styles.xml", looks.xml()}) // last: the sheets say which are needed
	for _, p := range parts {
		f, err := z.Create(p.name)
		if err != nil {
			return err
		}
		if _, err := io.WriteString(f, xml.Header+p.body); err != nil {
			return err
		}
	}
	return z.Close()
}

type part struct{ name, body string }

const (
	mainSpace = `xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"`
	relSpace  = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	ofPackage = "http://schemas.openxmlformats.org/package/2006/"
	typeOf    = "application/vnd.openxmlformats-officedocument.spreadsheetml."
)

func contentTypes(sheets int) string {
	var b strings.Builder
	fmt.Fprintf(&b, `<Types xmlns="%scontent-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>`, ofPackage)
	b.WriteString(`<Default Extension="xml" ContentType="application/xml"/>`)
	fmt.Fprintf(&b, `<Override PartName="/xl/workbook.xml" ContentType="%ssheet.main+xml"/>`, typeOf)
	fmt.Fprintf(&b, `<Override PartName="/xl/styles.xml" ContentType="%sstyles+xml"/>`, typeOf)
	for i := range sheets {
		fmt.Fprintf(&b, `<Override PartName="/xl/worksheets/sheet%d.xml" ContentType="%sworksheet+xml"/>`, i+1, typeOf)
	}
	return b.String() + `</Types>`
}

type relation struct{ kind, target string }

func relations(list ...relation) string {
	var b strings.Builder
	fmt.Fprintf(&b, `<Relationships xmlns="%srelationships">`, ofPackage)
	for i, r := range list {
		fmt.Fprintf(&b, `<Relationship Id="r%d" Type="%s/%s" Target="%s"/>`, i+1, relSpace, r.kind, r.target)
	}
	return b.String() + `</Relationships>`
}

func workbookRelations(sheets int) string {
	var list []relation
	for i := range sheets {
		list = append(list, relation{"worksheet", fmt.Sprintf("worksheets/sheet%d.xml", i+1)})
	}
	return relations(append(list, relation{"styles", "styles.xml"})...)
}

func workbook(names []string) string {
	var b strings.Builder
	fmt.Fprintf(&b, `<workbook %s xmlns:r="%s"><sheets>`, mainSpace, relSpace)
	for i, name := range names {
		fmt.Fprintf(&b, `<sheet name="%s" sheetId="%d" r:id="r%d"/>`, escaped(name), i+1, i+1)
	}
	return b.String() + `</sheets></workbook>`
}

// longestName is how many characters Excel allows in the name of a sheet.
const longestName = 31

// sheetNames are the names of the sheets. No two are alike, in capitals or not: a reader
// leaves out the second, or refuses the file.
func sheetNames(tables []Table) []string {
	var names []string
	taken := map[string]bool{}
	for i, t := range tables {
		name := sheetName(t.Name, i)
		for n := 2; taken[strings.ToLower(name)]; n++ {
			end := fmt.Sprintf(" (%d)", n)
			first := []rune(sheetName(t.Name, i))
			name = strings.TrimSpace(string(first[:min(len(first), longestName-len(end))])) + end
		}
		taken[strings.ToLower(name)] = true
		names = append(names, name)
	}
	return names
}

// sheetName keeps to what Excel allows: none of []:*?/\, and not too long.
func sheetName(name string, i int) string {
	name = strings.Trim(strings.Map(func(r rune) rune {
		if strings.ContainsRune(`[]:*?/\`, r) {
			return ' '
		}
		return r
	}, name), " '")
	if utf8.RuneCountInString(name) > longestName {
		name = strings.TrimSpace(string([]rune(name)[:longestName]))
	}
	if name == "" {
		return strconv.Itoa(i + 1)
	}
	return name
}

// sheet is one table. Its titles stay in sight, and it prints on A4, lying.
func sheet(t Table, looks *looks) string {
	head := 1
	if len(t.Notes) > 0 {
		head = len(t.Notes) + 2
	}
	var b strings.Builder
	fmt.Fprintf(&b, `<worksheet %s><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><sheetViews><sheetView workbookViewId="0">`, mainSpace)
	fmt.Fprintf(&b, `<pane xSplit="1" ySplit="%d" topLeftCell="B%d" activePane="bottomRight" state="frozen"/></sheetView></sheetViews><cols>`, head, head+1)
	for x, c := range t.Columns {
		fmt.Fprintf(&b, `<col min="%d" max="%d" width="%d" customWidth="1"/>`, x+1, x+1, width(t, x, c))
	}
	b.WriteString(`</cols><sheetData>`)
	for i, note := range t.Notes {
		look := look{soft: true}
		if i == 0 {
			look.soft, look.title = false, true
		}
		row(&b, i+1, []Cell{Text(note)}, func(int, Cell) int { return looks.no(look) })
	}
	titles := make([]Cell, len(t.Columns))
	for x, c := range t.Columns {
		titles[x] = Text(c.Title)
	}
	row(&b, head, titles, func(int, Cell) int { return looks.no(look{bold: true, under: true}) })
	rows := t.Rows
	if t.Total != nil {
		rows = append(rows[:len(rows):len(rows)], t.Total)
	}
	for i, cells := range rows {
		total := t.Total != nil && i == len(rows)-1
		row(&b, head+1+i, cells, func(x int, cell Cell) int {
			l := look{bold: total, over: total}
			if cell.Filled {
				l.number = numberFormat(t.Columns[x])
			}
			return looks.no(l)
		})
	}
	b.WriteString(`</sheetData><pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/></worksheet>`) // 9 is A4
	return b.String()
}

// row writes cells. A text is kept as text, so that nothing is calculated.
func row(b *strings.Builder, y int, cells []Cell, look func(x int, c Cell) int) {
	fmt.Fprintf(b, `<row r="%d">`, y)
	for x, c := range cells {
		at := columnName(x) + strconv.Itoa(y)
		switch {
		case c.Filled:
			fmt.Fprintf(b, `<c r="%s" s="%d"><v>%s</v></c>`, at, look(x, c), strconv.FormatFloat(c.Number, 'f', -1, 64))
		case c.Text != "":
			fmt.Fprintf(b, `<c r="%s" s="%d" t="inlineStr"><is><t xml:space="preserve">%s</t></is></c>`, at, look(x, c), escaped(c.Text))
		default:
			fmt.Fprintf(b, `<c r="%s" s="%d"/>`, at, look(x, c))
		}
	}
	b.WriteString(`</row>`)
}

// columnName is A to Z, then AA.
func columnName(x int) string {
	if x < 26 {
		return string(rune('A' + x))
	}
	return columnName(x/26-1) + columnName(x%26)
}

func width(t Table, x int, c Column) int {
	if !c.Text {
		return min(maxWidth, max(minWidth, utf8.RuneCountInString(c.Title)*2/3+3)) // long titles wrap
	}
	width := textWidth
	for _, row := range t.Rows {
		width = min(maxWidth, max(width, utf8.RuneCountInString(row[x].Text)+2))
	}
	return width
}

func numberFormat(c Column) string {
	format := "#,##0"
	if c.Decimals > 0 {
		format += "." + strings.Repeat("0", c.Decimals)
	}
	if c.Percent {
		format += `" %"`
	}
	return format
}

// escaped is a text within XML; what XML cannot hold is left out.
func escaped(s string) string {
	var b strings.Builder
	if err := xml.EscapeText(&b, []byte(s)); err != nil {
		panic(err) // a builder takes everything
	}
	return b.String()
}

// look is how a cell looks.
type look struct {
	title, bold, soft bool
	under, over       bool // a line below, above
	number            string
}

// looks are the looks that a file needs, by number. The first is the plain one.
type looks struct{ list []look }

func (l *looks) no(one look) int {
	if len(l.list) == 0 {
		l.list = []look{{}}
	}
	if i := slices.Index(l.list, one); i >= 0 {
		return i
	}
	l.list = append(l.list, one)
	return len(l.list) - 1
}

// ownFormats is the first number of a format that is not Excel's own.
const ownFormats = 164

func (l *looks) xml() string {
	l.no(look{})
	var formats []string
	var b, cells strings.Builder
	for _, one := range l.list {
		format, font, border := 0, 0, 0
		if one.number != "" {
			if !slices.Contains(formats, one.number) {
				formats = append(formats, one.number)
			}
			format = ownFormats + slices.Index(formats, one.number)
		}
		switch {
		case one.title:
			font = 1
		case one.bold:
			font = 2
		case one.soft:
			font = 3
		}
		if one.under {
			border = 1
		} else if one.over {
			border = 2
		}
		wrap := ""
		if one.under {
			wrap = `<alignment wrapText="1" vertical="bottom"/>`
		}
		fmt.Fprintf(&cells, `<xf numFmtId="%d" fontId="%d" fillId="0" borderId="%d" xfId="0" applyNumberFormat="1" applyFont="1" applyBorder="1" applyAlignment="1">%s</xf>`, format, font, border, wrap)
	}
	fmt.Fprintf(&b, `<styleSheet %s>`, mainSpace)
	if len(formats) > 0 {
		fmt.Fprintf(&b, `<numFmts count="%d">`, len(formats))
		for i, f := range formats {
			fmt.Fprintf(&b, `<numFmt numFmtId="%d" formatCode="%s"/>`, ownFormats+i, escaped(f))
		}
		b.WriteString(`</numFmts>`)
	}
	b.WriteString(`<fonts count="4"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="14"/><name val="Calibri"/></font>` +
		`<font><b/><sz val="11"/><name val="Calibri"/></font><font><sz val="11"/><color rgb="FF465B60"/><name val="Calibri"/></font></fonts>` +
		`<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>` +
		`<borders count="3"><border><left/><right/><top/><bottom/></border>` +
		`<border><left/><right/><top/><bottom style="thin"><color rgb="FF6F8384"/></bottom></border>` +
		`<border><left/><right/><top style="thin"><color rgb="FF6F8384"/></top><bottom/></border></borders>` +
		`<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>`)
	fmt.Fprintf(&b, `<cellXfs count="%d">%s</cellXfs></styleSheet>`, len(l.list), cells.String())
	return b.String()
}
