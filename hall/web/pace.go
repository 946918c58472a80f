package web

import (
	"sync"
	"time"
)

const (
	// kioskNumbers is how many numbers one kiosk may give within kioskSpan: faster
	// than people can step up to it, too slow to empty its roll of paper.
	kioskNumbers = 6
	kioskSpan    = time.Minute
	// maxPaces bounds the kiosks remembered: a branch has a handful.
	maxPaces = 256
)

// paces count what each kiosk did within the last span.
type paces struct {
	now func() time.Time
	mu  sync.Mutex
	by  map[int][]time.Time
}

func newPaces() *paces { return &paces{now: time.Now, by: make(map[int][]time.Time)} }

// take counts one act, or tells how many seconds to wait for the next.
func (p *paces) take(id int) (wait int64) {
	p.mu.Lock()
	defer p.mu.Unlock()
	now := p.now()
	if len(p.by) >= maxPaces {
		clear(p.by)
	}
	fresh := p.by[id][:0]
	for _, at := range p.by[id] {
		if now.Sub(at) < kioskSpan {
			fresh = append(fresh, at)
		}
	}
	if len(fresh) >= kioskNumbers {
		p.by[id] = fresh
		return int64((kioskSpan - now.Sub(fresh[0]) + time.Second - 1) / time.Second)
	}
	p.by[id] = append(fresh, now)
	return 0
}
