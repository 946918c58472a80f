package journal

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// sample writes a small journal that has everything in it, closes it and returns its bytes up to the last page.
func sample(t *testing.T) []byte {
	t.Helper()
	dir := t.TempDir()
	j, err := Open(dir, small())
	if err != nil {
		t.Fatal(err)
	}
	fill(t, j, 1, 400)
	for _, seq := range []int64{100, 300} {
		if err := j.SaveSnapshot(Snapshot{Seq: seq, Version: 1, Sum: "sum", Data: make([]byte, 10_000)}); err != nil {
			t.Fatal(err)
		}
	}
	err = errors.Join(j.PutDoc("labels", []byte("Ruang 1")), j.MarkJob("purge", "2026-03-02"))
	to := filepath.Join(dir, "copy")
	if err = errors.Join(err, j.Backup(to), j.Close()); err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(to) // a copy ends with its last page: no tail that nobody uses
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func put(t *testing.T, dir string, content []byte) string {
	t.Helper()
	path := filepath.Join(dir, FileName)
	if err := os.WriteFile(path, content, fileMode); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestATruncatedFileIsAnErrorAndNothingWorse(t *testing.T) {
	whole := sample(t)
	page := os.Getpagesize()
	var cuts []int
	for at := 0; at < len(whole); at += page {
		cuts = append(cuts, at, at+1, at+page/2, at+page-1)
	}
	dir := t.TempDir()
	for _, n := range cuts {
		path := put(t, dir, whole[:n])
		if j, err := Open(dir, small()); !errors.Is(err, ErrTruncated) {
			if err == nil {
				j.Close()
			}
			t.Errorf("cut to %d of %d bytes: %v", n, len(whole), err)
		}
		if info, err := os.Stat(path); err != nil || info.Size() != int64(n) {
			t.Errorf("cut to %d bytes, the file was touched: %v %v", n, info.Size(), err)
		}
		if r, err := VerifyFile(path); err != nil || len(r.Problems) != 1 || !strings.Contains(r.Problems[0], ErrTruncated.Error()) {
			t.Errorf("cut to %d bytes, verify says %v %v", n, r.Problems, err)
		}
		is(t, RestoreFrom(path, t.TempDir(), small()), ErrTruncated)
	}
}

// TestEveryFlippedBitIsNoticed flips bits all over a file. Each must either be noticed, by Open, by a scan or by
// Verify, or lie where nothing is kept, so that everything reads as before.
func TestEveryFlippedBitIsNoticed(t *testing.T) {
	whole := sample(t)
	dir := t.TempDir()
	noticed, harmless := 0, 0
	for i := 0; i < 600; i++ {
		at := (i*7919*3 + i*i%4096) % len(whole) // spread over pages, headers and keys alike
		bit := byte(1) << (i % 8)
		damaged := append([]byte{}, whole...)
		damaged[at] ^= bit
		put(t, dir, damaged)
		j, err := Open(dir, small())
		if err != nil {
			if !errors.Is(err, ErrDamaged) && !errors.Is(err, ErrTruncated) && !errors.Is(err, ErrNewerSchema) {
				t.Errorf("bit %d of byte %d: %v", i%8, at, err)
			}
			noticed++
			continue
		}
		r, err := j.Verify()
		if err != nil {
			t.Errorf("bit %d of byte %d: verify cannot read the file: %v", i%8, at, err)
		}
		if len(r.Problems) > 0 {
			noticed++
		} else {
			harmless++
			mustScan(t, j, 1, 400)
			sameValues(t, j, at)
		}
		if err := j.Close(); err != nil {
			t.Fatal(err)
		}
	}
	t.Logf("%d flips noticed, %d where nothing is kept", noticed, harmless)
	if noticed < 200 || harmless < 10 {
		t.Errorf("%d noticed and %d harmless: this test does not reach what it is for", noticed, harmless)
	}
}

// sameValues checks what sample wrote beside the records.
func sameValues(t *testing.T, j *Journal, at int) {
	t.Helper()
	doc, docErr := j.Doc("labels")
	date, jobErr := j.JobDone("purge")
	snaps, snapErr := j.Snapshots()
	if err := errors.Join(docErr, jobErr, snapErr); err != nil {
		t.Errorf("byte %d: %v", at, err)
	}
	if string(doc) != "Ruang 1" || date != "2026-03-02" || len(snaps) != 2 || snaps[0].Seq != 300 || snaps[1].Seq != 100 {
		t.Errorf("byte %d changed a value and nobody noticed: %q %q %d snapshots", at, doc, date, len(snaps))
	}
}

func TestAScanNamesTheDamagedRecord(t *testing.T) {
	whole := sample(t)
	at := strings.Index(string(whole), "record 237 of")
	if at < 0 {
		t.Fatal("the record is not in the file")
	}
	whole[at] ^= 1
	dir := t.TempDir()
	put(t, dir, whole)
	j, err := Open(dir, small())
	if err != nil {
		t.Fatal(err)
	}
	defer j.Close()
	last := int64(0)
	err = j.Scan(1, func(e Entry) error { last = e.Seq; return nil })
	is(t, err, ErrDamaged)
	if !strings.Contains(err.Error(), "record 237") || last >= 237 {
		t.Errorf("after record %d the scan says %v", last, err)
	}
	mustScan(t, j, 300, 400) // behind it the records can still be had
	is(t, j.Backup(filepath.Join(dir, "copy")), ErrDamaged)
	is(t, RestoreFrom(put(t, t.TempDir(), whole), t.TempDir(), small()), ErrDamaged)
	r, err := j.Verify()
	if err != nil || len(r.Problems) != 1 || !strings.Contains(r.Problems[0], "record 237") {
		t.Errorf("verify says %v %v", r.Problems, err)
	}
	left, err := filepath.Glob(filepath.Join(dir, tempPrefix+"*"))
	if err != nil || len(left) > 0 {
		t.Errorf("the refused copy left %v %v", left, err)
	}
}

func TestZeroedPagesAndForeignFiles(t *testing.T) {
	whole := sample(t)
	page := os.Getpagesize()
	dir := t.TempDir()
	for at := 2 * page; at < len(whole); at += page {
		damaged := append([]byte{}, whole...)
		clear(damaged[at : at+page])
		put(t, dir, damaged)
		j, err := Open(dir, small())
		if err != nil {
			is(t, err, ErrDamaged)
			continue
		}
		r, err := j.Verify()
		if err != nil {
			t.Fatal(err)
		}
		if len(r.Problems) == 0 {
			mustScan(t, j, 1, 400)
			sameValues(t, j, at)
		}
		if err := j.Close(); err != nil {
			t.Fatal(err)
		}
	}
	put(t, dir, []byte(strings.Repeat("a letter and not a journal\n", page)))
	_, err := Open(dir, small())
	is(t, err, ErrDamaged)
}

func TestADamagedSnapshotIsLeftOut(t *testing.T) {
	whole := sample(t)
	at := strings.LastIndex(string(whole), `"sum":"sum"`)
	whole[at] ^= 1
	dir := t.TempDir()
	put(t, dir, whole)
	j, err := Open(dir, small())
	if err != nil {
		t.Fatal(err)
	}
	defer j.Close()
	kept, err := j.Snapshots()
	if err != nil || len(kept) != 1 {
		t.Fatalf("%d snapshots, want the other one (%v)", len(kept), err)
	}
	is(t, j.Cut(50), ErrGap) // one snapshot is not enough to cut
	if r, err := j.Verify(); err != nil || len(r.Problems) != 1 {
		t.Errorf("verify says %v %v", r.Problems, err)
	}
}
