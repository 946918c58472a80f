package people

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	bolt "go.etcd.io/bbolt"
)

func register(t *testing.T, s *Store, p Person, now int64) string {
	t.Helper()
	id, _, err := s.Register(p, now)
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func lookUp(t *testing.T, s *Store, id string) Found {
	t.Helper()
	found, err := s.Get(id)
	if err != nil {
		t.Fatal(err)
	}
	return found[0]
}

func keep(t *testing.T, s *Store, id string, until Until) {
	t.Helper()
	if err := s.Keep(id, until); err != nil {
		t.Fatal(err)
	}
}

func purge(t *testing.T, s *Store, now int64) Purged {
	t.Helper()
	done, err := s.Purge(now)
	if err != nil {
		t.Fatal(err)
	}
	return done
}

func TestEachPartIsForgottenInItsTime(t *testing.T) {
	s := start(t)
	id := register(t, s, siti(), noon)
	if err := s.PutNote(id, "access", "kursi roda", noon); err != nil {
		t.Fatal(err)
	}
	keep(t, s, id, Until{Identity: noon + 100, Phone: noon + 200, Link: noon + 300})

	if done := purge(t, s, noon+99); done != (Purged{}) {
		t.Errorf("a second early: %+v", done)
	}
	if done := purge(t, s, noon+100); done != (Purged{Identities: 1, Notes: 1, Rewritten: true}) {
		t.Errorf("identity: %+v", done)
	}
	found := lookUp(t, s, id)
	if !errors.Is(found.Err, ErrForgotten) || !found.Person.Name.Empty() || found.Person.Phone.Plain() == "" {
		t.Errorf("after the identity: %v", found.Err)
	}
	if done := purge(t, s, noon+200); done != (Purged{Phones: 1, Rewritten: true}) {
		t.Errorf("phone: %+v", done)
	}
	// The link still recognises the person, who becomes known again.
	again, existing, err := s.Register(siti(), noon+250)
	if err != nil || !existing || again != id || lookUp(t, s, id).Err != nil {
		t.Fatalf("coming back: %v %v", existing, err)
	}
	if done := purge(t, s, noon+300); done.People != 0 {
		t.Errorf("a person who is here was purged: %+v", done)
	}
	keep(t, s, id, Until{Identity: noon + 300, Phone: noon + 300, Link: noon + 300})
	done := purge(t, s, noon+300)
	if done.People != 1 || done.Links != 1 || !errors.Is(lookUp(t, s, id).Err, ErrUnknown) {
		t.Errorf("the last purge: %+v", done)
	}
	if next, existing, err := s.Register(siti(), noon+400); err != nil || existing || next == id {
		t.Errorf("after the link is gone the person is new: %v %v", existing, err)
	}
}

func TestWhatNobodyDatedIsForgottenInTheEnd(t *testing.T) {
	s := start(t)
	held := register(t, s, siti(), noon)
	unnamed, err := s.RegisterUnnamed(noon)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.PutNote(unnamed, "reason", "pulang", noon); err != nil {
		t.Fatal(err)
	}
	if done := purge(t, s, noon+heldMax-1); done.People != 0 {
		t.Errorf("too early: %+v", done)
	}
	if done := purge(t, s, noon+heldMax); done.People != 2 || done.Notes != 1 {
		t.Errorf("in the end: %+v", done)
	}
	if err := s.Keep(held, Until{}); !errors.Is(err, ErrUnknown) {
		t.Errorf("keeping a forgotten person gives %v", err)
	}
}

func TestOrphansAreSwept(t *testing.T) {
	s := start(t)
	number := func(n string) Person { return Person{IDType: Passport, IDNumber: NewSecret(n), Name: NewSecret("N")} }
	orphan := register(t, s, number("AAAA1"), noon)
	known := register(t, s, number("AAAA2"), noon)
	dated := register(t, s, number("AAAA3"), noon)
	young := register(t, s, number("AAAA4"), noon+100)
	keep(t, s, dated, Until{Identity: noon + 1000, Phone: noon + 1000, Link: noon + 1000})
	done, err := s.Orphans(func(id string) bool { return id == known }, noon+100)
	if err != nil || done.People != 1 || !done.Rewritten {
		t.Fatalf("swept: %+v %v", done, err)
	}
	if !errors.Is(lookUp(t, s, orphan).Err, ErrUnknown) {
		t.Error("the orphan is still there")
	}
	for _, id := range []string{known, dated, young} {
		if err := lookUp(t, s, id).Err; err != nil {
			t.Errorf("somebody else was swept: %v", err)
		}
	}
}

func TestARestoreDoesNotBringBackTheErased(t *testing.T) {
	dir := t.TempDir()
	s := startIn(t, dir)
	id := register(t, s, siti(), noon)
	other := register(t, s, Person{IDType: Passport, IDNumber: NewSecret("B1234567"), Name: NewSecret("Budi")}, noon)
	if err := s.PutNote(id, "reason", "rahasia", noon); err != nil {
		t.Fatal(err)
	}
	before := backupOf(t, s)
	done, err := s.Erase(id, noon+5)
	if err != nil || done.People != 1 || done.Notes != 1 || !done.Rewritten {
		t.Fatalf("erase: %+v %v", done, err)
	}
	if !errors.Is(lookUp(t, s, id).Err, ErrUnknown) {
		t.Fatal("the erased person is still there")
	}
	keys := everything(t, dir)[keysName]
	later := backupOf(t, s)

	restored := t.TempDir()
	got, err := Restore(restored, bytes.NewReader(before), keys, noon+10)
	if err != nil || got.People != 2 || got.Erased != 1 || got.Unreadable != 0 {
		t.Fatalf("restore: %+v %v", got, err)
	}
	back := startIn(t, restored)
	if err := lookUp(t, back, id).Err; !errors.Is(err, ErrUnknown) {
		t.Errorf("the erased person is back: %v", err)
	}
	if found := lookUp(t, back, other); found.Person.Name.Plain() != "Budi" {
		t.Errorf("the other person did not come back: %v", found.Err)
	}
	if _, existing, err := back.Register(Person{IDType: Passport, IDNumber: NewSecret("B1234567")}, noon+20); err != nil || !existing {
		t.Errorf("the link did not come back: %v", err)
	}
	// A backup made after the erasure carries the list by itself.
	if !strings.Contains(string(later), `"erased":"`+id) {
		t.Error("the later backup does not know of the erasure")
	}
	// Keys of before the erasure, put beside a file that still holds the person.
	if err := errors.Join(back.keys.remember(other, noon+30), back.Close()); err != nil {
		t.Fatal(err)
	}
	if err := lookUp(t, startIn(t, restored), other).Err; !errors.Is(err, ErrUnknown) {
		t.Errorf("an erasure that a crash interrupted was not finished: %v", err)
	}
}

func TestARestoreWithoutKeys(t *testing.T) {
	s := start(t)
	id := register(t, s, siti(), noon)
	due := register(t, s, Person{IDType: Passport, IDNumber: NewSecret("B1234567")}, noon)
	keep(t, s, due, Until{Identity: noon + 5, Phone: noon + 5, Link: noon + 5})
	if _, err := s.Reveal("officer:1", "call", noon, id); err != nil {
		t.Fatal(err)
	}
	if err := s.PutNote(id, "reason", "catatan", noon); err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	got, err := Restore(dir, bytes.NewReader(backupOf(t, s)), nil, noon+10)
	if err != nil || got.People != 2 || got.Purged.People != 1 || got.Unreadable != 3 {
		t.Fatalf("restore: %+v %v", got, err)
	}
	back := startIn(t, dir)
	if found := lookUp(t, back, id); !errors.Is(found.Err, ErrNoKey) || !found.Person.Name.Empty() {
		t.Errorf("without keys: %v", found.Err)
	}
	if _, err := back.Notes(id); !errors.Is(err, ErrNoKey) {
		t.Errorf("notes without keys: %v", err)
	}
	if looks, err := back.Looks("", 0, noon+10, 10); err != nil || len(looks) != 1 || looks[0].Person != id {
		t.Errorf("the access log did not come back: %v %v", looks, err)
	}
	if next, existing, err := back.Register(siti(), noon+20); err != nil || existing || next == id {
		t.Errorf("work goes on: %v %v", existing, err)
	}
	if problems, err := back.Verify(); err != nil || len(problems) != 0 {
		t.Errorf("verify: %v %v", problems, err)
	}
}

func TestADamagedBackupIsRefusedWhole(t *testing.T) {
	s := start(t)
	register(t, s, siti(), noon)
	whole := backupOf(t, s)
	lines := bytes.SplitAfter(whole, []byte{'\n'})
	bad := map[string][]byte{
		"empty":       {},
		"cut":         whole[:len(whole)-5],
		"no end":      bytes.Join(lines[:2], nil),
		"line gone":   append(bytes.Clone(lines[0]), lines[2]...),
		"bit flipped": bytes.Replace(whole, []byte(`"seen":1`), []byte(`"seen":2`), 1),
		"tail":        append(bytes.Clone(whole), "{}\n"...),
		"other file":  []byte("PK\x03\x04 something else\n"),
		"no header":   bytes.Join(lines[1:], nil),
	}
	for name, content := range bad {
		dir := t.TempDir()
		if _, err := Restore(dir, bytes.NewReader(content), nil, noon); !errors.Is(err, ErrDamaged) {
			t.Errorf("%s gives %v", name, err)
		}
		if left := everything(t, dir); len(left) != 0 {
			t.Errorf("%s leaves files behind", name)
		}
	}
	newer := bytes.Replace(whole, []byte(`"version":1`), []byte(`"version":2`), 1)
	if _, err := Restore(t.TempDir(), bytes.NewReader(newer), nil, noon); !errors.Is(err, ErrNewer) {
		t.Errorf("a newer backup gives %v", err)
	}
	if _, err := Restore(t.TempDir(), bytes.NewReader(whole), []byte(`{"version":1,"index":"77"}`), noon); !errors.Is(err, ErrDamaged) {
		t.Errorf("wrong keys give %v", err)
	}
	full := t.TempDir()
	if err := os.WriteFile(filepath.Join(full, keysName), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Restore(full, bytes.NewReader(whole), nil, noon); !errors.Is(err, ErrNotEmpty) {
		t.Errorf("a directory with people gives %v", err)
	}
}

// The sum of this backup is right, but its content contradicts itself.
func TestAFailedRestoreLeavesNothing(t *testing.T) {
	dir := t.TempDir()
	s := startIn(t, dir)
	a, b := register(t, s, siti(), noon), register(t, s, passport(1), noon)
	err := s.submit(&job{apply: func(tx *bolt.Tx) error {
		r, _, err := getRow(tx, a)
		return errors.Join(err, putRow(tx, b, r))
	}})
	if err != nil {
		t.Fatal(err)
	}
	into := t.TempDir()
	_, err = Restore(into, bytes.NewReader(backupOf(t, s)), everything(t, dir)[keysName], noon)
	if !errors.Is(err, ErrDamaged) || len(everything(t, into)) != 0 {
		t.Errorf("a restore that does not verify gives %v", err)
	}
}

// A crash between deleting and rewriting is made good by the next start, and what
// an interrupted rewrite left behind is removed.
func TestARewriteIsFinishedAfterACrash(t *testing.T) {
	dir := t.TempDir()
	s := startIn(t, dir)
	all := markPeople(t, s, 3)
	err := s.submit(&job{apply: func(tx *bolt.Tx) error {
		var done Purged
		return dropPerson(tx, all[0].id, all[0].row, &done)
	}})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if !bytes.Contains(everything(t, dir)[fileName], forms(all[0].row.Identity)[3]) {
		t.Fatal("the deleted row is gone without a rewrite: the test shows nothing")
	}
	if err := os.WriteFile(filepath.Join(dir, newName), forms(all[0].row.Identity)[3], 0o600); err != nil {
		t.Fatal(err)
	}
	s = startIn(t, dir)
	checkAbsent(t, everything(t, dir), "a deleted row", all[0].storedForms())
	if lookUp(t, s, all[1].id).Err != nil {
		t.Error("the others were lost")
	}
}

func TestKeysAreMadeAheadAndDestroyedAfter(t *testing.T) {
	dir := t.TempDir()
	s := startIn(t, dir)
	id := register(t, s, siti(), noon)
	keys := everything(t, dir)[keysName]
	register(t, s, Person{IDType: Passport, IDNumber: NewSecret("B1234567")}, noon+(keysAhead-keysLow-1)*daySeconds)
	if !bytes.Equal(keys, everything(t, dir)[keysName]) {
		t.Error("a copy of the keys is stale before a month is nearly over")
	}
	done := purge(t, s, noon+20*daySeconds)
	if done.Keys != 19 { // of twenty past days, one is in use
		t.Errorf("keys destroyed: %d", done.Keys)
	}
	if err := lookUp(t, s, id).Err; err != nil {
		t.Errorf("a key in use was destroyed: %v", err)
	}
}
