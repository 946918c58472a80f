// Package ledger keeps what the branch's days were, and makes the reports of any
// period from them, beside the branch that runs.
//
// It owns the facts of closed days: folded from the journal as days close, kept as
// documents, one a day, so that they outlive the records; and the day so far, which
// is folded when somebody asks for it.
//
// It promises that it never slows the writer: it reads the journal a few hundred
// records at a time, rests as long as it worked, and does nothing while commands
// wait. A day is kept once, whatever is restarted meanwhile.
//
// It must never import hall, its other packages, or anything that speaks to the
// network: what it needs of the branch and of the journal it sees through two small
// interfaces.
package ledger
