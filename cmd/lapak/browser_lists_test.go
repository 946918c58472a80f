package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"lapak/hall"
	"lapak/scheduler/calendar"
)

// types fills fields as a person does, one after the other.
func (w *walk) types(t *testing.T, fields ...[2]string) {
	t.Helper()
	for _, f := range fields {
		selector, _ := json.Marshal(f[0])
		text, _ := json.Marshal(f[1])
		w.sees(t, f[0], fmt.Sprintf(`document.querySelector(%s)`, selector))
		fill := fmt.Sprintf(`(() => { const f = document.querySelector(%s); f.value = %s; f.dispatchEvent(new Event('input', {bubbles: true})); f.dispatchEvent(new Event('change', {bubbles: true})); return true; })()`, selector, text)
		if _, err := chromedp.Run(w.ctx, chromedp.Evaluate[bool](fill)); err != nil {
			t.Fatal(err)
		}
	}
}

// TestBrowserApprovesByLink: who comes by the link that a screen's code holds must say
// that the screen before them shows the same letters; on a phone, which is what scans.
func TestBrowserApprovesByLink(t *testing.T) {
	if browsers() == nil {
		return
	}
	h := furnish(t, hall.NewTime(), nil).serve()
	var begun struct {
		Code string `json:"code"`
	}
	h.ask("", http.MethodPost, api+"/pair", "", `{"width":1920,"height":1080}`).good().into(&begun)
	w := newBrowser(t, h.base)
	w.open(t, "/manager?lang=id", 390, 844)
	w.signIn(t, "sari")
	w.open(t, "/manager?lang=id&by=link#devices/"+begun.Code, 390, 844)
	w.sees(t, "the code to compare", fmt.Sprintf(`document.querySelector('.compare-code strong')?.textContent === %q`, begun.Code))
	w.says(t, "Layar 1920 × 1080")
	w.sees(t, "the form in reach", `document.querySelector('.compare').getBoundingClientRect().top < 844`)
	w.sees(t, "a page that fits the phone", `document.documentElement.scrollWidth <= 390`)
	w.types(t, [2]string{"#device-name", "lobi kiri"})
	w.says(t, "Cocokkan dulu kodenya dengan layar itu.")
	w.sees(t, "a button that waits", `document.querySelector('[data-slot="pair"] button').getAttribute('aria-disabled') === 'true'`)
	w.touches(t, ".compare input")
	w.acts(t, "pair")
	w.says(t, "Perangkat terpasang (1)")
	w.quiet(t)
	// A code that somebody types they have read from the screen.
	h.ask("", http.MethodPost, api+"/pair", "", `{}`).good().into(&begun)
	w.types(t, [2]string{"#pair-code", begun.Code[:4]})
	w.sees(t, "a button that waits", `document.querySelector('form:has(#pair-code) button').getAttribute('aria-disabled') === 'true'`)
	// Pasted, and Enter pressed before the screen was drawn once: Enter is a click on the form's button.
	enter := fmt.Sprintf(`(() => { const f = document.querySelector('#pair-code'); f.value = %q; f.dispatchEvent(new Event('input', {bubbles: true})); f.form.querySelector('button[type="submit"]').click(); return true; })()`, begun.Code)
	if _, err := chromedp.Run(w.ctx, chromedp.Evaluate[any](enter)); err != nil {
		t.Fatal(err)
	}
	w.sees(t, "the screen", `document.querySelector('.found')`)
	w.sees(t, "no comparison", `!document.querySelector('.compare')`)
	w.quiet(t)
}

// TestBrowserEntersACompany: the list is tried, a fault is named with its line and
// column, mended and entered; the same list again is known.
func TestBrowserEntersACompany(t *testing.T) {
	if browsers() == nil {
		return
	}
	h := furnish(t, hall.NewTime(), nil).serve()
	var desk struct {
		Day struct {
			Date string `json:"date"`
		} `json:"day"`
	}
	h.get("wati", api+"/views/desk", &desk)
	w := newBrowser(t, h.base)
	w.open(t, "/desk?lang=id", 1366, 768)
	w.signIn(t, "wati")
	w.open(t, "/desk?lang=id&in=1#company", 1366, 768)
	list := func(nik string) string {
		return strings.Join([]string{"nama;nik;alasan", "Orang Satu;9901010101900001;phk", "Orang Dua;" + nik + ";pkwt"}, "\n")
	}
	w.types(t, [2]string{"#company-name", "PT Tekstil Maju"}, [2]string{"#company-workforce", "10"}, [2]string{"#company-laidOff", "2"},
		[2]string{"#company-date", dayAfter(t, desk.Day.Date)}, [2]string{"#company-text", list("12345")})
	w.says(t, "2 dari 10 di bawah 30 %: paling sedikit 3.")
	w.acts(t, "company-check")
	w.says(t, "Kolom 2 (nik).")
	w.says(t, "NIK terdiri atas tepat 16 angka.")
	w.sees(t, "no way in below the rule", `document.querySelector('[data-slot="company-skip"] button').getAttribute('aria-disabled') === 'true'`)
	w.types(t, [2]string{"#company-laidOff", "3"}, [2]string{"#company-text", list("9901010101900002")})
	w.says(t, "3 dari 10: memenuhi syarat 30 % (paling sedikit 3).")
	w.acts(t, "company-check")
	w.says(t, "Bila dimasukkan: 2 baru, 0 sudah ada, 0 keliru. Belum ada yang disimpan.")
	w.acts(t, "company-enter")
	w.says(t, "2 dipesankan, 0 sudah ada. Nomor daftar: 1.")
	w.quiet(t)
	var booked struct {
		Visits []struct {
			Channel string `json:"channel"`
		} `json:"visits"`
	}
	h.get("wati", api+"/visits?state=booked", &booked)
	if len(booked.Visits) != 2 || booked.Visits[0].Channel != "collective" {
		t.Errorf("booked: %+v", booked.Visits)
	}
}

// dayAfter is the next date.
func dayAfter(t *testing.T, date string) string {
	t.Helper()
	at, err := calendar.Parse(date)
	if err != nil {
		t.Fatal(err)
	}
	return at.AddDays(1).String()
}
