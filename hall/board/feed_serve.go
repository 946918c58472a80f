package board

import (
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/gorilla/websocket"
)

// ScreenOptions say who looks. Whether they may was decided by the caller.
type ScreenOptions struct {
	// Credential is the key by which CloseCredential finds the screen: never the
	// secret itself. Empty for a screen that nobody signed in to; such screens
	// are counted in MaxScreens only.
	Credential string
	// TokenClient says that the request carried a bearer token, which no browser
	// adds by itself. Only then may the Origin header be missing.
	TokenClient bool
	// CheckOrigin judges an Origin header that is there; nil means SameHost.
	CheckOrigin func(r *http.Request) bool
	// Valid, if set, is asked whether the credential still holds: once when the
	// screen is listed, so that a revocation during the handshake is not missed,
	// and at every ping, so that an expired session ends. It must be quick.
	Valid func() bool
}

// Serve makes the request a screen of the subject and returns when that screen
// has gone. The query may carry where the screen was (epoch and seq: the view is
// left out if a beat has told the screen that it is right beyond its own seq) and
// the page's build (another than the running one is closed with
// CloseReplacedBuild). The error is a *HandshakeError, with nothing written yet,
// or nil.
func (f *Feed) Serve(w http.ResponseWriter, r *http.Request, subject string, o ScreenOptions) error {
	if refused := checkHandshake(r, o); refused != nil {
		return refused
	}
	s := newScreen(f, o)
	if refused := f.enter(s); refused != nil {
		return refused
	}
	defer f.leave(s)
	conn, refused := f.upgrade(w, r)
	if refused != nil {
		return refused
	}
	if conn == nil {
		return nil // the client left during the handshake
	}
	s.serve(r, conn, subject)
	return nil
}

// Refuse accepts the websocket only to close it with a code: a browser shows its
// page the close code, but never the HTTP status of a refused handshake. Use it
// for a screen that is not signed in, or not allowed. Few are taken at a time;
// over that, and for requests that are no proper handshake, the error is a
// *HandshakeError for the caller to answer with.
func (f *Feed) Refuse(w http.ResponseWriter, r *http.Request, code CloseCode, o ScreenOptions) error {
	if refused := checkHandshake(r, o); refused != nil {
		return refused
	}
	select {
	case f.refusals <- struct{}{}:
		defer func() { <-f.refusals }()
	default:
		return &HandshakeError{http.StatusServiceUnavailable, "too_many_refusals",
			"Too many screens are being turned away at once; try again in a few seconds."}
	}
	conn, refused := f.upgrade(w, r)
	if refused != nil {
		return refused
	}
	if conn != nil {
		sayGoodbye(conn, code)
	}
	return nil
}

// sayGoodbye closes a connection on which nothing else is written: it sends the
// code and gives the client closeGrace to take it.
func sayGoodbye(conn *websocket.Conn, code CloseCode) {
	defer conn.Close()
	deadline := time.Now().Add(closeGrace)
	text := websocket.FormatCloseMessage(int(code), code.Reason())
	if conn.WriteControl(websocket.CloseMessage, text, deadline) != nil {
		return
	}
	conn.SetReadLimit(MaxInbound)
	if conn.SetReadDeadline(deadline) != nil {
		return
	}
	for {
		if _, _, err := conn.NextReader(); err != nil {
			return
		}
	}
}

// checkHandshake refuses what is no websocket request or comes from a page of
// another site.
func checkHandshake(r *http.Request, o ScreenOptions) error {
	if !websocket.IsWebSocketUpgrade(r) {
		return errNotAWebsocket()
	}
	switch origins := r.Header.Values("Origin"); {
	case len(origins) == 0 && o.TokenClient:
		return nil
	case len(origins) == 0:
		return &HandshakeError{http.StatusForbidden, "origin_missing",
			"A websocket without an Origin header is taken only with a bearer token."}
	case len(origins) > 1:
		return &HandshakeError{http.StatusForbidden, "origin_refused",
			"The request has more than one Origin header."}
	}
	check := o.CheckOrigin
	if check == nil {
		check = SameHost
	}
	if !check(r) {
		return &HandshakeError{http.StatusForbidden, "origin_refused",
			"The page that asked is not of this branch; open the branch's own address."}
	}
	return nil
}

// SameHost reports whether the Origin header names the host that the request was
// sent to. An opaque origin ("null") and one that is not http or https do not.
func SameHost(r *http.Request) bool {
	u, err := url.Parse(r.Header.Get("Origin"))
	if err != nil || u.Host == "" || (u.Scheme != "http" && u.Scheme != "https") {
		return false
	}
	return strings.EqualFold(u.Host, r.Host)
}

// upgrade answers the handshake. Both results are nil when the client has gone.
func (f *Feed) upgrade(w http.ResponseWriter, r *http.Request) (*websocket.Conn, error) {
	upgrader := f.upgrader
	upgrader.CheckOrigin = func(*http.Request) bool { return true } // checkHandshake did
	var refused error
	upgrader.Error = func(_ http.ResponseWriter, _ *http.Request, status int, reason error) {
		refused = &HandshakeError{status, "bad_handshake", reason.Error()}
	}
	conn, err := upgrader.Upgrade(wiring{w}, r, nil)
	if err != nil {
		return nil, refused
	}
	return conn, nil
}

// enter lists the screen, or says why there is no room for it. A credential that
// has too many loses its oldest.
func (f *Feed) enter(s *screen) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.closed {
		return &HandshakeError{http.StatusServiceUnavailable, "restarting",
			"The branch's server is about to restart; try again in a few seconds."}
	}
	if len(f.screens) >= MaxScreens {
		f.tally.refused.Add(1)
		return &HandshakeError{http.StatusServiceUnavailable, "too_many_screens",
			"All " + strconv.Itoa(MaxScreens) + " places for live screens are taken; try again later or close other screens."}
	}
	f.screens[s] = struct{}{}
	if s.credential == "" {
		return nil
	}
	held := append(f.held[s.credential], s)
	if len(held) > MaxScreensPerCredential {
		held[0].end(CloseReplacedScreen)
		held = held[1:]
	}
	f.held[s.credential] = held
	return nil
}

// leave takes the screen off every list.
func (f *Feed) leave(s *screen) {
	f.mu.Lock()
	defer f.mu.Unlock()
	delete(f.screens, s)
	held := f.held[s.credential]
	for i, other := range held {
		if other == s {
			held = append(held[:i:i], held[i+1:]...)
			break
		}
	}
	if len(held) == 0 {
		delete(f.held, s.credential)
	} else {
		f.held[s.credential] = held
	}
	if f.closed && len(f.screens) == 0 {
		close(f.empty)
	}
}

// openingCode is the code to close with when the first rendering failed.
func openingCode(err error) CloseCode {
	switch {
	case errors.Is(err, ErrUnknownSubject):
		return CloseUnknownSubject
	case errors.Is(err, ErrShutDown):
		return CloseRestarting
	}
	return CloseFault
}
