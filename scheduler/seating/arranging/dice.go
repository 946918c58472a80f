package arranging

// dice draws numbers from a seed: splitmix64 (Steele, Lea and Flood 2014), which is short, passes the usual
// batteries, and stays the same when the standard library changes its own.
type dice struct{ state uint64 }

func (d *dice) next() uint64 {
	d.state += 0x9e3779b97f4a7c15
	z := d.state
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

// below draws a whole number from 0 to n-1; n is at least 1 and small, so the bias is far below what matters.
func (d *dice) below(n int) int { return int(d.next() >> 33 % uint64(n)) }

// unit draws from 0 to 1, the end left out.
func (d *dice) unit() float64 { return float64(d.next()>>11) / (1 << 53) }

// swing draws from -1 to 1.
func (d *dice) swing() float64 { return 2*d.unit() - 1 }
