// Package luck is what a forecast's paths draw: seeded streams of random numbers, and
// durations of steps that may have begun already.
//
// It promises that every machine draws the same seconds: it works in whole numbers
// only, fixed point where fractions are meant, and a test holds it to floating point.
// It must import nothing but math/bits.
package luck
