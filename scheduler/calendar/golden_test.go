package calendar

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"testing"
)

var update = flag.Bool("update", false, "write the golden file anew")

// golden is what the calendar page shows of a year with one of everything, day by day.
// The page works the same out in the browser, and its test reads this file.
type golden struct {
	Calendar Calendar    `json:"calendar"`
	Days     []goldenDay `json:"days"`
}

type goldenDay struct {
	Date   Date   `json:"date"`
	Open   bool   `json:"open"`
	Why    Why    `json:"why"`
	Hours  Hours  `json:"hours"`
	Breaks []Span `json:"breaks"`
}

func TestGoldenYear(t *testing.T) {
	const path = "testdata/year.json"
	c := year2026()
	g := golden{Calendar: c}
	for date := MustParse("2026-02-01"); date <= MustParse("2026-04-30"); date++ {
		hours, open, why := c.HoursOn(date)
		g.Days = append(g.Days, goldenDay{date, open, why, hours, append([]Span{}, c.BreaksOn(date)...)})
	}
	want, err := json.Marshal(g)
	if err != nil {
		t.Fatal(err)
	}
	want = append(want, '\n')
	if *update {
		if err := os.WriteFile(path, want, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	have, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(have, want) {
		t.Errorf("%s is not what the calendar says; run go test ./scheduler/calendar -run Golden -update and node --test ui/manager", path)
	}
}
