package journal

import (
	"bufio"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"syscall"
	"testing"
)

// childLimit is the file size that the child below may not exceed, in bytes.
const childLimit = "LAPAK_JOURNAL_LIMIT"

func TestAFullDiskIsARefusalAndPasses(t *testing.T) {
	for limit := 40 << 10; limit < 400<<10; limit += 36 << 10 {
		t.Run(fmt.Sprint(limit>>10, " KiB"), func(t *testing.T) {
			dir := t.TempDir()
			t.Setenv(childLimit, fmt.Sprint(limit))
			c, lines := child(t, "full", dir)
			said := read(lines)
			if err := c.Wait(); err != nil {
				t.Fatalf("the child says %q and ends with %v", said, err)
			}
			if len(said) == 0 || said[len(said)-1] != "done" {
				t.Fatalf("the child says %q", said)
			}
			j := open(t, dir, small())
			last, _ := j.Last()
			mustScan(t, j, 1, last)
		})
	}
	// Mounting takes a right that not every machine gives. Where it is missing there is no such subtest, so
	// that none is counted as passed; those above ask for the same answers.
	dir := t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size=3m"); err != nil {
		t.Logf("no file system can be mounted here: %v", err)
		return
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(dir, syscall.MNT_DETACH); err != nil {
			t.Errorf("unmounting: %v", err)
		}
	})
	t.Run("file system of 3 MB", func(t *testing.T) { onAFullFileSystem(t, dir) })
}

func read(lines *bufio.Scanner) (said []string) {
	for lines.Scan() {
		said = append(said, lines.Text())
	}
	return said
}

// childFull fills a file up to the process's limit, is refused, gets more room and goes on.
func childFull(dir string) error {
	var limit uint64
	if _, err := fmt.Sscan(os.Getenv(childLimit), &limit); err != nil {
		return err
	}
	o := small()
	o.MapSize = 4096 // the file grows by doubling from here
	j, err := Open(dir, o)
	if err != nil {
		return err
	}
	var was syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_FSIZE, &was); err != nil {
		return err
	}
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: limit, Max: was.Max}); err != nil {
		return err
	}
	if err := refusedTwice(j); err != nil {
		return err
	}
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &was); err != nil {
		return err
	}
	last, _ := j.Last()
	if err := j.Append(entries(last+1, 1000)); err != nil {
		return fmt.Errorf("with room again: %w", err)
	}
	r, err := j.Verify()
	if err != nil || len(r.Problems) > 0 || r.Seq != last+1000 {
		return fmt.Errorf("afterwards the journal ends with %d: %v %v", r.Seq, r.Problems, err)
	}
	if err := j.Close(); err != nil {
		return err
	}
	fmt.Println("done")
	return nil
}

// refusedTwice writes until the disk is full and checks that the refusal left everything as it was.
func refusedTwice(j *Journal) error {
	if err := untilError(j); !errors.Is(err, ErrFull) {
		return fmt.Errorf("the full disk says: %w", err)
	}
	last, chain := j.Last()
	if err := j.Append(large(last+1, 20)); !errors.Is(err, ErrFull) {
		return fmt.Errorf("once more the full disk says: %w", err)
	}
	if seq, at := j.Last(); seq != last || at != chain {
		return fmt.Errorf("the refused write moved the end from %d to %d", last, seq)
	}
	n := int64(0)
	if err := j.Scan(1, func(Entry) error { n++; return nil }); err != nil || n != last {
		return fmt.Errorf("on the full disk %d of %d records can be read: %w", n, last, err)
	}
	return nil
}

// onAFullFileSystem fills a real file system of three megabytes.
func onAFullFileSystem(t *testing.T, dir string) {
	o := small()
	o.FreeSpace = nil
	o.Reserve = 1 << 20
	j := open(t, dir, o)
	if err := refusedTwice(j); err != nil {
		t.Fatalf("at the reserve: %v", err)
	}
	last, _ := j.Last()
	if err := j.Close(); err != nil {
		t.Fatal(err)
	}

	o.Reserve = -1 // without a reserve the file system itself must refuse
	o.MaxSize = 1 << 30
	j = open(t, dir, o)
	if err := refusedTwice(j); err != nil {
		t.Fatalf("at the end of the disk: %v", err)
	}
	full, _ := j.Last()
	if full <= last {
		t.Fatalf("the reserve was not there to be used: %d records with it, %d without", last, full)
	}
	_, err := j.WriteTo(nil)
	is(t, err, ErrFull)
	left, err := filepath.Glob(filepath.Join(dir, tempPrefix+"*"))
	if err != nil || len(left) > 0 {
		t.Errorf("the refused copy left %v %v", left, err)
	}
	mustScan(t, j, 1, full)
}
