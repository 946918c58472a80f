package access

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
)

// cheap keeps tests fast; TestDefaultCost holds the real values.
var cheap = Params{Time: 1, MemoryKiB: 64, Threads: 1}

// clock is a clock that stands still until it is told otherwise.
type clock struct{ atomic.Int64 }

const noon = int64(1_772_427_600)

const good = "kuda hijau menyanyi"

type branch struct {
	*Store
	t     *testing.T
	dir   string
	clock *clock

	hearing sync.Mutex
	events  []Event
}

func start(t *testing.T) *branch {
	t.Helper()
	b := &branch{t: t, dir: t.TempDir(), clock: &clock{}}
	b.clock.Store(noon)
	b.open(cheap)
	t.Cleanup(func() {
		if err := b.Close(); err != nil {
			t.Error(err)
		}
	})
	return b
}

func (b *branch) open(cost Params) {
	b.t.Helper()
	s, err := Open(b.dir, Options{
		Now: b.clock.Load, Argon: cost, ContextWords: []string{"Tangerang"},
		OnEvent: func(e Event) {
			b.hearing.Lock()
			defer b.hearing.Unlock()
			b.events = append(b.events, e)
		},
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
	who, err := b.Store.Who(token)
	if err != nil || who.ID != a.ID || who.Role != Officer || who.Kind != BySession {
		t.Fatalf("who: %+v %v", who, err)
	}
	if err := b.SignOut(token); err != nil {
		t.Fatal(err)
	}
	if _, err := b.Who(token); !errors.Is(err, ErrNobody) {
		t.Errorf("after signing out: %v", err)
	}
	if !ended(who) {
		t.Error("signing out does not tell open connections")
	}
	if e := b.last(); e.Kind != SignedOut || e.Account != a.ID || e.At != noon {
		t.Errorf("the event is %+v", e)
	}
}

// reopen closes and opens the store again, as a restart does.
func (b *branch) reopen(cost Params) {
	b.t.Helper()
	if err := b.Close(); err != nil {
		b.t.Fatal(err)
	}
	b.open(cost)
}

// try signs in with any password.
func (b *branch) try(name, password, from string) error {
	_, _, err := b.SignIn(context.Background(), Login{Name: name, Password: NewPassword(password), From: from})
	return err
}

func (b *branch) last() Event {
	b.hearing.Lock()
	defer b.hearing.Unlock()
	if len(b.events) == 0 {
		return Event{}
	}
	return b.events[len(b.events)-1]
}

// bytes gives the content of every file.
func (b *branch) bytes() string {
	b.t.Helper()
	entries, err := os.ReadDir(b.dir)
	if err != nil {
		b.t.Fatal(err)
	}
	var all strings.Builder
	for _, entry := range entries {
		raw, err := os.ReadFile(filepath.Join(b.dir, entry.Name()))
		if err != nil {
			b.t.Fatal(err)
		}
		all.Write(raw)
	}
	return all.String()
}

func wantField(t *testing.T, err error, field, code string) {
	t.Helper()
	var wrong *FieldError
	if !errors.As(err, &wrong) || wrong.Field != field || wrong.Code != code {
		t.Errorf("got %v, want %s of %s", err, code, field)
	}
}

func wantThrottled(t *testing.T, err error, after int64) {
	t.Helper()
	var slow *Throttled
	if !errors.As(err, &slow) || slow.After != after {
		t.Errorf("got %v, want a pause of %d s", err, after)
	}
}

func ended(a Actor) bool {
	select {
	case <-a.Ended:
		return true
	default:
		return false
	}
}

func (b *branch) who(token string) Actor {
	b.t.Helper()
	a, err := b.Who(token)
	if err != nil {
		b.t.Fatal(err)
	}
	return a
}

func (b *branch) gone(what, token string) {
	b.t.Helper()
	if _, err := b.Who(token); !errors.Is(err, ErrNobody) {
		b.t.Errorf("%s: the token still works: %v", what, err)
	}
}
