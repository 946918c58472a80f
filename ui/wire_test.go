package ui_test

import (
	"io/fs"
	"maps"
	"testing"

	"lapak/ui"
)

// onTheWire are the bytes that a screen may send through the network at its first
// visit, packed as the server sends them: all of it, with the comments, the vendored
// library and every page that is fetched later. The typeface, kept by the browser for
// all screens together, and the clips of the voice are counted apart. The visitor's
// page, which the server writes, has its budget in hall/web (TestThePageIsSmall).
var onTheWire = map[string]int{"lobby": 60_000, "officer": 200_000, "manager": 400_000}

// maxTypeface bounds the fonts that every screen shares.
const maxTypeface = 30_000

func TestScreensKeepTheirBudgetOnTheWire(t *testing.T) {
	screens := ui.Embedded()
	for screen, most := range onTheWire {
		files := maps.Clone(closure(t, screen))
		for _, page := range pagesAfter(t, files) {
			maps.Copy(files, reached(t, screen, page))
		}
		sum := 0
		for name, content := range files {
			size := len(content)
			if packed, ok := screens.Packed(name); ok {
				size = len(packed)
			}
			sum += size
		}
		t.Logf("%-8s %6d of %6d bytes in %d files", screen, sum, most, len(files))
		if sum > most {
			t.Errorf("%s sends %d bytes, %d are its budget", screen, sum, most)
		}
	}
}

func TestTheTypefaceIsSmall(t *testing.T) {
	fonts, err := fs.Glob(ui.FS(), "vendor/*/*.woff2")
	if err != nil || len(fonts) == 0 {
		t.Fatalf("no typeface: %v", err)
	}
	sum := 0
	for _, name := range fonts {
		file, err := fs.ReadFile(ui.FS(), name)
		if err != nil {
			t.Fatal(err)
		}
		sum += len(file)
	}
	if sum > maxTypeface {
		t.Errorf("the typeface has %d bytes, %d are its budget", sum, maxTypeface)
	}
}
