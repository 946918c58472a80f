package web

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"lapak/hall/access"
	"lapak/hall/board"
	"lapak/scheduler"
)

// served brings a visit from the door to its outcome at seat 1 of room 1, and
// tells its id and its link.
func (h *house) served() (visit int64, link string) {
	h.Helper()
	v := h.post("desk", "/visits", map[string]any{"claims": []any{map[string]any{"reason": "jht_phk"}}})
	if h.hall.State().Room(1).Session == 0 {
		h.post("officer", "/rooms/1/session", nil)
	}
	h.do(ask{as: "officer", method: post, path: api + "/rooms/1/call"}) // unless the refill was quicker
	path := fmt.Sprintf("/visits/%d", id(v["id"]))
	h.post("officer", path+"/seat", nil)
	state := h.hall.State()
	seat := state.SeatsOf(state.Visit(scheduler.VisitID(id(v["id"]))))[0]
	h.post("officer", fmt.Sprintf("/rooms/1/seats/%d/ready", seat.No), nil)
	h.post("officer", fmt.Sprintf("/officers/%d/take", officerID), map[string]any{"room": 1, "seat": seat.No})
	h.post("officer", fmt.Sprintf("/claims/%d/settle", seat.Claim), map[string]any{"outcome": "approved"})
	return id(v["id"]), v["link"].(string)
}

func TestAVisitorsOwnLinkActsForThatVisitOnly(t *testing.T) {
	h := newHouse(t)
	h.furnish()
	a := h.post("desk", "/visits", nil)
	b := h.post("desk", "/visits", nil)
	own := "/tickets/" + a["link"].(string)
	h.post("", own+"/step-out", nil)
	if got := h.get("", own)["state"]; got != "stepped_out" {
		t.Fatalf("who stepped out is %v", got)
	}
	h.post("manager", own+"/resume", nil) // a manager's own browser acts as the visitor here
	h.do(ask{method: post, path: api + own + "/resume"}).refused(409, "come_to_desk")
	h.do(ask{method: post, path: api + own + "/survey", body: map[string]any{"answers": []int{4, 4, 4, 4, 4, 4, 4, 4, 4}}}).refused(409, "survey_not_due")
	first := h.do(ask{method: post, path: api + own + "/cancel", key: "twice"})
	again := h.do(ask{method: post, path: api + own + "/cancel", key: "twice"})
	if first.Code != 200 || again.Code != 200 || again.Header().Get("Idempotent-Replayed") != "true" {
		t.Errorf("cancelling twice with one key: %d and %d", first.Code, again.Code)
	}
	if s := h.hall.State(); s.Visit(scheduler.VisitID(id(a["id"]))).State != scheduler.Cancelled || s.Visit(scheduler.VisitID(id(b["id"]))).State != scheduler.Waiting {
		t.Error("a link must act for its own visit and for no other")
	}
	wrong := "/tickets/" + strings.Repeat("x", 22)
	for _, act := range []string{"/cancel", "/step-out", "/resume"} {
		h.do(ask{method: post, path: api + wrong + act}).refused(404, "not_found")
	}
	if strings.Contains(h.log.String(), a["link"].(string)) {
		t.Error("a visitor's link is in the log")
	}
}

func TestTheSurveyByLinkAndAtTheBooth(t *testing.T) {
	h := newHouse(t)
	h.furnish()
	h.pairDevice(access.Booth, "1", "1")
	visit, link := h.served()
	nine := func(n int) []int { return []int{n, n, n, n, n, n, n, n, 0} }
	own, seat := "/tickets/"+link+"/survey", api+"/rooms/1/seats/1/survey"
	h.post("booth device", "/rooms/1/seats/1/survey", map[string]any{"visit": visit, "answers": nine(3)})
	h.do(ask{as: "booth device", method: post, path: api + "/rooms/1/seats/2/survey", body: map[string]any{"visit": visit, "answers": nine(4)}}).refused(403, "not_your_seat")
	h.do(ask{as: "booth device", method: post, path: seat, body: map[string]any{"visit": visit + 1, "answers": nine(4)}}).refused(404, "unknown_visit")
	h.do(ask{as: "officer", method: post, path: seat, body: map[string]any{"visit": visit, "answers": nine(4)}}).refused(403, "role_may_not")
	h.post("", own, map[string]any{"answers": nine(4)})
	for _, bad := range [][]int{nil, {4}, {4, 4, 4, 4, 4, 4, 4, 4, 5}, {-1, 4, 4, 4, 4, 4, 4, 4, 4}, {4, 4, 4, 4, 4, 4, 4, 4, 4, 4}} {
		if w := h.do(ask{method: post, path: api + own, body: map[string]any{"answers": bad}}); w.Code != 422 {
			t.Errorf("%v is taken as answers: %d", bad, w.Code)
		}
	}
	h.do(ask{method: post, path: api + own, body: map[string]any{"answers": make([]int, 9)}}).refused(422, "survey_empty")
	if got := h.hall.State().Survey(scheduler.VisitID(visit)); got == nil || got.Times != 2 || got.Answers[0] != 4 {
		t.Errorf("the survey is %+v", got)
	}
	second, _ := h.served()
	h.clock.Jump(h.clock.Now() + 40) // nobody can take the outcome back any more
	h.post("officer", "/rooms/1/seats/1/clean", nil)
	h.do(ask{as: "booth device", method: post, path: seat, body: map[string]any{"visit": visit, "answers": nine(2)}}).refused(409, "other_visitor")
	h.do(ask{as: "booth device", method: post, path: seat, body: map[string]any{"visit": second, "answers": nine(2)}}).refused(409, "other_visitor")
}

func TestAVisitorsPageIsLive(t *testing.T) {
	h := newHouse(t)
	h.furnish()
	srv := h.serve()
	v := h.post("desk", "/visits", nil)
	link := v["link"].(string)
	own := http.Header{"Origin": {srv.URL}}
	conn, _, err := h.dial(srv, "/feed/tickets/"+link, own)
	h.must(err)
	f := nextView(t, conn)
	if strings.Contains(f.Subject, link) || f.View["number"] != v["number"] || f.View["state"] != "waiting" {
		t.Errorf("the first frame is %+v", f)
	}
	h.post("", "/tickets/"+link+"/step-out", nil)
	for f.View["state"] != "stepped_out" {
		f = nextView(t, conn)
	}
	newest := h.do(ask{method: get, path: api + "/views/tickets/" + link})
	if newest.good(h)["state"] != "stepped_out" {
		t.Errorf("the newest view is %s", newest.Body)
	}
	again := h.do(ask{method: get, path: api + "/views/tickets/" + link, header: map[string]string{"If-None-Match": newest.Header().Get("ETag")}})
	if again.Code != 304 {
		t.Errorf("the same view again: %d", again.Code)
	}
	wrong := strings.Repeat("x", 22)
	h.do(ask{method: get, path: api + "/views/tickets/" + wrong}).refused(404, "not_found")
	stranger, _, err := h.dial(srv, "/feed/tickets/"+wrong, own)
	h.must(err)
	if code := closeCode(t, stranger); code != int(board.CloseUnknownSubject) {
		t.Errorf("a link that nobody has ends with %d", code)
	}
	if _, resp, err := h.dial(srv, "/feed/tickets/"+link, http.Header{"Origin": {"http://evil.example"}}); err == nil || resp.StatusCode != 403 {
		t.Errorf("a page of another site may look: %v", err)
	}
}

func TestAFloodFromOneNetworkIsSlowed(t *testing.T) {
	h := newHouse(t)
	h.furnish()
	now := time.Unix(0, 0)
	h.acts.now = func() time.Time { return now }
	own := api + "/tickets/" + h.post("desk", "/visits", nil)["link"].(string)
	for range visitorActBurst {
		h.do(ask{method: post, path: own + "/resume", from: "192.0.2.7:1"}).refused(409, "come_to_desk")
	}
	if p := h.do(ask{method: post, path: own + "/resume", from: "192.0.2.7:2"}).refused(429, "too_many_requests"); p.RetryAfterS < 1 {
		t.Errorf("no word on when to come again: %+v", p)
	}
	h.do(ask{method: post, path: own + "/resume", from: "192.0.2.8:1"}).refused(409, "come_to_desk")
	now = now.Add(time.Second)
	for range visitorActs {
		h.do(ask{method: post, path: own + "/resume", from: "192.0.2.7:3"}).refused(409, "come_to_desk")
	}
	h.do(ask{method: post, path: own + "/resume", from: "192.0.2.7:4"}).refused(429, "too_many_requests")
}

func TestTheCrowdOfLivePagesIsBounded(t *testing.T) {
	c := newCrowd()
	var leave func()
	for range visitorFeeds {
		var ok bool
		if leave, ok = c.enter("a"); !ok {
			t.Fatal("refused within the bound")
		}
	}
	if _, ok := c.enter("a"); ok {
		t.Error("one network has more live pages than the bound")
	}
	for n := visitorFeeds; n < allFeeds; n++ {
		if _, ok := c.enter(fmt.Sprint(n)); !ok {
			t.Fatal("refused within the bound of all")
		}
	}
	if _, ok := c.enter("b"); ok {
		t.Error("there are more live pages than the bound of all")
	}
	leave()
	if _, ok := c.enter("a"); !ok || len(c.by) != 1+allFeeds-visitorFeeds {
		t.Error("a place that was given back is lost")
	}
}

func TestTheMemoryOfNetworksIsBounded(t *testing.T) {
	l := newLimits(1, 2)
	now := time.Unix(0, 0)
	l.now = func() time.Time { return now }
	for n := range 3 * maxNetworks {
		l.take(fmt.Sprint(n))
	}
	if len(l.by) > maxNetworks {
		t.Errorf("%d networks are remembered", len(l.by))
	}
}
