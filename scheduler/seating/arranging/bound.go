package arranging

import (
	"math"
	"math/bits"
)

// olerEstimate is Oler's inequality in fractions: at most 2/√3·A/d² + (w+h)/d + 1 points at mutual distance d
// lie in a rectangle w by h (Oler 1961: for a compact convex set, 2/√3 of the area plus half the perimeter
// plus one, in units of the distance). A line counts its length twice as perimeter, a point is 1.
func olerEstimate(w, h, d int) float64 {
	a, b := float64(w)/float64(d), float64(h)/float64(d)
	return 2/math.Sqrt(3)*a*b + a + b + 1
}

// oler is the whole part of Oler's bound, exactly: the largest n with (n-1)d² - (w+h)d ≤ 2wh/√3, which is
// compared as squares in 128 bits. The estimate is at most a few times MaxSeats.
func oler(w, h, d int) int {
	n := int(olerEstimate(w, h, d)) + 1
	for n > 1 {
		over := (n-1)*d*d - (w+h)*d
		if over <= 0 {
			break
		}
		// 3·over² ≤ 4(wh)²; over is below 10^15 and wh at most 10^12.
		hi, lo := bits.Mul64(3*uint64(over), uint64(over))
		areaHi, areaLo := bits.Mul64(4*uint64(w)*uint64(h), uint64(w)*uint64(h))
		if hi < areaHi || (hi == areaHi && lo <= areaLo) {
			break
		}
		n--
	}
	return n
}

// strip bounds a rectangle w by h that is lower than the distance. Two whole points at the distance are then
// at least g apart along x, with g the smallest whole number whose square is at least d²-h².
func strip(w, h, d int) int {
	if h >= d {
		return math.MaxInt
	}
	return w/rootUp(d*d-h*h) + 1
}

// rootUp is the smallest whole number whose square is at least v, for v from 0 to 10^14.
func rootUp(v int) int {
	r := int(math.Sqrt(float64(v)))
	for r*r < v {
		r++
	}
	for r > 0 && (r-1)*(r-1) >= v {
		r--
	}
	return r
}

// provenLeast is, by n from 2, the largest least distance of n points in a unit square, for the n for which
// that is a theorem: to 9 by hand, 10 to 20 by Peikert, Würtz, Monagan and de Groot (1992), 21 to 27 by
// Nurmela and Östergård (1999), 28 to 30 by Markót and Csendes (2005), 31 to 33 by Markót (2021), the later
// ones with intervals on a computer; values to 12 digits from Specht's tables (packomania.com), where the
// optimiser of this package finds each of them again.
var provenLeast = [34]float64{
	2: 1.414213562373, 3: 1.035276180410, 4: 1.000000000000, 5: 0.707106781187,
	6: 0.600925212577, 7: 0.535898384862, 8: 0.517638090205, 9: 0.500000000000,
	10: 0.421279543984, 11: 0.398207310237, 12: 0.388730126323, 13: 0.366096007696,
	14: 0.348915260374, 15: 0.341081377402, 16: 0.333333333333, 17: 0.306153985300,
	18: 0.300462606289, 19: 0.289541991995, 20: 0.286611652352, 21: 0.271812255359,
	22: 0.267958401551, 23: 0.258819045103, 24: 0.254333095030, 25: 0.250000000000,
	26: 0.238734757241, 27: 0.235849528301, 28: 0.230535493643, 29: 0.226882900744,
	30: 0.224502964531, 31: 0.217547291619, 32: 0.213174562590, 33: 0.211328384143,
}

// provenSlack covers the digits that provenLeast leaves out.
const provenSlack = 1e-11

// square bounds a rectangle by the square around it, as far as theorems go.
func square(w, h, d int) int {
	side := float64(max(w, h))
	for n := 2; n < len(provenLeast); n++ {
		if float64(d) > side*(provenLeast[n]+provenSlack) {
			return n - 1
		}
	}
	return math.MaxInt
}

// whole is the best bound that we have for one rectangle.
func (b block) bound(d int) int {
	w, h := b.x1-b.x0, b.y1-b.y0
	return min(oler(w, h, d), strip(w, h, d), strip(h, w, d), square(w, h, d))
}

// cutBudget bounds the work of a bound, in rectangles looked at: rooms with a dozen obstacles need less; beyond
// it a piece keeps the bound of the rectangle around it, which is true as well.
const cutBudget = 3_000_000

// cutter bounds a floor by cutting it: the bounds of the two sides of a straight cut add up, and each side is
// bounded by the rectangle around its free part or by further cuts.
type cutter struct {
	region *region
	d      int
	known  map[block]int
	left   int // of cutBudget
}

// bound is an upper bound on the seats of a region at distance d.
func (r *region) bound(d int) int {
	c := cutter{region: r, d: d, known: map[block]int{}, left: cutBudget}
	return c.bound(r.box)
}

func (c *cutter) bound(b block) int {
	b, free := c.tight(b)
	if !free {
		return 0
	}
	if known, ok := c.known[b]; ok {
		return known
	}
	best := b.bound(c.d)
	if best > 1 && len(c.region.spans) > 1 {
		for _, s := range c.region.spans {
			if c.left <= 0 {
				break
			}
			for _, x := range [2]int{s.x0 - 1, s.x1} {
				if x >= b.x0 && x < b.x1 {
					best = min(best, c.bound(block{b.x0, b.y0, x, b.y1})+c.bound(block{x + 1, b.y0, b.x1, b.y1}))
				}
			}
			for _, y := range [2]int{s.y0 - 1, s.y1} {
				if y >= b.y0 && y < b.y1 {
					best = min(best, c.bound(block{b.x0, b.y0, b.x1, y})+c.bound(block{b.x0, y + 1, b.x1, b.y1}))
				}
			}
		}
	}
	c.known[b] = best
	return best
}

// tight is the rectangle around the free part of a block.
func (c *cutter) tight(b block) (block, bool) {
	c.left -= len(c.region.spans)
	var around block
	free := false
	for _, s := range c.region.spans {
		part := s.meet(b)
		if part.empty() {
			continue
		}
		if !free {
			around, free = part, true
			continue
		}
		around = block{min(around.x0, part.x0), min(around.y0, part.y0), max(around.x1, part.x1), max(around.y1, part.y1)}
	}
	return around, free
}
