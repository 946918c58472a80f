package main

import (
	"context"
	"encoding/json"
	"net/http"

	"github.com/spf13/cobra"

	"lapak/cmd/lapak/backup"
	"lapak/hall/journal"
)

func verifyCommand(s streams) *cobra.Command {
	var dir string
	c := &cobra.Command{
		Use:   "verify",
		Short: "Read the whole journal, apply every record, check every invariant",
		Args:  cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			rep, err := verify(c.Context(), dir)
			if err != nil {
				return err
			}
			if err := json.NewEncoder(s.out).Encode(rep); err != nil {
				return err
			}
			if !rep.OK {
				return &failure{code: exitNo}
			}
			return nil
		},
	}
	dataFlag(c, &dir)
	return c
}

// verify asks the running server, or opens the data itself.
func verify(ctx context.Context, dir string) (backup.Report, error) {
	if err := needData(dir); err != nil {
		return backup.Report{}, err
	}
	var rep backup.Report
	if running, err := callControl(ctx, dir, http.MethodPost, "/verify", nil, &rep); running {
		return rep, err
	}
	j, err := journal.Open(dir, journal.Options{MustExist: true})
	if err != nil {
		return backup.Report{}, err
	}
	defer j.Close()
	return backup.Verify(j), nil
}
