package web

import (
	"net/http"

	"lapak/hall/board"
	"lapak/scheduler/procedure"
)

// A demo's gallery shows the visitor's page in every state with made-up visits. The
// page itself is written here as always, so that a picture cannot differ from it.

// galleryAt is 09:30 on Monday 2 March 2026 in Jakarta, the time of every picture.
const galleryAt = 1772418600

// showGalleryTicket is the visitor's page of a made-up visit.
func showGalleryTicket(c *call) (reply, error) {
	l := c.sayingsOf()
	state := c.r.URL.Query().Get("state")
	if state == "closed" {
		// The words of an ended link, which is a 404; its picture is none.
		return c.plainPage(l, http.StatusOK, "visitor.closed", "visitor.closed_why")
	}
	view, known := galleryTickets()[state]
	if !known {
		return reply{}, errNotFound
	}
	view.At, view.Date, view.Open, view.ZoneS = galleryAt, "2026-03-02", true, 7*hourS
	view.Persons = max(1, view.Persons)
	p := &visitorPage{sayings: l, View: view, Seq: 1, Link: "gallery", Title: l.t("visitor.title"), Branch: "Kantor Cabang Bandung Suci", Files: c.s.pages.files, keys: map[string]string{}, Screen: true}
	if state == "refused" {
		p.Said = l.refusal("come_to_desk")
	}
	return c.html(l, http.StatusOK, "page", p)
}

// galleryTickets are the made-up visits by the name of their picture.
func galleryTickets() map[string]board.TicketView {
	ready, unseen, missing := galleryClaim("jht_resign", "present"), galleryClaim("jht_phk", "not_seen"), galleryClaim("jht_phk", "present")
	missing.Papers[1].Mark, missing.Papers[3].Mark = "missing", "missing"
	long := galleryClaim("jht_leave_id", "not_seen")
	long.Papers = append(long.Papers, board.PaperInfo{Doc: "treatment_receipts", Required: true, When: "clinic_not_partner", Mark: "missing"},
		board.PaperInfo{Doc: "mental_health_letter", Required: true, When: "mental_illness", Mark: "not_seen"})
	death := galleryClaim("jkm_death", "present")
	death.Programme = "JKM"
	one := func(c ...board.ClaimInfo) []board.ClaimInfo { return c }
	good := ready
	good.Outcome, good.Promise, good.Receipt = "approved", "2026-03-09", 968961
	back := missing
	back.Outcome, back.Because, back.Missing, back.Receipt = "returned", "papers_missing", []string{"identity", "termination_proof"}, 969218
	escalated := death
	escalated.Outcome, escalated.Because, escalated.Receipt = "escalated", "needs_head_office", 969473
	call := &board.TicketCall{At: galleryAt - 40, Until: galleryAt + 200}
	asked := board.TicketSurvey{Due: true}
	answered := board.TicketSurvey{Due: true, Answers: []int{4, 4, 3, 4, 4, 4, 4, 3, 0}, Times: 1}
	waiting := board.TicketView{Number: "A127", State: "waiting", Ahead: 7, People: 9, LowS: 1500, HighS: 2400, Claims: one(ready)}
	far := waiting
	far.Number, far.Ahead, far.People, far.LowS, far.HighS, far.Persons, far.Missed = "A188", 64, 81, 7500, 10200, 3, 1
	far.Claims = one(ready, death, long)
	next := waiting
	next.Ahead, next.People, next.LowS, next.HighS = 0, 0, 0, 240
	over := waiting
	over.Over, over.LowS, over.HighS = true, 0, 0
	desk := waiting
	desk.State, desk.Ahead, desk.People, desk.LowS, desk.HighS = "at_desk", 1, 1, 300, 900
	nobody, counting, beside := waiting, waiting, waiting
	nobody.LowS, nobody.HighS, nobody.NoWait = 0, 0, board.NobodyServes
	counting.LowS, counting.HighS, counting.NoWait = 0, 0, board.BeingCounted
	beside.LowS, beside.HighS, beside.NoWait = 0, 0, board.ForSideDesk
	return map[string]board.TicketView{
		"for-side-desk": beside, "nobody-serves": nobody, "counting": counting,
		"waiting": waiting, "waiting-long": far, "next": next, "over": over, "side-desk": desk, "refused": waiting, "offline": waiting,
		"booked":     {State: "booked", Due: galleryAt + 5400, Claims: one(unseen)},
		"shut":       {State: "booked", Due: galleryAt + 5400, Shut: true, Reopens: "2026-03-03", Claims: one(unseen)},
		"guaranteed": {State: "booked", Next: true, Claims: one(unseen)},
		"arrived":    {Number: "A127", State: "arrived", Claims: one(unseen)},
		"incomplete": {Number: "A127", State: "incomplete", Claims: one(missing)},
		"called":     {Number: "A127", State: "called", Room: 2, Seats: []int{4}, Call: call, Claims: one(ready)},
		"called-family": {Number: "B041", State: "called", Persons: 4, Room: 12, Seats: []int{3, 4, 5, 6}, Claims: one(death),
			Call: &board.TicketCall{At: galleryAt - 160, Until: galleryAt + 80, Recalls: 1}},
		"missed":          {Number: "A127", State: "no_show", Missed: 2, Back: galleryAt + 600, Claims: one(ready)},
		"missed-late":     {Number: "A127", State: "no_show", Missed: 2, Back: galleryAt - 600, Claims: one(ready)},
		"stepped-out":     {Number: "A127", State: "stepped_out", Ahead: 2, People: 2, Claims: one(ready)},
		"parked":          {Number: "A127", State: "parked", Claims: one(missing)},
		"in-booth":        {Number: "A127", State: "seated", Room: 2, Seats: []int{4}, Claims: one(ready)},
		"approved":        {Number: "A127", State: "settled", Claims: one(good), Survey: asked},
		"returned":        {Number: "A127", State: "settled", Claims: one(back), Survey: answered},
		"thanks":          {Number: "A127", State: "settled", Claims: one(good), Survey: answered},
		"several-claims":  {Number: "C007", State: "settled", Claims: one(good, back, escalated), Survey: answered},
		"long-texts":      {Number: "A127", State: "incomplete", Persons: 12, Claims: one(long)},
		"cancelled":       {Number: "A127", State: "cancelled"},
		"left":            {Number: "A127", State: "left"},
		"day-ended":       {Number: "A127", State: "carried_over"},
		"representative":  {Number: "C007", State: "seated", Room: 5, Desk: true, Seats: []int{1}, Claims: galleryFiles(ready, good)},
		"waits-with-many": {Number: "C007", State: "waiting", Ahead: 1, People: 1, LowS: 120, HighS: 600, Claims: one(ready, death, missing, long)},
	}
}

// galleryClaim is a claim of a reason with the catalogue's own checklist.
func galleryClaim(reason procedure.Reason, mark string) board.ClaimInfo {
	claim := board.ClaimInfo{Programme: "JHT", Reason: string(reason), Outcome: "none", Checklist: 2}
	catalog := procedure.Default()
	for _, list := range catalog.Checklists {
		if list.Reason != reason {
			continue
		}
		claim.Papers = nil
		for _, item := range list.Docs {
			claim.Papers = append(claim.Papers, board.PaperInfo{Doc: string(item.Doc), Required: item.Required, When: string(item.When), Mark: mark})
		}
	}
	return claim
}

// galleryFiles are a representative's: one done, the others to come.
func galleryFiles(open, done board.ClaimInfo) []board.ClaimInfo {
	list := []board.ClaimInfo{done}
	for range 39 {
		list = append(list, open)
	}
	return list
}
