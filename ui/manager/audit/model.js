// @ts-check
// The history's address, its question, and how its rows stand together.

/** @typedef {{visit: number, number?: string, seats?: number[], why?: import('../../lib/why.js').Why[]}} Part
 * @typedef {{seq: number, at: number, by: {role: string, id?: number}, kind: string, to?: string, visits?: Part[], visits_more?: number,
 *   passed?: Part[], passed_more?: number, room?: number, seats?: number[], officer?: number, reason?: string, why?: import('../../lib/why.js').Why[],
 *   undone?: number, undoes?: number}} Act
 * @typedef {{day: string, number: string}} Where */

/** The words for what came of an act, by its kind. */
const TO = /** @type {Record<string, string>} */ ({
  'visit.opened': 'visit', 'visit.moved': 'visit', 'paper.marked': 'paper', 'claim.settled': 'outcome', 'group.called': 'call',
  'session.opened': 'mode', 'session.moved': 'session', 'seat.moved': 'seat', 'officer.moved': 'presence', 'seat.set': 'audit_to', 'help.asked': 'audit_to',
});

/** The parts of kinds that the filter offers, the most asked for first. */
export const KINDS = ['group', 'visit', 'claim', 'paper', 'seat', 'session', 'officer', 'room', 'day', 'draw', 'policy', 'undone', 'person'];

/** Who is no person of the staff. */
export const ROLES = ['system', 'kiosk', 'booth', 'visitor'];

/** Everybody at first: a number begins at a kiosk, and a history that leaves that out
 * without being told to is not believed. */
export const UNFILTERED = {by: '', kind: ''};

/** How many numbers of one act stand in its row; the rest is counted. */
export const NUMBERS = 6;

/** #audit/2026-03-02/A012 is a day and a number; the branch's day when it is no date.
 * @param {string[]} place @param {string} today @returns {Where} */
export function whereAt(place, today) {
  const day = /^\d{4}-\d{2}-\d{2}$/.test(place[1] ?? '') ? place[1] : today;
  return {day, number: cleaned(decodeURIComponent(place[2] ?? ''))};
}

/** @param {Where} where */
export function placeOf({day, number}) {
  return number ? `audit/${day}/${encodeURIComponent(number)}` : `audit/${day}`;
}

/** A number as tickets have it: " a12" is A012.
 * @param {string} text */
export function cleaned(text) {
  const plain = text.replace(/\s/g, '').toUpperCase();
  const parts = /^([A-Z]+)(\d{1,3})$/.exec(plain);
  return parts ? parts[1] + parts[2].padStart(3, '0') : plain;
}

/** The question for the server. A story is everybody's: a filter would leave holes in it.
 * @param {Where} where @param {{by: string, kind: string}} filter @param {number} [after] */
export function questionOf({day, number}, {by, kind}, after = 0) {
  const q = new URLSearchParams({day});
  if (number) q.set('number', number);
  else {
    if (by) q.set('by', by);
    if (kind) q.set('kind', kind);
  }
  if (after > 0) q.set('after', String(after));
  return q;
}

/** An event's kind as a code of words.
 * @param {string} kind */
export function codeOf(kind) {
  return kind.replaceAll('.', '_');
}

/** The family of words for what came of the act, or nothing.
 * @param {Act} act */
export function familyOf(act) {
  return act.to ? TO[act.kind] ?? '' : '';
}

/** The row of one act: the visits that it shows, its seats and its reasons. Of a story
 * only that number's own part is shown, and who else was in it.
 * @param {Act} act @param {string} number */
export function rowOf(act, number) {
  const numbered = (act.visits ?? []).filter((p) => p.number);
  const passed = act.passed ?? [];
  const own = number ? [...numbered, ...passed].find((p) => p.number === number) : undefined;
  const others = number ? numbered.filter((p) => p.number !== number) : [];
  const shown = number ? (own ? [own] : []) : numbered.slice(0, NUMBERS);
  return {
    numbers: shown.map((p) => /** @type {string} */ (p.number)),
    more: number ? 0 : numbered.length - shown.length + (act.visits_more ?? 0),
    others: others.slice(0, NUMBERS).map((p) => /** @type {string} */ (p.number)),
    othersMore: Math.max(0, others.length - NUMBERS) + (number ? act.visits_more ?? 0 : 0),
    passedOver: Boolean(own && passed.includes(own)),
    seats: act.seats ?? (number ? own?.seats ?? [] : numbered.flatMap((p) => p.seats ?? [])),
    why: [{number: '', whys: act.why ?? []}, ...shown.map((p) => ({number: shown.length > 1 ? /** @type {string} */ (p.number) : '', whys: p.why ?? []}))].filter((w) => w.whys.length > 0),
    passed: number ? 0 : passed.length + (act.passed_more ?? 0),
  };
}
