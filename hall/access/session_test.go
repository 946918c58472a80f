package access

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
)

func TestASessionEndsIdleAndInTheEnd(t *testing.T) {
	b := start(t)
	b.add("siti", Officer)
	token := b.signIn("siti")
	who := b.who(token)
	b.clock.Add(DefaultIdle - 1)
	if _, err := b.Peek(token); err != nil {
		t.Fatal(err)
	}
	b.clock.Add(1) // looking at news is no act
	b.gone("idle", token)
	if ended(who) {
		t.Error("ended before anybody looked")
	}
	if err := b.Expire(); err != nil {
		t.Fatal(err)
	}
	if e := b.last(); !ended(who) || e.Kind != SessionEnded || e.Reason != "idle" {
		t.Errorf("an idle session is not told: %+v", e)
	}

	token = b.signIn("siti")
	who = b.who(token)
	for range SessionLife/600 - 1 {
		b.clock.Add(600)
		b.who(token)
	}
	b.clock.Add(599)
	b.who(token)
	b.clock.Add(1)
	b.gone("after twelve hours", token)
	if err := b.Expire(); err != nil || !ended(who) || b.last().Reason != "over" {
		t.Errorf("after twelve hours: %v %+v", err, b.last())
	}
	if len(b.Sessions(0)) != 0 {
		t.Error("ended sessions are listed")
	}
}

func TestTheIdleTimeIsASetting(t *testing.T) {
	b := start(t)
	b.add("siti", Officer)
	token := b.signIn("siti")
	b.SetIdle(60)
	b.clock.Add(60)
	b.gone("a minute", token)
	b.SetIdle(0)
	b.who(token)
}

func TestSessionsSurviveARestart(t *testing.T) {
	b := start(t)
	a := b.add("siti", Officer)
	token := b.signIn("siti")
	b.clock.Add(DefaultIdle - 1)
	b.who(token)
	b.reopen(cheap)
	b.clock.Add(DefaultIdle - 1)
	if who := b.who(token); who.ID != a.ID {
		t.Errorf("after a restart it is %+v", who)
	}
	if strings.Contains(b.bytes(), token) {
		t.Error("the file holds the token itself")
	}
	local := b.Local()
	if who := b.who(local); who.Kind != ByLocal || who.Role != Manager {
		t.Errorf("the local token is %+v", who)
	}
	if b.Local(); true {
		b.gone("an older local token", local)
	}
}

func TestListAndEndSessions(t *testing.T) {
	b := start(t)
	siti, budi := b.add("siti", Officer), b.add("budi", Officer)
	first, second, other := b.signIn("siti"), b.signIn("siti"), b.signIn("budi")
	if n := len(b.Sessions(siti.ID)); n != 2 || len(b.Sessions(0)) != 3 {
		t.Errorf("%d sessions are listed", n)
	}
	who := b.who(first)
	one := b.Sessions(budi.ID)[0]
	if one.Account != budi.ID || one.From != "192.0.2.1" || one.Expires != noon+SessionLife || one.Credential != b.who(other).Credential {
		t.Errorf("a session is listed as %+v", one)
	}
	if err := b.EndSession(who.Credential); err != nil || !ended(who) {
		t.Errorf("ending one: %v", err)
	}
	b.gone("ended", first)
	if err := b.EndSession(who.Credential); !errors.Is(err, ErrUnknown) {
		t.Errorf("ending it twice gives %v", err)
	}
	if err := b.EndSessions(siti.ID); err != nil {
		t.Fatal(err)
	}
	b.gone("all ended", second)
	b.who(other)
	b.reopen(cheap)
	b.gone("after a restart", second)
	if err := errors.Join(b.SignOut(second), b.SignOut("")); err != nil {
		t.Errorf("signing out twice: %v", err)
	}
}

func TestTheEleventhSessionEndsTheIdlest(t *testing.T) {
	b := start(t)
	a := b.add("siti", Officer)
	var tokens []string
	for range MaxSessions {
		tokens = append(tokens, b.signIn("siti"))
		b.clock.Add(1)
	}
	b.who(tokens[0])
	b.signIn("siti")
	b.gone("the idlest", tokens[1])
	b.who(tokens[0])
	if n := len(b.Sessions(a.ID)); n != MaxSessions {
		t.Errorf("%d sessions", n)
	}
}

func TestRotate(t *testing.T) {
	b := start(t)
	b.add("siti", Officer)
	old := b.signIn("siti")
	who := b.who(old)
	b.clock.Add(600)
	next, err := b.Rotate(old)
	if err != nil || next == old || !ended(who) {
		t.Fatalf("rotate: %v", err)
	}
	b.gone("rotated", old)
	b.reopen(cheap)
	b.clock.Add(SessionLife - 600)
	b.gone("rotating must not prolong the twelve hours", next)
	if _, err := b.Rotate("x"); !errors.Is(err, ErrNobody) {
		t.Errorf("rotating nothing gives %v", err)
	}
}

func TestBearerTokens(t *testing.T) {
	b := start(t)
	a := b.add("pelapor", Observer)
	token, listed, err := b.IssueToken(a.ID, " laporan  harian ", 3600)
	if err != nil || !strings.HasPrefix(token, "lapak_") || listed.Label != "laporan harian" || listed.Expires != noon+3600 {
		t.Fatalf("issue: %+v %v", listed, err)
	}
	long, _, err := b.IssueToken(a.ID, "", 0)
	if err != nil {
		t.Fatal(err)
	}
	b.reopen(cheap)
	who := b.who(token)
	if who.Kind != ByToken || who.ID != a.ID || who.Role != Observer {
		t.Errorf("a token is %+v", who)
	}
	role := Desk
	if _, err := b.ChangeAccount(a.ID, Change{Role: &role}); err != nil {
		t.Fatal(err)
	}
	if !ended(who) || b.who(token).Role != Desk || ended(b.who(token)) {
		t.Error("a token does not follow the role of its account")
	}
	if all := b.Tokens(a.ID); len(all) != 2 || all[0].ID != listed.ID || all[0].Seen != noon {
		t.Errorf("tokens: %+v", all)
	}
	b.clock.Add(3600)
	b.gone("over", token)
	if err := b.Expire(); err != nil || len(b.Tokens(0)) != 1 {
		t.Errorf("expire: %v", err)
	}
	b.clock.Add(MaxTokenLife - 3601)
	who = b.who(long)
	hash := sha256.Sum256([]byte(long))
	id := b.Tokens(0)[0].ID
	if err := b.RevokeToken(id); err != nil || !ended(who) {
		t.Errorf("revoke: %v", err)
	}
	b.gone("revoked", long)
	if all := b.bytes(); strings.Contains(all, token) || strings.Contains(all, long) || strings.Contains(all, b64(hash[:])) {
		t.Error("the file holds a token, or the hash of a revoked one")
	}
	if err := b.RevokeToken(id); !errors.Is(err, ErrUnknown) {
		t.Errorf("revoking twice gives %v", err)
	}
	_, _, err = b.IssueToken(a.ID, "", MaxTokenLife+1)
	wantField(t, err, "life", "life_range")
	if _, _, err := b.IssueToken(99, "", 0); !errors.Is(err, ErrUnknown) {
		t.Errorf("a token for nobody gives %v", err)
	}
	for range MaxTokens {
		if _, _, err = b.IssueToken(a.ID, "", 60); err != nil {
			t.Fatal(err)
		}
	}
	if _, _, err = b.IssueToken(a.ID, "", 60); !errors.Is(err, ErrTooMany) {
		t.Errorf("one token too many gives %v", err)
	}
}

func TestEverythingAtOnce(t *testing.T) {
	b := start(t)
	boss := b.add("boss", Manager)
	var group sync.WaitGroup
	for worker := range 6 {
		group.Go(func() {
			name := fmt.Sprintf("petugas%d", worker)
			a, err := b.AddAccount(context.Background(), NewAccount{Name: name, Role: Officer, Password: NewPassword(good)})
			if err != nil {
				t.Error(err)
				return
			}
			for range 5 {
				token, _, err := b.SignIn(context.Background(), Login{Name: name, Password: NewPassword(good), From: "192.0.2.1"})
				if err != nil {
					t.Error(err)
					return
				}
				who, err := b.Who(token)
				if err != nil || who.ID != a.ID {
					t.Errorf("who: %+v %v", who, err)
				}
				b.clock.Add(1)
				if err := b.SignOut(token); err != nil {
					t.Error(err)
				}
				<-who.Ended
			}
			if err := b.RemoveAccount(a.ID); err != nil {
				t.Error(err)
			}
		})
	}
	group.Go(func() {
		for range 20 {
			if err := errors.Join(b.Expire(), b.Purge()); err != nil {
				t.Error(err)
			}
			b.Sessions(0)
			b.Devices()
		}
	})
	group.Wait()
	if all := b.Accounts(); len(all) != 1 || all[0].ID != boss.ID {
		t.Errorf("left: %+v", all)
	}
}

func BenchmarkWho(bench *testing.B) {
	s, err := Open(bench.TempDir(), Options{Now: func() int64 { return noon }, Argon: cheap})
	if err != nil {
		bench.Fatal(err)
	}
	if _, err = s.AddAccount(context.Background(), NewAccount{Name: "siti", Role: Officer, Password: NewPassword(good)}); err != nil {
		bench.Fatal(err)
	}
	token, _, err := s.SignIn(context.Background(), Login{Name: "siti", Password: NewPassword(good)})
	if err != nil {
		bench.Fatal(err)
	}
	for bench.Loop() {
		if _, err := s.Who(token); err != nil {
			bench.Fatal(err)
		}
	}
	if err := s.Close(); err != nil {
		bench.Fatal(err)
	}
}
