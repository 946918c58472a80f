package access

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"
)

// The documented cost of a hash; everything else is tested with a cheap one.
func TestDefaultCost(t *testing.T) {
	s, err := Open(t.TempDir(), Options{Now: func() int64 { return noon }})
	if err != nil {
		t.Fatal(err)
	}
	hash, err := s.hash.make(context.Background(), NewPassword(good))
	if err != nil || !strings.HasPrefix(hash, "$argon2id$v=19$m=65536,t=3,p=2$") {
		t.Errorf("a hash is %.40q, %v", hash, err)
	}
	if cap(s.hash.running) != 2 || cap(s.hash.line) != 2+8 {
		t.Error("two hashes at once and eight waiting are documented")
	}
	if s.idle.Load() != 15*60 || SessionLife != 12*60*60 {
		t.Error("fifteen minutes and twelve hours are documented")
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
}

func TestPasswordRules(t *testing.T) {
	b := start(t)
	tests := []struct{ password, want string }{
		{"kuda hijau menyanyi", ""},
		{"xkq7-pmt2-vwz9", ""},
		{"ééééééé àààààà", ""},
		{"lapak yang menari di bulan", ""},
		{"sebelas chr", "password_short"},
		{strings.Repeat("kuda hijau ", 11) + "1234567", ""},
		{strings.Repeat("kuda hijau ", 11) + "12345678", "password_long"},
		{"aaaaaaaaaaaaaa", "password_common"},
		{"abcdabcdabcd", "password_common"},
		{"123456789012", "password_common"},
		{"210987654321", "password_common"},
		{"BismiLLah123", "password_common"},
		{"qwertyuiop123", "password_common"},
		{"Tangerang2026!", "password_context"},
		{"petugas.siti.rahma", "password_context"},
		{"lapakbpjs2026", "password_context"},
		{"kuda\x00hijau menyanyi", "password_characters"},
		{"kuda\xffhijau menyanyi", "password_characters"},
	}
	for _, test := range tests {
		err := b.checkPassword(NewPassword(test.password), "siti.r", "Siti Rahma")
		var wrong *FieldError
		got := ""
		if errors.As(err, &wrong) {
			got = wrong.Code
		}
		if got != test.want {
			t.Errorf("%q gives %q, want %q", test.password, got, test.want)
		}
		if wrong != nil && strings.Contains(wrong.Error(), test.password) {
			t.Errorf("the message repeats %q", test.password)
		}
	}
	for line := range commonest() {
		if len(line) < MinPassword || line != strings.ToLower(line) {
			t.Errorf("%q in the list of the commonest can never match", line)
		}
	}
}

func TestPasswordNeverShowsItself(t *testing.T) {
	type nested struct {
		hidden Password
		Shown  Login
	}
	p := NewPassword(good)
	for _, v := range []any{p, &p, Login{Password: p}, NewAccount{Password: p}, nested{hidden: p, Shown: Login{Password: p}}} {
		for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%d"} {
			if out := fmt.Sprintf(verb, v); strings.Contains(out, good) || strings.Contains(out, fmt.Sprintf("%x", good)) {
				t.Errorf("%s shows the password: %s", verb, out)
			}
		}
		var lines strings.Builder
		slog.New(slog.NewJSONHandler(&lines, nil)).Info("x", "v", v)
		raw, err := json.Marshal(v)
		if err != nil || strings.Contains(lines.String()+string(raw), good) {
			t.Errorf("an encoder shows the password: %v", err)
		}
	}
	var read struct{ Password Password }
	if err := json.Unmarshal([]byte(`{"Password":"`+good+`"}`), &read); err != nil || read.Password.plain() != good {
		t.Errorf("a body is not read: %v", err)
	}
}

// A sign-in brings an old hash to today's cost, and the old one leaves the file.
func TestRehashOnSignIn(t *testing.T) {
	b := start(t)
	id := b.add("siti", Officer).ID
	old := b.accounts[id].PHC
	dearer := Params{Time: 2, MemoryKiB: 128, Threads: 1}
	b.reopen(dearer)
	b.signIn("siti")
	renewed := b.accounts[id].PHC
	if !strings.HasPrefix(renewed, "$argon2id$v=19$m=128,t=2,p=1$") {
		t.Fatalf("the hash is %q", renewed)
	}
	if all := b.bytes(); strings.Contains(all, old) || !strings.Contains(all, renewed) {
		t.Error("the file still holds the old hash, or not the new one")
	}
	b.signIn("siti")
	if b.accounts[id].PHC != renewed {
		t.Error("a hash of today's cost is made again")
	}
}

func TestDamagedHashesAreAFault(t *testing.T) {
	h := newHasher(cheap)
	whole := phc(cheap, good)
	parts := strings.Split(whole, "$")
	bad := []string{
		"x", "$argon2i$" + strings.Join(parts[2:], "$"), strings.Replace(whole, "m=64", "m=99999999", 1), strings.Replace(whole, "p=1", "p=0", 1),
		strings.Replace(whole, "t=1", "t=0", 1), strings.Replace(whole, "v=19", "v=16", 1), whole[:len(whole)-30], strings.Join(append(parts[:4:4], "!!", parts[5]), "$"),
	}
	for _, stored := range bad {
		if ok, _, err := h.check(context.Background(), stored, NewPassword(good)); ok || !errors.Is(err, ErrDamaged) {
			t.Errorf("%q gives %v %v", stored, ok, err)
		}
	}
	if ok, _, err := h.check(context.Background(), "", NewPassword(good)); ok || err != nil {
		t.Errorf("no hash gives %v %v", ok, err)
	}
}

func TestAFullLineIsBusy(t *testing.T) {
	b := start(t)
	b.add("siti", Officer)
	for range cap(b.hash.running) {
		leave, err := b.hash.enter(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		defer leave()
	}
	gone, cancel := context.WithCancel(context.Background())
	cancel()
	if _, _, err := b.SignIn(gone, Login{Name: "siti", Password: NewPassword(good)}); !errors.Is(err, context.Canceled) {
		t.Errorf("somebody who left the line gets %v", err)
	}
	for range hashesWaiting {
		b.hash.line <- struct{}{}
	}
	if err := b.try("siti", good, "192.0.2.1"); !errors.Is(err, ErrBusy) {
		t.Errorf("a full line gives %v", err)
	}
	if e := b.last(); e.Kind != SignInRefused || e.Reason != "busy" {
		t.Errorf("the event is %+v", e)
	}
}
