package access

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"time"

	bolt "go.etcd.io/bbolt"
	bolterrors "go.etcd.io/bbolt/errors"
)

const (
	fileName = "access.db"
	newName  = "access.db.new" // being written; means nothing until it is renamed

	// schema is the number of the file's layout. A change adds a step in migrate.
	schema = 1

	lockWait = 2 * time.Second // a second process gives up after this

	// mapBytes keeps the map from growing under readers, which would make them
	// wait for each other. On Windows the file itself gets this size.
	mapBytes = 16 << 20
	// maxFileBytes is far above the accounts, sessions and devices of a branch.
	maxFileBytes = 256 << 20

	// growBytes is how much the file grows at a time; the store's own 16 MB would
	// be most of what a small branch ever writes here.
	growBytes = 1 << 20

	fileMode = 0o600

	// Windows refuses a rename while a virus scanner holds the file.
	renameTries = 10
	renamePause = 500 * time.Millisecond
)

// Buckets of access.db. Every key but those of meta and the two hashed ones is a
// number, eight bytes, big end first.
var (
	metaBucket     = []byte("meta")
	accountsBucket = []byte("accounts")
	sessionsBucket = []byte("sessions") // SHA-256 of the token to a session
	tokensBucket   = []byte("tokens")
	devicesBucket  = []byte("devices")

	allBuckets = [][]byte{metaBucket, accountsBucket, sessionsBucket, tokensBucket, devicesBucket}
)

// Keys of the meta bucket.
var (
	schemaKey = []byte("schema")
	seqKey    = []byte("seq")   // counts commits: tells whether a failed one took hold
	dirtyKey  = []byte("dirty") // deleted bytes may still be in the file
)

func options() *bolt.Options {
	return &bolt.Options{
		Timeout:         lockWait,
		FreelistType:    bolt.FreelistMapType,
		NoFreelistSync:  true,
		InitialMmapSize: mapBytes,
		MaxSize:         maxFileBytes,
	}
}

// openFile opens access.db in dir, making it under another name first: a crash
// while the very first pages are written would leave a file that cannot be
// opened. What an interrupted rewrite left is removed, for it may hold hashes
// that were replaced since.
func openFile(dir string) (*bolt.DB, error) {
	path := filepath.Join(dir, fileName)
	_, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		err = createFile(dir)
	}
	if err != nil {
		return nil, err
	}
	db, err := openBolt(path)
	if err != nil {
		return nil, err
	}
	if err := os.Remove(filepath.Join(dir, newName)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, errors.Join(err, db.Close())
	}
	if err := checkSchema(db); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return db, nil
}

// createFile makes an empty access.db, all or nothing.
func createFile(dir string) error {
	temp := filepath.Join(dir, newName)
	if err := os.Remove(temp); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	db, err := openBolt(temp)
	if err != nil {
		return err
	}
	err = db.Update(func(tx *bolt.Tx) error {
		for _, name := range allBuckets {
			if _, err := tx.CreateBucketIfNotExists(name); err != nil {
				return err
			}
		}
		return putNumber(tx.Bucket(metaBucket), schemaKey, schema)
	})
	if err = errors.Join(err, db.Close()); err != nil {
		return errors.Join(err, os.Remove(temp))
	}
	return replace(temp, filepath.Join(dir, fileName))
}

// openBolt opens one file. A panic of the store while opening means damage; the
// process should end soon after, for the file lock may stay held.
func openBolt(path string) (db *bolt.DB, err error) {
	if err := checkLength(path); err != nil {
		return nil, err
	}
	defer func() {
		if r := recover(); r != nil {
			db, err = nil, fmt.Errorf("%w: %s: %v", ErrDamaged, filepath.Base(path), r)
		}
	}()
	db, err = bolt.Open(path, fileMode, options())
	switch {
	case errors.Is(err, bolterrors.ErrTimeout):
		return nil, ErrInUse
	case errors.Is(err, bolterrors.ErrInvalid), errors.Is(err, bolterrors.ErrChecksum), errors.Is(err, bolterrors.ErrVersionMismatch):
		return nil, fmt.Errorf("%w: %s: %w", ErrDamaged, filepath.Base(path), err)
	case err != nil:
		return nil, fmt.Errorf("access: open %s: %w", filepath.Base(path), err)
	}
	db.AllocSize = growBytes
	return db, nil
}

// checkLength refuses a file that is shorter than its newest meta page says.
// Reading past the end of a mapped file would kill the process without a word.
func checkLength(path string) error {
	const (
		magic      = 0xED0CDAED
		headerSize = 16
		metaSize   = 64
	)
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	if info.Size() == 0 {
		return nil // the store makes a new one
	}
	short := fmt.Errorf("%w: %s is cut short", ErrDamaged, filepath.Base(path))
	var newest, need uint64
	pageSize := int64(os.Getpagesize())
	for _, offset := range []int64{0, pageSize} {
		raw := make([]byte, headerSize+metaSize)
		if _, err := f.ReadAt(raw, offset); err != nil {
			return short
		}
		meta := raw[headerSize:]
		if binary.NativeEndian.Uint32(meta) != magic {
			continue // the store itself judges which meta page is valid
		}
		page := uint64(binary.NativeEndian.Uint32(meta[8:]))
		pages, txid := binary.NativeEndian.Uint64(meta[40:]), binary.NativeEndian.Uint64(meta[48:])
		if txid >= newest {
			newest, need = txid, pages*page
		}
	}
	if uint64(info.Size()) < need {
		return short
	}
	return nil
}

func checkSchema(db *bolt.DB) error {
	return db.View(func(tx *bolt.Tx) error {
		meta := tx.Bucket(metaBucket)
		if meta == nil {
			return fmt.Errorf("%w: %s holds no accounts", ErrDamaged, fileName)
		}
		switch have := number(meta.Get(schemaKey)); {
		case have > schema:
			return ErrNewer
		case have < schema:
			return fmt.Errorf("%w: %s has no valid schema number", ErrDamaged, fileName)
		}
		return nil
	})
}

// replace renames temp over path and makes the rename durable.
func replace(temp, path string) error {
	for try := 1; ; try++ {
		err := os.Rename(temp, path)
		if err == nil {
			return syncDir(filepath.Dir(path))
		}
		if runtime.GOOS != "windows" || try == renameTries {
			return errors.Join(err, os.Remove(temp))
		}
		time.Sleep(renamePause)
	}
}

// syncDir makes a rename survive a power cut. Windows has no such call.
func syncDir(dir string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

func number(raw []byte) uint64 {
	if len(raw) != 8 {
		return 0
	}
	return binary.BigEndian.Uint64(raw)
}

func putNumber(b *bolt.Bucket, key []byte, n uint64) error {
	return b.Put(key, binary.BigEndian.AppendUint64(nil, n))
}
