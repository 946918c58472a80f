package certificate

import (
	"bytes"
	"crypto/tls"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"lapak/cmd/lapak/certificate/certtest"
)

// said is a log that may be read while it is written.
type said struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (s *said) Write(b []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.buf.Write(b)
}

func (s *said) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.buf.String()
}

// TestACertificateIsRenewed: a changed pair is used for the next connection, and a
// pair that cannot be used changes nothing but the log.
func TestACertificateIsRenewed(t *testing.T) {
	dir := t.TempDir()
	certFile, keyFile := filepath.Join(dir, "cert.pem"), filepath.Join(dir, "key.pem")
	first, second := certtest.New(t, 60*24*time.Hour), certtest.New(t, 90*24*time.Hour)
	first.Write(t, certFile, keyFile)
	var log said
	c, err := Load(certFile, keyFile, slog.New(slog.NewTextHandler(&log, nil)))
	if err != nil {
		t.Fatal(err)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := &http.Server{TLSConfig: c.Config(), ErrorLog: slog.NewLogLogger(slog.DiscardHandler, slog.LevelDebug), Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, r.Proto) })}
	go s.ServeTLS(l, "", "")
	defer s.Close()
	trusts := func(p certtest.Pair) error {
		client := http.Client{Transport: &http.Transport{DisableKeepAlives: true, ForceAttemptHTTP2: true, TLSClientConfig: &tls.Config{RootCAs: p.Pool}}}
		resp, err := client.Get("https://" + l.Addr().String())
		if err == nil {
			resp.Body.Close()
		}
		return err
	}
	check := func(step string, used, other certtest.Pair) {
		t.Helper()
		if err := trusts(used); err != nil {
			t.Errorf("%s: %v", step, err)
		}
		if trusts(other) == nil {
			t.Errorf("%s: the other certificate is in use", step)
		}
	}
	later := time.Now().Add(time.Minute) // a renewal within the file system's clock tick is seen too
	put := func(file string, b []byte) {
		t.Helper()
		later = later.Add(time.Minute)
		if err := os.WriteFile(file, b, 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(file, later, later); err != nil {
			t.Fatal(err)
		}
		c.look()
	}
	check("at first", first, second)
	put(certFile, second.Cert) // the key comes a moment later
	check("half renewed", first, second)
	if !strings.Contains(log.String(), "the old one stays in use") || !strings.Contains(log.String(), "--tls-key") {
		t.Errorf("half a renewal says %s", log.String())
	}
	put(keyFile, second.Key)
	check("renewed", second, first)
	put(certFile, []byte("-----BEGIN CERTIFICATE-----\nnothing\n"))
	check("with a broken file", second, first)
	if n := strings.Count(log.String(), "the old one stays in use"); n != 2 {
		t.Errorf("%d complaints: %s", n, log.String())
	}
	c.look()
	if n := strings.Count(log.String(), "the old one stays in use"); n != 2 {
		t.Errorf("a broken file is complained of at every look: %s", log.String())
	}
	if err := os.Remove(certFile); err != nil {
		t.Fatal(err)
	}
	c.look()
	check("without a file", second, first)
}

// TestAnExpiredCertificateIsAWarning: the branch goes on, and the log says so once
// a day.
func TestAnExpiredCertificateIsAWarning(t *testing.T) {
	dir := t.TempDir()
	certFile, keyFile := filepath.Join(dir, "cert.pem"), filepath.Join(dir, "key.pem")
	certtest.New(t, -time.Minute).Write(t, certFile, keyFile)
	var log said
	c, err := Load(certFile, keyFile, slog.New(slog.NewTextHandler(&log, nil)))
	if err != nil {
		t.Fatal(err)
	}
	warned := func() int { return strings.Count(log.String(), "has expired") }
	if warned() != 1 || c.Left() != 0 {
		t.Errorf("said %d times, %v left: %s", warned(), c.Left(), log.String())
	}
	c.look()
	if warned() != 1 {
		t.Errorf("it is said at every look")
	}
	c.now = func() time.Time { return time.Now().Add(reminder + time.Minute) }
	c.look()
	if warned() != 2 {
		t.Errorf("after a day it is said %d times", warned())
	}
	certtest.New(t, soon-time.Hour).Write(t, certFile, keyFile)
	c.now, c.seen = time.Now, [2]fileMark{}
	c.look()
	if !strings.Contains(log.String(), "ends soon") {
		t.Errorf("a certificate of 13 days: %s", log.String())
	}
}
