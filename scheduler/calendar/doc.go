// Package calendar owns the days and hours of a branch: dates without a clock, the three Indonesian
// time zones, opening hours, breaks, Ramadan, holidays, joint leave, and promises in working days.
//
// It promises pure integer arithmetic: a point in time is Unix seconds handed in by the caller, a time
// of day is seconds since local midnight, and equal inputs give equal outputs on every machine, because
// no zone database is read. Everything a branch may change is plain data with JSON names, so that it
// can live in the policy.
//
// It must never import a clock (not even package time), do I/O, or import another package of lapak: it
// is a leaf that every other rule may stand on.
package calendar
