// @ts-check
// More rows than the wall holds take turns. Pure: times come in, in milliseconds.

/** A page stays this long, and never shorter than the least. */
export const PAGE_MS = 8000;
const LEAST_MS = 3000;

/** A row not yet shown goes before those seen within this time, but not before those
 * that waited longer: a stream of new calls must not hide the earlier ones. */
const HIDDEN_MS = 20_000;

/** Pages of one size, filled evenly: 12 rows of at most 10 are 6 and 6.
 * @template T @param {T[]} rows @param {number} size @returns {T[][]} */
export function paged(rows, size) {
  const count = Math.max(1, Math.ceil(rows.length / size));
  const each = Math.ceil(rows.length / count);
  return Array.from({length: count}, (_, i) => rows.slice(i * each, (i + 1) * each));
}

/** Shows next the page with the row that was hidden longest, so no row is lost.
 * @template {{key: string}} T */
export class Pages {
  constructor() {
    /** @type {Map<string, number>} */
    this.shown = new Map();
    this.turned = -Infinity;
    this.page = 0;
  }

  /** @param {T[]} rows @param {number} size @param {number} local */
  take(rows, size, local) {
    const pages = paged(rows, size);
    const age = local - this.turned;
    const news = rows.some((row) => !this.shown.has(row.key));
    if (age >= PAGE_MS || (news && age >= LEAST_MS) || this.page >= pages.length) {
      for (const {key} of rows) if (!this.shown.has(key)) this.shown.set(key, local - HIDDEN_MS);
      const hidden = pages.map((page) => Math.min(...page.map((row) => this.shown.get(row.key) ?? local)));
      this.page = hidden.indexOf(Math.min(...hidden));
      this.turned = local;
    }
    const page = pages[this.page];
    const keys = new Set(rows.map((row) => row.key));
    for (const key of this.shown.keys()) if (!keys.has(key)) this.shown.delete(key);
    for (const row of page) this.shown.set(row.key, local);
    return {rows: page, page: this.page, pages: pages.length};
  }
}

/** The part of a list that is up now, by the clock alone.
 * @template T @param {T[]} list @param {number} size @param {number} local */
export function turn(list, size, local) {
  const pages = paged(list, size);
  return pages[Math.floor(Math.max(0, local) / PAGE_MS) % pages.length];
}

/** A text in pieces that fit a line, broken between sentences, else between words.
 * @param {string} text @param {number} most */
export function pieces(text, most) {
  /** @type {string[]} */
  const list = [];
  for (const sentence of text.match(/\S.*?[.!?;](?=\s|$)|\S.*$/gs) ?? []) {
    const last = list.length - 1;
    if (last >= 0 && list[last].length + sentence.length < most) list[last] += ` ${sentence}`;
    else list.push(...lines(sentence, most));
  }
  return list;
}

/** @param {string} sentence @param {number} most */
function lines(sentence, most) {
  const list = [''];
  for (const word of sentence.split(/\s+/)) {
    const line = `${list[list.length - 1]} ${word}`.trim();
    if (line.length <= most || line === word) list[list.length - 1] = line;
    else list.push(word);
  }
  return list;
}
