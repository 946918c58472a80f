package people

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"io"
	"os"
	"path/filepath"

	bolt "go.etcd.io/bbolt"
)

const (
	backupFormat  = "lapak-people"
	backupVersion = 1
	// maxBackupBytes bounds what a restore reads into memory.
	maxBackupBytes = 2 << 30
	// maxLineBytes is above the largest row: twenty memberships and a long name.
	maxLineBytes = 1 << 20
)

// backupHead is the first line of a backup.
type backupHead struct {
	Format  string `json:"format"`
	Version int    `json:"version"`
	Index   string `json:"index"` // fingerprint of the index key, not the key
}

// backupLine is one of the others; exactly one part is set.
type backupLine struct {
	Person string     `json:"person,omitempty"`
	Row    *row       `json:"row,omitempty"`
	Note   string     `json:"note,omitempty"` // kind, of Person
	Sealed []byte     `json:"sealed,omitempty"`
	Look   *Look      `json:"look,omitempty"`
	Erased string     `json:"erased,omitempty"`
	At     int64      `json:"at,omitempty"`
	End    *backupEnd `json:"end,omitempty"`
}

// backupEnd closes a backup, so that one cut short is noticed.
type backupEnd struct {
	Lines  int    `json:"lines"`
	SHA256 string `json:"sha256"` // of every byte before this line
}

// Restored says what a restore brought back.
type Restored struct {
	People     int    `json:"people"`     // rows in the backup
	Erased     int    `json:"erased"`     // left out because they asked to be forgotten
	Purged     Purged `json:"purged"`     // removed because their time was over
	Unreadable int    `json:"unreadable"` // sealed values without a key: "not available"
}

// Backup writes every row, sealed as stored, to w: never a key, and never the
// bytes of a deleted row, which a copy of the file would carry. Take the backup
// of the journal first: then every id in it is here.
func (s *Store) Backup(w io.Writer) error {
	// The rows are gathered in memory (well under 100 MB) and written after,
	// because a slow w must not hold up the writer.
	var out bytes.Buffer
	if err := s.read(func(tx *bolt.Tx) error { return s.writeRows(tx, &out) }); err != nil {
		return err
	}
	_, err := out.WriteTo(w)
	return err
}

// lineWriter writes JSON lines and keeps their sum.
type lineWriter struct {
	out   io.Writer
	sum   hash.Hash
	lines int
}

func (l *lineWriter) put(v any) error {
	raw, err := json.Marshal(v)
	if err != nil {
		return err
	}
	raw = append(raw, '\n')
	l.sum.Write(raw)
	l.lines++
	_, err = l.out.Write(raw)
	return err
}

func (s *Store) writeRows(tx *bolt.Tx, out io.Writer) error {
	l := &lineWriter{out: out, sum: sha256.New()}
	head := backupHead{Format: backupFormat, Version: backupVersion, Index: string(tx.Bucket(metaBucket).Get(indexKey))}
	if err := l.put(head); err != nil {
		return err
	}
	err := tx.Bucket(erasedBucket).ForEach(func(k, v []byte) error {
		return l.put(backupLine{Erased: string(k), At: int64(number(v))})
	})
	if err != nil {
		return err
	}
	err = eachRow(tx, func(id string, r row) error {
		if err := l.put(backupLine{Person: id, Row: &r}); err != nil {
			return err
		}
		return eachNote(tx, id, func(kind string, sealed []byte) error {
			return l.put(backupLine{Person: id, Note: kind, Sealed: sealed})
		})
	})
	if err != nil {
		return err
	}
	err = tx.Bucket(looksBucket).ForEach(func(_, v []byte) error {
		var one Look
		if json.Unmarshal(v, &one) != nil {
			return fmt.Errorf("%w: access log", ErrDamaged)
		}
		return l.put(backupLine{Look: &one})
	})
	if err != nil {
		return err
	}
	return l.put(backupLine{End: &backupEnd{Lines: l.lines, SHA256: hex.EncodeToString(l.sum.Sum(nil))}})
}

// Restore makes people.db in dir from a backup. keys is the content of keys.json
// of the same branch, or nil: then ids and dates return and names say that they
// are not available. Erasures known to the backup or to the keys are carried out,
// and what is due at now (Unix seconds) is purged, before anything can be read.
// dir must exist and hold no people yet.
func Restore(dir string, from io.Reader, keys []byte, now int64) (Restored, error) {
	for _, name := range []string{fileName, keysName} {
		if _, err := os.Stat(filepath.Join(dir, name)); !errors.Is(err, os.ErrNotExist) {
			return Restored{}, errors.Join(ErrNotEmpty, err)
		}
	}
	var known *ring
	if keys != nil {
		var err error
		if known, err = parseRing(keys); err != nil {
			return Restored{}, err
		}
	}
	lines, head, err := readBackup(from)
	if err != nil {
		return Restored{}, err
	}
	done, kept := leaveOutErased(lines, known)
	if err := restoreInto(dir, head, kept, known, now, &done); err != nil {
		// Nothing was there before, so nothing of a failed attempt is worth keeping.
		for _, name := range []string{fileName, keysName} {
			err = errors.Join(err, removeIfThere(filepath.Join(dir, name)))
		}
		return Restored{}, err
	}
	return done, nil
}

func restoreInto(dir string, head backupHead, kept []backupLine, known *ring, now int64, done *Restored) error {
	if known != nil {
		// Before the rows: whoever can read a name also has the list of the erased.
		known.path = filepath.Join(dir, keysName)
		if err := known.save(); err != nil {
			return err
		}
	}
	if err := createFile(dir, func(tx *bolt.Tx) error { return fillFrom(tx, head, kept) }); err != nil {
		return err
	}
	return settle(dir, now, done)
}

// settle purges and checks a restored store before anybody else opens it.
func settle(dir string, now int64, done *Restored) error {
	s, err := Open(dir)
	if err != nil {
		return err
	}
	if done.Purged, err = s.Purge(now); err != nil {
		return errors.Join(err, s.Close())
	}
	problems, err := s.Verify()
	if err == nil && len(problems) > 0 {
		err = fmt.Errorf("%w: %s", ErrDamaged, problems[0])
	}
	counts, errCounts := s.Counts()
	done.Unreadable = counts.Unreadable
	return errors.Join(err, errCounts, s.Close())
}

func readBackup(from io.Reader) ([]backupLine, backupHead, error) {
	damaged := func(what string) error { return fmt.Errorf("%w: backup of people: %s", ErrDamaged, what) }
	var head backupHead
	var lines []backupLine
	sum := sha256.New()
	scan := bufio.NewScanner(io.LimitReader(from, maxBackupBytes))
	scan.Buffer(nil, maxLineBytes)
	for count := 0; scan.Scan(); count++ {
		raw := scan.Bytes()
		var one backupLine
		if count == 0 {
			if json.Unmarshal(raw, &head) != nil || head.Format != backupFormat {
				return nil, head, damaged("this is not a backup of people")
			}
			if head.Version > backupVersion {
				return nil, head, ErrNewer
			}
		} else if json.Unmarshal(raw, &one) != nil {
			return nil, head, damaged(fmt.Sprintf("line %d cannot be read", count+1))
		}
		if one.End != nil {
			if one.End.Lines != count || one.End.SHA256 != hex.EncodeToString(sum.Sum(nil)) {
				return nil, head, damaged("its content does not match its sum")
			}
			if scan.Scan() {
				return nil, head, damaged("something follows its end")
			}
			return lines, head, scan.Err()
		}
		sum.Write(raw)
		sum.Write([]byte{'\n'})
		if count > 0 {
			lines = append(lines, one)
		}
	}
	if err := scan.Err(); err != nil {
		return nil, head, errors.Join(damaged("it cannot be read to its end"), err)
	}
	return nil, head, damaged("it is cut short")
}

// leaveOutErased drops the rows and notes of everybody who was erased according
// to the backup or the keys, and makes the keys remember the backup's list.
func leaveOutErased(lines []backupLine, known *ring) (Restored, []backupLine) {
	erased := make(map[string]bool)
	if known != nil {
		for id := range known.erased {
			erased[id] = true
		}
	}
	for _, one := range lines {
		if one.Erased != "" {
			erased[one.Erased] = true
			if known != nil {
				if _, ok := known.erased[one.Erased]; !ok {
					known.erased[one.Erased] = one.At
				}
			}
		}
	}
	var done Restored
	var kept []backupLine
	for _, one := range lines {
		if one.Row != nil {
			done.People++
		}
		if one.Person != "" && erased[one.Person] {
			if one.Row != nil {
				done.Erased++
			}
			continue
		}
		kept = append(kept, one)
	}
	return done, kept
}

func fillFrom(tx *bolt.Tx, head backupHead, lines []backupLine) error {
	if err := tx.Bucket(metaBucket).Put(indexKey, []byte(head.Index)); err != nil {
		return err
	}
	for _, one := range lines {
		var err error
		switch {
		case one.Row != nil:
			err = putRow(tx, one.Person, *one.Row)
			if err == nil && one.Row.Link != nil {
				err = tx.Bucket(linksBucket).Put(one.Row.Link, []byte(one.Person))
			}
		case one.Note != "":
			err = tx.Bucket(notesBucket).Put(noteKey(one.Person, one.Note), one.Sealed)
		case one.Look != nil:
			err = putLook(tx.Bucket(looksBucket), *one.Look)
		case one.Erased != "":
			err = putNumber(tx.Bucket(erasedBucket), []byte(one.Erased), uint64(max(one.At, 0)))
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func putLook(b *bolt.Bucket, look Look) error {
	seq, err := b.NextSequence()
	if err != nil {
		return err
	}
	raw, err := json.Marshal(look)
	if err != nil {
		return err
	}
	return putRaw(b, seq, raw)
}
