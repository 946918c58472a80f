package main

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"lapak/cmd/lapak/backup"
	"lapak/cmd/lapak/demo"
	"lapak/hall"
	"lapak/hall/access"
	"lapak/hall/people"
	"lapak/scheduler"
	"lapak/scheduler/calendar"
)

// marked makes people whose every value can be found again in any file.
type marked struct {
	n       int
	markers []string
}

func (m *marked) person() people.Person {
	m.n++
	name := fmt.Sprintf("Zqxmarker%05d Wvuname", m.n)
	nik := fmt.Sprintf("9902%02d%02d%02d%02d%04d", 1+m.n%20, 1+m.n%28, 1+m.n%12, 60+m.n%40, 1+m.n%9998)
	phone := fmt.Sprintf("0899%08d", 70_000_000+m.n)
	m.markers = append(m.markers, name, nik, phone, "+62"+phone[1:])
	return people.Person{IDType: people.NIK, IDNumber: people.NewSecret(nik), Name: people.NewSecret(name), Phone: people.NewSecret(phone)}
}

// holds returns a marker that the bytes hold, or "".
func (m *marked) holds(b []byte) string {
	for _, marker := range m.markers {
		if bytes.Contains(b, []byte(marker)) {
			return marker
		}
	}
	return ""
}

// TestNoNameAnywhere rehearses a whole day of people with marked names,
// identity numbers and phones over the real branch and its web server, and
// looks for the marks in everything that leaves it: views, log, metrics,
// addresses, files and backups, before and after the purge.
func TestNoNameAnywhere(t *testing.T) {
	ctx := context.Background()
	var log lockedBuffer
	logger := slog.New(slog.NewJSONHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	dir := filepath.Join(t.TempDir(), "data")
	date := calendar.MustParse("2026-03-02")
	b, err := openBranch(dir, hall.NewTimeAt(calendar.WIB.At(date, 0), 0), logger,
		access.Options{Now: func() int64 { return time.Now().Unix() }, Argon: cheapHash}, func() {})
	if err != nil {
		t.Fatal(err)
	}
	defer b.close()
	officers, err := addDemoPeople(ctx, b)
	if err != nil {
		t.Fatal(err)
	}
	who := &marked{}
	day := demo.NewDay(b.stage(), officers, 7, date)
	day.Person = who.person
	f, err := newFace(b, logger, faceConfig{demo: demo.NewControl(day, 60, false)})
	if err != nil {
		t.Fatal(err)
	}
	defer f.rest()
	look := looker{t: t, face: f, who: who, branch: b}
	for second := 7 * 3600; second <= 17*3600; second += 1200 {
		if err := day.Forward(ctx, calendar.WIB.At(date, second)); err != nil {
			t.Fatal(err)
		}
		look.everywhere()
	}
	if n := b.hall.State().DayTotals().Settled; n < 100 || who.n < 200 {
		t.Fatalf("the day settled %d claims of %d people: too few to say anything", n, who.n)
	}
	if found := who.holds(log.bytes()); found != "" {
		t.Errorf("the log holds %q", found)
	}
	look.reveal()
	look.files("with everybody still known")
	copied := filepath.Join(t.TempDir(), "day.backup")
	if _, err := backup.Write(b.journal, b.people, b.media, copied, version); err != nil {
		t.Fatal(err)
	}
	look.file(copied, "a backup with everybody still known")

	counts, err := b.people.Counts()
	if err != nil || counts.People == 0 {
		t.Fatalf("the vault holds %+v, %v; the test would prove nothing", counts, err)
	}
	cancelBooked(t, b)
	b.time.Jump(calendar.WIB.At(date, 17*3600) + 40*24*3600)
	if err := b.forget(logger); err != nil {
		t.Fatal(err)
	}
	if counts, err = b.people.Counts(); err != nil || counts.People != 0 {
		t.Fatalf("after the purge the vault holds %+v, %v", counts, err)
	}
	look.files("after the purge")
	if found := who.holds(log.bytes()); found != "" {
		t.Errorf("the log holds %q", found)
	}
}

// cancelBooked ends the visits that were carried over to the next day: their
// people are still expected, so they are rightly not forgotten before.
func cancelBooked(t *testing.T, b *branch) {
	t.Helper()
	for _, v := range b.hall.State().Floor.Visits {
		if v.State.Final() {
			continue
		}
		_, err := b.hall.Do(context.Background(), hall.Request{Actor: scheduler.Actor{Role: scheduler.ByManager, ID: 1},
			Command: scheduler.Cancel{Visit: v.ID}})
		if err != nil {
			t.Fatal(err)
		}
	}
}

// looker searches what leaves the branch.
type looker struct {
	t      *testing.T
	face   *face
	who    *marked
	branch *branch
}

func (l *looker) get(path string) []byte {
	l.t.Helper()
	r := httptest.NewRequest(http.MethodGet, "http://127.0.0.1:8080"+path, nil)
	w := httptest.NewRecorder()
	l.face.web.Handler().ServeHTTP(w, r)
	if w.Code != http.StatusOK {
		l.t.Fatalf("GET %s: %d %s", path, w.Code, w.Body.String())
	}
	for _, values := range w.Header() {
		if found := l.who.holds([]byte(strings.Join(values, "\n"))); found != "" {
			l.t.Errorf("a header of %s holds %q", path, found)
		}
	}
	return w.Body.Bytes()
}

// everywhere looks at every view, the lists and the metrics.
func (l *looker) everywhere() {
	l.t.Helper()
	paths := []string{"/api/v1/views/lobby", "/api/v1/views/manager", "/api/v1/views/desk", "/api/v1/visits?state=waiting",
		"/api/v1/rooms", "/api/v1/officers", "/metrics"}
	s := l.branch.hall.State()
	for i := range s.Floor.Rooms {
		paths = append(paths, fmt.Sprintf("/api/v1/views/room/%d", s.Floor.Rooms[i].ID))
	}
	for i := range s.Floor.Seats {
		paths = append(paths, fmt.Sprintf("/api/v1/views/seat/%d/%d", s.Floor.Seats[i].Room, s.Floor.Seats[i].No))
	}
	for _, path := range paths {
		body := l.get(path)
		if found := l.who.holds(body); found != "" {
			l.t.Errorf("%s shows %q", path, found)
		}
	}
}

// reveal checks that the search can find something: the one answer that shows
// a name on purpose holds a marker.
func (l *looker) reveal() {
	l.t.Helper()
	s := l.branch.hall.State()
	for i := range s.Floor.Visits {
		v := &s.Floor.Visits[i]
		if v.Person == "" || v.State == scheduler.Booked {
			continue
		}
		body := l.get(fmt.Sprintf("/api/v1/visits/%d/person?why=test", v.ID))
		if l.who.holds(body) == "" {
			l.t.Fatalf("the person of visit %d is shown without a name: %s", v.ID, body)
		}
		return
	}
	l.t.Fatal("nobody to reveal")
}

func (l *looker) files(when string) {
	l.t.Helper()
	n := 0
	err := filepath.WalkDir(l.branch.dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		n++
		l.file(path, when)
		return nil
	})
	if err != nil || n < 4 {
		l.t.Fatalf("%d files looked at, %v", n, err)
	}
}

func (l *looker) file(path, when string) {
	l.t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		l.t.Fatal(err)
	}
	if found := l.who.holds(b); found != "" {
		l.t.Errorf("%s: %s holds %q", when, filepath.Base(path), found)
	}
}
