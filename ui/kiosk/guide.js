// @ts-check
// What the kiosk says aloud of what it shows: which recordings, in which order. The
// recordings are made from the screen's own sentences (clips/make); a number is spelt
// with the letters and digits of a call.

import {PRIORITIES, frequent} from './model.js';

/** @typedef {{step: import('./model.js').Step, claims: number, closed: boolean, names: string[]}} Asked what is on the
 *   screen; names are the codes of the programmes or reasons to choose from */
/** @typedef {{number: string, goes: 'desk'|'please', printing: import('./ticket.js').Printing}} Given a number */

/** The sentences of each question, the question first, and what is to be touched.
 * @type {Record<string, string[]>} */
const SAYS = {
  claim: ['claim', 'claim_why'], booking: ['booking', 'booking_why'], reason: ['reason'],
  papers: ['papers', 'papers_note', 'papers_unread', 'some_missing', 'have_all'],
  missing: ['missing', 'missing_why', 'papers_unread', 'come_back_act', 'still_act'],
  people: ['people', 'priority', ...PRIORITIES, 'take'],
};

/** The recordings for a question and its choices, without their language.
 * @param {Asked} asked @returns {string[]} */
export function guideOf({step, claims, closed, names}) {
  if (step === 'elsewhere') return [closed ? 'unserved_desk' : 'elsewhere_desk'];
  const choices = names.map((code) => code.toLowerCase());
  if (step === 'claim') return claims > 0 ? ['claim_more', ...choices] : [...SAYS.claim, ...choices, 'booked'];
  return [...(SAYS[step] ?? []), ...choices];
}

/** What may be chosen by name on a screen: the programmes, or the reasons of one.
 * @param {{step: import('./model.js').Step, programme: string}} flow @param {any} lists @returns {string[]} */
export function namesOf({step, programme}, lists) {
  const programmes = lists?.programmes ?? [];
  if (step === 'claim') return programmes.map((/** @type {any} */ p) => p.programme);
  if (step !== 'reason') return [];
  return frequent(programmes.find((/** @type {any} */ p) => p.programme === programme)?.reasons ?? []).map((/** @type {any} */ r) => r.reason);
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
