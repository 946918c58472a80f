package people

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	bolt "go.etcd.io/bbolt"
)

const (
	// heldMax is the last resort: what nobody gave a date to is forgotten this long
	// after the person was last registered.
	heldMax = 180 * daySeconds
	// looksKept is how long the access log answers who looked.
	looksKept = 400 * daySeconds
	// erasureKept outlives the oldest backup that a branch keeps (thirteen months).
	erasureKept = 400 * daySeconds

	compactTx = 1 << 20 // bytes per transaction of a rewrite
)

// Keep sets until when each part of a person is kept; it replaces what was set
// before. ErrUnknown means that the person is already gone.
func (s *Store) Keep(id string, until Until) error {
	var refusal error
	err := s.submit(&job{apply: func(tx *bolt.Tx) error {
		refusal = nil
		r, ok, err := getRow(tx, id)
		if err != nil {
			return err
		}
		if !ok {
			refusal = ErrUnknown
			return nil
		}
		r.Until = until
		return putRow(tx, id, r)
	}})
	return errors.Join(err, refusal)
}

// Purge deletes everything that is due at now (Unix seconds), writes the file
// anew so that the deleted bytes are gone, and destroys keys that nothing needs.
func (s *Store) Purge(now int64) (Purged, error) {
	return s.forget(now, func(tx *bolt.Tx, done *Purged) error {
		if err := purgeDue(tx, now, done); err != nil {
			return err
		}
		return purgeLooks(tx, now-looksKept, done)
	})
}

// Orphans deletes people who were last registered before olderThan (Unix
// seconds), have no date set by Keep, and whom known does not claim: the command
// that should have carried their id never arrived. known answers whether a visit
// with open duties refers to the id; it is called from the writer and must not
// call the store.
func (s *Store) Orphans(known func(id string) bool, olderThan int64) (Purged, error) {
	return s.forget(olderThan, func(tx *bolt.Tx, done *Purged) error {
		return eachRow(tx, func(id string, r row) error {
			if r.Until != (Until{}) || r.Seen >= olderThan || known(id) {
				return nil
			}
			return dropPerson(tx, id, r, done)
		})
	})
}

// Erase forgets a person at once, at their own request. The id is remembered in
// keys.json and in every later backup, so that a restore of an older backup does
// not bring the person back. Erasing an unknown id is remembered too.
func (s *Store) Erase(id string, now int64) (Purged, error) {
	return s.forget(now, func(tx *bolt.Tx, done *Purged) error {
		// First the memory, then the deed: a crash between them is finished by
		// the next Open.
		if err := s.keys.remember(id, now); err != nil {
			return err
		}
		return eraseOne(tx, id, now, done)
	})
}

// forget runs a deletion alone in the writer and then rewrites the file.
func (s *Store) forget(now int64, remove func(*bolt.Tx, *Purged) error) (Purged, error) {
	var done Purged
	err := s.submit(&job{alone: func() error {
		done = Purged{}
		err := s.update([]*job{{apply: func(tx *bolt.Tx) error { return remove(tx, &done) }}})
		if err != nil {
			return plainFault(err)
		}
		if done.Rewritten, err = s.rewriteIfDirty(); err != nil {
			return err
		}
		done.Keys, err = s.destroyKeys(now)
		return err
	}})
	if err != nil {
		return Purged{}, err
	}
	return done, nil
}

func purgeDue(tx *bolt.Tx, now int64, done *Purged) error {
	return eachRow(tx, func(id string, r row) error {
		due := func(at int64) bool {
			if at == 0 { // held
				at = r.Seen + heldMax
			}
			return at <= now
		}
		changed := false
		if due(r.Until.Identity) {
			n, err := dropNotes(tx, id)
			if err != nil {
				return err
			}
			done.Notes += n
			changed = n > 0
			if r.Identity != nil {
				r.Identity, changed = nil, true
				done.Identities++
			}
		}
		if r.Phone != nil && due(r.Until.Phone) {
			r.Phone, changed = nil, true
			done.Phones++
		}
		if r.Link != nil && due(r.Until.Link) {
			if err := tx.Bucket(linksBucket).Delete(r.Link); err != nil {
				return err
			}
			r.Link, changed = nil, true
			done.Links++
		}
		if r.Identity == nil && r.Phone == nil && r.Link == nil && due(r.Until.Identity) {
			return dropPerson(tx, id, r, done)
		}
		if !changed {
			return nil
		}
		return errors.Join(markDirty(tx), putRow(tx, id, r))
	})
}

// dropPerson deletes a row with everything that hangs on it.
func dropPerson(tx *bolt.Tx, id string, r row, done *Purged) error {
	if r.Identity != nil {
		done.Identities++
	}
	if r.Phone != nil {
		done.Phones++
	}
	if r.Link != nil {
		done.Links++
		if err := tx.Bucket(linksBucket).Delete(r.Link); err != nil {
			return err
		}
	}
	n, err := dropNotes(tx, id)
	if err != nil {
		return err
	}
	done.Notes += n
	done.People++
	return errors.Join(tx.Bucket(peopleBucket).Delete([]byte(id)), markDirty(tx))
}

func dropNotes(tx *bolt.Tx, id string) (int, error) {
	var kinds []string
	err := eachNote(tx, id, func(kind string, _ []byte) error {
		kinds = append(kinds, kind)
		return nil
	})
	if err != nil || len(kinds) == 0 {
		return 0, err
	}
	for _, kind := range kinds {
		if err := tx.Bucket(notesBucket).Delete(noteKey(id, kind)); err != nil {
			return 0, err
		}
	}
	return len(kinds), markDirty(tx)
}

func eraseOne(tx *bolt.Tx, id string, at int64, done *Purged) error {
	b := tx.Bucket(erasedBucket)
	if b.Get([]byte(id)) == nil {
		if err := putNumber(b, []byte(id), uint64(max(at, 0))); err != nil {
			return err
		}
	}
	r, ok, err := getRow(tx, id)
	if err != nil || !ok {
		return err
	}
	return dropPerson(tx, id, r, done)
}

// applyErasures carries out what keys.json remembers; after a normal run there
// is nothing to do.
func (s *Store) applyErasures() error {
	s.keys.mu.RLock()
	defer s.keys.mu.RUnlock()
	if len(s.keys.erased) == 0 {
		return nil
	}
	return s.db.Update(func(tx *bolt.Tx) error {
		var done Purged
		for id, at := range s.keys.erased {
			if err := eraseOne(tx, id, at, &done); err != nil {
				return err
			}
		}
		return nil
	})
}

// purgeLooks drops entries of the access log and erasures that are too old.
func purgeLooks(tx *bolt.Tx, before int64, done *Purged) error {
	b := tx.Bucket(looksBucket)
	var old [][]byte
	c := b.Cursor()
	for k, v := c.First(); k != nil; k, v = c.Next() {
		var one Look
		if json.Unmarshal(v, &one) != nil {
			return fmt.Errorf("%w: access log", ErrDamaged)
		}
		if one.At >= before {
			break // the log is in the order of writing
		}
		old = append(old, append([]byte(nil), k...))
	}
	for _, k := range old {
		if err := b.Delete(k); err != nil {
			return err
		}
	}
	done.Looks += len(old)
	b = tx.Bucket(erasedBucket)
	old = nil
	err := b.ForEach(func(k, v []byte) error {
		if int64(number(v)) < before+looksKept-erasureKept {
			old = append(old, append([]byte(nil), k...))
		}
		return nil
	})
	for _, k := range old {
		err = errors.Join(err, b.Delete(k))
	}
	return err
}

// dropOldest keeps the newest most entries of a bucket with numbered keys.
func dropOldest(b *bolt.Bucket, most uint64) error {
	c := b.Cursor()
	for {
		k, _ := c.First()
		if k == nil || b.Sequence()-number(k) < most {
			return nil
		}
		if err := b.Delete(append([]byte(nil), k...)); err != nil {
			return err
		}
	}
}

func putRaw(b *bolt.Bucket, seq uint64, raw []byte) error {
	return b.Put(binary.BigEndian.AppendUint64(nil, seq), raw)
}

// rewriteIfDirty copies what lives into a new file and puts it in the place of
// the old one. It runs in the writer, or before it starts.
func (s *Store) rewriteIfDirty() (bool, error) {
	dirty := false
	err := s.db.View(func(tx *bolt.Tx) error {
		dirty = tx.Bucket(metaBucket).Get(dirtyKey) != nil
		return nil
	})
	if err != nil || !dirty {
		return false, err
	}
	temp := filepath.Join(s.dir, newName)
	if err := s.copyTo(temp); err != nil {
		// The old file is untouched and still dirty: the next purge tries again.
		err = errors.Join(err, removeIfThere(temp))
		if isFull(err) {
			return false, fmt.Errorf("%w: %w", ErrFull, err)
		}
		return false, fmt.Errorf("people: rewrite: %w", err)
	}
	s.file.Lock()
	defer s.file.Unlock()
	if err := s.db.Close(); err != nil {
		s.broken = fmt.Errorf("%w: %w", ErrCommit, err)
		return false, s.broken
	}
	path := filepath.Join(s.dir, fileName)
	swapped := replace(temp, path)
	db, err := openBolt(path) // the old file, if the swap failed
	if err != nil {
		s.broken = fmt.Errorf("%w: %w", ErrCommit, errors.Join(swapped, err))
		return false, s.broken
	}
	s.db = db
	return swapped == nil, swapped
}

func (s *Store) copyTo(temp string) error {
	if err := removeIfThere(temp); err != nil {
		return err
	}
	dst, err := openBolt(temp)
	if err != nil {
		return err
	}
	err = bolt.Compact(dst, s.db, compactTx)
	if err == nil {
		err = dst.Update(func(tx *bolt.Tx) error { return tx.Bucket(metaBucket).Delete(dirtyKey) })
	}
	return errors.Join(err, dst.Close())
}

func removeIfThere(path string) error {
	err := os.Remove(path)
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	return err
}

// destroyKeys drops the day keys that no sealed value needs.
func (s *Store) destroyKeys(now int64) (int, error) {
	used := make(map[keyID]bool)
	note := func(sealed []byte) {
		if id, ok := keyOf(sealed); ok {
			used[id] = true
		}
	}
	err := s.db.View(func(tx *bolt.Tx) error {
		err := eachRow(tx, func(_ string, r row) error {
			note(r.Identity)
			note(r.Phone)
			return nil
		})
		if err != nil {
			return err
		}
		return tx.Bucket(notesBucket).ForEach(func(_, v []byte) error {
			note(v)
			return nil
		})
	})
	if err != nil {
		return 0, err
	}
	return s.keys.destroy(used, now)
}
