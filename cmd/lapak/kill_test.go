package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"lapak/cmd/lapak/backup"
	"lapak/scheduler"
)

// killCycles is how often the loop kills the server: a few in every test run,
// LAPAK_KILL_CYCLES (300) in CI.
func killCycles(t *testing.T) int {
	text := os.Getenv("LAPAK_KILL_CYCLES")
	if text == "" {
		return 6
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 {
		t.Fatalf("LAPAK_KILL_CYCLES=%q is no count", text)
	}
	return n
}

// TestMain lets the test binary be the program itself, so that a test can
// start it as a process and kill it.
func TestMain(m *testing.M) {
	if os.Getenv("LAPAK_TEST_RUN") == "1" {
		os.Exit(run(context.Background(), os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
	}
	os.Exit(m.Run())
}

// program is this test binary as lapak.
func program(args ...string) *exec.Cmd {
	c := exec.Command(os.Args[0], args...)
	c.Env = append(os.Environ(), "LAPAK_TEST_RUN=1")
	return c
}

// server is one life of a served branch.
type server struct {
	cmd  *exec.Cmd
	base string
	log  lockedBuffer
}

// startServer serves a branch on a free port.
func startServer(t *testing.T, dir string) *server {
	t.Helper()
	return startServerOn(t, dir, "127.0.0.1:0")
}

// startServerOn serves a branch on an address, as a process of its own.
func startServerOn(t *testing.T, dir, listen string, more ...string) *server {
	t.Helper()
	s := &server{cmd: program(append([]string{"serve", "--data", dir, "--listen", listen}, more...)...)}
	s.cmd.Stderr = &s.log
	out, err := s.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := s.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		s.cmd.Wait()
		t.Fatalf("the server never listened: %v\n%s", err, s.log.String())
	}
	s.base = strings.TrimSpace(strings.TrimPrefix(line, "listening on "))
	return s
}

func (s *server) kill() {
	s.cmd.Process.Kill()
	s.cmd.Wait()
}

// ledger is what the clients were told: every acknowledged command, and those
// whose answer never came.
type ledger struct {
	mu      sync.Mutex
	told    map[string]ticket // by Idempotency-Key
	unknown []string
}

type ticket struct {
	Seq    int64  `json:"seq"`
	ID     int64  `json:"id"`
	Number string `json:"number"`
}

const arrivalBody = `{"channel":"walk_in","papers":"ready"}`

// post gives one number. A nil error means an acknowledged answer.
func post(client *http.Client, base, token, key string) (ticket, error) {
	req, err := http.NewRequest(http.MethodPost, base+"/api/v1/visits", strings.NewReader(arrivalBody))
	if err != nil {
		return ticket{}, err
	}
	req.Header.Set("Authorization", "Bearer "+token)
	req.Header.Set("Idempotency-Key", key)
	req.Header.Set("Content-Type", "application/json")
	resp, err := client.Do(req)
	if err != nil {
		return ticket{}, err
	}
	defer resp.Body.Close()
	b, err := io.ReadAll(resp.Body)
	if err != nil {
		return ticket{}, err
	}
	if resp.StatusCode != http.StatusCreated {
		return ticket{}, fmt.Errorf("%s: %s", resp.Status, b)
	}
	var got ticket
	return got, json.Unmarshal(b, &got)
}

// TestKillLoop kills the server with SIGKILL again and again while clients ask
// for numbers, and holds every life to the ledger of the answers: no
// acknowledged command is lost, none is doubled.
func TestKillLoop(t *testing.T) {
	dir := t.TempDir() + "/data"
	token := script(t, dir)
	l := &ledger{told: map[string]ticket{}}
	cycles := killCycles(t)
	for cycle := range cycles {
		s := startServer(t, dir)
		if cycle == 0 {
			openDay(t, s.base, token)
		}
		l.settle(t, s.base, token)
		l.sample(t, s.base, token)
		l.load(s, token, cycle)
	}
	s := startServer(t, dir)
	l.settle(t, s.base, token)
	for key := range l.told {
		l.replay(t, s.base, token, key)
	}
	s.kill()
	l.compare(t, load(t, dir))
	verifyAfter(t, dir, len(l.told))
	if !t.Failed() {
		t.Logf("%d kills, %d acknowledged numbers, none lost, none doubled", cycles, len(l.told))
	}
}

func script(t *testing.T, dir string) string {
	t.Helper()
	add := program("user", "add", "--data", dir, "--role", "manager", "ledger")
	add.Stdin = strings.NewReader("a long enough secret for tests\n")
	if out, err := add.CombinedOutput(); err != nil {
		t.Fatalf("user add: %v\n%s", err, out)
	}
	out, err := program("user", "token", "--data", dir, "ledger").Output()
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(string(out))
}

func openDay(t *testing.T, base, token string) {
	t.Helper()
	req, _ := http.NewRequest(http.MethodPost, base+"/api/v1/day/open", strings.NewReader("{}"))
	req.Header.Set("Authorization", "Bearer "+token)
	req.Header.Set("Idempotency-Key", "open")
	req.Header.Set("Content-Type", "application/json")
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if b, _ := io.ReadAll(resp.Body); resp.StatusCode != http.StatusOK {
		t.Fatalf("day/open: %s %s", resp.Status, b)
	}
}

// load lets clients work until a random number of answers has come, and kills
// the server in the middle of the rest.
func (l *ledger) load(s *server, token string, cycle int) {
	const clients = 6
	after := 1 + rand.IntN(6)
	answers := make(chan struct{}, 1024)
	var all sync.WaitGroup
	for c := range clients {
		all.Go(func() {
			client := &http.Client{Transport: &http.Transport{}, Timeout: 20 * time.Second}
			defer client.CloseIdleConnections()
			for n := 0; ; n++ {
				key := fmt.Sprintf("k-%d-%d-%d", cycle, c, n)
				got, err := post(client, s.base, token, key)
				l.note(key, got, err)
				if err != nil {
					return
				}
				answers <- struct{}{}
			}
		})
	}
	for range after {
		<-answers
	}
	s.kill()
	all.Wait()
}

func (l *ledger) note(key string, got ticket, err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if err != nil {
		l.unknown = append(l.unknown, key)
		return
	}
	l.told[key] = got
}

// settle asks again, with the same keys, for every answer that never came.
func (l *ledger) settle(t *testing.T, base, token string) {
	t.Helper()
	for _, key := range l.unknown {
		got, err := post(http.DefaultClient, base, token, key)
		if err != nil {
			t.Fatalf("the retry of %s: %v", key, err)
		}
		l.told[key] = got
	}
	l.unknown = nil
}

// sample replays a few acknowledged keys; the end replays all of them.
func (l *ledger) sample(t *testing.T, base, token string) {
	t.Helper()
	n := 0
	for key := range l.told {
		if n++; n > 5 {
			return
		}
		l.replay(t, base, token, key)
	}
}

func (l *ledger) replay(t *testing.T, base, token, key string) {
	t.Helper()
	got, err := post(http.DefaultClient, base, token, key)
	if err != nil || got != l.told[key] {
		t.Fatalf("the key %s was answered %+v and is now %+v, %v", key, l.told[key], got, err)
	}
}

// compare holds what the journal leads to against the ledger.
func (l *ledger) compare(t *testing.T, s *scheduler.State) {
	t.Helper()
	numbers := map[string]int64{}
	for i := range s.Floor.Visits {
		v := &s.Floor.Visits[i]
		number := s.Floor.Policy.Label(v.Ticket)
		if other, twice := numbers[number]; twice {
			t.Errorf("number %s belongs to visits %d and %d", number, other, v.ID)
		}
		numbers[number] = int64(v.ID)
	}
	for key, told := range l.told {
		if numbers[told.Number] != told.ID {
			t.Errorf("%s was told %s for visit %d; the branch has %d", key, told.Number, told.ID, numbers[told.Number])
		}
	}
	if len(s.Floor.Visits) != len(l.told) {
		t.Errorf("the branch has %d visits, the clients were told of %d", len(s.Floor.Visits), len(l.told))
	}
}

func verifyAfter(t *testing.T, dir string, visits int) {
	t.Helper()
	out, err := program("verify", "--data", dir).Output()
	var rep backup.Report
	if err != nil || json.Unmarshal(out, &rep) != nil || !rep.OK {
		t.Fatalf("verify: %v\n%s", err, out)
	}
	if rep.Records < int64(visits) {
		t.Fatalf("%d records for %d visits", rep.Records, visits)
	}
}
