package forecast

import "math/bits"

// dice is a small seeded stream of random numbers (splitmix64). Every chance of
// a path has a stream of its own, named by what it is about and whom it
// concerns, so that the paths of two forecasts differ only in what has changed
// between them.
type dice uint64

// purpose names what a stream is for.
type purpose uint64

const (
	forWalk purpose = iota + 1
	forReact
	forStep
	forGroup
	forComing
	forLeaving
	forJumping
)

const (
	golden = 0x9e3779b97f4a7c15
	mixA   = 0xbf58476d1ce4e5b9
	mixB   = 0x94d049bb133111eb
)

func mix(x uint64) uint64 {
	x = (x ^ x>>30) * mixA
	x = (x ^ x>>27) * mixB
	return x ^ x>>31
}

func (p *path) dice(of purpose, who uint64) dice {
	return dice(mix(p.seed ^ uint64(of)*mixA ^ who*golden))
}

func (d *dice) next() uint64 {
	*d += golden
	return mix(uint64(*d))
}

// below returns a whole number from 0 to n-1; n below 1 counts as 1.
func (d *dice) below(n int64) int64 {
	high, _ := bits.Mul64(d.next(), uint64(max(1, n)))
	return int64(high)
}

// between returns a whole number from low to high, both included.
func (d *dice) between(low, high int64) int64 {
	if high <= low {
		return low
	}
	return low + d.below(high-low+1)
}

// pct is true in so many of a hundred cases; none asks for no number.
func (d *dice) pct(n int) bool { return n > 0 && d.below(100) < int64(n) }

// exponential draws whole seconds with a mean.
func (d *dice) exponential(mean int64) int64 {
	u := d.next()>>43 | 1 // 21 bits: nobody waits fourteen times the mean
	return mean * -ln(int64(u), 21) >> fixed
}
