package web

import (
	"fmt"
	"net/http"
	"testing"

	"lapak/hall/access"
	"lapak/scheduler"
)

// visit gives a number to a walk-in and returns its id.
func (h *house) visit() int64 {
	h.Helper()
	return id(h.post("desk", "/visits", map[string]any{"claims": []any{map[string]any{"programme": "JHT", "reason": "jht_phk"}}})["visit"])
}

func (h *house) later(seconds int64) { h.clock.Jump(h.hall.Now() + seconds) }

func TestADayOverTheAPI(t *testing.T) {
	h := newHouse(t)
	h.furnish()
	rooms := h.get("observer", "/rooms")["rooms"].([]any)
	if len(rooms) != 1 || len(rooms[0].(map[string]any)["seats"].([]any)) != 6 {
		t.Fatalf("the room that was drawn is not there: %v", rooms)
	}
	first := h.do(ask{as: "desk", method: post, path: api + "/visits", body: map[string]any{"channel": "walk_in", "claims": []any{map[string]any{"reason": "jht_phk"}}}})
	if got := first.good(h); first.Code != http.StatusCreated || got["number"] != "A001" || got["id"] != got["visit"] || got["link"] == "" {
		t.Fatalf("%d %v", first.Code, got)
	}
	for range 3 {
		h.visit()
	}
	h.post("officer", "/rooms/1/session", nil)
	view := h.get("officer", "/views/room/1")
	picks := view["proposal"].(map[string]any)["picks"].([]any)
	expect := []any{}
	for _, p := range picks {
		expect = append(expect, p.(map[string]any)["visit"])
	}
	called := h.post("officer", "/rooms/1/call", map[string]any{"expect": expect})["called"].([]any)
	if len(called) != 4 {
		t.Fatalf("called %v of 4", called)
	}
	h.later(5)
	h.post("officer", fmt.Sprintf("/visits/%d/recall", id(called[0])), nil)
	for _, v := range called[:3] {
		h.comeHere(id(v))
	}
	h.post("officer", fmt.Sprintf("/visits/%d/no-show", id(called[3])), nil)
	h.post("desk", fmt.Sprintf("/visits/%d/cancel", id(called[3])), nil)
	h.serveSeat(id(called[0]))
	h.closeRoom(id(called[1]), id(called[2]))
}

// comeHere seats a called visit: the person at the first booth says so, and a
// booth that expects somebody else is told no.
func (h *house) comeHere(visit int64) {
	h.Helper()
	seat := id(h.get("officer", fmt.Sprintf("/visits/%d", visit))["seats"].([]any)[0])
	h.pairDevice(access.Booth, "1", fmt.Sprint(seat))
	at := fmt.Sprintf("/rooms/1/seats/%d/here", seat)
	h.do(ask{as: "booth device", method: post, path: api + at, body: map[string]any{"visit": visit + 1000}}).refused(404, "unknown_visit")
	h.post("booth device", at, map[string]any{"visit": visit})
	if until := h.get("booth device", fmt.Sprintf("/views/seat/1/%d", seat))["mistake_until"]; until == nil {
		h.Fatal("the booth does not offer to take a wrong yes back")
	}
	h.post("booth device", fmt.Sprintf("/rooms/1/seats/%d/not-here", seat), map[string]any{"visit": visit})
	h.post("booth device", at, map[string]any{"visit": visit})
	h.post("officer", fmt.Sprintf("/visits/%d/unseat", visit), nil)
	h.post("booth device", at, map[string]any{"visit": visit})
}

// serveSeat takes one visit through its procedure to a receipt.
func (h *house) serveSeat(visit int64) {
	h.Helper()
	seat := id(h.get("officer", fmt.Sprintf("/visits/%d", visit))["seats"].([]any)[0])
	booth := h.pairDevice(access.Booth, "1", fmt.Sprint(seat))
	at := fmt.Sprintf("/rooms/1/seats/%d", seat)
	h.post("booth device", at+"/help", nil)
	h.post("booth device", at+"/help", map[string]any{"over": true})
	if got := h.get("booth device", fmt.Sprintf("/views/seat/1/%d", seat)); id(got["visit"]) != visit {
		h.Fatalf("the booth shows %v, not visit %d", got["visit"], visit)
	}
	me := fmt.Sprintf("/officers/%d", officerID)
	for range 20 {
		h.later(30)
		s := h.hall.State().Seat(1, scheduler.SeatNo(seat))
		if s.State == scheduler.SeatPreparing {
			h.post("booth device", at+"/ready", map[string]any{"visit": visit})
			continue
		}
		if s.State == scheduler.SeatReady {
			h.post("officer", me+"/take", map[string]any{"room": 1, "seat": seat})
			h.post("officer", me+"/put-back", nil)
			h.post("officer", me+"/take", map[string]any{"room": 1, "seat": seat})
		}
		claim := h.hall.State().Claim(s.Claim)
		if int(claim.Step) < len(h.hall.State().Steps(claim))-1 {
			h.do(ask{as: "officer", method: post, path: api + me + "/finish", body: map[string]any{"claim": claim.ID + 1000}}).refused(409, "other_visitor")
			h.post("officer", me+"/finish", map[string]any{"claim": claim.ID})
			continue
		}
		h.post("officer", fmt.Sprintf("/claims/%d/papers", claim.ID), map[string]any{"doc": "identity", "mark": "present"})
		settled := h.post("officer", fmt.Sprintf("/claims/%d/settle", claim.ID), map[string]any{"outcome": "approved"})
		h.post("officer", "/undo", map[string]any{"seq": settled["seq"]})
		h.post("officer", fmt.Sprintf("/claims/%d/settle", claim.ID), map[string]any{"outcome": "approved"})
		h.do(ask{as: "officer", method: post, path: api + fmt.Sprintf("/claims/%d/settle-rest", claim.ID)}).refused(409, "no_rest")
		h.later(40)
		h.post("desk", at+"/clean", nil)
		h.must(h.o.Access.RevokeDevice(booth.ID))
		return
	}
	h.Fatalf("visit %d never reached its last step", visit)
}

// closeRoom hands the session over, takes it back, and ends it in several ways.
func (h *house) closeRoom(park, desk int64) {
	h.Helper()
	h.post("other", fmt.Sprintf("/officers/%d/on", otherID), map[string]any{"shift_end": "2026-03-02T15:00:00+07:00"})
	h.post("officer", "/rooms/1/hand-over", map[string]any{"from": officerID, "to": otherID, "reason": "break"})
	h.post("officer", fmt.Sprintf("/officers/%d/break", officerID), map[string]any{"until": h.hall.Now() + 600, "reason": "meal"})
	h.post("officer", fmt.Sprintf("/officers/%d/back", officerID), nil)
	h.post("manager", "/rooms/1/crew", map[string]any{"crew": []int{officerID}})
	h.post("officer", fmt.Sprintf("/visits/%d/park", park), map[string]any{"reason": "papers"})
	h.post("officer", fmt.Sprintf("/visits/%d/side-desk", desk), map[string]any{"reason": "complaint"})
	h.post("officer", "/rooms/1/last-call", nil)
	h.later(31) // what the last act did can no longer be taken back
	h.post("desk", "/rooms/1/cleaned", nil)
	h.post("officer", "/rooms/1/session", nil)
	h.post("officer", "/rooms/1/close", nil)
	h.post("other", fmt.Sprintf("/officers/%d/off", otherID), nil)
	h.post("officer", "/rooms/1/seats/2/closed", map[string]any{"closed": true, "reason": "device_broken"})
	h.do(ask{as: "manager", method: put, path: api + "/rooms/2", body: map[string]any{"width_mm": 3000, "depth_mm": 3000, "desk": true, "seats": []any{map[string]any{"x_mm": 0, "y_mm": 0}}}}).good(h)
	h.do(ask{as: "manager", method: remove, path: api + "/rooms/2"}).good(h)
	h.post("manager", "/day/close", map[string]any{"force": true})
}

func TestTheLineAtTheDesk(t *testing.T) {
	h := newHouse(t)
	h.furnish()
	v := id(h.post("desk", "/visits", map[string]any{"papers": "unchecked", "claims": []any{map[string]any{"reason": "jht_phk"}}})["visit"])
	at := fmt.Sprintf("/visits/%d", v)
	claim := h.get("desk", at)["claims"].([]any)[0].(map[string]any)
	h.post("desk", at+"/papers", map[string]any{"ready": false, "marks": []any{map[string]any{"claim": claim["id"], "doc": "identity", "mark": "missing"}}})
	h.post("desk", at+"/papers", map[string]any{"ready": true, "marks": []any{map[string]any{"claim": claim["id"], "doc": "identity", "mark": "present"}}})
	h.post("desk", at+"/step-out", nil)
	h.post("desk", at+"/resume", nil)
	h.post("desk", at+"/correct", map[string]any{"persons": 2, "priority": "elderly", "accessible": true, "reason": "entered_wrongly"})
	h.post("desk", at+"/claims", map[string]any{"programme": "JKM", "person": 1, "because": "visitor_says_otherwise"})
	h.post("officer", fmt.Sprintf("/claims/%d/transfer", id(claim["id"])), map[string]any{"programme": "JHT", "reason": "jht_resign", "because": "wrong_programme"})
	h.post("desk", at+"/leave", nil)
	h.post("desk", fmt.Sprintf("/visits/%d/cancel", h.visit()), map[string]any{"reason": "own_request"})
	h.visit()
	list := h.get("desk", "/visits?state=waiting")["visits"].([]any)
	if len(list) != 1 {
		t.Fatalf("%d visits wait, want 1: %v", len(list), list)
	}
	if all := h.get("desk", "/visits")["visits"].([]any); len(all) != 3 {
		t.Fatalf("%d visits, want 3", len(all))
	}
	// By a part of the number, as an officer types it; who has left is not meant, unless asked for.
	for query, want := range map[string]int{"?number=3": 1, "?number=a003": 1, "?number=A": 1, "?number=7": 0, "?number=A001&state=left": 1, "?number=1": 0} {
		if found := h.get("officer", "/visits"+query)["visits"].([]any); len(found) != want {
			t.Errorf("%s finds %d visits, want %d", query, len(found), want)
		}
	}
}

func TestABookingGetsItsNumberAndItsPage(t *testing.T) {
	h := newHouse(t)
	h.furnish()
	booked := h.post("desk", "/bookings", map[string]any{"date": "2026-03-02", "due": "2026-03-02T09:00:00+07:00"})
	link := booked["link"].(string)
	page := h.get("", "/tickets/"+link)
	if page["state"] != "booked" {
		t.Fatalf("%v", page)
	}
	arrived := h.post("desk", "/visits", map[string]any{"booking": booked["id"]})
	if arrived["number"] != "B001" || arrived["id"] != booked["id"] {
		t.Fatalf("%v", arrived)
	}
	if v := h.hall.State().Visit(scheduler.VisitID(id(booked["id"]))); v.Due != monday()+3600 {
		t.Errorf("due at %d, want %d", v.Due, monday()+3600)
	}
	for _, link := range []string{arrived["link"].(string), link} {
		if page := h.get("", "/tickets/"+link); page["number"] != "B001" {
			t.Errorf("%v", page)
		}
	}
	h.do(ask{method: get, path: api + "/tickets/" + link[1:] + "x"}).refused(404, "not_found")
}

// Who was not served is told to keep the page of their number: it leads to the place that
// is kept for them, and on to the number that they get there, as the page of a booking does.
func TestAPageThatWasKeptLeadsToTheNewNumber(t *testing.T) {
	h := newHouse(t)
	h.furnish()
	kept := h.post("desk", "/visits", nil)["link"].(string)
	h.post("manager", "/day/close", map[string]any{"force": true})
	h.clock.Jump(monday() + 23*3600) // 07.00 on the next day
	h.post("manager", "/day/open", nil)
	page := h.get("", "/tickets/"+kept)
	if page["state"] != "booked" || page["date"] != "2026-03-03" {
		t.Fatalf("the page that was kept says %v", page)
	}
	list := h.get("desk", "/visits?state=booked")["visits"].([]any)
	arrived := h.post("desk", "/visits", map[string]any{"booking": list[0].(map[string]any)["id"]})
	for _, link := range []string{kept, arrived["link"].(string)} {
		if page := h.get("", "/tickets/"+link); page["number"] != arrived["number"] || page["state"] != "waiting" {
			t.Errorf("%s says %v, want number %v", link, page, arrived["number"])
		}
	}
}

func TestManySettledAtOnce(t *testing.T) {
	h := newHouse(t)
	h.furnish()
	two := []any{map[string]any{"programme": "JHT", "reason": "jht_phk"}, map[string]any{"programme": "JHT", "reason": "jht_phk"}}
	v := h.post("desk", "/visits", map[string]any{"claims": two})["visit"]
	h.post("officer", "/rooms/1/session", map[string]any{"crew": []int{officerID}})
	h.post("officer", "/rooms/1/call", map[string]any{"visits": []any{v}, "reason": "urgent_need"})
	h.do(ask{as: "officer", method: post, path: api + "/rooms/1/seated", body: map[string]any{"visits": []any{}}}).refused(422, "out_of_range")
	here := h.post("officer", "/rooms/1/seated", map[string]any{"visits": []any{v}})
	h.post("officer", "/undo", map[string]any{"seq": here["seq"]})
	if s := h.hall.State().Visit(scheduler.VisitID(id(v))).State; s != scheduler.Called {
		t.Fatalf("all were here by mistake, and the visit is %s", s)
	}
	h.post("officer", fmt.Sprintf("/visits/%d/seat", id(v)), nil)
	me := fmt.Sprintf("/officers/%d", officerID)
	seat := h.hall.State().SeatsOf(h.hall.State().Visit(scheduler.VisitID(id(v))))[0].No
	for range 20 {
		h.later(30)
		s := h.hall.State().Seat(1, seat)
		claim := h.hall.State().Claim(s.Claim)
		switch {
		case s.State == scheduler.SeatPreparing:
			h.post("officer", fmt.Sprintf("/rooms/1/seats/%d/ready", seat), nil)
		case s.State == scheduler.SeatReady:
			h.post("officer", me+"/take", nil)
		case int(claim.Step) < len(h.hall.State().Steps(claim))-1:
			h.post("officer", me+"/finish", nil)
		default:
			h.post("officer", fmt.Sprintf("/claims/%d/settle", claim.ID), map[string]any{"outcome": "returned", "missing": []string{"identity"}, "reason": "papers_missing"})
			rest := h.post("officer", fmt.Sprintf("/claims/%d/settle-rest", claim.ID), nil)["settled"].([]any)
			if len(rest) != 1 || id(rest[0]) == int64(claim.ID) {
				t.Fatalf("settled with it: %v", rest)
			}
			h.post("officer", "/rooms/1/abort", map[string]any{"reason": "alarm"})
			return
		}
	}
	t.Fatal("the last step never came")
}

func TestPolicyNoticeAndClock(t *testing.T) {
	h := newHouse(t)
	got := h.get("officer", "/policy")
	policy := got["policy"].(map[string]any)
	policy["distance"].(map[string]any)["distance_mm"] = 2000
	h.do(ask{as: "manager", method: put, path: api + "/policy", body: map[string]any{"version": got["version"], "policy": policy}}).good(h)
	if mm := h.hall.State().Floor.Policy.Distance.DistanceMM; mm != 2000 {
		t.Errorf("the distance is %d mm", mm)
	}
	h.do(ask{as: "manager", method: put, path: api + "/policy", body: map[string]any{"version": got["version"], "policy": policy}}).refused(409, "stale_version")
	h.do(ask{as: "manager", method: put, path: api + "/notice", body: map[string]any{"text": "  Loket 2  pindah ke lantai 1 "}}).good(h)
	if text := h.get("observer", "/notice")["text"]; text != "Loket 2 pindah ke lantai 1" {
		t.Errorf("the notice reads %q", text)
	}
	if again, err := NewSource(h.hall, h.docs, false); err != nil || again.Notice() != "Loket 2 pindah ke lantai 1" {
		t.Errorf("after a restart the notice reads %q, %v", again.Notice(), err)
	}
	h.post("manager", "/clock/adjust", map[string]any{"by_s": 60})
	h.post("manager", "/clock/confirm", nil)
	if off := h.hall.State().Floor.Day.OffsetS; off != 60 {
		t.Errorf("the clock is %d s off", off)
	}
}

func TestOfficersAreListedAndChanged(t *testing.T) {
	h := newHouse(t)
	path := api + fmt.Sprintf("/officers/%d", officerID)
	h.do(ask{as: "manager", method: put, path: path, body: map[string]any{"max_group": 4}}).good(h)
	h.do(ask{as: "manager", method: put, path: path, body: map[string]any{"programmes": []string{"JHT"}}}).good(h)
	for _, o := range h.get("manager", "/officers")["officers"].([]any) {
		one := o.(map[string]any)
		if id(one["id"]) != officerID {
			continue
		}
		if one["name"] != "officer" || id(one["max_group"]) != 4 || len(one["programmes"].([]any)) != 1 {
			t.Errorf("%v", one)
		}
	}
	h.do(ask{as: "manager", method: put, path: api + "/officers/77", body: map[string]any{"max_group": 4}}).refused(404, "not_found")
}

// TestADayIsClosedUnderBookings: the manager sees who is booked before the day is
// closed, and afterwards the visitor's own page says that it is, and when not.
func TestADayIsClosedUnderBookings(t *testing.T) {
	h := newHouse(t)
	h.furnish()
	h.post("desk", "/bookings", map[string]any{"date": "2026-03-03"})
	own := h.post("desk", "/bookings", map[string]any{"date": "2026-03-03", "due": "2026-03-03T09:00:00+07:00", "persons": 3, "claims": []any{map[string]any{"reason": "jht_phk"}}})
	h.do(ask{as: "officer", method: get, path: api + "/bookings"}).refused(403, "role_may_not")
	days := h.get("manager", "/bookings")["days"].([]any)
	if len(days) != 1 {
		t.Fatalf("booked days: %v", days)
	}
	day := days[0].(map[string]any)
	if day["date"] != "2026-03-03" || day["visits"] != 2.0 || day["persons"] != 4.0 || day["guaranteed"] != 0.0 || fmt.Sprint(day["due_s"]) != "[32400]" {
		t.Errorf("that day: %v", day)
	}

	link := own["link"].(string)
	p := h.phone(link, "id")
	p.say("Anda terdaftar", "sekitar pukul 09.00")
	held := h.get("manager", "/policy")
	policy := held["policy"].(map[string]any)
	closed := map[string]any{"date": "2026-03-03", "reason": "election", "open": false, "gate_s": 0, "open_s": 0, "last_ticket_s": 0, "close_s": 0}
	policy["calendar"].(map[string]any)["exceptions"] = []any{closed}
	h.do(ask{as: "manager", method: put, path: api + "/policy", body: map[string]any{"version": held["version"], "policy": policy}}).good(h)
	h.do(ask{as: "desk", method: post, path: api + "/bookings", body: map[string]any{"date": "2026-03-03"}}).refused(422, "holiday")
	if v := h.get("", "/tickets/"+link); v["shut"] != true || v["reopens"] != "2026-03-04" {
		t.Errorf("the ticket: shut %v, opens again %v", v["shut"], v["reopens"])
	}
	p.open("/v/" + link + "?lang=id")
	p.say("Kantor tutup pada hari pesanan Anda", "Selasa, 3 Maret 2026", "buka lagi Rabu, 4 Maret 2026")

	held = h.get("manager", "/policy")
	policy = held["policy"].(map[string]any)
	list := policy["calendar"].(map[string]any)["exceptions"].([]any)
	if got := list[0].(map[string]any)["reason"]; got != "election" {
		t.Errorf("the reason is kept as %v", got)
	}
	policy["calendar"].(map[string]any)["exceptions"] = []any{}
	h.do(ask{as: "manager", method: put, path: api + "/policy", body: map[string]any{"version": held["version"], "policy": policy}}).good(h)
	p.open("/v/" + link + "?lang=id")
	p.say("Anda terdaftar")
}
