//go:build !linux

package study

// gentle does nothing: only Linux has priorities of single threads in the
// standard library. The rests between units bound the worker everywhere.
func gentle() {}
