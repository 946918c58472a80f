// Package audit reads who did what and why out of the journal, beside the branch that
// runs.
//
// It owns the reading: from the newest snapshot before a day, a few hundred records at
// a time, and the last few days that somebody asked for, so that the next page of the
// same day is there at once. What an act is, is scheduler/audit's.
//
// It promises that it never slows the writer: it rests as long as it worked, and does
// nothing while commands wait. It writes nothing.
//
// It must never import hall, its other packages, or anything that speaks to the
// network: what it needs of the branch and of the journal it sees through two small
// interfaces.
package audit
