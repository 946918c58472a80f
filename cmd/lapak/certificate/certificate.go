package certificate

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"strings"
	"sync/atomic"
	"time"
)

const (
	// Every is how often the certificate's files are looked at: a renewed
	// one is in use well within a minute, and two stat calls cost nothing.
	Every = 20 * time.Second
	// soon is when the log begins to say that the certificate ends: whoever
	// renews by hand has two weeks for it.
	soon = 14 * 24 * time.Hour
	// reminder is how often it says so again.
	reminder = 24 * time.Hour
	// maxPEM bounds a file that is read as a certificate or a key: a chain of ten
	// takes about 20 KB.
	maxPEM = 1 << 20
)

// Certificate is what the branch proves its name with when it speaks HTTPS itself.
// Its files are read again when they change, so that a renewal needs no restart; a
// new pair that cannot be used leaves the old one in use.
type Certificate struct {
	certFile, keyFile string
	log               *slog.Logger
	now               func() time.Time

	current atomic.Pointer[tls.Certificate] // its Leaf is set

	// Only the goroutine that looks uses these.
	seen     [2]fileMark
	reminded time.Time
}

// fileMark is what is known of a file without reading it.
type fileMark struct {
	at   time.Time
	size int64
}

// Load reads the pair of PEM files that the flags name and logs when it has ended
// or soon will. An error is the operator's to mend: it names the flag, the file
// and the way out.
func Load(certFile, keyFile string, log *slog.Logger) (*Certificate, error) {
	c := &Certificate{certFile: certFile, keyFile: keyFile, log: log, now: time.Now}
	c.seen = c.marks()
	pair, err := readPair(certFile, keyFile)
	if err != nil {
		return nil, err
	}
	c.current.Store(pair)
	c.remind()
	return c, nil
}

// readPair reads a certificate with its chain and its key.
func readPair(certFile, keyFile string) (*tls.Certificate, error) {
	chain, err := readPEM("--tls-cert", certFile)
	if err != nil {
		return nil, err
	}
	key, err := readPEM("--tls-key", keyFile)
	if err != nil {
		return nil, err
	}
	if err := checkChain(certFile, chain); err != nil {
		return nil, err
	}
	if err := checkKey(keyFile, key); err != nil {
		return nil, err
	}
	pair, err := tls.X509KeyPair(chain, key)
	switch {
	case err != nil && strings.Contains(err.Error(), "does not match"):
		return nil, fmt.Errorf("--tls-key: %s is not the key of the first certificate in %s; give the key that it was made with, and put the server's own certificate first in the file", keyFile, certFile)
	case err != nil:
		return nil, fmt.Errorf("--tls-key: %s: %v", keyFile, err)
	}
	return &pair, nil
}

func readPEM(flag, file string) ([]byte, error) {
	info, err := os.Stat(file)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, fmt.Errorf("%s: there is no file %s", flag, file)
	case err != nil:
		return nil, fmt.Errorf("%s: %v", flag, err)
	case info.IsDir() || info.Size() > maxPEM:
		return nil, fmt.Errorf("%s: %s is no PEM file", flag, file)
	}
	b, err := os.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("%s: %v", flag, err)
	}
	return b, nil
}

func checkChain(file string, b []byte) error {
	certificates := 0
	for {
		var block *pem.Block
		if block, b = pem.Decode(b); block == nil {
			break
		}
		if block.Type != "CERTIFICATE" {
			continue
		}
		certificates++
		if _, err := x509.ParseCertificate(block.Bytes); err != nil {
			return fmt.Errorf("--tls-cert: certificate %d in %s cannot be read: %v", certificates, file, err)
		}
	}
	if certificates == 0 {
		return fmt.Errorf("--tls-cert: %s holds no certificate; it must be a PEM file with -----BEGIN CERTIFICATE----- in it", file)
	}
	return nil
}

func checkKey(file string, b []byte) error {
	for {
		var block *pem.Block
		if block, b = pem.Decode(b); block == nil {
			return fmt.Errorf("--tls-key: %s holds no private key; it must be a PEM file with -----BEGIN PRIVATE KEY----- in it", file)
		}
		if !strings.HasSuffix(block.Type, "PRIVATE KEY") {
			continue
		}
		if block.Type == "ENCRYPTED PRIVATE KEY" || strings.Contains(block.Headers["Proc-Type"], "ENCRYPTED") {
			return fmt.Errorf("--tls-key: the key in %s is locked with a password; write it without one, for example with: openssl pkey -in %s -out key.pem", file, file)
		}
		return nil
	}
}

// Config is how the branch's listeners speak TLS.
func (c *Certificate) Config() *tls.Config {
	return &tls.Config{MinVersion: tls.VersionTLS12,
		GetCertificate: func(*tls.ClientHelloInfo) (*tls.Certificate, error) { return c.current.Load(), nil }}
}

// Covers reports whether the certificate is for that host.
func (c *Certificate) Covers(host string) bool {
	return c.current.Load().Leaf.VerifyHostname(host) == nil
}

// Left is how long it is still valid; 0 when it has ended or has not begun.
func (c *Certificate) Left() time.Duration {
	leaf, now := c.current.Load().Leaf, c.now()
	if now.Before(leaf.NotBefore) {
		return 0
	}
	return max(0, leaf.NotAfter.Sub(now))
}

// Watch looks at the files on every tick until ctx ends, and takes a changed pair
// into use; what cannot be used it logs. It is to be called once.
func (c *Certificate) Watch(ctx context.Context, tick <-chan time.Time) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick:
			c.look()
		}
	}
}

// look takes a changed pair into use. A pair that cannot be used is reported once,
// and looked at again when either file changes: who renews writes one file after
// the other.
func (c *Certificate) look() {
	now := c.marks()
	if now == c.seen {
		c.remind()
		return
	}
	c.seen = now
	pair, err := readPair(c.certFile, c.keyFile)
	if err != nil {
		c.log.Error("the new certificate cannot be used; the old one stays in use", "error", err, "old_ends", c.current.Load().Leaf.NotAfter)
		return
	}
	c.current.Store(pair)
	c.reminded = time.Time{}
	c.log.Info("a new certificate is in use", "ends", pair.Leaf.NotAfter)
	c.remind()
}

// remind says once a day that the certificate has ended, or soon will.
func (c *Certificate) remind() {
	now := c.now()
	if now.Sub(c.reminded) < reminder {
		return
	}
	leaf := c.current.Load().Leaf
	switch {
	case now.After(leaf.NotAfter):
		c.log.Warn("the certificate has expired: browsers warn, or refuse", "file", c.certFile, "ended", leaf.NotAfter)
	case now.Before(leaf.NotBefore):
		c.log.Warn("the certificate is not valid yet: look at this PC's clock", "file", c.certFile, "begins", leaf.NotBefore)
	case leaf.NotAfter.Sub(now) < soon:
		c.log.Warn("the certificate ends soon: renew it", "file", c.certFile, "ends", leaf.NotAfter)
	default:
		return
	}
	c.reminded = now
}

// marks are those of both files; a file that is not there has none.
func (c *Certificate) marks() (m [2]fileMark) {
	for i, file := range []string{c.certFile, c.keyFile} {
		if info, err := os.Stat(file); err == nil {
			m[i] = fileMark{at: info.ModTime(), size: info.Size()}
		}
	}
	return m
}
