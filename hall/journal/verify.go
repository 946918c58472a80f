package journal

import (
	"errors"
	"fmt"
	"os"

	bolt "go.etcd.io/bbolt"
)

// Report is what a whole reading of a journal found.
type Report struct {
	Epoch     string
	Schema    int
	Base      int64    // the last record that was cut
	Seq       int64    // the last record
	Chain     Chain    // at Seq
	Records   int64    // read and found whole
	Snapshots []int64  // whole ones, newest first
	Pages     int64    // in the file
	FreePages int64    // among them
	Problems  []string // sentences; empty when all is well

	first error // the first problem, for callers who refuse a copy with it
}

func (r *Report) problem(err error) {
	if err == nil {
		return
	}
	if r.first == nil {
		r.first = err
	}
	r.Problems = append(r.Problems, err.Error())
}

// Verify reads the whole running journal: every page in use, every record against the chain, every sealed
// value. What it finds is in the report; the error is for a journal that cannot be read at all.
// Appends go on meanwhile; the report is about what was there when it began.
func (j *Journal) Verify() (Report, error) {
	var r Report
	err := j.view(func(tx *bolt.Tx) error {
		// The transaction keeps the pages it sees from being used again, so they can be read from the
		// file. Only its own: those of a later one may be gone before they are read.
		f, err := os.Open(j.db.Path())
		if err != nil {
			return err
		}
		defer f.Close()
		use, err := checkTree(f, headerOf(tx))
		if err != nil {
			r.problem(err)
			return nil // a broken tree must not be walked
		}
		r.Pages, r.FreePages = use.total, use.total-use.used
		r.readValues(tx)
		return nil
	})
	if err != nil || len(r.Problems) > 0 {
		return r, err
	}
	at := mark{seq: r.Base}
	if at, err = j.before(r.Base + 1); err != nil {
		return r, err
	}
	for at.seq < r.Seq {
		chunk, next, err := j.readChunk(at, r.Seq)
		if errors.Is(err, ErrCut) || errors.Is(err, ErrClosed) {
			return r, err
		}
		if err != nil {
			r.problem(err)
			return r, nil
		}
		r.Records += int64(len(chunk))
		at = next
	}
	r.checkEnd(at)
	return r, nil
}

// headerOf is what the meta page said when the transaction began.
func headerOf(tx *bolt.Tx) fileHeader {
	size := int64(tx.DB().Info().PageSize)
	return fileHeader{
		pageSize:  size,
		root:      uint64(tx.Cursor().Bucket().Root()),
		freelist:  noFreelist,
		highWater: uint64(tx.Size() / size),
		txid:      uint64(tx.ID()),
	}
}

// VerifyFile reads a whole copy of a journal that nobody has open, as Verify does.
func VerifyFile(path string) (Report, error) {
	return verifyFile(path, Options{}.withDefaults())
}

func verifyFile(path string, o Options) (r Report, err error) {
	db, err := openBolt(path, &bolt.Options{ReadOnly: true, Timeout: o.Timeout})
	if errors.Is(err, ErrDamaged) || errors.Is(err, ErrTruncated) {
		r.problem(err)
		return r, nil
	}
	if err != nil {
		return r, err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	return r, db.View(func(tx *bolt.Tx) error {
		if r.Schema, err = checkSchema(tx, o.schema()); err != nil {
			return err
		}
		r.Pages = tx.Size() / int64(db.Info().PageSize)
		for problem := range tx.Check() {
			r.problem(fmt.Errorf("%w (%v)", ErrDamaged, problem))
		}
		r.readValues(tx)
		at, err := markAt(tx, r.Base)
		for err == nil && at.seq < r.Seq {
			before := at.seq
			_, at, err = chunkOf(tx, at, r.Seq)
			r.Records += at.seq - before
		}
		r.problem(err)
		r.checkEnd(at)
		return nil
	})
}

// readValues reads everything that is not a record.
func (r *Report) readValues(tx *bolt.Tx) {
	var err error
	r.Schema, err = schemaOf(tx)
	r.problem(err)
	epoch, err := getMeta(tx, keyEpoch)
	r.problem(err)
	r.Epoch = string(epoch)
	last, base, err := ends(tx)
	r.problem(err)
	r.Seq, r.Chain, r.Base = last.seq, last.chain, base.seq
	for _, name := range [][]byte{bucketMeta, bucketDocuments, bucketJobs} {
		r.problem(readSealed(tx, name))
	}
	seqs, err := snapshotSeqs(tx)
	r.problem(err)
	for _, seq := range seqs {
		if _, err := getSnapshot(tx, seq); err != nil {
			r.problem(err)
			continue
		}
		r.Snapshots = append(r.Snapshots, seq)
	}
}

func readSealed(tx *bolt.Tx, name []byte) error {
	b, err := bucket(tx, name)
	if err != nil {
		return err
	}
	return b.ForEach(func(k, v []byte) error {
		_, err := unseal(k, v)
		return err
	})
}

// checkEnd compares where the chain led with where it must.
func (r *Report) checkEnd(at mark) {
	if len(r.Problems) == 0 && (at != mark{seq: r.Seq, chain: r.Chain}) {
		r.problem(fmt.Errorf("%w (the chain ends at record %d with another hash than was kept)", ErrDamaged, at.seq))
	}
}

// Stats returns figures for the branch's metrics. It costs one call to the system.
func (j *Journal) Stats() Stats {
	var s Stats
	j.watch.fill(&s)
	j.gate.RLock()
	defer j.gate.RUnlock()
	if j.db == nil {
		return s
	}
	if info, err := os.Stat(j.db.Path()); err == nil {
		s.FileBytes = info.Size()
	}
	b := j.db.Stats()
	s.FreePages = int64(b.FreePageN) + int64(b.PendingPageN)
	err := j.db.View(func(tx *bolt.Tx) error {
		s.Pages = tx.Size() / int64(j.db.Info().PageSize)
		return nil
	})
	if err != nil {
		s.Pages = 0
	}
	return s
}
