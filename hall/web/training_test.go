package web

import (
	"strings"
	"testing"
)

// practice is a training branch that a test starts and ends.
type practice struct{ now TrainingState }

func (p *practice) Look() TrainingState { return p.now }

func (p *practice) Start() (TrainingState, error) {
	p.now = TrainingState{Running: true, Port: 4711, Until: 1_800_000_000}
	return p.now, nil
}

func (p *practice) End() { p.now = TrainingState{} }

func TestTrainingIsStartedAndEnded(t *testing.T) {
	h := newHouse(t, func(o *Options) { o.Training = &practice{} })
	if got := h.get("officer", "/training"); got["running"] != false {
		t.Errorf("before it is started: %v", got)
	}
	if got := h.post("manager", "/training", nil); got["running"] != true || id(got["port"]) != 4711 {
		t.Errorf("started: %v", got)
	}
	if got := h.get("officer", "/training"); got["running"] != true {
		t.Errorf("while it runs: %v", got)
	}
	if got := h.do(ask{as: "manager", method: remove, path: api + "/training"}).good(h); got["running"] != false {
		t.Errorf("ended: %v", got)
	}
	plain := newHouse(t)
	plain.do(ask{as: "manager", method: post, path: api + "/training"}).refused(404, "not_found")
}

// TestEveryPageOfATrainingBranchIsMarked: a visitor's page and one that is not there too,
// and none of a branch that is no training.
func TestEveryPageOfATrainingBranchIsMarked(t *testing.T) {
	for _, training := range []bool{true, false} {
		h := newHouse(t, func(o *Options) { o.Demo = &stage{state: DemoState{Training: training}} })
		h.furnish()
		link := h.post("desk", "/visits", nil)["link"].(string)
		for _, path := range []string{"/", "/lobby", "/v/" + link, "/v/nobodys", "/sheet"} {
			w := h.do(ask{method: get, path: path})
			if marked := strings.Contains(w.Body.String(), trainingMark); marked != training {
				t.Errorf("training %v: %s is marked: %v (%d)", training, path, marked, w.Code)
			}
		}
	}
}
