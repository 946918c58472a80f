package board

import "sync/atomic"

// tally counts since the start; for Stats.
type tally struct {
	renders, unchanged, faults, sent, cutOff, refused atomic.Int64
}

// Stats are the figures of a feed, for metrics. All but the first two only grow.
type Stats struct {
	Screens   int   // connected now
	Subjects  int   // rendered and kept now
	Renders   int64 // times that the source was asked
	Unchanged int64 // renderings dropped because they said nothing new
	Faults    int64 // renderings that failed
	Sent      int64 // frames handed to the network
	CutOff    int64 // screens closed because they did not keep up
	Refused   int64 // screens turned away because there were too many
}

// Stats returns the figures of this moment.
func (f *Feed) Stats() Stats {
	f.mu.Lock()
	screens, subjects := len(f.screens), len(f.topics)
	f.mu.Unlock()
	return Stats{
		Screens: screens, Subjects: subjects,
		Renders: f.tally.renders.Load(), Unchanged: f.tally.unchanged.Load(), Faults: f.tally.faults.Load(),
		Sent: f.tally.sent.Load(), CutOff: f.tally.cutOff.Load(), Refused: f.tally.refused.Load(),
	}
}
