package web

import (
	"cmp"
	"net/http"
	"net/netip"
	"net/url"
	"strconv"
	"strings"

	"lapak/hall/access"
	"lapak/hall/board"
)

// deviceEntry is a paired screen as managers see it.
type deviceEntry struct {
	ID      int    `json:"id"`
	Kind    string `json:"kind"`
	Name    string `json:"name"`
	Room    int    `json:"room,omitempty"`
	Seat    int    `json:"seat,omitempty"`
	Lobby   int    `json:"lobby,omitempty"`
	Part    int    `json:"part,omitempty"`
	Parts   int    `json:"parts,omitempty"`
	Created int64  `json:"created"`
	Expires int64  `json:"expires"`
	By      int    `json:"by"`
	From    string `json:"from"`
	Seen    int64  `json:"seen,omitempty"`
	Muted   bool   `json:"muted,omitempty"` // it is to speak, and its browser waits for a tap first
	Live    bool   `json:"live,omitempty"`  // its feed is open: it is seen now, however long ago it asked for something
}

type devicesView struct {
	Devices []deviceEntry `json:"devices"`
}

func entryOf(d access.Device) deviceEntry {
	return deviceEntry{ID: d.ID, Kind: string(d.Kind), Name: d.Name, Room: orZero(d.Room), Seat: orZero(d.Seat), Lobby: d.Lobby, Part: d.Part,
		Parts: d.Parts, Created: d.Created, Expires: d.Expires, By: d.By, From: d.From, Seen: d.Seen}
}

func getDevices(c *call) (reply, error) {
	out := devicesView{Devices: []deviceEntry{}}
	for _, d := range c.s.o.Access.Devices() {
		one := entryOf(d)
		one.Live = c.s.o.Feed.Connected(d.Credential)
		_, one.Muted = c.s.muted.Load(d.ID)
		out.Devices = append(out.Devices, one)
	}
	return ok(out)
}

type soundForm struct {
	Muted bool `json:"muted" need:"true"`
}

// tellSound keeps what a display says of its sound. It is not written down: a display
// says it again with each connection.
func tellSound(c *call, b soundForm) (reply, error) {
	if id := c.who.access.Device.ID; b.Muted {
		c.s.muted.Store(id, true)
	} else {
		c.s.muted.Delete(id)
	}
	return ok(empty{})
}

// devicePlace is where a device stands and what it is called.
type devicePlace struct {
	Name  string `json:"name" need:"true"`
	Room  int16  `json:"room"`
	Seat  int16  `json:"seat"`
	Lobby int    `json:"lobby"`
	Part  int    `json:"part"`
	Parts int    `json:"parts"`
}

func (p devicePlace) spec(kind access.DeviceKind) access.DeviceSpec {
	return access.DeviceSpec{Kind: kind, Name: p.Name, Room: placeName(p.Room), Seat: placeName(p.Seat), Lobby: p.Lobby, Part: p.Part, Parts: p.Parts}
}

func placeName(n int16) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(int(n))
}

// pairingCookieName holds the secret of a screen that waits.
const pairingCookieName = "lapak-pairing"

type beginForm struct {
	Width  int `json:"width"`
	Height int `json:"height"`
}

type begunView struct {
	Code      string `json:"code"`
	ExpiresIn int64  `json:"expires_in"`
	Interval  int    `json:"interval"`
	Approve   string `json:"approve"` // what a manager opens on a phone, behind this server's address
	// QR is Approve with the address in front; nil where no phone could open it.
	QR *board.QRCode `json:"qr,omitempty"`
}

// pairingCode is the code of the manager's page for a screen: at the address at which
// the screen itself reached this server, which a phone in the same network reaches
// too. A screen on the server's own machine knows only a name that means the phone
// itself there, so it gets none and its code is typed.
func (s *Server) pairingCode(r *http.Request, approve string) *board.QRCode {
	scheme := "http"
	if s.secure(r) {
		scheme = "https"
	}
	at := url.URL{Scheme: scheme, Host: r.Host}
	if ip, err := netip.ParseAddr(at.Hostname()); strings.EqualFold(at.Hostname(), "localhost") || err == nil && ip.IsLoopback() {
		return nil
	}
	return board.NewQR(at.String() + approve)
}

// beginPairing gives a screen a code to show. Its secret goes into a cookie that no
// script reads and no log holds.
func beginPairing(c *call, b beginForm) (reply, error) {
	secret, begun, err := c.s.o.Access.BeginPairing(c.s.clientIP(c.r), b.Width, b.Height)
	if err != nil {
		return reply{}, err
	}
	approve := "/manager#devices/" + begun.Code
	return reply{status: http.StatusCreated,
		body: begunView{Code: begun.Code, ExpiresIn: access.PairingLife, Interval: begun.Interval, Approve: approve,
			QR: c.s.pairingCode(c.r, approve)},
		cookies: []*http.Cookie{c.s.newCookie(c.r, pairingCookieName, secret, access.PairingLife+access.PollEvery)}}, nil
}

type pairingState struct {
	State    access.PairingState `json:"state"`
	Interval int                 `json:"interval"`
}

// pollPairing tells a screen whether it may come in. The states of RFC 8628 come with
// status 200, because a browser's console takes every other one for a fault.
func pollPairing(c *call) (reply, error) {
	secret := c.s.cookie(c.r, pairingCookieName)
	state, interval := c.s.o.Access.PollPairing(secret)
	out := reply{body: pairingState{State: state, Interval: interval}}
	if state == access.PairingApproved {
		out.cookies = []*http.Cookie{c.s.newCookie(c.r, deviceCookieName, secret, access.DeviceLife)}
	}
	return out, nil
}

type waitingView struct {
	From      string `json:"from"`
	Width     int    `json:"width"`
	Height    int    `json:"height"`
	ExpiresIn int64  `json:"expires_in"`
}

// typist names whose wrong codes are counted together.
func (c *call) typist() string { return cmp.Or(c.who.access.Credential, c.scope()) }

func getPairing(c *call) (reply, error) {
	p, err := c.s.o.Access.FindPairing(c.typist(), c.param("code"))
	if err != nil {
		return reply{}, err
	}
	return ok(waitingView{From: p.From, Width: p.Width, Height: p.Height, ExpiresIn: p.Left})
}

func denyPairing(c *call) (reply, error) {
	if err := c.s.o.Access.DenyPairing(c.typist(), c.param("code")); err != nil {
		return reply{}, err
	}
	return ok(empty{})
}

type deviceForm struct {
	Code string            `json:"code" need:"true"`
	Kind access.DeviceKind `json:"kind" need:"true"`
	devicePlace
}

// addDevice approves the screen that shows a code.
func addDevice(c *call, b deviceForm) (reply, error) {
	if err := c.s.knownLobby(b.Lobby); err != nil {
		return reply{}, err
	}
	d, err := c.s.o.Access.ApprovePairing(c.typist(), b.Code, cmp.Or(c.who.access.ID, demoManager), b.spec(b.Kind))
	if err != nil {
		return reply{}, err
	}
	if err := c.s.settleAnnouncers(); err != nil {
		return reply{}, err
	}
	return created(entryOf(d))
}

func moveDevice(c *call, b devicePlace) (reply, error) {
	id, err := c.entryID()
	if err != nil {
		return reply{}, err
	}
	if err := c.s.knownLobby(b.Lobby); err != nil {
		return reply{}, err
	}
	d, err := c.s.o.Access.MoveDevice(id, b.spec(""))
	if err != nil {
		return reply{}, err
	}
	if err := c.s.settleAnnouncers(); err != nil {
		return reply{}, err
	}
	return ok(entryOf(d))
}

func removeDevice(c *call) (reply, error) {
	id, err := c.entryID()
	if err != nil {
		return reply{}, err
	}
	if err := c.s.o.Access.RevokeDevice(id); err != nil {
		return reply{}, err
	}
	c.s.muted.Delete(id)
	if err := c.s.settleAnnouncers(); err != nil {
		return reply{}, err
	}
	return ok(empty{})
}
