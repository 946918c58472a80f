package media

import (
	"os"

	"golang.org/x/sys/windows"
)

// diskFullErrors are the ways in which a file cannot grow.
var diskFullErrors = []error{windows.ERROR_DISK_FULL, windows.ERROR_HANDLE_DISK_FULL, windows.ERROR_DISK_QUOTA_EXCEEDED}

// freeSpace is what may still be written to the disk that holds dir, in bytes.
func freeSpace(dir string) (int64, error) {
	name, err := windows.UTF16PtrFromString(dir)
	if err != nil {
		return 0, err
	}
	var free uint64
	if err := windows.GetDiskFreeSpaceEx(name, &free, nil, nil); err != nil {
		return 0, &os.PathError{Op: "free space", Path: dir, Err: err}
	}
	return int64(free), nil
}

// syncDir does nothing: a directory cannot be flushed here.
func syncDir(string) error { return nil }
