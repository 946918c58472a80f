package calendar

import (
	"encoding/json"
	"errors"
	"reflect"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestDateAgreesWithTheStandardLibraryOnEveryDay(t *testing.T) {
	day := time.Date(1970, 1, 1, 0, 0, 0, 0, time.UTC)
	for date := MinDate; date <= MaxDate; date++ {
		year, month, number := date.YMD()
		if year != day.Year() || month != int(day.Month()) || number != day.Day() {
			t.Fatalf("day %d is %d-%d-%d, want %v", int32(date), year, month, number, day)
		}
		if back, err := NewDate(year, month, number); err != nil || back != date {
			t.Fatalf("%v came back as %v, %v", date, back, err)
		}
		if (int(date.Weekday())+1)%7 != int(day.Weekday()) {
			t.Fatalf("%v is %v, want %v", date, date.Weekday(), day.Weekday())
		}
		day = day.AddDate(0, 0, 1)
	}
	if MaxDate.String() != "9999-12-31" || MinDate.String() != "1970-01-01" {
		t.Fatalf("bounds are %v to %v", MinDate, MaxDate)
	}
}

func TestParseRefusesWhatIsNotADate(t *testing.T) {
	for text, want := range map[string]string{
		"":                        "write it as",
		"2026-3-2":                "write it as",
		"2026/03/02":              "write it as",
		"+026-03-02":              "write it as",
		"2026-03-0x":              "write it as",
		"2026-02-29":              "which has 28 days",
		"2026-13-01":              "month 13",
		"2026-00-01":              "month 0",
		"2026-01-00":              "day 0",
		"1969-12-31":              "year 1969",
		strings.Repeat("9", 1000): "…",
	} {
		if _, err := Parse(text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("Parse(%.20q) = %v, want an error with %q", text, err, want)
		}
	}
	if date, err := Parse("2024-02-29"); err != nil || date.String() != "2024-02-29" {
		t.Errorf("leap day: %v, %v", date, err)
	}
}

func TestDateTextRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		date := Date(rapid.Int32Range(int32(MinDate), int32(MaxDate)).Draw(t, "date"))
		data, err := json.Marshal(map[Date]Date{date: date})
		if err != nil {
			t.Fatal(err)
		}
		var back map[Date]Date
		if err := json.Unmarshal(data, &back); err != nil || back[date] != date {
			t.Fatalf("%s came back as %v, %v", data, back, err)
		}
	})
	if _, err := json.Marshal(MaxDate + 1); err == nil {
		t.Error("a date after 9999 was written")
	}
	var date Date
	if err := json.Unmarshal([]byte(`"2026-02-30"`), &date); err == nil {
		t.Error("30 February was read")
	}
}

func TestAddMonthsStopsAtTheEndOfAShortMonth(t *testing.T) {
	for _, row := range []struct {
		from   string
		months int
		want   string
	}{
		{"2026-01-31", 1, "2026-02-28"}, {"2024-01-31", 1, "2024-02-29"}, {"2026-12-15", 1, "2027-01-15"},
		{"2026-03-31", -1, "2026-02-28"}, {"2026-03-02", 0, "2026-03-02"}, {"1970-01-05", -1, "1970-01-01"},
		{"9999-12-05", 1, "9999-12-31"}, {"2026-03-02", 1 << 60, "9999-12-31"}, {"2026-03-02", -1 << 60, "1970-01-01"},
		{"2026-10-31", 1, "2026-11-30"}, {"2026-03-02", 24, "2028-03-02"},
	} {
		if got := MustParse(row.from).AddMonths(row.months); got.String() != row.want {
			t.Errorf("%s and %d months is %v, want %s", row.from, row.months, got, row.want)
		}
	}
}

func TestAddDaysNeverLeavesTheCalendar(t *testing.T) {
	if got := MustParse("2026-02-28").AddDays(1); got.String() != "2026-03-01" {
		t.Errorf("got %v", got)
	}
	if got := MaxDate.AddDays(1 << 62); got != MaxDate {
		t.Errorf("got %v", got)
	}
	if got := MinDate.AddDays(-1 << 62); got != MinDate {
		t.Errorf("got %v", got)
	}
}

func TestZonesAreFixedOffsets(t *testing.T) {
	hours := map[Zone]int{WIB: 7, WITA: 8, WIT: 9}
	rapid.Check(t, func(t *rapid.T) {
		zone := rapid.SampledFrom(Zones()).Draw(t, "zone")
		at := rapid.Int64Range(0, 200_000_000_000).Draw(t, "at")
		local := time.Unix(at, 0).In(time.FixedZone("", hours[zone]*3600))
		date, second := zone.DateOf(at), zone.SecondOfDay(at)
		if date.String() != local.Format("2006-01-02") || second != local.Hour()*3600+local.Minute()*60+local.Second() {
			t.Fatalf("%v at %d is %v %d, want %v", zone, at, date, second, local)
		}
		if back := zone.At(date, second); back != at {
			t.Fatalf("%d came back as %d", at, back)
		}
	})
	if WIB.DateOf(-1<<63) != MinDate || WIT.DateOf(1<<63-1) != MaxDate {
		t.Error("the ends of time are not held within the calendar")
	}
}

func TestZoneText(t *testing.T) {
	for _, zone := range Zones() {
		data, err := json.Marshal(zone)
		var back Zone = 99
		if err != nil || json.Unmarshal(data, &back) != nil || back != zone {
			t.Errorf("%v as %s came back as %v, %v", zone, data, back, err)
		}
	}
	if _, err := ParseZone("Europe/Berlin"); err == nil || !strings.Contains(err.Error(), "Asia/Makassar") {
		t.Errorf("an unknown zone must be answered with the known ones, got %v", err)
	}
	if _, err := json.Marshal(Zone(9)); err == nil {
		t.Error("an invalid zone was written")
	}
}

// year2026 has one of everything: a holiday on a Tuesday, joint leave the day after, Ramadan, a closed
// Thursday and an open Saturday.
func year2026() Calendar {
	c := Default()
	c.Holidays = []Date{MustParse("2026-03-03"), MustParse("2026-03-07")}
	c.JointLeave = []Date{MustParse("2026-03-04")}
	c.RamadanRanges = []Range{{From: MustParse("2026-02-19"), Until: MustParse("2026-03-19")}}
	c.Exceptions = []Exception{
		{Date: MustParse("2026-03-05")},
		{Date: MustParse("2026-03-07"), DayPlan: DayPlan{Open: true, Hours: Hours{GateS: 28800, OpenS: 28800, LastTicketS: 36000, CloseS: 39600}}},
	}
	return c
}

func TestHoursOnNamesTheRuleThatDecided(t *testing.T) {
	c := year2026()
	if err := c.Validate(); err != nil {
		t.Fatal(err)
	}
	for _, row := range []struct {
		date  string
		open  bool
		openS int
		why   Why
	}{
		{"2026-02-18", true, 27000, WhyWeekly},
		{"2026-02-19", true, 28800, WhyRamadan},
		{"2026-03-19", true, 28800, WhyRamadan},
		{"2026-03-20", true, 27000, WhyWeekly},
		{"2026-03-22", false, 0, WhyWeekly},
		{"2026-03-08", false, 0, WhyRamadan},
		{"2026-03-03", false, 0, WhyHoliday},
		{"2026-03-04", false, 0, WhyJointLeave},
		{"2026-03-05", false, 0, WhyException},
		{"2026-03-07", true, 28800, WhyException},
	} {
		hours, open, why := c.HoursOn(MustParse(row.date))
		if open != row.open || hours.OpenS != row.openS || why != row.why {
			t.Errorf("%s: %+v %v %v, want open %v from %d because %v", row.date, hours, open, why, row.open, row.openS, row.why)
		}
	}
}

func TestBreaksFollowTheWeekdayAndRamadan(t *testing.T) {
	c := year2026()
	for _, row := range []struct {
		date   string
		second int
		until  int
		ok     bool
	}{
		{"2026-03-30", 43199, 0, false}, {"2026-03-30", 43200, 46800, true}, {"2026-03-30", 46799, 46800, true}, {"2026-03-30", 46800, 0, false},
		{"2026-03-27", 41399, 0, false}, {"2026-03-27", 41400, 46800, true},
		{"2026-03-02", 43200, 45000, true}, {"2026-03-02", 45000, 0, false},
		{"2026-03-06", 41400, 45000, true}, {"2026-03-05", 43200, 0, false}, {"2026-03-29", 43200, 0, false},
	} {
		until, ok := c.BreakAt(MustParse(row.date), row.second)
		if until != row.until || ok != row.ok {
			t.Errorf("%s second %d: %d %v, want %d %v", row.date, row.second, until, ok, row.until, row.ok)
		}
	}
}

func TestWorkSecondsLeavesOutBreaksAndClosedHours(t *testing.T) {
	c := year2026()
	monday, sunday := MustParse("2026-03-30"), MustParse("2026-03-29")
	for _, row := range []struct {
		date        Date
		from, until int
		want        int
	}{
		{monday, 0, SecondsPerDay, 27000 - 3600}, {monday, 43200, 46800, 0}, {monday, 43000, 47000, 400},
		{monday, 50000, 40000, 0}, {monday, 54000, 60000, 0}, {sunday, 0, SecondsPerDay, 0}, {monday, 45000, 46801, 1},
	} {
		if got := c.WorkSeconds(row.date, row.from, row.until); got != row.want {
			t.Errorf("%v from %d to %d: %d, want %d", row.date, row.from, row.until, got, row.want)
		}
	}
}

func TestWorkingDaysCountFromTheNextOne(t *testing.T) {
	c := year2026()
	for _, row := range []struct {
		from string
		n    int
		want string
	}{
		{"2026-03-02", 0, "2026-03-02"}, {"2026-03-01", 0, "2026-03-01"}, {"2026-03-02", -3, "2026-03-02"},
		{"2026-03-27", 1, "2026-03-30"}, {"2026-03-28", 1, "2026-03-30"},
		// The 3rd is a holiday and the 4th joint leave; the 5th, closed by the branch alone, counts.
		{"2026-03-02", 1, "2026-03-05"}, {"2026-03-02", 2, "2026-03-06"},
		// The branch opens on Saturday the 7th, which still is no bank day.
		{"2026-03-06", 1, "2026-03-09"},
	} {
		if got := c.AddWorkingDays(MustParse(row.from), row.n); got.String() != row.want {
			t.Errorf("%s and %d working days is %v, want %s", row.from, row.n, got, row.want)
		}
	}
}

func TestWorkingDaysAddUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := year2026()
		start := MustParse("2026-02-01")
		for range rapid.IntRange(0, 10).Draw(t, "leave days") {
			c.JointLeave = append(c.JointLeave, start.AddDays(rapid.IntRange(0, 60).Draw(t, "leave")))
		}
		date := start.AddDays(rapid.IntRange(0, 60).Draw(t, "date"))
		a, b := rapid.IntRange(0, 15).Draw(t, "a"), rapid.IntRange(0, 15).Draw(t, "b")
		whole := c.AddWorkingDays(date, a+b)
		if parts := c.AddWorkingDays(c.AddWorkingDays(date, a), b); parts != whole {
			t.Fatalf("%v: %d then %d days is %v, together %v", date, a, b, parts, whole)
		}
		counted := 0
		for day := date + 1; day <= whole; day++ {
			if c.WorkingDay(day) {
				counted++
			}
		}
		if counted != a+b || (a+b > 0 && !c.WorkingDay(whole)) {
			t.Fatalf("%v to %v holds %d working days, want %d", date, whole, counted, a+b)
		}
	})
}

func TestNextOpenDay(t *testing.T) {
	c := year2026()
	if next, ok := c.NextOpenDay(MustParse("2026-03-02")); !ok || next.String() != "2026-03-06" {
		t.Errorf("got %v %v, want 2026-03-06 after a holiday, leave and a closure", next, ok)
	}
	if next, ok := c.NextOpenDay(MustParse("2026-03-06")); !ok || next.String() != "2026-03-07" {
		t.Errorf("got %v %v, want the open Saturday", next, ok)
	}
	if next, ok := (&Calendar{}).NextOpenDay(MustParse("2026-03-06")); ok {
		t.Errorf("a calendar that is never open gave %v", next)
	}
}

func TestValidateNamesTheField(t *testing.T) {
	day := MustParse("2026-03-02")
	for want, spoil := range map[string]func(*Calendar){
		"zone":                          func(c *Calendar) { c.Zone = 7 },
		"weekly.mon.gate_s":             func(c *Calendar) { c.Weekly.Mon.GateS = -1 },
		"weekly.tue.open_s":             func(c *Calendar) { c.Weekly.Tue.OpenS = 0 },
		"weekly.wed.last_ticket_s":      func(c *Calendar) { c.Weekly.Wed.LastTicketS = 100 },
		"weekly.thu.close_s":            func(c *Calendar) { c.Weekly.Thu.CloseS = 100 },
		"weekly.fri.close_s":            func(c *Calendar) { c.Weekly.Fri.CloseS = SecondsPerDay + 1 },
		"weekly.sat.open":               func(c *Calendar) { c.Weekly.Sat.CloseS = 1 },
		"weekly.sun.breaks":             func(c *Calendar) { c.Weekly.Sun.Breaks = []Span{{1, 2}} },
		"ramadan.mon.breaks":            func(c *Calendar) { c.Ramadan.Mon.Breaks = make([]Span, MaxBreaks+1) },
		"ramadan.mon.breaks[0].from_s":  func(c *Calendar) { c.Ramadan.Mon.Breaks = []Span{{1, 2}} },
		"ramadan.mon.breaks[0].until_s": func(c *Calendar) { c.Ramadan.Mon.Breaks = []Span{{40000, 80000}} },
		"ramadan.mon.breaks[1].from_s":  func(c *Calendar) { c.Ramadan.Mon.Breaks = []Span{{40000, 41000}, {41000, 42000}} },
		"ramadan.mon.breaks[1].until_s": func(c *Calendar) { c.Ramadan.Mon.Breaks = []Span{{40000, 41000}, {41001, 41001}} },
		"holidays[1]":                   func(c *Calendar) { c.Holidays = []Date{day, day} },
		"holidays":                      func(c *Calendar) { c.Holidays = make([]Date, MaxDates+1) },
		"joint_leave[0]":                func(c *Calendar) { c.JointLeave = []Date{0} },
		"ramadan_ranges":                func(c *Calendar) { c.RamadanRanges = make([]Range, MaxRanges+1) },
		"ramadan_ranges[0].from":        func(c *Calendar) { c.RamadanRanges = []Range{{}} },
		"ramadan_ranges[0].until":       func(c *Calendar) { c.RamadanRanges = []Range{{day, day - 1}} },
		"ramadan_ranges[1].until":       func(c *Calendar) { c.RamadanRanges = []Range{{day, day + 30}, {day, day + 31}} },
		"exceptions":                    func(c *Calendar) { c.Exceptions = make([]Exception, MaxDates+1) },
		"exceptions[0].date":            func(c *Calendar) { c.Exceptions = []Exception{{}} },
		"exceptions[0].reason":          func(c *Calendar) { c.Exceptions = []Exception{{Date: day, Reason: "because"}} },
		"exceptions[1].date":            func(c *Calendar) { c.Exceptions = []Exception{{Date: day}, {Date: day}} },
		"exceptions[0].close_s":         func(c *Calendar) { c.Exceptions = []Exception{{Date: day, DayPlan: DayPlan{Open: true}}} },
	} {
		c := Default()
		spoil(&c)
		var field *FieldError
		if err := c.Validate(); !errors.As(err, &field) || field.Field != want {
			t.Errorf("got %v, want an error for %s", err, want)
		}
	}
}

func TestDefaultIsValidAndSurvivesJSON(t *testing.T) {
	c := Default()
	if err := c.Validate(); err != nil {
		t.Fatal(err)
	}
	full := year2026()
	for _, want := range []Calendar{c, full} {
		data, err := json.Marshal(want)
		if err != nil {
			t.Fatal(err)
		}
		var back Calendar
		if err := json.Unmarshal(data, &back); err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(back, want) {
			t.Errorf("%s came back otherwise", data)
		}
	}
	for _, date := range FixedHolidays(2026) {
		if strings.HasPrefix(date.String(), "2026-08") && date.String() != "2026-08-17" {
			t.Errorf("independence day is %v", date)
		}
	}
	if len(FixedHolidays(2026)) != 5 || len(FixedHolidays(1)) != 0 {
		t.Error("five holidays a year are fixed, and none in a year that does not exist")
	}
	if len(Whys()) != 5 {
		t.Errorf("codes: %v", Whys())
	}
}

func FuzzParse(f *testing.F) {
	f.Add("2026-03-02")
	f.Add("9999-12-31")
	f.Add("2026-02-30")
	f.Fuzz(func(t *testing.T, text string) {
		date, err := Parse(text)
		if err == nil && date.String() != text {
			t.Fatalf("%q was read as %v", text, date)
		}
	})
}
