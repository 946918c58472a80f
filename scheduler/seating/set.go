package seating

import "math/bits"

const (
	// MaxSeats bounds a room: branches furnish 4 to 12 seats and their largest halls 200; at 256 a set
	// of seats is four machine words, a value that is copied and compared without allocation.
	MaxSeats  = 256
	wordBits  = 64
	setWords  = MaxSeats / wordBits
	wordShift = 6 // log2 of wordBits
)

// Set is a set of seats by their index in the plan, 0 to MaxSeats-1. The zero Set is empty; sets are
// values and compare with ==.
type Set [setWords]uint64

// SetOf returns the set of the given seats; an index outside 0 to MaxSeats-1 is left out.
func SetOf(seats ...int) Set {
	var s Set
	for _, seat := range seats {
		if seat >= 0 && seat < MaxSeats {
			s.Add(seat)
		}
	}
	return s
}

// Has tells whether a seat is in the set.
func (s *Set) Has(seat int) bool { return s[seat>>wordShift]&(1<<(seat&(wordBits-1))) != 0 }

// Add puts a seat into the set.
func (s *Set) Add(seat int) { s[seat>>wordShift] |= 1 << (seat & (wordBits - 1)) }

// Remove takes a seat out of the set.
func (s *Set) Remove(seat int) { s[seat>>wordShift] &^= 1 << (seat & (wordBits - 1)) }

// Empty tells whether no seat is in the set.
func (s *Set) Empty() bool { return s[0]|s[1]|s[2]|s[3] == 0 }

// Len returns how many seats are in the set.
func (s *Set) Len() int {
	return bits.OnesCount64(s[0]) + bits.OnesCount64(s[1]) + bits.OnesCount64(s[2]) + bits.OnesCount64(s[3])
}

// First returns the lowest seat of the set, or -1 of the empty set.
func (s *Set) First() int {
	for i, word := range s {
		if word != 0 {
			return i<<wordShift + bits.TrailingZeros64(word)
		}
	}
	return -1
}

// And returns the seats that are in both sets.
func (s Set) And(t *Set) Set { return Set{s[0] & t[0], s[1] & t[1], s[2] & t[2], s[3] & t[3]} }

// Or returns the seats that are in either set.
func (s Set) Or(t *Set) Set { return Set{s[0] | t[0], s[1] | t[1], s[2] | t[2], s[3] | t[3]} }

// Without returns the seats of s that are not in t.
func (s Set) Without(t *Set) Set { return Set{s[0] &^ t[0], s[1] &^ t[1], s[2] &^ t[2], s[3] &^ t[3]} }

// Meets tells whether the sets have a seat in common.
func (s *Set) Meets(t *Set) bool { return s[0]&t[0]|s[1]&t[1]|s[2]&t[2]|s[3]&t[3] != 0 }

// common counts the seats that are in both sets.
func (s *Set) common(t *Set) int {
	return bits.OnesCount64(s[0]&t[0]) + bits.OnesCount64(s[1]&t[1]) + bits.OnesCount64(s[2]&t[2]) + bits.OnesCount64(s[3]&t[3])
}

// Seats lists the set in ascending order.
func (s Set) Seats() []int {
	seats := make([]int, 0, s.Len())
	for i, word := range s {
		for ; word != 0; word &= word - 1 {
			seats = append(seats, i<<wordShift+bits.TrailingZeros64(word))
		}
	}
	return seats
}

// before orders sets by their lowest seats: of two sets the one with the lowest seat that the other lacks
// comes first. Among sets of one size this is the order of their ascending lists.
func (s *Set) before(t *Set) bool {
	for i := range s {
		if differ := s[i] ^ t[i]; differ != 0 {
			return s[i]&(differ&-differ) != 0
		}
	}
	return false
}
