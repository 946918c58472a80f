package main

import (
	"errors"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"lapak/hall/journal"
)

// defaultData is the data directory when none is named.
const defaultData = "./lapak-data"

func dataFlag(c *cobra.Command, dir *string) {
	c.Flags().StringVar(dir, "data", defaultData, "data directory")
}

// needData refuses a directory that holds no branch, so that a typing error
// never looks like an empty branch.
func needData(dir string) error {
	if _, err := os.Stat(filepath.Join(dir, journal.FileName)); errors.Is(err, os.ErrNotExist) {
		return unavailable("%s holds no branch's data (no %s there); name the directory with --data", dir, journal.FileName)
	} else if err != nil {
		return unavailable("%v", err)
	}
	return nil
}
