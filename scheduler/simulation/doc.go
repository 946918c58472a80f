// Package simulation answers what a setting of seats, officers and rules is worth:
// `lapak simulate`. A question (Input) is played on the rules for many days by
// scheduler/rehearsal, with people who neither walk nor hesitate, and summed up
// (Output): throughput, waits, the multiplier over one-to-one service, and the
// ceiling that the officers' minutes and the seats set under any policy.
//
// It promises that the same question gives the same answer in whatever order its
// days are worked, and that a question which cannot be played is refused with its
// field (FieldError). It must never import anything of the hall or the screens, read
// a clock, or start a goroutine: only the rules, their sub-packages and the pure parts
// of the standard library.
package simulation
