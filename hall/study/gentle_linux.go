package study

import (
	"runtime"
	"syscall"
)

// gentleNice is how far the worker's thread stands back behind the branch's
// own: at 10 it gets about a tenth of a processor that others want, and enough
// never to be starved, since the collector of memory waits for every thread.
const gentleNice = 10

// gentle gives the calling goroutine a thread of its own with a lower priority.
// On Linux a priority is a thread's; the thread ends with the goroutine. Where
// the system does not allow it the worker keeps its ordinary priority.
func gentle() {
	runtime.LockOSThread()
	_ = syscall.Setpriority(syscall.PRIO_PROCESS, syscall.Gettid(), gentleNice)
}
