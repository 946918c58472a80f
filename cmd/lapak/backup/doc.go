// Package backup copies a branch into one file, proves the copy, and puts it back.
//
// It owns the form of that file (a tar of the journal, the sealed people and the
// media, with a manifest) and the verification of a journal: every record applied,
// every invariant checked. It promises that a backup under its name was verified,
// that it holds no keys, and that a restore that fails leaves nothing that looks
// like a branch.
//
// Its errors name the flag of the command line that was given wrongly; errors.Is
// tells their kind (ErrInput, ErrUnavailable, ErrUnsound), and what the stores
// under it say is passed on. It must never import the command line, the web, or
// the accounts: those are no part of a backup.
package backup
