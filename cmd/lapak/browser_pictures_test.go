package main

import (
	"bytes"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// Two pictures are the same when few of their blocks differ in mean colour: another
// build of the browser draws the edges of letters a little differently, and only a
// thing that moved, vanished or changed its colour fills a block.
const (
	maxKept     = 25    // pictures in the repository: more than these nobody looks at
	block       = 8     // pixels a side
	farColour   = 32    // of 255, between the means of a block
	maxDiffer   = 0.004 // share of blocks
	keepPicture = "LAPAK_KEEP_PICTURES"
)

// keptPictures are the pictures that are compared: SCREEN-STATE-LANGUAGE.png.
func keptPictures() map[string]bool {
	kept := make(map[string]bool)
	files, _ := filepath.Glob(filepath.Join("testdata", "pictures", "*.png"))
	for _, file := range files {
		kept[strings.TrimSuffix(filepath.Base(file), ".png")] = true
	}
	return kept
}

func TestNotTooManyKeptPictures(t *testing.T) {
	if n := len(keptPictures()); n == 0 || n > maxKept {
		t.Errorf("%d pictures are kept; want some, and at most %d", n, maxKept)
	}
}

// looksAsBefore compares what the browser shows with the kept picture, or keeps it
// anew when LAPAK_KEEP_PICTURES is set, for a person to look at and commit.
func (w *walk) looksAsBefore(t *testing.T, name string) {
	t.Helper()
	// Whether what has the focus wears a ring, builds of the browser decide differently.
	if _, err := chromedp.Run(w.ctx, chromedp.Evaluate[bool](`document.activeElement?.blur(), true`)); err != nil {
		t.Fatal(err)
	}
	now, err := chromedp.Run(w.ctx, chromedp.CaptureScreenshot())
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join("testdata", "pictures", name+".png")
	if os.Getenv(keepPicture) != "" {
		if err := os.WriteFile(file, now, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	before, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	share, err := differ(before, now)
	if err != nil {
		t.Fatal(err)
	}
	if share > maxDiffer {
		w.picture("differs-" + name)
		t.Errorf("%s: %.2f %% of the picture differ from the kept one. Look at both (LAPAK_PICTURES keeps what is shown in a folder); if it is meant, run with %s=1", name, 100*share, keepPicture)
	}
}

// differ gives the share of blocks whose mean colours are far apart; 1 when the
// pictures have different sizes.
func differ(before, now []byte) (float64, error) {
	a, err := png.Decode(bytes.NewReader(before))
	if err != nil {
		return 0, err
	}
	b, err := png.Decode(bytes.NewReader(now))
	if err != nil {
		return 0, err
	}
	if a.Bounds() != b.Bounds() {
		return 1, nil
	}
	far, all := 0, 0
	for y := a.Bounds().Min.Y; y < a.Bounds().Max.Y; y += block {
		for x := a.Bounds().Min.X; x < a.Bounds().Max.X; x += block {
			all++
			ma, mb := mean(a, x, y), mean(b, x, y)
			for i := range ma {
				if max(ma[i], mb[i])-min(ma[i], mb[i]) > farColour {
					far++
					break
				}
			}
		}
	}
	return float64(far) / float64(max(all, 1)), nil
}

// mean is the mean colour of the block at a corner, cut at the picture's edge.
func mean(m image.Image, x, y int) [3]uint32 {
	var sum [3]uint32
	n := uint32(0)
	for j := y; j < min(y+block, m.Bounds().Max.Y); j++ {
		for i := x; i < min(x+block, m.Bounds().Max.X); i++ {
			r, g, b, _ := m.At(i, j).RGBA()
			sum[0] += r >> 8
			sum[1] += g >> 8
			sum[2] += b >> 8
			n++
		}
	}
	for i := range sum {
		sum[i] /= max(n, 1)
	}
	return sum
}

func TestDifferSeesWhatMoved(t *testing.T) {
	draw := func(x0 int, shade uint8) []byte {
		m := image.NewGray(image.Rect(0, 0, 320, 200))
		for y := range 200 {
			for x := range 320 {
				m.Pix[y*m.Stride+x] = 240
				if x >= x0 && x < x0+60 && y >= 40 && y < 80 {
					m.Pix[y*m.Stride+x] = shade
				}
			}
		}
		var out bytes.Buffer
		if err := png.Encode(&out, m); err != nil {
			t.Fatal(err)
		}
		return out.Bytes()
	}
	for name, tc := range map[string]struct {
		now  []byte
		same bool
	}{
		"the same": {draw(100, 20), true}, "an edge a pixel off": {draw(101, 20), true}, "a little darker": {draw(100, 26), true},
		"moved": {draw(140, 20), false}, "gone": {draw(100, 240), false},
	} {
		share, err := differ(draw(100, 20), tc.now)
		if err != nil || (share <= maxDiffer) != tc.same {
			t.Errorf("%s: %.4f differ (%v), want the same: %v", name, share, err, tc.same)
		}
	}
}
