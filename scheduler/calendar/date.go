package calendar

import (
	"fmt"
	"strconv"
)

// Date is a calendar day as days since 1970-01-01, in no particular zone. Differences of dates are days.
// The zero Date is 1970-01-01; no branch was open then, so callers may read it as "no date" (IsZero).
type Date int32

// Weekday counts from Monday, because a branch's week does: 0 is Monday, 6 is Sunday.
type Weekday uint8

// The days of the week.
const (
	Monday Weekday = iota
	Tuesday
	Wednesday
	Thursday
	Friday
	Saturday
	Sunday
)

const (
	daysPerWeek = 7

	// MinDate and MaxDate bound every Date this package makes: four-digit years keep the text form
	// ten characters long and sortable, and nothing in a branch lies before 1970.
	MinDate Date = 0
	// MaxDate is 9999-12-31.
	MaxDate Date = 2932896

	// The Gregorian calendar repeats every 400 years, which are this many days.
	daysPerEra = 146097
	// Days from 0000-03-01, where an era starts, to 1970-01-01.
	eraToEpoch = 719468
)

// NewDate returns the day of a year (1970 to 9999), month (1 to 12) and day of the month. A day that
// does not exist, such as 30 February, is an error and never rolls over into the next month.
func NewDate(year, month, day int) (Date, error) {
	if year < 1970 || year > 9999 {
		return 0, fmt.Errorf("year %d is outside 1970 to 9999", year)
	}
	if month < 1 || month > 12 {
		return 0, fmt.Errorf("month %d is outside 1 to 12", month)
	}
	if day < 1 || day > daysIn(year, month) {
		return 0, fmt.Errorf("day %d does not exist in %04d-%02d, which has %d days", day, year, month, daysIn(year, month))
	}
	return civil(year, month, day), nil
}

// Parse reads a date written as 2026-03-02 and nothing else: four, two and two digits.
func Parse(text string) (Date, error) {
	if len(text) != len("2026-03-02") || text[4] != '-' || text[7] != '-' {
		return 0, fmt.Errorf("date %q: write it as year-month-day, for example 2026-03-02", clip(text))
	}
	year, okYear := digits(text[0:4])
	month, okMonth := digits(text[5:7])
	day, okDay := digits(text[8:10])
	if !okYear || !okMonth || !okDay {
		return 0, fmt.Errorf("date %q: write it as year-month-day, for example 2026-03-02", clip(text))
	}
	date, err := NewDate(year, month, day)
	if err != nil {
		return 0, fmt.Errorf("date %q: %w", text, err)
	}
	return date, nil
}

// MustParse is Parse for dates written in code; it panics on a date that cannot be read.
func MustParse(text string) Date {
	date, err := Parse(text)
	if err != nil {
		panic(err)
	}
	return date
}

// clip keeps an error about hostile input short.
func clip(text string) string {
	const longest = 40 // Enough to recognise what was typed.
	if len(text) > longest {
		return text[:longest] + "…"
	}
	return text
}

// digits reads decimal digits only; strconv alone would also accept signs.
func digits(text string) (int, bool) {
	for i := range len(text) {
		if text[i] < '0' || text[i] > '9' {
			return 0, false
		}
	}
	n, err := strconv.Atoi(text)
	return n, err == nil
}

func leap(year int) bool { return year%4 == 0 && (year%100 != 0 || year%400 == 0) }

func daysIn(year, month int) int {
	switch month {
	case 2:
		if leap(year) {
			return 29
		}
		return 28
	case 4, 6, 9, 11:
		return 30
	}
	return 31
}

// civil counts days with years that start in March, so that the leap day is the last of its year and
// the months' lengths follow one linear formula.
func civil(year, month, day int) Date {
	if month <= 2 {
		year--
		month += 12
	}
	era, yearOfEra := year/400, year%400
	dayOfYear := (153*(month-3)+2)/5 + day - 1
	dayOfEra := yearOfEra*365 + yearOfEra/4 - yearOfEra/100 + dayOfYear
	return Date(era*daysPerEra + dayOfEra - eraToEpoch)
}

// YMD returns the year, the month (1 to 12) and the day of the month.
func (d Date) YMD() (year, month, day int) {
	n := int(clamp(int64(d))) + eraToEpoch
	era, dayOfEra := n/daysPerEra, n%daysPerEra
	yearOfEra := (dayOfEra - dayOfEra/1460 + dayOfEra/36524 - dayOfEra/146096) / 365
	dayOfYear := dayOfEra - (365*yearOfEra + yearOfEra/4 - yearOfEra/100)
	shifted := (5*dayOfYear + 2) / 153
	day = dayOfYear - (153*shifted+2)/5 + 1
	month = shifted + 3
	year = era*400 + yearOfEra
	if month > 12 {
		month -= 12
		year++
	}
	return year, month, day
}

func clamp(days int64) Date {
	return Date(min(max(days, int64(MinDate)), int64(MaxDate)))
}

// String is the date as 2026-03-02.
func (d Date) String() string {
	year, month, day := d.YMD()
	text := []byte("0000-00-00")
	put := func(at, width, n int) {
		for i := at + width - 1; i >= at; i-- {
			text[i] = byte('0' + n%10)
			n /= 10
		}
	}
	put(0, 4, year)
	put(5, 2, month)
	put(8, 2, day)
	return string(text)
}

// MarshalText makes a date a string in JSON, also as the key of a map.
func (d Date) MarshalText() ([]byte, error) {
	if d < MinDate || d > MaxDate {
		return nil, fmt.Errorf("date number %d is outside %v to %v", int32(d), MinDate, MaxDate)
	}
	return []byte(d.String()), nil
}

// UnmarshalText reads what MarshalText writes.
func (d *Date) UnmarshalText(text []byte) error {
	date, err := Parse(string(text))
	if err != nil {
		return err
	}
	*d = date
	return nil
}

// IsZero tells whether the date was never set.
func (d Date) IsZero() bool { return d == 0 }

// AddDays returns the date n days later (earlier if negative), held within MinDate and MaxDate.
func (d Date) AddDays(n int) Date {
	const most = int64(MaxDate) // More days than this leave the calendar from anywhere in it.
	return clamp(int64(d) + min(max(int64(n), -most), most))
}

// AddMonths returns the same day of the month n months later (n may be negative); where that month is
// shorter, its last day: 31 January and one month is the last day of February.
func (d Date) AddMonths(n int) Date {
	const most = 12 * 10000 // More months than this leave the calendar from anywhere in it.
	year, month, day := d.YMD()
	months := year*12 + month - 1 + min(max(n, -most), most)
	if months < 1970*12 {
		return MinDate
	}
	year, month = months/12, months%12+1
	if year > 9999 {
		return MaxDate
	}
	return civil(year, month, min(day, daysIn(year, month)))
}

// Weekday returns the day of the week. 1970-01-01 was a Thursday.
func (d Date) Weekday() Weekday {
	n := (int(d) + int(Thursday)) % daysPerWeek
	return Weekday((n + daysPerWeek) % daysPerWeek)
}

var weekdayCodes = [daysPerWeek]string{"mon", "tue", "wed", "thu", "fri", "sat", "sun"}

// String is the code of a weekday: mon to sun.
func (w Weekday) String() string {
	if int(w) >= len(weekdayCodes) {
		return "weekday" + strconv.Itoa(int(w))
	}
	return weekdayCodes[w]
}
