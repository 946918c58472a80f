package web

import (
	"cmp"
	"strconv"

	"lapak/hall/access"
)

// accountView is an account as managers see it: never its hash.
type accountView access.Account

type accountsView struct {
	Accounts []accountView `json:"accounts"`
}

func getAccounts(c *call) (reply, error) {
	out := accountsView{Accounts: []accountView{}}
	for _, a := range c.s.o.Access.Accounts() {
		out.Accounts = append(out.Accounts, accountView(a))
	}
	return ok(out)
}

type accountForm struct {
	Name     string          `json:"name" need:"true"`
	Display  string          `json:"display"`
	Role     access.Role     `json:"role" need:"true"`
	Password access.Password `json:"password" need:"true"`
}

func addAccount(c *call, b accountForm) (reply, error) {
	a, err := c.s.o.Access.AddAccount(c.context(), access.NewAccount(b))
	if err != nil {
		return reply{}, err
	}
	if err := c.enter(a); err != nil {
		return reply{}, err
	}
	return created(accountView(a))
}

type changeAccountForm struct {
	Display  *string      `json:"display"`
	Role     *access.Role `json:"role"`
	Disabled *bool        `json:"disabled"`
}

func changeAccount(c *call, b changeAccountForm) (reply, error) {
	id, err := c.entryID()
	if err != nil {
		return reply{}, err
	}
	a, err := c.s.o.Access.ChangeAccount(id, access.Change(b))
	if err != nil {
		return reply{}, err
	}
	if err := c.enter(a); err != nil {
		return reply{}, err
	}
	return ok(accountView(a))
}

type passwordForm struct {
	Password access.Password `json:"password" need:"true"`
}

func setPassword(c *call, b passwordForm) (reply, error) {
	id, err := c.entryID()
	if err != nil {
		return reply{}, err
	}
	if err := c.s.o.Access.SetPassword(c.context(), id, b.Password); err != nil {
		return reply{}, err
	}
	return ok(empty{})
}

// entryID reads the id of an account or a device from the address.
func (c *call) entryID() (int, error) {
	id, err := strconv.Atoi(c.param("id"))
	if err != nil || id < 1 {
		return 0, errNotFound
	}
	return id, nil
}

type deviceEntry struct {
	ID      int    `json:"id"`
	Kind    string `json:"kind"`
	Name    string `json:"name"`
	Room    int    `json:"room,omitempty"`
	Seat    int    `json:"seat,omitempty"`
	Created int64  `json:"created"`
	Expires int64  `json:"expires"`
	By      int    `json:"by"`
	Seen    int64  `json:"seen,omitempty"`
}

type devicesView struct {
	Devices []deviceEntry `json:"devices"`
}

func getDevices(c *call) (reply, error) {
	out := devicesView{Devices: []deviceEntry{}}
	for _, d := range c.s.o.Access.Devices() {
		out.Devices = append(out.Devices, deviceEntry{ID: d.ID, Kind: string(d.Kind), Name: d.Name, Room: orZero(d.Room),
			Seat: orZero(d.Seat), Created: d.Created, Expires: d.Expires, By: d.By, Seen: d.Seen})
	}
	return ok(out)
}

type deviceForm struct {
	Kind access.DeviceKind `json:"kind" need:"true"`
	Name string            `json:"name" need:"true"`
	Room int16             `json:"room"`
	Seat int16             `json:"seat"`
}

type offerView struct {
	Code    string `json:"code"`
	Expires int64  `json:"expires"`
	Link    string `json:"link"` // to open on the device itself; the code stays behind the #
}

func offerDevice(c *call, b deviceForm) (reply, error) {
	offer, err := c.s.o.Access.OfferPairing(cmp.Or(c.who.access.ID, demoManager),
		access.DeviceSpec{Kind: b.Kind, Name: b.Name, Room: placeName(b.Room), Seat: placeName(b.Seat)})
	if err != nil {
		return reply{}, err
	}
	return created(offerView{Code: offer.Code, Expires: offer.Expires, Link: "/pair#" + offer.Code})
}

func placeName(n int16) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(int(n))
}

func removeDevice(c *call) (reply, error) {
	id, err := c.entryID()
	if err != nil {
		return reply{}, err
	}
	if err := c.s.o.Access.RevokeDevice(id); err != nil {
		return reply{}, err
	}
	return ok(empty{})
}
