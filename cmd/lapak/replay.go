package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/spf13/cobra"

	"lapak/hall/journal"
	"lapak/hall/study"
	"lapak/scheduler/calendar"
	"lapak/scheduler/whatif"
)

// replayOrder is a replay on its way to the running server.
type replayOrder struct {
	Day    calendar.Date   `json:"day"`
	Policy json.RawMessage `json:"policy"`
}

func replayCommand(s streams) *cobra.Command {
	var dir, day, file string
	c := &cobra.Command{
		Use:   "replay --data DIR --day DATE --policy FILE",
		Short: "A past day's real arrivals and measured durations under another policy",
		Long:  "FILE is a policy document as in the API; fields that are missing keep what the branch had on that day.",
		Args:  cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			if day == "" || file == "" {
				return &failure{exitUsage, errors.New("--day and --policy are needed")}
			}
			date, err := calendar.Parse(day)
			if err != nil {
				return badInput("--day: %v", err)
			}
			policy, err := readInput(s.in, "--policy", file)
			if err != nil {
				return err
			}
			if !json.Valid(policy) { // it could not be sent to the server so
				return badInput("--policy: %s", notJSON(policy, file))
			}
			out, err := replay(c.Context(), dir, replayOrder{date, policy})
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
	c.Flags().StringVar(&day, "day", "", "the day, as 2026-03-02")
	c.Flags().StringVar(&file, "policy", "", "read the policy from this file; - is standard input")
	return c
}

// notJSON says where a policy stops being JSON.
func notJSON(policy []byte, file string) string {
	var any json.RawMessage
	var syntax *json.SyntaxError
	switch err := json.Unmarshal(policy, &any); {
	case len(bytes.TrimSpace(policy)) == 0:
		return file + " is empty; give one JSON object with fields of a policy"
	case errors.As(err, &syntax):
		return fmt.Sprintf("%s is no JSON document from byte %d: %v", file, syntax.Offset, err)
	}
	return file + " is no JSON document"
}

// noteWords are the notes of an answer in sentences.
func noteWords(code string) string {
	words := map[string]string{
		whatif.NoteCatalogueDemand: "no past day is known; arrivals are those of an ordinary branch",
		whatif.NoteFewVisits:       "the past days have too few visits; the other arrivals are those of an ordinary branch",
		whatif.NoteOfficersLastDay: "nobody was on shift, or not all officers yet; they are those of the last day",
		whatif.NoteOfficersAssumed: "nobody was on shift and no past day is known; the officers were given rooms in order",
		whatif.NoteIdleOfficer:     "an officer has no room and the officers are not pooled; they have nothing to do",
		whatif.NoteUnknownEvening:  "who would come after the present last number is not known; nobody does",
		whatif.NoteDayChanged:      "the policy or a room changed during the day; what held at the first call is used",
		whatif.NotePatience:        "who stayed on that day is taken to stay as long as it takes",
		whatif.NoteTimesDropped:    "the changed procedures do not fit the learned times; the catalogue's are used",
	}
	if w := words[code]; w != "" {
		return w
	}
	return code
}

// replay asks the running server, or opens the data itself.
func replay(ctx context.Context, dir string, in replayOrder) (whatif.Replay, error) {
	if err := needData(dir); err != nil {
		return whatif.Replay{}, err
	}
	var out whatif.Replay
	if running, err := callControl(ctx, dir, http.MethodPost, "/replay", in, &out); running {
		return out, err
	}
	j, err := journal.Open(dir, journal.Options{MustExist: true})
	if err != nil {
		return out, err
	}
	defer j.Close()
	return replayFrom(journal.Plain{Store: j}, in, ctx.Err)
}

// replayFrom reads the day from the records and plays it twice.
func replayFrom(r study.Records, in replayOrder, rest func() error) (whatif.Replay, error) {
	p, err := study.ReadDay(r, in.Day, rest)
	if err != nil {
		return whatif.Replay{}, whatIfFailure(err)
	}
	out, err := whatif.ReplayDay(p, in.Policy, 1, rest)
	return out, whatIfFailure(err)
}

// whatIfFailure gives an error of a what-if its exit code.
func whatIfFailure(err error) error {
	var field *whatif.FieldError
	var coded *failure
	unready, is := whatif.Unready(err)
	switch {
	case err == nil || errors.As(err, &coded):
		return err
	case is:
		return unavailable("%s", unready)
	case errors.As(err, &field):
		return badInput("%v", field)
	case errors.Is(err, study.ErrNoDay), errors.Is(err, study.ErrEmptyDay), errors.Is(err, study.ErrBusy), errors.Is(err, study.ErrClosed):
		return unavailable("%v", err)
	}
	return err
}

// paced is a rest as long as the work before it, so that a replay beside a
// running branch takes half a processor at most.
func paced(ctx context.Context) func() error {
	last := time.Now()
	return func() error {
		t := time.NewTimer(time.Since(last))
		defer t.Stop()
		select {
		case <-ctx.Done():
		case <-t.C:
		}
		last = time.Now()
		return ctx.Err()
	}
}
