package people

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"

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
	err = s.submit(&job{apply: func(tx *bolt.Tx) error {
		hash := link(s.keys.indexKey(), p.IDType, p.IDNumber.Plain())
		known := tx.Bucket(linksBucket).Get(hash)
		existing = known != nil
		r := row{Link: hash, Seen: now}
		if existing {
			id = string(known)
			old, ok, err := getRow(tx, id)
			if err != nil {
				return err
			}
			if ok {
				if p, err = s.merge(id, old, p); err != nil {
					return err
				}
			}
			if err := markDirty(tx); err != nil {
				return err
			}
		} else {
			id = newID()
			if err := tx.Bucket(linksBucket).Put(hash, []byte(id)); err != nil {
				return err
			}
		}
		if err := s.sealPerson(&r, id, p, now); err != nil {
			return err
		}
		return putRow(tx, id, r)
	}})
	if err != nil {
		return "", false, err
	}
	return id, existing, nil
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

// merge keeps what the newer form leaves out. What cannot be opened any more is
// as good as absent.
func (s *Store) merge(id string, old row, p Person) (Person, error) {
	before, err := s.openPerson(id, old)
	if err != nil && !errors.Is(err, ErrNoKey) && !errors.Is(err, ErrForgotten) {
		return Person{}, err
	}
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
	return p, nil
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

// Reveal is Get for a person's eyes: who looked, at whom and why is durable
// before a name is given out. actor and why are codes (lower-case letters,
// digits and _:.-). The same look within a minute is written once.
func (s *Store) Reveal(actor, why string, now int64, ids ...string) ([]Found, error) {
	if err := checkCode("actor", actor); err != nil {
		return nil, err
	}
	if err := checkCode("why", why); err != nil {
		return nil, err
	}
	found, err := s.Get(ids...)
	if err != nil {
		return nil, err
	}
	var looks []Look
	for _, one := range found {
		if !errors.Is(one.Err, ErrUnknown) {
			looks = append(looks, Look{Actor: actor, Person: one.ID, Why: why, At: now})
		}
	}
	if len(looks) == 0 {
		return found, nil
	}
	err = s.submit(&job{apply: func(tx *bolt.Tx) error { return s.logLooks(tx, looks) }})
	if err != nil {
		return nil, err
	}
	return found, nil
}

// logLooks runs in the writer. A batch that fails after it forgets nothing but
// one repeat: the memory of repeats is only ever a minute old.
func (s *Store) logLooks(tx *bolt.Tx, looks []Look) error {
	b := tx.Bucket(looksBucket)
	if len(s.looked) > lookedMax {
		clear(s.looked)
	}
	for _, look := range looks {
		same := look
		same.At = 0
		if last, ok := s.looked[same]; ok && look.At >= last && look.At-last < lookRepeatS {
			continue
		}
		if err := putLook(b, look); err != nil {
			return err
		}
		tx.OnCommit(func() { s.looked[same] = look.At })
	}
	return dropOldest(b, looksMax)
}

// Looks lists the access log from the newest to the oldest within [from, to]
// (Unix seconds), at most limit entries. person may be empty for everybody.
func (s *Store) Looks(person string, from, to int64, limit int) ([]Look, error) {
	var out []Look
	err := s.read(func(tx *bolt.Tx) error {
		c := tx.Bucket(looksBucket).Cursor()
		for k, v := c.Last(); k != nil && len(out) < limit; k, v = c.Prev() {
			var one Look
			if json.Unmarshal(v, &one) != nil {
				return fmt.Errorf("%w: access log", ErrDamaged)
			}
			if one.At >= from && one.At <= to && (person == "" || person == one.Person) {
				out = append(out, one)
			}
		}
		return nil
	})
	return out, err
}

// sealedNote is the plain content of a note.
type sealedNote struct {
	Text string `json:"text"`
	At   int64  `json:"at"`
}

// PutNote keeps one line of free text of a kind about a person; the same kind is
// replaced, an empty text removes it. Notes are forgotten with the identity.
func (s *Store) PutNote(id, kind, text string, now int64) error {
	if err := checkCode("kind", kind); err != nil {
		return err
	}
	text = strings.TrimSpace(text)
	if utf8.RuneCountInString(text) > MaxNote || !utf8.ValidString(text) {
		return FieldErrors{{Field: "text", Code: "note_length", Reason: fmt.Sprintf("a note has at most %d characters; shorten it", MaxNote)}}
	}
	var refusal error
	err := s.submit(&job{apply: func(tx *bolt.Tx) error {
		refusal = nil
		_, ok, err := getRow(tx, id)
		if err != nil {
			return err
		}
		if !ok {
			refusal = ErrUnknown
			return nil
		}
		b, key := tx.Bucket(notesBucket), noteKey(id, kind)
		if b.Get(key) != nil {
			if err := markDirty(tx); err != nil {
				return err
			}
		} else if countNotes(tx, id) >= MaxNotes {
			refusal = fmt.Errorf("%w: at most %d notes about one person", ErrTooMany, MaxNotes)
			return nil
		}
		if text == "" {
			return b.Delete(key)
		}
		day, err := s.keys.forDay(now)
		if err != nil {
			return err
		}
		raw, err := json.Marshal(sealedNote{Text: text, At: now})
		if err != nil {
			return err
		}
		sealed, err := seal(day, id, "note "+kind, raw)
		if err != nil {
			return err
		}
		return b.Put(key, sealed)
	}})
	return errors.Join(err, refusal)
}

// Notes gives the notes about a person, ordered by kind.
func (s *Store) Notes(id string) ([]Note, error) {
	var notes []Note
	err := s.read(func(tx *bolt.Tx) error {
		if _, ok, err := getRow(tx, id); err != nil || !ok {
			return errors.Join(err, ErrUnknown)
		}
		return eachNote(tx, id, func(kind string, sealed []byte) error {
			raw, err := open(s.keys, id, "note "+kind, sealed)
			if err != nil {
				return err
			}
			var plain sealedNote
			if json.Unmarshal(raw, &plain) != nil {
				return fmt.Errorf("%w: note of %s", ErrDamaged, id)
			}
			notes = append(notes, Note{Kind: kind, Text: NewSecret(plain.Text), At: plain.At})
			return nil
		})
	})
	if err != nil {
		return nil, err
	}
	return notes, nil
}

func checkCode(field, code string) error {
	if codePattern.MatchString(code) {
		return nil
	}
	return FieldErrors{{Field: field, Code: "code_form", Reason: "must be a code of lower-case letters, digits and _:.- (at most 64)"}}
}

func noteKey(id, kind string) []byte { return []byte(id + "/" + kind) }

func countNotes(tx *bolt.Tx, id string) (n int) {
	_ = eachNote(tx, id, func(string, []byte) error { n++; return nil }) // f never fails
	return n
}

func eachNote(tx *bolt.Tx, id string, f func(kind string, sealed []byte) error) error {
	prefix := noteKey(id, "")
	c := tx.Bucket(notesBucket).Cursor()
	for k, v := c.Seek(prefix); bytes.HasPrefix(k, prefix); k, v = c.Next() {
		if err := f(string(k[len(prefix):]), v); err != nil {
			return err
		}
	}
	return nil
}
