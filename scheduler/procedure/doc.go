// Package procedure owns what a claim needs: the programmes, the reasons to claim and their waiting
// rules, the steps of each programme with who does them and how long they take, the checklists of papers
// as they were valid on each date, and the day by which payment is promised. Times are what a branch has
// learned about the steps, always held inside a band around the catalogue's.
//
// It promises pure functions over plain data: a Catalog has JSON names and lives in the policy; equal
// inputs give equal outputs. Codes are stable for ever, because journals and labels refer to them; the
// words that people read are not here but in the screens' catalogue, which a test holds to Programmes,
// Reasons, Docs, Conditions and StepCodes.
//
// It must never import a clock, do I/O, or import anything of lapak but scheduler/calendar.
package procedure
