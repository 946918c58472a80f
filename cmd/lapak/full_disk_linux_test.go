package main

import (
	"fmt"
	"net/http"
	"os"
	"sync"
	"syscall"
	"testing"
	"unsafe"

	"lapak/hall"
)

// fileSize bounds how large the running server's files may be, in bytes: with 1,
// every write of it fails as on a full disk. The server does not notice the
// change itself, only that there is no room.
func (h *served) fileSize(bytes uint64) {
	h.t.Helper()
	limit := syscall.Rlimit{Cur: bytes, Max: noLimit}
	_, _, errno := syscall.RawSyscall6(syscall.SYS_PRLIMIT64, uintptr(h.cmd.Process.Pid), syscall.RLIMIT_FSIZE,
		uintptr(unsafe.Pointer(&limit)), 0, 0, 0)
	if errno != 0 {
		h.t.Fatal(os.NewSyscallError("prlimit", errno))
	}
}

const noLimit = ^uint64(0)

// TestAFullDiskRefusesAndGoesOn fills the running server's disk. Commands are
// refused with 507 and change nothing, pages, views and boards go on and say so,
// and with room again everything goes on without a restart.
func TestAFullDiskRefusesAndGoesOn(t *testing.T) {
	h := furnish(t, hall.NewTime(), nil).serve()
	for range 3 {
		h.number("wati")
	}
	board := h.watch("sari", "/feed/manager", "")
	board.view(func(f frame) bool { return true })
	before := h.verify()

	h.fileSize(1)
	for _, c := range []struct{ name, as, method, path, body string }{
		{"a command", "wati", http.MethodPost, api + "/visits", arrivalBody},
		{"a person and a command", "wati", http.MethodPost, api + "/visits", visitOf(1)},
		{"a manager's command", "sari", http.MethodPost, api + "/day/close", `{}`},
		{"the notice", "sari", http.MethodPut, api + "/notice", `{"text":"Pagi"}`},
		{"an account", "sari", http.MethodPost, api + "/accounts", `{"name":"baru","role":"desk","password":"a long enough secret"}`},
	} {
		t.Run(c.name, func(t *testing.T) {
			a := h.ask(c.as, c.method, c.path, "full "+c.name, c.body)
			a.t = t
			a.refused(507, "disk_full", "")
		})
	}
	h.allRefused()
	if s := h.status(); len(s.Banners) != 1 || s.Banners[0] != hall.CodeDiskFull {
		t.Errorf("the manager sees %+v", s)
	}
	board.view(func(f frame) bool { return len(f.View.Banners) == 1 && f.View.Banners[0] == hall.CodeDiskFull })
	for _, path := range []string{"/healthz", "/readyz", api + "/views/lobby", api + "/visits", api + "/policy", api + "/session"} {
		h.ask("sari", http.MethodGet, path, noKey, "").good()
	}
	if after := h.verify(); after.Seq != before.Seq || after.Sum != before.Sum {
		t.Errorf("refused commands moved the branch from record %d to %d", before.Seq, after.Seq)
	}
	again := h.watch("sari", "/feed/lobby", "") // a board that comes while it is full
	again.view(func(f frame) bool { return f.View.Waiting == 3 })

	h.fileSize(noLimit)
	if _, err := h.arrive("wati", "full a command", arrivalBody); err != nil {
		t.Fatalf("with room again the same key: %v", err)
	}
	h.number("wati")
	if s := h.status(); len(s.Banners) != 0 {
		t.Errorf("with room again the manager sees %+v", s)
	}
	board.view(func(f frame) bool { return len(f.View.Banners) == 0 })
	again.view(func(f frame) bool { return f.View.Waiting == 5 })
	h.nothingLost()
	h.restart()
	h.nothingLost()
}

// allRefused sends intents twice and at once while the disk is full: not one of
// them may be told that it took effect, least of all as the replay of one that
// did not.
func (h *served) allRefused() {
	h.t.Helper()
	var all sync.WaitGroup
	for i := range 60 {
		all.Go(func() {
			a, err := h.send("wati", http.MethodPost, api+"/visits", fmt.Sprint("full-", i/20), arrivalBody)
			if err != nil || a.code != http.StatusInsufficientStorage {
				h.t.Errorf("on a full disk: %d %s, %v", a.code, a.body, err)
			}
		})
	}
	all.Wait()
}

// TestWhatAFullDiskAcknowledgedIsThereAfterAKill kills the server while its disk
// is full.
func TestWhatAFullDiskAcknowledgedIsThereAfterAKill(t *testing.T) {
	h := furnish(t, hall.NewTime(), nil).serve()
	var mu sync.Mutex
	refused := 0
	var all sync.WaitGroup
	for c := range 4 {
		all.Go(func() {
			for n := range 20 {
				if c == 0 && n == 10 {
					h.fileSize(1)
				}
				if _, err := h.arrive("wati", fmt.Sprintf("k-%d-%d", c, n), arrivalBody); err != nil {
					mu.Lock()
					refused++
					mu.Unlock()
				}
			}
		})
	}
	all.Wait()
	if refused < 10 || len(h.told) < 10 {
		t.Fatalf("%d refused, %d told: the disk was not full in the middle", refused, len(h.told))
	}
	h.restart()
	h.nothingLost()
}
