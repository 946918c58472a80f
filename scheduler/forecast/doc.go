// Package forecast tells how long people will still wait and sit: for every
// visit in line the distribution of its call and of its end, by running the
// floor forward from now along many paths; what to tell people of it, rounded;
// and, through the rules' Tell, what was told, so that it can be scored.
//
// It owns a compact twin of the floor: flat arrays and agendas of events, in
// which the rules of order, forming, holding, seats, steps and attention are
// worked without a draft, an event or an allocation. A test holds the twin to
// the real rules: with the same durations both make the same calls. Whoever
// changes a rule of the floor changes the twin as well; the test says where.
//
// It promises that equal input gives equal output on every machine: whole
// numbers only, all randomness from the seed; that the work of a path is
// bounded; and that nothing that a state can hold makes it panic. A step that
// has begun is as old as it is: what is left of it is drawn under that
// condition.
//
// It must never import the rehearsal, anything of the hall or the screens, read
// a clock or start a goroutine: only the rules, their sub-packages and the pure
// parts of the standard library.
package forecast
