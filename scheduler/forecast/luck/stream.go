package luck

import "math/bits"

// Stream is a small seeded stream of random numbers (splitmix64). Every chance of
// a path has a stream of its own, named by what it is about and whom it
// concerns, so that the paths of two forecasts differ only in what has changed
// between them.
type Stream uint64

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

// Seed is the seed of the k-th path, from 0, of a forecast with a seed.
func Seed(seed uint64, k int) uint64 { return mix(seed + uint64(k+1)*golden) }

// Key is a number that tells things apart which are numbered one after the other;
// to be mixed into the who of Roll.
func Key(n uint64) uint64 { return mix(n) }

// Roll is the stream of a path's seed for a purpose, and whom it concerns.
func Roll(seed, purpose, who uint64) Stream {
	return Stream(mix(seed ^ purpose*mixA ^ who*golden))
}

func (d *Stream) next() uint64 {
	*d += golden
	return mix(uint64(*d))
}

// Below returns a whole number from 0 to n-1; n below 1 counts as 1.
func (d *Stream) Below(n int64) int64 {
	high, _ := bits.Mul64(d.next(), uint64(max(1, n)))
	return int64(high)
}

// Between returns a whole number from low to high, both included.
func (d *Stream) Between(low, high int64) int64 {
	if high <= low {
		return low
	}
	return low + d.Below(high-low+1)
}

// Pct is true in so many of a hundred cases; none asks for no number.
func (d *Stream) Pct(n int) bool { return n > 0 && d.Below(100) < int64(n) }

// Exponential draws whole seconds with a mean.
func (d *Stream) Exponential(mean int64) int64 {
	u := d.next()>>43 | 1 // 21 bits: nobody waits fourteen times the mean
	return mean * -ln(int64(u), 21) >> fixed
}
