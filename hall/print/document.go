package print

import (
	"strings"
	"unicode/utf8"
)

// Align is where a line stands.
type Align byte

// The alignments, as ESC a numbers them.
const (
	Left Align = iota
	Centre
	Right
)

// Kind says what a block is.
type Kind byte

// The kinds of blocks.
const (
	Text Kind = iota // words, wrapped at the width of the roll
	Pair             // a word on the left and one on the right of the same line
	Rule             // a line across
	Gap              // an empty line
	Code             // a QR code
)

// maxSize is the largest magnification of letters that printers have.
const maxSize = 8

// Block is one part of a document.
type Block struct {
	Kind  Kind
	Text  string
	Right string // of a pair
	Size  int    // of the letters, 1 to 8; 0 is 1
	Fill  bool   // as large as the roll's width allows, up to Size
	Bold  bool
	Align Align
}

// Document is what comes out of the printer.
type Document []Block

// size is the magnification of a block on a roll of so many columns.
func (b Block) size(columns int) int {
	size := max(1, min(b.Size, maxSize))
	if b.Fill {
		size = max(1, min(size, columns/max(1, utf8.RuneCountInString(b.Text))))
	}
	return size
}

// wrap breaks a text into lines of at most so many letters, at spaces where
// there are some. A word that is longer than a line is broken.
func wrap(text string, columns int) []string {
	var lines []string
	var line []rune
	for _, word := range strings.Fields(text) {
		w := []rune(word)
		if len(line) > 0 && len(line)+1+len(w) > columns {
			lines, line = append(lines, string(line)), nil
		}
		if len(line) > 0 {
			line = append(line, ' ')
		}
		for len(line)+len(w) > columns {
			lines, w, line = append(lines, string(append(line, w[:columns-len(line)]...))), w[columns-len(line):], nil
		}
		line = append(line, w...)
	}
	if len(line) > 0 {
		lines = append(lines, string(line))
	}
	return lines
}

// pair sets two texts on one line, or on two where one is not enough.
func pair(left, right string, columns int) []string {
	gap := columns - utf8.RuneCountInString(left) - utf8.RuneCountInString(right)
	if gap >= 1 {
		return []string{left + strings.Repeat(" ", gap) + right}
	}
	lines := wrap(left, columns)
	for _, r := range wrap(right, columns) {
		lines = append(lines, strings.Repeat(" ", columns-utf8.RuneCountInString(r))+r)
	}
	return lines
}
