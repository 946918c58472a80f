package luck

// Durations are lognormal: people's times have a long tail, and a step is never
// shorter than nothing. Everything here is worked in whole numbers with `fixed`
// binary places, so that every machine draws the same seconds.

const (
	fixed = 24
	one   = int64(1) << fixed
	ln2   = 11629080 // ln 2 · 2^24
)

// ln is the natural logarithm of x / 2^places, for x of at least 1, in fixed
// point: the leading bit, and the rest by squaring bit for bit.
func ln(x int64, places int) int64 {
	shift := 0
	for x >= 1<<31 {
		x >>= 1
		shift++
	}
	for x < 1<<30 {
		x <<= 1
		shift--
	}
	whole := int64(30 + shift - places)
	frac := int64(0)
	for bit := int64(1) << (fixed - 1); bit > 0; bit >>= 1 {
		x = x * x >> 30
		if x >= 1<<31 {
			x >>= 1
			frac |= bit
		}
	}
	return (whole<<fixed + frac) * ln2 >> fixed
}

// exp is the exponential of a fixed-point number, in fixed point; above 18 it
// stays at its value there.
func exp(x int64) int64 {
	x = min(x, 18<<fixed)
	k := x / ln2
	if x < 0 && x%ln2 != 0 {
		k--
	}
	r := x - k*ln2
	sum := one
	for n := int64(10); n >= 1; n-- {
		sum = one + sum*r/n>>fixed
	}
	if k >= 0 {
		return sum << min(k, 30)
	}
	return sum >> min(-k, 60)
}

// root is the square root of a fixed-point number, in fixed point.
func root(x int64) int64 {
	if x <= 0 {
		return 0
	}
	x <<= fixed
	r := int64(1) << 31
	for range 60 {
		next := (r + x/r) / 2
		if next >= r {
			return r
		}
		r = next
	}
	return r
}

// grain is how many equal parts a distribution is cut into. The last of 1024
// is the longest step in three working days of a surge.
const grain = 1024

// normals are the standard normal deviates in the middle of each part, in fixed
// point. They are worked out once, when the program starts.
var normals = makeNormals()

// makeNormals adds the density up in small steps from the middle outwards, and
// notes where each part of the upper half has its middle; the lower half is its
// mirror.
func makeNormals() [grain]int64 {
	const (
		steps     = 512 // in one standard deviation: the deviates are right to 0.002
		sqrtTwoPi = 42054429
		farthest  = 5 * one
	)
	var z [grain]int64
	sum, x := int64(0), int64(0) // the sum has 40 binary places
	for i := range int64(grain / 2) {
		for want := (2*i + 1) << 39 / grain; sum < want && x < farthest; x += one / steps {
			mid := x + one/steps/2
			sum += exp(-(mid*mid>>fixed)/2) << 16 / steps * one / sqrtTwoPi
		}
		z[grain/2+i], z[grain/2-1-i] = x, -x
	}
	return z
}

// Table is a lognormal distribution of durations in whole seconds, cut into equal
// parts, ascending. It is read only, and may be shared.
type Table struct {
	Mean, Cv int // as asked: seconds, and percent of them
	at       [grain]int32
}

// NewTable works out the distribution with a mean in seconds and a spread in percent
// of it. Nothing that it holds is shorter than a second.
func NewTable(meanS, cvPct int) *Table {
	d := &Table{Mean: meanS, Cv: cvPct}
	cv := int64(cvPct) << fixed / 100
	variance := ln(one+cv*cv>>fixed, fixed)
	sigma := root(variance)
	sum := int64(0)
	var factor [grain]int64
	for i := range normals {
		factor[i] = exp(sigma*normals[i]>>fixed - variance/2)
		sum += factor[i]
	}
	mean := max(1, sum/grain) // what the cut-off tail lost is given back
	for i := range factor {
		d.at[i] = int32(max(1, (factor[i]*int64(max(1, meanS))+mean/2)/mean))
	}
	return d
}

// Draw takes one of the durations longer than age, each part as likely. What
// has lasted longer than all of them goes on for a part of that again.
func (d *Table) Draw(r *Stream, age int64) int64 {
	low := 0
	if age > 0 {
		high := grain
		for low < high {
			mid := (low + high) / 2
			if int64(d.at[mid]) > age {
				high = mid
			} else {
				low = mid + 1
			}
		}
		if low >= grain-tailParts {
			return age + 1 + r.Below(1+age*tailPct/100)
		}
	}
	return int64(d.at[int64(low)+r.Below(int64(grain-low))])
}

// The tail of what has lasted longer than nearly everything: with the spreads
// of the catalogue, what is left of it is on average a third of its age.
const (
	tailParts = 4
	tailPct   = 66
)
