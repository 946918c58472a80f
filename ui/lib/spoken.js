// @ts-check
// A call as the clips that say it, with the silences between them. Pure. A ticket is
// read digit by digit ("A, nol, nol, satu"): heard once across a noisy room, digits are
// mistaken less often than number words. Each number is read once and never as a range,
// because the members of a group are rarely consecutive. Rooms are few: theirs are words.

/** A clip's name in clips/ without its ending, and the silence after it in
 * milliseconds. @typedef {{clip: string, gap: number}} Piece */
/** Where a call leads: a room by its number, or the side desk, with its number where
 * there are several. @typedef {{desk?: boolean, several?: boolean}} Where */

/** Silences. A number heard once across a hall is understood when its signs stand
 * apart a little and numbers stand apart clearly. */
export const GAPS = {sign: 45, number: 380, lead: 130, clause: 260, sentence: 650};

/** The largest number of a room that is said as one word or two; a larger one is read
 * digit by digit. */
const WORD_MAX = 99;

/** The clips of a call, or null when it holds something that no clip says.
 * @param {{numbers: string[], room: string|number, kind?: string}} call
 * @param {string} lang @param {Where} [where] @returns {Piece[]|null} */
export function plan(call, lang, where = {}) {
  /** @type {Piece[]} */
  const pieces = [];
  const say = (/** @type {string} */ word, /** @type {number} */ gap) => pieces.push({clip: `${lang}/${word}`, gap});
  if (call.kind === 'recall') say('again', GAPS.sentence);
  say(lang === 'en' && call.numbers.length > 1 ? 'numbers' : 'number', GAPS.lead);
  for (const number of call.numbers) {
    const signs = signsOf(number);
    if (!signs) return null;
    signs.forEach((sign, i) => say(sign, i + 1 < signs.length ? GAPS.sign : GAPS.number));
  }
  if (call.numbers.length === 0) return null;
  pieces[pieces.length - 1].gap = GAPS.clause;
  if (call.kind === 'undone') {
    say('wait', 0);
    return pieces;
  }
  const room = wordsOf(call.room);
  if (!room) return null;
  say(where.desk ? 'please-to' : 'please', GAPS.lead);
  say(where.desk ? 'desk' : 'room', GAPS.lead);
  if (!where.desk || where.several) room.forEach((word) => say(word, GAPS.sign));
  pieces[pieces.length - 1].gap = 0;
  return pieces;
}

/** A ticket's letters and digits; null when it has none, or one that no clip says.
 * @param {string} number @returns {string[]|null} */
function signsOf(number) {
  const signs = String(number).toLowerCase().replace(/[\s.-]/g, '').split('');
  return signs.length > 0 && signs.every((sign) => /^[a-z0-9]$/.test(sign)) ? signs : null;
}

/** A room's number in words that end a sentence: 2 "dua", 21 "dua puluh satu".
 * @param {string|number} room @returns {string[]|null} */
function wordsOf(room) {
  const n = Number(room);
  if (!Number.isInteger(n) || n < 1) return null;
  if (n > WORD_MAX) return String(n).split('');
  if (n < 20 || n % 10 === 0) return [`n${n}`];
  return [`t${n - (n % 10)}`, `n${n % 10}`];
}

/** Every clip of a language that a plan can name.
 * @param {string} lang @returns {string[]} */
export function vocabulary(lang) {
  /** @type {Set<string>} */
  const names = new Set();
  const add = (/** @type {Piece[]|null} */ pieces) => (pieces || []).forEach((piece) => names.add(piece.clip));
  add(plan({numbers: ['ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'], room: 1}, lang));
  for (let n = 1; n <= WORD_MAX; n++) add(plan({numbers: ['A1', 'A2'], room: n, kind: 'recall'}, lang));
  add(plan({numbers: ['A1'], room: 1, kind: 'undone'}, lang));
  add(plan({numbers: ['A1'], room: 1}, lang, {desk: true, several: true}));
  return [...names].sort();
}
