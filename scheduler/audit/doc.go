// Package audit is who did what and why: the acts of a business day, told from the
// journal's records.
//
// It owns the Fold, which reads a journal's records in order and keeps what was done
// on one day; the Act, which holds one event with who gave it, whom it was about,
// where, and the reasons that were recorded with it; and the Filter.
//
// It promises that nothing is left out of a day that was read whole, that an act
// which was taken back still stands there, marked, and that no name is ever in it:
// records hold ids, codes and numbers only.
//
// It must never import anything of the hall, the screens or the network, and it never
// reads a clock.
package audit
