package people

import (
	"encoding/json"
	"errors"
	"fmt"

	bolt "go.etcd.io/bbolt"
)

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

func checkCode(field, code string) error {
	if codePattern.MatchString(code) {
		return nil
	}
	return FieldErrors{{Field: field, Code: "code_form", Reason: "must be a code of lower-case letters, digits and _:.- (at most 64)"}}
}
