package print

import (
	"bytes"
	"fmt"
	"strings"

	"rsc.io/qr"
)

// Width is a roll of paper, in millimetres.
type Width int

// The rolls that are sold everywhere.
const (
	Narrow Width = 58
	Broad  Width = 80
)

// roll is what fits across the paper.
type roll struct {
	columns int // letters of the ordinary size (font A, 12 dots)
	dots    int
}

var rolls = map[Width]roll{Narrow: {columns: 32, dots: 384}, Broad: {columns: 48, dots: 576}}

// QRWay is how a QR code gets onto the paper.
type QRWay string

// The ways: by the printer's own command, or as a picture for printers without.
const (
	QRNative QRWay = "native"
	QRRaster QRWay = "raster"
)

// CodePage is the printer's table of letters.
type CodePage string

// The tables that nearly every printer has, by their number for ESC t.
const (
	PC437   CodePage = "pc437"
	WPC1252 CodePage = "wpc1252"
)

var codePages = map[CodePage]byte{PC437: 0, WPC1252: 16}

// Profile is how one printer wants its bytes.
type Profile struct {
	Width    Width
	QR       QRWay
	CodePage CodePage
	Cut      bool // it has a knife; else the paper is fed past the edge
}

// Check refuses a profile that no printer has.
func (p Profile) Check() error {
	if _, known := rolls[p.Width]; !known {
		return fmt.Errorf("the roll is 58 or 80 mm wide, not %d", p.Width)
	}
	if _, known := codePages[p.CodePage]; !known {
		return fmt.Errorf("the code page is pc437 or wpc1252, not %q", p.CodePage)
	}
	if p.QR != QRNative && p.QR != QRRaster {
		return fmt.Errorf("a QR code is printed native or raster, not %q", p.QR)
	}
	return nil
}

const (
	esc = 0x1b
	gs  = 0x1d
	dle = 0x10
	eot = 0x04

	// qrModule is the least size of a code's module in dots: 0.5 mm at 203 dots to
	// the inch, which old telephones read from a hand's breadth.
	qrModule = 4
	// qrSide is how wide a code is at least, in dots: 25 mm, so that a hand that
	// shakes still gets all of it into the camera's middle.
	qrSide = 200
	// maxCode bounds what a code holds; an address of a ticket has a third of it.
	maxCode = 300
	// tearLines feed a printer without a knife past its edge.
	tearLines = 4
)

// Encode writes the document for a printer. A code that cannot be made is an
// error; everything else can be printed.
func Encode(d Document, p Profile) ([]byte, error) {
	if err := p.Check(); err != nil {
		return nil, fmt.Errorf("print: %w", err)
	}
	w := &encoder{profile: p, roll: rolls[p.Width]}
	w.bytes(esc, '@')                        // as it was switched on: nothing of the last print stays
	w.bytes(esc, 't', codePages[p.CodePage]) // which letters 128 to 255 are
	w.bytes(esc, 'R', 0)                     // and 0 to 127 those of ASCII
	for _, b := range d {
		if err := w.block(b); err != nil {
			return nil, err
		}
	}
	if p.Cut {
		w.bytes(gs, 'V', 66, 0) // feeds to the knife and cuts, leaving a bridge
	} else {
		w.bytes(esc, 'd', tearLines)
	}
	return w.out.Bytes(), nil
}

type encoder struct {
	profile Profile
	roll    roll
	out     bytes.Buffer
}

func (w *encoder) bytes(b ...byte) { w.out.Write(b) }

// set changes how the next letters look; Encode sets every block wholly, so that
// no block depends on the one before it.
func (w *encoder) set(align Align, bold bool, size int) {
	var on byte
	if bold {
		on = 1
	}
	w.bytes(esc, 'a', byte(align))
	w.bytes(esc, 'E', on)
	w.bytes(gs, '!', byte((size-1)<<4|(size-1)))
}

func (w *encoder) block(b Block) error {
	size := b.size(w.roll.columns)
	switch b.Kind {
	case Gap:
		w.set(Left, false, 1)
		w.bytes('\n')
	case Rule:
		w.set(Left, false, 1)
		w.line(strings.Repeat("-", w.roll.columns))
	case Pair:
		w.set(Left, b.Bold, 1)
		for _, line := range pair(b.Text, b.Right, w.roll.columns) {
			w.line(line)
		}
	case Code:
		w.set(Centre, false, 1)
		return w.code(b.Text)
	default:
		w.set(b.Align, b.Bold, size)
		for _, line := range wrap(b.Text, w.roll.columns/size) {
			w.line(line)
		}
	}
	return nil
}

func (w *encoder) line(text string) {
	w.out.Write(letters(text, w.profile.CodePage))
	w.bytes('\n')
}

// code prints a QR code: correction M, so that a crease does not matter.
func (w *encoder) code(text string) error {
	if len(text) == 0 || len(text) > maxCode {
		return fmt.Errorf("print: a code holds 1 to %d bytes, not %d", maxCode, len(text))
	}
	code, err := qr.Encode(text, qr.M)
	if err != nil {
		return fmt.Errorf("print: make the code: %w", err)
	}
	module := w.module(code)
	if w.profile.QR == QRNative {
		n := len(text) + 3
		w.bytes(gs, '(', 'k', 4, 0, '1', 'A', '2', 0)             // model 2
		w.bytes(gs, '(', 'k', 3, 0, '1', 'C', byte(module))       // dots of a module
		w.bytes(gs, '(', 'k', 3, 0, '1', 'E', '1')                // correction M
		w.bytes(gs, '(', 'k', byte(n), byte(n>>8), '1', 'P', '0') // what it says
		w.out.WriteString(text)                                   //
		w.bytes(gs, '(', 'k', 3, 0, '1', 'Q', '0')                // print it
		return nil
	}
	w.raster(code, module)
	return nil
}

// module is how many dots a module of the code gets: enough for a code that is easily
// caught, as far as the roll has the width.
func (w *encoder) module(code *qr.Code) int {
	n := qrModule
	for code.Size*n < qrSide && (code.Size+2*quiet)*(n+1) <= w.roll.dots {
		n++
	}
	return n
}

// quiet is the white edge that readers need around a code, in modules.
const quiet = 4

// raster prints the code as a picture (GS v 0), for printers without the command.
func (w *encoder) raster(code *qr.Code, module int) {
	side := (code.Size + 2*quiet) * module
	across := (side + 7) / 8
	w.bytes(gs, 'v', '0', 0, byte(across), byte(across>>8), byte(side), byte(side>>8))
	row := make([]byte, across)
	for y := range side {
		clear(row)
		for x := range side {
			if code.Black(x/module-quiet, y/module-quiet) {
				row[x/8] |= 0x80 >> (x % 8)
			}
		}
		w.out.Write(row)
	}
	w.bytes('\n')
}
