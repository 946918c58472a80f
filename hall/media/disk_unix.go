//go:build linux || darwin || freebsd || netbsd || openbsd || dragonfly

package media

import (
	"fmt"
	"os"
	"syscall"
)

// diskFullErrors are the ways in which a file cannot grow.
var diskFullErrors = []error{syscall.ENOSPC, syscall.EDQUOT, syscall.EFBIG}

// freeSpace is what may still be written to the disk that holds dir, in bytes.
func freeSpace(dir string) (int64, error) {
	var st syscall.Statfs_t
	if err := syscall.Statfs(dir, &st); err != nil {
		return 0, &os.PathError{Op: "statfs", Path: dir, Err: err}
	}
	return int64(st.Bavail) * int64(st.Bsize), nil
}

// syncDir makes a file's new name as durable as the file.
func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return fmt.Errorf("media: %w", err)
	}
	defer d.Close()
	if err := d.Sync(); err != nil {
		return full(err)
	}
	return nil
}
