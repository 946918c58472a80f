package access

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"unicode/utf8"

	bolt "go.etcd.io/bbolt"
)

// Limits on sessions.
const (
	// MaxSessions per account; one more ends the one that was idle longest. An
	// officer uses two screens, a manager a few.
	MaxSessions = 10
	maxAgent    = 200 // bytes kept of what a browser says it is
)

// Login is an attempt to sign in.
type Login struct {
	Name     string
	Password Password
	From     string // address of the client
	Agent    string // what the browser says it is
}

// Session is a place where somebody is signed in.
type Session struct {
	Credential string // opaque id, as in Actor; EndSession takes it
	Account    int
	Created    int64  // Unix seconds
	Seen       int64  // last request
	Expires    int64  // the latest end; an idle session ends earlier
	From       string // address prefix
	Agent      string
}

type sessionRow struct {
	Account int    `json:"account"`
	Created int64  `json:"created"`
	Seen    int64  `json:"seen"`
	From    string `json:"from"`
	Agent   string `json:"agent"`
}

func newSessionCredential(h tokenHash, r sessionRow) *credential {
	c := &credential{kind: BySession, hash: h, account: r.Account, created: r.Created, expires: r.Created + SessionLife, session: r}
	c.seen.Store(r.Seen)
	c.saved.Store(r.Seen)
	return c
}

// SignIn checks a name and a password and starts a session. The token goes into
// a cookie and nowhere else. Errors: ErrWrong, ErrBusy, *Throttled.
func (s *Store) SignIn(ctx context.Context, l Login) (token string, session Session, err error) {
	from := Prefix(l.From)
	id, err := s.prove(ctx, foldName(l.Name), l.Password, from)
	if err != nil {
		return "", Session{}, err
	}
	now := s.opts.Now()
	token, hash := newToken("")
	row := sessionRow{Account: id, Created: now, Seen: now, From: from, Agent: cut(l.Agent, maxAgent)}
	s.writing.Lock()
	defer s.writing.Unlock()
	if a, err := s.row(id); err != nil || a.Disabled {
		return "", Session{}, ErrWrong // removed or disabled while the hash ran
	}
	surplus := s.surplus(id)
	err = s.commit(func(tx *bolt.Tx) error {
		for _, c := range surplus {
			if err := tx.Bucket(sessionsBucket).Delete(c.hash[:]); err != nil {
				return err
			}
		}
		return putJSON(tx, sessionsBucket, hash[:], row)
	})
	if err != nil {
		return "", Session{}, err
	}
	c := newSessionCredential(hash, row)
	s.mu.Lock()
	for _, one := range surplus {
		s.end(one)
	}
	s.addCredential(c)
	s.mu.Unlock()
	s.tell(Event{Kind: SignedIn, Account: id, From: from})
	return token, c.asSession(), nil
}

// prove checks a password within all limits and gives the account's id. A hash
// made at another cost is replaced on the way.
func (s *Store) prove(ctx context.Context, name string, p Password, from string) (int, error) {
	refused := func(id int, reason string, err error) (int, error) {
		s.tell(Event{Kind: SignInRefused, Account: id, From: from, Reason: reason})
		return 0, err
	}
	s.mu.RLock()
	id, known := s.byName[name]
	var row accountRow
	if known {
		row = *s.accounts[id]
	}
	s.mu.RUnlock()
	throttled := name
	if !known {
		throttled = cut(name, 64) // a name that nobody has may be of any length
	}
	if err := s.slow.wait(throttled, from, s.opts.Now()); err != nil {
		return refused(id, "throttled", err)
	}
	stored := row.PHC
	if row.Disabled || utf8.RuneCountInString(p.plain()) > MaxPassword {
		stored = "" // the same work as for a wrong password, and the same answer
	}
	if len(p.plain()) > MaxPassword*utf8.UTFMax {
		p = NewPassword("") // nobody sends megabytes through the hash
	}
	ok, renewed, err := s.hash.check(ctx, stored, p)
	if err != nil {
		reason := "fault"
		if errors.Is(err, ErrBusy) {
			reason = "busy"
		}
		return refused(id, reason, err)
	}
	if !ok {
		s.slow.fail(throttled, from, s.opts.Now())
		reason := "wrong"
		if row.Disabled {
			reason = "disabled"
		}
		return refused(id, reason, ErrWrong)
	}
	s.slow.pass(throttled)
	if renewed != "" {
		if err := s.renewHash(id, stored, renewed); err != nil {
			return 0, err
		}
	}
	return id, nil
}

// renewHash stores a hash made at today's cost, unless the password was changed
// in the meantime.
func (s *Store) renewHash(id int, old, renewed string) error {
	s.writing.Lock()
	defer s.writing.Unlock()
	row, err := s.row(id)
	if err != nil || row.PHC != old {
		return nil
	}
	row.PHC = renewed
	committed, err := s.forget(func(tx *bolt.Tx) error { return putJSON(tx, accountsBucket, key(id), row) })
	if committed {
		s.mu.Lock()
		s.accounts[id] = &row
		s.mu.Unlock()
	}
	return err
}

// surplus gives the sessions that must end before one more may start.
func (s *Store) surplus(account int) []*credential {
	s.mu.RLock()
	defer s.mu.RUnlock()
	mine := s.sessionsOf(account)
	if len(mine) < MaxSessions {
		return nil
	}
	slices.SortFunc(mine, func(a, b *credential) int {
		return cmp.Or(cmp.Compare(a.seen.Load(), b.seen.Load()), cmp.Compare(a.id, b.id))
	})
	return mine[:len(mine)-MaxSessions+1]
}

// sessionsOf gives the sessions of an account, or of all for 0. The caller holds
// mu.
func (s *Store) sessionsOf(account int) (mine []*credential) {
	for _, c := range s.byHash {
		if c.kind == BySession && (account == 0 || c.account == account) {
			mine = append(mine, c)
		}
	}
	return mine
}

// Rotate gives a session a new token in place of the old one, for the moment its
// rights grow. Connections of the old one are told to close.
func (s *Store) Rotate(token string) (string, error) {
	actor, err := s.Who(token)
	if err != nil || actor.Kind != BySession {
		return "", ErrNobody
	}
	s.writing.Lock()
	defer s.writing.Unlock()
	old := s.session(actor.Credential)
	if old == nil {
		return "", ErrNobody
	}
	next, hash := newToken("")
	row := old.session
	row.Seen = old.seen.Load()
	err = s.commit(func(tx *bolt.Tx) error {
		if err := tx.Bucket(sessionsBucket).Delete(old.hash[:]); err != nil {
			return err
		}
		return putJSON(tx, sessionsBucket, hash[:], row)
	})
	if err != nil {
		return "", err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.end(old)
	s.addCredential(newSessionCredential(hash, row))
	return next, nil
}

// SignOut ends the session of a token. Signing out twice is no error.
func (s *Store) SignOut(token string) error {
	actor, err := s.Peek(token)
	if err != nil || actor.Kind != BySession {
		return nil
	}
	if err := s.EndSession(actor.Credential); err != nil && !errors.Is(err, ErrUnknown) {
		return err
	}
	s.tell(Event{Kind: SignedOut, Account: actor.ID})
	return nil
}

// Sessions lists the sessions of an account, or of everybody for 0, the newest
// first.
func (s *Store) Sessions(account int) []Session {
	now := s.opts.Now()
	s.mu.RLock()
	defer s.mu.RUnlock()
	var all []Session
	for _, c := range s.sessionsOf(account) {
		if s.over(c, now) == "" {
			all = append(all, c.asSession())
		}
	}
	slices.SortFunc(all, func(a, b Session) int {
		return cmp.Or(cmp.Compare(b.Created, a.Created), cmp.Compare(a.Credential, b.Credential))
	})
	return all
}

func (c *credential) asSession() Session {
	return Session{
		Credential: c.id, Account: c.account, Created: c.created, Seen: c.seen.Load(),
		Expires: c.expires, From: c.session.From, Agent: c.session.Agent,
	}
}

// EndSession ends one session at once.
func (s *Store) EndSession(credential string) error {
	s.writing.Lock()
	defer s.writing.Unlock()
	c := s.session(credential)
	if c == nil {
		return ErrUnknown
	}
	return s.endAll([]*credentialEnd{{c, "revoked"}})
}

// EndSessions ends every session of an account at once.
func (s *Store) EndSessions(account int) error {
	s.writing.Lock()
	defer s.writing.Unlock()
	s.mu.RLock()
	var ends []*credentialEnd
	for _, c := range s.sessionsOf(account) {
		ends = append(ends, &credentialEnd{c, "revoked"})
	}
	s.mu.RUnlock()
	return s.endAll(ends)
}

// Expire ends what is idle or over, so that open connections hear of it. Call it
// every second or so: it touches the disk only when something ended.
func (s *Store) Expire() error {
	now := s.opts.Now()
	collect := func() (ends []*credentialEnd) {
		s.mu.RLock()
		defer s.mu.RUnlock()
		for _, c := range s.byHash {
			if reason := s.over(c, now); reason != "" {
				ends = append(ends, &credentialEnd{c, reason})
			}
		}
		return ends
	}
	if len(collect()) == 0 {
		return nil
	}
	s.writing.Lock()
	defer s.writing.Unlock()
	return s.endAll(collect())
}

// Purge ends what is over and writes the file anew if it still holds bytes of
// something deleted. Call it daily.
func (s *Store) Purge() error {
	if err := s.Expire(); err != nil {
		return err
	}
	s.writing.Lock()
	defer s.writing.Unlock()
	if s.closed {
		return ErrClosed
	}
	if s.broken != nil {
		return s.broken
	}
	return s.rewriteIfDirty()
}

// credentialEnd is a credential that ends, and why.
type credentialEnd struct {
	*credential
	reason string
}

// endAll deletes credentials from file and memory. The caller holds writing.
func (s *Store) endAll(ends []*credentialEnd) error {
	if len(ends) == 0 {
		return nil
	}
	err := s.commit(func(tx *bolt.Tx) error {
		for _, c := range ends {
			if err := deleteCredential(tx, c.credential); err != nil {
				return err
			}
		}
		return markDirty(tx)
	})
	if err != nil {
		return err
	}
	s.mu.Lock()
	for _, c := range ends {
		s.end(c.credential)
		if c.kind == ByDevice {
			delete(s.devices, c.device)
		}
	}
	s.mu.Unlock()
	for _, c := range ends {
		kind := map[Kind]EventKind{BySession: SessionEnded, ByToken: TokenRevoked, ByDevice: DeviceRevoked}[c.kind]
		s.tell(Event{Kind: kind, Account: c.account, Device: c.device, Reason: c.reason})
	}
	return nil
}

func deleteCredential(tx *bolt.Tx, c *credential) error {
	switch c.kind {
	case BySession:
		return tx.Bucket(sessionsBucket).Delete(c.hash[:])
	case ByToken:
		return tx.Bucket(tokensBucket).Delete(key(c.number))
	case ByDevice:
		return tx.Bucket(devicesBucket).Delete(key(c.device))
	}
	return nil
}

// deleteSessions deletes the stored sessions of an account but one.
func (s *Store) deleteSessions(tx *bolt.Tx, account int, keep string) error {
	s.mu.RLock()
	defer s.mu.RUnlock()
	for _, c := range s.sessionsOf(account) {
		if c.id != keep {
			if err := deleteCredential(tx, c); err != nil {
				return err
			}
		}
	}
	return markDirty(tx)
}

// endSessions forgets the sessions of an account but one. The caller holds mu.
func (s *Store) endSessions(account int, keep string) {
	for _, c := range s.sessionsOf(account) {
		if c.id != keep {
			s.end(c)
		}
	}
}

func (s *Store) session(id string) *credential {
	s.mu.RLock()
	defer s.mu.RUnlock()
	for _, c := range s.byHash {
		if c.kind == BySession && c.id == id {
			return c
		}
	}
	return nil
}

// keepTouches stores the times of last requests, many in one commit, so that no
// request waits for the disk.
func (s *Store) keepTouches() {
	defer close(s.stopped)
	for {
		select {
		case <-s.quit:
			return
		case <-s.wake:
			s.writing.Lock()
			// A failure has set broken, or the next request asks again.
			_ = s.saveTouches(false)
			s.writing.Unlock()
		}
	}
}

// saveTouches stores every time that is stale, or at closing every one that
// changed. The caller holds writing.
func (s *Store) saveTouches(closing bool) error {
	if s.broken != nil || (s.closed && !closing) {
		return s.broken
	}
	stale := int64(touchEvery)
	if closing {
		stale = 1
	}
	s.mu.RLock()
	var late []*credential
	for _, c := range s.sessionsOf(0) {
		if c.seen.Load()-c.saved.Load() >= stale {
			late = append(late, c)
		}
	}
	s.mu.RUnlock()
	if len(late) == 0 {
		return nil
	}
	seen := make([]int64, len(late))
	err := s.commitOpen(func(tx *bolt.Tx) error {
		for i, c := range late {
			seen[i] = c.seen.Load()
			row := c.session
			row.Seen = seen[i]
			if err := putJSON(tx, sessionsBucket, c.hash[:], row); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("access: store the last requests: %w", err)
	}
	for i, c := range late {
		c.saved.Store(seen[i])
	}
	return nil
}

// cut shortens a string to at most n bytes, at a whole character.
func cut(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}
