package sheets

import (
	"bytes"
	"encoding/csv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

var table = Table{
	Name:    "Per petugas: [1/2] dan seterusnya yang panjang",
	Notes:   []string{"Laporan", "2 sampai 6 Maret"},
	Columns: []Column{{Title: "Petugas", Text: true}, {Title: "Klaim"}, {Title: "Tunggu, menit", Decimals: 1}, {Title: "Terisi", Percent: true}},
	Rows: [][]Cell{
		{Text(`=HYPERLINK("http://x";"y")`), Number(12), Number(7.25), Number(80)},
		{Text("Ayu; \"Sari\",\nDewi"), Number(1234), Nothing, Number(0)},
	},
	Total: []Cell{Text("Semua"), Number(1246), Number(-3.5), Nothing},
}

func TestCSVIsReadBackAndRunsNothing(t *testing.T) {
	var b bytes.Buffer
	if err := CSV(&b, table, Form{}); err != nil {
		t.Fatal(err)
	}
	plain, ok := strings.CutPrefix(b.String(), "\ufeff")
	if !ok {
		t.Error("Excel needs the mark of UTF-8")
	}
	rows, err := csv.NewReader(strings.NewReader(plain)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	want := [][]string{{"Petugas", "Klaim", "Tunggu, menit", "Terisi"},
		{`'=HYPERLINK("http://x";"y")`, "12", "7.2", "80"}, {"Ayu; \"Sari\",\nDewi", "1234", "", "0"}, {"Semua", "1246", "-3.5", ""}}
	for y := range want {
		if strings.Join(rows[y], "|") != strings.Join(want[y], "|") {
			t.Errorf("row %d is %q, want %q", y, rows[y], want[y])
		}
	}
	for _, start := range []string{"=1", "+1", "-1", "@x", "\t=1", "\r=1", "|x", "%x"} {
		if got := harmless(start); got != "'"+start {
			t.Errorf("%q became %q", start, got)
		}
	}
	if len(table.Rows) != 2 {
		t.Error("writing changed the table")
	}
}

func TestCSVForIndonesianExcel(t *testing.T) {
	var b bytes.Buffer
	if err := CSV(&b, table, Form{Semicolon: true}); err != nil {
		t.Fatal(err)
	}
	r := csv.NewReader(strings.NewReader(strings.TrimPrefix(b.String(), "\ufeff")))
	r.Comma = ';'
	rows, err := r.ReadAll()
	if err != nil || rows[1][2] != "7,2" || rows[0][2] != "Tunggu, menit" || rows[3][2] != "-3,5" {
		t.Errorf("%q, %v", rows, err)
	}
}

func TestAWorkbookHoldsNumbersAndTexts(t *testing.T) {
	var b bytes.Buffer
	if err := Workbook(&b, table, Table{Name: "", Columns: table.Columns[:1], Rows: [][]Cell{{Text("x")}}}); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(&b)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	names := f.GetSheetList()
	if len(names) != 2 || names[0] != "Per petugas   1 2  dan seterusn" || names[1] != "2" {
		t.Fatalf("sheets %q", names)
	}
	for at, want := range map[string]string{"A1": "Laporan", "A4": "Petugas", "A5": `=HYPERLINK("http://x";"y")`, "B6": "1,234", "C5": "7.3", "D5": "80 %", "A7": "Semua", "B7": "1,246", "C6": ""} {
		if got, err := f.GetCellValue(names[0], at); err != nil || got != want {
			t.Errorf("%s is %q, want %q (%v)", at, got, want, err)
		}
	}
	if formula, _ := f.GetCellFormula(names[0], "A5"); formula != "" {
		t.Errorf("the name became the formula %q", formula)
	}
	if kind, _ := f.GetCellType(names[0], "B5"); kind != excelize.CellTypeNumber && kind != excelize.CellTypeUnset {
		t.Errorf("a number is stored as %v", kind)
	}
}
