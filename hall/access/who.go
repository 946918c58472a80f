package access

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"sync/atomic"
)

// Kind says what sort of credential an actor came with.
type Kind string

// The kinds of credentials.
const (
	BySession Kind = "session" // a browser where somebody signed in
	ByToken   Kind = "token"   // a program with a bearer token
	ByDevice  Kind = "device"  // a display, booth, kiosk or desk
	ByLocal   Kind = "local"   // this program's own commands on this machine
)

// tokenBytes of every token are random: 256 bits cannot be guessed, so a plain
// SHA-256 of it is a safe thing to store.
const tokenBytes = 32

const (
	bearerPrefix = "lapak_"    // so that a leaked token is found by those who scan for them
	devicePrefix = "lapakdev_" // likewise
)

type tokenHash [sha256.Size]byte

// Actor is who asks.
type Actor struct {
	Kind       Kind
	Credential string // opaque id of the credential, safe to log
	ID         int    // account id; 0 for a device and for local commands
	Name       string // sign-in name of the account
	Display    string // for staff screens
	Role       Role   // empty for a device
	Device     Device // zero unless Kind is ByDevice

	// Ended closes when the credential ends for any reason, or when its rights
	// change: whoever keeps a connection open for this actor must then close it.
	Ended <-chan struct{}
}

// credential is any token in memory. Its fields are fixed but for seen, saved and
// what Store.mu guards.
type credential struct {
	kind    Kind
	hash    tokenHash
	id      string
	account int
	device  int
	number  int // of a bearer token
	created int64
	expires int64 // Unix seconds; 0 never
	session sessionRow
	token   tokenRow
	seen    atomic.Int64 // last request
	saved   atomic.Int64 // what the file knows of seen

	ended chan struct{} // under Store.mu; closed when the credential ends
}

// newToken makes a token and its hash.
func newToken(prefix string) (string, tokenHash) {
	raw := make([]byte, tokenBytes)
	rand.Read(raw) // never fails: it ends the program instead
	token := prefix + base64.RawURLEncoding.EncodeToString(raw)
	return token, sha256.Sum256([]byte(token))
}

// credentialID names a credential without telling it.
func credentialID(h tokenHash) string { return hex.EncodeToString(h[:8]) }

// addCredential makes a credential known. The caller holds mu or is the only one.
func (s *Store) addCredential(c *credential) {
	c.id = credentialID(c.hash)
	c.ended = make(chan struct{})
	s.byHash[c.hash] = c
}

// end makes a credential unknown and tells whoever uses it. The caller holds mu.
func (s *Store) end(c *credential) {
	if s.byHash[c.hash] == c {
		delete(s.byHash, c.hash)
		close(c.ended)
	}
}

// Who tells who carries a token of any kind, or ErrNobody. It counts as a request
// of a session, which starts its idle time anew.
func (s *Store) Who(token string) (Actor, error) { return s.who(token, true) }

// Peek is Who for what is not an act of a person, such as a screen that asks for
// news: it leaves the idle time alone.
func (s *Store) Peek(token string) (Actor, error) { return s.who(token, false) }

func (s *Store) who(token string, touch bool) (Actor, error) {
	if token == "" {
		return Actor{}, ErrNobody
	}
	hash := tokenHash(sha256.Sum256([]byte(token)))
	now := s.opts.Now()
	s.mu.RLock()
	defer s.mu.RUnlock()
	c, ok := s.byHash[hash]
	if !ok || s.over(c, now) != "" {
		return Actor{}, ErrNobody
	}
	a := Actor{Kind: c.kind, Credential: c.id, Ended: c.ended}
	switch c.kind {
	case ByLocal:
		a.Role = Manager
	case ByDevice:
		d, ok := s.devices[c.device]
		if !ok {
			return Actor{}, ErrNobody
		}
		a.Device = *d
		a.Device.Credential, a.Device.Seen = c.id, now
	default:
		row, ok := s.accounts[c.account]
		if !ok || row.Disabled {
			return Actor{}, ErrNobody
		}
		a.ID, a.Name, a.Display, a.Role = row.ID, row.Name, row.Display, row.Role
	}
	if touch {
		s.touch(c, now)
	}
	return a, nil
}

// over says why a credential no longer counts, or "". The caller holds mu.
func (s *Store) over(c *credential, now int64) string {
	if c.expires != 0 && now >= c.expires {
		return "over"
	}
	if c.kind == BySession && now-c.seen.Load() >= s.idle.Load() {
		return "idle"
	}
	return ""
}

// touch notes a request, and asks now and then for it to be stored.
func (s *Store) touch(c *credential, now int64) {
	if now <= c.seen.Load() {
		return // the clock went back, or another request came first
	}
	c.seen.Store(now)
	if c.kind != BySession || now-c.saved.Load() < touchEvery {
		return
	}
	select {
	case s.wake <- struct{}{}:
	default: // the saver is awake already
	}
}

// Local gives a token for this program's own commands on this machine, with the
// rights of a manager. It changes with every start and is never stored here.
func (s *Store) Local() string {
	token, hash := newToken("lapaklocal_")
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, c := range s.byHash {
		if c.kind == ByLocal {
			s.end(c)
		}
	}
	s.addCredential(&credential{kind: ByLocal, hash: hash, created: s.opts.Now()})
	return token
}
