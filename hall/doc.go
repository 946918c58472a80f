// Package hall is the branch that runs: the one writer that owns the state,
// the branch's clock, and the daily work.
//
// It takes commands from many callers, decides each with the rules of package
// scheduler, makes the decisions of a batch durable in one append, and only
// then publishes the new state and answers. It promises that an answered
// command survives a power cut, that a command id has one effect, that time
// never goes back, and that a reader of the state never waits for the writer.
//
// It sees the journal through a small interface of its own and must never
// import the packages beside it (journal, people, access, board, web), nor
// anything of the network. Only clock.go imports cron.
package hall
