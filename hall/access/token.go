package access

import (
	"cmp"
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"fmt"
	"slices"
	"strings"
	"sync"

	bolt "go.etcd.io/bbolt"
)

// Limits on bearer tokens and on the set-up link.
const (
	MaxTokenLife = 365 * 24 * 60 * 60 // seconds
	MaxTokens    = 50                 // per account
	MaxLabel     = 80                 // bytes of a label
	SetupLife    = 30 * 60            // seconds that a set-up link works
)

// Token is a bearer token as listed: never the token itself.
type Token struct {
	ID         int    `json:"id"`
	Account    int    `json:"account"`
	Label      string `json:"label"`
	Created    int64  `json:"created"` // Unix seconds
	Expires    int64  `json:"expires"`
	Credential string `json:"-"` // as in Actor
	Seen       int64  `json:"-"` // last request since the program started; 0 none
}

type tokenRow struct {
	Token
	Hash []byte `json:"hash"`
}

func newTokenCredential(t tokenRow) *credential {
	c := &credential{kind: ByToken, account: t.Account, number: t.ID, created: t.Created, expires: t.Expires, token: t}
	copy(c.hash[:], t.Hash)
	return c
}

// IssueToken makes a bearer token for an account; it has the account's role at
// the time of each request. life is in seconds, at most MaxTokenLife; 0 is that.
// The token is shown once and cannot be shown again.
func (s *Store) IssueToken(account int, label string, life int64) (string, Token, error) {
	if life == 0 {
		life = MaxTokenLife
	}
	if life < 0 || life > MaxTokenLife {
		return "", Token{}, &FieldError{Field: "life", Code: "life_range", Reason: "a token lives at most one year; issue a new one then"}
	}
	label = cut(strings.Join(strings.Fields(label), " "), MaxLabel)
	s.writing.Lock()
	defer s.writing.Unlock()
	if row, err := s.row(account); err != nil || row.Disabled {
		return "", Token{}, ErrUnknown
	}
	if len(s.Tokens(account)) >= MaxTokens {
		return "", Token{}, fmt.Errorf("%w: %d tokens for one account", ErrTooMany, MaxTokens)
	}
	now := s.opts.Now()
	token, hash := newToken(bearerPrefix)
	row := tokenRow{Token: Token{Account: account, Label: label, Created: now, Expires: now + life}, Hash: hash[:]}
	err := s.commit(func(tx *bolt.Tx) (err error) {
		if row.ID, err = nextID(tx, tokensBucket); err != nil {
			return err
		}
		return putJSON(tx, tokensBucket, key(row.ID), row)
	})
	if err != nil {
		return "", Token{}, err
	}
	c := newTokenCredential(row)
	s.mu.Lock()
	s.addCredential(c)
	s.mu.Unlock()
	s.tell(Event{Kind: TokenIssued, Account: account})
	return token, c.asToken(), nil
}

func (c *credential) asToken() Token {
	t := c.token.Token
	t.Credential, t.Seen = c.id, c.seen.Load()
	return t
}

// Tokens lists the bearer tokens of an account, or of everybody for 0, by id.
func (s *Store) Tokens(account int) []Token {
	now := s.opts.Now()
	s.mu.RLock()
	defer s.mu.RUnlock()
	var all []Token
	for _, c := range s.tokensOf(account) {
		if s.over(c, now) == "" {
			all = append(all, c.asToken())
		}
	}
	slices.SortFunc(all, func(a, b Token) int { return cmp.Compare(a.ID, b.ID) })
	return all
}

// RevokeToken ends a bearer token at once.
func (s *Store) RevokeToken(id int) error {
	s.writing.Lock()
	defer s.writing.Unlock()
	s.mu.RLock()
	var ends []*credentialEnd
	for _, c := range s.tokensOf(0) {
		if c.number == id {
			ends = append(ends, &credentialEnd{c, "revoked"})
		}
	}
	s.mu.RUnlock()
	if len(ends) == 0 {
		return ErrUnknown
	}
	if err := s.endAll(ends); err != nil {
		return err
	}
	return s.rewriteIfDirty()
}

// tokensOf gives the bearer tokens of an account, or of all for 0. The caller
// holds mu.
func (s *Store) tokensOf(account int) (mine []*credential) {
	for _, c := range s.byHash {
		if c.kind == ByToken && (account == 0 || c.account == account) {
			mine = append(mine, c)
		}
	}
	return mine
}

func (s *Store) deleteTokens(tx *bolt.Tx, account int) error {
	s.mu.RLock()
	defer s.mu.RUnlock()
	for _, c := range s.tokensOf(account) {
		if err := deleteCredential(tx, c); err != nil {
			return err
		}
	}
	return nil
}

func (s *Store) endTokens(account int) {
	for _, c := range s.tokensOf(account) {
		s.end(c)
	}
}

// refreshTokens closes what is open with the tokens of an account, which stay
// valid with its new rights. The caller holds mu.
func (s *Store) refreshTokens(account int) {
	for _, c := range s.tokensOf(account) {
		close(c.ended)
		c.ended = make(chan struct{})
	}
}

// setupLink is the one way in while no manager exists. It lives in memory only:
// a restart makes a new one.
type setupLink struct {
	mu      sync.Mutex
	hash    tokenHash
	expires int64 // 0: there is none
}

// NewSetup makes the secret of a set-up link, which ends any earlier one. It
// works once, for SetupLife seconds, and only while no manager exists
// (ErrHaveManager).
func (s *Store) NewSetup() (secret string, expires int64, err error) {
	if s.HaveManager() {
		return "", 0, ErrHaveManager
	}
	s.setup.mu.Lock()
	defer s.setup.mu.Unlock()
	secret, s.setup.hash = newToken("")
	s.setup.expires = s.opts.Now() + SetupLife
	return secret, s.setup.expires, nil
}

// SetUp adds the first manager with the secret of the set-up link; n.Role is
// ignored. A form that is refused does not use the link up.
func (s *Store) SetUp(ctx context.Context, secret string, n NewAccount) (Account, error) {
	if err := s.checkSetup(secret); err != nil {
		s.tell(Event{Kind: SetUpRefused, Reason: "link"})
		return Account{}, err
	}
	n.Role = Manager
	row, err := s.newAccount(ctx, n)
	if err != nil {
		return Account{}, err
	}
	s.writing.Lock()
	defer s.writing.Unlock()
	if err := s.checkSetup(secret); err != nil { // somebody was faster
		s.tell(Event{Kind: SetUpRefused, Reason: "link"})
		return Account{}, err
	}
	if err := s.insert(&row); err != nil {
		return Account{}, err
	}
	s.setup.mu.Lock()
	s.setup.expires = 0
	s.setup.mu.Unlock()
	s.tell(Event{Kind: SetUpDone, Account: row.ID})
	return row.Account, nil
}

func (s *Store) checkSetup(secret string) error {
	if s.HaveManager() {
		return ErrHaveManager
	}
	s.setup.mu.Lock()
	defer s.setup.mu.Unlock()
	hash := sha256.Sum256([]byte(secret))
	if s.setup.expires == 0 || s.opts.Now() >= s.setup.expires || subtle.ConstantTimeCompare(hash[:], s.setup.hash[:]) != 1 {
		return ErrLink
	}
	return nil
}
