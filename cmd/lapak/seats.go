package main

import (
	"encoding/json"
	"time"

	"github.com/spf13/cobra"

	"lapak/scheduler/seating"
)

// seatsCommand is the parent of the two questions about a room's seats.
func seatsCommand(s streams) *cobra.Command {
	c := &cobra.Command{
		Use:   "seats",
		Short: "Choose seats of a furnished room, or arrange seats in an empty one",
		Args:  cobra.NoArgs,
		RunE:  func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	c.AddCommand(seatsChooseCommand(s), seatsArrangeCommand(s))
	return c
}

// chooseTime is the safety stop of a choice; the work budget normally ends a search long before.
const chooseTime = 2 * time.Second

func seatsChooseCommand(s streams) *cobra.Command {
	var file string
	var limit time.Duration
	c := &cobra.Command{
		Use:   "choose [-f FILE] [--time-limit DURATION]",
		Short: "Say which seats of a furnished room may be used together, and who sits where",
		Long: "Reads one JSON document (docs/protocol.md) from standard input or a file and seats the most persons at the\n" +
			"distance, parties whole. The answer depends on the document alone unless the time limit ends the search.",
		Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			if limit <= 0 {
				return usage("--time-limit: %v is no time; give for example 2s", limit)
			}
			b, err := readInput(s.in, "-f", file)
			if err != nil {
				return err
			}
			request, err := seating.ParseRequest(b)
			if err != nil {
				return badInput("%v", err)
			}
			end := time.Now().Add(limit)
			choice, err := seating.ChooseUntil(request, func() bool { return !time.Now().Before(end) })
			if err != nil {
				return badInput("%v", err)
			}
			return json.NewEncoder(s.out).Encode(choice)
		},
	}
	c.Flags().StringVarP(&file, "file", "f", "", "read the input from this file")
	c.Flags().DurationVar(&limit, "time-limit", chooseTime, "safety stop; an answer that it cut short says \"stopped\":\"time\"")
	return c
}
