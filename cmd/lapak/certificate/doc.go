// Package certificate is the branch's proof of its name when it speaks HTTPS
// itself: the pair of PEM files that the command line names, checked when they
// are read and read again when they change.
//
// It promises that a pair that cannot be used leaves the one before in use, and
// that a connection never waits for a file. It must never import anything of the
// branch: it knows files, a clock and a log.
package certificate
