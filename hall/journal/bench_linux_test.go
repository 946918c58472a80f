package journal

import (
	"os"
	"syscall"
)

// syncData flushes a file's content, and of its metadata only what reading it needs.
func syncData(f *os.File) error { return syscall.Fdatasync(int(f.Fd())) }
