package web

import (
	"context"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"lapak/hall/access"
	"lapak/hall/print/emulator"
	"lapak/scheduler"
	"lapak/scheduler/draw"
)

func emulated(t *testing.T) *emulator.Printer {
	t.Helper()
	p, err := emulator.Start()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(p.Close)
	return p
}

func printers(list ...map[string]any) map[string]any {
	return map[string]any{"branch": "Kantor Cabang Bandung Suci", "printers": list}
}

func networked(address, at string, devices ...int) map[string]any {
	return map[string]any{"id": 1, "name": "Pintu utama", "kind": "escpos", "at": at, "devices": devices, "address": address,
		"width_mm": 58, "qr": "native", "code_page": "wpc1252", "cut": true}
}

// TestAKioskPrints: the ticket comes out with its code and without anything that
// says who or what for; printing again is a note and never another number.
func TestAKioskPrints(t *testing.T) {
	h := newHouse(t, func(o *Options) { o.PublicURL = "https://antrean.example" })
	h.furnish()
	h.pairDevice(access.Kiosk, "", "")
	p := emulated(t)
	h.do(ask{as: "manager", method: put, path: api + "/printing", body: printers(networked(p.Address(), "kiosk"))}).good(h)
	if v := h.get("kiosk device", "/printer"); v["kind"] != "escpos" || v["trouble"] != "" || v["public"] != true {
		t.Errorf("the kiosk's printer: %v", v)
	}
	h.pairDevice(access.Booth, "1", "1")
	if v := h.get("booth device", "/printer"); v["branch"] != "Kantor Cabang Bandung Suci" || v["kind"] != "" {
		t.Errorf("a booth prints by its browser, under the branch's name: %v", v)
	}
	v := h.post("kiosk device", "/visits", map[string]any{"priority": "pregnant", "claims": []any{map[string]any{"programme": "JHT", "reason": "jht_phk"}}})
	path := fmt.Sprintf("%s/visits/%d/print", api, id(v["id"]))
	body := map[string]any{"link": v["link"], "lang": "id"}
	h.do(ask{as: "kiosk device", method: post, path: path, body: map[string]any{"link": "another"}}).refused(403, "not_your_visitor")
	h.do(ask{as: "kiosk device", method: post, path: path, body: body, key: "once"}).good(h)
	h.do(ask{as: "kiosk device", method: post, path: path, body: body, key: "once"}).good(h) // a double tap
	body["again"] = true
	h.do(ask{as: "kiosk device", method: post, path: path, body: body}).good(h)
	sheets, err := p.Sheets()
	if err != nil || len(sheets) != 2 {
		t.Fatalf("%d sheets came out of two prints and a double tap: %v", len(sheets), err)
	}
	text := sheets[0].Text()
	for _, want := range []string{"Kantor Cabang Bandung Suci", "NOMOR ANTREAN ANDA", "A001", "meja depan", "WIB"} {
		if !strings.Contains(text, want) {
			t.Errorf("the ticket lacks %q:\n%s", want, text)
		}
	}
	for _, never := range []string{"JHT", "PHK", "amil", "regnant", "Mohon menunggu"} {
		if strings.Contains(text, never) {
			t.Errorf("the ticket says %q:\n%s", never, text)
		}
	}
	if len(sheets[0].Codes) != 1 || sheets[0].Codes[0] != "https://antrean.example/v/"+v["link"].(string) {
		t.Errorf("the code: %q", sheets[0].Codes)
	}
	var story []string
	for _, n := range h.get("desk", fmt.Sprintf("/visits/%d", id(v["id"])))["story"].([]any) {
		story = append(story, n.(map[string]any)["what"].(string))
	}
	if got := strings.Join(story, " "); !strings.HasSuffix(got, "printed printed_again") {
		t.Errorf("the story: %s", got)
	}
	slip := h.get("", "/tickets/"+v["link"].(string)+"/slip?lang=en")
	if slip["number"] != "A001" || slip["address"] != "https://antrean.example/v/"+v["link"].(string)+"?lang=en" || slip["please"] != "" {
		t.Errorf("the slip: %v", slip)
	}
	body["link"] = slip["address"] // as a scanner reads it
	h.do(ask{as: "kiosk device", method: post, path: path, body: body}).good(h)
	code := h.do(ask{method: get, path: api + "/tickets/" + v["link"].(string) + "/qr.svg"})
	foreign := h.do(ask{method: get, path: api + "/tickets/" + v["link"].(string) + "/qr.svg?lang=en"})
	if foreign.Code != 200 || foreign.Body.String() == code.Body.String() {
		t.Errorf("the code of a ticket in English opens the page in Indonesian: %d", foreign.Code)
	}
	if code.Code != 200 || code.Header().Get("Content-Type") != "image/svg+xml" || !strings.Contains(code.Body.String(), "<path") {
		t.Errorf("the code: %d %s", code.Code, code.Body)
	}
}

// TestATicketForTheSideDeskTellsNoWait: the wait of a lane is that of its rooms; who
// comes for what no room works is called from elsewhere, before the papers were seen and
// after.
func TestATicketForTheSideDeskTellsNoWait(t *testing.T) {
	h := newHouse(t)
	h.furnish()
	for _, papers := range []string{"unchecked", "ready"} {
		v := h.post("desk", "/visits", map[string]any{"papers": papers, "claims": []any{map[string]any{"programme": "JKM", "reason": "jkm_death"}}})
		slip := h.get("", "/tickets/"+v["link"].(string)+"/slip?lang=en")
		ahead, wait := slip["ahead"].(string), slip["wait"].(string)
		if !strings.Contains(ahead+wait, "side desk") || strings.Contains(ahead+wait, "min") || strings.Contains(ahead, "Ahead of you") {
			t.Errorf("%s: the ticket says %q and %q", papers, ahead, wait)
		}
	}
}

// TestAPaperUnderWayComesOut although whoever asked for it has not waited: it is
// printed and noted, and the same request again is told so and prints nothing.
func TestAPaperUnderWayComesOut(t *testing.T) {
	h := newHouse(t)
	h.furnish()
	p := emulated(t)
	ctx, hangUp := context.WithCancel(h.Context())
	slow := forwarded(t, p.Address(), hangUp)
	h.do(ask{as: "manager", method: put, path: api + "/printing", body: printers(networked(slow, "desk"))}).good(h)
	v := h.post("desk", "/visits", nil)
	again := ask{as: "desk", method: post, path: fmt.Sprintf("%s/visits/%d/print", api, id(v["id"])), body: map[string]any{}, key: "once", ctx: ctx}
	h.do(again)
	again.ctx = nil
	h.do(again).good(h)
	if sheets, err := p.Sheets(); err != nil || len(sheets) != 1 {
		t.Fatalf("%d sheets came out of one intent: %v", len(sheets), err)
	}
}

// forwarded is an address that leads to another, and tells when a document is through:
// more than the questions of its state. The answers take their time then.
func forwarded(t *testing.T, to string, through func()) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	forward := func(in net.Conn) {
		defer in.Close()
		out, err := net.Dial("tcp", to)
		if err != nil {
			return
		}
		defer out.Close()
		var document atomic.Bool
		go func() {
			for b := make([]byte, 4096); ; {
				n, err := in.Read(b)
				if _, bad := out.Write(b[:n]); err != nil || bad != nil {
					out.(*net.TCPConn).CloseWrite()
					return
				}
				if n > 20 && document.CompareAndSwap(false, true) {
					through()
				}
			}
		}()
		for b := make([]byte, 64); ; {
			n, err := out.Read(b)
			if document.Load() {
				time.Sleep(50 * time.Millisecond)
			}
			if _, bad := in.Write(b[:n]); err != nil || bad != nil {
				return
			}
		}
	}
	go func() {
		for {
			in, err := l.Accept()
			if err != nil {
				return
			}
			go forward(in)
		}
	}()
	return l.Addr().String()
}

// TestNoPaperIsSaid and the number stays.
func TestNoPaperIsSaid(t *testing.T) {
	h := newHouse(t)
	h.furnish()
	p := emulated(t)
	v := h.post("desk", "/visits", nil)
	path := fmt.Sprintf("%s/visits/%d/print", api, id(v["id"]))
	again := func() answered { return h.do(ask{as: "desk", method: post, path: path, body: map[string]any{}}) }
	again().refused(http.StatusConflict, "no_printer")
	h.do(ask{as: "manager", method: put, path: api + "/printing", body: printers(networked(p.Address(), "desk"))}).good(h)
	for code, state := range map[string]emulator.State{"printer_paper_out": {PaperOut: true}, "printer_cover_open": {CoverOpen: true}, "printer_offline": {Offline: true}} {
		p.Set(state)
		again().refused(http.StatusConflict, code)
		if got := h.get("desk", "/printer")["trouble"]; "printer_"+got.(string) != code {
			t.Errorf("the desk is told %v, want %s", got, code)
		}
	}
	p.Set(emulator.State{})
	again().good(h)
	h.do(ask{as: "manager", method: post, path: api + "/printing/1/test"}).good(h)
	h.do(ask{as: "manager", method: post, path: api + "/printing/9/test"}).refused(404, "unknown_printer")
	if n := len(h.hall.State().Floor.Visits); n != 1 {
		t.Errorf("printing made %d visits", n)
	}
	p.Close()
	again().refused(http.StatusConflict, "printer_offline")
}

// TestPrintersAreChecked: an address that is no printer's, and settings that no
// printer has, name the field.
func TestPrintersAreChecked(t *testing.T) {
	h := newHouse(t)
	for _, change := range []func(p map[string]any){
		func(p map[string]any) { p["address"] = "169.254.169.254:9100" },
		func(p map[string]any) { p["address"] = "printer.example:9100" },
		func(p map[string]any) { p["width_mm"] = 70 }, func(p map[string]any) { p["qr"] = "drawn" }, func(p map[string]any) { p["at"] = "door" },
		func(p map[string]any) { p["name"] = "" }, func(p map[string]any) { p["id"] = 0 }, func(p map[string]any) { p["kind"] = "fax" },
	} {
		p := networked("127.0.0.1:9100", "desk")
		change(p)
		a := h.do(ask{as: "manager", method: put, path: api + "/printing", body: printers(p)})
		if a.Code != 422 {
			t.Errorf("%v: %d %s", p, a.Code, a.Body)
		}
	}
	h.do(ask{as: "manager", method: put, path: api + "/printing", body: printers(networked("127.0.0.1:9100", "desk"))}).good(h)
	if v := h.get("manager", "/printing"); v["branch"] != "Kantor Cabang Bandung Suci" || len(v["printers"].([]any)) != 1 {
		t.Errorf("kept is %v", v)
	}
}

// TestTheDrawOverTheWire: the seal before the day is open, the list, the dice, and
// the proof that anybody may have. A key that is sent again publishes no other seal.
func TestTheDrawOverTheWire(t *testing.T) {
	h := newHouse(t)
	if v := h.get("", "/draw"); v["phase"] != "none" || v["proof"] != nil {
		t.Errorf("no draw is %v", v)
	}
	h.clock.Jump(monday() + 23*3600) // 07.00 on the next day
	act := func(path, key string, body any) answered {
		return h.do(ask{as: "desk", method: post, path: api + "/draw/" + path, body: body, key: key})
	}
	act("prepare", "seal", nil).good(h)
	act("prepare", "seal", nil).good(h)
	act("prepare", "another", nil).refused(409, "draw_prepared")
	h.post("manager", "/day/open", nil)
	for range 8 {
		h.post("desk", "/visits", nil)
	}
	act("hold", "", map[string]any{"entropy": "3 5 2"}).refused(409, "draw_open")
	act("void", "", map[string]any{"reason": "bored"}).refused(422, "unknown_reason")
	act("freeze", "", map[string]any{}).good(h)
	act("void", "", map[string]any{"reason": "secret_lost"}).good(h)
	if v := h.get("", "/draw"); v["phase"] != "lost" {
		t.Errorf("a lost secret is phase %v", v["phase"])
	}
	act("prepare", "", nil).good(h)
	if v := h.get("", "/draw"); v["phase"] != "frozen" || v["proof"].(map[string]any)["secret"] != "" {
		t.Errorf("before the dice the public knows %v", v)
	}
	act("hold", "", map[string]any{"entropy": "3 5 2 6 1"}).good(h)
	raw, err := json.Marshal(h.get("", "/draw")["proof"])
	h.must(err)
	var proof draw.Proof
	h.must(json.Unmarshal(raw, &proof))
	if problems := draw.Verify(proof); len(problems) != 0 || proof.Round != 2 || proof.Present != 8 || len(proof.Order) != 8 {
		t.Errorf("%q: %s", problems, raw)
	}
	var line []string
	f := &h.hall.State().Floor
	for _, v := range f.Line(scheduler.Waiting) {
		line = append(line, f.Policy.Label(v.Ticket))
	}
	if !slices.Equal(line, proof.Order) {
		t.Errorf("the line is %v, drawn was %v", line, proof.Order)
	}
}

// TestASealWithoutItsNoteIsLost: the server that drew has lost how.
func TestASealWithoutItsNoteIsLost(t *testing.T) {
	h := newHouse(t)
	h.clock.Jump(monday() + 23*3600)
	h.post("desk", "/draw/prepare", nil)
	h.post("manager", "/day/open", nil)
	h.post("desk", "/visits", nil)
	h.post("desk", "/draw/freeze", map[string]any{})
	h.must(h.docs.PutDoc(drawDoc, []byte("[]")))
	h.do(ask{as: "desk", method: post, path: api + "/draw/hold", body: map[string]any{"entropy": "352"}}).refused(409, "draw_secret_lost")
}

// TestAPaperListIsTriedAndEntered: the trial changes nothing, the list keeps the
// places that its times give, and the same list again enters nobody twice.
func TestAPaperListIsTriedAndEntered(t *testing.T) {
	h := newHouse(t)
	h.furnish()
	h.clock.Jump(monday() + 2*3600) // 10.00
	h.post("desk", "/visits", nil)  // A001, after the power came back
	rows := []any{
		map[string]any{"slip": "K01", "at_s": 8*3600 + 1800}, map[string]any{"slip": "K02", "at_s": 8 * 3600, "persons": 2, "programme": "JKM"},
		map[string]any{"slip": "A001", "at_s": 9 * 3600}, map[string]any{"slip": "bad", "at_s": 9 * 3600}, map[string]any{"slip": "K03", "at_s": 14 * 3600},
		map[string]any{"slip": "K04", "at_s": 99999}, map[string]any{"slip": "K05", "at_s": 9 * 3600, "programme": "XYZ"},
	}
	send := func(check bool) map[string]any {
		return h.do(ask{as: "desk", method: post, path: api + "/visits/paper-list", body: map[string]any{"rows": rows, "check": check}}).good(h)
	}
	count := func(v map[string]any) string { return fmt.Sprint(v["new"], v["known"], v["wrong"]) }
	if v := send(true); count(v) != "2 1 4" || v["rows"].([]any)[0].(map[string]any)["number"] != "A002" {
		t.Errorf("the trial: %v", v)
	}
	if n := len(h.hall.State().Floor.Visits); n != 1 {
		t.Fatalf("the trial made %d visits", n)
	}
	if v := send(false); count(v) != "2 1 4" {
		t.Errorf("entered: %v", v)
	}
	if v := send(false); count(v) != "0 3 4" {
		t.Errorf("entered again: %v", v)
	}
	for _, n := range []string{"K01", "K02"} {
		v := h.hall.State().Slipped(scheduler.Slip(n))
		h.post("desk", fmt.Sprintf("/visits/%d/papers", v.ID), map[string]any{"ready": true})
	}
	f := &h.hall.State().Floor
	var line []string
	for _, v := range f.Line(scheduler.Waiting) {
		line = append(line, f.Policy.Label(v.Ticket))
	}
	if got := strings.Join(line, " "); got != "A003 A002 A001" {
		t.Errorf("the line is %s", got)
	}
	h.do(ask{as: "desk", method: post, path: api + "/visits/paper-list", body: map[string]any{"rows": []any{}}}).refused(422, "out_of_range")
}

// TestAReceiptIsPrintedAgain: the desk finds a visit that is over by its number, and its
// receipt comes out as often as it is asked for, always with the same number.
func TestAReceiptIsPrintedAgain(t *testing.T) {
	h := newHouse(t)
	h.furnish()
	visit, _ := h.served()
	var found map[string]any
	for _, one := range h.get("desk", "/visits?state=settled")["visits"].([]any) {
		if v := one.(map[string]any); id(v["id"]) == visit {
			found = v
		}
	}
	if found == nil {
		t.Fatal("the desk does not find a visit that is over")
	}
	claim := found["claims"].([]any)[0].(map[string]any)
	number, receipt := found["number"].(string), fmt.Sprint(id(claim["receipt"]))
	path := fmt.Sprintf("%s/visits/%d/print", api, visit)
	body := map[string]any{"again": true, "receipt": true, "lang": "en"}
	h.do(ask{as: "desk", method: post, path: path, body: body}).refused(http.StatusConflict, "no_printer")
	h.do(ask{as: "desk", method: post, path: path, body: map[string]any{"again": true, "receipt": true, "by": "browser"}}).good(h)
	p := emulated(t)
	h.do(ask{as: "manager", method: put, path: api + "/printing", body: printers(networked(p.Address(), "desk"))}).good(h)
	for range 2 {
		h.do(ask{as: "desk", method: post, path: path, body: body}).good(h)
	}
	sheets, err := p.Sheets()
	if err != nil || len(sheets) != 2 {
		t.Fatalf("%d sheets: %v", len(sheets), err)
	}
	for _, sheet := range sheets {
		for _, want := range []string{"RECEIPT", number, receipt, "JHT"} {
			if !strings.Contains(sheet.Text(), want) {
				t.Errorf("the receipt lacks %q:\n%s", want, sheet.Text())
			}
		}
	}
	noted := 0
	for _, n := range h.get("desk", fmt.Sprintf("/visits/%d", visit))["story"].([]any) {
		if n.(map[string]any)["what"] == "receipt_printed" {
			noted++
		}
	}
	if noted != 3 {
		t.Errorf("three receipts came out, and %d are noted", noted)
	}
}
