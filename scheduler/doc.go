// Package scheduler is the rules of a branch: who is waiting, in which order,
// who is called to which seat, what an officer does next and how a day ends.
//
// It owns the State (floor and dossiers), the commands that people and timers
// may give, the events that those commands become, and the records that the
// journal keeps. It promises that equal inputs give equal outputs: it has no
// clock, no I/O, no goroutine and no dependence on map order, and it decides
// with integers only. Time and randomness arrive in a Stamp.
//
// It must never import anything of the hall, the screens or the network; only
// the pure parts of the standard library and its own sub-packages. A test in
// this package holds that.
package scheduler
