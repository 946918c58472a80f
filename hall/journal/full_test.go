package journal

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"
)

func TestTheReserveIsKept(t *testing.T) {
	free := int64(DefaultReserve + 8<<20)
	asked := 0
	o := small()
	o.FreeSpace = func(string) (int64, error) { asked++; return free, nil }
	j := open(t, t.TempDir(), o)
	asked = 0
	for seq := int64(1); seq <= 16; seq++ {
		fill(t, j, seq, 1)
	}
	if want := 2; asked > want {
		t.Errorf("the free space was asked for %d times in 16 small writes, want at most %d", asked, want)
	}
	free = DefaultReserve + 1000
	seq, chain := j.Last()
	var err error
	for next := seq + 1; err == nil && next < seq+100; next++ {
		err = j.Append(entries(next, 1))
	}
	is(t, err, ErrFull)
	is(t, j.PutDoc("a", nil), ErrFull)
	_, copyErr := j.WriteTo(nil)
	is(t, copyErr, ErrFull)
	full, fullChain := j.Last()
	if written := (full - seq) * commitBytes; written > recheckBytes {
		t.Errorf("%d bytes were taken after the disk filled up, want at most %d", written, recheckBytes)
	}
	if full == seq && fullChain != chain {
		t.Error("a refused write moved the chain")
	}
	free = 1 << 40 // somebody made room: no restart is needed
	fill(t, j, full+1, 1)
	mustScan(t, j, 1, full+1)
}

func TestASystemThatCannotTellItsFreeSpaceStopsNobody(t *testing.T) {
	o := small()
	o.FreeSpace = func(string) (int64, error) { return 0, errors.New("no answer") }
	j := open(t, t.TempDir(), o)
	fill(t, j, 1, 10)
	mustScan(t, j, 1, 10)
}

func TestTheLargestSizeIsARefusal(t *testing.T) {
	o := small()
	o.MaxSize = 1 << 20
	j := open(t, t.TempDir(), o)
	err := untilError(j)
	is(t, err, ErrFull)
	last, _ := j.Last()
	if last == 0 {
		t.Fatal("nothing could be written at all")
	}
	mustScan(t, j, 1, last)
	is(t, j.Append(append(entries(last+1, 1), large(last+2, 10)...)), ErrFull)
	if seq, _ := j.Last(); seq != last {
		t.Fatalf("a refused write moved the end from %d to %d", last, seq)
	}
	fillOne := j.Append(entries(last+1, 1)) // a small one may still fit into free pages, or be refused
	if fillOne != nil {
		is(t, fillOne, ErrFull)
	}
}

// untilError appends batches until one fails.
func untilError(j *Journal) error {
	for n := 0; n < 1_000_000; n++ {
		last, _ := j.Last()
		if err := j.Append(entries(last+1, 100)); err != nil {
			return err
		}
	}
	return errors.New("the disk never filled up")
}

func TestAFailedCommitEndsAllWriting(t *testing.T) {
	dir := t.TempDir()
	var file *os.File
	o := small()
	o.openFile = func(name string, flag int, mode os.FileMode) (*os.File, error) {
		f, err := os.OpenFile(name, flag, mode)
		file = f
		return f, err
	}
	j, err := Open(dir, o)
	if err != nil {
		t.Fatal(err)
	}
	fill(t, j, 1, 3)
	if err := file.Close(); err != nil { // from now on every write of bbolt fails
		t.Fatal(err)
	}
	is(t, j.Append(entries(4, 1)), ErrCommit)
	is(t, j.Append(entries(4, 1)), ErrCommit)
	is(t, j.PutDoc("a", nil), ErrCommit)
	_, err = j.Compact()
	is(t, err, ErrCommit)
	if seq, _ := j.Last(); seq != 3 {
		t.Errorf("the end moved to %d", seq)
	}
	if err := j.Close(); err == nil {
		t.Error("closing a closed file went unnoticed")
	}
	j = open(t, dir, small())
	mustScan(t, j, 1, 3)
}

func TestWhatAFullDiskSays(t *testing.T) {
	for _, full := range diskFullErrors {
		if !isDiskFull(fmt.Errorf("file resize error: %s", full)) || !isDiskFull(&os.PathError{Op: "write", Err: full}) {
			t.Errorf("%v is not recognised", full)
		}
	}
	if isDiskFull(errors.New("input/output error")) {
		t.Error("a failing disk was taken for a full one")
	}
}

func TestABackupThatCannotBeWrittenIsAnError(t *testing.T) {
	dir := t.TempDir()
	j := open(t, dir, small())
	fill(t, j, 1, 3)
	blocked := filepath.Join(t.TempDir(), "blocked")
	if err := os.WriteFile(blocked, nil, fileMode); err != nil {
		t.Fatal(err)
	}
	if err := j.Backup(filepath.Join(blocked, "copy")); err == nil {
		t.Error("a backup into a file that is no directory succeeded")
	}
	mustScan(t, j, 1, 3)
}
