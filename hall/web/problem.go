package web

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"lapak/hall"
	"lapak/hall/access"
	"lapak/hall/board"
	"lapak/hall/journal"
	"lapak/hall/media"
	"lapak/hall/people"
	"lapak/scheduler"
)

// Problem is the answer to a request that failed, as RFC 9457 describes it.
// Code is stable; Detail is a sentence that a person can act on.
type Problem struct {
	Type   string `json:"type"`
	Title  string `json:"title"`
	Status int    `json:"status"`
	Code   string `json:"code"`
	Detail string `json:"detail"`
	Field  string `json:"field,omitempty"`
	// ErrorID names a fault in the server's log.
	ErrorID string `json:"error_id,omitempty"`
	// RetryAfterS is how long to wait before the same request may succeed.
	RetryAfterS int64 `json:"retry_after_s,omitempty"`
	// Fields lists every wrong field of a form, when there may be several.
	Fields []FieldProblem `json:"fields,omitempty"`
}

// FieldProblem is one wrong field.
type FieldProblem struct {
	Field  string `json:"field"`
	Code   string `json:"code"`
	Detail string `json:"detail"`
}

// refusal is an error of this package that carries its own answer.
type refusal struct {
	status int
	code   string
	field  string
	detail string
	after  int64 // seconds, for Retry-After
}

func (r *refusal) Error() string { return r.code + ": " + r.detail }

func refuse(status int, code, format string, args ...any) error {
	return &refusal{status: status, code: code, detail: fmt.Sprintf(format, args...)}
}

func badField(status int, code, field, format string, args ...any) error {
	return &refusal{status: status, code: code, field: field, detail: fmt.Sprintf(format, args...)}
}

func later(status int, code string, after int64, format string, args ...any) error {
	return &refusal{status: status, code: code, after: after, detail: fmt.Sprintf(format, args...)}
}

var (
	errNotSignedIn = refuse(http.StatusUnauthorized, "not_signed_in", "You are not signed in, or your sign-in is over. Sign in and try again.")
	errRoleMayNot  = refuse(http.StatusForbidden, "role_may_not", "Your role may not do this. Ask somebody whose task it is, or the branch manager.")
	errNotFound    = refuse(http.StatusNotFound, "not_found", "There is nothing at this address. Check it, or start from the first page.")
)

// statusClientGone is logged when the caller left before the answer; nobody
// receives it.
const statusClientGone = 499

// problemOf turns any error of a handler into its answer. known is false for a
// fault, whose cause the caller must log and never show.
func problemOf(err error) (p Problem, known bool) {
	var mine *refusal
	var rule *scheduler.Refusal
	var handshake *board.HandshakeError
	var routing *echo.HTTPError
	switch {
	case errors.As(err, &mine):
		p = Problem{Status: mine.status, Code: mine.code, Detail: mine.detail, Field: mine.field, RetryAfterS: mine.after}
	case errors.As(err, &rule):
		p = Problem{Status: classStatus(rule.Class), Code: rule.Code, Detail: rule.Reason, Field: rule.Field}
	case errors.As(err, &handshake):
		p = Problem{Status: handshake.Status, Code: handshake.Code, Detail: handshake.Reason}
	case errors.As(err, &routing):
		p = routingProblem(routing)
	default:
		for _, of := range []func(error) (Problem, bool){hallProblem, formProblem, accessProblem, peopleProblem} {
			if p, known = of(err); known {
				break
			}
		}
		if !known {
			p = Problem{Status: http.StatusInternalServerError, Code: "internal",
				Detail: "Something went wrong inside the server. It has been logged; try again, and tell the branch manager the error id if it happens again."}
			return p.titled(), false
		}
	}
	return p.titled(), true
}

func (p Problem) titled() Problem {
	p.Type, p.Title = "about:blank", http.StatusText(p.Status)
	return p
}

func classStatus(c scheduler.Class) int {
	switch c {
	case scheduler.Invalid:
		return http.StatusUnprocessableEntity
	case scheduler.NotFound:
		return http.StatusNotFound
	case scheduler.Forbidden:
		return http.StatusForbidden
	}
	return http.StatusConflict
}

func routingProblem(e *echo.HTTPError) Problem {
	switch e.Code {
	case http.StatusNotFound:
		p, _ := problemOf(errNotFound)
		return p
	case http.StatusMethodNotAllowed:
		return Problem{Status: e.Code, Code: "method_not_allowed", Detail: "This address does not take that method; the Allow header lists those it takes."}
	}
	return Problem{Status: e.Code, Code: "bad_request", Detail: http.StatusText(e.Code) + "."}
}

func hallProblem(err error) (Problem, bool) {
	switch {
	case errors.Is(err, hall.ErrFull), errors.Is(err, media.ErrFull):
		return Problem{Status: http.StatusInsufficientStorage, Code: "disk_full",
			Detail: "The server's disk is full. Nothing was lost and nothing was changed; free some space and try again."}, true
	case errors.Is(err, hall.ErrBusy):
		return Problem{Status: http.StatusServiceUnavailable, Code: "busy", RetryAfterS: 1, Detail: "Too many commands at once. Try again in a second."}, true
	case errors.Is(err, hall.ErrStopping):
		return Problem{Status: http.StatusServiceUnavailable, Code: "unavailable", RetryAfterS: 2,
			Detail: "The branch's server is stopping or restarting. Send the same request again with the same key in a moment."}, true
	case errors.Is(err, hall.ErrReused):
		return Problem{Status: http.StatusUnprocessableEntity, Code: "idempotency_key_reused", Field: keyHeader,
			Detail: "This Idempotency-Key was used for another request already. Choose a new key for a new intent."}, true
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return Problem{Status: statusClientGone, Code: "client_gone", Detail: "The caller left before the answer."}, true
	case errors.Is(err, scheduler.ErrNothing):
		return Problem{Status: http.StatusConflict, Code: "no_change", Detail: "It is so already; nothing changes."}, true
	}
	return Problem{}, false
}

// formProblem is a form of the accounts or of the people with wrong fields.
func formProblem(err error) (Problem, bool) {
	var one *access.FieldError
	var several people.FieldErrors
	switch {
	case errors.As(err, &one):
		return Problem{Status: http.StatusUnprocessableEntity, Code: one.Code, Field: one.Field, Detail: sentence(one.Reason)}, true
	case errors.As(err, &several) && len(several) > 0:
		p := Problem{Status: http.StatusUnprocessableEntity, Code: several[0].Code, Field: several[0].Field, Detail: sentence(several[0].Reason)}
		for _, f := range several {
			p.Fields = append(p.Fields, FieldProblem{Field: f.Field, Code: f.Code, Detail: sentence(f.Reason)})
		}
		return p, true
	}
	return Problem{}, false
}

func accessProblem(err error) (Problem, bool) {
	var slow *access.Throttled
	switch {
	case errors.As(err, &slow):
		return Problem{Status: http.StatusTooManyRequests, Code: "locked_out", RetryAfterS: slow.After,
			Detail: fmt.Sprintf("Too many attempts. Try again in %d seconds.", slow.After)}, true
	case errors.Is(err, access.ErrWrong):
		return Problem{Status: http.StatusUnauthorized, Code: "wrong_password", Detail: "The name or the password is wrong."}, true
	case errors.Is(err, access.ErrBusy):
		return Problem{Status: http.StatusTooManyRequests, Code: "too_many_requests", RetryAfterS: 3, Detail: "Too many sign-ins at once. Try again in a few seconds."}, true
	case errors.Is(err, access.ErrNobody):
		p, _ := problemOf(errNotSignedIn)
		return p, true
	case errors.Is(err, access.ErrLink):
		return Problem{Status: http.StatusForbidden, Code: "setup_link_over", Detail: "This set-up link was used or is too old. Restart the program to get a new one."}, true
	case errors.Is(err, access.ErrHaveManager):
		return Problem{Status: http.StatusConflict, Code: "setup_done", Detail: "A manager exists already. Sign in and add people there."}, true
	case errors.Is(err, access.ErrLastManager):
		return Problem{Status: http.StatusConflict, Code: "last_manager", Detail: "This is the last manager. Name another one first."}, true
	case errors.Is(err, access.ErrCode):
		return Problem{Status: http.StatusForbidden, Code: "pairing_code_wrong",
			Detail: "No screen shows this code: it was mistyped, used, or is older than ten minutes. Read it from the screen again."}, true
	case errors.Is(err, access.ErrUnknown):
		p, _ := problemOf(errNotFound)
		return p, true
	case errors.Is(err, access.ErrTooMany):
		return Problem{Status: http.StatusConflict, Code: "too_many_entries", Detail: "The limit on entries is reached. Remove what is no longer used."}, true
	case errors.Is(err, access.ErrFull), errors.Is(err, people.ErrFull), errors.Is(err, journal.ErrFull):
		return hallProblem(hall.ErrFull)
	}
	return Problem{}, false
}

func peopleProblem(err error) (Problem, bool) {
	switch {
	case errors.Is(err, people.ErrUnknown), errors.Is(err, people.ErrForgotten):
		return Problem{Status: http.StatusNotFound, Code: "person_forgotten", Detail: "The identity was removed when its time was over. Ask the person again."}, true
	case errors.Is(err, people.ErrNoKey):
		return Problem{Status: http.StatusNotFound, Code: "name_not_available", Detail: "The name is not available: the keys of this branch were not restored."}, true
	}
	return Problem{}, false
}

// sentence makes a reason of a form a sentence.
func sentence(reason string) string {
	if reason == "" {
		return reason
	}
	s := string(reason[0]-'a'+'A') + reason[1:]
	if reason[0] < 'a' || reason[0] > 'z' {
		s = reason
	}
	if last := s[len(s)-1]; last != '.' && last != '!' && last != '?' {
		s += "."
	}
	return s
}

// writeProblem is the only place where errors become bytes.
func writeProblem(w http.ResponseWriter, p Problem) {
	if p.RetryAfterS > 0 {
		w.Header().Set("Retry-After", strconv.FormatInt(p.RetryAfterS, 10))
	}
	if p.Status == http.StatusUnauthorized {
		w.Header().Set("WWW-Authenticate", `Bearer realm="lapak"`)
	}
	if p.Status == statusClientGone {
		p.Status = http.StatusServiceUnavailable // whoever still reads it may try again
	}
	body, err := json.Marshal(p)
	if err != nil {
		panic(err) // a problem holds strings and numbers only
	}
	w.Header().Set("Content-Type", "application/problem+json")
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(p.Status)
	_, _ = w.Write(body) // whoever does not read the answer has left
}
