package web

import (
	"net/http"
	"testing"

	"lapak/scheduler"
	"lapak/scheduler/learning"
)

// learnedNothing is an outlook that has not read the journal, then has.
type learnedNothing struct{ read bool }

func (l *learnedNothing) Report() (learning.Report, bool) {
	if !l.read {
		return learning.Report{}, false
	}
	return learning.New(scheduler.New()).Report(monday()), true
}

func (l *learnedNothing) Work() (learning.Work, bool) {
	return learning.New(scheduler.New()).Work(monday()), l.read
}

func (l *learnedNothing) Drawings(room scheduler.RoomID) ([]learning.Drawing, bool) {
	return learning.New(scheduler.New()).Drawings(room), l.read
}

func TestWhatWasLearnedIsShownAndForgotten(t *testing.T) {
	outlook := &learnedNothing{}
	h := newHouse(t, func(o *Options) { o.Outlook = outlook })
	h.furnish()
	h.do(ask{as: "manager", method: get, path: api + "/learning"}).refused(http.StatusServiceUnavailable, "learning_reads")
	outlook.read = true
	got := h.get("manager", "/learning")
	if list := got["no_show"].([]any); len(list) == 0 {
		t.Error("no channel's share of no-shows is reported")
	}
	h.do(ask{as: "manager", method: post, path: api + "/learning/forget", body: map[string]any{"step": "check"}}).refused(422, "missing")
	h.do(ask{as: "manager", method: post, path: api + "/learning/forget", body: map[string]any{"programme": "JHT", "step": "check"}}).good(h)
}
