// @ts-check
// Names and sizes of what the branch adds. Pure.

/** A size in bytes as people write it.
 * @param {number} n */
export function bytes(n) {
  if (n < 1_000_000) return `${Math.max(1, Math.round(n / 1024))} KB`;
  return `${Math.round(n / 1024 / 102.4) / 10} MB`;
}

/** @param {number} ms */
export function seconds(ms) {
  return Math.round(ms / 1000);
}

/** What a bundled clip is, from its name: a letter, a digit inside a number, a room's
 * number at the end of a sentence, tens before a unit, or a phrase.
 * @param {string} name "id/a", "id/n12", "id/please", "chime"
 * @returns {{kind: string, sign: string}} */
export function clipKind(name) {
  const word = name.replace(/^\w\w\//, '');
  if (/^[a-z]$/.test(word)) return {kind: 'letter', sign: word.toUpperCase()};
  if (/^\d$/.test(word)) return {kind: 'digit', sign: word};
  const [, family, n] = /^([nt])(\d+)$/.exec(word) ?? [];
  if (family) return {kind: family === 'n' ? 'room_number' : 'tens', sign: n};
  return {kind: word.replace('-', '_'), sign: ''};
}

/** Phrases first, because they are heard most, then letters, digits and numbers.
 * @param {string[]} names */
export function inOrder(names) {
  const rank = (/** @type {string} */ name) => ['letter', 'digit', 'room_number', 'tens'].indexOf(clipKind(name).kind);
  return [...names].sort((a, b) => rank(a) - rank(b) || Number(clipKind(a).sign) - Number(clipKind(b).sign) || (a < b ? -1 : 1));
}

/** A list with one entry moved by some places.
 * @template T @param {T[]} list @param {number} i @param {number} by @returns {T[]} */
export function moved(list, i, by) {
  const next = [...list];
  const [one] = next.splice(i, 1);
  next.splice(Math.min(Math.max(i + by, 0), next.length), 0, one);
  return next;
}
