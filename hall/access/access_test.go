package access

import (
	"context"
	"errors"
	"testing"
)

// cheap keeps tests fast; TestDefaultCost holds the real values.
var cheap = Params{Time: 1, MemoryKiB: 64, Threads: 1}

// clock is a clock that stands still until it is told otherwise.
type clock struct{ now int64 }

func (c *clock) read() int64 { return c.now }

const good = "kuda hijau menyanyi"

type branch struct {
	*Store
	t      *testing.T
	dir    string
	clock  *clock
	events []Event
}

func start(t *testing.T) *branch {
	t.Helper()
	b := &branch{t: t, dir: t.TempDir(), clock: &clock{now: 1_772_427_600}}
	b.open()
	t.Cleanup(func() {
		if err := b.Close(); err != nil {
			t.Error(err)
		}
	})
	return b
}

func (b *branch) open() {
	b.t.Helper()
	s, err := Open(b.dir, Options{
		Now: b.clock.read, Argon: cheap, ContextWords: []string{"Tangerang"},
		OnEvent: func(e Event) { b.events = append(b.events, e) },
	})
	if err != nil {
		b.t.Fatal(err)
	}
	b.Store = s
}

func (b *branch) add(name string, role Role) Account {
	b.t.Helper()
	a, err := b.AddAccount(context.Background(), NewAccount{Name: name, Role: role, Password: NewPassword(good)})
	if err != nil {
		b.t.Fatal(err)
	}
	return a
}

func (b *branch) signIn(name string) string {
	b.t.Helper()
	token, _, err := b.SignIn(context.Background(), Login{Name: name, Password: NewPassword(good), From: "192.0.2.1:5000"})
	if err != nil {
		b.t.Fatal(err)
	}
	return token
}

func TestSignInAndOut(t *testing.T) {
	b := start(t)
	a := b.add("siti.r", Officer)
	token := b.signIn(" SITI.R ")
	who, err := b.Who(token)
	if err != nil || who.ID != a.ID || who.Role != Officer || who.Kind != BySession {
		t.Fatalf("who: %+v %v", who, err)
	}
	if err := b.SignOut(token); err != nil {
		t.Fatal(err)
	}
	if _, err := b.Who(token); !errors.Is(err, ErrNobody) {
		t.Errorf("after signing out: %v", err)
	}
	select {
	case <-who.Ended:
	default:
		t.Error("signing out does not tell open connections")
	}
}
