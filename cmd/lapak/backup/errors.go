package backup

import (
	"errors"
	"fmt"
)

// The kinds of failure, for errors.Is. The error itself says what to do.
var (
	ErrInput       = errors.New("the file or the directory that was named is the wrong one")
	ErrUnavailable = errors.New("the disk refused")
	ErrUnsound     = errors.New("the journal does not verify")
)

// failure is an error of one of the kinds, in words of its own.
type failure struct {
	kind error
	says string
}

func (f *failure) Error() string { return f.says }

func (f *failure) Unwrap() error { return f.kind }

func failed(kind error, format string, args ...any) error {
	return &failure{kind, fmt.Sprintf(format, args...)}
}
