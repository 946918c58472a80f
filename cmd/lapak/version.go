package main

import (
	"encoding/json"
	"fmt"
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"

	"lapak/scheduler"
	"lapak/ui"
)

// version is the release's; the build may set it.
var version = "0.2.0"

func versionCommand(s streams) *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use:   "version",
		Short: "Print the version, and with --json what it was built from",
		Args:  cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			if !asJSON {
				fmt.Fprintf(s.out, "lapak %s\n", version)
				return nil
			}
			v := map[string]any{"version": version, "go": runtime.Version(), "platform": runtime.GOOS + "/" + runtime.GOARCH,
				"state_version": scheduler.StateVersion, "ui_build": ui.Build()}
			if info, ok := debug.ReadBuildInfo(); ok {
				for _, set := range info.Settings {
					if set.Key == "vcs.revision" {
						v["revision"] = set.Value
					}
				}
			}
			return json.NewEncoder(s.out).Encode(v)
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "print one JSON document")
	return c
}
