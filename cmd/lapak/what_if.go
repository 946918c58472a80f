package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"time"

	"github.com/spf13/cobra"

	"lapak/hall"
	"lapak/hall/journal"
	"lapak/hall/study"
	"lapak/scheduler/whatif"
)

func whatIfCommand(s streams) *cobra.Command {
	var dir, file string
	var advise bool
	c := &cobra.Command{
		Use:   "what-if --data DIR [-f FILE] [--advise]",
		Short: "What a change would do to the branch, beside what it is today; or what to change",
		Long: "Reads one JSON question (docs/protocol.md) from standard input or a file; {} with --advise looks for the\n" +
			"cheapest changes that keep the policy's promise.",
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			b, err := readInput(s.in, "-f", file)
			if err != nil {
				return err
			}
			q, err := whatif.Parse(b)
			if err != nil {
				return whatIfFailure(err)
			}
			q.Advise = q.Advise || advise
			out, err := whatIf(c.Context(), dir, q)
			if err != nil {
				return err
			}
			for _, note := range out.Notes {
				fmt.Fprintf(s.err, "lapak: %s\n", noteWords(note))
			}
			return json.NewEncoder(s.out).Encode(out)
		},
	}
	dataFlag(c, &dir)
	c.Flags().StringVarP(&file, "file", "f", "", "read the question from this file")
	c.Flags().BoolVar(&advise, "advise", false, "propose the cheapest changes that keep the promise")
	return c
}

// whatIf asks the running server, or opens the data itself.
func whatIf(ctx context.Context, dir string, q whatif.Question) (whatif.Answer, error) {
	if err := needData(dir); err != nil {
		return whatif.Answer{}, err
	}
	var out whatif.Answer
	if running, err := callControl(ctx, dir, http.MethodPost, "/what-if", q, &out); running {
		return out, err
	}
	j, err := journal.Open(dir, journal.Options{MustExist: true})
	if err != nil {
		return out, err
	}
	defer j.Close()
	r := journal.Plain{Store: j}
	state, err := hall.Load(r)
	if err != nil {
		return out, err
	}
	base := whatif.BaseOf(state)
	if q.Day.IsZero() {
		days, err := study.ReadLast(r, state.Seq, ctx.Err)
		if err != nil {
			return out, err
		}
		base = base.Learn(days)
	} else {
		p, err := study.ReadDay(r, q.Day, ctx.Err)
		if err != nil {
			return out, whatIfFailure(err)
		}
		base = whatif.BaseOfDay(p)
	}
	s, err := whatif.New(q, base)
	for more := err == nil; more && err == nil; {
		if err = ctx.Err(); err == nil {
			more, err = s.Next()
		}
	}
	if err != nil {
		return out, whatIfFailure(err)
	}
	return s.Answer(), nil
}

// askEvery is how often the control server looks whether a question is over.
const askEvery = 50 * time.Millisecond

// askQueue puts the question among those of the screens and waits for it; when
// the caller goes, it is cancelled.
func askQueue(ctx context.Context, studies *study.Queue, q whatif.Question) (whatif.Answer, error) {
	e, err := studies.Ask(q)
	if err != nil {
		return whatif.Answer{}, whatIfFailure(err)
	}
	look := time.NewTicker(askEvery)
	defer look.Stop()
	for {
		now, ok := studies.Get(e.ID)
		switch {
		case !ok || now.State == study.Cancelled:
			return whatif.Answer{}, unavailable("the question was cancelled")
		case now.State == study.Failed:
			return whatif.Answer{}, unavailable("%s", now.Reason)
		case now.State == study.Done:
			return *now.Answer, nil
		}
		select {
		case <-ctx.Done():
			studies.Cancel(e.ID)
			return whatif.Answer{}, ctx.Err()
		case <-look.C:
		}
	}
}
