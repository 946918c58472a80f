package people

import (
	"fmt"
	"log/slog"
)

// mark is what a Secret shows to everything but Plain.
const mark = "[tersembunyi]"

// Secret is a personal value that never shows itself: every verb of fmt, slog
// and the encoders print a fixed mark. Plain is the one way to read it, so that
// a search for Plain finds every place where a name leaves the vault.
//
// The value sits behind a pointer on purpose. fmt ignores the methods of
// unexported fields, and would print a string there; of a nested pointer it
// prints an address.
type Secret struct{ value *string }

// NewSecret wraps a plain value. An empty value gives the zero Secret.
func NewSecret(plain string) Secret {
	if plain == "" {
		return Secret{}
	}
	return Secret{value: &plain}
}

// Plain gives the value itself. The caller answers for where it goes.
func (s Secret) Plain() string {
	if s.value == nil {
		return ""
	}
	return *s.value
}

// Empty says whether there is no value.
func (s Secret) Empty() bool { return s.value == nil || *s.value == "" }

// String gives the mark, or nothing when there is nothing to hide.
func (s Secret) String() string {
	if s.Empty() {
		return ""
	}
	return mark
}

// Format answers every verb of fmt, %#v included, with the mark.
func (s Secret) Format(f fmt.State, _ rune) {
	// A formatter has nowhere to report a failed write: fmt itself ignores it.
	_, _ = f.Write([]byte(s.String()))
}

// LogValue gives slog the mark.
func (s Secret) LogValue() slog.Value { return slog.StringValue(s.String()) }

// MarshalText gives encoders the mark. A screen that may show the value copies
// Plain into its own wire type.
func (s Secret) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText takes the value from a request body.
func (s *Secret) UnmarshalText(text []byte) error {
	*s = NewSecret(string(text))
	return nil
}
