package main

import (
	"io"

	"github.com/spf13/cobra"

	"lapak/scheduler/fivefold"
)

// fiveFoldCommand writes docs/five-fold.md: a page for branch managers whose
// figures are all measured anew.
func fiveFoldCommand(s streams) *cobra.Command {
	return &cobra.Command{
		Use:   "five-fold",
		Short: "Measure when one officer does the work of five, and print the page docs/five-fold.md",
		Args:  cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			page, err := fivefold.Page()
			if err != nil {
				return err
			}
			_, err = io.WriteString(s.out, page)
			return err
		},
	}
}
