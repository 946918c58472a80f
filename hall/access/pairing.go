package access

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"fmt"
	"math/big"
	"strings"
	"sync"

	bolt "go.etcd.io/bbolt"
)

// Pairing has the shape of RFC 8628: the screen begins and shows a code, the manager
// types it and says what the screen becomes, the screen asks meanwhile whether it may
// come in. Its secret of 256 bits never leaves it; the code, with about 34 bits, is
// enough for ten minutes and a few tries, and short enough to read across a room.
const (
	PairingLife  = 10 * 60 // seconds that a code works
	PollEvery    = 5       // seconds between two questions of a screen
	maxPairings  = 50      // codes open at once
	maxFromPlace = 8       // of these from one address: the others are not crowded out
	maxSide      = 20_000  // pixels of a screen's side; what a screen says of itself is only shown

	triesPerSession = 5  // wrong codes of one manager's session while a code lives
	triesPerHour    = 20 // wrong codes in all, in any hour
	hour            = 60 * 60

	codeLetters = "BCDFGHJKLMNPQRSTVWXZ" // no vowel: no word comes out
	codeLength  = 8
)

// PairingState is what a waiting screen is told.
type PairingState string

// The states of a pairing, as RFC 8628 has them.
const (
	PairingPending  PairingState = "pending"
	PairingSlowDown PairingState = "slow_down" // pending, but asked too often
	PairingApproved PairingState = "approved"
	PairingDenied   PairingState = "denied"
	PairingExpired  PairingState = "expired"
)

// Begun is what the screen needs to show and to ask.
type Begun struct {
	Code     string // "BCDF-GHJK"
	Expires  int64  // Unix seconds
	Interval int    // seconds between two questions
}

// Pairing is a screen that waits, as the manager sees it.
type Pairing struct {
	From    string // address as Prefix gives it
	Width   int    // pixels, as the screen says
	Height  int
	Began   int64
	Expires int64
	Left    int64 // seconds that its code still works
}

// pairings are the screens that wait. They live in memory only; codes are kept under
// a key of this process, because 34 bits are few for a plain hash.
type pairings struct {
	mu    sync.Mutex
	key   []byte
	open  map[tokenHash]*pairing
	wrong window // wrong codes of the last hour
	tries map[string]*window
}

type pairing struct {
	Pairing
	code     string // keyed hash; empty once it was used
	state    PairingState
	asked    int64
	interval int
}

func (p *pairings) init() {
	p.key = make([]byte, sha256.Size)
	rand.Read(p.key) // never fails: it ends the program instead
	p.open = make(map[tokenHash]*pairing)
	p.tries = make(map[string]*window)
}

func (p *pairings) hash(code string) string {
	mac := hmac.New(sha256.New, p.key)
	mac.Write([]byte(code))
	return string(mac.Sum(nil))
}

// BeginPairing lets a screen wait for a manager. The secret goes into a cookie of that
// screen; it becomes the device's token when the manager approves.
func (s *Store) BeginPairing(from string, width, height int) (string, Begun, error) {
	now, from := s.opts.Now(), Prefix(from)
	p := &s.pairs
	p.mu.Lock()
	defer p.mu.Unlock()
	here := 0
	for hash, one := range p.open {
		if now >= one.Expires {
			delete(p.open, hash)
		} else if one.From == from {
			here++
		}
	}
	if len(p.open) >= maxPairings || here >= maxFromPlace {
		return "", Begun{}, fmt.Errorf("%w: %d screens wait to be paired, %d of them at this address", ErrTooMany, len(p.open), here)
	}
	secret, hash := newToken(devicePrefix)
	code := newCode()
	one := &pairing{code: p.hash(code), state: PairingPending, asked: now, interval: PollEvery,
		Pairing: Pairing{From: from, Width: side(width), Height: side(height), Began: now, Expires: now + PairingLife}}
	p.open[hash] = one
	s.tell(Event{Kind: PairingBegun, From: from})
	return secret, Begun{Code: code[:codeLength/2] + "-" + code[codeLength/2:], Expires: one.Expires, Interval: one.interval}, nil
}

func side(pixels int) int { return min(max(pixels, 0), maxSide) }

// PollPairing tells a screen what has become of it, and how many seconds it waits
// before it asks again. A lost answer does no harm: the next one says the same.
func (s *Store) PollPairing(secret string) (PairingState, int) {
	if a, err := s.Peek(secret); err == nil && a.Kind == ByDevice {
		return PairingApproved, PollEvery
	}
	now := s.opts.Now()
	p := &s.pairs
	p.mu.Lock()
	defer p.mu.Unlock()
	one := p.open[sha256.Sum256([]byte(secret))]
	switch {
	case one == nil || now >= one.Expires || one.state == PairingApproved: // approved and ended again
		return PairingExpired, PollEvery
	case one.state == PairingDenied:
		return PairingDenied, one.interval
	}
	// Clocks count whole seconds, so four of them may be five.
	early := now-one.asked < int64(one.interval)-1 && one.asked != one.Began
	one.asked = now
	if early {
		one.interval += PollEvery // as RFC 8628 asks
		return PairingSlowDown, one.interval
	}
	return PairingPending, one.interval
}

// FindPairing shows a manager the screen that shows a code. session names who types,
// for the limits on wrong codes. Errors: ErrCode, *Throttled.
func (s *Store) FindPairing(session, code string) (Pairing, error) {
	s.pairs.mu.Lock()
	defer s.pairs.mu.Unlock()
	_, one, err := s.findPairing(session, code)
	if err != nil {
		return Pairing{}, err
	}
	seen := one.Pairing
	seen.Left = one.Expires - s.opts.Now()
	return seen, nil
}

// DenyPairing sends a screen away. Errors: ErrCode, *Throttled.
func (s *Store) DenyPairing(session, code string) error {
	s.pairs.mu.Lock()
	defer s.pairs.mu.Unlock()
	_, one, err := s.findPairing(session, code)
	if err != nil {
		return err
	}
	one.code, one.state = "", PairingDenied
	return nil
}

// ApprovePairing makes the screen that shows the code a device. by is the manager's
// account. A refused name or place does not use the code up. Errors: *FieldError,
// ErrCode, *Throttled.
func (s *Store) ApprovePairing(session, code string, by int, spec DeviceSpec) (Device, error) {
	spec, err := checkSpec(spec)
	if err != nil {
		return Device{}, err
	}
	s.writing.Lock()
	defer s.writing.Unlock()
	if len(s.Devices()) >= MaxDevices {
		return Device{}, fmt.Errorf("%w: %d devices", ErrTooMany, MaxDevices)
	}
	// Whoever approves holds writing, so that one code makes one device although the
	// commit does not hold up the screens that ask.
	s.pairs.mu.Lock()
	hash, one, err := s.findPairing(session, code)
	s.pairs.mu.Unlock()
	if err != nil {
		return Device{}, err
	}
	now := s.opts.Now()
	row := deviceRow{Hash: hash[:], Device: Device{Kind: spec.Kind, Created: now, Expires: now + DeviceLife, By: by, From: one.From}}
	row.place(spec)
	err = s.commit(func(tx *bolt.Tx) (err error) {
		if row.ID, err = nextID(tx, devicesBucket); err != nil {
			return err
		}
		return putJSON(tx, devicesBucket, key(row.ID), row)
	})
	if err != nil {
		return Device{}, err
	}
	s.mu.Lock()
	s.devices[row.ID] = &row.Device
	s.addCredential(newDeviceCredential(row))
	d := row.Device
	s.mu.Unlock()
	d.Credential = credentialID(hash)
	s.pairs.mu.Lock()
	one.code, one.state = "", PairingApproved
	s.pairs.mu.Unlock()
	s.tell(Event{Kind: DevicePaired, Device: row.ID, Account: by, From: one.From, Reason: string(row.Kind)})
	return d, nil
}

// findPairing finds the screen of a code within the limits on wrong ones. The caller
// holds pairs.mu.
func (s *Store) findPairing(session, code string) (tokenHash, *pairing, error) {
	now, p := s.opts.Now(), &s.pairs
	mine := p.tries[session]
	if mine == nil {
		mine = &window{}
	}
	if wait := max(mine.wait(now, PairingLife, triesPerSession), p.wrong.wait(now, hour, triesPerHour)); wait > 0 {
		s.tell(Event{Kind: PairingRefused, Reason: "throttled"})
		return tokenHash{}, nil, &Throttled{After: wait}
	}
	typed := p.hash(foldCode(code))
	for hash, one := range p.open {
		if one.code != "" && hmac.Equal([]byte(one.code), []byte(typed)) && now < one.Expires {
			return hash, one, nil
		}
	}
	for who, w := range p.tries { // at most triesPerHour sessions have fresh tries
		if w.trim(now, PairingLife); len(w.at) == 0 {
			delete(p.tries, who)
		}
	}
	mine.add(now, PairingLife)
	p.tries[session] = mine
	p.wrong.add(now, hour)
	s.tell(Event{Kind: PairingRefused, Reason: "code"})
	return tokenHash{}, nil, ErrCode
}

// newCode draws letters without favouring any.
func newCode() string {
	code := make([]byte, codeLength)
	most := big.NewInt(int64(len(codeLetters)))
	for i := range code {
		n, err := rand.Int(rand.Reader, most)
		if err != nil {
			panic(err) // the reader never fails: it ends the program instead
		}
		code[i] = codeLetters[n.Int64()]
	}
	return string(code)
}

// foldCode drops the dash and what else people type.
func foldCode(typed string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'A' && r <= 'Z' {
			return r
		}
		return -1
	}, strings.ToUpper(cut(typed, 64)))
}
