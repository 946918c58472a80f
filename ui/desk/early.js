// @ts-check
// Before the doors open, and after the power was gone: lists as data.

/** @typedef {{line: number, slip: string, at_s: number, persons: number, programme: string, fault: 'slip'|'time'|'persons'|'twice'|null, text: string}} PaperLine */

/** The rules' largest list. */
export const PAPER_MAX = 200;

const PROGRAMMES = ['JHT', 'JKK', 'JKM', 'JP', 'JKP'];

/** Reads a list as it is typed or pasted from a table: one number a line, then its time,
 * then if there are any the persons and the programme, parted by spaces, commas,
 * semicolons or tabs. A first line without a time is a heading.
 * @param {string} text @returns {PaperLine[]} */
export function parsePaper(text) {
  const seen = new Set();
  /** @type {PaperLine[]} */
  const lines = [];
  text.split(/\r?\n/).forEach((raw, i) => {
    const words = raw.trim().split(/[\s,;]+/).filter(Boolean);
    if (words.length === 0 || (lines.length === 0 && i === 0 && !/\d/.test(raw))) return;
    const slip = words[0].toUpperCase().replace(/^([A-Z]*)-/, '$1');
    const time = words.slice(1).map(secondsOf).find((s) => s !== null) ?? null;
    const rest = words.slice(1).filter((w) => secondsOf(w) === null);
    const persons = rest.find((w) => /^\d{1,2}$/.test(w));
    const programme = rest.map((w) => w.toUpperCase()).find((w) => PROGRAMMES.includes(w)) ?? 'JHT';
    const n = persons === undefined ? 1 : Number(persons);
    /** @type {PaperLine['fault']} */
    let fault = null;
    if (!/^[A-Z]{0,2}\d{1,4}$/.test(slip) || Number(slip.replace(/\D/g, '')) === 0) fault = 'slip';
    else if (time === null) fault = 'time';
    else if (n < 1 || n > 12) fault = 'persons';
    else if (seen.has(slip)) fault = 'twice';
    seen.add(slip);
    lines.push({line: i + 1, slip, at_s: time ?? 0, persons: n, programme, fault, text: raw.trim()});
  });
  return lines.slice(0, PAPER_MAX);
}

/** "8.15", "08:15" or "08:15:30" as a second of the day; null for anything else.
 * @param {string} text */
export function secondsOf(text) {
  const m = /^([01]?\d|2[0-3])[.:]([0-5]\d)(?:[.:]([0-5]\d))?$/.exec(text);
  return m ? Number(m[1]) * 3600 + Number(m[2]) * 60 + Number(m[3] ?? 0) : null;
}

/** What is sent of a list; lines with a fault stay here.
 * @param {PaperLine[]} lines @param {boolean} check */
export function paperBody(lines, check) {
  return {check, rows: lines.filter((l) => !l.fault).map(({slip, at_s, persons, programme}) => ({slip, at_s, persons, programme}))};
}

/** The server's answer beside the lines that were sent.
 * @param {PaperLine[]} lines @param {any[]|null} rows */
export function joined(lines, rows) {
  let next = 0;
  return lines.map((line) => ({line, row: line.fault || !rows ? null : rows[next++] ?? null}));
}

/** Who came before the doors open, in the order of coming: the gate list.
 * @param {any} view @param {(at: number) => number} second of the day */
export function gateList(view, second) {
  if (!view.day.open || view.day.extended) return [];
  return view.visits
    .filter((/** @type {any} */ v) => v.arrived && v.number && second(v.arrived) < view.day.open_s)
    .sort((/** @type {any} */ a, /** @type {any} */ b) => a.arrived - b.arrived || a.id - b.id);
}

/** The steps of the draw and how far each is.
 * @param {string} phase @returns {{code: string, state: 'done'|'now'|'later'}[]} */
export function drawSteps(phase) {
  const at = /** @type {Record<string, number>} */ ({none: 0, lost: 0, prepared: 1, frozen: 2, held: 3})[phase] ?? 0;
  return ['seal', 'list', 'dice', 'order'].map((code, i) => ({code, state: i < at || phase === 'held' ? 'done' : i === at ? 'now' : 'later'}));
}

/** A hash as people compare it aloud: groups of four.
 * @param {string} hash */
export function groups(hash) {
  return hash.replace(/(.{4})(?=.)/g, '$1 ');
}
