package main

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"lapak/hall"
	"lapak/hall/journal"
	"lapak/scheduler"
)

const api = "/api/v1"

// badRequest is one wrong request and its only right answer.
type badRequest struct {
	item, name               string // of the list of bad input, and which case of it
	as, method, path         string
	body                     string
	status                   int
	code, field, key, asType string
}

// everyBadInput is the list "Bad input and bad days" as far as one request goes.
// stale is the policy of a version before the present one.
func everyBadInput(stale string) []badRequest {
	post, put := http.MethodPost, http.MethodPut
	visits, long := api+"/visits", strings.Repeat("x", 2001)
	return []badRequest{
		{item: "wrong field", name: "a word of no list", as: "wati", method: post, path: visits, body: `{"channel":"by_boat"}`, status: 400, code: "bad_field", field: "channel"},
		{item: "wrong field", name: "a number out of range", as: "wati", method: post, path: visits, body: `{"persons":0}`, status: 422, code: "out_of_range", field: "persons"},
		{item: "wrong field", name: "a claim of nobody", as: "wati", method: post, path: visits, body: `{"claims":[{"programme":"JHT","person":4}]}`, status: 422, code: "out_of_range", field: "claims.person"},
		{item: "wrong field", name: "an unknown reason", as: "sari", method: post, path: api + "/rooms/1/abort", body: `{"reason":"bored"}`, status: 422, code: "unknown_reason", field: "reason"},
		{item: "wrong field", name: "a missing one", as: "sari", method: post, path: api + "/clock/adjust", body: `{}`, status: 400, code: "missing", field: "by_s"},
		{item: "wrong field", name: "given twice", as: "wati", method: post, path: visits, body: `{"persons":1,"persons":2}`, status: 400, code: "bad_field", field: "persons"},
		{item: "unknown field", name: "in the body", as: "wati", method: post, path: visits, body: `{"chanel":"walk_in"}`, status: 400, code: "unknown_field", field: "chanel"},
		{item: "unknown field", name: "deep in a list", as: "sari", method: put, path: api + "/rooms/2", body: `{"width_mm":1,"depth_mm":1,"seats":[{"x_mm":0,"y_mm":0,"z_mm":0}]}`, status: 400, code: "unknown_field", field: "seats[0].z_mm"},
		{item: "unknown field", name: "in the query", as: "wati", method: http.MethodGet, path: visits + "?sate=waiting", status: 400, code: "unknown_field", field: "sate"},
		{item: "too long", name: "a text", as: "sari", method: post, path: api + "/rooms/1/abort", body: `{"reason":"` + long + `"}`, status: 400, code: "too_long", field: "reason"},
		{item: "too long", name: "the notice", as: "sari", method: put, path: api + "/notice", body: `{"text":"` + long[:281] + `"}`, status: 422, code: "too_long", field: "text"},
		{item: "too long", name: "the body", as: "wati", method: post, path: visits, body: `{"claims":[` + strings.Repeat(" ", 64<<10) + `]}`, status: 413, code: "body_too_large"},
		{item: "too long", name: "the key", as: "wati", method: post, path: visits, body: `{}`, key: long[:129], status: 400, code: "bad_field", field: "Idempotency-Key"},
		{item: "wrong type", name: "a text for a number", as: "wati", method: post, path: visits, body: `{"persons":"two"}`, status: 400, code: "bad_field", field: "persons"},
		{item: "wrong type", name: "a fraction", as: "wati", method: post, path: visits, body: `{"persons":1.5}`, status: 400, code: "bad_field", field: "persons"},
		{item: "wrong type", name: "a number beyond its field", as: "sari", method: put, path: api + "/rooms/2", body: `{"width_mm":5000000000,"depth_mm":1,"seats":[]}`, status: 400, code: "bad_field", field: "width_mm"},
		{item: "wrong type", name: "a list for the whole", as: "wati", method: post, path: visits, body: `[]`, status: 400, code: "bad_request"},
		{item: "wrong type", name: "no JSON", as: "wati", method: post, path: visits, body: `{"persons":`, status: 400, code: "bad_request"},
		{item: "wrong type", name: "a form", as: "wati", method: post, path: visits, body: `persons=1`, asType: "application/x-www-form-urlencoded", status: 415, code: "unsupported_media_type"},
		{item: "stale version", name: "of the policy", as: "sari", method: put, path: api + "/policy", body: stale, status: 409, code: "stale_version"},
		{item: "stale version", name: "of a room", as: "sari", method: put, path: api + "/rooms/1", body: `{"version":0,"width_mm":6000,"depth_mm":4000,"seats":[]}`, status: 409, code: "stale_version"},
		{item: "double submit", name: "without a key", as: "wati", method: post, path: visits, body: `{}`, key: noKey, status: 400, code: "idempotency_key_missing", field: "Idempotency-Key"},
		{item: "unknown id", name: "of a visit", as: "wati", method: post, path: visits + "/999/park", body: `{}`, status: 404, code: "unknown_visit", field: "visit"},
		{item: "unknown id", name: "that is no number", as: "wati", method: http.MethodGet, path: visits + "/A001", status: 404, code: "unknown_visit", field: "id"},
		{item: "unknown id", name: "of a room", as: "sari", method: post, path: api + "/rooms/99/call", body: `{}`, status: 404, code: "unknown_room", field: "room"},
		{item: "unknown id", name: "of a claim", as: "sari", method: post, path: api + "/claims/999/settle", body: `{"outcome":"approved"}`, status: 404, code: "unknown_claim", field: "claim"},
		{item: "unknown id", name: "of an officer", as: "sari", method: post, path: api + "/officers/99/on", body: `{}`, status: 404, code: "unknown_officer", field: "officer"},
		{item: "unknown id", name: "of a device", as: "sari", method: http.MethodDelete, path: api + "/devices/99", status: 404, code: "not_found"},
		{item: "unknown id", name: "of a record", as: "sari", method: post, path: api + "/undo", body: `{"seq":999999}`, status: 409, code: "undo_gone"},
		{item: "unknown id", name: "an address of nothing", as: "sari", method: http.MethodGet, path: api + "/nothing", status: 404, code: "not_found"},
		{item: "command out of order", name: "opened twice", as: "sari", method: post, path: api + "/day/open", body: `{}`, status: 409, code: "day_open"},
		{item: "command out of order", name: "called without a session", as: "rina", method: post, path: api + "/rooms/1/call", body: `{}`, status: 409, code: "no_session"},
		{item: "command out of order", name: "seated before the call", as: "rina", method: post, path: visits + "/1/seat", body: `{}`, status: 409, code: "not_called"},
		{item: "command out of order", name: "resumed before the pause", as: "wati", method: post, path: visits + "/1/resume", body: `{}`, status: 409, code: "cannot_resume"},
		{item: "command out of order", name: "on shift twice", as: "rina", method: post, path: api + "/officers/1/on", body: `{}`, status: 409, code: "already_on_shift"},
	}
}

// TestBadInputIsRefusedByName sends everything that a branch must refuse to the
// running program: each has its status, its code and its field, and none leaves
// a trace.
func TestBadInputIsRefusedByName(t *testing.T) {
	h := furnish(t, hall.NewTime(), nil).serve()
	for range 3 {
		h.number("wati")
	}
	var policy struct {
		Policy  json.RawMessage `json:"policy"`
		Version int             `json:"version"`
	}
	h.get("sari", api+"/policy", &policy)
	before := h.verify()
	for _, c := range everyBadInput(fmt.Sprintf(`{"version":%d,"policy":%s}`, policy.Version-1, policy.Policy)) {
		t.Run(c.item+"/"+c.name, func(t *testing.T) {
			r, err := http.NewRequest(c.method, h.base+c.path, strings.NewReader(c.body))
			if err != nil {
				t.Fatal(err)
			}
			r.Header.Set("Authorization", "Bearer "+h.tokens[c.as])
			r.Header.Set("Content-Type", "application/json")
			if c.asType != "" {
				r.Header.Set("Content-Type", c.asType)
			}
			switch {
			case c.key == "":
				r.Header.Set("Idempotency-Key", t.Name())
			case c.key != noKey:
				r.Header.Set("Idempotency-Key", c.key)
			}
			a, err := h.round(r)
			if err != nil {
				t.Fatal(err)
			}
			a.t = t
			a.refused(c.status, c.code, c.field)
		})
	}
	if after := h.verify(); after.Seq != before.Seq || after.Sum != before.Sum {
		t.Errorf("refused requests moved the branch from record %d to %d", before.Seq, after.Seq)
	}
	h.nothingLost()
	h.restart()
	h.nothingLost()
}

// TestADoubleSubmitHasOneEffect sends the same intent twenty times at once, as
// an impatient finger and a bad network do together.
func TestADoubleSubmitHasOneEffect(t *testing.T) {
	h := furnish(t, hall.NewTime(), func(b *branch) {
		give(t, b, scheduler.OpenSession{Room: 1, Crew: []scheduler.OfficerID{rinaID}})
	}).serve()
	for range 4 {
		h.number("wati")
	}
	for _, c := range []struct{ name, as, path, body, other string }{
		{"a number", "wati", api + "/visits", `{"papers":"ready"}`, `{"papers":"ready","persons":2}`},
		{"a number for a name", "wati", api + "/visits", visitOf(1), visitOf(2)},
		{"a call", "rina", api + "/rooms/1/call", `{}`, `{"expect":[1]}`},
		{"an account, which is no record", "sari", api + "/accounts", `{"name":"tini","role":"observer","password":"a long enough secret of tini"}`,
			`{"name":"tono2","role":"observer","password":"a long enough secret of tono"}`},
	} {
		t.Run(c.name, func(t *testing.T) {
			before := h.verify().Seq
			first := h.atOnce(t, 20, c.as, c.path, c.name, c.body)
			if seq := h.verify().Seq; seq > before+1 {
				t.Errorf("one intent left %d records", seq-before)
			}
			other := h.ask(c.as, http.MethodPost, c.path, c.name, c.other)
			other.t = t
			other.refused(422, "idempotency_key_reused", "Idempotency-Key")
			if c.as == "wati" {
				var got ticket
				first.into(&got)
				h.told["wati "+c.name] = told{ticket: got, key: c.name, as: c.as, body: c.body, answer: string(first.body)}
			}
		})
	}
	// A key belongs to who chose it: the other desk's same word is another intent.
	theirs, err := h.arrive("tono", "a number", arrivalBody)
	if err != nil || theirs.ID == h.told["wati a number"].ID {
		t.Errorf("two desks' numbers under one word: %+v, %v", theirs, err)
	}
	h.nothingLost()
	h.restart()
	h.nothingLost()
}

// atOnce sends one request n times together. All answers must be the same, and
// all but one must say that they are replays.
func (h *served) atOnce(t *testing.T, n int, as, path, key, body string) answered {
	t.Helper()
	answers := make([]answered, n)
	var all sync.WaitGroup
	for i := range n {
		all.Go(func() {
			var err error
			if answers[i], err = h.send(as, http.MethodPost, path, key, body); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	fresh := 0
	for _, a := range answers {
		if a.code >= 300 || !bytes.Equal(a.body, answers[0].body) {
			t.Errorf("one intent was answered %d %s and %d %s", answers[0].code, answers[0].body, a.code, a.body)
		}
		if a.header.Get("Idempotent-Replayed") != "true" {
			fresh++
		}
	}
	if fresh != 1 {
		t.Errorf("%d of %d answers say that they are the first", fresh, n)
	}
	return answers[0]
}

// visitOf is the arrival of a person with a name.
func visitOf(n int) string {
	return fmt.Sprintf(`{"papers":"ready","person":{"id_type":"nik","id_number":"327301%02d%02d90%04d","name":"Orang %d"}}`, 1+n%28, 1+n%12, n, n)
}

// TestAClockSetBackRaisesABannerAndIsAdjusted starts the program on data whose
// last record lies ten days ahead: the PC's clock was wrong and has been set back.
func TestAClockSetBackRaisesABannerAndIsAdjusted(t *testing.T) {
	const ahead = 10 * 24 * 3600
	var last int64
	h := furnish(t, hall.NewTimeAt(time.Now().Unix()+ahead, 1), func(b *branch) { last = b.hall.State().At }).serve()
	h.number("wati")
	s := h.status()
	if len(s.Banners) != 1 || s.Banners[0] != hall.CodeClockDiffers || s.ClockOff > -ahead+60 || s.ClockOff < -ahead-60 {
		t.Fatalf("before the adjustment the manager sees %+v", s)
	}
	var adjusted struct {
		At int64 `json:"at"`
	}
	h.post("sari", api+"/clock/adjust", fmt.Sprintf(`{"by_s":%d}`, s.ClockOff)).into(&adjusted)
	if adjusted.At < last {
		t.Errorf("branch time went back from %d to %d", last, adjusted.At)
	}
	if s := h.status(); len(s.Banners) != 0 {
		t.Errorf("after the adjustment the manager sees %+v", s)
	}
	h.number("wati")
	h.nothingLost()
	h.restart() // the adjustment is a record, so it holds
	if s := h.status(); len(s.Banners) != 0 {
		t.Errorf("after the restart the manager sees %+v", s)
	}
	h.number("wati")
	h.nothingLost()
}

// TestAClockSetAheadFiresNothingUntilConfirmed starts the program ten days after
// the last record of an open day. The person who was called meanwhile is not
// taken for a no-show before a manager said that the clock is right.
func TestAClockSetAheadFiresNothingUntilConfirmed(t *testing.T) {
	for name, confirm := range map[string][2]string{
		"confirmed": {api + "/clock/confirm", ``},
		"adjusted":  {api + "/clock/adjust", `{"by_s":1}`},
	} {
		t.Run(name, func(t *testing.T) {
			h := furnish(t, hall.NewTimeAt(time.Now().Unix()-10*24*3600, 1), func(b *branch) {
				give(t, b, scheduler.OpenSession{Room: 1, Crew: []scheduler.OfficerID{rinaID}})
				give(t, b, scheduler.Arrive{Persons: 1, Claims: []scheduler.NewClaim{{Programme: "JHT"}}, Papers: scheduler.PapersReady})
				give(t, b, scheduler.CallGroup{Room: 1})
			}).serve()
			if s := h.status(); len(s.Banners) != 1 || s.Banners[0] != hall.CodeClockHeld {
				t.Fatalf("before a word of the manager they see %+v", s)
			}
			visit := func() (v struct {
				State    string `json:"state"`
				Requeues int    `json:"requeues"`
			}) {
				h.get("sari", api+"/visits/1", &v)
				return v
			}
			if v := visit(); v.State != "called" || v.Requeues != 0 {
				t.Errorf("the called visit is %+v before anybody looked at the clock", v)
			}
			h.post("sari", confirm[0], confirm[1])
			// The deadline fires, or the daily work was faster and has closed that old day.
			eventually(t, "the called visit's deadline fires", func() bool {
				a := h.ask("sari", http.MethodGet, api+"/visits/1", noKey, "")
				return a.code == http.StatusNotFound || (a.code == http.StatusOK && visit().State != "called")
			})
			if s := h.status(); len(s.Banners) != 0 {
				t.Errorf("after a word of the manager they see %+v", s)
			}
			h.verify()
		})
	}
}

// TestABannerWithoutARecordReachesTheScreens sets the clock under a branch where
// nothing else happens.
func TestABannerWithoutARecordReachesTheScreens(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		now, told, look := hall.Status{}, 0, make(chan time.Time)
		go announce(t.Context(), look, func() hall.Status { return now }, func() { told++ })
		synctest.Wait()
		differs := []string{hall.CodeClockDiffers}
		for _, c := range []struct {
			status hall.Status
			told   int
		}{
			{hall.Status{}, 0},
			{hall.Status{ClockOffS: 3}, 0},
			{hall.Status{Banners: differs, ClockOffS: -7200}, 1},
			{hall.Status{Banners: differs, ClockOffS: -7200}, 1},
			{hall.Status{Banners: differs, ClockOffS: -3600}, 2}, // set once more
			{hall.Status{}, 3},
		} {
			now = c.status
			look <- time.Time{}
			synctest.Wait()
			if told != c.told {
				t.Errorf("after %+v the screens were told %d times, want %d", c.status, told, c.told)
			}
		}
	})
}

// TestASecondProcessIsTurnedAwayAndTheFirstGoesOn starts the program twice.
func TestASecondProcessIsTurnedAwayAndTheFirstGoesOn(t *testing.T) {
	h := furnish(t, hall.NewTime(), nil).serve()
	h.number("wati")
	h.exits(t, exitInUse, "in use")
	h.number("wati")
	h.nothingLost()
	h.restart()
	h.nothingLost()
}

// exits starts the program a second time, or on data that it must refuse, and
// holds it to its exit code and its words.
func (h *served) exits(t *testing.T, code int, words string) {
	t.Helper()
	var said lockedBuffer
	c := program("serve", "--data", h.dir, "--listen", "127.0.0.1:0")
	c.Stderr = &said
	out, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	defer time.AfterFunc(soon, func() { c.Process.Kill() }).Stop()
	if line, err := bufio.NewReader(out).ReadString('\n'); err == nil {
		t.Errorf("it serves instead of refusing: %s%s", line, said.String())
		c.Process.Kill()
	}
	c.Wait()
	if got := c.ProcessState.ExitCode(); got != code || !strings.Contains(said.String(), words) {
		t.Errorf("exit %d, want %d; said %q, want %q in it", got, code, said.String(), words)
	}
}

// TestANewerSchemaIsRefusedAndLeftAlone starts the program on files that a later
// release would have written.
func TestANewerSchemaIsRefusedAndLeftAlone(t *testing.T) {
	h := furnish(t, hall.NewTime(), nil).serve()
	h.number("wati")
	h.kill()
	for name, newer := range map[string][2][]byte{
		journal.FileName: {sealedSchema(1), sealedSchema(2)},
		"people.db":      {plainSchema(1), plainSchema(2)},
		"access.db":      {plainSchema(1), plainSchema(2)},
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(h.dir, name)
			was := readAll(t, path)
			later := bytes.ReplaceAll(was, newer[0], newer[1])
			if bytes.Equal(later, was) {
				t.Fatal("the file has no schema of this form any more: the test must follow")
			}
			writeAll(t, path, later)
			h.exits(t, exitBadInput, "newer")
			if !bytes.Equal(readAll(t, path), later) {
				t.Error("the refused file was changed")
			}
			writeAll(t, path, was)
		})
	}
	h.serve()
	h.nothingLost()
}

// sealedSchema is the journal's schema number as its file holds it: the key, and
// the value behind a hash of both (hall/journal/layout.go).
func sealedSchema(n int) []byte {
	key, content := []byte("schema"), fmt.Append(nil, n)
	sum := sha256.Sum256(append(append(binary.BigEndian.AppendUint32(nil, uint32(len(key))), key...), content...))
	return append(append(key, sum[:16]...), content...)
}

// plainSchema is that of the two other files.
func plainSchema(n uint64) []byte {
	return binary.BigEndian.AppendUint64([]byte("schema"), n)
}

// TestATruncatedFileIsRefused cuts each of the branch's files at several lengths;
// with the whole file back, everything is.
func TestATruncatedFileIsRefused(t *testing.T) {
	h := furnish(t, hall.NewTime(), nil).serve()
	for range 3 {
		h.number("wati")
	}
	h.kill()
	for name, words := range map[string]string{journal.FileName: "restore the newest backup", "people.db": "restore a backup",
		"access.db": "add the accounts anew"} {
		path := filepath.Join(h.dir, name)
		whole := readAll(t, path)
		for _, keep := range []int{0, 10, 4096, 6000, 12288} { // the last lies within the pages in use of all three
			t.Run(fmt.Sprint(name, " of ", keep, " bytes"), func(t *testing.T) {
				writeAll(t, path, whole[:keep])
				h.exits(t, exitBadInput, words)
				h.exits(t, exitBadInput, words) // a second try finds no new and empty branch
			})
		}
		writeAll(t, path, whole)
	}
	h.serve()
	h.nothingLost()
	h.number("wati")
}

func readAll(t *testing.T, path string) []byte {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func writeAll(t *testing.T, path string, b []byte) {
	t.Helper()
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
}
