package fivefold

import (
	"fmt"
	"strings"
)

// Command makes the page again.
const Command = "go run ./cmd/lapak five-fold > docs/five-fold.md"

// Sections are the parts of the page in order, not yet asked.
func Sections() []Section {
	return []Section{
		{Letter: "A", Title: "Seats", write: seats},
		{Letter: "B", Title: "The briefing and the way of working", write: ways},
		{Letter: "C", Title: "Programmes", write: programmes},
		{Letter: "D", Title: "Officer's minutes against the visitor's own", write: minutesOf},
		{Letter: "E", Title: "Waits", write: waits},
		{Letter: "F", Title: "Families", write: families},
	}
}

// Ask answers the section's questions and writes its text.
func (x *Section) Ask() error {
	x.Questions, x.Short = nil, nil
	s := study{section: x}
	x.write(&s)
	x.Text = fmt.Sprintf("## %s. %s\n\n%s", x.Letter, x.Title, s.text.String())
	return s.err
}

// Appendix lists the section's questions as commands.
func (x *Section) Appendix() string {
	var b strings.Builder
	for i, q := range x.Questions {
		fmt.Fprintf(&b, "%s%d: `echo '%s' | go run ./cmd/lapak simulate`\n\n", x.Letter, i+1, q)
	}
	return b.String()
}

// Page asks everything and returns the whole page.
func Page() (string, error) {
	sections := Sections()
	var b, text, appendix strings.Builder
	for i := range sections {
		if err := sections[i].Ask(); err != nil {
			return "", err
		}
		text.WriteString(sections[i].Text)
		for _, sentence := range sections[i].Short {
			b.WriteString("- " + sentence + "\n")
		}
		appendix.WriteString(sections[i].Appendix())
	}
	page := head + b.String() + "\n" + explained + text.String()
	b.Reset()
	b.WriteString(page)
	b.WriteString("## The questions\n\nEvery figure above comes from one of these. Put one in again and the same answer comes out.\nThe bound in section E and the waits by size in section F come from the command at the top, for the same questions.\n\n")
	b.WriteString(appendix.String())
	return strings.TrimRight(b.String(), "\n") + "\n", nil
}

const head = `# Five-fold: when one officer does the work of five, and when not

Made by ` + "`" + Command + "`" + `. Do not edit it by hand.

## In short

`

const explained = `## How to read the tables

A multiplier says how many claims an officer finishes in an hour, over one-to-one service by the same officer with the same people.
It is measured with people always waiting. Letters and numbers such as A3 name the question at the end of the page.
A figure in brackets is the range in which the true value lies in 95 of 100 cases.

There are two kinds of one-to-one service, and the second is the fairer one:

- **single**: the officer waits while one person fills in the form. This is what the five-fold is measured against.
- **prepared counter**: people have done everything of their own before they are called. The officer never waits for them.
  Over this one, no way of seating people can win more than the pauses between two callers. The column says what is left.

The ceiling is the most that any way of working could reach: one person for each seat, or all minutes of a claim over the officer's own, whichever is less.
The next column says which of the two it is.

`
