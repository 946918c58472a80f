package access

import (
	"errors"
	"fmt"
)

// Errors that callers tell apart with errors.Is.
var (
	// ErrWrong: the name or the password is wrong. It never says which.
	ErrWrong = errors.New("access: name or password is wrong")
	// ErrNobody: the credential is unknown, revoked or over.
	ErrNobody = errors.New("access: not signed in, or the sign-in is over; sign in again")
	// ErrBusy: too many sign-ins are being checked at this moment.
	ErrBusy = errors.New("access: too many sign-ins at once; try again in a few seconds")
	// ErrLink: the set-up link is wrong, used, or too old.
	ErrLink = errors.New("access: this set-up link was used or is too old; restart the program to get a new one")
	// ErrHaveManager: set-up is over, a manager exists.
	ErrHaveManager = errors.New("access: a manager exists already; sign in and add people there")
	// ErrLastManager: the branch would be left without a manager.
	ErrLastManager = errors.New("access: this is the last manager; name another one first")
	// ErrCode: the pairing code is wrong, used, or too old.
	ErrCode = errors.New("access: no screen shows this pairing code; it was mistyped, used, or is older than ten minutes: read the code from the screen again")
	// ErrUnknown: there is no such account, session, token or device.
	ErrUnknown = errors.New("access: there is no such entry (any more); load the list again")
	// ErrTooMany: a limit on entries is reached.
	ErrTooMany = errors.New("access: the limit is reached; remove what is no longer used")
	// ErrFull: the disk is full; nothing was changed.
	ErrFull = errors.New("access: no room to write on the disk; free some space and try again")
	// ErrCommit: a write failed in a way that leaves its effect unknown. The store
	// refuses every later write: stop the process and start again.
	ErrCommit = errors.New("access: a write to access.db failed; the program must be restarted")
	// ErrClosed: the store was closed.
	ErrClosed = errors.New("access: the store is closed")
	// ErrInUse: another process has the file open.
	ErrInUse = errors.New("access: access.db is in use by another process; stop it or ask it")
	// ErrNewer: the file was written by a newer program.
	ErrNewer = errors.New("access: access.db was written by a newer program; start that one")
	// ErrDamaged: the file cannot be read.
	ErrDamaged = errors.New("access: access.db is damaged; set it aside, start again and add the accounts anew")
)

// Throttled says that an attempt was refused unseen, because too many failed
// before it.
type Throttled struct {
	After int64 // seconds until the next attempt is looked at
}

func (t *Throttled) Error() string {
	return fmt.Sprintf("access: too many attempts; try again in %d seconds", t.After)
}

// FieldError is one field that cannot be accepted, with the way out.
type FieldError struct {
	Field  string `json:"field"`
	Code   string `json:"code"`   // stable, for translation
	Reason string `json:"reason"` // English; never repeats a password
}

func (e *FieldError) Error() string { return e.Field + ": " + e.Reason }
