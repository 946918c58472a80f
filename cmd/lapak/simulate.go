package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"

	"lapak/scheduler/simulation"
)

// maxInput bounds a document on standard input: a trace of a year fits.
const maxInput = 16 << 20

func simulateCommand(s streams) *cobra.Command {
	var file string
	c := &cobra.Command{
		Use:   "simulate [-f FILE]",
		Short: "Run branch days on the real rules and print their figures",
		Long:  "Reads one JSON document (docs/protocol.md) from standard input or a file; {} runs the defaults.",
		Args:  cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			b, err := readInput(s.in, "-f", file)
			if err != nil {
				return err
			}
			in, err := simulation.ParseInput(b)
			if err != nil {
				return badInput("%v", err)
			}
			defer collectLess()()
			out, err := simulation.RunOn(in, onAllCores)
			if err != nil {
				return badInput("%v", err)
			}
			for _, note := range out.Notes {
				fmt.Fprintf(s.err, "lapak: %s\n", note)
			}
			return json.NewEncoder(s.out).Encode(out)
		},
	}
	c.Flags().StringVarP(&file, "file", "f", "", "read the input from this file")
	return c
}

// readInput reads the one document of a command: the file that the flag names,
// or standard input.
func readInput(in io.Reader, flag, file string) ([]byte, error) {
	if file != "" && file != "-" {
		f, err := os.Open(file)
		if err != nil {
			return nil, badInput("%s: %v", flag, err)
		}
		defer f.Close()
		in = f
	}
	b, err := io.ReadAll(io.LimitReader(in, maxInput+1))
	if err != nil {
		return nil, badInput("input: %v", err)
	}
	if len(b) > maxInput {
		return nil, &failure{exitBadInput, errors.New("input: longer than 16 MiB")}
	}
	return b, nil
}
