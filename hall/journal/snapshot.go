package journal

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"fmt"

	bolt "go.etcd.io/bbolt"
)

const (
	// keptSnapshots is how many snapshots stay: the newest, and one to fall back on.
	keptSnapshots = 2
	// MaxSnapshot bounds the data of one snapshot, in bytes. A branch's state is a few megabytes on its
	// worst day; what is larger is a fault and would stall the writer.
	MaxSnapshot = 64 << 20
	// MaxLabel bounds the sum a snapshot carries, in bytes: a hash in hex and some room.
	MaxLabel = 256

	snapshotHead  = 0
	snapshotChunk = 1
)

// Snapshot is the state after one record, as bytes.
type Snapshot struct {
	Seq     int64  // the record after which the state was taken; 0 is the empty state
	Version int    // of the encoding; the caller's
	Sum     string // of the state; the caller's, at most MaxLabel bytes
	Data    []byte // at most MaxSnapshot bytes
}

// snapshotNote is what is stored beside the chunks of a snapshot.
type snapshotNote struct {
	Version int    `json:"version"`
	Sum     string `json:"sum"`
	Size    int    `json:"size"`
	Chain   string `json:"chain"` // at Seq: ties the snapshot to this very history
	Hash    string `json:"hash"`  // of the data
}

// SaveSnapshot keeps a snapshot and forgets all but the newest two, in one transaction. Its seq must be that of
// a record that is kept, or 0 in an uncut journal. Errors are those of Append.
func (j *Journal) SaveSnapshot(s Snapshot) error {
	j.writer.Lock()
	defer j.writer.Unlock()
	last, base := j.marks()
	if err := checkSnapshot(s, last.seq, base.seq); err != nil {
		return err
	}
	return j.write(int64(len(s.Data)), func(tx *bolt.Tx) error {
		if err := dropSnapshot(tx, s.Seq); err != nil {
			return err
		}
		if err := putSnapshot(tx, s); err != nil {
			return err
		}
		seqs, err := snapshotSeqs(tx)
		if err != nil {
			return err
		}
		for _, old := range seqs[min(keptSnapshots, len(seqs)):] {
			if err := dropSnapshot(tx, old); err != nil {
				return err
			}
		}
		return nil
	})
}

func checkSnapshot(s Snapshot, last, base int64) error {
	if len(s.Data) > MaxSnapshot || len(s.Sum) > MaxLabel {
		return fmt.Errorf("%w: the snapshot at %d has %d bytes and a sum of %d, at most %d and %d",
			ErrTooLarge, s.Seq, len(s.Data), len(s.Sum), MaxSnapshot, MaxLabel)
	}
	if s.Seq < base || s.Seq > last {
		return fmt.Errorf("%w: a snapshot at %d, the journal has records %d to %d", ErrGap, s.Seq, base+1, last)
	}
	return nil
}

// Snapshots returns the snapshots that are kept and whole, newest first. One that is damaged is left out: the
// other one, or the records, stand for it, and Verify names it.
func (j *Journal) Snapshots() ([]Snapshot, error) {
	var kept []Snapshot
	err := j.view(func(tx *bolt.Tx) error {
		seqs, err := snapshotSeqs(tx)
		if err != nil {
			return err
		}
		for _, seq := range seqs {
			if s, err := getSnapshot(tx, seq); err == nil {
				kept = append(kept, s)
			}
		}
		return nil
	})
	return kept, err
}

func snapshotKey(seq int64, kind byte) []byte { return append(seqKey(seq), kind) }

func chunkKey(seq int64, i int) []byte {
	return binary.BigEndian.AppendUint32(snapshotKey(seq, snapshotChunk), uint32(i))
}

// snapshotSeqs lists the snapshots, newest first.
func snapshotSeqs(tx *bolt.Tx) ([]int64, error) {
	b, err := bucket(tx, bucketSnapshots)
	if err != nil {
		return nil, err
	}
	var seqs []int64
	c := b.Cursor()
	for k, _ := c.First(); k != nil; {
		if len(k) <= seqSize {
			return nil, fmt.Errorf("%w (a snapshot's key has %d bytes)", ErrDamaged, len(k))
		}
		seq := seqOf(k[:seqSize])
		seqs = append([]int64{seq}, seqs...)
		k, _ = c.Seek(seqKey(seq + 1))
	}
	return seqs, nil
}

func putSnapshot(tx *bolt.Tx, s Snapshot) error {
	at, err := markAt(tx, s.Seq)
	if err != nil {
		return err
	}
	hash := sha256.Sum256(s.Data)
	note, err := json.Marshal(snapshotNote{
		Version: s.Version, Sum: s.Sum, Size: len(s.Data), Chain: at.chain.String(), Hash: hex.EncodeToString(hash[:]),
	})
	if err != nil {
		return err
	}
	if err := putSealed(tx, bucketSnapshots, snapshotKey(s.Seq, snapshotHead), note); err != nil {
		return err
	}
	for i, at := 0, 0; at < len(s.Data); i, at = i+1, at+MaxData {
		part := s.Data[at:min(at+MaxData, len(s.Data))]
		if err := putSealed(tx, bucketSnapshots, chunkKey(s.Seq, i), part); err != nil {
			return err
		}
	}
	return nil
}

// getSnapshot reads one snapshot and checks it against its hash and, where the record is still there, against
// the chain.
func getSnapshot(tx *bolt.Tx, seq int64) (Snapshot, error) {
	raw, err := getSealed(tx, bucketSnapshots, snapshotKey(seq, snapshotHead))
	if err != nil {
		return Snapshot{}, err
	}
	var note snapshotNote
	if err := json.Unmarshal(raw, &note); err != nil {
		return Snapshot{}, fmt.Errorf("%w (the note of snapshot %d: %v)", ErrDamaged, seq, err)
	}
	if note.Size < 0 || note.Size > MaxSnapshot {
		return Snapshot{}, fmt.Errorf("%w (snapshot %d claims %d bytes)", ErrDamaged, seq, note.Size)
	}
	s := Snapshot{Seq: seq, Version: note.Version, Sum: note.Sum, Data: make([]byte, 0, note.Size)}
	for i := 0; len(s.Data) < note.Size; i++ {
		part, err := getSealed(tx, bucketSnapshots, chunkKey(seq, i))
		if err != nil {
			return Snapshot{}, err
		}
		if len(part) == 0 {
			return Snapshot{}, fmt.Errorf("%w (snapshot %d ends after %d of %d bytes)", ErrDamaged, seq, len(s.Data), note.Size)
		}
		s.Data = append(s.Data, part...)
	}
	if hash := sha256.Sum256(s.Data); hex.EncodeToString(hash[:]) != note.Hash {
		return Snapshot{}, fmt.Errorf("%w (snapshot %d does not match its hash)", ErrDamaged, seq)
	}
	at, err := markAt(tx, seq)
	if err == nil && at.chain.String() != note.Chain {
		err = fmt.Errorf("%w (snapshot %d belongs to another history)", ErrDamaged, seq)
	}
	return s, err
}

// dropSnapshot removes a snapshot with all its chunks. The keys are collected first: bbolt may skip one when a
// cursor deletes as it goes.
func dropSnapshot(tx *bolt.Tx, seq int64) error {
	b, err := bucket(tx, bucketSnapshots)
	if err != nil {
		return err
	}
	var keys [][]byte
	c := b.Cursor()
	for k, _ := c.Seek(seqKey(seq)); len(k) > seqSize && seqOf(k[:seqSize]) == seq; k, _ = c.Next() {
		keys = append(keys, append([]byte{}, k...))
	}
	for _, k := range keys {
		if err := b.Delete(k); err != nil {
			return err
		}
	}
	return nil
}
