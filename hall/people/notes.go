package people

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	bolt "go.etcd.io/bbolt"
)

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
	err := s.submit(&job{apply: func(tx *bolt.Tx) (err error) {
		refusal, err = s.putNote(tx, id, kind, text, now)
		return err
	}})
	return errors.Join(err, refusal)
}

// putNote runs in the writer. A refusal leaves everything as it was.
func (s *Store) putNote(tx *bolt.Tx, id, kind, text string, now int64) (refusal, err error) {
	if _, ok, err := getRow(tx, id); err != nil {
		return nil, err
	} else if !ok {
		return ErrUnknown, nil
	}
	b, key := tx.Bucket(notesBucket), noteKey(id, kind)
	if b.Get(key) != nil {
		if err := markDirty(tx); err != nil {
			return nil, err
		}
	} else if text != "" && countNotes(tx, id) >= MaxNotes {
		return fmt.Errorf("%w: at most %d notes about one person", ErrTooMany, MaxNotes), nil
	}
	if text == "" {
		return nil, b.Delete(key)
	}
	day, err := s.keys.forDay(now)
	if err != nil {
		return nil, err
	}
	raw, err := json.Marshal(sealedNote{Text: text, At: now})
	if err != nil {
		return nil, err
	}
	sealed, err := seal(day, id, noteField(kind), raw)
	if err != nil {
		return nil, err
	}
	return nil, b.Put(key, sealed)
}

// Notes gives the notes about a person, ordered by kind.
func (s *Store) Notes(id string) ([]Note, error) {
	var notes []Note
	err := s.read(func(tx *bolt.Tx) error {
		if _, ok, err := getRow(tx, id); err != nil || !ok {
			return errors.Join(err, ErrUnknown)
		}
		return eachNote(tx, id, func(kind string, sealed []byte) error {
			raw, err := open(s.keys, id, noteField(kind), sealed)
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

func noteKey(id, kind string) []byte { return []byte(id + "/" + kind) }

// noteField is what a note is sealed to, so that none passes for another kind.
func noteField(kind string) string { return "note " + kind }

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
