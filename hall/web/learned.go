package web

import (
	"net/http"

	"lapak/scheduler"
	"lapak/scheduler/learning"
	"lapak/scheduler/procedure"
)

// Outlook is what the routes need of what the branch has learned.
type Outlook interface {
	// Report is false until the journal was read.
	Report() (learning.Report, bool)
	// Work is how the officers' time was used today; false likewise.
	Work() (learning.Work, bool)
	// Drawings are the kept versions of a room, newest first; false likewise.
	Drawings(room scheduler.RoomID) ([]learning.Drawing, bool)
}

func (s *Server) aboutLearning() []route {
	return []route{
		{method: get, path: api + "/learning", allow: leading, kind: read, task: plain(getLearning)},
		{method: get, path: api + "/work", allow: leading | observer, kind: read, task: plain(getWork)},
		{method: post, path: api + "/learning/forget", allow: leading, kind: act, task: command(forgetTimes)},
	}
}

// learningPauseS is when the journal may have been read: a start reads a day in
// well under a second, and a year in about a minute.
const learningPauseS = 5

func getLearning(c *call) (reply, error) {
	r, there := c.s.o.Outlook.Report()
	if !there {
		return reply{}, later(http.StatusServiceUnavailable, "learning_reads", learningPauseS,
			"What the branch has learned is being read from its journal. Ask again in a moment.")
	}
	return ok(r)
}

type forgetForm struct {
	Programme procedure.Programme `json:"programme"` // every one when left out
	Step      procedure.StepCode  `json:"step"`      // every one when left out
}

func forgetTimes(_ *call, b forgetForm) (scheduler.Command, error) {
	return scheduler.ForgetTimes(b), nil
}
