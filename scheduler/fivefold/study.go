package fivefold

import (
	"fmt"
	"strings"

	"lapak/scheduler/simulation"
)

// Section is one part of the page: its text and the questions behind it.
type Section struct {
	Letter    string // names the section's questions: A1, A2 and so on
	Title     string
	write     func(s *study)
	Text      string
	Short     []string // the section in a sentence or two, for the top of the page
	Questions []string // JSON documents for `lapak simulate`
}

// study asks a section's questions and collects its text.
type study struct {
	section *Section
	text    strings.Builder
	err     error
}

// days is how many days answer a question. Forty leave about two percent of
// doubt in a multiplier, and the whole page takes well under half a minute.
const days = 40

// ask puts one question and returns its number and its answer.
func (s *study) ask(format string, args ...any) (string, simulation.Input, simulation.Output) {
	question := fmt.Sprintf(format, args...)
	s.section.Questions = append(s.section.Questions, question)
	name := fmt.Sprintf("%s%d", s.section.Letter, len(s.section.Questions))
	in, err := simulation.ParseInput([]byte(question))
	if err != nil {
		s.fail(name, err)
		return name, in, simulation.Output{}
	}
	out, err := simulation.Run(in)
	if err != nil {
		s.fail(name, err)
	}
	return name, in, out
}

func (s *study) fail(name string, err error) {
	if s.err == nil {
		s.err = fmt.Errorf("question %s: %w", name, err)
	}
}

// say writes a paragraph.
func (s *study) say(format string, args ...any) {
	fmt.Fprintf(&s.text, format+"\n\n", args...)
}

// claim writes sentences that the figures must bear out. If they no longer do,
// the page is not made: somebody has to find new words.
func (s *study) claim(holds bool, text string) {
	if !holds {
		s.fail(s.section.Letter, fmt.Errorf("the figures no longer bear out %q; look at the table and say what is true", text))
	}
	s.say("%s", text)
}

// short writes a sentence for the top of the page.
func (s *study) short(format string, args ...any) {
	s.section.Short = append(s.section.Short, fmt.Sprintf(format, args...))
}

// table writes a table with its head.
func (s *study) table(head string, rows [][]string) {
	columns := strings.Split(head, "|")
	s.line(columns)
	s.line(strings.Split(strings.Repeat("---|", len(columns)-1)+"---", "|"))
	for _, r := range rows {
		s.line(r)
	}
	s.text.WriteString("\n")
}

func (s *study) line(cells []string) {
	for _, c := range cells {
		s.text.WriteString("| " + c + " ")
	}
	s.text.WriteString("|\n")
}

// times writes a multiplier as people read it, with its interval.
func times(m simulation.Multiplier) string {
	return fmt.Sprintf("**%.1f** (%.1f to %.1f)", m.Value, m.Low, m.High)
}

// counter writes how often the policy does the work of a prepared counter.
func counter(m simulation.Multiplier) string {
	if m.Counter == 0 {
		return "none"
	}
	return fmt.Sprintf("%.1f", m.Value*m.Single/m.Counter)
}

// minutes writes seconds as minutes: whole ones from ten on, because nobody
// lives by tenths of a long wait.
func minutes(s int64) string {
	if s == 0 {
		return "0"
	}
	if s >= 10*60 {
		return fmt.Sprintf("%d", (s+30)/60)
	}
	return fmt.Sprintf("%.1f", float64(s)/60)
}

// rooms is so many rooms of so many seats, as the question writes them.
func rooms(n, seats int) string {
	one := fmt.Sprintf(`{"seats":%d}`, seats)
	return "[" + strings.TrimSuffix(strings.Repeat(one+",", n), ",") + "]"
}
