// Package measure looks at a branch day from outside, as its states and records
// show it: how its officers and seats spent their time, how many came in groups, and
// how often somebody was overtaken, counted without the planner's help.
//
// It promises to change nothing that it is shown. It must never import the rehearsal:
// a day that was and a rehearsed one are measured alike.
package measure
