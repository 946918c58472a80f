package web

import (
	"net/http"
	"sync"
	"time"
)

// How much one visitor's network may ask. A branch's own Wi-Fi is one address for
// everybody in the lobby, and some mobile networks put a whole town behind one, so
// these bounds stop a flood and not a crowd. What a link is guessed with needs no
// bound: it has 128 random bits.
const (
	visitorReads     = 40  // pages and views a second from one network, in the long run
	visitorReadBurst = 400 // three hundred phones that wake up at the same call
	visitorActs      = 2   // cancelling, stepping out, answering
	visitorActBurst  = 60
	// visitorFeeds bounds the live pages of one network, allFeeds those of all: half
	// of what the feed holds, so that no crowd of phones takes a board's place.
	visitorFeeds = 400
	allFeeds     = 1000
	// maxNetworks bounds the networks remembered. A flood from more of them than this
	// is none that one PC could sort out.
	maxNetworks = 4096
)

// limits counts what networks do: a bucket each that fills at a steady rate.
type limits struct {
	now         func() time.Time
	rate, burst float64
	mu          sync.Mutex
	by          map[string]*bucket
}

type bucket struct {
	left float64
	at   time.Time
}

func newLimits(rate, burst float64) *limits {
	return &limits{now: time.Now, rate: rate, burst: burst, by: make(map[string]*bucket)}
}

// take counts one request of a network, or tells how many seconds to wait.
func (l *limits) take(network string) (wait int64) {
	l.mu.Lock()
	defer l.mu.Unlock()
	now := l.now()
	b := l.by[network]
	if b == nil {
		if len(l.by) >= maxNetworks {
			l.forget(now)
		}
		b = &bucket{left: l.burst, at: now}
		l.by[network] = b
	}
	b.left = min(l.burst, b.left+now.Sub(b.at).Seconds()*l.rate)
	b.at = now
	if b.left < 1 {
		return int64((1-b.left)/l.rate) + 1
	}
	b.left--
	return 0
}

// forget drops the networks whose buckets are full again, or all of them when none
// is: then nobody's count is worth more than the memory. The caller holds mu.
func (l *limits) forget(now time.Time) {
	for network, b := range l.by {
		if b.left+now.Sub(b.at).Seconds()*l.rate >= l.burst {
			delete(l.by, network)
		}
	}
	if len(l.by) >= maxNetworks {
		clear(l.by)
	}
}

// crowd counts the live pages of visitors, by network and in all.
type crowd struct {
	mu  sync.Mutex
	by  map[string]int
	all int
}

func newCrowd() *crowd { return &crowd{by: make(map[string]int)} }

// enter takes a place, or refuses. leave gives it back.
func (c *crowd) enter(network string) (leave func(), ok bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.by[network] >= visitorFeeds || c.all >= allFeeds {
		return nil, false
	}
	c.by[network]++
	c.all++
	return func() {
		c.mu.Lock()
		defer c.mu.Unlock()
		c.all--
		if c.by[network]--; c.by[network] == 0 {
			delete(c.by, network)
		}
	}, true
}

// pace bounds what one network asks of the routes that anybody with a link may use.
func (c *call) pace() error {
	l := c.s.reads
	if c.route.changes() {
		l = c.s.acts
	}
	if wait := l.take(c.s.clientPrefix(c.r)); wait > 0 {
		return later(http.StatusTooManyRequests, "too_many_requests", wait, "Too much is asked from this network. Wait %d seconds.", wait)
	}
	return nil
}
