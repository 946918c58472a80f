package main

import (
	"crypto/tls"
	"encoding/pem"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"lapak/cmd/lapak/certificate/certtest"
	"lapak/hall"
	"lapak/hall/web"
)

// overTLS is a branch that is served with a certificate, the pair that was made for it,
// and the address of its visitors.
func overTLS(t *testing.T, flags ...string) (h *served, p certtest.Pair, visitors string) {
	t.Helper()
	dir := t.TempDir()
	certFile, keyFile := filepath.Join(dir, "cert.pem"), filepath.Join(dir, "key.pem")
	p = certtest.New(t, 60*24*time.Hour)
	p.Write(t, certFile, keyFile)
	free, err := newLoopback()
	if err != nil {
		t.Fatal(err)
	}
	free.Close()
	h = furnish(t, hall.NewTime(), nil)
	h.client = &http.Client{Transport: &http.Transport{ForceAttemptHTTP2: true, TLSClientConfig: &tls.Config{RootCAs: p.Pool}}}
	visitors = free.Addr().String()
	h.server = startServerOn(t, h.dir, "127.0.0.1:0", append([]string{"--tls-cert", certFile, "--tls-key", keyFile, "--public-listen", visitors}, flags...)...)
	t.Cleanup(h.kill)
	return h, p, visitors
}

// TestHTTPS: with a certificate the staff, the visitors and a training are served
// over HTTPS, and cookies, hosts, origins and websockets are judged by that.
func TestHTTPS(t *testing.T) {
	h, p, visitors := overTLS(t, "--public-url", "https://antrean.example")
	if !strings.HasPrefix(h.base, "https://127.0.0.1:") {
		t.Fatalf("it listens on %s", h.base)
	}

	in := h.ask("", http.MethodPost, "/api/v1/session", "", fmt.Sprintf(`{"name":"sari","password":%q}`, secretOf("sari"))).good()
	cookie := in.header.Get("Set-Cookie")
	if !strings.HasPrefix(cookie, "__Host-lapak=") || !strings.Contains(cookie, "; Secure") {
		t.Errorf("the cookie over HTTPS is %s", cookie)
	}
	if !strings.Contains(string(in.body), `"insecure":false`) {
		t.Errorf("the staff are told that it is insecure: %s", in.body)
	}
	if in.header.Get("Strict-Transport-Security") != "" {
		t.Error("HSTS on a bare address")
	}

	for host, want := range map[string]int{"antrean.example": 200, "192.0.2.9:8443": 200, "localhost:1": 200, "evil.example": 421} {
		r, err := http.NewRequest(http.MethodGet, h.base+"/healthz", nil)
		if err != nil {
			t.Fatal(err)
		}
		r.Host = host
		a, err := h.round(r)
		if err != nil || a.code != want {
			t.Errorf("host %s: %d %v, want %d", host, a.code, err, want)
		}
		if hsts := a.header.Get("Strict-Transport-Security"); (hsts == "max-age=604800") != (host == "antrean.example") {
			t.Errorf("host %s: HSTS %q", host, hsts)
		}
	}

	dialer := websocket.Dialer{TLSClientConfig: &tls.Config{RootCAs: p.Pool}}
	feed := strings.Replace(h.base, "https:", "wss:", 1) + "/api/v1/feed/lobby"
	session, _, _ := strings.Cut(cookie, ";")
	for origin, ok := range map[string]bool{h.base: true, "https://antrean.example": true, strings.Replace(h.base, "https:", "http:", 1): false, "https://evil.example": false} {
		conn, _, err := dialer.Dial(feed, http.Header{"Origin": {origin}, "Cookie": {session}})
		if (err == nil) != ok {
			t.Errorf("a feed for a page of %s: %v, want it open: %v", origin, err, ok)
		}
		if err == nil {
			conn.Close()
		}
	}

	if resp, err := h.client.Get("https://" + visitors + "/healthz"); err != nil || resp.StatusCode != http.StatusOK {
		t.Errorf("the visitors' address: %v", err)
	}
	var practice web.TrainingState
	h.post("sari", "/api/v1/training", "").into(&practice)
	if resp, err := h.client.Get(fmt.Sprintf("https://127.0.0.1:%d/lobby", practice.Port)); err != nil || resp.StatusCode != http.StatusOK {
		t.Errorf("the training: %v", err)
	}
	old := &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: p.Pool, MaxVersion: tls.VersionTLS11}}}
	if _, err := old.Get(h.base + "/healthz"); err == nil {
		t.Error("TLS 1.1 is spoken")
	}
	// Other commands reach the server as before.
	if code, out, said := lapak("", "verify", "--data", h.dir); code != exitOK || !strings.Contains(out, `"ok": true`) && !strings.Contains(out, `"ok":true`) {
		t.Errorf("verify beside it: %d %s %s", code, out, said)
	}
}

// TestVisitorsOverPlainHTTP: a house's own authority is known to the screens and to
// no visitor's phone.
func TestVisitorsOverPlainHTTP(t *testing.T) {
	h, _, visitors := overTLS(t, "--public-url", "http://antrean.example", "--public-plain")
	h.get("sari", "/api/v1/session", new(map[string]any))
	r, err := http.NewRequest(http.MethodGet, "http://"+visitors+"/v/0000000000000000000000", nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Host = "antrean.example"
	a, err := h.round(r)
	if err != nil || a.code != http.StatusNotFound && a.code != http.StatusGone && a.code != http.StatusOK || !strings.Contains(string(a.body), "<html") {
		t.Errorf("a visitor's page over plain HTTP: %d %v %.200s", a.code, err, a.body)
	}
	if a.header.Get("Strict-Transport-Security") != "" {
		t.Error("HSTS over plain HTTP")
	}
}

// TestAPairThatCannotBeUsed: the sentence names the flag, the file and the way out.
func TestAPairThatCannotBeUsed(t *testing.T) {
	dir := t.TempDir()
	p, other := certtest.New(t, time.Hour), certtest.New(t, time.Hour)
	put := func(name string, b []byte) string {
		file := filepath.Join(dir, name)
		if err := os.WriteFile(file, b, 0o600); err != nil {
			t.Fatal(err)
		}
		return file
	}
	cert, key, wrong := put("cert.pem", p.Cert), put("key.pem", p.Key), put("other.pem", other.Key)
	junk := put("junk.pem", []byte("no PEM at all"))
	locked := put("locked.pem", pem.EncodeToMemory(&pem.Block{Type: "ENCRYPTED PRIVATE KEY", Bytes: []byte{1}}))
	spoilt := put("spoilt.pem", pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: []byte{1}}))
	for _, c := range []struct{ cert, key, says string }{
		{filepath.Join(dir, "nowhere"), key, "--tls-cert: there is no file"},
		{cert, filepath.Join(dir, "nowhere"), "--tls-key: there is no file"},
		{dir, key, "--tls-cert: "},
		{junk, key, "holds no certificate"},
		{key, key, "--tls-cert: " + key + " holds no certificate"},
		{spoilt, key, "certificate 1 in"},
		{cert, junk, "holds no private key"},
		{cert, cert, "--tls-key: " + cert + " holds no private key"},
		{cert, locked, "locked with a password"},
		{cert, wrong, "--tls-key: " + wrong + " is not the key of the first certificate in " + cert},
	} {
		code, _, said := lapak("", "serve", "--data", filepath.Join(dir, "data"), "--listen", "0.0.0.0:0", "--tls-cert", c.cert, "--tls-key", c.key)
		if code != exitBadInput || !strings.Contains(said, c.says) {
			t.Errorf("exit %d, said %q, want %q in it", code, said, c.says)
		}
	}
}
