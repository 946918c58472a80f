package main

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"lapak/hall/access"
)

// TestAForgottenPasswordIsGivenAnew: the old one opens nothing any more, the new one
// does, and neither stands in what the command says.
func TestAForgottenPasswordIsGivenAnew(t *testing.T) {
	dir, _ := aBranch(t)
	const old, fresh = "hujan deras di kebun", "perahu kertas di sawah"
	if code, _, said := lapak(old+"\n", "user", "add", "--data", dir, "--role", "manager", "ratna"); code != exitOK {
		t.Fatalf("user add: %d %s", code, said)
	}
	if code, _, said := lapak("short\n", "user", "password", "--data", dir, "ratna"); code != exitBadInput || !strings.Contains(said, "password") {
		t.Errorf("a short password: %d %s", code, said)
	}
	code, out, said := lapak(fresh+"\n", "user", "password", "--data", dir, "ratna")
	if code != exitOK || !strings.Contains(out, "ratna") || strings.Contains(out+said, fresh) {
		t.Fatalf("user password: %d %q %q", code, out, said)
	}
	store, err := openAccess(dir, access.Options{Now: func() int64 { return time.Now().Unix() }})
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	for password, want := range map[string]error{old: access.ErrWrong, fresh: nil} {
		_, _, err := store.SignIn(context.Background(), access.Login{Name: "ratna", Password: access.NewPassword(password), From: "127.0.0.1"})
		if !errors.Is(err, want) {
			t.Errorf("signing in with %q: %v, want %v", password, err, want)
		}
	}
}
