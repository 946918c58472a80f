package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"lapak/cmd/lapak/backup"
	"lapak/hall"
	"lapak/hall/access"
	"lapak/scheduler"
	"lapak/scheduler/calendar"
)

// soon bounds a wait for something that comes within a second or two on a
// healthy machine.
const soon = 20 * time.Second

// eventually asks until the condition holds; what says what was waited for.
func eventually(t *testing.T, what string, holds func() bool) {
	t.Helper()
	for end := time.Now().Add(soon); !holds(); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("waited %v in vain until %s", soon, what)
		}
	}
}

// served is a furnished branch and the process that serves it.
type served struct {
	*server
	t      *testing.T
	dir    string
	tokens map[string]string // by account name, and screen-0 … screen-n for displays

	client *http.Client // nil: the default one

	keys atomic.Int64
	mu   sync.Mutex
	told map[string]told // every number that was acknowledged, by who was told and their key
}

// told is one acknowledged number with the whole answer.
type told struct {
	ticket
	as, key, body, answer string
}

// The officers of a furnished branch, by the order in which they are hired.
const (
	rinaID = 1
	budiID = 2
)

// furnish makes a data directory with accounts, an open day and one room of six
// seats. at is the branch's time while that is written; prepare does more.
func furnish(t *testing.T, at *hall.Time, prepare func(b *branch)) *served {
	t.Helper()
	t.Setenv("LAPAK_NO_PROMISES", "true") // these tests count records, and a forecast makes some of its own
	h := &served{t: t, dir: filepath.Join(t.TempDir(), "data"), tokens: map[string]string{}, told: map[string]told{}}
	b, err := openBranch(h.dir, at, slog.New(slog.DiscardHandler),
		access.Options{Now: func() int64 { return time.Now().Unix() }, Argon: cheapHash}, func() {})
	if err != nil {
		t.Fatal(err)
	}
	defer b.close()
	for _, a := range []access.NewAccount{{Name: "rina", Role: access.Officer}, {Name: "budi", Role: access.Officer},
		{Name: "sari", Role: access.Manager}, {Name: "wati", Role: access.Desk}, {Name: "tono", Role: access.Desk}} {
		a.Password = access.NewPassword(secretOf(a.Name))
		made, err := b.access.AddAccount(t.Context(), a)
		if err != nil {
			t.Fatal(err)
		}
		if h.tokens[a.Name], _, err = b.access.IssueToken(made.ID, "test", 0); err != nil {
			t.Fatal(err)
		}
	}
	if err := b.enterOfficers(t.Context()); err != nil {
		t.Fatal(err)
	}
	give(t, b, scheduler.SetPolicy{Policy: roundTheClock(at.Now()), Version: 1})
	give(t, b, scheduler.OpenDay{})
	room := scheduler.SetRoom{Room: scheduler.Room{ID: 1, WidthMM: 6000, DepthMM: 4000}}
	for i := range 6 {
		room.Seats = append(room.Seats, scheduler.SeatPlan{XMM: int32(i%3) * 2000, YMM: int32(i/3) * 2000})
	}
	give(t, b, room)
	for _, id := range []scheduler.OfficerID{rinaID, budiID} {
		give(t, b, scheduler.SignOn{Officer: id})
	}
	if prepare != nil {
		prepare(b)
	}
	return h
}

func secretOf(name string) string { return "a long enough secret of " + name }

// give hands a command to a branch of this process, as its manager.
func give(t *testing.T, b *branch, c scheduler.Command) hall.Answer {
	t.Helper()
	a, err := b.hall.Do(context.Background(), hall.Request{Actor: scheduler.Actor{Role: scheduler.ByManager, ID: 3}, Command: c})
	if err != nil {
		t.Fatalf("%T: %v", c, err)
	}
	return a
}

// roundTheClock is a policy under which a test may run at any hour of any day:
// open from midnight to midnight, in the zone whose midnight is farthest, without
// calls that nobody asked for, and with seats that need not wait for an undo.
func roundTheClock(now int64) *scheduler.Policy {
	p := scheduler.DefaultPolicy()
	p.AutoRefill, p.UndoS = false, 0
	far := 0
	for _, zone := range calendar.Zones() {
		second := zone.SecondOfDay(now)
		if rest := min(second, 24*3600-second); rest > far {
			far, p.Calendar.Zone = rest, zone
		}
	}
	all := calendar.DayPlan{Open: true, Hours: calendar.Hours{GateS: 0, OpenS: 0, LastTicketS: 24*3600 - 2, CloseS: 24*3600 - 1}}
	p.Calendar.Weekly = calendar.Week{Mon: all, Tue: all, Wed: all, Thu: all, Fri: all, Sat: all, Sun: all}
	return p
}

// screens gives the branch n more bearer tokens, for boards: one credential may
// have ten screens only. Call it before the branch is served.
func (h *served) screens(n int) {
	h.t.Helper()
	store, err := openAccess(h.dir, access.Options{Now: func() int64 { return time.Now().Unix() }})
	if err != nil {
		h.t.Fatal(err)
	}
	defer store.Close()
	for i := range n {
		made, err := issueToken(store, userToken{Name: "sari", Label: "board"})
		if err != nil {
			h.t.Fatal(err)
		}
		h.tokens[fmt.Sprint("screen-", i)] = made.Token
	}
}

// serve starts the program on the branch; the test's end kills it.
func (h *served) serve() *served {
	h.t.Helper()
	h.server = startServer(h.t, h.dir)
	h.t.Cleanup(func() { h.kill() })
	return h
}

// restart kills the program with SIGKILL and starts it again at the same address.
func (h *served) restart() {
	h.t.Helper()
	listen := strings.TrimPrefix(h.base, "http://")
	h.kill()
	h.server = startServerOn(h.t, h.dir, listen)
}

// answered is what came back.
type answered struct {
	t      *testing.T
	code   int
	header http.Header
	body   []byte
}

// send makes one request; key "" is a fresh one. It may be called from any
// goroutine.
func (h *served) send(as, method, path, key, body string) (answered, error) {
	r, err := http.NewRequest(method, h.base+path, strings.NewReader(body))
	if err != nil {
		return answered{}, err
	}
	if as != "" {
		r.Header.Set("Authorization", "Bearer "+h.tokens[as])
	}
	if key == "" {
		key = fmt.Sprint("fresh-", h.keys.Add(1))
	}
	if method != http.MethodGet && key != noKey {
		r.Header.Set("Idempotency-Key", key)
	}
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	return h.round(r)
}

// noKey leaves the Idempotency-Key out.
const noKey = "-"

func (h *served) round(r *http.Request) (answered, error) {
	client := h.client
	if client == nil {
		client = http.DefaultClient
	}
	resp, err := client.Do(r)
	if err != nil {
		return answered{}, err
	}
	defer resp.Body.Close()
	b, err := io.ReadAll(resp.Body)
	return answered{t: h.t, code: resp.StatusCode, header: resp.Header, body: b}, err
}

func (h *served) ask(as, method, path, key, body string) answered {
	h.t.Helper()
	a, err := h.send(as, method, path, key, body)
	if err != nil {
		h.t.Fatalf("%s %s: %v\n%s", method, path, err, h.log.String())
	}
	return a
}

// post is the usual request, which must succeed.
func (h *served) post(as, path, body string) answered {
	h.t.Helper()
	return h.ask(as, http.MethodPost, path, "", body).good()
}

func (h *served) get(as, path string, v any) answered {
	h.t.Helper()
	a := h.ask(as, http.MethodGet, path, noKey, "").good()
	a.into(v)
	return a
}

func (a answered) good() answered {
	a.t.Helper()
	if a.code >= 300 {
		a.t.Fatalf("status %d: %s", a.code, a.body)
	}
	return a
}

func (a answered) into(v any) {
	a.t.Helper()
	if err := json.Unmarshal(a.body, v); err != nil {
		a.t.Fatalf("status %d, %v: %s", a.code, err, a.body)
	}
}

// refusal is what a program reads of a problem document.
type refusal struct {
	Status int    `json:"status"`
	Code   string `json:"code"`
	Field  string `json:"field"`
	Detail string `json:"detail"`
}

// refused holds an answer to a status, a code and a field, and to a sentence.
func (a answered) refused(status int, code, field string) {
	a.t.Helper()
	var p refusal
	if got := a.header.Get("Content-Type"); got != "application/problem+json" {
		a.t.Errorf("status %d comes as %q: %s", a.code, got, a.body)
		return
	}
	a.into(&p)
	if a.code != status || p.Status != status || p.Code != code || p.Field != field || len(p.Detail) < 20 {
		a.t.Errorf("%d %s of %q (%s), want %d %s of %q", a.code, p.Code, p.Field, p.Detail, status, code, field)
	}
}

// arrive gives a number and keeps what was told.
func (h *served) arrive(as, key, body string) (ticket, error) {
	a, err := h.send(as, http.MethodPost, "/api/v1/visits", key, body)
	if err != nil {
		return ticket{}, err
	}
	if a.code != http.StatusCreated {
		return ticket{}, fmt.Errorf("status %d: %s", a.code, a.body)
	}
	var got ticket
	if err := json.Unmarshal(a.body, &got); err != nil {
		return ticket{}, err
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	h.told[as+" "+key] = told{ticket: got, as: as, key: key, body: body, answer: string(a.body)}
	return got, nil
}

// number is arrive where nothing can go wrong.
func (h *served) number(as string) ticket {
	h.t.Helper()
	got, err := h.arrive(as, fmt.Sprint("number-", h.keys.Add(1)), arrivalBody)
	if err != nil {
		h.t.Fatal(err)
	}
	return got
}

// nothingLost holds the running branch to every number that it acknowledged:
// it verifies, has each visit under its number, has no visit that nobody was
// told of, and answers each key as it did.
func (h *served) nothingLost() {
	h.t.Helper()
	h.verify()
	var list struct {
		Visits []struct {
			ID     int64  `json:"id"`
			Number string `json:"number"`
		} `json:"visits"`
	}
	h.get("sari", "/api/v1/visits", &list)
	has := map[int64]string{}
	for _, v := range list.Visits {
		has[v.ID] = v.Number
	}
	numbers := map[string]bool{}
	for who, was := range h.told {
		if has[was.ID] != was.Number {
			h.t.Errorf("%s was told number %s for visit %d, which has %q", who, was.Number, was.ID, has[was.ID])
		}
		numbers[was.Number] = true
		again := h.ask(was.as, http.MethodPost, "/api/v1/visits", was.key, was.body)
		if again.code != http.StatusCreated || string(again.body) != was.answer {
			h.t.Errorf("%s was answered %s and now %d %s", who, was.answer, again.code, again.body)
		}
	}
	if len(has) != len(numbers) {
		h.t.Errorf("the branch has %d visits; %d numbers were told", len(has), len(numbers))
	}
}

// verify asks the program itself, beside the running server or without one.
func (h *served) verify() backup.Report {
	h.t.Helper()
	var said bytes.Buffer
	c := program("verify", "--data", h.dir)
	c.Stderr = &said
	out, err := c.Output()
	var r backup.Report
	if err != nil || json.Unmarshal(out, &r) != nil || !r.OK {
		h.t.Fatalf("verify: %v\n%s%s", err, out, said.String())
	}
	return r
}

// status is what the manager's page says of the branch beside its state.
type status struct {
	Banners  []string `json:"banners"`
	ClockOff int64    `json:"clock_off_s"`
}

func (h *served) status() (s status) {
	h.t.Helper()
	h.get("sari", "/api/v1/views/manager", &s)
	return s
}
