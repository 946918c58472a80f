package main

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"lapak/cmd/lapak/backup"
	"lapak/hall/access"
	"lapak/hall/journal"
	"lapak/hall/people"
)

// The exit codes (docs/protocol.md).
const (
	exitOK          = 0
	exitNo          = 2  // the numbers say no: verify, check, draw verify
	exitUsage       = 64 // the command line is wrong
	exitBadInput    = 65 // the input is wrong: names the field and the reason
	exitUnavailable = 69 // something that is needed is not there
	exitCommit      = 70 // a commit failed; its outcome is unknown
	exitInUse       = 75 // another process has the data directory
)

// failure is an error with its exit code. A nil err says that everything was
// said already.
type failure struct {
	code int
	err  error
}

func (f *failure) Error() string {
	if f.err == nil {
		return ""
	}
	return f.err.Error()
}

func (f *failure) Unwrap() error { return f.err }

func badInput(format string, args ...any) error {
	return &failure{exitBadInput, fmt.Errorf(format, args...)}
}

func usage(format string, args ...any) error {
	return &failure{exitUsage, fmt.Errorf(format, args...)}
}

func unavailable(format string, args ...any) error {
	return &failure{exitUnavailable, fmt.Errorf(format, args...)}
}

// streams are the program's standard streams.
type streams struct {
	in       io.Reader
	out, err io.Writer
}

// run is the program. It returns the exit code.
func run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	s := streams{in: stdin, out: stdout, err: stderr}
	root := &cobra.Command{
		Use:           "lapak",
		Short:         "One officer, several booths: group claim sessions of a branch office",
		SilenceUsage:  true,
		SilenceErrors: true,
		Args:          cobra.NoArgs,
		RunE:          func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	root.SetArgs(append([]string{}, args...)) // of no arguments at all, cobra would read the program's own
	root.SetIn(stdin)
	root.SetOut(stdout)
	root.SetErr(stderr)
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return &failure{exitUsage, err} })
	root.AddCommand(serveCommand(s), demoCommand(s), simulateCommand(s), replayCommand(s), whatIfCommand(s), fiveFoldCommand(s), seatsCommand(s),
		verifyCommand(s), backupCommand(s), drawCommand(s),
		restoreCommand(s), userCommand(s), versionCommand(s))
	err := root.ExecuteContext(ctx)
	code := exitCode(err)
	if err != nil && err.Error() != "" {
		fmt.Fprintf(stderr, "lapak: %v\n", err)
		if code == exitUsage {
			fmt.Fprintln(stderr, "Run 'lapak help' for the commands and 'lapak COMMAND --help' for its flags.")
		}
	}
	return code
}

// exitCode is the exit code of an error, from wherever it comes.
func exitCode(err error) int {
	var f *failure
	switch {
	case err == nil:
		return exitOK
	case errors.As(err, &f):
		return f.code
	case errors.Is(err, backup.ErrUnsound):
		return exitNo
	case errors.Is(err, backup.ErrInput):
		return exitBadInput
	case errors.Is(err, backup.ErrUnavailable):
		return exitUnavailable
	case errors.Is(err, journal.ErrInUse), errors.Is(err, people.ErrInUse), errors.Is(err, access.ErrInUse):
		return exitInUse
	case errors.Is(err, journal.ErrCommit), errors.Is(err, people.ErrCommit), errors.Is(err, access.ErrCommit):
		return exitCommit
	case errors.Is(err, journal.ErrMissing), errors.Is(err, journal.ErrFull), errors.Is(err, context.Canceled):
		return exitUnavailable
	case errors.Is(err, journal.ErrNewerSchema), errors.Is(err, journal.ErrTruncated), errors.Is(err, journal.ErrDamaged),
		errors.Is(err, journal.ErrNotEmpty), errors.Is(err, people.ErrNewer), errors.Is(err, people.ErrDamaged),
		errors.Is(err, access.ErrNewer), errors.Is(err, access.ErrDamaged):
		return exitBadInput
	}
	return exitUsage
}
