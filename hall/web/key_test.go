package web

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"lapak/hall"
)

func TestTheSameKeyHasOneEffect(t *testing.T) {
	h := newHouse(t)
	h.furnish()
	give := ask{as: "desk", method: post, path: api + "/visits", key: "2026-03-02 gate/1", body: map[string]any{"persons": 2}}
	first := h.do(give)
	again := h.do(give)
	if first.good(h); again.Body.String() != first.Body.String() || again.Header().Get("Idempotent-Replayed") != "true" {
		t.Errorf("a retry got %s, the first %s", again.Body, first.Body)
	}
	give.body = map[string]any{"persons": 3}
	h.do(give).refused(422, "idempotency_key_reused")
	give.path, give.body = api+"/bookings", map[string]any{"date": "2026-03-03"}
	h.do(give).refused(422, "idempotency_key_reused")
	other := ask{as: "officer", method: post, path: api + "/visits", key: give.key, body: map[string]any{"persons": 2}}
	if got := h.do(other).good(h); got["number"] != "A002" {
		t.Errorf("another actor's same key: %v", got)
	}
	if n := len(h.hall.State().Floor.Visits); n != 2 {
		t.Errorf("%d visits, want 2", n)
	}
	if ids := string(must(h.hall.State().Seen.MarshalJSON())); strings.Contains(ids, "gate/1") {
		t.Error("the journal holds the key as the caller wrote it")
	}
}

func must(b []byte, err error) []byte {
	if err != nil {
		panic(err)
	}
	return b
}

func TestADoubleClickIsOneNumber(t *testing.T) {
	h := newHouse(t)
	h.furnish()
	var all sync.WaitGroup
	numbers := make(chan string, 20)
	for range 20 {
		all.Go(func() {
			w := h.do(ask{as: "desk", method: post, path: api + "/visits", key: "one click"})
			if w.Code != http.StatusCreated {
				t.Errorf("%d %s", w.Code, w.Body)
				return
			}
			numbers <- w.json()["number"].(string)
		})
	}
	all.Wait()
	close(numbers)
	for n := range numbers {
		if n != "A001" {
			t.Errorf("a second number %s", n)
		}
	}
}

func TestARefusalIsDecidedAnew(t *testing.T) {
	h := newHouse(t)
	give := ask{as: "desk", method: post, path: api + "/visits", key: "k"}
	h.do(give).refused(409, "day_not_open")
	h.furnish()
	h.do(give).good(h)
}

func TestKeysHaveAForm(t *testing.T) {
	h := newHouse(t)
	open := func(key string) answered {
		return h.do(ask{as: "manager", method: post, path: api + "/day/open", key: key})
	}
	open("-").refused(400, "idempotency_key_missing")
	for _, bad := range []string{strings.Repeat("k", maxKey+1), "tab\there", "ürün"} {
		if p := open(bad).refused(400, "bad_field"); p.Field != keyHeader {
			t.Errorf("the field is %q", p.Field)
		}
	}
	open(strings.Repeat("k", maxKey)).good(h)
}

// TestRetriesOfWhatTheJournalDoesNotKeep: an account is added once, a pairing
// code is given once.
func TestRetriesOfWhatTheJournalDoesNotKeep(t *testing.T) {
	h := newHouse(t)
	add := ask{as: "manager", method: post, path: api + "/accounts", key: "k", body: map[string]any{"name": "baru", "role": "officer", "password": "tiga kucing di atap"}}
	first, again := h.do(add), h.do(add)
	if first.good(h); first.Body.String() != again.Body.String() || again.Header().Get("Idempotent-Replayed") != "true" {
		t.Errorf("a retry got %d %s", again.Code, again.Body)
	}
	if h.hall.State().Officer(6) == nil {
		t.Error("the new officer does not stand on the floor")
	}
	add.body = map[string]any{"name": "lain", "role": "desk", "password": "tiga kucing di atap"}
	h.do(add).refused(422, "idempotency_key_reused")
	begin := ask{method: post, path: api + "/pair", key: "p"}
	code := h.do(begin).good(h)["code"]
	if h.do(begin).good(h)["code"] != code {
		t.Error("a retry got another code")
	}
	approve := ask{as: "manager", method: post, path: api + "/devices", key: "q", body: map[string]any{"code": code, "kind": "booth", "name": "bilik 3", "room": 1, "seat": 3}}
	if first, again := h.do(approve).good(h)["id"], h.do(approve).good(h)["id"]; first != again {
		t.Errorf("a retry made another device: %v, %v", first, again)
	}
	approve.key = "r"
	h.do(approve).refused(403, "pairing_code_wrong")
}

func TestReplaysEndAndStayFew(t *testing.T) {
	now := time.Unix(monday(), 0)
	m := newReplays()
	m.now = func() time.Time { return now }
	count := 0
	work := func() (reply, error) { count++; return reply{status: count}, nil }
	do := func(id string) reply {
		r, err := m.do(context.Background(), id, "p", work)
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	if do("a"); !do("a").replayed || count != 1 {
		t.Fatalf("done %d times", count)
	}
	now = now.Add(replayFor)
	if do("a"); count != 2 {
		t.Errorf("after %s the answer is still remembered", replayFor)
	}
	for i := range maxReplays + 10 {
		now = now.Add(time.Millisecond)
		do(fmt.Sprint(i))
	}
	if len(m.by) > maxReplays {
		t.Errorf("%d answers are kept", len(m.by))
	}
	if _, err := m.do(context.Background(), fmt.Sprint(maxReplays), "other", work); !errors.Is(err, hall.ErrReused) {
		t.Errorf("another body: %v", err)
	}
	gone, end := context.WithCancel(context.Background())
	end()
	m.hold("busy", "p").turn <- struct{}{}
	if _, err := m.do(gone, "busy", "p", work); !errors.Is(err, context.Canceled) {
		t.Errorf("who waits and leaves: %v", err)
	}
}

func TestAKioskWaits(t *testing.T) {
	now := time.Unix(monday(), 0)
	p := newPaces()
	p.now = func() time.Time { return now }
	for range kioskNumbers {
		if wait := p.take(1); wait != 0 {
			t.Fatalf("wait %d", wait)
		}
	}
	if wait := p.take(1); wait != 60 {
		t.Errorf("wait %d s, want 60", wait)
	}
	if wait := p.take(2); wait != 0 {
		t.Errorf("another kiosk waits %d s", wait)
	}
	now = now.Add(kioskSpan)
	if wait := p.take(1); wait != 0 {
		t.Errorf("a minute later: wait %d s", wait)
	}
}

func TestTheKeyIsKept(t *testing.T) {
	path := filepath.Join(t.TempDir(), "web.key")
	key, err := LoadKey(path)
	if err != nil || len(key) != keyBytes {
		t.Fatalf("%d bytes, %v", len(key), err)
	}
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
	if again, err := LoadKey(path); err != nil || !bytes.Equal(again, key) {
		t.Errorf("the second time another key, %v", err)
	}
	if err := os.WriteFile(path, key[:5], 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := LoadKey(path); err == nil {
		t.Error("half a key is taken")
	}
}

func TestOptionsThatCannotBe(t *testing.T) {
	h := newHouse(t)
	for name, change := range map[string]func(*Options){
		"no branch": func(o *Options) { o.Branch = nil }, "short key": func(o *Options) { o.Key = o.Key[:8] },
		"address with a path": func(o *Options) { o.PublicURL = "https://a.example/x" }, "no scheme": func(o *Options) { o.PublicURL = "a.example" },
	} {
		o := h.o
		change(&o)
		if _, err := New(o); err == nil {
			t.Errorf("%s is taken", name)
		}
	}
}
