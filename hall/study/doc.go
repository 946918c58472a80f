// Package study works on what-if questions beside the branch that runs,
// without slowing it: a bounded queue, one worker, one day of one variant at a
// time, and a rest after each as long as the work took, so that it uses half a
// processor at most and none while commands wait for the writer.
//
// It owns the questions asked since the start and their answers: the last few,
// in memory only. A restart forgets them, and whoever asks for one is told.
// It promises that a cancelled question stops after the day under way, and
// that Close leaves nothing running.
//
// It must never import hall, its other packages, or anything that speaks to
// the network, and it writes nothing to disk: what it needs of the branch and
// of the journal it sees through two small interfaces.
package study
