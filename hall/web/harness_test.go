package web

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"lapak/hall"
	"lapak/hall/access"
	"lapak/hall/audit"
	"lapak/hall/board"
	"lapak/hall/journal"
	"lapak/hall/ledger"
	"lapak/hall/media"
	"lapak/hall/people"
	"lapak/hall/study"
	"lapak/scheduler"
	"lapak/scheduler/calendar"
	"lapak/ui"
)

var update = flag.Bool("update", false, "write the golden files anew")

const password = "kuda hijau menyanyi"

// covered are the operations that some test saw succeed.
var covered sync.Map

// checkSpec holds a request and its answer against openapi.json.
var checkSpec = func(*testing.T, *http.Request, []byte, *httptest.ResponseRecorder) {}

func TestMain(m *testing.M) {
	flag.Parse()
	code := m.Run()
	if f := flag.Lookup("test.run"); code == 0 && f.Value.String() == "" && flag.Lookup("test.fuzz").Value.String() == "" {
		code = uncovered()
	}
	os.Exit(code)
}

// uncovered fails the run when an operation never succeeded in any test.
func uncovered() int {
	code := 0
	for _, rt := range new(Server).routes() {
		if _, ok := covered.Load(rt.method + " " + rt.path); !ok && rt.kind != page {
			fmt.Fprintf(os.Stderr, "no test saw %s %s succeed\n", rt.method, rt.path)
			code = 1
		}
	}
	return code
}

// house is a whole branch behind its web server: a real hall over a journal in
// memory, real people and accounts in a directory, and a clock that stands still.
type house struct {
	*testing.T
	*Server
	hall    *hall.Hall
	clock   *hall.Time
	docs    *journal.Memory
	log     *lines
	tokens  map[string]string // by name
	keys    atomic.Int64
	handler http.Handler
}

// lines collects what is logged.
type lines struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *lines) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *lines) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

// monday is 08:00 on a working day in Jakarta.
func monday() int64 { return calendar.WIB.At(calendar.MustParse("2026-03-02"), 8*3600) }

var theKey = bytes.Repeat([]byte{7}, keyBytes)

func newHouse(t *testing.T, changes ...func(*Options)) *house {
	t.Helper()
	h := &house{T: t, clock: hall.NewTimeAt(monday(), 0), docs: journal.NewMemory(), log: &lines{}, tokens: map[string]string{}}
	logger := slog.New(slog.NewJSONHandler(h.log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	vault, err := people.Open(mkdir(t, "people"))
	h.must(err)
	h.Cleanup(func() { h.must(vault.Close()) })
	doors, err := access.Open(mkdir(t, "access"), access.Options{Now: monday, Argon: access.Params{Time: 1, MemoryKiB: 64, Threads: 1}})
	h.must(err)
	h.Cleanup(func() { h.must(doors.Close()) })
	var feed atomic.Pointer[board.Feed]
	h.hall, err = hall.Open(hall.Options{Journal: journal.Plain{Store: h.docs}, Time: h.clock, Logger: logger,
		Changed: func() { feed.Load().Changed() }})
	h.must(err)
	h.Cleanup(h.hall.Close)
	o := Options{Branch: h.hall, People: vault, Access: doors, UI: ui.Embedded(), Key: theKey, Logger: logger}
	for _, change := range changes {
		change(&o)
	}
	o.Media, err = media.Open(t.TempDir())
	h.must(err)
	o.Source, err = NewSource(o.Branch, h.docs, o.InsecureLAN)
	h.must(err)
	o.Source.WithMedia(o.Media.Rev)
	o.Feed = board.NewFeed(board.Options{Source: o.Source, Epoch: h.hall.Epoch(), Build: o.UI.Build(), Clock: h.hall.Now})
	feed.Store(o.Feed)
	h.Cleanup(func() { h.must(o.Feed.Shutdown(context.Background())) })
	studies := study.New(study.Options{Branch: h.hall, Records: journal.Plain{Store: h.docs}, Logger: logger})
	h.Cleanup(studies.Close)
	o.Studies = studies
	kept := ledger.New(ledger.Options{Branch: h.hall, Records: journal.Plain{Store: h.docs}, Logger: logger})
	h.Cleanup(kept.Close)
	if o.Reports == nil {
		o.Reports = kept
	}
	who := audit.New(h.hall, journal.Plain{Store: h.docs})
	h.Cleanup(who.Close)
	if o.Audit == nil {
		o.Audit = who
	}
	if o.Outlook == nil {
		o.Outlook = &learnedNothing{read: true}
	}
	h.Server, err = New(o)
	h.must(err)
	h.handler = h.Handler()
	for _, name := range []string{"manager", "officer", "other", "desk", "observer"} {
		h.hire(name)
	}
	return h
}

func mkdir(t *testing.T, name string) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), name)
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	return dir
}

func (h *house) must(err error) {
	h.Helper()
	if err != nil {
		h.Fatal(err)
	}
}

// hire adds an account with a bearer token; "other" is a second officer.
func (h *house) hire(name string) {
	h.Helper()
	role := access.Role(name)
	if name == "other" {
		role = access.Officer
	}
	a, err := h.o.Access.AddAccount(h.Context(), access.NewAccount{Name: name, Role: role, Password: access.NewPassword(password)})
	h.must(err)
	h.tokens[name], _, err = h.o.Access.IssueToken(a.ID, "test", 0)
	h.must(err)
	if role == access.Officer || role == access.Manager {
		_, err = h.hall.Do(h.Context(), hall.Request{Actor: scheduler.System, Command: scheduler.SetOfficer{ID: scheduler.OfficerID(a.ID)}})
		h.must(err)
	}
}

// The accounts' ids, in the order in which they are hired.
const (
	managerID = 1
	officerID = 2
	otherID   = 3
)

// pairDevice adds a device whose token goes by its kind.
func (h *house) pairDevice(kind access.DeviceKind, room, seat string) access.Device {
	h.Helper()
	token, begun, err := h.o.Access.BeginPairing("192.0.2.9", 1920, 1080)
	h.must(err)
	d, err := h.o.Access.ApprovePairing("test", begun.Code, managerID, access.DeviceSpec{Kind: kind, Name: string(kind), Room: room, Seat: seat})
	h.must(err)
	h.tokens[string(kind)+" device"] = token
	return d
}

// ask is one request of a test.
type ask struct {
	as     string // a name in tokens, or nobody
	method string
	path   string
	body   any    // a string is sent as it is
	key    string // "": a fresh one where it is needed; "-": none
	header map[string]string
	from   string          // remote address
	ctx    context.Context // nil: the test's
}

// file is a body that is the bytes of a file.
type file []byte

// answered is what came back.
type answered struct {
	*httptest.ResponseRecorder
	t *testing.T
}

func (h *house) do(a ask) answered {
	h.Helper()
	var body []byte
	switch b := a.body.(type) {
	case nil:
	case string:
		body = []byte(b)
	case file:
		body = b
	default:
		var err error
		body, err = json.Marshal(b)
		h.must(err)
	}
	r := httptest.NewRequest(a.method, "http://127.0.0.1:8080"+a.path, bytes.NewReader(body))
	r = r.WithContext(cmp.Or(a.ctx, h.Context()))
	if a.from != "" {
		r.RemoteAddr = a.from
	}
	if len(body) > 0 {
		r.Header.Set("Content-Type", "application/json")
		if _, raw := a.body.(file); raw {
			r.Header.Set("Content-Type", "application/octet-stream")
		}
	}
	if a.as != "" {
		token, ok := h.tokens[a.as]
		if !ok {
			h.Fatalf("nobody is called %q", a.as)
		}
		r.Header.Set("Authorization", "Bearer "+token)
	}
	switch {
	case a.key == "" && a.method != http.MethodGet && a.method != http.MethodHead:
		r.Header.Set(keyHeader, fmt.Sprintf("key-%d", h.keys.Add(1)))
	case a.key != "" && a.key != "-":
		r.Header.Set(keyHeader, a.key)
	}
	for name, value := range a.header {
		if name == "Host" {
			r.Host = value
			continue
		}
		r.Header.Set(name, value)
	}
	w := httptest.NewRecorder()
	h.handler.ServeHTTP(w, r)
	out := answered{ResponseRecorder: w, t: h.T}
	if w.Code < 400 {
		cover(a.method, r.URL.Path)
	}
	checkSpec(h.T, r, body, w)
	return out
}

// cover notes that an operation succeeded. The most literal pattern wins, as in
// the router.
func cover(method, path string) {
	best, literal := "", -1
	for _, rt := range new(Server).routes() {
		if n, ok := fits(rt.path, path); ok && rt.method == method && n > literal {
			best, literal = rt.method+" "+rt.path, n
		}
	}
	covered.Store(best, true)
}

// fits reports whether a path is one of the pattern, and how many of its parts
// are literal.
func fits(pattern, path string) (literal int, ok bool) {
	want, have := strings.Split(pattern, "/"), strings.Split(path, "/")
	for i, part := range want {
		switch {
		case part == "*":
			return literal, true
		case i >= len(have):
			return 0, false
		case strings.HasPrefix(part, ":"):
		case part != have[i]:
			return 0, false
		default:
			literal++
		}
	}
	return literal, len(want) == len(have)
}

// post is the usual request, which must succeed.
func (h *house) post(as, path string, body any) map[string]any {
	h.Helper()
	return h.do(ask{as: as, method: post, path: api + path, body: body}).good(h)
}

func (h *house) get(as, path string) map[string]any {
	h.Helper()
	return h.do(ask{as: as, method: get, path: api + path}).good(h)
}

// good decodes an answer that must be one.
func (a answered) good(h *house) map[string]any {
	h.Helper()
	if a.Code >= 300 {
		h.Fatalf("status %d: %s", a.Code, a.Body)
	}
	return a.json()
}

func (a answered) json() map[string]any {
	a.t.Helper()
	var out map[string]any
	if err := json.Unmarshal(a.Body.Bytes(), &out); err != nil {
		a.t.Fatalf("status %d, no JSON: %s", a.Code, a.Body)
	}
	return out
}

// problem decodes a refusal and holds its form.
func (a answered) problem() Problem {
	a.t.Helper()
	if got := a.Header().Get("Content-Type"); got != "application/problem+json" {
		a.t.Fatalf("status %d comes as %q: %s", a.Code, got, a.Body)
	}
	var p Problem
	dec := json.NewDecoder(bytes.NewReader(a.Body.Bytes()))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&p); err != nil {
		a.t.Fatalf("%v: %s", err, a.Body)
	}
	if p.Status != a.Code || p.Code == "" || p.Detail == "" || p.Title == "" || p.Type == "" {
		a.t.Fatalf("status %d, an unfinished problem: %+v", a.Code, p)
	}
	return p
}

// refused holds an answer to a status and a code.
func (a answered) refused(status int, code string) Problem {
	a.t.Helper()
	p := a.problem()
	if p.Status != status || p.Code != code {
		a.t.Errorf("%d %s (%s %s), want %d %s", p.Status, p.Code, p.Field, p.Detail, status, code)
	}
	return p
}

// furnish opens the day with one room of six seats and its officer on shift.
func (h *house) furnish() {
	h.Helper()
	h.post("manager", "/day/open", nil)
	seats := []any{}
	for i := range 6 {
		seats = append(seats, map[string]any{"x_mm": i % 3 * 1500, "y_mm": i / 3 * 1500, "accessible": i == 5})
	}
	h.do(ask{as: "manager", method: put, path: api + "/rooms/1", body: map[string]any{"version": 0, "width_mm": 6000, "depth_mm": 4000, "seats": seats}}).good(h)
	h.post("officer", fmt.Sprintf("/officers/%d/on", officerID), nil)
}

func id(v any) int64 { return int64(v.(float64)) }

func readAll(t *testing.T, r io.Reader) string {
	t.Helper()
	b, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}
