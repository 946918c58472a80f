package web

import (
	"errors"
	"net/http"
	"strings"
	"time"

	"lapak/hall/board"
)

// subject names what the address asks for as the feed knows it.
func (c *call) subject() string {
	path := strings.TrimPrefix(c.r.URL.Path, api)
	path = strings.TrimPrefix(path, "/views/")
	return strings.TrimPrefix(path, "/feed/")
}

// getView is the newest view over plain HTTP, the same bytes that the feed has.
func getView(c *call) (reply, error) {
	if _, err := c.query(); err != nil {
		return reply{}, err
	}
	return c.viewOf(c.subject())
}

func (c *call) viewOf(subject string) (reply, error) {
	suffix := c.s.o.Source.suffix()
	view, tag, err := c.s.o.Feed.Current(c.context(), subject)
	switch {
	case errors.Is(err, board.ErrUnknownSubject):
		return reply{}, errNotFound
	case errors.Is(err, board.ErrShutDown):
		return reply{}, later(http.StatusServiceUnavailable, "unavailable", 2, "The branch's server is stopping or restarting. Ask again in a moment.")
	case err != nil:
		return reply{}, err
	}
	tag = strings.TrimSuffix(tag, `"`) + suffix + `"`
	h := c.w.Header()
	h.Set("ETag", tag)
	if matches(c.r.Header.Values("If-None-Match"), tag) {
		return reply{status: http.StatusNotModified}, nil
	}
	h.Set("Content-Type", "application/json")
	c.w.WriteHeader(http.StatusOK)
	_, _ = c.w.Write(view.Body) // whoever does not read the answer has left
	return reply{written: true}, nil
}

// matches compares an If-None-Match with our tag, weakly, as RFC 9110 has it.
func matches(values []string, tag string) bool {
	for _, value := range values {
		for one := range strings.SplitSeq(value, ",") {
			one = strings.TrimPrefix(strings.TrimSpace(one), "W/")
			if one == tag || one == "*" {
				return true
			}
		}
	}
	return false
}

// follow makes the request a screen of the subject until it goes.
func follow(c *call) (reply, error) {
	c.liftDeadlines()
	screen := c.screen()
	if c.who.access.Ended != nil {
		gone := make(chan struct{})
		defer close(gone)
		go func() {
			select {
			case <-c.who.access.Ended: // revoked, or its rights changed: within a second
				code := board.CloseSignedOut
				if screen.Valid() { // a device that was moved, or got another name
					code = board.CloseChanged
				}
				c.s.o.Feed.CloseCredential(c.who.access.Credential, code)
			case <-gone:
			}
		}()
	}
	if err := c.s.o.Feed.Serve(c.w, c.r, c.subject(), screen); err != nil {
		return reply{}, err
	}
	return reply{written: true}, nil
}

// liftDeadlines ends the times that the server sets for ordinary answers; a feed
// keeps its own for every frame.
func (c *call) liftDeadlines() {
	control := http.NewResponseController(c.w)
	// A connection that cannot do it (a test's) has no deadlines either.
	_ = control.SetWriteDeadline(time.Time{})
	_ = control.SetReadDeadline(time.Time{})
}

func (c *call) screen() board.ScreenOptions {
	token, standing := c.who.token, c.who.standing
	return board.ScreenOptions{
		Credential: c.who.access.Credential, TokenClient: c.who.bearer, CheckOrigin: c.s.sameOrigin,
		Valid: func() bool {
			if token == "" {
				return true
			}
			a, err := c.s.o.Access.Peek(token)
			return err == nil && known(a, token, false).standing == standing
		},
	}
}

// turnAway tells a screen that may not look why, by a close code: browsers hide
// the status of a refused websocket from the page.
func (c *call) turnAway(err error) error {
	var busy *refusal
	if !strings.EqualFold(c.r.Header.Get("Upgrade"), "websocket") || errors.As(err, &busy) && busy.status == http.StatusTooManyRequests {
		return err // it may come again
	}
	code := board.CloseNotAllowed
	switch {
	case errors.Is(err, errNotSignedIn):
		code = board.CloseSignedOut
	case errors.Is(err, errNotFound):
		code = board.CloseUnknownSubject
	}
	c.liftDeadlines()
	return c.s.o.Feed.Refuse(c.w, c.r, code, c.screen())
}
