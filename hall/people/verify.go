package people

import (
	"errors"
	"fmt"
	"strings"

	bolt "go.etcd.io/bbolt"
)

// maxProblems bounds what Verify lists: after so many nobody reads on.
const maxProblems = 100

// Verify reads every row and gives what contradicts something else, in sentences
// with opaque ids only. Values whose key is missing are counted by Counts, and
// are not a problem here.
func (s *Store) Verify() (problems []string, err error) {
	add := func(format string, args ...any) {
		if len(problems) < maxProblems {
			problems = append(problems, fmt.Sprintf(format, args...))
		}
	}
	err = s.read(func(tx *bolt.Tx) error {
		links := tx.Bucket(linksBucket)
		err := tx.Bucket(peopleBucket).ForEach(func(k, _ []byte) error {
			id := string(k)
			r, _, err := getRow(tx, id)
			if err != nil {
				add("person %s cannot be read", id)
				return nil
			}
			if r.Link != nil && string(links.Get(r.Link)) != id {
				add("person %s has a link that leads elsewhere", id)
			}
			if _, err := s.openPerson(id, r); errors.Is(err, ErrDamaged) {
				add("person %s has a sealed value that does not open", id)
			}
			return nil
		})
		if err != nil {
			return err
		}
		err = links.ForEach(func(hash, id []byte) error {
			if r, ok, err := getRow(tx, string(id)); err == nil && (!ok || string(r.Link) != string(hash)) {
				add("a link leads to person %s, who does not carry it", id)
			}
			return nil
		})
		if err != nil {
			return err
		}
		return tx.Bucket(notesBucket).ForEach(func(k, v []byte) error {
			id, kind, _ := strings.Cut(string(k), "/")
			if tx.Bucket(peopleBucket).Get([]byte(id)) == nil {
				add("a note of kind %s is about person %s, who is gone", kind, id)
			}
			if _, err := open(s.keys, id, noteField(kind), v); errors.Is(err, ErrDamaged) {
				add("a note of kind %s about person %s does not open", kind, id)
			}
			return nil
		})
	})
	return problems, err
}

// Counts describes the store.
func (s *Store) Counts() (Counts, error) {
	var c Counts
	missing := func(sealed []byte) {
		if id, ok := keyOf(sealed); ok {
			if _, have := s.keys.find(id); !have {
				c.Unreadable++
			}
		}
	}
	err := s.read(func(tx *bolt.Tx) error {
		c.FileBytes = tx.Size()
		err := eachRow(tx, func(_ string, r row) error {
			c.People++
			if r.Identity != nil {
				c.Identities++
			}
			missing(r.Identity)
			missing(r.Phone)
			return nil
		})
		if err != nil {
			return err
		}
		c.Looks = tx.Bucket(looksBucket).Stats().KeyN
		return tx.Bucket(notesBucket).ForEach(func(_, v []byte) error {
			c.Notes++
			missing(v)
			return nil
		})
	})
	c.Keys = s.keys.count()
	return c, err
}
