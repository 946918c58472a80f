package access

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	_ "embed"
	"encoding/base64"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/crypto/argon2"
)

// Password limits: length is what resists guessing, so nothing else is asked.
const (
	MinPassword = 12  // characters
	MaxPassword = 128 // characters; more would only be work for an attacker to send

	// freshPassword is how many characters must remain when everything that an
	// attacker tries first (branch, name, programme) is taken out.
	freshPassword = 8
	// shortCycle is the longest unit whose repetition makes a password trivial.
	shortCycle = 4
)

const (
	saltBytes = 16
	hashBytes = 32

	// hashesAtOnce and hashesWaiting bound the memory of sign-ins: each hash takes
	// 64 MiB, and a crowd of them would take the whole office PC.
	hashesAtOnce  = 2
	hashesWaiting = 8

	// A hash read from the file may not ask for more than this.
	maxMemoryKiB = 1 << 20
	maxTime      = 16
)

// mark is what a Password shows instead of itself.
const mark = "[tersembunyi]"

// Password is a typed password. Like every secret it prints as a mark; the
// pointer keeps fmt from reading it through an unexported field.
type Password struct{ value *string }

// NewPassword wraps what was typed.
func NewPassword(plain string) Password { return Password{value: &plain} }

func (p Password) plain() string {
	if p.value == nil {
		return ""
	}
	return *p.value
}

// String gives the mark.
func (p Password) String() string { return mark }

// Format answers every verb of fmt with the mark.
func (p Password) Format(f fmt.State, _ rune) {
	_, _ = f.Write([]byte(mark)) // a formatter has nowhere to report a failed write
}

// LogValue gives slog the mark.
func (p Password) LogValue() slog.Value { return slog.StringValue(mark) }

// MarshalText gives encoders the mark.
func (p Password) MarshalText() ([]byte, error) { return []byte(mark), nil }

// UnmarshalText takes a password from a request body.
func (p *Password) UnmarshalText(text []byte) error {
	*p = NewPassword(string(text))
	return nil
}

// Params are the cost of one argon2id hash.
type Params struct {
	Time      uint32 // passes
	MemoryKiB uint32
	Threads   uint8
}

// DefaultParams takes about 0.13 s and 64 MiB on an office PC.
var DefaultParams = Params{Time: 3, MemoryKiB: 64 << 10, Threads: 2}

// hasher makes and checks hashes, a few at a time.
type hasher struct {
	params  Params
	line    chan struct{} // those who run or wait
	running chan struct{}
	decoy   func() string // a hash of nothing, checked for accounts that do not exist
}

func newHasher(p Params) *hasher {
	return &hasher{
		params:  p,
		line:    make(chan struct{}, hashesAtOnce+hashesWaiting),
		running: make(chan struct{}, hashesAtOnce),
		decoy:   sync.OnceValue(func() string { return phc(p, rand.Text()) }),
	}
}

// enter waits for a place; leave gives it back. A full line is ErrBusy at once.
func (h *hasher) enter(ctx context.Context) (leave func(), err error) {
	select {
	case h.line <- struct{}{}:
	default:
		return nil, ErrBusy
	}
	select {
	case h.running <- struct{}{}:
		return func() { <-h.running; <-h.line }, nil
	case <-ctx.Done():
		<-h.line
		return nil, ctx.Err()
	}
}

// make hashes a password into a PHC string.
func (h *hasher) make(ctx context.Context, p Password) (string, error) {
	leave, err := h.enter(ctx)
	if err != nil {
		return "", err
	}
	defer leave()
	return phc(h.params, p.plain()), nil
}

// check says whether the password fits; renewed is a new hash when the stored one
// was made at another cost. An empty stored hash costs the same time and fits
// nothing.
func (h *hasher) check(ctx context.Context, stored string, p Password) (ok bool, renewed string, err error) {
	leave, err := h.enter(ctx)
	if err != nil {
		return false, "", err
	}
	defer leave()
	known := stored != ""
	if !known {
		stored = h.decoy()
	}
	params, salt, want, err := parsePHC(stored)
	if err != nil {
		return false, "", err
	}
	got := argon2.IDKey([]byte(p.plain()), salt, params.Time, params.MemoryKiB, params.Threads, uint32(len(want)))
	if subtle.ConstantTimeCompare(got, want) != 1 || !known {
		return false, "", nil
	}
	if params != h.params || len(want) != hashBytes {
		renewed = phc(h.params, p.plain())
	}
	return true, renewed, nil
}

func phc(p Params, plain string) string {
	salt := make([]byte, saltBytes)
	rand.Read(salt) // never fails: it ends the program instead
	sum := argon2.IDKey([]byte(plain), salt, p.Time, p.MemoryKiB, p.Threads, hashBytes)
	b64 := base64.RawStdEncoding
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s",
		argon2.Version, p.MemoryKiB, p.Time, p.Threads, b64.EncodeToString(salt), b64.EncodeToString(sum))
}

func parsePHC(s string) (p Params, salt, sum []byte, err error) {
	wrong := fmt.Errorf("%w: a password hash has the wrong form", ErrDamaged)
	parts := strings.Split(s, "$")
	if len(parts) != 6 || parts[0] != "" || parts[1] != "argon2id" || parts[2] != fmt.Sprintf("v=%d", argon2.Version) {
		return p, nil, nil, wrong
	}
	if n, err := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &p.MemoryKiB, &p.Time, &p.Threads); n != 3 || err != nil {
		return p, nil, nil, wrong
	}
	if p.Time < 1 || p.Time > maxTime || p.Threads < 1 || p.MemoryKiB < 8*uint32(p.Threads) || p.MemoryKiB > maxMemoryKiB {
		return p, nil, nil, wrong
	}
	b64 := base64.RawStdEncoding.Strict()
	if salt, err = b64.DecodeString(parts[4]); err != nil || len(salt) < 8 {
		return p, nil, nil, wrong
	}
	if sum, err = b64.DecodeString(parts[5]); err != nil || len(sum) < 16 || len(sum) > 64 {
		return p, nil, nil, wrong
	}
	return p, salt, sum, nil
}

//go:embed commonest.txt
var commonestLines string

var commonest = sync.OnceValue(func() map[string]bool {
	list := make(map[string]bool)
	for line := range strings.Lines(commonestLines) {
		if line = strings.TrimSpace(line); line != "" && line[0] != '#' {
			list[line] = true
		}
	}
	return list
})

// houseWords are what everybody here would think of first.
var houseWords = []string{"bpjs", "jamsostek", "ketenagakerjaan", "lapak", "asik", "kantor", "cabang", "klaim", "petugas", "password", "sandi", "rahasia", "admin", "manager"}

// checkPassword refuses what is short, endless, or among the first guesses.
// words are the names that belong to this account and branch.
func checkPassword(p Password, words []string) error {
	refuse := func(code, reason string) error {
		return &FieldError{Field: "password", Code: code, Reason: reason}
	}
	plain := p.plain()
	length := utf8.RuneCountInString(plain)
	switch {
	case !utf8.ValidString(plain) || strings.ContainsFunc(plain, unicode.IsControl):
		return refuse("password_characters", "the password holds characters that cannot be typed again; use letters, digits, signs and spaces")
	case length < MinPassword:
		return refuse("password_short", fmt.Sprintf("at least %d characters; three or four unrelated words are easy to remember", MinPassword))
	case length > MaxPassword:
		return refuse("password_long", fmt.Sprintf("at most %d characters; shorten it", MaxPassword))
	}
	folded := strings.ToLower(plain)
	if commonest()[folded] || repeats(folded) || runs(folded) {
		return refuse("password_common", "this is one of the first passwords that anybody would try; take three or four words that have nothing to do with one another")
	}
	rest := folded
	for _, word := range append(words, houseWords...) {
		// A name of one or two letters would cut good passwords to pieces.
		if word = strings.ToLower(word); utf8.RuneCountInString(word) >= 3 {
			rest = strings.ReplaceAll(rest, word, "")
		}
	}
	if rest != folded && utf8.RuneCountInString(rest) < freshPassword {
		return refuse("password_context", "too much of it is a name of this office or of yourself, which is tried first; add words that have nothing to do with work")
	}
	return nil
}

// repeats says whether s is a short unit said over and over.
func repeats(s string) bool {
	r := []rune(s)
	for unit := 1; unit <= shortCycle; unit++ {
		same := true
		for i := unit; i < len(r) && same; i++ {
			same = r[i] == r[i-unit]
		}
		if same {
			return true
		}
	}
	return false
}

// runs says whether s goes up or down by one throughout, as 123456789012 does.
func runs(s string) bool {
	up, down := true, true
	for i := 1; i < len(s); i++ {
		up = up && (s[i] == s[i-1]+1 || s[i-1] == '9' && s[i] == '0')
		down = down && (s[i] == s[i-1]-1 || s[i-1] == '0' && s[i] == '9')
	}
	return up || down
}
