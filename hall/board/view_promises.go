package board

import "lapak/scheduler"

// PromiseScore is how what visitors were told today turned out: the first thing
// that each was told, what stood for ten minutes before the call, and both by
// the hour of the call.
type PromiseScore struct {
	First    PromiseTally  `json:"first"`
	Standing PromiseTally  `json:"standing"`
	Hours    []PromiseHour `json:"hours"`
}

// PromiseHour is the calls of one hour of the local day.
type PromiseHour struct {
	Hour     int          `json:"hour"`
	First    PromiseTally `json:"first"`
	Standing PromiseTally `json:"standing"`
}

// PromiseTally counts promises. ErrorS is the mean distance of the call from
// the middle that was told, WidthS the mean width of the ranges, in seconds.
type PromiseTally struct {
	N         int   `json:"n"`
	Inside    int   `json:"inside"`
	InsidePct int   `json:"inside_pct"`
	Early     int   `json:"early"` // called before the range
	Late      int   `json:"late"`
	ErrorS    int64 `json:"error_s"`
	WidthS    int64 `json:"width_s"`
}

func promiseScore(s *scheduler.State) PromiseScore {
	score := s.Score()
	p := PromiseScore{First: promiseTally(&score.First), Standing: promiseTally(&score.Stood), Hours: []PromiseHour{}}
	for i := range score.Hours {
		h := &score.Hours[i]
		p.Hours = append(p.Hours, PromiseHour{Hour: h.Hour, First: promiseTally(&h.First), Standing: promiseTally(&h.Stood)})
	}
	return p
}

func promiseTally(t *scheduler.Tally) PromiseTally {
	return PromiseTally{N: t.N, Inside: t.Inside, InsidePct: t.InsidePct(), Early: t.Early, Late: t.Late,
		ErrorS: t.MeanErrorS(), WidthS: t.MeanWidthS()}
}
