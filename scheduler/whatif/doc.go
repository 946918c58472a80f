// Package whatif answers what a change of policy, seats, officers or hours
// would do to a branch, and what the branch should change.
//
// It owns the question (Question, Changes, Promise), the branch as it is now
// or was on a past day (Base), the days it is asked over, and the answer as
// data (Answer). It drives the rules themselves through scheduler/rehearsal,
// so that an answer is no second model that could disagree with the branch.
// Both sides of a comparison meet the same people with the same luck; each
// difference carries a 95 % interval of its own over the paired days.
//
// A Study is worked one bounded unit at a time (one day of one variant), by
// whoever calls, in any order and on any number of workers: the answer does
// not depend on it. So the caller can show progress, stop between two units,
// and leave the processor to the branch in between.
//
// It must never import anything of the hall or the screens, read a clock, do
// I/O, start a goroutine or depend on the order of a map.
package whatif
