package web

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"lapak/hall/access"
	"lapak/scheduler"
)

// standing is what somebody is to the branch; a route allows a set of them.
type standing uint16

// Everybody has exactly one of these.
const (
	nobody standing = 1 << iota // not signed in
	manager
	officer
	desk
	observer
	display // devices from here on
	booth
	kiosk
	deskDevice
	demo // whoever looks at a demo, where nothing is real
)

const (
	staff    = manager | officer | desk
	signedIn = staff | observer
	device   = display | booth | kiosk | deskDevice
	anybody  = nobody | signedIn | device | demo
)

var standingNames = []string{"nobody", "manager", "officer", "desk", "observer", "display", "booth", "kiosk", "desk device", "demo"}

func (s standing) String() string {
	var list []string
	for i, name := range standingNames {
		if s&(1<<i) != 0 {
			list = append(list, name)
		}
	}
	return strings.Join(list, "|")
}

// caller is who asks.
type caller struct {
	standing standing
	access   access.Actor // zero for nobody and in a demo without a sign-in
	actor    scheduler.Actor
	token    string // the credential itself, to look at it again or to end it
	bearer   bool   // it came in a header, which no browser adds by itself
}

// label names the caller in the log, by kind and id only.
func (c caller) label() string {
	switch {
	case c.standing == nobody:
		return "nobody"
	case c.standing&device != 0:
		return fmt.Sprintf("device:%d", c.access.Device.ID)
	case c.standing == demo:
		return "demo"
	}
	return fmt.Sprintf("%s:%d", c.standing, c.access.ID)
}

const (
	cookieName       = "lapak"
	deviceCookieName = "lapak-device"
	demoCookieName   = "lapak-demo-officer"
	hostPrefix       = "__Host-" // browsers then hold the cookie to this host, https and path /
)

// identify finds out who asks. A credential that does not hold any more counts as
// none. touch says that the request is a person's act and not a screen's, so that
// it keeps a session from ending idle.
func (s *Server) identify(r *http.Request, touch bool) caller {
	look := s.o.Access.Peek
	if touch {
		look = s.o.Access.Who
	}
	if h := r.Header.Get("Authorization"); h != "" {
		scheme, token, _ := strings.Cut(h, " ")
		if !strings.EqualFold(scheme, "Bearer") {
			return s.unknown(r)
		}
		token = strings.TrimSpace(token)
		if a, err := look(token); err == nil {
			return known(a, token, true)
		}
		return caller{standing: nobody} // a wrong token is never a demo's visitor
	}
	for _, name := range []string{cookieName, deviceCookieName} {
		if token := s.cookie(r, name); token != "" {
			if a, err := look(token); err == nil {
				return known(a, token, false)
			}
		}
	}
	return s.unknown(r)
}

// unknown is somebody without a credential: nobody, or in a demo anybody.
func (s *Server) unknown(r *http.Request) caller {
	if s.o.Demo == nil {
		return caller{standing: nobody}
	}
	c := caller{standing: demo, actor: scheduler.Actor{Role: scheduler.ByManager, ID: demoManager}}
	id, err := strconv.Atoi(s.cookie(r, demoCookieName))
	if err == nil && s.o.Branch.State().Officer(scheduler.OfficerID(id)) != nil {
		c.access.ID = id
	}
	return c
}

// demoManager is the actor of what is done in a demo by nobody in particular.
const demoManager = 1

func known(a access.Actor, token string, bearer bool) caller {
	c := caller{access: a, token: token, bearer: bearer, standing: nobody}
	id := int64(a.ID)
	switch a.Kind {
	case access.ByDevice:
		return c.asDevice()
	case access.ByLocal:
		c.standing, c.actor = manager, scheduler.Actor{Role: scheduler.ByManager}
		return c
	}
	switch a.Role {
	case access.Manager:
		c.standing, c.actor = manager, scheduler.Actor{Role: scheduler.ByManager, ID: id}
	case access.Officer:
		c.standing, c.actor = officer, scheduler.Actor{Role: scheduler.ByOfficer, ID: id}
	case access.Desk:
		c.standing, c.actor = desk, scheduler.Actor{Role: scheduler.ByDesk, ID: id}
	case access.Observer:
		c.standing = observer // no actor: an observer gives no command
	}
	return c
}

// asDevice gives a device its standing. A device at the desk acts in the desk's
// role with the negative of its id, which no account has.
func (c caller) asDevice() caller {
	id := int64(c.access.Device.ID)
	switch c.access.Device.Kind {
	case access.Display:
		c.standing = display
	case access.Booth:
		c.standing, c.actor = booth, scheduler.Actor{Role: scheduler.ByBooth, ID: id}
	case access.Kiosk:
		c.standing, c.actor = kiosk, scheduler.Actor{Role: scheduler.ByKiosk, ID: id}
	case access.DeskDevice:
		c.standing, c.actor = deskDevice, scheduler.Actor{Role: scheduler.ByDesk, ID: -id}
	}
	return c
}

// may refuses a caller whose standing is not among the allowed.
func (c caller) may(allowed standing) error {
	switch {
	case c.standing&allowed != 0:
		return nil
	case c.standing == nobody:
		return errNotSignedIn
	}
	return errRoleMayNot
}

// public says that the request comes from visitors, whose commands have an inbox
// of their own.
func (c caller) public() bool { return c.standing&(kiosk|booth|nobody) != 0 }

// ownSeat holds a booth's screen to the seat that it was paired for.
func ownSeat(c *call) error {
	if c.who.standing != booth {
		return nil
	}
	d := c.who.access.Device
	if c.param("room") != d.Room || c.param("seat") != d.Seat {
		return refuse(http.StatusForbidden, "not_your_seat", "This screen belongs to seat %s of room %s and acts for no other.", d.Seat, d.Room)
	}
	return nil
}

// asOfficer lets a demo's visitor who took over a room act as its officer on the
// routes that officers have.
func (c caller) asOfficer(allowed standing) caller {
	if c.standing == demo && c.access.ID != 0 && allowed&officer != 0 {
		c.actor = scheduler.Actor{Role: scheduler.ByOfficer, ID: int64(c.access.ID)}
	}
	return c
}

// cookie reads one of our cookies under the name that this connection allows.
func (s *Server) cookie(r *http.Request, name string) string {
	if s.secure(r) {
		name = hostPrefix + name
	}
	c, err := r.Cookie(name)
	if errors.Is(err, http.ErrNoCookie) || err != nil {
		return ""
	}
	return c.Value
}

// newCookie makes one of our cookies: for this host only, unreadable to scripts,
// and never sent along from another site's page.
func (s *Server) newCookie(r *http.Request, name, value string, seconds int) *http.Cookie {
	secure := s.secure(r)
	if secure {
		name = hostPrefix + name
	}
	if value == "" {
		seconds = -1
	}
	return &http.Cookie{Name: name, Value: value, Path: "/", MaxAge: seconds, HttpOnly: true, Secure: secure, SameSite: http.SameSiteStrictMode}
}

// crewOf reports whether the officer is of the crew of the visit's session.
func crewOf(s *scheduler.State, v *scheduler.Visit, id int64) bool {
	ses := s.Session(v.Session)
	return ses != nil && slices.Contains(ses.Crew, scheduler.OfficerID(id))
}
