package web

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"lapak/hall/sheets"
	"lapak/scheduler"
	"lapak/scheduler/audit"
	"lapak/scheduler/calendar"
)

// auditColumns are the columns of the file; their words are audit_col.<word>, which
// the screen uses as well.
var auditColumns = []string{"seq", "time", "by", "what", "number", "room", "seats", "why", "undone"}

// toFamily is the family of words for what came of an act, by its kind.
var toFamily = map[string]string{
	"visit.opened": "visit", "visit.moved": "visit", "paper.marked": "paper", "claim.settled": "outcome", "group.called": "call",
	"session.opened": "mode", "session.moved": "session", "seat.moved": "seat", "officer.moved": "presence", "seat.set": "audit_to", "help.asked": "audit_to",
}

// acts is the table of some acts.
func (s *saying) acts(list []audit.Act, offsetS int64, zone calendar.Zone) sheets.Table {
	t := sheets.Table{}
	for _, word := range auditColumns {
		t.Columns = append(t.Columns, sheets.Column{Title: s.say("audit_col." + word), Text: word != "seq"})
	}
	for i := range list {
		a := &list[i]
		undone := ""
		if a.Undone > 0 {
			undone = s.say("audit.undone")
		}
		second := zone.SecondOfDay(a.At + offsetS)
		room := ""
		if a.Room > 0 {
			room = s.room(a.Room)
		}
		t.Rows = append(t.Rows, []sheets.Cell{sheets.Number(float64(a.Seq)), sheets.Text(clockText(second)), sheets.Text(s.actor(a.By)), sheets.Text(s.what(a)),
			sheets.Text(numbers(a.Visits)), sheets.Text(room), sheets.Text(seatsOf(a)), sheets.Text(s.whys(a)), sheets.Text(undone)})
	}
	return t
}

func clockText(second int) string {
	return fmt.Sprintf("%02d:%02d:%02d", second/hourS, second%hourS/minuteS, second%minuteS)
}

func (s *saying) actor(by scheduler.Actor) string {
	role := s.say("role." + by.Role.String())
	if !by.Staff() || by.ID == 0 {
		return role
	}
	if name := s.officer(strconv.FormatInt(by.ID, 10)); name != "" {
		return name
	}
	return role + " " + strconv.FormatInt(by.ID, 10)
}

func (s *saying) what(a *audit.Act) string {
	text := s.say("act." + actCode(a.Kind))
	if family := toFamily[a.Kind]; family != "" && a.To != "" {
		text += ": " + s.say(family+"."+a.To)
	}
	if a.Officer > 0 && (!a.By.Staff() || a.By.ID != int64(a.Officer)) {
		if name := s.officer(strconv.Itoa(int(a.Officer))); name != "" {
			text += " (" + name + ")"
		}
	}
	return text
}

// actCode is an event's kind as a code of words.
func actCode(kind string) string { return strings.ReplaceAll(kind, ".", "_") }

func numbers(parts []audit.Part) string {
	var list []string
	for _, p := range parts {
		if p.Number != "" {
			list = append(list, p.Number)
		}
	}
	return strings.Join(list, ", ")
}

func seatsOf(a *audit.Act) string {
	seats := a.Seats
	for _, p := range a.Visits {
		seats = append(seats[:len(seats):len(seats)], p.Seats...)
	}
	list := make([]string, len(seats))
	for i, no := range seats {
		list[i] = strconv.Itoa(int(no))
	}
	return strings.Join(list, ", ")
}

// whys are all reasons of an act: the person's, the rules', and each visit's behind its
// number.
func (s *saying) whys(a *audit.Act) string {
	var list []string
	if a.Reason != "" {
		list = append(list, s.because(a.Reason))
	}
	for _, w := range a.Why {
		list = append(list, s.why(w))
	}
	for _, parts := range [][]audit.Part{a.Visits, a.Passed} {
		for _, p := range parts {
			var own []string
			for _, w := range p.Why {
				own = append(own, s.why(w))
			}
			if len(own) > 0 {
				list = append(list, strings.TrimSpace(p.Number+" "+strings.Join(own, ", ")))
			}
		}
	}
	return strings.Join(list, "; ")
}

// because is a reason that a person chose. Others than the screens offer are codes.
func (s *saying) because(r scheduler.ReasonCode) string {
	key := "because." + string(r)
	if _, known := s.words[key]; !known {
		return strings.ReplaceAll(string(r), "_", " ")
	}
	return s.say(key)
}

// plural is where a count chooses its word, such as {a|time|times}.
var plural = regexp.MustCompile(`\{(a|b)\|([^|}]*)\|([^|}]*)\}`)

// why is a reason of the rules as a sentence. A span is hours, minutes and seconds,
// which both languages read.
func (s *saying) why(w scheduler.Why) string {
	text := s.say("why."+string(w.Code), "{a}", strconv.FormatInt(w.A, 10), "{b}", strconv.FormatInt(w.B, 10),
		"{a_span}", clockText(int(w.A)), "{b_span}", clockText(int(w.B)), "{number}", "")
	return strings.TrimSpace(plural.ReplaceAllStringFunc(text, func(found string) string {
		m, n := plural.FindStringSubmatch(found), w.A
		if m[1] == "b" {
			n = w.B
		}
		if n == 1 {
			return m[2]
		}
		return m[3]
	}))
}
