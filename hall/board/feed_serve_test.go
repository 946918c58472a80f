package board

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"testing"
	"testing/synctest"
	"time"
)

func TestOrigins(t *testing.T) {
	own := func(r *http.Request) bool { return r.Header.Get("Origin") == "https://antrean.example" }
	for _, c := range []struct {
		name    string
		origins []string
		token   bool
		check   func(*http.Request) bool
		code    string // "" when the screen is taken
	}{
		{name: "the branch's own page", origins: []string{"http://branch.example"}},
		{name: "over TLS, in capitals", origins: []string{"https://BRANCH.example"}},
		{name: "another site", origins: []string{"http://evil.example"}, code: "origin_refused"},
		{name: "another port", origins: []string{"http://branch.example:8081"}, code: "origin_refused"},
		{name: "a longer name", origins: []string{"http://branch.example.evil"}, code: "origin_refused"},
		{name: "the name as user", origins: []string{"http://branch.example@evil.example"}, code: "origin_refused"},
		{name: "a sandboxed page", origins: []string{"null"}, code: "origin_refused"},
		{name: "a file", origins: []string{"file://branch.example"}, code: "origin_refused"},
		{name: "an empty header", origins: []string{""}, code: "origin_refused"},
		{name: "two headers", origins: []string{"http://branch.example", "http://evil.example"}, code: "origin_refused"},
		{name: "none, with a cookie", code: "origin_missing"},
		{name: "none, with a token", token: true},
		{name: "another site, with a token", origins: []string{"http://evil.example"}, token: true, code: "origin_refused"},
		{name: "an allowed other name", origins: []string{"https://antrean.example"}, check: own},
		{name: "a list does not open a missing one", check: func(*http.Request) bool { return true }, code: "origin_missing"},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := newStreet(t, newBranch("lobby"))
				defer s.end()
				s.options = func(*http.Request) ScreenOptions {
					return ScreenOptions{TokenClient: c.token, CheckOrigin: c.check}
				}
				r := httptest.NewRequest(http.MethodGet, "http://branch.example/feed", nil)
				r.Header = http.Header{"Connection": {"Upgrade"}, "Upgrade": {"websocket"}}
				if c.origins != nil {
					r.Header["Origin"] = c.origins
				}
				got := ""
				var refused *HandshakeError
				if err := checkHandshake(r, s.options(r)); errors.As(err, &refused) {
					got = refused.Code
				}
				if got != c.code {
					t.Errorf("refused with %q, want %q", got, c.code)
				}
				if len(c.origins) > 1 {
					return // no client library sends two
				}
				conn, answer, err := s.dial("subject=lobby", http.Header{"Origin": c.origins})
				switch {
				case c.code == "" && err != nil:
					t.Errorf("over the wire: %v", err)
				case c.code != "" && (err == nil || answer.StatusCode != http.StatusForbidden):
					t.Errorf("over the wire: %v, want 403", err)
				}
				if conn != nil {
					_ = conn.Close()
				}
			})
		})
	}
}

func TestRequestsThatAreNoHandshake(t *testing.T) {
	f := NewFeed(Options{Source: newBranch("lobby"), Epoch: "e1", Build: "b1"})
	defer func() {
		if err := f.Shutdown(t.Context()); err != nil {
			t.Error(err)
		}
	}()
	upgrade := func() http.Header {
		return http.Header{"Connection": {"Upgrade"}, "Upgrade": {"websocket"}, "Sec-Websocket-Version": {"13"},
			"Sec-Websocket-Key": {"MDEyMzQ1Njc4OTAxMjM0NQ=="}}
	}
	for _, c := range []struct {
		name, method string
		change       func(h http.Header)
		status       int
	}{
		{"a plain GET", http.MethodGet, func(h http.Header) { h.Del("Upgrade") }, http.StatusUpgradeRequired},
		{"another method", http.MethodPost, func(http.Header) {}, http.StatusMethodNotAllowed},
		{"an old version", http.MethodGet, func(h http.Header) { h.Set("Sec-Websocket-Version", "8") }, http.StatusBadRequest},
		{"no key", http.MethodGet, func(h http.Header) { h.Del("Sec-Websocket-Key") }, http.StatusBadRequest},
		{"a writer without a connection", http.MethodGet, func(http.Header) {}, http.StatusInternalServerError},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := httptest.NewRequest(c.method, "http://branch.example/feed", nil)
			r.Header = upgrade()
			c.change(r.Header)
			w := httptest.NewRecorder()
			var refused *HandshakeError
			if err := f.Serve(w, r, "lobby", ScreenOptions{TokenClient: true}); !errors.As(err, &refused) {
				t.Fatalf("the error is %v", err)
			}
			if refused.Status != c.status || refused.Reason == "" || refused.Code == "" {
				t.Errorf("refused with %+v, want status %d", refused, c.status)
			}
			if w.Body.Len() != 0 || f.Stats().Screens != 0 {
				t.Errorf("%d bytes were written and %d screens listed, want none", w.Body.Len(), f.Stats().Screens)
			}
		})
	}
}

func TestNoMoreScreensThanThereArePlaces(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newStreet(t, newBranch("lobby"))
		defer s.end()
		var taken []*screen
		for range MaxScreens - 1 {
			one := newScreen(s.feed, ScreenOptions{})
			if err := s.feed.enter(one); err != nil {
				t.Fatal(err)
			}
			taken = append(taken, one)
		}
		last := s.mustDial("subject=lobby", "")
		_, answer, err := s.dial("subject=lobby", nil)
		if err == nil || answer.StatusCode != http.StatusServiceUnavailable {
			t.Errorf("screen %d: %v, want 503", MaxScreens+1, err)
		}
		if n := s.feed.Stats().Refused; n != 1 {
			t.Errorf("%d are counted as refused, want 1", n)
		}
		_ = last.Close()
		synctest.Wait()
		watch(s.mustDial("subject=lobby", "")) // the place is free again
		for _, one := range taken {
			s.feed.leave(one)
		}
	})
}

func TestRefuseTellsTheBrowserWhy(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newStreet(t, newBranch("lobby"))
		defer s.end()
		s.server.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			answerHandshake(w, s.feed.Refuse(w, r, CloseNotAllowed, ScreenOptions{}))
		})
		same := http.Header{"Origin": {"http://branch.example"}}
		conn, _, err := s.dial("", same)
		if err != nil {
			t.Fatal(err)
		}
		v := watch(conn)
		synctest.Wait()
		if v.code() != CloseNotAllowed || len(v.all()) != 0 {
			t.Errorf("code %d and %d frames, want %d and none", v.code(), len(v.all()), CloseNotAllowed)
		}
		if _, answer, err := s.dial("", http.Header{"Origin": {"http://evil.example"}}); err == nil || answer.StatusCode != http.StatusForbidden {
			t.Errorf("another site was told the code: %v", err)
		}
		for range maxRefusals { // they never read, and so linger
			if _, _, err := s.dial("", same); err != nil {
				t.Fatal(err)
			}
		}
		if _, answer, err := s.dial("", same); err == nil || answer.StatusCode != http.StatusServiceUnavailable {
			t.Errorf("refusal %d at once: %v, want 503", maxRefusals+1, err)
		}
		time.Sleep(closeGrace + time.Millisecond)
		synctest.Wait()
		if n := len(s.feed.refusals); n != 0 {
			t.Errorf("%d refusals linger after %v", n, closeGrace)
		}
	})
}
