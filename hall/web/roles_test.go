package web

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"lapak/hall/access"
)

// standings are the callers of the matrix, by the name of their token.
var standings = map[string]standing{
	"": nobody, "manager": manager, "officer": officer, "desk": desk, "observer": observer,
	"display device": display, "booth device": booth, "kiosk device": kiosk, "desk device": deskDevice,
}

// concrete puts values into a pattern: the booth's own seat, and ids that nothing has.
func concrete(pattern string) string {
	return strings.NewReplacer(":room", "1", ":seat", "1", ":id", "9999", ":link", "nothing", ":build", "b", "*", "f").Replace(pattern)
}

func TestEveryRouteAsksWhoYouAre(t *testing.T) {
	for name, standing := range standings {
		t.Run("as "+name, func(t *testing.T) {
			h := newHouse(t)
			h.pairDevice(access.Display, "", "")
			h.pairDevice(access.Booth, "1", "1")
			h.pairDevice(access.Kiosk, "", "")
			h.pairDevice(access.DeskDevice, "", "")
			for _, rt := range h.routes() {
				if rt.demoOnly {
					continue
				}
				a := h.do(ask{as: name, method: rt.method, path: concrete(rt.path)})
				barred := a.Code == http.StatusUnauthorized || (a.Code == http.StatusForbidden && a.problem().Code == "role_may_not")
				switch allowed := rt.allow&standing != 0; {
				case allowed && barred:
					t.Errorf("%s %s is refused: %s", rt.method, rt.path, a.Body)
				case !allowed && standing == nobody:
					a.refused(http.StatusUnauthorized, "not_signed_in")
				case !allowed:
					a.refused(http.StatusForbidden, "role_may_not")
				}
			}
		})
	}
}

// TestTheMatrixOfRoles shows the table of routes to whoever reviews a change: the
// golden file is read by people.
func TestTheMatrixOfRoles(t *testing.T) {
	var b strings.Builder
	for _, rt := range new(Server).routes() {
		if rt.kind == page {
			continue
		}
		who := rt.allow.String()
		if rt.allow == anybody {
			who = "anybody"
		}
		guard := ""
		if rt.guard != nil {
			guard = " (a booth: its own seat)"
		}
		if rt.visitor {
			guard = " (by a visitor's link)"
		}
		fmt.Fprintf(&b, "%-6s %-46s %s%s\n", rt.method, rt.path, who, guard)
	}
	path := filepath.Join("testdata", "roles.txt")
	if *update {
		if err := os.WriteFile(path, []byte(b.String()), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if b.String() != string(want) {
		t.Errorf("the matrix of roles has changed; look at it and run with -update:\n%s", b.String())
	}
}

func TestOnlyChangesChange(t *testing.T) {
	for _, rt := range new(Server).routes() {
		safe := rt.method == http.MethodGet
		if safe == (rt.changes() || rt.kind == question) {
			t.Errorf("%s %s: a GET never changes anything, and everything else does or asks with a body", rt.method, rt.path)
		}
	}
}

func TestDevicesStayInTheirPlace(t *testing.T) {
	h := newHouse(t)
	h.furnish()
	h.pairDevice(access.Booth, "1", "1")
	h.pairDevice(access.Kiosk, "", "")
	h.pairDevice(access.DeskDevice, "", "")
	h.do(ask{as: "booth device", method: get, path: api + "/views/seat/1/1"}).good(h)
	h.do(ask{as: "booth device", method: get, path: api + "/views/seat/1/2"}).refused(403, "not_your_seat")
	h.do(ask{as: "booth device", method: post, path: api + "/rooms/1/seats/2/ready"}).refused(403, "not_your_seat")
	h.do(ask{as: "booth device", method: post, path: api + "/rooms/2/seats/1/help"}).refused(403, "not_your_seat")
	kiosk := func(body any) answered {
		return h.do(ask{as: "kiosk device", method: post, path: api + "/visits", body: body})
	}
	kiosk(map[string]any{"papers": "ready"}).refused(403, "role_may_not")
	kiosk(map[string]any{"channel": "collective"}).refused(403, "role_may_not")
	v := kiosk(nil).good(h)
	if got := h.get("desk device", fmt.Sprintf("/visits/%d", id(v["id"])))["state"]; got != "arrived" {
		t.Errorf("a kiosk's number is %v, want arrived: its papers are not checked", got)
	}
	h.post("desk device", fmt.Sprintf("/visits/%d/papers", id(v["id"])), map[string]any{"ready": true})
	if by := h.hall.State().Visit(1); by == nil {
		t.Fatal("the visit is gone")
	}
	for n := 2; n <= kioskNumbers; n++ {
		kiosk(nil).good(h)
	}
	if p := kiosk(nil).refused(429, "too_many_requests"); p.RetryAfterS < 1 {
		t.Errorf("no word on when to try again: %+v", p)
	}
}

func TestOfficersActForThemselvesOnly(t *testing.T) {
	h := newHouse(t)
	h.furnish()
	h.visit()
	h.do(ask{as: "officer", method: post, path: api + fmt.Sprintf("/officers/%d/on", otherID)}).refused(403, "not_you")
	h.post("officer", "/rooms/1/session", nil)
	h.post("other", fmt.Sprintf("/officers/%d/on", otherID), nil)
	h.do(ask{as: "other", method: post, path: api + "/rooms/1/call"}).refused(403, "not_your_session")
	called := h.post("officer", "/rooms/1/call", nil)
	h.do(ask{as: "other", method: post, path: api + "/undo", body: map[string]any{"seq": called["seq"]}}).refused(403, "not_your_act")
}

func TestStandingsHaveNames(t *testing.T) {
	names := strings.Split(anybody.String(), "|")
	if !slices.Equal(names, standingNames) {
		t.Errorf("%v, want %v", names, standingNames)
	}
}
