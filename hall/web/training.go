package web

// TrainingState says whether a training branch runs beside this one. Port is that
// of its address; the host is the one that the browser uses for this branch. Until
// is the second at which it ends by itself.
type TrainingState struct {
	Running bool  `json:"running"`
	Port    int   `json:"port,omitempty"`
	Until   int64 `json:"until,omitempty"`
}

// Training is a practice branch with made-up people for new staff. It is nil where
// there is none to be had: in a demo, which is one itself.
type Training interface {
	Look() TrainingState
	Start() (TrainingState, error)
	End()
}

func getTraining(c *call) (reply, error) {
	if c.s.o.Training == nil {
		return ok(TrainingState{})
	}
	return ok(c.s.o.Training.Look())
}

func startTraining(c *call) (reply, error) {
	if c.s.o.Training == nil {
		return reply{}, errNotFound
	}
	now, err := c.s.o.Training.Start()
	if err != nil {
		return reply{}, err
	}
	return ok(now)
}

func endTraining(c *call) (reply, error) {
	if c.s.o.Training != nil {
		c.s.o.Training.End()
	}
	return ok(TrainingState{})
}
