// Package draw is the recorded draw of those who come before the doors open: who
// drew it cannot have chosen the order, and anybody can compute it again.
//
// Before the gate the branch publishes the SHA-256 of a secret. The list of those
// present is frozen and its hash is shown; then people on the floor throw dice.
// The order follows from the secret, the list and the dice: the branch could not
// know the dice when it bound itself to the secret, and the people could not know
// the secret when they threw. docs/protocol.md has the recipe.
//
// It owns the arithmetic and the proof's form. It never imports another package of
// this module, reads no clock and makes no random number.
package draw
