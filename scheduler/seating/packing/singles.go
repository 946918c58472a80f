package packing

import "math/bits"

// calm tells whether the open seats near p are all near each other.
func (s *sweep) calm(p int, open row) bool {
	near := s.near
	for w := range near {
		near[w] = s.rm.conflict[p][w] & open[w]
	}
	for w := range near {
		for word := near[w]; word != 0; word &= word - 1 {
			i := w*wordBits + bits.TrailingZeros64(word)
			other := s.rm.conflict[i]
			for v := range near {
				rest := near[v] &^ other[v]
				if v == w {
					rest &^= 1 << (i % wordBits)
				}
				if rest != 0 {
					return false
				}
			}
		}
	}
	return true
}

// dominated tells whether another open seat near p disturbs nobody whom p does not.
func (s *sweep) dominated(p int, open row) bool {
	near := s.near
	for w := range near {
		near[w] = s.rm.conflict[p][w] & open[w]
	}
	for w := range near {
		for word := near[w]; word != 0; word &= word - 1 {
			i := w*wordBits + bits.TrailingZeros64(word)
			other, ok, less := s.rm.conflict[i], true, false
			for v := range near {
				theirs := other[v] & open[v]
				if v == p/wordBits {
					theirs &^= 1 << (p % wordBits)
				}
				mine := near[v]
				if v == w {
					mine &^= 1 << (i % wordBits)
				}
				if theirs&^mine != 0 {
					ok = false
					break
				}
				less = less || mine != theirs
			}
			if ok && less {
				return true
			}
		}
	}
	return false
}
