package journal

import (
	"bytes"
	"fmt"

	bolt "go.etcd.io/bbolt"
)

const (
	// A scan reads this many records, or this many bytes, in one read transaction and hands them out after
	// it ended: the reader may take its time with each record, the file never waits for it.
	scanEntries = 1024
	scanBytes   = 1 << 20

	// cutEntries is how many records one transaction of a cut removes, so that the writer is never kept
	// from a command for longer than a blink.
	cutEntries = 4096
)

// Scan calls fn with every record from seq from on, in order, up to the last one at the time of the call. The
// data belongs to fn. An error of fn ends the scan and is returned as it is.
//
// Each record is checked against the chain of the one before; ErrDamaged names the first seq that does not
// fit. ErrCut means that from lies before what is kept.
func (j *Journal) Scan(from int64, fn func(Entry) error) error {
	last, base := j.marks()
	if err := checkScan(from, base.seq, last.seq); err != nil {
		return err
	}
	at, err := j.before(from)
	if err != nil {
		return err
	}
	for at.seq < last.seq {
		chunk, next, err := j.readChunk(at, last.seq)
		if err != nil {
			return err
		}
		for _, e := range chunk {
			if err := fn(e); err != nil {
				return err
			}
		}
		at = next
	}
	if at.chain != last.chain {
		return fmt.Errorf("%w (record %d is not the one that was written)", ErrDamaged, last.seq)
	}
	return nil
}

func checkScan(from, base, last int64) error {
	if from < 1 || from > last+1 {
		return fmt.Errorf("%w: a scan from %d, the journal has records 1 to %d", ErrGap, from, last)
	}
	if from <= base {
		return fmt.Errorf("%w (asked for %d, the first one kept is %d)", ErrCut, from, base+1)
	}
	return nil
}

// before is the place right before a record.
func (j *Journal) before(seq int64) (m mark, err error) {
	err = j.view(func(tx *bolt.Tx) error {
		m, err = markAt(tx, seq-1)
		return err
	})
	return m, err
}

// markAt is the place at a record, which may be the last one that was cut.
func markAt(tx *bolt.Tx, seq int64) (mark, error) {
	base, err := getMark(tx, keyBase)
	if err != nil || base.seq == seq {
		return base, err
	}
	if seq < base.seq {
		return mark{}, fmt.Errorf("%w (asked for %d, the first one kept is %d)", ErrCut, seq, base.seq+1)
	}
	b, err := bucket(tx, bucketRecords)
	if err != nil {
		return mark{}, err
	}
	v := b.Get(seqKey(seq))
	if v == nil {
		return mark{}, fmt.Errorf("%w (record %d is missing)", ErrDamaged, seq)
	}
	chain, _, err := recordOf(seq, v)
	return mark{seq: seq, chain: chain}, err
}

// readChunk copies the records after a place, in one short read transaction, and checks them.
func (j *Journal) readChunk(at mark, until int64) (chunk []Entry, next mark, err error) {
	err = j.view(func(tx *bolt.Tx) error {
		chunk, next, err = chunkOf(tx, at, until)
		return err
	})
	return chunk, next, err
}

func chunkOf(tx *bolt.Tx, at mark, until int64) ([]Entry, mark, error) {
	b, err := bucket(tx, bucketRecords)
	if err != nil {
		return nil, at, err
	}
	var chunk []Entry
	size := 0
	c := b.Cursor()
	for k, v := c.Seek(seqKey(at.seq + 1)); at.seq < until && len(chunk) < scanEntries && size < scanBytes; k, v = c.Next() {
		seq := at.seq + 1
		if !bytes.Equal(k, seqKey(seq)) {
			if base, err := getMark(tx, keyBase); err == nil && base.seq >= seq {
				return nil, at, fmt.Errorf("%w (record %d was cut meanwhile)", ErrCut, seq)
			}
			return nil, at, fmt.Errorf("%w (record %d is missing)", ErrDamaged, seq)
		}
		chain, data, err := recordOf(seq, v)
		if err != nil {
			return nil, at, err
		}
		if at.chain.next(seq, data) != chain {
			return nil, at, fmt.Errorf("%w (record %d does not fit the one before)", ErrDamaged, seq)
		}
		chunk = append(chunk, Entry{Seq: seq, Data: append([]byte{}, data...)})
		size += len(data)
		at = mark{seq: seq, chain: chain}
	}
	return chunk, at, nil
}

// Cut removes the records before a seq. They must lie behind the older of two snapshots, so that the state can
// still be rebuilt when the newer one turns out to be unreadable. What retention and totals allow is the
// caller's business.
func (j *Journal) Cut(before int64) error {
	j.writer.Lock()
	defer j.writer.Unlock()
	last, base := j.marks()
	if before-1 <= base.seq {
		return nil
	}
	kept, err := j.Snapshots()
	if err != nil {
		return err
	}
	if err := checkCut(before, kept); err != nil {
		return err
	}
	for base.seq < before-1 {
		next := base
		err = j.write(0, func(tx *bolt.Tx) (err error) {
			next, err = cutSome(tx, base, before)
			return err
		})
		if err != nil {
			return err
		}
		base = next
		j.setPlace(last, base)
	}
	return nil
}

// checkCut refuses to cut what no two snapshots stand for.
func checkCut(before int64, kept []Snapshot) error {
	if len(kept) < keptSnapshots || before-1 > kept[keptSnapshots-1].Seq {
		return fmt.Errorf("%w: a cut before record %d needs %d whole snapshots at or after record %d",
			ErrGap, before, keptSnapshots, before-1)
	}
	return nil
}

// cutSome removes the next few records and moves the base. It names each key itself, because bbolt may skip one
// when a cursor deletes as it goes.
func cutSome(tx *bolt.Tx, base mark, before int64) (mark, error) {
	b, err := bucket(tx, bucketRecords)
	if err != nil {
		return base, err
	}
	until := min(before-1, base.seq+cutEntries)
	next, err := markAt(tx, until)
	if err != nil {
		return base, err
	}
	for seq := base.seq + 1; seq <= until; seq++ {
		if err := b.Delete(seqKey(seq)); err != nil {
			return base, err
		}
	}
	return next, putSealed(tx, bucketMeta, keyBase, next.bytes())
}
