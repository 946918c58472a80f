package main

import (
	"encoding/json"
	"fmt"

	"github.com/spf13/cobra"

	"lapak/scheduler/document"
	"lapak/scheduler/draw"
)

func drawCommand(s streams) *cobra.Command {
	c := &cobra.Command{Use: "draw", Short: "The recorded draw of those who came before opening", Args: cobra.NoArgs}
	c.AddCommand(drawVerifyCommand(s))
	return c
}

// drawn is what draw verify says.
type drawn struct {
	OK       bool     `json:"ok"`
	Date     string   `json:"date"`
	Round    int      `json:"round"`
	Numbers  int      `json:"numbers"`
	Problems []string `json:"problems"`
}

func drawVerifyCommand(s streams) *cobra.Command {
	var file string
	c := &cobra.Command{
		Use:   "verify -f FILE",
		Short: "Compute a published draw again; exit code 2 when it does not agree",
		Long:  "Reads the proof that the desk saves (docs/protocol.md), computes the order from the secret, the list and the dice, and compares.",
		Args:  cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			b, err := readInput(s.in, "-f", file)
			if err != nil {
				return err
			}
			p, err := readProof(b)
			if err != nil {
				return badInput("%v", err)
			}
			out := drawn{Date: p.Date, Round: p.Round, Numbers: len(p.List), Problems: append([]string{}, draw.Verify(p)...)}
			out.OK = len(out.Problems) == 0
			if err := json.NewEncoder(s.out).Encode(out); err != nil {
				return err
			}
			if !out.OK {
				return &failure{exitNo, fmt.Errorf("the draw of %s does not agree: %s", p.Date, out.Problems[0])}
			}
			return nil
		},
	}
	c.Flags().StringVarP(&file, "file", "f", "", "the proof; standard input when left out")
	return c
}

// readProof reads a proof: alone, or as GET /api/v1/draw gives it.
func readProof(b []byte) (draw.Proof, error) {
	var whole struct {
		Phase string     `json:"phase"`
		Proof draw.Proof `json:"proof"`
	}
	var names map[string]json.RawMessage
	if json.Unmarshal(b, &names) == nil && names["proof"] != nil {
		if err := document.Into(b, &whole); err != nil {
			return whole.Proof, err
		}
	} else if err := document.Into(b, &whole.Proof); err != nil {
		return whole.Proof, err
	}
	if whole.Proof.Version != 1 {
		return whole.Proof, document.Wrong("version", "this program reads version 1, not %d", whole.Proof.Version)
	}
	if len(whole.Proof.Order) == 0 {
		return whole.Proof, document.Wrong("order", "the draw was not held yet: there is no order to verify")
	}
	return whole.Proof, nil
}
