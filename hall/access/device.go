package access

import (
	"cmp"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"fmt"
	"math/big"
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	bolt "go.etcd.io/bbolt"
)

// Limits on pairing. A code has about 34 bits: enough for ten minutes and a few
// tries, and short enough to type with a remote control.
const (
	PairingLife   = 10 * 60            // seconds that a code works
	DeviceLife    = 180 * 24 * 60 * 60 // seconds that a device stays paired
	MaxDevices    = 200                // screens of one branch
	maxOffers     = 50                 // codes open at once
	maxDeviceName = 80                 // characters
	triesPerCode  = 5                  // wrong codes from one place while a code lives
	triesPerHour  = 20                 // wrong codes in all, in any hour
	hour          = 60 * 60

	codeLetters = "BCDFGHJKLMNPQRSTVWXZ" // no vowel: no word comes out
	codeLength  = 8
)

var placePattern = regexp.MustCompile(`^[A-Za-z0-9._-]{0,40}$`)

// DeviceKind is what a screen of the branch is for.
type DeviceKind string

// The kinds of devices.
const (
	Display    DeviceKind = "display" // the lobby board
	Booth      DeviceKind = "booth"   // the screen at one seat
	Kiosk      DeviceKind = "kiosk"   // gives out numbers
	DeskDevice DeviceKind = "desk"    // the tablet at the gate
)

// Scope is what a device may do without a person signed in.
type Scope struct {
	Audience string   // whose view it may read
	Acts     []string // what it may ask for; none is read-only
}

// Scope gives what devices of this kind may do. An unknown kind may do nothing.
func (k DeviceKind) Scope() Scope {
	switch k {
	case Display:
		return Scope{Audience: "lobby"}
	case Booth:
		return Scope{Audience: "booth", Acts: []string{"ready", "step"}}
	case Kiosk:
		return Scope{Audience: "public", Acts: []string{"take_number", "print"}}
	case DeskDevice:
		return Scope{Audience: "desk"}
	}
	return Scope{}
}

// May says whether the scope allows an act.
func (s Scope) May(act string) bool { return slices.Contains(s.Acts, act) }

// Device is a paired screen.
type Device struct {
	ID         int        `json:"id"`
	Kind       DeviceKind `json:"kind"`
	Name       string     `json:"name"` // given by the manager: "lobby, left"
	Room       string     `json:"room"` // of a booth, and of a display that shows one room
	Seat       string     `json:"seat"` // of a booth
	Created    int64      `json:"created"`
	Expires    int64      `json:"expires"`
	By         int        `json:"by"`   // account that offered the pairing
	From       string     `json:"from"` // address prefix when paired
	Credential string     `json:"-"`    // as in Actor
	Seen       int64      `json:"-"`    // last request since the program started
}

type deviceRow struct {
	Device
	Hash []byte `json:"hash"`
}

// DeviceSpec is what a manager decides about a device.
type DeviceSpec struct {
	Kind DeviceKind
	Name string
	Room string
	Seat string
}

// Offer is an open pairing.
type Offer struct {
	Code    string // "BCDF-GHJK", for the link or to be typed; shown once
	Expires int64  // Unix seconds
}

// offers are the open pairings. They live in memory only; the codes are kept
// under a key of this process, because 34 bits are few for a plain hash.
type offers struct {
	mu    sync.Mutex
	key   []byte
	open  map[string]offer // by keyed hash
	wrong window           // wrong codes of the last hour
	tries map[string]*window
}

type offer struct {
	spec    DeviceSpec
	by      int
	expires int64
}

func (o *offers) init() {
	o.key = make([]byte, sha256.Size)
	rand.Read(o.key) // never fails: it ends the program instead
	o.open = make(map[string]offer)
	o.tries = make(map[string]*window)
}

func (o *offers) hash(code string) string {
	mac := hmac.New(sha256.New, o.key)
	mac.Write([]byte(code))
	return string(mac.Sum(nil))
}

// OfferPairing makes a code that pairs one device, once, within PairingLife
// seconds. by is the manager's account.
func (s *Store) OfferPairing(by int, spec DeviceSpec) (Offer, error) {
	spec, err := checkSpec(spec)
	if err != nil {
		return Offer{}, err
	}
	now := s.opts.Now()
	s.offers.mu.Lock()
	defer s.offers.mu.Unlock()
	for hash, one := range s.offers.open {
		if now >= one.expires {
			delete(s.offers.open, hash)
		}
	}
	if len(s.offers.open) >= maxOffers {
		return Offer{}, fmt.Errorf("%w: %d pairing codes are open", ErrTooMany, maxOffers)
	}
	code := newCode()
	expires := now + PairingLife
	s.offers.open[s.offers.hash(code)] = offer{spec: spec, by: by, expires: expires}
	s.tell(Event{Kind: DeviceOffered, Account: by, Reason: string(spec.Kind)})
	return Offer{Code: code[:codeLength/2] + "-" + code[codeLength/2:], Expires: expires}, nil
}

// Pair makes the caller a device, if the code fits. The token goes into a cookie
// of that device. Errors: ErrCode, *Throttled.
func (s *Store) Pair(code, from string) (string, Device, error) {
	from = Prefix(from)
	taken, err := s.takeOffer(code, from)
	if err != nil {
		s.tell(Event{Kind: PairingRefused, From: from, Reason: "code"})
		return "", Device{}, err
	}
	now := s.opts.Now()
	token, hash := newToken(devicePrefix)
	row := deviceRow{Hash: hash[:], Device: Device{
		Kind: taken.spec.Kind, Name: taken.spec.Name, Room: taken.spec.Room, Seat: taken.spec.Seat,
		Created: now, Expires: now + DeviceLife, By: taken.by, From: from,
	}}
	s.writing.Lock()
	defer s.writing.Unlock()
	if len(s.Devices()) >= MaxDevices {
		return "", Device{}, fmt.Errorf("%w: %d devices", ErrTooMany, MaxDevices)
	}
	err = s.commit(func(tx *bolt.Tx) (err error) {
		if row.ID, err = nextID(tx, devicesBucket); err != nil {
			return err
		}
		return putJSON(tx, devicesBucket, key(row.ID), row)
	})
	if err != nil {
		return "", Device{}, err
	}
	s.mu.Lock()
	s.devices[row.ID] = &row.Device
	s.addCredential(newDeviceCredential(row))
	row.Device.Credential = credentialID(hash)
	s.mu.Unlock()
	s.tell(Event{Kind: DevicePaired, Device: row.ID, Account: taken.by, From: from, Reason: string(row.Kind)})
	return token, row.Device, nil
}

// takeOffer finds and uses up an offer, within the limits on wrong codes.
func (s *Store) takeOffer(code, from string) (offer, error) {
	now := s.opts.Now()
	o := &s.offers
	o.mu.Lock()
	defer o.mu.Unlock()
	mine := o.tries[from]
	if mine == nil {
		mine = &window{}
	}
	wait := max(mine.wait(now, PairingLife, triesPerCode), o.wrong.wait(now, hour, triesPerHour))
	if wait > 0 {
		return offer{}, &Throttled{After: wait}
	}
	hash := o.hash(foldCode(code))
	found, ok := o.open[hash]
	if ok && now < found.expires {
		delete(o.open, hash)
		return found, nil
	}
	delete(o.open, hash)
	for place, w := range o.tries { // at most triesPerHour places have fresh tries
		if w.trim(now, PairingLife); len(w.at) == 0 {
			delete(o.tries, place)
		}
	}
	mine.add(now, PairingLife)
	o.tries[from] = mine
	o.wrong.add(now, hour)
	return offer{}, ErrCode
}

func newDeviceCredential(d deviceRow) *credential {
	c := &credential{kind: ByDevice, device: d.ID, created: d.Created, expires: d.Expires}
	copy(c.hash[:], d.Hash)
	return c
}

// Devices lists the paired devices by id.
func (s *Store) Devices() []Device {
	now := s.opts.Now()
	s.mu.RLock()
	defer s.mu.RUnlock()
	var all []Device
	for _, c := range s.byHash {
		if c.kind != ByDevice || s.over(c, now) != "" {
			continue
		}
		d := *s.devices[c.device]
		d.Credential, d.Seen = c.id, c.seen.Load()
		all = append(all, d)
	}
	slices.SortFunc(all, func(a, b Device) int { return cmp.Compare(a.ID, b.ID) })
	return all
}

// MoveDevice gives a device another name and place; its kind stays, because its
// rights hang on it. Open connections are told to close and come back.
func (s *Store) MoveDevice(id int, name, room, seat string) (Device, error) {
	s.writing.Lock()
	defer s.writing.Unlock()
	c := s.deviceCredential(id)
	if c == nil {
		return Device{}, ErrUnknown
	}
	s.mu.RLock()
	d := *s.devices[id]
	s.mu.RUnlock()
	spec, err := checkSpec(DeviceSpec{Kind: d.Kind, Name: name, Room: room, Seat: seat})
	if err != nil {
		return Device{}, err
	}
	d.Name, d.Room, d.Seat = spec.Name, spec.Room, spec.Seat
	err = s.commit(func(tx *bolt.Tx) error {
		return putJSON(tx, devicesBucket, key(id), deviceRow{Device: d, Hash: c.hash[:]})
	})
	if err != nil {
		return Device{}, err
	}
	s.mu.Lock()
	s.devices[id] = &d
	close(c.ended)
	c.ended = make(chan struct{})
	s.mu.Unlock()
	s.tell(Event{Kind: DeviceChanged, Device: id})
	d.Credential, d.Seen = c.id, c.seen.Load()
	return d, nil
}

// RevokeDevice ends a device at once.
func (s *Store) RevokeDevice(id int) error {
	s.writing.Lock()
	defer s.writing.Unlock()
	c := s.deviceCredential(id)
	if c == nil {
		return ErrUnknown
	}
	if err := s.endAll([]*credentialEnd{{c, "revoked"}}); err != nil {
		return err
	}
	return s.rewriteIfDirty()
}

func (s *Store) deviceCredential(id int) *credential {
	s.mu.RLock()
	defer s.mu.RUnlock()
	for _, c := range s.byHash {
		if c.kind == ByDevice && c.device == id {
			return c
		}
	}
	return nil
}

func checkSpec(spec DeviceSpec) (DeviceSpec, error) {
	if spec.Kind.Scope().Audience == "" {
		return spec, &FieldError{Field: "kind", Code: "device_kind", Reason: "must be display, booth, kiosk or desk"}
	}
	spec.Name = strings.Join(strings.Fields(spec.Name), " ")
	if spec.Name == "" || utf8.RuneCountInString(spec.Name) > maxDeviceName || !utf8.ValidString(spec.Name) {
		return spec, &FieldError{Field: "name", Code: "device_name", Reason: fmt.Sprintf("1 to %d characters that say where the device stands, such as \"lobby, left\"", maxDeviceName)}
	}
	if !placePattern.MatchString(spec.Room) || !placePattern.MatchString(spec.Seat) {
		return spec, &FieldError{Field: "room", Code: "device_place", Reason: "room and seat are ids as in the room's plan"}
	}
	if spec.Kind == Booth && (spec.Room == "" || spec.Seat == "") {
		return spec, &FieldError{Field: "seat", Code: "device_seat", Reason: "a booth screen belongs to one seat; choose the room and the seat"}
	}
	return spec, nil
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
