package whatif

import (
	"lapak/scheduler/calendar"
	"lapak/scheduler/rehearsal"
	"lapak/scheduler/rehearsal/past"
	"lapak/scheduler/simulation"
)

// Replay is the answer of `lapak replay`: a past day's real arrivals and
// measured durations under its own policy (base) and under another one, in the
// figures of simulate. Really is what the records show; the nearer base is to
// it, the more the comparison is worth.
type Replay struct {
	Day         calendar.Date     `json:"day"`
	Changes     []Change          `json:"changes"`
	MeasuredPct int               `json:"measured_pct"` // of the durations used for changed; the rest was drawn
	Base        simulation.Output `json:"base"`
	Changed     simulation.Output `json:"changed"`
	Really      simulation.Output `json:"really"`
	Notes       []string          `json:"notes"`
}

// replayDays is how many saturated days measure the multipliers.
const replayDays = 5

// ReplayDay plays the day under both. rest is called between two pieces of
// work and may end it by an error. An error of the policy is a *FieldError
// with the path in the policy's own document.
func ReplayDay(p *past.Day, policy []byte, seed int64, rest func() error) (Replay, error) {
	q := Question{Seed: seed, Changes: &Changes{Policy: policy}, Days: 1, Day: p.Date}
	s, err := New(q, BaseOfDay(p))
	if err != nil {
		return Replay{}, ofPolicy(err)
	}
	out := Replay{Day: p.Date, Changes: []Change{}, Really: simulation.Figures(p.State, p.Use, p.Groups), Notes: []string{}}
	out.Changes, out.Notes = append(out.Changes, s.variants[1].changes...), append(out.Notes, s.variants[1].base.notes...)
	for k, to := range []*simulation.Output{&out.Base, &out.Changed} {
		v := s.variants[k]
		c := v.base.config(s.seed(0))
		c.People = p.People
		played, err := rehearsal.Play(c)
		if err != nil {
			return Replay{}, err
		}
		*to = simulation.Figures(played.State, played.Use, played.Groups)
		if all := played.Measured + played.Drawn; k == 1 && all > 0 {
			out.MeasuredPct = (100*played.Measured + all/2) / all
		}
		if err := rest(); err != nil {
			return Replay{}, err
		}
		if v.input == nil {
			continue
		}
		in := *v.input
		in.Seed, in.Days = s.seed(0), replayDays
		sat, err := simulation.Run(in)
		if err != nil {
			return Replay{}, err
		}
		to.Multiplier, to.Ceiling = sat.Multiplier, sat.Ceiling
		if err := rest(); err != nil {
			return Replay{}, err
		}
	}
	out.Really.Multiplier, out.Really.Ceiling = out.Base.Multiplier, out.Base.Ceiling // of the policy, which was the same
	return out, nil
}
