package main

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// controlFile tells this program's other commands where the running server
// listens for them. It lies in the data directory, readable by its owner only.
const controlFile = "control.json"

// The control server's limits. It speaks with this program only, on loopback.
const (
	controlBody    = 1 << 20
	controlHeaderT = 5 * time.Second
	// controlTimeout bounds one call: a verification of years of records.
	controlTimeout = 30 * time.Minute
)

type controlInfo struct {
	Address string `json:"address"`
	Token   string `json:"token"`
	PID     int    `json:"pid"`
}

// control is the loopback server for verify, backup and user.
type control struct {
	path   string
	server *http.Server
	listen net.Listener
}

// startControl serves the handler on loopback and writes the control file.
func startControl(dir string, h http.Handler) (*control, error) {
	var secret [32]byte
	if _, err := rand.Read(secret[:]); err != nil {
		return nil, err
	}
	l, err := newLoopback()
	if err != nil {
		return nil, fmt.Errorf("control: %w", err)
	}
	info := controlInfo{Address: l.Addr().String(), Token: hex.EncodeToString(secret[:]), PID: os.Getpid()}
	c := &control{path: filepath.Join(dir, controlFile), listen: l,
		server: &http.Server{Handler: needToken(info.Token, h), ReadHeaderTimeout: controlHeaderT, ReadTimeout: controlTimeout,
			WriteTimeout: controlTimeout, IdleTimeout: time.Minute}}
	b, err := json.Marshal(info)
	if err != nil {
		return nil, err
	}
	if err := writeOwn(c.path, b); err != nil {
		l.Close()
		return nil, err
	}
	go c.server.Serve(l)
	return c, nil
}

func (c *control) close() {
	os.Remove(c.path)
	c.server.Close()
}

func needToken(token string, h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		got := strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer ")
		if subtle.ConstantTimeCompare([]byte(got), []byte(token)) != 1 {
			http.Error(w, "not this server's token", http.StatusUnauthorized)
			return
		}
		r.Body = http.MaxBytesReader(w, r.Body, controlBody)
		h.ServeHTTP(w, r)
	})
}

// writeOwn writes a file that only its owner may read, whole or not at all.
func writeOwn(path string, b []byte) error {
	temp := path + ".new"
	if err := os.WriteFile(temp, b, 0o600); err != nil {
		return err
	}
	return os.Rename(temp, path)
}

// callControl asks the server that runs on the data directory. It reports
// whether one runs; when none does, the caller opens the data itself.
func callControl(ctx context.Context, dir, method, path string, body, answer any) (running bool, err error) {
	b, err := os.ReadFile(filepath.Join(dir, controlFile))
	if err != nil {
		return false, nil
	}
	var info controlInfo
	if json.Unmarshal(b, &info) != nil || info.Address == "" {
		return false, nil
	}
	var in bytes.Buffer
	if body != nil {
		if err := json.NewEncoder(&in).Encode(body); err != nil {
			return true, err
		}
	}
	req, err := http.NewRequestWithContext(ctx, method, "http://"+info.Address+path, &in)
	if err != nil {
		return true, err
	}
	req.Header.Set("Authorization", "Bearer "+info.Token)
	resp, err := (&http.Client{Timeout: controlTimeout}).Do(req)
	if err != nil {
		return false, nil // left over from a process that was killed
	}
	defer resp.Body.Close()
	if resp.StatusCode == http.StatusUnauthorized {
		return false, nil // another program's port by now
	}
	if resp.StatusCode != http.StatusOK {
		return true, controlError(resp)
	}
	if answer == nil {
		return true, nil
	}
	if err := json.NewDecoder(resp.Body).Decode(answer); err != nil {
		return true, fmt.Errorf("control: %w", err)
	}
	return true, nil
}

// problem is an error on its way through the control server.
type problem struct {
	Code  int    `json:"code"` // exit code
	Error string `json:"error"`
}

func controlError(resp *http.Response) error {
	var p problem
	b, _ := io.ReadAll(io.LimitReader(resp.Body, controlBody))
	if json.Unmarshal(b, &p) != nil || p.Code == 0 {
		return unavailable("the running server answered %s", resp.Status)
	}
	return &failure{p.Code, errors.New(p.Error)}
}

// answerJSON adapts a function to the control server.
func answerJSON[In any](do func(ctx context.Context, in In) (any, error)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		var in In
		if r.ContentLength != 0 {
			if err := json.NewDecoder(r.Body).Decode(&in); err != nil && !errors.Is(err, io.EOF) {
				http.Error(w, err.Error(), http.StatusBadRequest)
				return
			}
		}
		out, err := do(r.Context(), in)
		w.Header().Set("Content-Type", "application/json")
		if err != nil {
			w.WriteHeader(http.StatusConflict)
			json.NewEncoder(w).Encode(problem{Code: exitCode(err), Error: err.Error()})
			return
		}
		json.NewEncoder(w).Encode(out)
	}
}

// newLoopback takes a free port of this machine.
func newLoopback() (net.Listener, error) { return net.Listen("tcp", "127.0.0.1:0") }
