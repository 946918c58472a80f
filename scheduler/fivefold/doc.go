// Package fivefold asks the simulation the questions of docs/five-fold.md and
// writes that page: when one officer does the work of five, when not, and what
// stands in the way.
//
// It owns the questions, the closed form beside them and the page's words. It
// promises the same page for the same rules: every figure comes from a
// question with a fixed seed, which the page prints. It must never import
// anything but the simulation, the procedures and the pure parts of the
// standard library.
package fivefold
