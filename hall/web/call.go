package web

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"lapak/hall"
	"lapak/scheduler"
)

// call is one request on its way through a handler.
type call struct {
	s         *Server
	w         http.ResponseWriter
	r         *http.Request
	route     *route
	param     func(name string) string
	who       caller
	body      []byte
	commandID string // of the Idempotency-Key; empty on reads
	print     string // the request's fingerprint
	public    bool   // it came in on the visitors' address
}

// reply is what a handler answers. A zero Status is 200; Body is written as JSON
// unless Written says that the handler has answered by itself.
type reply struct {
	status   int
	body     any
	header   http.Header
	cookies  []*http.Cookie
	replayed bool
	written  bool
}

func ok(body any) (reply, error)      { return reply{body: body}, nil }
func created(body any) (reply, error) { return reply{status: http.StatusCreated, body: body}, nil }

// empty is the answer of a change that has nothing to tell.
type empty struct{}

// task is a handler with the form of its body, which the tests hold against
// openapi.json.
type task struct {
	form func() any // nil: the request has no JSON body
	raw  bool       // the body is the bytes of a file
	run  func(c *call) (reply, error)
}

// plain is a handler without a body.
func plain(run func(c *call) (reply, error)) task { return task{run: run} }

// with is a handler that takes a B.
func with[B any](run func(c *call, b B) (reply, error)) task {
	return task{
		form: func() any { return *new(B) },
		run: func(c *call) (reply, error) {
			b, err := decode[B](c.body)
			if err != nil {
				return reply{}, err
			}
			return run(c, b)
		},
	}
}

// command is a handler whose B becomes one command.
func command[B any](make func(c *call, b B) (scheduler.Command, error)) task {
	return with(func(c *call, b B) (reply, error) {
		cmd, err := make(c, b)
		if err != nil {
			return reply{}, err
		}
		a, err := c.submit(cmd)
		if err != nil {
			return reply{}, err
		}
		return reply{body: c.answer(a), replayed: a.Replayed}, nil
	})
}

// submit gives a command to the branch under the request's key.
func (c *call) submit(cmd scheduler.Command) (hall.Answer, error) {
	return c.submitAs(c.who.actor, c.commandID, cmd)
}

func (c *call) submitAs(by scheduler.Actor, id string, cmd scheduler.Command) (hall.Answer, error) {
	return c.s.o.Branch.Do(c.context(), hall.Request{Actor: by, ID: id, Print: c.print, Command: cmd, Public: c.who.public()})
}

func (c *call) context() context.Context { return c.r.Context() }

// scope names the caller for what is kept per caller: replays, links, limits.
func (c *call) scope() string {
	switch {
	case c.who.standing == nobody:
		return "from:" + c.s.clientPrefix(c.r)
	case c.who.standing == demo:
		return fmt.Sprintf("demo:%s:%d", c.who.actor.Role, c.who.actor.ID)
	}
	return c.who.label()
}

// Answer is what every command is told.
type Answer struct {
	Seq     int64               `json:"seq"`
	At      int64               `json:"at"` // branch time, unix seconds
	ID      scheduler.VisitID   `json:"id,omitempty"`
	Visit   scheduler.VisitID   `json:"visit,omitempty"`
	Number  string              `json:"number,omitempty"`
	Claim   scheduler.ClaimID   `json:"claim,omitempty"`
	Session scheduler.SessionID `json:"session,omitempty"`
	Room    scheduler.RoomID    `json:"room,omitempty"`
	Seat    scheduler.SeatNo    `json:"seat,omitempty"`
	Called  []scheduler.VisitID `json:"called,omitempty"`
	Settled []scheduler.ClaimID `json:"settled,omitempty"`
	Link    string              `json:"link,omitempty"`
}

func (c *call) answer(a hall.Answer) Answer {
	r := a.Result
	out := Answer{Seq: a.Seq, At: a.At, Visit: r.Visit, Claim: r.Claim, Session: r.Session, Room: r.Room, Seat: r.Seat,
		Called: r.Called, Settled: r.Settled}
	if r.Ticket != nil {
		out.Number = c.s.o.Branch.State().Floor.Policy.Label(*r.Ticket)
	}
	return out
}

// state is the newest published state.
func (c *call) state() *scheduler.State { return c.s.o.Branch.State() }

// number reads a whole number from the address.
func number[N ~int16 | ~int32 | ~int64](c *call, name, what string) (N, error) {
	n, err := strconv.ParseInt(c.param(name), 10, 64)
	if err != nil || n < 1 || int64(N(n)) != n {
		return 0, &scheduler.Refusal{Code: "unknown_" + what, Field: name, Class: scheduler.NotFound,
			Reason: fmt.Sprintf("There is no such %s: the address needs its number.", what)}
	}
	return N(n), nil
}

func (c *call) room() (scheduler.RoomID, error) { return number[scheduler.RoomID](c, "room", "room") }
func (c *call) seat() (scheduler.SeatNo, error) { return number[scheduler.SeatNo](c, "seat", "seat") }
func (c *call) visitID() (scheduler.VisitID, error) {
	return number[scheduler.VisitID](c, "id", "visit")
}
func (c *call) claimID() (scheduler.ClaimID, error) {
	return number[scheduler.ClaimID](c, "id", "claim")
}
func (c *call) officerID() (scheduler.OfficerID, error) {
	return number[scheduler.OfficerID](c, "id", "officer")
}

// entry turns a route into echo's handler: who, may they, the key, the body, the
// handler, the answer. Errors go to the one place that renders them.
func (s *Server) entry(rt *route, public bool) echo.HandlerFunc {
	return func(e echo.Context) error {
		c := &call{s: s, w: e.Response(), r: e.Request(), route: rt, param: e.Param, public: public}
		note(c.r).route = rt.pattern()
		if c.who = (caller{standing: nobody}); !public {
			c.who = s.identify(c.r, rt.kind == page || rt.changes()).asOfficer(rt.allow)
		}
		note(c.r).actor = c.who.label()
		if err := c.admit(); err != nil {
			if rt.kind == live {
				return c.turnAway(err)
			}
			return c.failed(err)
		}
		out, err := c.run()
		if err != nil {
			return c.failed(err)
		}
		return c.write(out)
	}
}

// admit checks what can be checked before the body is read.
func (c *call) admit() error {
	if err := c.who.may(c.route.allow); err != nil {
		return err
	}
	if c.route.visitor {
		if err := c.pace(); err != nil {
			return err
		}
	}
	if c.route.guard != nil {
		return c.route.guard(c)
	}
	return nil
}

// run reads the body and the key and calls the handler, through the memory of
// answers where the journal does not remember them.
func (c *call) run() (reply, error) {
	asks := c.route.kind == question
	if !c.route.changes() && !asks || c.route.kind == form {
		return c.route.task.run(c)
	}
	limit := c.route.limit
	if limit == 0 {
		limit = maxBody
	}
	if asks {
		var err error
		if c.body, err = readBody(c.w, c.r, limit); err != nil {
			return reply{}, err
		}
		return c.route.task.run(c)
	}
	key, err := checkKey(c.r)
	if err != nil {
		return reply{}, err
	}
	reader := readBody
	if c.route.task.raw {
		reader = readRaw
	}
	if c.body, err = reader(c.w, c.r, limit); err != nil {
		return reply{}, err
	}
	if !c.route.task.raw && c.route.task.form == nil && len(c.body) > 0 {
		if _, err := decode[empty](c.body); err != nil {
			return reply{}, err
		}
	}
	c.commandID, c.print = c.s.commandID(key), c.s.fingerprint(c.r, c.body)
	if c.route.kind == act {
		return c.route.task.run(c)
	}
	return c.s.replays.do(c.context(), c.scope()+" "+c.commandID, c.print, func() (reply, error) { return c.route.task.run(c) })
}

// write sends the reply as JSON.
func (c *call) write(out reply) error {
	if out.written {
		return nil
	}
	h := c.w.Header()
	for name, values := range out.header {
		h[name] = values
	}
	for _, cookie := range out.cookies {
		http.SetCookie(c.w, cookie)
	}
	if out.replayed {
		h.Set("Idempotent-Replayed", "true")
	}
	if out.status == 0 {
		out.status = http.StatusOK
	}
	if out.body == nil {
		c.w.WriteHeader(out.status)
		return nil
	}
	body, err := json.Marshal(out.body)
	if err != nil {
		return fmt.Errorf("web: write the answer of %s: %w", c.route.pattern(), err)
	}
	h.Set("Content-Type", "application/json")
	h.Set("Content-Length", strconv.Itoa(len(body)))
	c.w.WriteHeader(out.status)
	_, _ = c.w.Write(body) // whoever does not read the answer has left
	return nil
}
