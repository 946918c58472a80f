// @ts-check
// What the kiosk says aloud of what it shows: which recordings, in which order. The
// recordings are made from the screen's own sentences (clips/make); a number is spelt
// with the letters and digits of a call.

/** @typedef {{step: import('./model.js').Step, claims: number, closed: boolean}} Asked what is on the screen */
/** @typedef {{number: string, goes: 'desk'|'please', printing: import('./ticket.js').Printing}} Given a number */

/** The sentences of each question, the question first.
 * @type {Record<string, string[]>} */
const SAYS = {
  claim: ['claim', 'claim_why'], booking: ['booking', 'booking_why'], reason: ['reason'], papers: ['papers', 'papers_note'],
  missing: ['missing', 'missing_why'], people: ['people'],
};

/** The recordings for a question, without their language.
 * @param {Asked} asked @returns {string[]} */
export function guideOf({step, claims, closed}) {
  if (step === 'claim' && claims > 0) return ['claim_more'];
  if (step === 'elsewhere') return [closed ? 'unserved_desk' : 'elsewhere_desk'];
  return SAYS[step] ?? [];
}

/** The recordings for a number: itself, where to go, and what came of the paper.
 * @param {Given} given @returns {string[]} */
export function guideOfNumber({number, goes, printing}) {
  const paper = printing === 'printed' || printing === 'browser' ? ['printed'] : printing === 'none' ? ['no_printer'] : printing === 'sending' ? [] : ['still_valid'];
  return ['yours', ...spelt(number), goes, ...paper];
}

/** @param {string} number */
function spelt(number) {
  return [...number.toLowerCase()].filter((sign) => /[a-z0-9]/.test(sign)).map((sign) => `/${sign}`);
}

/** Where a recording lies below the clips' folder. @param {string} name @param {string} lang */
export function fileOf(name, lang) {
  return name.startsWith('/') ? `${lang}${name}.mp3` : `kiosk-${lang}/${name}.mp3`;
}
