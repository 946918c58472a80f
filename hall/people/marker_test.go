package people

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	bolt "go.etcd.io/bbolt"
)

// marked is a visitor whose values are looked for in bytes.
type marked struct {
	id    string
	plain []string
	row   row
	notes [][]byte
}

// forms gives the ways in which something could stand in a file.
func forms(value []byte) [][]byte {
	return [][]byte{
		value, []byte(hex.EncodeToString(value)), []byte(fmt.Sprintf("%X", value)),
		[]byte(base64.StdEncoding.EncodeToString(value)), []byte(base64.RawStdEncoding.EncodeToString(value)),
		[]byte(base64.URLEncoding.EncodeToString(value)),
	}
}

func markPeople(t *testing.T, s *Store, n int) []marked {
	t.Helper()
	all := make([]marked, n)
	for i := range all {
		m := marked{plain: []string{
			fmt.Sprintf("32730141059%05d", i+1), fmt.Sprintf("Namanya Tersirat%05d", i), fmt.Sprintf("+628777%07d", i),
			fmt.Sprintf("777%08d", i), fmt.Sprintf("alasan pribadi nomor %05d", i),
		}}
		id, _, err := s.Register(Person{
			IDType: NIK, IDNumber: NewSecret(m.plain[0]), Name: NewSecret(m.plain[1]),
			Phone: NewSecret(m.plain[2]), Memberships: []Secret{NewSecret(m.plain[3])},
		}, noon)
		if err != nil {
			t.Fatal(err)
		}
		m.id = id
		if err := s.PutNote(id, "reason", m.plain[4], noon); err != nil {
			t.Fatal(err)
		}
		err = s.read(func(tx *bolt.Tx) (err error) {
			m.row, _, err = getRow(tx, id)
			m.notes = append(m.notes, bytes.Clone(tx.Bucket(notesBucket).Get(noteKey(id, "reason"))))
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		all[i] = m
	}
	return all
}

func (m marked) plainForms() (all [][]byte) {
	for _, value := range m.plain {
		all = append(all, forms([]byte(value))...)
	}
	return append(all, forms([]byte(m.plain[2][1:]))...)
}

// storedForms are the sealed values, the keyed hash and the id.
func (m marked) storedForms() (all [][]byte) {
	for _, value := range append([][]byte{m.row.Link, m.row.Identity, m.row.Phone, []byte(m.id)}, m.notes...) {
		all = append(all, forms(value)...)
	}
	return all
}

// everything reads every file of a directory.
func everything(t *testing.T, dir string) map[string][]byte {
	t.Helper()
	files := make(map[string][]byte)
	err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		raw, err := os.ReadFile(path)
		files[d.Name()] = raw
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func backupOf(t *testing.T, s *Store) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := s.Backup(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func checkAbsent(t *testing.T, files map[string][]byte, what string, wanted [][]byte) {
	t.Helper()
	for name, raw := range files {
		for _, form := range wanted {
			if bytes.Contains(raw, form) {
				t.Errorf("%s holds %s: %q", name, what, form)
				return
			}
		}
	}
}

// The promise of this package: plain values are never on the disk at all, and
// after a purge nothing of a purged person is, in any file, in any form.
func TestForgottenPeopleAreNotInAnyByte(t *testing.T) {
	const people = 60
	dir := t.TempDir()
	s := startIn(t, dir)
	all := markPeople(t, s, people)
	for i, m := range all {
		if i%2 == 0 {
			if err := s.Keep(m.id, Until{Identity: noon + 60, Phone: noon + 60, Link: noon + 60}); err != nil {
				t.Fatal(err)
			}
		}
	}
	files := everything(t, dir)
	files["backup"] = backupOf(t, s)
	for _, m := range all {
		checkAbsent(t, files, "a plain value", m.plainForms())
	}
	// The search itself is proved on what must be there.
	sealed := forms(all[0].row.Identity)[3]
	if !bytes.Contains(files[fileName], sealed) || !bytes.Contains(files["backup"], sealed) {
		t.Fatal("a sealed value of a present person is not found: the search is wrong")
	}

	done, err := s.Purge(noon + 60)
	if err != nil {
		t.Fatal(err)
	}
	if done.People != people/2 || done.Notes != people/2 || !done.Rewritten {
		t.Errorf("purged: %+v", done)
	}
	files = everything(t, dir)
	files["backup"] = backupOf(t, s)
	for i, m := range all {
		checkAbsent(t, files, "a plain value", m.plainForms())
		if i%2 == 0 {
			checkAbsent(t, files, "something of a purged person", m.storedForms())
		} else if !bytes.Contains(files[fileName], forms(m.row.Identity)[3]) {
			t.Errorf("person %d should still be there", i)
		}
	}
}

// Destroying the key of a day closes the backups of that day too.
func TestAPurgedDayCannotBeReadFromAnOldBackup(t *testing.T) {
	dir := t.TempDir()
	s := startIn(t, dir)
	id, _, err := s.Register(siti(), noon)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Keep(id, Until{Identity: noon + 1, Phone: noon + 1, Link: noon + 1}); err != nil {
		t.Fatal(err)
	}
	old := backupOf(t, s)
	keysBefore := everything(t, dir)[keysName]
	done, err := s.Purge(noon + 2*daySeconds)
	if err != nil || done.Keys == 0 {
		t.Fatalf("purge: %+v %v", done, err)
	}
	keys := everything(t, dir)[keysName]

	open := func(keys []byte) error {
		dir := t.TempDir()
		// The clock of the restoring machine is wrong, so nothing is due yet.
		if _, err := Restore(dir, bytes.NewReader(old), keys, noon); err != nil {
			t.Fatal(err)
		}
		found, err := startIn(t, dir).Get(id)
		if err != nil {
			t.Fatal(err)
		}
		return found[0].Err
	}
	if err := open(keysBefore); err != nil {
		t.Errorf("with the keys of its time the backup gives %v", err)
	}
	if err := open(keys); err != ErrNoKey {
		t.Errorf("after the key was destroyed the backup gives %v", err)
	}
}
