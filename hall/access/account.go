package access

import (
	"cmp"
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	bolt "go.etcd.io/bbolt"
)

// Role is what an account is for. What each may do is the web layer's table.
type Role string

// The roles of a branch.
const (
	Manager  Role = "manager"  // rooms, policy, people who work here
	Officer  Role = "officer"  // sessions and claims
	Desk     Role = "desk"     // the gate: numbers, papers, guidance
	Observer Role = "observer" // sees figures, changes nothing
)

// Roles lists every role, the most powerful first.
func Roles() []Role { return []Role{Manager, Officer, Desk, Observer} }

// Limits on accounts.
const (
	MaxAccounts = 500 // ten times the largest branch
	MaxDisplay  = 80  // characters of a display name
)

var namePattern = regexp.MustCompile(`^[a-z0-9][a-z0-9._-]{1,39}$`)

// Account is somebody who works here.
type Account struct {
	ID       int    `json:"id"`      // stable, never used again; the officer's id in the journal
	Name     string `json:"name"`    // for signing in: lower-case letters, digits and ._-
	Display  string `json:"display"` // shown on staff screens
	Role     Role   `json:"role"`
	Disabled bool   `json:"disabled"`         // cannot sign in
	Created  int64  `json:"created"`          // Unix seconds
	Changed  int64  `json:"password_changed"` // Unix seconds
}

type accountRow struct {
	Account
	PHC string `json:"phc"`
}

// NewAccount is what it takes to add somebody. An empty Display is the Name.
type NewAccount struct {
	Name     string
	Display  string
	Role     Role
	Password Password
}

// Change alters an account; nil parts stay as they are.
type Change struct {
	Display  *string
	Role     *Role
	Disabled *bool
}

// AddAccount adds somebody. Wrong fields give *FieldError.
func (s *Store) AddAccount(ctx context.Context, n NewAccount) (Account, error) {
	row, err := s.newAccount(ctx, n)
	if err != nil {
		return Account{}, err
	}
	s.writing.Lock()
	defer s.writing.Unlock()
	if err := s.insert(&row); err != nil {
		return Account{}, err
	}
	s.tell(Event{Kind: AccountAdded, Account: row.ID, Reason: string(row.Role)})
	return row.Account, nil
}

// newAccount checks the form and hashes the password, without any lock.
func (s *Store) newAccount(ctx context.Context, n NewAccount) (accountRow, error) {
	name, display := foldName(n.Name), strings.Join(strings.Fields(n.Display), " ")
	if display == "" {
		display = name
	}
	if !namePattern.MatchString(name) {
		return accountRow{}, &FieldError{Field: "name", Code: "name_form", Reason: "2 to 40 lower-case letters, digits and ._- ; for example siti.r"}
	}
	if err := checkDisplay(display); err != nil {
		return accountRow{}, err
	}
	if err := checkRole(n.Role); err != nil {
		return accountRow{}, err
	}
	if err := s.checkPassword(n.Password, name, display); err != nil {
		return accountRow{}, err
	}
	hash, err := s.hash.make(ctx, n.Password)
	if err != nil {
		return accountRow{}, err
	}
	now := s.opts.Now()
	return accountRow{
		Account: Account{Name: name, Display: display, Role: n.Role, Created: now, Changed: now},
		PHC:     hash,
	}, nil
}

// insert stores a new account and gives it its id. The caller holds writing.
func (s *Store) insert(row *accountRow) error {
	s.mu.RLock()
	_, taken := s.byName[row.Name]
	full := len(s.accounts) >= MaxAccounts
	s.mu.RUnlock()
	if taken {
		return &FieldError{Field: "name", Code: "name_taken", Reason: "somebody has this name already; add a letter or a number"}
	}
	if full {
		return fmt.Errorf("%w: %d accounts", ErrTooMany, MaxAccounts)
	}
	err := s.commit(func(tx *bolt.Tx) (err error) {
		if row.ID, err = nextID(tx, accountsBucket); err != nil {
			return err
		}
		return putJSON(tx, accountsBucket, key(row.ID), row)
	})
	if err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.accounts[row.ID] = row
	s.byName[row.Name] = row.ID
	return nil
}

// Accounts lists everybody by id.
func (s *Store) Accounts() []Account {
	s.mu.RLock()
	defer s.mu.RUnlock()
	all := make([]Account, 0, len(s.accounts))
	for _, row := range s.accounts {
		all = append(all, row.Account)
	}
	slices.SortFunc(all, func(a, b Account) int { return cmp.Compare(a.ID, b.ID) })
	return all
}

// Account gives one account, or ErrUnknown.
func (s *Store) Account(id int) (Account, error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	row, ok := s.accounts[id]
	if !ok {
		return Account{}, ErrUnknown
	}
	return row.Account, nil
}

// AccountNamed gives the account with a sign-in name, or ErrUnknown.
func (s *Store) AccountNamed(name string) (Account, error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	id, ok := s.byName[foldName(name)]
	if !ok {
		return Account{}, ErrUnknown
	}
	return s.accounts[id].Account, nil
}

// HaveManager says whether somebody can sign in as a manager.
func (s *Store) HaveManager() bool {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.managers() > 0
}

// managers counts those who can sign in. The caller holds mu.
func (s *Store) managers() (n int) {
	for _, row := range s.accounts {
		if row.Role == Manager && !row.Disabled {
			n++
		}
	}
	return n
}

// ChangeAccount alters an account. A new role, or being disabled, ends all its
// sessions; its bearer tokens follow the new role, and what was open with them is
// closed. The last manager stays one (ErrLastManager).
func (s *Store) ChangeAccount(id int, c Change) (Account, error) {
	s.writing.Lock()
	defer s.writing.Unlock()
	row, err := s.row(id)
	if err != nil {
		return Account{}, err
	}
	before := row.Account
	if c.Display != nil {
		row.Display = strings.Join(strings.Fields(*c.Display), " ")
		if err := checkDisplay(row.Display); err != nil {
			return Account{}, err
		}
	}
	if c.Role != nil {
		row.Role = *c.Role
		if err := checkRole(row.Role); err != nil {
			return Account{}, err
		}
	}
	if c.Disabled != nil {
		row.Disabled = *c.Disabled
	}
	if row.Account == before {
		return before, nil
	}
	if s.losesLastManager(before, row.Account) {
		return Account{}, ErrLastManager
	}
	stepped := before.Role != row.Role || row.Disabled
	err = s.commit(func(tx *bolt.Tx) error {
		if stepped {
			if err := s.deleteSessions(tx, id, ""); err != nil {
				return err
			}
		}
		return putJSON(tx, accountsBucket, key(id), row)
	})
	if err != nil {
		return Account{}, err
	}
	s.mu.Lock()
	s.accounts[id] = &row
	if stepped {
		s.endSessions(id, "")
		s.refreshTokens(id)
	}
	s.mu.Unlock()
	s.tell(Event{Kind: AccountChanged, Account: id})
	return row.Account, nil
}

// RemoveAccount deletes an account with its sessions, tokens and password hash.
// Its id is never used again.
func (s *Store) RemoveAccount(id int) error {
	s.writing.Lock()
	defer s.writing.Unlock()
	row, err := s.row(id)
	if err != nil {
		return err
	}
	if s.losesLastManager(row.Account, Account{}) {
		return ErrLastManager
	}
	committed, err := s.forget(func(tx *bolt.Tx) error {
		if err := s.deleteSessions(tx, id, ""); err != nil {
			return err
		}
		if err := s.deleteTokens(tx, id); err != nil {
			return err
		}
		return tx.Bucket(accountsBucket).Delete(key(id))
	})
	if !committed {
		return err
	}
	s.mu.Lock()
	delete(s.accounts, id)
	delete(s.byName, row.Name)
	s.endSessions(id, "")
	s.endTokens(id)
	s.mu.Unlock()
	s.tell(Event{Kind: AccountRemoved, Account: id})
	return err
}

func (s *Store) losesLastManager(before, after Account) bool {
	was := before.Role == Manager && !before.Disabled
	is := after.Role == Manager && !after.Disabled
	s.mu.RLock()
	defer s.mu.RUnlock()
	return was && !is && s.managers() == 1
}

// SetPassword gives an account a new password and ends all its sessions: for a
// manager who helps somebody who forgot theirs.
func (s *Store) SetPassword(ctx context.Context, id int, p Password) error {
	row, err := s.row(id)
	if err != nil {
		return err
	}
	return s.replacePassword(ctx, row, p, "")
}

// ChangePassword is for the owner: it wants the old password, and ends every
// other session. keep is the Credential of the session that stays. Wrong old
// passwords are slowed down like wrong sign-ins.
func (s *Store) ChangePassword(ctx context.Context, id int, old, p Password, keep, from string) error {
	row, err := s.row(id)
	if err != nil {
		return err
	}
	if _, err := s.prove(ctx, row.Name, old, Prefix(from)); err != nil {
		return err
	}
	return s.replacePassword(ctx, row, p, keep)
}

func (s *Store) replacePassword(ctx context.Context, row accountRow, p Password, keep string) error {
	if err := s.checkPassword(p, row.Name, row.Display); err != nil {
		return err
	}
	hash, err := s.hash.make(ctx, p)
	if err != nil {
		return err
	}
	s.writing.Lock()
	defer s.writing.Unlock()
	if row, err = s.row(row.ID); err != nil { // it may have changed since
		return err
	}
	row.PHC, row.Changed = hash, s.opts.Now()
	committed, err := s.forget(func(tx *bolt.Tx) error {
		if err := s.deleteSessions(tx, row.ID, keep); err != nil {
			return err
		}
		return putJSON(tx, accountsBucket, key(row.ID), row)
	})
	if !committed {
		return err
	}
	s.mu.Lock()
	s.accounts[row.ID] = &row
	s.endSessions(row.ID, keep)
	s.mu.Unlock()
	s.tell(Event{Kind: PasswordChanged, Account: row.ID})
	return err
}

// row copies a stored account.
func (s *Store) row(id int) (accountRow, error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	row, ok := s.accounts[id]
	if !ok {
		return accountRow{}, ErrUnknown
	}
	return *row, nil
}

func (s *Store) checkPassword(p Password, name, display string) error {
	words := slices.Concat(s.opts.ContextWords, []string{name}, strings.Fields(display),
		strings.FieldsFunc(name, func(r rune) bool { return !unicode.IsLetter(r) }))
	// The longest first, or a short word would cut a long one to pieces.
	slices.SortFunc(words, func(a, b string) int { return cmp.Compare(len(b), len(a)) })
	return checkPassword(p, words)
}

func checkDisplay(display string) error {
	if display == "" || utf8.RuneCountInString(display) > MaxDisplay || !utf8.ValidString(display) || strings.ContainsFunc(display, unicode.IsControl) {
		return &FieldError{Field: "display", Code: "display_form", Reason: fmt.Sprintf("1 to %d characters, as shown on the screens of colleagues", MaxDisplay)}
	}
	return nil
}

func checkRole(r Role) error {
	if slices.Contains(Roles(), r) {
		return nil
	}
	return &FieldError{Field: "role", Code: "role_unknown", Reason: "must be manager, officer, desk or observer"}
}

func foldName(name string) string { return strings.ToLower(strings.TrimSpace(name)) }
