package main

import (
	"context"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"lapak/hall/web"
)

// sheetFiles are the newest fallback sheets in the data directory, by language: whoever
// takes the disk or a copy of the folder to another PC can print the line, and with the
// program gone nobody can switch.
var sheetFiles = map[string]string{"id": "lembar-cadangan.html", "en": "fallback-sheet.html"}

// keepSheet writes the fallback sheet at once and then at every tick, until ctx ends.
func keepSheet(ctx context.Context, tick <-chan time.Time, dir string, sheet func(lang string) ([]byte, error), log *slog.Logger) {
	for {
		for lang := range sheetFiles {
			if err := writeSheet(dir, lang, sheet); err != nil {
				log.Warn("the fallback sheet cannot be written", "language", lang, "error", err)
			}
		}
		select {
		case <-ctx.Done():
			return
		case <-tick:
		}
	}
}

// writeSheet replaces the file whole, so that a power cut leaves the sheet before.
func writeSheet(dir, lang string, sheet func(lang string) ([]byte, error)) error {
	body, err := sheet(lang)
	if err != nil {
		return err
	}
	temp, err := os.CreateTemp(dir, ".sheet-*")
	if err != nil {
		return err
	}
	defer os.Remove(temp.Name())
	if _, err = temp.Write(body); err == nil {
		err = temp.Sync()
	}
	if closed := temp.Close(); err == nil {
		err = closed
	}
	if err != nil {
		return err
	}
	return os.Rename(temp.Name(), filepath.Join(dir, sheetFiles[lang]))
}

// sheetEvery is how often the file is renewed.
const sheetEvery = web.SheetRenewS * time.Second
