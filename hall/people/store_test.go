package people

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"

	bolt "go.etcd.io/bbolt"
)

func passport(n int) Person {
	return Person{IDType: Passport, IDNumber: NewSecret(fmt.Sprintf("B%06d", n)), Name: NewSecret(fmt.Sprintf("Orang %d", n))}
}

// hold stops the writer until release is called.
func hold(t *testing.T, s *Store) (release func()) {
	t.Helper()
	holding, free := make(chan struct{}), make(chan struct{})
	held := make(chan error, 1)
	go func() {
		held <- s.submit(&job{alone: func() error { close(holding); <-free; return nil }})
	}()
	<-holding
	return func() {
		close(free)
		if err := <-held; err != nil {
			t.Error(err)
		}
	}
}

func TestASurgeSharesCommits(t *testing.T) {
	s := start(t)
	register(t, s, siti(), noon)
	before := s.seq()
	release := hold(t, s)
	var group sync.WaitGroup
	ids := make([]string, 2*batchMax)
	for i := range ids {
		group.Go(func() {
			id, _, err := s.Register(passport(i/2), noon) // everybody comes twice
			if err != nil {
				t.Error(err)
			}
			ids[i] = id
		})
	}
	for len(s.queue) < len(ids) {
		runtime.Gosched()
	}
	release()
	group.Wait()
	if commits := s.seq() - before; commits != 2 {
		t.Errorf("%d registrations took %d commits", len(ids), commits)
	}
	for i := 0; i < len(ids); i += 2 {
		if ids[i] != ids[i+1] {
			t.Errorf("one person got two ids")
		}
	}
}

func TestOneFaultDoesNotCostTheOthers(t *testing.T) {
	s := start(t)
	fault := errors.New("fault")
	release := hold(t, s)
	var group sync.WaitGroup
	for i := range 5 {
		group.Go(func() {
			if _, _, err := s.Register(passport(i), noon); err != nil {
				t.Error(err)
			}
		})
	}
	group.Go(func() {
		if err := s.submit(&job{apply: func(*bolt.Tx) error { return fault }}); !errors.Is(err, fault) {
			t.Errorf("the faulty one gets %v", err)
		}
	})
	for len(s.queue) < 6 {
		runtime.Gosched()
	}
	release()
	group.Wait()
	if c, err := s.Counts(); err != nil || c.People != 5 {
		t.Errorf("counts: %+v %v", c, err)
	}
}

func TestEverythingAtOnce(t *testing.T) {
	s := start(t)
	var group sync.WaitGroup
	for worker := range 8 {
		group.Go(func() {
			for i := range 12 {
				id, _, err := s.Register(passport(worker*100+i), noon)
				if err != nil {
					t.Error(err)
					return
				}
				_, errReveal := s.Reveal("officer:1", "call", noon, id)
				errNote := s.PutNote(id, "reason", "catatan", noon)
				errKeep := s.Keep(id, Until{Identity: int64(i%2) * noon, Phone: noon + 1, Link: noon + 1})
				if err := errors.Join(errReveal, errNote, errKeep); err != nil {
					t.Error(err)
				}
			}
		})
	}
	group.Go(func() {
		for range 5 {
			if _, err := s.Purge(noon - 1); err != nil {
				t.Error(err)
			}
			if _, err := s.Verify(); err != nil {
				t.Error(err)
			}
		}
	})
	group.Wait()
	purge(t, s, noon+1)
	if problems, err := s.Verify(); err != nil || len(problems) != 0 {
		t.Errorf("verify: %v %v", problems, err)
	}
	c, err := s.Counts()
	if err != nil || c.People != 48 || c.Looks != 96 { // half of them are held: a zero date
		t.Errorf("counts: %+v %v", c, err)
	}
}

func TestLooksAreLoggedOnceAMinute(t *testing.T) {
	s := start(t)
	a, b := register(t, s, passport(1), noon), register(t, s, passport(2), noon)
	for _, at := range []int64{0, 1, lookRepeatS - 1, lookRepeatS} {
		if _, err := s.Reveal("officer:7", "call", noon+at, a, b, "nobody"); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := s.Reveal("manager:1", "complaint", noon+100, a); err != nil {
		t.Fatal(err)
	}
	looks, err := s.Looks("", noon, noon+1000, 100)
	if err != nil || len(looks) != 5 || looks[0] != (Look{Actor: "manager:1", Person: a, Why: "complaint", At: noon + 100}) {
		t.Errorf("looks: %+v %v", looks, err)
	}
	if of, err := s.Looks(b, noon, noon+1000, 1); err != nil || len(of) != 1 || of[0].At != noon+lookRepeatS {
		t.Errorf("looks at one: %+v %v", of, err)
	}
	var wrong *FieldError
	if _, err := s.Reveal("Siti Aminah", "call", noon, a); !errors.As(err, &wrong) || wrong.Field != "actor" {
		t.Errorf("a name as actor gives %v", err)
	}
	if _, err := s.Reveal("officer:7", "ingin tahu", noon, a); !errors.As(err, &wrong) || wrong.Field != "why" {
		t.Errorf("free text as reason gives %v", err)
	}
	if _, err := s.Get(make([]string, MaxIDs+1)...); !errors.Is(err, ErrTooMany) {
		t.Errorf("too many ids give %v", err)
	}
	if done := purge(t, s, noon+looksKept+90); done.Looks != 4 {
		t.Errorf("purging the log: %+v", done)
	}
}

func TestTheAccessLogIsCapped(t *testing.T) {
	s := start(t)
	err := s.submit(&job{apply: func(tx *bolt.Tx) error {
		b := tx.Bucket(looksBucket)
		for i := range 10 {
			if err := putLook(b, Look{At: int64(i)}); err != nil {
				return err
			}
		}
		return dropOldest(b, 4)
	}})
	if err != nil {
		t.Fatal(err)
	}
	looks, err := s.Looks("", 0, 100, 100)
	if err != nil || len(looks) != 4 || looks[0].At != 9 || looks[3].At != 6 {
		t.Errorf("kept: %+v %v", looks, err)
	}
}

func TestNotes(t *testing.T) {
	s := start(t)
	id := register(t, s, siti(), noon)
	put := func(kind, text string) error { return s.PutNote(id, kind, text, noon+3) }
	if err := errors.Join(put("reason", " pertama "), put("access", "kursi roda"), put("reason", "kedua")); err != nil {
		t.Fatal(err)
	}
	notes, err := s.Notes(id)
	if err != nil || len(notes) != 2 || notes[0].Kind != "access" || notes[1].Text.Plain() != "kedua" || notes[1].At != noon+3 {
		t.Errorf("notes: %v %v", notes, err)
	}
	if err := put("reason", ""); err != nil {
		t.Fatal(err)
	}
	if notes, err := s.Notes(id); err != nil || len(notes) != 1 {
		t.Errorf("after removing one: %d %v", len(notes), err)
	}
	var wrong *FieldError
	if err := put("reason", strings.Repeat("x", MaxNote+1)); !errors.As(err, &wrong) || wrong.Field != "text" {
		t.Errorf("a long note gives %v", err)
	}
	if err := put("Alasan!", "x"); !errors.As(err, &wrong) || wrong.Field != "kind" {
		t.Errorf("a wrong kind gives %v", err)
	}
	if err := s.PutNote("nobody", "reason", "x", noon); !errors.Is(err, ErrUnknown) {
		t.Errorf("a note about nobody gives %v", err)
	}
	for i := range MaxNotes - 1 {
		if err := put(fmt.Sprintf("k%d", i), "x"); err != nil {
			t.Fatal(err)
		}
	}
	if err := put("one-more", "x"); !errors.Is(err, ErrTooMany) {
		t.Errorf("one note too many gives %v", err)
	}
}

func TestAFullFileRefusesAndGoesOn(t *testing.T) {
	s := start(t)
	limit := func(bytes int) {
		err := s.submit(&job{alone: func() error { s.db.MaxSize = bytes; return nil }})
		if err != nil {
			t.Fatal(err)
		}
	}
	limit(64 << 10)
	var refused error
	for i := 0; refused == nil; i++ {
		if i > 5000 {
			t.Fatal("the limit is never reached")
		}
		_, _, refused = s.Register(passport(i), noon)
	}
	if !errors.Is(refused, ErrFull) || errors.Is(refused, ErrCommit) {
		t.Fatalf("a full file gives %v", refused)
	}
	limit(maxFileBytes)
	register(t, s, siti(), noon)
	if problems, err := s.Verify(); err != nil || len(problems) != 0 {
		t.Errorf("verify: %v %v", problems, err)
	}
}

func TestAnUnknownCommitStopsTheStore(t *testing.T) {
	s, err := Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	if err := s.submit(&job{alone: func() error { return s.db.Close() }}); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if _, _, err := s.Register(siti(), noon); !errors.Is(err, ErrCommit) {
			t.Errorf("after an unknown commit: %v", err)
		}
	}
	if _, err := s.Purge(noon); !errors.Is(err, ErrCommit) {
		t.Errorf("purge after an unknown commit: %v", err)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	if _, _, err := s.Register(siti(), noon); !errors.Is(err, ErrClosed) {
		t.Errorf("after closing: %v", err)
	}
	if _, err := s.Get("x"); !errors.Is(err, ErrClosed) {
		t.Errorf("reading after closing: %v", err)
	}
}

func TestASecondProcessIsRefused(t *testing.T) {
	t.Parallel() // it waits for the lock
	dir := t.TempDir()
	startIn(t, dir)
	if _, err := Open(dir); !errors.Is(err, ErrInUse) {
		t.Errorf("a second open gives %v", err)
	}
}

func TestFilesAreForTheOwnerOnly(t *testing.T) {
	dir := t.TempDir()
	register(t, startIn(t, dir), siti(), noon)
	for name := range everything(t, dir) {
		info, err := os.Stat(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		if runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
			t.Errorf("%s has mode %v", name, info.Mode().Perm())
		}
	}
}

func TestBadFilesGetAClearAnswer(t *testing.T) {
	openAfter := func(change func(dir string)) error {
		dir := t.TempDir()
		s, err := Open(dir)
		if err != nil {
			t.Fatal(err)
		}
		register(t, s, passport(1), noon)
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		change(dir)
		s, err = Open(dir)
		if err == nil {
			return s.Close()
		}
		return err
	}
	cut := func(size int64) func(string) {
		return func(dir string) {
			if err := os.Truncate(filepath.Join(dir, fileName), size); err != nil {
				t.Fatal(err)
			}
		}
	}
	write := func(name, content string) func(string) {
		return func(dir string) {
			if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	tests := []struct {
		name   string
		change func(string)
		want   error
	}{
		{"cut to three pages", cut(3 * int64(os.Getpagesize())), ErrDamaged},
		{"cut to a stump", cut(100), ErrDamaged},
		{"text", write(fileName, strings.Repeat("not a database\n", 2000)), ErrDamaged},
		{"keys are text", write(keysName, "hello"), ErrDamaged},
		{"keys are newer", write(keysName, `{"version":99,"index":"","days":[]}`), ErrNewer},
		{"schema is newer", func(dir string) {
			db, err := openBolt(filepath.Join(dir, fileName))
			if err != nil {
				t.Fatal(err)
			}
			err = db.Update(func(tx *bolt.Tx) error { return putNumber(tx.Bucket(metaBucket), schemaKey, schema+1) })
			if err := errors.Join(err, db.Close()); err != nil {
				t.Fatal(err)
			}
		}, ErrNewer},
		{"a first start that was interrupted", func(dir string) {
			write(newName, "half")(dir)
			if err := os.Remove(filepath.Join(dir, fileName)); err != nil {
				t.Fatal(err)
			}
		}, nil},
	}
	for _, test := range tests {
		if err := openAfter(test.change); !errors.Is(err, test.want) {
			t.Errorf("%s gives %v, want %v", test.name, err, test.want)
		}
	}
	if _, err := Open(filepath.Join(t.TempDir(), "missing")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a missing directory gives %v", err)
	}
}

// A sealed value that is moved to another row or field does not open, and Verify
// sees every contradiction.
func TestVerifySeesWhatDoesNotFit(t *testing.T) {
	s := start(t)
	a, b := register(t, s, siti(), noon), register(t, s, passport(1), noon)
	err := s.submit(&job{apply: func(tx *bolt.Tx) error {
		ra, _, err := getRow(tx, a)
		if err != nil {
			return err
		}
		rb, _, err := getRow(tx, b)
		if err != nil {
			return err
		}
		rb.Identity, rb.Link = ra.Identity, ra.Link
		return errors.Join(putRow(tx, b, rb), tx.Bucket(notesBucket).Put(noteKey("gone", "reason"), []byte("x")))
	}})
	if err != nil {
		t.Fatal(err)
	}
	problems, err := s.Verify()
	if err != nil || len(problems) != 5 {
		t.Errorf("problems: %q %v", problems, err)
	}
	if found := lookUp(t, s, b); !errors.Is(found.Err, ErrDamaged) {
		t.Errorf("a moved value gives %v", found.Err)
	}
	if _, _, err := s.Register(passport(1), noon); err != nil {
		t.Errorf("damage turns a visitor away: %v", err)
	}
}

func BenchmarkRegister(b *testing.B) {
	for _, callers := range []int{1, 16, 128} {
		b.Run(fmt.Sprint(callers), func(b *testing.B) {
			s, err := Open(b.TempDir())
			if err != nil {
				b.Fatal(err)
			}
			var group sync.WaitGroup
			for caller := range callers {
				group.Go(func() {
					for i := caller; i < b.N; i += callers {
						if _, _, err := s.Register(passport(i), noon); err != nil {
							b.Error(err)
						}
					}
				})
			}
			group.Wait()
			if err := s.Close(); err != nil {
				b.Fatal(err)
			}
		})
	}
}
