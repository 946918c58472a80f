package web

import (
	"fmt"
	"regexp"
	"strings"
	"time"

	"lapak/scheduler"
	"lapak/ui"
)

// sayings says the screens' words in one language, for the pages that the server
// writes itself. The words are those of the screens: one catalogue, two readers. Its
// methods do what ui/lib/catalogue.js and times.js do.
type sayings struct {
	lang  string // id or en
	words map[string]ui.Word
}

// Languages of the screens; the first is said when nothing is asked for.
const (
	indonesian = "id"
	english    = "en"
)

// sayings are the words of one language. Screens whose words cannot be read are not
// served at all, so a key stands for itself there.
func (s *Server) sayings(lang string) sayings {
	words, _ := s.words()
	return sayings{lang: lang, words: words}
}

// other is the language to switch to.
func (l sayings) other() string {
	if l.lang == english {
		return indonesian
	}
	return english
}

// place is where a word takes a parameter: {n}, or {n|one|many}.
var place = regexp.MustCompile(`\{(\w+)(?:\|([^|}]*)\|([^|}]*))?\}`)

// t is the text of a key, its places filled from names and values in turn.
func (l sayings) t(key string, params ...any) string {
	word, known := l.words[key]
	if !known {
		return "[" + key + "]" // a test finds it; to a visitor it says more than an empty space
	}
	text := word.Indonesian
	if l.lang == english {
		text = word.English
	}
	values := make(map[string]string, len(params)/2)
	for i := 0; i+1 < len(params); i += 2 {
		values[fmt.Sprint(params[i])] = fmt.Sprint(params[i+1])
	}
	return strings.TrimSpace(place.ReplaceAllStringFunc(text, func(found string) string {
		m := place.FindStringSubmatch(found)
		if !strings.Contains(found, "|") {
			return values[m[1]]
		}
		if values[m[1]] == "1" {
			return m[2]
		}
		return m[3]
	}))
}

// roomName is a room by its one name: "Ruang 2", or "Meja samping 2" where it is a side desk.
func (l sayings) roomName(s *scheduler.State, id scheduler.RoomID) string {
	if isDesk(s, id) {
		return fmt.Sprintf("%s %d", l.t("words.side_desk"), id)
	}
	return l.t("words.room_no", "n", int(id))
}

func isDesk(s *scheduler.State, id scheduler.RoomID) bool {
	r := s.Room(id)
	return r != nil && r.Desk
}

// isDesk tells whether the room is a side desk now.
func (c *call) isDesk(id scheduler.RoomID) bool { return isDesk(c.state(), id) }

// label is the word of a code of the rules; a code without one is shown as it is.
func (l sayings) label(family, code string) string {
	key := family + "." + strings.ToLower(code)
	if _, known := l.words[key]; known {
		return l.t(key)
	}
	return strings.ReplaceAll(code, "_", " ")
}

// clock is a moment of the branch's wall clock as a time of the day.
func (l sayings) clock(wall int64, zoneS int) string {
	return l.at(time.Unix(wall+int64(zoneS), 0).UTC())
}

// at is a time of the day, 09.30 in Indonesian and 09:30 in English.
func (l sayings) at(wall time.Time) string {
	if l.lang == english {
		return wall.Format("15:04")
	}
	return wall.Format("15.04")
}

var dayCodes = [7]string{"sun", "mon", "tue", "wed", "thu", "fri", "sat"}

// date is a day of the calendar in full.
func (l sayings) date(text string) string {
	at, err := time.Parse(time.DateOnly, text)
	if err != nil {
		return text
	}
	return l.day(at)
}

// day is a day in full: Senin, 2 Maret 2026.
func (l sayings) day(at time.Time) string {
	return fmt.Sprintf("%s, %d %s %d", l.label("weekday", dayCodes[at.Weekday()]), at.Day(), l.label("month", at.Format("01")), at.Year())
}

const (
	// inHoursFromS is from which length on a range is told in hours, as the screens do.
	inHoursFromS = 2 * hourS
	// roughFromS is from which high end on a range goes by five minutes.
	roughFromS = 30 * minuteS
)

// length is a length of time in words, rounded down to minutes.
func (l sayings) length(seconds int64) string {
	h, m := seconds/hourS, seconds%hourS/minuteS
	switch {
	case h == 0:
		return l.t("time.minutes", "n", m)
	case m == 0:
		return l.t("time.hours", "n", h)
	}
	return l.t("time.hours_minutes", "h", h, "m", m)
}

// span is an expected wait as a range: the low end rounded down, the high end up.
func (l sayings) span(low, high int64) string {
	step := int64(minuteS)
	if high > roughFromS {
		step = 5 * minuteS
	}
	from := max(0, low) / step * step
	to := max(from, (max(0, high)+step-1)/step*step)
	switch {
	case to <= minuteS:
		return l.t("time.under_minute")
	case from == to:
		return l.length(to)
	case to > inHoursFromS:
		return hours(l.length(from), l.length(to))
	}
	return l.t("time.range_minutes", "low", from/minuteS, "high", to/minuteS)
}

// hours joins two lengths to a range. The unit that both ends share is said once,
// as people do: "2 jam 5 – 2 jam 50 menit". The screens' lib/times.js does the same.
func hours(low, high string) string {
	from, to := strings.Fields(low), strings.Fields(high)
	if n := len(from); n == len(to) && from[n-1] == to[n-1] {
		low = strings.Join(from[:n-1], " ")
	}
	return low + " – " + high
}
