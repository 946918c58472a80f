package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"lapak/hall"
)

// TestTheFallbackSheetLiesInTheDataDirectory: who takes the folder to another PC can
// print the line, and no name is on it.
func TestTheFallbackSheetLiesInTheDataDirectory(t *testing.T) {
	h := furnish(t, hall.NewTime(), nil).serve()
	for lang, title := range map[string]string{"id": "Lembar cadangan antrean", "en": "Fallback sheet of the line"} {
		file := filepath.Join(h.dir, sheetFiles[lang])
		eventually(t, "the sheet is written", func() bool { _, err := os.Stat(file); return err == nil })
		body, err := os.ReadFile(file)
		if err != nil || !strings.Contains(string(body), title) || !strings.Contains(string(body), "A001") {
			t.Fatalf("%s: %v %.300s", lang, err, body)
		}
	}
	left, _ := filepath.Glob(filepath.Join(h.dir, ".sheet-*"))
	if len(left) > 0 {
		t.Errorf("half-written sheets are left: %v", left)
	}
}
