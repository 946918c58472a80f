package web

import (
	"net/http"
	"testing"

	"lapak/scheduler"
	"lapak/scheduler/calendar"
	"lapak/scheduler/learning"
)

// worked is an outlook with a day's work.
type worked struct {
	learnedNothing
	work learning.Work
}

func (w *worked) Work() (learning.Work, bool) { return w.work, w.read }

func TestTheMultiplierSaysItsBasis(t *testing.T) {
	o := &worked{work: learning.Work{Date: calendar.MustParse("2026-03-02"), Officers: []learning.OfficerWork{{Officer: 3, ShiftS: 7200, SessionS: 7000, WithS: 6000, Claims: 22}}}}
	h := newHouse(t, func(opts *Options) { opts.Outlook = o })
	h.furnish()
	h.do(ask{as: "manager", method: get, path: api + "/work"}).refused(http.StatusServiceUnavailable, "learning_reads")
	o.read = true

	o.work.Group = learning.Yield{Claims: learning.EnoughClaims - 1, OfficerS: 7000}
	got := h.get("manager", "/work")
	if got["early"] != true || got["multiplier"] != float64(0) || got["basis"] != basisRehearsed {
		t.Errorf("with too few claims: %v", got)
	}
	single := got["single_rate"].(float64)
	if single < 100 || single > 600 {
		t.Errorf("one person at a time is %v hundredths of a claim an hour, want what a half-hour procedure gives", single)
	}

	o.work.Group = learning.Yield{Claims: 22, OfficerS: 7200}
	got = h.get("observer", "/work")
	if want := float64(1100 * 100 / int64(single)); got["early"] != false || got["group_rate"] != float64(1100) || got["multiplier"] != want {
		t.Errorf("with a morning's work: %v, want 11 an hour over %v", got, single)
	}

	o.work.Single, o.work.Days = learning.Yield{Claims: 44, OfficerS: 4 * 3600}, 3
	got = h.get("manager", "/work")
	if got["basis"] != basisMeasured || got["single_rate"] != float64(1100) || got["multiplier"] != float64(100) {
		t.Errorf("with one-to-one sessions of its own: %v, want those as the basis", got)
	}
}

// TestNoProcedureIsNoBaseline: a branch without programmes in group sessions is
// not given a figure that nothing stands behind.
func TestNoProcedureIsNoBaseline(t *testing.T) {
	f := scheduler.New().Floor
	p := *f.Policy
	p.Programmes, f.Policy = nil, &p
	v := workView{}
	v.baseline(&f)
	if v.Basis != basisNone || v.SingleRate != 0 {
		t.Errorf("%+v, want no basis", v)
	}
}
