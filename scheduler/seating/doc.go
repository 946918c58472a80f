// Package seating owns the geometry of distance: which seats of a furnished room may be used together,
// where a party sits, and how many strangers a room can hold.
//
// Two persons of different parties sit at least the distance apart; exactly the distance is allowed. The
// seats of one party form one connected cluster of seats that are together. Lengths are whole
// millimetres and distances are compared as squares in 64 bits, so that the boundary is exact. Every
// search has a budget counted in steps, never in time: equal inputs give equal outputs on every machine,
// an answer is called proven only when it is, and an upper bound is true in every case.
//
// It must never import a clock, do I/O, use floating point, depend on map order, or import another
// package of lapak than scheduler/document.
package seating
