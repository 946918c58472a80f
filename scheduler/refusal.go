package scheduler

import "fmt"

// Class says what kind of answer a refusal is, so that a caller can choose how
// to show it without knowing every code.
type Class uint8

// The classes of refusals.
const (
	Conflict  Class = iota // the state does not allow it now
	Invalid                // the input itself is wrong
	NotFound               // the thing named does not exist
	Forbidden              // this actor may not do it
)

// Refusal is an answer, not a fault: the rules say no, with a stable code for
// programs and a sentence that a person can act on. A refused command changes
// nothing.
type Refusal struct {
	Code   string `json:"code"`
	Field  string `json:"field,omitempty"` // the input's field, when one is to blame
	Reason string `json:"reason"`          // an English sentence; the screens translate by code
	Class  Class  `json:"-"`
}

// Error makes a refusal usable as an error; errors.As finds it again.
func (r *Refusal) Error() string { return r.Code + ": " + r.Reason }

// checkReason refuses what is no code: free text lives with the people, never
// in the journal.
func checkReason(field string, r ReasonCode) error {
	if len(r) > maxReason {
		return invalid(field, "bad_reason", "A reason is one of the list's codes; longer text belongs into a note.")
	}
	for i := range len(r) {
		if c := r[i]; (c < 'a' || c > 'z') && c != '_' && (c < '0' || c > '9' || i == 0) {
			return invalid(field, "bad_reason", "A reason is one of the list's codes, in small letters; text belongs into a note.")
		}
	}
	return nil
}

// maxReason is the length of the longest code of the list, generously.
const maxReason = 40

func conflict(code, format string, args ...any) error {
	return &Refusal{Code: code, Reason: fmt.Sprintf(format, args...), Class: Conflict}
}

func invalid(field, code, format string, args ...any) error {
	return &Refusal{Code: code, Field: field, Reason: fmt.Sprintf(format, args...), Class: Invalid}
}

func unknown(field, what string, id any) error {
	return &Refusal{Code: "unknown_" + what, Field: field, Class: NotFound,
		Reason: fmt.Sprintf("There is no %s %v. Refresh the screen and choose again.", what, id)}
}

func forbidden(code, format string, args ...any) error {
	return &Refusal{Code: code, Reason: fmt.Sprintf(format, args...), Class: Forbidden}
}
