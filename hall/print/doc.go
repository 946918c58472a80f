// Package print puts tickets and receipts on paper: it lays a document out for a
// roll of 58 or 80 mm, writes it in the language of thermal printers (ESC/POS), and
// sends it to a printer over TCP, asking it before and after how it is.
//
// It promises:
//   - The same document and the same profile give the same bytes; golden files of
//     each profile hold that.
//   - It connects only to addresses that CheckAddress lets pass: a literal private
//     or loopback address, so that a name which is answered otherwise tomorrow, or a
//     machine in the internet, is never talked to.
//   - Every wait has an end. Whoever prints is told in words a person can act on
//     (out of paper, cover open, offline), or that nobody knows whether paper came out.
//   - One printer prints one document at a time.
//
// It knows no visit, no words and no routes: what stands on the paper is given to it.
// It must never import another package of this module.
package print
