package main

import (
	"fmt"
	"testing"
	"time"
)

// TestBrowserBoothSomebodyElse: a wrong "yes" is taken back at a booth with one button, and
// later by the officer, and the screen asks whose number it is as if nobody had answered.
func TestBrowserBoothSomebodyElse(t *testing.T) {
	if browsers() == nil {
		return
	}
	h := newOwnBranch(t, nil)
	b := &boothWalk{walk: newBrowser(t, h.base), t: t, h: h.served, room: singleRoom, number: h.comes("jht_phk").Number}
	h.served.post("rina", fmt.Sprintf("%s/rooms/%d/session", api, singleRoom), "{}").good()
	b.expects("/booth?button=1")
	here := func(v seatView) bool { return v.State == "preparing" }
	expected := func(v seatView) bool { return v.State == "expected" }

	b.press(t, "\r")
	b.becomes("taken by somebody", here)
	b.offersPresses("Saya siap", "Bukan nomor saya")
	b.picture("booth-may-be-wrong")
	b.holds()
	b.becomes("expecting its person again", expected)
	b.says(t, "Bilik ini untuk orang lain")
	b.offersPresses("", "Salah tekan? Kembali")
	b.holds()
	b.offersPresses("Ya, ini nomor saya", "Bukan")
	time.Sleep(pace)
	b.press(t, "\r")
	visit := b.becomes("taken again", here).Visit
	b.offersPresses("Saya siap", "Saya butuh bantuan") // help has the long press after a while

	h.served.post("rina", fmt.Sprintf("%s/visits/%d/unseat", api, visit), "{}").good()
	b.becomes("expecting its person once more", expected)
	b.offersPresses("Ya, ini nomor saya", "Bukan")
	b.sees(t, "nothing kept of who sat there", `JSON.parse(sessionStorage.getItem('lapak.booth')).confirmed === false`)
	b.quiet(t)
}
