package board

import (
	"fmt"
	"strings"

	"rsc.io/qr"

	"lapak/scheduler"
)

// QRCode is a code as one path of squares, a module a unit, without its quiet zone:
// a screen draws it as it is, at any size, without a library and without a picture.
type QRCode struct {
	Size int    `json:"size"` // modules on a side
	Path string `json:"path"`
}

// maxReceiptQR bounds a receipt's code: beyond this many bytes its modules are too
// small for the camera of a cheap phone on the smallest booth screen.
const maxReceiptQR = 380

// receiptQR is what the person at a seat may take along on a phone: number, day and,
// for each claim, its receipt, its outcome and the promised date. It holds no name and
// no address, so it says the same without any network. In Indonesian, as the paper is.
func receiptQR(s *scheduler.State, w *scheduler.Visit, done []ClaimInfo) *QRCode {
	text := fmt.Sprintf("Nomor antrean %s, %s", label(s, w), w.Date)
	for i, c := range done {
		line := fmt.Sprintf("\n%s: %s", c.Programme, outcomeWords[c.Outcome])
		if c.Receipt != 0 {
			line += fmt.Sprintf(", tanda terima %d", c.Receipt)
		}
		if c.Promise != "" {
			line += ", " + promiseWords[c.Outcome] + " " + c.Promise
		}
		if len(text)+len(line) > maxReceiptQR {
			text += fmt.Sprintf("\ndan %d klaim lagi", len(done)-i)
			break
		}
		text += line
	}
	return newQR(text, qr.L)
}

// NewQR draws a short text, such as an address, so that a code that is partly
// covered or seen from across a room is still read.
func NewQR(text string) *QRCode { return newQR(text, qr.M) }

// newQR is nil for a text that is longer than any code holds: the screen shows words.
func newQR(text string, level qr.Level) *QRCode {
	code, err := qr.Encode(text, level)
	if err != nil {
		return nil
	}
	return &QRCode{Size: code.Size, Path: squares(code)}
}

var outcomeWords = map[string]string{
	"approved": "disetujui", "returned": "dikembalikan, berkas kurang", "escalated": "diteruskan ke atasan", "refused": "ditolak",
}

// promiseWords are what the date of an outcome means: nothing is paid that is not
// decided yet.
var promiseWords = map[string]string{"approved": "dibayar paling lambat", "escalated": "keputusan paling lambat"}

// squares joins the dark modules of each row into runs.
func squares(code *qr.Code) string {
	var b strings.Builder
	for y := range code.Size {
		for x := 0; x < code.Size; x++ {
			from := x
			for x < code.Size && code.Black(x, y) {
				x++
			}
			if x > from {
				fmt.Fprintf(&b, "M%d %dh%dv1H%dz", from, y, x-from, from)
			}
		}
	}
	return b.String()
}
