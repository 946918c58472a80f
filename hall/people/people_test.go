package people

import (
	"testing"
)

const noon = int64(1_772_427_600) // 2026-03-02 12:00 in Jakarta

func start(t *testing.T) *Store {
	t.Helper()
	return startIn(t, t.TempDir())
}

func startIn(t *testing.T, dir string) *Store {
	t.Helper()
	s, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

func siti() Person {
	return Person{
		IDType: NIK, IDNumber: NewSecret("3273014105900001"), Name: NewSecret("Siti"),
		Phone: NewSecret("0812-3456-7890"), Memberships: []Secret{NewSecret("12345678901")},
	}
}

func TestRegisterGivesTheSameIDAgain(t *testing.T) {
	s := start(t)
	id, existing, err := s.Register(siti(), noon)
	if err != nil || existing || len(id) != 32 {
		t.Fatalf("first: %q %v %v", id, existing, err)
	}
	again, existing, err := s.Register(Person{IDType: NIK, IDNumber: NewSecret("32.7301.410590.0001")}, noon+60)
	if err != nil || !existing || again != id {
		t.Fatalf("second: %q %v %v", again, existing, err)
	}
	found, err := s.Reveal("officer:7", "call", noon, id, "nobody")
	if err != nil {
		t.Fatal(err)
	}
	if p := found[0].Person; p.Name.Plain() != "Siti" || p.Phone.Plain() != "+6281234567890" || len(p.Memberships) != 1 {
		t.Errorf("the second registration lost what the first gave")
	}
	if found[1].Err != ErrUnknown {
		t.Errorf("an unknown id gives %v", found[1].Err)
	}
}
