//go:build !linux

package journal

import "os"

// syncData flushes a file; a cheaper way is not at hand everywhere.
func syncData(f *os.File) error { return f.Sync() }
