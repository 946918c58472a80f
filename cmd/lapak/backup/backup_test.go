package backup

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"lapak/hall/journal"
	"lapak/hall/media"
	"lapak/hall/people"
)

// written is a backup of a new branch, and what its manifest says.
func written(t *testing.T) (file string, m Manifest) {
	t.Helper()
	dir := t.TempDir()
	j, err := journal.Open(dir, journal.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer j.Close()
	p, err := people.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer p.Close()
	own, err := media.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	file = filepath.Join(t.TempDir(), "new.backup")
	if m, err = Write(j, p, own, file, "a test"); err != nil {
		t.Fatal(err)
	}
	if _, err := Write(j, p, own, file, "a test"); !errors.Is(err, ErrInput) {
		t.Errorf("a second backup under the same name: %v", err)
	}
	return file, m
}

// TestARestoreIsThatBranchInANewEpoch: and what cannot be restored is refused as
// what was named wrongly, with nothing left behind.
func TestARestoreIsThatBranchInANewEpoch(t *testing.T) {
	file, m := written(t)
	parent := t.TempDir()
	back, err := Restore(context.Background(), file, filepath.Join(parent, "back"), "")
	if err != nil || !back.OK || back.Was != m.Epoch || back.Epoch == m.Epoch || back.Seq != m.Seq || back.Sum != m.Sum || back.Names {
		t.Errorf("restored %+v of %+v: %v", back, m, err)
	}
	whole, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	cut := filepath.Join(t.TempDir(), "cut.backup")
	if err := os.WriteFile(cut, whole[:len(whole)/2], 0o600); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct{ from, to, keys string }{
		"into data":        {file, filepath.Join(parent, "back"), ""},
		"cut short":        {cut, filepath.Join(parent, "cut"), ""},
		"no file":          {filepath.Join(parent, "none"), filepath.Join(parent, "none-data"), ""},
		"keys not a file":  {file, filepath.Join(parent, "keyless"), filepath.Join(parent, "keys.json")},
		"its own manifest": {filepath.Join(parent, "back", journal.FileName), filepath.Join(parent, "again"), ""},
	} {
		if _, err := Restore(context.Background(), c.from, c.to, c.keys); !errors.Is(err, ErrInput) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if list, err := os.ReadDir(parent); err != nil || len(list) != 1 {
		t.Errorf("failed restores left %v, %v", list, err)
	}
}
