// Package journal keeps what a branch has decided: every record, in order, for ever or until the branch
// cuts what its retention allows.
//
// It owns one file, journal.db, in the data directory, and the copies made of it. It is the only reader and
// writer of that file, and it holds bytes: what a record means is known to the rules, not here.
//
// It promises:
//   - Append returns nil only when all entries of the call are on the disk. It writes all of them or none.
//   - A refused Append (ErrFull) left nothing behind. An Append whose outcome cannot be known (ErrCommit)
//     closes the journal for writing: the process must stop and read the file again, because a kernel that
//     failed to flush may show a page that the disk never got.
//   - Scan hands out what was appended, in order, without a gap, each record checked against the chain of
//     hashes that starts with the first one, or returns an error that names the record.
//   - No byte of a damaged file is mapped into memory before its structure was read and found whole, so a
//     damaged or truncated file is an error with a sentence and never the death of the process.
//   - A copy (WriteTo, Backup, Restore, Compact) was reopened and checked before it is reported as done.
//   - No read transaction lasts longer than one bounded piece of work.
//
// It must never import another package of this module: it knows no command, no event, no person. It is the
// one place where the branch's decisions meet bbolt.
package journal
