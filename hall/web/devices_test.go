package web

import (
	"net/http"
	"net/netip"
	"testing"

	"lapak/hall/access"
	"lapak/hall/board"
)

// screen is a browser that waits to be paired: it keeps its cookies.
type screen struct {
	h       *house
	cookies map[string]string
}

func (s *screen) ask(method, path string) answered {
	s.h.Helper()
	return s.tell(method, path, nil)
}

func (s *screen) tell(method, path string, body any) answered {
	s.h.Helper()
	cookie := ""
	for name, value := range s.cookies {
		cookie += name + "=" + value + "; "
	}
	a := s.h.do(ask{method: method, path: api + path, body: body, header: map[string]string{"Cookie": cookie}})
	for _, c := range a.Result().Cookies() {
		s.cookies[c.Name] = c.Value
		if c.MaxAge <= 0 || !c.HttpOnly || c.SameSite != http.SameSiteStrictMode {
			s.h.Errorf("cookie %s: %+v", c.Name, c)
		}
	}
	return a
}

// TestAScreenIsPaired goes the whole way: the screen shows a code, the manager sees
// where it stands and says what it becomes, the screen comes in.
func TestAScreenIsPaired(t *testing.T) {
	h := newHouse(t)
	s := &screen{h: h, cookies: map[string]string{}}
	if state := s.ask(get, "/pair").json()["state"]; state != "expired" {
		t.Errorf("a screen that has not begun is %v", state)
	}
	begun := h.do(ask{method: post, path: api + "/pair", body: map[string]any{"width": 3840, "height": 2160}})
	for _, c := range begun.Result().Cookies() {
		s.cookies[c.Name] = c.Value
	}
	code := begun.good(h)["code"].(string)
	if begun.Code != http.StatusCreated || begun.json()["approve"] != "/manager#devices/"+code || begun.json()["interval"] != 5.0 {
		t.Errorf("begun: %s", begun.Body)
	}
	if state := s.ask(get, "/pair").json()["state"]; state != "pending" {
		t.Errorf("a screen that waits is %v", state)
	}
	seen := h.get("manager", "/pairings/"+code)
	if seen["from"] != "192.0.2.1" || seen["width"] != 3840.0 || seen["expires_in"] != 600.0 {
		t.Errorf("the manager sees %v", seen)
	}
	h.do(ask{as: "officer", method: get, path: api + "/pairings/" + code}).refused(403, "role_may_not")
	d := h.post("manager", "/devices", map[string]any{"code": code, "kind": "display", "name": "lobi kiri", "part": 1, "parts": 2})
	if d["part"] != 1.0 || d["parts"] != 2.0 || d["from"] != "192.0.2.1" {
		t.Errorf("the device: %v", d)
	}
	if state := s.ask(get, "/pair").json()["state"]; state != "approved" {
		t.Errorf("a screen that is let in is told %v", state)
	}
	session := s.ask(get, "/session").json()
	device := session["device"].(map[string]any)
	if session["kind"] != "device" || session["id"] != d["id"] || device["kind"] != "display" || device["parts"] != 2.0 {
		t.Errorf("the session: %v", session)
	}
	if a := s.ask(get, "/views/lobby"); a.Code != http.StatusOK {
		t.Errorf("the display may not look: %s", a.Body)
	}
	muted := func() any {
		return h.do(ask{as: "manager", method: get, path: api + "/devices"}).good(h)["devices"].([]any)[0].(map[string]any)["muted"]
	}
	for _, is := range []bool{true, false} {
		if a := s.tell(put, "/sound", map[string]any{"muted": is}); a.Code != http.StatusOK {
			t.Fatalf("the display may not say that it is muted: %s", a.Body)
		}
		if got := muted(); (got == true) != is {
			t.Errorf("muted %v is shown as %v", is, got)
		}
	}
	moved := h.do(ask{as: "manager", method: patch, path: api + "/devices/1", body: map[string]any{"name": "lobi kanan"}}).good(h)
	if moved["name"] != "lobi kanan" || moved["parts"] != nil || moved["kind"] != "display" {
		t.Errorf("moved: %v", moved)
	}
	h.do(ask{as: "manager", method: remove, path: api + "/devices/1"}).good(h)
	s.ask(get, "/views/lobby").refused(http.StatusUnauthorized, "not_signed_in")
}

// TestAPhoneScansThePairing: the code leads to the manager's page at the address at
// which the screen came in, and there is none where that address is this machine.
func TestAPhoneScansThePairing(t *testing.T) {
	h := newHouse(t, func(o *Options) {
		o.InsecureLAN, o.PublicURL = true, "https://antrean.example"
		o.TrustedProxy = []netip.Prefix{netip.MustParsePrefix("10.0.0.0/24")}
	})
	for _, c := range []struct{ host, from, proto, want string }{
		{"192.168.1.5:8080", "192.168.1.77:5", "", "http://192.168.1.5:8080"},
		{"antrean.example", "10.0.0.1:9", "https", "https://antrean.example"},
		{"[fd00::5]:8080", "192.168.1.78:5", "", "http://[fd00::5]:8080"},
		{"127.0.0.1:8080", "127.0.0.1:5", "", ""},
		{"localhost:8080", "127.0.0.1:5", "", ""},
		{"[::1]:8080", "[::1]:5", "", ""},
	} {
		begun := h.do(ask{method: post, path: api + "/pair", from: c.from, header: map[string]string{"Host": c.host, "X-Forwarded-Proto": c.proto}}).good(h)
		code, drawn := begun["qr"].(map[string]any)
		if drawn != (c.want != "") {
			t.Errorf("%s: a code: %v, want one: %v", c.host, drawn, c.want != "")
			continue
		}
		if !drawn {
			continue
		}
		want := board.NewQR(c.want + begun["approve"].(string))
		if code["path"] != want.Path || code["size"] != float64(want.Size) {
			t.Errorf("%s: the code is not that of %s%s", c.host, c.want, begun["approve"])
		}
	}
}

func TestADeniedScreenIsTold(t *testing.T) {
	h := newHouse(t)
	s := &screen{h: h, cookies: map[string]string{}}
	code := s.ask(post, "/pair").good(h)["code"].(string)
	h.do(ask{as: "manager", method: remove, path: api + "/pairings/" + code}).good(h)
	if state := s.ask(get, "/pair").json()["state"]; state != "denied" {
		t.Errorf("the screen is told %v", state)
	}
	h.do(ask{as: "manager", method: get, path: api + "/pairings/" + code}).refused(403, "pairing_code_wrong")
}

// TestWrongCodesAreFewPerManager: five in ten minutes, and another manager may go on.
func TestWrongCodesAreFewPerManager(t *testing.T) {
	h := newHouse(t)
	code := h.do(ask{method: post, path: api + "/pair"}).good(h)["code"].(string)
	for range 5 {
		h.do(ask{as: "manager", method: get, path: api + "/pairings/BBBB-BBBB"}).refused(403, "pairing_code_wrong")
	}
	p := h.do(ask{as: "manager", method: get, path: api + "/pairings/" + code}).refused(429, "locked_out")
	if p.RetryAfterS < 500 {
		t.Errorf("wait %d s", p.RetryAfterS)
	}
	a, err := h.o.Access.AddAccount(t.Context(), access.NewAccount{Name: "second", Role: access.Manager, Password: access.NewPassword(password)})
	h.must(err)
	h.tokens["second"], _, err = h.o.Access.IssueToken(a.ID, "test", 0)
	h.must(err)
	h.get("second", "/pairings/"+code)
}

func (h *house) pairDisplay(lobby int) int {
	h.Helper()
	token, begun, err := h.o.Access.BeginPairing("192.0.2.7", 0, 0)
	h.must(err)
	d := h.post("manager", "/devices", map[string]any{"code": begun.Code, "kind": "display", "name": "lobi", "lobby": lobby})
	h.tokens["lobby display"] = token
	return int(id(d["id"]))
}

func (h *house) announcers() []int {
	h.Helper()
	var list []int
	for _, l := range h.o.Source.Lobbies().Lobbies {
		list = append(list, l.Announcer)
	}
	return list
}

// TestOneDisplayOfEachLobbySpeaks whatever is paired, moved and taken away.
func TestOneDisplayOfEachLobbySpeaks(t *testing.T) {
	h := newHouse(t)
	h.furnish()
	want := func(what string, list ...int) {
		t.Helper()
		have := h.announcers()
		for i := range list {
			if len(have) != len(list) || have[i] != list[i] {
				t.Fatalf("%s: %v speak, want %v", what, have, list)
			}
		}
	}
	want("nothing is paired", 0)
	first, second := h.pairDisplay(0), h.pairDisplay(1)
	want("the first that was paired", first)
	two := map[string]any{"version": h.o.Source.Lobbies().Version, "lobbies": []any{
		map[string]any{"id": 1, "name": "Lantai 1", "rooms": []int{1}, "announcer": second}, map[string]any{"id": 2, "name": "Lantai  2", "english": true}},
		"names": []any{map[string]any{"room": 1, "name": "Melati"}}}
	put1 := ask{as: "manager", method: put, path: api + "/lobbies", body: two}
	if out := h.do(put1).good(h); out["version"].(float64) < 2 {
		t.Errorf("the answer: %v", out)
	}
	want("the chosen one; nobody in the new lobby", second, 0)
	h.do(put1).refused(http.StatusConflict, "lobbies_changed")
	third := h.pairDisplay(2)
	want("the new lobby has one", second, third)
	view := h.get("lobby display", "/lobbies") // a display may read them
	if len(view["lobbies"].([]any)) != 2 {
		t.Errorf("the display reads %v", view)
	}
	h.do(ask{as: "manager", method: patch, path: api + "/devices/2", body: map[string]any{"name": "pindah", "lobby": 2}}).good(h)
	want("its display went elsewhere", first, third)
	h.do(ask{as: "manager", method: remove, path: api + "/devices/3"}).good(h)
	want("its display was taken away", first, second)
}

// TestTheLobbyViewTellsThePlaces: names of rooms and lobbies reach the boards, change
// the view's tag, and are there after a restart.
func TestTheLobbyViewTellsThePlaces(t *testing.T) {
	h := newHouse(t)
	h.furnish()
	before := h.do(ask{as: "manager", method: get, path: api + "/views/lobby"})
	h.do(ask{as: "manager", method: put, path: api + "/lobbies", body: map[string]any{"version": 0,
		"lobbies": []any{map[string]any{"id": 1, "name": "Lantai  1", "contrast": true}}, "names": []any{map[string]any{"room": 1, "name": "Melati"}, map[string]any{"room": 8, "name": ""}}}}).good(h)
	after := h.do(ask{as: "manager", method: get, path: api + "/views/lobby"})
	if before.Header().Get("ETag") == after.Header().Get("ETag") {
		t.Error("the view has the tag of another")
	}
	view := after.json()
	place := view["lobbies"].([]any)[0].(map[string]any)
	room := view["rooms"].([]any)[0].(map[string]any)
	if place["name"] != "Lantai 1" || place["contrast"] != true || room["name"] != "Melati" {
		t.Errorf("the view tells %v, %v", place, room)
	}
	again, err := NewSource(h.hall, h.docs, false)
	h.must(err)
	if l := again.Lobbies(); len(l.Lobbies) != 1 || l.Lobbies[0].Name != "Lantai 1" || len(l.Names) != 1 {
		t.Errorf("after a restart: %+v", l)
	}
}
