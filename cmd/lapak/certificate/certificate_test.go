package certificate

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"io"
	"log/slog"
	"math/big"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
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

// pair is a self-signed certificate of a test.
type pair struct {
	cert, key []byte // PEM
	pool      *x509.CertPool
}

// newPair makes one for antrean.example and this machine, valid from an hour ago
// for so long.
func newPair(t *testing.T, life time.Duration) pair {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	serial, err := rand.Int(rand.Reader, big.NewInt(1<<62))
	if err != nil {
		t.Fatal(err)
	}
	now := time.Now()
	form := x509.Certificate{SerialNumber: serial, Subject: pkix.Name{CommonName: "antrean.example"}, DNSNames: []string{"antrean.example", "localhost"},
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, NotBefore: now.Add(-time.Hour), NotAfter: now.Add(life), IsCA: true, BasicConstraintsValid: true}
	der, err := x509.CreateCertificate(rand.Reader, &form, &form, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	secret, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	p := pair{cert: pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}),
		key: pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: secret}), pool: x509.NewCertPool()}
	p.pool.AppendCertsFromPEM(p.cert)
	return p
}

// write puts the pair into files that differ in time from those before.
func (p pair) write(t *testing.T, certFile, keyFile string) {
	t.Helper()
	for file, b := range map[string][]byte{certFile: p.cert, keyFile: p.key} {
		if err := os.WriteFile(file, b, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// TestACertificateIsRenewed: a changed pair is used for the next connection, and a
// pair that cannot be used changes nothing but the log.
func TestACertificateIsRenewed(t *testing.T) {
	dir := t.TempDir()
	certFile, keyFile := filepath.Join(dir, "cert.pem"), filepath.Join(dir, "key.pem")
	first, second := newPair(t, 60*24*time.Hour), newPair(t, 90*24*time.Hour)
	first.write(t, certFile, keyFile)
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
	trusts := func(p pair) error {
		client := http.Client{Transport: &http.Transport{DisableKeepAlives: true, ForceAttemptHTTP2: true, TLSClientConfig: &tls.Config{RootCAs: p.pool}}}
		resp, err := client.Get("https://" + l.Addr().String())
		if err == nil {
			resp.Body.Close()
		}
		return err
	}
	check := func(step string, used, other pair) {
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
	put(certFile, second.cert) // the key comes a moment later
	check("half renewed", first, second)
	if !strings.Contains(log.String(), "the old one stays in use") || !strings.Contains(log.String(), "--tls-key") {
		t.Errorf("half a renewal says %s", log.String())
	}
	put(keyFile, second.key)
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
	newPair(t, -time.Minute).write(t, certFile, keyFile)
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
	newPair(t, soon-time.Hour).write(t, certFile, keyFile)
	c.now, c.seen = time.Now, [2]fileMark{}
	c.look()
	if !strings.Contains(log.String(), "ends soon") {
		t.Errorf("a certificate of 13 days: %s", log.String())
	}
}
