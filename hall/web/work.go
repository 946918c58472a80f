package web

import (
	"net/http"

	"lapak/scheduler"
	"lapak/scheduler/learning"
	"lapak/scheduler/procedure"
	"lapak/scheduler/simulation"
)

// Where the one-to-one figure comes from that a multiplier is measured against.
const (
	basisMeasured  = "measured"  // the branch's own one-to-one sessions
	basisRehearsed = "rehearsed" // one officer and one person, on the learned times of the procedure
	basisNone      = "none"      // no procedure that could be rehearsed
)

// workView is how today's officer time was used, and what it brought against
// one-to-one. Rates are claims per officer-hour in hundredths.
type workView struct {
	learning.Work
	GroupRate  int64               `json:"group_rate"`
	SingleRate int64               `json:"single_rate"` // of the baseline
	Basis      string              `json:"basis"`
	Programme  procedure.Programme `json:"programme,omitempty"` // of a rehearsed baseline
	Multiplier int64               `json:"multiplier"`          // in hundredths; 0 when there is none
	Early      bool                `json:"early"`               // too little was done today to say one
	Need       learning.Yield      `json:"need"`                // so much makes it enough
}

func getWork(c *call) (reply, error) {
	w, there := c.s.o.Outlook.Work()
	if !there {
		return reply{}, later(http.StatusServiceUnavailable, "learning_reads", learningPauseS,
			"What the branch has done today is being read from its journal. Ask again in a moment.")
	}
	v := workView{Work: w, GroupRate: w.Group.PerHour(), Early: !w.Enough(),
		Need: learning.Yield{Claims: learning.EnoughClaims, OfficerS: learning.EnoughS}}
	v.baseline(&c.state().Floor)
	if !v.Early && v.SingleRate > 0 {
		v.Multiplier = v.GroupRate * 100 / v.SingleRate
	}
	return ok(v)
}

// baseline is the branch's own one-to-one sessions when there were enough, else
// the rehearsal's for the first programme of group sessions, with the times that
// the branch has learned.
func (v *workView) baseline(f *scheduler.Floor) {
	v.Basis = basisNone
	if v.SingleEnough() {
		v.Basis, v.SingleRate = basisMeasured, v.Single.PerHour()
		return
	}
	for _, programme := range f.Policy.Programmes {
		for _, p := range f.Times.Procedures(f.Policy.Procedures, 0) {
			if p.Programme != programme {
				continue
			}
			rate, err := simulation.OneToOne(p.WithBriefing(procedure.Briefing(f.Policy.Briefing)).Steps, f.Policy.Seat.ChangeS, v.NoShow)
			if err != nil || rate <= 0 {
				continue // a catalogue that the rehearsal does not play, such as one without an officer
			}
			v.Basis, v.Programme, v.SingleRate = basisRehearsed, programme, int64(rate*100+0.5)
			return
		}
	}
}
