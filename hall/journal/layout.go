package journal

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"

	bolt "go.etcd.io/bbolt"
)

// The tree inside journal.db. Few buckets and composite keys, because each bucket of its own costs pages.
//
//	meta       schema    the number of the file's layout, decimal
//	           epoch     random, 32 hex digits; new when the file is created or restored
//	           created   RFC 3339 time of creation or restore
//	           branch    the branch's own identifier, as given at creation
//	           head      seq (8 bytes) ‖ chain (16 bytes) of the last record
//	           base      seq ‖ chain of the last record that was cut; all zero when nothing was
//	records    seq                      → chain (16 bytes) ‖ data
//	snapshots  seq ‖ 0                  → JSON: version, sum, size, chain at seq, hash of the data
//	           seq ‖ 1 ‖ index (4)      → one chunk of the data
//	documents  name                     → bytes
//	jobs       name                     → the business date last done, 2006-01-02
//
// Every number in a key is big-endian, so that bbolt's order is the order of time. Every value outside of
// records starts with 16 bytes of a hash over its key and its content (see seal): the chain guards the
// records, the seal guards the rest.
var (
	bucketMeta      = []byte("meta")
	bucketRecords   = []byte("records")
	bucketSnapshots = []byte("snapshots")
	bucketDocuments = []byte("documents")
	bucketJobs      = []byte("jobs")

	keySchema  = []byte("schema")
	keyEpoch   = []byte("epoch")
	keyCreated = []byte("created")
	keyBranch  = []byte("branch")
	keyHead    = []byte("head")
	keyBase    = []byte("base")
)

const (
	// MaxData is the most one record or document may hold, in bytes. bbolt keeps a value in consecutive
	// pages and large ones fragment the file; a record of a branch is some hundred bytes.
	MaxData = 64 << 10
	// MaxBatchEntries bounds one Append. It is far above what a writer drains at once, and low enough that
	// a transaction never holds more than a few megabytes in memory.
	MaxBatchEntries = 4096
	// MaxBatchBytes bounds the data of one Append for the same reason.
	MaxBatchBytes = 16 << 20
	// MaxName bounds the name of a document or a job: names are words of this program, not content.
	MaxName = 128

	// recordsFill is how full bbolt leaves a page that splits. Records are only ever added at the end, so
	// half-full pages (the default) would waste the other half for ever.
	recordsFill = 0.9

	chainSize = 16
	seqSize   = 8
)

// Chain is the running hash over all records up to one: the first 16 bytes of SHA-256 over the chain before,
// the record's seq (8 bytes, big-endian) and its data. Before the first record it is all zero.
type Chain [chainSize]byte

// String is the chain as 32 hex digits.
func (c Chain) String() string { return hex.EncodeToString(c[:]) }

// next is the chain after one more record.
func (c Chain) next(seq int64, data []byte) Chain {
	h := sha256.New()
	h.Write(c[:])
	h.Write(seqKey(seq))
	h.Write(data)
	var sum [sha256.Size]byte
	h.Sum(sum[:0])
	return Chain(sum[:chainSize])
}

// Entry is one record as the journal sees it: its place and its bytes.
type Entry struct {
	Seq  int64  // 1 for the first record, without a gap
	Data []byte // at most MaxData bytes
}

// mark is a place in the journal: a seq and the chain up to and with it.
type mark struct {
	seq   int64
	chain Chain
}

func (m mark) bytes() []byte { return append(seqKey(m.seq), m.chain[:]...) }

func markOf(b []byte) (mark, error) {
	if len(b) != seqSize+chainSize {
		return mark{}, fmt.Errorf("%w: a mark has %d bytes instead of %d", ErrDamaged, len(b), seqSize+chainSize)
	}
	return mark{seq: seqOf(b[:seqSize]), chain: Chain(b[seqSize:])}, nil
}

func seqKey(seq int64) []byte { return binary.BigEndian.AppendUint64(nil, uint64(seq)) }

func seqOf(key []byte) int64 { return int64(binary.BigEndian.Uint64(key)) }

// recordOf splits a stored record into its chain and its data. The data lives as long as the transaction.
func recordOf(seq int64, value []byte) (Chain, []byte, error) {
	if len(value) < chainSize {
		return Chain{}, nil, fmt.Errorf("%w: record %d has %d bytes, fewer than its own hash", ErrDamaged, seq, len(value))
	}
	return Chain(value[:chainSize]), value[chainSize:], nil
}

// seal puts the hash of key and content before the content, so that a flipped bit is noticed and a value
// copied under another key is, too.
func seal(key, content []byte) []byte {
	sum := sealSum(key, content)
	return append(sum[:], content...)
}

// unseal returns a copy of the content of a sealed value, or ErrDamaged naming the key.
func unseal(key, value []byte) ([]byte, error) {
	if len(value) < chainSize {
		return nil, fmt.Errorf("%w: the value %q is too short", ErrDamaged, key)
	}
	content := value[chainSize:]
	if sealSum(key, content) != Chain(value[:chainSize]) {
		return nil, fmt.Errorf("%w: the value %q does not match its hash", ErrDamaged, key)
	}
	return append([]byte{}, content...), nil
}

func sealSum(key, content []byte) Chain {
	h := sha256.New()
	var n [4]byte
	binary.BigEndian.PutUint32(n[:], uint32(len(key)))
	h.Write(n[:])
	h.Write(key)
	h.Write(content)
	var sum [sha256.Size]byte
	h.Sum(sum[:0])
	return Chain(sum[:chainSize])
}

// bucket returns a bucket of the tree, or ErrDamaged when the file has none of that name.
func bucket(tx *bolt.Tx, name []byte) (*bolt.Bucket, error) {
	b := tx.Bucket(name)
	if b == nil {
		return nil, fmt.Errorf("%w: it has no bucket %q", ErrDamaged, name)
	}
	return b, nil
}

// putSealed stores a sealed value.
func putSealed(tx *bolt.Tx, in, key, content []byte) error {
	b, err := bucket(tx, in)
	if err != nil {
		return err
	}
	return b.Put(key, seal(key, content))
}

// getSealed returns a copy of a sealed value, or nil when there is none.
func getSealed(tx *bolt.Tx, in, key []byte) ([]byte, error) {
	b, err := bucket(tx, in)
	if err != nil {
		return nil, err
	}
	v := b.Get(key)
	if v == nil {
		return nil, nil
	}
	return unseal(key, v)
}

// getMeta returns a value of the meta bucket that every journal has.
func getMeta(tx *bolt.Tx, key []byte) ([]byte, error) {
	v, err := getSealed(tx, bucketMeta, key)
	if err == nil && v == nil {
		err = fmt.Errorf("%w: it lacks %q", ErrDamaged, key)
	}
	return v, err
}

func getMark(tx *bolt.Tx, key []byte) (mark, error) {
	v, err := getMeta(tx, key)
	if err != nil {
		return mark{}, err
	}
	return markOf(v)
}

// newEpoch draws 128 random bits, as 32 hex digits.
func newEpoch() string {
	var b [16]byte
	rand.Read(b[:]) // never fails: crypto/rand ends the process instead
	return hex.EncodeToString(b[:])
}
