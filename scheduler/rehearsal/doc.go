// Package rehearsal plays whole branch days from a seed against the same rules
// that run the branch: it is the demo, the test of the rules, and what plays the
// days of simulations and of what-if.
//
// It owns the people, the officers, the booths, the desk and the mischief of
// such a day. A World looks at the state that a branch shows and gives the
// commands that its people would give; how they reach the branch (in place on
// a draft, or through the live hall) is the caller's business. It promises
// that the same configuration gives the same day, and that no answer of the
// branch, and nothing that a real person does in between, makes it panic.
//
// What it draws comes from dice; what a day looked like from outside is measured by
// measure; days that were are read by past; questions about many days are answered by
// simulation.
//
// It must never import anything of the hall or the screens, read a clock, or
// start a goroutine: only the rules, their sub-packages and the pure parts of
// the standard library.
package rehearsal
