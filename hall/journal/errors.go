package journal

import "errors"

// The errors that callers tell apart, each a sentence for the operator. They arrive wrapped with the detail:
// compare with errors.Is.
var (
	// ErrInUse: another process, or this one, holds the data directory.
	ErrInUse = errors.New("the journal is in use by another process: stop that process, or let it do the work")
	// ErrNewerSchema: a later release wrote the file. Nothing was changed.
	ErrNewerSchema = errors.New("the journal was written by a newer release: install that release, or restore the copy made before the upgrade")
	// ErrTruncated: the file is shorter than what was written to it.
	ErrTruncated = errors.New("the journal file is shorter than what was written to it: restore the newest backup into an empty directory")
	// ErrDamaged: a page, a checksum or the chain of records does not hold.
	ErrDamaged = errors.New("the journal file is damaged: keep it aside and restore the newest backup into an empty directory")
	// ErrMissing: no journal is there, and none may be created.
	ErrMissing = errors.New("there is no journal here")
	// ErrFull: the disk is full, or so full that the reserve would be touched. Nothing was written.
	ErrFull = errors.New("the disk is full: nothing was written; free some space and try again")
	// ErrCommit: a commit failed and nobody can know whether its records will be there after a restart.
	// The process must stop; the journal accepts no further write.
	ErrCommit = errors.New("a write to the journal failed and its outcome is unknown: the process must stop and start again")
	// ErrClosed: the journal was closed.
	ErrClosed = errors.New("the journal is closed")
	// ErrGap: entries do not continue the journal. A fault of the caller; nothing was written.
	ErrGap = errors.New("the entries do not continue the journal")
	// ErrTooLarge: a value or a batch is above its limit. Nothing was written.
	ErrTooLarge = errors.New("above the limit of the journal")
	// ErrCut: the records asked for were cut, and only a snapshot stands for them.
	ErrCut = errors.New("the records asked for were cut: start from a snapshot")
	// ErrNotEmpty: a restore would mix with files that are there.
	ErrNotEmpty = errors.New("the directory to restore into is not empty: name a new or empty one")
)
