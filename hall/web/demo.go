package web

import (
	"net/http"
	"net/url"
	"strconv"

	"lapak/scheduler"
)

func getDemo(c *call) (reply, error) { return ok(c.s.demoState()) }

func (s *Server) demoState() DemoState {
	v := s.o.Demo.Look()
	if v.Taken == nil {
		v.Taken = []scheduler.RoomID{}
	}
	return v
}

type demoForm struct {
	Speed  *int  `json:"speed"`
	Paused *bool `json:"paused"`
}

// maxSpeed bounds a demo's clock: a day in a quarter of a minute is no longer seen.
const maxSpeed = 3600

func setDemo(c *call, b demoForm) (reply, error) {
	if b.Speed != nil && (*b.Speed < 1 || *b.Speed > maxSpeed) {
		return reply{}, badField(http.StatusUnprocessableEntity, "out_of_range", "speed", "The demo runs 1 to %d times as fast as the clock.", maxSpeed)
	}
	if err := c.s.o.Demo.Set(b.Speed, b.Paused); err != nil {
		return reply{}, err
	}
	c.s.o.Feed.Changed()
	return ok(c.s.demoState())
}

// showVisitor leads to the page of somebody who waits in the demo.
func showVisitor(c *call) (reply, error) {
	link := c.s.o.Demo.Visitor()
	if link == "" {
		return c.plainPage(c.sayingsOf(), http.StatusNotFound, "visitor.closed", "visitor.nobody_waits")
	}
	c.w.Header().Set("Location", "/v/"+link+"?"+url.Values{"lang": {c.sayingsOf().lang}}.Encode())
	c.w.WriteHeader(http.StatusSeeOther)
	return reply{written: true}, nil
}

type takeOverForm struct {
	Room    scheduler.RoomID `json:"room" need:"true"`
	Release bool             `json:"release"`
}

// takeOver makes whoever asks the officer of a room: their browser carries the
// officer's id from now on. It is no credential, because in a demo nobody needs one.
func takeOver(c *call, b takeOverForm) (reply, error) {
	id, err := c.s.o.Demo.TakeOver(b.Room, b.Release, scheduler.OfficerID(c.who.access.ID))
	if err != nil {
		return reply{}, err
	}
	value := strconv.Itoa(int(id))
	if b.Release {
		value = ""
	}
	const day = 24 * 60 * 60
	return reply{body: c.s.demoState(), cookies: []*http.Cookie{c.s.newCookie(c.r, demoCookieName, value, day)}}, nil
}
