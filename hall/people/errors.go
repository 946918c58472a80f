package people

import (
	"errors"
	"strings"
)

// Errors that callers tell apart with errors.Is.
var (
	// ErrUnknown: no person has this id (any more).
	ErrUnknown = errors.New("people: no person has this id; take the number again with the identity card")
	// ErrForgotten: the person is known only by a link, the identity was purged.
	ErrForgotten = errors.New("people: the identity was removed when its time was over; ask the person again")
	// ErrNoKey: the value is sealed with a key that is not in keys.json.
	ErrNoKey = errors.New("people: name not available: keys.json does not hold the key of this row; restore again with the keys file of the same branch")
	// ErrFull: the disk or the size limit is full; nothing was changed.
	ErrFull = errors.New("people: no room to write on the disk; free some space and try again")
	// ErrCommit: a write failed in a way that leaves its effect unknown. The
	// store refuses everything after it: stop the process and start again.
	ErrCommit = errors.New("people: a write to people.db failed; the program must be restarted")
	// ErrClosed: the store was closed.
	ErrClosed = errors.New("people: the store is closed")
	// ErrInUse: another process has the file open.
	ErrInUse = errors.New("people: people.db is in use by another process; stop it or ask it")
	// ErrNewer: the file was written by a newer program.
	ErrNewer = errors.New("people: people.db was written by a newer program; start that one, or restore an older backup")
	// ErrDamaged: a file cannot be read.
	ErrDamaged = errors.New("people: the file is damaged; set it aside and restore a backup")
	// ErrNotEmpty: a restore found people already there.
	ErrNotEmpty = errors.New("people: the directory already holds people; restore into an empty one")
	// ErrTooMany: a limit on notes or ids in one call.
	ErrTooMany = errors.New("people: too many at once")
)

// FieldError is one field that cannot be accepted. Reason is a sentence that a
// person can act on; it never repeats what was typed.
type FieldError struct {
	Field  string `json:"field"`  // name in the request body, as "memberships[1]"
	Code   string `json:"code"`   // stable, for translation
	Reason string `json:"reason"` // English
}

func (e *FieldError) Error() string { return e.Field + ": " + e.Reason }

// FieldErrors holds every wrong field of one form, in the order of the form.
// errors.As finds the first *FieldError in it.
type FieldErrors []*FieldError

func (e FieldErrors) Error() string {
	lines := make([]string, len(e))
	for i, one := range e {
		lines[i] = one.Error()
	}
	return strings.Join(lines, "; ")
}

// Unwrap lets errors.As and errors.Is see each field.
func (e FieldErrors) Unwrap() []error {
	all := make([]error, len(e))
	for i, one := range e {
		all[i] = one
	}
	return all
}

// Warning is something odd that is accepted all the same.
type Warning struct {
	Field  string `json:"field"`
	Code   string `json:"code"`
	Reason string `json:"reason"`
}
