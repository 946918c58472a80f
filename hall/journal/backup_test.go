package journal

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"testing"
)

func TestBackupWhileAppending(t *testing.T) {
	dir, to := t.TempDir(), t.TempDir()
	j := open(t, dir, small())
	fill(t, j, 1, 2000)
	const batch = 7
	stop, done := make(chan struct{}), make(chan error, 1)
	go func() {
		for {
			select {
			case <-stop:
				done <- nil
				return
			default:
			}
			seq, _ := j.Last()
			if err := j.Append(entries(seq+1, batch)); err != nil {
				done <- err
				return
			}
		}
	}()
	for i := range 10 {
		before, _ := j.Last()
		path := filepath.Join(to, "copy")
		if err := j.Backup(path); err != nil {
			t.Fatal(err)
		}
		// What is durable may be one batch ahead of what Last tells: it is told after the commit.
		after, _ := j.Last()
		r := whole(t, path, small())
		if r.Seq < before || r.Seq > after+batch || r.Records != r.Seq || r.Epoch != j.Epoch() {
			t.Fatalf("copy %d ends with %d of %d records, made between %d and %d", i, r.Seq, r.Records, before, after)
		}
		live, err := j.Verify()
		if err != nil || len(live.Problems) > 0 || live.Seq < after {
			t.Fatalf("the running journal is not whole to %d: %+v %v", after, live, err)
		}
	}
	close(stop)
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	left, err := filepath.Glob(filepath.Join(to, tempPrefix+"*"))
	if err != nil || len(left) > 0 {
		t.Errorf("the backups left %v %v", left, err)
	}
}

func TestRestoreBeginsANewEpoch(t *testing.T) {
	j := open(t, t.TempDir(), small())
	fill(t, j, 1, 500)
	for _, seq := range []int64{200, 400} {
		if err := j.SaveSnapshot(Snapshot{Seq: seq, Version: 3, Sum: "s", Data: data(seq)}); err != nil {
			t.Fatal(err)
		}
	}
	if err := errors.Join(j.Cut(101), j.PutDoc("labels", []byte("Ruang 1")), j.MarkJob("purge", "2026-03-02")); err != nil {
		t.Fatal(err)
	}
	var archive bytes.Buffer
	if n, err := j.WriteTo(&archive); err != nil || n != int64(archive.Len()) {
		t.Fatalf("%d bytes are said to be written, %d were: %v", n, archive.Len(), err)
	}
	copied := filepath.Join(t.TempDir(), "copy")
	if err := os.WriteFile(copied, archive.Bytes(), 0o400); err != nil { // a copy is only read
		t.Fatal(err)
	}
	dir := filepath.Join(t.TempDir(), "new", "data")
	if err := Restore(copied, dir, small()); err != nil {
		t.Fatal(err)
	}
	r := open(t, dir, small())
	seq, chain := j.Last()
	if gotSeq, gotChain := r.Last(); gotSeq != seq || gotChain != chain || r.Base() != 100 || r.Branch() != "test" {
		t.Errorf("restored to %d %s after %d", gotSeq, gotChain, r.Base())
	}
	if r.Epoch() == j.Epoch() || len(r.Epoch()) != 32 {
		t.Errorf("the epoch is %q, the one of the lost file was %q", r.Epoch(), j.Epoch())
	}
	mustScan(t, r, 101, 500)
	sameValuesAfterRestore(t, r)
	fill(t, r, 501, 10)
}

func sameValuesAfterRestore(t *testing.T, r *Journal) {
	t.Helper()
	doc, docErr := r.Doc("labels")
	date, jobErr := r.JobDone("purge")
	snaps, snapErr := r.Snapshots()
	if err := errors.Join(docErr, jobErr, snapErr); err != nil {
		t.Fatal(err)
	}
	if string(doc) != "Ruang 1" || date != "2026-03-02" || len(snaps) != 2 || string(snaps[0].Data) != string(data(400)) {
		t.Errorf("restored %q %q and %d snapshots", doc, date, len(snaps))
	}
}

func TestRestoreRefusesADirectoryInUse(t *testing.T) {
	j := open(t, t.TempDir(), small())
	fill(t, j, 1, 5)
	copied := filepath.Join(t.TempDir(), "copy")
	if err := j.Backup(copied); err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	note := filepath.Join(dir, "people.db")
	if err := os.WriteFile(note, []byte("x"), fileMode); err != nil {
		t.Fatal(err)
	}
	is(t, Restore(copied, dir, small()), ErrNotEmpty)
	if err := RestoreFrom(copied, dir, small()); err != nil { // beside other restored files
		t.Fatal(err)
	}
	is(t, RestoreFrom(copied, dir, small()), ErrNotEmpty)
	r := open(t, dir, small())
	mustScan(t, r, 1, 5)
	if err := Restore(filepath.Join(dir, "nowhere"), t.TempDir(), small()); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a backup that is not there: %v", err)
	}
}

func TestCompactGivesFreePagesBack(t *testing.T) {
	dir := t.TempDir()
	j := open(t, dir, small())
	if did, err := j.Compact(); did || err != nil {
		t.Fatalf("an empty journal was rewritten: %v %v", did, err)
	}
	last := int64(0)
	for last < 2000 { // 32 MB of records, most of which are cut
		es := make([]Entry, 100)
		for i := range es {
			es[i] = Entry{Seq: last + 1 + int64(i), Data: make([]byte, 16<<10)}
		}
		if err := j.Append(es); err != nil {
			t.Fatal(err)
		}
		last += 100
	}
	if did, err := j.Compact(); did || err != nil {
		t.Fatalf("a full journal was rewritten: %v %v", did, err)
	}
	for _, seq := range []int64{1900, 1950} {
		if err := j.SaveSnapshot(Snapshot{Seq: seq, Data: []byte("state")}); err != nil {
			t.Fatal(err)
		}
	}
	if err := j.Cut(1901); err != nil {
		t.Fatal(err)
	}
	before := j.Stats()
	seq, chain := j.Last()
	if did, err := j.Compact(); !did || err != nil {
		t.Fatalf("with %d of %d pages free: %v %v", before.FreePages, before.Pages, did, err)
	}
	after := j.Stats()
	if after.FileBytes*3 > before.FileBytes || after.FreePages*10 > after.Pages {
		t.Errorf("the file has %d bytes and %d of %d pages free, it had %d bytes", after.FileBytes, after.FreePages, after.Pages, before.FileBytes)
	}
	if gotSeq, gotChain := j.Last(); gotSeq != seq || gotChain != chain || j.Base() != 1900 {
		t.Errorf("the end is %d %s, it was %d %s", gotSeq, gotChain, seq, chain)
	}
	is(t, j.Scan(1900, nil), ErrCut)
	if err := j.Append([]Entry{{Seq: seq + 1, Data: []byte("on")}}); err != nil {
		t.Fatal(err)
	}
	if r, err := j.Verify(); err != nil || len(r.Problems) > 0 || r.Records != 101 || len(r.Snapshots) != 2 {
		t.Errorf("after the rewrite: %+v %v", r, err)
	}
	_, err := Open(dir, small())
	is(t, err, ErrInUse) // the lock outlives the replaced file
}
