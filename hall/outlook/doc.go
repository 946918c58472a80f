// Package outlook looks ahead beside the branch that runs: it learns from each
// record as it becomes durable, and works out, every few seconds, when everybody
// who waits will be called.
//
// It owns one goroutine, the Learner behind it and the newest forecast. What it
// finds reaches the branch only as commands, like everything else: the learned
// times once a day, the promises told when they change. It promises that the
// writer never waits for it, that it rests longer than it works, that a fault
// of its own is logged and leaves the branch as it was, and that a restart goes
// on from what was learned, to the record.
//
// It must never import hall, its other packages, or anything that speaks to the
// network: the branch and the journal it sees through two small interfaces.
package outlook
