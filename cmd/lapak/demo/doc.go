// Package demo plays a branch with made-up people: a surge day that goes on at any
// speed through the live hall, the days behind it for the reports, and the buttons
// with which somebody takes over a room of it.
//
// The rules, the hall and the screens are those of every branch; only the people,
// who come from scheduler/rehearsal, and the clock are the demo's. It promises that
// no number of its people is anybody's. It opens nothing and listens nowhere: the
// command line gives it an open branch on throw-away data.
package demo
