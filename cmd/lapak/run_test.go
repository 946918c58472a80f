package main

import (
	"bytes"
	"context"
	"encoding/json"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"lapak/cmd/lapak/backup"
	"lapak/hall"
	"lapak/hall/access"
	"lapak/hall/journal"
	"lapak/hall/media"
	"lapak/scheduler"
)

// lapak runs the program in this process.
func lapak(stdin string, args ...string) (code int, stdout, stderr string) {
	var out, err bytes.Buffer
	code = run(context.Background(), args, strings.NewReader(stdin), &out, &err)
	return code, out.String(), err.String()
}

// aBranch makes a data directory with an open day and three numbers, and
// returns it with the sum of its state.
func aBranch(t *testing.T) (dir, sum string) {
	t.Helper()
	dir = filepath.Join(t.TempDir(), "data")
	b, err := openBranch(dir, hall.NewTime(), slog.New(slog.DiscardHandler), access.Options{Now: func() int64 { return time.Now().Unix() }, Argon: cheapHash}, func() {})
	if err != nil {
		t.Fatal(err)
	}
	defer b.close()
	// Two seconds of silence as WAV: a backup holds the branch's own sounds too.
	sound := append([]byte("RIFF\x24\x7d\x00\x00WAVEfmt \x10\x00\x00\x00\x01\x00\x01\x00\x40\x1f\x00\x00\x80\x3e\x00\x00\x02\x00\x10\x00data\x00\x7d\x00\x00"), make([]byte, 32000)...)
	if _, err := b.media.Add(media.New{Kind: media.Audio, Title: "hening", Data: sound}); err != nil {
		t.Fatal(err)
	}
	manager := scheduler.Actor{Role: scheduler.ByManager, ID: 1}
	commands := []scheduler.Command{scheduler.OpenDay{}}
	for range 3 {
		person := (&marked{n: len(commands)}).person()
		id, _, err := b.people.Register(person, b.hall.Now())
		if err != nil {
			t.Fatal(err)
		}
		commands = append(commands, scheduler.Arrive{Person: scheduler.PersonID(id), Persons: 1,
			Claims: []scheduler.NewClaim{{Programme: "JHT"}}, Papers: scheduler.PapersReady})
	}
	for _, c := range commands {
		if _, err := b.hall.Do(context.Background(), hall.Request{Actor: manager, Command: c}); err != nil {
			t.Fatal(err)
		}
	}
	return dir, scheduler.Sum(b.hall.State())
}

func TestExitCodesAndSentences(t *testing.T) {
	dir, _ := aBranch(t)
	file := filepath.Join(t.TempDir(), "there")
	if err := os.WriteFile(file, []byte("no backup"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name, stdin string
		args        []string
		code        int
		says        string
	}{
		{"nothing prints the help", "", nil, exitOK, ""},
		{"an unknown command", "", []string{"serv"}, exitUsage, "serv"},
		{"an unknown flag", "", []string{"verify", "--dir", dir}, exitUsage, "--dir"},
		{"too many words", "", []string{"verify", dir}, exitUsage, dir},
		{"version", "", []string{"version"}, exitOK, ""},
		{"verify without data", "", []string{"verify", "--data", dir + "-nowhere"}, exitUnavailable, "holds no branch"},
		{"verify", "", []string{"verify", "--data", dir}, exitOK, ""},
		{"backup without a name", "", []string{"backup", "--data", dir}, exitUsage, "--to"},
		{"backup onto a file", "", []string{"backup", "--data", dir, "--to", file}, exitBadInput, "exists already"},
		{"restore without a name", "", []string{"restore", "--data", dir}, exitUsage, "--from"},
		{"restore into data", "", []string{"restore", "--data", dir, "--from", file}, exitBadInput, "not empty"},
		{"restore of no backup", "", []string{"restore", "--data", dir + "-new", "--from", file}, exitBadInput, "no lapak backup"},
		{"restore of nothing", "", []string{"restore", "--data", dir + "-new", "--from", file + "x"}, exitBadInput, "--from"},
		{"user without a name", "", []string{"user", "add", "--data", dir}, exitUsage, "name"},
		{"user without a password", "", []string{"user", "add", "--data", dir, "rina"}, exitBadInput, "password"},
		{"user with a short password", "short\n", []string{"user", "add", "--data", dir, "rina"}, exitBadInput, "password"},
		{"user with an unknown role", "a long enough secret\n", []string{"user", "add", "--data", dir, "--role", "king", "rina"}, exitBadInput, "role"},
		{"password of nobody", "a long enough secret\n", []string{"user", "password", "--data", dir, "nobody"}, exitBadInput, "nobody"},
		{"password that is empty", "", []string{"user", "password", "--data", dir, "nobody"}, exitBadInput, "standard input"},
		{"token of nobody", "", []string{"user", "token", "--data", dir, "nobody"}, exitBadInput, "nobody"},
		{"token for ever", "", []string{"user", "token", "--data", dir, "--days", "9999", "nobody"}, exitBadInput, "--days"},
		{"serve beyond loopback", "", []string{"serve", "--data", dir, "--listen", "0.0.0.0:0"}, exitBadInput, "--insecure-lan"},
		{"serve with half a certificate", "", []string{"serve", "--data", dir, "--tls-cert", file}, exitBadInput, "--tls-key: is missing"},
		{"serve with half a key", "", []string{"serve", "--data", dir, "--tls-key", file}, exitBadInput, "--tls-cert: is missing"},
		{"serve metrics unencrypted", "", []string{"serve", "--data", dir, "--tls-cert", file, "--tls-key", file, "--metrics-listen", "0.0.0.0:0"}, exitBadInput, "--metrics-listen"},
		{"serve visitors plainly without HTTPS", "", []string{"serve", "--data", dir, "--public-plain"}, exitBadInput, "--public-plain"},
		{"serve visitors plainly at https", "", []string{"serve", "--data", dir, "--public-plain", "--public-listen", "0.0.0.0:0", "--public-url", "https://a.example", "--tls-cert", file, "--tls-key", file}, exitBadInput, "write http://"},
		{"serve on no address", "", []string{"serve", "--data", dir, "--listen", "here"}, exitBadInput, "HOST:PORT"},
		{"serve behind no network", "", []string{"serve", "--data", dir, "--trusted-proxy", "me"}, exitBadInput, "--trusted-proxy"},
		{"serve on a taken port", "", []string{"serve", "--data", dir, "--listen", takenPort(t)}, exitUnavailable, "address already in use"},
		{"demo too fast", "", []string{"demo", "--speed", "100000"}, exitBadInput, "--speed"},
		{"simulate no JSON", "nothing", []string{"simulate"}, exitBadInput, ""},
		{"simulate an unknown field", `{"sed":1}`, []string{"simulate"}, exitBadInput, "sed"},
		{"simulate a field in another case", `{"Seed":7}`, []string{"simulate"}, exitBadInput, "lapak: Seed: is no field"},
		{"simulate a field given twice", `{"seed":7,"seed":1}`, []string{"simulate"}, exitBadInput, "lapak: seed: is given twice"},
		{"simulate a wrong step", `{"procedure":[{"step":"a","who":"clerk","mean_s":9}]}`, []string{"simulate"}, exitBadInput, "lapak: procedure[0].who: \"clerk\" is none of visitor, officer, group"},
		{"simulate nothing at all", "", []string{"simulate"}, exitBadInput, "input: the document is empty"},
		{"simulate visits that fit nowhere", `{"days":1,"parties":{"7":100}}`, []string{"simulate"}, exitOK, "100 % of the visits have more persons"},
		{"simulate a wrong type", `{"days":"many"}`, []string{"simulate"}, exitBadInput, "days"},
	} {
		t.Run(c.name, func(t *testing.T) {
			code, _, stderr := lapak(c.stdin, c.args...)
			if code != c.code || !strings.Contains(stderr, c.says) {
				t.Fatalf("lapak %v: exit %d, want %d; said %q, want %q in it", c.args, code, c.code, stderr, c.says)
			}
		})
	}
}

func takenPort(t *testing.T) string {
	t.Helper()
	l, err := newLoopback()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	return l.Addr().String()
}

func TestBackupAndRestore(t *testing.T) {
	dir, sum := aBranch(t)
	file := filepath.Join(t.TempDir(), "one.backup")
	if code, out, said := lapak("", "backup", "--data", dir, "--to", file); code != exitOK {
		t.Fatalf("backup: %d %s %s", code, out, said)
	}
	j, err := journal.Open(dir, journal.Options{MustExist: true})
	if err != nil {
		t.Fatal(err)
	}
	was := j.Epoch()
	j.Close()
	for _, c := range []struct {
		name  string
		args  []string
		names bool
	}{
		{"with keys", []string{"--keys", filepath.Join(dir, "keys.json")}, true},
		{"without", nil, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			to := filepath.Join(t.TempDir(), "new", "data")
			code, out, said := lapak("", append([]string{"restore", "--data", to, "--from", file}, c.args...)...)
			var r backup.Restored
			if code != exitOK || json.Unmarshal([]byte(out), &r) != nil {
				t.Fatalf("restore: %d %s %s", code, out, said)
			}
			if !r.OK || r.People != 3 || r.Names != c.names || r.Was != was || r.Epoch == r.Was || r.Epoch == "" {
				t.Fatalf("restored %+v", r)
			}
			code, out, _ = lapak("", "verify", "--data", to)
			var rep backup.Report
			if code != exitOK || json.Unmarshal([]byte(out), &rep) != nil || rep.Sum != r.Sum || rep.Sum == sum {
				t.Fatalf("verify after the restore: %d %s (the day is open, so numbers must have skipped)", code, out)
			}
			compareRestored(t, dir, to)
		})
	}
}

// compareRestored checks that numbers and order came back, and that the next
// number repeats no printed ticket.
func compareRestored(t *testing.T, dir, to string) {
	t.Helper()
	old, back := load(t, dir), load(t, to)
	if len(old.Floor.Visits) != 3 || len(back.Floor.Visits) != 3 {
		t.Fatalf("%d visits, restored %d", len(old.Floor.Visits), len(back.Floor.Visits))
	}
	for i, v := range old.Floor.Visits {
		if w := back.Floor.Visits[i]; v != w {
			t.Errorf("visit %d came back as %+v, was %+v", v.ID, w, v)
		}
	}
	for _, at := range []string{dir, to} {
		if err := media.Complete(at); err != nil {
			t.Errorf("the media: %v", err)
		}
		own, err := media.Open(at)
		if err != nil || len(own.List().Items) != 1 || own.List().Items[0].Title != "hening" {
			t.Errorf("the media of %s: %+v, %v", at, own.List(), err)
		}
	}
	if got, want := back.Floor.LastNo[0], old.Floor.LastNo[0]+scheduler.RestoredJump; got != want {
		t.Errorf("the next number follows %d, want %d", got, want)
	}
}

func load(t *testing.T, dir string) *scheduler.State {
	t.Helper()
	j, err := journal.Open(dir, journal.Options{MustExist: true})
	if err != nil {
		t.Fatal(err)
	}
	defer j.Close()
	s, err := hall.Load(journal.Plain{Store: j})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestADamagedBackupIsRefusedAndLeavesNothing(t *testing.T) {
	dir, _ := aBranch(t)
	file := filepath.Join(t.TempDir(), "one.backup")
	if code, _, said := lapak("", "backup", "--data", dir, "--to", file); code != exitOK {
		t.Fatal(said)
	}
	whole, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for _, keep := range []int{0, 100, 600, 2000, len(whole) / 2, len(whole) - 30_000, len(whole) - 35_000, len(whole) - 40_000} {
		cut := filepath.Join(t.TempDir(), "cut.backup")
		if err := os.WriteFile(cut, whole[:keep], 0o600); err != nil {
			t.Fatal(err)
		}
		parent := t.TempDir()
		to := filepath.Join(parent, "data")
		code, _, said := lapak("", "restore", "--data", to, "--from", cut)
		if code != exitBadInput && code != exitNo {
			t.Errorf("a backup cut to %d of %d bytes: exit %d, %s", keep, len(whole), code, said)
		}
		if list, err := os.ReadDir(parent); err != nil || len(list) != 0 {
			t.Errorf("cut to %d bytes: the failed restore left %v", keep, list)
		}
	}
}

func TestASecondProcessIsTurnedAway(t *testing.T) {
	dir, _ := aBranch(t)
	j, err := journal.Open(dir, journal.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer j.Close()
	for _, args := range [][]string{{"verify"}, {"serve", "--listen", "127.0.0.1:0"}, {"backup", "--to", filepath.Join(t.TempDir(), "x")}} {
		if code, _, said := lapak("", append(args, "--data", dir)...); code != exitInUse || said == "" {
			t.Errorf("lapak %s while another process has the data: exit %d, said %q", args[0], code, said)
		}
	}
}

func TestADamagedJournalIsNamed(t *testing.T) {
	dir, _ := aBranch(t)
	path := filepath.Join(dir, journal.FileName)
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, whole[:len(whole)/2], 0o600); err != nil {
		t.Fatal(err)
	}
	for _, command := range []string{"verify", "serve"} {
		code, _, said := lapak("", command, "--data", dir)
		if code != exitBadInput || !strings.Contains(said, "restore the newest backup") {
			t.Errorf("%s of a journal cut in half: exit %d, said %q", command, code, said)
		}
	}
}

func TestSettingsBeatEachOther(t *testing.T) {
	dir := t.TempDir()
	config := filepath.Join(dir, "config.json")
	write := func(text string) {
		if err := os.WriteFile(config, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	listen := func(args ...string) (string, error) {
		var cfg serveConfig
		c := serveCommand(streams{})
		c.ResetFlags()
		cfg.flags(c)
		if err := c.ParseFlags(append(args, "--data", dir)); err != nil {
			t.Fatal(err)
		}
		err := cfg.settle(c)
		return cfg.Listen, err
	}
	if got, _ := listen(); got != "127.0.0.1:8080" {
		t.Errorf("default %s", got)
	}
	write(`{"listen":"127.0.0.1:1111"}`)
	if got, _ := listen(); got != "127.0.0.1:1111" {
		t.Errorf("file %s", got)
	}
	t.Setenv("LAPAK_LISTEN", "127.0.0.1:2222")
	if got, _ := listen(); got != "127.0.0.1:2222" {
		t.Errorf("environment over file: %s", got)
	}
	if got, _ := listen("--listen", "127.0.0.1:3333"); got != "127.0.0.1:3333" {
		t.Errorf("flag over environment: %s", got)
	}
	write(`{"listen":"0.0.0.0:1","tls_cert":"c.pem"}`)
	if _, err := listen("--listen", "0.0.0.0:1"); err == nil || !strings.Contains(err.Error(), "--tls-key") {
		t.Errorf("a certificate without its key in the file: %v", err)
	}
	write(`{"tls_cert":"c.pem","tls_key":"k.pem"}`)
	if _, err := listen("--listen", "0.0.0.0:1"); err != nil {
		t.Errorf("with a certificate in the file, beyond loopback: %v", err)
	}
	write(`{"lisen":"127.0.0.1:1111"}`)
	if _, err := listen(); err == nil || !strings.Contains(err.Error(), "lisen") {
		t.Errorf("a misspelt setting: %v", err)
	}
}
