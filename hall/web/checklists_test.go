package web

import (
	"testing"

	"lapak/hall/access"
)

// TestTheKioskKnowsItsRules: what a kiosk shows before anybody touches it, and
// the quota that it may not pass.
func TestTheKioskKnowsItsRules(t *testing.T) {
	h := newHouse(t)
	h.furnish()
	h.pairDevice(access.Kiosk, "", "")
	v := h.get("kiosk device", "/views/kiosk")
	if v["quota"] != float64(0) || v["full"] != false || v["papers_first"] != true {
		t.Errorf("the kiosk's view: %v", v)
	}
	days := v["days"].([]any)
	if len(days) != 3 {
		t.Fatalf("a kiosk names the next chances; it knows %v", days)
	}
	policy := h.get("manager", "/policy")
	policy["policy"].(map[string]any)["lobby"].(map[string]any)["walk_ins_per_day"] = 1
	h.do(ask{as: "manager", method: put, path: api + "/policy", body: policy}).good(h)
	h.do(ask{as: "kiosk device", method: post, path: api + "/visits"}).good(h)
	h.do(ask{as: "kiosk device", method: post, path: api + "/visits"}).refused(409, "quota_used")
	if v := h.get("kiosk device", "/views/kiosk"); v["quota"] != float64(1) || v["given"] != float64(1) {
		t.Errorf("the kiosk does not know that its numbers are given: %v", v)
	}
}

// TestChecklistsArePublic: the papers of every reason, in force today.
func TestChecklistsArePublic(t *testing.T) {
	h := newHouse(t)
	h.furnish()
	v := h.get("", "/checklists")
	reasons := map[string]int{}
	for _, p := range v["programmes"].([]any) {
		for _, r := range p.(map[string]any)["reasons"].([]any) {
			one := r.(map[string]any)
			reasons[one["reason"].(string)] = len(one["docs"].([]any))
		}
	}
	if reasons["jht_resign"] == 0 || reasons["jkm_death"] == 0 {
		t.Errorf("papers by reason: %v", reasons)
	}
}

// TestABookingArrivesByItsLink: the QR of a booking is its link, alone or in an
// address; no other text gives a number to anybody.
func TestABookingArrivesByItsLink(t *testing.T) {
	h := newHouse(t)
	h.furnish()
	h.pairDevice(access.Kiosk, "", "")
	date := h.get("manager", "/views/manager")["day"].(map[string]any)["date"]
	b := h.post("desk", "/bookings", map[string]any{"date": date})
	link := b["link"].(string)
	arrive := func(body map[string]any) answered {
		return h.do(ask{as: "kiosk device", method: post, path: api + "/visits", body: body})
	}
	arrive(map[string]any{"link": "nothing"}).refused(404, "unknown_booking")
	arrive(map[string]any{"link": link, "booking": b["id"]}).refused(422, "bad_field")
	v := arrive(map[string]any{"link": "https://antrean.example/t/" + link}).good(h)
	if v["id"] != b["id"] || v["number"] != "B001" {
		t.Errorf("the booking's number: %v", v)
	}
}
