package access

import (
	"errors"
	"fmt"
	"strings"
	"testing"
)

func TestAnAccountPausesAfterFiveFailures(t *testing.T) {
	b := start(t)
	b.add("siti", Officer)
	// A name that nobody has must answer just the same.
	for _, name := range []string{"siti", "tidak-ada"} {
		from := 0
		fail := func() error {
			from++ // always from somewhere else: this is about the account
			return b.try(name, "salah sama sekali", fmt.Sprintf("2001:db8:0:%x::1", from))
		}
		for range failsFree {
			if err := fail(); !errors.Is(err, ErrWrong) {
				t.Fatalf("%s: %v", name, err)
			}
		}
		for _, pause := range []int64{60, 120, 240, 480, 900, 900} {
			wantThrottled(t, fail(), pause)
			b.clock.Add(pause - 1)
			wantThrottled(t, b.try(name, good, "198.51.100.1"), 1)
			b.clock.Add(1)
			if err := fail(); !errors.Is(err, ErrWrong) {
				t.Fatalf("%s after the pause: %v", name, err)
			}
		}
		b.clock.Add(pauseMost)
	}
	b.signIn("siti")
	for range failsFree - 1 {
		if err := b.try("siti", "salah sama sekali", "192.0.2.7"); !errors.Is(err, ErrWrong) {
			t.Fatalf("signing in forgets the failures: %v", err)
		}
	}
	b.signIn("siti")
}

func TestAPrefixPausesAfterTwentyFailures(t *testing.T) {
	b := start(t)
	b.add("siti", Officer)
	for i := range perPrefix {
		if err := b.try(fmt.Sprintf("nama%d", i), "salah sama sekali", fmt.Sprintf("[2001:db8::%x]:443", i)); !errors.Is(err, ErrWrong) {
			t.Fatal(err)
		}
	}
	b.clock.Add(20)
	wantThrottled(t, b.try("siti", good, "2001:db8::ffff"), attemptSpan-20)
	if err := b.try("siti", good, "2001:db8:1::1"); err != nil {
		t.Errorf("another prefix gets %v", err)
	}
	if e := b.last(); e.From != "2001:db8:1::/64" {
		t.Errorf("the event names %q", e.From)
	}
	b.clock.Add(40)
	if err := b.try("siti", good, "2001:db8::ffff"); err != nil {
		t.Errorf("a minute later: %v", err)
	}
}

func TestTheServerPausesAfterTwoHundredFailures(t *testing.T) {
	b := start(t)
	b.add("siti", Officer)
	for i := range perServer {
		if err := b.try(fmt.Sprintf("nama%d", i), "salah sama sekali", fmt.Sprintf("192.0.2.%d", i)); !errors.Is(err, ErrWrong) {
			t.Fatal(err)
		}
	}
	wantThrottled(t, b.try("siti", good, "198.51.100.1"), attemptSpan)
	b.clock.Add(attemptSpan)
	b.signIn("siti")
}

func TestThrottleForgets(t *testing.T) {
	slow := newThrottle()
	for i := range throttleMax + 100 {
		slow.fail(fmt.Sprint(i), fmt.Sprint(i), noon+int64(i)*attemptSpan)
	}
	if len(slow.names) > throttleMax || len(slow.prefixes) > throttleMax+1 || len(slow.all.at) != 1 {
		t.Errorf("remembered: %d names, %d prefixes, %d attempts", len(slow.names), len(slow.prefixes), len(slow.all.at))
	}
	for range failsFree {
		slow.fail("siti", "p", noon)
	}
	if err := slow.wait("siti", "q", noon-3600); err != nil {
		t.Errorf("a clock that went back locks somebody out: %v", err)
	}
	slow.fail("siti", "p", noon+failsForgotten)
	if f := slow.names["siti"]; f.count != 1 {
		t.Errorf("a day later %d failures are remembered", f.count)
	}
}

func TestPrefix(t *testing.T) {
	tests := []struct{ address, want string }{
		{"192.0.2.7", "192.0.2.7"},
		{"192.0.2.7:8080", "192.0.2.7"},
		{"::ffff:192.0.2.7", "192.0.2.7"},
		{"2001:db8:1:2:3::4", "2001:db8:1:2::/64"},
		{"[2001:db8:1:2:3::4]:80", "2001:db8:1:2::/64"},
		{"fe80::1%eth0", "fe80::/64"},
		{"", ""},
		{"pipe", "pipe"},
		{strings.Repeat("x", 100), strings.Repeat("x", 64)},
	}
	for _, test := range tests {
		if got := Prefix(test.address); got != test.want {
			t.Errorf("%q gives %q, want %q", test.address, got, test.want)
		}
	}
}
