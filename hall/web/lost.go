package web

import (
	"bytes"
	"net/http"
	"strconv"
	"strings"
)

// lostPage is what a person sees at an address where nothing is, in both languages:
// nothing says yet which one they read.
type lostPage struct {
	Files string
	Says  []lostWords
}

// lostWords are the page in one language. Links lead staff to their screens; the
// public has none, because its address serves nothing else.
type lostWords struct {
	Lang, Title, Text string
	Links             []lostLink
}

type lostLink struct{ To, Name string }

// lost answers a person who mistyped an address with a page, and says whether it did.
// Programs, which ask for JSON or for nothing in particular, get the problem.
func (s *Server) lost(w http.ResponseWriter, r *http.Request, err error, public bool) bool {
	p, known := problemOf(err)
	if !known || !forAPerson(r) || p.Status != http.StatusNotFound && p.Status != http.StatusUnauthorized {
		return false
	}
	if out, ok := unwrapped(w); ok && (out.status != 0 || out.hijacked) {
		return false
	}
	page := lostPage{Files: s.pages.files}
	for _, lang := range []string{indonesian, english} {
		page.Says = append(page.Says, lostIn(sayings{lang: lang, words: s.pages.words}, p.Status, public))
	}
	var body bytes.Buffer
	if s.pages.by[indonesian].ExecuteTemplate(&body, "lost", page) != nil {
		return false // the problem says it plainly
	}
	sent := s.marked(body.Bytes())
	h := w.Header()
	h.Set("Cache-Control", noStore)
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Length", strconv.Itoa(len(sent)))
	w.WriteHeader(p.Status)
	if r.Method != http.MethodHead {
		_, _ = w.Write(sent) // whoever does not read the answer has left
	}
	return true
}

// forAPerson says that a browser asks for a page.
func forAPerson(r *http.Request) bool {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		return false
	}
	for _, programs := range []string{api + "/", "/ui/"} {
		if strings.HasPrefix(r.URL.Path, programs) {
			return false
		}
	}
	return strings.Contains(r.Header.Get("Accept"), "text/html")
}

func lostIn(l sayings, status int, public bool) lostWords {
	says := lostWords{Lang: l.lang, Title: l.t("visitor.lost"), Text: l.t("visitor.lost_ticket")}
	if public {
		return says
	}
	says.Text = l.t("visitor.lost_staff")
	if status == http.StatusUnauthorized {
		says.Title, says.Text = l.t("visitor.not_signed_in"), l.t("visitor.not_signed_in_why")
	}
	says.Links = []lostLink{{"/", l.t("visitor.first_page")}, {"/lobby", l.t("index.lobby")}, {"/officer", l.t("index.officer")}, {"/desk", l.t("index.desk")},
		{"/kiosk", l.t("index.kiosk")}, {"/manager", l.t("index.manager")}, {"/pair", l.t("index.pair")}}
	return says
}
