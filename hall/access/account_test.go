package access

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	bolt "go.etcd.io/bbolt"
)

func b64(raw []byte) string { return base64.StdEncoding.EncodeToString(raw) }

func TestAddAccountSaysWhatIsWrong(t *testing.T) {
	b := start(t)
	tests := []struct {
		form        NewAccount
		field, code string
	}{
		{NewAccount{Name: "s", Role: Officer, Password: NewPassword(good)}, "name", "name_form"},
		{NewAccount{Name: "siti rahma", Role: Officer, Password: NewPassword(good)}, "name", "name_form"},
		{NewAccount{Name: "siti", Role: "boss", Password: NewPassword(good)}, "role", "role_unknown"},
		{NewAccount{Name: "siti", Display: strings.Repeat("x", MaxDisplay+1), Role: Officer, Password: NewPassword(good)}, "display", "display_form"},
		{NewAccount{Name: "siti", Role: Officer}, "password", "password_short"},
	}
	for _, test := range tests {
		_, err := b.AddAccount(context.Background(), test.form)
		wantField(t, err, test.field, test.code)
	}
	a := b.add("SITI", Officer)
	if a.Name != "siti" || a.Display != "siti" || a.Created != noon {
		t.Errorf("added: %+v", a)
	}
	_, err := b.AddAccount(context.Background(), NewAccount{Name: "Siti", Role: Officer, Password: NewPassword(good)})
	wantField(t, err, "name", "name_taken")
	if one, err := b.AccountNamed(" Siti"); err != nil || one != a {
		t.Errorf("by name: %+v %v", one, err)
	}
	if _, err := b.Account(99); !errors.Is(err, ErrUnknown) {
		t.Errorf("nobody gives %v", err)
	}
}

func TestAnIDIsNeverUsedAgain(t *testing.T) {
	b := start(t)
	b.add("boss", Manager)
	second := b.add("siti", Officer)
	if err := b.RemoveAccount(second.ID); err != nil {
		t.Fatal(err)
	}
	b.reopen(cheap)
	if third := b.add("siti", Officer); third.ID != second.ID+1 {
		t.Errorf("ids: %d then %d", second.ID, third.ID)
	}
}

func TestRemovingAnAccountEndsEverythingOfIt(t *testing.T) {
	b := start(t)
	b.add("boss", Manager)
	a := b.add("siti", Officer)
	hash := b.accounts[a.ID].PHC
	session := b.signIn("siti")
	token, _, err := b.IssueToken(a.ID, "", 0)
	if err != nil {
		t.Fatal(err)
	}
	first, second := b.who(session), b.who(token)
	if err := b.RemoveAccount(a.ID); err != nil {
		t.Fatal(err)
	}
	b.gone("removed", session)
	b.gone("removed", token)
	if !ended(first) || !ended(second) {
		t.Error("open connections are not told")
	}
	if strings.Contains(b.bytes(), hash) {
		t.Error("the password hash is still in the file")
	}
	if err := b.try("siti", good, ""); !errors.Is(err, ErrWrong) {
		t.Errorf("signing in gives %v", err)
	}
	if err := b.RemoveAccount(a.ID); !errors.Is(err, ErrUnknown) {
		t.Errorf("removing twice gives %v", err)
	}
}

func TestTheLastManagerStays(t *testing.T) {
	b := start(t)
	first := b.add("boss", Manager)
	role, yes := Officer, true
	attempts := map[string]func() error{
		"removing":  func() error { return b.RemoveAccount(first.ID) },
		"demoting":  func() error { _, err := b.ChangeAccount(first.ID, Change{Role: &role}); return err },
		"disabling": func() error { _, err := b.ChangeAccount(first.ID, Change{Disabled: &yes}); return err },
	}
	for what, attempt := range attempts {
		if err := attempt(); !errors.Is(err, ErrLastManager) {
			t.Errorf("%s gives %v", what, err)
		}
	}
	b.add("wakil", Manager)
	if err := attempts["demoting"](); err != nil {
		t.Errorf("with a second manager: %v", err)
	}
}

func TestChangingAnAccount(t *testing.T) {
	b := start(t)
	a := b.add("siti", Officer)
	token := b.signIn("siti")
	who := b.who(token)
	name := "  Siti   Rahma "
	changed, err := b.ChangeAccount(a.ID, Change{Display: &name})
	if err != nil || changed.Display != "Siti Rahma" || ended(who) {
		t.Errorf("a new display name: %+v %v", changed, err)
	}
	role := Desk
	if _, err := b.ChangeAccount(a.ID, Change{Role: &role}); err != nil || !ended(who) {
		t.Errorf("a new role: %v", err)
	}
	b.gone("a new role", token)
	token = b.signIn("siti")
	yes, no := true, false
	if _, err := b.ChangeAccount(a.ID, Change{Disabled: &yes}); err != nil {
		t.Fatal(err)
	}
	b.gone("disabled", token)
	if err := b.try("siti", good, ""); !errors.Is(err, ErrWrong) || b.last().Reason != "disabled" {
		t.Errorf("a disabled account signs in: %v", err)
	}
	if _, err := b.ChangeAccount(a.ID, Change{Disabled: &no}); err != nil {
		t.Fatal(err)
	}
	b.reopen(cheap)
	if who := b.who(b.signIn("siti")); who.Role != Desk || who.Display != "Siti Rahma" {
		t.Errorf("after a restart: %+v", who)
	}
	empty := " "
	_, err = b.ChangeAccount(a.ID, Change{Display: &empty})
	wantField(t, err, "display", "display_form")
}

func TestChangingPasswords(t *testing.T) {
	b := start(t)
	a := b.add("siti", Officer)
	old := b.accounts[a.ID].PHC
	mine, other := b.signIn("siti"), b.signIn("siti")
	ctx, next := context.Background(), NewPassword("gunung biru berenang")
	keep := b.who(mine).Credential
	if err := b.ChangePassword(ctx, a.ID, NewPassword("salah sekali ini"), next, keep, ""); !errors.Is(err, ErrWrong) {
		t.Errorf("a wrong old password gives %v", err)
	}
	wantField(t, b.ChangePassword(ctx, a.ID, NewPassword(good), NewPassword("pendek"), keep, ""), "password", "password_short")
	if err := b.ChangePassword(ctx, a.ID, NewPassword(good), next, keep, ""); err != nil {
		t.Fatal(err)
	}
	b.who(mine)
	b.gone("another session", other)
	if strings.Contains(b.bytes(), old) {
		t.Error("the old hash is still in the file")
	}
	if err := b.try("siti", good, ""); !errors.Is(err, ErrWrong) {
		t.Errorf("the old password gives %v", err)
	}
	if err := b.SetPassword(ctx, a.ID, NewPassword(good)); err != nil {
		t.Fatal(err)
	}
	b.gone("the manager's reset", mine)
	b.signIn("siti")
}

func TestTheSetUpLink(t *testing.T) {
	b := start(t)
	ctx, form := context.Background(), NewAccount{Name: "kepala", Password: NewPassword(good)}
	first, _, err := b.NewSetup()
	if err != nil {
		t.Fatal(err)
	}
	secret, expires, err := b.NewSetup()
	if err != nil || expires != noon+SetupLife {
		t.Fatal(err)
	}
	for _, wrong := range []string{"", first, secret + "x"} {
		if _, err := b.SetUp(ctx, wrong, form); !errors.Is(err, ErrLink) {
			t.Errorf("a wrong link gives %v", err)
		}
	}
	_, err = b.SetUp(ctx, secret, NewAccount{Name: "kepala", Password: NewPassword("x")})
	wantField(t, err, "password", "password_short")
	b.clock.Add(SetupLife)
	if _, err := b.SetUp(ctx, secret, form); !errors.Is(err, ErrLink) {
		t.Errorf("half an hour later: %v", err)
	}
	b.clock.Add(-1)
	a, err := b.SetUp(ctx, secret, form)
	if err != nil || a.Role != Manager || !b.HaveManager() {
		t.Fatalf("set up: %+v %v", a, err)
	}
	if _, err := b.SetUp(ctx, secret, form); !errors.Is(err, ErrHaveManager) {
		t.Errorf("a used link gives %v", err)
	}
	if _, _, err := b.NewSetup(); !errors.Is(err, ErrHaveManager) {
		t.Errorf("another link gives %v", err)
	}
}

func TestASecondProcessIsRefused(t *testing.T) {
	t.Parallel() // it waits for the lock
	b := start(t)
	if _, err := Open(b.dir, Options{Now: b.clock.Load}); !errors.Is(err, ErrInUse) {
		t.Errorf("a second open gives %v", err)
	}
}

func TestBadFilesGetAClearAnswer(t *testing.T) {
	openAfter := func(change func(path string) error) error {
		dir := t.TempDir()
		o := Options{Now: func() int64 { return noon }, Argon: cheap}
		s, err := Open(dir, o)
		if err != nil {
			t.Fatal(err)
		}
		_, err = s.AddAccount(context.Background(), NewAccount{Name: "siti", Role: Officer, Password: NewPassword(good)})
		if err := errors.Join(err, s.Close(), change(filepath.Join(dir, fileName))); err != nil {
			t.Fatal(err)
		}
		if s, err = Open(dir, o); err != nil {
			return err
		}
		return s.Close()
	}
	newer := func(path string) error {
		db, err := openBolt(path)
		if err != nil {
			return err
		}
		err = db.Update(func(tx *bolt.Tx) error { return putNumber(tx.Bucket(metaBucket), schemaKey, schema+1) })
		return errors.Join(err, db.Close())
	}
	tests := []struct {
		name   string
		change func(string) error
		want   error
	}{
		{"nothing", func(string) error { return nil }, nil},
		{"cut", func(path string) error { return os.Truncate(path, 3*int64(os.Getpagesize())) }, ErrDamaged},
		{"text", func(path string) error { return os.WriteFile(path, []byte(strings.Repeat("text\n", 5000)), 0o600) }, ErrDamaged},
		{"newer", newer, ErrNewer},
		{"half a rewrite", func(path string) error { return os.WriteFile(path+".new", []byte("half"), 0o600) }, nil},
	}
	for _, test := range tests {
		if err := openAfter(test.change); !errors.Is(err, test.want) {
			t.Errorf("%s gives %v, want %v", test.name, err, test.want)
		}
	}
	if _, err := Open(t.TempDir(), Options{}); err == nil {
		t.Error("a store without a clock was opened")
	}
}

func TestTheFileIsForTheOwnerOnly(t *testing.T) {
	b := start(t)
	b.add("siti", Officer)
	info, err := os.Stat(filepath.Join(b.dir, fileName))
	if err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v", info.Mode().Perm(), err)
	}
}

func TestAFullFileRefusesAndGoesOn(t *testing.T) {
	b := start(t)
	b.add("siti", Officer)
	b.db.MaxSize = 48 << 10
	var refused error
	for i := 0; refused == nil; i++ {
		form := NewAccount{Name: fmt.Sprintf("petugas%d", i), Role: Officer, Password: NewPassword(good)}
		_, refused = b.AddAccount(context.Background(), form)
	}
	if !errors.Is(refused, ErrFull) {
		t.Fatalf("a full file gives %v", refused)
	}
	b.db.MaxSize = maxFileBytes
	b.signIn("siti")
}

func TestAnUnknownCommitStopsChanges(t *testing.T) {
	s, err := Open(t.TempDir(), Options{Now: func() int64 { return noon }, Argon: cheap})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.db.Close(); err != nil {
		t.Fatal(err)
	}
	form := NewAccount{Name: "siti", Role: Officer, Password: NewPassword(good)}
	for range 2 {
		if _, err := s.AddAccount(context.Background(), form); !errors.Is(err, ErrCommit) {
			t.Errorf("after an unknown commit: %v", err)
		}
	}
	if err := s.Purge(); !errors.Is(err, ErrCommit) {
		t.Errorf("purge: %v", err)
	}
	if err := s.Close(); !errors.Is(err, ErrCommit) {
		t.Errorf("closing says %v", err)
	}
	if _, err := s.AddAccount(context.Background(), form); !errors.Is(err, ErrCommit) {
		t.Errorf("after closing: %v", err)
	}
}
