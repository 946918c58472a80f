package main

import (
	"encoding/json"
	"time"

	"github.com/spf13/cobra"

	"lapak/scheduler/seating/arranging"
)

// arrangeTime is the safety stop of an arrangement; the work budget normally ends a search in less than half
// of it.
const arrangeTime = 5 * time.Second

func seatsArrangeCommand(s streams) *cobra.Command {
	var file string
	var limit time.Duration
	c := &cobra.Command{
		Use:   "arrange [-f FILE] [--time-limit DURATION]",
		Short: "Furnish an empty room with as many seats as possible at the distance",
		Long: "Reads one JSON document (docs/protocol.md) from standard input or a file and says where the seats go.\n" +
			"The answer depends on the document alone unless the time limit ends the search.",
		Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			if limit <= 0 {
				return usage("--time-limit: %v is no time; give for example 5s", limit)
			}
			b, err := readInput(s.in, "-f", file)
			if err != nil {
				return err
			}
			request, err := arranging.ParseRequest(b)
			if err != nil {
				return badInput("%v", err)
			}
			end := time.Now().Add(limit)
			answer := arranging.Arrange(request, nil, func() bool { return !time.Now().Before(end) })
			return json.NewEncoder(s.out).Encode(answer)
		},
	}
	c.Flags().StringVarP(&file, "file", "f", "", "read the input from this file")
	c.Flags().DurationVar(&limit, "time-limit", arrangeTime, "safety stop; an answer that it cut short says \"stopped\":\"time\"")
	return c
}
