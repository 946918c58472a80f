package journal

import (
	"fmt"
	"path/filepath"
	"strconv"

	bolt "go.etcd.io/bbolt"
)

// firstSchema is the layout drawn in layout.go. Each step after it adds one.
const firstSchema = 1

// step is one numbered migration: it turns the layout before it into the next. Steps are never changed or
// removed, only added, because every file ever written must find its way.
type step struct {
	name  string
	apply func(*bolt.Tx) error
}

// steps are the migrations of this release, the first of which leads to schema 2. There is none yet.
var steps = []step{}

// schema is the layout that this release writes.
func (o Options) schema() int { return firstSchema + len(o.steps) }

// schemaOf reads which layout a file has.
func schemaOf(tx *bolt.Tx) (int, error) {
	raw, err := getMeta(tx, keySchema)
	if err != nil {
		return 0, err
	}
	n, err := strconv.Atoi(string(raw))
	if err != nil || n < firstSchema {
		return 0, fmt.Errorf("%w (its schema is %q)", ErrDamaged, raw)
	}
	return n, nil
}

// checkSchema refuses a file that this release cannot understand.
func checkSchema(tx *bolt.Tx, known int) (int, error) {
	n, err := schemaOf(tx)
	if err == nil && n > known {
		err = fmt.Errorf("%w (the file has schema %d, this release knows up to %d)", ErrNewerSchema, n, known)
	}
	return n, err
}

// migrate brings the file to the schema of this release: a copy first, then all missing steps in one
// transaction, so that the file is either as it was or as it must be. The way back is the copy.
func (j *Journal) migrate() error {
	known := j.opts.schema()
	var has int
	err := j.view(func(tx *bolt.Tx) (err error) {
		has, err = checkSchema(tx, known)
		return err
	})
	if err != nil || has == known {
		return err
	}
	copied := filepath.Join(j.dir, beforePrefix+strconv.Itoa(known))
	if err := j.copyTo(copied); err != nil {
		return fmt.Errorf("copying the journal before its migration: %w", err)
	}
	return createError(j.db.Update(func(tx *bolt.Tx) error {
		for _, s := range j.opts.steps[has-firstSchema:] {
			if err := s.apply(tx); err != nil {
				return fmt.Errorf("migrating the journal (%s): %w", s.name, err)
			}
		}
		return putSealed(tx, bucketMeta, keySchema, []byte(strconv.Itoa(known)))
	}))
}
