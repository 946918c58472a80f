package calendar

// clock writes a time of day as seconds.
func clock(hour, minute int) int { return hour*secondsPerHour + minute*60 }

// Default is an ordinary branch: Monday to Friday 07:30 to 15:00 in WIB, gate at 07:00, last number at
// 14:30, a break of an hour (an hour and a half on Friday), and the shorter Ramadan day. It names no
// holiday and no Ramadan: those are decreed every year and entered by the manager.
func Default() Calendar {
	usual := Hours{GateS: clock(7, 0), OpenS: clock(7, 30), LastTicketS: clock(14, 30), CloseS: clock(15, 0)}
	fasting := Hours{GateS: clock(7, 30), OpenS: clock(8, 0), LastTicketS: clock(14, 30), CloseS: clock(15, 0)}
	return Calendar{
		Zone: WIB,
		Weekly: weekOf(usual,
			Span{FromS: clock(12, 0), UntilS: clock(13, 0)},
			Span{FromS: clock(11, 30), UntilS: clock(13, 0)}),
		Ramadan: weekOf(fasting,
			Span{FromS: clock(12, 0), UntilS: clock(12, 30)},
			Span{FromS: clock(11, 30), UntilS: clock(12, 30)}),
		RamadanRanges: []Range{},
		Holidays:      []Date{},
		JointLeave:    []Date{},
		Exceptions:    []Exception{},
	}
}

// weekOf gives Monday to Thursday one break and Friday, for the prayer, another.
func weekOf(hours Hours, pause, friday Span) Week {
	day := func(pause Span) DayPlan { return DayPlan{Open: true, Hours: hours, Breaks: []Span{pause}} }
	return Week{Mon: day(pause), Tue: day(pause), Wed: day(pause), Thu: day(pause), Fri: day(friday)}
}

// FixedHolidays returns the national holidays of a year (1970 to 9999) that fall on the same day every
// year; those that follow the moon or a decree are not among them and must be entered.
func FixedHolidays(year int) []Date {
	days := [...]struct{ month, day int }{
		{1, 1},   // New Year
		{5, 1},   // Labour Day
		{6, 1},   // Birth of Pancasila
		{8, 17},  // Independence Day
		{12, 25}, // Christmas
	}
	holidays := make([]Date, 0, len(days))
	for _, day := range days {
		if date, err := NewDate(year, day.month, day.day); err == nil {
			holidays = append(holidays, date)
		}
	}
	return holidays
}
