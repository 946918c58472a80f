package procedure

import (
	"cmp"
	"slices"
	"strings"
)

// StepTime is what a branch has learned about the duration of one step.
type StepTime struct {
	Programme Programme `json:"programme"`
	Step      StepCode  `json:"step"`
	Officer   int64     `json:"officer,omitempty"` // Account id; 0: any officer, and every step of the visitor.
	MeanS     int       `json:"mean_s"`            // Seconds.
	CvPct     int       `json:"cv_pct"`            // Standard deviation in percent of the mean.
	N         int       `json:"n"`                 // Observations behind it, forgotten ones taken off, rounded.
}

// Times are a branch's learned times: plain data, in ascending order of programme, step and officer, at
// most one for each. The zero Times and a nil *Times know nothing, and everything then takes as long as
// the catalogue says. Times are replaced, never changed in place.
type Times struct {
	Steps []StepTime `json:"steps"`
}

// The band around the catalogue's mean and the limits of a spread that a learned time may have. Whatever
// was learned is held inside them wherever it is used, so that no error of measuring, and no journal,
// makes a plan absurd.
const (
	// MinLearnedPct and MaxLearnedPct of the catalogue's mean. The catalogue starts as a guess, and a
	// branch where a step takes a third or three times of it is an ordinary branch; beyond four times
	// something else was measured, and the manager corrects the catalogue by hand.
	MinLearnedPct = 25
	MaxLearnedPct = 400
	// MinLearnedCvPct: people never work like a clock, and a spread of nearly nothing would make
	// forecasts certain of themselves.
	MinLearnedCvPct = 10
	// MaxLearnedCvPct: half again the widest spread of the default catalogue; a wider one says that two
	// kinds of work share one step.
	MaxLearnedCvPct = 120
	// MaxTimes bounds the list: five programmes of five steps, each for nineteen officers. At under 100
	// bytes each it stays well inside one record of the journal (64 KiB).
	MaxTimes = 500
	// MaxLearnedN bounds the observations that are told: more than ten years of a busy branch.
	MaxLearnedN = 1_000_000
)

// compare is the order of the list.
func (t StepTime) compare(p Programme, step StepCode, officer int64) int {
	return cmp.Or(strings.Compare(string(t.Programme), string(p)), strings.Compare(string(t.Step), string(step)),
		cmp.Compare(t.Officer, officer))
}

// Sort puts the list into its order.
func (t *Times) Sort() {
	slices.SortFunc(t.Steps, func(a, b StepTime) int { return a.compare(b.Programme, b.Step, b.Officer) })
}

// find returns exactly the officer's own entry.
func (t *Times) find(p Programme, step StepCode, officer int64) (StepTime, bool) {
	if t == nil {
		return StepTime{}, false
	}
	low, high := 0, len(t.Steps)
	for low < high {
		mid := int(uint(low+high) >> 1)
		if t.Steps[mid].compare(p, step, officer) < 0 {
			low = mid + 1
		} else {
			high = mid
		}
	}
	if low < len(t.Steps) && t.Steps[low].compare(p, step, officer) == 0 {
		return t.Steps[low], true
	}
	return StepTime{}, false
}

// Of returns what was learned about a step: the officer's own time, else any officer's (officer 0 asks for
// that alone), in seconds and percent. It is false where nothing was learned; the catalogue's step then
// holds. A nil receiver knows nothing.
func (t *Times) Of(p Programme, step StepCode, officer int64) (meanS, cvPct int, ok bool) {
	own, ok := t.find(p, step, officer)
	if !ok && officer != 0 {
		own, ok = t.find(p, step, 0)
	}
	return own.MeanS, own.CvPct, ok
}

// Within holds a learned mean and spread inside what is believed of a step: the band around its
// catalogue's mean. It tells whether it had to.
func (s Step) Within(meanS, cvPct int) (mean, cv int, held bool) {
	low := max(1, s.MeanS*MinLearnedPct/100)
	high := min(MaxMeanS, max(low, s.MeanS*MaxLearnedPct/100))
	mean, cv = min(max(meanS, low), high), min(max(cvPct, MinLearnedCvPct), MaxLearnedCvPct)
	return mean, cv, mean != meanS || cv != cvPct
}

// Step returns the catalogue's step with the mean and the spread that the branch has learned, held inside
// the band around the catalogue's; the step itself where nothing was learned. A nil receiver knows nothing.
func (t *Times) Step(p Programme, step Step, officer int64) Step {
	if mean, cv, ok := t.Of(p, step.Code, officer); ok {
		step.MeanS, step.CvPct, _ = step.Within(mean, cv)
	}
	return step
}

// Procedures returns the catalogue's procedures with the times that an officer needs (0: any officer).
// Steps are copied where something was learned, so the catalogue is untouched.
func (t *Times) Procedures(c Catalog, officer int64) []Procedure {
	if t == nil || len(t.Steps) == 0 {
		return c.Procedures
	}
	list := slices.Clone(c.Procedures)
	for i := range list {
		steps := slices.Clone(list[i].Steps)
		for k := range steps {
			steps[k] = t.Step(list[i].Programme, steps[k], officer)
		}
		list[i].Steps = steps
	}
	return list
}

// Officers lists the officers who have a time of their own, ascending.
func (t *Times) Officers() []int64 {
	if t == nil {
		return nil
	}
	var list []int64
	for i := range t.Steps {
		if id := t.Steps[i].Officer; id != 0 && !slices.Contains(list, id) {
			list = append(list, id)
		}
	}
	slices.Sort(list)
	return list
}

// Validate returns a *FieldError for the first entry that is wrong in itself, or nil. Whether an entry
// fits a catalogue says Fits.
func (t *Times) Validate() error {
	if t == nil {
		return nil
	}
	if len(t.Steps) > MaxTimes {
		return wrong("steps", "%d learned times; at most %d are kept", len(t.Steps), MaxTimes)
	}
	for i, s := range t.Steps {
		field := at("steps", i)
		switch {
		case !slices.Contains(Programmes(), s.Programme):
			return wrong(field+".programme", "%.40q is none of %v", s.Programme, Programmes())
		case !slices.Contains(StepCodes(), s.Step):
			return wrong(field+".step", "%.40q is none of %v", s.Step, StepCodes())
		case s.Officer < 0:
			return wrong(field+".officer", "%d is no account; 0 is any officer", s.Officer)
		case s.MeanS < 1 || s.MeanS > MaxMeanS:
			return wrong(field+".mean_s", "%d is outside 1 to %d seconds", s.MeanS, MaxMeanS)
		case s.CvPct < MinLearnedCvPct || s.CvPct > MaxLearnedCvPct:
			return wrong(field+".cv_pct", "%d is outside %d to %d percent", s.CvPct, MinLearnedCvPct, MaxLearnedCvPct)
		case s.N < 0 || s.N > MaxLearnedN:
			return wrong(field+".n", "%d is outside 0 to %d observations", s.N, MaxLearnedN)
		case i > 0 && t.Steps[i-1].compare(s.Programme, s.Step, s.Officer) >= 0:
			return wrong(field, "stands twice or out of order; sort by programme, step and officer")
		}
	}
	return nil
}

// Fits returns a *FieldError for the first entry that lies outside the band around the catalogue's mean,
// or whose step the catalogue does not have.
func (t *Times) Fits(c Catalog) error {
	if t == nil {
		return nil
	}
	for i, s := range t.Steps {
		field := at("steps", i)
		proc, _ := c.Procedure(s.Programme)
		k := slices.IndexFunc(proc.Steps, func(step Step) bool { return step.Code == s.Step })
		if k < 0 {
			return wrong(field+".step", "the procedure of %s has no step %s", s.Programme, s.Step)
		}
		if mean, _, _ := proc.Steps[k].Within(s.MeanS, s.CvPct); mean != s.MeanS {
			return wrong(field+".mean_s", "%d s for %s of %s lies outside %d to %d percent of the %d s in the catalogue; correct the catalogue first",
				s.MeanS, s.Step, s.Programme, MinLearnedPct, MaxLearnedPct, proc.Steps[k].MeanS)
		}
	}
	return nil
}
