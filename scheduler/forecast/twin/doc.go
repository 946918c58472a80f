// Package twin runs the floor forward: from a state, along as many paths as are asked
// for, to when each visit is called and when its seats are given up.
//
// It owns a compact twin of the floor: flat arrays and agendas of events, in which the
// rules of order, forming, holding, seats, steps and attention are worked without a
// draft, an event or an allocation; how people take their time in between (Manners); and
// who is known to come (Later). A test holds the twin to the real rules: with the same
// durations both make the same calls (TestTheTwinMakesTheSameCalls of package
// rehearsal). Whoever changes a rule of the floor changes the
// twin as well; the test says where.
//
// It promises that equal input gives equal output on every machine: whole numbers only,
// all randomness from the seed; that the work of a path is bounded; and that nothing
// that a state can hold makes it panic. A step that has begun is as old as it is: what
// is left of it is drawn under that condition.
//
// It must never import the rehearsal, anything of the hall or the screens, read a clock
// or start a goroutine: only the rules, their sub-packages and the pure parts of the
// standard library. What the paths mean for people is the forecast's.
package twin
