package sheets

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// node is an element as it was written, in the order in which it was written: the
// schemas of ECMA-376 are sequences, and Excel refuses a file that breaks them.
type node struct {
	XMLName xml.Name
	Attrs   []xml.Attr `xml:",any,attr"`
	Nodes   []node     `xml:",any"`
	Text    string     `xml:",chardata"`
}

func (n *node) attr(name string) string {
	for _, a := range n.Attrs {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

func (n *node) child(name string) *node {
	for i := range n.Nodes {
		if n.Nodes[i].XMLName.Local == name {
			return &n.Nodes[i]
		}
	}
	return &node{}
}

// sequences are the children that each element may have here, in the order of the schema
// (ECMA-376 part 1, sml.xsd and opc-relationships.xsd).
var sequences = map[string][]string{
	"workbook":   {"fileVersion", "workbookPr", "bookViews", "sheets", "definedNames", "calcPr"},
	"worksheet":  {"sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "mergeCells", "printOptions", "pageMargins", "pageSetup", "headerFooter"},
	"sheetPr":    {"tabColor", "outlinePr", "pageSetUpPr"},
	"sheetView":  {"pane", "selection"},
	"styleSheet": {"numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs"},
	"border":     {"left", "right", "top", "bottom", "diagonal"},
	"c":          {"f", "v", "is"},
	"xf":         {"alignment", "protection"},
	// One after another as Excel writes them; other readers take any order.
	"font": {"b", "i", "strike", "sz", "color", "name", "family", "scheme"},
}

// checkOrder reports children that their parent may not have, or not there.
func checkOrder(t *testing.T, where string, n *node) {
	t.Helper()
	if allowed, ok := sequences[n.XMLName.Local]; ok {
		last := -1
		for _, child := range n.Nodes {
			at := slices.Index(allowed, child.XMLName.Local)
			if at < 0 || at < last {
				t.Errorf("%s: <%s> within <%s> is not allowed there", where, child.XMLName.Local, n.XMLName.Local)
			}
			last = max(last, at)
		}
	}
	if count := n.attr("count"); count != "" && count != strconv.Itoa(len(n.Nodes)) {
		t.Errorf("%s: <%s> says %s and has %d", where, n.XMLName.Local, count, len(n.Nodes))
	}
	for i := range n.Nodes {
		checkOrder(t, where, &n.Nodes[i])
	}
}

// opened reads every part of the package.
func opened(t *testing.T, file []byte) map[string]*node {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	parts := map[string]*node{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		d := xml.NewDecoder(bytes.NewReader(body))
		root := &node{}
		if err := d.Decode(root); err != nil {
			t.Fatalf("%s: %v", f.Name, err)
		}
		if _, err := d.Token(); !errors.Is(err, io.EOF) {
			t.Errorf("%s: more follows its root: %v", f.Name, err)
		}
		if parts[f.Name] != nil {
			t.Errorf("%s is in the package twice", f.Name)
		}
		parts[f.Name] = root
	}
	return parts
}

// odd holds what people write: long and equal names, what XML and Excel forbid, and more
// columns than letters.
func odd() []Table {
	wide := Table{Name: "Per petugas", Columns: []Column{{Title: "Petugas", Text: true}}}
	row := []Cell{Text("tab\there, \x00\x0b <b>&amp;</b> \U0001F600")}
	for x := range 40 {
		wide.Columns = append(wide.Columns, Column{Title: fmt.Sprint("Kolom ", x), Decimals: x % 3, Percent: x%5 == 0})
		row = append(row, Number(float64(x)/4))
	}
	wide.Rows = [][]Cell{row}
	again := wide
	again.Name = "PER PETUGAS"
	return []Table{table, wide, again, {Name: table.Name, Columns: table.Columns, Rows: table.Rows}}
}

// TestAWorkbookKeepsToTheSchema reads a workbook as strictly as Excel does: parts, types
// and relations that name one another, elements in the order of the schema, cells in
// order, looks that exist, names of sheets that Excel takes.
func TestAWorkbookKeepsToTheSchema(t *testing.T) {
	var b bytes.Buffer
	if err := Workbook(&b, odd()...); err != nil {
		t.Fatal(err)
	}
	parts := opened(t, b.Bytes())
	for name, root := range parts {
		checkOrder(t, name, root)
	}
	types := parts["[Content_Types].xml"]
	for _, o := range types.Nodes {
		if name := o.attr("PartName"); name != "" && parts[strings.TrimPrefix(name, "/")] == nil {
			t.Errorf("a type is given for %s, which is not there", name)
		}
	}
	for name := range parts {
		if strings.HasPrefix(name, "xl/") && !strings.HasSuffix(name, ".rels") && !slices.ContainsFunc(types.Nodes, func(o node) bool { return o.attr("PartName") == "/"+name }) {
			t.Errorf("%s has no type", name)
		}
	}
	targets := map[string]string{}
	for from, file := range map[string]string{"": "_rels/.rels", "xl": "xl/_rels/workbook.xml.rels"} {
		for _, r := range parts[file].Nodes {
			target := path.Join(from, r.attr("Target"))
			if parts[target] == nil || targets[from+r.attr("Id")] != "" {
				t.Errorf("%s: relation %s to %s", file, r.attr("Id"), target)
			}
			targets[from+r.attr("Id")] = target
		}
	}
	looks := len(parts["xl/styles.xml"].child("cellXfs").Nodes)
	var names []string
	for _, s := range parts["xl/workbook.xml"].child("sheets").Nodes {
		name := strings.ToLower(s.attr("name"))
		if name == "" || len([]rune(name)) > 31 || strings.ContainsAny(name, `[]:*?/\`) || slices.Contains(names, name) {
			t.Errorf("no sheet may be named %q", s.attr("name"))
		}
		names = append(names, name)
		checkCells(t, targets["xl"+s.attr("id")], parts[targets["xl"+s.attr("id")]], looks)
	}
	if len(names) != len(odd()) {
		t.Errorf("%d sheets, want %d", len(names), len(odd()))
	}
	checkLooks(t, parts["xl/styles.xml"])
}

// checkCells holds rows and cells to their order, and each look to one that exists.
func checkCells(t *testing.T, where string, sheet *node, looks int) {
	t.Helper()
	y := 0
	for _, row := range sheet.child("sheetData").Nodes {
		n, err := strconv.Atoi(row.attr("r"))
		if err != nil || n <= y {
			t.Errorf("%s: row %q after row %d", where, row.attr("r"), y)
		}
		y = n
		for x, c := range row.Nodes {
			if want := letters(x) + row.attr("r"); c.attr("r") != want {
				t.Errorf("%s: cell %s where %s should be", where, c.attr("r"), want)
			}
			if s, err := strconv.Atoi(c.attr("s")); err != nil || s >= looks {
				t.Errorf("%s: %s has look %q of %d", where, c.attr("r"), c.attr("s"), looks)
			}
			text := c.attr("t") == "inlineStr"
			if _, err := strconv.ParseFloat(c.child("v").Text, 64); text == (c.child("is").XMLName.Local == "") || !text && c.child("v").XMLName.Local != "" && err != nil {
				t.Errorf("%s: %s is %+v", where, c.attr("r"), c)
			}
		}
	}
	last := 0
	for _, col := range sheet.child("cols").Nodes {
		low, _ := strconv.Atoi(col.attr("min"))
		high, _ := strconv.Atoi(col.attr("max"))
		if low <= last || high < low {
			t.Errorf("%s: columns %d to %d after %d", where, low, high, last)
		}
		last = high
	}
}

// letters names a column by counting: A, B … Z, AA. It shares nothing with columnName.
func letters(x int) string {
	name := ""
	for x++; x > 0; x = (x - 1) / 26 {
		name = string(rune('A'+(x-1)%26)) + name
	}
	return name
}

// checkLooks holds what a look refers to.
func checkLooks(t *testing.T, styles *node) {
	t.Helper()
	formats := map[string]bool{"0": true}
	for _, f := range styles.child("numFmts").Nodes {
		formats[f.attr("numFmtId")] = true
	}
	for i, xf := range styles.child("cellXfs").Nodes {
		for attr, list := range map[string]string{"fontId": "fonts", "fillId": "fills", "borderId": "borders", "xfId": "cellStyleXfs"} {
			if n, err := strconv.Atoi(xf.attr(attr)); err != nil || n >= len(styles.child(list).Nodes) {
				t.Errorf("look %d has %s %q of %d", i, attr, xf.attr(attr), len(styles.child(list).Nodes))
			}
		}
		if !formats[xf.attr("numFmtId")] {
			t.Errorf("look %d has number format %q, which is not there", i, xf.attr("numFmtId"))
		}
	}
}

// TestASpreadsheetReadsTheWorkbook asks a spreadsheet program that has nothing to do with
// this one, where it is installed.
func TestASpreadsheetReadsTheWorkbook(t *testing.T) {
	convert, err := exec.LookPath("ssconvert")
	if err != nil {
		t.Skip("ssconvert of Gnumeric is not installed")
	}
	dir := t.TempDir()
	f, err := os.Create(filepath.Join(dir, "in.xlsx"))
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(Workbook(f, odd()...), f.Close()); err != nil {
		t.Fatal(err)
	}
	if said, err := exec.Command(convert, "-S", "--export-type=Gnumeric_stf:stf_csv", f.Name(), filepath.Join(dir, "out-%n.csv")).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, said)
	}
	body, err := os.ReadFile(filepath.Join(dir, "out-0.csv"))
	if err != nil {
		t.Fatal(err)
	}
	r := csv.NewReader(bytes.NewReader(body))
	r.FieldsPerRecord = -1
	rows, err := r.ReadAll()
	if err != nil || len(rows) != 7 || rows[4][0] != `=HYPERLINK("http://x";"y")` || rows[4][2] != "7.25" || rows[5][1] != "1234" || rows[6][2] != "-3.5" {
		t.Errorf("it reads %q, %v", rows, err)
	}
	for i := range odd() {
		if _, err := os.Stat(filepath.Join(dir, fmt.Sprintf("out-%d.csv", i))); err != nil {
			t.Error(err)
		}
	}
}
