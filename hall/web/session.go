package web

import (
	"fmt"
	"net/http"
	"strconv"

	"lapak/hall/access"
	"lapak/hall/people"
	"lapak/scheduler"
)

// deviceView is the place that a device was paired for.
type deviceView struct {
	Kind  string `json:"kind"`
	Room  int    `json:"room,omitempty"`
	Seat  int    `json:"seat,omitempty"`
	Lobby int    `json:"lobby,omitempty"`
	Part  int    `json:"part,omitempty"`
	Parts int    `json:"parts,omitempty"`
}

// sessionView is who the caller is, and what a page must know at its start.
type sessionView struct {
	Kind     string      `json:"kind"` // session, token, device, demo or none
	ID       int         `json:"id"`   // of the account, the device, or the demo's officer
	Name     string      `json:"name"`
	Display  string      `json:"display"`
	Role     string      `json:"role"`
	Device   *deviceView `json:"device,omitempty"`
	Demo     bool        `json:"demo"`
	Insecure bool        `json:"insecure"` // plain HTTP beyond this machine, on purpose
	Setup    bool        `json:"setup"`    // no manager exists yet
	Epoch    string      `json:"epoch"`
	Build    string      `json:"build"`
	Public   *bool       `json:"public,omitempty"` // for a manager: visitors can be given a link, see --public-url
}

func getSession(c *call) (reply, error) { return ok(c.s.session(c.who)) }

func (s *Server) session(who caller) sessionView {
	v := sessionView{Kind: "none", Demo: s.o.Demo != nil, Insecure: s.o.InsecureLAN, Epoch: s.o.Branch.Epoch(), Build: s.o.UI.Build(),
		Setup: s.o.Demo == nil && !s.o.Access.HaveManager()}
	switch {
	case who.standing == demo:
		v.Kind, v.ID, v.Role = "demo", who.access.ID, "manager"
		if v.ID != 0 {
			v.Role = "officer"
		}
	case who.standing&device != 0:
		d := who.access.Device
		v.Kind, v.ID, v.Name, v.Display = "device", d.ID, d.Name, d.Name
		v.Device = &deviceView{Kind: string(d.Kind), Room: orZero(d.Room), Seat: orZero(d.Seat), Lobby: d.Lobby, Part: d.Part, Parts: d.Parts}
	case who.standing != nobody:
		v.Kind, v.ID, v.Name, v.Display, v.Role = "session", who.access.ID, who.access.Name, who.access.Display, string(who.access.Role)
		if who.access.Kind != access.BySession {
			v.Kind = "token"
		}
	}
	if v.Role == string(access.Manager) {
		linked := s.public != nil
		v.Public = &linked
	}
	return v
}

func orZero(number string) int {
	n, err := strconv.Atoi(number)
	if err != nil {
		return 0
	}
	return n
}

type signInForm struct {
	Name     string          `json:"name" need:"true"`
	Password access.Password `json:"password" need:"true"`
}

func signIn(c *call, b signInForm) (reply, error) {
	token, _, err := c.s.o.Access.SignIn(c.context(), access.Login{Name: b.Name, Password: b.Password,
		From: c.s.clientIP(c.r), Agent: c.r.UserAgent()})
	if err != nil {
		return reply{}, err
	}
	if old := c.s.cookie(c.r, cookieName); old != "" {
		if err := c.s.o.Access.SignOut(old); err != nil { // one browser, one session
			return reply{}, err
		}
	}
	a, err := c.s.o.Access.Who(token)
	if err != nil {
		return reply{}, err
	}
	return reply{body: c.s.session(known(a, token, false)),
		cookies: []*http.Cookie{c.s.newCookie(c.r, cookieName, token, access.SessionLife)}}, nil
}

func signOut(c *call) (reply, error) {
	if err := c.s.o.Access.SignOut(c.s.cookie(c.r, cookieName)); err != nil {
		return reply{}, err
	}
	return reply{body: c.s.session(c.s.unknown(c.r)), header: http.Header{"Clear-Site-Data": {`"cache"`}},
		cookies: []*http.Cookie{c.s.newCookie(c.r, cookieName, "", 0)}}, nil
}

type setUpForm struct {
	Token    people.Secret   `json:"token" need:"true"`
	Name     string          `json:"name" need:"true"`
	Display  string          `json:"display"`
	Password access.Password `json:"password" need:"true"`
}

// setUp adds the first manager, who is an officer on the floor as well.
func setUp(c *call, b setUpForm) (reply, error) {
	a, err := c.s.o.Access.SetUp(c.context(), b.Token.Plain(), access.NewAccount{Name: b.Name, Display: b.Display, Password: b.Password})
	if err != nil {
		return reply{}, err
	}
	if err := c.enter(a); err != nil {
		return reply{}, err
	}
	return created(accountView(a))
}

// enter puts an account that serves visitors on the floor, under its own id.
func (c *call) enter(a access.Account) error {
	serves := a.Role == access.Officer || a.Role == access.Manager
	id := scheduler.OfficerID(a.ID)
	if !serves || c.state().Officer(id) != nil {
		return nil
	}
	by := c.who.actor
	if c.who.standing == nobody { // the first manager, by the set-up link
		by = scheduler.Actor{Role: scheduler.ByManager, ID: int64(a.ID)}
	}
	_, err := c.submitAs(by, fmt.Sprintf("%s:%d", c.commandID, a.ID), scheduler.SetOfficer{ID: id})
	if err != nil {
		return fmt.Errorf("the account was added, but not yet as an officer; open the officers' page and enter it there: %w", err)
	}
	return nil
}
