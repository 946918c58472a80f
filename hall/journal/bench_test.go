package journal

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	bolt "go.etcd.io/bbolt"
)

// payload is the size of a record in every benchmark here, in bytes: that of a call with its events.
const payload = 200

func benchOptions() Options {
	o := small()
	o.MapSize = 0
	return o
}

func perSecond(b *testing.B, records int) {
	b.ReportMetric(float64(records)/b.Elapsed().Seconds(), "records/s")
}

// BenchmarkAppend is the journal itself, with as many records in one durable batch as callers waited.
func BenchmarkAppend(b *testing.B) {
	for _, batch := range []int{1, 16, 128} {
		b.Run(fmt.Sprint("batch=", batch), func(b *testing.B) {
			j := open(b, b.TempDir(), benchOptions())
			es := make([]Entry, batch)
			for i := range es {
				es[i].Data = make([]byte, payload)
			}
			seq := int64(0)
			b.ResetTimer()
			for range b.N {
				for i := range es {
					seq++
					es[i].Seq = seq
				}
				if err := j.Append(es); err != nil {
					b.Fatal(err)
				}
			}
			perSecond(b, b.N*batch)
		})
	}
}

// BenchmarkBboltUpdateEach is what one would write first: bbolt with its default options, one Update for each
// command.
func BenchmarkBboltUpdateEach(b *testing.B) {
	db, err := bolt.Open(filepath.Join(b.TempDir(), "each.db"), fileMode, nil)
	if err != nil {
		b.Fatal(err)
	}
	defer db.Close()
	data := make([]byte, payload)
	b.ResetTimer()
	for i := range b.N {
		err := db.Update(func(tx *bolt.Tx) error {
			r, err := tx.CreateBucketIfNotExists(bucketRecords)
			if err != nil {
				return err
			}
			return r.Put(seqKey(int64(i)), data)
		})
		if err != nil {
			b.Fatal(err)
		}
	}
	perSecond(b, b.N)
}

// BenchmarkRawAppendSync is the floor: the same bytes at the end of a plain file, flushed after each batch.
func BenchmarkRawAppendSync(b *testing.B) {
	for _, batch := range []int{1, 16, 128} {
		b.Run(fmt.Sprint("batch=", batch), func(b *testing.B) {
			f, err := os.Create(filepath.Join(b.TempDir(), "raw"))
			if err != nil {
				b.Fatal(err)
			}
			defer f.Close()
			buf := make([]byte, batch*payload)
			b.ResetTimer()
			for range b.N {
				if _, err := f.Write(buf); err != nil {
					b.Fatal(err)
				}
				if err := syncData(f); err != nil {
					b.Fatal(err)
				}
			}
			perSecond(b, b.N*batch)
		})
	}
}

// benchRecords is a fortnight of a busy branch.
const benchRecords = 50_000

func filled(b *testing.B) *Journal {
	b.Helper()
	j := open(b, b.TempDir(), benchOptions())
	es := make([]Entry, 1000)
	for seq := int64(0); seq < benchRecords; {
		for i := range es {
			seq++
			es[i] = Entry{Seq: seq, Data: make([]byte, payload)}
		}
		if err := j.Append(es); err != nil {
			b.Fatal(err)
		}
	}
	return j
}

// BenchmarkScan reads and checks every record, as a start does.
func BenchmarkScan(b *testing.B) {
	j := filled(b)
	b.SetBytes(benchRecords * payload)
	b.ResetTimer()
	for range b.N {
		n := 0
		if err := j.Scan(1, func(Entry) error { n++; return nil }); err != nil || n != benchRecords {
			b.Fatal(n, err)
		}
	}
	perSecond(b, b.N*benchRecords)
}

// BenchmarkOpen is the reading of every page before bbolt maps the file, and bbolt's own opening.
func BenchmarkOpen(b *testing.B) {
	j := filled(b)
	dir := b.TempDir()
	if err := j.Backup(filepath.Join(dir, FileName)); err != nil {
		b.Fatal(err)
	}
	b.SetBytes(benchRecords * payload)
	b.ResetTimer()
	for range b.N {
		j, err := Open(dir, benchOptions())
		if err != nil {
			b.Fatal(err)
		}
		if err := j.Close(); err != nil {
			b.Fatal(err)
		}
	}
}
