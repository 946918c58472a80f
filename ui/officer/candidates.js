// @ts-check
// Whom a call could take, for choosing another group than the proposed one. It comes with
// the questions, after the first view. Pure, as model.js is.

/** @typedef {import('../lib/why.js').Why} Why */

/** Everybody whom the next call could take, each once: the proposed, those it passes
 * over, and then the line.
 * @param {any} view
 * @returns {{visit: number, number: string, persons: number, programmes: string[], since: number, why: Why[]}[]} */
export function candidates(view) {
  const line = new Map(view.line.map((/** @type {any} */ one) => [one.visit, one]));
  const planned = [...view.proposal.picks, ...view.proposal.skips];
  const known = new Set(planned.map((/** @type {any} */ one) => one.visit));
  return [...planned, ...view.line.filter((/** @type {any} */ one) => !known.has(one.visit))].map((one) => ({
    visit: one.visit, number: one.number, persons: one.persons, why: one.why ?? [],
    programmes: line.get(one.visit)?.programmes ?? [], since: line.get(one.visit)?.waits_since ?? 0,
  }));
}

/** @param {number[]} a @param {number[]} b */
export function sameVisits(a, b) {
  return a.length === b.length && a.every((visit) => b.includes(visit));
}

/** Somebody who stands further behind, in the same form. @param {any} visit */
export function found(visit) {
  return {visit: visit.id, number: visit.number, persons: visit.persons, why: [], since: visit.waits_since ?? visit.arrived ?? 0,
    programmes: [...new Set(visit.claims.filter((/** @type {any} */ claim) => claim.outcome === 'none').map((/** @type {any} */ claim) => claim.programme))]};
}
