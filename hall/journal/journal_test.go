package journal

import (
	"bufio"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"
)

var update = flag.Bool("update", false, "write the golden files of testdata anew")

// childMode chooses what the test binary does when a test runs it again as a process of its own.
const childMode = "LAPAK_JOURNAL_CHILD"

func TestMain(m *testing.M) {
	flag.Parse()
	children := map[string]func(dir string) error{
		"hold":   childHold,
		"append": childAppend,
		"full":   childFull,
	}
	if run, ok := children[os.Getenv(childMode)]; ok {
		if err := run(flag.Arg(0)); err != nil {
			fmt.Println("failed:", err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// child starts the test binary again on a directory and returns its lines.
func child(t *testing.T, mode, dir string) (*exec.Cmd, *bufio.Scanner) {
	t.Helper()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	c := exec.Command(exe, dir)
	c.Env = append(os.Environ(), childMode+"="+mode)
	c.Stderr = os.Stderr
	out, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	return c, bufio.NewScanner(out)
}

// small are options that keep a test's file small and its answer independent of the machine's disk.
func small() Options {
	return Options{
		Branch: "test", MapSize: 1 << 20, Timeout: 100 * time.Millisecond, PanicOnSlowRead: true,
		FreeSpace: func(string) (int64, error) { return 1 << 40, nil },
		Now:       func() time.Time { return time.Date(2026, 3, 2, 1, 0, 0, 0, time.UTC) },
	}
}

// open opens a journal that is checked from its first page to its last record when the test ends.
func open(t testing.TB, dir string, o Options) *Journal {
	t.Helper()
	j, err := Open(dir, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := j.Close(); err != nil {
			t.Errorf("closing the journal: %v", err)
		}
		whole(t, filepath.Join(dir, FileName), o)
	})
	return j
}

// whole checks a whole file that nobody has open.
func whole(t testing.TB, path string, o Options) Report {
	t.Helper()
	r, err := verifyFile(path, o)
	if err != nil {
		t.Errorf("checking %s: %v", filepath.Base(path), err)
	}
	for _, p := range r.Problems {
		t.Errorf("checking %s: %s", filepath.Base(path), p)
	}
	return r
}

// data is the content of a record in these tests: it depends on its seq alone.
func data(seq int64) []byte { return fmt.Appendf(nil, "record %d of the branch", seq) }

// entries are n records from a seq on.
func entries(from int64, n int) []Entry {
	es := make([]Entry, n)
	for i := range es {
		es[i] = Entry{Seq: from + int64(i), Data: data(from + int64(i))}
	}
	return es
}

func fill(t testing.TB, j interface{ Append([]Entry) error }, from int64, n int) {
	t.Helper()
	if err := j.Append(entries(from, n)); err != nil {
		t.Fatal(err)
	}
}

// mustScan reads everything from a seq on and checks that it is what fill wrote.
func mustScan(t testing.TB, j interface {
	Scan(int64, func(Entry) error) error
}, from, last int64) {
	t.Helper()
	next := from
	err := j.Scan(from, func(e Entry) error {
		if e.Seq != next || string(e.Data) != string(data(next)) {
			return fmt.Errorf("record %d is %d %q", next, e.Seq, e.Data)
		}
		next++
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if next != last+1 {
		t.Fatalf("the scan ended before record %d, want it to end after %d", next, last)
	}
}

func is(t testing.TB, err, want error) {
	t.Helper()
	if !errors.Is(err, want) {
		t.Fatalf("the error is %v, want %v", err, want)
	}
}

func TestOpenAgainFindsTheSameJournal(t *testing.T) {
	dir := t.TempDir()
	j, err := Open(dir, small())
	if err != nil {
		t.Fatal(err)
	}
	fill(t, j, 1, 3000) // more than one chunk of a scan
	seq, chain := j.Last()
	epoch := j.Epoch()
	if err := j.Close(); err != nil {
		t.Fatal(err)
	}
	if err := j.Append(entries(3001, 1)); !errors.Is(err, ErrClosed) {
		t.Fatalf("an append after closing says %v", err)
	}
	again := small()
	again.Branch, again.MustExist = "another", true
	j = open(t, dir, again)
	if gotSeq, gotChain := j.Last(); seq != 3000 || gotSeq != seq || gotChain != chain {
		t.Fatalf("the end is now %d %s, it was %d %s", gotSeq, gotChain, seq, chain)
	}
	if len(epoch) != 32 || j.Epoch() != epoch || j.Branch() != "test" || !j.Created().Equal(small().Now()) {
		t.Fatalf("the journal is now %q %q %v, it was %q", j.Epoch(), j.Branch(), j.Created(), epoch)
	}
	mustScan(t, j, 1, 3000)
	mustScan(t, j, 2999, 3000)
	mustScan(t, j, 3001, 3000)
}

func TestMustExistCreatesNothing(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "mistyped")
	o := small()
	o.MustExist = true
	_, err := Open(dir, o)
	is(t, err, ErrMissing)
	if _, err := os.Stat(dir); !errors.Is(err, os.ErrNotExist) {
		t.Fatalf("the directory was made: %v", err)
	}
}

func TestLeftoversOfAKilledProcessAreRemoved(t *testing.T) {
	dir := t.TempDir()
	for name, content := range map[string]string{"1": "", "2": "half a page", "3": string(make([]byte, 16384))} {
		if err := os.WriteFile(filepath.Join(dir, tempPrefix+name), []byte(content), fileMode); err != nil {
			t.Fatal(err)
		}
	}
	j := open(t, dir, small())
	fill(t, j, 1, 1)
	left, err := filepath.Glob(filepath.Join(dir, tempPrefix+"*"))
	if err != nil || len(left) != 0 {
		t.Fatalf("left behind: %v %v", left, err)
	}
	info, err := os.Stat(filepath.Join(dir, FileName))
	if err != nil || info.Mode().Perm() != fileMode {
		t.Fatalf("the file has mode %v, want %o (%v)", info.Mode(), fileMode, err)
	}
}

func TestNoEmptyJournalBesideTheCopyOfALostOne(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, beforePrefix+"2"), []byte("x"), fileMode); err != nil {
		t.Fatal(err)
	}
	_, err := Open(dir, small())
	is(t, err, ErrMissing)
}

func TestASecondProcessIsToldInTime(t *testing.T) {
	dir := t.TempDir()
	c, lines := child(t, "hold", dir)
	stdin := c.Process
	if !lines.Scan() || lines.Text() != "held" {
		t.Fatalf("the child says %q", lines.Text())
	}
	o := small()
	o.Timeout = 0          // the production value
	_, err := Open(dir, o) // waits lockTimeout, and not for ever
	is(t, err, ErrInUse)
	is(t, RestoreFrom(filepath.Join(dir, FileName), dir, small()), ErrInUse)
	if err := stdin.Kill(); err != nil {
		t.Fatal(err)
	}
	c.Wait()
	open(t, dir, small()) // the kernel gave the lock back
}

// childHold opens the journal and keeps it until it is killed.
func childHold(dir string) error {
	j, err := Open(dir, small())
	if err != nil {
		return err
	}
	fmt.Println("held")
	time.Sleep(time.Hour) // until killed; a wait without a timer would look like a deadlock
	return j.Close()
}

func TestKilledAtAnyMomentLosesNothingAcknowledged(t *testing.T) {
	const cycles = 25
	dir := t.TempDir()
	acked := int64(0)
	for cycle := range cycles {
		c, lines := child(t, "append", dir)
		for n := 0; n < 1+cycle*7%40 && lines.Scan(); n++ {
			if _, err := fmt.Sscanf(lines.Text(), "acked %d", &acked); err != nil {
				t.Fatalf("the child says %q", lines.Text())
			}
		}
		if err := c.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		for lines.Scan() { // what it had said before it died counts, except for half a line
			fmt.Sscanf(lines.Text(), "acked %d.", &acked)
		}
		c.Wait()
	}
	j := open(t, dir, small())
	last, _ := j.Last()
	if last < acked || acked < cycles {
		t.Fatalf("record %d was acknowledged, the journal ends with %d", acked, last)
	}
	mustScan(t, j, 1, last)
}

// childAppend appends batches of one to five records and says so, until it is killed.
func childAppend(dir string) error {
	o := small()
	o.Timeout = 5 * time.Second
	j, err := Open(dir, o)
	if err != nil {
		return err
	}
	for {
		seq, _ := j.Last()
		n := 1 + int(seq%5)
		if err := j.Append(entries(seq+1, n)); err != nil {
			return err
		}
		fmt.Printf("acked %d.\n", seq+int64(n))
	}
}
