// Package learning measures a branch from its own journal: how long each step
// takes, by programme, step and officer; today's drift; who does not come, who
// walks out, when people arrive, how long a seat's change takes.
//
// It owns the Learner, which is shown every record in order and keeps a
// replica of the state of its own, so that it works the same behind the live
// hall, over a replayed journal and beside a rehearsal. It promises that the
// same records give the same figures; that an act taken back leaves nothing;
// that what is resumed, cut short or absurd is not measured, and what is
// interrupted only as far as it went; that nothing moves further in a day, or away from the catalogue,
// than named limits allow, and that a figure says when a limit bit; that its
// memory is bounded; and that Encode and Restore at any record change nothing.
// Fractions stay inside: what leaves for the state is whole seconds and whole
// percent.
//
// How a branch uses it: New or Restore with the state of a snapshot, Feed with
// every record that is durable (those replayed on start included), Encode
// beside every snapshot, so that the two have the same record's number. Once a
// day is closed, the command LearnTimes takes Daily into the state; the
// forecast takes Now. A manager's ForgetTimes needs no call here: the Learner
// finds it among the records.
//
// It must never import anything of the hall, the screens or the rehearsal,
// read a clock, do I/O or start a goroutine.
package learning
