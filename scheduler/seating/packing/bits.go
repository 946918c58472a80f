package packing

import "math/bits"

const wordBits = 64

// row is a set of positions; all rows of one room have the same number of words.
type row []uint64

func (r row) has(i int) bool { return r[i/wordBits]>>(i%wordBits)&1 == 1 }

func (r row) add(i int) { r[i/wordBits] |= 1 << (i % wordBits) }

func (r row) remove(i int) { r[i/wordBits] &^= 1 << (i % wordBits) }

func (r row) first() int {
	for w, word := range r {
		if word != 0 {
			return w*wordBits + bits.TrailingZeros64(word)
		}
	}
	return -1
}

func (r row) count() int {
	n := 0
	for _, word := range r {
		n += bits.OnesCount64(word)
	}
	return n
}

func (r row) empty() bool {
	for _, word := range r {
		if word != 0 {
			return false
		}
	}
	return true
}

func (r row) meets(s row) bool {
	s = s[:len(r)]
	for w, word := range r {
		if word&s[w] != 0 {
			return true
		}
	}
	return false
}

// within tells whether every position of r is in s.
func (r row) within(s row) bool {
	s = s[:len(r)]
	for w, word := range r {
		if word&^s[w] != 0 {
			return false
		}
	}
	return true
}

func (r row) common(s row) int {
	s = s[:len(r)]
	n := 0
	for w, word := range r {
		n += bits.OnesCount64(word & s[w])
	}
	return n
}

func (r row) equal(s row) bool {
	s = s[:len(r)]
	for w, word := range r {
		if word != s[w] {
			return false
		}
	}
	return true
}

func (r row) join(s row) {
	s = s[:len(r)]
	for w := range r {
		r[w] |= s[w]
	}
}

func (r row) keep(s row) {
	s = s[:len(r)]
	for w := range r {
		r[w] &= s[w]
	}
}

func (r row) drop(s row) {
	s = s[:len(r)]
	for w := range r {
		r[w] &^= s[w]
	}
}

// each visits the positions in ascending order.
func (r row) each(visit func(int)) {
	for w, word := range r {
		for ; word != 0; word &= word - 1 {
			visit(w*wordBits + bits.TrailingZeros64(word))
		}
	}
}

func (r row) list() []int {
	list := make([]int, 0, r.count())
	r.each(func(i int) { list = append(list, i) })
	return list
}

// rows cuts n rows of the given number of words out of one allocation.
func rows(n, words int) []row {
	all, list := make([]uint64, n*words), make([]row, n)
	for i := range list {
		list[i] = all[i*words : (i+1)*words : (i+1)*words]
	}
	return list
}

func clone(r row) row { return append(row(nil), r...) }

func trailing(word uint64) int { return bits.TrailingZeros64(word) }
