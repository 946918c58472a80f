package access

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	bolt "go.etcd.io/bbolt"
)

// Limits on devices.
const (
	DeviceLife    = 180 * 24 * 60 * 60 // seconds that a device stays paired
	MaxDevices    = 200                // screens of one branch
	maxDeviceName = 80                 // characters
	MaxLobby      = 99                 // the highest id of a lobby
	maxParts      = 9                  // displays that share the rows of one lobby
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
	Name       string     `json:"name"`            // given by the manager: "lobby, left"
	Room       string     `json:"room"`            // of a booth
	Seat       string     `json:"seat"`            // of a booth
	Lobby      int        `json:"lobby,omitempty"` // of a display; 0: the branch's only one
	Part       int        `json:"part,omitempty"`  // of a display that shares many rows with others: the first is 1
	Parts      int        `json:"parts,omitempty"` // how many share them; 0 or 1: it shows all
	Created    int64      `json:"created"`
	Expires    int64      `json:"expires"`
	By         int        `json:"by"`   // account that approved the pairing
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
	Kind  DeviceKind
	Name  string
	Room  string
	Seat  string
	Lobby int
	Part  int
	Parts int
}

func (d *Device) place(spec DeviceSpec) {
	d.Name, d.Room, d.Seat, d.Lobby, d.Part, d.Parts = spec.Name, spec.Room, spec.Seat, spec.Lobby, spec.Part, spec.Parts
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
func (s *Store) MoveDevice(id int, spec DeviceSpec) (Device, error) {
	s.writing.Lock()
	defer s.writing.Unlock()
	c := s.deviceCredential(id)
	if c == nil {
		return Device{}, ErrUnknown
	}
	s.mu.RLock()
	d := *s.devices[id]
	s.mu.RUnlock()
	spec.Kind = d.Kind
	spec, err := checkSpec(spec)
	if err != nil {
		return Device{}, err
	}
	d.place(spec)
	err = s.commit(func(tx *bolt.Tx) error {
		return putJSON(tx, devicesBucket, key(id), deviceRow{Device: d, Hash: c.hash[:]})
	})
	if err != nil {
		return Device{}, err
	}
	kept := d // readers have it from now on
	s.mu.Lock()
	s.devices[id] = &kept
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
	if spec.Kind != Display {
		spec.Lobby, spec.Part, spec.Parts = 0, 0, 0
	}
	if spec.Lobby < 0 || spec.Lobby > MaxLobby {
		return spec, &FieldError{Field: "lobby", Code: "device_lobby", Reason: "there is no such lobby; choose one from the list"}
	}
	if spec.Parts < 0 || spec.Parts > maxParts || spec.Part < 0 || spec.Part > spec.Parts || (spec.Parts > 0 && spec.Part == 0) {
		return spec, &FieldError{Field: "part", Code: "device_part", Reason: fmt.Sprintf("a display is the first to the last of at most %d that share the rows", maxParts)}
	}
	return spec, nil
}
