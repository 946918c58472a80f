package main

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"path/filepath"

	"github.com/spf13/cobra"

	"lapak/cmd/lapak/backup"
	"lapak/hall/journal"
	"lapak/hall/media"
	"lapak/hall/people"
)

func backupCommand(s streams) *cobra.Command {
	var dir, to string
	c := &cobra.Command{
		Use:   "backup --to FILE",
		Short: "Copy the journal, the sealed people and the media to one file, while the branch runs",
		Args:  cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			if to == "" {
				return &failure{exitUsage, errors.New("say where to with --to FILE")}
			}
			m, err := makeBackup(c.Context(), dir, to)
			if err != nil {
				return err
			}
			return json.NewEncoder(s.out).Encode(m)
		},
	}
	dataFlag(c, &dir)
	c.Flags().StringVar(&to, "to", "", "file to write; must not exist")
	return c
}

type backupOrder struct {
	To string `json:"to"`
}

// makeBackup asks the running server, or copies the data itself.
func makeBackup(ctx context.Context, dir, to string) (backup.Manifest, error) {
	if err := needData(dir); err != nil {
		return backup.Manifest{}, err
	}
	to, err := filepath.Abs(to)
	if err != nil {
		return backup.Manifest{}, err
	}
	var m backup.Manifest
	if running, err := callControl(ctx, dir, http.MethodPost, "/backup", backupOrder{To: to}, &m); running {
		return m, err
	}
	j, err := journal.Open(dir, journal.Options{MustExist: true})
	if err != nil {
		return backup.Manifest{}, err
	}
	defer j.Close()
	p, err := people.Open(dir)
	if err != nil {
		return backup.Manifest{}, err
	}
	defer p.Close()
	own, err := media.Open(dir)
	if err != nil {
		return backup.Manifest{}, err
	}
	return backup.Write(j, p, own, to, version)
}
