package main

import (
	"encoding/json"
	"errors"

	"github.com/spf13/cobra"

	"lapak/cmd/lapak/backup"
)

func restoreCommand(s streams) *cobra.Command {
	var dir, from, keys string
	c := &cobra.Command{
		Use:   "restore --from FILE",
		Short: "Put a backup back into an empty directory; a new epoch begins",
		Long: "Put a backup back into an empty directory. Without --keys numbers, order and calls return and names say\n" +
			"\"not available\". Numbers given after the backup are still on paper, so each series skips ahead.",
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			if from == "" {
				return &failure{exitUsage, errors.New("say what to restore with --from FILE")}
			}
			rep, err := backup.Restore(c.Context(), from, dir, keys)
			if err != nil {
				return err
			}
			return json.NewEncoder(s.out).Encode(rep)
		},
	}
	dataFlag(c, &dir)
	c.Flags().StringVar(&from, "from", "", "backup file")
	c.Flags().StringVar(&keys, "keys", "", "the branch's keys.json, kept apart from its backups")
	return c
}
