package web

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"sync"
	"time"

	"lapak/hall"
)

// keyHeader carries the caller's name for one intent.
const keyHeader = "Idempotency-Key"

const (
	// maxKey bounds an Idempotency-Key: a UUID has 36 characters, and some callers
	// put a date and a place in front.
	maxKey = 128
	// keyBytes is the length of the server's secret for fingerprints and links.
	keyBytes = 32
	// linkBytes of a visitor's link are kept: 128 bits cannot be guessed, and 22
	// characters fit a small QR code.
	linkBytes = 16
	// replayFor is how long answers that leave no record are kept for a retry:
	// longer than a browser tries, and than a person waits.
	replayFor = 10 * time.Minute
	// maxReplays bounds those answers; each is a few hundred bytes.
	maxReplays = 2000
)

// LoadKey reads the server's secret from a file, or makes the file with a fresh
// one. The secret belongs beside the data, never into a backup: with it and a
// fingerprint, the sixteen digits of an identity number could be guessed. Losing
// it costs only that retries of the last week are refused.
func LoadKey(path string) ([]byte, error) {
	key, err := os.ReadFile(path)
	if err == nil && len(key) == keyBytes {
		return key, nil
	}
	if err == nil {
		return nil, fmt.Errorf("web: %s has %d bytes instead of %d; move it away and start again", path, len(key), keyBytes)
	}
	if !errors.Is(err, os.ErrNotExist) {
		return nil, fmt.Errorf("web: read the key: %w", err)
	}
	key = make([]byte, keyBytes)
	rand.Read(key) // never fails: it ends the program instead
	if err := writeWhole(path, key); err != nil {
		return nil, fmt.Errorf("web: keep the key: %w", err)
	}
	return key, nil
}

// writeWhole makes a file that is there in full or not at all.
func writeWhole(path string, data []byte) error {
	f, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".new-*") // mode 0600
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	err = errors.Join(err, f.Sync(), f.Close())
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		return errors.Join(err, os.Remove(f.Name()))
	}
	return nil
}

// mac is the keyed digest of parts, each with its length in front, so that no two
// lists of parts read the same.
func mac(key []byte, parts ...[]byte) []byte {
	h := hmac.New(sha256.New, key)
	for _, part := range parts {
		_, _ = fmt.Fprintf(h, "%d:", len(part)) // a hash never fails to write
		h.Write(part)
	}
	return h.Sum(nil)
}

// fingerprint names a request's content without telling it.
func (s *Server) fingerprint(r *http.Request, body []byte) string {
	return hex.EncodeToString(mac(s.o.Key, []byte("print"), []byte(r.Method), []byte(r.URL.Path), body))
}

// commandID is the caller's key as the journal keeps it: a keyed digest, because
// some callers would use an identity number as their key. The hall adds who it was.
func (s *Server) commandID(key string) string {
	return hex.EncodeToString(mac(s.o.Key, []byte("id"), []byte(key))[:16])
}

// link is a visitor's secret way to their own page. It follows from the caller's
// key, so that a retry of the same request is told the same link although only
// the link's hash is kept.
func (c *call) link() (link, hash string) {
	raw := mac(c.s.o.Key, []byte("link"), []byte(c.scope()), []byte(c.commandID))
	link = base64.RawURLEncoding.EncodeToString(raw[:linkBytes])
	return link, linkHash(link)
}

// NewLink makes a link that follows from nothing, and its hash.
func NewLink() (link, hash string) {
	raw := make([]byte, linkBytes)
	rand.Read(raw) // never fails: it ends the program instead
	link = base64.RawURLEncoding.EncodeToString(raw)
	return link, linkHash(link)
}

// linkHash is what the journal keeps of a link of 128 random bits.
func linkHash(link string) string {
	sum := sha256.Sum256([]byte(link))
	return hex.EncodeToString(sum[:])
}

// checkKey reads the Idempotency-Key.
func checkKey(r *http.Request) (string, error) {
	values := r.Header.Values(keyHeader)
	if len(values) == 0 || values[0] == "" {
		return "", badField(http.StatusBadRequest, "idempotency_key_missing", keyHeader,
			"A request that changes something needs an Idempotency-Key header: a fresh random text per intent, the same one on every retry.")
	}
	key := values[0]
	if len(values) > 1 || len(key) > maxKey {
		return "", badField(http.StatusBadRequest, "bad_field", keyHeader, "The Idempotency-Key must be given once, with 1 to %d characters.", maxKey)
	}
	for _, b := range []byte(key) {
		if b < ' ' || b > '~' {
			return "", badField(http.StatusBadRequest, "bad_field", keyHeader, "The Idempotency-Key may hold printable ASCII characters only.")
		}
	}
	return key, nil
}

// replays keep the answers of requests that leave no record in the journal
// (accounts, devices, sign-ins, the notice), so that a retry within replayFor
// gets the same answer. They live in memory: after a restart such a retry is done
// anew, which at worst is refused because the name is taken.
type replays struct {
	now func() time.Time
	mu  sync.Mutex
	by  map[string]*replay
}

type replay struct {
	turn  chan struct{} // held by whoever works on the request
	print string
	done  bool
	reply reply
	at    time.Time
}

func newReplays() *replays { return &replays{now: time.Now, by: make(map[string]*replay)} }

// do runs work once per id; callers with the same id and print get its reply. Only
// a reply is kept: what was refused is decided anew.
func (m *replays) do(ctx context.Context, id, print string, work func() (reply, error)) (reply, error) {
	r := m.hold(id, print)
	if r.print != print {
		return reply{}, hall.ErrReused
	}
	select {
	case r.turn <- struct{}{}:
	case <-ctx.Done():
		return reply{}, ctx.Err()
	}
	defer func() { <-r.turn }()
	if r.done {
		again := r.reply
		again.replayed = true
		return again, nil
	}
	out, err := work()
	if err == nil {
		r.reply, r.done = out, true
	} else {
		m.drop(id, r)
	}
	return out, err
}

func (m *replays) hold(id, print string) *replay {
	m.mu.Lock()
	defer m.mu.Unlock()
	now := m.now()
	if r := m.by[id]; r != nil && now.Sub(r.at) < replayFor {
		return r
	}
	if len(m.by) >= maxReplays {
		m.makeRoom(now)
	}
	r := &replay{turn: make(chan struct{}, 1), print: print, at: now}
	m.by[id] = r
	return r
}

// makeRoom drops what is over, or else the oldest. The caller holds mu.
func (m *replays) makeRoom(now time.Time) {
	oldest := ""
	for id, r := range m.by {
		if now.Sub(r.at) >= replayFor {
			delete(m.by, id)
		} else if oldest == "" || r.at.Before(m.by[oldest].at) {
			oldest = id
		}
	}
	if len(m.by) >= maxReplays {
		delete(m.by, oldest)
	}
}

func (m *replays) drop(id string, r *replay) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.by[id] == r {
		delete(m.by, id)
	}
}
