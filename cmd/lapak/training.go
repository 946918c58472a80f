package main

import (
	"context"
	"log/slog"
	"net"
	"sync"
	"time"

	"lapak/cmd/lapak/certificate"
	"lapak/hall/web"
	"lapak/scheduler"
	"lapak/scheduler/calendar"
)

// trainingHours is how long a training branch lives when nobody ends it: a
// working day, so that one forgotten on a Friday is gone on Monday.
const trainingHours = 8

// trainingStart bounds the wait for a training branch to be ready: it is played
// forward to the middle of its morning first, in about a second on an office PC. It
// is less than an answer may take, web.WriteTimeout.
const trainingStart = 25 * time.Second

// training is the practice branch for new staff: made-up people on throw-away data
// in this same program, under an address of its own beside the real branch's. It
// shares nothing with the branch but the processor.
type training struct {
	host     string // that of the branch's own address
	insecure bool
	cert     *certificate.Certificate // nil: plain HTTP, as the branch itself
	log      *slog.Logger

	mu    sync.Mutex
	now   web.TrainingState
	seed  uint64
	end   context.CancelFunc
	ended chan struct{}
}

// Look tells whether a training branch runs and where.
func (t *training) Look() web.TrainingState {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.now
}

// Start begins a training branch unless one runs, and returns when it answers.
func (t *training) Start() (web.TrainingState, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.now.Running {
		return t.now, nil
	}
	l, err := net.Listen("tcp", net.JoinHostPort(t.host, "0"))
	if err != nil {
		return web.TrainingState{}, unavailable("%v", err)
	}
	life := trainingHours * time.Hour
	ctx, end := context.WithTimeout(context.Background(), life)
	ready, ended := make(chan struct{}), make(chan struct{})
	t.seed++
	c := stage{speed: 1, seed: t.seed, log: t.log.With("training", true), training: true, insecure: t.insecure, cert: t.cert,
		ready: func(calendar.Date) { close(ready) }}
	failed := make(chan error, 1)
	go func() {
		defer close(ended)
		failed <- play(ctx, l, c)
		end()
		t.over(ended)
	}()
	select {
	case <-ready:
	case err := <-failed:
		return web.TrainingState{}, err
	case <-time.After(trainingStart):
		end()
		return web.TrainingState{}, &scheduler.Refusal{Code: "training_slow", Class: scheduler.Conflict,
			Reason: "The training branch did not start in time, because this PC is busy. Try again in a quiet moment."}
	}
	t.now = web.TrainingState{Running: true, Port: l.Addr().(*net.TCPAddr).Port, Until: time.Now().Add(life).Unix()}
	t.end, t.ended = end, ended
	return t.now, nil
}

// over forgets a training branch that has ended by itself.
func (t *training) over(which chan struct{}) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.ended == which {
		t.now, t.end, t.ended = web.TrainingState{}, nil, nil
	}
}

// End ends the training branch and waits until its data are gone.
func (t *training) End() {
	t.mu.Lock()
	end, ended := t.end, t.ended
	t.now, t.end, t.ended = web.TrainingState{}, nil, nil
	t.mu.Unlock()
	if end == nil {
		return
	}
	end()
	<-ended
}
