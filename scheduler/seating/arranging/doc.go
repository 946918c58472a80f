// Package arranging owns how to furnish an empty room: as many seats as possible, no two nearer than the
// distance, none nearer to a wall or an obstacle than the margin, none in a lane or a door's swing.
//
// Positions in and out are whole millimetres, and what Arrange answers has been checked in whole numbers by
// code that shares nothing with the search, so rounding never breaks the distance. The search itself uses
// fractions (it is no part of Decide and nothing of it is journalled): it starts from grids and hexagonal
// rows, then squeezes one seat more into the floor until no overlap is left, from many starts. Its budget is
// counted in steps, never in time, and its dice come from the seed: the same binary gives the same answer to
// the same question. The upper bound is true in every case.
//
// It must never import a clock, do I/O, start a goroutine, depend on map order, or import another package
// of lapak than scheduler/document.
package arranging
