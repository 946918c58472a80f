// Package forecast tells how long people will still wait and sit: for every visit in
// line the distribution of its call and of its end, from many paths along which the
// floor's twin runs forward; what to tell people of it, rounded; and, through the rules'
// Tell, what was told, so that it can be scored.
//
// It owns the distributions (Spread), their widening by how the day's own promises
// turned out, and the ranges that are told (Told). It promises that equal input gives
// equal output on every machine, in whole numbers only; that of two visits alike the
// later one is never told a shorter wait; and that nobody is told the same again and
// again. How the floor moves is the twin's, what is drawn on the way is luck's.
//
// It must never import the rehearsal, anything of the hall or the screens, read a clock
// or start a goroutine: only the rules, their sub-packages and the pure parts of the
// standard library.
package forecast
