// Package packing answers how many persons of which groups fit into a furnished room at a distance, exactly
// where its budget allows and with an honest upper bound in every case.
//
// A group sits on one connected cluster of seats and keeps everybody else off all seats nearer than the distance.
// The question is a set packing. It is answered in three steps. First every place of every kind of group is
// listed. Then prices are sought for the cliques of seats that can serve one group only and for the supply of
// each kind, by subgradient steps on the Lagrangian dual (Held and Karp 1971; Fisher 1981): whatever the prices,
// their sum bounds the persons from above. Last the room is swept from one end to the other, seat by seat,
// joining ways that leave the same seats to the same groups (dynamic programming over the front line) and
// dropping those that the prices show to be too dear to beat the best known answer. A sweep that had to drop
// others for want of width still finds good answers; one that had not proves its answer.
//
// It must never import a clock, do I/O, use floating point, depend on map order, or import another package of
// lapak. Its budget is counted in steps.
package packing
