package people

import (
	"encoding/json"
	"fmt"
	"regexp"

	bolt "go.etcd.io/bbolt"
)

const (
	identityField = "identity"
	phoneField    = "phone"

	// MaxIDs bounds one Get or Reveal: a full branch day is below it.
	MaxIDs = 2000
	// MaxNote is the longest free text, in runes; MaxNotes how many kinds one
	// person may have.
	MaxNote  = 1000
	MaxNotes = 50

	// looksMax bounds the access log, about two years of a busy branch.
	looksMax = 200_000
	// lookRepeatS keeps a page that refreshes itself from writing the same look
	// again and again.
	lookRepeatS = 60
	// lookedMax bounds the memory that remembers those repeats.
	lookedMax = 4096
)

// codePattern is what an actor, a reason and a kind of note look like. It leaves
// no room for a name.
var codePattern = regexp.MustCompile(`^[a-z0-9][a-z0-9_:.-]{0,63}$`)

// Register makes a person known and gives the opaque id that stands for them
// everywhere else; the person is durable when it returns. The same identity
// number gives the same id while the link is kept (existing is true); name,
// phone and memberships are then brought up to date, and everything is held
// again until the next Keep. now is in Unix seconds. Wrong fields give
// FieldErrors; call Validate for the warnings.
func (s *Store) Register(p Person, now int64) (id string, existing bool, err error) {
	p, _, err = Validate(p, now)
	if err != nil {
		return "", false, err
	}
	err = s.submit(&job{apply: func(tx *bolt.Tx) (err error) {
		id, existing, err = s.register(tx, p, now)
		return err
	}})
	if err != nil {
		return "", false, err
	}
	return id, existing, nil
}

// Known finds the id of a person whose identity number was registered and is still
// linked, and stores nothing: for a list that is only tried. Wrong fields give
// FieldErrors.
func (s *Store) Known(p Person, now int64) (id string, known bool, err error) {
	p, _, err = Validate(p, now)
	if err != nil {
		return "", false, err
	}
	err = s.read(func(tx *bolt.Tx) error {
		if found := tx.Bucket(linksBucket).Get(link(s.keys.indexKey(), p.IDType, p.IDNumber.Plain())); found != nil {
			id, known = string(found), true
		}
		return nil
	})
	return id, known, err
}

func (s *Store) register(tx *bolt.Tx, p Person, now int64) (id string, existing bool, err error) {
	links := tx.Bucket(linksBucket)
	hash := link(s.keys.indexKey(), p.IDType, p.IDNumber.Plain())
	if known := links.Get(hash); known != nil {
		id, existing = string(known), true
		old, _, err := getRow(tx, id)
		if err != nil {
			return "", false, err
		}
		p = s.merge(id, old, p)
		if err := markDirty(tx); err != nil { // the old sealed values are garbage now
			return "", false, err
		}
	} else {
		id = newID()
		if err := links.Put(hash, []byte(id)); err != nil {
			return "", false, err
		}
	}
	r := row{Link: hash, Seen: now}
	if err := s.sealPerson(&r, id, p, now); err != nil {
		return "", false, err
	}
	return id, existing, putRow(tx, id, r)
}

// RegisterUnnamed gives an id to somebody of whom nothing is known, so that
// notes about their visit have a place and a date to be forgotten.
func (s *Store) RegisterUnnamed(now int64) (id string, err error) {
	id = newID()
	err = s.submit(&job{apply: func(tx *bolt.Tx) error {
		return putRow(tx, id, row{Seen: now})
	}})
	if err != nil {
		return "", err
	}
	return id, nil
}

// merge keeps what the newer form leaves out. What was forgotten or cannot be
// opened any more is as good as absent: it must not turn a visitor away.
func (s *Store) merge(id string, old row, p Person) Person {
	before, _ := s.openPerson(id, old)
	if p.Name.Empty() {
		p.Name = before.Name
	}
	if p.Phone.Empty() {
		p.Phone = before.Phone
	}
	have := make(map[string]bool)
	for _, m := range p.Memberships {
		have[m.Plain()] = true
	}
	for _, m := range before.Memberships {
		if !have[m.Plain()] && len(p.Memberships) < MaxMemberships {
			p.Memberships = append(p.Memberships, m)
		}
	}
	return p
}

func (s *Store) sealPerson(r *row, id string, p Person, now int64) error {
	key, err := s.keys.forDay(now)
	if err != nil {
		return err
	}
	plain := identity{Type: p.IDType, Number: p.IDNumber.Plain(), Name: p.Name.Plain()}
	for _, m := range p.Memberships {
		plain.Memberships = append(plain.Memberships, m.Plain())
	}
	raw, err := json.Marshal(plain)
	if err != nil {
		return err
	}
	if r.Identity, err = seal(key, id, identityField, raw); err != nil {
		return err
	}
	if p.Phone.Empty() {
		return nil
	}
	r.Phone, err = seal(key, id, phoneField, []byte(p.Phone.Plain()))
	return err
}

// openPerson gives what is left of a person. ErrForgotten comes with the phone,
// if that is still kept.
func (s *Store) openPerson(id string, r row) (Person, error) {
	var p Person
	if r.Phone != nil {
		raw, err := open(s.keys, id, phoneField, r.Phone)
		if err != nil {
			return Person{}, err
		}
		p.Phone = NewSecret(string(raw))
	}
	if r.Identity == nil {
		return p, ErrForgotten
	}
	raw, err := open(s.keys, id, identityField, r.Identity)
	if err != nil {
		return Person{}, err
	}
	var plain identity
	if json.Unmarshal(raw, &plain) != nil {
		return Person{}, fmt.Errorf("%w: row %s", ErrDamaged, id)
	}
	p.IDType, p.IDNumber, p.Name = plain.Type, NewSecret(plain.Number), NewSecret(plain.Name)
	for _, m := range plain.Memberships {
		p.Memberships = append(p.Memberships, NewSecret(m))
	}
	return p, nil
}

// Get gives the people behind ids, in their order, without writing the access
// log: for the program's own use. A page that shows a name calls Reveal.
func (s *Store) Get(ids ...string) ([]Found, error) {
	if len(ids) > MaxIDs {
		return nil, fmt.Errorf("%w: at most %d ids", ErrTooMany, MaxIDs)
	}
	found := make([]Found, len(ids))
	err := s.read(func(tx *bolt.Tx) error {
		for i, id := range ids {
			found[i] = Found{ID: id, Err: ErrUnknown}
			r, ok, err := getRow(tx, id)
			if err != nil {
				return err
			}
			if !ok {
				continue
			}
			found[i].Person, found[i].Err = s.openPerson(id, r)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return found, nil
}
