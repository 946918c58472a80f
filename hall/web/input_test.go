package web

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"lapak/hall"
	"lapak/hall/access"
	"lapak/hall/people"
	"lapak/scheduler"
)

// badInputs are given to a furnished branch with one visit.
var badInputs = []struct {
	name         string
	as           string
	method, path string
	body         any
	header       map[string]string
	status       int
	code, field  string
}{
	{"unknown field", "desk", post, "/visits", `{"chanel":"walk_in"}`, nil, 400, "unknown_field", "chanel"},
	{"unknown field inside", "desk", post, "/visits", `{"claims":[{"programme":"JHT"},{"program":"JHT"}]}`, nil, 400, "unknown_field", "claims[1].program"},
	{"another case of the name", "desk", post, "/visits", `{"Channel":"walk_in"}`, nil, 400, "unknown_field", "Channel"},
	{"field twice", "desk", post, "/visits", `{"persons":1,"persons":2}`, nil, 400, "bad_field", "persons"},
	{"text for a number", "desk", post, "/visits", `{"persons":"2"}`, nil, 400, "bad_field", "persons"},
	{"fraction", "desk", post, "/visits", `{"persons":1.5}`, nil, 400, "bad_field", "persons"},
	{"huge number", "desk", post, "/visits", `{"persons":1e99}`, nil, 400, "bad_field", "persons"},
	{"number for a text", "desk", post, "/visits", `{"claims":[{"programme":7}]}`, nil, 400, "bad_field", "claims[0].programme"},
	{"text for a yes or no", "desk", post, "/visits", `{"accessible":"yes"}`, nil, 400, "bad_field", "accessible"},
	{"object for a list", "desk", post, "/visits", `{"claims":{}}`, nil, 400, "bad_field", "claims"},
	{"null", "desk", post, "/visits", `{"accessible":null}`, nil, 400, "bad_field", "accessible"},
	{"not in the list of words", "desk", post, "/visits", `{"channel":"door"}`, nil, 400, "bad_field", "channel"},
	{"text behind it", "desk", post, "/visits", `{} {}`, nil, 400, "bad_request", ""},
	{"half a document", "desk", post, "/visits", `{"persons":`, nil, 400, "bad_request", ""},
	{"a list", "desk", post, "/visits", `[]`, nil, 400, "bad_request", ""},
	{"depth", "desk", post, "/visits", strings.Repeat(`{"a":`, 5000) + "1" + strings.Repeat("}", 5000), nil, 400, "unknown_field", "a"},
	{"not UTF-8", "desk", post, "/visits", "{\"channel\":\"\xff\"}", nil, 400, "bad_request", ""},
	{"too large", "desk", post, "/visits", `{"x":"` + strings.Repeat("a", maxBody) + `"}`, nil, 413, "body_too_large", ""},
	{"text too long", "desk", post, "/visits", `{"person":{"name":"` + strings.Repeat("a", maxText+1) + `","id_type":"nik","id_number":"1"}}`, nil, 400, "too_long", "person.name"},
	{"list too long", "desk", post, "/visits", `{"claims":[` + strings.Repeat("{},", maxItems) + `{}]}`, nil, 400, "too_long", "claims"},
	{"form data", "desk", post, "/visits", `channel=walk_in`, map[string]string{"Content-Type": "application/x-www-form-urlencoded"}, 415, "unsupported_media_type", ""},
	{"plain text, as a foreign page may send", "desk", post, "/visits", `{}`, map[string]string{"Content-Type": "text/plain"}, 415, "unsupported_media_type", ""},
	{"missing field", "manager", post, "/clock/adjust", `{}`, nil, 400, "missing", "by_s"},
	{"missing field inside", "manager", put, "/rooms/9", `{"width_mm":1,"depth_mm":1,"seats":[{"x_mm":1}]}`, nil, 400, "missing", "seats[0].y_mm"},
	{"half a policy", "manager", put, "/policy", `{"version":1,"policy":{"version":1}}`, nil, 400, "missing", "policy.mode"},
	{"out of range", "desk", post, "/visits", `{"persons":13}`, nil, 422, "out_of_range", "persons"},
	{"guarantee asked for", "desk", post, "/visits", `{"priority":"guaranteed"}`, nil, 422, "bad_priority", "priority"},
	{"unknown programme", "desk", post, "/visits", `{"claims":[{"programme":"XYZ"}]}`, nil, 422, "unknown_programme", "claims.programme"},
	{"booking with a person", "desk", post, "/visits", `{"booking":1,"person":{"id_type":"nik","id_number":"1","name":"x"}}`, nil, 422, "bad_field", "person"},
	{"negative company", "desk", post, "/visits", `{"company":-1}`, nil, 422, "out_of_range", "company"},
	{"identity number of 15 digits", "desk", post, "/visits", `{"person":{"id_type":"nik","id_number":"327501010190000","name":"x"}}`, nil, 422, "nik_length", "person.id_number"},
	{"reason that is a remark", "desk", post, "/visits/1/cancel", `{"reason":"Bu Siti is angry"}`, nil, 422, "unknown_reason", "reason"},
	{"stale version", "manager", put, "/rooms/1", `{"version":7,"width_mm":1,"depth_mm":1,"seats":[{"x_mm":1,"y_mm":1}]}`, nil, 409, "stale_version", ""},
	{"unknown visit", "desk", post, "/visits/999/leave", nil, nil, 404, "unknown_visit", "visit"},
	{"unknown visit read", "desk", get, "/visits/999", nil, nil, 404, "unknown_visit", "id"},
	{"no number in the address", "desk", get, "/visits/one", nil, nil, 404, "unknown_visit", "id"},
	{"number beyond every seat", "officer", post, "/rooms/1/seats/70000/help", nil, nil, 404, "unknown_seat", "seat"},
	{"number of no room", "officer", post, "/rooms/-1/call", nil, nil, 404, "unknown_room", "room"},
	{"unknown room", "officer", get, "/views/room/99", nil, nil, 404, "not_found", ""},
	{"another way to write the room", "officer", get, "/views/room/01", nil, nil, 404, "not_found", ""},
	{"unknown account", "manager", patch, "/accounts/99", `{"display":"x"}`, nil, 404, "not_found", ""},
	{"unknown device", "manager", remove, "/devices/99", nil, nil, 404, "not_found", ""},
	{"unknown query", "desk", get, "/visits?sort=name", nil, nil, 400, "unknown_field", "sort"},
	{"unknown state", "desk", get, "/visits?state=happy", nil, nil, 400, "bad_field", "state"},
	{"no number to find", "officer", get, "/visits?number=%20", nil, nil, 400, "bad_field", "number"},
	{"out of order", "officer", post, "/visits/1/seat", nil, nil, 409, "not_called", ""},
	{"day open twice", "manager", post, "/day/open", nil, nil, 409, "day_open", ""},
	{"session of nobody", "manager", post, "/rooms/1/session", nil, nil, 422, "missing", "crew"},
	{"long notice", "manager", put, "/notice", fmt.Sprintf(`{"text":%q}`, strings.Repeat("x", maxNotice+1)), nil, 422, "too_long", "text"},
	{"unreadable time", "officer", post, "/officers/2/break", `{"until":"noon"}`, nil, 400, "bad_field", "until"},
	{"weak password", "manager", post, "/accounts", `{"name":"baru","role":"desk","password":"short"}`, nil, 422, "password_short", "password"},
	{"name taken", "manager", post, "/accounts", `{"name":"desk","role":"desk","password":"tiga kucing di atap"}`, nil, 422, "name_taken", "name"},
	{"wrong pairing code", "manager", post, "/devices", `{"code":"BCDF-GHJK","kind":"display","name":"x"}`, nil, 403, "pairing_code_wrong", ""},
	{"display of no lobby", "manager", post, "/devices", `{"code":"BCDF-GHJK","kind":"display","name":"x","lobby":7}`, nil, 422, "device_lobby", "lobby"},
	{"no lobby at all", "manager", put, "/lobbies", `{"version":0,"lobbies":[]}`, nil, 422, "lobby_count", "lobbies"},
	{"lobby twice", "manager", put, "/lobbies", `{"version":0,"lobbies":[{"id":1},{"id":1}]}`, nil, 422, "lobby_id", "lobbies[1].id"},
	{"room in two lobbies", "manager", put, "/lobbies", `{"version":0,"lobbies":[{"id":1,"rooms":[2]},{"id":2,"rooms":[2]}]}`, nil, 422, "room_taken", "lobbies[1].rooms"},
	{"speaker from elsewhere", "manager", put, "/lobbies", `{"version":0,"lobbies":[{"id":1,"announcer":9}]}`, nil, 422, "not_its_display", "lobbies[0].announcer"},
	{"old lobbies", "manager", put, "/lobbies", `{"version":4,"lobbies":[{"id":1}]}`, nil, 409, "lobbies_changed", ""},
	{"long room name", "manager", put, "/lobbies", fmt.Sprintf(`{"version":0,"lobbies":[{"id":1}],"names":[{"room":1,"name":%q}]}`, strings.Repeat("x", maxRoomName+1)), nil, 422, "too_long", "names[0].name"},
	{"set-up is over", "", post, "/setup", `{"token":"x","name":"a2","password":"tiga kucing di atap"}`, nil, 409, "setup_done", ""},
	{"booth without a seat", "manager", post, "/devices", `{"code":"BCDF-GHJK","kind":"booth","name":"x"}`, nil, 422, "device_seat", "seat"},
	{"body on a route without one", "manager", post, "/clock/confirm", `{"sure":true}`, nil, 400, "unknown_field", "sure"},
}

// TestBadInput: each bad input has its own clear answer, and nothing is changed.
func TestBadInput(t *testing.T) {
	h := newHouse(t)
	h.furnish()
	h.visit()
	for _, c := range badInputs {
		t.Run(c.name, func(t *testing.T) {
			before := h.hall.State().Seq
			w := h.do(ask{as: c.as, method: c.method, path: api + c.path, body: c.body, header: c.header})
			w.t = t
			if p := w.refused(c.status, c.code); p.Field != c.field {
				t.Errorf("the field is %q, want %q (%s)", p.Field, c.field, p.Detail)
			}
			if h.hall.State().Seq != before {
				t.Error("a refusal has changed the branch")
			}
		})
	}
}

func FuzzDecode(f *testing.F) {
	for _, seed := range []string{`{}`, `{"claims":[{"programme":"JHT"}],"persons":2}`, `{"persons":null}`, `[`, `{"person":{"name":"x"}}`} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		b, err := decode[arriveForm](body)
		var no *refusal
		if err != nil && (!errors.As(err, &no) || no.status < 400 || no.code == "" || no.detail == "") {
			t.Fatalf("%v is no refusal", err)
		}
		if err == nil && len(b.Claims) > maxItems {
			t.Fatalf("%d claims", len(b.Claims))
		}
	})
}

// broken is a branch whose writer fails in a chosen way.
type broken struct {
	Branch
	err error
}

func (b broken) Do(context.Context, hall.Request) (hall.Answer, error) { return hall.Answer{}, b.err }

func (b broken) Status() hall.Status {
	return hall.Status{Ready: false, Reasons: []string{hall.CodeStopping}, Speed: 1}
}

func TestWhenTheBranchCannot(t *testing.T) {
	for _, c := range []struct {
		err    error
		status int
		code   string
	}{
		{hall.ErrFull, 507, "disk_full"}, {hall.ErrBusy, 503, "busy"}, {hall.ErrStopping, 503, "unavailable"},
		{context.Canceled, 503, "client_gone"}, {hall.ErrFault, 500, "internal"}, {errors.New("disk sda of Siti fell out"), 500, "internal"},
		{&scheduler.Refusal{Code: "no", Reason: "No.", Class: scheduler.Conflict}, 409, "no"},
	} {
		h := newHouse(t, func(o *Options) { o.Branch = broken{o.Branch, c.err} })
		w := h.do(ask{as: "manager", method: post, path: api + "/day/open"})
		if w.Code != c.status || !strings.Contains(w.Body.String(), `"code":"`+c.code+`"`) {
			t.Errorf("%v: %d %s, want %d %s", c.err, w.Code, w.Body, c.status, c.code)
		}
		if c.status == 503 && c.code != "client_gone" && w.Header().Get("Retry-After") == "" {
			t.Errorf("%v: no Retry-After", c.err)
		}
		if c.code == "internal" {
			id := w.json()["error_id"].(string)
			if strings.Contains(w.Body.String(), c.err.Error()) || !strings.Contains(h.log.String(), c.err.Error()) || !strings.Contains(h.log.String(), id) {
				t.Errorf("%v: the cause belongs into the log under %s, and nowhere else: %s", c.err, id, w.Body)
			}
		}
		ready := h.do(ask{method: get, path: "/readyz"})
		if ready.Code != 503 || !strings.Contains(ready.Body.String(), hall.CodeStopping) {
			t.Errorf("not ready: %d %s", ready.Code, ready.Body)
		}
	}
}

// panics is a vault that stumbles.
type panics struct{}

func (panics) Register(people.Person, int64) (string, bool, error) { panic("stumbled over a cable") }
func (panics) Known(people.Person, int64) (string, bool, error)    { return "", false, nil }
func (panics) Reveal(string, string, int64, ...string) ([]people.Found, error) {
	return nil, errors.New("no")
}

func (panics) Looks(string, int64, int64, int) ([]people.Look, error) { return nil, nil }

func TestAPanicIsOneRequestsFault(t *testing.T) {
	h := newHouse(t, func(o *Options) { o.People = panics{} })
	h.furnish()
	w := h.do(ask{as: "desk", method: post, path: api + "/visits", body: map[string]any{"person": map[string]any{"id_type": "nik", "id_number": "1", "name": "x"}}})
	w.refused(500, "internal")
	if !strings.Contains(h.log.String(), "stumbled over a cable") || strings.Contains(w.Body.String(), "cable") {
		t.Errorf("the cause: %s", w.Body)
	}
	h.visit()
}

func TestProblemsOfEveryStore(t *testing.T) {
	for _, c := range []struct {
		err    error
		status int
		code   string
	}{
		{access.ErrTooMany, 409, "too_many_entries"}, {access.ErrLink, 403, "setup_link_over"}, {access.ErrBusy, 429, "too_many_requests"},
		{access.ErrLastManager, 409, "last_manager"}, {access.ErrFull, 507, "disk_full"}, {people.ErrFull, 507, "disk_full"},
		{people.ErrForgotten, 404, "person_forgotten"}, {people.ErrNoKey, 404, "name_not_available"}, {access.ErrNobody, 401, "not_signed_in"},
		{scheduler.ErrNothing, 409, "no_change"},
	} {
		p, known := problemOf(fmt.Errorf("on the way: %w", c.err))
		if !known || p.Status != c.status || p.Code != c.code || p.Title != http.StatusText(c.status) {
			t.Errorf("%v becomes %+v", c.err, p)
		}
	}
	if _, known := problemOf(people.ErrCommit); known {
		t.Error("a failed commit is a fault, not an answer")
	}
}
