// Package dice is the luck of rehearsed days: small seeded streams of random
// numbers, each named by what it decides and whom it concerns, and the durations
// that are drawn from them.
//
// It promises that equal seeds, purposes and names give the same numbers on every
// machine, whatever else was drawn before. It must import nothing but math, of which
// it uses only what is exact or correctly rounded everywhere.
package dice
