package packing

import "math/bits"

// maxStates bounds the memory of one sweep near a hundred megabytes in a hall of 200 seats.
const maxStates = 1 << 20

// states are the ways to have decided the seats up to some position, each worth going on with, kept as parallel
// columns. Two that leave the same open and the same groups are one, the better.
type states struct {
	words, kinds int
	limit        int
	ties         bool // The order of the seats counts; else any way as good will do.

	open     []uint64 // the seats still open
	left     []uint16 // how many of each kind are left
	persons  []int32
	lost     []int32
	bound    []int64 // persons so far and what the prices say can still come
	parent   []int32
	by       []int32  // the place taken, or -1
	next     []int32  // in the bucket
	chain    []int32  // in the table
	sets     []uint64 // where ties count, the seats taken, as numbered in the question
	gathered row      // the seats of the state being put
	bucket   []int32  // by the first open position; the last one holds what is finished
	table    []int32
	mask     uint64
}

const firstTable = 1 << 8

func (s *states) reset(positions int) {
	s.open, s.left, s.persons, s.lost, s.sets = s.open[:0], s.left[:0], s.persons[:0], s.lost[:0], s.sets[:0]
	s.bound, s.parent, s.by, s.next, s.chain = s.bound[:0], s.parent[:0], s.by[:0], s.next[:0], s.chain[:0]
	s.bucket = filled(s.bucket, positions+1)
	s.table, s.mask = filled(s.table, firstTable), firstTable-1
}

// filled returns a slice of -1.
func filled(list []int32, n int) []int32 {
	if cap(list) < n {
		list = make([]int32, n)
	}
	list = list[:n]
	for i := range list {
		list[i] = -1
	}
	return list
}

func (s *states) openOf(i int) row { return s.open[i*s.words : (i+1)*s.words] }

func (s *states) leftOf(i int) []uint16 { return s.left[i*s.kinds : (i+1)*s.kinds] }

func (s *states) setOf(i int) row { return s.sets[i*s.words : (i+1)*s.words] }

// put adds a state, or keeps the better of two alike; it is false when there is no more room.
func (s *states) put(open row, left []uint16, persons, lost int32, bound int64, parent, by int32) bool {
	h := s.hash(open, left, persons)
	for i := s.table[h&s.mask]; i >= 0; i = s.chain[i] {
		if s.same(int(i), open, left, persons) {
			if s.better(persons, lost, -1, int(i)) {
				s.persons[i], s.lost[i], s.bound[i], s.parent[i], s.by[i] = persons, lost, bound, parent, by
				if s.ties {
					copy(s.setOf(int(i)), s.gathered)
				}
			}
			return true
		}
	}
	i := len(s.persons)
	if i >= maxStates {
		return false
	}
	if s.ties {
		s.sets = append(s.sets, s.gathered...)
	}
	s.open, s.left = append(s.open, open...), append(s.left, left...)
	s.persons, s.lost, s.bound = append(s.persons, persons), append(s.lost, lost), append(s.bound, bound)
	s.parent, s.by = append(s.parent, parent), append(s.by, by)
	p := open.first()
	if p < 0 {
		p = len(s.bucket) - 1
	}
	s.next = append(s.next, s.bucket[p])
	s.bucket[p] = int32(i)
	s.chain = append(s.chain, s.table[h&s.mask])
	s.table[h&s.mask] = int32(i)
	if len(s.persons) > len(s.table)/2 {
		s.rehash()
	}
	return true
}

// better compares a state with another that leaves the same: more persons, fewer accessible seats taken from those
// who need them, and, where ties count, lower seats. The first is one of the states, or with -1 the gathered one.
func (s *states) better(persons, lost int32, a, b int) bool {
	if persons != s.persons[b] || lost != s.lost[b] {
		return persons > s.persons[b] || (persons == s.persons[b] && lost < s.lost[b])
	}
	if !s.ties {
		return false
	}
	mine := s.gathered
	if a >= 0 {
		mine = s.setOf(a)
	}
	return lower(mine, s.setOf(b))
}

// lower tells whether the lowest seat in which two sets differ is in the first.
func lower(a, b row) bool {
	for w := range a {
		if differ := a[w] ^ b[w]; differ != 0 {
			return a[w]&(differ&-differ) != 0
		}
	}
	return false
}

func (s *states) same(i int, open row, left []uint16, persons int32) bool {
	if !s.openOf(i).equal(open) || (s.limit > 0 && s.persons[i] != persons) {
		return false
	}
	mine := s.leftOf(i)
	for k, n := range left {
		if mine[k] != n {
			return false
		}
	}
	return true
}

func (s *states) hash(open row, left []uint16, persons int32) uint64 {
	h := uint64(0x243F6A8885A308D3)
	for _, word := range open {
		h = (h ^ word) * 0x9E3779B97F4A7C15
		h ^= bits.RotateLeft64(h, 31)
	}
	for _, n := range left {
		h = (h ^ uint64(n)) * 0xC2B2AE3D27D4EB4F
		h ^= h >> 29
	}
	if s.limit > 0 {
		h = (h ^ uint64(persons)) * 0x9E3779B97F4A7C15
	}
	return h ^ h>>32
}

func (s *states) rehash() {
	size := len(s.table) * 4
	s.table, s.mask = make([]int32, size), uint64(size-1)
	for i := range s.table {
		s.table[i] = -1
	}
	for i := range s.persons {
		h := s.hash(s.openOf(i), s.left[i*s.kinds:(i+1)*s.kinds], s.persons[i])
		s.chain[i] = s.table[h&s.mask]
		s.table[h&s.mask] = int32(i)
	}
}
