// Package sheets writes tables for spreadsheet programs: as comma-separated values
// and as a workbook.
//
// It owns the two forms and what keeps them harmless: a cell that a spreadsheet would
// take for a formula is made text, and numbers are numbers whatever the language.
//
// It must never import hall, its other packages or the rules: a table arrives as
// titles and cells. Its tests read what it wrote with excelize, another program's eyes.
package sheets
