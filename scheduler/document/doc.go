// Package document reads the questions of the command line strictly: an unknown field, a field given twice, a
// wrong type or text behind the document is refused by the path of its field, so that a mistyped name never
// silently means a default.
//
// It must never import another package of lapak.
package document
