package web

import (
	"fmt"
	"html"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path"
	"regexp"
	"strings"
	"testing"

	"lapak/hall/access"
	"lapak/hall/board"
	"lapak/scheduler"
	"lapak/ui"
)

// phone is a visitor's browser without JavaScript: it reads pages, presses buttons of
// forms, and follows where it is led.
type phone struct {
	*house
	link, lang string
	page       string
}

func (p *phone) open(address string) *httptest.ResponseRecorder {
	p.Helper()
	w := p.do(ask{method: get, path: address})
	p.page = w.Body.String()
	return w.ResponseRecorder
}

// say holds that the page says something, in the words a person reads.
func (p *phone) say(texts ...string) {
	p.Helper()
	for _, text := range texts {
		if !strings.Contains(p.text(), text) {
			p.Errorf("the page does not say %q:\n%s", text, p.text())
		}
	}
}

// word is one of the catalogue's: what the phone says of the booth's buttons is what
// stands on them.
func (h *house) word(key string) ui.Word {
	h.Helper()
	words, err := ui.Embedded().Words()
	if _, known := words[key]; err != nil || !known {
		h.Fatalf("no word %s: %v", key, err)
	}
	return words[key]
}

var tags = regexp.MustCompile(`(?s)<[^>]*>`)

func (p *phone) text() string {
	return strings.Join(strings.Fields(html.UnescapeString(tags.ReplaceAllString(p.page, " "))), " ")
}

var (
	forms  = regexp.MustCompile(`(?s)<form[^>]*action="([^"]+)"[^>]*>(.*?)</form>`)
	hidden = regexp.MustCompile(`<input type="hidden" name="(\w+)" value="(\w+)">`)
)

// press sends the form of the page whose address ends so, with more fields.
func (p *phone) press(do string, more url.Values) *httptest.ResponseRecorder {
	p.Helper()
	for _, m := range forms.FindAllStringSubmatch(p.page, -1) {
		address := strings.Split(html.UnescapeString(m[1]), "#")[0]
		if !strings.HasSuffix(strings.Split(address, "?")[0], "/"+do) {
			continue
		}
		fields := url.Values{}
		for _, f := range hidden.FindAllStringSubmatch(m[2], -1) {
			fields.Set(f[1], f[2])
		}
		for name, values := range more {
			fields[name] = values
		}
		return p.send(address, fields)
	}
	p.Fatalf("the page has no form to %s:\n%s", do, p.page)
	return nil
}

func (p *phone) send(address string, fields url.Values) *httptest.ResponseRecorder {
	p.Helper()
	w := p.do(ask{method: post, path: address, body: fields.Encode(), key: "-", header: map[string]string{"Content-Type": "application/x-www-form-urlencoded"}})
	if to := w.Header().Get("Location"); w.Code == http.StatusSeeOther {
		p.open(to)
	}
	return w.ResponseRecorder
}

func (h *house) phone(link, lang string) *phone {
	h.Helper()
	p := &phone{house: h, link: link, lang: lang}
	if w := p.open("/v/" + link + "?lang=" + lang); w.Code != 200 || !strings.HasPrefix(w.Header().Get("Content-Type"), "text/html") {
		h.Fatalf("the visitor's page: %d %s", w.Code, w.Body)
	}
	return p
}

func TestAVisitWithoutJavaScript(t *testing.T) {
	h := newHouse(t)
	h.furnish()
	first := h.post("desk", "/visits", map[string]any{"claims": []any{map[string]any{"reason": "jht_phk"}}})
	own := h.post("desk", "/visits", map[string]any{"claims": []any{map[string]any{"reason": "jht_resign"}}})
	p := h.phone(own["link"].(string), "id")
	p.say("Nomor Anda A002", "Perkiraan dipanggil", "1 nomor di depan Anda", "Mengundurkan diri", "Surat keterangan pengunduran diri", "diperbarui sendiri")
	if !strings.Contains(p.page, `<noscript><meta http-equiv="refresh" content="30; url=/v/`) {
		t.Error("without JavaScript the page does not renew itself")
	}
	p.press("step-out", nil)
	p.say("Anda sedang keluar", "1 nomor di depan Anda")
	p.press("resume", nil)
	p.say("Perkiraan dipanggil")
	h.post("officer", "/rooms/1/session", nil)
	h.do(ask{as: "officer", method: post, path: api + "/rooms/1/call"})
	p.open("/v/" + p.link)
	p.say("Duduklah di sana dan tunggu; petugas akan memulai.")
	h.pairDevice(access.Booth, "1", "1")
	p.open("/v/" + p.link)
	p.say("Duduklah di sana dan tunggu; petugas akan memulai.") // the screen is another's
	h.pairDevice(access.Booth, "1", "2")
	p.open("/v/" + p.link + "?lang=en")
	p.say("Please go in now", "Room 1", "Booth 2", "Your place is kept until 08:04", "Press “"+h.word("booth.yes").English+"”")
	visit := fmt.Sprintf("/visits/%d", id(own["id"]))
	h.post("officer", visit+"/seat", nil)
	h.post("officer", fmt.Sprintf("/visits/%d/seat", id(first["id"])), nil)
	p.open("/v/" + p.link)
	p.say("Anda sedang dilayani", "Ruang 1", "Bilik 2", "Tekan “"+h.word("booth.help").Indonesian+"”")
	h.post("officer", "/rooms/1/seats/2/ready", nil)
	h.post("officer", fmt.Sprintf("/officers/%d/take", officerID), map[string]any{"room": 1, "seat": 2})
	h.post("officer", fmt.Sprintf("/claims/%d/settle", id(own["id"])), map[string]any{"outcome": "returned", "reason": "papers_missing", "missing": []string{"identity"}})
	p.open("/v/" + p.link)
	p.say("Datang lagi dengan berkas ini KTP atau identitas lain Ambil nomor baru", "Tanda terima", "Dikembalikan, berkas kurang", "KTP atau identitas lain", "Senin, 2 Maret 2026", "Bagaimana pelayanan kami?")
	if strings.Contains(p.page, "http-equiv") {
		t.Error("a page with a form that somebody fills in must not renew itself")
	}
	p.press("survey", nil)
	p.say("Jawab sedikitnya satu pertanyaan")
	p.press("survey", url.Values{"u1": {"4"}, "u7": {"3"}})
	p.say("Terima kasih atas jawaban Anda")
	if s := h.hall.State().Survey(scheduler.VisitID(id(own["id"]))); s == nil || s.Answers != (scheduler.Answers{0: 4, 6: 3}) {
		t.Errorf("the answers are %+v", s)
	}
	p.press("survey", url.Values{"u1": {"2"}})
	if s := h.hall.State().Survey(scheduler.VisitID(id(own["id"]))); s.Answers != (scheduler.Answers{0: 2}) || s.Times != 2 {
		t.Errorf("changed answers are %+v", s)
	}
	p.press("survey", url.Values{"u1": {"9"}})
	p.say("Hal itu tidak dapat dilakukan sekarang")
}

func TestCancellingByAForm(t *testing.T) {
	h := newHouse(t)
	h.furnish()
	v := h.post("desk", "/visits", nil)
	p := h.phone(v["link"].(string), "en")
	before := p.page
	if w := p.press("cancel", nil); w.Code != http.StatusSeeOther || strings.Contains(w.Header().Get("Location"), "said=") {
		t.Errorf("cancelling: %d to %s", w.Code, w.Header().Get("Location"))
	}
	p.say("Your number is cancelled")
	seq := h.hall.State().Seq
	p.page = before // pressed twice before the answer came
	if w := p.press("cancel", nil); w.Code != http.StatusSeeOther || strings.Contains(w.Header().Get("Location"), "said=") || h.hall.State().Seq != seq {
		t.Errorf("pressing twice is not pressing once: %d to %s", w.Code, w.Header().Get("Location"))
	}
	p.page = before
	p.press("step-out", nil)
	p.say("Only a waiting number can step out")
	for name, fields := range map[string]url.Values{"no key": {}, "a long key": {"key": {strings.Repeat("k", 200)}}, "too much": {"key": {"k"}, "x": {strings.Repeat("x", maxForm)}}} {
		if w := p.send("/v/"+p.link+"/cancel", fields); w.Code != http.StatusSeeOther || !strings.Contains(w.Header().Get("Location"), "said=") {
			t.Errorf("%s: %d %s", name, w.Code, w.Header().Get("Location"))
		}
	}
	h.do(ask{method: post, path: "/v/" + p.link + "/cancel", header: map[string]string{"Origin": "http://evil.example"}}).refused(403, "cross_site")
}

func TestAVisitorsLinkIsASecret(t *testing.T) {
	h := newHouse(t)
	h.furnish()
	person := map[string]any{"id_type": "nik", "id_number": canaries[1], "name": canaries[0], "phone": canaries[2], "memberships": []string{canaries[3]}}
	v := h.post("desk", "/visits", map[string]any{"person": person})
	link := v["link"].(string)
	p := h.phone(link, "id")
	p.press("step-out", nil)
	for _, secret := range canaries {
		if strings.Contains(p.page, secret) || strings.Contains(p.page, strings.Split(secret, " ")[0]) {
			t.Errorf("the page holds %q", secret)
		}
	}
	w := p.open("/v/" + link)
	if w.Header().Get("Referrer-Policy") != "same-origin" || w.Header().Get("Cache-Control") != noStore || w.Header().Get("X-Robots-Tag") != "noindex" {
		t.Errorf("a page whose address is a secret has the headers %v", w.Header())
	}
	metric := h.do(ask{method: get, path: "/metrics"}).Body.String()
	state := string(must(scheduler.EncodeState(h.hall.State())))
	for where, text := range map[string]string{"the log": h.log.String(), "the metrics": metric, "the state": state} {
		if strings.Contains(text, link) {
			t.Errorf("the link is in %s", where)
		}
	}
	var same []string
	for _, wrong := range []string{strings.Repeat("x", 22), link[:21], link + "x", "1", "%2e%2e", strings.Repeat("y", 3000)} {
		w := p.open("/v/" + wrong + "?lang=en")
		if w.Code != http.StatusNotFound || !strings.Contains(w.Body.String(), "This link is not valid") {
			t.Errorf("%.30s: %d", wrong, w.Code)
		}
		same = append(same, w.Body.String())
		if one := p.send("/v/"+wrong+"/cancel?lang=en", url.Values{"key": {"k"}}); one.Code != http.StatusNotFound || one.Body.String() != w.Body.String() {
			t.Errorf("a form of a link that nobody has: %d", one.Code)
		}
	}
	for _, body := range same {
		if body != same[0] {
			t.Error("links that nobody has are answered in different ways")
		}
	}
}

func TestABusyNetworkIsToldInWords(t *testing.T) {
	h := newHouse(t)
	h.furnish()
	link := h.post("desk", "/visits", nil)["link"].(string)
	h.reads.burst, h.reads.rate = 1, 0.001
	h.do(ask{method: get, path: "/v/" + link})
	w := h.do(ask{method: get, path: "/v/" + link + "?lang=en"})
	if w.Code != http.StatusTooManyRequests || w.Header().Get("Retry-After") == "" || !strings.Contains(w.Body.String(), "Your number stays valid") {
		t.Errorf("%d %v: %s", w.Code, w.Header(), w.Body)
	}
}

// TestThePageIsWhole looks at every picture of the gallery, in both languages.
func TestThePageIsWhole(t *testing.T) {
	h := newHouse(t, func(o *Options) { o.Demo = &stage{} })
	for state := range galleryTickets() {
		for _, lang := range []string{"id", "en"} {
			w := h.do(ask{method: get, path: "/gallery/visitor?state=" + state + "&lang=" + lang})
			page := w.Body.String()
			if w.Code != 200 || !strings.Contains(page, "</html>") || !strings.Contains(page, `<html lang="`+lang+`">`) {
				t.Errorf("%s in %s: %d", state, lang, w.Code)
			}
			if m := regexp.MustCompile(`\[[a-z_]+\.[a-z_]+\]|ZgotmplZ|<no value>|\bstyle=|\son\w+=`).FindString(page); m != "" {
				t.Errorf("%s in %s: the page holds %s", state, lang, m)
			}
		}
	}
	if w := h.do(ask{method: get, path: "/gallery/visitor?state=nothing"}); w.Code != 404 {
		t.Errorf("a picture that there is not: %d", w.Code)
	}
}

// TestThePageIsSmall holds the byte budget: the largest page with everything it loads,
// uncompressed, without the typeface and without comments, which no phone runs.
func TestThePageIsSmall(t *testing.T) {
	const budget = 60_000
	h := newHouse(t, func(o *Options) { o.Demo = &stage{} })
	largest := 0
	for state := range galleryTickets() {
		largest = max(largest, h.do(ask{method: get, path: "/gallery/visitor?state=" + state}).Body.Len())
	}
	total := largest
	seen := map[string]bool{}
	waiting := []string{"lib/tokens.css", "lib/base.css", "visitor/style.css", "visitor/app.js"}
	for len(waiting) > 0 {
		name := waiting[0]
		if waiting = waiting[1:]; seen[name] {
			continue
		}
		seen[name] = true
		content, err := fs.ReadFile(ui.FS(), name)
		h.must(err)
		text := regexp.MustCompile(`(?s:/\*.*?\*/)|(?m:^\s*//.*\n)`).ReplaceAllString(string(content), "")
		total += len(text)
		for _, m := range regexp.MustCompile(`from '(\.[^']+)'`).FindAllStringSubmatch(text, -1) {
			waiting = append(waiting, path.Join(path.Dir(name), m[1]))
		}
	}
	if total > budget {
		t.Errorf("the visitor's page has %d bytes, %d of them the page itself; the budget is %d", total, largest, budget)
	}
}

func TestTheServerSaysWhatTheScreensSay(t *testing.T) {
	words, err := ui.Embedded().Words()
	if err != nil {
		t.Fatal(err)
	}
	id, en := sayings{indonesian, words}, sayings{english, words}
	for _, x := range []struct{ got, want string }{
		{id.span(0, 59), "kurang dari 1 menit"}, {id.span(0, 240), "0–4 menit"}, {id.span(1500, 2390), "25–40 menit"},
		{id.span(7500, 10200), "2 jam 5 – 2 jam 50 menit"}, {id.span(3000, 7500), "50 menit – 2 jam 5 menit"}, {en.span(7200, 10800), "2 – 3 h"}, {en.span(1800, 1800), "30 min"},
		{id.clock(galleryAt, 25200), "09.30"}, {en.clock(galleryAt, 32400), "11:30"},
		{id.date("2026-03-02"), "Senin, 2 Maret 2026"}, {en.date("2026-08-17"), "Monday, 17 August 2026"}, {en.date("soon"), "soon"},
		{en.t("words.persons", "n", 1), "1 person"}, {en.t("words.persons", "n", 2), "2 persons"}, {id.t("no.such"), "[no.such]"},
		{id.label("outcome", "approved"), "Disetujui"}, {id.label("outcome", "brand_new"), "brand new"},
		{en.refusal("cannot_step_out"), "Only a waiting number can step out and keep its place."}, {en.refusal("<script>"), en.t("visitor.refused")},
	} {
		if x.got != x.want {
			t.Errorf("%q, want %q", x.got, x.want)
		}
	}
}

// TestNoPromiseBeginsInThePast: at 10:07 a wait of no minutes to eight is "by about
// 10:15", and never "from 10:05".
func TestNoPromiseBeginsInThePast(t *testing.T) {
	words, err := ui.Embedded().Words()
	if err != nil {
		t.Fatal(err)
	}
	for _, low := range []int64{0, 59, 120, 300, 1260} {
		p := visitorPage{sayings: sayings{lang: english, words: words}}
		p.View.At, p.View.LowS, p.View.HighS, p.View.ZoneS = galleryAt+37*60, low, low+480, 7*hourS // 10:07
		said := p.Between()
		if from := p.View.At + low; from/300*300 <= p.View.At {
			if !strings.HasPrefix(said, "by about") {
				t.Errorf("a wait from %d s on is %q at 10:07", low, said)
			}
		} else if !strings.HasPrefix(said, "around 10:") {
			t.Errorf("a wait from %d s on is %q", low, said)
		}
	}
}

// TestOnlyNeededPapersAreMissing: a paper for some cases only that was marked missing is
// told apart on the phone of somebody whose papers the desk took: neither as all there,
// nor as what sends them home.
func TestOnlyNeededPapersAreMissing(t *testing.T) {
	words, err := ui.Embedded().Words()
	if err != nil {
		t.Fatal(err)
	}
	identity := board.PaperInfo{Doc: "identity", Required: true, Mark: "present"}
	npwp := board.PaperInfo{Doc: "npwp", Required: true, When: "over_50m_or_partial_before", Mark: "missing"}
	gone := board.PaperInfo{Doc: "identity", Required: true, Mark: "missing"}
	for _, c := range []struct {
		state, look, says string
		docs              []board.PaperInfo
	}{
		{"waiting", "approved", "Lengkap", []board.PaperInfo{identity}},
		{"waiting", "incomplete", "1 bersyarat kurang", []board.PaperInfo{identity, npwp}},
		{"waiting", "missing", "2 kurang", []board.PaperInfo{gone, npwp}},
		{"incomplete", "missing", "1 kurang", []board.PaperInfo{identity, npwp}}, // the desk sent the person for it
	} {
		p := visitorPage{sayings: sayings{lang: indonesian, words: words}}
		p.View.State = c.state
		one := visitorPapers{Docs: c.docs}
		if p.judge(&one); one.Look != c.look || one.Says != c.says || one.Open != (c.look != "approved") {
			t.Errorf("%s with %v looks %q and says %q", c.state, c.docs, one.Look, one.Says)
		}
	}
}

// TestThePhoneSendsToTheDesk in the words of the ticket: before the check nobody is called.
func TestThePhoneSendsToTheDesk(t *testing.T) {
	h := newHouse(t)
	h.furnish()
	own := h.post("desk", "/visits", map[string]any{"papers": "unchecked", "claims": []any{map[string]any{"reason": "jht_phk"}}})
	h.phone(own["link"].(string), "id").say(h.word("slip.desk").Indonesian)
	h.phone(own["link"].(string), "en").say(h.word("slip.desk").English)
}

// TestWhomNoRoomServesIsNotNext: the lobby does not name them as next, and their phone
// promises no time but says what they wait for.
func TestWhomNoRoomServesIsNotNext(t *testing.T) {
	h := newHouse(t)
	h.furnish()
	other := h.post("desk", "/visits", map[string]any{"claims": []any{map[string]any{"programme": "JKM", "reason": "jkm_death"}}})
	own := h.post("desk", "/visits", map[string]any{"claims": []any{map[string]any{"reason": "jht_phk"}}})
	h.post("officer", "/rooms/1/session", nil)
	next := h.get("manager", "/views/lobby")["next"].([]any)
	if len(next) != 1 || next[0] != own["number"] {
		t.Errorf("next are %v, want %v alone", next, own["number"])
	}
	p := h.phone(other["link"].(string), "id")
	p.say("Dilayani setelah meja samping dibuka")
	if strings.Contains(p.text(), "Perkiraan dipanggil") {
		t.Errorf("the phone promises a time:\n%s", p.text())
	}
	h.phone(own["link"].(string), "id").say("Perkiraan dipanggil")
}
